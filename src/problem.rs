//! A problem: what makes a result incomplete. A value in reports, not an error.

use serde::{Deserialize, Serialize};

/// Something that could not be read, decided or confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, for scripts: `unknown-column`, `malformed-line`, …
    pub code: String,
    /// The place: `source`, `source.collection`, `file:line`.
    #[serde(rename = "where")]
    pub place: String,
    /// What is wrong and what to do, without any value of a record.
    pub message: String,
}

impl Problem {
    /// A problem of that code at that place.
    pub fn new(code: &str, place: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { code: code.to_owned(), place: place.into(), message: message.into() }
    }
}
