//! After applying: search again from the plan's subjects, and name what is not as the plan says.
//!
//! After an erasure that is what is left though no plan keeps it; after a correction, what does not hold its new value.
//! The raw sweep over columns the map does not know is not here yet.

use std::collections::{HashMap, HashSet};

use super::apply::is_as_planned;
use super::clash::new_identifiers;
use super::{Action, Asked, Change, Plan};
use crate::error::Result;
use crate::find::{Findings, Opened, find};
use crate::map::DataMap;
use crate::problem::Problem;
use crate::record::Key;
use crate::resolve::{NamedField, Start, Subject};

/// A record that is not as the plan says: still there, or without its new value.
#[derive(Clone, Debug, PartialEq)]
pub struct Leftover {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key.
    pub key: Key,
}

/// Searches again; gives what is left and what could not be searched.
pub fn confirm(map: &DataMap, plan: &Plan) -> Result<(Vec<Leftover>, Vec<Problem>)> {
    let starts: Vec<Start> =
        plan.header.subjects.iter().map(|s| plan.header.asked.start(known_now(map, plan, s))).collect();
    let findings = find(map, Opened::all(map), &starts, false)?;
    let left = match plan.header.asked {
        Asked::Correct(_) => not_corrected(&findings, plan)?,
        _ => still_there(&findings, plan)?,
    };
    Ok((left, findings.problems))
}

/// The subject with the identifiers and named fields that the plan has given it: what was found over an old value is
/// found over the new one.
fn known_now(map: &DataMap, plan: &Plan, subject: &Subject) -> Subject {
    let mut subject = subject.clone();
    if let [_] = plan.header.subjects.as_slice() {
        for (name, values) in new_identifiers(map, plan) {
            subject.identifiers.entry(name).or_default().extend(values);
        }
    }
    let corrected = plan.changes.iter().filter(|c| c.action == Action::Correct);
    let set = corrected.flat_map(|c| c.after.iter().map(move |(field, value)| (c, field, value)));
    let named: Vec<NamedField> = set
        .filter_map(|(c, field, value)| {
            let same =
                |f: &&NamedField| f.source == c.source && f.collection == c.collection && f.field == field.as_str();
            let old = subject.fields.iter().find(same)?;
            Some(NamedField { value: value.plain()?.into_owned(), ..old.clone() })
        })
        .collect();
    subject.fields.extend(named);
    subject
}

/// A record's place and key, after the plan.
type Spot<'a> = (&'a str, &'a str, String);

fn spot_after(change: &Change) -> Spot<'_> {
    let key = change.key_after.as_ref().unwrap_or(&change.key);
    (&change.source, &change.collection, key.to_exact_json().to_string())
}

fn still_there(findings: &Findings<'_>, plan: &Plan) -> Result<Vec<Leftover>> {
    let stays: HashSet<Spot<'_>> = plan.changes.iter().filter(|c| c.action != Action::Delete).map(spot_after).collect();
    let mut left = Vec::new();
    for (n, node) in findings.graph.nodes.iter().enumerate() {
        let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
        findings.every(n, &mut |row, _| {
            let known = stays.contains(&(source, collection, row.key.to_exact_json().to_string()));
            if !known && (row.tie.is_own() || row.tie.open) {
                left.push(Leftover { source: source.to_owned(), collection: collection.to_owned(), key: row.key });
            }
            Ok(())
        })?;
    }
    Ok(left)
}

fn not_corrected(findings: &Findings<'_>, plan: &Plan) -> Result<Vec<Leftover>> {
    let changes = plan.changes.iter().filter(|c| c.action == Action::Correct);
    let mut open: HashMap<Spot<'_>, &Change> = changes.map(|c| (spot_after(c), c)).collect();
    for subject in 0..findings.subjects.len() {
        for (n, node) in findings.graph.nodes.iter().enumerate() {
            let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
            findings.each(n, subject, &mut |row| {
                let spot = (source, collection, row.key.to_exact_json().to_string());
                if open.get(&spot).is_some_and(|change| is_as_planned(change, &row.record)) {
                    open.remove(&spot);
                }
                Ok(())
            })?;
        }
    }
    let left = |c: &Change| Leftover {
        source: c.source.clone(),
        collection: c.collection.clone(),
        key: c.key_after.as_ref().unwrap_or(&c.key).clone(),
    };
    Ok(plan.changes.iter().filter(|c| open.values().any(|o| std::ptr::eq(*o, *c))).map(left).collect())
}
