//! What a person must decide: a list with codes, what is most urgent first.

use serde::Serialize;

/// Why something is to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The security code of a card must not be stored at all.
    SecurityCode,
    /// A password, its hash, or another secret: never handed out.
    Secret,
    /// A link that the evidence does not bear out by itself.
    OpenLink,
    /// What erasure does with records of several people.
    OpenRule,
    /// Personal-looking data that no search reaches.
    Unreached,
    /// Something of the source could not be read.
    Unread,
    /// What the map describes is no longer in the source.
    Gone,
    /// Worth knowing; nothing is open.
    Noted,
}

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Question {
    /// Why.
    pub code: Code,
    /// The place: `source.collection`, `source.collection.field`.
    #[serde(rename = "where")]
    pub place: String,
    /// What is known, and what to do.
    pub message: String,
}

impl Question {
    /// Something to decide at that place.
    pub fn new(code: Code, place: String, message: impl Into<String>) -> Question {
        Question { code, place, message: message.into() }
    }
}
