//! Rows addressed by many keys at once: lists of texts that travel as arrays and are joined with the table.

use super::catalogue::Table;
use super::encode;
use super::quoted;
use super::types::{Kind, Type};
use crate::record::{Key, Value};

/// Lists of texts, one a column of the join `k`; each list has one text a row addressed.
#[derive(Default)]
pub(super) struct Lists(pub Vec<Vec<Option<String>>>);

/// What addresses rows: the join's first columns and the condition that ties them to the table.
pub(super) struct Addressed {
    pub lists: Lists,
    pub condition: String,
}

/// Rows by one column alone: the server walks its index once along the sorted list, which costs half of a join.
pub(super) struct Listed {
    pub lists: Lists,
    column: String,
    ty: Type,
}

impl Listed {
    /// Rows by keys of one form; none where that is of several columns, or of a type without order.
    pub fn of(table: &Table, form: &Form<'_>, keys: &[&Key]) -> Option<Listed> {
        let ([column], false) = (form.0.as_slice(), form.1) else { return None };
        let ty = table.ty(column).filter(|ty| encode::has_equality(ty))?;
        let (Addressed { lists, .. }, _) = Addressed::by_columns(table, form, keys)?;
        Some(Listed { lists, column: format!("t.{}", quoted(column)), ty: ty.clone() })
    }

    /// The condition, its parameter being that number.
    pub fn condition(&self, parameter: usize) -> String {
        format!("{} {} ANY (${parameter}::{}[])", self.column, self.ty.equals, self.ty.sql)
    }
}

/// The columns of a key, and whether one of its values is null: keys alike in that are joined together.
pub(super) type Form<'k> = (Vec<&'k str>, bool);

/// The form of a key; none where it is the record's content.
pub(super) fn form(key: &Key) -> Option<Form<'_>> {
    match key {
        Key::Columns(parts) => {
            Some((parts.iter().map(|(name, _)| name.as_str()).collect(), parts.iter().any(|(_, v)| v.is_null())))
        }
        Key::Content(_) => None,
    }
}

impl Addressed {
    /// Rows by keys of one form. The second value gives the keys that are in the lists: one that the table cannot hold
    /// is not.
    pub fn by_columns(table: &Table, form: &Form<'_>, keys: &[&Key]) -> Option<(Addressed, Vec<usize>)> {
        let types: Vec<&Type> = form.0.iter().map(|name| table.ty(name)).collect::<Option<_>>()?;
        let mut lists: Vec<Vec<Option<String>>> = vec![Vec::new(); types.len()];
        let mut there = Vec::new();
        for (i, key) in keys.iter().enumerate() {
            let Key::Columns(parts) = key else { continue };
            let texts: Option<Vec<_>> = parts.iter().zip(&types).map(|((_, v), ty)| key_text(v, ty)).collect();
            if let Some(texts) = texts {
                there.push(i);
                lists.iter_mut().zip(texts).for_each(|(list, text)| list.push(text));
            }
        }
        let condition = form.0.iter().zip(&types).enumerate().map(|(i, (name, ty))| {
            let column = format!("t.{}", quoted(name));
            match (form.1, encode::has_equality(ty)) {
                (false, true) => format!("{column} {} k.c{i}::{}", ty.equals, ty.sql),
                (true, true) => format!("{column} IS NOT DISTINCT FROM k.c{i}::{}", ty.sql),
                (_, false) => format!("{} IS NOT DISTINCT FROM k.c{i}", ty.as_text(&column)),
            }
        });
        let condition = condition.collect::<Vec<_>>().join(" AND ");
        Some((Addressed { lists: Lists(lists), condition }, there))
    }

    /// Rows by where they stand, as long as nobody changes them: (table, place).
    pub fn by_place(places: &[(String, String)]) -> Addressed {
        let (tables, rows) = places.iter().map(|(t, p)| (Some(t.clone()), Some(p.clone()))).unzip();
        let condition = "t.tableoid = k.c0::pg_catalog.oid AND t.ctid = k.c1::pg_catalog.tid".to_owned();
        Addressed { lists: Lists(vec![tables, rows]), condition }
    }
}

/// The text of a key's value: none where it is no value of the column's type, so that no row has it.
fn key_text(value: &Value, ty: &Type) -> Option<Option<String>> {
    let fits = match (value, &ty.kind) {
        (Value::Null, _) => true,
        (Value::Int(_), Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid) => true,
        (_, Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid) => false,
        (Value::Bool(_), Kind::Bool) | (Value::Float(_), Kind::Float4 | Kind::Float8) => true,
        (Value::Decimal(_), Kind::Numeric) | (Value::Bytes(_), Kind::Bytes) => true,
        (_, Kind::Bool | Kind::Float4 | Kind::Float8 | Kind::Numeric | Kind::Bytes) => false,
        (Value::Text(label), Kind::Enum(labels)) => labels.contains(label),
        (Value::Native { ty: native, .. }, _) => *native == ty.label,
        (Value::Text(_), kind) => matches!(kind, Kind::Text | Kind::Padded | Kind::Citext | Kind::Name | Kind::Json),
        _ => false,
    };
    let range = match (value, &ty.kind) {
        (Value::Int(i), Kind::Int2) => i16::try_from(*i).is_ok(),
        (Value::Int(i), Kind::Int4) => i32::try_from(*i).is_ok(),
        (Value::Int(i), Kind::Int8) => i64::try_from(*i).is_ok(),
        (Value::Int(i), Kind::Oid) => u32::try_from(*i).is_ok(),
        _ => true,
    };
    if fits && range { encode::text(value, ty) } else { None }
}

impl Lists {
    /// The join's SQL: `ROWS FROM (unnest($1), …) AS k(c0, …)`, its parameters numbered from `first`.
    pub fn sql(&self, first: usize) -> String {
        let lists = (0..self.0.len()).map(|i| format!("pg_catalog.unnest(${}::pg_catalog.text[])", first + i));
        let names: Vec<String> = (0..self.0.len()).map(|i| format!("c{i}")).collect();
        format!("ROWS FROM ({}) AS k({})", lists.collect::<Vec<_>>().join(", "), names.join(", "))
    }
}
