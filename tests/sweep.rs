//! After an erasure everything is swept raw: what stands where the map does not look is named, in whatever coding, and
//! the command ends with 3 until it is gone. What the plan keeps is listed as kept.

use base64::Engine as _;
use serde_json::Value as Json;
use std::io::Write as _;

use crate::firm::{Ended, Firm};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

/// The firm with a journal that the map knows to be about nobody, and rules without retention.
fn firm() -> Firm {
    let firm = Firm::new();
    let map = firm.file("sources/shop.toml").replace("retain = { rule = \"tax\", from = \"paid\" }\n", "");
    let journal = "[collection.journal]\nkey = \"id\"\nabout = \"nobody\"\nother = [\"text\"]\n";
    std::fs::write(firm.path().join("sources/shop.toml"), map + journal).unwrap();
    firm.sql("CREATE TABLE journal (id INTEGER PRIMARY KEY, text)");
    firm
}

fn write(firm: &Firm, text: impl rusqlite::ToSql) {
    let conn = rusqlite::Connection::open(firm.path().join("shop.db")).unwrap();
    conn.execute("INSERT INTO journal (text) VALUES (?1)", [text]).unwrap();
}

fn erased(firm: &Firm) -> Json {
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes", "--json"]).json()
}

/// What is left, as `place.field identity coding count`.
fn left(report: &Json) -> Vec<String> {
    let word = |t: &Json, name: &str| t[name].as_str().unwrap_or_default().to_owned();
    let one = |t: &Json| {
        format!(
            "{}.{} {} {} {}",
            word(t, "place"),
            word(t, "field"),
            word(t, "identity"),
            word(t, "coding"),
            t["count"]
        )
    };
    report["swept"]["left"].as_array().unwrap().iter().map(one).collect()
}

fn says_nothing_of_her(ended: &Ended) {
    for value in ["ana@x", "Ana@X", "61234567", "6123 4567"] {
        assert!(!ended.out.contains(value) && !ended.err.contains(value), "{value}: {} {}", ended.out, ended.err);
    }
}

#[test]
fn where_nothing_is_left_it_says_so() {
    let firm = firm();
    firm.run(&ERASE).is(0, &[]);
    let applied = firm.run(&["apply", "1", "--yes"]);
    applied
        .is(0, &["Swept every column of 5 tables and every byte of 3 files for 2 identifiers: nothing else is left."]);
}

#[test]
fn a_tool_that_only_asks_its_map_calls_this_complete() {
    let firm = firm();
    write(&firm, "Dear Ana, we wrote to ANA@x.example and rang (65) 6123-4567.");
    std::fs::write(firm.path().join("exports/.leads.csv.bak"), "old\nAna,\"ana@x.example\"\n").unwrap();
    std::fs::write(firm.path().join("exports/for ana@x.example.txt"), "nothing in it").unwrap();
    firm.run(&ERASE).is(0, &[]);
    let applied = firm.run(&["apply", "1", "--yes"]);
    applied.is(
        3,
        &[
            "exports..leads.csv.bak email 1 time (line 2): not in the data map",
            "exports.for ….txt email 1 time: in the name of the file",
            "shop.journal.text email 1 time (id=1)",
            "shop.journal.text phone as digits 1 time (id=1)",
        ],
    );
    says_nothing_of_her(&applied);
    // It stays incomplete until it is gone, and says so every time.
    let again = firm.run(&["apply", "1", "--yes"]);
    again.is(3, &["0 records deleted", "shop.journal.text email 1 time"]);
    firm.sql("DELETE FROM journal");
    std::fs::remove_file(firm.path().join("exports/.leads.csv.bak")).unwrap();
    std::fs::remove_file(firm.path().join("exports/for ana@x.example.txt")).unwrap();
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing else is left"]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["had been applied before"]);
}

#[test]
fn every_coding_is_seen_in_a_cell_and_in_a_file() {
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let wrapped = base64(&format!("{}ana@x.example{}", "x".repeat(49), "y".repeat(40)));
    let (first, second) = wrapped.split_at(76);
    let cases = [
        ("plain", "ANA@X.EXAMPLE".to_owned()),
        ("percent", "https://x.example/?u=ana%40x.example&a=1".into()),
        ("percent", "next=%2Fme%3Fu%3Dana%2540x.example".into()),
        ("quoted-printable", "To: ana=40x.example".into()),
        ("plain", "a long line=3A ana@x.ex=\r\nample".into()),
        ("json", "{\"u\":\"ana\\u0040x.example\"}".into()),
        ("html", "<a href=\"mailto:ana&#64;x.example\">".into()),
        ("html", "&#97;&#110;&#97;&#64;&#120;&#46;&#101;&#120;&#97;&#109;&#112;&#108;&#101;".into()),
        ("base64", base64("ana@x.example")),
        ("base64", base64("u:Ana@x.example")),
        ("base64", base64("u=ANA@X.EXAMPLE;")),
        ("base64", format!("{first}\r\n{second}")),
        ("plain", "\"Dear\\nana@x.example\"".into()),
    ];
    for (coding, text) in &cases {
        let firm = firm();
        write(&firm, text);
        std::fs::write(firm.path().join("exports/note.txt"), text).unwrap();
        let expected = [format!("journal.text email {coding} 1"), format!("note.txt. email {coding} 1")];
        let mut found = left(&erased(&firm));
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
    let firm = firm();
    let utf16 =
        |turn: fn(u16) -> [u8; 2]| "\u{feff}mail ana@x.example;".encode_utf16().flat_map(turn).collect::<Vec<u8>>();
    write(&firm, utf16(u16::to_le_bytes));
    write(&firm, utf16(u16::to_be_bytes));
    assert_eq!(left(&erased(&firm)), ["journal.text email utf-16 2"]);
}

#[test]
fn what_is_somebody_elses_is_not_hers() {
    let firm = firm();
    for text in ["joana@x.example", "ana@x.example.org", "an@x.example", "+65 6123 45678", "161234567", "Ana Lim"] {
        write(&firm, text);
    }
    write(&firm, base64::engine::general_purpose::STANDARD.encode("joana@x.example"));
    assert_eq!(left(&erased(&firm)), [""; 0]);
}

#[test]
fn values_too_long_for_a_page_are_read_whole() {
    let firm = firm();
    // Wherever pages end, one of these stands across it.
    let long = "ana@x.example, ".repeat(2_000);
    write(&firm, &long);
    assert_eq!(left(&erased(&firm)), ["journal.text email plain 2000"]);
}

#[test]
fn what_was_deleted_before_is_wiped_from_free_pages() {
    for mode in ["DELETE", "WAL"] {
        let firm = firm();
        firm.sql(&format!("PRAGMA journal_mode = {mode}"));
        for n in 0..300 {
            write(&firm, format!("ana@x.example {n} {}", "z".repeat(200)));
        }
        let conn = rusqlite::Connection::open(firm.path().join("shop.db")).unwrap();
        conn.execute_batch(
            "PRAGMA secure_delete = OFF; DELETE FROM journal WHERE id % 7 <> 0; UPDATE journal SET text = 'x'",
        )
        .unwrap();
        let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let holds = || {
            let bytes = std::fs::read(firm.path().join("shop.db")).unwrap();
            bytes.windows(13).filter(|w| w.eq_ignore_ascii_case(b"ana@x.example")).count()
        };
        assert!(holds() > 50, "the test needs free pages: {}", holds());
        // Another program has the database open, and goes on with it: SQLite's own locks hold.
        assert_eq!(left(&erased(&firm)), [""; 0], "{mode}");
        assert_eq!(holds(), 0, "{mode}");
        conn.execute_batch("INSERT INTO journal (text) VALUES ('y'); DELETE FROM journal WHERE text = 'y'").unwrap();
        assert_eq!(firm.cell("SELECT * FROM pragma_integrity_check"), "'ok'");
        assert_eq!(firm.cell("SELECT count(*) FROM journal WHERE text = 'x'"), "42");
        assert_eq!(firm.cell("SELECT name FROM people"), "'Bo Tan'");
    }
}

#[test]
fn what_cannot_be_wiped_now_is_named_and_nothing_is_touched() {
    let firm = firm();
    firm.sql("PRAGMA journal_mode = WAL");
    write(&firm, "ana@x.example");
    let conn = rusqlite::Connection::open(firm.path().join("shop.db")).unwrap();
    conn.execute_batch("PRAGMA secure_delete = OFF; DELETE FROM journal").unwrap();
    let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    firm.run(&ERASE).is(0, &[]);
    // Somebody reads: what is wiped cannot reach the file itself yet.
    conn.execute_batch("BEGIN").unwrap();
    let _: i64 = conn.query_row("SELECT count(*) FROM people", [], |r| r.get(0)).unwrap();
    firm.run(&["apply", "1", "--yes"]).is(3, &["left-on-disk", "shop.shop.db"]);
    assert_eq!(conn.query_row("SELECT count(*) FROM people", [], |r| r.get(0)), Ok(2), "the reader sees what it saw");
    conn.execute_batch("COMMIT").unwrap();
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing else is left"]);
    assert_eq!(firm.cell("SELECT * FROM pragma_integrity_check"), "'ok'");
}

#[test]
fn a_log_that_still_holds_her_is_named() {
    let firm = firm();
    firm.sql("PRAGMA journal_mode = WAL");
    firm.run(&ERASE).is(0, &[]);
    // Somebody reads an old state: the log cannot be emptied.
    let reader = rusqlite::Connection::open(firm.path().join("shop.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM people").unwrap();
    let _: i64 = reader.query_row("SELECT count(*) FROM people", [], |r| r.get(0)).unwrap();
    let applied = firm.run(&["apply", "1", "--yes"]);
    applied.is(3, &["left-on-disk"]);
    reader.execute_batch("ROLLBACK").unwrap();
    drop(reader);
    firm.run(&["apply", "1", "--yes"]).is(0, &["nothing else is left"]);
}

#[test]
fn what_is_kept_is_listed_with_its_reason() {
    let firm = Firm::new();
    firm.sql("UPDATE orders SET bill_to = 'ana@x.example' WHERE no = 7; UPDATE orders SET paid = '2026-02-02'");
    firm.run(&ERASE).is(0, &[]);
    let applied = firm.run(&["apply", "1", "--yes"]);
    applied.is(0, &["Found where it is kept:", "shop.orders.bill_to email 1 time (no=7): Kept for tax law"]);
}

#[test]
fn of_a_file_of_records_every_field_is_swept() {
    let firm = firm();
    let leads = firm.file("exports/leads.csv");
    let with = leads + "Bo Tan,bo@x.example,,\"cc ana@x.example,\r\nbcc Ana@X.example\"\r\n";
    std::fs::write(firm.path().join("exports/leads.csv"), with).unwrap();
    let events = firm.file("events.ndjson")
        + "{\"id\":4,\"user\":{\"mail\":\"bo@x.example\"},\"tags\":[\"seen ana\\u0040x.example\"],\"weight\":1}\n";
    std::fs::write(firm.path().join("events.ndjson"), events).unwrap();
    let report = erased(&firm);
    let mut found = left(&report);
    found.sort();
    assert_eq!(found, ["events.tags[] email plain 1", "leads.Note email plain 2",]);
    let example = |n: usize| report["swept"]["left"][n]["examples"].to_string();
    assert_eq!((example(0), example(1)), ("[\"id=4\"]".into(), "[\"line 3\"]".into()));
}

#[test]
fn packed_files_are_looked_into_or_named() {
    let firm = firm();
    let exports = firm.path().join("exports");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(b"id,mail\n1,ana@x.example\n").unwrap();
    std::fs::write(exports.join("old.gz"), packed.finish().unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(exports.join("letter.docx")).unwrap());
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<w:t>ana@x.example</w:t>").unwrap();
    zip.finish().unwrap();
    std::fs::write(exports.join("older.zst"), b"\x28\xB5\x2F\xFD....").unwrap();
    let report = erased(&firm);
    assert_eq!(left(&report), ["letter.docx (word/document.xml). email plain 1", "old.gz (unpacked). email plain 1"]);
    let problems = report["problems"].as_array().unwrap();
    assert!(
        problems.iter().any(|p| p["code"] == "unswept" && p["message"].to_string().contains("older.zst")),
        "{report}"
    );
}

#[test]
fn hashes_are_looked_for_where_the_map_names_them() {
    let firm = firm();
    let map =
        firm.file("redress.toml").replace("normal = \"email\"", "normal = \"email\"\nhashes = [\"md5\", \"sha256\"]");
    std::fs::write(firm.path().join("redress.toml"), map).unwrap();
    let text = "a=3B14598CC43DE8EA4BED5270F89C0C2B b=9132d1bfefe2c93e6fa85ab74c2248a00ea0209e \
        c=e4aeae0defb89ddde363fa71945f539402251f932f6262d8b20b40b48f93ef66 d=3b14598cc43de8ea4bed5270f89c0c2b00";
    write(&firm, text);
    // SHA-1 is not named by the map; the last is a longer number.
    assert_eq!(left(&erased(&firm)), ["journal.text email hash 2"]);
}

#[test]
fn what_has_to_stay_is_accepted_with_a_reason() {
    let firm = firm();
    write(&firm, "Bo's address book: ana@x.example");
    std::fs::write(firm.path().join("exports/ledger.txt"), "ana@x.example").unwrap();
    firm.run(&ERASE).is(0, &[]);
    let accept = |places: &[&str]| {
        let mut words = vec!["apply", "1", "--yes", "--because", "Bo keeps it for himself"];
        places.iter().for_each(|place| words.extend(["--accept-left", place]));
        firm.run(&words)
    };
    // Before it was applied nobody can know what is left.
    accept(&["shop.journal.text"]).is(4, &["what is left is known only after the plan was applied"]);
    firm.run(&["apply", "1", "--yes"]).is(3, &["--accept-left PLACE --because REASON"]);
    firm.run(&["apply", "1", "--accept-left", "shop.journal.text"]).is(2, &["--because"]);
    // A place without anything left is a mistake, and then nothing is accepted.
    accept(&["shop.journal.text", "shop.journal"]).is(4, &["nothing is left in shop.journal"]);
    firm.run(&["apply", "1", "--yes"]).is(3, &["shop.journal.text email 1 time"]);
    // One place does not stand for the other.
    let one = accept(&["shop.journal.text"]);
    one.is(
        3,
        &["exports.ledger.txt email 1 time", "Left, and accepted:", "shop.journal.text email 1 time (id=1): Bo keeps"],
    );
    let both = accept(&["exports.ledger.txt"]);
    both.is(0, &["nothing else is left.", "exports.ledger.txt email", "shop.journal.text email"]);
    says_nothing_of_her(&both);
    firm.run(&["apply", "1"]).is(0, &["had been applied before"]);
    firm.run(&["log", "check"]).is(0, &[]);

    let record = |name: &str| firm.file(&format!(".redress/records/0001-{name}"));
    let inside = |name: &str| serde_json::from_str::<Json>(&record(name)).unwrap()["record"].clone();
    let full = inside("authority.json");
    assert_eq!(full["complete"], true);
    let accepted = full["confirmation"]["swept"]["accepted"].as_array().unwrap();
    assert_eq!(accepted.len(), 2);
    assert_eq!(accepted[1]["why"], "Bo keeps it for himself");
    assert!(accepted[1]["accepted_by"].is_string());
    let plain = inside("person.json");
    assert_eq!(plain["accepted"], serde_json::json!(["Bo keeps it for himself"]));
    assert!(!record("person.json").contains("journal"));
    assert!(record("person.html").contains("Bo keeps it for himself"));
}

#[test]
fn what_is_accepted_in_a_silent_place_is_not_told() {
    let firm = firm();
    let map = firm.file("sources/shop.toml").replace("other = [\"text\"]", "other = [\"text\"]\ndisclose = \"silent\"");
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    write(&firm, "report on ana@x.example");
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(3, &[]);
    let words = ["apply", "1", "--accept-left", "shop.journal.text", "--because", "a report to the authority"];
    firm.run(&words).is(0, &[]);
    assert!(firm.file(".redress/records/0001-authority.html").contains("a report to the authority"));
    for name in ["person.json", "person.html"] {
        assert!(!firm.file(&format!(".redress/records/0001-{name}")).contains("a report"), "{name}");
    }
}
