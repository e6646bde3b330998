//! Faults: what is wrong in the map's files, each with file, line, column, key and what to do.
//!
//! Reading collects all of them; only at the end do they become one [`Error`]. What the live sources say against the
//! map is not a fault but a finding (see `check`).

use std::fmt;

use crate::error::Error;
use crate::map::Place;

/// One thing that is wrong in a file of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file and the line.
    pub place: Place,
    /// The column, in characters from 1.
    pub column: usize,
    /// The key, from the file's root: `collection.orders.links[1].role`; empty where the file as a whole is meant.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// All faults of a map, in the order of its files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place.file.display())?;
        if self.place.line > 0 {
            write!(f, ":{}:{}", self.place.line, self.column)?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if i > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        let message = match faults.0.len() {
            1 => faults.to_string(),
            n => format!("the data map has {n} faults\n{faults}"),
        };
        Error::failed(message).hint("correct the data map, then run `redress check`")
    }
}
