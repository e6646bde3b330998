//! What the register knows of an archive that was made. The archive itself is the affair of the module `archive`.

use jiff::Timestamp;

use super::log::Head;
use crate::record::Digest;

/// An archive that was made for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveEntry {
    /// 1, 2, 3, …
    pub number: u32,
    /// The number of its request.
    pub request: u32,
    /// SHA-256 of the file.
    pub hash: Digest,
    /// The salted digest of the file's name, which may name the person.
    pub name: Digest,
    /// When it was made.
    pub made_at: Timestamp,
    /// The log's head that it carries.
    pub head: Head,
}
