//! Review: what awaits a decision is listed once, decisions come out, the same person has the same number.

use super::firm::*;
use crate::archive::{Item, Reason, Review, Written, items, write};
use crate::map::{DataMap, Disclose, Exempt, Role};
use crate::record::Value;

/// Messages between her (7) and others, and notes about her with free words.
fn rows_of(bodies: &[(&str, &str)]) -> Memory {
    let names = names(&["id", "sender", "recipient", "body", "sent_at"]);
    let row = |(i, (sender, body)): (usize, &(&str, &str))| {
        let values = vec![Value::Int(i as i128), text(sender), text("7"), text(body), text("2026-01-01")];
        held(&names, values, Role::Recipient, &[1])
    };
    let mut rows = Memory { keyed: true, ..Memory::default() };
    rows.add("shop", "messages", bodies.iter().enumerate().map(row).collect());
    rows
}

/// A map in which the body of messages is given, so that only what is recognised in it waits.
fn open_map() -> DataMap {
    let mut map = map();
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    messages.fields.get_mut("body").unwrap().disclose = None;
    map
}

fn listed(map: &DataMap, rows: &Memory, review: Review<'_>) -> Vec<Item> {
    let cover = crate::archive::Cover { review, ..cover(map) };
    let mut all = Vec::new();
    items(&cover, rows, &mut |item| all.push(item)).unwrap();
    all
}

fn written(map: &DataMap, rows: &Memory, review: Review<'_>) -> (Vec<serde_json::Value>, Written, String) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let cover = crate::archive::Cover { review, ..cover(map) };
    let written = write(&cover, rows, &TestSigner::new(), &out).unwrap();
    let lines = file(&out, "data/shop/messages.jsonl");
    let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (lines, written, file(&out, "START-HERE.html"))
}

fn review_with(decisions: &[(&str, &str, Option<&str>)]) -> Review<'static> {
    let mut review = Review::default();
    review.known.add("ana@example.com");
    for (item, word, text) in decisions {
        assert!(review.decide_on((*item).into(), word, text.map(str::to_owned), (true, None)));
    }
    review
}

#[test]
fn somebody_else_in_a_text_that_would_be_given_waits_for_review() {
    let (map, rows) =
        (open_map(), rows_of(&[("8", "ask bob@x.example"), ("8", "write to Ana@Example.com"), ("8", "hello")]));
    let (lines, written, _) = written(&map, &rows, review_with(&[]));
    assert_eq!(lines[0]["body"]["$withheld"], "review");
    assert_eq!((&lines[1]["body"], &lines[2]["body"]), (&"write to Ana@Example.com".into(), &"hello".into()));
    assert_eq!(written.pending(), 1);
}

#[test]
fn decisions_come_out_and_one_person_has_one_number() {
    let map = open_map();
    let rows = rows_of(&[("8", "ask bob@x.example or +44 20 7946 0123"), ("9", "BOB@x.example again"), ("8", "hello")]);
    let all = listed(&map, &rows, review_with(&[]));
    let of = |field: &str, n: usize| all.iter().filter(|i| i.field == field).nth(n).unwrap();
    assert_eq!(all.iter().filter(|i| i.is_open()).count(), 2);
    assert!(all.iter().all(|item| item.recognised));
    let decisions: Vec<(&str, &str, Option<&str>)> = vec![
        (&of("body", 0).id, "redact", None),
        (&of("body", 1).id, "redact", None),
        (&of("sender", 0).id, "redact", None),
        (&of("sender", 1).id, "give", None),
        (&of("sender", 2).id, "redact", None),
    ];
    let (lines, written, page) = written(&map, &rows, review_with(&decisions));
    let redacted = |n: usize, field: &str| lines[n][field]["$redacted"].as_str().unwrap().to_owned();
    assert_eq!(redacted(0, "body"), "ask Person 3 or Person 4");
    assert_eq!(redacted(1, "body"), "Person 3 again");
    assert_eq!((redacted(0, "sender"), redacted(2, "sender")), ("Person 2".into(), "Person 2".into()));
    assert_eq!(lines[1]["sender"], "9");
    assert_eq!((written.pending(), written.withheld[&Reason::Redacted]), (0, 4));
    assert!(page.contains("Given, with other people replaced (4)") && page.contains("ask Person 3 or Person 4"));
    assert!(!page.contains("bob@x.example") && !page.contains("7946"));
    // What is decided no longer waits.
    assert!(listed(&map, &rows, review_with(&decisions)).iter().all(|item| !item.is_open()));
}

#[test]
fn free_text_can_be_given_kept_back_or_rewritten() {
    let (map, rows) = (map(), rows_of(&[("8", "one"), ("8", "two"), ("8", "three"), ("8", "four")]));
    let all: Vec<_> = listed(&map, &rows, review_with(&[])).into_iter().filter(|i| i.field == "body").collect();
    assert_eq!(all.iter().map(|i| (i.value.as_str(), i.record.as_str())).collect::<Vec<_>>()[1], ("two", "id=1"));
    assert!(!all[0].recognised);
    let review = review_with(&[
        (&all[0].id, "give", None),
        (&all[1].id, "withhold", None),
        (&all[2].id, "redact", Some("th[…]")),
        (&all[3].id, "redact", None),
    ]);
    let (lines, written, page) = written(&map, &rows, review);
    assert_eq!(lines[0]["body"], "one");
    assert_eq!(lines[1]["body"]["$withheld"], "after-review");
    assert_eq!(lines[2]["body"]["$redacted"], "th[…]");
    assert_eq!(lines[3]["body"]["$withheld"], "review", "nobody is recognised: it is not given as it is");
    assert_eq!(written.pending(), 1);
    assert!(page.contains("Read, and withheld (1)"));
    // A decision is about this value of this record, not about another one.
    let changed = rows_of(&[("8", "one, changed")]);
    let (lines, ..) = super::review::written(&map, &changed, review_with(&[(&all[0].id, "give", None)]));
    assert_eq!(lines[0]["body"]["$withheld"], "review");
}

/// What the person is not told of leaves no trace: no value, no mark, no count.
#[test]
fn what_the_person_is_not_told_of_leaves_no_trace() {
    let (map, rows) = (map(), rows_of(&[("8", "one"), ("8", "two")]));
    let all: Vec<_> = listed(&map, &rows, review_with(&[])).into_iter().filter(|i| i.field == "body").collect();
    let mut review = review_with(&[(&all[1].id, "give", None)]);
    assert!(review.decide_on(all[0].id.clone(), "withhold", None, (false, None)));
    let (lines, written, page) = written(&map, &rows, review);
    assert!(lines[0].get("body").is_none() && lines[0].get("id").is_some(), "{}", lines[0]);
    assert_eq!(lines[1]["body"], "two");
    assert_eq!((written.pending(), written.withheld.get(&Reason::Decided)), (0, None));
    assert!(!page.contains("Read, and withheld"));
    // Inside a list too: the others stay.
    let rows = Memory { keyed: true, ..super::firm::rows() };
    let all = listed(&map, &rows, review_with(&[]));
    let inside = all.iter().find(|i| i.field == "items[0].comment").unwrap();
    let mut review = review_with(&[]);
    assert!(review.decide_on(inside.id.clone(), "withhold", None, (false, None)));
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&crate::archive::Cover { review, ..cover(&map) }, &rows, &TestSigner::new(), &out).unwrap();
    let events = file(&out, "data/web-logs/events.jsonl");
    assert!(events.contains(r#"{"sku":"A","seller":{"$withheld":"about-another-person"}}"#), "{events}");
}

/// What speaks against giving a value is said to the person and to programs; the map may say it for a whole field.
#[test]
fn what_speaks_against_giving_is_said() {
    let (mut map, rows) = (map(), rows_of(&[("8", "one"), ("8", "two"), ("8", "three")]));
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    messages.fields.get_mut("body").unwrap().exempt = Some(Exempt::Privilege);
    let sent = messages.fields.get_mut("sent_at").unwrap();
    (sent.disclose, sent.exempt) = (Some(Disclose::Never), Some(Exempt::Crime));
    let all: Vec<_> = listed(&map, &rows, review_with(&[])).into_iter().filter(|i| i.field == "body").collect();
    assert!(all.iter().all(|item| item.exempt == Some(Exempt::Privilege)));
    let mut review = review_with(&[]);
    for (item, exempt) in all.iter().zip([None, Some(Exempt::TradeSecret), Some(Exempt::Others)]) {
        assert!(review.decide_on(item.id.clone(), "withhold", None, (true, exempt)));
    }
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    write(&crate::archive::Cover { review, ..cover(&map) }, &rows, &TestSigner::new(), &out).unwrap();
    let lines = file(&out, "data/shop/messages.jsonl");
    for (line, word) in lines.lines().zip(["legal-privilege", "trade-secret", "after-review"]) {
        assert!(line.contains(&format!(r#""body":{{"$withheld":"{word}"}}"#)), "{line}");
        assert!(line.contains(r#""sent_at":{"$withheld":"crime-prevention"}"#), "{line}");
    }
    let package: serde_json::Value = serde_json::from_str(&file(&out, "datapackage.json")).unwrap();
    let term = |word: &str| package["dpv"]["hasJustification"][word].as_str().unwrap_or_default().to_owned();
    assert!(term("crime-prevention").ends_with("#CrimePreventionImpaired"), "{package}");
    assert!(term("legal-privilege").ends_with("#ConfidentialityObligationCompromised"), "{package}");
    let page = file(&out, "START-HERE.html");
    for says in ["A trade secret (1)", "Legal advice, or under a duty of secrecy (1)", "prevent or find crime (3)"] {
        assert!(page.contains(says), "{says}");
    }
}

#[test]
fn never_and_silent_values_are_no_items() {
    let map = map();
    let all = listed(&map, &Memory { keyed: true, ..rows() }, review_with(&[]));
    assert!(!all.is_empty());
    for item in all {
        assert!(!item.value.contains(HASH) && !item.value.contains(SECRET), "{}", item.field);
    }
}
