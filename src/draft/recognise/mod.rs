//! Recognises what a column holds, by its name, by its place and by a bounded sample of its values.
//!
//! Pure and deterministic: the same look gives the same answer. It proposes and says how sure it is; it decides
//! nothing, and its evidence never repeats a value. Names are read in English, the common European languages and
//! Chinese; values by their form and check digits. A name alone decides where it can mean one thing; values alone only
//! where their form can hardly be an accident.

mod check_digits;
mod collection;
mod contact;
mod content;
mod decide;
mod device;
mod forms;
mod kind;
mod label;
mod meaning;
mod money;
mod name;
mod official;
mod others;
mod person;
mod phrases;
mod plain;
mod rules;
mod secret;
mod special;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use kind::{IdentityKind, Kind};

use crate::map::{Disclose, FieldErase};
use crate::record::Value;
use crate::source::ValueType;

/// From this confidence on a proposal can be taken without a person; below it is a question.
pub const SURE: u8 = 70;

/// What there is to see of one column.
pub struct ColumnLook<'a> {
    /// The collection's name, as the source has it.
    pub collection: &'a str,
    /// The column's name; in documents its path (`device.ip`, `items[].sku`).
    pub column: &'a str,
    /// The type as declared; empty where there is none.
    pub declared: &'a str,
    /// What the column holds.
    pub ty: ValueType,
    /// The greatest number of characters, where limited.
    pub max_length: Option<u64>,
    /// A sample of its values; only the first few hundred are read.
    pub samples: &'a [&'a Value],
    /// Whether no value came twice in the sample.
    pub unique_in_sample: bool,
}

/// What a column seems to hold, and what is proposed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// What it holds.
    pub kind: Kind,
    /// Its Fideslang category; none where it is not personal by itself.
    pub category: Option<String>,
    /// What people read instead of its name.
    pub label: Option<String>,
    /// The identity it may serve, where its values could find a person.
    pub identity: Option<IdentityKind>,
    /// Whether it is withheld.
    pub disclose: Option<Disclose>,
    /// How it is emptied where its record stays. `Null` is proposed without knowing whether the column may be null.
    pub erase: Option<FieldErase>,
    /// Whether it is about somebody else than the record's owner: an emergency contact, an employee who signed.
    pub about_other: bool,
    /// How sure this is, 0 to 100; see [`SURE`].
    pub confidence: u8,
    /// What speaks for it, in words; never a value.
    pub evidence: String,
}

/// Whether a text begins with a date, as numbers.
pub(super) fn is_date(text: &str) -> bool {
    content::is_date(text)
}

/// Recognises what a column holds.
pub fn recognise(look: &ColumnLook<'_>) -> Recognition {
    let name = name::Name::of(look.collection, look.column);
    let content = content::Content::of(look.samples);
    let found = decide::decide(look, &name, &content);
    let text = matches!(look.ty, ValueType::Text | ValueType::Any);
    let about_other = name.is_about_other(found.kind);
    Recognition {
        kind: found.kind,
        category: found.kind.category().map(str::to_owned),
        label: label::label(found.kind, &name, look.column),
        identity: identity(&found, look, &content).filter(|_| !about_other),
        disclose: found.kind.disclose(),
        erase: found.kind.erase(text, look.max_length),
        about_other,
        confidence: found.confidence,
        evidence: found.evidence,
    }
}

/// The identity a column may serve: of its kind, if its values can tell people apart.
fn identity(found: &decide::Verdict, look: &ColumnLook<'_>, content: &content::Content) -> Option<IdentityKind> {
    let identity = found.kind.identity().filter(|_| found.confidence >= SURE)?;
    match identity {
        IdentityKind::Email if content.share_of_different(contact::is_mailbox) >= 50 => Some(IdentityKind::Mailbox),
        IdentityKind::Username | IdentityKind::Account | IdentityKind::NationalId if !look.unique_in_sample => None,
        identity => Some(identity),
    }
}
