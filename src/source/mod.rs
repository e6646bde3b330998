//! Sources: the places searched. Two traits, reading and writing, in plain data.
//!
//! Only `plan::apply` names the writing one, so that what must not change data cannot. No driver type leaves its own
//! file or folder here. Sources know neither roles nor rules: they answer questions and carry out edits.

mod csv;
mod files;
mod json;
mod kinds;
mod mysql;
mod patch;
mod postgres;
pub mod question;
pub mod raw;
mod schema;
pub mod server;
mod sqlite;

pub use self::csv::{List, ListRow};
pub use kinds::{KINDS, Kind, open, open_raw, open_writer, parse_address, source_name, wipe};
pub use patch::{Extent, Patch};
pub use question::{Probe, Question, Wanted};
pub use raw::Files;
pub use schema::{Action, Column, ForeignKey, Schema, Shape, ShapeKind, ValueType};

use crate::error::{Error, Result};
use crate::problem::Problem;
use crate::record::{Digest, FieldPath, Key, Record, Value};

/// Reading: one consistent snapshot from the first question to the end of the value's life.
pub trait Source: Send {
    /// What is there: collections, columns, keys, declared references.
    fn schema(&mut self) -> Result<Schema>;

    /// Answers a question about one collection: gives `sink` every record that at least one probe wants, once each.
    /// It may give too many (the asker decides by the normal forms), never too few. An error of the sink ends the
    /// search and is returned.
    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage>;

    /// Gives `sink` every record of a collection, once each, as one stream.
    fn all(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage>;

    /// At most `limit` records, spread over the collection as far as that is cheap; for drafting and checking.
    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>>;

    /// A value as this source would give it back once it stands in that column: a plan holds what will be read, not
    /// what was said. As it is, where the source keeps what it is given.
    fn held(&self, collection: &str, column: &str, value: Value) -> Value {
        let _ = (collection, column);
        value
    }

    /// The constraint on values (a `CHECK`) that one of these records would break, in words without values; none where
    /// there is none, or where that cannot be asked.
    fn broken_check(&mut self, collection: &str, records: &[Record]) -> Result<Option<String>> {
        let _ = (collection, records);
        Ok(None)
    }

    /// Which rights the source's server must have given for what the map asks; none for sources without a server.
    fn rights(&mut self, needs: &[Need<'_>]) -> Result<Rights> {
        let _ = needs;
        Ok(Rights::default())
    }
}

/// What a map may do with a collection.
pub struct Need<'a> {
    /// The collection; it is read in any case.
    pub collection: &'a str,
    /// Whether its records may be deleted.
    pub delete: bool,
    /// Whether records that were deleted may come back.
    pub insert: bool,
    /// Fields that may be changed.
    pub set: Vec<&'a str>,
}

/// Rights on a server, as the statements that give them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Rights {
    /// The role they are for, as SQL writes it.
    pub role: String,
    /// What reading needs.
    pub to_read: Vec<String>,
    /// What applying a plan needs beside.
    pub to_change: Vec<String>,
    /// Of these, what the role of the address lacks to read.
    pub missing_to_read: Vec<String>,
    /// And to change.
    pub missing_to_change: Vec<String>,
}

/// A record a search found.
pub struct Found {
    /// The whole record.
    pub record: Record,
    /// Where it stands in its file, from 1; a hint for people.
    pub line: Option<u64>,
}

/// How a question was answered.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Whether the whole collection was read, and why no index served (`None`: an index served).
    pub read_all: Option<String>,
    /// What could not be read: malformed lines, a file that changed meanwhile.
    pub problems: Vec<Problem>,
}

/// Writing: one transaction over the whole source, from opening to `commit`. Dropped without `commit`, nothing has
/// changed.
pub trait Writer {
    /// Says what records addressed by their content hold in some columns, before and after what will be written, so that
    /// an index may serve where they are looked for. A source that has no use for it reads the whole collection.
    fn narrow(&mut self, collection: &str, near: Vec<(Digest, Key)>) {
        let _ = (collection, near);
    }

    /// The records that `keys` address now, within the transaction: `sink` gets the key's index and a record, as
    /// often as there are such records. After [`Writer::write`] it answers from the new state.
    fn lookup(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()>;

    /// Carries out the edits in this order; their keys mean the records as they were before the first of them.
    /// Constraints hold at the latest at `commit`; references between the edited
    /// records may be broken in between (cycles).
    fn write(&mut self, edits: &[Edit<'_>]) -> Result<Written>;

    /// After [`Writer::write`]: what takes the files it changed back, byte for byte. `None` where a source has no files of
    /// records: there records are inserted and set again.
    fn reverse(&mut self) -> Result<Option<Vec<Patch>>> {
        Ok(None)
    }

    /// Takes a file back, where it is as it was left, or has only grown since. Says whether there was anything to do: a
    /// file that is as it was before the change stays. Any other is an error, and nothing is changed.
    fn take_back(&mut self, patch: &Patch) -> Result<bool> {
        let _ = patch;
        Err(Error::bug("a source without files is to take a file back"))
    }

    /// Makes it so, durably. Returns what of the old state may be left on disk, in words.
    fn commit(self: Box<Self>) -> Result<Remains>;
}

/// What of the old state may be left on disk after a commit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remains {
    /// What somebody has to see to: it can be read, or should not be there.
    pub problems: Vec<Problem>,
    /// What ages out as backups do, and is no fault of the source: a server's logs.
    pub not_covered: Vec<Problem>,
}

impl From<Vec<Problem>> for Remains {
    fn from(problems: Vec<Problem>) -> Self {
        Remains { problems, not_covered: Vec::new() }
    }
}

/// One edit of one record (or of `count` identical ones, where the key is its content).
pub struct Edit<'a> {
    /// The collection.
    pub collection: &'a str,
    /// The record's key before the edit.
    pub key: &'a Key,
    /// How many records the key addresses; others is an error and nothing is changed.
    pub count: u64,
    /// What to do.
    pub change: EditChange<'a>,
}

/// What an edit does.
pub enum EditChange<'a> {
    /// The record goes.
    Delete,
    /// These fields get these values (key columns included, where the record moves).
    Set(&'a [(FieldPath, Value)]),
    /// A record that was deleted comes back as it was, `count` times; what the source computes it computes again. For
    /// databases: files are taken back byte for byte, see [`Writer::take_back`].
    Insert(&'a Record),
}

/// What a write did beside what it was asked to do.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Changes the source made by itself, in words with counts (`trigger … changed 2 records of audit`); empty when
    /// there were none.
    pub beside: Vec<Problem>,
}
