//! The version for the person: what, how much, why, in their words. No name of a table or field, nothing silent.

use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::summary::{Fate, is_silent};
use super::{FORMAT, Facts, reference};
use crate::archive::Theme;
use crate::language::Language;
use crate::map::{Collection, Disclose, Ground, RecipientKind};
use crate::sweep::Trace;

/// The plain version.
pub fn plain(facts: &Facts<'_>, fates: &[Fate]) -> Json {
    let language = facts.language;
    let told: Vec<&Fate> = fates.iter().filter(|f| !f.silent).collect();
    let of = |what: &str| by_theme(facts, told.iter().filter(|f| f.what == what).copied());
    let controller = &facts.map.controller;
    let recipients = facts.map.recipients.values().filter(|r| r.kind != RecipientKind::Users);
    let label = |text: &'_ str, name: &'_ str| if text.is_empty() { name.to_owned() } else { text.to_owned() };
    let names: Vec<String> = recipients.map(|r| label(r.label.in_language(language.tag()), &r.name)).collect();
    json!({
        "redress_record_of_erasure": FORMAT, "version": "plain", "language": language.tag(), "complete": facts.complete,
        "controller": {"name": controller.name, "contact": controller.contact, "officer": controller.officer,
            "authority": controller.authority},
        "reference": reference(facts), "received": facts.received.map(day), "confirmed": day(facts.ended),
        "ground": ground(facts),
        "deleted": of("deleted"), "anonymised": of("anonymised"), "pseudonymised": of("pseudonymised"),
        "masked": of("masked"), "isolated": of("isolated"), "detached": of("detached"), "kept": of("kept"),
        "accepted": accepted(facts),
        "not_covered": {"recipients": names, "backups": true, "other_systems": true},
        "log_head": facts.log_head,
    })
}

fn day(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

/// Why the erasure was owed, in her language.
fn ground(facts: &Facts<'_>) -> Option<Json> {
    let ground = facts.sealed.plan.header.ground.as_deref().and_then(Ground::of)?;
    let say = |part: &str| facts.language.say(&format!("ground-{}{part}", ground.code));
    Some(json!({"code": ground.code, "law": say(".law"), "text": say("")}))
}

/// What, why, by which law, until when.
type Told<'f> = (Theme, String, Option<&'f str>, Option<&'f str>);

/// Records of one theme to which the same happened for the same reason.
fn by_theme<'f>(facts: &'f Facts<'_>, fates: impl Iterator<Item = &'f Fate>) -> Vec<Json> {
    let mut all: BTreeMap<Told<'_>, u64> = BTreeMap::new();
    for fate in fates {
        let stays = matches!(fate.what, "kept" | "isolated");
        let why = if stays { why(facts, fate).into_owned() } else { String::new() };
        let (law, until) = (law(facts, fate).filter(|_| stays), fate.until.as_deref().filter(|_| stays));
        *all.entry((fate.theme, why, law, until)).or_default() += fate.records;
    }
    let one = |((theme, why, law, until), records): (Told<'_>, u64)| json!({"what": theme.title(facts.language), "records": records, "why": why, "law": law, "until": until});
    all.into_iter().map(one).collect()
}

/// Why something may stay that the sweep found: what an officer said, once each. Nothing of places that are silent.
fn accepted<'f>(facts: &'f Facts<'_>) -> BTreeSet<&'f str> {
    let told = |trace: &&Trace| {
        let collection = facts.map.collection(&trace.source, &trace.place);
        let silent = |c: &Collection| match &trace.field {
            Some(field) => c.disclose(field) == Disclose::Silent,
            None => is_silent(c),
        };
        !collection.is_some_and(silent)
    };
    facts.swept.accepted.iter().filter(told).map(|trace| trace.reason.as_str()).collect()
}

/// The law that a rule rests on, in her language.
fn law<'f>(facts: &'f Facts<'_>, fate: &'f Fate) -> Option<&'f str> {
    let law = fate.rule.as_ref().and_then(|name| facts.map.retention.get(name)?.law.as_ref());
    law.map(|law| law.in_language(facts.language.tag())).or(fate.law.as_deref())
}

/// What the map says of why something stays, in her language; an officer's own words are no part of it.
fn said<'f>(facts: &'f Facts<'_>, fate: &'f Fate) -> Option<&'f str> {
    let words = match fate.code.as_str() {
        "retention" => fate.rule.as_ref().and_then(|name| Some(&facts.map.retention.get(name)?.because)),
        "kept" | "isolated" => facts.map.collection(&fate.source, &fate.collection)?.because.as_ref(),
        _ => None,
    };
    let planned = words.filter(|words| fate.why.starts_with(&words.text));
    planned.map(|words| words.in_language(facts.language.tag()))
}

/// Why something stays. Rules and decisions are written for the person; other reasons are said here.
fn why<'f>(facts: &'f Facts<'_>, fate: &'f Fate) -> Cow<'f, str> {
    let language: &'static Language = facts.language;
    match fate.code.as_str() {
        "retention" | "kept" | "decided" | "isolated" => {
            // What is wrong with a date is between the officer and the map.
            said(facts, fate).unwrap_or_else(|| fate.why.split("; ").next().unwrap_or_default()).into()
        }
        "others-too" => language.say("stays-shared"),
        "fields-stay" => language.say("stays-referred-to"),
        code => language.code("stays", code).unwrap_or_else(|| language.say("stays-other")),
    }
}
