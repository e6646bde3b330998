//! Which bytes of a database file belong to rows, and which are free: pages on the free list, the gap and the free
//! blocks inside a page of a tree. Free space keeps what was deleted before somebody asked SQLite to wipe it.
//!
//! Read from the file itself (<https://sqlite.org/fileformat2.html>), by whole pages; nothing is written.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

pub(super) struct Pages {
    file: File,
    path: PathBuf,
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

impl Pages {
    pub fn open(path: &Path) -> Result<Pages> {
        let file = File::open(path).map_err(|e| Error::io("open", path, &e))?;
        let mut header = [0; 100];
        file.read_exact_at(&mut header, 0).map_err(|e| Error::io("read", path, &e))?;
        let size = match number(&header, 16, 2) {
            1 => 1 << 16,
            size => size.max(512),
        };
        let length = file.metadata().map_err(|e| Error::io("look at", path, &e))?.len();
        // The count in the header is good only where the last writer set it.
        let said = number(&header, 28, 4);
        let count = if number(&header, 24, 4) == number(&header, 92, 4) && said > 0 { said } else { length / size };
        let reserved = number(&header, 20, 1);
        let (path, free, trunks) = (path.to_owned(), HashSet::new(), HashMap::new());
        let mut pages = Pages { file, path, size, count, free, trunks, reserved, last: (0, Vec::new()) };
        pages.read_free(number(&header, 32, 4))?;
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

    /// The first byte of a page in the file.
    pub fn start_of(&self, number: u64) -> u64 {
        (number - 1) * self.size
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

    fn page(&self, number: u64) -> Result<Vec<u8>> {
        let mut page = vec![0; self.size as usize];
        let at = self.start_of(number);
        self.file.read_exact_at(&mut page, at).map_err(|e| Error::io("read", &self.path, &e))?;
        Ok(page)
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
