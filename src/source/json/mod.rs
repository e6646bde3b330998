//! The `json` kind: files of objects, one after the other (NDJSON, however they are broken into lines) or in one
//! top-level array.
//!
//! Whole numbers are integers where they fit, every other number keeps its digits. All members of an object are kept,
//! those of one name too. A string with half a surrogate pair is a native value: its spelling. Of a folder,
//! `*.ndjson`, `*.jsonl` and `*.json` are read.

mod columns;
mod decode;
mod documents;
mod edit;
mod encode;
mod parts;
mod paths;
mod stream;
#[cfg(test)]
mod tests;

use super::files::{FileRaw, FileSource, FileWriter};
use super::raw::Raw;
use super::{Source, Writer};
use crate::error::Result;
use crate::map::Address;
use documents::Documents;

/// Opens JSON files for reading.
pub fn open(address: &Address, _name: &str) -> Result<Box<dyn Source>> {
    FileSource::<Documents>::open(address)
}

/// Opens JSON files for writing.
pub fn open_writer(address: &Address, _name: &str) -> Result<Box<dyn Writer>> {
    FileWriter::<Documents>::open(address)
}

/// Opens them for reading raw.
pub fn open_raw(address: &Address, _name: &str) -> Result<Box<dyn Raw>> {
    FileRaw::<Documents>::open(address)
}
