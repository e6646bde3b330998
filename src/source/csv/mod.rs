//! The `csv` kind: files of rows with a header, as they are found in the wild.
//!
//! Every value is text. A field that a short row lacks is null; those a long row has too many are called `$extra_1`,
//! `$extra_2`, …, so that nothing is lost. Text that is not valid in the file's encoding is kept as bytes. Of a
//! folder, `*.csv` and `*.tsv` are read. The header is always the first row.

mod cells;
mod header;
mod layout;
mod list;
mod rewrite;
mod scan;
mod table;
#[cfg(test)]
mod tests;

pub use list::{List, ListRow};

use super::files::{FileRaw, FileSource, FileWriter};
use super::raw::Raw;
use super::{Source, Writer};
use crate::error::Result;
use crate::map::Address;
use table::Table;

/// Opens CSV files for reading.
pub fn open(address: &Address, _name: &str) -> Result<Box<dyn Source>> {
    FileSource::<Table>::open(address)
}

/// Opens CSV files for writing.
pub fn open_writer(address: &Address, _name: &str) -> Result<Box<dyn Writer>> {
    FileWriter::<Table>::open(address)
}

/// Opens them for reading raw.
pub fn open_raw(address: &Address, _name: &str) -> Result<Box<dyn Raw>> {
    FileRaw::<Table>::open(address)
}
