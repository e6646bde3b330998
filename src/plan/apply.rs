//! Carries out a plan: exactly it, or nothing.
//!
//! Before the first write the search is done again and must give the same plan, and every record of every source must
//! be as it was. Then the plan counts as started: from there on a record is as before (do it), as after (done), or
//! neither (stop), so that a plan that was cut off is applied again and ends in the same state.

use std::collections::BTreeMap;

mod images;
mod seen;
mod taken_back;
mod undo;
mod work;

pub use images::Images;
pub(super) use seen::is_as_planned;
pub use undo::{Undone, undo};

use super::build::{Context, build};
use super::{Action, Change, End, Plan, Sealed, files};
use crate::error::{Error, Kind, Result};
use crate::find::{Opened, find};
use crate::map::{DataMap, SourceMap};
use crate::problem::Problem;
use crate::record::{Digest, Key};
use crate::resolve::Start;
use crate::source;
use work::{Work, again, patiently, prepare};

/// Where the progress of a plan is kept, outlasting a crash: the register.
pub trait Progress {
    /// Whether the plan was started before.
    fn is_started(&self) -> Result<bool>;
    /// Keeps, durably, what takes the plan back; `write` says what that is. Only asked of a plan that can be taken back.
    fn keep(&mut self, write: &mut dyn FnMut(&mut dyn std::io::Write) -> Result<()>) -> Result<()> {
        let _ = write;
        Err(Error::refused("nothing here keeps what takes a plan back"))
    }
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
    let keeps = plan.header.undo.is_some() && !started;
    let sources = patiently(|| prepare(map, plan, started, keeps))?;
    // Everything is written and read back before the first source is made durable: a full disk or a constraint is
    // met while nothing has changed anywhere.
    let mut written = Vec::new();
    for work in sources {
        written.push(again(work, started, Work::write)?);
    }
    fail::fail_point!("apply.written");
    if keeps {
        progress.keep(&mut |out| images::write(map, sealed, &mut written, out))?;
        fail::fail_point!("apply.kept");
    }
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
