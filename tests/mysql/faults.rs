//! What breaks while a database is read or changed: nothing is half done, and what happened is told.

use mysql::prelude::Queryable as _;
use redress::error::Error;
use redress::record::{Key, Record, Value};
use redress::source::{Edit, EditChange, Writer, open, open_writer};

use super::address;
use super::workspace::Workspace;
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

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    let Some(db) = database("CREATE VIEW slow AS SELECT SLEEP(30) AS n") else { return };
    let mut at = address(&db);
    at.written.push_str("&statement_timeout=200ms");
    let error = open(&at, "shop").unwrap().sample("slow", 1).unwrap_err();
    assert!(error.message.contains("statement_timeout"), "{error}");
}

#[test]
fn a_search_sees_one_moment() {
    let Some(mut db) = database(SQL) else { return };
    let mut source = open(&address(&db), "shop").unwrap();
    db.admin.query_drop("DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (9, 9)").unwrap();
    let ids: Vec<String> = source.sample("t", 9).unwrap().iter().map(|r| r.get("id").unwrap().show()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}
