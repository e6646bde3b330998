//! One CSV file row by row with the very bytes of each row, for what filters a list without rewriting it.

use super::table::Table;
use crate::error::Result;
use crate::map::Address;
use crate::problem::Problem;
use crate::record::Record;
use crate::source::files::format::Format as _;
use crate::source::files::open::OpenFile;
use crate::source::files::pick::Pick;

/// A CSV file that is no source: a list of people, given on the command line.
pub struct List {
    table: Table,
}

/// One of its rows.
pub struct ListRow {
    /// What it says.
    pub record: Record,
    /// Its bytes, with its line end, and with empty lines before it.
    pub bytes: Vec<u8>,
    /// The line it begins in, from 1.
    pub line: u64,
}

impl List {
    /// Opens the file.
    pub fn open(address: &Address) -> Result<List> {
        Ok(List { table: Table::open(OpenFile::open(&address.path)?, address)? })
    }

    /// The names of its columns.
    pub fn names(&self) -> &[String] {
        &self.table.names
    }

    /// Some of its rows.
    pub fn sample(&self, limit: usize) -> Result<Vec<Record>> {
        self.table.sample(limit)
    }

    /// The bytes before its first row: byte order mark and header.
    pub fn head(&self) -> Result<Vec<u8>> {
        self.table.file().slice(0, self.table.body_start())
    }

    /// Gives every row; gives back what is wrong with the file.
    pub fn each(&self, sink: &mut dyn FnMut(ListRow) -> Result<()>) -> Result<Vec<Problem>> {
        let mut at = self.table.body_start();
        self.table.pass(&Pick { probes: Vec::new(), all: true }, &mut |place, record| {
            let bytes = self.table.file().slice(at, place.bytes.end)?;
            at = place.bytes.end;
            sink(ListRow { record, bytes, line: place.line })
        })
    }

    /// Whether somebody changed the file since it was opened.
    pub fn has_changed(&self) -> bool {
        self.table.file().has_changed()
    }
}
