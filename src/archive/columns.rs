//! The columns of a collection: their names in the files, and what was met in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reason::Reason;
use super::withhold::Shown;
use super::{Rows, jsonl};
use crate::error::Result;
use crate::record::{Names, Value};

/// A column of the CSV file, a member of the JSON objects.
pub struct Column {
    /// Its name in the files: the source's, made unique.
    pub name: String,
    /// Its name in the source.
    pub origin: String,
    /// Its name with quotes and colon, as it stands in every line.
    pub json: Vec<u8>,
    /// What kinds of value were met.
    pub kinds: Kinds,
    /// Whether the map calls it an identity: its numbers may be somebody's.
    pub is_identity: bool,
    /// How many of its values are withheld, by place of the reason.
    pub withheld: [u64; Reason::ALL.len()],
}

impl Column {
    /// A column of that name in the files and in the source.
    pub fn new(name: String, origin: String) -> Column {
        let mut json = Vec::new();
        jsonl::text(&mut json, &name);
        json.push(b':');
        Column { name, origin, json, kinds: Kinds::default(), is_identity: false, withheld: Default::default() }
    }
}

/// Which kinds of value a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    const INT: u8 = 1;
    const NUMBER: u8 = 2;
    const BOOL: u8 = 4;
    const LIST: u8 = 8;
    const OBJECT: u8 = 16;
    const OTHER: u8 = 32;

    /// Adds the kind of what is shown of a value.
    pub fn add(&mut self, shown: &Shown<'_>) {
        self.0 |= match shown {
            Shown::Given(Value::Null) | Shown::Withheld(_) => 0,
            Shown::Given(Value::Int(_)) => Self::INT,
            Shown::Given(Value::Float(x)) if x.is_finite() => Self::NUMBER,
            Shown::Given(Value::Decimal(t)) if self.0 & Self::OTHER == 0 && jsonl::is_number(t) => Self::NUMBER,
            Shown::Given(Value::Bool(_)) => Self::BOOL,
            Shown::Given(Value::List(_)) | Shown::List(_) => Self::LIST,
            Shown::Given(Value::Object(_)) | Shown::Object(_) => Self::OBJECT,
            _ => Self::OTHER,
        };
    }

    /// The kinds that were met.
    pub fn met(self) -> impl Iterator<Item = Met> {
        const ALL: [(u8, Met); 6] = [
            (Kinds::INT, Met::Int),
            (Kinds::NUMBER, Met::Number),
            (Kinds::BOOL, Met::Bool),
            (Kinds::LIST, Met::List),
            (Kinds::OBJECT, Met::Object),
            (Kinds::OTHER, Met::Other),
        ];
        ALL.into_iter().filter(move |(bit, _)| self.0 & bit != 0).map(|(_, met)| met)
    }

    /// The type of Table Schema that fits every value.
    pub fn table_type(self) -> &'static str {
        match self.0 {
            0 => "any",
            Self::INT => "integer",
            Self::NUMBER | 3 => "number",
            Self::BOOL => "boolean",
            Self::LIST => "array",
            Self::OBJECT => "object",
            _ => "string",
        }
    }
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Whole numbers.
    Int,
    /// Other numbers.
    Number,
    /// Truth values.
    Bool,
    /// Lists.
    List,
    /// Objects.
    Object,
    /// Texts, bytes, files, what was redacted; where there are such, numbers by their digits too.
    Other,
}

/// The names of all fields of a part's records, in order of appearance.
pub fn survey(rows: &dyn Rows, part: usize) -> Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut known = BTreeSet::new();
    let mut last: Option<Names> = None;
    rows.each(part, &mut |row| {
        if !last.as_ref().is_some_and(|names| Arc::ptr_eq(names, &row.record.names)) {
            for field in unique(&row.record.names) {
                if known.insert(field.0.clone()) {
                    fields.push(field);
                }
            }
            last = Some(row.record.names.clone());
        }
        Ok(())
    })?;
    Ok(fields)
}

/// Each name as it is in the files and as it is in the source: a second `a` is `a (2)`, an empty one `(no name)`.
pub fn unique(names: &[String]) -> Vec<(String, String)> {
    let mut taken = BTreeSet::new();
    let unique = |origin: &String| {
        let plain = if origin.is_empty() { "(no name)" } else { origin };
        let mut name = plain.to_owned();
        let mut n = 2u64;
        while !taken.insert(name.clone()) {
            name = format!("{plain} ({n})");
            n += 1;
        }
        (name, origin.clone())
    };
    names.iter().map(unique).collect()
}
