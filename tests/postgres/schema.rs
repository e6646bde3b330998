//! What a database says of itself.

use redress::source::{Action, Schema, Shape, ShapeKind, ValueType};

use super::reader;
use crate::servers::postgres::database;

const SQL: &str = "
    CREATE SCHEMA sales; CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN code AS varchar(8) NOT NULL;
    CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text COLLATE \"C\" UNIQUE,
        name varchar(40) NOT NULL, loud text GENERATED ALWAYS AS (upper(name)) STORED, mood mood, code code,
        UNIQUE (name, code), CHECK (name <> ''));
    CREATE UNIQUE INDEX partial ON people (code) WHERE name <> 'x'; CREATE UNIQUE INDEX spelled ON people (lower(email));
    CREATE UNIQUE INDEX included ON people (code, name) INCLUDE (email);
    CREATE TABLE staff (grade int) INHERITS (people);
    CREATE TABLE sales.people (a int, b int, PRIMARY KEY (a, b));
    CREATE TABLE sales.orders (id int PRIMARY KEY, person bigint REFERENCES people ON DELETE SET NULL ON UPDATE CASCADE,
        a int, b int, FOREIGN KEY (b, a) REFERENCES sales.people (b, a) ON DELETE CASCADE);
    CREATE TABLE events (at timestamptz NOT NULL, person bigint REFERENCES people, PRIMARY KEY (at, person)) PARTITION BY RANGE (at);
    CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
    CREATE TABLE events_new (person bigint NOT NULL, at timestamptz NOT NULL);
    ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
    CREATE VIEW adults AS SELECT id FROM people; CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM people;
    CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER watch AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION nothing();
    CREATE RULE never AS ON DELETE TO sales.orders DO INSTEAD NOTHING;
    CREATE TABLE big (id int PRIMARY KEY); INSERT INTO big SELECT generate_series(1, 20000);
    CREATE TEMP TABLE passing (id int); ANALYZE big;
    CREATE TABLE \"odd \"\"name\" (\"a.b\" text, \"Sel ect\" int);";

fn schema() -> Option<Schema> {
    // The unique index over the reversed columns is what a reference may name.
    let sql = SQL.replace("a int, b int, PRIMARY KEY (a, b)", "a int, b int, PRIMARY KEY (a, b), UNIQUE (b, a)");
    Some(reader(&database(&sql)?).schema().unwrap())
}

fn shape<'s>(schema: &'s Schema, name: &str) -> &'s Shape {
    schema.shape(name).unwrap_or_else(|| panic!("{name} is missing"))
}

#[test]
fn collections_keys_and_references() {
    let Some(schema) = schema() else { return };
    let names: Vec<&str> = schema.collections.iter().map(|s| s.name.as_str()).collect();
    let expected =
        ["adults", "big", "counts", "events", "odd \"name", "people", "staff", "sales.orders", "sales.people"];
    assert_eq!(names, expected, "partitions, temporary and system tables are not among them");
    let people = shape(&schema, "people");
    assert_eq!(people.keys, [vec!["id"], vec!["name", "code"], vec!["code", "name"]]);
    assert_eq!(people.unique, [["email"]]);
    assert_eq!(people.triggers, ["watch"]);
    let orders = shape(&schema, "sales.orders");
    assert_eq!(orders.triggers, ["never"]);
    let references: Vec<_> = orders
        .references
        .iter()
        .map(|r| (r.columns.join(","), r.to.as_str(), r.to_columns.join(","), r.on_delete, r.on_update))
        .collect();
    assert_eq!(
        references,
        [
            ("b,a".into(), "sales.people", "b,a".into(), Action::Cascade, Action::Refuse),
            ("person".into(), "people", "id".into(), Action::SetNull, Action::Cascade),
        ]
    );
    let events = shape(&schema, "events");
    assert_eq!(events.keys, [["at", "person"]]);
    assert_eq!(events.references.len(), 1, "{:?}", events.references);
    // Keys and references hold for one table alone.
    assert_eq!((shape(&schema, "staff").keys.len(), shape(&schema, "staff").columns.len()), (0, 7));
    let kinds = ["adults", "counts", "events", "people"].map(|n| shape(&schema, n).kind);
    assert_eq!(kinds, [ShapeKind::View, ShapeKind::View, ShapeKind::Table, ShapeKind::Table]);
    assert_eq!((shape(&schema, "big").rows, people.rows), (Some(20_000), Some(0)));
}

#[test]
fn columns() {
    let Some(schema) = schema() else { return };
    let people = shape(&schema, "people");
    let column = |name: &str| {
        let c = people.column(name).unwrap();
        (c.ty, c.nullable, c.generated, c.max_length)
    };
    assert_eq!(column("id"), (ValueType::Int, false, true, None));
    assert_eq!(column("email"), (ValueType::Text, true, false, None));
    assert_eq!(column("name"), (ValueType::Text, false, false, Some(40)));
    assert_eq!(column("loud"), (ValueType::Text, true, true, None));
    assert_eq!(column("mood"), (ValueType::Native, true, false, None));
    assert_eq!(column("code"), (ValueType::Text, false, false, Some(8)));
    assert_eq!(people.column("code").unwrap().declared, "code");
}

#[test]
fn every_row_of_a_tree_or_a_partitioned_table_comes_once() {
    let sql = "CREATE TABLE people (id int PRIMARY KEY); CREATE TABLE staff (grade int) INHERITS (people);
        INSERT INTO people VALUES (1), (2); INSERT INTO staff VALUES (3, 7);
        CREATE TABLE e (at int) PARTITION BY RANGE (at); CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (0) TO (10);
        CREATE TABLE e2 PARTITION OF e DEFAULT; INSERT INTO e SELECT generate_series(1, 20);";
    let Some(db) = database(sql) else { return };
    let mut source = reader(&db);
    let counts = ["people", "staff", "e"].map(|name| source.sample(name, 1000).unwrap().len());
    assert_eq!(counts, [2, 1, 20]);
}

#[test]
fn a_sample_of_a_large_table_is_bounded_and_spread() {
    let sql = "CREATE TABLE t AS SELECT n AS id, repeat('x', 100) AS pad FROM generate_series(1, 100000) n; ANALYZE t;";
    let Some(db) = database(sql) else { return };
    let mut source = reader(&db);
    let ids = |source: &mut dyn redress::source::Source| -> Vec<String> {
        source.sample("t", 100).unwrap().iter().map(|r| r.get("id").unwrap().show()).collect()
    };
    let first = ids(source.as_mut());
    assert_eq!(first.len(), 100);
    assert_eq!(first, ids(source.as_mut()), "the same sample of the same table");
    assert!(first.iter().any(|id| id.parse::<u32>().unwrap() > 2000), "not only the first pages");
}
