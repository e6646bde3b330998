//! Do the values on one side of a reference really occur on the other? A bounded number of values is asked for, all
//! references into one collection in one question.

use std::collections::BTreeMap;

use super::refer::Reference;
use super::table::{Table, spelled};
use crate::error::{Error, Kind, Result};
use crate::map::NormalForm;
use crate::source::question::normal_of;
use crate::source::{Coverage, Found, Probe, Question, Source, Wanted};

/// At most so many different values of a reference are asked for.
const MANY: usize = 200;

/// A collection without a fitting index is read for this only where it has no more records than this.
const READABLE: u64 = 300_000;

/// Asks for the values of every reference, and notes how many were asked and found.
pub(super) fn check(tables: &[Table], handles: &mut [Box<dyn Source>], references: &mut [Reference]) -> Result<()> {
    let mut by_target: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, reference) in references.iter().enumerate() {
        by_target.entry(reference.to).or_default().push(i);
    }
    for (target, members) in by_target {
        ask(tables, handles, references, target, &members)?;
    }
    Ok(())
}

fn ask(
    tables: &[Table],
    handles: &mut [Box<dyn Source>],
    references: &mut [Reference],
    target: usize,
    members: &[usize],
) -> Result<()> {
    let table = &tables[target];
    let wanted: Vec<Wanted> = members.iter().map(|i| wanted(tables, &references[*i])).collect();
    let mut found: Vec<Vec<bool>> = wanted.iter().map(|w| vec![false; w.len()]).collect();
    let aims: Vec<_> = members.iter().map(|i| references[*i].aim_paths(tables)).collect();
    let probe = |(aim, wanted)| Probe { fields: aim, form: NormalForm::Exact, country: None, wanted };
    let probes: Vec<Probe<'_>> = aims.iter().map(Vec::as_slice).zip(&wanted).map(probe).collect();
    for record in &table.sample {
        note(&probes, record, &mut found);
    }
    let served: Vec<bool> = members.iter().map(|i| is_served(table, &references[*i])).collect();
    let open = |found: &[Vec<bool>]| found.iter().zip(&served).any(|(f, s)| *s && f.contains(&false));
    let whole = table.is_whole();
    if !whole && open(&found) {
        let asked = probes.iter().zip(&served).filter(|(_, s)| **s).map(|(p, _)| Probe { ..*p }).collect();
        let question = Question { collection: table.name(), probes: asked };
        let mut sink = |one: Found| {
            note(&probes, &one.record, &mut found);
            // Once all are found there is nothing left to read for.
            if open(&found) { Ok(()) } else { Err(Error::new(Kind::Interrupted, "all found")) }
        };
        let answer: Result<Coverage> = handles[table.source].search(&question, &mut sink);
        if let (Err(error), true) = (answer, open(&found)) {
            return Err(error);
        }
    }
    for ((i, found), served) in members.iter().zip(&found).zip(&served) {
        let reference = &mut references[*i];
        reference.asked = found.len();
        reference.found = found.iter().filter(|hit| **hit).count();
        reference.thorough = whole || *served;
    }
    Ok(())
}

fn note(probes: &[Probe<'_>], record: &crate::record::Record, found: &mut [Vec<bool>]) {
    for (probe, found) in probes.iter().zip(found) {
        probe.hits(record, &mut |id| {
            if let Some(hit) = found.get_mut(id as usize) {
                *hit = true;
            }
        });
    }
}

/// Whether asking does not mean reading a large collection whole.
fn is_served(table: &Table, reference: &Reference) -> bool {
    let leads = |set: &Vec<String>| set.first().is_some_and(|c| reference.to_columns.contains(c));
    table.shape.keys.iter().chain(&table.shape.unique).any(leads)
        || table.shape.rows.is_none_or(|rows| rows <= READABLE)
}

fn wanted(tables: &[Table], reference: &Reference) -> Wanted {
    let from = reference.own_paths(tables);
    let mut wanted = Wanted::new(from.len());
    let table = &tables[reference.from];
    let only = reference.only.as_ref().map(|(column, values)| (super::table::path(&table.shape, column), values));
    let applies = |record: &crate::record::Record| {
        let Some((path, values)) = &only else { return true };
        record.at(path).into_iter().any(|v| values.contains(&spelled(v)))
    };
    for tuple in table.tuples_where(&from, MANY, &applies) {
        let normal = |(i, v)| reference.spelled.from_here(i, normal_of(v, NormalForm::Exact, None)?);
        let parts: Option<Vec<_>> = tuple.into_iter().enumerate().map(normal).collect();
        if let Some(parts) = parts {
            wanted.add_parts(&parts);
        }
    }
    wanted
}
