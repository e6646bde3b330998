//! Searching a shop made for it: whose records come out, over which path, and whose do not.

use redress::find::{Counts, Findings, Opened, find};
use redress::map::DataMap;
use redress::resolve::{Pick, Start, parse};

use crate::shop::shop;

fn search<'m>(map: &'m DataMap, selectors: &[&str], pick: Pick) -> redress::error::Result<Findings<'m>> {
    let selectors = selectors.iter().map(|s| parse(s, map)).collect::<Result<_, _>>()?;
    find(map, Opened::all(map), &[Start::Selectors { selectors, pick }], false)
}

/// `collection own shared references`, for every collection with anything in it.
fn summary(findings: &Findings<'_>, subject: usize) -> Vec<String> {
    let nodes = findings.graph.nodes.iter().enumerate();
    nodes
        .filter_map(|(n, node)| {
            let Counts { own, shared, references, .. } = findings.counts(n, subject).unwrap();
            let name = &node.collection.name;
            (own + shared + references > 0).then(|| format!("{name} {own} {shared} {references}"))
        })
        .collect()
}

#[test]
fn one_person_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    for spelling in ["email=ana@example.com", "email= ANA@EXAMPLE.COM", "shop.people.id=1", "shop.people.name=ana"] {
        let findings = search(&map, &[spelling], Pick::default()).unwrap();
        assert_eq!(findings.problems, [], "{spelling}");
        let expected = ["people 1 0 0", "addresses 0 1 0", "orders 2 0 0", "lines 3 0 0", "visits 3 0 0"];
        assert_eq!(summary(&findings, 0), expected, "{spelling}");
    }
}

#[test]
fn leading_space_is_found_through_the_index_too() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["email=CY@example.com"], Pick::default()).unwrap();
    assert_eq!(summary(&findings, 0), ["people 1 0 0", "addresses 0 1 0"]);
    let people = findings.searched.iter().find(|s| s.collection == "people").unwrap();
    assert_eq!(people.read_all, None, "the NOCASE index serves");
    let visits = findings.searched.iter().find(|s| s.collection == "visits").unwrap();
    assert!(visits.read_all.as_deref().unwrap().contains("no index"), "{:?}", visits.read_all);
}

#[test]
fn references_are_listed_and_never_followed() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["staff_email=agent@shop.example"], Pick::default()).unwrap();
    assert_eq!(summary(&findings, 0), ["staff 1 0 0", "people 0 0 3"]);
    let findings = search(&map, &["staff_email=boss@shop.example"], Pick::default()).unwrap();
    assert_eq!(summary(&findings, 0), ["staff 1 0 1"]);
}

#[test]
fn a_phone_two_people_hold_names_neither_and_joins_neither() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let refused = search(&map, &["phone=+65 6123 4567"], Pick::default()).err().unwrap();
    assert_eq!(refused.kind, redress::error::Kind::Refused);
    assert!(refused.hints.iter().any(|h| h == "candidate shop.people id=1 (by phone)"), "{refused:?}");
    let pick = Pick { key: Some("2".into()), accept: Some("called back".into()) };
    let findings = search(&map, &["phone=6123 4567"], pick).unwrap();
    assert_eq!(
        summary(&findings, 0),
        ["people 1 0 0", "addresses 0 1 0", "orders 1 0 0", "lines 1 0 0", "visits 1 0 0"]
    );
    let findings = search(&map, &["email=bo@example.com"], Pick::default()).unwrap();
    assert_eq!(findings.candidates(0).len(), 1, "Ana holds the same phone: listed, not united");
    assert_eq!(findings.subjects[0].identifiers.keys().collect::<Vec<_>>(), ["email"]);
}

#[test]
fn selectors_describe_one_person_with_and() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["phone=61234567", "email=ana@example.com"], Pick::default()).unwrap();
    assert_eq!(summary(&findings, 0)[0], "people 1 0 0");
    let refused = search(&map, &["email=ana@example.com", "email=bo@example.com"], Pick::default()).err().unwrap();
    assert!(refused.message.contains("different persons"), "{refused}");
}

#[test]
fn every_record_says_why_it_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["email=ana@example.com"], Pick::default()).unwrap();
    let lines = findings.graph.node("shop", "lines").unwrap();
    let mut paths = Vec::new();
    let each = findings.each(lines, 0, &mut |row| {
        paths.push(format!("{}: {}", row.key.show(), findings.path(lines, &row.tie)));
        Ok(())
    });
    assert_eq!(each, Ok(()));
    let first =
        "order_no=a-1, line=1: email → shop.people.email (id=1) → shop.orders.person (no=a-1) → shop.lines.order_no";
    assert_eq!(paths[0], first);
    assert_eq!(paths.len(), 3);
}

#[test]
fn identical_records_are_one_with_a_count() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["email=ana@example.com"], Pick::default()).unwrap();
    let visits = findings.graph.node("shop", "visits").unwrap();
    let mut counts = Vec::new();
    let each = findings.each(visits, 0, &mut |row| {
        counts.push(row.count);
        Ok(())
    });
    assert_eq!(each, Ok(()));
    counts.sort_unstable();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn many_people_in_one_search_get_what_each_gets_alone() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let people = ["email=ana@example.com", "email=bo@example.com", "email=dee@example.com"];
    let start = |s: &&str| Start::Selectors { selectors: vec![parse(s, &map).unwrap()], pick: Pick::default() };
    let starts: Vec<Start> = people.iter().map(start).collect();
    let together = find(&map, Opened::all(&map), &starts, false).unwrap();
    for (i, person) in people.iter().enumerate() {
        let alone = search(&map, &[person], Pick::default()).unwrap();
        assert_eq!(summary(&together, i), summary(&alone, 0), "{person}");
        assert_eq!(together.subjects[i], alone.subjects[0], "{person}");
    }
}

#[test]
fn a_resolved_subject_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let first = search(&map, &["email=ana@example.com"], Pick::default()).unwrap();
    let again = find(&map, Opened::all(&map), &[Start::Subject(first.subjects[0].clone())], false).unwrap();
    assert_eq!(summary(&again, 0), summary(&first, 0));
    assert_eq!(again.subjects, first.subjects);
}

#[test]
fn a_pick_in_one_collection_of_persons_leaves_the_others_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut map = shop(dir.path());
    let staff = &mut map.sources[0].collections[0];
    staff.identities.push(("phone".to_owned(), redress::record::FieldPath::column("phone")));
    let conn = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
    conn.execute_batch("ALTER TABLE staff ADD COLUMN phone TEXT; UPDATE staff SET phone = '6123 4567'").unwrap();
    let pick = |key: &str| Pick { key: Some(key.into()), accept: Some("called back".into()) };
    let refused = search(&map, &["phone=61234567"], pick("2")).err().unwrap();
    assert!(refused.message.contains("names several"), "{refused}");
    let findings = search(&map, &["phone=61234567"], pick("shop.people id=2")).unwrap();
    assert_eq!(summary(&findings, 0)[0], "people 1 0 0");
    assert!(!summary(&findings, 0).iter().any(|line| line.starts_with("staff")), "no staff was picked");
    let others: Vec<String> = findings.candidates(0).iter().map(|c| format!("{} {}", c.collection, c.key)).collect();
    for other in ["staff id=1", "staff id=2", "people id=1"] {
        assert!(others.contains(&other.to_owned()), "{other} is named as not united: {others:?}");
    }
}

#[test]
fn a_selector_that_finds_nobody_beside_one_that_does_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let map = shop(dir.path());
    let findings = search(&map, &["email=ana@example.com", "phone=+65 9999 9999"], Pick::default()).unwrap();
    assert_eq!(findings.unmatched(0), Ok(vec!["phone".to_owned()]));
    let findings = search(&map, &["email=ana@example.com", "shop.people.name=ANA"], Pick::default()).unwrap();
    assert_eq!(findings.unmatched(0), Ok(vec![]));
}
