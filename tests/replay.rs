//! Backups and imports do not bring people back: `redress replay` and `redress suppress check`, on every kind of source.

use crate::shelf::{KINDS, Shelf, number, people, rows};

/// What Ana's erasure leaves.
fn left() -> Vec<String> {
    let kept = [
        "orders 8,1,2090-01-01,Ana Lim",
        "orders 9,2,2010-01-01,Bo Tan",
        "people 1,,,2001-01-01",
        "people 2,bo@x.example,Bo Tan,2001-01-01",
        "visits bo@x.example,monday",
    ];
    kept.map(str::to_owned).to_vec()
}

/// What came to be today came to be after an erasure of today, as far as a day tells.
fn today() -> String {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date().to_string()
}

/// Replays and applies the plan.
#[track_caller]
fn replay(shelf: &Shelf, code: i32) -> String {
    let planned = shelf.run(&["replay", "shop", "--json"], code, &[]);
    let plan = number(&planned, "plan");
    shelf.run(&["apply", &plan, "--yes"], 0, &[]);
    planned.text
}

/// Peers' fault: backups resurrect the erased; there is no erasure ledger.
#[test]
fn a_restored_backup_does_not_resurrect_the_erased() {
    Shelf::each(&people(), |shelf| {
        shelf.erase("email=ana@x.example");
        assert_eq!(shelf.all(), left(), "{:?}", shelf.kind);
        shelf.run(&["replay", "shop"], 0, &["1 erasure remembered", "Nothing is to be erased again"]);

        shelf.fill(&people());
        replay(shelf, 0);
        assert_eq!(shelf.all(), left(), "{:?}: the state before the restore", shelf.kind);
        shelf.run(&["replay", "shop"], 0, &["Nothing is to be erased again"]);
        shelf.run(&["log", "check"], 0, &[]);
    });
}

/// The keys are others after an import; the identifiers are the same.
#[test]
fn an_import_under_new_keys_is_recognised_by_its_identifiers() {
    Shelf::each(&people(), |shelf| {
        shelf.erase("email=ana@x.example");
        let imported = rows(&[
            "people 2,bo@x.example,Bo Tan,2001-01-01",
            "people 31,ANA@X.example,Ana Lim,2001-01-01",
            "orders 77,31,2010-01-01,Ana Lim",
            "orders 9,2,2010-01-01,Bo Tan",
            "visits Ana@x.example,tuesday",
        ]);
        shelf.fill(&imported);
        replay(shelf, 0);
        assert_eq!(
            shelf.all(),
            ["orders 9,2,2010-01-01,Bo Tan", "people 2,bo@x.example,Bo Tan,2001-01-01"],
            "{:?}",
            shelf.kind
        );
    });
}

/// Only one table was restored: nothing leads from the person to it any more.
#[test]
fn a_table_restored_alone_is_recognised_by_its_keys_and_contents() {
    Shelf::each(&people(), |shelf| {
        shelf.also("[ledger]\nkeep = \"P2Y\"\n");
        let mut alone = people();
        alone.retain(|(table, _)| *table != "orders");
        shelf.fill(&alone);
        shelf.erase("email=ana@x.example");
        let gone = shelf.all();
        // Her visits come back as they were, without the account.
        let mut back = alone.clone();
        back.retain(|(table, values)| *table == "visits" || values[0] == "2");
        shelf.fill(&back);
        replay(shelf, 0);
        assert_eq!(shelf.all(), gone, "{:?}", shelf.kind);
    });
}

#[test]
fn orders_without_their_person_are_erased_again() {
    for kind in [KINDS[1], KINDS[2]] {
        let shelf = Shelf::new(kind).unwrap();
        shelf.fill(&people());
        shelf.erase("email=ana@x.example");
        let back = rows(&[
            "people 2,bo@x.example,Bo Tan,2001-01-01",
            "orders 7,1,2010-01-01,Ana Lim",
            "orders 9,2,2010-01-01,Bo Tan",
        ]);
        shelf.fill(&back);
        replay(&shelf, 0);
        assert_eq!(shelf.all(), ["orders 9,2,2010-01-01,Bo Tan", "people 2,bo@x.example,Bo Tan,2001-01-01"]);
    }
}

/// Whoever came back after the erasure is not erased again: that is for somebody to decide.
#[test]
fn who_came_back_is_listed_and_not_planned() {
    Shelf::each(&people(), |shelf| {
        shelf.erase("email=ana@x.example");
        let mut restored = people();
        let again = [format!("people 5,ana@x.example,Ana Lim,{}", today()), "orders 50,5,,Ana Lim".to_owned()];
        restored.extend(rows(&again.each_ref().map(String::as_str)));
        shelf.fill(&restored);
        let said = replay(shelf, 3);
        assert!(said.contains("\"code\":\"came-back\"") && said.contains("\"id\":"), "{said}");
        let mut expected = left();
        expected.extend(again);
        expected.sort();
        assert_eq!(shelf.all(), expected, "{:?}", shelf.kind);
        shelf.run(&["replay", "shop"], 3, &["Not planned; somebody must decide", "[came-back]"]);
    });
}

/// A key that was free again may be somebody else's by now.
#[test]
fn a_key_that_somebody_else_has_by_now_is_no_proof() {
    Shelf::each(&people(), |shelf| {
        let mut only = people();
        only.retain(|(table, _)| *table != "orders");
        shelf.fill(&only);
        shelf.erase("email=ana@x.example");
        let reused = rows(&["people 1,cy@x.example,Cy,", "people 2,bo@x.example,Bo Tan,2001-01-01"]);
        shelf.fill(&reused);
        shelf.run(&["replay", "shop"], 3, &["[another]", "Nothing is to be erased again"]);
    });
}

#[test]
fn a_lost_ledger_key_is_named_and_no_new_one_made() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.erase("email=ana@x.example");
    let key = shelf.dir.path().join(".redress/keys/ledger.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let lost = ["ledger.key", "is lost", "cannot be recognised any more", "restore the file from your last backup"];
    shelf.run(&["replay", "shop"], 1, &lost);
    shelf.run(&["erase", "email=bo@x.example", "--verified", "known"], 1, &lost);
    assert!(!key.exists());
    std::fs::write(&key, kept).unwrap();
    shelf.run(&["replay", "shop"], 0, &["Nothing is to be erased again"]);
}

/// The ledger holds nothing that says who was erased.
#[test]
fn the_ledger_holds_no_identifier() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.erase("email=ana@x.example");
    let conn = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    for table in ["erased", "erased_identity", "erased_record", "waiting"] {
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut n = 0;
        while let Some(row) = rows.next().unwrap() {
            n += 1;
            for i in 0..width {
                let cell = format!("{:?}", row.get_ref(i).unwrap()).to_lowercase();
                assert!(!cell.contains("ana") && !cell.contains("x.example"), "{table}: {cell}");
            }
        }
        assert!(n > 0, "{table} is empty");
    }
}

#[test]
fn thousands_are_found_in_one_pass_and_erased_in_one_plan() {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    let many: Vec<String> = (0..3000).map(|i| format!("people {i},p{i}@x.example,P,2001-01-01")).collect();
    let visits: Vec<String> = (0..3000).map(|i| format!("visits p{i}@x.example,monday")).collect();
    let all: Vec<&str> = many.iter().chain(&visits).map(String::as_str).collect();
    shelf.fill(&rows(&all));
    // As if a thousand had been erased before: the register remembers them under the ledger's key.
    shelf.erase("email=p0@x.example");
    crate::ledger::remember(&shelf, (1..1000).map(|i| format!("p{i}@x.example")));
    shelf.fill(&rows(&all));
    let planned = shelf.run(&["replay", "shop", "--json"], 0, &["\"people\":1000"]);
    shelf.run(&["apply", &number(&planned, "plan"), "--yes"], 0, &["2000 records deleted"]);
    let left = shelf.all();
    assert_eq!(left.len(), 4000);
    assert!(!left.iter().any(|row| row.contains("p999@")) && left.iter().any(|row| row.contains("p1000@")));
}
