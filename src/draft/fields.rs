//! What the map says of each column: a category and a rule where it is personal, else that it is known.

use std::collections::{BTreeMap, HashMap};

use super::identities::is_of_who_did_it;
use super::recognise::{Kind, Recognition};
use super::standing::{Seen, Standing};
use super::table::Table;
use super::words::words;
use crate::map::{About, Field, FieldErase};
use crate::source::{Column, Shape, ValueType};

/// From this confidence on a guess is written down.
pub(super) const WORTH: u8 = 50;

/// The fields of a collection, and the columns that are about nobody.
pub(super) fn fields(
    seen: &Seen<'_>,
    all: &[Standing],
    t: usize,
    said: &[String],
) -> (BTreeMap<String, Field>, Vec<String>) {
    let table = &seen.tables[t];
    let (mut fields, mut other) = (BTreeMap::new(), Vec::new());
    let mut labels: HashMap<&str, usize> = HashMap::new();
    for field in table.fields.iter().filter(|f| f.found.kind.is_personal()) {
        *labels.entry(field.found.label.as_deref().unwrap_or_default()).or_default() += 1;
    }
    for field in &table.fields {
        let linked = said.iter().any(|s| s == field.name());
        let found = &field.found;
        let personal = found.category.is_some() && found.confidence >= WORTH;
        if !personal || linked {
            match held(seen, all, t, field.name()) {
                Some(one) if !linked => drop(fields.insert(field.name().to_owned(), one)),
                _ if linked || table.key.iter().any(|k| k == field.name()) => {}
                _ => other.push(field.name().to_owned()),
            }
            continue;
        }
        let label = found.label.as_deref().unwrap_or_default();
        let label = if labels.get(label) == Some(&1) { label.to_owned() } else { spoken(field.name()) };
        let in_key = table.key.iter().any(|k| k == field.name());
        fields.insert(
            field.name().to_owned(),
            Field {
                category: found.category.clone(),
                label: Some(label).filter(|l| !l.is_empty()),
                disclose: found.disclose,
                about: if found.about_other || is_of_who_did_it(table, field) { About::Other } else { About::Subject },
                erase: if in_key { None } else { Some(fitting(table, &field.column, found)) },
                ..Field::default()
            },
        );
    }
    (fields, other)
}

/// A column that refers to what is a person's too, from the other side: the address of a customer.
fn held(seen: &Seen<'_>, all: &[Standing], t: usize, column: &str) -> Option<Field> {
    let back = |s: &Standing| s.ties.iter().any(|k| k.to == t && k.to_columns == [column] && k.role.is_own());
    let there = (0..all.len()).find(|a| *a != t && back(&all[*a]))?;
    let table = &seen.tables[t];
    let field = table.field(column)?;
    if table.key.iter().any(|k| k == column) {
        return None;
    }
    let aim = &seen.tables[there];
    let category = aim.fields.iter().filter_map(|f| f.found.category.as_deref()).find(|c| c.starts_with("user"));
    let address = aim.fields.iter().any(|f| f.found.kind.is_address());
    Some(Field {
        category: Some(if address { "user.contact.address" } else { category.unwrap_or("user") }.to_owned()),
        label: Some(spoken(column)),
        erase: Some(if field.column.nullable { FieldErase::Null } else { FieldErase::Keep }),
        ..Field::default()
    })
}

/// A column's name as people would say it: `billing_city` is "Billing city".
pub(super) fn spoken(name: &str) -> String {
    let mut text = words(name).join(" ");
    if let Some(first) = text.chars().next() {
        text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    text
}

/// How a field is emptied, as its column allows.
fn fitting(table: &Table, column: &Column, found: &Recognition) -> FieldErase {
    let wanted = found.erase.clone().unwrap_or(FieldErase::Null);
    let text = matches!(column.ty, ValueType::Text | ValueType::Any) && !is_moment(column);
    let single = unique(&table.shape, &column.name);
    let fits = |length: u64| column.max_length.is_none_or(|most| most >= length);
    if column.generated {
        return FieldErase::Keep;
    }
    match wanted {
        FieldErase::Fixed(_) if single && text && fits(38) => FieldErase::Tombstone,
        FieldErase::Fixed(_) if single && column.nullable => FieldErase::Null,
        FieldErase::Null if column.nullable => FieldErase::Null,
        FieldErase::Null if single && text && fits(38) => FieldErase::Tombstone,
        FieldErase::Null if single => FieldErase::Keep,
        // Where something must stand, and the source takes nothing else, it is as coarse as can be.
        FieldErase::Null if column.ty == ValueType::Native && found.kind == Kind::DateOfBirth => FieldErase::Year,
        FieldErase::Null if column.ty == ValueType::Native && found.kind == Kind::IpAddress => FieldErase::Truncate,
        FieldErase::Null => substitute(column, text),
        other => other,
    }
}

/// What stands in a column that must hold something.
fn substitute(column: &Column, text: bool) -> FieldErase {
    let fixed = |text: &str| FieldErase::Fixed(text.to_owned());
    match column.ty {
        ValueType::Int | ValueType::Float | ValueType::Decimal if !is_moment(column) => fixed("0"),
        _ if is_moment(column) => FieldErase::Keep,
        _ if column.declared.to_ascii_lowercase().starts_with("json") => fixed("{}"),
        _ if !column.parts.is_empty() && !column.declared.ends_with("[]") => {
            fixed(&format!("({})", ",".repeat(column.parts.len() - 1)))
        }
        _ if text && column.max_length.is_none_or(|most| most >= 7) => fixed("removed"),
        _ if text => fixed(""),
        _ => FieldErase::Keep,
    }
}

fn is_moment(column: &Column) -> bool {
    let declared = column.declared.to_ascii_lowercase();
    ["date", "time", "year", "interval"].iter().any(|w| declared.contains(w))
}

fn unique(shape: &Shape, column: &str) -> bool {
    shape.keys.iter().chain(&shape.unique).any(|set| set.len() == 1 && set[0] == *column)
}

/// Columns that hold what is never handed out: security codes first, then passwords and other secrets.
pub(super) fn secrets(table: &Table) -> Vec<(Kind, String)> {
    let held = table.fields.iter().filter(|f| f.found.kind.is_secret() && f.found.confidence >= WORTH);
    let mut out: Vec<(Kind, String)> = held.map(|f| (f.found.kind, f.name().to_owned())).collect();
    out.sort_by_key(|(kind, _)| *kind != Kind::SecurityCode);
    out
}
