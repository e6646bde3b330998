//! `fields.NAME = { … }`: what one field is, whether it is handed out, what erasure does with it.

use std::collections::BTreeMap;

use super::collection::{DISCLOSE, path};
use super::defaults::FieldDefaults;
use super::keys;
use super::law::{ORIGIN, words};
use super::node::{Node, Table};
use crate::map::{About, Exempt, Field, FieldErase, SourceMap, Words};

/// The words of `about` for a field.
const ABOUT: [(&str, About); 3] =
    [("subject", About::Subject), ("other", About::Other), ("organisation", About::Organisation)];

/// Reads the fields of a collection.
pub(super) fn fields(table: &Table<'_>, source: &SourceMap, above: &FieldDefaults) -> BTreeMap<String, Field> {
    let mut out = BTreeMap::new();
    for node in table.named("fields") {
        path(&node, node.name, source);
        if let Some(field) = field(&node, source, above) {
            out.insert(node.name.to_owned(), field);
        }
    }
    out
}

/// `{ … }`, or a label alone.
fn field(node: &Node<'_>, source: &SourceMap, above: &FieldDefaults) -> Option<Field> {
    let FieldDefaults { category, origin, erase: rule } = above.clone();
    if node.is_text() {
        let label = node.text().map(str::to_owned);
        return Some(Field { label, category, origin, erase: rule, place: node.place(), ..Field::default() });
    }
    let table = node.table(keys::FIELD)?;
    let label = table.get("label").and_then(|n| words(&n)).unwrap_or_default();
    Some(Field {
        category: table.get("category").and_then(|n| n.text()).map(str::to_owned).or(category),
        label: (!label.text.is_empty()).then_some(label.text),
        labels: label.languages,
        codes: codes(&table),
        origin: table.get("origin").and_then(|n| n.word(&ORIGIN)).or(origin),
        disclose: table.get("disclose").and_then(|n| n.word(&DISCLOSE)),
        exempt: table.get("exempt").and_then(|n| n.word(&Exempt::WORDS)),
        about: table.get("about").and_then(|n| n.word(&ABOUT)).unwrap_or_default(),
        whose: table.get("whose").and_then(|n| n.text()).map(|text| source.field_path(text)),
        erase: table.get("erase").and_then(|n| erase(&n)).or(rule),
        place: table.place(),
    })
}

/// What the codes in a field mean: `{ 0 = "open", 1 = "paid" }`.
fn codes(table: &Table<'_>) -> BTreeMap<String, Words> {
    table.named("codes").iter().filter_map(|n| Some((n.name.to_owned(), words(n)?))).collect()
}

/// A word, or a table of one key.
pub(super) fn erase(node: &Node<'_>) -> Option<FieldErase> {
    if node.is_text() {
        return node.word(&FieldErase::WORDS);
    }
    let entries = if node.is_table() { node.table(keys::FIELD_ERASE)?.entries() } else { Vec::new() };
    let [entry] = entries.as_slice() else {
        let words: Vec<String> = FieldErase::WORDS.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let hint = format!("one of: {}, {{ fixed = \"text\" }}, {{ band = 10 }}, {{ first = 2 }}", words.join(", "));
        node.fault("is not a rule for a field", Some(hint));
        return None;
    };
    match entry.name {
        "fixed" => Some(FieldErase::Fixed(entry.any_text()?.to_owned())),
        "point" => Some(FieldErase::Point(entry.text()?.to_owned())),
        "file" => Some(FieldErase::File(entry.text()?.to_owned())),
        "band" => positive(entry).map(FieldErase::Band),
        "first" => positive(entry).map(FieldErase::First),
        "round" => positive(entry).map(FieldErase::Round),
        "inside" => {
            let rules = entry.open_table()?.entries();
            Some(FieldErase::Inside(rules.iter().filter_map(|n| Some((n.name.to_owned(), erase(n)?))).collect()))
        }
        // What else there is, was said.
        _ => None,
    }
}

/// A whole number from 1.
fn positive<T: std::str::FromStr + PartialOrd + From<u8>>(node: &Node<'_>) -> Option<T> {
    let number = node.number()?.parse().ok().filter(|n: &T| *n >= T::from(1));
    if number.is_none() {
        node.fault("is no number from 1", Some("a whole number: { band = 10 }".into()));
    }
    number
}
