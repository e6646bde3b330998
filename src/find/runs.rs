//! Sorted runs of rows in one unlinked temporary file, which no crash can leave behind, and reading them side by side.
//!
//! A run knows nothing of rows but their length; keys are compared here, never made.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use super::codec;
use crate::error::{Error, Kind, Result};
use crate::record::Key;

/// How much of all runs together is held while they are read.
const BUFFERS: usize = 2 << 20;
/// How much of one, at least and at most.
const BUFFER: (usize, usize) = (4 << 10, 64 << 10);

/// The runs of one spool.
#[derive(Default)]
pub(super) struct Runs {
    file: Option<File>,
    runs: Vec<Range<u64>>,
}

impl Runs {
    /// How many runs.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Adds a run of these rows, or makes the last longer, where they go on in its order.
    pub fn add<'r>(&mut self, goes_on: bool, rows: impl Iterator<Item = &'r [u8]>) -> Result<()> {
        self.write(goes_on, rows).map_err(|e| no_space(&e))
    }

    fn write<'r>(&mut self, goes_on: bool, rows: impl Iterator<Item = &'r [u8]>) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let start = self.runs.last().map_or(0, |run| run.end);
        let mut end = start;
        let mut out = BufWriter::with_capacity(1 << 17, &*file);
        for row in rows {
            out.write_all(&(row.len() as u64).to_le_bytes())?;
            out.write_all(row)?;
            end += 8 + row.len() as u64;
        }
        out.flush()?;
        match self.runs.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = end,
            None => self.runs.push(start..end),
        }
        Ok(())
    }

    /// A reader for each run.
    pub fn readers(&self) -> Vec<Reader<'_>> {
        let Some(file) = &self.file else { return Vec::new() };
        let size = (BUFFERS / self.runs.len().max(1)).clamp(BUFFER.0, BUFFER.1);
        self.runs.iter().map(|run| Reader { file, left: run.clone(), buffer: Vec::new(), at: 0, size }).collect()
    }
}

/// What is too long to be sorted: it stays where it was written, in one unlinked temporary file.
#[derive(Default)]
pub(super) struct Long {
    file: Option<File>,
    end: u64,
}

impl Long {
    /// Writes it; gives its place and its length.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(u64, u64)> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile().map_err(|e| no_space(&e))?),
        };
        file.write_all_at(bytes, self.end).map_err(|e| no_space(&e))?;
        let place = (self.end, bytes.len() as u64);
        self.end += place.1;
        Ok(place)
    }

    /// Reads back, into `bytes`, what a place and a length, encoded, say.
    pub fn get(&self, at: &mut &[u8], bytes: &mut Vec<u8>) -> Result<()> {
        let place = (codec::get_u64(at), codec::get_u64(at));
        let (Some(file), (Some(start), Some(length))) = (&self.file, place) else {
            return Err(Error::bug("a spooled row is nowhere"));
        };
        bytes.resize(usize::try_from(length).unwrap_or_default(), 0);
        file.read_exact_at(bytes, start).map_err(|e| no_space(&e))
    }
}

/// Reads one run from start to end.
pub(super) struct Reader<'f> {
    file: &'f File,
    left: Range<u64>,
    buffer: Vec<u8>,
    at: usize,
    size: usize,
}

impl Reader<'_> {
    /// The next row; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.at == self.buffer.len() && self.left.is_empty() {
            return Ok(None);
        }
        let mut length = [0; 8];
        length.copy_from_slice(self.take(8)?);
        let length = usize::try_from(u64::from_le_bytes(length)).map_err(|_| Error::bug("a spooled row has no end"))?;
        self.take(length).map(|row| Some(row.to_vec()))
    }

    fn take(&mut self, length: usize) -> Result<&[u8]> {
        if self.buffer.len() - self.at < length {
            self.buffer.drain(..self.at);
            self.at = 0;
            let held = self.buffer.len();
            let room = usize::try_from(self.left.end - self.left.start).unwrap_or(usize::MAX);
            let more = room.min(self.size.max(length - held));
            self.buffer.resize(held + more, 0);
            self.file.read_exact_at(&mut self.buffer[held..], self.left.start).map_err(|e| no_space(&e))?;
            self.left.start += more as u64;
        }
        let row = self.buffer.get(self.at..self.at + length).ok_or_else(|| Error::bug("a spooled row is cut off"))?;
        self.at += length;
        Ok(row)
    }
}

/// The first row left of one run.
pub(super) struct Head {
    key: Key,
    run: usize,
    row: Vec<u8>,
    body: usize,
}

impl Head {
    /// A row of that run; its body begins at `body`.
    pub fn new(key: Key, run: usize, row: Vec<u8>, body: usize) -> Self {
        Head { key, run, row, body }
    }

    /// Its run.
    pub fn run(&self) -> usize {
        self.run
    }

    /// What follows its key.
    pub fn body(&self) -> &[u8] {
        &self.row[self.body..]
    }

    /// Its key, and what follows it.
    pub fn into_parts(mut self) -> (Key, Vec<u8>) {
        self.row.drain(..self.body);
        (self.key, self.row)
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.key, self.run).cmp(&(&other.key, other.run))
    }
}

fn no_space(e: &std::io::Error) -> Error {
    let mut error = Error::io("use a temporary file in", &std::env::temp_dir(), e);
    error.kind = Kind::Machine;
    match e.kind() {
        std::io::ErrorKind::StorageFull => error.hint("or name a folder on another disk: TMPDIR=FOLDER redress …"),
        _ => error,
    }
}
