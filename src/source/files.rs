//! What the sources made of files share: the files of an address, one open file as a snapshot, reading it in
//! windows, replacing it in one step, and the two traits over a [`format::Format`].
//!
//! Nothing here knows how a record is written in its file; that is in `csv` and `json`.

pub(super) mod format;
mod listing;
pub(super) mod notes;
pub(super) mod open;
pub(super) mod pick;
mod raw;
mod reader;
mod replace;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod window;
mod writer;
mod writing;

pub(super) use raw::FileRaw;
pub(super) use reader::FileSource;
pub(super) use writer::FileWriter;
