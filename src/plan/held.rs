//! Which records stay whatever their rules say: those under a hold, and, when erasures are done again, those of people
//! who came back. Pure: holds come in as arguments.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::rows::Planned;
use super::{Asked, Reason, Replay};
use crate::find::{DoorKind, Findings};
use crate::ledger::{Times, dated};
use crate::record::Key;

/// A hold, as far as a plan must know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// What holds: `hold 3`, `request 5`.
    pub by: String,
    /// Why, for people.
    pub because: String,
    /// What it covers.
    pub covers: Covers,
}

/// What a hold covers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Covers {
    /// Every record.
    Everything,
    /// The records of a collection.
    Collection(String, String),
    /// The own records of these subjects of the plan.
    Subjects(Vec<u32>),
}

impl Held {
    fn covers(&self, findings: &Findings<'_>, row: &Planned) -> bool {
        let node = &findings.graph.nodes[row.node];
        match &self.covers {
            Covers::Everything => true,
            Covers::Collection(source, collection) => {
                node.source.name == *source && node.collection.name == *collection
            }
            Covers::Subjects(subjects) => row.owners.iter().any(|owner| subjects.contains(owner)),
        }
    }
}

/// Of each row, why it stays; none where its rules decide.
pub(super) fn reasons(
    findings: &Findings<'_>,
    rows: &[Planned],
    asked: &Asked,
    holds: &[Held],
    times: &Times,
) -> Vec<Option<Reason>> {
    let came_back = match asked {
        Asked::Replay(replay) => came_back(findings, rows, replay, times),
        Asked::Finish(_) => not_waiting(findings, rows),
        _ => vec![None; rows.len()],
    };
    let held = |row: &Planned| {
        let hold = holds.iter().find(|hold| hold.covers(findings, row))?;
        Some(Reason::new("hold", format!("{}: {}", hold.by, hold.because)))
    };
    rows.iter().zip(came_back).map(|(row, back)| held(row).or(back)).collect()
}

/// What was not put off is not finished: the officer may have decided to keep it, or it came since.
fn not_waiting(findings: &Findings<'_>, rows: &[Planned]) -> Vec<Option<Reason>> {
    let records = findings.subjects.iter().flat_map(|s| &s.records);
    let waiting: BTreeSet<(&str, &str, &Key)> =
        records.map(|r| (r.source.as_str(), r.collection.as_str(), &r.key)).collect();
    let reason = |row: &Planned| {
        let node = &findings.graph.nodes[row.node];
        let waits = waiting.contains(&(node.source.name.as_str(), node.collection.name.as_str(), &row.key));
        (!waits).then(|| Reason::new("not-waiting", "the erasure had not put it off"))
    };
    rows.iter().map(reason).collect()
}

fn came_back(findings: &Findings<'_>, rows: &[Planned], replay: &Replay, times: &Times) -> Vec<Option<Reason>> {
    let known: BTreeSet<(&str, &str, &Key)> = findings
        .subjects
        .iter()
        .flat_map(|s| {
            let persons = s.persons.iter().map(|p| (p.source.as_str(), p.collection.as_str(), &p.key));
            persons.chain(s.records.iter().map(|r| (r.source.as_str(), r.collection.as_str(), &r.key)))
        })
        .collect();
    let places: BTreeMap<(usize, &Key), usize> = rows.iter().enumerate().map(|(i, r)| ((r.node, &r.key), i)).collect();
    let mut decided: Vec<Option<bool>> = vec![None; rows.len()];
    for i in 0..rows.len() {
        // From the row towards the person, until something says when it came to be; then back.
        let (mut path, mut at) = (Vec::new(), i);
        let back = loop {
            if let Some(back) = decided[at] {
                break back;
            }
            path.push(at);
            let row = &rows[at];
            let node = &findings.graph.nodes[row.node];
            let Some(person) = replay.people.get(row.tie.subject as usize) else { break false };
            if known.contains(&(node.source.name.as_str(), node.collection.name.as_str(), &row.key)) {
                break false;
            }
            if let Some(moment) = dated(node, &row.record, times) {
                break !moment.is_before(person.at, &times.zone);
            }
            let parent = findings.parent_of(&row.tie);
            match parent.and_then(|(node, key)| places.get(&(node, &key)).copied()) {
                Some(parent) if !path.contains(&parent) => at = parent,
                _ => {
                    let door = node.doors.get(row.tie.door as usize).map(|d| &d.kind);
                    break person.back && matches!(door, Some(DoorKind::Identity(_)));
                }
            }
        };
        path.into_iter().for_each(|row| decided[row] = Some(back));
    }
    let reason = |(row, back): (&Planned, Option<bool>)| {
        let node = &findings.graph.nodes[row.node];
        if !replay.sources.contains(&node.source.name) {
            return Some(Reason::new("not-restored", format!("only {} was restored", replay.sources.join(", "))));
        }
        let why = "it came to be after the person was erased, or belongs to what did";
        (back == Some(true)).then(|| Reason::new("came-back", why))
    };
    rows.iter().zip(decided).map(reason).collect()
}
