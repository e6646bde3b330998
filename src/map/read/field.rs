//! `fields.NAME = { … }`: what one field is, whether it is handed out, what erasure does with it.

use std::collections::BTreeMap;

use super::collection::{DISCLOSE, path};
use super::defaults::FieldDefaults;
use super::keys;
use super::law::{ORIGIN, words};
use super::node::{Node, Table};
use crate::map::{About, Field, FieldErase, SourceMap, Words};

/// The words of `about` for a field.
const ABOUT: [(&str, About); 3] =
    [("subject", About::Subject), ("other", About::Other), ("organisation", About::Organisation)];

/// Reads the fields of a collection.
pub(super) fn fields(table: &Table<'_>, source: &SourceMap, above: &FieldDefaults) -> BTreeMap<String, Field> {
    let mut out = BTreeMap::new();
    for node in table.named("fields") {
        path(&node, node.name, source);
        if let Some(field) = field(&node, above) {
            out.insert(node.name.to_owned(), field);
        }
    }
    out
}

/// `{ … }`, or a label alone.
fn field(node: &Node<'_>, above: &FieldDefaults) -> Option<Field> {
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
        about: table.get("about").and_then(|n| n.word(&ABOUT)).unwrap_or_default(),
        erase: table.get("erase").and_then(|n| erase(&n)).or(rule),
        place: table.place(),
    })
}

/// What the codes in a field mean: `{ 0 = "open", 1 = "paid" }`.
fn codes(table: &Table<'_>) -> BTreeMap<String, Words> {
    table.named("codes").iter().filter_map(|n| Some((n.name.to_owned(), words(n)?))).collect()
}

/// A word, or `{ fixed = "text" }`.
pub(super) fn erase(node: &Node<'_>) -> Option<FieldErase> {
    if node.is_text() {
        let words = [("null", FieldErase::Null), ("tombstone", FieldErase::Tombstone), ("keep", FieldErase::Keep)];
        return node.word(&words);
    }
    if !node.is_table() {
        node.fault(
            "is not a rule for a field",
            Some("one of: \"null\", \"tombstone\", \"keep\", { fixed = \"text\" }".into()),
        );
        return None;
    }
    let fixed = node.table(keys::FIXED)?.need("fixed", "write erase = { fixed = \"text\" }")?;
    Some(FieldErase::Fixed(fixed.any_text()?.to_owned()))
}
