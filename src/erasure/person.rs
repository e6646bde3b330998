//! The version for the person: what, how much, why, in their words. No name of a table or field, nothing silent.

use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

use super::summary::{Fate, is_silent};
use super::{FORMAT, Facts, ground, reference};
use crate::map::{Collection, Disclose, RecipientKind};
use crate::sweep::Trace;

/// The plain version.
pub fn plain(facts: &Facts<'_>, fates: &[Fate]) -> Json {
    let told: Vec<&Fate> = fates.iter().filter(|f| !f.silent).collect();
    let of = |what: &str| by_theme(told.iter().filter(|f| f.what == what).copied());
    let controller = &facts.map.controller;
    let recipients = facts.map.recipients.values().filter(|r| r.kind != RecipientKind::Users);
    let names: Vec<&str> =
        recipients.map(|r| if r.label.text.is_empty() { r.name.as_str() } else { r.label.text.as_str() }).collect();
    json!({
        "redress_record_of_erasure": FORMAT, "version": "plain", "complete": facts.complete,
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
    time.strftime("%-d %B %Y").to_string()
}

/// What, why, by which law, until when.
type Told<'f> = (&'f str, String, Option<&'f str>, Option<&'f str>);

/// Records of one theme to which the same happened for the same reason.
fn by_theme<'f>(fates: impl Iterator<Item = &'f Fate>) -> Vec<Json> {
    let mut all: BTreeMap<Told<'_>, u64> = BTreeMap::new();
    for fate in fates {
        let stays = matches!(fate.what, "kept" | "isolated");
        let why = if stays { why(fate) } else { String::new() };
        let (law, until) = (fate.law.as_deref().filter(|_| stays), fate.until.as_deref().filter(|_| stays));
        *all.entry((fate.theme, why, law, until)).or_default() += fate.records;
    }
    let one = |((theme, why, law, until), records)| json!({"what": theme, "records": records, "why": why, "law": law, "until": until});
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

/// Why something stays. Rules and decisions of the map are written for the person; other reasons are said here.
fn why(fate: &Fate) -> String {
    match fate.code.as_str() {
        "retention" | "kept" | "decided" | "isolated" => {
            // What is wrong with a date is between the officer and the map.
            fate.why.split("; ").next().unwrap_or_default().to_owned()
        }
        "shared" | "others-too" => "others hold it together with you".to_owned(),
        "emptied" => "nothing in it is about you any more; other records refer to it".to_owned(),
        "came-back" => "you came back after the erasure; it is being decided what is from before".to_owned(),
        "hold" => "it must be preserved for a legal matter".to_owned(),
        "undecided" => "it is still being decided whether it is about you".to_owned(),
        "referred-to" | "fields-stay" => "other records that must stay refer to it".to_owned(),
        _ => "it cannot be erased yet".to_owned(),
    }
}
