//! Whether a record that stays may be called anonymised: the word is earned by test, never taken from the map.
//!
//! What would remain is looked at for what names the person, for what leads back to her, and for whether it still
//! singles her out among the records of its collection. Who fails is pseudonymised or masked, with the reason. Reads
//! the sources; changes nothing but the plan it is given.

mod alike;
mod back;
mod direct;

use std::collections::BTreeMap;

use super::known::Known;
use super::rows::{self, Planned};
use super::{Action, Change, End, Plan};
use crate::error::Result;
use crate::find::Findings;
use crate::map::DataMap;
use crate::record::Key;

/// One record under test.
pub(super) struct Tested {
    /// Its change in the plan.
    change: usize,
    /// The record as it will be.
    row: Planned,
    /// How it ends, as far as it is known.
    end: End,
    /// What in it tells of the person.
    tells: Vec<String>,
}

impl Tested {
    /// What is left tells who it was: the worst counts.
    fn fails(&mut self, end: End, why: String) {
        if matches!(self.end, End::Anonymised | End::Pseudonymised) {
            self.end = self.end.max(end);
        }
        self.tells.push(why);
    }
}

/// Tests every record that a plan anonymises, and says in the plan how each ends.
pub fn earn(findings: &mut Findings<'_>, map: &DataMap, plan: &mut Plan) -> Result<()> {
    if !plan.changes.iter().any(|c| c.action == Action::Anonymise) {
        return Ok(());
    }
    let mut rows = rows::all(findings)?;
    let known = Known::of(findings, map, &rows);
    let mut tested = under_test(findings, plan, std::mem::take(&mut rows));
    for one in tested.iter_mut().filter(|t| t.end == End::Anonymised) {
        direct::test(findings, &known, &plan.changes[one.change], one);
    }
    alike::test(findings, map.erasure.alike(), &plan.changes, &mut tested)?;
    back::test(findings, &mut tested);
    for one in tested {
        let change = &mut plan.changes[one.change];
        if change.action == Action::Anonymise {
            (change.end, change.tells) = (Some(one.end), one.tells);
        }
    }
    Ok(())
}

/// The person's records that stay, as they will be.
fn under_test(findings: &Findings<'_>, plan: &Plan, rows: Vec<Planned>) -> Vec<Tested> {
    let mut changes: BTreeMap<(&str, &str, &Key), usize> = BTreeMap::new();
    for (i, c) in plan.changes.iter().enumerate().filter(|(_, c)| c.end.is_some() && c.action != Action::Delete) {
        changes.insert((&c.source, &c.collection, &c.key), i);
    }
    let mut out = Vec::new();
    for mut row in rows {
        let node = &findings.graph.nodes[row.node];
        let place = (node.source.name.as_str(), node.collection.name.as_str(), &row.key);
        let Some(&change) = changes.get(&place) else { continue };
        let Change { action, after, reason, before, .. } = &plan.changes[change];
        if row.before() != *before {
            continue;
        }
        (row.action, row.after, row.reason) = (*action, after.clone(), reason.clone());
        if let Some(record) = row.after_record() {
            row.record = record;
        }
        let end = match action {
            Action::Anonymise => End::Anonymised,
            Action::Isolate => End::Isolated,
            _ => End::Kept,
        };
        out.push(Tested { change, row, end, tells: Vec::new() });
    }
    out
}
