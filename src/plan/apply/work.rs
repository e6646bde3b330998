//! One source's part of a plan: how its records are now, what is still to be done, and that it reads back as planned.

use std::collections::BTreeMap;

use super::seen::{Seen, State, arrivals, near_after, state};
use super::{Applied, stale};
use crate::error::{Error, Result};
use crate::map::{DataMap, SourceMap};
use crate::plan::{Action, Change, Plan};
use crate::problem::Problem;
use crate::record::{Digest, Key, Record};
use crate::source::{self, Edit, EditChange, Writer};

/// How often something is tried that may succeed when it is done again.
const TRIES: u32 = 4;

/// Does something again while its failure says that this may help (a deadlock, a conflict of transactions).
pub(super) fn patiently<T>(mut what: impl FnMut() -> Result<T>) -> Result<T> {
    for _ in 1..TRIES {
        match what() {
            Err(error) if error.transient => {}
            outcome => return outcome,
        }
    }
    what().map_err(|e| if e.transient { e.hint(format!("it was tried {TRIES} times")) } else { e })
}

/// Takes a source's work a step further; where that may help, from its beginning again.
pub(super) fn again<'a, T>(work: Work<'a>, started: bool, step: impl Fn(Work<'a>) -> Result<T>) -> Result<T> {
    let (source, changes, keeps) = (work.source, work.changes.clone(), work.images.is_some());
    let mut ready = Some(work);
    patiently(|| match ready.take() {
        Some(work) => step(work),
        None => step(prepare_one(source, changes.clone(), started, keeps)?),
    })
}

/// One source's part of a plan.
pub(super) struct Work<'a> {
    pub source: &'a SourceMap,
    pub changes: Vec<&'a Change>,
    pub writer: Box<dyn Writer>,
    /// By change: whether an earlier run has done it.
    done: Vec<bool>,
    /// What the source did beside, once it is written.
    beside: Option<Vec<Problem>>,
    /// By change, where that is kept: its record before it was changed, and after.
    pub images: Option<(Vec<Record>, Vec<Option<Record>>)>,
}

/// Opens a writer a source that changes, and finds out how its records are. Collections of persons are changed by the sources that come last, so that a
/// cut-off run can still find everything from them.
pub(super) fn prepare<'a>(map: &'a DataMap, plan: &'a Plan, started: bool, keeps: bool) -> Result<Vec<Work<'a>>> {
    let mut sources: Vec<&SourceMap> = map.sources.iter().collect();
    sources.sort_by_key(|s| s.collections.iter().any(|c| c.person));
    let mut work = Vec::new();
    for source in sources {
        let changes = changes_of(plan, source);
        if !changes.is_empty() {
            work.push(prepare_one(source, changes, started, keeps)?);
        }
    }
    Ok(work)
}

/// What a plan changes in a source, in its order.
pub(super) fn changes_of<'a>(plan: &'a Plan, source: &SourceMap) -> Vec<&'a Change> {
    plan.changes.iter().filter(|c| c.source == source.name && c.action.writes()).collect()
}

fn prepare_one<'a>(source: &'a SourceMap, changes: Vec<&'a Change>, started: bool, keeps: bool) -> Result<Work<'a>> {
    let writer = source::open_writer(&source.address, &source.name)?;
    let images = keeps.then(Default::default);
    let mut work = Work { source, changes, writer, done: Vec::new(), beside: None, images };
    work.narrow();
    work.classify(started)?;
    Ok(work)
}

impl<'a> Work<'a> {
    /// Tells the source what records without a key are found by.
    fn narrow(&mut self) {
        let mut near: BTreeMap<&str, Vec<(Digest, Key)>> = BTreeMap::new();
        for change in &self.changes {
            let list = near.entry(&change.collection).or_default();
            let mut say = |key: &Key, near: Option<Key>| {
                if let (Key::Content(digest), Some(near)) = (key, near) {
                    list.push((*digest, near));
                }
            };
            say(&change.key, change.near.clone());
            change.key_after.iter().for_each(|key| say(key, near_after(change)));
        }
        near.into_iter().filter(|(_, l)| !l.is_empty()).for_each(|(name, list)| self.writer.narrow(name, list));
    }

    /// Finds out of every record whether it is as before or as after.
    fn classify(&mut self, started: bool) -> Result<()> {
        let states = self.states(started)?;
        for (change, state) in self.changes.iter().zip(&states) {
            match state {
                State::Before => {}
                State::After if started => {}
                _ => {
                    let place = format!("{}.{}", change.source, change.collection);
                    return Err(match started {
                        false => stale(&format!("a record of {place} has changed")),
                        true => {
                            Error::refused(format!("{place}: a record is neither as before the plan nor as after it"))
                                .hint("somebody changed it meanwhile; look at it, then plan again")
                        }
                    });
                }
            }
        }
        self.done = states.iter().map(|s| *s == State::After).collect();
        Ok(())
    }

    /// How each record is now; where it moves, and `moved_too`, its new place is looked at as well.
    fn states(&mut self, moved_too: bool) -> Result<Vec<State>> {
        let seen = self.look(moved_too)?;
        let arrivals = arrivals(&self.changes);
        Ok(self.changes.iter().zip(&seen).map(|(change, seen)| state(change, seen, &arrivals)).collect())
    }

    /// Looks the records up, collection by collection, and counts; of each it keeps the first where images are kept.
    fn look(&mut self, moved_too: bool) -> Result<Vec<Seen>> {
        let mut by_collection: BTreeMap<&str, (Vec<usize>, Vec<&Key>)> = BTreeMap::new();
        let (mut seen, mut places) = (vec![Seen::default(); self.changes.len()], Vec::new());
        for (i, change) in self.changes.iter().enumerate() {
            let (numbers, keys) = by_collection.entry(&change.collection).or_default();
            let mut ask = |key, here, there| {
                numbers.push(places.len());
                keys.push(key);
                places.push((i, here, there));
            };
            ask(&change.key, true, change.key_after.is_none());
            change.key_after.as_ref().filter(|_| moved_too).into_iter().for_each(|key| ask(key, false, true));
        }
        let mut kept = vec![(None, None); if self.images.is_some() { self.changes.len() } else { 0 }];
        for (collection, (numbers, keys)) in by_collection {
            self.writer.lookup(collection, &keys, &mut |n, record| {
                let (i, here, there) = places[numbers[n]];
                seen[i].take(self.changes[i], &record, here, there);
                if let Some((before, after)) = kept.get_mut(i) {
                    let (old, new) = (here && before.is_none(), there && after.is_none());
                    *after = if new { Some(record.clone()) } else { after.take() };
                    *before = if old { Some(record) } else { before.take() };
                }
                Ok(())
            })?;
        }
        self.keep(kept);
        Ok(seen)
    }

    /// Keeps what was seen first as the records before, later as those after.
    fn keep(&mut self, kept: Vec<(Option<Record>, Option<Record>)>) {
        let Some((before, after)) = &mut self.images else { return };
        match before.is_empty() {
            true => before.extend(kept.into_iter().filter_map(|(before, _)| before)),
            false => *after = kept.into_iter().map(|(_, after)| after).collect(),
        }
    }

    /// Writes what is not done yet, and reads it back; once.
    pub fn write(mut self) -> Result<Self> {
        if self.beside.is_some() {
            return Ok(self);
        }
        let edits: Vec<Edit<'_>> = self.todo().map(edit).collect();
        let written = self.writer.write(&edits)?;
        let states = self.states(true)?;
        if let Some(i) = states.iter().position(|s| *s != State::After) {
            let change = self.changes[i];
            return Err(Error::failed(format!(
                "{}.{}: a change reads back differently from the plan",
                change.source, change.collection
            ))
            .hint("a trigger or a type of the database altered it; this source was left as it was"));
        }
        self.beside = Some(written.beside);
        Ok(self)
    }

    /// Makes it durable.
    pub fn commit(self) -> Result<Applied> {
        let mut applied = Applied::default();
        for change in self.todo() {
            *applied.done.entry(change.action).or_default() += change.count;
            if let Some(end) = change.end {
                *applied.ended.entry(end).or_default() += change.count;
            }
        }
        applied.done_before = self.done.iter().filter(|done| **done).count() as u64;
        applied.problems.extend(self.beside.into_iter().flatten());
        let remains = self.writer.commit()?;
        applied.problems.extend(remains.problems);
        applied.not_covered = remains.not_covered;
        Ok(applied)
    }

    fn todo(&self) -> impl Iterator<Item = &'a Change> + use<'a, '_> {
        self.changes.iter().zip(&self.done).filter(|(_, done)| !**done).map(|(change, _)| *change)
    }
}

/// The records at these keys (one key a change), asked for collection by collection.
pub(super) fn lookup(writer: &mut dyn Writer, changes: &[&Change], keys: &[&Key]) -> Result<Vec<Vec<Record>>> {
    let mut found = vec![Vec::new(); keys.len()];
    let mut by_collection: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, change) in changes.iter().enumerate() {
        by_collection.entry(&change.collection).or_default().push(i);
    }
    for (collection, places) in by_collection {
        let asked: Vec<&Key> = places.iter().map(|i| keys[*i]).collect();
        writer.lookup(collection, &asked, &mut |i, record| {
            found[places[i]].push(record);
            Ok(())
        })?;
    }
    Ok(found)
}

fn edit(change: &Change) -> Edit<'_> {
    let what = match change.action {
        Action::Delete => EditChange::Delete,
        _ => EditChange::Set(&change.after),
    };
    Edit { collection: &change.collection, key: &change.key, count: change.count, change: what }
}
