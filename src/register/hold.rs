//! Holds: what stops the erasure of records, for a matter. Plain values; `Debug` shows neither matter, reason nor person.

use jiff::Timestamp;
use std::fmt;

/// What a hold covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A person's records.
    Person,
    /// A collection's: source and collection.
    Collection(String, String),
    /// Every record.
    Everything,
}

/// A new hold.
pub struct NewHold<'a> {
    /// What it covers.
    pub scope: Scope,
    /// The matter it belongs to.
    pub matter: Option<&'a str>,
    /// Why.
    pub because: &'a str,
    /// Whom it is about, as given.
    pub selectors: &'a [String],
    /// Who ordered it.
    pub by: &'a str,
}

/// A hold of the register.
#[derive(Clone, PartialEq, Eq)]
pub struct Hold {
    /// For people: 1, 2, 3, …
    pub number: u32,
    /// What it covers.
    pub scope: Scope,
    /// The matter it belongs to. Personal data.
    pub matter: Option<String>,
    /// Why. Personal data.
    pub because: String,
    /// Whom it is about, as given; gone once it is released. Personal data.
    pub selectors: Vec<String>,
    /// Who ordered it.
    pub by: String,
    /// Since when.
    pub at: Timestamp,
    /// Who released it, when, and why.
    pub released: Option<(String, Timestamp, String)>,
}

impl Hold {
    /// What plans call it: `hold 3`.
    pub fn name(&self) -> String {
        format!("hold {}", self.number)
    }
}

impl fmt::Debug for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hold({}, {:?})", self.number, self.scope)
    }
}
