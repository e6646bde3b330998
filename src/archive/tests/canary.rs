//! The canary: nothing leaves that is an identifier of somebody else, unless an officer released it.

use std::cell::RefCell;
use std::collections::HashSet;

use super::firm::*;
use crate::archive::{Cover, Others, Review, What, held_by_others, items, write};
use crate::error::{Kind, Result};
use crate::map::{DataMap, Field, Role};
use crate::record::Value;

/// The sources, as a list of who belongs to others; remembers what it was asked.
struct Town {
    theirs: HashSet<String>,
    asked: RefCell<Vec<Vec<String>>>,
}

impl Town {
    fn of(theirs: &[&str]) -> Town {
        Town { theirs: theirs.iter().map(|t| (*t).to_owned()).collect(), asked: RefCell::default() }
    }
}

impl Others for Town {
    fn of(&self, asked: &[(What, &str)]) -> Result<HashSet<String>> {
        let asked: Vec<String> = asked.iter().map(|(_, text)| (*text).to_owned()).collect();
        let hit = asked.iter().filter(|text| self.theirs.contains(*text)).cloned().collect();
        self.asked.borrow_mut().push(asked);
        Ok(hit)
    }
}

/// Messages with a field for an address to reply to, which the map describes, and one for a device.
fn firm(rows_of: &[(&str, &str)]) -> (DataMap, Memory) {
    let mut map = map();
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    let described = |category: &str| Field { category: Some(category.into()), ..Field::default() };
    messages.fields.insert("reply_to".into(), described("user.contact.email"));
    messages.fields.insert("device".into(), described("user.device"));
    let names = names(&["id", "sender", "recipient", "reply_to", "device"]);
    let row = |(i, (reply, device)): (usize, &(&str, &str))| {
        let values = vec![Value::Int(i as i128), text("7"), Value::Null, text(reply), text(device)];
        held(&names, values, Role::Author, &[0])
    };
    let mut rows = Memory { keyed: true, ..Memory::default() };
    rows.add("shop", "messages", rows_of.iter().enumerate().map(row).collect());
    (map, rows)
}

fn review(town: &Town) -> Review<'_> {
    let mut review = Review::default();
    review.known.add("ana@example.com");
    review.known.add_controller("privacy@meridian.example");
    review.canary.others = Some(town);
    review
}

#[test]
fn an_identifier_of_somebody_else_stops_the_archive_and_is_not_named() {
    let town = Town::of(&["bob@x.example", "user_8x7f2"]);
    let (map, rows) = firm(&[
        ("ana@example.com", "tablet"),
        ("Bob@X.example", "user_8x7f2"),
        ("support@meridian.example", "user_9999"),
        ("ana.second@example.com", "2024-03-05"),
    ]);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    std::fs::write(&out, "the old file").unwrap();
    let cover = Cover { review: review(&town), ..cover(&map) };
    let error = write(&cover, &rows, &TestSigner::new(), &out).unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(
        error.message,
        "the archive would hold 2 identifiers of other people, in shop.messages.device (1), shop.messages.reply_to (1); \
         nothing was written"
    );
    assert_eq!(std::fs::read(&out).unwrap(), b"the old file");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing half-written is left");
    // Asked once, and only what could be somebody's: neither hers, nor an office, nor a date.
    let mut asked = town.asked.borrow().concat();
    asked.sort();
    assert_eq!(asked, ["ana.second@example.com", "bob@x.example", "user_8x7f2", "user_9999"]);
}

#[test]
fn what_is_withheld_or_silent_is_not_asked() {
    let town = Town::of(&[]);
    let (dir, map) = (tempfile::tempdir().unwrap(), map());
    let cover = Cover { review: review(&town), ..cover(&map) };
    write(&cover, &rows(), &TestSigner::new(), &dir.path().join("a.zip")).unwrap();
    let asked = town.asked.borrow().concat();
    for hidden in [SECRET, OTHER, HASH] {
        assert!(!asked.iter().any(|text| text == hidden), "{hidden}");
    }
}

#[test]
fn an_officer_decides_on_it_and_the_same_person_has_the_same_number() {
    let town = Town::of(&["bob@x.example", "user_8x7f2"]);
    let (map, rows) = firm(&[("bob@x.example", "user_8x7f2"), ("BOB@x.example", "user_8x7f2"), ("bob@x.example", "a")]);
    let mut listed = Vec::new();
    let mut open = Cover { review: review(&town), ..cover(&map) };
    open.review.theirs = held_by_others(&open, &rows).unwrap();
    items(&open, &rows, &mut |item| listed.push(item)).unwrap();
    let of = |field: &str, n: usize| {
        let item = listed.iter().filter(|i| i.field == field).nth(n).unwrap();
        assert!(item.is_open() && item.recognised, "{field}");
        item.id.clone()
    };
    let verdicts = [
        (of("reply_to", 0), "redact"),
        (of("reply_to", 1), "redact"),
        (of("reply_to", 2), "give"),
        (of("device", 0), "redact"),
        (of("device", 1), "withhold"),
    ];
    for (item, verdict) in verdicts {
        assert!(open.review.decide_on(item, verdict, None, (true, None)));
    }
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let written = write(&open, &rows, &TestSigner::new(), &out).unwrap();
    assert_eq!(written.pending(), 0);
    let lines = file(&out, "data/shop/messages.jsonl");
    let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[0]["reply_to"]["$redacted"], "Person 2");
    assert_eq!(lines[1]["reply_to"]["$redacted"], "Person 2");
    assert_eq!(lines[2]["reply_to"], "bob@x.example", "released");
    assert_eq!(lines[0]["device"]["$redacted"], "Person 3");
    assert_eq!(lines[1]["device"]["$withheld"], "after-review");
}

#[test]
fn what_an_officer_wrote_is_looked_at_too() {
    let town = Town::of(&["eve@x.example"]);
    let (map, rows) = firm(&[("ask bob@x.example", "")]);
    let mut open = Cover { review: review(&town), ..cover(&map) };
    let mut listed = Vec::new();
    items(&open, &rows, &mut |item| listed.push(item.id)).unwrap();
    open.review.decide_on(listed[0].clone(), "redact", Some("ask eve@x.example".into()), (true, None));
    let dir = tempfile::tempdir().unwrap();
    let error = write(&open, &rows, &TestSigner::new(), &dir.path().join("a.zip")).unwrap_err();
    assert_eq!(error.kind, Kind::Refused, "{error}");
}

#[test]
fn much_is_asked_in_parts() {
    let town = Town::of(&["user_70001"]);
    let many: Vec<(String, String)> = (0..70_002).map(|i| (String::new(), format!("user_{i:05}"))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (map, rows) = firm(&many);
    let cover = Cover { review: review(&town), ..cover(&map) };
    assert_eq!(held_by_others(&cover, &rows).unwrap(), HashSet::from(["user_70001".to_owned()]));
    let asked: Vec<usize> = town.asked.borrow().iter().map(Vec::len).collect();
    assert_eq!(asked, [50_000, 20_002]);
}

/// A number is somebody's only in a field that the map calls an identity, and only among identifiers of that kind.
#[test]
fn plain_numbers_are_looked_for_where_they_are_identifiers() {
    let town = Town::of(&["account=52"]);
    let mut map = map();
    let messages = map.sources[1].collections.iter_mut().find(|c| c.name == "messages").unwrap();
    messages.fields.insert("for_account".into(), Field::default());
    messages.fields.insert("price".into(), Field::default());
    messages.identities.push(("account".into(), crate::record::FieldPath::column("for_account")));
    let names = names(&["id", "sender", "recipient", "for_account", "price"]);
    let row = |id: i128, account: Value, price: i128| {
        held(&names, vec![Value::Int(id), text("7"), Value::Null, account, Value::Int(price)], Role::Author, &[0])
    };
    let mut rows = Memory { keyed: true, ..Memory::default() };
    let all =
        vec![row(1, Value::Int(52), 52), row(52, text("52"), 9), row(3, Value::Int(7), 52), row(4, Value::Int(8), 1)];
    rows.add("shop", "messages", all);
    let mut review = review(&town);
    review.known.add("7");
    let mut cover = Cover { review, ..cover(&map) };
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let error = write(&cover, &rows, &TestSigner::new(), &out).unwrap_err();
    assert!(error.message.contains("1 identifier of other people, in shop.messages.for_account (1)"), "{error}");
    assert_eq!(
        *town.asked.borrow(),
        [["account=52".to_owned(), "account=8".to_owned()]],
        "not hers, not prices, not keys"
    );
    // In review both wait; each can be given, redacted or withheld.
    cover.review.theirs = held_by_others(&cover, &rows).unwrap();
    let mut listed = Vec::new();
    items(&cover, &rows, &mut |item| listed.extend(item.is_open().then_some((item.id, item.recognised)))).unwrap();
    assert!(listed.len() == 2 && listed.iter().all(|(_, recognised)| *recognised));
    for ((item, _), word) in listed.iter().zip(["redact", "give"]) {
        cover.review.decide_on(item.clone(), word, None, (true, None));
    }
    cover.review.canary.others = None;
    write(&cover, &rows, &TestSigner::new(), &out).unwrap();
    let lines = file(&out, "data/shop/messages.jsonl");
    assert!(lines.contains(r#""for_account":{"$redacted":"Person 2"},"price":52"#), "{lines}");
    assert!(
        lines.contains(r#""for_account":"52","price":9"#) && lines.contains(r#""for_account":7,"price":52"#),
        "{lines}"
    );
}
