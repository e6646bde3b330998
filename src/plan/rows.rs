//! The records a plan is about, with what is decided for each while the plan is made.

use super::{Action, Reason};
use crate::error::Result;
use crate::find::{Findings, Tie};
use crate::record::{Digest, FieldPath, Key, Record, Value};

/// A record and its fate.
pub(super) struct Planned {
    /// Its collection in the walk.
    pub node: usize,
    pub key: Key,
    pub record: Record,
    pub count: u64,
    pub tie: Tie,
    pub action: Action,
    pub after: Vec<(FieldPath, Value)>,
    pub reason: Reason,
}

impl Planned {
    /// Whether the record is the subject's own.
    pub fn is_own(&self) -> bool {
        self.tie.is_own()
    }

    /// The record as it will be; none where it goes.
    pub fn after_record(&self) -> Option<Record> {
        if self.action == Action::Delete {
            return None;
        }
        let mut record = self.record.clone();
        for (field, value) in &self.after {
            record.replace(field, &mut |_| value.clone());
        }
        Some(record)
    }

    /// Sets a field's new value, once.
    pub fn set(&mut self, field: FieldPath, value: Value) {
        self.after.retain(|(f, _)| *f != field);
        self.after.push((field, value));
    }

    /// Digest of the record before.
    pub fn before(&self) -> Digest {
        self.record.digest()
    }
}

/// Every record that ties to the subject, all of them kept until something else is decided.
pub(super) fn all(findings: &Findings<'_>, subject: usize) -> Result<Vec<Planned>> {
    let mut rows = Vec::new();
    for node in 0..findings.graph.nodes.len() {
        findings.each(node, subject, &mut |row| {
            rows.push(Planned {
                node,
                key: row.key,
                record: row.record,
                count: row.count,
                tie: row.tie,
                action: Action::Keep,
                after: Vec::new(),
                reason: Reason::new("not-theirs", "another person's record"),
            });
            Ok(())
        })?;
    }
    Ok(rows)
}
