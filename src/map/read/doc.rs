//! One file of the map while it is read: its text, where its lines begin, and the faults found so far.
//!
//! What the keys mean is not known here.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

use super::fault::Fault;
use crate::map::Place;

/// A file being read.
pub(super) struct Doc {
    file: PathBuf,
    text: String,
    faults: RefCell<Vec<Fault>>,
}

impl Doc {
    /// Reads the file; what cannot be read becomes its fault.
    pub(super) fn open(file: &Path) -> Doc {
        let doc = |text| Doc { file: shown(file), text, faults: RefCell::default() };
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(cause) => {
                let error = crate::error::Error::io("read", &shown(file), &cause);
                let doc = doc(String::new());
                doc.whole(format!("cannot be read: {}", reason(&error.message)), error.hints.first().cloned());
                return doc;
            }
        };
        match String::from_utf8(bytes) {
            // A byte order mark says nothing in UTF-8, and would shift the first line's columns.
            Ok(text) => doc(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(cause) => {
                let (good, line) = (cause.utf8_error().valid_up_to(), b'\n');
                let lines = cause.as_bytes()[..good].iter().filter(|b| **b == line).count();
                let doc = doc(String::new());
                doc.whole(format!("line {} is not UTF-8", lines + 1), Some("save the file as UTF-8".into()));
                doc
            }
        }
    }

    /// The file's root table; none where it cannot be read or is not TOML, which then is its fault.
    pub(super) fn parse(&self) -> Option<DeTable<'_>> {
        if self.is_faulty() {
            return None;
        }
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            self.fault(at, "", format!("not valid TOML: {}", error.message()), None);
        }
        errors.is_empty().then(|| table.into_inner())
    }

    /// Adds a fault at a byte of the file.
    pub(super) fn fault(&self, at: usize, key: &str, message: impl Into<String>, hint: Option<String>) {
        let (line, column) = self.position(at);
        let place = Place { file: self.file.clone(), line };
        self.faults.borrow_mut().push(Fault { place, column, key: key.to_owned(), message: message.into(), hint });
    }

    /// Adds a fault of the file as a whole.
    pub(super) fn whole(&self, message: String, hint: Option<String>) {
        let place = Place { file: self.file.clone(), line: 0 };
        self.faults.borrow_mut().push(Fault { place, column: 0, key: String::new(), message, hint });
    }

    /// Where a byte of the file stands.
    pub(super) fn place(&self, at: usize) -> Place {
        Place { file: self.file.clone(), line: self.position(at).0 }
    }

    /// Whether a fault was found.
    pub(super) fn is_faulty(&self) -> bool {
        !self.faults.borrow().is_empty()
    }

    /// The faults, in order of lines.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| (fault.place.line, fault.column));
        faults.dedup();
        faults
    }

    /// Line and column, from 1; the column counts characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let at = (0..=at.min(self.text.len())).rev().find(|i| self.text.is_char_boundary(*i)).unwrap_or(0);
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// The file as the user would name it.
pub(super) fn shown(file: &Path) -> PathBuf {
    file.strip_prefix(".").unwrap_or(file).to_owned()
}

/// The cause alone: the fault names the file itself.
fn reason(message: &str) -> &str {
    message.rsplit(": ").next().unwrap_or(message)
}
