//! Reading raw: everything a source holds, whether the map knows it or not. For the sweep after an erasure.
//!
//! A source is a set of files, or tables whose rows it gives as they are, or both. What is looked for in them is not
//! known here, and no rule of the map counts: views are left out (another look at the same data), nothing else is.

use std::path::PathBuf;

use super::Found;
use crate::error::Result;
use crate::problem::Problem;

/// Raw reading of one source.
pub trait Raw {
    /// The files it lies in, all of them; none of a source behind a server.
    fn files(&mut self) -> Result<Files>;

    /// Gives `sink` every row of every table. What may not be read is a problem, and does not stop the others.
    fn rows(&mut self, sink: &mut dyn RowSink) -> Result<Vec<Problem>>;

    /// Every record of a collection, for telling what of it is expected.
    fn records(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Vec<Problem>>;

    /// Whether the bytes at `offset` of a file made of pages belong to what [`Raw::rows`] gives, rather than to space
    /// that is free and was not wiped.
    fn is_in_use(&mut self, file: &RawFile, offset: u64) -> Result<bool> {
        let _ = (file, offset);
        Ok(false)
    }
}

/// The files of a source.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Each of them.
    pub files: Vec<RawFile>,
    /// What could not be looked into.
    pub problems: Vec<Problem>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called within the source.
    pub name: String,
    /// What it is to the source.
    pub kind: RawKind,
}

impl RawFile {
    /// Whether it may hold the present state of records, not only past ones: a write-ahead log, in which pages wait.
    pub fn is_current(&self) -> bool {
        self.name.ends_with("-wal")
    }
}

/// What a file is to its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawKind {
    /// The records of this collection.
    Collection(String),
    /// Beside them: no collection.
    Other,
    /// A database in pages, whose rows are given too.
    Pages,
    /// What a database has written there for its own safety: older states of its pages.
    Log,
}

/// What rows are given to.
pub trait RowSink {
    /// A table begins.
    fn table(&mut self, table: &str, columns: &[String]) -> Result<()>;

    /// Some of its rows.
    fn rows(&mut self, rows: &RowBlock) -> Result<()>;
}

/// Between two cells.
const APART: u8 = 0x1F;
/// How many bytes of rows go together.
const FULL: usize = 1 << 18;

/// Rows one after the other, each cell as text or bytes. What a null is does not matter here: it is empty.
#[derive(Default)]
pub struct RowBlock {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl RowBlock {
    /// Adds a cell as `write` puts it.
    pub fn cell(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
        self.bytes.push(APART);
    }

    /// Whether it is time to pass it on.
    pub fn is_full(&self) -> bool {
        self.bytes.len() >= FULL
    }

    /// Passes it on, and empties it.
    pub fn pass_to(&mut self, sink: &mut dyn RowSink) -> Result<()> {
        if !self.ends.is_empty() {
            sink.rows(self)?;
        }
        self.bytes.clear();
        self.ends.clear();
        Ok(())
    }

    /// All cells, with a byte between them that no text holds.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of the cell in which the byte at `at` is.
    pub fn cell_at(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at)
    }
}
