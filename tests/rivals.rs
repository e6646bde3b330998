//! What goes wrong with erasures in other tools, as their users report it: one test a fault, each in whole commands. Faults
//! of single fields and strategies are in `ends/rivals.rs`; restores in `replay.rs`, holds in `holds.rs`.

use crate::firm::Firm;

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

/// Every value by which she could be told.
fn says_nothing_of_her(text: &str) {
    for value in ["ana@x", "61234567", "6123 4567", "ana lim", "lim, ana"] {
        assert!(!text.to_lowercase().contains(value), "{value} is in {text}");
    }
}

/// Fides #4837, #2079; amazon-s3-find-and-forget #334: a request hangs in a state that is not so, and cannot be stopped or
/// gone on with.
#[cfg(feature = "failpoints")]
#[test]
fn an_erasure_that_broke_off_is_open_says_what_to_type_and_goes_on() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &[]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("-C").arg(firm.path()).args(["apply", "1", "--yes"]).env("FAILPOINTS", "sqlite.before-commit=panic");
    assert!(!command.output().unwrap().status.success());
    firm.run(&[]).is(0, &["#1", "plan 1 was cut off", "redress apply 1"]);
    assert!(!firm.path().join(".redress/records").exists(), "nothing is called erased");
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing is left but what the plan keeps", "Record of erasure"]);
    firm.run(&[]).is(0, &["No request is open."]);
}

/// Fidesops #874: one collection that nothing leads to fails everything, and it is not said which.
#[test]
fn a_collection_that_nothing_leads_to_is_named_and_stops_nothing() {
    let firm = Firm::new();
    firm.sql("CREATE TABLE stray (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO stray VALUES (1, 'x')");
    let map = firm.file("sources/shop.toml");
    let stray = "[collection.stray]\nkey = \"id\"\nerase = \"delete\"\nfields.note = { category = \"user.content\" }\n";
    std::fs::write(firm.path().join("sources/shop.toml"), map + stray).unwrap();
    firm.run(&["check"]).is(3, &["warning[unreachable]: shop.stray"]);
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing else is left"]);
    assert_eq!(firm.cell("SELECT count(*) FROM stray"), "1");
}

/// Fides #1143, fidesops #837: personal data in logs and messages.
#[test]
fn neither_messages_nor_the_log_say_who_she_was() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &[]);
    // Also where it goes wrong, and where something is left.
    firm.sql("UPDATE people SET name = 'Ana Lim-Tan' WHERE id = 1");
    let stale = firm.run(&["apply", "1", "--yes"]);
    stale.is(4, &["stale"]);
    std::fs::write(firm.path().join("exports/.old"), "Ana Lim ana@x.example").unwrap();
    firm.run(&ERASE).is(0, &[]);
    let applied = firm.run(&["apply", "2", "--yes"]);
    applied.is(3, &["exports..old email 1 time"]);
    let log = firm.run(&["log", "export"]);
    for ended in [stale, applied, log] {
        says_nothing_of_her(&ended.err);
        says_nothing_of_her(&ended.out);
    }
}

/// Fides #2368, #4164: nobody can say afterwards who decided, what was erased, which fields, and who confirmed it.
#[test]
fn afterwards_it_is_proven_who_planned_it_what_went_and_that_it_was_looked_for() {
    let firm = Firm::new();
    let map = firm.file("sources/shop.toml").replacen("erase = \"delete\"", "erase = \"anonymise\"", 1);
    let map = map.replace("email\" }\nfields.phone", "email\", erase = \"tombstone\" }\nfields.phone");
    let map = map.replace("phone_number\" }", "phone_number\", erase = \"null\" }");
    let map = map.replace(
        "fields.name = { category = \"user.name\" }",
        "fields.name = { category = \"user.name\", erase = { fixed = \"gone\" } }",
    );
    let keep = |map: String, field: &str| {
        map.lines()
            .map(|l| match l.starts_with(&format!("fields.{field} =")) {
                true => format!("{}, erase = \"null\" }}\n", l.trim_end_matches(" }")),
                false => format!("{l}\n"),
            })
            .collect::<String>()
    };
    let map = ["age", "score", "member", "referee"].iter().fold(map, |map, field| keep(map, field));
    let map = map.replace(
        "fields.shout = { category = \"user.account\" }",
        "fields.shout = { category = \"user.account\", erase = \"keep\" }",
    );
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]);
    let record: serde_json::Value = serde_json::from_str(&firm.file(".redress/records/0001-authority.json")).unwrap();
    let record = &record["record"];
    assert!(record["plan"]["author"].as_str().is_some_and(|author| !author.is_empty()), "{record}");
    assert_eq!(record["ground"]["code"], "A17-1-a");
    let people = ["anonymised", "masked"]
        .iter()
        .flat_map(|end| record[end].as_array().unwrap())
        .find(|f| f["collection"] == "people");
    let fields: Vec<&str> = people.unwrap()["fields"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
    assert!(["email", "phone", "name"].iter().all(|f| fields.contains(f)), "{fields:?}");
    assert!(record["deleted"].as_array().unwrap().iter().any(|f| f["collection"] == "leads" && f["records"] == 3));
    assert_eq!(record["confirmation"]["swept"]["left"], serde_json::json!([]));
    says_nothing_of_her(&record.to_string());
}

/// Fides' HTML injection in packages: what a record names comes from other people's databases.
#[test]
fn what_a_record_names_cannot_become_markup() {
    let firm = Firm::new();
    let map = firm.file("redress.toml").replace("name = \"Firm\"", "name = \"Firm <script>alert(1)</script>\"");
    let map = map.replace("Kept for tax law", "Kept <img src=x onerror=alert(1)>");
    std::fs::write(firm.path().join("redress.toml"), map).unwrap();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    for page in ["authority", "person"] {
        let page = firm.file(&format!(".redress/records/0001-{page}.html"));
        assert!(page.contains("&lt;script&gt;") && page.contains("Kept &lt;img"), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("<img") && page.contains("content=\"default-src "),
            "{page}"
        );
    }
}

/// amazon-s3-find-and-forget #373: one file fails, and the rest is half done.
#[test]
fn where_one_source_has_changed_nothing_is_changed_anywhere() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &[]);
    let leads = firm.file("exports/leads.csv");
    std::fs::write(firm.path().join("exports/leads.csv"), leads.replace("first", "changed since")).unwrap();
    let before = firm.everything();
    firm.run(&["apply", "1", "--yes"]).is(4, &["stale"]);
    assert!(firm.everything() == before, "not one byte");
}

/// WordPress/two-factor #954 and others: a table that no exporter and no eraser knows is passed over in silence.
#[test]
fn a_table_that_nobody_told_the_tool_of_makes_the_erasure_incomplete() {
    let firm = Firm::new();
    firm.sql("CREATE TABLE plugin (key TEXT, value TEXT)");
    firm.sql("INSERT INTO plugin VALUES ('2fa', '{\"user\":\"ana\\u0040x.example\"}')");
    firm.run(&["check"]).is(3, &["unknown-collection", "plugin"]);
    firm.run(&ERASE).is(4, &["shop.plugin was not searched"]);
    // Nor does it help to say that it is about nobody.
    let map =
        firm.file("sources/shop.toml") + "[collection.plugin]\nabout = \"nobody\"\nother = [\"key\", \"value\"]\n";
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(3, &["shop.plugin.value email as json 1 time"]);
    let record = firm.file(".redress/records/0001-person.html");
    assert!(record.contains("We have not finished"), "{record}");
}

/// OpenTranscribe #442: a hold is lifted, and nobody erases what it had kept.
#[test]
fn what_a_hold_kept_is_erased_when_it_is_lifted() {
    let firm = Firm::new();
    firm.run(&["hold", "add", "email=ana@x.example", "--because", "a dispute"]).is(0, &[]);
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    assert_eq!(firm.cell("SELECT count(*) FROM people"), "2");
    firm.run(&["hold", "release", "1", "--because", "settled"]).is(0, &["redress finish"]);
    firm.run(&["finish"]).is(0, &["redress apply 2"]);
    firm.run(&["apply", "2", "--yes"]).is(0, &["nothing else is left"]);
    assert!(!firm.file("exports/leads.csv").contains("Ana"));
}
