//! The search for people who are back. What was restored alone, so that nothing leads there, is named by its key.

use std::collections::BTreeSet;

use super::returned::Returned;
use crate::error::Result;
use crate::find::{Findings, Opened, find};
use crate::map::DataMap;
use crate::record::Key;
use crate::resolve::{KnownRecord, Start};

/// Searches every source for what is theirs.
pub fn search<'m>(map: &'m DataMap, people: &mut [Returned]) -> Result<Findings<'m>> {
    let search = |people: &[Returned]| {
        let starts: Vec<Start> = people.iter().map(|p| Start::Certain(p.subject.clone())).collect();
        find(map, Opened::all(map), &starts, true)
    };
    let findings = search(people)?;
    match add_what_stands_alone(&findings, people)? {
        true => search(people),
        false => Ok(findings),
    }
}

/// What the search did not reach is named by its key.
fn add_what_stands_alone(findings: &Findings<'_>, people: &mut [Returned]) -> Result<bool> {
    let mut reached: BTreeSet<(String, String, Key)> = BTreeSet::new();
    let waits = |r: &KnownRecord, n: &str, c: &str| r.source == n && r.collection == c;
    for (n, node) in findings.graph.nodes.iter().enumerate() {
        let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
        if !people.iter().flat_map(|p| &p.alone).any(|r| waits(r, source, collection)) {
            continue;
        }
        findings.every(n, &mut |row, _| {
            if row.tie.is_own() {
                reached.insert((source.to_owned(), collection.to_owned(), row.key));
            }
            Ok(())
        })?;
    }
    let mut added = false;
    for person in people {
        for record in std::mem::take(&mut person.alone) {
            let place = (record.source.clone(), record.collection.clone(), record.key.clone());
            if !reached.contains(&place) {
                person.subject.records.push(record);
                added = true;
            }
        }
    }
    Ok(added)
}
