//! The plan file: JSON Lines. A header, one change a line, a footer with totals and the SHA-256 of all bytes before it.
//!
//! Reading refuses what was edited or cut off. A plan holds names and values: its file is private (0600).

mod remembered;

use serde_json::{Map, Value as Json, json};
use std::path::Path;

use super::{Change, Effects, Header, Plan};
use crate::error::{Error, Result};
use crate::map::{Ground, Role};
use crate::record::{Digest, FieldPath, Key, Value};
use crate::resolve::{KnownRecord, NamedField, PersonRecord, Subject};

/// The version of the format this build writes and reads.
const FORMAT: u64 = 2;

/// A plan read from a file, with the digest that names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The plan.
    pub plan: Plan,
    /// SHA-256 of the file's bytes before its footer.
    pub digest: Digest,
}

/// The bytes of a plan's file.
pub fn write(plan: &Plan) -> Vec<u8> {
    let mut lines = vec![header_json(&plan.header).to_string()];
    lines.extend(plan.changes.iter().map(|c| change_json(c).to_string()));
    lines.extend(remembered::lines(&plan.effects).iter().map(Json::to_string));
    let mut bytes = (lines.join("\n") + "\n").into_bytes();
    let digest = Digest::of(&bytes);
    let totals: Map<String, Json> = plan
        .totals()
        .into_iter()
        .map(|(action, n)| (json!(action).as_str().unwrap_or_default().to_owned(), n.into()))
        .collect();
    let footer = json!({"footer": {"changes": plan.changes.len(), "totals": totals, "sha256": digest}});
    bytes.extend(format!("{footer}\n").bytes());
    bytes
}

/// Reads the bytes of the plan file at `path` (the path is for messages).
pub fn read(bytes: &[u8], path: &Path) -> Result<Sealed> {
    let refuse = |what: &str| {
        Error::refused(format!("{}: {what}", path.display())).hint("make the plan anew; a plan is never edited by hand")
    };
    let text = std::str::from_utf8(bytes).map_err(|_| refuse("it is not a plan of Redress"))?;
    let body_end = text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
    let (body, footer) = text.split_at(body_end);
    let footer: Json =
        serde_json::from_str(footer).map_err(|_| refuse("the plan is cut off: its last line is missing"))?;
    let Some(sealed) = footer["footer"]["sha256"].as_str().and_then(Digest::parse) else {
        return Err(refuse("the plan is cut off: its last line is missing"));
    };
    let digest = Digest::of(body.as_bytes());
    if digest != sealed {
        return Err(refuse("the plan was changed after it was made"));
    }
    let mut lines = body.lines();
    let first: Json =
        lines.next().and_then(|l| serde_json::from_str(l).ok()).ok_or_else(|| refuse("it has no header"))?;
    if first["redress_plan"].as_u64() != Some(FORMAT) {
        return Err(refuse("it was written by another version of Redress"));
    }
    let header = header_of(&first).ok_or_else(|| refuse("its header cannot be read"))?;
    let (mut changes, mut effects) = (Vec::new(), Effects::default());
    for (i, line) in lines.enumerate() {
        let json: Option<Json> = serde_json::from_str(line).ok();
        let read = json.and_then(|json| match json.get("remember").is_some() {
            true => remembered::take(&json["remember"], &mut effects),
            false => change_of(&json).map(|change| changes.push(change)),
        });
        read.ok_or_else(|| refuse(&format!("line {} cannot be read", i + 2)))?;
    }
    Ok(Sealed { plan: Plan { header, changes, effects }, digest })
}

fn header_json(header: &Header) -> Json {
    json!({
        "redress_plan": FORMAT,
        "asked": header.asked,
        "ground": header.ground.as_deref().and_then(Ground::of).map(|g| json!({"code": g.code, "law": g.law, "text": g.text})),
        "requests": header.requests,
        "subjects": header.subjects.iter().map(subject_json).collect::<Vec<_>>(),
        "written": header.written,
        "map": header.map,
        "schemas": header.schemas,
        "created": header.created.to_string(),
        "today": header.today,
        "log_head": header.log_head,
        "unreviewed": header.unreviewed,
        "undo": header.undo,
        "holds": header.holds,
        "problems": header.problems,
    })
}

fn header_of(json: &Json) -> Option<Header> {
    let list = |name: &str| json[name].as_array();
    Some(Header {
        asked: serde_json::from_value(json["asked"].clone()).ok()?,
        ground: json["ground"]["code"].as_str().map(str::to_owned),
        requests: list("requests")?.iter().map(|r| Some(r.as_str()?.to_owned())).collect::<Option<_>>()?,
        subjects: list("subjects")?.iter().map(subject_of).collect::<Option<_>>()?,
        // Plans made before there was a sweep say nothing of it.
        written: json.get("written").map_or(Some(Vec::new()), |w| serde_json::from_value(w.clone()).ok())?,
        map: Digest::parse(json["map"].as_str()?)?,
        schemas: Digest::parse(json["schemas"].as_str()?)?,
        created: json["created"].as_str()?.parse().ok()?,
        today: json["today"].as_str()?.parse().ok()?,
        log_head: json["log_head"].as_str().map(str::to_owned),
        unreviewed: json["unreviewed"].as_u64()?,
        undo: json["undo"].as_str().map(str::to_owned),
        holds: serde_json::from_value(json["holds"].clone()).ok()?,
        problems: serde_json::from_value(json["problems"].clone()).ok()?,
    })
}

fn subject_json(subject: &Subject) -> Json {
    let person =
        |p: &PersonRecord| json!({"source": p.source, "collection": p.collection, "key": p.key.to_exact_json()});
    let field =
        |f: &NamedField| json!({"source": f.source, "collection": f.collection, "field": f.field, "value": f.value});
    let record = |r: &KnownRecord| {
        let mut json = json!({"source": r.source, "collection": r.collection, "key": r.key.to_exact_json(), "role": r.role.word()});
        if !r.others.is_empty() {
            json["others"] = json!(r.others);
        }
        json
    };
    json!({
        "identifiers": subject.identifiers,
        "persons": subject.persons.iter().map(person).collect::<Vec<_>>(),
        "fields": subject.fields.iter().map(field).collect::<Vec<_>>(),
        "records": subject.records.iter().map(record).collect::<Vec<_>>(),
    })
}

fn subject_of(json: &Json) -> Option<Subject> {
    let text = |j: &Json, name: &str| Some(j[name].as_str()?.to_owned());
    let person = |p: &Json| {
        let (source, collection) = (text(p, "source")?, text(p, "collection")?);
        Some(PersonRecord { source, collection, key: Key::from_json(&p["key"])? })
    };
    let field = |f: &Json| {
        let (source, collection) = (text(f, "source")?, text(f, "collection")?);
        Some(NamedField { source, collection, field: text(f, "field")?, value: text(f, "value")? })
    };
    let record = |r: &Json| {
        let (source, collection) = (text(r, "source")?, text(r, "collection")?);
        let role = Role::of_word(r["role"].as_str()?)?;
        let others = remembered::others(&r["others"])?;
        Some(KnownRecord { source, collection, key: Key::from_json(&r["key"])?, role, others })
    };
    Some(Subject {
        identifiers: serde_json::from_value(json["identifiers"].clone()).ok()?,
        persons: json["persons"].as_array()?.iter().map(person).collect::<Option<_>>()?,
        fields: json["fields"].as_array()?.iter().map(field).collect::<Option<_>>()?,
        records: json["records"].as_array()?.iter().map(record).collect::<Option<_>>()?,
    })
}

fn change_json(change: &Change) -> Json {
    let fields = |fields: &[(FieldPath, Value)]| -> Json {
        fields.iter().map(|(field, value)| json!([path_json(field), value.to_exact_json()])).collect()
    };
    json!({
        "source": change.source,
        "collection": change.collection,
        "key": change.key.to_exact_json(),
        "count": change.count,
        "action": change.action,
        "end": change.end,
        "tells": change.tells,
        "proposal": change.proposal,
        "old": fields(&change.old),
        "after": fields(&change.after),
        "files": change.files,
        "near": change.near.as_ref().map(Key::to_exact_json),
        "key_after": change.key_after.as_ref().map(Key::to_exact_json),
        "before": change.before,
        "reason": change.reason,
        "role": change.role.word(),
        "path": change.path,
    })
}

fn change_of(json: &Json) -> Option<Change> {
    let text = |name: &str| Some(json[name].as_str()?.to_owned());
    let field = |pair: &Json| Some((path_of(pair.get(0)?)?, Value::from_json(pair.get(1)?)?));
    let fields = |name: &str| json[name].as_array()?.iter().map(field).collect::<Option<Vec<_>>>();
    let key = |name: &str| match &json[name] {
        Json::Null => Some(None),
        key => Key::from_json(key).map(Some),
    };
    Some(Change {
        source: text("source")?,
        collection: text("collection")?,
        key: Key::from_json(&json["key"])?,
        count: json["count"].as_u64()?,
        action: serde_json::from_value(json["action"].clone()).ok()?,
        end: serde_json::from_value(json["end"].clone()).ok()?,
        tells: serde_json::from_value(json["tells"].clone()).ok()?,
        proposal: serde_json::from_value(json["proposal"].clone()).ok()?,
        old: fields("old")?,
        after: fields("after")?,
        files: serde_json::from_value(json["files"].clone()).ok()?,
        near: key("near")?,
        key_after: key("key_after")?,
        before: Digest::parse(json["before"].as_str()?)?,
        reason: serde_json::from_value(json["reason"].clone()).ok()?,
        role: Role::of_word(json["role"].as_str()?)?,
        path: text("path")?,
    })
}

/// A path as its steps, so that no quoting is needed: names as text, `[]` as null, one
/// element as its number.
fn path_json(path: &FieldPath) -> Json {
    use crate::record::Step;
    let step = |s: &Step| match s {
        Step::Name(name) => json!(name),
        Step::Each => Json::Null,
        Step::At(n) => json!(n),
    };
    path.steps().iter().map(step).collect()
}

fn path_of(json: &Json) -> Option<FieldPath> {
    use crate::record::Step;
    let step = |s: &Json| match s {
        Json::Null => Some(Step::Each),
        Json::Number(n) => Some(Step::At(usize::try_from(n.as_u64()?).ok()?)),
        other => Some(Step::Name(other.as_str()?.to_owned())),
    };
    Some(FieldPath::of(json.as_array()?.iter().map(step).collect::<Option<_>>()?))
}
