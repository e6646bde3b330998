//! One source while a plan is taken back: which records are as the plan left them, the edits that bring them back, and
//! that they read back as they were.

use std::collections::{BTreeMap, BTreeSet};

use super::images::{Image, as_left};
use super::seen::arrivals;
use super::work::lookup;
use crate::error::{Error, Result};
use crate::map::SourceMap;
use crate::plan::{Action, Change, Leftover};
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::{self, Edit, EditChange, Patch, Schema, Writer};

/// One source and what is to come back in it.
pub(super) struct Back<'a> {
    writer: Box<dyn Writer>,
    schema: Schema,
    changes: Vec<&'a Change>,
    images: Vec<Option<&'a Image>>,
    /// By change: the records that are as the plan left them; none where they are as they were before.
    left: Vec<Option<Vec<Record>>>,
    /// How many records come back.
    pub records: u64,
    /// What the source did beside, and what could not be given back as it was.
    pub problems: Vec<Problem>,
}

/// A step towards how it was.
struct Step {
    collection: String,
    key: Key,
    count: u64,
    what: What,
}

enum What {
    Delete,
    Insert(Record),
    Set(Vec<(FieldPath, Value)>),
}

impl<'a> Back<'a> {
    /// Opens a source and finds out how its records are. The second value names records that are neither as they were nor
    /// as the plan left them.
    pub fn open(
        source: &'a SourceMap,
        changes: Vec<&'a Change>,
        images: &'a BTreeMap<usize, Image>,
        patches: &[Patch],
    ) -> Result<(Back<'a>, Vec<Leftover>)> {
        let schema = match patches.is_empty() {
            true => source::open(&source.address, &source.name)?.schema()?,
            false => Schema::default(),
        };
        let writer = source::open_writer(&source.address, &source.name)?;
        let images = (0..changes.len()).map(|n| images.get(&n)).collect();
        let mut back = Back { writer, schema, changes, images, left: Vec::new(), records: 0, problems: Vec::new() };
        for patch in patches {
            if back.writer.take_back(patch)? {
                let here = back.changes.iter().filter(|c| c.collection == patch.collection);
                back.records += here.map(|c| c.count).sum::<u64>();
            }
        }
        let changed = match patches.is_empty() {
            true => back.classify()?,
            false => {
                back.left = vec![None; back.changes.len()];
                Vec::new()
            }
        };
        Ok((back, changed))
    }

    fn classify(&mut self) -> Result<Vec<Leftover>> {
        let before: Vec<&Key> = self.changes.iter().map(|c| &c.key).collect();
        let after: Vec<&Key> = self.changes.iter().map(|c| key_after(c)).collect();
        let then = lookup(self.writer.as_mut(), &self.changes, &before)?;
        let now = lookup(self.writer.as_mut(), &self.changes, &after)?;
        let arrivals = arrivals(&self.changes);
        let arrived = |c: &Change| arrivals.get(&(c.collection.as_str(), key_after(c))).copied();
        let mut changed = Vec::new();
        for (n, change) in self.changes.iter().enumerate() {
            let image = self.images[n].ok_or_else(|| Error::bug("a record has no before-image"))?;
            let like =
                |records: &[Record], wanted: &Record| records.iter().all(|r| self.alike(change, image, r, wanted));
            let is_as_before = then[n].len() as u64 == change.count && like(&then[n], &image.record);
            let is_as_left = match change.action {
                Action::Delete => then[n].len() as u64 == arrived(change).unwrap_or(0),
                _ => {
                    let there = now[n].len() as u64;
                    arrived(change).map_or(there == change.count, |all| there >= all)
                        && like(&now[n], &as_left(&image.record, change))
                }
            };
            self.left.push(match (is_as_before, is_as_left) {
                (true, _) => None,
                (_, true) => Some(now[n].clone()),
                _ => {
                    let (source, collection) = (change.source.clone(), change.collection.clone());
                    changed.push(Leftover { source, collection, key: key_after(change).clone() });
                    None
                }
            });
        }
        Ok(changed)
    }

    /// Whether two records are the same but for what the source sets by itself.
    fn alike(&self, change: &Change, image: &Image, one: &Record, other: &Record) -> bool {
        let all = one.names.iter().chain(&*other.names);
        all.filter(|name| !self.is_computed(change, name) && !image.beside.contains(name))
            .all(|name| one.get(name) == other.get(name))
    }

    fn is_computed(&self, change: &Change, column: &str) -> bool {
        let shape = self.schema.shape(&change.collection);
        shape.and_then(|s| s.column(column)).is_some_and(|c| c.generated)
    }

    /// Brings the records back and reads them back.
    pub fn write(&mut self) -> Result<()> {
        let steps = self.steps();
        if steps.is_empty() {
            return Ok(());
        }
        let written = self.carry_out(&steps)?;
        self.problems.extend(written);
        let mut differing = self.differing()?;
        let again = self.put_right(&differing);
        if !again.is_empty() {
            self.carry_out(&again)?;
            differing = self.differing()?;
        }
        self.tell(&differing);
        Ok(())
    }

    pub fn commit(self) -> Result<Vec<Problem>> {
        let mut problems = self.problems;
        problems.extend(self.writer.commit()?.problems);
        Ok(problems)
    }

    fn carry_out(&mut self, steps: &[Step]) -> Result<Vec<Problem>> {
        let edits: Vec<Edit<'_>> = steps.iter().map(edit).collect();
        Ok(self.writer.write(&edits)?.beside)
    }

    /// The plan's steps, the last one first. Several records without a key that came to look alike are told apart by
    /// nothing: all of them go, and each comes back.
    fn steps(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut merged: BTreeSet<(&str, &Key)> = BTreeSet::new();
        for n in (0..self.changes.len()).rev() {
            let (Some(now), Some(image), change) = (&self.left[n], self.images[n], self.changes[n]) else { continue };
            self.records += change.count;
            let step =
                |key: &Key, count, what| Step { collection: change.collection.clone(), key: key.clone(), count, what };
            let original = || step(&change.key, change.count, What::Insert(image.record.clone()));
            if change.action == Action::Delete {
                steps.push(original());
                continue;
            }
            let key = key_after(change);
            let Some(one) = now.first() else { continue };
            if now.len() as u64 == change.count {
                let differs = |name: &&String| one.get(name) != image.record.get(name);
                let names = image.record.names.iter().filter(differs).filter(|name| !self.is_computed(change, name));
                let fields = names.filter_map(|name| Some((FieldPath::column(name), image.record.get(name)?.clone())));
                let fields: Vec<_> = fields.collect();
                if !fields.is_empty() {
                    steps.push(step(key, change.count, What::Set(fields)));
                }
                continue;
            }
            if merged.insert((&change.collection, key)) {
                let alike = self.changes.iter().filter(|c| c.collection == change.collection && key_after(c) == key);
                let ours: u64 = alike.filter(|c| c.action != Action::Delete).map(|c| c.count).sum();
                let all = now.len() as u64;
                steps.push(step(key, all, What::Delete));
                if all > ours {
                    steps.push(step(key, all - ours, What::Insert(one.clone())));
                }
            }
            steps.push(original());
        }
        steps
    }

    /// The columns, by change, that are not as they were.
    fn differing(&mut self) -> Result<BTreeMap<usize, Vec<String>>> {
        let keys: Vec<&Key> = self.changes.iter().map(|c| &c.key).collect();
        let now = lookup(self.writer.as_mut(), &self.changes, &keys)?;
        let mut differing = BTreeMap::new();
        for (n, change) in self.changes.iter().enumerate() {
            let (Some(_), Some(image)) = (&self.left[n], self.images[n]) else { continue };
            let records = &now[n];
            if records.is_empty() || (records.len() as u64) < change.count {
                return Err(Error::failed(format!(
                    "{}.{}: a record did not come back",
                    change.source, change.collection
                ))
                .hint("a trigger or a rule of the database may have prevented it; nothing was changed"));
            }
            let differs = |name: &&String| records.iter().any(|r| r.get(name) != image.record.get(name));
            let columns: Vec<String> = image.record.names.iter().filter(differs).cloned().collect();
            if !columns.is_empty() {
                differing.insert(n, columns);
            }
        }
        Ok(differing)
    }

    /// What a trigger set when the record came back is set once more.
    fn put_right(&self, differing: &BTreeMap<usize, Vec<String>>) -> Vec<Step> {
        let step = |(n, columns): (&usize, &Vec<String>)| {
            let (change, image) = (self.changes[*n], self.images[*n]?);
            let settable = columns.iter().filter(|name| !self.is_computed(change, name));
            let fields: Vec<_> =
                settable.filter_map(|name| Some((FieldPath::column(name), image.record.get(name)?.clone()))).collect();
            let keyed = matches!(change.key, Key::Columns(_)) && !fields.is_empty();
            keyed.then(|| Step {
                collection: change.collection.clone(),
                key: change.key.clone(),
                count: change.count,
                what: What::Set(fields),
            })
        };
        differing.iter().filter_map(step).collect()
    }

    fn tell(&mut self, differing: &BTreeMap<usize, Vec<String>>) {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (n, columns) in differing {
            let change = self.changes[*n];
            for column in columns {
                *counts.entry(format!("{}.{}.{column}", change.source, change.collection)).or_default() += change.count;
            }
        }
        for (place, n) in counts {
            let message = format!("{n} records came back with another value: the database sets this field by itself");
            self.problems.push(Problem::new("differs", place, message));
        }
    }
}

fn key_after(change: &Change) -> &Key {
    change.key_after.as_ref().unwrap_or(&change.key)
}

fn edit(step: &Step) -> Edit<'_> {
    let change = match &step.what {
        What::Delete => EditChange::Delete,
        What::Insert(record) => EditChange::Insert(record),
        What::Set(fields) => EditChange::Set(fields),
    };
    Edit { collection: &step.collection, key: &step.key, count: step.count, change }
}
