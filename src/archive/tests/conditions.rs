//! Fields that lead to one collection or another, as the record says: whose they are, and what is withheld of them.

use super::firm::{held, link, names, text};
use crate::archive::withhold::{Rules, Shown};
use crate::archive::{Kind, Row};
use crate::map::{Collection, Condition, DataMap, Role, SourceMap};
use crate::record::{FieldPath, Key, Value};

/// Whether the id of a comment is given, of a record that says it is of this type and that `links` led to.
fn is_given(kind: &str, links: &[usize]) -> bool {
    let only = |kind: &str| -> Condition { vec![(FieldPath::column("kind"), vec![kind.to_owned()])] };
    let lead = |to: &str, kind: &str, role| {
        let mut link = link(FieldPath::column("of"), ("shop", to), role);
        link.only = only(kind);
        link
    };
    let comments = Collection {
        name: "comments".into(),
        links: vec![lead("orders", "Order", Role::Owner), lead("people", "Person", Role::Reference)],
        other: vec!["kind".into(), "text".into()],
        ..Collection::default()
    };
    let collection =
        |name: &str, person| Collection { name: name.into(), person, key: vec!["id".into()], ..Collection::default() };
    let collections = vec![comments, collection("orders", false), collection("people", true)];
    let source = SourceMap { name: "shop".into(), collections, ..SourceMap::default() };
    let map = DataMap { sources: vec![source], ..DataMap::default() };
    let rules = Rules::of(&map, &map.sources[0], &map.sources[0].collections[0], &[], Kind::Copy);
    let one = held(&names(&["of", "kind", "text"]), vec![Value::Int(4), text(kind), text("x")], Role::Owner, links);
    let key = Key::Columns(Vec::new());
    let row = Row { record: &one.record, key: &key, count: 1, role: one.role, way: "", links };
    let shown = rules.field("of").show(&Value::Int(4), &rules.ties(&row)).map(|s| matches!(s, Shown::Given(_)));
    shown.unwrap_or(false)
}

#[test]
fn the_number_of_an_order_is_not_withheld_as_a_persons() {
    assert!(is_given("Order", &[0]), "her order's comment says which order");
    assert!(!is_given("Person", &[]), "another person's number");
    assert!(is_given("Person", &[1]), "her own");
    assert!(!is_given("Parcel", &[]), "nobody knows what the number is of");
}
