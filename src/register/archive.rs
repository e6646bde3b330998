//! What the register knows of an archive that was made. The archive itself is the affair of the module `archive`.

use jiff::Timestamp;

use super::log::Head;
use super::request::Right;
use crate::map::Exempt;
use crate::record::Digest;

/// An archive that was made for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveEntry {
    /// 1, 2, 3, …
    pub number: u32,
    /// The number of its request.
    pub request: u32,
    /// The right it answers: that of access or of portability.
    pub right: Right,
    /// Who made it; unknown for archives of older versions.
    pub author: Option<String>,
    /// The categories of data in it (Fideslang); unknown for archives of older versions.
    pub categories: Option<Vec<String>>,
    /// SHA-256 of the file.
    pub hash: Digest,
    /// The salted digest of the file's name, which may name the person.
    pub name: Digest,
    /// When it was made.
    pub made_at: Timestamp,
    /// The log's head that it carries.
    pub head: Head,
    /// What is in it; unknown for archives of older versions.
    pub content: Option<ArchiveContent>,
}

/// What is in an archive, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchiveContent {
    /// How many records.
    pub records: u64,
    /// How many values are withheld or redacted.
    pub withheld: u64,
    /// How many of them nobody has decided on.
    pub pending: u64,
}

/// An archive that was handed over. To whom and how is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Release {
    /// 1, 2, 3, …
    pub number: u32,
    /// The archive's number.
    pub archive: u32,
    /// To whom.
    pub recipient: String,
    /// By which channel.
    pub channel: String,
    /// When.
    pub at: Timestamp,
}

/// What an officer decided on a value that an archive would withhold.
#[derive(Clone, PartialEq, Eq)]
pub struct Decision {
    /// The value: a digest.
    pub item: String,
    /// `give`, `redact` or `withhold`.
    pub verdict: String,
    /// Why. Personal data.
    pub because: String,
    /// What stands in its place, where the officer wrote it. Personal data.
    pub text: Option<String>,
    /// Whether the person is told; only of what is withheld she may not be.
    pub told: bool,
    /// What speaks against giving it, where it is withheld; as the map has it, where nobody said.
    pub exempt: Option<Exempt>,
}
