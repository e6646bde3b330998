//! The record of erasure: what was deleted, changed, kept and why, and what was not covered. Proof for an authority in
//! full, and an answer for the person in plain words, each as JSON and as a page, signed.
//!
//! It counts; it holds nothing of what was erased: no key, no value, no selector. The person's version names no table
//! and nothing that only the officer may learn of. [`write()`] makes the documents, [`check`] looks at one without any
//! workspace. When one is made, and where it is kept, is not decided here.

mod check;
mod page;
mod person;
mod seal;
mod summary;

pub use check::check;

use serde_json::{Value as Json, json};

use crate::archive::Signer;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::map::{DataMap, Ground};
use crate::plan::{Leftover, Sealed};
use crate::problem::Problem;
use crate::sweep::Swept;
use summary::{Fate, fates};

/// The version of the documents' form.
pub const FORMAT: u32 = 1;

/// What a record is made from.
pub struct Facts<'a> {
    /// The data map.
    pub map: &'a DataMap,
    /// The plan that was applied.
    pub sealed: &'a Sealed,
    /// Its number.
    pub plan: u32,
    /// Who made it.
    pub author: Option<String>,
    /// Who approved it, and when.
    pub approved: Vec<(String, jiff::Timestamp)>,
    /// The request: its id and number.
    pub request: Option<(String, u32)>,
    /// When the request came in.
    pub received: Option<jiff::Timestamp>,
    /// When applying began.
    pub started: Option<jiff::Timestamp>,
    /// When it was confirmed: the time of the record.
    pub ended: jiff::Timestamp,
    /// Whether all is as planned.
    pub complete: bool,
    /// What the search afterwards found.
    pub left: &'a [Leftover],
    /// What the sweep found.
    pub swept: &'a Swept,
    /// What was met on the way: what could not be read, or was changed beside.
    pub problems: Vec<Problem>,
    /// What the sources themselves keep and no program can end: logs of servers.
    pub not_covered: Vec<Problem>,
    /// What the workspace held of the person itself, and what became of it.
    pub own: Vec<String>,
    /// The log's head.
    pub log_head: String,
    /// The language of the person; the authority's version is in English.
    pub language: &'static Language,
}

/// One document.
pub struct Document {
    /// For whom: `authority` or `person`.
    pub reader: &'static str,
    /// For programs.
    pub json: Vec<u8>,
    /// For people.
    pub html: Vec<u8>,
}

/// Both versions, signed.
pub fn write(facts: &Facts<'_>, signer: &dyn Signer) -> Result<[Document; 2]> {
    let fates = fates(facts);
    let full = full(facts, &fates);
    let plain = person::plain(facts, &fates);
    Ok([document("authority", facts, &full, signer)?, document("person", facts, &plain, signer)?])
}

fn document(reader: &'static str, facts: &Facts<'_>, json: &Json, signer: &dyn Signer) -> Result<Document> {
    let comment = comment(facts);
    let text = serde_json::to_string_pretty(json).map_err(|_| Error::bug("a record of erasure is no JSON"))?;
    let html = page::page(reader, facts.language, json)?;
    Ok(Document {
        reader,
        json: seal::json(&text, &signer.sign(text.as_bytes(), &comment)?, &signer.public_key())?,
        html: seal::html(&html, &signer.sign(html.as_bytes(), &comment)?, &signer.public_key()),
    })
}

/// What the signature's trusted comment says.
fn comment(facts: &Facts<'_>) -> String {
    let reference = reference(facts).replace(';', ",");
    format!("redress record {FORMAT}; reference={reference}; as_of={}; log_head={}", facts.ended, facts.log_head)
}

fn reference(facts: &Facts<'_>) -> String {
    match &facts.request {
        Some((id, number)) => format!("{id} (#{number})"),
        None => format!("plan {}", facts.plan),
    }
}

/// Why the erasure was owed.
fn ground(facts: &Facts<'_>) -> Option<Json> {
    let ground = facts.sealed.plan.header.ground.as_deref().and_then(Ground::of)?;
    Some(json!({"code": ground.code, "law": ground.law, "text": ground.text}))
}

/// The version for an authority.
fn full(facts: &Facts<'_>, fates: &[Fate]) -> Json {
    let header = &facts.sealed.plan.header;
    let of = |what: &str| fates.iter().filter(|f| f.what == what).map(Fate::json).collect::<Vec<_>>();
    let controller = &facts.map.controller;
    // Keys and lines point at single records of others: an authority that wants them asks.
    let found = |traces: &[crate::sweep::Trace]| {
        let one = |t: &crate::sweep::Trace| {
            json!({"system": t.source, "place": t.place, "field": t.field, "identifier": t.identity, "coding": t.coding,
                "count": t.count, "why": t.reason, "accepted_by": t.by})
        };
        traces.iter().map(one).collect::<Vec<_>>()
    };
    json!({
        "redress_record_of_erasure": FORMAT, "version": "full", "complete": facts.complete,
        "controller": {"name": controller.name, "contact": controller.contact, "officer": controller.officer},
        "reference": reference(facts), "received": facts.received.map(|t| t.to_string()),
        "plan": {"number": facts.plan, "sha256": facts.sealed.digest, "made": header.created.to_string(),
            "data_map": header.map, "persons": header.subjects.len(), "author": facts.author,
            "approved": facts.approved.iter().map(|(by, at)| json!({"by": by, "at": at.to_string()})).collect::<Vec<_>>()},
        "started": facts.started.map(|t| t.to_string()), "confirmed": facts.ended.to_string(),
        "ground": ground(facts),
        "deleted": of("deleted"), "anonymised": of("anonymised"), "pseudonymised": of("pseudonymised"),
        "masked": of("masked"), "isolated": of("isolated"), "detached": of("detached"), "kept": of("kept"),
        "confirmation": {
            "searched_again": {"left": summary::left(facts.left)},
            "swept": {"tables": facts.swept.tables, "files": facts.swept.files, "identifiers": facts.swept.sought,
                "left": found(&facts.swept.left), "kept": found(&facts.swept.kept),
                "accepted": found(&facts.swept.accepted)},
        },
        "own_files": facts.own,
        "problems": header.problems.iter().chain(&facts.problems).collect::<Vec<_>>(),
        "not_covered": summary::not_covered(facts),
        "log_head": facts.log_head,
    })
}
