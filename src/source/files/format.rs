//! What one file format has to offer so that [`super::FileSource`] and [`super::FileWriter`] can do the rest.

use std::ops::Range;

use super::open::OpenFile;
use super::pick::Pick;
use crate::error::Result;
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::Shape;

/// Where a record stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes that are the record (of a row: its line end included).
    pub bytes: Range<u64>,
    /// The line it begins in, from 1.
    pub line: u64,
}

/// What a pass gives its records to.
pub type Sink<'s> = dyn FnMut(Place, Record) -> Result<()> + 's;

/// One open file of some format.
pub trait Format: Sized + Send {
    /// What files of a folder are called.
    const EXTENSIONS: &'static [&'static str];

    /// Looks at the head of the file: how it is written, what its fields are.
    fn open(file: OpenFile, address: &Address) -> Result<Self>;

    /// The file.
    fn file(&self) -> &OpenFile;

    /// One pass over the whole file: gives `sink` each record wanted, and returns what could not be read.
    fn pass(&self, pick: &Pick<'_>, sink: &mut Sink<'_>) -> Result<Vec<Problem>>;

    /// What the file holds, as far as its head and a bounded sample show.
    fn shape(&self, collection: &str) -> Result<Shape>;

    /// At most `limit` records.
    fn sample(&self, limit: usize) -> Result<Vec<Record>>;

    /// The key of these columns; `None` where one of them is missing.
    fn key(&self, record: &Record, columns: &[String]) -> Option<Key>;

    /// A field that a key names.
    fn key_path(&self, column: &str) -> FieldPath;

    /// A value as this format would read it: of a key, or one that is to be written.
    fn as_read(&self, value: &Value) -> Value;

    /// The record that these bytes of a [`Place`] are.
    fn parse(&self, bytes: &[u8]) -> Result<Record>;

    /// The bytes of a record with these fields set; all else in them stays byte for byte. `line` is for messages.
    fn set(&self, bytes: &[u8], line: u64, fields: &[(FieldPath, Value)]) -> Result<Vec<u8>>;

    /// Which bytes go when these records go; ascending, apart.
    fn cuts(&self, places: &[Place]) -> Result<Vec<Range<u64>>>;

    /// Why the file cannot be rewritten safely, given what a pass found wrong with it.
    fn unfit(&self, problems: &[Problem]) -> Option<String>;

    /// Whether the other file would be read in the same way.
    fn same_layout(&self, other: &Self) -> bool;
}
