//! A SQLite database with everything odd that one can hold: what is hers goes, and not one value of another's changes.

use rusqlite::Connection;
use std::path::Path;

use crate::plan::{Memory, plan, sealed};
use redress::find::{Opened, find};
use redress::plan::{apply, confirm};
use redress::resolve::{Pick, Start, parse};

const DATABASE: &str = r#"
    CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT, name TEXT) STRICT;
    CREATE TABLE "we.ird ""t" ("or der" INTEGER PRIMARY KEY, "a.b" INTEGER, "select" TEXT, "q""x" TEXT,
        g TEXT GENERATED ALWAYS AS (upper("select")) VIRTUAL, gs TEXT AS (lower("select")) STORED);
    CREATE TABLE vals (person INTEGER REFERENCES people(id), v);
    CREATE TABLE nk (a TEXT, b INTEGER, person INTEGER, t TEXT, PRIMARY KEY(a, b));
    CREATE VIRTUAL TABLE notes USING fts5(person, body);
    CREATE TABLE docs (id INTEGER PRIMARY KEY, person INTEGER, body TEXT);
    CREATE VIRTUAL TABLE docs_fts USING fts5(body, content='docs', content_rowid='id');
    CREATE TRIGGER docs_ai AFTER INSERT ON docs BEGIN INSERT INTO docs_fts(rowid, body) VALUES (new.id, new.body); END;
    CREATE TRIGGER docs_ad AFTER DELETE ON docs
        BEGIN INSERT INTO docs_fts(docs_fts, rowid, body) VALUES('delete', old.id, old.body); END;
    CREATE VIRTUAL TABLE geo USING rtree(id, x0, x1);
    CREATE TABLE places (geo INTEGER PRIMARY KEY, person INTEGER);
    CREATE VIEW gone AS SELECT * FROM nowhere;
    CREATE VIEW everybody AS SELECT * FROM people;
    CREATE TABLE unused (person INTEGER);
    INSERT INTO people(email, name) VALUES ('ana@x.test', 'Ana'), ('bo@x.test', 'Bo');
    INSERT INTO "we.ird ""t" ("or der", "a.b", "select", "q""x") VALUES (1, 1, 's', 'q'), (2, 2, 's', 'q');
    INSERT INTO vals VALUES (1, 9223372036854775807), (1, 9e999), (1, -9e999), (1, 0.1), (1, x'ff00'), (1, ''),
        (1, NULL), (1, CAST(x'ff41' AS TEXT)), (1, CAST(x'610062' AS TEXT)), (1, 9e999);
    INSERT INTO vals SELECT 2, v FROM vals;
    INSERT INTO nk VALUES ('k', 1, 1, 't'), ('k', NULL, 1, 't'), ('k', NULL, 1, 't'), ('k', NULL, 2, 't'), (NULL, NULL, 1, 't');
    INSERT INTO notes VALUES ('1', 'hello ana'), ('2', 'hello bo');
    INSERT INTO docs VALUES (1, 1, 'doc ana'), (2, 2, 'doc bo');
    INSERT INTO geo VALUES (1, 1, 1), (2, 2, 2);
    INSERT INTO places VALUES (1, 1), (2, 2);
"#;

const MAP: &str = r#"
kind = "sqlite"
path = "odd.db"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
fields.name = { category = "user.name" }
[collection.'we.ird "t']
key = "or der"
links = [{ from = "a.b", to = "people.id", role = "owner" }]
erase = "delete"
other = ["select", 'q"x', "g", "gs"]
[collection.vals]
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["v"]
[collection.nk]
key = ["a", "b"]
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["t"]
[collection.notes]
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["body"]
[collection.docs]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["body"]
[collection.places]
key = "geo"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
[collection.geo]
links = [{ from = "id", to = "places.geo", role = "owner" }]
erase = "delete"
other = ["x0", "x1"]
[collection.unused]
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
"#;

/// Every value of a person's rows, by table, as SQLite writes it; text as its bytes.
fn rows(dir: &Path) -> Vec<String> {
    let conn = Connection::open(dir.join("odd.db")).unwrap();
    let tables = [
        ("people", "id"),
        ("we.ird \"t", "a.b"),
        ("vals", "person"),
        ("nk", "person"),
        ("notes", "person"),
        ("docs", "person"),
        ("places", "person"),
        ("geo", "id"),
    ];
    let mut out = Vec::new();
    for (table, person) in tables {
        let sql = format!("SELECT \"{person}\", * FROM \"{}\" ORDER BY 1", table.replace('"', "\"\""));
        let mut statement = conn.prepare(&sql).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect();
            out.push(format!("{table}: {} ", cells.join(" ")));
        }
    }
    out
}

#[test]
fn what_is_odd_is_found_erased_and_left_alone_like_all_else() {
    let dir = tempfile::tempdir().unwrap();
    Connection::open(dir.path().join("odd.db")).unwrap().execute_batch(DATABASE).unwrap();
    let workspace = "version = 1\n[controller]\nname = \"Odd\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n";
    std::fs::write(dir.path().join("redress.toml"), workspace).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    std::fs::write(dir.path().join("sources/odd.toml"), MAP).unwrap();
    let map = redress::map::read(dir.path()).unwrap();
    let who = "email=ANA@x.test";
    let start = Start::Selectors { selectors: vec![parse(who, &map).unwrap()], pick: Pick::default() };
    let findings = find(&map, Opened::all(&map), &[start], false).unwrap();
    assert_eq!(findings.problems, [], "a view of nothing, an index and its tables are no more data");
    let held: Vec<u64> = (0..findings.graph.nodes.len()).map(|n| findings.counts(n, 0).unwrap().own).collect();
    assert_eq!(held, [1, 1, 10, 4, 1, 1, 1, 1, 0]);
    drop(findings);
    let plan = plan(&map, who).unwrap();
    let before = rows(dir.path());
    let applied = apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    assert_eq!(applied.problems, [], "the trigger that keeps the index right is no change beside");
    let after = rows(dir.path());
    assert_eq!(before.len() - after.len(), 20);
    assert!(after.iter().all(|row| before.contains(row)), "{after:?}");
    let others = |row: &String| row.contains(": Integer(2) ") || row.contains(": Text([50]) ");
    assert!(after.iter().all(others), "{after:?}");
    assert_eq!(confirm(&map, &plan).unwrap(), (vec![], vec![]));
    let conn = Connection::open(dir.path().join("odd.db")).unwrap();
    let hits = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(hits("SELECT count(*) FROM docs_fts WHERE docs_fts MATCH 'ana'"), 0);
    assert_eq!(hits("SELECT count(*) FROM docs_fts WHERE docs_fts MATCH 'bo'"), 1);
    assert_eq!(hits("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

#[test]
fn a_trigger_that_changes_anothers_record_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT); CREATE TABLE stock (thing TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
        CREATE TABLE tally (n INTEGER);
        INSERT INTO people VALUES (1, 'ana@x.test'); INSERT INTO stock VALUES ('pen', 1); INSERT INTO tally VALUES (0);
        CREATE TRIGGER t AFTER DELETE ON people BEGIN UPDATE stock SET n = n + 1; UPDATE tally SET n = n + 1; END;";
    Connection::open(dir.path().join("odd.db")).unwrap().execute_batch(sql).unwrap();
    let workspace = "version = 1\n[controller]\nname = \"Odd\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n";
    std::fs::write(dir.path().join("redress.toml"), workspace).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    let text = "kind = \"sqlite\"\npath = \"odd.db\"\n[collection.people]\nperson = true\nkey = \"id\"\nidentities = { email = \"email\" }\nerase = \"delete\"\n\
        [collection.stock]\nabout = \"nobody\"\n[collection.tally]\nabout = \"nobody\"\n";
    std::fs::write(dir.path().join("sources/odd.toml"), text).unwrap();
    let map = redress::map::read(dir.path()).unwrap();
    let plan = plan(&map, "email=ana@x.test").unwrap();
    let applied = apply(&map, &sealed(&plan), &mut Memory::default()).unwrap();
    let said: Vec<(&str, &str)> = applied.problems.iter().map(|p| (p.code.as_str(), p.place.as_str())).collect();
    assert_eq!(said, [("changed-beside", "odd.tally"), ("changed-beside", "odd.another table")]);
}

#[test]
fn a_reader_that_does_not_let_go_is_waited_for_and_then_named_while_nothing_has_changed() {
    let firm = crate::firm::Firm::new();
    firm.run(&["erase", "email=ana@x.example", "--verified", "known"]).is(0, &["Plan 1"]);
    let before = firm.everything();
    let reader = Connection::open(firm.path().join("shop.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM people").unwrap();
    firm.run(&["apply", "1", "--yes"]).is(1, &["another process has locked it", "wait until that process is done"]);
    assert!(firm.everything() == before, "no source has changed");
    reader.execute_batch("COMMIT").unwrap();
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing is left"]);
}
