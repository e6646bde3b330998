//! Pairs of a type and an id (`record_type`, `record_id`): the type names the collection, the id the record in it. The type
//! is the collection's name, or a number of a list of such names (`content_type_id`, `object_id`).

use std::collections::{BTreeMap, BTreeSet};

use super::refer::{NAMED_BY_TYPE, Reference};
use super::table::{Field, Table, spelled};
use super::words::{is_mark, same, singular, words};
use crate::record::Record;

/// More kinds of record than this are no list of collections.
const KINDS: usize = 60;

/// The references of such pairs, one for each collection that a type names.
pub(super) fn suggested(tables: &[Table], lists: &[List], from: usize) -> Vec<Reference> {
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
            one.named = NAMED_BY_TYPE;
            one.only = Some((kind.clone(), values));
            out.push(one);
        }
    }
    out.extend(listed(tables, lists, from));
    out
}

/// The references of pairs whose type is a number of a list that names collections.
fn listed(tables: &[Table], lists: &[List], from: usize) -> Vec<Reference> {
    let table = &tables[from];
    let mut out = Vec::new();
    for kind in &table.fields {
        let Some(list) = list_of(tables, lists, table, kind) else { continue };
        let Some(id) = id_beside(table, kind) else { continue };
        let mut by_aim: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (number, to) in &list.names {
            by_aim.entry(*to).or_default().push(number.clone());
        }
        for (to, numbers) in by_aim {
            let [key] = tables[to].key.as_slice() else { continue };
            let mut one = Reference::new(from, vec![id.name().to_owned()], to, vec![key.clone()]);
            one.named = NAMED_BY_TYPE;
            one.only = Some((kind.name().to_owned(), numbers));
            out.push(one);
        }
    }
    out
}

/// A list of collections: where its records are, and for each number the collection that it names.
pub(super) struct List {
    table: usize,
    names: Vec<(String, usize)>,
}

/// The lists of collections that the sources have. Each record of one names another collection; words of permissions name
/// the same again and again.
pub(super) fn lists(tables: &[Table]) -> Vec<List> {
    let mut out = Vec::new();
    for (table, list) in tables.iter().enumerate() {
        if list.key.len() != 1 || !list.is_whole() || list.sample.len() > LISTED {
            continue;
        }
        let number = |record: &Record| record.get(&list.key[0]).map(spelled);
        let names: Vec<(String, usize)> =
            list.sample.iter().filter_map(|r| Some((number(r)?, named_in(tables, list, r)?))).collect();
        let different: BTreeSet<usize> = names.iter().map(|(_, to)| *to).collect();
        if different.len() >= 2 && different.len() * 5 >= names.len() * 4 {
            out.push(List { table, names });
        }
    }
    out
}

/// The list that a column leads to, as declared or as its name says.
fn list_of<'a>(tables: &[Table], lists: &'a [List], table: &Table, kind: &Field) -> Option<&'a List> {
    let declared = table.shape.references.iter().find(|r| r.columns.len() == 1 && r.columns[0] == kind.name());
    let mut here = lists.iter().filter(|list| tables[list.table].source == table.source);
    let fits = |list: &&List| match declared {
        Some(reference) => tables[list.table].name() == reference.to,
        None => kind.stem.marked && same(&kind.stem.words, &tables[list.table].words),
    };
    if let Some(list) = here.clone().find(fits) {
        return Some(list);
    }
    // Another name for the one list of collections there is.
    let says = words(kind.name()).iter().any(|w| ["object", "type", "kind", "class", "model"].contains(&w.as_str()));
    if declared.is_some() || !says || !kind.stem.marked || kind.distinct == 0 {
        return None;
    }
    let values = table.tuples(std::slice::from_ref(&kind.path), LISTED);
    let holds = |list: &&List| {
        let records = &tables[list.table].sample;
        let known = |text: &String| {
            records.iter().any(|r| r.get(&tables[list.table].key[0]).map(spelled).as_ref() == Some(text))
        };
        list.names.len() >= 3 && values.iter().all(|t| known(&spelled(t[0])))
    };
    here.find(holds)
}

/// A list of the collections there are is no longer than this.
const LISTED: usize = 300;

/// The collection that a record of such a list names: in one of its texts, or in two together (`auth`, `user`).
fn named_in(tables: &[Table], list: &Table, record: &Record) -> Option<usize> {
    let texts: Vec<String> = list
        .fields
        .iter()
        .filter(|f| !list.is_key(&[f.name().to_owned()]))
        .flat_map(|f| record.at(&f.path))
        .map(spelled)
        .filter(|text| text.chars().any(char::is_alphabetic))
        .collect();
    let whole =
        |text: &String| tables.iter().position(|t| t.source == list.source && t.name().eq_ignore_ascii_case(text));
    let pairs = texts.windows(2).map(|pair| pair.join("_")).collect::<Vec<_>>();
    pairs.iter().find_map(whole).or_else(|| texts.iter().find_map(|text| named(tables, list, text)))
}

/// The column of the id that belongs to such a type: `object_id` to `content_type_id`, `actor_object_id` to
/// `actor_content_type_id`, `o_id` to `history_object_id`.
fn id_beside<'a>(table: &'a Table, kind: &Field) -> Option<&'a Field> {
    const OBJECTS: &[&str] = &["object", "obj", "o", "record", "entity", "row", "res", "resource", "item", "pk"];
    const KINDS: &[&str] = &["content", "type", "lookup", "model", "kind", "class", "table"];
    let base = |name: &str| -> Vec<String> {
        let other = |w: &String| !is_mark(w) && !OBJECTS.contains(&w.as_str()) && !KINDS.contains(&w.as_str());
        words(name).into_iter().filter(other).collect()
    };
    let wanted = base(kind.name());
    let fits = |f: &&Field| {
        let all = words(f.name());
        let own = base(f.name());
        f.name() != kind.name()
            && all.iter().any(|w| OBJECTS.contains(&w.as_str()))
            && !all.iter().any(|w| KINDS.contains(&w.as_str()))
            && !table.shape.references.iter().any(|r| r.columns.iter().any(|c| c == f.name()))
            && own.iter().all(|w| wanted.contains(w))
    };
    table.fields.iter().filter(fits).max_by_key(|f| base(f.name()).len())
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
pub(super) fn named(tables: &[Table], table: &Table, value: &str) -> Option<usize> {
    let last = value.rsplit(['\\', ':', '.', '/']).next()?;
    let single = |text: &str| words(text).iter().map(|w| singular(w)).collect::<Vec<String>>();
    let (name, whole) = (single(last), single(value));
    let fits = |t: &Table| t.source == table.source && t.space == table.space;
    let equal = |t: &Table| t.name() == value || same(&name, &t.words) || same(&whole, &single(t.name()));
    tables.iter().position(|t| fits(t) && equal(t))
}
