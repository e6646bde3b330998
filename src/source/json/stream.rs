//! Finds the objects of a file one after the other, and goes on behind what is malformed.
//!
//! A value may span lines. What is no JSON is reported with its line, and reading goes on at the next line; nothing
//! that can be read is lost to what cannot.

use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::parts::Members;
use crate::error::Result;
use crate::source::files::format::Place;
use crate::source::files::notes::Notes;
use crate::source::files::open::OpenFile;
use crate::source::files::window::Window;

/// How the objects of a file stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One after the other, with or without line ends between.
    Stream,
    /// In one array.
    Array,
}

/// What each object is given to; what it returns says whether to go on.
pub type Each<'e> = dyn FnMut(&Members<'_>, &dyn Fn() -> Place, &mut Notes<'_>) -> Result<bool> + 'e;

/// Reads the objects of a file.
pub struct Stream<'f> {
    window: Window<'f>,
    at: usize,
    mode: Mode,
    /// How many bytes were read in vain for values that never ended.
    wasted: usize,
    /// Whether something malformed was just skipped: commas are no longer to be trusted.
    skipped: bool,
    /// Whether the array's end was met while skipping.
    closed: bool,
}

/// What stands at the current position.
enum Next<'b> {
    /// An object this long.
    Object(usize, Members<'b>),
    /// Some other value this long.
    Other(usize),
    /// More bytes are needed to tell.
    Incomplete,
    /// Nothing that can be read; so many bytes were read in vain.
    Malformed(usize),
}

/// A longer value is taken to be malformed.
const LONGEST: usize = 64 * 1024 * 1024;

const MALFORMED: &str = "no valid JSON; it was left out, and reading went on at the next line";

impl<'f> Stream<'f> {
    /// Begins at `start`.
    pub fn new(file: &'f OpenFile, (start, line): (u64, u64), mode: Mode) -> Self {
        Stream { window: Window::new(file, start, line), at: 0, mode, wasted: 0, skipped: false, closed: false }
    }

    /// Goes through all objects.
    pub fn run(&mut self, notes: &mut Notes<'_>, each: &mut Each<'_>) -> Result<()> {
        if self.mode == Mode::Array {
            // The opening bracket, which is why this is an array.
            self.byte()?;
            self.at += 1;
        }
        let mut first = true;
        while let Some(byte) = self.byte()? {
            if self.mode == Mode::Array && !self.separator(byte, first, notes)? {
                return self.after_array(notes);
            }
            first = false;
            if self.byte()?.is_none() {
                break;
            }
            if !self.value(notes, each)? {
                return Ok(());
            }
        }
        if self.mode == Mode::Array && !self.closed {
            notes.add("malformed-line", || self.window.line(self.at), "the array is never closed");
        }
        Ok(())
    }

    /// The next byte that is no white space; `None` at the end.
    fn byte(&mut self) -> Result<Option<u8>> {
        loop {
            let bytes = self.window.bytes();
            while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
                self.at += 1;
            }
            if let Some(byte) = bytes.get(self.at) {
                return Ok(Some(*byte));
            }
            if self.window.at_end() {
                return Ok(None);
            }
            self.window.more(self.at)?;
            self.at = 0;
        }
    }

    /// Steps over the comma between elements; `false` at the closing bracket.
    fn separator(&mut self, byte: u8, first: bool, notes: &mut Notes<'_>) -> Result<bool> {
        let comma = byte == b',';
        let skipped = std::mem::take(&mut self.skipped);
        // What follows may be read all the same.
        if comma == first && byte != b']' && !skipped {
            notes.add(
                "malformed-line",
                || self.window.line(self.at),
                "a comma is missing or too many between elements",
            );
        }
        self.at += usize::from(comma);
        if self.byte()? != Some(b']') {
            return Ok(true);
        }
        if comma && !skipped {
            notes.add("malformed-line", || self.window.line(self.at), "a comma before the end of the array");
        }
        Ok(false)
    }

    fn after_array(&mut self, notes: &mut Notes<'_>) -> Result<()> {
        self.at += 1;
        if self.byte()?.is_some() {
            notes.add("malformed-line", || self.window.line(self.at), "something follows the array; it was not read");
        }
        Ok(())
    }

    /// Reads the value here and gives it on; `false` to stop.
    fn value(&mut self, notes: &mut Notes<'_>, each: &mut Each<'_>) -> Result<bool> {
        loop {
            let (bytes, last) = (self.window.bytes(), self.window.at_end());
            let line = || self.window.line(self.at);
            let rest = &bytes[self.at..];
            let here = match (self.patient(), memchr::memchr(b'\n', rest)) {
                (true, _) => look(rest),
                (false, Some(n)) => look(&rest[..n]),
                (false, None) if last => look(rest),
                (false, None) => Next::Incomplete,
            };
            match here {
                Next::Object(length, members) => {
                    let start = self.window.offset(self.at);
                    let place = || Place { bytes: start..start + length as u64, line: line() };
                    let go_on = each(&members, &place, notes)?;
                    self.at += length;
                    return Ok(go_on);
                }
                Next::Other(length) if last || length < rest.len() => {
                    notes.add(
                        "not-an-object",
                        line,
                        "a value that is no object; it has no fields and was not searched",
                    );
                    self.at += length;
                    return Ok(true);
                }
                Next::Incomplete | Next::Other(_) if !last && rest.len() < LONGEST => {
                    self.window.more(self.at)?;
                    self.at = 0;
                }
                Next::Malformed(read) => {
                    notes.add("malformed-line", line, MALFORMED);
                    self.wasted += read;
                    return self.skip().map(|()| true);
                }
                _ => {
                    notes.add("malformed-line", line, MALFORMED);
                    self.wasted += rest.len();
                    return self.skip().map(|()| true);
                }
            }
        }
    }

    /// Whether values may still span lines: not after too much was read in vain.
    fn patient(&self) -> bool {
        self.wasted < 4 * LONGEST
    }

    /// To the next line; in an array to the next that begins like an element, or its end.
    fn skip(&mut self) -> Result<()> {
        self.skipped = true;
        while self.line_end()? {
            if self.mode == Mode::Stream {
                return Ok(());
            }
            match self.byte()? {
                Some(b'{' | b',') | None => return Ok(()),
                Some(b']') => {
                    // Inside a broken element a bracket may close a list of its own: only the last one closes all.
                    self.at += 1;
                    if self.byte()?.is_none() {
                        self.closed = true;
                    }
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Behind the end of this line; `false` where the file ends first.
    fn line_end(&mut self) -> Result<bool> {
        loop {
            let bytes = self.window.bytes();
            if let Some(n) = memchr::memchr(b'\n', &bytes[self.at..]) {
                self.at += n + 1;
                return Ok(true);
            }
            self.at = bytes.len();
            if self.window.at_end() {
                return Ok(false);
            }
            self.window.more(self.at)?;
            self.at = 0;
        }
    }
}

/// What stands at the start of `bytes`.
fn look(bytes: &[u8]) -> Next<'_> {
    let mut stream = Deserializer::from_slice(bytes).into_iter::<Members<'_>>();
    match stream.next() {
        Some(Ok(members)) => Next::Object(stream.byte_offset(), members),
        Some(Err(e)) if e.is_data() => {
            let mut stream = Deserializer::from_slice(bytes).into_iter::<&RawValue>();
            match stream.next() {
                Some(Ok(_)) => Next::Other(stream.byte_offset()),
                Some(Err(e)) => failed(bytes, &e),
                None => Next::Incomplete,
            }
        }
        Some(Err(e)) => failed(bytes, &e),
        None => Next::Incomplete,
    }
}

fn failed<'b>(bytes: &[u8], error: &serde_json::Error) -> Next<'b> {
    match error.is_eof() {
        true => Next::Incomplete,
        // How far it got: what was read beyond the first line was read in vain.
        false if error.line() > 1 => {
            Next::Malformed(memchr::memchr_iter(b'\n', bytes).nth(error.line() - 2).unwrap_or(bytes.len()))
        }
        false => Next::Malformed(0),
    }
}
