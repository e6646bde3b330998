//! A JSON Schema (2020-12) for each collection: what a line of its `.jsonl` may hold, with labels, and what stands in the
//! place of a value that is withheld.
//!
//! It follows from what was written, so every record fits it. Nothing silent is in it.

use serde_json::{Map, Value as Json, json};

use super::collection::Told;
use super::columns::{Column, Met};
use super::page::label;
use super::reason::Reason;
use super::visible::line;
use super::{Cover, package};
use crate::language::{Language, say};
use crate::map::Words;

/// The ending of a schema's file.
pub const ENDING: &str = ".schema.json";

/// The schema of a collection's records.
pub fn schema(cover: &Cover<'_>, told: &Told) -> String {
    let collection = cover.map.collection(&told.source, &told.collection);
    let language = cover.language;
    let mut properties = Map::new();
    for column in &told.columns {
        let mut about = Map::new();
        about.insert("title".into(), label(language, collection, &column.origin).into());
        let field = collection.and_then(|c| c.field(&column.origin));
        let codes = field.map(|f| &f.codes).filter(|codes| !codes.is_empty());
        if let Some(codes) = codes {
            let of = |(code, words): (&String, &Words)| language.pair(code, words.in_language(language.tag()));
            about
                .insert("description".into(), line(&language.series(&codes.iter().map(of).collect::<Vec<_>>())).into());
        }
        about.insert("anyOf".into(), any_of(column).into());
        properties.insert(column.name.clone(), Json::Object(about));
    }
    let title = line(collection.map_or(told.collection.as_str(), |c| c.label_in(language.tag())));
    package::escaped_json(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": say!(language, "schema-text", file = format!("{}.jsonl", told.base)),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": definitions(language),
    }))
}

/// What stands in a column: the types met, null, and what may stand for a value.
fn any_of(column: &Column) -> Vec<Json> {
    let mut types = vec!["null"];
    let mut others = Vec::new();
    for met in column.kinds.met() {
        match met {
            Met::Int => types.push("integer"),
            Met::Number => types.push("number"),
            Met::Bool => types.push("boolean"),
            Met::List => types.push("array"),
            Met::Object => types.push("object"),
            Met::Other => {
                types.extend(["string", "number"]);
                others.push("tagged");
            }
        }
    }
    types.dedup();
    let withheld = column.withheld.iter().enumerate().any(|(i, n)| *n > 0 && i != Reason::Redacted.index());
    if withheld {
        others.push("withheld");
    }
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    std::iter::once(json!({ "type": types })).chain(others.into_iter().map(reference)).collect()
}

fn definitions(language: &Language) -> Json {
    let say = |key: &str| language.say(key).into_owned();
    let text = || json!({ "type": "string" });
    let tagged = |tag: &str, title: &str| json!({ "type": "object", "title": say(title), "properties": { tag: text() }, "required": [tag], "additionalProperties": false });
    let reasons: Vec<&str> = Reason::ALL.into_iter().map(Reason::word).collect();
    json!({
        "withheld": {
            "type": "object",
            "title": say("schema-withheld"),
            "properties": { "$withheld": { "enum": reasons } },
            "required": ["$withheld"],
            "additionalProperties": false,
        },
        "tagged": { "oneOf": [
            tagged("$redacted", "schema-redacted"),
            tagged("$file", "schema-file"),
            tagged("$bytes", "schema-bytes"),
            tagged("$decimal", "schema-number"),
            tagged("$float", "schema-number"),
            {
                "type": "object",
                "title": say("schema-native"),
                "properties": { "$type": text(), "text": text() },
                "required": ["$type", "text"],
                "additionalProperties": false,
            },
        ] },
    })
}
