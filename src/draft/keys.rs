//! What addresses a record: the declared key; where there is none, an identifying column that the sample bears out;
//! else the record's content.

use super::recognise::Kind;
use super::table::Table;
use super::words::words;
use crate::source::ValueType;

/// So many records without a repetition speak for a key, where the sample is not everything.
const ENOUGH: usize = 300;

/// Chooses the key of a collection.
pub(super) fn choose(table: &Table) -> Vec<String> {
    if let Some(declared) = table.shape.keys.first() {
        return declared.clone();
    }
    let believable = table.sample.len() > 1 && (table.is_whole() || table.sample.len() >= ENOUGH);
    // A database that declares no key promises nothing; a file cannot declare any.
    if !believable || table.shape.closed && table.declares_keys() {
        return Vec::new();
    }
    one(table).or_else(|| two(table)).unwrap_or_default()
}

fn one(table: &Table) -> Option<Vec<String>> {
    let mut candidates: Vec<_> = table.fields.iter().filter(|f| identifies(table, f) && f.differs()).collect();
    candidates.retain(|f| f.filled == table.sample.len() && !f.path.is_many());
    let own = |f: &&super::table::Field| f.stem.words.is_empty() || super::words::same(&f.stem.words, &table.words);
    let chosen = candidates.iter().find(|f| own(f)).or(candidates.first())?;
    Some(vec![chosen.name().to_owned()])
}

/// Two columns that identify together: `order_id` and `line_no`.
fn two(table: &Table) -> Option<Vec<String>> {
    let fields: Vec<_> = table.fields.iter().filter(|f| identifies(table, f) || counts(f.name())).collect();
    let filled = |f: &super::table::Field| f.filled == table.sample.len() && !f.path.is_many();
    for (i, a) in fields.iter().enumerate().filter(|(_, f)| filled(f)) {
        for b in fields[i + 1..].iter().filter(|f| filled(f)) {
            let paths = [a.path.clone(), b.path.clone()];
            if table.tuples(&paths, usize::MAX).len() == table.sample.len() {
                return Some(vec![a.name().to_owned(), b.name().to_owned()]);
            }
        }
    }
    None
}

fn identifies(table: &Table, field: &super::table::Field) -> bool {
    let marked = field.stem.marked || matches!(field.found.kind, Kind::AccountNumber);
    let inside = field.path.steps().len() > 1 && table.shape.closed;
    marked && !inside && !matches!(field.column.ty, ValueType::Float | ValueType::Bool | ValueType::Nested)
}

fn counts(name: &str) -> bool {
    words(name)
        .iter()
        .any(|w| ["line", "item", "position", "pos", "row", "day", "date", "version"].contains(&w.as_str()))
}
