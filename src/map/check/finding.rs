//! Findings: what the live sources, or the map itself, say against the map; each with its place and what to do.
//!
//! A finding names collections and fields and counts values; it never shows one.

use serde::Serialize;
use std::fmt;

use crate::map::Place;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The map is wrong: what it says cannot be done, or misses people.
    Error,
    /// Somebody should look: drift, something undecided, something that looks odd.
    Warning,
    /// Good to know; nothing need be done.
    Note,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How grave it is.
    pub level: Level,
    /// Stable, for scripts: `missing-column`, `link-without-match`, …
    pub code: String,
    /// The file of the map to look at.
    pub file: String,
    /// Its line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The source, collection or field: `shop.orders.buyer_id`.
    pub place: String,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        write!(f, ": {level}[{}]: {}: {}\n  {}", self.code, self.place, self.message, self.hint)
    }
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds an error.
    pub(super) fn error(&mut self, code: &str, at: &Place, place: &str, message: String, hint: impl Into<String>) {
        self.add(Level::Error, code, at, place, message, hint);
    }

    /// Adds a warning.
    pub(super) fn warning(&mut self, code: &str, at: &Place, place: &str, message: String, hint: impl Into<String>) {
        self.add(Level::Warning, code, at, place, message, hint);
    }

    /// Adds a finding.
    pub(super) fn add(
        &mut self,
        level: Level,
        code: &str,
        at: &Place,
        place: &str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.0.push(Finding {
            level,
            code: code.to_owned(),
            file: at.file.display().to_string(),
            line: at.line,
            place: place.to_owned(),
            message,
            hint: hint.into(),
        });
    }

    /// Leaves out those for which `keep` does not hold.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    /// All of them, in the order of files and lines.
    pub(super) fn sorted(self) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        findings.dedup();
        findings
    }
}

/// Names in a message, as many as one can read.
pub(super) fn some(names: &[String]) -> String {
    const MANY: usize = 12;
    match names.len() > MANY {
        true => format!("{} and {} more", names[..MANY].join(", "), names.len() - MANY),
        false => names.join(", "),
    }
}

/// `1 column`, `3 columns`.
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
