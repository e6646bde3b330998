//! A window that moves over a file from start to end; what a reader has not used up stays in it.

use super::open::OpenFile;
use crate::error::Result;

const FIRST: usize = 256 * 1024;

/// Bytes of a file from some offset on, as many as are needed at a time.
pub struct Window<'f> {
    file: &'f OpenFile,
    buffer: Vec<u8>,
    filled: usize,
    base: u64,
    base_line: u64,
}

impl<'f> Window<'f> {
    /// A window that begins at `offset`, which is in line `line`. Empty until [`Window::more`].
    pub fn new(file: &'f OpenFile, offset: u64, line: u64) -> Self {
        Window { file, buffer: Vec::new(), filled: 0, base: offset, base_line: line }
    }

    /// What is in it now.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// Whether it reaches to the end of the file.
    pub fn at_end(&self) -> bool {
        self.base + self.filled as u64 >= self.file.len()
    }

    /// Lets go of what is before `keep` and reads on. `keep` then is at 0. Twice as large where nothing was let go.
    pub fn more(&mut self, keep: usize) -> Result<()> {
        self.base_line += lines(self.bytes(), keep);
        self.base += keep as u64;
        self.buffer.copy_within(keep..self.filled, 0);
        self.filled -= keep;
        if self.filled == self.buffer.len() {
            let size = (self.buffer.len() * 2).max(FIRST);
            self.buffer.resize(size, 0);
        }
        let read = self.file.read_at(&mut self.buffer[self.filled..], self.base + self.filled as u64)?;
        self.filled += read;
        if read == 0 && !self.at_end() {
            return Err(self.file.changed_error());
        }
        Ok(())
    }

    /// The offset in the file of position `at`.
    pub fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// The line of position 0; with [`lines`] that of any other.
    pub fn first_line(&self) -> u64 {
        self.base_line
    }

    /// The line of position `at`.
    pub fn line(&self, at: usize) -> u64 {
        self.base_line + lines(self.bytes(), at)
    }
}

/// How many lines end in `bytes` before `at`: at a line feed, or at a carriage return that none follows.
pub fn lines(bytes: &[u8], at: usize) -> u64 {
    let mut count = memchr::memchr_iter(b'\n', &bytes[..at]).count();
    for cr in memchr::memchr_iter(b'\r', &bytes[..at]) {
        if bytes.get(cr + 1) != Some(&b'\n') {
            count += 1;
        }
    }
    count as u64
}
