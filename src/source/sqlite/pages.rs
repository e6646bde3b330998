//! Which bytes of a database file belong to rows, and which are free: pages on the free list, the gap and the free
//! blocks inside a page of a tree. Free space keeps what was deleted before somebody asked SQLite to wipe it.
//!
//! Read by whole pages (<https://sqlite.org/fileformat2.html>): of the file itself, or as SQLite gives them within a
//! transaction. Nothing is written here.

use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::fault;
use crate::error::{Error, Result};

/// Gives the bytes of a page, by its number.
type ReadPage<'c> = Box<dyn Fn(u64) -> Result<Vec<u8>> + 'c>;

pub(super) struct Pages<'c> {
    read: ReadPage<'c>,
    size: u64,
    /// How many pages belong to the database.
    count: u64,
    free: HashSet<u64>,
    /// Pages of the free list that name others; the rest of it holds nothing.
    trunks: HashMap<u64, u64>,
    /// How many bytes of each page are somebody else's.
    reserved: u64,
    /// The page looked at last: hits come in clusters.
    last: (u64, Vec<u8>),
}

impl<'c> Pages<'c> {
    /// Of a file. No connection of this process may be open on it: closing the file lets go of its locks.
    pub fn open(path: &Path) -> Result<Pages<'static>> {
        let file = File::open(path).map_err(|e| Error::io("open", path, &e))?;
        let mut header = vec![0; 100];
        file.read_exact_at(&mut header, 0).map_err(|e| Error::io("read", path, &e))?;
        let size = match number(&header, 16, 2) {
            1 => 1 << 16,
            size => size.max(512),
        };
        let length = file.metadata().map_err(|e| Error::io("look at", path, &e))?.len();
        // The count in the header is good only where the last writer set it.
        let said = number(&header, 28, 4);
        let count = if number(&header, 24, 4) == number(&header, 92, 4) && said > 0 { said } else { length / size };
        let path = path.to_owned();
        let read = move |number: u64| {
            let mut page = vec![0; size as usize];
            file.read_exact_at(&mut page, (number - 1) * size).map_err(|e| Error::io("read", &path, &e))?;
            Ok(page)
        };
        Pages::of(Box::new(read), &header, size, count)
    }

    /// As a connection sees them within its transaction.
    pub fn within(conn: &'c Connection, name: &'c str) -> Result<Pages<'c>> {
        let fail = move |e: rusqlite::Error| fault(name, "read a page", &e);
        let pragma = |name| conn.query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, i64>(0)).map_err(fail);
        let (size, count) = (pragma("page_size")?.unsigned_abs(), pragma("page_count")?.unsigned_abs());
        let read = move |number: u64| {
            let mut statement = conn.prepare_cached("SELECT data FROM sqlite_dbpage WHERE pgno = ?1").map_err(fail)?;
            statement.query_row([number as i64], |r| r.get::<_, Vec<u8>>(0)).map_err(fail)
        };
        let header = read(1)?;
        Pages::of(Box::new(read), &header, size, count)
    }

    fn of(read: ReadPage<'c>, header: &[u8], size: u64, count: u64) -> Result<Pages<'c>> {
        let (free, trunks, reserved) = (HashSet::new(), HashMap::new(), number(header, 20, 1));
        let mut pages = Pages { read, size, count, free, trunks, reserved, last: (0, Vec::new()) };
        pages.read_free(number(header, 32, 4))?;
        Ok(pages)
    }

    /// Follows the list of free pages.
    fn read_free(&mut self, mut trunk: u64) -> Result<()> {
        while trunk > 0 && trunk <= self.count && self.free.insert(trunk) {
            let page = self.page(trunk)?;
            let leaves = number(&page, 4, 4).min(self.size / 4 - 2);
            self.free.extend((0..leaves).map(|n| number(&page, 8 + 4 * n as usize, 4)));
            self.trunks.insert(trunk, leaves);
            trunk = number(&page, 0, 4);
        }
        Ok(())
    }

    /// Whether another program keeps checks at the end of each page.
    pub fn is_guarded(&self) -> bool {
        self.reserved > 0
    }

    /// How long a page is.
    pub fn size(&self) -> usize {
        self.size as usize
    }

    /// The number of the page in which that byte of the file is.
    pub fn number_at(&self, offset: u64) -> u64 {
        offset / self.size + 1
    }

    /// The bytes of a page of a tree that hold nothing.
    pub fn free_in_tree(&self, number: u64) -> Result<Vec<Range<usize>>> {
        Ok(free_ranges(&self.page(number)?, if number == 1 { 100 } else { 0 }))
    }

    /// The bytes of a page of the free list that hold nothing; none of a page that is not in it.
    pub fn free_in_list(&self, number: u64) -> Vec<Range<usize>> {
        match (self.trunks.get(&number), self.free.contains(&number)) {
            (Some(leaves), _) => std::iter::once(8 + 4 * *leaves as usize..self.size()).collect(),
            (None, true) => std::iter::once(0..self.size()).collect(),
            (None, false) => Vec::new(),
        }
    }

    /// Whether the byte at `offset` is in use.
    pub fn is_in_use(&mut self, offset: u64) -> Result<bool> {
        let number_of = self.number_at(offset);
        if number_of > self.count || self.free.contains(&number_of) {
            return Ok(false);
        }
        if self.last.0 != number_of {
            self.last = (number_of, self.page(number_of)?);
        }
        let (at, header) = ((offset % self.size) as usize, if number_of == 1 { 100 } else { 0 });
        Ok(!free_ranges(&self.last.1, header).iter().any(|free| free.contains(&at)))
    }

    /// The bytes of a page.
    pub fn page(&self, number: u64) -> Result<Vec<u8>> {
        (self.read)(number)
    }
}

/// The bytes of a page of a tree that hold nothing; none of other pages, which are full.
fn free_ranges(page: &[u8], header: usize) -> Vec<Range<usize>> {
    let head = match page.get(header) {
        Some(2 | 5) => 12,
        Some(10 | 13) => 8,
        _ => return Vec::new(),
    };
    let two = |at: usize| number(page, at, 2) as usize;
    let (cells, content) = (two(header + 3), two(header + 5));
    let content = if content == 0 { 1 << 16 } else { content };
    let mut free = Vec::new();
    free.push(header + head + 2 * cells..content.min(page.len()));
    let mut block = two(header + 1);
    // Blocks are listed in order; one that goes back is damage, and ends the list.
    while block >= content && block + 4 <= page.len() {
        // Its first four bytes say where the next one is, and how long it is.
        free.push(block + 4..(block + two(block + 2)).min(page.len()));
        let next = two(block);
        if next <= block {
            break;
        }
        block = next;
    }
    free
}

/// A big-endian number of `length` bytes; 0 beyond the end.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    bytes.get(at..at + length).unwrap_or_default().iter().fold(0, |n, b| n << 8 | u64::from(*b))
}
