//! One collection: a single pass over its records writes every format, counts what is withheld and keeps the first
//! records for the page.

use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::{Column, survey, unique};
use super::names::Names as FileNames;
use super::pack::Packs;
use super::page::{Glance, Section, Theme};
use super::reason::Reason;
use super::review::{Place, Review};
use super::times::Times;
use super::withhold::{FieldRules, Rules, Shown, withheld_in};
use super::{Row, Rows, Sink, csv, files, jsonl, photo};
use crate::error::{Error, Result};
use crate::map::{Collection, SourceMap};
use crate::record::{Names, Value};

/// What was written of one collection.
pub struct Told {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// Where it is, without the ending of a format: `data/shop/orders`.
    pub base: String,
    /// How many records.
    pub records: u64,
    /// The columns that are mentioned.
    pub columns: Vec<Column>,
    /// How many values are withheld, by field and reason.
    pub withheld: BTreeMap<(String, Reason), u64>,
    /// Fields met that the map does not know.
    pub unknown: BTreeSet<String>,
    /// Its number among the collections of the archive, from 1.
    pub number: usize,
    /// What it is about, for the page.
    pub theme: Theme,
    /// When it tells of.
    pub times: Times,
    /// How many of its pictures were cleaned of what was noted beside them.
    pub cleaned: u64,
    /// How many of its files could not be.
    pub noted: u64,
    /// Whether small pictures stand on the page.
    pub has_pictures: bool,
    /// Its section of the page.
    pub section: String,
}

impl Told {
    /// How many values are withheld, by reason.
    pub fn by_reason(&self) -> BTreeMap<Reason, u64> {
        let mut counts = BTreeMap::new();
        for ((_, reason), n) in &self.withheld {
            *counts.entry(*reason).or_default() += n;
        }
        counts
    }
}

/// Where a collection's files go, and how it is told.
pub struct Target<'t, 'm> {
    /// Its source.
    pub source_map: &'m SourceMap,
    /// The collection as the map has it.
    pub collection: &'m Collection,
    /// The folder of its source: `data/shop`.
    pub folder: &'t str,
    /// Names of files within that folder.
    pub names: &'t mut FileNames,
    /// What officers decided on single values.
    pub review: &'t Review<'t>,
    /// Names of folders within `files/` and `pages/` there.
    pub file_folders: &'t mut FileNames,
    /// Whether files go without what was noted beside what they show.
    pub clean: bool,
    /// Its number among the collections of the archive, from 1.
    pub number: usize,
}

/// Writes one collection; `None` where nothing of it may be mentioned.
pub fn write(
    target: Target<'_, '_>,
    rules: &Rules<'_>,
    rows: &dyn Rows,
    part: usize,
    (section, glance): (&mut Section<'_, '_>, &mut Glance),
    packs: &mut Packs,
) -> Result<Option<Told>> {
    let fields = match rows.fields(part) {
        Some(fields) => unique(&fields),
        None => survey(rows, part)?,
    };
    let mut pass = Pass::new(rules, fields, target.review, (target.source_map, target.collection));
    if pass.columns.is_empty() {
        return Ok(None);
    }
    let name = target.names.name(&target.collection.name);
    let base = format!("{}/{name}", target.folder);
    let folder = target.file_folders.name(&target.collection.name);
    pass.clean = target.clean;
    pass.files_at = format!("{}/files/{folder}", target.folder);
    packs.jsonl.begin(format!("{base}.jsonl"))?;
    packs.csv.begin(format!("{base}.csv"))?;
    pass.header(&mut packs.csv.block);
    section.begin(format!("{}/pages/{folder}", target.folder), &pass.columns);
    let sink: Sink<'_> = &mut |row| pass.row(row, section, glance, packs);
    rows.each(part, sink)?;
    section.end(packs)?;
    packs.jsonl.end()?;
    packs.csv.end()?;
    pass.count_columns();
    Ok(Some(Told {
        source: target.source_map.name.clone(),
        collection: target.collection.name.clone(),
        base,
        records: pass.records,
        columns: pass.columns,
        withheld: pass.withheld,
        unknown: pass.unknown,
        number: target.number,
        theme: section.theme,
        times: section.times(),
        cleaned: pass.cleaned,
        noted: pass.noted,
        has_pictures: section.has_pictures(),
        section: String::new(),
    }))
}

/// The state of one pass.
struct Pass<'a> {
    rules: &'a Rules<'a>,
    review: &'a Review<'a>,
    place: (&'a SourceMap, &'a Collection),
    columns: Vec<Column>,
    /// The rules of each column.
    fields: Vec<FieldRules<'a>>,
    index: FxHashMap<String, usize>,
    /// The names the two below were made for.
    names: Option<Names>,
    /// For each value of a record its column; none where it is silent.
    order: Vec<Option<usize>>,
    /// For each column its place in a record.
    places: Vec<Option<usize>>,
    files_at: String,
    files: u64,
    clean: bool,
    cleaned: u64,
    noted: u64,
    records: u64,
    withheld: BTreeMap<(String, Reason), u64>,
    unknown: BTreeSet<String>,
    scratch: Vec<u8>,
}

impl<'a> Pass<'a> {
    fn new(
        rules: &'a Rules<'a>,
        fields: Vec<(String, String)>,
        review: &'a Review<'a>,
        place: (&'a SourceMap, &'a Collection),
    ) -> Self {
        let (mut columns, mut rules_of) = (Vec::new(), Vec::new());
        let mut index = FxHashMap::default();
        for (name, origin) in fields {
            if rules.is_silent_field(&origin) {
                continue;
            }
            index.insert(name.clone(), columns.len());
            rules_of.push(rules.field(&origin));
            let is_identity = place.1.identities.iter().any(|(_, path)| path.as_str() == origin);
            columns.push(Column { is_identity, ..Column::new(name, origin) });
        }
        Pass {
            rules,
            review,
            place,
            columns,
            fields: rules_of,
            index,
            names: None,
            order: Vec::new(),
            places: Vec::new(),
            files_at: String::new(),
            files: 0,
            clean: false,
            cleaned: 0,
            noted: 0,
            records: 0,
            withheld: BTreeMap::new(),
            unknown: BTreeSet::new(),
            scratch: Vec::new(),
        }
    }

    fn header(&self, out: &mut Vec<u8>) {
        for (i, column) in self.columns.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            csv::text(out, &column.name);
        }
        out.extend_from_slice(csv::LINE_END);
    }

    fn row(
        &mut self,
        row: &Row<'_>,
        section: &mut Section<'_, '_>,
        glance: &mut Glance,
        packs: &mut Packs,
    ) -> Result<()> {
        fail::fail_point!("archive.record");
        self.align(&row.record.names)?;
        let ties = self.rules.ties(row);
        let mut shown: Vec<Option<Shown<'_>>> = Vec::with_capacity(row.record.values.len());
        for (at, value) in row.record.values.iter().enumerate() {
            shown.push(match self.order[at] {
                None => None,
                Some(column) => {
                    match self.fields[column].show(value, &ties).and_then(|part| self.revise(row, column, value, part))
                    {
                        Some(Shown::Given(Value::Bytes(bytes))) => Some(self.file(value, bytes, section, packs)?),
                        part => part,
                    }
                }
            });
        }
        self.records += row.count;
        self.count(&shown, row.count);
        section.add(row, &shown, &self.places, glance, packs)?;
        self.json_lines(&shown, row.count, packs)?;
        self.csv_lines(&shown, row.count, packs)
    }

    /// What is shown after review.
    fn revise<'r>(&self, row: &Row<'_>, column: usize, value: &'r Value, shown: Shown<'r>) -> Option<Shown<'r>> {
        // Most values are plain and given: nothing to look at.
        if !self.columns[column].is_identity
            && matches!(
                shown,
                Shown::Given(Value::Null | Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Bytes(_))
            )
        {
            return Some(shown);
        }
        let (source, collection) = self.place;
        self.review.revise(Place { source, collection, key: row.key }, &self.columns[column].origin, value, shown)
    }

    /// Works out which value belongs to which column.
    fn align(&mut self, names: &Names) -> Result<()> {
        if self.names.as_ref().is_some_and(|known| Arc::ptr_eq(known, names)) {
            return Ok(());
        }
        self.order.clear();
        self.places.clear();
        self.places.resize(self.columns.len(), None);
        for (place, (name, origin)) in unique(names).iter().enumerate() {
            let column = self.index.get(name).copied();
            if column.is_none() && !self.rules.is_silent_field(origin) {
                return Err(Error::bug("a record has a field that its collection did not announce"));
            }
            self.order.push(column);
            if let Some(column) = column {
                self.places[column] = Some(place);
            }
        }
        self.names = Some(names.clone());
        Ok(())
    }

    /// Bytes as a file of their own, where they are worth one.
    fn file<'r>(
        &mut self,
        value: &'r Value,
        bytes: &[u8],
        section: &mut Section<'_, '_>,
        packs: &mut Packs,
    ) -> Result<Shown<'r>> {
        let Some(ending) = files::extension(bytes) else { return Ok(Shown::Given(value)) };
        self.files += 1;
        let path = format!("{}/{}.{ending}", self.files_at, self.files);
        let clean = self.clean.then(|| photo::clean(bytes, ending));
        self.cleaned += u64::from(matches!(clean, Some(Some(_))));
        self.noted += u64::from(matches!(clean, Some(None)));
        let clean = clean.flatten();
        let bytes = clean.as_deref().unwrap_or(bytes);
        section.picture(&path, bytes, ending);
        packs.file(path.clone(), bytes)?;
        Ok(Shown::File(path))
    }

    fn count(&mut self, shown: &[Option<Shown<'_>>], times: u64) {
        for (column, part) in self.order.iter().zip(shown) {
            let (Some(column), Some(part)) = (column, part) else { continue };
            let column = &mut self.columns[*column];
            column.kinds.add(part);
            match part {
                Shown::Given(_) | Shown::File(_) => {}
                Shown::Withheld(reason) => column.withheld[reason.index()] += times,
                Shown::Redacted(_) => column.withheld[Reason::Redacted.index()] += times,
                nested => withheld_in(nested, &column.origin, &mut |path, reason| {
                    *self.withheld.entry((path.to_owned(), reason)).or_default() += times;
                    if reason == Reason::UnknownColumn {
                        self.unknown.insert(path.to_owned());
                    }
                }),
            }
        }
    }

    /// Adds what was counted by column to what was counted by path.
    fn count_columns(&mut self) {
        for column in &self.columns {
            for reason in Reason::ALL {
                let n = column.withheld[reason.index()];
                if n > 0 {
                    *self.withheld.entry((column.origin.clone(), reason)).or_default() += n;
                }
            }
            if column.withheld[Reason::UnknownColumn.index()] > 0 {
                self.unknown.insert(column.origin.clone());
            }
        }
    }

    fn json_lines(&mut self, shown: &[Option<Shown<'_>>], times: u64, packs: &mut Packs) -> Result<()> {
        let pack = &mut packs.jsonl;
        let start = pack.block.len();
        let out = &mut pack.block;
        out.push(b'{');
        let mut first = true;
        for (column, part) in self.order.iter().zip(shown) {
            let (Some(column), Some(part)) = (column, part) else { continue };
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            out.extend_from_slice(&self.columns[*column].json);
            jsonl::shown(out, part);
        }
        out.extend_from_slice(b"}\n");
        repeat(pack, start, times)
    }

    fn csv_lines(&mut self, shown: &[Option<Shown<'_>>], times: u64, packs: &mut Packs) -> Result<()> {
        let pack = &mut packs.csv;
        let start = pack.block.len();
        let out = &mut pack.block;
        for (i, place) in self.places.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            if let Some(part) = place.and_then(|place| shown[place].as_ref()) {
                csv::cell(out, part, &mut self.scratch);
            }
        }
        if out.len() == start {
            // An empty line would be no record.
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(csv::LINE_END);
        repeat(pack, start, times)
    }
}

/// Writes what stands from `start` in the block as often as there are identical records.
fn repeat(pack: &mut super::pack::Pack, start: usize, times: u64) -> Result<()> {
    if times > 1 {
        let line = pack.block[start..].to_vec();
        for _ in 1..times {
            pack.pass()?;
            pack.block.extend_from_slice(&line);
        }
    }
    pack.pass()
}
