//! One collection as drafting sees it: its shape, a bounded sample, and what each field seems to hold.

use std::collections::HashSet;

use super::fields::WORTH;
use super::parts::{of_array, parts, whole};
use super::recognise::{ColumnLook, Recognition, SURE, recognise};
use super::vocabulary::names_people;
use super::words::{Stem, singular, stem, words};
use crate::record::{FieldPath, Record, Value};
use crate::source::{Column, Shape, ValueType};

/// How many records of a collection are looked at.
pub(super) const SAMPLE: usize = 1000;

/// A collection that was looked at.
pub(super) struct Table {
    /// The place of its source.
    pub source: usize,
    /// What the source says of it.
    pub shape: Shape,
    /// The words of its name, in the singular, without what all tables of the source begin with.
    pub words: Vec<String>,
    /// The namespace before its name (`sales` of `sales.orders`).
    pub space: String,
    /// Some of its records.
    pub sample: Vec<Record>,
    /// Its fields: columns, or the paths of documents that have no parts.
    pub fields: Vec<Field>,
    /// The columns that address a record; empty: its content.
    pub key: Vec<String>,
    /// Columns that no two records share a value of and nobody declared so, with values that do not occur by accident.
    pub numbers: Vec<String>,
}

/// One field of a collection.
pub(super) struct Field {
    /// As the source says.
    pub column: Column,
    /// The way to it.
    pub path: FieldPath,
    /// What it seems to hold.
    pub found: Recognition,
    /// What its name says it identifies.
    pub stem: Stem,
    /// Values in the sample that are there.
    pub filled: usize,
    /// Different values among them.
    pub distinct: usize,
}

impl Field {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.column.name
    }

    /// Whether every sampled value is there but once.
    pub fn differs(&self) -> bool {
        self.filled > 1 && self.distinct == self.filled
    }

    /// Whether what was recognised may be taken without a person.
    pub fn is_sure(&self) -> bool {
        self.found.confidence >= SURE
    }
}

impl Table {
    /// Looks at what was sampled.
    pub fn of(source: usize, shape: Shape, sample: Vec<Record>) -> Table {
        let paths: Vec<FieldPath> = shape.columns.iter().map(|c| path(&shape, &c.name)).collect();
        let has_parts =
            |p: &FieldPath| paths.iter().any(|q| q.steps().len() > p.steps().len() && q.steps().starts_with(p.steps()));
        let columns = shape.columns.iter().zip(&paths).filter(|(_, p)| !has_parts(p));
        let fields = columns.map(|(column, path)| field(&shape, column, path, &sample)).collect();
        let space = shape.name.rsplit_once('.').map(|(space, _)| space.to_owned()).unwrap_or_default();
        let space = if shape.closed { space } else { String::new() };
        Table { source, words: Vec::new(), space, sample, fields, key: Vec::new(), numbers: Vec::new(), shape }
    }

    /// What its fields seem to hold where its records are people's addresses, whatever its name says.
    pub fn as_addresses(&self) -> Vec<Recognition> {
        let look = |field: &Field| {
            let values: Vec<&Value> =
                self.sample.iter().flat_map(|r| r.at(&field.path)).filter(|v| !is_nothing(v)).collect();
            as_part_of("address", &field.column, &values, field.distinct)
        };
        self.fields.iter().map(look).collect()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.shape.name
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name() == name)
    }

    /// Whether the sample is all there is.
    pub fn is_whole(&self) -> bool {
        self.sample.len() < SAMPLE
    }

    /// Whether these columns are its key.
    pub fn is_key(&self, columns: &[String]) -> bool {
        !columns.is_empty() && self.key == columns
    }

    /// Whether one value of these columns is in one record at most, as the source declares or the sample shows.
    pub fn is_unique(&self, columns: &[String]) -> bool {
        let set = |keys: &[Vec<String>]| keys.iter().any(|k| k.iter().all(|c| columns.contains(c)));
        if set(&self.shape.keys) || set(&self.shape.unique) {
            return true;
        }
        !self.declares_keys() && self.key.iter().all(|k| columns.contains(k)) && !self.key.is_empty()
    }

    /// Whether the source says anything about keys here.
    pub fn declares_keys(&self) -> bool {
        !self.shape.keys.is_empty() || !self.shape.unique.is_empty()
    }

    /// The different values of these columns together, in the order of the sample, at most `limit`.
    pub fn tuples<'a>(&'a self, columns: &[FieldPath], limit: usize) -> Vec<Vec<&'a Value>> {
        self.tuples_where(columns, limit, &|_| true)
    }

    /// The same, of those records only.
    pub fn tuples_where<'a>(
        &'a self,
        columns: &[FieldPath],
        limit: usize,
        applies: &dyn Fn(&Record) -> bool,
    ) -> Vec<Vec<&'a Value>> {
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for record in self.sample.iter().filter(|r| applies(r)) {
            let parts: Vec<Vec<&Value>> = columns.iter().map(|c| record.at(c)).collect();
            let longest = parts.iter().map(Vec::len).min().unwrap_or(0);
            for i in 0..longest {
                let tuple: Vec<&Value> = parts.iter().map(|p| p[i]).collect();
                if tuple.iter().any(|v| is_nothing(v)) {
                    continue;
                }
                let text: Vec<String> = tuple.iter().map(|v| spelled(v)).collect();
                if out.len() < limit && seen.insert(text.join("\u{1f}")) {
                    out.push(tuple);
                }
            }
        }
        out
    }
}

/// A name as the collection reads it: where not all columns are known, these are documents.
pub(super) fn path(shape: &Shape, name: &str) -> FieldPath {
    if shape.closed { FieldPath::column(name) } else { FieldPath::nested(name) }
}

/// Whether a value says nothing: null, or the empty text.
pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.plain().is_some_and(|t| t.is_empty())
}

/// A value as text, for telling values apart.
pub(super) fn spelled(value: &Value) -> String {
    match value {
        Value::Bytes(bytes) => hex::encode(bytes),
        other => other.plain().map(|t| t.into_owned()).unwrap_or_default(),
    }
}

fn field(shape: &Shape, column: &Column, path: &FieldPath, sample: &[Record]) -> Field {
    let values: Vec<&Value> = sample.iter().flat_map(|r| r.at(path)).filter(|v| !is_nothing(v)).collect();
    let distinct = values.iter().map(|v| spelled(v)).collect::<HashSet<_>>().len();
    let name = shape.name.rsplit('.').next().unwrap_or_default();
    let people = names_people(&words(name).iter().map(|w| singular(w)).collect::<Vec<_>>());
    // In a collection of people each is the record's own person: only the column can say that it is somebody else.
    let found = as_part_of(if people { "customer" } else { &shape.name }, column, &values, distinct);
    let (filled, stem) = (values.len(), stem(&column.name));
    Field { column: column.clone(), path: path.clone(), found, stem, filled, distinct }
}

/// What a column seems to hold, were it one of a collection of that name: by itself, and by what its values are made of.
fn as_part_of(collection: &str, column: &Column, values: &[&Value], distinct: usize) -> Recognition {
    let look = |name: &str, declared: &str, ty: ValueType, samples: &[&Value], unique: bool| {
        let max_length = column.max_length;
        recognise(&ColumnLook { collection, column: name, declared, ty, max_length, samples, unique_in_sample: unique })
    };
    if let Some(elements) = of_array(column, values) {
        let declared = column.declared.trim_end_matches("[]");
        let found = look(&column.name, declared, column.ty, &elements.iter().collect::<Vec<_>>(), false);
        // A search compares whole values.
        return Recognition { identity: None, ..found };
    }
    let own = look(&column.name, &column.declared, column.ty, values, distinct == values.len());
    let part = |(way, values): (String, Vec<Value>)| {
        let name = format!("{}.{way}", column.name);
        let found = look(&name, "", ValueType::Text, &values.iter().collect::<Vec<_>>(), false);
        (way, found)
    };
    let parts: Vec<(String, Recognition)> = parts(column, values).into_iter().map(part).collect();
    whole(column, own, &parts, WORTH)
}
