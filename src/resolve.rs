//! From what a request names to a person: selectors → subject.
//!
//! Here are the words of both ends: the selectors given and the subject found, and the decision which person is
//! meant. The search itself, which follows links until nothing new appears, is in `find`.

pub mod candidates;
pub mod selector;

pub use candidates::{Candidate, Choice, Pick, choose, picked};
pub use selector::{Selector, parse};

use std::collections::{BTreeMap, BTreeSet};

use crate::map::Role;
use crate::record::Key;

/// One person, as far as the search knows: identifiers in normal form, and records of person collections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// Identity → normal forms.
    pub identifiers: BTreeMap<String, BTreeSet<String>>,
    /// Records that are this person: source, collection, key.
    pub persons: Vec<PersonRecord>,
    /// Records named directly by a selector, where it named no person: fields and their normal form.
    pub fields: Vec<NamedField>,
    /// Records that are known to be this person's though nothing else may lead to them any more.
    pub records: Vec<KnownRecord>,
}

/// A record that is known to be somebody's, by its key.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRecord {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key.
    pub key: Key,
    /// What it is to the person.
    pub role: Role,
    /// The links and identities by which it is somebody else's as well: each the fields it starts from, joined by `+`.
    pub others: Vec<String>,
}

/// A record of a person collection that is the subject.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRecord {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key.
    pub key: Key,
}

/// A field a selector named, outside the person collections.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedField {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The field, as written.
    pub field: String,
    /// The value, as given.
    pub value: String,
}

/// Where a search starts: selectors as given, or a subject found before (a plan's).
#[derive(Clone, Debug)]
pub enum Start {
    /// What a request names.
    Selectors {
        /// Several describe one person (and, not or).
        selectors: Vec<Selector>,
        /// The officer's choice among candidates, if one was made.
        pick: Pick,
    },
    /// A subject that was resolved before.
    Subject(Subject),
    /// A subject whose identifiers are known to have been this person's, whoever holds them now: they are not looked
    /// up among persons. The person's own records are those the subject names.
    Certain(Subject),
}
