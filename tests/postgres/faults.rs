//! What goes wrong on the server while a plan is applied: nothing half done, nothing said that is not so.

use std::process::{Child, Command, Stdio};

use super::workspace::Workspace;
use crate::servers::disk::SmallDisk;
use crate::servers::postgres::{Postgres, shared};

const SHOP: &str = "CREATE TABLE people (id int PRIMARY KEY, email text); CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people);
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

fn planned(sql: &str) -> Option<Workspace> {
    let w = Workspace::new(sql, MAP)?;
    plan(&w);
    Some(w)
}

fn plan(w: &Workspace) {
    w.run(&["erase", ANA, "--verified", "known", "-o", w.plan().to_str().unwrap()]).is(0, &[]);
}

fn rows(w: &mut Workspace) -> (i64, i64) {
    (w.count("SELECT count(*) FROM people"), w.count("SELECT count(*) FROM orders"))
}

/// `apply`, started; it goes on by itself.
fn applying(w: &Workspace) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("-C").arg(w.dir.path()).args(["apply", w.plan().to_str().unwrap(), "--yes", "--json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    )
}

/// Waits until a session of Redress waits for a lock.
fn until_it_waits(w: &mut Workspace) {
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'redress' AND wait_event_type = 'Lock' \
        AND datname = current_database()";
    for _ in 0..20_000 {
        if w.count(waiting) > 0 {
            return;
        }
        std::thread::yield_now();
    }
    panic!("it never waited");
}

#[test]
fn a_conflict_is_tried_again_and_then_reported() {
    // The first tries fail as a conflict of transactions does; a sequence counts them, which no rollback undoes.
    let trigger = |fails: u32| {
        format!(
            "{SHOP} CREATE SEQUENCE tries; CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('tries') <= {fails} THEN RAISE EXCEPTION 'secret' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
             CREATE TRIGGER c AFTER DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION conflict();"
        )
    };
    let Some(mut w) = planned(&trigger(2)) else { return };
    w.apply().is(0, &["\"left\":[]"]);
    assert_eq!((rows(&mut w), w.count("SELECT last_value FROM tries")), ((1, 1), 3));
    let mut w = planned(&trigger(1000)).unwrap();
    let ended = w.apply();
    ended.is(1, &["another transaction changed the same records", "tried 4 times"]);
    assert!(!ended.text.contains("secret"));
    assert_eq!((rows(&mut w), w.count("SELECT last_value FROM tries")), ((2, 3), 4));
}

#[test]
fn a_record_that_somebody_changes_while_it_is_waited_for() {
    let Some(mut w) = planned(SHOP) else { return };
    let mut other = shared().unwrap().connect(&w.db.name);
    other.batch_execute("BEGIN; UPDATE people SET email = 'ana@x.example ' WHERE id = 1").unwrap();
    let child = applying(&w);
    until_it_waits(&mut w);
    other.batch_execute("COMMIT").unwrap();
    let (code, text) = ended(child);
    assert_eq!(code, Some(4), "{text}");
    assert!(text.contains("stale"), "{text}");
    assert_eq!(rows(&mut w), (2, 3));
}

#[test]
fn a_deadlock_is_tried_again() {
    // A trigger of ours takes a lock that the other session holds, and that session wants a row of ours.
    let sql = format!(
        "{SHOP} CREATE TABLE turn (id int PRIMARY KEY); INSERT INTO turn VALUES (1);
         CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM turn FOR UPDATE; RETURN NULL; END';
         CREATE TRIGGER t AFTER DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION take();"
    );
    let map = format!("{MAP}[collection.turn]\nabout = \"nobody\"\n");
    let Some(mut w) = Workspace::new(&sql, &map) else { return };
    plan(&w);
    let mut other = shared().unwrap().connect(&w.db.name);
    // This connection looks for deadlocks late, so that the victim is always Redress.
    other.batch_execute("SET deadlock_timeout = '60s'; BEGIN; SELECT * FROM turn FOR UPDATE").unwrap();
    let child = applying(&w);
    until_it_waits(&mut w);
    other.batch_execute("UPDATE people SET email = email || '' WHERE id = 1; ROLLBACK").unwrap();
    let (code, text) = ended(child);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(rows(&mut w), (1, 1));
}

#[test]
fn a_connection_that_is_cut_and_a_server_that_is_killed() {
    let Some(mut server) = Postgres::start(&["fsync=on"]) else { return };
    let sql = format!(
        "{SHOP} CREATE TABLE turn (id int PRIMARY KEY); INSERT INTO turn VALUES (1);
         CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM turn FOR UPDATE; RETURN NULL; END';
         CREATE TRIGGER t AFTER DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION take();"
    );
    let mut w = Workspace::over(server.database(&sql), &format!("{MAP}[collection.turn]\nabout = \"nobody\"\n"));
    plan(&w);
    let mut other = server.connect(&w.db.name);
    other.batch_execute("BEGIN; SELECT * FROM turn FOR UPDATE").unwrap();
    let child = applying(&w);
    until_it_waits(&mut w);
    w.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'redress'");
    let (code, text) = ended(child);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("the server ended the connection") || text.contains("the connection was lost"), "{text}");
    assert_eq!(rows(&mut w), (2, 3));
    // Now the whole server goes.
    let child = applying(&w);
    until_it_waits(&mut w);
    server.kill();
    let (code, text) = ended(child);
    assert_eq!(code, Some(1), "{text}");
    server.revive();
    w.db.admin = server.connect(&w.db.name);
    assert_eq!(rows(&mut w), (2, 3));
    w.apply().is(0, &["\"left\":[]"]);
    assert_eq!(rows(&mut w), (1, 1));
}

#[test]
fn a_full_disk_changes_nothing() {
    let Some(disk) = SmallDisk::new() else { return };
    // The server goes before its disk.
    let Some(server) = Postgres::start(&[]) else { return };
    let place = disk.place();
    server
        .connect("postgres")
        .batch_execute(&format!("CREATE TABLESPACE small LOCATION '{}'", place.display()))
        .unwrap();
    let sql = "CREATE TABLE people (id int PRIMARY KEY, email text);
        INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
        CREATE TABLE notes (id int, person int, text text) TABLESPACE small;
        ALTER TABLE notes ALTER text SET STORAGE PLAIN; INSERT INTO notes SELECT n, 1, repeat('x', 7900) FROM generate_series(1, 20) n;
        CREATE TABLE filler (text text) TABLESPACE small; ALTER TABLE filler ALTER text SET STORAGE PLAIN;";
    let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.notes]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "anonymise"
fields.person = { category = "user.unique_id", erase = "null" }
fields.text = { category = "user.content" }
[collection.filler]
about = "nobody"
"#;
    let mut w = Workspace::over(server.database(sql), map);
    w.run(&["erase", ANA, "--verified", "known", "-o", w.plan().to_str().unwrap()]);
    while w.db.admin.batch_execute("INSERT INTO filler VALUES (repeat('x', 7900))").is_ok() {}
    w.apply().is(1, &["the server's disk is full"]);
    assert_eq!(
        (w.count("SELECT count(*) FROM people"), w.count("SELECT count(*) FROM notes WHERE person = 1")),
        (2, 20)
    );
    disk.grow();
    let again = w.apply();
    assert!(matches!(again.code, Some(0 | 3)), "{}", again.text);
    assert_eq!(
        (w.count("SELECT count(*) FROM people"), w.count("SELECT count(*) FROM notes WHERE person = 1")),
        (1, 0)
    );
}
