//! A plan's changes added up: how many records of which collection met which fate, and why.

use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::archive::Theme;
use crate::map::{Collection, Disclose, RecipientKind};
use crate::plan::{Action, Change, Leftover};

/// What became of some records of one collection, for one reason.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fate {
    /// [`crate::plan::End`] in its word, or `detached`.
    pub what: &'static str,
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// What the collection is about, for people.
    pub theme: Theme,
    /// Whether only the officer may learn of it.
    pub silent: bool,
    /// The reason's code.
    pub code: String,
    /// The reason.
    pub why: String,
    /// The retention rule.
    pub rule: Option<String>,
    /// The law.
    pub law: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// How many records.
    pub records: u64,
    /// The fields that were changed.
    pub fields: Vec<String>,
}

impl Fate {
    /// For the authority.
    pub fn json(&self) -> Json {
        json!({
            "system": self.source, "collection": self.collection, "records": self.records, "why": self.why,
            "code": self.code, "rule": self.rule, "law": self.law, "until": self.until, "fields": self.fields,
        })
    }
}

/// The word for how a record ended; one place, so that no document says more than was earned.
fn word(change: &Change) -> Option<&'static str> {
    match (change.end, change.action) {
        (_, Action::Correct | Action::Propose) => None,
        (Some(end), _) => Some(end.word()),
        (None, Action::Detach) => Some("detached"),
        (None, Action::Delete) => Some("deleted"),
        (None, Action::Isolate) => Some("isolated"),
        // Nobody tested what is left in it.
        (None, Action::Anonymise) => Some("masked"),
        (None, Action::Minimise | Action::Keep) => Some("kept"),
    }
}

/// Whether only the officer may learn that there are such records: nothing in them is told to the person.
pub fn is_silent(collection: &Collection) -> bool {
    let told = |name: &str| collection.disclose(name) != Disclose::Silent;
    match collection.fields.is_empty() {
        true => collection.disclose == Disclose::Silent,
        false => !collection.fields.iter().any(|(name, _)| told(name)),
    }
}

/// Every fate, in the order of the documents.
pub fn fates(facts: &Facts<'_>) -> Vec<Fate> {
    let mut all: BTreeMap<Fate, (u64, BTreeSet<String>)> = BTreeMap::new();
    for change in &facts.sealed.plan.changes {
        let Some(what) = word(change) else { continue };
        let collection = facts.map.collection(&change.source, &change.collection);
        let fate = Fate {
            what,
            source: change.source.clone(),
            collection: change.collection.clone(),
            theme: collection.map_or(Theme::Other, |c| Theme::of(facts.map, c)),
            silent: collection.is_some_and(is_silent),
            code: change.reason.code.clone(),
            why: change.reason.text.clone(),
            rule: change.reason.rule.clone(),
            law: change.reason.law.clone(),
            until: change.reason.until.map(|day| day.to_string()),
            records: 0,
            fields: Vec::new(),
        };
        let (records, fields) = all.entry(fate).or_default();
        *records += change.count;
        fields.extend(change.after.iter().map(|(field, _)| field.to_string()));
    }
    let counted = |(fate, (records, fields)): (Fate, (u64, BTreeSet<String>))| Fate {
        records,
        fields: fields.into_iter().collect(),
        ..fate
    };
    all.into_iter().map(counted).collect()
}

/// What the search afterwards found, by collection.
pub fn left(left: &[Leftover]) -> Vec<Json> {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    left.iter().for_each(|l| *counts.entry((&l.source, &l.collection)).or_default() += 1);
    let one = |((source, collection), n)| json!({"system": source, "collection": collection, "records": n});
    counts.into_iter().map(one).collect()
}

/// What no program can say of: others who hold data, backups, what is not connected.
pub fn not_covered(facts: &Facts<'_>) -> Vec<Json> {
    let recipients = facts.map.recipients.values().filter(|r| r.kind != RecipientKind::Users).map(|r| {
        let label = if r.label.text.is_empty() { &r.name } else { &r.label.text };
        json!({"what": "recipient", "name": label, "contact": r.contact})
    });
    let logs = facts.not_covered.iter().map(|p| json!({"what": p.code, "system": p.place, "why": p.message}));
    let fixed = [
        json!({"what": "backups", "why": "copies made before; what is erased is erased again when one is restored"}),
        json!({"what": "other systems", "why": "systems that are not in the data map"}),
    ];
    recipients.chain(logs).chain(fixed).collect()
}
