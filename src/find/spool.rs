//! What a search found, kept in key order in little memory: rows are encoded as they come, sorted in runs, and what
//! must spill goes to unlinked temporary files, which no crash can leave behind.
//!
//! A spool knows nothing of people or links; a row carries an opaque note of its owner's.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::codec;
use super::runs::{Head, Long, Runs};
use crate::error::{Error, Result};
use crate::record::{Key, Names, Record};

/// How many bytes of rows are held before a run is spilled. Every collection has a spool, so that this is little.
const HELD: usize = 1 << 20;
/// After so many runs they become twice as long, up to eight times: reading side by side holds a part of each.
const RUNS: usize = 64;
/// A row with more than this is written where it stays, and only its place is sorted: reading side by side would
/// otherwise hold a whole picture of every run.
const LONG: usize = 8 << 10;

/// Rows of one collection, in key order.
#[derive(Default)]
pub struct Spool {
    names: Vec<Names>,
    /// Rows as bytes: key, then body.
    held: Vec<u8>,
    /// Where each begins.
    index: Vec<usize>,
    runs: Runs,
    /// The last key of the last run: rows mostly come in order, and then there is one run.
    last: Option<Key>,
    long: Long,
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
    pub fn push(&mut self, key: &Key, record: &Record, line: Option<u64>, note: &[u8]) -> Result<()> {
        let names = self.names_id(&record.names);
        self.index.push(self.held.len());
        codec::put_key(&mut self.held, key);
        codec::put_bytes(&mut self.held, note);
        codec::put_u64(&mut self.held, names as u64);
        codec::put_u64(&mut self.held, line.unwrap_or(0));
        self.values(record)?;
        self.len += 1;
        match self.held.len() + self.index.len() * size_of::<usize>() > self.limit() {
            true => self.spill(),
            false => Ok(()),
        }
    }

    fn limit(&self) -> usize {
        self.limit.unwrap_or(HELD << (self.runs.len() / RUNS).min(3))
    }

    /// Adds the values of a row: here, or where long ones stay.
    fn values(&mut self, record: &Record) -> Result<()> {
        self.held.push(0);
        let start = self.held.len();
        record.values.iter().for_each(|v| codec::put_value(&mut self.held, v));
        if self.held.len() - start <= LONG {
            return Ok(());
        }
        let (at, length) = self.long.add(&self.held[start..])?;
        self.held.truncate(start);
        self.held[start - 1] = 1;
        codec::put_u64(&mut self.held, at);
        codec::put_u64(&mut self.held, length);
        self.held.shrink_to(2 * self.limit());
        Ok(())
    }

    fn names_id(&mut self, names: &Names) -> usize {
        let known = self.names.iter().rposition(|n| std::sync::Arc::ptr_eq(n, names) || n == names);
        known.unwrap_or_else(|| {
            self.names.push(names.clone());
            self.names.len() - 1
        })
    }

    fn spill(&mut self) -> Result<()> {
        self.sort()?;
        let (Some(first), Some(last)) = (self.index.first(), self.index.last()) else { return Ok(()) };
        let (first, last) = (key_of(&self.held[*first..])?.0, key_of(&self.held[*last..])?.0);
        let goes_on = self.last.as_ref().is_some_and(|before| *before <= first);
        let ends = self.index.iter().skip(1).copied().chain([self.held.len()]);
        self.runs.add(goes_on, self.index.iter().zip(ends).map(|(start, end)| &self.held[*start..end]))?;
        self.last = Some(last);
        self.held.clear();
        self.index.clear();
        Ok(())
    }

    /// Sorts the rows held by key, those of one key in the order they came.
    fn sort(&mut self) -> Result<()> {
        let keys = self.index.iter().map(|start| key_of(&self.held[*start..]).map(|(key, _)| key));
        let keys: Vec<Key> = keys.collect::<Result<_>>()?;
        if keys.is_sorted() {
            return Ok(());
        }
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        let end = |i: usize| self.index.get(i + 1).copied().unwrap_or(self.held.len());
        let (mut held, mut index) = (Vec::with_capacity(self.held.len()), Vec::with_capacity(keys.len()));
        for i in order {
            index.push(held.len());
            held.extend_from_slice(&self.held[self.index[i]..end(i)]);
        }
        (self.held, self.index) = (held, index);
        Ok(())
    }

    /// Ends the writing: sorts what is held. Needed before [`Spool::each`].
    pub fn seal(&mut self) -> Result<()> {
        self.sort()
    }

    /// Gives the note of every row, in no order.
    pub fn notes(&self, sink: &mut dyn FnMut(&[u8])) -> Result<()> {
        self.rows(&mut |head| {
            sink(codec::get_bytes(&mut head.body()).ok_or_else(unreadable)?);
            Ok(())
        })
    }

    /// Gives every row in key order; rows of one key in the order they came.
    pub fn each(&self, sink: &mut dyn FnMut(SpoolRow) -> Result<()>) -> Result<()> {
        let mut long = Vec::new();
        self.rows(&mut |head| {
            let (key, body) = head.into_parts();
            sink(self.decode(key, &body, &mut long)?)
        })
    }

    fn rows(&self, sink: &mut dyn FnMut(Head) -> Result<()>) -> Result<()> {
        let (mut readers, mut heads) = (self.runs.readers(), BinaryHeap::new());
        for (run, reader) in readers.iter_mut().enumerate() {
            if let Some(row) = reader.next()? {
                heads.push(Reverse(head(row, run)?));
            }
        }
        let held = readers.len();
        let ends = self.index.iter().skip(1).copied().chain([self.held.len()]);
        let mut rows = self.index.iter().zip(ends).map(|(start, end)| self.held[*start..end].to_vec());
        if let Some(row) = rows.next() {
            heads.push(Reverse(head(row, held)?));
        }
        while let Some(Reverse(first)) = heads.pop() {
            let run = first.run();
            let next = if run == held { rows.next() } else { readers[run].next()? };
            if let Some(row) = next {
                heads.push(Reverse(head(row, run)?));
            }
            sink(first)?;
        }
        Ok(())
    }

    fn decode(&self, key: Key, body: &[u8], long: &mut Vec<u8>) -> Result<SpoolRow> {
        let mut at = body;
        let head = (|| {
            let note = codec::get_bytes(&mut at)?.to_vec();
            let names = self.names.get(codec::get_u64(&mut at)? as usize)?.clone();
            let line = Some(codec::get_u64(&mut at)?).filter(|l| *l > 0);
            Some((note, names, line, codec::get_u64(&mut at)? > 0))
        })();
        let (note, names, line, is_long) = head.ok_or_else(unreadable)?;
        if is_long {
            self.long.get(&mut at, long)?;
            at = long.as_slice();
        }
        let values = names.iter().map(|_| codec::get_value(&mut at)).collect::<Option<_>>();
        Ok(SpoolRow { key, record: Record { names, values: values.ok_or_else(unreadable)? }, line, note })
    }
}

/// The key of a row, and where its body begins.
fn key_of(row: &[u8]) -> Result<(Key, usize)> {
    let mut at = row;
    let key = codec::get_key(&mut at).ok_or_else(unreadable)?;
    Ok((key, row.len() - at.len()))
}

fn head(row: Vec<u8>, run: usize) -> Result<Head> {
    let (key, body) = key_of(&row)?;
    Ok(Head::new(key, run, row, body))
}

fn unreadable() -> Error {
    Error::bug("a spooled row cannot be read back")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Value;

    fn row(names: &Names, n: i128, text: String) -> (Key, Record) {
        let record = Record::new(names.clone(), vec![Value::Int(n), Value::Text(text)]);
        (record.key(&["id".to_owned()]).unwrap_or(Key::Content(record.digest())), record)
    }

    #[test]
    fn rows_in_order_are_one_run_and_long_ones_stay_where_they_are() {
        let names: Names = ["id".to_owned(), "t".to_owned()].into();
        let mut spool = Spool::with_limit(1000);
        for i in 0..3000 {
            let length = if i % 500 == 7 { 3 * LONG } else { 20 };
            let (key, record) = row(&names, i, "x".repeat(length));
            assert_eq!(spool.push(&key, &record, None, b""), Ok(()));
        }
        assert_eq!(spool.seal(), Ok(()));
        assert!(spool.runs.len() == 1 && spool.held.capacity() < LONG, "{} runs", spool.runs.len());
        let mut n = 0;
        let read = spool.each(&mut |row| {
            let length = if n % 500 == 7 { 3 * LONG } else { 20 };
            assert_eq!((row.record.values[0].show(), row.record.values[1].show().len()), (n.to_string(), length));
            n += 1;
            Ok(())
        });
        assert_eq!((read, n), (Ok(()), 3000));
        let (key, record) = row(&names, 5, "later".into());
        for _ in 0..300 {
            assert_eq!(spool.push(&key, &record, None, b""), Ok(()));
        }
        assert!(spool.runs.len() > 1 && spool.seal().is_ok());
        let mut seen = Vec::new();
        let read = spool.each(&mut |row| {
            seen.push(row.key);
            Ok(())
        });
        assert!(read.is_ok() && seen.is_sorted() && seen.len() == 3300);
    }

    #[test]
    fn rows_come_back_in_key_order_spilled_or_not() {
        for limit in [1, 300, 1 << 20] {
            let names: Names = ["id".to_owned(), "t".to_owned()].into();
            let mut spool = Spool::with_limit(limit);
            for i in [5i128, 3, 9, 1, 3, 7] {
                let record = Record::new(names.clone(), vec![Value::Int(i), Value::Text(format!("row {i}"))]);
                let key = record.key(&["id".to_owned()]).unwrap_or(Key::Content(record.digest()));
                spool.push(&key, &record, Some(i as u64), b"note").ok();
            }
            assert_eq!(spool.seal(), Ok(()));
            let mut notes = 0;
            assert_eq!(spool.notes(&mut |note| notes += note.len()), Ok(()));
            assert_eq!(notes, 6 * b"note".len());
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
