//! The server's types, as far as reading, comparing and writing their values needs.

use std::collections::HashMap;

use super::quoted;
use crate::source::ValueType;

/// The type of a column, domains resolved to what they are made of.
#[derive(Clone, Debug)]
pub(super) struct Type {
    /// How its values are read and compared.
    pub kind: Kind,
    /// Its name in SQL, with its schema.
    pub sql: String,
    /// Its name for people, and in native values.
    pub label: String,
    /// The function that writes it as text, where a cast would write something else.
    pub output: Option<String>,
    /// The operator of equality.
    pub equals: String,
    /// The names of the attributes of a composite type, or of the one an array is of.
    pub parts: Vec<String>,
}

/// What is known of a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// `smallint`.
    Int2,
    /// `integer`.
    Int4,
    /// `bigint`.
    Int8,
    /// `oid`.
    Oid,
    /// `boolean`.
    Bool,
    /// `real`.
    Float4,
    /// `double precision`.
    Float8,
    /// `numeric`.
    Numeric,
    /// `text`, `varchar`.
    Text,
    /// `char(n)`, whose trailing blanks mean nothing.
    Padded,
    /// `citext`.
    Citext,
    /// `name`.
    Name,
    /// `bytea`.
    Bytes,
    /// `json`, which keeps its text.
    Json,
    /// `jsonb`.
    Jsonb,
    /// An enumeration with these labels.
    Enum(Vec<String>),
    /// `uuid`.
    Uuid,
    /// `date`.
    Date,
    /// `timestamp`.
    Timestamp,
    /// `timestamp with time zone`.
    TimestampTz,
    /// Any other: known by its text.
    Other,
}

/// A row of `pg_type`.
pub(super) struct Row {
    pub oid: u32,
    pub schema: String,
    pub name: String,
    /// `b`ase, `d`omain, `e`num, `c`omposite, `r`ange, …
    pub form: char,
    pub base: u32,
    pub typmod: i32,
    pub not_null: bool,
    pub label: String,
    pub output: String,
    /// Whether a function casts it to text.
    pub cast: bool,
    pub labels: Vec<String>,
    pub parts: Vec<String>,
}

/// All types that columns have.
pub(super) struct Types(HashMap<u32, Row>);

impl Types {
    pub fn new(rows: impl Iterator<Item = Row>) -> Self {
        Types(rows.map(|r| (r.oid, r)).collect())
    }

    /// The type under all domains, its modifier where a domain gives one, and whether a domain forbids null.
    pub fn resolve(&self, mut oid: u32, mut typmod: i32) -> Option<(Type, i32, bool)> {
        let mut not_null = false;
        loop {
            let row = self.0.get(&oid)?;
            if row.form != 'd' {
                return Some((typed(row), typmod, not_null));
            }
            not_null |= row.not_null;
            typmod = if typmod < 0 { row.typmod } else { typmod };
            oid = row.base;
        }
    }
}

fn typed(row: &Row) -> Type {
    let built_in = row.schema == "pg_catalog";
    let kind = match row.name.as_str() {
        _ if row.form == 'e' => Kind::Enum(row.labels.clone()),
        "citext" if row.form == 'b' => Kind::Citext,
        _ if !built_in => Kind::Other,
        "int2" => Kind::Int2,
        "int4" => Kind::Int4,
        "int8" => Kind::Int8,
        "oid" => Kind::Oid,
        "bool" => Kind::Bool,
        "float4" => Kind::Float4,
        "float8" => Kind::Float8,
        "numeric" => Kind::Numeric,
        "text" | "varchar" => Kind::Text,
        "bpchar" => Kind::Padded,
        "name" => Kind::Name,
        "bytea" => Kind::Bytes,
        "json" => Kind::Json,
        "jsonb" => Kind::Jsonb,
        "uuid" => Kind::Uuid,
        "date" => Kind::Date,
        "timestamp" => Kind::Timestamp,
        "timestamptz" => Kind::TimestampTz,
        _ => Kind::Other,
    };
    let schema = if kind == Kind::Citext { row.schema.as_str() } else { "pg_catalog" };
    Type {
        output: (row.cast && !matches!(kind, Kind::Padded | Kind::Name)).then(|| row.output.clone()),
        equals: format!("OPERATOR({}.=)", quoted(schema)),
        sql: format!("{}.{}", quoted(&row.schema), quoted(&row.name)),
        label: row.label.clone(),
        parts: row.parts.clone(),
        kind,
    }
}

impl Type {
    /// The SQL that reads a column for [`super::decode`].
    pub fn read(&self, column: &str) -> String {
        match (&self.kind, &self.output) {
            (
                Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid | Kind::Bool | Kind::Float8 | Kind::Text | Kind::Bytes,
                _,
            ) => column.to_owned(),
            (_, Some(output)) => format!("pg_catalog.textin({output}({column}))"),
            (_, None) => format!("{column}::pg_catalog.text"),
        }
    }

    /// A column as text, whatever its type.
    pub fn as_text(&self, column: &str) -> String {
        match self.output {
            Some(_) => self.read(column),
            None => format!("{column}::pg_catalog.text"),
        }
    }

    /// What text given by a person is parsed as.
    pub fn value_type(&self) -> ValueType {
        match self.kind {
            Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid => ValueType::Int,
            Kind::Bool => ValueType::Bool,
            Kind::Float4 | Kind::Float8 => ValueType::Float,
            Kind::Numeric => ValueType::Decimal,
            Kind::Text | Kind::Padded | Kind::Citext | Kind::Name => ValueType::Text,
            Kind::Bytes => ValueType::Bytes,
            _ => ValueType::Native,
        }
    }

    /// Whether its values are text of any content.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Padded | Kind::Citext)
    }

    /// The least and the greatest whole number it holds.
    pub fn range(&self) -> Option<(i128, i128)> {
        match self.kind {
            Kind::Int2 => Some((i16::MIN.into(), i16::MAX.into())),
            Kind::Int4 => Some((i32::MIN.into(), i32::MAX.into())),
            Kind::Int8 => Some((i64::MIN.into(), i64::MAX.into())),
            Kind::Oid => Some((0, u32::MAX.into())),
            _ => None,
        }
    }

    /// The greatest number of characters, from the column's type modifier.
    pub fn max_length(&self, typmod: i32) -> Option<u64> {
        match self.kind {
            Kind::Text | Kind::Padded if typmod > 4 => u64::try_from(typmod - 4).ok(),
            Kind::Name => Some(63),
            _ => None,
        }
    }
}
