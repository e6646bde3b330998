//! `[collection.NAME]`: what one table or file of records holds, and the rules for it.

use super::defaults::Defaults;
use super::field;
use super::keys;
use super::law::words;
use super::link;
use super::names::{Names, path_fault};
use super::node::{Node, Table};
use super::workspace::{duration, undeclared};
use crate::map::{About, Collection, Decision, Disclose, Erase, Field, FieldErase, Isolation, Retain, SourceMap};
use crate::record::FieldPath;

/// The words of `disclose`.
pub(super) const DISCLOSE: [(&str, Disclose); 4] =
    [("yes", Disclose::Yes), ("review", Disclose::Review), ("never", Disclose::Never), ("silent", Disclose::Silent)];

/// The words of `erase` for a collection.
const ERASE: [(&str, Erase); 4] =
    [("delete", Erase::Delete), ("anonymise", Erase::Anonymise), ("isolate", Erase::Isolate), ("keep", Erase::Keep)];

/// Reads one collection.
pub(super) fn collection(node: &Node<'_>, source: &SourceMap, names: &Names, above: &Defaults) -> Option<Collection> {
    let table = node.table(&[keys::COLLECTION, keys::DEFAULTS].concat())?;
    let Defaults { purposes, recipients, automated, received_from, kept, disclose, field } = above.read(&table, names);
    let about = table.get("about").and_then(|n| n.word(&[("subject", About::Subject), ("nobody", About::Nobody)]));
    let label = table.get("label").and_then(|n| words(&n)).unwrap_or_default();
    let collection = Collection {
        name: node.name.to_owned(),
        label: (!label.text.is_empty()).then_some(label.text),
        labels: label.languages,
        person: table.get("person").and_then(|n| n.flag()).unwrap_or_default(),
        about: about.unwrap_or_default(),
        key: columns(&table, "key"),
        identities: identities(&table, source, names),
        links: link::links(&table, node.name, source, names),
        erase: table.get("erase").and_then(|n| n.word(&ERASE)),
        because: table.get("because").and_then(|n| words(&n)),
        decision: table.get("decision").and_then(|n| decision(&n)).unwrap_or_default(),
        accepts_non_transactional: table
            .get("non_transactional")
            .is_some_and(|n| n.word(&[("accept", true), ("refuse", false)]).unwrap_or_default()),
        retain: table.get("retain").and_then(|n| retain(&n, source, names)),
        dated: table.get("dated").and_then(|n| n.text().and_then(|text| path(&n, text, source))),
        isolate: table.get("isolate").and_then(|n| isolate(&n, source)),
        purposes,
        recipients,
        automated,
        received_from,
        kept,
        disclose: disclose.unwrap_or_default(),
        fields: field::fields(&table, source, &field),
        other: other(&table, source),
        place: table.place(),
    };
    agree(&table, &collection, source);
    Some(collection)
}

/// A decision that is not made: its absence is how a person's decision is written.
pub(super) fn decision(node: &Node<'_>) -> Option<Decision> {
    node.word(&[("open", Decision::Open), ("accepted unreviewed", Decision::Unreviewed)])
}

/// A path as the source reads it; a fault where it is none.
pub(super) fn path(node: &Node<'_>, text: &str, source: &SourceMap) -> Option<FieldPath> {
    match path_fault(source, text) {
        None => Some(source.field_path(text)),
        Some(fault) => {
            node.fault(format!("{text:?} {fault}"), None);
            None
        }
    }
}

fn columns(table: &Table<'_>, key: &str) -> Vec<String> {
    let texts = table.get(key).and_then(|n| n.texts());
    texts.map_or_else(Vec::new, |texts| texts.into_iter().map(|(text, _)| text.to_owned()).collect())
}

fn identities(table: &Table<'_>, source: &SourceMap, names: &Names) -> Vec<(String, FieldPath)> {
    let mut out: Vec<(String, FieldPath)> = Vec::new();
    for node in table.named("identities") {
        if let Some((message, hint)) = undeclared(node.name, names, "identity") {
            node.key_fault(message, Some(hint));
        }
        for (text, item) in node.texts().unwrap_or_default() {
            if let Some(path) = path(&item, text, source) {
                out.push((node.name.to_owned(), path));
            }
        }
    }
    out
}

fn retain(node: &Node<'_>, source: &SourceMap, names: &Names) -> Option<Retain> {
    let table = node.table(keys::RETAIN)?;
    let from = table.get("from").and_then(|n| n.text().and_then(|text| path(&n, text, source)));
    let rule = table.need("rule", "name a rule of redress.toml: retain = { rule = \"…\", from = \"…\" }")?;
    let name = rule.text()?;
    if let Some((message, hint)) = undeclared(name, names, "retention") {
        rule.fault(message, Some(hint));
    }
    let needs = table.get("needs").map(|n| paths(&n, source));
    Some(Retain { rule: name.to_owned(), from, needs })
}

/// A list of fields; `[]`: none.
fn paths(node: &Node<'_>, source: &SourceMap) -> Vec<FieldPath> {
    if node.is_empty_list() {
        return Vec::new();
    }
    node.texts().unwrap_or_default().into_iter().filter_map(|(text, item)| path(&item, text, source)).collect()
}

/// How records are locked away: `{ flag = "locked", value = "1", for = "P6M" }`.
fn isolate(node: &Node<'_>, source: &SourceMap) -> Option<Isolation> {
    let table = node.table(keys::ISOLATE)?;
    let flag = table.need("flag", "name the field that marks a record as locked away");
    let value = table.need("value", "say what stands in it then: value = \"1\"");
    let flag = flag.and_then(|n| n.text().and_then(|text| path(&n, text, source)));
    let value = value.and_then(|n| n.text());
    let keep = table.get("for").and_then(|n| duration(&n));
    let (keep, keep_text) = keep.map_or((None, None), |(span, text)| (Some(span), Some(text)));
    Some(Isolation { flag: flag?, value: value?.to_owned(), keep, keep_text })
}

fn other(table: &Table<'_>, source: &SourceMap) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for item in table.get("other").and_then(|n| n.items()).unwrap_or_default() {
        let Some(text) = item.text() else { continue };
        if path(&item, text, source).is_none() {
            continue;
        }
        match out.iter().any(|known| known == text) {
            true => item.fault(format!("{text:?} stands here twice"), Some("remove one".into())),
            false => out.push(text.to_owned()),
        }
    }
    out
}

/// Faults where the parts of a collection contradict each other.
fn agree(table: &Table<'_>, collection: &Collection, source: &SourceMap) {
    let says = |key: &str| table.get(key).is_some();
    if collection.person && !says("key") {
        let hint = "name the columns that address one person: key = [\"id\"]";
        table.fault("a person collection without a key", Some(hint.into()));
    }
    if collection.erase == Some(Erase::Isolate) && !says("isolate") {
        let hint = "name the field that locks a record away: isolate = { flag = \"…\", value = \"…\", for = \"P6M\" }";
        table.fault("erase = \"isolate\" without a way to do it", Some(hint.into()));
    }
    if collection.erase == Some(Erase::Isolate) && !says("because") {
        let hint = "say in plain words why these records cannot be deleted yet: because = \"…\"";
        table.fault("erase = \"isolate\" without because", Some(hint.into()));
    }
    if collection.erase == Some(Erase::Keep) && !says("because") {
        let hint = "say in plain words why these records stay: because = \"…\"";
        table.fault("erase = \"keep\" without because", Some(hint.into()));
    }
    let open = collection.decision == Decision::Open;
    let ruled = |field: &Field| field.erase.as_ref().is_some_and(|e| *e != FieldErase::Keep);
    if collection.erase == Some(Erase::Anonymise) && !open && !collection.fields.values().any(ruled) {
        let hint = "give the personal fields a rule: fields.NAME = { category = \"…\", erase = \"null\" }";
        table.fault("erase = \"anonymise\", but no field says what is done with it", Some(hint.into()));
    }
    about_nobody(table, collection);
    mentioned_once(table, collection, source);
}

fn about_nobody(table: &Table<'_>, collection: &Collection) {
    if collection.about != About::Nobody {
        return;
    }
    for key in ["person", "identities", "links", "retain", "dated"] {
        let Some(node) = table.get(key) else { continue };
        if key != "person" || collection.person {
            let hint = "remove one of the two";
            node.key_fault("contradicts about = \"nobody\"", Some(hint.into()));
        }
    }
}

/// A field in `other` is about nobody: it is no field, no identity; and a field has one entry, however it is spelt.
fn mentioned_once(table: &Table<'_>, collection: &Collection, source: &SourceMap) {
    let other: Vec<FieldPath> = collection.other.iter().map(|text| source.field_path(text)).collect();
    let is_other = |path: &FieldPath| other.iter().any(|o| o.steps() == path.steps());
    let mut seen: Vec<FieldPath> = Vec::new();
    for node in table.named("fields") {
        let path = source.field_path(node.name);
        if is_other(&path) {
            let hint = "other is for columns about nobody: remove it from one of the two";
            node.key_fault("stands in other too", Some(hint.into()));
        }
        if seen.iter().any(|s| s.steps() == path.steps()) {
            node.key_fault("is the same field as one above, written differently", Some("remove one".into()));
        }
        seen.push(path);
        let key = collection.key.iter().any(|k| *k == node.name);
        if key && collection.fields.get(node.name).is_some_and(|f| f.erase == Some(FieldErase::Null)) {
            let hint = "a key cannot be empty: use \"tombstone\" (text) or \"keep\"";
            node.fault("is part of the key, and erase = \"null\" would empty it", Some(hint.into()));
        }
    }
    if let Some(node) = table.get("identities")
        && let Some((name, path)) = collection.identities.iter().find(|(_, path)| is_other(path))
    {
        let hint = "an identity is about the subject: remove it from other";
        node.fault(format!("{path} is the identity {name} and stands in other too"), Some(hint.into()));
    }
}
