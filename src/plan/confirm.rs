//! After applying: search again from the plan's subjects, and name what is left that the plan does not explain.
//!
//! The raw sweep over columns the map does not know is not here yet.

use std::collections::HashSet;

use super::{Action, Plan};
use crate::error::Result;
use crate::find::{Opened, find};
use crate::map::DataMap;
use crate::problem::Problem;
use crate::record::Key;
use crate::resolve::Start;

/// A record of the subject that is still there, though no plan says that it stays.
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
    let starts: Vec<Start> = plan.header.subjects.iter().cloned().map(Start::Subject).collect();
    let findings = find(map, Opened::all(map), &starts, false)?;
    let stays: HashSet<(&str, &str, String)> = plan
        .changes
        .iter()
        .filter(|c| c.action != Action::Delete)
        .map(|c| {
            let key = c.key_after.as_ref().unwrap_or(&c.key);
            (c.source.as_str(), c.collection.as_str(), key.to_exact_json().to_string())
        })
        .collect();
    let mut left = Vec::new();
    for subject in 0..starts.len() {
        for (n, node) in findings.graph.nodes.iter().enumerate() {
            let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
            findings.each(n, subject, &mut |row| {
                let known = stays.contains(&(source, collection, row.key.to_exact_json().to_string()));
                if !known && (row.tie.is_own() || row.tie.open) {
                    left.push(Leftover { source: source.to_owned(), collection: collection.to_owned(), key: row.key });
                }
                Ok(())
            })?;
        }
    }
    Ok((left, findings.problems))
}
