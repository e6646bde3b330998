//! Carries out a plan: exactly it, or nothing.
//!
//! Before the first write the search is done again and must give the same plan, and every record of every source must
//! be as it was. Then the plan counts as started: from there on a record is as before (do it), as after (done), or
//! neither (stop), so that a plan that was cut off is applied again and ends in the same state.

use std::collections::BTreeMap;

use super::build::{Context, build};
use super::{Action, Change, End, Plan, Sealed, files};
use crate::error::{Error, Kind, Result};
use crate::find::{Opened, find};
use crate::map::{DataMap, SourceMap};
use crate::problem::Problem;
use crate::record::{Digest, Key, Record};
use crate::resolve::Start;
use crate::source::{self, Edit, EditChange, Writer};

/// Where the progress of a plan is kept, outlasting a crash: the register.
pub trait Progress {
    /// Whether the plan was started before.
    fn is_started(&self) -> Result<bool>;
    /// The plan is about to write; from now on it is never stale.
    fn start(&mut self) -> Result<()>;
    /// A source has been committed.
    fn committed(&mut self, source: &str) -> Result<()>;
    /// All sources have been.
    fn finish(&mut self) -> Result<()>;
}

/// What applying did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// Records changed now, by action.
    pub done: BTreeMap<Action, u64>,
    /// How the person's records among them ended.
    pub ended: BTreeMap<End, u64>,
    /// Records that an earlier, cut-off run had changed.
    pub done_before: u64,
    /// Files deleted.
    pub files: u64,
    /// What the sources did beside, and what is left on disk that somebody must see to.
    pub problems: Vec<Problem>,
    /// Where old records stay until they age out, as in backups: logs of servers.
    pub not_covered: Vec<Problem>,
}

/// Applies a plan.
pub fn apply(map: &DataMap, sealed: &Sealed, progress: &mut dyn Progress) -> Result<Applied> {
    let plan = &sealed.plan;
    if crate::map::meaning(map) != plan.header.map {
        return Err(stale("the data map has changed since the plan was made"));
    }
    let started = progress.is_started()?;
    if !started {
        same_plan_again(map, plan)?;
    }
    let sources = patiently(|| prepare(map, plan, started))?;
    // Everything is written and read back before the first source is made durable: a full disk or a constraint is
    // met while nothing has changed anywhere.
    let mut written = Vec::new();
    for work in sources {
        written.push(again(work, started, Work::write)?);
    }
    fail::fail_point!("apply.written");
    progress.start()?;
    fail::fail_point!("apply.started");
    let mut applied = Applied::default();
    let mut changed: Vec<&str> = Vec::new();
    for work in written {
        let source = work.source;
        let part = again(work, true, |work| work.write()?.commit()).map_err(|e| go_on(e, &changed))?;
        applied.add(part);
        progress.committed(&source.name).map_err(|e| go_on(e, &changed))?;
        fail::fail_point!("apply.committed");
        changed.push(&source.name);
    }
    applied.files = files::delete(plan).map_err(|e| go_on(e, &changed))?;
    progress.finish()?;
    Ok(applied)
}

/// Wipes copies of what was erased that were left in space no record uses, as the sweep found them: bytes of files, by
/// source.
pub fn wipe(map: &DataMap, left: &BTreeMap<String, Vec<u64>>) -> Vec<Problem> {
    let named = left.iter().filter_map(|(name, offsets)| Some((map.source(name)?, offsets)));
    let tried = named.map(|(source, offsets)| (source, source::wipe(&source.address, &source.name, offsets)));
    let failed = |(source, outcome): (&SourceMap, Result<()>)| {
        let error = outcome.err()?;
        let message = [&[error.message][..], &error.hints].concat().join("; ");
        Some(Problem::new("left-on-disk", &source.name, message))
    };
    tried.filter_map(failed).collect()
}

/// How often something is tried that may succeed when it is done again.
const TRIES: u32 = 4;

/// Does something again while its failure says that this may help (a deadlock, a conflict of transactions).
fn patiently<T>(mut what: impl FnMut() -> Result<T>) -> Result<T> {
    for _ in 1..TRIES {
        match what() {
            Err(error) if error.transient => {}
            outcome => return outcome,
        }
    }
    what().map_err(|e| if e.transient { e.hint(format!("it was tried {TRIES} times")) } else { e })
}

/// Takes a source's work a step further; where that may help, from its beginning again.
fn again<'a, T>(work: Work<'a>, started: bool, step: impl Fn(Work<'a>) -> Result<T>) -> Result<T> {
    let (source, changes) = (work.source, work.changes.clone());
    let mut ready = Some(work);
    patiently(|| match ready.take() {
        Some(work) => step(work),
        None => step(prepare_one(source, changes.clone(), started)?),
    })
}

impl Applied {
    fn add(&mut self, part: Applied) {
        for (action, n) in part.done {
            *self.done.entry(action).or_default() += n;
        }
        for (end, n) in part.ended {
            *self.ended.entry(end).or_default() += n;
        }
        self.done_before += part.done_before;
        self.problems.extend(part.problems);
        self.not_covered.extend(part.not_covered);
    }
}

/// A failure after which some sources are changed and others are not.
fn go_on(error: Error, changed: &[&str]) -> Error {
    match changed {
        [] => error.hint("apply the plan again to finish"),
        changed => error.hint(format!("already changed: {}; apply the plan again to finish", changed.join(", "))),
    }
}

fn stale(what: &str) -> Error {
    Error::refused(format!("the plan is stale: {what}"))
        .hint("nothing was changed; make the plan anew and look at what is different")
}

/// Searches again from the plan's subjects and plans again what the plan was asked: the outcome must be the same.
fn same_plan_again(map: &DataMap, plan: &Plan) -> Result<()> {
    let asked = &plan.header.asked;
    let starts: Vec<Start> = plan.header.subjects.iter().cloned().map(|s| asked.start(s)).collect();
    let findings = find(map, Opened::all(map), &starts, plan.header.asked.needs_references())?;
    let mut random = || 0;
    let context = Context::new(map, plan.header.created, plan.header.today, &mut random);
    let context = Context { holds: plan.header.holds.clone(), ..context };
    let again = build(&findings, plan.header.asked.clone(), context).map_err(|e| match e.kind {
        Kind::Refused => {
            Error { hints: e.hints, ..stale(&format!("planned again, it would be refused: {}", e.message)) }
        }
        _ => e,
    })?;
    if again.header.schemas != plan.header.schemas {
        return Err(stale("a table has other columns, keys, references or triggers than when the plan was made"));
    }
    let mut now: Vec<_> = again.changes.iter().map(outline).collect();
    let mut then: Vec<_> = plan.changes.iter().map(outline).collect();
    then.sort();
    now.sort();
    if let Some(((source, collection, ..), what)) = first_difference(&then, &now) {
        return Err(stale(&format!("a record of {source}.{collection} {what}")));
    }
    Ok(())
}

type Outline = (String, String, Key, u64, Action, Digest);

fn outline(c: &Change) -> Outline {
    (c.source.clone(), c.collection.clone(), c.key.clone(), c.count, c.action, c.before)
}

fn first_difference<'a>(then: &'a [Outline], now: &'a [Outline]) -> Option<(&'a Outline, &'static str)> {
    let gone = then.iter().find(|o| now.binary_search(o).is_err());
    let new = now.iter().find(|o| then.binary_search(o).is_err());
    gone.map(|o| (o, "has changed or gone")).or(new.map(|o| (o, "is new")))
}

/// One source's part of a plan.
struct Work<'a> {
    source: &'a SourceMap,
    changes: Vec<&'a Change>,
    writer: Box<dyn Writer>,
    /// By change: whether an earlier run has done it.
    done: Vec<bool>,
    /// What the source did beside, once it is written.
    beside: Option<Vec<Problem>>,
}

/// Opens a writer a source that changes, and finds out how its records are. Collections of persons are changed by the sources that come last, so that a
/// cut-off run can still find everything from them.
fn prepare<'a>(map: &'a DataMap, plan: &'a Plan, started: bool) -> Result<Vec<Work<'a>>> {
    let mut sources: Vec<&SourceMap> = map.sources.iter().collect();
    sources.sort_by_key(|s| s.collections.iter().any(|c| c.person));
    let mut work = Vec::new();
    for source in sources {
        let changes: Vec<&Change> =
            plan.changes.iter().filter(|c| c.source == source.name && c.action.writes()).collect();
        if !changes.is_empty() {
            work.push(prepare_one(source, changes, started)?);
        }
    }
    Ok(work)
}

fn prepare_one<'a>(source: &'a SourceMap, changes: Vec<&'a Change>, started: bool) -> Result<Work<'a>> {
    let writer = source::open_writer(&source.address, &source.name)?;
    let mut work = Work { source, changes, writer, done: Vec::new(), beside: None };
    work.classify(started)?;
    Ok(work)
}

impl<'a> Work<'a> {
    /// Finds out of every record whether it is as before or as after.
    fn classify(&mut self, started: bool) -> Result<()> {
        let states = self.states()?;
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

    fn states(&mut self) -> Result<Vec<State>> {
        let before: Vec<&Key> = self.changes.iter().map(|c| &c.key).collect();
        let after: Vec<&Key> = self.changes.iter().map(|c| c.key_after.as_ref().unwrap_or(&c.key)).collect();
        let now = self.lookup(&before)?;
        let then = if before == after { now.clone() } else { self.lookup(&after)? };
        let arrivals = arrivals(&self.changes);
        let state = |(i, change): (usize, &&Change)| state(change, &now[i], &then[i], &arrivals);
        Ok(self.changes.iter().enumerate().map(state).collect())
    }

    /// The records at these keys (one key a change), asked for collection by collection.
    fn lookup(&mut self, keys: &[&Key]) -> Result<Vec<Vec<Record>>> {
        let mut found = vec![Vec::new(); keys.len()];
        let mut by_collection: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, change) in self.changes.iter().enumerate() {
            by_collection.entry(&change.collection).or_default().push(i);
        }
        for (collection, places) in by_collection {
            let asked: Vec<&Key> = places.iter().map(|i| keys[*i]).collect();
            self.writer.lookup(collection, &asked, &mut |i, record| {
                found[places[i]].push(record);
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Writes what is not done yet, and reads it back; once.
    fn write(mut self) -> Result<Self> {
        if self.beside.is_some() {
            return Ok(self);
        }
        let edits: Vec<Edit<'_>> = self.todo().map(edit).collect();
        let written = self.writer.write(&edits)?;
        let states = self.states()?;
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
    fn commit(self) -> Result<Applied> {
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

#[derive(Clone, Copy, PartialEq)]
enum State {
    Before,
    After,
    Neither,
}

/// How many records get a content, by collection: several may come to look alike.
type Arrivals<'a> = BTreeMap<(&'a str, &'a Key), u64>;

fn arrivals<'a>(changes: &[&'a Change]) -> Arrivals<'a> {
    let mut arrivals = Arrivals::new();
    for change in changes.iter().filter(|c| c.action != Action::Delete) {
        let key = change.key_after.as_ref().unwrap_or(&change.key);
        if matches!(key, Key::Content(_)) {
            *arrivals.entry((change.collection.as_str(), key)).or_default() += change.count;
        }
    }
    arrivals
}

fn state(change: &Change, at_key: &[Record], at_key_after: &[Record], arrivals: &Arrivals<'_>) -> State {
    let as_before = |r: &Record| r.digest() == change.before;
    if at_key.len() as u64 == change.count && at_key.iter().all(as_before) {
        return State::Before;
    }
    let arrived = |key: &Key| arrivals.get(&(change.collection.as_str(), key)).copied();
    let key_after = change.key_after.as_ref().unwrap_or(&change.key);
    let after = match change.action {
        Action::Delete => at_key.len() as u64 == arrived(&change.key).unwrap_or(0),
        _ => {
            // Records that looked so before may be among those that look so now.
            let count = at_key_after.len() as u64;
            let there = arrived(key_after).map_or(count == change.count, |arrived| count >= arrived);
            there && at_key_after.iter().all(|r| is_as_planned(change, r))
        }
    };
    if after { State::After } else { State::Neither }
}

/// Whether the record has the values the change gives it.
pub(super) fn is_as_planned(change: &Change, record: &Record) -> bool {
    change.after.iter().all(|(field, value)| {
        let now = record.at(field);
        now.iter().all(|now| *now == value) && (!now.is_empty() || value.is_null())
    })
}

fn edit(change: &Change) -> Edit<'_> {
    let what = match change.action {
        Action::Delete => EditChange::Delete,
        _ => EditChange::Set(&change.after),
    };
    Edit { collection: &change.collection, key: &change.key, count: change.count, change: what }
}
