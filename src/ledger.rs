//! What was erased, remembered without saying whose it was: keyed hashes of identifiers and of records.
//!
//! With them people are recognised again in a restored source and in an import list. The hashes are made while an
//! erasure is planned, and kept by the register when it is applied; without the ledger's key nobody can make them again.
//! Nothing here reads the register or decides what is erased.

mod list;
mod recognise;
mod rediscover;
mod remembered;
mod returned;
mod search;
mod tag;

pub use list::{Column, Listed, columns, filter};
pub use recognise::{Hit, Times, dated, recognise};
pub use rediscover::{Each, rediscover};
pub use remembered::{Gone, Known, Remembered};
pub use returned::{Decide, Returned, returned};
pub use search::search;
pub use tag::{Hide, Tag, content_tag, identity_tag, key_tag};
