//! References between collections: declared ones, and those that names, types and values speak for.
//!
//! Here they are facts with evidence: which field leads where. What a reference means for people is in `standing`.

mod judge;
mod named;

pub(super) use judge::{abroad_is_sure, judged};
use named::{A_PERSON, ENDS_IN_KEY, NAMED_AS_KEY, PART_OF, compound, is_common_key};
pub(super) use named::{NAMED_BY_TYPE, SIDES, VALUES, VALUES_AND_NAME, best_name, targets};

use super::recognise::{IdentityKind, Kind};
use super::table::{Table, path};
use super::vocabulary::{names_people, refers_to_people};
use super::words::{abbreviates, alike, same};
use crate::map::Spelled;
use crate::record::FieldPath;
use crate::source::{Action, ValueType};

/// A reference from fields of one collection to fields of another, with what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// The collection it stands in.
    pub from: usize,
    /// Its fields there.
    pub from_columns: Vec<String>,
    /// The collection it leads to.
    pub to: usize,
    /// The fields there.
    pub to_columns: Vec<String>,
    /// Whether the source declares it.
    pub declared: bool,
    /// Whether the source deletes the record here with the one referred to.
    pub cascade: bool,
    /// How well the name fits, 0 to 100.
    pub named: u8,
    /// The words of the name beside those of the collection referred to: what somebody is to the record.
    pub extra: Vec<String>,
    /// Holds only for records with one of these values in this field (`record_type`, `record_id`).
    pub only: Option<(String, Vec<String>)>,
    /// How each side spells what both mean.
    pub spelled: Spelled,
    /// Different values asked for, and how many occur there.
    pub asked: usize,
    pub found: usize,
    /// Whether they were looked for in all records, not only in a sample.
    pub thorough: bool,
    /// Whether it may be taken without a person.
    pub sure: bool,
    /// What speaks for it.
    pub because: String,
}

impl Reference {
    /// A reference nothing is known of yet.
    pub fn new(from: usize, from_columns: Vec<String>, to: usize, to_columns: Vec<String>) -> Reference {
        Reference {
            from,
            from_columns,
            to,
            to_columns,
            declared: false,
            cascade: false,
            named: 0,
            extra: Vec::new(),
            only: None,
            spelled: Spelled::default(),
            asked: 0,
            found: 0,
            thorough: false,
            sure: false,
            because: String::new(),
        }
    }

    pub fn own_paths(&self, tables: &[Table]) -> Vec<FieldPath> {
        self.from_columns.iter().map(|c| path(&tables[self.from].shape, c)).collect()
    }

    pub fn aim_paths(&self, tables: &[Table]) -> Vec<FieldPath> {
        self.to_columns.iter().map(|c| path(&tables[self.to].shape, c)).collect()
    }

    /// The share of the values asked for that occur on the other side.
    pub fn share(&self) -> f64 {
        if self.asked == 0 { 0.0 } else { self.found as f64 / self.asked as f64 }
    }
}

/// The references that the sources declare.
pub(super) fn declared(tables: &[Table]) -> Vec<Reference> {
    let mut out = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        for key in &table.shape.references {
            let there = |t: &Table| t.source == table.source && t.name() == key.to;
            let Some(to) = tables.iter().position(there) else { continue };
            let mut one = Reference::new(from, key.columns.clone(), to, key.to_columns.clone());
            one.declared = true;
            one.cascade = key.on_delete == Action::Cascade;
            one.named = 100;
            one.extra = extra(&key.columns, table, &tables[to]);
            one.sure = true;
            one.because = "declared".to_owned();
            if !out.iter().any(|r: &Reference| r.from == from && r.from_columns == one.from_columns && r.to == to) {
                out.push(one);
            }
        }
    }
    out
}

/// What a reference's name says beside whom it leads to.
fn extra(columns: &[String], table: &Table, to: &Table) -> Vec<String> {
    let longest = columns.iter().filter_map(|c| table.field(c)).map(|f| &f.stem.words);
    let mut all: Vec<Vec<String>> = longest.map(|words| without(words, &to.words)).collect();
    all.sort_by_key(|words| usize::MAX - words.len());
    // Of several columns, the one that says most; columns shared with the other side say nothing.
    let own = columns.iter().zip(&all).any(|(c, _)| to.key.contains(c));
    if own && columns.len() > 1 { Vec::new() } else { all.into_iter().next().unwrap_or_default() }
}

/// The words without those of the collection's name.
pub(super) fn without(words: &[String], name: &[String]) -> Vec<String> {
    let says = |w: &String| {
        name.len() == 1 && compound(w, &name[0])
            || name.iter().any(|n| alike(w, n) || abbreviates(w, n))
            || alike(w, &name.concat())
    };
    words.iter().filter(|w| !says(w)).cloned().collect()
}

/// What names and types suggest beside the declared references; values are still to be looked at.
pub(super) fn suggested(tables: &[Table], declared: &[Reference]) -> Vec<Reference> {
    let mut out = Vec::new();
    let lists = super::polymorphic::lists(tables);
    for (from, table) in tables.iter().enumerate() {
        for field in &table.fields {
            let known =
                |r: &Reference| r.from == from && r.from_columns.len() == 1 && r.from_columns[0] == field.name();
            if declared.iter().any(known) || !may_refer(table, field) {
                continue;
            }
            let mut found: Vec<Reference> =
                (0..tables.len()).filter_map(|to| candidate(tables, from, field, to)).collect();
            // Its own number is no reference to what another column leads to.
            if table.is_key(&[field.name().to_owned()]) {
                found.retain(|r| !declared.iter().any(|d| d.from == from && d.to == r.to));
            }
            if !found.iter().any(|r| r.named >= PART_OF)
                && refers_to_people(&field.stem.words)
                && is_number(table, field)
            {
                found.extend(people(tables, from, field));
            }
            // Its own source first: only what leads nowhere there can be another's number.
            if !found.iter().any(|r| r.named >= PART_OF) {
                found.extend((0..tables.len()).filter_map(|to| abroad(tables, from, field, to)));
            }
            found.sort_by_key(|r| (u8::MAX - r.named, tables[r.to].space != table.space));
            found.truncate(4);
            out.extend(found);
        }
        out.extend(twins(tables, from, declared));
        out.extend(super::composite::suggested(tables, from, declared));
        out.extend(super::polymorphic::suggested(tables, &lists, from));
    }
    out
}

/// What an archive of another collection's records refers to: its columns are those of the other, where they are
/// declared (`orders_2022` beside `orders`).
fn twins(tables: &[Table], from: usize, declared: &[Reference]) -> Vec<Reference> {
    let table = &tables[from];
    let year = |w: &String| w.len() == 4 && w.starts_with(['1', '2']) && w.bytes().all(|b| b.is_ascii_digit());
    let live: Vec<&String> = table.words.iter().filter(|w| !year(w)).collect();
    let is_twin = |other: &Table| {
        let own = live.len() < table.words.len() && live.iter().copied().eq(other.words.iter());
        let copied = other.fields.iter().filter(|f| table.field(f.name()).is_some()).count();
        other.source == table.source
            && (own || super::versions::is_of(table, other))
            && copied * 10 >= other.fields.len() * 8
    };
    let copied = |r: &&Reference| {
        r.from != from && is_twin(&tables[r.from]) && r.from_columns.iter().all(|c| table.field(c).is_some())
    };
    let known = |r: &Reference| declared.iter().any(|d| d.from == from && d.from_columns == r.from_columns);
    let copies = declared.iter().filter(copied).filter(|r| !known(r));
    copies
        .map(|r| Reference {
            from,
            declared: false,
            cascade: false,
            named: NAMED_AS_KEY,
            sure: false,
            because: String::new(),
            ..r.clone()
        })
        .collect()
}

/// Whether a field holds what identifies something: its name says so, or it is a whole number.
fn is_number(table: &Table, field: &super::table::Field) -> bool {
    let own = table.is_key(&[field.name().to_owned()]);
    !own && (field.stem.marked || table.shape.closed && field.column.ty == ValueType::Int)
}

/// Whether a field may hold a reference at all.
pub(super) fn may_refer(table: &Table, field: &super::table::Field) -> bool {
    use Kind::*;
    let ty = !matches!(field.column.ty, ValueType::Float | ValueType::Bool | ValueType::Nested);
    let kind = match field.found.kind {
        Identifier | Unknown | Code | Quantity | AccountNumber | ThingText | Username | DeviceId | CookieId | Phone => {
            true
        }
        // `user`, `author`, `city`: a name, or a number that stands for it.
        _ => field.stem.marked || field.column.ty == ValueType::Int,
    };
    // A column named after its own collection is its number, unless that is another's of which this is a part.
    let inside = |w: &String| table.words.iter().any(|t| alike(w, t));
    let own = same(&field.stem.words, &table.words)
        || table.is_key(&[field.name().to_owned()]) && field.stem.words.iter().all(inside);
    // `uid` is all mark, and yet the name of a key.
    let alone = field.stem.marked && field.name().len() > 2 && !is_common_key(field.name());
    let named = table.field(field.name()).is_some() && (!field.stem.words.is_empty() || alone);
    ty && kind && named && (!own || names_another(table, field))
}

/// Whether a key's name is that of another collection rather than of its own: `customer_id` of `customer_details`.
fn names_another(table: &Table, field: &super::table::Field) -> bool {
    !same(&field.stem.words, &table.words)
        && !field.stem.words.is_empty()
        && table.words.len() > field.stem.words.len()
        && !table.words[field.stem.words.len()..].iter().all(|w| w.bytes().all(|b| b.is_ascii_digit()))
        && table.words.iter().zip(&field.stem.words).all(|(a, b)| alike(a, b))
}

/// A reference of a field to a collection by its name; none where the name says nothing of it.
fn candidate(tables: &[Table], from: usize, field: &super::table::Field, to: usize) -> Option<Reference> {
    let (table, aim) = (&tables[from], &tables[to]);
    if aim.source != table.source || aim.fields.is_empty() {
        return None;
    }
    let (named, mut column) = best_name(field, table, aim, from == to)?;
    // `utilizador` in a log holds what she logs in with, not her number.
    let apart = |column: &String| {
        aim.field(column).is_none_or(|there| never_equal(field.column.ty, there.column.ty, table.shape.closed))
    };
    if apart(&column) && names_people(&aim.words) {
        let login =
            |f: &&super::table::Field| f.found.identity == Some(IdentityKind::Username) && f.distinct == f.filled;
        column = aim.fields.iter().find(login)?.name().to_owned();
    }
    let target = aim.field(&column)?;
    if from == to && column == field.name() || never_equal(field.column.ty, target.column.ty, table.shape.closed) {
        return None;
    }
    let mut one = Reference::new(from, vec![field.name().to_owned()], to, vec![column]);
    one.named = named;
    one.extra = without(&field.stem.words, &aim.words);
    Some(one)
}

/// A reference of a field to people in another source; values are compared there by their text.
fn abroad(tables: &[Table], from: usize, field: &super::table::Field, to: usize) -> Option<Reference> {
    let (table, aim) = (&tables[from], &tables[to]);
    if aim.source == table.source || !names_people(&aim.words) || !field.stem.marked {
        return None;
    }
    let (named, column) = best_name(field, table, aim, false).filter(|(named, _)| *named >= ENDS_IN_KEY)?;
    aim.field(&column).filter(|there| !there.path.is_many())?;
    let mut one = Reference::new(from, vec![field.name().to_owned()], to, vec![column]);
    one.named = named;
    one.extra = without(&field.stem.words, &aim.words);
    Some(one)
}

/// Where a field of a person's name may lead: the collections of people.
fn people(tables: &[Table], from: usize, field: &super::table::Field) -> Vec<Reference> {
    let table = &tables[from];
    let near = |t: &Table| t.source == table.source && t.space == table.space;
    // `group_users` and `user_profiles` hold references to users and are not the users themselves.
    let beside = |t: &Table| {
        let shorter =
            |o: &Table| near(o) && o.words.len() < t.words.len() && names_people(&o.words) && !o.key.is_empty();
        let refers = |o: &Table| t.fields.iter().any(|f| f.stem.marked && same(&f.stem.words, &o.words));
        tables.iter().any(|o| shorter(o) && refers(o))
    };
    // `update_user` is one of the users, where there are users.
    let called = |t: &Table| t.words.iter().any(|w| field.stem.words.iter().any(|f| alike(f, w)));
    let fits = |t: &Table| near(t) && names_people(&t.words) && !beside(t);
    let said = tables.iter().any(|t| fits(t) && called(t));
    let aims = (0..tables.len()).filter(|to| fits(&tables[*to]) && (!said || called(&tables[*to])));
    aims.filter_map(|to| {
        let [key] = tables[to].key.as_slice() else { return None };
        let target = tables[to].field(key)?;
        if never_equal(field.column.ty, target.column.ty, table.shape.closed) || from == to && key == field.name() {
            return None;
        }
        let mut one = Reference::new(from, vec![field.name().to_owned()], to, vec![key.clone()]);
        one.named = A_PERSON;
        one.extra = without(&field.stem.words, &tables[to].words);
        Some(one)
    })
    .collect()
}

/// Whether values of these types are never equal. Documents hold numbers as text as they like.
fn never_equal(a: ValueType, b: ValueType, closed: bool) -> bool {
    let class = |ty| match ty {
        ValueType::Text => Some(0),
        ValueType::Int | ValueType::Float => Some(1),
        ValueType::Bytes => Some(2),
        ValueType::Bool => Some(3),
        _ => None,
    };
    closed && matches!((class(a), class(b)), (Some(a), Some(b)) if a != b)
}
