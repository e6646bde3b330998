//! What happens to references when a person goes: followed, taken out one by one, or a reason to stay.

use redress::error::Kind;
use redress::map::DataMap;
use redress::plan::{Plan, apply, confirm};
use std::path::Path;

use crate::plan::{Memory, plan, sealed};

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n";
const PEOPLE: &str = "[collection.people]\nperson = true\nkey = \"id\"\nidentities = { email = \"email\" }\nerase = \"delete\"\n\
    fields.email = { category = \"user.contact.email\", erase = \"tombstone\" }\nother = [\"shop\", \"tenant\", \"no\"]\n";
const SHE: &str = "email=ana@x.test";

/// A database made by `sql` and its map: `people`, and `more`.
fn firm(dir: &Path, sql: &str, more: &str) -> DataMap {
    let conn = rusqlite::Connection::open(dir.join("base.db")).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute_batch(sql).unwrap();
    std::fs::write(dir.join("redress.toml"), WORKSPACE).unwrap();
    std::fs::create_dir_all(dir.join("sources")).unwrap();
    let text = format!("kind = \"sqlite\"\npath = \"base.db\"\n{PEOPLE}{more}");
    std::fs::write(dir.join("sources/base.toml"), text).unwrap();
    redress::map::read(dir).unwrap()
}

fn outline(plan: &Plan) -> Vec<String> {
    let set = |c: &redress::plan::Change| {
        c.after.iter().map(|(field, value)| format!(" {field}={}", value.show())).collect::<String>()
    };
    let line = |c: &redress::plan::Change| {
        format!("{:?} {} {} [{}]{}", c.action, c.collection, c.key.show(), c.reason.code, set(c))
    };
    plan.changes.iter().map(line).collect()
}

/// Applies, and shows that nothing happened beside and nothing is left.
fn done(map: &DataMap, plan: &Plan, dir: &Path) {
    let applied = apply(map, &sealed(plan), &mut Memory::default()).unwrap();
    assert_eq!(applied.problems, []);
    assert_eq!(confirm(map, plan).unwrap(), (vec![], vec![]));
    let conn = rusqlite::Connection::open(dir.join("base.db")).unwrap();
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0);
}

fn one<T: rusqlite::types::FromSql>(dir: &Path, sql: &str) -> T {
    rusqlite::Connection::open(dir.join("base.db")).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}

#[test]
fn a_key_that_changes_is_followed_to_the_last_reference() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL);
        CREATE TABLE orders (no TEXT PRIMARY KEY NOT NULL, mail TEXT NOT NULL REFERENCES people(email) ON UPDATE CASCADE);
        CREATE TABLE lines (order_no TEXT REFERENCES orders, n INTEGER, thing TEXT, PRIMARY KEY (order_no, n)) WITHOUT ROWID;
        CREATE TABLE picks (order_no TEXT, n INTEGER, who TEXT, FOREIGN KEY (order_no, n) REFERENCES lines (order_no, n));
        INSERT INTO people VALUES (1, 'ana@x.test'), (2, 'bo@x.test');
        INSERT INTO orders VALUES ('ana-1', 'ana@x.test'), ('bo-1', 'bo@x.test');
        INSERT INTO lines VALUES ('ana-1', 1, 'pen'), ('ana-1', 2, 'ink'), ('bo-1', 1, 'pen');
        INSERT INTO picks VALUES ('ana-1', 2, 'staff'), ('bo-1', 1, 'staff');";
    let more = "[collection.orders]\nkey = \"no\"\nerase = \"anonymise\"\nfields.no = { category = \"user\", erase = \"tombstone\" }\n\
        links = [{ from = \"mail\", to = \"people.email\", role = \"owner\" }]\n\
        [collection.lines]\nkey = [\"order_no\", \"n\"]\nerase = \"anonymise\"\nfields.thing = { category = \"user\", erase = \"null\" }\nlinks = [{ from = \"order_no\", to = \"orders.no\", role = \"owner\" }]\n\
        [collection.picks]\nother = [\"who\"]\nerase = \"keep\"\nbecause = \"theirs\"\nlinks = [{ from = [\"order_no\", \"n\"], to = [\"lines.order_no\", \"lines.n\"], role = \"reference\" }]\n";
    let map = firm(dir.path(), sql, &more.replace("erase = \"delete\"", "erase = \"anonymise\""));
    let plan = plan(&map, SHE).unwrap();
    let outlined = outline(&plan);
    assert!(
        outlined.iter().any(|l| l.starts_with("Detach picks content")
            && l.contains("[follows] order_no=erased-")
            && !l.contains(" n=")),
        "{outlined:#?}"
    );
    assert!(
        outlined.iter().any(|l| l.starts_with("Anonymise people id=1 [referred-to] email=erased-")),
        "{outlined:#?}"
    );
    done(&map, &plan, dir.path());
    let whole = "SELECT count(*) FROM people p JOIN orders o ON o.mail = p.email JOIN lines l ON l.order_no = o.no";
    assert_eq!(one::<i64>(dir.path(), whole), 3);
    let joined = "SELECT count(*) FROM picks JOIN lines USING (order_no, n)";
    assert_eq!(one::<i64>(dir.path(), joined), 2);
    let hers = "SELECT (SELECT count(*) FROM orders WHERE no LIKE 'ana%' OR mail LIKE 'ana%') + (SELECT count(*) FROM picks WHERE order_no LIKE 'ana%')";
    assert_eq!(one::<i64>(dir.path(), hers), 0);
}

#[test]
fn a_key_of_anothers_record_that_moves_along_is_followed_too() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id TEXT PRIMARY KEY NOT NULL, email TEXT);
        CREATE TABLE seats (person TEXT NOT NULL REFERENCES people, n INTEGER NOT NULL, hall TEXT, PRIMARY KEY (person, n));
        CREATE TABLE signs (id INTEGER PRIMARY KEY, person TEXT, n INTEGER, text TEXT);
        INSERT INTO people VALUES ('ana', 'ana@x.test'), ('bo', 'bo@x.test');
        INSERT INTO seats VALUES ('ana', 1, 'east'), ('ana', 2, 'east'), ('bo', 1, 'west');
        INSERT INTO signs VALUES (1, 'ana', 2, 'reserved'), (2, 'bo', 1, 'reserved'), (3, 'cy', 1, 'reserved');";
    // The seats are the hall's, the signs lead to a seat by a link of the map alone.
    let more = "[collection.seats]\nkey = [\"person\", \"n\"]\nabout = \"nobody\"\n\
        [collection.signs]\nkey = \"id\"\nerase = \"delete\"\nother = [\"text\"]\n\
        links = [{ from = [\"person\", \"n\"], to = [\"seats.person\", \"seats.n\"], role = \"mention\" }]\n";
    let people = PEOPLE.replace(
        "erase = \"delete\"",
        "erase = \"anonymise\"\nfields.id = { category = \"user\", erase = \"tombstone\" }",
    );
    firm(dir.path(), sql, more);
    let text = format!("kind = \"sqlite\"\npath = \"base.db\"\n{people}{more}");
    std::fs::write(dir.path().join("sources/base.toml"), text).unwrap();
    let map = redress::map::read(dir.path()).unwrap();
    let plan = plan(&map, SHE).unwrap();
    let outlined = outline(&plan);
    assert!(outlined.iter().any(|l| l.starts_with("Detach signs id=1 [follows] person=erased-")), "{outlined:#?}");
    assert_eq!(outlined.iter().filter(|l| l.contains(" signs ")).count(), 1, "{outlined:#?}");
    done(&map, &plan, dir.path());
    let joined = "SELECT count(*) FROM signs JOIN seats USING (person, n) JOIN people p ON p.id = person";
    assert_eq!(one::<i64>(dir.path(), joined), 2);
    assert_eq!(one::<i64>(dir.path(), "SELECT count(*) FROM signs WHERE person = 'ana'"), 0);
}

#[test]
fn what_the_database_deletes_along_is_in_the_plan_to_the_last_step() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
        CREATE TABLE sessions (id INTEGER PRIMARY KEY, person INTEGER REFERENCES people ON DELETE CASCADE);
        CREATE TABLE hits (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE);
        CREATE TABLE marks (hit INTEGER REFERENCES hits ON DELETE CASCADE, n INTEGER);
        CREATE TABLE quotes (id INTEGER PRIMARY KEY, hit INTEGER REFERENCES hits ON DELETE SET NULL, author TEXT);
        INSERT INTO people VALUES (1, 'ana@x.test'), (2, 'bo@x.test');
        INSERT INTO sessions VALUES (1, 1), (2, 2);
        INSERT INTO hits VALUES (1, 1), (2, 1), (3, 2);
        INSERT INTO marks VALUES (1, 7), (1, 7), (3, 7);
        INSERT INTO quotes VALUES (1, 2, 'bo'), (2, 3, 'bo');";
    let more = "[collection.sessions]\nabout = \"nobody\"\nkey = \"id\"\n[collection.hits]\nabout = \"nobody\"\nkey = \"id\"\n[collection.marks]\nabout = \"nobody\"\n\
        [collection.quotes]\nkey = \"id\"\nerase = \"delete\"\nother = [\"hit\", \"author\"]\n";
    let map = firm(dir.path(), sql, more);
    let plan = plan(&map, SHE).unwrap();
    let outlined = outline(&plan);
    let deleted = ["hits id=1 [cascade]", "hits id=2 [cascade]", "sessions id=1 [cascade]", "people id=1 [rule]"];
    for line in deleted {
        assert!(outlined.contains(&format!("Delete {line}")), "{line}: {outlined:#?}");
    }
    assert!(outlined.contains(&"Detach quotes id=1 [points-at-subject] hit=null".to_owned()), "{outlined:#?}");
    assert_eq!(plan.changes.iter().find(|c| c.collection == "marks").map(|c| c.count), Some(2));
    assert_eq!(plan.changes.len(), 6);
    done(&map, &plan, dir.path());
    assert_eq!(one::<i64>(dir.path(), "SELECT count(*) FROM marks"), 1);
    assert_eq!(one::<i64>(dir.path(), "SELECT count(*) FROM quotes"), 2);
}

#[test]
fn a_circle_nobody_can_leave_alone_goes_together_or_stays_together() {
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, shop INTEGER NOT NULL REFERENCES shops DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE shops (id INTEGER PRIMARY KEY, boss INTEGER NOT NULL REFERENCES people DEFERRABLE INITIALLY DEFERRED, town TEXT);
        INSERT INTO people VALUES (1, 'ana@x.test', 10), (2, 'bo@x.test', 10), (3, 'cy@x.test', 20);
        INSERT INTO shops VALUES (10, 1, 'Ayr'), (20, 3, 'Ely');";
    let shops = |erase: &str, role: &str| {
        let because = if erase == "keep" { "because = \"theirs\"\n" } else { "" };
        format!(
            "[collection.shops]\nkey = \"id\"\nother = [\"town\"]\nerase = \"{erase}\"\n{because}links = [{{ from = \"boss\", to = \"people.id\", role = \"{role}\" }}]\n"
        )
    };
    // She runs a shop where another works: the shop is not hers, so her record must stay; what is hers in it goes.
    let dir = tempfile::tempdir().unwrap();
    let map = firm(dir.path(), sql, &shops("keep", "reference"));
    let stays = plan(&map, SHE).unwrap();
    let outlined = outline(&stays);
    assert!(
        matches!(outlined.as_slice(), [one] if one.starts_with("Anonymise people id=1 [referred-to] email=erased-")),
        "{outlined:?}"
    );
    done(&map, &stays, dir.path());
    // He runs a shop alone, and it is his: both go in one transaction.
    let dir = tempfile::tempdir().unwrap();
    let map = firm(dir.path(), sql, &shops("delete", "owner"));
    let goes = plan(&map, "email=cy@x.test").unwrap();
    let mut outlined = outline(&goes);
    outlined.sort();
    assert_eq!(outlined, ["Delete people id=3 [rule]", "Delete shops id=20 [rule]"]);
    done(&map, &goes, dir.path());
}

#[test]
fn taking_a_composite_reference_out_leaves_what_others_need() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE tenants (id INTEGER PRIMARY KEY);
        CREATE TABLE people (tenant INTEGER, no INTEGER, id INTEGER PRIMARY KEY, email TEXT, UNIQUE (tenant, no));
        CREATE TABLE tasks (id INTEGER PRIMARY KEY, tenant INTEGER REFERENCES tenants, no INTEGER, part INTEGER,
            FOREIGN KEY (tenant, no) REFERENCES people (tenant, no));
        INSERT INTO tenants VALUES (5);
        INSERT INTO people VALUES (5, 1, 1, 'ana@x.test'), (5, 2, 2, 'bo@x.test');
        INSERT INTO tasks VALUES (1, 5, 1, 9), (2, 5, 2, 9);";
    let more = "[collection.tenants]\nabout = \"nobody\"\n\
        [collection.tasks]\nkey = \"id\"\nerase = \"keep\"\nbecause = \"theirs\"\nother = [\"part\"]\n\
        links = [{ from = [\"tenant\", \"no\"], to = [\"people.tenant\", \"people.no\"], role = \"reference\" }]\n";
    let map = firm(dir.path(), sql, more);
    let plan = plan(&map, SHE).unwrap();
    let expected = ["Detach tasks id=1 [points-at-subject] no=null", "Delete people id=1 [rule]"];
    assert_eq!(outline(&plan), expected);
    done(&map, &plan, dir.path());
    assert_eq!(one::<i64>(dir.path(), "SELECT tenant FROM tasks WHERE id = 1"), 5);
}

#[test]
fn of_a_list_of_people_one_is_taken_out() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO people VALUES (1, 'ana@x.test'), (2, 'bo@x.test')";
    std::fs::write(
        dir.path().join("talks.ndjson"),
        "{\"id\": 7, \"who\": [2, 1,3], \"turns\": [{\"by\": \"1\", \"n\": 1.50}, {\"by\": 2}]}\n{\"id\": 8, \"who\": [2]}\n",
    )
    .unwrap();
    let talks = "kind = \"json\"\npath = \"talks.ndjson\"\n[collection.talks]\nkey = \"id\"\nerase = \"keep\"\nbecause = \"theirs\"\nother = [\"turns[].n\"]\n\
        links = [{ from = \"who[]\", to = \"base.people.id\", role = \"mention\" }, { from = \"turns[].by\", to = \"base.people.id\", role = \"mention\" }]\n";
    std::fs::create_dir_all(dir.path().join("sources")).unwrap();
    std::fs::write(dir.path().join("sources/talks.toml"), talks).unwrap();
    let map = firm(dir.path(), sql, "");
    let plan = plan(&map, SHE).unwrap();
    let expected = ["Detach talks id=7 [points-at-subject] who[1]=null turns[0].by=null", "Delete people id=1 [rule]"];
    assert_eq!(outline(&plan), expected);
    done(&map, &plan, dir.path());
    let after = std::fs::read_to_string(dir.path().join("talks.ndjson")).unwrap();
    let expected = "{\"id\": 7, \"who\": [2, null,3], \"turns\": [{\"by\": null, \"n\": 1.50}, {\"by\": 2}]}\n{\"id\": 8, \"who\": [2]}\n";
    assert_eq!(after, expected, "every other byte is as it was");
}

#[test]
fn records_that_come_to_look_alike_are_still_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
        CREATE TABLE visits (person INTEGER, page TEXT);
        INSERT INTO people VALUES (1, 'ana@x.test'), (2, 'bo@x.test');
        INSERT INTO visits VALUES (1, 'a'), (1, 'b'), (1, 'b'), (2, 'a'), (NULL, NULL), (NULL, NULL);";
    let more = "[collection.visits]\nerase = \"anonymise\"\nfields.page = { category = \"user\", erase = \"null\" }\n\
        links = [{ from = \"person\", to = \"people.id\", role = \"owner\" }]\n";
    let map = firm(dir.path(), sql, more);
    let plan = plan(&map, SHE).unwrap();
    let mut memory = Memory::default();
    let sealed = sealed(&plan);
    apply(&map, &sealed, &mut memory).unwrap();
    let empty = "SELECT count(*) FROM visits WHERE person IS NULL AND page IS NULL";
    assert_eq!(one::<i64>(dir.path(), empty), 5);
    let again = apply(&map, &sealed, &mut memory).unwrap();
    assert_eq!((again.done.len(), one::<i64>(dir.path(), empty)), (0, 5), "applied again, nothing changes");
}

#[test]
fn a_kept_record_that_cannot_follow_is_a_refusal_that_says_where() {
    let dir = tempfile::tempdir().unwrap();
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
        CREATE TABLE bills (no INTEGER PRIMARY KEY, mail TEXT REFERENCES people(email));
        INSERT INTO people VALUES (1, 'ana@x.test'); INSERT INTO bills VALUES (1, 'ana@x.test');";
    let more = "[collection.bills]\nkey = \"no\"\nerase = \"keep\"\nbecause = \"Tax\"\n\
        links = [{ from = \"mail\", to = \"people.email\", role = \"owner\" }]\n";
    let map = firm(dir.path(), sql, more);
    let error = plan(&map, SHE).unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("base.people.email: records of bills refer to it"), "{error}");
}

#[test]
fn a_kept_record_goes_on_saying_a_key_that_moves_unless_the_database_ties_it() {
    let tables = |tie: &str| {
        format!(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
            CREATE TABLE bills (mail TEXT, n INTEGER, text TEXT, PRIMARY KEY (mail, n));
            CREATE TABLE receipts (id INTEGER PRIMARY KEY, mail TEXT, n INTEGER{tie});
            INSERT INTO people VALUES (1, 'ana@x.test'), (2, 'bo@x.test');
            INSERT INTO bills VALUES ('ana@x.test', 1, 'pen'), ('bo@x.test', 1, 'ink');
            INSERT INTO receipts VALUES (1, 'ana@x.test', 1), (2, 'bo@x.test', 1);"
        )
    };
    let more = "[collection.bills]\nkey = [\"mail\", \"n\"]\nerase = \"anonymise\"\nfields.text = { category = \"user\", erase = \"null\" }\n\
        links = [{ from = \"mail\", to = \"people.email\", role = \"owner\" }]\n\
        [collection.receipts]\nkey = \"id\"\nerase = \"keep\"\nbecause = \"Tax\"\n\
        links = [{ from = [\"mail\", \"n\"], to = [\"bills.mail\", \"bills.n\"], role = \"owner\" }]\n";
    let dir = tempfile::tempdir().unwrap();
    let map = firm(dir.path(), &tables(""), more);
    let kept = plan(&map, SHE).unwrap();
    assert!(outline(&kept).contains(&"Keep receipts id=1 [kept]".to_owned()), "{:#?}", outline(&kept));
    done(&map, &kept, dir.path());
    let moved =
        "SELECT count(*) FROM bills JOIN people ON mail = email WHERE n = 1 AND mail LIKE 'erased-%' AND text IS NULL";
    assert_eq!(one::<i64>(dir.path(), moved), 1, "the bill stays, by another key");
    assert_eq!(one::<String>(dir.path(), "SELECT mail FROM receipts WHERE id = 1"), "ana@x.test");
    assert_eq!(one::<String>(dir.path(), "SELECT text FROM bills JOIN receipts USING (mail, n) WHERE id = 2"), "ink");
    let tied = tempfile::tempdir().unwrap();
    let map = firm(tied.path(), &tables(", FOREIGN KEY (mail, n) REFERENCES bills"), more);
    let error = plan(&map, SHE).unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("base.bills.mail+n: records of receipts refer to it"), "{error}");
}
