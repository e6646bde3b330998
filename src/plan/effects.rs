//! What the register remembers once a plan is applied, without saying whose it was: hashes of what was erased, and of what
//! was kept for a time. Pure: the key that makes the hashes comes in as an argument.

use jiff::civil::Date;

use super::Action;
use super::rows::Planned;
use crate::find::{Findings, is_unique};
use crate::ledger::{Gone, Hide, Tag, content_tag, identity_tag, key_tag};
use crate::map::{DataMap, Role};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// The key the hashes are made with; none where nothing is remembered.
    pub key: Option<String>,
    /// How long what was erased is remembered (ISO 8601).
    pub keep: String,
    /// What was erased, by person.
    pub forgotten: Vec<Forgotten>,
    /// What was kept for a time.
    pub waiting: Vec<Waiting>,
}

/// What is remembered of one erased person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forgotten {
    /// Which subject of the plan.
    pub subject: u32,
    /// Their identifiers.
    pub identities: Vec<Tag>,
    /// Their records.
    pub records: Vec<Gone>,
}

/// One record that was kept for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Whose: which subject of the plan.
    pub subject: u32,
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key, after the plan.
    pub key: Tag,
    /// How many identical records.
    pub count: u64,
    /// What it is to the person.
    pub role: Role,
    /// The links and identities by which it is somebody else's as well: each the fields it starts from, joined by `+`.
    pub others: Vec<String>,
    /// Why it was kept: the code of the plan's reason.
    pub code: String,
    /// The retention rule, or what holds it.
    pub by: Option<String>,
    /// Until when, where that is known.
    pub until: Option<Date>,
}

/// The effects of an erasure.
pub(super) fn of(findings: &Findings<'_>, map: &DataMap, hide: &dyn Hide, rows: &[Planned]) -> Effects {
    let mut forgotten: Vec<Forgotten> = Vec::new();
    for (n, subject) in findings.subjects.iter().enumerate() {
        let unique = subject.identifiers.iter().filter(|(name, _)| is_unique(map, name));
        let tags = unique.flat_map(|(name, values)| values.iter().map(|v| identity_tag(hide, name, v)));
        forgotten.push(Forgotten { subject: n as u32, identities: tags.collect(), records: Vec::new() });
    }
    let mut waiting = Vec::new();
    for row in rows.iter().filter(|row| row.is_own()) {
        let node = &findings.graph.nodes[row.node];
        let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
        let content = |record: &crate::record::Record| content_tag(hide, source, collection, &record.digest());
        let after = row.after_record();
        if matches!(row.action, Action::Delete | Action::Anonymise | Action::Minimise | Action::Isolate) {
            let gone = Gone {
                key: key_tag(hide, source, collection, &row.key),
                before: content(&row.record),
                after: after.as_ref().map(content),
                role: row.tie.role,
                others: row.others.clone(),
            };
            for owner in &row.owners {
                if let Some(person) = forgotten.get_mut(*owner as usize) {
                    person.records.push(gone.clone());
                }
            }
        }
        if let (Some(after), true) = (after, waits(row)) {
            waiting.push(Waiting {
                subject: row.tie.subject,
                source: source.to_owned(),
                collection: collection.to_owned(),
                key: key_tag(hide, source, collection, &crate::find::key_of(node, &after)),
                count: row.count,
                role: row.tie.role,
                others: row.others.clone(),
                code: row.reason.code.clone(),
                by: row.reason.rule.clone().or_else(|| row.reason.held_by()),
                until: row.reason.until,
            });
        }
    }
    // Who was only kept from is not forgotten: nothing of them went.
    forgotten.retain(|person| !person.records.is_empty());
    let key = (!forgotten.is_empty() || !waiting.is_empty()).then(|| hide.key_id().to_owned());
    Effects { key, keep: map.ledger.text.clone(), forgotten, waiting }
}

/// Whether a record stays only until something ends: a retention period, a hold, what refers to it.
fn waits(row: &Planned) -> bool {
    match row.reason.code.as_str() {
        "retention" | "hold" => row.action.waits(),
        "isolated" | "decided" => row.action.waits() && row.reason.until.is_some(),
        "referred-to" | "fields-stay" | "emptied" => true,
        _ => false,
    }
}
