//! The records a plan is about, with what is decided for each while the plan is made.

use super::stay::is_within;
use super::{Action, Reason};
use crate::error::Result;
use crate::find::{Findings, Row, Tie};
use crate::record::{Digest, FieldPath, Key, Record, Value};

/// A record and its fate.
#[derive(Clone)]
pub(super) struct Planned {
    /// Its collection in the walk.
    pub node: usize,
    pub key: Key,
    pub record: Record,
    /// Its line, a hint for people.
    pub line: Option<u64>,
    pub count: u64,
    pub tie: Tie,
    /// The subjects whose own it is.
    pub owners: Vec<u32>,
    pub action: Action,
    /// What a correction replaces.
    pub old: Vec<(FieldPath, Value)>,
    pub after: Vec<(FieldPath, Value)>,
    /// Files that go with it.
    pub files: Vec<String>,
    /// The number of a correction that was proposed.
    pub proposal: Option<u32>,
    pub reason: Reason,
    /// The links and identities by which it is another person's too, who is as close to it: each by its fields.
    pub others: Vec<String>,
    /// Whether it was decided that it stays as it is.
    pub kept: bool,
    /// Whether it was to go and must not, because of what refers to it.
    pub must_stay: bool,
}

/// What is decided for a record.
#[derive(Clone)]
pub(super) struct Fate {
    pub action: Action,
    pub after: Vec<(FieldPath, Value)>,
    pub reason: Reason,
}

impl Planned {
    /// Whether the record is the subject's own.
    pub fn is_own(&self) -> bool {
        self.tie.is_own()
    }

    /// Whether it is another person's too, who is as close to it.
    pub fn has_others(&self) -> bool {
        !self.others.is_empty()
    }

    /// The record as it will be; none where it goes.
    pub fn after_record(&self) -> Option<Record> {
        if self.action == Action::Delete {
            return None;
        }
        let mut record = self.record.clone();
        for (field, value) in &self.after {
            match value.is_null() {
                // What is not there is null already.
                true => record.replace(field, &mut |_| Value::Null) > 0,
                false => record.put(field, value.clone()),
            };
        }
        Some(record)
    }

    /// What is decided so far.
    pub fn fate(&self) -> Fate {
        Fate { action: self.action, after: self.after.clone(), reason: self.reason.clone() }
    }

    /// Takes another decision.
    pub fn meet(&mut self, fate: Fate) {
        (self.action, self.after, self.reason) = (fate.action, fate.after, fate.reason);
        // A record whose personal fields are empty already has nothing to change, but nobody decided that it stays so.
        self.kept = self.action.waits() && self.reason.code != "rule";
    }

    /// Whether it is one of the person's that keeps what it says of others: by a rule, or because nobody has decided.
    /// What others hold too is theirs to change.
    pub fn is_kept_whole(&self) -> bool {
        self.is_own() && self.kept && !matches!(self.reason.code.as_str(), "shared" | "others-too")
    }

    /// Whether a field gets a new value already: by itself, as one of a list, or with the list it stands in.
    pub fn sets(&self, field: &FieldPath) -> bool {
        self.after.iter().any(|(f, _)| f == field || is_within(f, field))
    }

    /// Takes out of what is to be changed what is so already: a record in which nothing changes stays.
    pub fn leave_out_what_is_so(&mut self) {
        let Planned { after, record, .. } = self;
        after.retain(|(field, value)| {
            let now = record.at(field);
            !(now.iter().all(|v| *v == value) && (!now.is_empty() || value.is_null()))
        });
        if self.after.is_empty() && matches!(self.action, Action::Anonymise | Action::Minimise | Action::Detach) {
            self.action = Action::Keep;
        }
        if self.after.is_empty() && self.action == Action::Isolate {
            self.action = Action::Keep;
            self.reason.code = "isolated".to_owned();
        }
    }

    /// Sets a field's new value, once; one that it has already is no change.
    pub fn set(&mut self, field: FieldPath, value: Value) {
        self.after.retain(|(f, _)| *f != field);
        let now = self.record.at(&field);
        if now.is_empty() || now.iter().any(|now| **now != value) {
            self.after.push((field, value));
        }
    }

    /// Sets a field right, once.
    pub fn correct(&mut self, field: FieldPath, old: Value, new: Value) {
        self.old.push((field.clone(), old));
        self.after.push((field, new));
    }

    /// Digest of the record before.
    pub fn before(&self) -> Digest {
        self.record.digest()
    }
}

/// Every record that ties to a subject of the findings, once each, all of them kept until something else is decided.
/// One that ties to several has its closest tie: what is anybody's own is no other's.
pub(super) fn all(findings: &Findings<'_>) -> Result<Vec<Planned>> {
    let mut rows: Vec<Planned> = Vec::new();
    for node in 0..findings.graph.nodes.len() {
        findings.every(node, &mut |row, ties| {
            let owners = ties.iter().filter(|t| t.is_own()).map(|t| t.subject).collect();
            rows.push(untouched(node, row, owners));
            Ok(())
        })?;
    }
    Ok(rows)
}

fn untouched(node: usize, row: Row, owners: Vec<u32>) -> Planned {
    Planned {
        node,
        key: row.key,
        record: row.record,
        line: row.line,
        count: row.count,
        tie: row.tie,
        owners,
        action: Action::Keep,
        old: Vec::new(),
        after: Vec::new(),
        files: Vec::new(),
        proposal: None,
        reason: not_theirs(),
        others: Vec::new(),
        kept: true,
        must_stay: false,
    }
}

/// The reason why another's record stays.
pub(super) fn not_theirs() -> Reason {
    Reason::new("not-theirs", "another person's record")
}
