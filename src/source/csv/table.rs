//! One CSV file as a collection: its layout, its header, the pass over its rows, and samples.

use super::cells;
use super::header;
use super::layout::{HEAD, Layout};
use super::rewrite;
use super::scan::{Row, Rows, Scan, Scanner};
use crate::error::Result;
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Names, Record, Value};
use crate::source::files::format::{Format, Place, Sink};
use crate::source::files::notes::Notes;
use crate::source::files::open::OpenFile;
use crate::source::files::pick::{Group, Pick};
use crate::source::files::window::Window;
use crate::source::{Column, Shape, ValueType};
use std::ops::Range;

/// One CSV file.
pub struct Table {
    file: OpenFile,
    /// How it is written.
    pub layout: Layout,
    /// Its columns.
    pub names: Names,
    /// Where the rows begin, and in which line.
    body: (u64, u64),
    /// What is wrong with its head.
    problems: Vec<Problem>,
}

impl Table {
    /// Where its first row begins.
    pub fn body_start(&self) -> u64 {
        self.body.0
    }

    fn rows(&self) -> Scanner<'_> {
        Scanner::new(Window::new(&self.file, self.body.0, self.body.1), self.layout.delimiter)
    }

    /// The record of a row.
    pub fn record(&self, row: &Row<'_>) -> Record {
        let mut scratch = Vec::new();
        let whole = Row::alone(row.bytes, row.fields(self.layout.delimiter, &mut scratch));
        let mut values = Vec::with_capacity(self.names.len());
        for i in 0..self.names.len().max(whole.width) {
            values.push(match whole.raw(i) {
                Some((raw, style)) => cells::value(raw, style, self.layout.encoding),
                None => Value::Null,
            });
        }
        Record::new(self.names_for(whole.width), values)
    }

    fn names_for(&self, width: usize) -> Names {
        match width > self.names.len() {
            true => header::with_extras(&self.names, width),
            false => self.names.clone(),
        }
    }

    /// Which field a column is; `None` where no record has it.
    pub fn column(&self, path: &FieldPath) -> Option<usize> {
        let name = if path.steps().len() == 1 { path.root() } else { path.as_str() };
        if let Some(i) = self.names.iter().position(|n| n == name) {
            return Some(i);
        }
        let extra: usize = name.strip_prefix("$extra_")?.split('_').next()?.parse().ok()?;
        let width = self.names.len().checked_add(extra).filter(|width| *width < MOST_FIELDS)?;
        self.names_for(width).iter().position(|n| n == name)
    }

    /// What is wrong with a row.
    fn look_at(&self, row: &Row<'_>, notes: &mut Notes<'_>) {
        let (width, expected) = (row.width, self.names.len());
        if row.unclosed {
            notes.add(
                "unclosed-quote",
                || row.line(),
                "a quote is opened and never closed; the line was read without it",
            );
        }
        if width != expected {
            notes.add("ragged-row", || row.line(), format!("{width} fields where the header has {expected}"));
        }
        if !row.bytes.is_ascii() && cells::text(row.bytes, self.layout.encoding).is_none() {
            let hint = "name the file's encoding in the map (encoding = \"windows-1252\")";
            let message = format!("text that is not {}; it is kept as bytes; {hint}", self.layout.encoding.name());
            notes.add("malformed-text", || row.line(), message);
        }
    }

    /// For each probe the columns of its tests; a probe for a column that is not there can find nothing.
    fn resolve(&self, pick: &Pick<'_>, notes: &mut Notes<'_>) -> Vec<Vec<usize>> {
        let mut missing = std::collections::BTreeSet::new();
        let mut columns = |group: &Group<'_>| {
            let mut resolve = |path: &FieldPath| {
                let column = self.column(path);
                if column.is_none() && missing.insert(path.as_str().to_owned()) {
                    notes.add("missing-column", || 1, format!("the header has no column {path}"));
                }
                column
            };
            let all: Vec<Option<usize>> = group.tests.iter().map(|t| resolve(t.path)).collect();
            all.into_iter().collect::<Option<Vec<usize>>>()
        };
        pick.probes.iter().map(|group| columns(group).unwrap_or_default()).collect()
    }

    fn wants(&self, row: &Row<'_>, group: &Group<'_>, columns: &[usize]) -> bool {
        !columns.is_empty()
            && group.tests.iter().zip(columns).all(|(test, column)| {
                row.raw(*column).is_some_and(|(raw, style)| cells::passes(raw, style, self.layout.encoding, test))
            })
    }

    /// Some records of the blocks at even distances, where rows can be told without reading from the start: no quote
    /// in the whole block, and every row as wide as the header.
    fn spread(&self, limit: usize, out: &mut Vec<Record>) -> Result<()> {
        let blocks = limit.clamp(1, 16) as u64;
        let share = limit.div_ceil(blocks as usize);
        let width = self.names.len();
        let from = self.body.0 + HEAD as u64;
        let Some(length) = self.file.len().checked_sub(from) else { return Ok(()) };
        for n in 0..blocks {
            let start = from + length * n / blocks;
            let block = self.file.slice(start, (start + HEAD as u64).min(self.file.len()))?;
            if width < 2 || memchr::memchr(b'"', &block).is_some() {
                continue;
            }
            let Some(first) = block.iter().position(|b| matches!(b, b'\n' | b'\r')) else { continue };
            out.extend(self.records_of(&block[first..], share.min(limit.saturating_sub(out.len()))));
        }
        Ok(())
    }

    /// The first whole rows of `block`; none where one is not as wide as the header.
    fn records_of(&self, block: &[u8], limit: usize) -> Vec<Record> {
        let mut fields = Vec::new();
        let mut out = Vec::new();
        let mut at = 0;
        while out.len() < limit {
            while matches!(block.get(at), Some(b'\n' | b'\r')) {
                at += 1;
            }
            let scan = Scan { bytes: block, delimiter: self.layout.delimiter, last: false, quotes: true };
            let Ok(end) = scan.row(at, &mut fields) else { break };
            if fields.len() != self.names.len() {
                return Vec::new();
            }
            out.push(self.record(&Row::alone(&block[at..end], &fields)));
            at = end;
        }
        out
    }
}

const MOST_FIELDS: usize = 100_000;
const SAMPLED: usize = 1000;

impl Format for Table {
    const EXTENSIONS: &'static [&'static str] = &["csv", "tsv"];

    fn open(file: OpenFile, address: &Address) -> Result<Self> {
        let head = file.slice(0, file.len().min(HEAD as u64))?;
        let layout = Layout::of(&file, &head, address)?;
        let mut notes = Notes::new(&file);
        let mut rows = Scanner::new(Window::new(&file, layout.start as u64, 1), layout.delimiter);
        let mut names = Names::from([]);
        let decode = |bytes: &[u8]| layout.encoding.decode_without_bom_handling(bytes).0.into_owned();
        match rows.next()? {
            Some(row) => {
                let cell = |i| row.raw(i).map(|(raw, style)| decode(&cells::plain(raw, style))).unwrap_or_default();
                if row.unclosed {
                    notes.add("unclosed-quote", || row.line(), "the header opens a quote that is never closed");
                }
                if cells::text(row.bytes, layout.encoding).is_none() {
                    notes.add("malformed-text", || row.line(), format!("the header is not {}", layout.encoding.name()));
                }
                names = header::names((0..row.width).map(cell).collect(), row.line(), &mut notes);
            }
            None => notes.add("empty-file", || 1, "the file is empty; it has not even a header"),
        }
        let body = (rows.offset(), rows.line());
        let problems = notes.finish();
        Ok(Table { file, layout, names, body, problems })
    }

    fn file(&self) -> &OpenFile {
        &self.file
    }

    fn pass(&self, pick: &Pick<'_>, sink: &mut Sink<'_>) -> Result<Vec<Problem>> {
        let mut notes = Notes::new(&self.file);
        let columns = self.resolve(pick, &mut notes);
        let asked = columns.iter().flatten().map(|column| column + 1).max().unwrap_or(0);
        let mut rows = self.rows().only(asked);
        while let Some(row) = rows.next()? {
            self.look_at(&row, &mut notes);
            let mut wanted =
                pick.probes.iter().zip(&columns).filter(|(group, at)| self.wants(&row, group, at)).peekable();
            if pick.all || wanted.peek().is_some() {
                let record = self.record(&row);
                if pick.all || wanted.any(|(group, _)| group.confirms(&record)) {
                    sink(Place { bytes: row.start..row.start + row.bytes.len() as u64, line: row.line() }, record)?;
                }
            }
        }
        Ok(self.problems.iter().cloned().chain(notes.finish()).collect())
    }

    fn shape(&self, collection: &str) -> Result<Shape> {
        let mut notes = Notes::new(&self.file);
        let mut rows = self.rows();
        let (mut count, mut bytes, mut whole) = (0, 0, true);
        while let Some(row) = rows.next()? {
            if count == SAMPLED as u64 {
                whole = false;
                break;
            }
            self.look_at(&row, &mut notes);
            (count, bytes) = (count + 1, bytes + row.bytes.len() as u64);
        }
        let all = match whole {
            true => count,
            false => (self.file.len() - self.body.0).saturating_mul(count) / bytes.max(1),
        };
        // An empty cell is how a file says nothing; no column forbids it.
        let column =
            |name: &String| Column { name: name.clone(), ty: ValueType::Text, nullable: true, ..Column::default() };
        Ok(Shape {
            name: collection.to_owned(),
            columns: self.names.iter().map(column).collect(),
            closed: true,
            no_null: true,
            rows: Some(all),
            problems: self.problems.iter().cloned().chain(notes.finish()).collect(),
            ..Shape::default()
        })
    }

    fn sample(&self, limit: usize) -> Result<Vec<Record>> {
        let mut out = Vec::new();
        let mut rows = self.rows();
        let far = self.file.len() > self.body.0 + 4 * HEAD as u64;
        let head = if far { limit.div_ceil(2) } else { limit };
        while out.len() < head
            && let Some(row) = rows.next()?
        {
            out.push(self.record(&row));
        }
        if far {
            self.spread(limit, &mut out)?;
        }
        Ok(out)
    }

    fn key(&self, record: &Record, columns: &[String]) -> Option<Key> {
        record.key(columns)
    }

    fn key_path(&self, column: &str) -> FieldPath {
        FieldPath::column(column)
    }

    fn as_read(&self, value: &Value) -> Value {
        match value {
            Value::Null | Value::Bytes(_) => value.clone(),
            other => other.plain().map_or_else(|| other.clone(), |text| Value::Text(text.into_owned())),
        }
    }

    fn parse(&self, bytes: &[u8]) -> Result<Record> {
        rewrite::parse(self, bytes)
    }

    fn set(&self, bytes: &[u8], line: u64, fields: &[(FieldPath, Value)]) -> Result<Vec<u8>> {
        rewrite::set(self, bytes, line, fields)
    }

    fn cuts(&self, places: &[Place]) -> Result<Vec<Range<u64>>> {
        Ok(places.iter().map(|place| place.bytes.clone()).collect())
    }

    fn unfit(&self, problems: &[Problem]) -> Option<String> {
        let open = problems.iter().find(|p| p.code == "unclosed-quote")?;
        Some(format!("a quote is never closed ({})", open.place))
    }

    fn same_layout(&self, other: &Self) -> bool {
        self.layout == other.layout && self.names == other.names && self.body == other.body
    }
}
