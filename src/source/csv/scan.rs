//! Finds rows and fields in bytes. What a faster scanner would replace is [`Rows`]: rows with their ranges, nothing
//! decoded.
//!
//! A line without quotes, and most are, is a row as it stands: of it only the fields asked for are looked up, and the
//! others counted. Everything else goes field by field.
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
    /// Its fields, or the first of them: as many as were asked for.
    fields: &'r [Field],
    /// How many fields it has.
    pub width: usize,
    /// Where it begins in the file.
    pub start: u64,
    /// Whether it opens a quote that is never closed.
    pub unclosed: bool,
    line: (u64, &'r [u8], usize),
}

impl<'r> Row<'r> {
    /// A row made of its bytes alone, wherever it stands.
    pub fn alone(bytes: &'r [u8], fields: &'r [Field]) -> Self {
        Row { bytes, fields, width: fields.len(), start: 0, unclosed: false, line: (1, &[], 0) }
    }

    /// All its fields; into `scratch`, where only the first were looked up.
    pub fn fields<'s>(&'s self, delimiter: u8, scratch: &'s mut Vec<Field>) -> &'s [Field] {
        if self.fields.len() == self.width {
            return self.fields;
        }
        let scan = Scan { bytes: self.bytes, delimiter, last: true, quotes: !self.unclosed };
        // A row that was found is found again.
        let _ = scan.row(0, scratch);
        scratch
    }

    /// The raw bytes of one of the first fields; none where the row is too short, or the field was not asked for.
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

/// The scanner, with `memchr`.
pub struct Scanner<'f> {
    window: Window<'f>,
    at: usize,
    delimiter: u8,
    fields: Vec<Field>,
    /// How many fields are wanted of each row.
    wanted: usize,
    /// Where the next quote or carriage return is, or the end of what is in the window; none where that is not known.
    special: Option<usize>,
}

impl<'f> Scanner<'f> {
    /// Begins at a window's start, which must be the start of a row.
    pub fn new(window: Window<'f>, delimiter: u8) -> Self {
        Scanner { window, at: 0, delimiter, fields: Vec::new(), wanted: usize::MAX, special: None }
    }

    /// The same, where only so many fields of each row are wanted.
    pub fn only(self, wanted: usize) -> Self {
        Scanner { wanted, ..self }
    }

    /// The line here, if it holds no quote and ends in the window: where its text ends, and where the next begins.
    fn plain_line(&mut self) -> Option<(usize, usize)> {
        let bytes = self.window.bytes();
        let special = match self.special {
            Some(special) if special >= self.at => special,
            _ => memchr::memchr2(b'"', b'\r', &bytes[self.at..]).map_or(bytes.len(), |n| self.at + n),
        };
        self.special = Some(special);
        let end = self.at + memchr::memchr(b'\n', &bytes[self.at..])?;
        match special {
            special if special > end => Some((end, end + 1)),
            special if special + 1 == end && bytes[special] == b'\r' => Some((special, end + 1)),
            _ => None,
        }
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
        let (end, width) = loop {
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
            if let Some((text, next)) = self.plain_line() {
                let line = &self.window.bytes()[self.at..text];
                break (next, split(line, self.delimiter, self.wanted, &mut self.fields));
            }
            let scan = Scan { bytes: self.window.bytes(), delimiter: self.delimiter, last, quotes: !unclosed };
            match scan.row(self.at, &mut self.fields) {
                Ok(end) => break (end, self.fields.len()),
                Err(Stop::Unclosed) => unclosed = true,
                Err(Stop::Incomplete) if rest > LONGEST => unclosed = true,
                Err(Stop::Incomplete) => {
                    self.window.more(self.at)?;
                    (self.at, self.special) = (0, None);
                }
            }
        };
        let start = std::mem::replace(&mut self.at, end);
        let bytes = self.window.bytes();
        Ok(Some(Row {
            bytes: &bytes[start..end],
            fields: &self.fields,
            width,
            start: self.window.offset(start),
            unclosed,
            line: (self.window.first_line(), bytes, start),
        }))
    }
}

/// The first fields of a line without quotes; says how many it has.
fn split(line: &[u8], delimiter: u8, wanted: usize, fields: &mut Vec<Field>) -> usize {
    fields.clear();
    let mut start = 0;
    let mut add = |start: usize, end: usize| {
        fields.push(Field { start: start as u32, end: end as u32, style: Style::Plain });
        fields.len()
    };
    if wanted > 0 {
        for end in memchr::memchr_iter(delimiter, line) {
            let known = add(start, end);
            start = end + 1;
            if known == wanted {
                return known + memchr::memchr_iter(delimiter, &line[start..]).count() + 1;
            }
        }
        return add(start, line.len());
    }
    memchr::memchr_iter(delimiter, line).count() + 1
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::open::OpenFile;
    use proptest::prelude::*;

    /// Start, length, fields and whether a quote is open, of every row; field by field alone.
    fn slowly(bytes: &[u8]) -> Vec<(u64, usize, Vec<Field>, bool)> {
        let (mut rows, mut at) = (Vec::new(), 0);
        loop {
            while matches!(bytes.get(at), Some(b'\n' | b'\r')) {
                at += 1;
            }
            if at == bytes.len() {
                return rows;
            }
            let mut fields = Vec::new();
            let scan = |quotes| Scan { bytes, delimiter: b',', last: true, quotes };
            let end = scan(true).row(at, &mut fields);
            let unclosed = end.is_err();
            let end = end.or_else(|_| scan(false).row(at, &mut fields)).unwrap();
            rows.push((at as u64, end - at, fields, unclosed));
            at = end;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_lines_are_read_as_any(
            text in "([ab,é]{0,3}[ab,\"\r\n]{0,3}(\r\n|\n)?){0,20}", wanted in prop::sample::select(vec![0, 1, 2, 5, 99]),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("a.csv");
            std::fs::write(&path, &text).unwrap();
            let file = OpenFile::open(&path).unwrap();
            let mut rows = Scanner::new(Window::new(&file, 0, 1), b',').only(wanted);
            let mut scratch = Vec::new();
            for (start, length, fields, unclosed) in slowly(text.as_bytes()) {
                let row = rows.next().unwrap().unwrap();
                prop_assert_eq!((row.start, row.bytes.len(), row.width, row.unclosed), (start, length, fields.len(), unclosed));
                prop_assert_eq!(row.line(), 1 + window::lines(text.as_bytes(), start as usize));
                for i in 0..wanted.min(fields.len()) {
                    let alone = Row::alone(row.bytes, &fields);
                    prop_assert_eq!(row.raw(i), alone.raw(i));
                }
                prop_assert_eq!(row.fields(b',', &mut scratch), &fields[..]);
            }
            prop_assert!(rows.next().unwrap().is_none());
        }
    }
}
