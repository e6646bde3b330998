//! One JSON file as a collection: the pass over its objects, what its fields are, samples, and what is cut out when
//! objects go.

use std::ops::Range;

use super::columns::Columns;
use super::decode::{self, Odd};
use super::edit;
use super::parts::Members;
use super::paths::passes;
use super::stream::{Mode, Stream};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::Shape;
use crate::source::files::format::{Format, Place, Sink};
use crate::source::files::notes::Notes;
use crate::source::files::open::OpenFile;
use crate::source::files::pick::Pick;
use crate::source::files::window::Window;

/// One JSON file.
pub struct Documents {
    file: OpenFile,
    mode: Mode,
    /// Where the first value begins: after the byte order mark and white space.
    start: (u64, u64),
    empty: bool,
}

const SAMPLED: usize = 500;

impl Documents {
    fn stream(&self) -> Stream<'_> {
        Stream::new(&self.file, self.start, self.mode)
    }

    /// The first records, and how many bytes they and what is between them take; `None` for the whole file.
    fn head(&self, limit: usize, notes: &mut Notes<'_>) -> Result<(Vec<Record>, Option<u64>)> {
        let mut records = Vec::new();
        let mut end = None;
        if limit == 0 {
            return Ok((records, end));
        }
        self.stream().run(notes, &mut |members, place, notes| {
            records.extend(read(members, place, notes));
            let go_on = records.len() < limit;
            if !go_on {
                end = Some(place().bytes.end);
            }
            Ok(go_on)
        })?;
        Ok((records, end))
    }

    /// Records from blocks at even distances; only lines that are one object each are taken.
    fn spread(&self, from: u64, limit: usize, out: &mut Vec<Record>) -> Result<()> {
        const BLOCK: u64 = 64 * 1024;
        let blocks = limit.clamp(1, 16) as u64;
        let share = limit.div_ceil(blocks as usize);
        for n in 0..blocks {
            let start = from + self.file.len().saturating_sub(from) * n / blocks;
            let block = self.file.slice(start, (start + BLOCK).min(self.file.len()))?;
            // The first and the last line may be parts of one.
            let lines: Vec<&[u8]> = block.split(|b| *b == b'\n').collect();
            let whole = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
            let records = whole.iter().filter_map(|line| self.parse(line).ok());
            out.extend(records.take(share.min(limit.saturating_sub(out.len()))));
        }
        Ok(())
    }

    /// The position before `at` that is no white space, and the byte there.
    fn before(&self, at: u64) -> Result<Option<(u64, u8)>> {
        let mut end = at;
        while end > 0 {
            let start = end.saturating_sub(4096);
            let bytes = self.file.slice(start, end)?;
            if let Some(i) = bytes.iter().rposition(|b| !b.is_ascii_whitespace()) {
                return Ok(Some((start + i as u64, bytes[i])));
            }
            end = start;
        }
        Ok(None)
    }

    /// The position at or after `at` that is no white space, and the byte there.
    fn after(&self, at: u64) -> Result<Option<(u64, u8)>> {
        let mut start = at;
        while start < self.file.len() {
            let bytes = self.file.slice(start, (start + 4096).min(self.file.len()))?;
            if let Some(i) = bytes.iter().position(|b| !b.is_ascii_whitespace()) {
                return Ok(Some((start + i as u64, bytes[i])));
            }
            start += bytes.len() as u64;
        }
        Ok(None)
    }

    /// What goes with an object of a stream: its line, where it has it for itself.
    fn line_of(&self, place: &Place) -> Result<Range<u64>> {
        let (start, end) = (place.bytes.start, place.bytes.end);
        let left = self.before(start)?.map_or(self.start.0, |(at, _)| at + 1);
        let right = self.after(end)?.map_or(self.file.len(), |(at, _)| at);
        let before = self.file.slice(left.min(start), start)?;
        let after = self.file.slice(end, right)?;
        let from = match memchr::memrchr(b'\n', &before) {
            Some(n) => left + n as u64 + 1,
            None if left <= self.start.0 => left.min(start),
            None => return Ok(start..end),
        };
        match memchr::memchr(b'\n', &after) {
            Some(n) => Ok(from..end + n as u64 + 1),
            None if right == self.file.len() => Ok(from..right),
            None => Ok(start..end),
        }
    }

    /// What goes with elements of the array: a comma each, so that those between the others are right.
    fn elements(&self, places: &[Place]) -> Result<Vec<Range<u64>>> {
        let mut out: Vec<Range<u64>> = Vec::new();
        // The first of the elements that go together, one directly after the other.
        let mut run: Option<u64> = None;
        for place in places {
            let (start, end) = (place.bytes.start, place.bytes.end);
            let joins = out.last().is_some_and(|cut| cut.end == start);
            let first = *run.get_or_insert(start);
            let first = if joins { first } else { start };
            run = Some(first);
            let next = match self.after(end)? {
                Some((comma, b',')) => self.after(comma + 1)?,
                _ => None,
            };
            match next {
                Some((next, _)) => out.push(start..next),
                // The last element: the comma before the run goes, and all of the run.
                None => {
                    let from = match self.before(first)? {
                        Some((comma, b',')) => self.before(comma)?.map_or(first, |(at, _)| at + 1),
                        _ => first,
                    };
                    out.retain(|cut| cut.start < first);
                    out.push(from..end);
                }
            }
        }
        Ok(out)
    }
}

/// The record of an object, with what is odd about it noted.
fn read(members: &Members<'_>, place: &dyn Fn() -> Place, notes: &mut Notes<'_>) -> Option<Record> {
    let mut odd = Odd::default();
    let record = decode::record(members, &mut odd);
    let line = || place().line;
    if record.is_none() {
        notes.add(
            "malformed-line",
            line,
            "an object nested too deeply, or with a name that is no text; it was left out",
        );
    }
    if odd.duplicates {
        notes.add("duplicate-key", line, "an object has two members of one name; both were read");
    }
    if odd.surrogates {
        notes.add("lone-surrogate", line, "a string with half a surrogate pair; it is kept as it is spelled");
    }
    record
}

impl Format for Documents {
    const EXTENSIONS: &'static [&'static str] = &["ndjson", "jsonl", "json"];

    fn open(file: OpenFile, _address: &Address) -> Result<Self> {
        let mut window = Window::new(&file, 0, 1);
        let mut at = 0;
        let mut bom = true;
        let first = loop {
            window.more(at)?;
            at = if bom && window.bytes().starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            bom = false;
            let bytes = window.bytes();
            if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
                return Err(Error::failed(format!("{} is UTF-16, which is not read", file.shown.display()))
                    .hint("save it as UTF-8"));
            }
            at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            match bytes.get(at) {
                Some(byte) => break Some(*byte),
                None if window.at_end() => break None,
                None => {}
            }
        };
        let start = (window.offset(at), window.line(at));
        let mode = if first == Some(b'[') { Mode::Array } else { Mode::Stream };
        Ok(Documents { file, mode, start, empty: first.is_none() })
    }

    fn file(&self) -> &OpenFile {
        &self.file
    }

    fn pass(&self, pick: &Pick<'_>, sink: &mut Sink<'_>) -> Result<Vec<Problem>> {
        let mut notes = Notes::new(&self.file);
        self.stream().run(&mut notes, &mut |members, place, notes| {
            let wants = || pick.probes.iter().filter(|group| group.tests.iter().all(|test| passes(members, test)));
            if !pick.all && wants().next().is_none() {
                if members.has_duplicates() {
                    notes.add(
                        "duplicate-key",
                        || place().line,
                        "an object has two members of one name; both were read",
                    );
                }
                return Ok(true);
            }
            if let Some(record) = read(members, place, notes)
                && (pick.all || wants().any(|group| group.confirms(&record)))
            {
                sink(place(), record)?;
            }
            Ok(true)
        })?;
        Ok(notes.finish())
    }

    fn shape(&self, collection: &str) -> Result<Shape> {
        let mut notes = Notes::new(&self.file);
        let (records, end) = self.head(SAMPLED, &mut notes)?;
        let count = records.len() as u64;
        let rows = match end {
            None => count,
            Some(end) => (self.file.len() - self.start.0).saturating_mul(count) / (end - self.start.0).max(1),
        };
        let mut columns = Columns::default();
        records.iter().for_each(|record| columns.add(record));
        Ok(Shape {
            name: collection.to_owned(),
            columns: columns.list(),
            closed: false,
            rows: Some(rows),
            problems: notes.finish(),
            ..Shape::default()
        })
    }

    fn sample(&self, limit: usize) -> Result<Vec<Record>> {
        let mut notes = Notes::new(&self.file);
        let (mut records, end) = self.head(limit.div_ceil(2), &mut notes)?;
        match end {
            // The rest is far away, and every record so far had a line of its own.
            Some(end) if self.mode == Mode::Stream && self.file.len() > end + (1 << 20) => {
                self.spread(end, limit, &mut records)?;
            }
            Some(_) => (records, _) = self.head(limit, &mut notes)?,
            None => {}
        }
        Ok(records)
    }

    fn key(&self, record: &Record, columns: &[String]) -> Option<Key> {
        let part = |column: &String| {
            let value = match record.get(column) {
                Some(value) => value,
                None => record.at(&self.key_path(column)).into_iter().next()?,
            };
            Some((column.clone(), value.clone()))
        };
        Some(Key::Columns(columns.iter().map(part).collect::<Option<_>>()?))
    }

    fn key_path(&self, column: &str) -> FieldPath {
        FieldPath::nested(column)
    }

    fn as_read(&self, value: &Value) -> Value {
        match value {
            Value::Decimal(text) => decode::number(text),
            Value::Float(x) if x.is_finite() => decode::number(&format!("{x:?}")),
            Value::List(items) => Value::List(items.iter().map(|v| self.as_read(v)).collect()),
            Value::Object(members) => {
                Value::Object(members.iter().map(|(name, v)| (name.clone(), self.as_read(v))).collect())
            }
            other => other.clone(),
        }
    }

    fn parse(&self, bytes: &[u8]) -> Result<Record> {
        let text = std::str::from_utf8(bytes).ok().map(str::trim);
        let members = text.and_then(Members::of);
        members
            .and_then(|members| decode::record(&members, &mut Odd::default()))
            .ok_or_else(|| Error::bug(format!("an object of {} came apart", self.file.shown.display())))
    }

    fn set(&self, bytes: &[u8], line: u64, fields: &[(FieldPath, Value)]) -> Result<Vec<u8>> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::bug("an object is no text"))?;
        let new = edit::set(text, fields)
            .map_err(|e| Error { message: format!("{}, {}", self.file.place(line), e.message), ..e })?;
        Ok(new.into_bytes())
    }

    fn cuts(&self, places: &[Place]) -> Result<Vec<Range<u64>>> {
        match self.mode {
            Mode::Stream => places.iter().map(|place| self.line_of(place)).collect(),
            Mode::Array => self.elements(places),
        }
    }

    fn unfit(&self, problems: &[Problem]) -> Option<String> {
        let broken = problems.iter().find(|p| p.code == "malformed-line" && self.mode == Mode::Array)?;
        Some(format!("its array is malformed ({})", broken.place))
    }

    fn same_layout(&self, other: &Self) -> bool {
        self.mode == other.mode || other.empty
    }
}
