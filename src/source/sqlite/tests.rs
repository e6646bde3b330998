//! What an index serves is what reading every record finds, whatever the spelling.

use proptest::prelude::*;
use rusqlite::Connection;

use super::open;
use crate::map::{Address, NormalForm};
use crate::record::{FieldPath, Value};
use crate::source::{Coverage, Probe, Question, Wanted};

/// The texts of one column that a search finds, in order, and how it found them.
fn found(schema: &str, texts: &[String], form: NormalForm, wanted: &[String]) -> (Vec<String>, Coverage) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(schema).unwrap();
    for text in texts {
        // What the table's own checks refuse is not there to be found.
        let _ = conn.execute("INSERT INTO people (value) VALUES (?1)", [text]);
    }
    drop(conn);
    let mut normals = Wanted::new(1);
    for text in wanted {
        normals.add(&form.apply(text, Some("GB")));
    }
    let fields = [FieldPath::column("value")];
    let probe = Probe { fields: &fields, form, country: Some("GB"), wanted: &normals };
    let question = Question { collection: "people", probes: vec![probe] };
    let mut source = open(&Address { path, ..Address::default() }, "a").unwrap();
    let mut out = Vec::new();
    let mut sink = |found: crate::source::Found| {
        let mut hit = false;
        question.probes[0].hits(&found.record, &mut |_| hit = true);
        if let (true, Some(Value::Text(text))) = (hit, found.record.get("value")) {
            out.push(text.clone());
        }
        Ok(())
    };
    let coverage = source.search(&question, &mut sink).unwrap();
    out.sort();
    (out, coverage)
}

const DIGITS: &str = "CHECK (value GLOB '+[1-9]*' AND value NOT GLOB '+*[^0-9]*')";

fn phone() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["2079460123", "7400123456", "301234567", "6123456", "11512345678"]);
    let code = prop::sample::select(vec!["44", "49", "54", "1", "358", "999358"]);
    let prefix = prop::sample::select(vec!["", "0", "1", "9", "180020", "\0", "0\0"]);
    let tail = prop::sample::select(vec!["", "", "\0", "\0 7", " "]);
    (code, prefix, number, tail).prop_map(|(code, prefix, number, tail)| format!("+{code}{prefix}{number}{tail}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn checked_telephone_numbers_are_found_by_index(
        texts in prop::collection::vec(phone(), 1..40), wanted in prop::collection::vec(phone(), 1..4),
    ) {
        let checked = format!("CREATE TABLE people (value TEXT {DIGITS});");
        let (all, coverage) = found(&checked, &texts, NormalForm::Phone, &wanted);
        prop_assert!(coverage.read_all.is_some());
        let indexed = format!("{checked} CREATE INDEX i ON people (value);");
        let (by_index, coverage) = found(&indexed, &texts, NormalForm::Phone, &wanted);
        let argentine = wanted.iter().any(|w| w.starts_with("+54"));
        prop_assert_eq!(coverage.read_all.is_some(), argentine);
        prop_assert_eq!(by_index, all);
    }

    #[test]
    fn addresses_of_any_case_are_found_by_index(
        texts in prop::collection::vec("[ \t]{0,1}[aA][nNñ]a@[xX]\\.de[ \0]{0,1}", 1..40), wanted in "an[aA]@x\\.de",
    ) {
        let table = "CREATE TABLE people (value TEXT);";
        let wanted = [wanted];
        let (all, _) = found(table, &texts, NormalForm::Email, &wanted);
        for index in ["value COLLATE NOCASE", "lower(trim(value))", "lower(value)", "value"] {
            let indexed = format!("{table} CREATE INDEX i ON people ({index});");
            let (by_index, coverage) = found(&indexed, &texts, NormalForm::Email, &wanted);
            prop_assert_eq!(coverage.read_all.is_some(), index == "value");
            prop_assert_eq!(&by_index, &all);
        }
    }
}
