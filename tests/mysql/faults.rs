//! What breaks while a database is read or changed: nothing is half done, and what happened is told.

use mysql::prelude::Queryable as _;
use redress::error::Error;
use redress::record::{Key, Record, Value};
use redress::source::{Edit, EditChange, Writer, open, open_writer};

use super::address;
use super::workspace::Workspace;
use crate::postgres::workspace::Ended;
use crate::servers::disk::SmallDisk;
use crate::servers::mariadb::{Database, MariaDb, database, shared};

const SQL: &str = "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);";

fn key(i: i128) -> Key {
    Key::Columns(vec![("id".into(), Value::Int(i))])
}

fn delete(writer: &mut dyn Writer, i: i128) -> Result<(), Error> {
    let key = key(i);
    writer.write(&[Edit { collection: "t", key: &key, count: 1, change: EditChange::Delete }]).map(drop)
}

fn look(writer: &mut dyn Writer, i: i128) -> Result<(), Error> {
    writer.lookup("t", &[&key(i)], &mut |_, _: Record| Ok(()))
}

fn rows(db: &mut Database) -> u64 {
    db.admin.query_first("SELECT COUNT(*) FROM t").unwrap().unwrap()
}

#[test]
fn the_server_is_killed_before_the_commit() {
    let Some(mut server) = MariaDb::start(&["innodb-flush-log-at-trx-commit=1"]) else { return };
    let mut db = server.database(SQL);
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    look(writer.as_mut(), 1).unwrap();
    delete(writer.as_mut(), 1).unwrap();
    server.kill();
    let error = writer.commit().unwrap_err();
    assert!(error.message.contains("the connection was lost"), "{error}");
    assert!(open(&address(&db), "shop").map(|_| ()).unwrap_err().message.contains("cannot connect"));
    server.restart();
    db.admin = server.connect(Some(&db.name));
    assert_eq!(rows(&mut db), 3);
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    delete(writer.as_mut(), 1).unwrap();
    writer.commit().unwrap();
    assert_eq!(rows(&mut db), 2);
}

#[test]
fn what_the_servers_logs_keep_is_told() {
    let Some(server) = MariaDb::start(&["log-bin=log", "server-id=1", "binlog-format=STATEMENT"]) else { return };
    let mut db = server.database(SQL);
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    delete(writer.as_mut(), 1).unwrap();
    let remains = writer.commit().unwrap();
    assert_eq!(remains.problems, [], "a binary log is no fault of a server: it ages out, as backups do");
    assert_eq!(remains.not_covered.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["server-log"]);
    assert!(remains.not_covered[0].message.contains("PURGE BINARY LOGS"));
    assert_eq!(rows(&mut db), 2);
}

#[test]
fn the_connection_is_cut() {
    let Some(mut db) = database(SQL) else { return };
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    delete(writer.as_mut(), 1).unwrap();
    let others =
        format!("SELECT id FROM information_schema.processlist WHERE db = '{}' AND id <> CONNECTION_ID()", db.name);
    let ids: Vec<u64> = db.admin.query(others).unwrap();
    assert_eq!(ids.len(), 1);
    db.admin.query_drop(format!("KILL {}", ids[0])).unwrap();
    let error = delete(writer.as_mut(), 2).unwrap_err();
    assert!(error.message.contains("the connection was lost"), "{error}");
    assert_eq!(rows(&mut db), 3);
}

#[test]
fn a_deadlock_may_be_tried_again() {
    let Some(mut db) = database(SQL) else { return };
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    look(writer.as_mut(), 1).unwrap();
    let mut other = shared().unwrap().connect(Some(&db.name));
    other
        .query_drop("BEGIN; INSERT INTO t SELECT seq, 0 FROM seq_100_to_2000; UPDATE t SET n = 9 WHERE id = 2")
        .unwrap();
    let waiting = std::thread::spawn(move || {
        let done = other.query_drop("UPDATE t SET n = 9 WHERE id = 1").is_ok();
        other.query_drop("ROLLBACK").unwrap();
        done
    });
    // Whoever comes to wait last closes the circle; the one that has changed nothing is given up.
    let error = look(writer.as_mut(), 2).unwrap_err();
    assert!(error.transient && error.message.contains("deadlock"), "{error}");
    drop(writer);
    assert!(waiting.join().unwrap());
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    delete(writer.as_mut(), 2).unwrap();
    writer.commit().unwrap();
    assert_eq!(rows(&mut db), 2);
}

#[test]
fn a_lock_that_is_not_let_go_is_told_after_some_tries() {
    let map = "[collection.t]\nperson = true\nkey = \"id\"\nidentities = { account = \"id\" }\nerase = \"delete\"\nother = [\"n\"]\n";
    let Some(mut w) = Workspace::new(SQL, map) else { return };
    w.map(&format!("{}&lock_timeout=1s", w.db.url), map);
    w.plan("account=1").is(0, &[]);
    w.db.admin.query_drop("BEGIN; SELECT * FROM t WHERE id = 1 FOR UPDATE").unwrap();
    w.apply().is(1, &["another transaction has locked the records", "it was tried 4 times", "lock_timeout"]);
    w.db.admin.query_drop("ROLLBACK").unwrap();
    w.apply().is(0, &[]);
    assert_eq!(rows(&mut w.db), 2);
}

const SHOP: &str = "CREATE TABLE people (id int PRIMARY KEY, email varchar(90));
    CREATE TABLE orders (id int PRIMARY KEY, person int, FOREIGN KEY (person) REFERENCES people (id));
    INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example'); INSERT INTO orders VALUES (7, 1), (8, 1), (9, 2);";

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.orders]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
"#;

const ANA: &str = "email=ana@x.example";

#[test]
fn a_conflict_is_tried_again_and_then_reported() {
    // The first tries fail as a conflict of transactions does; a table that no rollback undoes counts them.
    let world = |fails: u32| {
        let sql = format!(
            "{SHOP} CREATE TABLE tries (n int) ENGINE=MyISAM;
             CREATE TRIGGER c AFTER DELETE ON people FOR EACH ROW BEGIN INSERT INTO tries VALUES (1);
                IF (SELECT COUNT(*) FROM tries) <= {fails} THEN SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'secret';
                END IF; END;"
        );
        let w = Workspace::new(&sql, &format!("{MAP}[collection.tries]\nabout = \"nobody\"\n"))?;
        w.plan(ANA).is(0, &[]);
        Some(w)
    };
    let Some(mut w) = world(2) else { return };
    // What the trigger counts is a change beside the plan.
    w.apply().is(3, &["\"left\":[]", "changed-beside"]);
    assert_eq!(w.counts(&["people", "orders", "tries"]), [1, 1, 3]);
    let mut w = world(1000).unwrap();
    let ended = w.apply();
    ended.is(1, &["a deadlock", "tried 4 times"]);
    assert!(!ended.text.contains("secret"));
    assert_eq!(w.counts(&["people", "orders", "tries"]), [2, 3, 4]);
}

/// Waits until a session waits for a record's lock.
fn until_it_waits(w: &mut Workspace) {
    for _ in 0..100_000 {
        let status: Option<(String, String, String)> = w.db.admin.query_first("SHOW ENGINE INNODB STATUS").unwrap();
        if status.is_some_and(|(_, _, text)| text.contains("TRX HAS BEEN WAITING")) {
            return;
        }
        std::thread::yield_now();
    }
    panic!("it never waited");
}

#[test]
fn the_connection_is_cut_and_the_server_killed_in_the_middle_of_apply() {
    let Some(mut server) = MariaDb::start(&["innodb-flush-log-at-trx-commit=1"]) else { return };
    // A trigger takes a lock that another session holds.
    let sql = format!(
        "{SHOP} CREATE TABLE turn (id int PRIMARY KEY); INSERT INTO turn VALUES (1);
         CREATE TRIGGER t AFTER DELETE ON people FOR EACH ROW SELECT id INTO @taken FROM turn WHERE id = 1 FOR UPDATE;"
    );
    let mut w = Workspace::over(server.database(&sql), &format!("{MAP}[collection.turn]\nabout = \"nobody\"\n"));
    w.plan(ANA).is(0, &[]);
    let mut other = server.connect(Some(&w.db.name));
    other.query_drop("BEGIN; SELECT * FROM turn FOR UPDATE").unwrap();
    let child = w.applying();
    until_it_waits(&mut w);
    let busy = format!(
        "SELECT id FROM information_schema.processlist WHERE db = '{}' AND command = 'Query' AND id <> CONNECTION_ID()",
        w.db.name
    );
    let ids: Vec<u64> = w.db.admin.query(busy).unwrap();
    assert_eq!(ids.len(), 1);
    ids.iter().for_each(|id| w.db.admin.query_drop(format!("KILL {id}")).unwrap());
    ended(child).is(1, &["the connection was lost"]);
    assert_eq!(w.counts(&["people", "orders"]), [2, 3]);
    let child = w.applying();
    until_it_waits(&mut w);
    server.kill();
    ended(child).is(1, &["the connection was lost"]);
    server.restart();
    w.db.admin = server.connect(Some(&w.db.name));
    assert_eq!(w.counts(&["people", "orders"]), [2, 3]);
    w.apply().is(0, &["\"left\":[]"]);
    assert_eq!(w.counts(&["people", "orders"]), [1, 1]);
}

fn ended(child: std::process::Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ended { code: output.status.code(), text }
}

#[test]
fn a_full_disk_changes_nothing() {
    let Some(disk) = SmallDisk::new() else { return };
    // The server goes before its disk.
    let Some(server) = MariaDb::start(&[]) else { return };
    let sql = format!(
        "CREATE TABLE people (id int PRIMARY KEY, email varchar(90));
         CREATE TABLE notes (id int PRIMARY KEY, person int, text varchar(3000)) CHARSET latin1 DATA DIRECTORY = '{}';
         INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example'); INSERT INTO notes SELECT seq, 1, 'x' FROM seq_1_to_400;",
        disk.place().display()
    );
    // What stands there afterwards is longer than what stood there.
    let map = format!(
        r#"
[collection.people]
person = true
key = "id"
identities = {{ email = "email" }}
erase = "delete"
[collection.notes]
key = "id"
links = [{{ from = "person", to = "people.id", role = "owner" }}]
erase = "anonymise"
fields.text = {{ category = "user.content", erase = {{ fixed = "{}" }} }}
"#,
        "gone ".repeat(500)
    );
    let mut w = Workspace::over(server.database(&sql), &map);
    w.plan(ANA);
    disk.fill();
    w.apply().is(1, &["the server's disk is full"]);
    assert_eq!(w.counts(&["people", "notes WHERE person = 1 AND text = 'x'"]), [2, 400]);
    disk.free();
    disk.grow();
    let again = w.apply();
    assert!(matches!(again.code, Some(0 | 3)), "{}", again.text);
    assert_eq!(w.counts(&["people", "notes WHERE person IS NULL AND text LIKE 'gone%'"]), [1, 400]);
}
