//! The process dies in the middle of applying, at every step: applied again, the plan ends in the same state.

#![cfg(feature = "failpoints")]

use std::path::Path;
use std::process::Command;

const POINTS: [&str; 11] = [
    "sqlite.edited",
    "apply.written",
    "apply.started",
    "sqlite.before-commit",
    "sqlite.after-commit",
    "file.before-rename",
    "file.after-rename",
    "apply.committed",
    "apply.unconfirmed",
    "apply.half-recorded",
    "apply.recorded",
];

fn redress(dir: &Path, args: &[&str], failpoints: Option<&str>) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("-C").arg(dir).args(args).env_remove("FAILPOINTS");
    if let Some(points) = failpoints {
        command.env("FAILPOINTS", points);
    }
    let output = command.output().unwrap();
    eprintln!("{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// How many records each list of `find` holds, by collection.
fn held(dir: &Path) -> Vec<String> {
    let (_, text) = redress(dir, &["find", "email=nadia@quillfeather.example", "shop.accounts.id=1", "--json"], None);
    let (_, by_id) = redress(dir, &["find", "shop.accounts.id=1", "--json"], None);
    let text = if text.contains("\"error\"") { by_id } else { text };
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut held = Vec::new();
    for list in ["collections", "shared", "references"] {
        for c in report[list].as_array().unwrap() {
            held.push(format!("{list} {} {}", c["collection"], c["rows"]));
        }
    }
    held
}

/// How many requests still wait for an erasure, as the desk says.
fn open_erasures(dir: &Path) -> usize {
    let (_, text) = redress(dir, &["--json"], None);
    let desk: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rights = desk["requests"].as_array().unwrap().iter().flat_map(|r| r["rights"].as_array().unwrap());
    rights.filter(|right| *right == "erasure").count()
}

fn demo() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (code, text) = redress(Path::new("."), &["demo", dir.path().to_str().unwrap()], None);
    assert_eq!(code, Some(0), "{text}");
    dir
}

fn rows(dir: &Path) -> (i64, usize, usize) {
    let conn = rusqlite::Connection::open(dir.join("shop.db")).unwrap();
    let orders = conn.query_row("SELECT count(*) FROM order_items", [], |r| r.get(0)).unwrap();
    let lines = |file: &str| std::fs::read(dir.join(file)).unwrap().iter().filter(|b| **b == b'\n').count();
    (orders, lines("exports/deliveries.csv"), lines("events/clickstream.ndjson"))
}

#[test]
fn killed_at_every_step_it_finishes_when_applied_again() {
    let whole = demo();
    let before = rows(whole.path());
    let (_, text) = redress(whole.path(), &["apply", "1", "--yes", "--json"], None);
    assert!(text.contains("\"left\":[]"), "{text}");
    let after = rows(whole.path());
    for point in POINTS {
        let dir = demo();
        let (code, text) = redress(dir.path(), &["apply", "1", "--yes"], Some(&format!("{point}=panic")));
        assert_eq!(code, None, "{point}: it was to be killed: {text}");
        let now = rows(dir.path());
        assert!(now.0 == before.0 || now.0 == after.0, "{point}: the database is as before or as after");
        assert!(now.1 == before.1 || now.1 == after.1, "{point}: a file is as before or as after");
        assert!(now.2 == before.2 || now.2 == after.2, "{point}: a file is as before or as after");
        let (code, text) = redress(dir.path(), &["apply", "1", "--yes", "--json"], None);
        assert!(matches!(code, Some(0 | 3)), "{point}: {code:?} {text}");
        assert!(text.contains("\"left\":[]"), "{point}: {text}");
        assert_eq!(open_erasures(dir.path()), 0, "{point}: the right asked for has its answer");
        assert_eq!(rows(dir.path()), after, "{point}");
        assert_eq!(held(dir.path()), held(whole.path()), "{point}");
        let (code, text) = redress(dir.path(), &["log", "check"], None);
        assert_eq!(code, Some(0), "{point}: {text}");
    }
}

/// Where everything is hard at once: the person's key changes and others follow it, two tables refer to each other in a
/// circle, rows without a key are alike, and three sources must change.
const HARD: [(&str, &str); 6] = [
    (
        "redress.toml",
        "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n",
    ),
    (
        "sources/base.toml",
        "kind = \"sqlite\"\npath = \"base.db\"
[collection.people]
person = true
key = \"email\"
identities = { email = \"email\" }
erase = \"anonymise\"
fields.email = { category = \"user.contact.email\", erase = \"tombstone\" }
fields.name = { category = \"user.name\", erase = \"null\" }
[collection.orders]
key = [\"buyer\", \"n\"]
links = [{ from = \"buyer\", to = \"people.email\", role = \"owner\" }]
erase = \"anonymise\"
fields.note = { category = \"user.content\", erase = \"null\" }
[collection.picks]
about = \"nobody\"
[collection.accounts]
key = \"id\"
links = [{ from = \"email\", to = \"people.email\", role = \"owner\" }]
erase = \"delete\"
other = [\"last\"]
[collection.sessions]
key = \"id\"
links = [{ from = \"account\", to = \"accounts.id\", role = \"owner\" }]
erase = \"delete\"
[collection.visits]
links = [{ from = \"email\", to = \"people.email\", role = \"owner\" }]
erase = \"delete\"
fields.page = { category = \"user.behavior\" }
",
    ),
    (
        "sources/mail.toml",
        "kind = \"csv\"\npath = \"mail.csv\"\n[collection.mail]
identities = { email = \"to\" }
erase = \"delete\"
fields.text = { category = \"user.content\" }
",
    ),
    (
        "sources/clicks.toml",
        "kind = \"json\"\npath = \"clicks.ndjson\"\n[collection.clicks]
identities = { email = \"who\" }
erase = \"anonymise\"
fields.who = { category = \"user.contact.email\", erase = \"null\" }
other = [\"at\"]
",
    ),
    ("mail.csv", "to,text\nana@x.test,hello\nbo@x.test,hello\nana@x.test,hello\nAna@X.test,bye\n"),
    (
        "clicks.ndjson",
        "{\"who\":\"ana@x.test\",\"at\":1}\n{\"who\":\"bo@x.test\",\"at\":1}\n{\"who\":\"ana@x.test\",\"at\":1}\n",
    ),
];

const HARD_BASE: &str = "CREATE TABLE people (email TEXT PRIMARY KEY NOT NULL, name TEXT);
    CREATE TABLE orders (buyer TEXT NOT NULL REFERENCES people, n INTEGER NOT NULL, note TEXT, PRIMARY KEY (buyer, n));
    CREATE TABLE picks (buyer TEXT, n INTEGER, FOREIGN KEY (buyer, n) REFERENCES orders (buyer, n));
    CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT NOT NULL REFERENCES people, last INTEGER NOT NULL
        REFERENCES sessions DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE sessions (id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES accounts DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE visits (email TEXT, page TEXT);
    INSERT INTO people VALUES ('ana@x.test', 'Ana'), ('bo@x.test', 'Bo');
    INSERT INTO orders VALUES ('ana@x.test', 1, 'ring twice'), ('ana@x.test', 2, NULL), ('bo@x.test', 1, 'x');
    INSERT INTO picks VALUES ('ana@x.test', 1), ('ana@x.test', 1), ('bo@x.test', 1);
    BEGIN; INSERT INTO accounts VALUES (1, 'ana@x.test', 7), (2, 'bo@x.test', 9);
    INSERT INTO sessions VALUES (7, 1), (8, 1), (9, 2); COMMIT;
    INSERT INTO visits VALUES ('ana@x.test', 'a'), ('ana@x.test', 'a'), ('bo@x.test', 'a'), ('ana@x.test', 'b');";

/// Every row of every table, and every file.
fn state(dir: &Path) -> Vec<Vec<String>> {
    let conn = rusqlite::Connection::open(dir.join("base.db")).unwrap();
    let tables = ["people", "orders", "picks", "accounts", "sessions", "visits"];
    let table = |table: &&str| {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = statement.column_count();
        let cell = |row: &rusqlite::Row<'_>, i| format!("{:?}", row.get::<_, rusqlite::types::Value>(i).unwrap());
        let row = |row: &rusqlite::Row<'_>| Ok((0..columns).map(|i| cell(row, i)).collect::<String>());
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    };
    let file = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap().lines().map(str::to_owned).collect();
    tables.iter().map(table).chain([file("mail.csv"), file("clicks.ndjson")]).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::set_permissions(to, from.metadata().unwrap().permissions()).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// The workspace where everything is hard at once, planned; `also` is added to `redress.toml`.
fn hard(also: &str) -> tempfile::TempDir {
    let planned = tempfile::tempdir().unwrap();
    for (name, text) in HARD {
        let text = if name == "redress.toml" { format!("{text}{also}") } else { text.to_owned() };
        let path = planned.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    rusqlite::Connection::open(planned.path().join("base.db")).unwrap().execute_batch(HARD_BASE).unwrap();
    let (code, text) = redress(planned.path(), &["erase", "email=ana@x.test", "--verified", "t"], None);
    assert_eq!(code, Some(0), "{text}");
    planned
}

#[test]
fn keys_that_change_circles_and_identical_rows_survive_a_kill_at_every_step() {
    let planned = hard("");
    let before = state(planned.path());
    let whole = tempfile::tempdir().unwrap();
    copy(planned.path(), whole.path());
    let (code, text) = redress(whole.path(), &["apply", "1", "--yes", "--json"], None);
    assert_eq!(code, Some(0), "{text}");
    let after = state(whole.path());
    assert!(!format!("{after:?}").to_lowercase().contains("ana@x.test"), "{after:?}");
    assert!(before.iter().zip(&after).all(|(b, a)| b != a), "every table and file changes: {after:?}");
    let mut kills = 0;
    for point in POINTS {
        // The first time it passes there, the second, … until it does not come there any more.
        for times in 0.. {
            let dir = tempfile::tempdir().unwrap();
            copy(planned.path(), dir.path());
            let (code, text) =
                redress(dir.path(), &["apply", "1", "--yes"], Some(&format!("{point}={times}*off->panic")));
            if code.is_some() {
                assert!(times > 0 && code == Some(0), "{point}: it was to be killed: {text}");
                break;
            }
            kills += 1;
            let now = state(dir.path());
            assert!(now[..6] == before[..6] || now[..6] == after[..6], "{point} {times}: the database");
            for file in 6..8 {
                assert!(now[file] == before[file] || now[file] == after[file], "{point} {times}: a file");
            }
            let (code, text) = redress(dir.path(), &["apply", "1", "--yes", "--json"], None);
            assert_eq!(code, Some(0), "{point} {times}: {text}");
            assert_eq!(state(dir.path()), after, "{point} {times}");
            let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert!(!left.iter().any(|n| n.to_string_lossy().starts_with(".redress-")), "{point} {times}: {left:?}");
            let (code, text) = redress(dir.path(), &["log", "check"], None);
            assert_eq!(code, Some(0), "{point} {times}: {text}");
        }
    }
    assert!(kills >= 20, "{kills}");
}

/// The file with the secret key, and what the map says of it.
fn officer(dir: &Path) -> (String, String) {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let path = dir.join("officer.key");
    std::fs::write(&path, key.to_string().expose_secret()).unwrap();
    let undo = format!("[undo]\nwindow = \"P7D\"\nkeys = {{ officer = \"{}\" }}\n", key.to_public());
    (path.to_str().unwrap().to_owned(), undo)
}

fn until(dir: &Path, day: &str) {
    let register = rusqlite::Connection::open(dir.join(".redress/register.db")).unwrap();
    register.execute("UPDATE undo SET until = ?1", [day]).unwrap();
}

/// Kills a command at each of these points, each time it passes there; then `go_on` must bring what `check` expects.
fn killed(points: &[&str], from: &Path, args: &[&str], check: &dyn Fn(&Path, &str)) -> usize {
    let mut kills = 0;
    for point in points {
        for times in 0.. {
            let dir = tempfile::tempdir().unwrap();
            copy(from, dir.path());
            let (code, text) = redress(dir.path(), args, Some(&format!("{point}={times}*off->panic")));
            if code.is_some() {
                assert!(times > 0 && code == Some(0), "{point}: it was to be killed: {text}");
                break;
            }
            kills += 1;
            check(dir.path(), &format!("{point} {times}"));
        }
    }
    kills
}

#[test]
fn what_can_be_taken_back_can_be_so_after_a_kill_at_every_step() {
    let keys = tempfile::tempdir().unwrap();
    let (key, undo) = officer(keys.path());
    let planned = hard(&undo);
    let before = state(planned.path());
    let applied = tempfile::tempdir().unwrap();
    copy(planned.path(), applied.path());
    let is = |dir: &Path, args: &[&str], code: i32, at: &str| {
        let (ended, text) = redress(dir, args, None);
        assert_eq!(ended, Some(code), "{at}: {args:?}: {text}");
        text
    };
    is(applied.path(), &["apply", "1", "--yes"], 0, "whole");
    let after = state(applied.path());
    let back = ["undo", "1", "-i", &key];

    // Applying was cut off: either nothing was done yet, or it can be taken back; or applied again.
    let apply = ["apply", "1", "--yes"];
    let points = [
        "apply.written",
        "apply.kept",
        "apply.started",
        "sqlite.after-commit",
        "file.after-rename",
        "apply.committed",
        "apply.unconfirmed",
        "apply.isolated",
    ];
    let kills = killed(&points, planned.path(), &apply, &|dir, at| {
        let started = state(dir) != before || at.starts_with("apply.started") || at.contains("isolated");
        let (code, text) = redress(dir, &back, None);
        match code {
            Some(0) => {}
            _ => assert!(!started && code == Some(4), "{at}: {text}"),
        }
        assert_eq!(state(dir), before, "{at}");
        is(dir, &["log", "check"], 0, at);
    });
    assert!(kills >= 11, "{kills}");
    killed(&points[1..5], planned.path(), &apply, &|dir, at| {
        is(dir, &apply, 0, at);
        assert_eq!(state(dir), after, "{at}");
        is(dir, &back, 0, at);
        assert_eq!(state(dir), before, "{at}");
        let images = std::fs::read_dir(dir.join(".redress/undo")).unwrap().count();
        assert_eq!(images, 0, "{at}");
    });

    // Taking back was cut off: it is not applied, nor ended, until it is done.
    let points = [
        "undo.written",
        "undo.started",
        "undo.committed",
        "undo.unrecorded",
        "undo.recorded",
        "sqlite.before-commit",
        "file.after-rename",
    ];
    let kills = killed(&points, applied.path(), &back, &|dir, at| {
        until(dir, "2020-01-01");
        let recorded = at.starts_with("undo.recorded");
        if at.starts_with("undo.written") {
            until(dir, "2999-01-01");
        } else if !recorded {
            is(dir, &apply, 4, at);
            assert!(is(dir, &["finish"], 3, at).contains("half-undone"), "{at}");
        }
        is(dir, &back, if recorded { 4 } else { 0 }, at);
        assert_eq!(state(dir), before, "{at}");
        is(dir, &["finish"], 0, at);
        assert_eq!(std::fs::read_dir(dir.join(".redress/undo")).unwrap().count(), 0, "{at}");
        is(dir, &["log", "check"], 0, at);
    });
    assert!(kills >= 7, "{kills}");

    // Ending it was cut off: nobody can take it back any more, and it is ended by the next run.
    until(applied.path(), "2020-01-01");
    let kills =
        killed(&["undo.closed", "apply.half-recorded", "apply.recorded"], applied.path(), &["finish"], &|dir, at| {
            is(dir, &back, 4, at);
            is(dir, &["finish"], 0, at);
            assert_eq!(state(dir), after, "{at}");
            assert!(dir.join(".redress/records/0001-person.json").exists(), "{at}");
            assert_eq!(open_erasures(dir), 0, "{at}");
            is(dir, &["log", "check"], 0, at);
        });
    assert_eq!(kills, 3);
}
