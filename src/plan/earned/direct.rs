//! What names the person by itself in a record as it will be: identifiers that stay, pseudonyms, free text.

use super::Tested;
use crate::find::Findings;
use crate::map::category::{is_or_below, names_somebody};
use crate::map::{About, Field, NormalForm};
use crate::plan::known::Known;
use crate::plan::stay::is_at;
use crate::plan::{Change, End};
use crate::record::{FieldPath, Value};

/// Looks at every field.
pub(super) fn test(findings: &Findings<'_>, known: &Known, change: &Change, one: &mut Tested) {
    let node = &findings.graph.nodes[one.row.node];
    let collection = node.collection;
    let changed = |path: &FieldPath| change.after.iter().any(|(f, _)| f == path || is_at(path, f));
    let others_too = change.reason.code == "others-too";
    let mut failures: Vec<(End, String)> = Vec::new();
    let mut told: Vec<FieldPath> = Vec::new();
    for (name, field) in collection.fields.iter().filter(|(_, f)| f.about == About::Subject) {
        let path = node.source.field_path(name);
        let held: Vec<&Value> = one.row.record.at(&path).into_iter().filter(|v| says_something(v)).collect();
        // What is another's in a record of several people is not hers.
        let hers = |v: &&&Value| !others_too || known.is_hers(v) || names_her_in(known, v);
        if held.iter().filter(hers).count() == 0 {
            continue;
        }
        let in_words = held.iter().filter(hers).any(|v| is_in_words(v));
        if let Some(failure) = by_rule(field, name, changed(&path), in_words) {
            failures.push(failure);
            told.push(path);
        }
    }
    for (identity, path) in &collection.identities {
        let number = findings.graph.map.identities.get(identity).is_some_and(|i| i.normal == NormalForm::Exact);
        // A number that addresses the record says nothing by itself; what leads to it is looked at elsewhere.
        let addresses = number && collection.key.iter().any(|k| k == path.as_str());
        let stays = !addresses && !changed(path) && !told.contains(path);
        let hers = |v: &&&Value| says_something(v) && (!others_too || known.is_hers(v));
        if stays && one.row.record.at(path).iter().filter(hers).count() > 0 {
            failures.push((End::Masked, format!("{path} stays, the person's {identity}")));
            told.push(path.clone());
        }
    }
    for (name, value) in one.row.record.names.iter().zip(&one.row.record.values) {
        let path = FieldPath::column(name);
        let is_key = collection.key.contains(name);
        let seen = told.iter().any(|t| t.root() == name);
        if !is_key && !seen && !changed(&path) && names_her_in(known, value) {
            failures.push((End::Masked, format!("{name} holds something the person is known by")));
        }
    }
    failures.into_iter().for_each(|(end, why)| one.fails(end, why));
}

/// What a field's rule leaves.
fn by_rule(field: &Field, name: &str, changed: bool, in_words: bool) -> Option<(End, String)> {
    let category = field.category.as_deref().unwrap_or_default();
    match (changed, &field.erase) {
        (true, Some(rule)) if rule.is_pseudonym() => {
            Some((End::Pseudonymised, format!("{name} holds a pseudonym ({})", rule.word())))
        }
        (true, _) => None,
        // Scrubbed, there was nothing of hers in it.
        (false, Some(crate::map::FieldErase::Scrub)) => None,
        (false, _) if names_somebody(category) => Some((End::Masked, format!("{name} stays ({category})"))),
        (false, _) if in_words && is_or_below(category, "user.content") => {
            Some((End::Masked, format!("{name} stays: free text or pictures, which may tell who it is")))
        }
        (false, _) => None,
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Text(text) => !text.trim().is_empty(),
        Value::List(items) => items.iter().any(says_something),
        Value::Object(members) => members.iter().any(|(_, v)| says_something(v)),
        _ => true,
    }
}

/// Whether a value is free text or a picture: a date or a number of stars is neither.
fn is_in_words(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count() > 1,
        Value::Bytes(_) => true,
        Value::List(items) => items.iter().any(is_in_words),
        Value::Object(members) => members.iter().any(|(_, v)| is_in_words(v)),
        _ => false,
    }
}

/// Whether a value, or anything inside it, holds something that she is known by. Short numbers are everywhere.
fn names_her_in(known: &Known, value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(|v| names_her_in(known, v)),
        Value::Object(members) => members.iter().any(|(_, v)| names_her_in(known, v)),
        Value::Text(text) | Value::Native { text, .. } => !known.within(text).is_empty(),
        _ => false,
    }
}
