//! Keys against the records: does a key really address one record?
//!
//! What the source declares is believed. Else a sample may contradict; since a sample of a file may hold a record
//! twice, a repeated value is asked for again before it counts.

use super::finding::{Findings, count};
use super::mentioned::key_path;
use super::values::Sampled;
use crate::error::{Error, Kind, Result};
use crate::map::NormalForm;
use crate::record::{FieldPath, Record, Value};
use crate::source::question::normal_of;
use crate::source::{Probe, Question, Source, Wanted};
use std::collections::BTreeSet;

/// At most so many repeated values are asked for again.
const MANY: usize = 50;

/// Adds what speaks against the collection's key.
pub(super) fn key(sampled: &Sampled<'_>, source: &mut dyn Source, findings: &mut Findings) {
    let (one, shape) = (sampled.one, sampled.shape);
    let declared = shape.keys.iter().any(|set| set.iter().all(|column| one.key.contains(column)));
    if one.key.is_empty() || declared {
        return;
    }
    let paths: Vec<FieldPath> = one.key.iter().map(|name| key_path(shape, name)).collect();
    let (mut without, mut seen, mut repeated) = (0, BTreeSet::new(), Wanted::new(paths.len()));
    for record in sampled.sample {
        match parts(record, &paths) {
            None => without += 1,
            Some(parts) if seen.contains(&parts) && repeated.len() < MANY => add(&mut repeated, &parts),
            Some(parts) => {
                seen.insert(parts);
            }
        }
    }
    let place = sampled.place(&one.key.join("+"));
    let shared = match is_shared(source, &one.name, &paths, &repeated) {
        Ok(shared) => shared,
        Err(error) => {
            let hint = super::hints(&error);
            findings.error("unreadable-collection", &one.place, &place, error.message, hint);
            return;
        }
    };
    let hint = match shape.keys.first() {
        Some(set) => format!("use the key the source declares: {}", set.join(", ")),
        None => {
            "add the columns that tell the records apart, or remove key: then the content addresses a record".into()
        }
    };
    let empty = format!("{without} of {} have no value for it", count(sampled.sample.len(), "sampled record"));
    let against = match (without > 0, shared) {
        (true, true) => format!("{empty}, and several records share one"),
        (true, false) => empty,
        (false, true) => "several records share one value".to_owned(),
        (false, false) if sampled.declares_keys => {
            let message = "the source does not promise that it is unique and never null".to_owned();
            findings.warning("key-not-declared", &one.place, &place, message, hint);
            return;
        }
        (false, false) => return,
    };
    findings.error("key-not-unique", &one.place, &place, format!("it does not address one record: {against}"), hint);
}

/// The values of a key; none where one is missing, null or empty.
fn parts(record: &Record, paths: &[FieldPath]) -> Option<Vec<Value>> {
    let part = |path: &FieldPath| {
        let value = record.at(path).into_iter().next()?;
        let nothing = value.is_null() || matches!(value, Value::Text(text) if text.is_empty());
        (!nothing).then(|| value.clone())
    };
    paths.iter().map(part).collect()
}

fn add(wanted: &mut Wanted, parts: &[Value]) {
    let normal = |value| normal_of(value, NormalForm::Exact, None);
    if let Some(parts) = parts.iter().map(normal).collect::<Option<Vec<_>>>() {
        wanted.add_parts(&parts);
    }
}

/// Whether several records hold one of these values.
fn is_shared(source: &mut dyn Source, collection: &str, paths: &[FieldPath], wanted: &Wanted) -> Result<bool> {
    if wanted.is_empty() {
        return Ok(false);
    }
    let probe = Probe { fields: paths, form: NormalForm::Exact, country: None, wanted };
    let question = Question { collection, probes: vec![probe] };
    let (mut seen, mut shared) = (vec![false; wanted.len()], false);
    let answer = source.search(&question, &mut |found| {
        question.probes[0].hits(&found.record, &mut |id| {
            if let Some(seen) = seen.get_mut(id as usize) {
                shared |= std::mem::replace(seen, true);
            }
        });
        // One is enough.
        if shared { Err(Error::new(Kind::Interrupted, "found")) } else { Ok(()) }
    });
    match answer {
        Err(error) if !shared => Err(error),
        _ => Ok(shared),
    }
}
