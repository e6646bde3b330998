//! What this workspace itself holds of a person: archives and plans it wrote, copies beside, words in its register.

use jiff::Timestamp;
use std::fmt;
use std::path::PathBuf;

use crate::record::Digest;

/// A file with a person's data that this program wrote. Where it is is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// 1, 2, 3, …
    pub number: u32,
    /// The number of its request.
    pub request: u32,
    /// The number of its plan, for copies and pages of plans.
    pub plan: Option<u32>,
    /// What it is: `archive`, `list`, `plan`, `page`.
    pub kind: String,
    /// Where it was written.
    pub path: PathBuf,
    /// Its SHA-256 then.
    pub hash: Digest,
    /// When.
    pub made_at: Timestamp,
}

impl fmt::Debug for OwnFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OwnFile({}, {})", self.number, self.kind)
    }
}

/// A file that a command wrote.
pub struct NewOwnFile<'a> {
    /// The number of its request.
    pub request: u32,
    /// The number of its plan.
    pub plan: Option<u32>,
    /// What it is.
    pub kind: &'static str,
    /// Where it is.
    pub path: &'a std::path::Path,
    /// Its SHA-256.
    pub hash: Digest,
}

/// The files of a record of erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntry {
    /// The number of the plan.
    pub plan: u32,
    /// Whether all was as planned.
    pub complete: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// For an authority and for the person, each as JSON and as a page.
    pub files: [PathBuf; 4],
}
