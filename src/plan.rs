//! A plan: the frozen list of changes and of what is kept, each with its reason. The dry run of a change.
//!
//! Values here; `build` makes them from findings (pure: clock and randomness come in), `file` writes and reads them,
//! `apply` carries them out, `confirm` searches again. Only `apply` names the writing side of sources.

mod anonymise;
mod apply;
mod asked;
mod build;
mod clash;
mod confirm;
mod copies;
mod correct;
pub mod date;
mod decided;
mod detach;
mod earned;
mod effects;
mod erase;
mod file;
mod files;
mod fits;
mod follow;
mod held;
mod holders;
mod known;
mod order;
mod owners;
mod page;
mod policy;
mod references;
mod rows;
mod stay;
mod typed;
mod undo;
mod written;

pub use apply::{Applied, Images, Progress, Undone, apply, undo, wipe};
pub use asked::{Asked, Condition, Corrections, Erased, Finish, Replay, Setting, With};
pub use build::{Context, build};
pub use clash::refuse_clash;
pub use confirm::{Leftover, confirm};
pub use decided::{Decided, Erasure, Verdict};
pub use earned::earn;
pub use effects::{Effects, Forgotten, Waiting};
pub use file::{Sealed, read, write};
pub use fits::refuse_misfits;
pub use held::{Covers, Held};
pub use page::{About, page};
pub use policy::{changed, needs_approval};
pub use undo::irrevocable;
pub use written::Written;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::map::Role;
use crate::problem::Problem;
use crate::record::{Digest, FieldPath, Key, Value};
use crate::resolve::Subject;

/// A plan, before it is sealed into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What it was made from.
    pub header: Header,
    /// What happens to each record, in the order in which it can be done.
    pub changes: Vec<Change>,
    /// What the register remembers of it, once it is applied.
    pub effects: Effects,
}

/// What a plan was made from, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// What was asked for, so that it can be planned again.
    pub asked: Asked,
    /// Why an erasure is owed: the code of its ground.
    pub ground: Option<String>,
    /// The requests it serves.
    pub requests: Vec<String>,
    /// The people, fully resolved.
    pub subjects: Vec<Subject>,
    /// What else stood in their own records in place of an identifier, as it was written: what the sweep looks for.
    pub written: Vec<Written>,
    /// What the map meant.
    pub map: Digest,
    /// What the tables were like.
    pub schemas: Digest,
    /// When it was made.
    pub created: jiff::Timestamp,
    /// The day on which retention was judged, in the controller's time zone.
    pub today: jiff::civil::Date,
    /// The log's head when it was made.
    pub log_head: Option<String>,
    /// How many rules and links nobody has reviewed.
    pub unreviewed: u64,
    /// For how long it can be taken back once it is applied (ISO 8601); none: not at all.
    pub undo: Option<String>,
    /// What stopped the erasure of records when it was made.
    pub holds: Vec<Held>,
    /// What it could not cover.
    pub problems: Vec<Problem>,
}

/// What happens to one record, or to several identical ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key before.
    pub key: Key,
    /// How many identical records.
    pub count: u64,
    /// What happens.
    pub action: Action,
    /// How the record ends, where it is the person's and an erasure decides on it.
    pub end: Option<End>,
    /// What is left in it that tells of the person, in words without values.
    pub tells: Vec<String>,
    /// Its number, where it is only proposed.
    pub proposal: Option<u32>,
    /// The values that a correction replaces, so that people can compare. What an erasure removes is not kept here.
    pub old: Vec<(FieldPath, Value)>,
    /// The fields that get a new value, with it.
    pub after: Vec<(FieldPath, Value)>,
    /// Files that it names, and that are deleted with it or with what names them.
    pub files: Vec<String>,
    /// Where its content is its key: the columns over which it is found, with what stands there, so that an index may
    /// serve when it is looked for again.
    pub near: Option<Key>,
    /// Its key afterwards, where it moves.
    pub key_after: Option<Key>,
    /// Digest of the whole record before.
    pub before: Digest,
    /// Why.
    pub reason: Reason,
    /// What it is to the person.
    pub role: Role,
    /// The path over which it was found.
    pub path: String,
}

/// What happens to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It goes.
    Delete,
    /// Its personal fields get values that identify nobody.
    Anonymise,
    /// It stays, for a rule needs it; its fields that the rule does not need get values that identify nobody.
    Minimise,
    /// It stays, locked away from use.
    Isolate,
    /// Its reference to the person, or to a record that goes, is taken out.
    Detach,
    /// A field is set right.
    Correct,
    /// The same correction would fit here; nothing happens unless it is taken when planning (`--with`).
    Propose,
    /// It stays as it is.
    Keep,
}

impl Action {
    /// Whether applying writes.
    pub fn writes(self) -> bool {
        !matches!(self, Action::Keep | Action::Propose)
    }

    /// Whether the record stays the person's, waiting for the end of what keeps it.
    pub fn waits(self) -> bool {
        matches!(self, Action::Keep | Action::Minimise | Action::Isolate)
    }
}

/// How a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// It is gone.
    Deleted,
    /// It stays, and was tested: it tells of nobody any more.
    Anonymised,
    /// It stays, and leads back to the person with what is kept elsewhere.
    Pseudonymised,
    /// It stays without some of its personal fields, and still tells who it was.
    Masked,
    /// It stays, locked away from use.
    Isolated,
    /// It stays.
    Kept,
}

impl End {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            End::Deleted => "deleted",
            End::Anonymised => "anonymised",
            End::Pseudonymised => "pseudonymised",
            End::Masked => "masked",
            End::Isolated => "isolated",
            End::Kept => "kept",
        }
    }
}

/// Why something happens to a record; for the officer and, in part, for the person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable, for scripts: `rule`, `retention`, `undecided`, `shared`, `referred-to`, `fields-stay`,
    /// `points-at-subject`, `cascade`, …
    pub code: String,
    /// In words.
    pub text: String,
    /// The retention rule, where one decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The law it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// Until when it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<jiff::civil::Date>,
}

impl Reason {
    /// A reason of that code in these words.
    pub fn new(code: &str, text: impl Into<String>) -> Self {
        Reason { code: code.to_owned(), text: text.into(), ..Reason::default() }
    }

    /// What holds the record (`hold 3`), where it is under a hold.
    pub fn held_by(&self) -> Option<String> {
        let (by, _) = self.text.split_once(": ").filter(|_| self.code == "hold")?;
        Some(by.to_owned())
    }
}

impl Plan {
    /// How many records each action concerns.
    pub fn totals(&self) -> BTreeMap<Action, u64> {
        let mut totals = BTreeMap::new();
        for change in &self.changes {
            *totals.entry(change.action).or_default() += change.count;
        }
        totals
    }

    /// Whether something stays only because nobody has decided, or could not be covered.
    pub fn is_incomplete(&self) -> bool {
        let left = |c: &Change| match c.reason.code.as_str() {
            "undecided" | "fields-stay" | "came-back" => true,
            "referred-to" => c.action != Action::Anonymise,
            _ => false,
        };
        !self.header.problems.is_empty() || self.changes.iter().any(left)
    }
}
