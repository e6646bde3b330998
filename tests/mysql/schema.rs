//! What a database says of itself, and to whom.

use mysql::prelude::Queryable as _;
use redress::source::{Action, Need, ShapeKind, ValueType, open};

use super::{address, reader};
use crate::servers::mariadb::{all, database, shared};

const SQL: &str = "
    CREATE TABLE people (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, email varchar(90) UNIQUE,
        code varchar(8) COLLATE utf8mb4_bin NOT NULL, loud varchar(90) AS (UPPER(email)) VIRTUAL, at timestamp NOT NULL
        DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, mood enum('a','b'), doc json, ok boolean,
        UNIQUE KEY (code, id), UNIQUE KEY part (code(3)), KEY (email));
    CREATE TABLE orders (a int, b int, person bigint unsigned, PRIMARY KEY (a, b),
        FOREIGN KEY (person) REFERENCES people (id) ON DELETE SET NULL ON UPDATE CASCADE) ENGINE=InnoDB;
    CREATE TABLE items (x int, y int, n int, FOREIGN KEY (y, x) REFERENCES orders (a, b) ON DELETE CASCADE);
    CREATE TABLE events (at date NOT NULL, person int, PRIMARY KEY (at, person)) PARTITION BY RANGE (YEAR(at))
        (PARTITION p0 VALUES LESS THAN (2026), PARTITION p1 VALUES LESS THAN MAXVALUE);
    INSERT INTO events VALUES ('2025-01-01', 1), ('2026-01-01', 1), ('2027-01-01', 2);
    CREATE TABLE old (id int PRIMARY KEY) ENGINE=MyISAM;
    CREATE TABLE kept (id int PRIMARY KEY) WITH SYSTEM VERSIONING;
    CREATE SEQUENCE numbers; CREATE VIEW adults AS SELECT id FROM people;
    CREATE TRIGGER watch AFTER UPDATE ON people FOR EACH ROW SET @x = 1;
    CREATE TABLE big (id int PRIMARY KEY); INSERT INTO big SELECT seq FROM seq_1_to_20000;
    CREATE TABLE pairs (a varchar(20), b int, PRIMARY KEY (a, b)); INSERT INTO pairs SELECT CONCAT('k', seq), seq FROM seq_1_to_20000;
    ANALYZE TABLE big, pairs; CREATE TABLE `odd ``name` (`a.b` text, `Sel ect` int);";

#[test]
fn collections_keys_and_references() {
    let Some(db) = database(SQL) else { return };
    let mut source = reader(&db);
    let schema = source.schema().unwrap();
    let names: Vec<&str> = schema.collections.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["adults", "big", "events", "items", "kept", "odd `name", "old", "orders", "pairs", "people"]);
    let people = schema.shape("people").unwrap();
    assert_eq!(people.keys, [vec!["id"], vec!["code", "id"]]);
    assert_eq!(
        (people.unique.clone(), people.triggers.clone()),
        (vec![vec!["email".to_owned()]], vec!["watch".into()])
    );
    let references = |name: &str| -> Vec<_> {
        let all = &schema.shape(name).unwrap().references;
        all.iter()
            .map(|r| (r.columns.join(","), r.to.clone(), r.to_columns.join(","), r.on_delete, r.on_update))
            .collect()
    };
    assert_eq!(
        references("orders"),
        [("person".into(), "people".into(), "id".into(), Action::SetNull, Action::Cascade)]
    );
    assert_eq!(references("items"), [("y,x".into(), "orders".into(), "a,b".into(), Action::Cascade, Action::Refuse)]);
    let engine = |name: &str| schema.shape(name).unwrap().not_transactional.clone();
    assert_eq!((engine("old").as_deref(), engine("people"), engine("events")), (Some("MyISAM"), None, None));
    assert_eq!(schema.shape("adults").unwrap().kind, ShapeKind::View);
    assert_eq!(source.sample("events", 9).unwrap().len(), 3, "partitions once");
    assert!(schema.shape("big").unwrap().rows.is_some_and(|n| n > 10_000));
}

#[test]
fn columns() {
    let Some(db) = database(SQL) else { return };
    let schema = reader(&db).schema().unwrap();
    let people = schema.shape("people").unwrap();
    let column = |name: &str| {
        let c = people.column(name).unwrap();
        (c.ty, c.nullable, c.generated, c.nocase, c.max_length)
    };
    assert_eq!(column("id"), (ValueType::Int, false, false, false, None));
    assert_eq!(column("email"), (ValueType::Text, true, false, true, Some(90)));
    assert_eq!(column("code"), (ValueType::Text, false, false, false, Some(8)));
    assert_eq!(column("loud"), (ValueType::Text, true, true, true, Some(90)));
    assert_eq!(column("at"), (ValueType::Native, false, false, false, None));
    assert_eq!(column("mood").0, ValueType::Native);
    assert_eq!(column("ok").0, ValueType::Int);
    assert_eq!(people.column("mood").unwrap().declared, "enum('a','b')");
}

#[test]
fn a_sample_of_a_large_table_is_bounded_and_spread() {
    let Some(db) = database(SQL) else { return };
    let mut source = reader(&db);
    for (table, column) in [("big", "id"), ("pairs", "b")] {
        let sample = source.sample(table, 100).unwrap();
        let number = |r: &redress::record::Record| r.get(column).unwrap().show().parse::<u32>().unwrap();
        assert_eq!(sample.len(), 100);
        assert!(sample.iter().any(|r| number(r) > 9000) && sample.iter().any(|r| number(r) < 1001), "{table}");
    }
}

#[test]
fn a_user_without_rights_is_told_which_are_missing() {
    let Some(mut db) =
        database("CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE u (id int PRIMARY KEY)")
    else {
        return;
    };
    let user = format!("reader_{}", db.name);
    all(&mut db.admin, &format!("CREATE USER {user}@localhost; GRANT SELECT (id, a) ON t TO {user}@localhost"));
    let mut at = address(&db);
    at.written = shared().unwrap().url(&user, &db.name);
    let mut source = open(&at, "shop").unwrap();
    let error = source.sample("t", 1).unwrap_err();
    let grant = format!("GRANT SELECT ON `{}`.`t` TO '{user}'@'localhost'", db.name);
    assert!(error.hints.iter().any(|h| h.contains(&grant)), "{error} {:?}", error.hints);
    let needs = [
        Need { collection: "t", delete: false, insert: false, set: vec!["a"] },
        Need { collection: "u", delete: true, insert: false, set: vec!["id"] },
    ];
    let rights = source.rights(&needs).unwrap();
    assert_eq!(rights.missing_to_read.len(), 2, "{:?}", rights.missing_to_read);
    assert_eq!(rights.missing_to_change, rights.to_change);
    // What it prints is enough.
    for grant in rights.to_read.iter().chain(&rights.to_change) {
        db.admin.query_drop(grant).unwrap();
    }
    let mut source = open(&at, "shop").unwrap();
    assert!(source.sample("t", 1).is_ok());
    let rights = source.rights(&needs).unwrap();
    assert_eq!((rights.missing_to_read, rights.missing_to_change), (vec![], vec![]));
}

#[test]
fn an_address_that_leads_nowhere_is_told() {
    let Some(db) = database("") else { return };
    let server = shared().unwrap();
    let cases = [
        (server.url("nobody_here", &db.name), "does not let this user in"),
        (server.url("root", "no_such_database"), "no such database"),
        ("mysql://root@127.0.0.1:1/shop".to_owned(), "cannot connect to 127.0.0.1:1"),
        (format!("mysql://root@127.0.0.1:{}/{}?sslmode=require", server.port(), db.name), "has no TLS"),
        ("mysql://root@localhost/shop?host=/nowhere/socket".to_owned(), "/nowhere/socket"),
    ];
    for (url, said) in cases {
        let mut at = address(&db);
        at.written.clone_from(&url);
        let error = open(&at, "shop").map(|_| ()).unwrap_err();
        assert!(error.message.contains(said), "{url}: {error}");
    }
    let mut at = address(&db);
    at.written = format!("mysql://root@127.0.0.1:{}/{}", server.port(), db.name);
    open(&at, "shop").map(|_| ()).unwrap();
}
