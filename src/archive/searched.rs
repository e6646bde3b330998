//! `data/searched.csv`: every collection that was searched and how many records it holds of the person, none included.
//!
//! An answer that found nothing has this one data file, so that it is a bag and a data package all the same.

use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

use super::collection::Told;
use super::portable::{Kind, of_collection};
use super::silence::Silence;
use super::visible::line;
use super::{Cover, csv};

/// Where it is.
pub const PATH: &str = "data/searched.csv";
/// Its name within `data/`, which no system's folder may take.
pub const NAME: &str = "searched.csv";

/// The file's content. Nothing silent is in it.
pub fn content(cover: &Cover<'_>, silence: &Silence, told: &[Told]) -> Vec<u8> {
    let place = |t: &Told| ((t.source.clone(), t.collection.clone()), t.records);
    let records: HashMap<(String, String), u64> = told.iter().map(place).collect();
    let mut out = Vec::new();
    row(&mut out, ["system", "collection", "label", "records", "system_read_in_full"]);
    for searched in &cover.searched {
        // Of what stays out of a portable archive nothing is counted here: the answer names it.
        let is_open = |c: &&String| !silence.is_silent(&searched.source, c) && is_within(cover, &searched.source, c);
        for collection in searched.collections.iter().filter(is_open) {
            let of_map = cover.map.collection(&searched.source, collection);
            let label = of_map.map_or(collection.as_str(), |c| c.label_in(cover.language.tag()));
            let found = records.get(&(searched.source.clone(), collection.clone())).copied().unwrap_or_default();
            let complete = if searched.complete { "true" } else { "false" };
            row(&mut out, [&searched.source, collection, &line(label), &found.to_string(), complete]);
        }
    }
    out
}

fn is_within(cover: &Cover<'_>, source: &str, collection: &str) -> bool {
    let of_map = cover.map.collection(source, collection);
    cover.kind == Kind::Copy || of_map.is_some_and(|c| of_collection(cover.map, c).is_none())
}

fn row(out: &mut Vec<u8>, cells: [&str; 5]) {
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        csv::text(out, cell);
    }
    out.extend_from_slice(csv::LINE_END);
}

/// What the package says of it.
pub fn describe(cover: &Cover<'_>) -> Map<String, Json> {
    let say = |key: &str| cover.language.say(key).into_owned();
    let records = match cover.kind {
        Kind::Copy => "package-searched-records-copy",
        Kind::Portable => "package-searched-records-portable",
    };
    let field = |name: &str, ty: &str, title: &str| json!({ "name": name, "type": ty, "title": say(title) });
    let about = json!({
        "title": say("package-searched"),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": say("package-neutralised"),
        "dialect": csv::dialect(),
        "schema": { "fields": [
            field("system", "string", "package-searched-system"),
            field("collection", "string", "package-searched-collection"),
            field("label", "string", "package-searched-label"),
            field("records", "integer", records),
            field("system_read_in_full", "boolean", "package-searched-whole"),
        ] },
    });
    match about {
        Json::Object(about) => about,
        _ => Map::new(),
    }
}
