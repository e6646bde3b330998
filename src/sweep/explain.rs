//! What of the hits the plan expects. A collection in which something was found is read once more as records: each hit
//! belongs to a record the plan keeps, with its reason, or it is left. What the file holds beside its records is left.

use std::collections::{BTreeMap, HashMap};

use super::scan::Scanner;
use super::sought::{Sought, telling_fields};
use super::stream::FileHit;
use super::tally::Spot;
use super::walk::{FREE, Walked};
use crate::error::Result;
use crate::find::record_key;
use crate::map::{Collection, DataMap, FieldErase, SourceMap};
use crate::plan::{Action, Asked, Change, Plan};
use crate::problem::Problem;
use crate::record::{Key, Record, Value};
use crate::source::raw::RawKind;
use crate::source::{open, open_raw};

/// Sorts what is waiting into what is kept and what is left.
pub fn explain(map: &DataMap, plan: &Plan, sought: &[Sought], scanner: &Scanner, walked: &mut Walked) -> Result<()> {
    let mut held_by_others = vec![false; sought.len()];
    for ((n, name), hits) in std::mem::take(&mut walked.waiting) {
        let source = &map.sources[n];
        let Some(collection) = source.collection(&name) else { continue };
        let mut page = Page { map, plan, source, collection, sought, scanner, walked, others: &mut held_by_others };
        if let Err(error) = page.read(hits) {
            let place = format!("{}.{name}", source.name);
            walked.problems.push(Problem::new("unswept", place, error.message));
        }
    }
    for (n, file, hit) in std::mem::take(&mut walked.behind) {
        let source = map.sources[n].name.clone();
        let (reason, is_log) = match file.kind {
            RawKind::Log if file.is_current() => {
                ("in the log of the database; run PRAGMA wal_checkpoint(TRUNCATE)", true)
            }
            RawKind::Log => ("in a journal of the database; delete it when no program has the database open", true),
            _ => (FREE, false),
        };
        if !is_log {
            walked.in_free_space.entry(source.clone()).or_default().push(hit.offset);
        }
        // The log holds pages with what is kept, too.
        let is_kept =
            is_log && walked.kept.count(&source, hit.sought) > 0 && walked.left.count(&source, hit.sought) == 0;
        let spot = Spot {
            source,
            place: file.name,
            field: None,
            sought: hit.sought,
            coding: hit.coding,
            reason: if is_kept { "in the log of the database, where it is kept" } else { reason }.to_owned(),
        };
        let tally = if is_kept { &mut walked.kept } else { &mut walked.left };
        tally.add(spot, 1, Some(format!("byte {}", hit.offset)));
    }
    // A number or an address of two people goes on being the other's, wherever it stands.
    let shared = |spot: &Spot| sought[spot.sought].shared && held_by_others[spot.sought];
    walked.left.move_to(&mut walked.kept, &shared, "another person has it too");
    // Who came back after the erasure that is done again has it once more.
    let back = |spot: &Spot| matches!(plan.header.asked, Asked::Replay(_)) && held_by_others[spot.sought];
    walked.left.move_to(&mut walked.kept, &back, "the person came back");
    Ok(())
}

/// One collection, read as records.
struct Page<'a> {
    map: &'a DataMap,
    plan: &'a Plan,
    source: &'a SourceMap,
    collection: &'a Collection,
    sought: &'a [Sought],
    scanner: &'a Scanner,
    walked: &'a mut Walked,
    others: &'a mut [bool],
}

/// Lines of a file that belong together: those of a record, or of several that begin in one line.
#[derive(Default)]
struct Lines {
    /// How often its records hold each identifier.
    held: BTreeMap<usize, u64>,
}

impl Page<'_> {
    fn read(&mut self, hits: Vec<FileHit>) -> Result<()> {
        let (source, collection) = (self.source, self.collection);
        let changes = self.plan.changes.iter().filter(|c| c.source == source.name && c.collection == collection.name);
        let planned: HashMap<String, &Change> = changes
            .filter(|c| c.action != Action::Delete)
            .map(|c| (c.key_after.as_ref().unwrap_or(&c.key).to_exact_json().to_string(), c))
            .collect();
        let telling = telling_fields(self.map, collection);
        let mut hits = hits.into_iter().peekable();
        let mut lines: Option<(u64, Lines)> = None;
        let schema = open(&source.address, &source.name)?.schema()?;
        let shape = schema.shape(&collection.name);
        let mut raw = open_raw(&source.address, &source.name)?;
        let problems = raw.records(&collection.name, &mut |found| {
            if let Some(line) = found.line
                && lines.as_ref().is_none_or(|(first, _)| *first != line)
            {
                let before = lines.replace((line, Lines::default()));
                self.beside_records(&mut hits, line, before.map(|(_, lines)| lines));
            }
            let key = record_key(source, collection, shape, &found.record);
            let change = planned.get(&key.to_exact_json().to_string()).copied();
            for (field, sought, coding) in self.hits_of(&found.record) {
                if let Some((_, lines)) = &mut lines {
                    *lines.held.entry(sought).or_default() += 1;
                }
                let kind = self.sought[sought].kind.as_str();
                if change.is_none() && telling.iter().any(|(f, k, _)| *f == field && *k == kind) {
                    self.others[sought] = true;
                }
                self.count(change, &key, found.line, field, sought, coding);
            }
            Ok(())
        })?;
        // What cannot be read as a record was swept all the same.
        drop(problems);
        self.beside_records(&mut hits, u64::MAX, lines.map(|(_, lines)| lines));
        Ok(())
    }

    fn count(
        &mut self,
        change: Option<&Change>,
        key: &Key,
        line: Option<u64>,
        field: String,
        sought: usize,
        coding: super::Coding,
    ) {
        let why = change.and_then(|change| stays_because(change, self.collection, &field));
        let example = match (key, line) {
            (Key::Content(_), Some(line)) => format!("line {line}"),
            (key, _) => key.show(),
        };
        let spot = Spot {
            source: self.source.name.clone(),
            place: self.collection.name.clone(),
            field: Some(field),
            sought,
            coding,
            reason: why.clone().unwrap_or_default(),
        };
        let tally = if why.is_some() { &mut self.walked.kept } else { &mut self.walked.left };
        tally.add(spot, 1, Some(example));
    }

    /// The hits before line `to` that no record of these lines accounts for: in a header, a comment, a broken line.
    fn beside_records(
        &mut self,
        hits: &mut std::iter::Peekable<std::vec::IntoIter<FileHit>>,
        to: u64,
        lines: Option<Lines>,
    ) {
        let mut held = lines.unwrap_or_default().held;
        while let Some(hit) = hits.next_if(|hit| hit.line < to) {
            match held.get_mut(&hit.sought).filter(|left| **left > 0) {
                Some(left) => *left -= 1,
                None => {
                    let spot = Spot {
                        source: self.source.name.clone(),
                        place: self.collection.name.clone(),
                        field: None,
                        sought: hit.sought,
                        coding: hit.coding,
                        reason: "in the file, in no record".to_owned(),
                    };
                    self.walked.left.add(spot, 1, Some(format!("line {}", hit.line)));
                }
            }
        }
    }

    /// Every hit in a record: the field as the map would name it, which identifier, how it is written.
    fn hits_of(&self, record: &Record) -> Vec<(String, usize, super::Coding)> {
        let mut out = Vec::new();
        for (name, value) in record.names.iter().zip(&record.values) {
            self.in_text(name, name, &mut out);
            self.in_value(name, value, &mut out);
        }
        out
    }

    fn in_value(&self, path: &str, value: &Value, out: &mut Vec<(String, usize, super::Coding)>) {
        match value {
            Value::List(items) => items.iter().for_each(|item| self.in_value(&format!("{path}[]"), item, out)),
            Value::Object(members) => {
                for (name, value) in members {
                    let inside = format!("{path}.{name}");
                    self.in_text(&inside, name, out);
                    self.in_value(&inside, value, out);
                }
            }
            Value::Bytes(bytes) => self.in_bytes(path, bytes, out),
            Value::Null | Value::Bool(_) => {}
            Value::Text(text) | Value::Native { text, .. } => self.in_text(path, text, out),
            other => other.plain().into_iter().for_each(|text| self.in_text(path, &text, out)),
        }
    }

    fn in_text(&self, path: &str, text: &str, out: &mut Vec<(String, usize, super::Coding)>) {
        self.in_bytes(path, text.as_bytes(), out);
    }

    fn in_bytes(&self, path: &str, bytes: &[u8], out: &mut Vec<(String, usize, super::Coding)>) {
        let hits = self.scanner.scan(bytes, 0..bytes.len());
        out.extend(hits.into_iter().map(|hit| (path.to_owned(), hit.sought, hit.coding)));
    }
}

/// Why the plan leaves what stands in this field of a record; none where it does not.
fn stays_because(change: &Change, collection: &Collection, field: &str) -> Option<String> {
    let reason = || Some(change.reason.text.clone());
    match change.action {
        Action::Delete => None,
        Action::Keep | Action::Propose | Action::Isolate => reason(),
        _ if change.after.iter().any(|(path, _)| path.as_str() == field) => None,
        // What the rule needs.
        Action::Minimise => reason(),
        _ if collection.field(field).is_some_and(|f| f.erase == Some(FieldErase::Keep)) => {
            Some("the data map says that the field stays".to_owned())
        }
        _ if collection.key.iter().any(|k| k == field) || change.reason.code == "fields-stay" => reason(),
        _ => None,
    }
}
