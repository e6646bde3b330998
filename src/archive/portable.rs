//! Portability (GDPR Art. 20): which of the data found a person may take along, and why the rest stays out.
//!
//! By the data map alone. A collection is within where one of its purposes rests on consent or a contract (Art. 20(1)(a);
//! every source is processed by automated means, Art. 20(1)(b)); a field, where she provided it or it was observed of
//! her use. What the map does not say is a decision for a person: it stays out, is named, and the answer waits for it.
//! Whether a value within may be shown is decided in `withhold`, as for every archive.

use std::collections::BTreeSet;

use super::withhold::{Rules, mentions};
use super::{Cover, Part, Row, Rows, Sink};
use crate::error::{Error, Result};
use crate::map::{Collection, DataMap, Disclose, Link, Origin, Purpose, Role, SourceMap};
use crate::record::FieldPath;

/// What an archive answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The right of access: a copy of everything (Art. 15).
    #[default]
    Copy,
    /// The right to portability: what the person may take along (Art. 20).
    Portable,
}

/// Why something is not among what a person may take along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Neither consent nor a contract is why it is held.
    Basis,
    /// Concluded from other data.
    Derived,
    /// Received from somebody else.
    Received,
    /// Written about the person by others.
    ByOthers,
    /// About nobody: what a system needs to run.
    Technical,
    /// The map names no purpose, and so no basis: somebody must decide.
    NoBasis,
    /// The map does not say where it came from: somebody must decide.
    NoOrigin,
}

/// Something that was found and stays out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Why.
    pub why: Why,
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The field; none: records.
    pub field: Option<String>,
    /// How many records; of a field, those that have it.
    pub records: u64,
}

impl Kind {
    /// The right it answers, as a term of the W3C Data Privacy Vocabulary's `eu-gdpr` (local name).
    pub fn term(self) -> &'static str {
        match self {
            Kind::Copy => "A15",
            Kind::Portable => "A20",
        }
    }

    /// The right it answers.
    pub fn right(self) -> &'static str {
        match self {
            Kind::Copy => "access",
            Kind::Portable => "portability",
        }
    }
}

impl Why {
    /// Every reason, in the order shown.
    pub const ALL: [Why; 7] =
        [Why::NoBasis, Why::NoOrigin, Why::Basis, Why::Derived, Why::Received, Why::ByOthers, Why::Technical];

    /// Whether somebody has to decide on it.
    pub fn is_open(self) -> bool {
        matches!(self, Why::NoBasis | Why::NoOrigin)
    }

    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Why::Basis => "other-basis",
            Why::Derived => "derived",
            Why::Received => "received",
            Why::ByOthers => "by-others",
            Why::Technical => "about-nobody",
            Why::NoBasis => "no-purpose",
            Why::NoOrigin => "no-origin",
        }
    }
}

/// Whether a purpose rests on consent or a contract.
pub fn is_portable(purpose: &Purpose) -> bool {
    matches!(purpose.basis.as_str(), "A6-1-a" | "A6-1-b") || purpose.special.as_deref() == Some("A9-2-a")
}

/// Why nothing of a collection may be taken along; `None`: its fields decide.
pub fn of_collection(map: &DataMap, collection: &Collection) -> Option<Why> {
    let purposes: Vec<&Purpose> = collection.purposes.iter().filter_map(|name| map.purposes.get(name)).collect();
    match purposes.is_empty() {
        true => Some(Why::NoBasis),
        false if purposes.iter().any(|p| is_portable(p)) => None,
        false => Some(Why::Basis),
    }
}

/// Why a field that the map names is not taken along; `None`: it is.
pub fn of_field(map: &DataMap, source: &SourceMap, collection: &Collection, path: &str) -> Option<Why> {
    let field = collection.field(path);
    let is_bare = field.is_none_or(|f| f.category.is_none() && f.origin.is_none());
    match collection.origin(path) {
        // What ties records together says nothing by itself, and without it they are no use to a program.
        _ if is_bare && ties(map, source, collection, path) => None,
        _ if field.is_none() && collection.other.iter().any(|name| name == path) => Some(Why::Technical),
        Some(Origin::Provided | Origin::Observed) => None,
        Some(Origin::Derived) => Some(Why::Derived),
        Some(Origin::Received) => Some(Why::Received),
        None => Some(Why::NoOrigin),
    }
}

/// Whether a field is a key, leads to other records, or is what others lead to.
fn ties(map: &DataMap, source: &SourceMap, collection: &Collection, path: &str) -> bool {
    let only = |link: &'_ Link| link.only.iter().any(|(field, _)| field.as_str() == path);
    let named = |paths: &[FieldPath]| paths.iter().any(|p| p.as_str() == path);
    let mut all = map.sources.iter().flat_map(|s| &s.collections).flat_map(|c| &c.links);
    collection.key.iter().any(|name| name == path)
        || collection.links.iter().any(|link| named(&link.from) || only(link))
        || all.any(|l| l.to_source == source.name && l.to_collection == collection.name && named(&l.to))
}

/// Every field that the map names and that is no mere tie.
fn named(map: &DataMap, source: &SourceMap, collection: &Collection) -> BTreeSet<String> {
    let paths = mentions(map, source, collection).into_iter().map(|path| path.as_str().to_owned());
    let tells = |path: &String| collection.fields.contains_key(path) || !ties(map, source, collection, path);
    paths.filter(tells).collect()
}

/// The records a person may take along, and what was left of those found.
pub struct Portable<'r> {
    rows: &'r dyn Rows,
    parts: Vec<Part>,
    /// For each part its number among all that were found.
    from: Vec<usize>,
    left: Vec<Left>,
}

impl<'r> Portable<'r> {
    /// Looks at what was found.
    pub fn of(cover: &Cover<'_>, rows: &'r dyn Rows) -> Result<Portable<'r>> {
        let mut portable = Portable { rows, parts: Vec::new(), from: Vec::new(), left: Vec::new() };
        for (number, part) in rows.parts().iter().enumerate() {
            let unknown = || Error::bug(format!("the map has no collection {}.{}", part.source, part.collection));
            let source = cover.map.source(&part.source).ok_or_else(unknown)?;
            let collection = source.collection(&part.collection).ok_or_else(unknown)?;
            // What is silent leaves no trace, here neither.
            if !Rules::of(cover.map, source, collection, &[], Kind::Copy).is_silent() {
                portable.take(cover, source, collection, number)?;
            }
        }
        Ok(portable)
    }

    fn take(&mut self, cover: &Cover<'_>, source: &SourceMap, collection: &Collection, number: usize) -> Result<()> {
        let found = self.rows.parts()[number].rows;
        let left = |why, field: Option<&str>, records| Left {
            why,
            source: source.name.clone(),
            collection: collection.name.clone(),
            field: field.map(str::to_owned),
            records,
        };
        if let Some(why) = of_collection(cover.map, collection) {
            self.left.push(left(why, None, found));
            return Ok(());
        }
        let others = self.by_others(collection, number)?;
        if others > 0 {
            self.left.push(left(Why::ByOthers, None, others));
        }
        let own = found - others;
        if own == 0 {
            return Ok(());
        }
        // A column that the map does not know waits for somebody, as in every archive.
        let place = (source.name.clone(), collection.name.clone());
        let mut any = cover.unmentioned.get(&place).is_some_and(|columns| !columns.is_empty());
        for name in named(cover.map, source, collection) {
            if collection.disclose(&name) == Disclose::Silent {
                continue;
            }
            match of_field(cover.map, source, collection, &name) {
                Some(why) => self.left.push(left(why, Some(&name), own)),
                None => any = true,
            }
        }
        if any {
            self.parts.push(Part { rows: own, ..self.rows.parts()[number].clone() });
            self.from.push(number);
        }
        Ok(())
    }

    /// How many records others wrote about the person.
    fn by_others(&self, collection: &Collection, number: usize) -> Result<u64> {
        let mut count = 0;
        if collection.links.iter().any(|link| link.role == Role::About) {
            self.rows.each(number, &mut |row| {
                count += if is_by_others(row) { row.count } else { 0 };
                Ok(())
            })?;
        }
        Ok(count)
    }

    /// What was found and stays out.
    pub fn left(&self) -> &[Left] {
        &self.left
    }
}

fn is_by_others(row: &Row<'_>) -> bool {
    row.role == Role::About
}

impl Rows for Portable<'_> {
    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn each(&self, part: usize, sink: Sink<'_>) -> Result<()> {
        self.rows.each(self.from[part], &mut |row| if is_by_others(row) { Ok(()) } else { sink(row) })
    }

    fn fields(&self, part: usize) -> Option<Vec<String>> {
        self.rows.fields(self.from[part])
    }
}
