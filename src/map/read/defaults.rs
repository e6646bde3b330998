//! What a source or a collection says for everything under it, so that a table of forty columns needs few lines. The
//! nearest level wins; lists replace, they do not add up.

use super::collection::DISCLOSE;
use super::field::erase;
use super::keys;
use super::law::{ORIGIN, words};
use super::names::Names;
use super::node::{Node, Table};
use super::workspace::undeclared;
use crate::map::{Disclose, FieldErase, Origin, Words};

/// What holds where nothing nearer says otherwise.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    pub(super) purposes: Vec<String>,
    pub(super) recipients: Vec<String>,
    pub(super) automated: Vec<String>,
    pub(super) received_from: Option<Words>,
    pub(super) kept: Option<Words>,
    pub(super) disclose: Option<Disclose>,
    pub(super) field: FieldDefaults,
}

/// What holds for fields.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldDefaults {
    pub(super) category: Option<String>,
    pub(super) origin: Option<Origin>,
    pub(super) erase: Option<FieldErase>,
}

impl Defaults {
    /// What holds in this table: its own word, else that of the level above.
    pub(super) fn read(&self, table: &Table<'_>, names: &Names) -> Defaults {
        let declared = |key: &str, kind: &'static str, above: &Vec<String>| match table.get(key) {
            Some(node) => declared(&node, kind, names),
            None => above.clone(),
        };
        let text = |key: &str| table.get(key).and_then(|n| words(&n));
        Defaults {
            purposes: declared("purposes", "purpose", &self.purposes),
            recipients: declared("recipients", "recipient", &self.recipients),
            automated: declared("automated", "automated", &self.automated),
            received_from: text("received_from").or_else(|| self.received_from.clone()),
            kept: text("kept").or_else(|| self.kept.clone()),
            disclose: table.get("disclose").and_then(|n| n.word(&DISCLOSE)).or(self.disclose),
            field: table.get("default").map_or_else(|| self.field.clone(), |n| self.field.read(&n)),
        }
    }
}

impl FieldDefaults {
    fn read(&self, node: &Node<'_>) -> FieldDefaults {
        let Some(table) = node.table(keys::FIELD_DEFAULTS) else { return self.clone() };
        let category = table.get("category").and_then(|n| n.text()).map(str::to_owned);
        FieldDefaults {
            category: category.or_else(|| self.category.clone()),
            origin: table.get("origin").and_then(|n| n.word(&ORIGIN)).or(self.origin),
            erase: table.get("erase").and_then(|n| erase(&n)).or_else(|| self.erase.clone()),
        }
    }
}

/// A list of names that `redress.toml` declares; `[]` says: none.
fn declared(node: &Node<'_>, kind: &'static str, names: &Names) -> Vec<String> {
    if node.is_empty_list() {
        return Vec::new();
    }
    let texts = node.texts().unwrap_or_default();
    for (text, item) in &texts {
        if let Some((message, hint)) = undeclared(text, names, kind) {
            item.fault(message, Some(hint));
        }
    }
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}
