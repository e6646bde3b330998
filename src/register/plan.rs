//! What the register knows of a plan: its file, its hash, how far it was applied.
//!
//! The plan itself, its changes and its hash, is the affair of the module `plan`; approvals and progress live here,
//! because the plan's file never changes.

use jiff::Timestamp;
use std::path::PathBuf;

use super::log::Head;
use super::request::words;
use crate::record::Digest;

/// What a plan does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanKind {
    /// Corrects records.
    Correct,
    /// Erases records.
    Erase,
    /// Erases records of erased people again, after a restore.
    Replay,
    /// Erases what an erasure had kept for a time.
    Finish,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanStatus {
    /// Nothing of it was applied.
    New,
    /// It was started and not ended: apply it again.
    Started,
    /// It was applied, and can be taken back for a time; nothing is answered yet.
    Isolated,
    /// It was applied to its end.
    Finished,
    /// It was started and could not go on; apply it again when the cause is gone.
    Failed,
    /// It was taken back.
    Undone,
}

/// How applying a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanOutcome {
    /// As planned, and confirmed.
    Done,
    /// As planned, but something is left that the plan does not name.
    Incomplete,
    /// It could not go on.
    Failed,
}

/// How far a plan is in one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceProgress {
    /// The source.
    pub source: String,
    /// When its changes were begun.
    pub started_at: Timestamp,
    /// When they were made durable.
    pub committed_at: Option<Timestamp>,
}

/// A plan the register is told of.
pub struct NewPlan<'a> {
    /// What it does.
    pub kind: PlanKind,
    /// The numbers of the requests it serves.
    pub requests: &'a [u32],
    /// Its hash, by which a copy of its file is recognised.
    pub hash: Digest,
    /// The log's head that it carries.
    pub head: Head,
}

/// A plan the register knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEntry {
    /// For people: 1, 2, 3, …
    pub number: u32,
    /// What it does.
    pub kind: PlanKind,
    /// The numbers of the requests it serves.
    pub requests: Vec<u32>,
    /// The workspace's own copy of its file.
    pub path: PathBuf,
    /// Its hash.
    pub hash: Digest,
    /// The log's head that it carries.
    pub head: Head,
    /// When it was made.
    pub created_at: Timestamp,
    /// How far it is.
    pub status: PlanStatus,
    /// When it was first started.
    pub started_at: Option<Timestamp>,
    /// When it last ended, and how.
    pub ended: Option<(PlanOutcome, Timestamp)>,
    /// How far it is in each source, in the order they were begun.
    pub sources: Vec<SourceProgress>,
}

words!(PlanKind, Correct = "correct", Erase = "erase", Replay = "replay", Finish = "finish");
words!(
    PlanStatus,
    New = "new",
    Started = "started",
    Isolated = "isolated",
    Finished = "finished",
    Failed = "failed",
    Undone = "undone"
);
words!(PlanOutcome, Done = "done", Incomplete = "incomplete", Failed = "failed");
