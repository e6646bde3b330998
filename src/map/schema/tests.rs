//! The schemas against the reader: the same keys, and maps that are read well fit them.

use super::*;
use crate::map::read::keys;
use std::collections::BTreeSet;

/// Whether a value fits a schema, as far as these schemas go: what does not fit, and where.
fn misfits(schema: &Json, value: &Json, at: &str, out: &mut Vec<String>) {
    if let Some(ways) = schema["anyOf"].as_array() {
        let tried: Vec<Vec<String>> = ways
            .iter()
            .map(|way| {
                let mut found = Vec::new();
                misfits(way, value, at, &mut found);
                found
            })
            .collect();
        if !tried.iter().any(Vec::is_empty) {
            out.push(format!("{at}: none of {} ways", ways.len()));
        }
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        out.push(format!("{at}: not a word of the list"));
    }
    let is_type = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    if !is_type {
        out.push(format!("{at}: not {}", schema["type"]));
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        misfits(&schema["items"], item, &format!("{at}[{number}]"), out);
    }
    let Some(entries) = value.as_object().filter(|_| schema["type"] == "object") else { return };
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        if !entries.contains_key(key) {
            out.push(format!("{at}: without {key}"));
        }
    }
    for (key, entry) in entries {
        let known = &schema["properties"][key];
        let other = &schema["additionalProperties"];
        match (known.is_null(), other) {
            (true, Json::Bool(false)) => out.push(format!("{at}: unknown key {key}")),
            (true, other) => misfits(other, entry, &format!("{at}.{key}"), out),
            (false, _) => misfits(known, entry, &format!("{at}.{key}"), out),
        }
    }
}

fn fit(schema: &Json, toml: &str) -> Vec<String> {
    let table: toml::Table = toml.parse().unwrap();
    let mut out = Vec::new();
    misfits(schema, &serde_json::to_value(table).unwrap(), "", &mut out);
    out
}

fn keys_of(schema: &Json) -> BTreeSet<&str> {
    schema["properties"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    let (workspace, source) = (workspace_schema(), source_schema());
    let each = |key: &str| &workspace["properties"][key]["additionalProperties"];
    let collection = &source["properties"]["collection"]["additionalProperties"];
    let field = &collection["properties"]["fields"]["additionalProperties"]["anyOf"][1];
    let tables: [(&Json, &[&[&str]]); 18] = [
        (&workspace, &[keys::WORKSPACE]),
        (&workspace["properties"]["controller"], &[keys::CONTROLLER]),
        (each("affiliate"), &[keys::CONTROLLER]),
        (each("purpose"), &[keys::PURPOSE]),
        (each("recipient"), &[keys::RECIPIENT]),
        (each("automated"), &[keys::AUTOMATED]),
        (each("identity"), &[keys::IDENTITY]),
        (each("retention"), &[keys::RETENTION]),
        (&workspace["properties"]["acknowledge"]["items"], &[keys::ACKNOWLEDGE]),
        (&source, &[keys::SOURCE, keys::DEFAULTS]),
        (&source["properties"]["default"], &[keys::FIELD_DEFAULTS]),
        (collection, &[keys::COLLECTION, keys::DEFAULTS]),
        (&collection["properties"]["default"], &[keys::FIELD_DEFAULTS]),
        (&collection["properties"]["links"]["items"], &[keys::LINK]),
        (&collection["properties"]["retain"], &[keys::RETAIN]),
        (field, &[keys::FIELD]),
        (&workspace["properties"]["erasure"], &[keys::ERASURE]),
        (&collection["properties"]["isolate"], &[keys::ISOLATE]),
    ];
    for (schema, known) in tables {
        assert_eq!(keys_of(schema), known.concat().into_iter().collect(), "{}", schema["description"]);
    }
}

#[test]
fn maps_that_are_read_fit_and_others_do_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/marketplace");
    let text = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    assert_eq!(fit(&workspace_schema(), &text("redress.toml")), [""; 0]);
    for name in ["shop", "exports", "events"] {
        assert_eq!(fit(&source_schema(), &text(&format!("sources/{name}.toml"))), [""; 0], "{name}");
    }
    let wrong = [
        ("kind = \"oracle\"\n", ".kind: not a word of the list"),
        ("path = \"x\"\n", ": without kind"),
        ("kind = \"csv\"\n[collection.a]\nerse = \"delete\"\n", ".collection.a: unknown key erse"),
        ("kind = \"csv\"\n[collection.a]\nperson = \"yes\"\n", ".collection.a.person: not \"boolean\""),
        ("kind = \"csv\"\n[collection.a]\nlinks = [{ from = \"a\" }]\n", ".collection.a.links[0]: without to"),
        ("kind = \"csv\"\n[collection.a]\nfields.b = { erase = \"zero\" }\n", ".collection.a.fields.b: none of 2 ways"),
    ];
    for (map, says) in wrong {
        let found = fit(&source_schema(), map);
        assert!(found.iter().any(|f| f == says), "{map}: {found:?}");
    }
}
