//! What a source holds, as it says itself: collections, columns, keys, declared references.

use crate::record::{Digest, Digester, Record, Value};

/// All collections of a source.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// In the source's order.
    pub collections: Vec<Shape>,
}

/// What kind of collection it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShapeKind {
    /// A table, or a file of records.
    #[default]
    Table,
    /// A view: another look at data held elsewhere, never more data.
    View,
}

/// One collection as it is now.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Table or view.
    pub kind: ShapeKind,
    /// Columns or top-level fields, in order. For documents: the paths seen in a bounded sample.
    pub columns: Vec<Column>,
    /// Whether `columns` is all there can be (a table), or what a sample showed (documents).
    pub closed: bool,
    /// Whether it cannot hold null: an empty field there is the empty text.
    pub no_null: bool,
    /// Sets of columns that are unique and never null; the primary key first.
    pub keys: Vec<Vec<String>>,
    /// Sets of columns that are unique but may be null.
    pub unique: Vec<Vec<String>>,
    /// Declared references to other collections.
    pub references: Vec<ForeignKey>,
    /// Collections whose columns it has inherited: its records are of their kind, and stand here alone.
    pub inherits: Vec<String>,
    /// Roughly how many records, where that is cheap to know.
    pub rows: Option<u64>,
    /// Names of triggers on it.
    pub triggers: Vec<String>,
    /// The storage engine, where what it changes cannot be taken back.
    pub not_transactional: Option<String>,
    /// What is wrong with it, found while looking: duplicate header, malformed lines in the sample.
    pub problems: Vec<crate::problem::Problem>,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its name; for documents its path (`device.id`, `items[].sku`).
    pub name: String,
    /// The type as declared; empty where there is none.
    pub declared: String,
    /// What text given by a person is parsed as.
    pub ty: ValueType,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether the source computes it; it cannot be set.
    pub generated: bool,
    /// Whether it is computed from the record's other columns alone, so that it tells no two records apart.
    pub follows: bool,
    /// Whether the source compares it without regard to (ASCII) case.
    pub nocase: bool,
    /// The greatest number of characters, where the source limits it.
    pub max_length: Option<u64>,
    /// The least and the greatest whole number, where the source limits them.
    pub range: Option<(i128, i128)>,
    /// The only values it takes, where the source lists them (an enumeration); empty: any.
    pub allowed: Vec<String>,
    /// The names of what its values are composed of, where its type says so (a composite type, or an array of one).
    pub parts: Vec<String>,
}

/// What a column holds, as far as parsing a value for it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueType {
    /// Text.
    #[default]
    Text,
    /// Whole numbers.
    Int,
    /// Exact decimal numbers.
    Decimal,
    /// Binary floating-point numbers.
    Float,
    /// Truth values.
    Bool,
    /// Bytes.
    Bytes,
    /// Lists or objects.
    Nested,
    /// Values of a type only the source knows, given as text that it can read: a date, a UUID, an enumeration.
    Native,
    /// Whatever is given (no declared type).
    Any,
}

/// A declared reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignKey {
    /// Columns here.
    pub columns: Vec<String>,
    /// The collection referred to.
    pub to: String,
    /// Its columns.
    pub to_columns: Vec<String>,
    /// What the database does by itself when the record referred to goes.
    pub on_delete: Action,
    /// And when its key changes.
    pub on_update: Action,
    /// Whether its columns may be null only all together (MATCH FULL).
    pub full: bool,
}

/// What a database does to a reference by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Refuses, at the latest at commit.
    #[default]
    Refuse,
    /// Deletes or changes along.
    Cascade,
    /// Sets it to null.
    SetNull,
    /// Sets it to the column's default.
    SetDefault,
}

impl Schema {
    /// The collection of that name.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.collections.iter().find(|s| s.name == name)
    }
}

impl Shape {
    /// Adds what a plan rests on: columns, keys, references, triggers. Not how many records there are.
    pub fn digest(&self, d: &mut Digester) {
        d.text(&self.name);
        d.count(self.columns.len());
        for c in &self.columns {
            d.text(&c.name);
            d.text(&c.declared);
            d.text(&format!("{:?} {} {} {:?}", c.ty, c.nullable, c.generated, c.max_length));
            d.count(c.allowed.len());
            c.allowed.iter().for_each(|value| d.text(value));
            c.parts.iter().for_each(|name| d.text(name));
        }
        for names in self.keys.iter().chain(&self.unique).chain([&self.triggers]) {
            d.count(names.len());
            names.iter().for_each(|name| d.text(name));
        }
        d.count(self.references.len());
        for r in &self.references {
            d.text(&r.to);
            r.columns.iter().chain(&r.to_columns).for_each(|name| d.text(name));
            d.text(&format!("{:?} {:?} {}", r.on_delete, r.on_update, r.full));
        }
    }

    /// What an emptied field holds.
    pub fn nothing(&self) -> Value {
        if self.no_null { Value::Text(String::new()) } else { Value::Null }
    }

    /// The digest by which a record without a key is addressed: of all its columns but those that follow others, so
    /// that what it will be once the others are set is known beforehand.
    pub fn content(&self, record: &Record) -> Digest {
        let follows = |name: &String| self.column(name).is_some_and(|c| c.follows);
        if !self.columns.iter().any(|c| c.follows) {
            return record.digest();
        }
        let kept = record.names.iter().zip(&record.values).filter(|(name, _)| !follows(name));
        let (names, values): (Vec<String>, Vec<Value>) = kept.map(|(n, v)| (n.clone(), v.clone())).unzip();
        Record::new(names.into(), values).digest()
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.name == name)
    }
}
