//! `fields.NAME = { … }`: what one field is, whether it is handed out, what erasure does with it.

use std::collections::BTreeMap;

use super::collection::{DISCLOSE, path};
use super::node::{Node, Table};
use crate::map::{About, Field, FieldErase, SourceMap};

/// Reads the fields of a collection.
pub(super) fn fields(table: &Table<'_>, source: &SourceMap) -> BTreeMap<String, Field> {
    let mut out = BTreeMap::new();
    for node in table.named("fields") {
        path(&node, node.name, source);
        if let Some(field) = field(&node) {
            out.insert(node.name.to_owned(), field);
        }
    }
    out
}

fn field(node: &Node<'_>) -> Option<Field> {
    let table = node.table(&["category", "label", "disclose", "about", "erase"])?;
    let text = |key| table.get(key).and_then(|n| n.text()).map(str::to_owned);
    let about = table.get("about").and_then(|n| n.word(&[("subject", About::Subject), ("other", About::Other)]));
    Some(Field {
        category: text("category"),
        label: text("label"),
        disclose: table.get("disclose").and_then(|n| n.word(&DISCLOSE)),
        about: about.unwrap_or_default(),
        erase: table.get("erase").and_then(|n| erase(&n)),
        place: table.place(),
    })
}

/// A word, or `{ fixed = "text" }`.
fn erase(node: &Node<'_>) -> Option<FieldErase> {
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
    let fixed = node.table(&["fixed"])?.need("fixed", "write erase = { fixed = \"text\" }")?;
    Some(FieldErase::Fixed(fixed.any_text()?.to_owned()))
}
