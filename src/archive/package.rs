//! `datapackage.json`: a Frictionless Data Package (v1) that names every data file, its columns with plain-language
//! labels, where they come from, its length and its hash.

use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::assemble::Payload;
use super::collection::Told;
use super::deflate::Entry;
use super::page::label;
use super::portable::Left;
use super::reason::Reason;
use super::visible::{is_hidden, line};
use super::{Cover, Kind, csv, files, names, schema, searched};
use crate::language::say;
use crate::map::Collection;

/// Terms of the W3C Data Privacy Vocabulary for the GDPR: rights and legal bases.
const GDPR: &str = "https://w3id.org/dpv/legal/eu/gdpr#";
/// Its terms for why something is not given.
const JUSTIFICATIONS: &str = "https://w3id.org/dpv/justifications#";

/// What `datapackage.json` tells of.
pub struct Package<'a> {
    /// The request.
    pub cover: &'a Cover<'a>,
    /// The collections inside.
    pub told: &'a [Told],
    /// What is no part of what a person may take along.
    pub left: &'a [Left],
    /// Every data file.
    pub payload: &'a Payload,
}

impl Package<'_> {
    /// Writes `datapackage.json`, one file after the other: there may be very many.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = escaped_json(&self.head());
        out.write_all(head.trim_end().trim_end_matches('}').trim_end().as_bytes())?;
        out.write_all(b",\n  \"resources\": [")?;
        let mut apart = "\n";
        self.resources(&mut |entry, about| {
            let text = escaped_json(&resource(entry, about));
            out.write_all(apart.as_bytes())?;
            apart = ",\n";
            let lines = text.trim_end().split('\n').map(|line| format!("    {line}"));
            out.write_all(lines.collect::<Vec<_>>().join("\n").as_bytes())
        })?;
        out.write_all(b"\n  ]\n}\n")
    }

    /// All but the files.
    fn head(&self) -> Json {
        let (cover, mut withheld) = (self.cover, BTreeMap::new());
        for (reason, n) in self.told.iter().flat_map(Told::by_reason) {
            *withheld.entry(reason).or_default() += n;
        }
        let say = |key: &str| cover.language.say(key).into_owned();
        json!({
            "profile": "data-package",
            "name": names::slug(&format!("personal-data-{}", cover.reference)),
            "id": line(&cover.reference),
            "title": say(match cover.kind {
                Kind::Copy => "package-title-copy",
                Kind::Portable => "package-title-portable",
            }),
            "description": say("package-text"),
            "languages": [cover.language.tag()],
            "created": cover.as_of.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "contributors": [{ "title": line(&cover.map.controller.name), "role": "publisher" }],
            "redress": { "format": super::FORMAT, "right": cover.kind.right(), "withheld": counts(&withheld), "left": self.left.iter().map(|l| outside(cover, l)).collect::<Vec<_>>() },
            "dpv": { "hasRight": format!("{GDPR}{}", cover.kind.term()), "hasJustification": justifications(&withheld) },
        })
    }

    /// Every file that is named, with what is said of it.
    fn resources(&self, each: Each<'_>) -> io::Result<()> {
        let cover = self.cover;
        for one in self.told {
            for (ending, describe) in [(".jsonl", jsonl as Describe), (".csv", table), (schema::ENDING, schema_file)] {
                if let Some(entry) = self.payload.at(&format!("{}{ending}", one.base)) {
                    each(entry, describe(cover, one))?;
                }
            }
        }
        if let Some(entry) = self.payload.at(searched::PATH) {
            each(entry, searched::describe(cover))?;
        }
        for entry in self.payload.entries().filter(|e| e.path.contains("/files/")) {
            let ending = entry.path.rsplit('.').next().unwrap_or_default();
            let mut about = Map::new();
            about.insert("profile".into(), "data-resource".into());
            about.insert("type".into(), "file".into());
            about.insert("mediatype".into(), files::media_type(ending).into());
            each(entry, about)?;
        }
        Ok(())
    }
}

/// JSON for people to read, harmless where somebody prints it.
pub fn escaped_json(json: &Json) -> String {
    escaped(&serde_json::to_string_pretty(json).unwrap_or_default()) + "\n"
}

/// JSON text with what steers or hides as escapes: the same values, and harmless where somebody prints the file. Such
/// characters stand only inside its strings.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match is_hidden(c) && c != '\n' {
            true => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
            false => out.push(c),
        }
    }
    out
}

/// Something that was found and is not here: where, why, and on which legal bases it is held.
fn outside(cover: &Cover<'_>, left: &Left) -> Json {
    let bases = cover.map.collection(&left.source, &left.collection).map(|c| bases(cover, c)).unwrap_or_default();
    json!({
        "system": left.source, "collection": left.collection, "field": left.field, "records": left.records,
        "why": left.why.word(), "hasLegalBasis": bases,
    })
}

/// For each reason for which a value is not given, the term that says why.
fn justifications(withheld: &BTreeMap<Reason, u64>) -> Json {
    let term =
        |reason: &Reason| Some((reason.word().to_owned(), format!("{JUSTIFICATIONS}{}", reason.justification()?)));
    Json::Object(withheld.keys().filter_map(term).map(|(word, term)| (word, term.into())).collect())
}

/// The legal bases of a collection's purposes.
fn bases(cover: &Cover<'_>, collection: &Collection) -> Vec<String> {
    let purposes = collection.purposes.iter().filter_map(|name| cover.map.purposes.get(name));
    let terms: BTreeSet<&str> =
        purposes.flat_map(|p| [Some(p.basis.as_str()), p.special.as_deref()]).flatten().collect();
    terms.into_iter().filter(|term| !term.is_empty()).map(|term| format!("{GDPR}{term}")).collect()
}

/// What is done with each file that is named, and what is said of it.
type Each<'e> = &'e mut dyn FnMut(&Entry, Map<String, Json>) -> io::Result<()>;

type Describe = fn(&Cover<'_>, &Told) -> Map<String, Json>;

fn resource(entry: &Entry, about: Map<String, Json>) -> Json {
    let mut out = Map::new();
    let name = entry.path.strip_prefix("data/").unwrap_or(&entry.path);
    out.insert("name".into(), name.into());
    out.insert("path".into(), (*entry.path).into());
    out.extend(about);
    out.insert("bytes".into(), entry.bytes.into());
    out.insert("hash".into(), format!("sha256:{}", entry.sha256).into());
    Json::Object(out)
}

fn jsonl(cover: &Cover<'_>, told: &Told) -> Map<String, Json> {
    let mut out = common(cover, told, "package-jsonl");
    out.insert("profile".into(), "data-resource".into());
    // A file to validators: the records of a collection of documents need not have the same members.
    out.insert("type".into(), "file".into());
    out.insert("format".into(), "jsonl".into());
    out.insert("mediatype".into(), "application/x-ndjson".into());
    out.insert("jsonSchema".into(), format!("{}{}", told.base, schema::ENDING).into());
    out.insert("encoding".into(), "utf-8".into());
    out
}

fn schema_file(cover: &Cover<'_>, told: &Told) -> Map<String, Json> {
    let mut out = common(cover, told, "package-schema");
    out.insert("profile".into(), "data-resource".into());
    out.insert("type".into(), "file".into());
    out.insert("format".into(), "json".into());
    out.insert("mediatype".into(), "application/schema+json".into());
    out.insert("encoding".into(), "utf-8".into());
    out
}

fn table(cover: &Cover<'_>, told: &Told) -> Map<String, Json> {
    let mut out = common(cover, told, "package-csv");
    out.insert("profile".into(), "tabular-data-resource".into());
    out.insert("format".into(), "csv".into());
    out.insert("mediatype".into(), "text/csv".into());
    out.insert("encoding".into(), "utf-8".into());
    out.insert("description".into(), cover.language.say("package-neutralised").into());
    out.insert("dialect".into(), csv::dialect());
    let fields: Vec<Json> = told
        .columns
        .iter()
        .map(|column| field(cover, told, &column.name, &column.origin, column.kinds.table_type()))
        .collect();
    let missing: Vec<&str> = std::iter::once("").chain(Reason::ALL.map(Reason::cell)).collect();
    out.insert("schema".into(), json!({ "fields": fields, "missingValues": missing }));
    out
}

fn common(cover: &Cover<'_>, told: &Told, how: &str) -> Map<String, Json> {
    let collection = cover.map.collection(&told.source, &told.collection);
    let language = cover.language;
    let label = collection.map_or(told.collection.as_str(), |c| c.label_in(language.tag()));
    let mut out = Map::new();
    out.insert("title".into(), language.aside(&line(label), &language.say(how)).into());
    out.insert(
        "redress".into(),
        json!({
            "system": told.source,
            "collection": told.collection,
            "records": told.records,
            "withheld": counts(&told.by_reason()),
        }),
    );
    let bases = collection.map(|c| bases(cover, c)).unwrap_or_default();
    if !bases.is_empty() {
        out.insert("dpv".into(), json!({ "hasLegalBasis": bases }));
    }
    out
}

fn field(cover: &Cover<'_>, told: &Told, name: &str, origin: &str, ty: &str) -> Json {
    let collection = cover.map.collection(&told.source, &told.collection);
    let known = collection.and_then(|c| c.field(origin));
    let mut out = Map::new();
    out.insert("name".into(), name.into());
    out.insert("type".into(), ty.into());
    out.insert("title".into(), label(cover.language, collection, origin).into());
    let inside = |path: &str| {
        path == origin || path.starts_with(&format!("{origin}.")) || path.starts_with(&format!("{origin}["))
    };
    let mut notes: Vec<String> = Vec::new();
    for ((path, reason), n) in told.withheld.iter().filter(|((path, _), _)| inside(path)) {
        let language = cover.language;
        let note = match reason {
            Reason::Redacted => say!(language, "package-redacted", n = *n),
            _ => say!(language, "package-withheld", n = *n, why = language.within(&reason.title(language))),
        };
        notes.push(if path == origin { note } else { language.pair(&line(path), &note) });
    }
    if !notes.is_empty() {
        out.insert("description".into(), cover.language.series(&notes).into());
    }
    if let Some(category) = known.and_then(|f| f.category.as_ref()) {
        out.insert("category".into(), category.clone().into());
    }
    if let Some(origin) = known.and(collection).and_then(|c| c.origin(origin)) {
        out.insert("provenance".into(), origin.word().into());
    }
    out.insert("origin".into(), format!("{}.{}.{origin}", told.source, told.collection).into());
    Json::Object(out)
}

fn counts(withheld: &BTreeMap<Reason, u64>) -> Json {
    Json::Object(withheld.iter().map(|(reason, n)| (reason.word().to_owned(), (*n).into())).collect())
}
