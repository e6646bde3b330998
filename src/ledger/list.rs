//! An import list against the ledger: which of its rows are of somebody who was erased.
//!
//! Which columns hold identifiers is said, or recognised as a draft of the map recognises them. The rows that stay are
//! given back byte for byte.

use std::collections::BTreeSet;
use std::io::Write;

use super::remembered::Remembered;
use super::tag::{Hide, identity_tag};
use crate::draft::recognise::{ColumnLook, SURE, recognise};
use crate::error::{Error, Result};
use crate::find::is_unique;
use crate::map::{DataMap, Identity, NormalForm};
use crate::problem::Problem;
use crate::record::{Record, Value};
use crate::source::question::normal_of;
use crate::source::{List, ValueType};

/// A column of the list that holds an identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its place.
    pub place: usize,
    /// The identity.
    pub identity: String,
}

/// What became of the list.
#[derive(Debug, Default)]
pub struct Listed {
    /// How many rows stay.
    pub kept: u64,
    /// The lines of those that do not: somebody in them was erased.
    pub removed: Vec<u64>,
    /// Rows that could not be read for sure; they do not stay either.
    pub problems: Vec<Problem>,
}

/// Which columns hold which identity: as said (identity, name of the column), else as recognised.
pub fn columns(map: &DataMap, list: &List, said: &[(String, String)]) -> Result<Vec<Column>> {
    let names = list.names();
    let place = |name: &str| names.iter().position(|n| n == name);
    if !said.is_empty() {
        let one = |(identity, name): &(String, String)| {
            if !is_unique(map, identity) {
                return Err(Error::usage(format!("{identity} is no identity that one person alone holds")).hint(
                    format!("identities: {}", unique(map).map(|i| i.name.as_str()).collect::<Vec<_>>().join(", ")),
                ));
            }
            match place(name) {
                Some(place) => Ok(Column { place, identity: identity.clone() }),
                None => Err(Error::usage(format!("the list has no column {name}"))
                    .hint(format!("its columns: {}", names.join(", ")))),
            }
        };
        return said.iter().map(one).collect();
    }
    let sample = list.sample(300)?;
    let mut found = Vec::new();
    for (place, name) in names.iter().enumerate() {
        found.extend(held(map, name, place, &sample).into_iter().map(|identity| Column { place, identity }));
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(Error::usage("no column of the list is recognised as an identity of the data map")
            .hint("name it: --column email=COLUMN")
            .hint(format!("its columns: {}", names.join(", ")))),
    }
}

fn unique(map: &DataMap) -> impl Iterator<Item = &Identity> {
    map.identities.values().filter(|i| is_unique(map, &i.name))
}

/// The identities a column seems to hold: by its name, as the map names them or their fields; by what it holds.
fn held(map: &DataMap, name: &str, place: usize, sample: &[Record]) -> BTreeSet<String> {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let values: Vec<&Value> = sample.iter().filter_map(|r| r.values.get(place)).collect();
    let collections = || map.sources.iter().flat_map(|s| &s.collections);
    let recognised = recognise(&ColumnLook {
        collection: "",
        column: name,
        declared: "",
        ty: ValueType::Text,
        max_length: None,
        samples: &values,
        unique_in_sample: false,
    });
    let kind = recognised.identity.filter(|_| recognised.confidence >= SURE);
    let is = |identity: &&Identity| {
        let called = plain(&identity.name) == plain(name);
        let fields = collections().flat_map(|c| &c.identities).filter(|(i, _)| *i == identity.name);
        let like_a_field = fields.into_iter().any(|(_, path)| {
            let last = path.as_str().rsplit('.').next().unwrap_or_default();
            // `id` says nothing of whose it is.
            plain(last) == plain(name) && plain(name) != "id"
        });
        let of_kind = kind.is_some_and(|kind| match identity.normal {
            NormalForm::Email | NormalForm::Phone => kind.normal() == identity.normal,
            NormalForm::Text | NormalForm::Exact => kind.name() == identity.name,
        });
        called || like_a_field || of_kind
    };
    unique(map).filter(is).map(|identity| identity.name.clone()).collect()
}

/// Reads the list once and writes what stays of it.
pub fn filter(
    map: &DataMap,
    list: &List,
    columns: &[Column],
    country: Option<&str>,
    remembered: &Remembered,
    hide: &dyn Hide,
    out: &mut dyn Write,
) -> Result<Listed> {
    let write = |out: &mut dyn Write, bytes: &[u8]| {
        out.write_all(bytes).map_err(|e| Error::failed(format!("the list cannot be written: {}", e.kind())))
    };
    write(out, &list.head()?)?;
    let mut listed = Listed::default();
    let width = list.names().len();
    let problems = list.each(&mut |row| {
        if row.record.values.len() > width {
            // What belongs to which column cannot be told.
            let message = "more fields than the header has; the row was left out: put it right, and check again";
            listed.problems.push(Problem::new("ragged-row", format!("line {}", row.line), message));
            return Ok(());
        }
        match is_listed(map, columns, country, remembered, hide, &row.record) {
            true => listed.removed.push(row.line),
            false => {
                listed.kept += 1;
                write(out, &row.bytes)?;
            }
        }
        Ok(())
    })?;
    listed.problems.extend(problems.into_iter().filter(|p| p.code != "ragged-row"));
    if list.has_changed() {
        return Err(Error::failed("the list changed while it was read").hint("check it again when it is at rest"));
    }
    Ok(listed)
}

fn is_listed(
    map: &DataMap,
    columns: &[Column],
    country: Option<&str>,
    remembered: &Remembered,
    hide: &dyn Hide,
    record: &Record,
) -> bool {
    columns.iter().any(|column| {
        let form = map.identities.get(&column.identity).map(|i| i.normal);
        let normal = record.values.get(column.place).zip(form).and_then(|(v, form)| normal_of(v, form, country));
        normal.is_some_and(|n| remembered.holder(&identity_tag(hide, &column.identity, &n)).is_some())
    })
}
