//! A new identifier that is somebody else's already: setting it would make one person of two.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, Plan};
use crate::error::{Error, Result};
use crate::find::{Opened, find};
use crate::map::{DataMap, Strength};
use crate::record::FieldPath;
use crate::resolve::{Start, Subject};
use crate::source::question::normal_of;

/// Refuses a plan that gives its subject an identifier which leads to another person. Reads the sources.
pub fn refuse_clash(map: &DataMap, plan: &Plan) -> Result<()> {
    let new = new_identifiers(map, plan);
    if new.is_empty() {
        return Ok(());
    }
    let start = Start::Subject(Subject { identifiers: new, ..Subject::default() });
    let findings = find(map, Opened::all(map), &[start], false)?;
    let mine: Vec<(&str, &str, String)> = persons(plan.header.subjects.iter()).collect();
    let found = persons(findings.subjects.iter());
    let candidates = findings.candidates(0).iter().map(|c| (c.source.as_str(), c.collection.as_str(), c.key.clone()));
    match found.chain(candidates).find(|person| !mine.contains(person)) {
        None => Ok(()),
        Some((source, collection, key)) => Err(Error::refused(format!(
            "the new value identifies somebody else: {source}.{collection} {key} holds it already"
        ))
        .hint("check the value; where both records are one person, correct the other record first")),
    }
}

fn persons<'a>(subjects: impl Iterator<Item = &'a Subject>) -> impl Iterator<Item = (&'a str, &'a str, String)> {
    let one = |p: &'a crate::resolve::PersonRecord| (p.source.as_str(), p.collection.as_str(), p.key.show());
    subjects.flat_map(|s| &s.persons).map(one)
}

/// The unique identifiers that the plan sets, in normal form.
pub(super) fn new_identifiers(map: &DataMap, plan: &Plan) -> BTreeMap<String, BTreeSet<String>> {
    let mut new: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for change in plan.changes.iter().filter(|c| c.action == Action::Correct) {
        let Some(source) = map.source(&change.source) else { continue };
        let Some(collection) = source.collection(&change.collection) else { continue };
        let holds = |field: &FieldPath| collection.identities.iter().filter(|(_, f)| f == field).collect::<Vec<_>>();
        for (field, value) in &change.after {
            for (name, _) in holds(field) {
                let unique = map.identities.get(name).filter(|i| i.strength == Strength::Unique);
                let normal = unique.and_then(|i| normal_of(value, i.normal, source.default_country.as_deref()));
                new.entry(name.clone()).or_default().extend(normal.map(|n| n.into_owned()));
            }
        }
    }
    new.retain(|_, values| !values.is_empty());
    new
}
