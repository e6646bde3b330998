//! What a plan has the register remember, as lines of its file: hashes, places and days.

use serde_json::{Value as Json, json};

use crate::ledger::{Gone, Tag};
use crate::map::Role;
use crate::plan::{Effects, Forgotten, Waiting};

/// The lines, none where nothing is remembered.
pub(super) fn lines(effects: &Effects) -> Vec<Json> {
    let Some(key) = &effects.key else { return Vec::new() };
    let mut lines = vec![json!({"remember": {"key": key, "keep": effects.keep}})];
    lines.extend(effects.forgotten.iter().map(|f| json!({"remember": {"erased": forgotten(f)}})));
    lines.extend(effects.waiting.iter().map(|w| json!({"remember": {"kept": waiting(w)}})));
    lines
}

fn forgotten(person: &Forgotten) -> Json {
    let tags: Vec<String> = person.identities.iter().map(Tag::to_string).collect();
    let record = |g: &Gone| {
        let after = g.after.map(|tag| tag.to_string());
        let mut json = json!([g.key.to_string(), g.before.to_string(), after, g.role.word()]);
        if let (false, Some(parts)) = (g.others.is_empty(), json.as_array_mut()) {
            parts.push(json!(g.others));
        }
        json
    };
    json!({"subject": person.subject, "identities": tags, "records": person.records.iter().map(record).collect::<Vec<_>>()})
}

fn waiting(w: &Waiting) -> Json {
    let mut json = json!({
        "subject": w.subject, "source": w.source, "collection": w.collection, "key": w.key.to_string(),
        "count": w.count, "role": w.role.word(), "code": w.code, "by": w.by, "until": w.until,
    });
    if !w.others.is_empty() {
        json["others"] = json!(w.others);
    }
    json
}

/// What made a record somebody else's as well; nothing where nothing is said.
pub(super) fn others(json: &Json) -> Option<Vec<String>> {
    match json {
        Json::Null => Some(Vec::new()),
        list => list.as_array()?.iter().map(|o| Some(o.as_str()?.to_owned())).collect(),
    }
}

/// Takes one line; none where it cannot be read.
pub(super) fn take(json: &Json, effects: &mut Effects) -> Option<()> {
    if let Some(erased) = json.get("erased") {
        effects.forgotten.push(forgotten_of(erased)?);
    } else if let Some(kept) = json.get("kept") {
        effects.waiting.push(waiting_of(kept)?);
    } else {
        effects.key = Some(json["key"].as_str()?.to_owned());
        effects.keep = json["keep"].as_str()?.to_owned();
    }
    Some(())
}

fn forgotten_of(json: &Json) -> Option<Forgotten> {
    let tag = |j: &Json| Tag::parse(j.as_str()?);
    let record = |j: &Json| {
        let after = match &j[2] {
            Json::Null => None,
            after => Some(tag(after)?),
        };
        let (role, others) = (Role::of_word(j[3].as_str()?)?, others(&j[4])?);
        Some(Gone { key: tag(&j[0])?, before: tag(&j[1])?, after, role, others })
    };
    Some(Forgotten {
        subject: json["subject"].as_u64()?.try_into().ok()?,
        identities: json["identities"].as_array()?.iter().map(tag).collect::<Option<_>>()?,
        records: json["records"].as_array()?.iter().map(record).collect::<Option<_>>()?,
    })
}

fn waiting_of(json: &Json) -> Option<Waiting> {
    let text = |name: &str| Some(json[name].as_str()?.to_owned());
    Some(Waiting {
        subject: json["subject"].as_u64()?.try_into().ok()?,
        source: text("source")?,
        collection: text("collection")?,
        key: Tag::parse(json["key"].as_str()?)?,
        count: json["count"].as_u64()?,
        role: Role::of_word(json["role"].as_str()?)?,
        others: others(&json["others"])?,
        code: text("code")?,
        by: text("by"),
        until: serde_json::from_value(json["until"].clone()).ok()?,
    })
}
