//! Finds rows and fields in bytes. What a faster scanner would replace is [`Rows`]: rows with their ranges, nothing
//! decoded.
//!
//! The rules are those of the csv crate: a quote means something at the start of a field only, `""` in a quoted field
//! is one quote, what follows a closing quote belongs to the field, a row ends at LF, CR or CRLF, empty lines are no
//! rows. One rule is added: a quote that is never closed does not swallow the rest of the file; its row is read to the
//! end of its line as if quotes meant nothing.

use crate::error::Result;
use crate::source::files::window::{self, Window};

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// In quotes, which are all there is to take off.
    Quoted,
    /// In quotes, with doubled quotes inside or text after them.
    Escaped,
}

/// Where a field stands in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its first byte.
    pub start: u32,
    /// After its last byte.
    pub end: u32,
    /// How it is written.
    pub style: Style,
}

/// One row.
pub struct Row<'r> {
    /// Its bytes, line end included.
    pub bytes: &'r [u8],
    /// Its fields.
    pub fields: &'r [Field],
    /// Where it begins in the file.
    pub start: u64,
    /// Whether it opens a quote that is never closed.
    pub unclosed: bool,
    line: (u64, &'r [u8], usize),
}

impl<'r> Row<'r> {
    /// A row made of its bytes alone, wherever it stands.
    pub fn alone(bytes: &'r [u8], fields: &'r [Field]) -> Self {
        Row { bytes, fields, start: 0, unclosed: false, line: (1, &[], 0) }
    }

    /// The raw bytes of a field; none where the row is too short.
    pub fn raw(&self, i: usize) -> Option<(&[u8], Style)> {
        let field = self.fields.get(i)?;
        Some((&self.bytes[field.start as usize..field.end as usize], field.style))
    }

    /// The line it begins in; counted when asked for.
    pub fn line(&self) -> u64 {
        let (first, bytes, at) = self.line;
        first + window::lines(bytes, at)
    }
}

/// Gives the rows of a file one after the other.
pub trait Rows {
    /// The next row; `None` at the end.
    fn next(&mut self) -> Result<Option<Row<'_>>>;
}

/// A row longer than this opens a quote that is never closed, as far as anybody can tell.
const LONGEST: usize = 64 * 1024 * 1024;

/// The scanner: one field after the other, with `memchr`.
pub struct Scanner<'f> {
    window: Window<'f>,
    at: usize,
    delimiter: u8,
    fields: Vec<Field>,
}

impl<'f> Scanner<'f> {
    /// Begins at a window's start, which must be the start of a row.
    pub fn new(window: Window<'f>, delimiter: u8) -> Self {
        Scanner { window, at: 0, delimiter, fields: Vec::new() }
    }

    /// Where the next row begins, empty lines before it included.
    pub fn offset(&self) -> u64 {
        self.window.offset(self.at)
    }

    /// The line in which that is.
    pub fn line(&self) -> u64 {
        self.window.line(self.at)
    }
}

impl Rows for Scanner<'_> {
    fn next(&mut self) -> Result<Option<Row<'_>>> {
        let mut unclosed = false;
        let end = loop {
            let bytes = self.window.bytes();
            let last = self.window.at_end();
            // A carriage return at the very end waits for its line feed, or it would count as a line of its own.
            let line_end = |at: usize| {
                bytes.get(at) == Some(&b'\n') || (bytes.get(at) == Some(&b'\r') && (last || at + 1 < bytes.len()))
            };
            while line_end(self.at) {
                self.at += 1;
            }
            if self.at == bytes.len() && last {
                return Ok(None);
            }
            let rest = bytes.len() - self.at;
            let scan = Scan { bytes, delimiter: self.delimiter, last, quotes: !unclosed };
            match scan.row(self.at, &mut self.fields) {
                Ok(end) => break end,
                Err(Stop::Unclosed) => unclosed = true,
                Err(Stop::Incomplete) if rest > LONGEST => unclosed = true,
                Err(Stop::Incomplete) => {
                    self.window.more(self.at)?;
                    self.at = 0;
                }
            }
        };
        let start = std::mem::replace(&mut self.at, end);
        let bytes = self.window.bytes();
        Ok(Some(Row {
            bytes: &bytes[start..end],
            fields: &self.fields,
            start: self.window.offset(start),
            unclosed,
            line: (self.window.first_line(), bytes, start),
        }))
    }
}

/// Why no row was found.
#[derive(Debug)]
pub enum Stop {
    /// More bytes are needed.
    Incomplete,
    /// There are no more bytes, and a quote is open.
    Unclosed,
}

/// Bytes to look for a row in.
pub struct Scan<'b> {
    /// The bytes.
    pub bytes: &'b [u8],
    /// What separates fields.
    pub delimiter: u8,
    /// Whether the bytes reach to the end of the file.
    pub last: bool,
    /// Whether quotes mean anything.
    pub quotes: bool,
}

impl Scan<'_> {
    /// The fields of the row that begins at `start`, and where it ends.
    pub fn row(&self, start: usize, fields: &mut Vec<Field>) -> Result<usize, Stop> {
        fields.clear();
        let mut at = start;
        loop {
            let (from, mut style) = (at, Style::Plain);
            if self.quotes && self.bytes.get(at) == Some(&b'"') {
                (at, style) = self.quoted(at + 1)?;
            }
            let end = match memchr::memchr3(self.delimiter, b'\n', b'\r', &self.bytes[at..]) {
                Some(n) => at + n,
                None if self.last => self.bytes.len(),
                None => return Err(Stop::Incomplete),
            };
            if style == Style::Quoted && end > at {
                style = Style::Escaped;
            }
            fields.push(Field { start: (from - start) as u32, end: (end - start) as u32, style });
            match self.bytes.get(end) {
                Some(&b) if b == self.delimiter => at = end + 1,
                Some(b'\r') => return self.after_return(end + 1),
                Some(_) => return Ok(end + 1),
                None => return Ok(end),
            }
        }
    }

    /// Where a quoted field's closing quote ends; `at` is after the opening one.
    fn quoted(&self, mut at: usize) -> Result<(usize, Style), Stop> {
        let mut style = Style::Quoted;
        loop {
            let Some(n) = memchr::memchr(b'"', &self.bytes[at..]) else {
                return Err(if self.last { Stop::Unclosed } else { Stop::Incomplete });
            };
            at += n + 1;
            match self.bytes.get(at) {
                Some(b'"') => (at, style) = (at + 1, Style::Escaped),
                None if !self.last => return Err(Stop::Incomplete),
                _ => return Ok((at, style)),
            }
        }
    }

    fn after_return(&self, at: usize) -> Result<usize, Stop> {
        match self.bytes.get(at) {
            Some(b'\n') => Ok(at + 1),
            None if !self.last => Err(Stop::Incomplete),
            _ => Ok(at),
        }
    }
}
