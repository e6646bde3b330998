//! References between collections: declared ones, and those that names, types and values speak for.
//!
//! Here they are facts with evidence: which field leads where. What a reference means for people is in `roles`.

use super::recognise::{IdentityKind, Kind};
use super::table::{Table, path};
use super::vocabulary::{names_people, part, refers_to_people};
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

/// The name is that of the collection referred to, or of its key.
const NAMED_AFTER: u8 = 100;
const NAMED_AS_KEY: u8 = 95;
/// It ends in it: `billing_address_id`.
const ENDS_IN: u8 = 90;
/// It ends in the name of its key, which may be a reference itself.
const ENDS_IN_KEY: u8 = 88;
/// The collection's name ends or begins with it: `order_id`, `sales_order`.
const PART_OF: u8 = 80;
/// Its values are identifiers that occur there, and its name says the same as the field's there; or only its values.
pub(super) const VALUES_AND_NAME: u8 = 70;
pub(super) const VALUES: u8 = 20;
/// It abbreviates it: `cust_id`.
const SHORT_FOR: u8 = 60;
/// It names what a person does: `author_id`.
const A_PERSON: u8 = 50;

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
    for (from, table) in tables.iter().enumerate() {
        for field in &table.fields {
            let known =
                |r: &Reference| r.from == from && r.from_columns.len() == 1 && r.from_columns[0] == field.name();
            if declared.iter().any(known) || !may_refer(table, field) {
                continue;
            }
            let mut found: Vec<Reference> =
                (0..tables.len()).filter_map(|to| candidate(tables, from, field, to)).collect();
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
        out.extend(super::composite::suggested(tables, from, declared));
        out.extend(super::polymorphic::suggested(tables, from));
    }
    out
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
        Identifier | Unknown | Code | Quantity | AccountNumber | ThingText | Username | DeviceId | CookieId => true,
        // `user`, `author`, `city`: a name, or a number that stands for it.
        _ => field.stem.marked || field.column.ty == ValueType::Int,
    };
    // A column named after its own collection is its number, unless that is another's of which this is a part.
    let inside = |w: &String| table.words.iter().any(|t| alike(w, t));
    let own = same(&field.stem.words, &table.words)
        || table.is_key(&[field.name().to_owned()]) && field.stem.words.iter().all(inside);
    let named = table.field(field.name()).is_some() && !field.stem.words.is_empty();
    ty && kind && named && (!own || names_another(table, field))
}

/// Whether a key's name is that of another collection rather than of its own: `customer_id` of `customer_details`.
fn names_another(table: &Table, field: &super::table::Field) -> bool {
    !same(&field.stem.words, &table.words)
        && !field.stem.words.is_empty()
        && table.words.len() > field.stem.words.len()
        && table.words.iter().zip(&field.stem.words).all(|(a, b)| alike(a, b))
}

/// A reference of a field to a collection by its name; none where the name says nothing of it.
fn candidate(tables: &[Table], from: usize, field: &super::table::Field, to: usize) -> Option<Reference> {
    let (table, aim) = (&tables[from], &tables[to]);
    if aim.source != table.source || aim.fields.is_empty() {
        return None;
    }
    let (named, column) = best_name(field, table, aim, from == to)?;
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

/// Whether a reference into another source may be taken without a person; none where it cannot be one. The numbers of
/// two systems are the same numbers only if something else in the records says so, or if they could not agree by
/// accident.
pub(super) fn abroad_is_sure(tables: &[Table], one: &Reference, share: f64) -> Option<bool> {
    if share < 0.5 {
        return None;
    }
    let there = &tables[one.to];
    let pairs = super::kin::agreement(tables, one);
    match pairs {
        Some((same, all)) if all > 2 && same * 2 < all => return None,
        Some((same, all)) if all > 2 && same * 10 >= all * 8 => return Some(share >= 0.8),
        _ => {}
    }
    let sparse = one.to_columns.iter().filter_map(|c| there.field(c)).all(|f| is_sparse(there, f));
    Some(sparse && share >= 0.9 && one.asked >= 3)
}

/// Whether keys are such that another system's would hardly be among them: no numbers counted from one.
fn is_sparse(table: &Table, field: &super::table::Field) -> bool {
    let numbers: Vec<i128> = table
        .sample
        .iter()
        .flat_map(|r| r.at(&field.path))
        .filter_map(|v| super::table::spelled(v).parse().ok())
        .collect();
    let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else { return field.distinct > 2 };
    // A sample of a large collection shows neighbours apart that are none.
    numbers.len() * 2 < field.distinct || table.is_whole() && (most - least) / 20 > numbers.len() as i128
}

/// How well a field's name fits a collection, and the column meant there.
pub(super) fn best_name(field: &super::table::Field, table: &Table, aim: &Table, itself: bool) -> Option<(u8, String)> {
    let stem = &field.stem.words;
    let key = match aim.key.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    if !itself && same(stem, &aim.words) {
        return Some((NAMED_AFTER, key?));
    }
    for target in targets(aim) {
        let there = aim.field(&target).map(|f| &f.stem.words)?;
        let equal = field.name().eq_ignore_ascii_case(&target) || same(stem, there) && field.stem.marked;

        let fits = match is_generic(there, aim) {
            // Many keys are called so: what it is the key of, is said by the name of the collection.
            true => !table.is_key(&[field.name().to_owned()]) && extends(table, aim),
            false => !there.is_empty(),
        };
        if !itself && equal && fits {
            return Some((NAMED_AS_KEY, target));
        }
    }
    let key = key?;
    let (n, words) = (stem.len(), &aim.words);
    let marked = field.stem.marked || table.shape.closed && field.column.ty == ValueType::Int;
    if n > words.len() && same(&stem[n - words.len()..], words) && marked {
        return Some((ENDS_IN, key));
    }
    let last = stem.last().map(String::as_str).unwrap_or_default();
    if marked && n > 0 && words.len() == 1 && compound(last, &words[0]) {
        return Some((ENDS_IN, key));
    }
    let own = aim.field(&key).map(|f| &f.stem.words).filter(|own| !own.is_empty() && !is_generic(own, aim));
    if marked && own.is_some_and(|own| n > own.len() && same(&stem[n - own.len()..], own)) {
        return Some((ENDS_IN_KEY, key));
    }
    // `post_author` is the author, not the post; a number without a mark may be any number.
    let told = field.stem.marked || names_people(words) && n > 0 && part(&stem[..n]).is_some();
    let begins = !itself && n > words.len() && same(&stem[..words.len()], words) && told;
    if begins && (names_people(words) || part(&stem[words.len()..]).is_none()) {
        return Some((PART_OF, key));
    }
    if itself || !field.stem.marked {
        // A reference to the collection itself says so by a word before its name, or is found as a person's.
        return parent(stem).then_some((PART_OF, key)).filter(|_| itself && marked && has_roots(field, table));
    }
    // The parent of `order_address` is the order.
    if parent(stem) && n == 1 && words.len() < table.words.len() && same(&table.words[..words.len()], words) {
        return Some((ENDS_IN, key));
    }
    if words.len() > n && n > 0 && (same(&words[words.len() - n..], stem) || same(&words[..n], stem)) {
        return Some((PART_OF, key));
    }
    let short = |w: &String| words.len() == 1 && abbreviates(w, &words[0]);
    (n == 1 && short(&stem[0])).then_some((SHORT_FOR, key))
}

/// Whether a word is another with something written before it: `lieferadresse`.
fn compound(long: &str, short: &str) -> bool {
    short.len() >= 5 && long.char_indices().skip(3).any(|(i, _)| alike(&long[i..], short))
}

/// Whether some records refer to no other: a tree has roots.
fn has_roots(field: &super::table::Field, table: &Table) -> bool {
    let none = |v: &&crate::record::Value| matches!(super::table::spelled(v).as_str(), "0" | "-1");
    let empty = table.sample.iter().flat_map(|r| r.at(&field.path)).any(|v| none(&v));
    field.filled < table.sample.len() || empty || table.sample.len() < 2
}

fn parent(stem: &[String]) -> bool {
    stem.iter().any(|w| {
        ["parent", "reply", "previous", "next", "root", "manager", "report", "predecessor"].contains(&w.as_str())
    })
}

/// Columns of a collection that others may refer to.
pub(super) fn targets(aim: &Table) -> Vec<String> {
    let single = aim.key.iter().filter(|_| aim.key.len() == 1).cloned();
    let declared = aim.shape.keys.iter().chain(&aim.shape.unique).filter(|k| k.len() == 1).map(|k| k[0].clone());
    let documents = aim.fields.iter().filter(|f| !aim.shape.closed && f.differs() && f.stem.marked);
    let mut out: Vec<String> = single.chain(declared).chain(documents.map(|f| f.name().to_owned())).collect();
    // What people log in with stands in logs instead of their number.
    let name = |f: &super::table::Field| f.found.identity == Some(IdentityKind::Username) && names_people(&aim.words);
    let finds = |c: &String| aim.field(c).is_some_and(|f| f.found.identity.is_none() || f.stem.marked || name(f));
    out.retain(|c| aim.key.contains(c) || finds(c));
    out.dedup();
    out
}

/// Whether a collection's name is another's with something added: `customer_entity_varchar`.
fn extends(table: &Table, aim: &Table) -> bool {
    table.words.len() > aim.words.len() && same(&table.words[..aim.words.len()], &aim.words)
}

/// Whether a key's words say nothing of the collection it belongs to.
fn is_generic(words: &[String], aim: &Table) -> bool {
    const GENERIC: &[&str] = &[
        "name", "value", "row", "entry", "serial", "record", "item", "external", "internal", "object", "version",
        "type", "entity", "system",
    ];
    let own = words.iter().any(|w| aim.words.iter().any(|n| alike(w, n) || abbreviates(w, n)));
    !own && words.iter().all(|w| GENERIC.contains(&w.as_str()))
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
    let fits = |t: &Table| near(t) && names_people(&t.words) && !beside(t);
    let aims = (0..tables.len()).filter(|to| fits(&tables[*to]));
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

/// Judges what was suggested by its values, and keeps the best for each field.
pub(super) fn judged(tables: &[Table], suggested: Vec<Reference>) -> Vec<Reference> {
    let mut kept: Vec<Reference> = suggested.into_iter().filter_map(|r| judge(tables, r)).collect();
    // `customer_uuid` beside a `customer_id` that leads there is another system's number.
    let led: Vec<(usize, usize)> = kept.iter().filter(|r| r.sure && r.found > 0).map(|r| (r.from, r.to)).collect();
    kept.retain(|r| r.sure || r.found > 0 || !led.contains(&(r.from, r.to)));
    kept.sort_by(|a, b| {
        let rank = |r: &Reference| (r.sure, r.named, tables[r.to].space == tables[r.from].space, r.found);
        rank(b).cmp(&rank(a))
    });
    let mut out: Vec<Reference> = Vec::new();
    for mut one in kept {
        let rival = out.iter_mut().find(|r| {
            r.from == one.from && r.from_columns == one.from_columns && (r.only.is_none() || one.only.is_none())
        });
        let Some(best) = rival else {
            out.push(one);
            continue;
        };
        // Two people's collections with the same numbers: the values cannot tell which is meant.
        if best.named == one.named && best.named == A_PERSON && best.sure && one.sure {
            best.sure = false;
            one.sure = false;
            out.push(one);
        }
    }
    out
}

fn judge(tables: &[Table], mut one: Reference) -> Option<Reference> {
    let share = one.share();
    let (few, all) = (one.asked <= 2, share >= 0.95);
    let far = tables[one.from].source != tables[one.to].source && one.named > VALUES_AND_NAME;
    one.sure = match (one.asked, one.named) {
        (0, _) if far => return None,
        _ if far => abroad_is_sure(tables, &one, share)?,
        (0, named) if named >= ENDS_IN_KEY => true,
        (0, _) => return None,
        (_, named) if named >= ENDS_IN_KEY && (share >= 0.5 || !one.thorough && one.found > 0) => true,
        (_, named) if named >= ENDS_IN_KEY && (one.found > 0 || few) => false,
        (_, PART_OF) if all => true,
        (_, SHORT_FOR) if all && one.asked >= 2 => true,
        // One or two small numbers in a column without a mark are a yes or no.
        (_, A_PERSON) if few && !is_marked(tables, &one) => return None,
        (_, A_PERSON) if all => true,
        // Such values do not agree by accident, but one or two may be anything's.
        (_, VALUES_AND_NAME) if one.found >= 2 && share >= 0.5 => true,
        (_, VALUES) if all && one.asked >= 5 => true,
        (_, VALUES_AND_NAME | VALUES) if one.found > 0 => false,
        (_, VALUES_AND_NAME | VALUES) => return None,
        (_, named) if named > 0 && share >= 0.5 => false,
        (_, 0) if all && one.asked >= 3 => true,
        _ => return None,
    };
    let (name, aim) = (said(one.named), tables[one.to].name());
    let aim = if far { format!("{aim} in another source") } else { aim.to_owned() };
    let values = match (one.asked, one.thorough) {
        (0, _) => "no values yet".to_owned(),
        (n, true) => format!("{} of {n} values occur there", one.found),
        (n, false) => format!("{} of {n} values occur in a sample of it", one.found),
    };
    one.because = if one.named == 0 { format!("{values} ({aim})") } else { format!("{name} {aim}; {values}") };
    Some(one)
}

fn is_marked(tables: &[Table], one: &Reference) -> bool {
    one.from_columns.iter().all(|c| tables[one.from].field(c).is_some_and(|f| f.stem.marked))
}

fn said(named: u8) -> &'static str {
    match named {
        NAMED_AFTER => "named after",
        NAMED_AS_KEY => "named as the key of",
        ENDS_IN => "ends in the name of",
        ENDS_IN_KEY => "ends in the name of the key of",
        PART_OF => "names a part of",
        SHORT_FOR => "short for",
        A_PERSON => "names a person, as in",
        VALUES_AND_NAME => "named as a field of",
        VALUES => "named otherwise than",
        _ => "",
    }
}
