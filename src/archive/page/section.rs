//! One collection as the page shows it: few records stand on the page itself, many in a book of pages beside it.
//!
//! Records are gathered as they pass; what may be shown of each was decided before.

use serde::Serialize;
use std::collections::HashMap;

use super::book::{Book, Place};
use super::glance::{Glance, Interest};
use super::show::{Field, Kind, fields};
use super::why::Reasons;
use super::{Page, theme::Theme};
use crate::archive::columns::Column;
use crate::archive::pack::Packs;
use crate::archive::photo::{self, Small};
use crate::archive::silence::Silence;
use crate::archive::times::{Times, Watch};
use crate::archive::withhold::Shown;
use crate::archive::{Cover, Row};
use crate::error::Result;
use crate::language::say;
use crate::map::Collection;

/// The most records that stand on the page itself.
const INLINE: u64 = 25;
/// How many of them stand there where there are more.
const FIRST: u64 = 3;

/// What the page needs of one collection.
pub struct Section<'p, 'm> {
    cover: &'p Cover<'m>,
    collection: &'m Collection,
    silence: &'p Silence,
    /// What it is about.
    pub theme: Theme,
    /// Why the record before is there: most records of a collection are there for one reason.
    reasons: Reasons,
    interest: Interest,
    watch: Watch,
    groups: Vec<Group>,
    /// How many records passed.
    passed: u64,
    /// How many stand on the page.
    limit: u64,
    shown: u64,
    /// Small pictures of files, by path: of records that stand on the page.
    pictures: HashMap<String, Small>,
    /// The pages, where there are many records.
    pub book: Option<Book<'p>>,
}

/// Records that are there for the same reason, one after another.
#[derive(Serialize)]
pub struct Group {
    why: String,
    records: Vec<Card>,
}

/// A record on the page.
#[derive(Serialize)]
struct Card {
    /// `Record 3`, or `Records 3 to 5` where they are identical.
    title: String,
    fields: Vec<Field>,
    /// What fields hold nothing, in one line.
    empty: String,
}

impl<'p, 'm> Section<'p, 'm> {
    /// An empty section for a collection with so many records, the `number`th of the page.
    pub fn new(
        page: &'p Page,
        cover: &'p Cover<'m>,
        collection: &'m Collection,
        silence: &'p Silence,
        (records, number): (u64, usize),
    ) -> Self {
        let book = (records > INLINE).then(|| Book::new(page, cover, collection, records, number));
        Section {
            cover,
            collection,
            silence,
            theme: Theme::of(cover.map, collection),
            reasons: Reasons::default(),
            interest: Interest::of(cover.language, collection, super::anchor(number)),
            watch: Watch::of(collection),
            groups: Vec::new(),
            passed: 0,
            limit: if book.is_some() { FIRST } else { INLINE },
            shown: 0,
            pictures: HashMap::new(),
            book,
        }
    }

    /// Says where the pages go, and under which columns.
    pub fn begin(&mut self, folder: String, columns: &[Column]) {
        if let Some(book) = &mut self.book {
            book.begin(folder, columns);
        }
    }

    /// Adds a record: `shown` is what may be shown of each of its values, `places` where each column's value stands.
    pub fn add(
        &mut self,
        row: &Row<'_>,
        shown: &[Option<Shown<'_>>],
        places: &[Option<usize>],
        glance: &mut Glance,
        packs: &mut Packs,
    ) -> Result<()> {
        glance.add(&mut self.interest, row, shown);
        self.watch.add(row, shown);
        let first = self.passed + 1;
        self.passed += row.count;
        let on_page = self.shown < self.limit;
        if !on_page && self.book.is_none() {
            return Ok(());
        }
        let why = self.reasons.why(row, shown, self.cover, self.collection, self.silence);
        if let Some(book) = &mut self.book {
            let place = Place { first, count: row.count };
            book.add(&place, why, places.iter().map(|place| shown[(*place)?].as_ref()), packs)?;
        }
        if on_page {
            self.shown += row.count;
            let why = why.to_owned();
            let card = self.card(row, shown, first);
            match self.groups.last_mut() {
                Some(group) if group.why == why => group.records.push(card),
                _ => self.groups.push(Group { why, records: vec![card] }),
            }
        }
        Ok(())
    }

    /// Keeps a small picture of a file, where its record is about to stand on the page.
    pub fn picture(&mut self, path: &str, bytes: &[u8], ending: &str) {
        if self.shown < self.limit
            && let Some(small) = photo::small(bytes, ending)
        {
            self.pictures.insert(path.to_owned(), small);
        }
    }

    /// Whether small pictures stand on the page.
    pub fn has_pictures(&self) -> bool {
        !self.pictures.is_empty()
    }

    /// Writes what is left of the pages.
    pub fn end(&mut self, packs: &mut Packs) -> Result<()> {
        self.book.as_mut().map_or(Ok(()), |book| book.end(packs))
    }

    fn card(&self, row: &Row<'_>, shown: &[Option<Shown<'_>>], first: u64) -> Card {
        let language = self.cover.language;
        let title = match row.count {
            1 => say!(language, "record", n = first),
            n => say!(language, "record-identical", first = first, last = first + n - 1),
        };
        let (mut filled, mut empty) = (Vec::new(), Vec::new());
        for (name, part) in row.record.names.iter().zip(shown) {
            let Some(part) = part else { continue };
            fields(language, Some(self.collection), name, part, &mut |mut field| match field.kind {
                Kind::None => empty.push(field.label),
                Kind::File => {
                    field.picture = self.pictures.get(&field.value).cloned();
                    filled.push(field);
                }
                _ => filled.push(field),
            });
        }
        Card { title, fields: filled, empty: language.list(&empty) }
    }

    /// When the records are from.
    pub fn times(&mut self) -> Times {
        std::mem::take(&mut self.watch).end()
    }

    /// How many records stand on the page.
    pub fn shown(&self) -> u64 {
        self.shown
    }

    /// The records on the page.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
}
