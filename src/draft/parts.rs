//! What stands inside a column's values: members of documents, attributes of composite types, elements of arrays. Each is
//! looked at by its own name, and what the whole column holds follows from them. How the values of a column are read is
//! not decided here. Pure.

use serde_json::Value as Json;
use std::collections::BTreeMap;

use super::recognise::{Kind, Recognition};
use crate::map::{Disclose, FieldErase};
use crate::record::Value;
use crate::source::Column;

/// How many values are looked into.
const MOST: usize = 300;
/// How deep documents are looked into.
const DEEPEST: usize = 4;

/// What stands inside the values, by the way to it; nothing where they are not made of parts.
pub(super) fn parts(column: &Column, values: &[&Value]) -> BTreeMap<String, Vec<Value>> {
    let mut parts: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let looked_at = &values[..values.len().min(MOST)];
    if !column.parts.is_empty() {
        for text in looked_at.iter().filter_map(|v| v.plain()) {
            let rows = if is_array(column) { elements(&text) } else { vec![text.into_owned()] };
            for row in rows {
                for (name, part) in column.parts.iter().zip(elements(&row)) {
                    parts.entry(name.clone()).or_default().push(Value::Text(part));
                }
            }
        }
        return parts;
    }
    let documents: Vec<Value> = looked_at.iter().filter_map(|v| document(v)).collect();
    if documents.len() * 5 >= looked_at.len() * 4 {
        documents.iter().for_each(|d| members(d, "", DEEPEST, &mut parts));
    }
    parts
}

/// The elements of arrays that a server wrote as text; none where the column holds no arrays.
pub(super) fn of_array(column: &Column, values: &[&Value]) -> Option<Vec<Value>> {
    let texts = || values.iter().take(MOST).filter_map(|v| v.plain());
    (is_array(column) && column.parts.is_empty()).then(|| texts().flat_map(|t| elements(&t)).map(Value::Text).collect())
}

fn is_array(column: &Column) -> bool {
    column.declared.ends_with("[]")
}

/// A value as a document: an object, a list of such, or a text that is one.
fn document(value: &Value) -> Option<Value> {
    match value {
        Value::Object(_) => Some(value.clone()),
        Value::List(items) if items.iter().any(|i| matches!(i, Value::Object(_))) => Some(value.clone()),
        Value::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            let json: Json = serde_json::from_str(text).ok()?;
            document(&Value::from_json(&json)?)
        }
        _ => None,
    }
}

fn members(value: &Value, way: &str, deepest: usize, parts: &mut BTreeMap<String, Vec<Value>>) {
    match value {
        Value::Object(all) if deepest > 0 => {
            for (name, value) in all {
                let way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
                members(value, &way, deepest - 1, parts);
            }
        }
        Value::List(items) => items.iter().for_each(|item| members(item, way, deepest, parts)),
        Value::Null | Value::Object(_) => {}
        leaf => parts.entry(way.to_owned()).or_default().push(leaf.clone()),
    }
}

/// The elements of an array, or the attributes of a composite value, that PostgreSQL wrote as text; those of arrays in an
/// array one after the other.
fn elements(text: &str) -> Vec<String> {
    let inner = text.find(['{', '(']).map_or("", |at| &text[at + 1..text.len().max(at + 2) - 1]);
    let (mut all, mut one, mut quoted, mut said) = (Vec::new(), String::new(), false, false);
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => one.extend(chars.next()),
            '"' if quoted && chars.peek() == Some(&'"') => one.extend(chars.next()),
            '"' => (quoted, said) = (!quoted, true),
            ',' if !quoted => {
                all.push(std::mem::take(&mut one));
                said = false;
            }
            '{' | '}' if !quoted => {}
            c => one.push(c),
        }
    }
    if !one.is_empty() || said || !all.is_empty() {
        all.push(one);
    }
    all
}

/// What a column holds whose parts were recognised, each with its name; `own` is what it is by its name alone.
pub(super) fn whole(column: &Column, own: Recognition, parts: &[(String, Recognition)], worth: u8) -> Recognition {
    let personal = |r: &Recognition| r.kind.is_personal() && r.confidence >= worth;
    let told: Vec<&(String, Recognition)> = parts.iter().filter(|(_, r)| personal(r)).collect();
    let Some((name, first)) = told.iter().max_by_key(|(_, r)| (r.kind.is_secret(), r.confidence)).copied() else {
        return own;
    };
    let one_kind = told.iter().all(|(_, r)| r.kind == first.kind);
    let kind = match () {
        () if one_kind || first.kind.is_secret() => first.kind,
        () if told.iter().all(|(_, r)| r.kind.is_address()) => Kind::Address,
        () if personal(&own) => own.kind,
        () => Kind::Mixed,
    };
    let strictest = told.iter().filter_map(|(_, r)| r.disclose).max_by_key(|d| *d == Disclose::Never);
    Recognition {
        kind,
        category: kind.category().map(str::to_owned),
        label: own.label.or_else(|| Some(super::fields::spoken(&column.name))),
        identity: None,
        disclose: strictest.or(own.disclose),
        erase: Some(FieldErase::Null),
        about_other: told.iter().all(|(_, r)| r.about_other),
        confidence: first.confidence.max(own.confidence),
        evidence: format!("its part {name}: {}", first.evidence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_wrote_comes_apart() {
        let cases: [(&str, &[&str]); 9] = [
            ("{1,2}", &["1", "2"]),
            ("{}", &[]),
            ("{{1,2},{3,4}}", &["1", "2", "3", "4"]),
            ("[0:1]={1,2}", &["1", "2"]),
            (r#"{"a,b","q\"","",NULL}"#, &["a,b", "q\"", "", "NULL"]),
            (r#"(1,"Long ""St"" 1",)"#, &["1", "Long \"St\" 1", ""]),
            ("(,)", &["", ""]),
            (r#"("")"#, &[""]),
            ("nothing", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(elements(text), expected, "{text}");
        }
    }

    #[test]
    fn documents_are_looked_into_as_text_and_as_values() {
        let text = Value::from(r#"{"mail": "ana@x.example", "at": {"zip": 10, "tags": ["a", "b"]}, "n": null}"#);
        let json: Json = serde_json::from_str(r#"[{"mail": "bo@x.example"}]"#).unwrap();
        let (value, other) = (Value::from_json(&json).unwrap(), Value::from("no document"));
        let found = parts(&Column::default(), &[&text, &value]);
        let ways: Vec<(&str, usize)> = found.iter().map(|(way, values)| (way.as_str(), values.len())).collect();
        assert_eq!(ways, [("at.tags", 2), ("at.zip", 1), ("mail", 2)]);
        assert!(parts(&Column::default(), &[&text, &other]).is_empty());
    }
}
