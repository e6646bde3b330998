//! What erasure does: with a collection's records, with a field of a record that stays, and what the map says of
//! erasures as such. Values only; what they do to records is decided in `plan`.

use std::collections::BTreeMap;

use super::law::Words;
use crate::record::FieldPath;

/// What `[erasure]` says of every erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// The ground, where neither the command nor the request names one: a code of [`super::GROUNDS`].
    pub ground: Option<String>,
    /// How many people at least must look alike in what is left of a record before it counts as anonymised.
    pub alike: Option<u64>,
}

impl Erasure {
    /// Where the map does not say how many must look alike.
    pub const ALIKE: u64 = 5;

    /// How many people must look alike.
    pub fn alike(&self) -> u64 {
        self.alike.unwrap_or(Erasure::ALIKE)
    }
}

/// How long an erasure can be taken back, and who can: `[undo]`.
#[derive(Clone, Debug)]
pub struct Undo {
    /// How long.
    pub window: jiff::Span,
    /// As written (ISO 8601).
    pub window_text: String,
    /// Keys of age (`age1…`), by the name of who holds them; at least one.
    pub keys: BTreeMap<String, String>,
}

/// What erasure does with a collection's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    /// The record goes.
    Delete,
    /// Its personal fields go, by their own rules.
    Anonymise,
    /// It stays, locked away from use, until a date.
    Isolate,
    /// It stays; the collection says why.
    Keep,
}

/// How records of a collection are locked away from use.
#[derive(Clone, Debug)]
pub struct Isolation {
    /// The field that marks them.
    pub flag: FieldPath,
    /// What stands there then.
    pub value: String,
    /// For how long, where no retention rule and no decision says it.
    pub keep: Option<jiff::Span>,
    /// As written (ISO 8601).
    pub keep_text: Option<String>,
}

/// What erasure does with a field of a record that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldErase {
    /// It stays as it is.
    Keep,
    /// Nothing is left in it.
    Null,
    /// This text.
    Fixed(String),
    /// A unique value that identifies nobody and can be delivered nowhere.
    Tombstone,
    /// Random characters of the same shape.
    Random,
    /// An address of the internet, cut to its network (/24, /48). Pseudonymised.
    Truncate,
    /// A date, cut to its year.
    Year,
    /// A year, an age or a number, as a band of this width.
    Band(u32),
    /// Its first characters: of a postcode, of a number.
    First(u32),
    /// A number, rounded down to a multiple of this.
    Round(u64),
    /// A reference, to this record that stands for everybody who is gone.
    Point(String),
    /// Free text without the person's identifiers, in every spelling.
    Scrub,
    /// A hash under the workspace's key. Pseudonymised.
    Hash,
    /// Another value of the same format under the workspace's key. Pseudonymised.
    Pseudonym,
    /// The element of a list, or the member of an object, goes.
    Remove,
    /// JSON in a column: these paths inside it, each by its own rule.
    Inside(Vec<(String, FieldErase)>),
    /// The name of a file below this folder: the file is deleted.
    File(String),
    /// A key with which data of the person are encrypted: it is destroyed.
    Shred,
}

impl FieldErase {
    /// The rules that are one word in the map.
    pub const WORDS: [(&'static str, FieldErase); 11] = [
        ("keep", FieldErase::Keep),
        ("null", FieldErase::Null),
        ("tombstone", FieldErase::Tombstone),
        ("random", FieldErase::Random),
        ("truncate", FieldErase::Truncate),
        ("year", FieldErase::Year),
        ("scrub", FieldErase::Scrub),
        ("hash", FieldErase::Hash),
        ("pseudonym", FieldErase::Pseudonym),
        ("remove", FieldErase::Remove),
        ("shred", FieldErase::Shred),
    ];

    /// Its word, or the key of its table.
    pub fn word(&self) -> &'static str {
        match self {
            FieldErase::Keep => "keep",
            FieldErase::Null => "null",
            FieldErase::Fixed(_) => "fixed",
            FieldErase::Tombstone => "tombstone",
            FieldErase::Random => "random",
            FieldErase::Truncate => "truncate",
            FieldErase::Year => "year",
            FieldErase::Band(_) => "band",
            FieldErase::First(_) => "first",
            FieldErase::Round(_) => "round",
            FieldErase::Point(_) => "point",
            FieldErase::Scrub => "scrub",
            FieldErase::Hash => "hash",
            FieldErase::Pseudonym => "pseudonym",
            FieldErase::Remove => "remove",
            FieldErase::Inside(_) => "inside",
            FieldErase::File(_) => "file",
            FieldErase::Shred => "shred",
        }
    }

    /// Whether what it leaves leads back to the person for who holds the key, or the rest of the address.
    pub fn is_pseudonym(&self) -> bool {
        match self {
            FieldErase::Hash | FieldErase::Pseudonym | FieldErase::Truncate => true,
            FieldErase::Inside(rules) => rules.iter().any(|(_, rule)| rule.is_pseudonym()),
            _ => false,
        }
    }
}

/// A retention rule, the field that starts its clock, and what it needs.
#[derive(Clone, Debug)]
pub struct Retain {
    /// The rule's name.
    pub rule: String,
    /// The field whose date starts the clock; without one the record stays without an end date.
    pub from: Option<FieldPath>,
    /// The fields the rule needs; the other personal fields are anonymised at once. None where the map does not say:
    /// then all of the record stays.
    pub needs: Option<Vec<FieldPath>>,
}

/// Why records must stay, until when, and what happens then.
#[derive(Clone, Debug)]
pub struct RetentionRule {
    /// Its name in the map.
    pub name: String,
    /// The reason, for the person.
    pub because: Words,
    /// The law that asks for it.
    pub law: Option<Words>,
    /// How long, from the field that starts the clock.
    pub keep: jiff::Span,
    /// As written (ISO 8601).
    pub keep_text: String,
    /// What happens when it ends.
    pub then: Then,
    /// Whether records are locked away from use meanwhile.
    pub isolate: bool,
}

/// What happens when a retention period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The record goes.
    Delete,
    /// Its personal fields go.
    Anonymise,
}
