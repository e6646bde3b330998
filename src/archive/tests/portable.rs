//! What a person may take along (GDPR Art. 20): by basis and origin, nothing in or out by silence.

use super::firm::*;
use crate::archive::portable::{Why, of_collection, of_field};
use crate::archive::{Cover, Kind, Written, write};
use crate::map::*;
use crate::record::FieldPath;

/// The firm's map with purposes and origins; alerts stay silent.
fn described() -> DataMap {
    let mut map = map();
    for (name, basis, special) in [
        ("deal", "A6-1-b", None),
        ("fraud", "A6-1-f", None),
        ("care", "A6-1-f", Some("A9-2-a")),
        ("law", "A6-1-c", None),
    ] {
        let purpose = Purpose {
            name: name.into(),
            label: Words::plain(format!("To {name}")),
            basis: basis.into(),
            special: special.map(str::to_owned),
            ..Purpose::default()
        };
        map.purposes.insert(name.into(), purpose);
    }
    for collection in map.sources.iter_mut().flat_map(|s| &mut s.collections) {
        collection.purposes = vec!["deal".into()];
        collection.fields.values_mut().for_each(|f| f.origin = Some(Origin::Provided));
    }
    map
}

fn collection<'m>(map: &'m mut DataMap, source: &str, name: &str) -> &'m mut Collection {
    let source = map.sources.iter_mut().find(|s| s.name == source).unwrap();
    source.collections.iter_mut().find(|c| c.name == name).unwrap()
}

/// The archive of the firm's records, and what was written of it.
fn taken(map: &DataMap) -> (tempfile::TempDir, std::path::PathBuf, Written) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let cover = Cover { kind: Kind::Portable, ..cover(map) };
    let written = write(&cover, &rows(), &TestSigner::new(), &out).unwrap();
    (dir, out, written)
}

fn left(written: &Written) -> Vec<(Why, String)> {
    let place = |l: &crate::archive::Left| {
        format!("{}{}", l.collection, l.field.iter().map(|f| format!(".{f}")).collect::<String>())
    };
    written.left.iter().map(|l| (l.why, place(l))).collect()
}

#[test]
fn basis_decides_on_collections() {
    let map = described();
    let cases: [(&[&str], Option<Why>); 7] = [
        (&["deal"], None),
        (&["law", "deal"], None),
        (&["care"], None),
        (&["fraud"], Some(Why::Basis)),
        (&["law", "fraud"], Some(Why::Basis)),
        (&[], Some(Why::NoBasis)),
        (&["unknown"], Some(Why::NoBasis)),
    ];
    for (purposes, why) in cases {
        let purposes = purposes.iter().map(|p| (*p).to_owned()).collect();
        assert_eq!(of_collection(&map, &Collection { purposes, ..Collection::default() }), why, "{why:?}");
    }
}

#[test]
fn origin_decides_on_fields_and_ties_come_along() {
    let mut map = described();
    let messages = collection(&mut map, "shop", "messages");
    messages.fields.get_mut("body").unwrap().origin = Some(Origin::Derived);
    messages.fields.insert("shown".into(), Field { origin: Some(Origin::Observed), ..Field::default() });
    messages.fields.insert("bought".into(), Field { origin: Some(Origin::Received), ..Field::default() });
    messages.fields.insert("bare".into(), Field::default());
    messages.fields.insert("recipient".into(), Field { category: Some("user.name".into()), ..Field::default() });
    messages.other.push("shard".into());
    messages.identities.push(("email".into(), FieldPath::column("mail")));
    let (source, messages) = (map.source("shop").unwrap(), map.collection("shop", "messages").unwrap());
    let cases = [
        ("id", None),
        ("sender", None),
        ("sent_at", None),
        ("shown", None),
        ("body", Some(Why::Derived)),
        ("bought", Some(Why::Received)),
        ("bare", Some(Why::NoOrigin)),
        ("recipient", Some(Why::NoOrigin)),
        ("mail", Some(Why::NoOrigin)),
        ("shard", Some(Why::Technical)),
    ];
    for (path, why) in cases {
        assert_eq!(of_field(&map, source, messages, path), why, "{path}");
    }
    // What others lead to is a tie too.
    let (source, desks) = (source, map.collection("shop", "desks").unwrap());
    assert_eq!(of_field(&map, source, desks, "id"), None);
}

#[test]
fn what_may_go_is_in_and_the_rest_is_named() {
    let mut map = described();
    collection(&mut map, "shop", "accounts").fields.get_mut("photo").unwrap().origin = Some(Origin::Derived);
    let events = collection(&mut map, "Web Logs", "Events");
    events.fields.get_mut("device.id").unwrap().origin = Some(Origin::Derived);
    events.fields.get_mut("items[].sku").unwrap().origin = Some(Origin::Received);
    let (_dir, out, written) = taken(&map);
    let account = file(&out, "data/shop/accounts.jsonl");
    assert!(account.contains("ana@example.com") && account.contains("\"id\":7"), "{account}");
    for gone in ["photo", "shard", "risk_flag", SECRET] {
        assert!(!account.contains(gone), "{gone}: {account}");
    }
    // What the map does not know waits, as in a copy; what must be read first, too.
    assert!(account.contains(r#""new_column":{"$withheld":"unknown-column"}"#), "{account}");
    let events = file(&out, "data/web-logs/events.jsonl");
    assert!(!events.contains("sku") && !events.contains("d-1") && events.contains(r#""name":"Ana""#), "{events}");
    assert!(
        events.contains(r#"{"comment":{"$withheld":"review"},"seller":{"$withheld":"about-another-person"}}"#),
        "{events}"
    );
    assert!(unpack(&out).iter().all(|(name, _)| !name.contains("notes") && !name.contains("alerts")));
    let expected = [
        (Why::Derived, "accounts.photo"),
        (Why::Technical, "accounts.shard"),
        (Why::ByOthers, "notes"),
        (Why::Derived, "Events.device.id"),
        (Why::Received, "Events.items[].sku"),
        (Why::Technical, "Events.ts"),
    ];
    assert_eq!(left(&written), expected.map(|(why, place)| (why, place.to_owned())));
    assert_eq!(written.undecided().count(), 0);
    let page = file(&out, "START-HERE.html");
    for says in [
        "Article 20",
        "What is not here, and why",
        "Written about you by others",
        "notes</strong>: 3 records",
        "Concluded, not given by you",
        "ask for a copy",
    ] {
        assert!(page.contains(says), "{says}");
    }
    for not in [SECRET, "Risk flag label", "Money laundering", "Where they came from</h2>"] {
        assert!(!page.contains(not), "{not}");
    }
}

#[test]
fn what_the_map_does_not_say_is_neither_in_nor_out_by_silence() {
    let mut map = described();
    collection(&mut map, "shop", "messages").purposes.clear();
    collection(&mut map, "shop", "accounts").fields.get_mut("name").unwrap().origin = None;
    let (_dir, out, written) = taken(&map);
    let open: Vec<_> = written.undecided().map(|l| (l.why.word(), l.field.clone().unwrap_or_default())).collect();
    assert_eq!(open, [("no-origin", "name".to_owned()), ("no-purpose", String::new())]);
    let known = written.withheld.iter().filter(|(r, _)| r.is_open()).map(|(_, n)| n).sum::<u64>();
    assert_eq!(written.pending(), known + 2);
    let page = file(&out, "START-HERE.html");
    for says in
        ["2 parts of which it is not settled", "Not decided yet: why it is held", "Not decided yet: where it came from"]
    {
        assert!(page.contains(says), "{says}");
    }
    assert!(!file(&out, "data/shop/accounts.jsonl").contains("HYPERLINK"));
}

#[test]
fn a_copy_is_the_whole_as_before() {
    let map = described();
    let (dir, signer) = (tempfile::tempdir().unwrap(), TestSigner::new());
    let out = dir.path().join("a.zip");
    let written = write(&cover(&map), &rows(), &signer, &out).unwrap();
    assert_eq!(written.left, []);
    assert!(
        file(&out, "data/shop/notes.jsonl").contains("late")
            && file(&out, "bag-info.txt").contains("Redress-Right: access")
    );
    let package: serde_json::Value = serde_json::from_str(&file(&out, "datapackage.json")).unwrap();
    let dpv = &package["dpv"];
    assert_eq!(dpv["hasRight"], "https://w3id.org/dpv/legal/eu/gdpr#A15");
    let justification = |reason: &str| dpv["hasJustification"][reason].as_str().unwrap_or_default().to_owned();
    assert_eq!(justification("about-another-person"), "https://w3id.org/dpv/justifications#ThirdPartyRightsImpaired");
    assert_eq!(justification("never"), "https://w3id.org/dpv/justifications#SecurityImpaired");
    assert_eq!(justification("review"), "", "nobody has decided");
    let bases = &package["resources"][0]["dpv"]["hasLegalBasis"];
    assert_eq!(bases, &serde_json::json!(["https://w3id.org/dpv/legal/eu/gdpr#A6-1-b"]));
}

#[test]
fn programs_are_told_what_is_left_out_and_nothing_silent() {
    let mut map = described();
    collection(&mut map, "Web Logs", "Events").purposes = vec!["fraud".into()];
    let (_dir, out, _) = taken(&map);
    let package: serde_json::Value = serde_json::from_str(&file(&out, "datapackage.json")).unwrap();
    assert_eq!(package["dpv"]["hasRight"], "https://w3id.org/dpv/legal/eu/gdpr#A20");
    let left = package["redress"]["left"].as_array().unwrap();
    let events = left.iter().find(|l| l["collection"] == "Events").unwrap();
    let expected = serde_json::json!({
        "system": "Web Logs", "collection": "Events", "field": null, "records": 2, "why": "other-basis",
        "hasLegalBasis": ["https://w3id.org/dpv/legal/eu/gdpr#A6-1-f"],
    });
    assert_eq!(*events, expected);
    for (name, bytes) in unpack(&out) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for silent in [SECRET, "aml_alerts", "risk_flag", "money laundering"] {
            assert!(!text.contains(silent) && !name.contains(silent), "{silent} is in {name}");
        }
    }
}
