//! A book: the pages beside the first one, for a collection with many records. Each is a file that a browser opens at
//! once, with a table and the way to its neighbours.
//!
//! A page is written as soon as it is full, so that memory stays flat however many records there are.

use minijinja::context;
use minijinja::value::Value as Context;
use std::fmt::Write as _;

use super::html;
use super::label::label;
use super::quantity::{Numbers, numbers, quantity};
use super::show::{Kind, value};
use super::{Page, context_of};
use crate::archive::Cover;
use crate::archive::columns::Column;
use crate::archive::pack::Packs;
use crate::archive::reason::Reason;
use crate::archive::visible::line;
use crate::archive::withhold::Shown;
use crate::error::Result;
use crate::language::{Language, say};
use crate::map::Collection;
use crate::record::Value;

/// A page is full with so many records …
const RECORDS: u64 = 1000;
/// … or so many bytes.
const BYTES: usize = 512 << 10;
/// From a page to the beginning of the archive.
const UP: &str = "../../../../";
/// Searching and sorting, where scripts may run; everything is there without it.
const SCRIPT: &str = include_str!("leaf.js");
/// How many links to pages stand on the first page.
const LINKS: usize = 40;

/// The number of a record, and how many identical ones it stands for.
pub struct Place {
    /// Its number, from 1.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// A column of the table.
struct Head {
    path: String,
    label: String,
    /// Whether the map says what its values mean.
    coded: bool,
    /// What its numbers are.
    numbers: Numbers,
}

/// The pages of one collection.
pub struct Book<'p> {
    page: &'p Page,
    cover: &'p Cover<'p>,
    /// What the policy of its pages says of scripts.
    scripts: String,
    collection: &'p Collection,
    records: u64,
    number: usize,
    folder: String,
    columns: Vec<Head>,
    /// What is said of a withheld value, for each reason: tables hold very many.
    withheld: [String; Reason::ALL.len()],
    /// The rows of the page that is being filled.
    rows: String,
    /// The numbers of its first and last record.
    first: u64,
    last: u64,
    /// How many rows it has.
    many: u64,
    why: String,
    /// The numbers of the first and last record of each page that is written.
    pages: Vec<(u64, u64)>,
}

impl<'p> Book<'p> {
    /// An empty book.
    pub fn new(
        page: &'p Page,
        cover: &'p Cover<'_>,
        collection: &'p Collection,
        records: u64,
        number: usize,
    ) -> Book<'p> {
        Book {
            page,
            cover,
            scripts: format!("; script-src 'sha256-{}'", super::hash(SCRIPT)),
            collection,
            records,
            number,
            folder: String::new(),
            columns: Vec::new(),
            withheld: withheld(cover.language),
            rows: String::new(),
            first: 0,
            last: 0,
            many: 0,
            why: String::new(),
            pages: Vec::new(),
        }
    }

    /// Says where it goes, and under which columns.
    pub fn begin(&mut self, folder: String, columns: &[Column]) {
        let column = |c: &Column| Head {
            path: c.origin.clone(),
            label: label(self.cover.language, Some(self.collection), &c.origin),
            numbers: numbers(Some(self.collection), &c.origin),
            coded: self.collection.field(&c.origin).is_some_and(|f| !f.codes.is_empty()),
        };
        (self.folder, self.columns) = (folder, columns.iter().map(column).collect());
    }

    /// Adds a record.
    pub fn add<'s>(
        &mut self,
        place: &Place,
        why: &str,
        cells: impl Iterator<Item = Option<&'s Shown<'s>>>,
        packs: &mut Packs,
    ) -> Result<()> {
        if self.first > 0 && (place.first - self.first >= RECORDS || self.rows.len() >= BYTES) {
            self.turn(true, packs)?;
        }
        if self.first == 0 {
            self.first = place.first;
        }
        self.last = place.first + place.count - 1;
        self.many += 1;
        if self.why != why {
            self.reason(why);
        }
        self.rows.push_str("<tr><th scope=\"row\">");
        let language = self.cover.language;
        match place.count {
            1 => self.rows.push_str(&language.number(place.first)),
            _ => self.rows.push_str(&say!(language, "range-identical", first = place.first, last = self.last)),
        }
        self.rows.push_str("</th>");
        for (column, cell) in cells.enumerate() {
            self.cell(column, cell);
        }
        self.rows.push_str("</tr>\n");
        Ok(())
    }

    /// Writes what is left.
    pub fn end(&mut self, packs: &mut Packs) -> Result<()> {
        if self.first > 0 { self.turn(false, packs) } else { Ok(()) }
    }

    /// From here on records are there for this reason.
    fn reason(&mut self, why: &str) {
        if !self.why.is_empty() {
            self.rows.push_str("</tbody>\n");
        }
        self.rows.push_str(&format!(
            "<tbody><tr class=\"why\"><th scope=\"rowgroup\" colspan=\"{}\">",
            self.columns.len() + 1
        ));
        html::text(&mut self.rows, why);
        self.rows.push_str("</th></tr>\n");
        why.clone_into(&mut self.why);
    }

    fn cell(&mut self, column: usize, cell: Option<&Shown<'_>>) {
        let Some(cell) = cell else { return self.rows.push_str("<td></td>") };
        let Some(head) = self.columns.get(column) else { return self.rows.push_str("<td></td>") };
        let language = self.cover.language;
        let counts = head.numbers == Numbers::Quantities;
        let rows = &mut self.rows;
        if !head.coded && ((!counts && plain(rows, cell)) || rewritten(language, head, rows, cell)) {
            return;
        }
        if let Shown::Withheld(reason) = cell {
            self.rows.push_str("<td class=\"withheld\">");
            self.rows.push_str(&self.withheld[reason.index()]);
            return self.rows.push_str("</td>");
        }
        let (text, kind) = value(language, Some(self.collection), &head.path, cell);
        match kind {
            Kind::Given => self.rows.push_str("<td>"),
            Kind::None => self.rows.push_str("<td class=\"none\">"),
            Kind::Withheld => self.rows.push_str("<td class=\"withheld\">"),
            Kind::File => {
                self.rows.push_str("<td><a href=\"");
                self.rows.push_str(UP);
                html::text(&mut self.rows, &text);
                self.rows.push_str("\">");
            }
        }
        html::text(&mut self.rows, &text);
        self.rows.push_str(if kind == Kind::File { "</a></td>" } else { "</td>" });
    }

    /// Writes the page that is full, and begins the next.
    fn turn(&mut self, more: bool, packs: &mut Packs) -> Result<()> {
        self.rows.push_str("</tbody>\n");
        let number = self.pages.len() as u64 + 1;
        let back = |n: u64| number.checked_sub(n).filter(|p| *p > 0);
        let rows = std::mem::take(&mut self.rows);
        let page = self.page.render(
            "leaf.html",
            context! {
                up => Context::from_safe_string(UP.to_owned()),
                number,
                previous => back(1),
                ten_back => back(10),
                hundred_back => back(100),
                next => more.then_some(number + 1),
                first => self.first,
                last => self.last,
                records => self.records,
                rows_here => self.many,
                label => line(self.collection.label_in(self.cover.language.tag())),
                anchor => super::anchor(self.number),
                columns => self.columns.iter().map(|head| head.label.clone()).collect::<Vec<_>>(),
                rows => Context::from_safe_string(rows),
                script => Context::from_safe_string(SCRIPT.to_owned()),
                ..context_of(self.cover, &self.scripts)
            },
        )?;
        packs.page(format!("{}/{number}.html", self.folder), page.as_bytes())?;
        self.pages.push((self.first, self.last));
        (self.first, self.last, self.many) = (0, 0, 0);
        self.why.clear();
        Ok(())
    }

    /// Links to its pages, for the first page: path, and the first and last record. Where there are very many, every so
    /// many one.
    pub fn links(&self) -> Vec<(String, u64, u64)> {
        let step = self.pages.len().div_ceil(LINKS).max(1);
        let is_shown = |i: &usize| i.is_multiple_of(step) || i + 1 == self.pages.len();
        let shown = self.pages.iter().enumerate().filter(|(i, _)| is_shown(i));
        shown.map(|(i, (first, last))| (format!("{}/{}.html", self.folder, i + 1), *first, *last)).collect()
    }
}

/// Adds a cell that needs nothing done to it: a number, nothing, or letters, digits and spaces that are no date. Most
/// cells of a large collection are such.
fn plain(rows: &mut String, cell: &Shown<'_>) -> bool {
    match cell {
        Shown::Given(Value::Int(i)) => {
            rows.push_str("<td>");
            match i64::try_from(*i) {
                Ok(i) => rows.push_str(itoa::Buffer::new().format(i)),
                // Writing to memory cannot fail.
                Err(_) => _ = write!(rows, "{i}"),
            }
            rows.push_str("</td>");
        }
        Shown::Given(Value::Null) => rows.push_str("<td class=\"none\">–</td>"),
        Shown::Given(Value::Text(text)) if is_plain(text) => {
            rows.push_str("<td>");
            rows.push_str(text);
            rows.push_str("</td>");
        }
        _ => return false,
    }
    true
}

/// What is said of a withheld value, by reason, as HTML.
fn withheld(language: &Language) -> [String; Reason::ALL.len()] {
    let mut said = [const { String::new() }; Reason::ALL.len()];
    for reason in Reason::ALL {
        html::text(&mut said[reason.index()], &say!(language, "withheld-value", why = reason.title(language)));
    }
    said
}

/// Adds a cell with a date, a time or a quantity as the language writes it; it is sorted by what it is.
fn rewritten(language: &Language, head: &Head, rows: &mut String, cell: &Shown<'_>) -> bool {
    let Shown::Given(value) = cell else { return false };
    let text = match value {
        Value::Text(raw) => language.written_out(raw).or_else(|| quantity(language, head.numbers, value)),
        value => quantity(language, head.numbers, value),
    };
    let (Some(text), Some(raw)) = (text, value.plain()) else { return false };
    rows.push_str("<td data-sort=\"");
    html::text(rows, &raw);
    rows.push_str("\">");
    html::text(rows, &text);
    rows.push_str("</td>");
    true
}

fn is_plain(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b',' | b'_' | b'/' | b':' | b'@');
    (1..=200).contains(&text.len()) && text.bytes().all(is_plain)
}
