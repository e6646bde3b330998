//! Searching a shop made for it: whose records come out, over which path, and whose do not.

use redress::find::{Counts, Findings, Opened, find};
use redress::map::{Address, Collection, DataMap, Identity, Link, NormalForm, Role, SourceMap, Strength};
use redress::record::FieldPath;
use redress::resolve::{Pick, Start, parse};
use std::path::Path;

const SHOP: &str = "
    CREATE TABLE staff (id INTEGER PRIMARY KEY, email TEXT UNIQUE, boss INTEGER REFERENCES staff);
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, phone TEXT, name TEXT,
        agent INTEGER REFERENCES staff, home INTEGER);
    CREATE TABLE addresses (id INTEGER PRIMARY KEY, street TEXT);
    CREATE TABLE orders (no TEXT PRIMARY KEY NOT NULL, person INTEGER REFERENCES people, total REAL);
    CREATE TABLE lines (order_no TEXT REFERENCES orders, line INTEGER, thing TEXT, PRIMARY KEY (order_no, line)) WITHOUT ROWID;
    CREATE TABLE visits (mail TEXT, seen TEXT);
    INSERT INTO staff VALUES (1, 'boss@shop.example', NULL), (2, 'agent@shop.example', 1);
    INSERT INTO people VALUES
        (1, 'Ana@Example.com', '+65 6123 4567', 'Ana', 2, 10), (2, 'bo@example.com', '61234567', 'Bo', 2, 10),
        (3, ' cy@example.com', NULL, 'Cy', 2, 11), (4, 'dee@example.com', '+6561110000', 'Dee', NULL, 12);
    INSERT INTO addresses VALUES (10, 'Long Street'), (11, 'Short Street'), (12, 'Quiet Lane');
    INSERT INTO orders VALUES ('a-1', 1, 9.5), ('a-2', 1, 1), ('b-1', 2, 3);
    INSERT INTO lines VALUES ('a-1', 1, 'pen'), ('a-1', 2, 'ink'), ('a-2', 1, 'pad'), ('b-1', 1, 'pen');
    INSERT INTO visits VALUES ('ana@example.com ', '2026-01-01'), ('ANA@EXAMPLE.COM', '2026-01-02'),
        ('ANA@EXAMPLE.COM', '2026-01-02'), ('bo@example.com', '2026-01-03'), ('', '2026-01-04'), (NULL, NULL);
";

fn shop(dir: &Path) -> DataMap {
    let path = dir.join("shop.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch(SHOP).unwrap();
    let identity =
        |name: &str, normal| (name.to_owned(), Identity { name: name.to_owned(), normal, strength: Strength::Unique });
    let mut collections = vec![
        collection("staff", &["id"], true, &[("staff_email", "email")], &[("boss", "staff.id", Role::Reference)]),
        collection(
            "people",
            &["id"],
            true,
            &[("email", "email"), ("phone", "phone")],
            &[("agent", "staff.id", Role::Reference)],
        ),
        collection("addresses", &["id"], false, &[], &[("id", "people.home", Role::Shared)]),
        collection("orders", &["no"], false, &[], &[("person", "people.id", Role::Owner)]),
        collection("lines", &["order_no", "line"], false, &[], &[("order_no", "orders.no", Role::Owner)]),
        collection("visits", &[], false, &[("email", "mail")], &[]),
    ];
    collections[1].other = vec!["name".into()];
    let address = Address { kind: "sqlite".into(), path, written: "shop.db".into(), ..Address::default() };
    let source = SourceMap {
        name: "shop".into(),
        address,
        default_country: Some("SG".into()),
        collections,
        ..SourceMap::default()
    };
    let identities = [
        identity("email", NormalForm::Email),
        identity("staff_email", NormalForm::Email),
        identity("phone", NormalForm::Phone),
    ];
    DataMap { identities: identities.into(), sources: vec![source], ..DataMap::default() }
}

fn collection(
    name: &str,
    key: &[&str],
    person: bool,
    identities: &[(&str, &str)],
    links: &[(&str, &str, Role)],
) -> Collection {
    let link = |(from, to, role): &(&str, &str, Role)| {
        let (to_collection, to) = to.split_once('.').unwrap();
        Link {
            from: vec![FieldPath::column(from)],
            to_source: "shop".into(),
            to_collection: to_collection.into(),
            to: vec![FieldPath::column(to)],
            role: *role,
            shared: *role == Role::Shared,
            decision: Default::default(),
            because: None,
            place: Default::default(),
        }
    };
    Collection {
        name: name.into(),
        person,
        key: key.iter().map(|k| (*k).to_owned()).collect(),
        identities: identities.iter().map(|(i, f)| ((*i).to_owned(), FieldPath::column(f))).collect(),
        links: links.iter().map(link).collect(),
        ..Collection::default()
    }
}

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
