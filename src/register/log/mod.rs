//! The log: who did what, when, for which request, in an append-only chain that shows what was done to it.
//!
//! Here is what an entry may hold: codes, counts and salted digests, never an identifier in clear, never free text.
//! How entries are chained is in `chain`, how tampering is found and named in `check`; keeping them is the store's
//! affair.

mod chain;
mod check;

pub use chain::{Head, LogEntry};
pub(super) use chain::{Row, seal};
pub(super) use check::Checker;
pub use check::{Fault, LogReport, What};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::request::Request;
use crate::error::{Error, Result};
use crate::record::Digest;

/// When an entry is written: before data leaves or changes, or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Before: what is about to be done.
    Intent,
    /// After: what came of it.
    Outcome,
}

/// Which request an entry belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestRef {
    /// The request's random id.
    pub id: String,
    /// Its number, for people.
    pub number: u32,
}

/// What a command has to say to the log; the log adds the time, the place in the chain and the seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) phase: Phase,
    pub(super) request: Option<RequestRef>,
    pub(super) codes: Vec<String>,
    pub(super) counts: BTreeMap<String, u64>,
    pub(super) digests: BTreeMap<String, Vec<Digest>>,
}

impl Entry {
    /// What `actor` (the user of the operating system) is about to do; `action` is the command's word.
    pub fn intent(actor: &str, action: &str) -> Self {
        Entry::new(actor, action, Phase::Intent)
    }

    /// What came of it.
    pub fn outcome(actor: &str, action: &str) -> Self {
        Entry::new(actor, action, Phase::Outcome)
    }

    fn new(actor: &str, action: &str, phase: Phase) -> Self {
        Entry {
            actor: actor.to_owned(),
            action: action.to_owned(),
            phase,
            request: None,
            codes: Vec::new(),
            counts: BTreeMap::new(),
            digests: BTreeMap::new(),
        }
    }

    /// For that request.
    pub fn request(mut self, request: &Request) -> Self {
        self.request = Some(RequestRef { id: request.id.clone(), number: request.number });
        self
    }

    /// Adds a code: `incomplete`, `access`, a problem's code.
    pub fn code(mut self, code: &str) -> Self {
        self.codes.push(code.to_owned());
        self
    }

    /// Adds to a count: `deleted`, 12.
    pub fn count(mut self, name: &str, number: u64) -> Self {
        let count = self.counts.entry(name.to_owned()).or_default();
        *count = count.saturating_add(number);
        self
    }

    /// Adds a salted digest ([`Request::digest`]) of a selector, an archive, a plan.
    pub fn digest(mut self, name: &str, digest: Digest) -> Self {
        self.digests.entry(name.to_owned()).or_default().push(digest);
        self
    }

    /// Every word of it is a code, so that neither an identifier nor a sentence gets in by mistake.
    pub(super) fn check(&self) -> Result<()> {
        let mut words = vec![&self.action];
        words.extend(&self.codes);
        words.extend(self.counts.keys());
        words.extend(self.digests.keys());
        match words.into_iter().all(|word| is_code(word)) {
            true => Ok(()),
            false => Err(Error::bug("an entry of the log holds a word that is no code")),
        }
    }
}

/// Lower-case words joined by hyphens: `read-only`.
fn is_code(word: &str) -> bool {
    let letters = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    letters && (1..=48).contains(&word.len()) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_codes_get_in() {
        for word in ["export", "request-open", "utf8"] {
            assert!(Entry::intent("ana", word).check().is_ok(), "{word}");
        }
        for word in ["", "Ana Silva", "ana@example.com", "+6561234567", "42", "é", &"x".repeat(49)] {
            assert!(Entry::intent("ana", word).check().is_err(), "{word}");
            assert!(Entry::intent("ana", "find").code(word).check().is_err(), "{word}");
            assert!(Entry::intent("ana", "find").count(word, 1).check().is_err(), "{word}");
            assert!(Entry::intent("ana", "find").digest(word, Digest::of(b"")).check().is_err(), "{word}");
        }
    }
}
