//! Promises 1, 2 and 7: nothing silently left out, every record says why, others stay out; and what is silent leaves
//! no trace.

use super::firm::*;
use crate::archive::{Reason, write};
use crate::map::{DataMap, Disclose, Link, Role};
use crate::record::{FieldPath, Value};

fn json_lines(path: &std::path::Path, name: &str) -> Vec<serde_json::Value> {
    file(path, name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn own_records_are_whole_but_for_what_is_withheld() {
    let (_dir, out, written, _) = archive();
    let accounts = json_lines(&out, "data/shop/accounts.jsonl");
    assert_eq!(accounts[0]["id"], 7);
    assert_eq!(accounts[0]["email"], "ana@example.com");
    assert_eq!(accounts[0]["password_hash"]["$withheld"], "never");
    assert_eq!(accounts[0]["new_column"]["$withheld"], "unknown-column");
    assert_eq!(accounts[0]["photo"]["$file"], "data/shop/files/accounts/1.png");
    assert!(accounts[0].get("risk_flag").is_none());
    let events = json_lines(&out, "data/web-logs/events.jsonl");
    assert_eq!(
        events[0].to_string(),
        concat!(
            r#"{"user":{"id":"7","name":"Ana"},"#,
            r#""device":{"id":"d-1","os":{"$withheld":"unknown-column"}},"#,
            r#""items":[{"sku":"A","comment":{"$withheld":"review"},"seller":{"$withheld":"about-another-person"}},"#,
            r#"{"sku":"B","comment":null}],"#,
            r#""people":[{"id":{"$withheld":"about-another-person"}},{"id":{"$withheld":"about-another-person"}}]}"#
        )
    );
    assert_eq!(events[1].to_string(), r#"{"ts":1.10,"tags":["x"]}"#);
    let unknown: Vec<_> = written.unknown.values().flatten().cloned().collect();
    assert_eq!(unknown, ["device.os", "new_column"]);
    assert_eq!(written.silent, 1);
    assert_eq!(written.records, 1 + 3 + 3 + 2);
    let counts = [(Reason::Review, 4), (Reason::AboutAnotherPerson, 2 + 6 + 3), (Reason::Never, 1)];
    for (reason, n) in counts {
        assert_eq!(written.withheld[&reason], n, "{reason:?}");
    }
    assert_eq!(written.withheld[&Reason::UnknownColumn], 2);
}

#[test]
fn the_other_side_of_a_message_stays_out() {
    let (_dir, out, ..) = archive();
    let messages = json_lines(&out, "data/shop/messages.jsonl");
    let withheld = serde_json::json!({ "$withheld": "about-another-person" });
    assert_eq!((&messages[0]["sender"], &messages[0]["recipient"]), (&"7".into(), &withheld));
    assert_eq!((&messages[1]["sender"], &messages[1]["recipient"]), (&withheld, &"7".into()));
    assert_eq!(messages[2]["recipient"], serde_json::Value::Null);
    let notes = json_lines(&out, "data/shop/notes.jsonl");
    assert_eq!(notes.len(), 3, "identical records are repeated");
    assert_eq!(notes[0]["written_by"], withheld, "the author of a note about the subject");
    assert_eq!(notes[0]["account"], 7);
}

#[test]
fn nothing_withheld_or_silent_is_in_any_file() {
    let (_dir, out, ..) = archive();
    let hidden = [SECRET, OTHER, FREE, HASH, "who knows", "unknown-os"];
    let silent = ["aml", "Money laundering", "risk_flag", "Risk flag label", "Risk flag", "unmapped", "score"];
    // A signature is random: its letters may spell anything.
    for (name, bytes) in unpack(&out).into_iter().filter(|(name, _)| !name.ends_with(".minisig")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in hidden.iter().chain(&silent) {
            assert!(!text.contains(&word.to_lowercase()), "{word} is in {name}");
            assert!(!name.contains(word));
        }
    }
}

#[test]
fn a_silent_collection_changes_no_byte() {
    let map = map();
    let dir = tempfile::tempdir().unwrap();
    let signer = TestSigner::new();
    let (with, without) = (dir.path().join("with"), dir.path().join("without"));
    write(&cover(&map), &rows(), &signer, &with).unwrap();
    let mut rows = rows();
    rows.parts.remove(3);
    rows.held.remove(3);
    write(&cover(&map), &rows, &signer, &without).unwrap();
    assert!(std::fs::read(with).unwrap() == std::fs::read(without).unwrap());
}

#[test]
fn every_record_says_why_and_no_way_leaks() {
    let (_dir, out, ..) = archive();
    let page = file(&out, "START-HERE.html");
    assert!(page.contains("given → shop.accounts.email"), "a plain way is shown");
    assert!(page.contains("You wrote or made it.") && page.contains("It was sent to you."));
    // The way to the note goes through a silent collection: the map's words stand in for it.
    assert!(page.contains("Others wrote it about you. How it was found: its field “Account” refers to Accounts"));
}

#[test]
fn the_number_of_what_persons_point_at_is_no_person() {
    let mut map = map();
    let desks = map.sources[1].collections.iter_mut().find(|c| c.name == "desks").unwrap();
    let aim = |field: &str| Link {
        to: vec![FieldPath::column(field)],
        ..link(FieldPath::column("id"), ("shop", "accounts"), Role::Shared)
    };
    desks.links = vec![aim("desk")];
    let shown = |map: &DataMap| {
        let mut rows = Memory::default();
        rows.add("shop", "desks", vec![held(&names(&["id"]), vec![Value::Int(5)], Role::Shared, &[])]);
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a.zip");
        write(&cover(map), &rows, &TestSigner::new(), &out).unwrap();
        file(&out, "data/shop/desks.jsonl")
    };
    assert_eq!(shown(&map), "{\"id\":5}\n", "the desk that others sit at too");
    for identifies in ["id", "email"] {
        let desks = map.sources[1].collections.iter_mut().find(|c| c.name == "desks").unwrap();
        desks.links = vec![aim(identifies)];
        assert_eq!(shown(&map), "{\"id\":{\"$withheld\":\"about-another-person\"}}\n", "{identifies}");
    }
}

#[test]
fn a_collection_that_gives_only_one_field_shows_only_that() {
    let mut map = map();
    let alerts = map.sources[1].collections.iter_mut().find(|c| c.name == "aml_alerts").unwrap();
    alerts.fields.get_mut("reason").unwrap().disclose = Some(Disclose::Never);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&cover(&map), &rows(), &TestSigner::new(), &out).unwrap();
    assert_eq!(file(&out, "data/shop/aml_alerts.jsonl"), "{\"reason\":{\"$withheld\":\"never\"}}\n");
}

#[test]
fn an_undecided_link_to_a_person_waits_for_review() {
    let mut map = map();
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    messages.links[1].decision = crate::map::Decision::Open;
    let names = names(&["id", "sender", "recipient", "body", "sent_at"]);
    let mut rows = Memory::default();
    let values = vec![Value::Int(1), text("7"), text(OTHER), Value::Null, Value::Null];
    rows.add("shop", "messages", vec![held(&names, values, Role::Author, &[0])]);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&cover(&map), &rows, &TestSigner::new(), &out).unwrap();
    assert_eq!(json_lines(&out, "data/shop/messages.jsonl")[0]["recipient"]["$withheld"], "review");
}
