//! The archive: what is handed to the requester. A signed bag of the subject's own records, with a page to read first.
//!
//! [`write()`] makes one, [`check`] looks at one without any workspace. What is given and what is withheld is decided
//! in one place, `withhold`; every format shows that one decision. Searching, the log and the keys are not here:
//! records come through [`Rows`], signatures from a [`Signer`].

mod accounts;
mod answer;
mod assemble;
mod bag;
mod canary;
mod check;
mod collection;
mod columns;
mod csv;
mod deflate;
mod files;
mod items;
mod jsonl;
mod letter;
mod nameless;
mod names;
mod pack;
mod package;
mod page;
mod photo;
mod policy;
mod portable;
mod reason;
mod review;
mod schema;
mod seal;
mod seal_to;
mod searched;
mod silence;
mod strangers;
mod times;
pub(crate) mod visible;
mod withhold;
mod write;
mod zipfile;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

pub use answer::problem;
pub use bag::read_comment;
pub use canary::{Others, What};
pub(crate) use check::expected as expected_keys;
pub use check::{Checked, PublicKey, check, is_sealed};
pub use csv::{original as csv_original, text as csv_cell};
pub use items::{held_by_others, items};
pub use letter::Print;
pub(crate) use page::{Theme, message};
pub use policy::{Handover, categories, needs_approval};
pub use portable::{Kind, Left};
pub use review::{Item, Review, Verdict};
pub use seal::{Seal, passphrase};
pub use seal_to::{Keys, open as open_closed};
pub use strangers::{Known, names_in};
pub use withhold::Reason;
pub use write::{write, write_sealed};

use crate::error::Result;
use crate::language::Language;
use crate::map::{DataMap, Role};
use crate::problem::Problem;
use crate::record::{Key, Record};

/// The version of the archive's layout, in `bag-info.txt` and in the signed comment.
pub const FORMAT: u32 = 1;

/// What the archive says about itself and the request.
pub struct Cover<'a> {
    /// The data map: labels, rules of disclosure, who answers for the data.
    pub map: &'a DataMap,
    /// The request's id and its short number.
    pub reference: String,
    /// The time point of the data; also the time of everything inside.
    pub as_of: jiff::Timestamp,
    /// When the request came in.
    pub received: jiff::Timestamp,
    /// When the answer is due.
    pub due: jiff::civil::Date,
    /// What was asked with: identity, and its value as it was given.
    pub asked_by: Vec<(String, String)>,
    /// How identity was checked.
    pub verified: String,
    /// What was searched.
    pub searched: Vec<Searched>,
    /// What was not searched, and why.
    pub not_searched: Vec<(String, String)>,
    /// What makes the result incomplete.
    pub problems: Vec<Problem>,
    /// The head of the log when the archive was made.
    pub log_head: String,
    /// For each source and collection the columns the map does not know: withheld and named.
    pub unmentioned: HashMap<(String, String), Vec<String>>,
    /// What officers decided on single values, and who is no stranger.
    pub review: Review<'a>,
    /// How large the letter is printed.
    pub print: Print,
    /// The language the person is answered in.
    pub language: &'static Language,
    /// Whether files go without what was noted beside what they show.
    pub clean: bool,
    /// What is answered: a copy of everything, or what the person may take along.
    pub kind: Kind,
}

/// A system that was searched.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    /// The source's name.
    pub source: String,
    /// Its kind: `sqlite`, `csv`, `json`.
    pub kind: String,
    /// The collections searched.
    pub collections: Vec<String>,
    /// Whether all of it could be read.
    pub complete: bool,
}

/// A collection with own records of the subject.
#[derive(Clone, Debug)]
pub struct Part {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// How many records; never 0.
    pub rows: u64,
}

/// An own record of the subject.
pub struct Row<'a> {
    /// The whole record.
    pub record: &'a Record,
    /// What addresses it. Never shown: a key may itself be withheld.
    pub key: &'a Key,
    /// How many identical records this is.
    pub count: u64,
    /// What the subject is to it.
    pub role: Role,
    /// The way from the identifier given to this record. It names the key of the first record it leads over; which of
    /// the later ones it is stands in the field that it names.
    pub way: &'a str,
    /// Which of the collection's links led to the subject.
    pub links: &'a [usize],
}

/// What is done with one record.
pub type Sink<'s> = &'s mut dyn FnMut(&Row<'_>) -> Result<()>;

/// The own records of the subject, collection by collection.
pub trait Rows {
    /// The collections, in the order in which they are shown.
    fn parts(&self) -> &[Part];

    /// Gives `sink` the records of a part in order of key; may be called several times.
    fn each(&self, part: usize, sink: Sink<'_>) -> Result<()>;

    /// The names of all top-level fields of a part's records, in order; `None` where that is not known, which costs
    /// one more pass over them.
    fn fields(&self, _part: usize) -> Option<Vec<String>> {
        None
    }
}

/// Signs archives; with one key the same bytes give the same signature.
pub trait Signer {
    /// The content of a minisign signature file for these bytes.
    fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String>;

    /// The public key: its line of base64, or the content of its file.
    fn public_key(&self) -> String;
}

/// What [`write()`] made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The SHA-256 of the ZIP file, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// How many records it holds.
    pub records: u64,
    /// How many values are withheld, by reason.
    pub withheld: BTreeMap<Reason, u64>,
    /// Fields met in records that the map does not know, by source and collection.
    pub unknown: BTreeMap<(String, String), Vec<String>>,
    /// How many records the archive does not mention because their collections are silent. For the officer alone.
    pub silent: u64,
    /// The collections inside.
    pub collections: Vec<Enclosed>,
    /// How many pictures were cleaned of what was noted beside them.
    pub cleaned: u64,
    /// Files that could not be cleaned though it was asked for: source, collection, how many.
    pub noted: Vec<(String, String, u64)>,
    /// What was found and is no part of what a person may take along; of a copy nothing.
    pub left: Vec<Left>,
}

impl Written {
    /// How many values wait for somebody to decide on them, and how many places of the map.
    pub fn pending(&self) -> u64 {
        self.withheld.iter().filter(|(reason, _)| reason.is_open()).map(|(_, n)| n).sum::<u64>()
            + self.undecided().count() as u64
    }

    /// What was left out until somebody decides whether it may be taken along.
    pub fn undecided(&self) -> impl Iterator<Item = &Left> {
        self.left.iter().filter(|left| left.why.is_open())
    }
}

/// One collection inside an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosed {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// How many records.
    pub records: u64,
    /// How many values are withheld, by reason.
    pub withheld: BTreeMap<Reason, u64>,
    /// Where its records are inside the archive.
    pub path: String,
}
