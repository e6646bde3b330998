//! What a search found, kept in key order in little memory: rows are encoded as they come, sorted in runs, and what
//! must spill goes to unlinked temporary files, which no crash can leave behind.
//!
//! A spool knows nothing of people or links; a row carries an opaque note of its owner's.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use super::codec;
use crate::error::{Error, Result};
use crate::record::{Key, Names, Record};

/// How many bytes of rows are held before a run is spilled.
const RUN_BYTES: usize = 8 << 20;

/// Rows of one collection, in key order.
#[derive(Default)]
pub struct Spool {
    names: Vec<Names>,
    held: Vec<u8>,
    index: Vec<(Key, usize)>,
    runs: Vec<File>,
    len: u64,
    limit: Option<usize>,
}

/// One row as it comes back.
pub struct SpoolRow {
    /// Its key.
    pub key: Key,
    /// The record.
    pub record: Record,
    /// Its line, where the source has lines.
    pub line: Option<u64>,
    /// The owner's note.
    pub note: Vec<u8>,
}

impl Spool {
    /// A spool that spills after `limit` bytes; for tests.
    #[cfg(test)]
    pub fn with_limit(limit: usize) -> Self {
        Spool { limit: Some(limit), ..Spool::default() }
    }

    /// How many rows.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a row.
    pub fn push(&mut self, key: Key, record: &Record, line: Option<u64>, note: &[u8]) -> Result<()> {
        let names = self.names_id(&record.names);
        self.index.push((key, self.held.len()));
        codec::put_u64(&mut self.held, names as u64);
        codec::put_u64(&mut self.held, line.unwrap_or(0));
        codec::put_bytes(&mut self.held, note);
        record.values.iter().for_each(|v| codec::put_value(&mut self.held, v));
        self.len += 1;
        if self.held.len() + self.index.len() * 64 > self.limit.unwrap_or(RUN_BYTES) {
            self.spill().map_err(|e| no_space(&e))?;
        }
        Ok(())
    }

    fn names_id(&mut self, names: &Names) -> usize {
        let known = self.names.iter().rposition(|n| std::sync::Arc::ptr_eq(n, names) || n == names);
        known.unwrap_or_else(|| {
            self.names.push(names.clone());
            self.names.len() - 1
        })
    }

    fn spill(&mut self) -> std::io::Result<()> {
        self.sort();
        let mut out = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        let mut head = Vec::new();
        for (i, (key, start)) in self.index.iter().enumerate() {
            let end = self.row_end(i, *start);
            head.clear();
            codec::put_key(&mut head, key);
            out.write_all(&(head.len() as u32).to_le_bytes())?;
            out.write_all(&((end - start) as u32).to_le_bytes())?;
            out.write_all(&head)?;
            out.write_all(&self.held[*start..end])?;
        }
        self.runs.push(out.into_inner().map_err(std::io::IntoInnerError::into_error)?);
        self.held.clear();
        self.index.clear();
        Ok(())
    }

    /// Sorts the index by key and lays the rows out in that order, so that each ends where the next begins.
    fn sort(&mut self) {
        if self.index.is_sorted_by(|a, b| a.0 <= b.0) {
            return;
        }
        let starts: Vec<usize> = self.index.iter().map(|(_, s)| *s).chain([self.held.len()]).collect();
        let mut order: Vec<usize> = (0..self.index.len()).collect();
        order.sort_by(|a, b| self.index[*a].0.cmp(&self.index[*b].0));
        let mut held = Vec::with_capacity(self.held.len());
        let mut index = Vec::with_capacity(self.index.len());
        for i in order {
            index.push((self.index[i].0.clone(), held.len()));
            held.extend_from_slice(&self.held[starts[i]..starts[i + 1]]);
        }
        (self.held, self.index) = (held, index);
    }

    fn row_end(&self, i: usize, _start: usize) -> usize {
        self.index.get(i + 1).map_or(self.held.len(), |(_, next)| *next)
    }

    /// Ends the writing: sorts what is held. Needed before [`Spool::each`].
    pub fn seal(&mut self) {
        self.sort();
    }

    /// Gives every row in key order; rows of one key in the order they came.
    pub fn each(&self, sink: &mut dyn FnMut(SpoolRow) -> Result<()>) -> Result<()> {
        let mut heads = BinaryHeap::new();
        let mut runs = Vec::new();
        for (n, file) in self.runs.iter().enumerate() {
            let mut reader = Run::open(file).map_err(|e| no_space(&e))?;
            if let Some((key, body)) = reader.next()? {
                heads.push(Reverse(Head { key, run: n, body }));
            }
            runs.push(reader);
        }
        let mut held = self.index.iter().enumerate();
        let mut next_held = held.next();
        loop {
            let take_run = match (heads.peek(), next_held) {
                (None, None) => return Ok(()),
                (Some(Reverse(head)), Some((_, (key, _)))) => head.key <= *key,
                (Some(_), None) => true,
                (None, Some(_)) => false,
            };
            if take_run {
                let Some(Reverse(head)) = heads.pop() else { continue };
                if let Some((key, body)) = runs[head.run].next()? {
                    heads.push(Reverse(Head { key, run: head.run, body }));
                }
                sink(self.decode(head.key, &head.body)?)?;
            } else if let Some((i, (key, start))) = next_held {
                let end = self.row_end(i, *start);
                next_held = held.next();
                sink(self.decode(key.clone(), &self.held[*start..end])?)?;
            }
        }
    }

    fn decode(&self, key: Key, body: &[u8]) -> Result<SpoolRow> {
        let mut at = body;
        let row = (|| {
            let names = self.names.get(codec::get_u64(&mut at)? as usize)?.clone();
            let line = Some(codec::get_u64(&mut at)?).filter(|l| *l > 0);
            let note = codec::get_bytes(&mut at)?.to_vec();
            let values = names.iter().map(|_| codec::get_value(&mut at)).collect::<Option<_>>()?;
            Some(SpoolRow { key, record: Record { names, values }, line, note })
        })();
        row.ok_or_else(|| Error::bug("a spooled row cannot be read back"))
    }
}

struct Head {
    key: Key,
    run: usize,
    body: Vec<u8>,
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

struct Run {
    reader: BufReader<File>,
}

impl Run {
    fn open(file: &File) -> std::io::Result<Run> {
        let mut file = file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        // A clone shares its offset: one reading at a time, which `each` holds to.
        Ok(Run { reader: BufReader::with_capacity(1 << 17, file) })
    }

    fn next(&mut self) -> Result<Option<(Key, Vec<u8>)>> {
        let mut lengths = [0; 8];
        match self.reader.read_exact(&mut lengths) {
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other.map_err(|e| no_space(&e))?,
        }
        let length =
            |i: usize| u32::from_le_bytes([lengths[i], lengths[i + 1], lengths[i + 2], lengths[i + 3]]) as usize;
        let (mut head, mut body) = (vec![0; length(0)], vec![0; length(4)]);
        self.reader.read_exact(&mut head).and_then(|()| self.reader.read_exact(&mut body)).map_err(|e| no_space(&e))?;
        let key =
            codec::get_key(&mut head.as_slice()).ok_or_else(|| Error::bug("a spooled key cannot be read back"))?;
        Ok(Some((key, body)))
    }
}

fn no_space(e: &std::io::Error) -> Error {
    Error::io("use a temporary file in", &std::env::temp_dir(), e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Value;

    #[test]
    fn rows_come_back_in_key_order_spilled_or_not() {
        for limit in [1, 300, 1 << 20] {
            let names: Names = ["id".to_owned(), "t".to_owned()].into();
            let mut spool = Spool::with_limit(limit);
            for i in [5i128, 3, 9, 1, 3, 7] {
                let record = Record::new(names.clone(), vec![Value::Int(i), Value::Text(format!("row {i}"))]);
                let key = record.key(&["id".to_owned()]).unwrap_or(Key::Content(record.digest()));
                spool.push(key, &record, Some(i as u64), b"note").ok();
            }
            spool.seal();
            for _ in 0..2 {
                let mut seen = Vec::new();
                let read = spool.each(&mut |row| {
                    assert_eq!(row.note, b"note");
                    seen.push(row.record.values[0].show());
                    Ok(())
                });
                assert_eq!(read, Ok(()));
                assert_eq!(seen, ["1", "3", "3", "5", "7", "9"]);
            }
        }
    }
}
