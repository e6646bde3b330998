//! One customer number spelled differently in four sources: found, exported, erased, followed, restored and erased again;
//! drafted with its evidence, and held by `check`.

use serde_json::Value as Json;
use std::path::Path;

use crate::postgres::workspace::run;
use crate::servers::postgres::{Database, database};

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\n\
    [identity.email]\nnormal = \"email\"\n";

const SHOP: &str = "kind = \"sqlite\"\npath = \"../shop.db\"
[collection.customers]
person = true
key = \"no\"
identities = { email = \"email\" }
erase = \"anonymise\"
fields.no = { category = \"user.unique_id\", erase = \"tombstone\" }
fields.email = { category = \"user.contact.email\", erase = \"null\" }
fields.name = { category = \"user.name\", erase = \"null\" }
";

const SHIPMENTS: &str = "kind = \"csv\"\npath = \"../shipments.csv\"
[collection.shipments]
key = \"parcel\"
links = [{ from = \"customer\", to = \"shop.customers.no\", form = \"CUST-{:04}\", role = \"owner\" }]
erase = \"delete\"
other = [\"street\"]
";

const TALKS: &str = "kind = \"json\"\npath = \"../talks.ndjson\"
[collection.talks]
key = \"id\"
links = [{ from = \"guests[].who\", to = \"shop.customers.no\", form = \"cust_{}\", role = \"reference\" }]
other = [\"room\"]
erase = \"keep\"
because = \"Talks stay\"
";

const LOYALTY: &str = "
[collection.cards]
key = \"card\"
links = [{ from = \"holder\", to = \"shipments.shipments.customer\", form = \"{:06}\", to_form = \"CUST-{:04}\", role = \"owner\" }]
erase = \"delete\"
other = [\"points\"]
";

const CARDS: &str = "CREATE TABLE cards (card int PRIMARY KEY, holder text, points int);
    INSERT INTO cards VALUES (1, '000042', 7), (2, '000007', 8), (3, '42', 9);";

/// The files, and how they are filled.
fn fill(dir: &Path) {
    let db = dir.join("shop.db");
    std::fs::remove_file(&db).ok();
    let sql = "CREATE TABLE customers (no TEXT PRIMARY KEY NOT NULL, email TEXT, name TEXT);
        INSERT INTO customers VALUES ('42', 'ana@x.example', 'Ana Lim'), ('7', 'bo@x.example', 'Bo Tan'),
            ('4200', 'cy@x.example', 'Cy Ong'), ('CUST-0042', 'dee@x.example', 'Dee Koh');";
    rusqlite::Connection::open(&db).unwrap().execute_batch(sql).unwrap();
    fill_shipments(dir);
    let talks = "{\"id\":1,\"room\":\"r\",\"guests\":[{\"who\":\"cust_7\"},{\"who\":\"cust_42\"},{\"who\":\"CUST-42\"}]}\n\
        {\"id\":2,\"room\":\"s\",\"guests\":[{\"who\":\"cust_4200\"}]}\n";
    std::fs::write(dir.join("talks.ndjson"), talks).unwrap();
}

fn fill_shipments(dir: &Path) {
    let rows = "parcel,customer,street\np1,CUST-0042,Quay\np2,CUST-0007,Hill\np3,CUST-4200,Bay\np4,CUST-42,Odd\n";
    std::fs::write(dir.join("shipments.csv"), rows).unwrap();
}

/// A workspace over the four sources.
fn workspace(dir: &Path) -> Option<Database> {
    let db = database(CARDS)?;
    fill(dir);
    let ws = dir.join("ws");
    std::fs::create_dir_all(ws.join("sources")).unwrap();
    std::fs::write(ws.join("redress.toml"), WORKSPACE).unwrap();
    let loyalty = format!("kind = \"postgres\"\nurl = \"{}\"\n{LOYALTY}", db.url);
    for (name, text) in [("shop", SHOP), ("shipments", SHIPMENTS), ("talks", TALKS), ("loyalty", &loyalty)] {
        std::fs::write(ws.join(format!("sources/{name}.toml")), text).unwrap();
    }
    Some(db)
}

fn json(text: &str) -> Json {
    let start = text.find('{').unwrap_or_else(|| panic!("no report: {text}"));
    serde_json::Deserializer::from_str(&text[start..]).into_iter().next().unwrap().unwrap()
}

/// `collection key` of what a list of `find` holds.
fn keys(report: &Json, list: &str) -> Vec<String> {
    let mut out = Vec::new();
    for one in report[list].as_array().unwrap() {
        for record in one["records"].as_array().unwrap() {
            let key: Vec<String> =
                record["key"].as_object().unwrap().values().map(|v| v.to_string().replace('"', "")).collect();
            out.push(format!("{} {}", one["collection"].as_str().unwrap(), key.join("/")));
        }
    }
    out.sort();
    out
}

fn holders(db: &mut Database) -> Vec<String> {
    db.admin.query("SELECT holder FROM cards ORDER BY card", &[]).unwrap().iter().map(|r| r.get(0)).collect()
}

#[test]
fn a_number_spelled_otherwise_is_found_erased_followed_and_erased_again_after_a_restore() {
    let dir = tempfile::tempdir().unwrap();
    let Some(mut db) = workspace(dir.path()) else { return };
    let ws = dir.path().join("ws");
    let ana = "email=ana@x.example";

    let found = run(&ws, &["find", ana, "--json"], &[]);
    found.is(0, &[]);
    let report = json(&found.text);
    // Neither what is spelled in another form, nor what has the form of another number.
    assert_eq!(keys(&report, "collections"), ["cards 1", "customers 42", "shipments p1"]);
    assert_eq!(keys(&report, "references"), ["talks 1"]);

    let plan = dir.path().join("e.plan");
    let plan = plan.to_str().unwrap();
    run(&ws, &["erase", ana, "--verified", "known", "-o", plan], &[]).is(0, &[]);
    run(&ws, &["apply", plan, "--yes"], &[]).is(0, &[]);
    let shop = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
    let number: String = shop.query_row("SELECT no FROM customers WHERE email IS NULL", [], |r| r.get(0)).unwrap();
    assert_ne!(number, "42");
    let shipments = std::fs::read_to_string(dir.path().join("shipments.csv")).unwrap();
    assert_eq!(shipments, "parcel,customer,street\np2,CUST-0007,Hill\np3,CUST-4200,Bay\np4,CUST-42,Odd\n");
    // The record of others follows the number that changed, in its own spelling.
    let talks = std::fs::read_to_string(dir.path().join("talks.ndjson")).unwrap();
    let first = json(&talks);
    assert_eq!(first["guests"][1]["who"].as_str().unwrap(), format!("cust_{number}"));
    assert_eq!((&first["guests"][0]["who"], &first["guests"][2]["who"]), (&"cust_7".into(), &"CUST-42".into()));
    assert_eq!(holders(&mut db), ["000007", "42"]);

    fill_shipments(dir.path());
    let replayed = run(&ws, &["replay", "shipments", "--json"], &[]);
    replayed.is(0, &[]);
    let plan = json(&replayed.text)["plan"].to_string();
    run(&ws, &["apply", &plan, "--yes"], &[]).is(0, &[]);
    assert_eq!(std::fs::read_to_string(dir.path().join("shipments.csv")).unwrap(), shipments);
    run(&ws, &["log", "check"], &[]).is(0, &[]);
}

#[test]
fn check_holds_a_form_against_the_values_and_the_reader_against_itself() {
    let dir = tempfile::tempdir().unwrap();
    let Some(_db) = workspace(dir.path()) else { return };
    let ws = dir.path().join("ws");
    let file = ws.join("sources/shipments.toml");
    let with = |form: &str| std::fs::write(&file, SHIPMENTS.replace("\"CUST-{:04}\"", form)).unwrap();
    let fitting = run(&ws, &["check"], &[]);
    let few = "3 of 4 sampled values occur in shop.customers.no; 1 not spelled as the link says";
    fitting.is(3, &["link-with-few-matches", few]);
    assert!(!fitting.text.contains("link-without-match"), "{}", fitting.text);
    with("\"KUNDE-{}\"");
    let none = "0 of 4 sampled values occur in shop.customers.no; 4 not spelled as the link says";
    run(&ws, &["check"], &[]).is(3, &["link-without-match", none]);
    let wrong = [
        ("\"CUST-\"", "has no {} where the value stands"),
        ("\"{}-{}\"", "has more than one {}"),
        ("\"CUST-{:x}\"", "has more in its braces than a number of digits"),
        ("\"{}\"", "says nothing: every value has it"),
        ("[\"CUST-{}\", \"{}\"]", "has 2 forms for 1 field"),
    ];
    for (form, says) in wrong {
        with(form);
        run(&ws, &["check"], &[]).is(1, &["shipments.toml", says]);
    }
}

/// Where an address beside the number says the same the link is taken; where only the numbers agree it is left open.
#[test]
fn init_proposes_the_form_with_its_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
    conn.execute_batch("CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT);").unwrap();
    let (mut parcels, mut visits) = ("parcel,customer,email\n".to_owned(), String::new());
    for n in 1..=20 {
        let sql = format!("INSERT INTO customers VALUES ({n}, 'Given{n} Family{n}', 'c{n}@x.example')");
        conn.execute_batch(&sql).unwrap();
        parcels.push_str(&format!("P{n},CUST-{n:04},c{n}@x.example\n"));
        visits.push_str(&format!("{{\"customer\":\"cust_{n}\",\"page\":\"/p{n}\"}}\n"));
    }
    std::fs::write(dir.path().join("parcels.csv"), parcels).unwrap();
    std::fs::write(dir.path().join("visits.ndjson"), visits).unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let sources = [
        format!("sqlite:{}", at("shop.db")),
        format!("csv:{}", at("parcels.csv")),
        format!("json:{}", at("visits.ndjson")),
    ];
    let ws = dir.path().join("ws");
    let args: Vec<&str> = ["init"].into_iter().chain(sources.iter().map(String::as_str)).chain(["--yes"]).collect();
    let drafted = run(&ws, &args, &[]);
    assert_eq!(drafted.code, Some(3), "{}", drafted.text);

    let parcels = std::fs::read_to_string(ws.join("sources/parcels.toml")).unwrap();
    let because = "20 of 20 values occur there, spelled otherwise: CUST-{:04} here, {} in customers in another source";
    for part in ["form = \"CUST-{:04}\"", because, "decision = \"accepted unreviewed\""] {
        assert!(parcels.contains(part), "{part} is not in:\n{parcels}");
    }
    let visits = std::fs::read_to_string(ws.join("sources/visits.toml")).unwrap();
    for part in ["form = \"cust_{}\"", "decision = \"open\"", "20 of 20 values occur there"] {
        assert!(visits.contains(part), "{part} is not in:\n{visits}");
    }
    let found = run(&ws, &["find", "email=c7@x.example", "--json"], &[]);
    assert!(matches!(found.code, Some(0 | 3)), "{}", found.text);
    let report = json(&found.text);
    let rows = |c: &Json| (c["collection"].as_str().unwrap().to_owned(), c["rows"].as_u64().unwrap());
    let all: Vec<(String, u64)> = report["collections"].as_array().unwrap().iter().map(rows).collect();
    assert!(all.contains(&("customers".into(), 1)) && all.contains(&("parcels".into(), 1)), "{all:?}");
}
