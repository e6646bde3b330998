//! What takes one changed file back: the bytes that went, and how the file was and is. Holds personal data, so that
//! `Debug` shows none of it.

use std::fmt;
use std::ops::Range;

use crate::record::Digest;

/// A file's length and the SHA-256 of that many of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// How many bytes.
    pub length: u64,
    /// Their digest.
    pub digest: Digest,
}

/// What takes one file back.
#[derive(Clone, PartialEq, Eq)]
pub struct Patch {
    /// Its collection.
    pub collection: String,
    /// The file before it was changed.
    pub before: Extent,
    /// And after.
    pub after: Extent,
    /// Ranges of the changed file, ascending and apart, and the bytes that stood there.
    pub splices: Vec<(Range<u64>, Vec<u8>)>,
}

impl fmt::Debug for Patch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Patch({}, {} places)", self.collection, self.splices.len())
    }
}
