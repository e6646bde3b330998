//! Requests: what came in, which rights, when each is due, and what was answered.
//!
//! Plain values. `Debug` shows neither selectors nor how somebody proved who they are. Keeping requests is the
//! store's affair; when they are due is worked out in `due`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use std::fmt;

use crate::record::Digest;

/// A right a request exercises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// To know and to get a copy (GDPR Art. 15).
    Access,
    /// To take along what one provided (Art. 20).
    Portability,
    /// To have it corrected (Art. 16).
    Rectification,
    /// To have it erased (Art. 17).
    Erasure,
}

/// What was answered to one right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Granted,
    /// In part: something was kept or withheld, with its reason.
    Partly,
    /// Not at all, with a reason.
    Refused,
    /// Nothing was found on this person.
    NothingHeld,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// At least one right has no answer.
    Open,
    /// Every right has its answer.
    Answered,
    /// Put away.
    Closed,
}

/// One right asked for, with its own clock and answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightAsked {
    /// The right.
    pub right: Right,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The last day for the answer.
    pub due: Date,
    /// What was answered, and when.
    pub outcome: Option<(Outcome, Timestamp)>,
}

/// How somebody's identity was checked. `how` is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    /// In the officer's words.
    pub how: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// What a new request holds.
pub struct NewRequest<'a> {
    /// The selectors as given; together they describe one person.
    pub selectors: &'a [String],
    /// The candidate chosen, where they lead to several.
    pub pick: Option<&'a str>,
    /// Why it is this person, where that is not certain by itself.
    pub accept: Option<&'a str>,
    /// The rights asked for; at least one.
    pub rights: &'a [Right],
    /// The controller's time zone, for the due date.
    pub zone: &'a TimeZone,
}

/// One request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// For people: 1, 2, 3, … within the workspace, never given twice.
    pub number: u32,
    /// For everything else: random, 32 hexadecimal digits.
    pub id: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The rights asked for; at least one.
    pub rights: Vec<RightAsked>,
    /// The selectors as given. Personal data.
    pub selectors: Vec<String>,
    /// The candidate chosen among those they lead to. Personal data.
    pub pick: Option<String>,
    /// Why it is this person. Personal data.
    pub accept: Option<String>,
    /// How the identity was checked, the latest last.
    pub verified: Vec<Verified>,
    /// The language the person is answered in (BCP 47), where one was named.
    pub language: Option<String>,
    /// When it was put away.
    pub closed_at: Option<Timestamp>,
    pub(super) salt: [u8; 32],
}

impl Request {
    /// Where it stands.
    pub fn status(&self) -> Status {
        match self.closed_at {
            Some(_) => Status::Closed,
            None if self.rights.iter().any(|r| r.outcome.is_none()) => Status::Open,
            None => Status::Answered,
        }
    }

    /// The first day something is due: of the rights without an answer, if there are any.
    pub fn due(&self) -> Option<Date> {
        let open = self.rights.iter().filter(|r| r.outcome.is_none()).map(|r| r.due).min();
        open.or_else(|| self.rights.iter().map(|r| r.due).min())
    }

    /// That right, if it was asked for.
    pub fn right(&self, right: Right) -> Option<&RightAsked> {
        self.rights.iter().find(|r| r.right == right)
    }

    /// Whether anybody's identity was checked.
    pub fn is_verified(&self) -> bool {
        !self.verified.is_empty()
    }

    /// The salted digest of something, for the log: SHA-256(salt ‖ bytes). Without the salt nobody can tell what it is
    /// of, nor that two requests concern one person.
    pub fn digest(&self, bytes: impl AsRef<[u8]>) -> Digest {
        Digest(Sha256::new().chain_update(self.salt).chain_update(bytes).finalize().into())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({}, {:?}, {} selectors)", self.number, self.status(), self.selectors.len())
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({})", self.at)
    }
}

/// Enums that are words in the register and in reports.
macro_rules! words {
    ($type:ident, $($variant:ident = $word:literal),+) => {
        impl $type {
            /// Its word.
            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            /// The one of that word.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some($type::$variant),)+ _ => None }
            }
        }
    };
}
pub(super) use words;

words!(Right, Access = "access", Portability = "portability", Rectification = "rectification", Erasure = "erasure");
words!(Outcome, Granted = "granted", Partly = "partly", Refused = "refused", NothingHeld = "nothing-held");
words!(Status, Open = "open", Answered = "answered", Closed = "closed");
