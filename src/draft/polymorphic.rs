//! Pairs of a type and an id (`record_type`, `record_id`): the type names the collection, the id the record in it.

use std::collections::BTreeMap;

use super::refer::Reference;
use super::table::{Table, spelled};
use super::words::{is_mark, same, singular, words};

/// More kinds of record than this are no list of collections.
const KINDS: usize = 60;

/// The references of such pairs, one for each collection that a type names.
pub(super) fn suggested(tables: &[Table], from: usize) -> Vec<Reference> {
    let table = &tables[from];
    let mut out = Vec::new();
    for (kind, id) in pairs(table) {
        let Some(field) = table.field(&kind) else { continue };
        let mut by_aim: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for value in table.tuples(std::slice::from_ref(&field.path), KINDS + 1).iter().map(|t| spelled(t[0])) {
            if let Some(to) = named(tables, table, &value) {
                by_aim.entry(to).or_default().push(value);
            }
        }
        if field.distinct > KINDS {
            continue;
        }
        for (to, values) in by_aim {
            let [key] = tables[to].key.as_slice() else { continue };
            let mut one = Reference::new(from, vec![id.clone()], to, vec![key.clone()]);
            one.named = 98;
            one.only = Some((kind.clone(), values));
            out.push(one);
        }
    }
    out
}

/// Columns of a type and the id beside it: the same words, then the one or the other; or one alone of them.
fn pairs(table: &Table) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for field in table.fields.iter().filter(|f| f.distinct > 0) {
        let mut name = words(field.name());
        let last = name.pop().unwrap_or_default();
        let is_type = |w: &String| TYPES.contains(&w.as_str());
        let names_one = is_type(&last) || last == "name" && name.last().is_some_and(is_type);
        if !names_one {
            continue;
        }
        let beside = |f: &&super::table::Field| {
            let mut other = words(f.name());
            f.name() != field.name() && other.pop().is_some_and(|w| is_mark(&w)) && other == name
        };
        let alone = |f: &&super::table::Field| {
            let other = words(f.name());
            matches!(other.as_slice(), [what, mark] if THINGS.contains(&what.as_str()) && is_mark(mark))
        };
        let id = table.fields.iter().find(beside).or_else(|| table.fields.iter().find(alone));
        out.extend(id.map(|id| (field.name().to_owned(), id.name().to_owned())));
    }
    out
}

/// Words at the end of a column that names a collection.
const TYPES: &[&str] =
    &["type", "model", "class", "module", "kind", "table", "entity", "typ", "tipo", "doctype", "parenttype"];

/// What the id of such a record is of, where it does not say.
const THINGS: &[&str] = &[
    "res", "object", "record", "item", "entity", "row", "target", "subject", "resource", "parent", "owner", "related",
];

/// The collection that the value of a type column names: `User`, `users`, `App\Models\User`.
fn named(tables: &[Table], table: &Table, value: &str) -> Option<usize> {
    let last = value.rsplit(['\\', ':', '.', '/']).next()?;
    let single = |text: &str| words(text).iter().map(|w| singular(w)).collect::<Vec<String>>();
    let (name, whole) = (single(last), single(value));
    let fits = |t: &Table| t.source == table.source && t.space == table.space;
    let equal = |t: &Table| t.name() == value || same(&name, &t.words) || same(&whole, &single(t.name()));
    tables.iter().position(|t| fits(t) && equal(t))
}
