//! How well a field's name fits a collection: named after it, as its key, ending in it, short for it.
//!
//! Names only; whether the values bear it out is for [`super::judge`].

use super::super::recognise::IdentityKind;
use super::super::table::Table;
use super::super::vocabulary::{names_people, part};
use super::super::words::{abbreviates, alike, same};
use crate::source::ValueType;

/// The name is that of the collection referred to, or of its key.
pub(super) const NAMED_AFTER: u8 = 100;
/// Its record says of which collection it is (`record_type`).
pub(in crate::draft) const NAMED_BY_TYPE: u8 = 98;
pub(super) const NAMED_AS_KEY: u8 = 95;
/// It ends in it: `billing_address_id`.
pub(super) const ENDS_IN: u8 = 90;
/// It ends in the name of its key, which may be a reference itself.
pub(super) const ENDS_IN_KEY: u8 = 88;
/// The collection's name ends or begins with it: `order_id`, `sales_order`.
pub(super) const PART_OF: u8 = 80;
/// Its values are identifiers that occur there, and its name says the same as the field's there; or only its values.
pub(in crate::draft) const VALUES_AND_NAME: u8 = 70;
pub(in crate::draft) const VALUES: u8 = 20;
/// It abbreviates it: `cust_id`.
pub(super) const SHORT_FOR: u8 = 60;
/// It names what a person does: `author_id`.
pub(super) const A_PERSON: u8 = 50;

/// Words after the name of a number of which a record has two: who called, who was called.
pub(in crate::draft) const SIDES: &[&str] = &[
    "a", "b", "1", "2", "from", "to", "caller", "callee", "calling", "called", "src", "dst", "source", "dest", "origin",
];

/// How well a field's name fits a collection, and the column meant there.
pub(in crate::draft) fn best_name(
    field: &super::super::table::Field,
    table: &Table,
    aim: &Table,
    itself: bool,
) -> Option<(u8, String)> {
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
        // `order_reference` beside the reference of orders.
        let whole = || named_in_full(field.name(), aim, &target);
        let sided = || {
            stem.len() == there.len() + 1
                && SIDES.contains(&stem[there.len()].as_str())
                && same(&stem[..there.len()], there)
        };

        let fits = match is_generic(there, aim) {
            // Many keys are called so: what it is the key of, is said by the name of the collection.
            true => !table.is_key(&[field.name().to_owned()]) && (extends(table, aim) || is_only_key(&target, aim)),
            false => !there.is_empty(),
        };
        if !itself && equal && fits {
            return Some((NAMED_AS_KEY, target));
        }
        if !itself && whole() {
            return Some((NAMED_AS_KEY, target));
        }
        if !itself && fits && sided() {
            return Some((ENDS_IN_KEY, target));
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
    // `submission` without a mark, of `assign_submission`: a number of it, if there are enough to tell.
    let numbers = !itself && field.column.ty == ValueType::Int && table.shape.closed && field.distinct >= 10;
    if numbers && !field.stem.marked && n > 0 && words.len() > n && same(&words[words.len() - n..], stem) {
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

/// Whether a field's name is the other's with the words of its collection before it.
fn named_in_full(name: &str, aim: &Table, target: &str) -> bool {
    let (own, there) = (super::super::words::words(name), super::super::words::words(target));
    let before = own.len().checked_sub(there.len()).filter(|n| *n > 0);
    before.is_some_and(|n| own[n..] == there[..] && same(&own[..n], &aim.words)) && !aim.is_key(&[target.to_owned()])
}

/// Whether a word is another with something written before it: `lieferadresse`.
pub(super) fn compound(long: &str, short: &str) -> bool {
    short.len() >= 5 && long.char_indices().skip(3).any(|(i, _)| alike(&long[i..], short))
}

/// Whether some records refer to no other: a tree has roots.
fn has_roots(field: &super::super::table::Field, table: &Table) -> bool {
    let none = |v: &&crate::record::Value| matches!(super::super::table::spelled(v).as_str(), "0" | "-1");
    let empty = table.sample.iter().flat_map(|r| r.at(&field.path)).any(|v| none(&v));
    field.filled < table.sample.len() || empty || table.sample.len() < 2
}

fn parent(stem: &[String]) -> bool {
    stem.iter().any(|w| {
        ["parent", "reply", "previous", "next", "root", "manager", "report", "predecessor"].contains(&w.as_str())
    })
}

/// Columns of a collection that others may refer to.
pub(in crate::draft) fn targets(aim: &Table) -> Vec<String> {
    let single = aim.key.iter().filter(|_| aim.key.len() == 1).cloned();
    let declared = aim.shape.keys.iter().chain(&aim.shape.unique).filter(|k| k.len() == 1).map(|k| k[0].clone());
    // In documents what is called after other people is a reference to them, though no two records share it.
    let own = |f: &&super::super::table::Field| same(&f.stem.words, &aim.words) || !names_people(&f.stem.words);
    let documents = aim.fields.iter().filter(|f| !aim.shape.closed && f.differs() && f.stem.marked).filter(own);
    let mut out: Vec<String> = single.chain(declared).chain(documents.map(|f| f.name().to_owned())).collect();
    // What people log in with stands in logs instead of their number.
    let name =
        |f: &super::super::table::Field| f.found.identity == Some(IdentityKind::Username) && names_people(&aim.words);
    let finds = |c: &String| aim.field(c).is_some_and(|f| f.found.identity.is_none() || f.stem.marked || name(f));
    out.retain(|c| aim.key.contains(c) || finds(c));
    out.extend(aim.numbers.iter().cloned());
    out.dedup();
    out
}

/// Whether a collection's name is another's with something added: `customer_entity_varchar`.
fn extends(table: &Table, aim: &Table) -> bool {
    table.words.len() > aim.words.len() && same(&table.words[..aim.words.len()], &aim.words)
}

/// Whether a key is called as hardly another is, though its name is only a mark: `uid`, `nid`.
fn is_only_key(target: &str, aim: &Table) -> bool {
    aim.is_key(&[target.to_owned()]) && !is_common_key(target) && names_people(&aim.words)
}

/// Whether so many keys are called so that the name tells nothing.
pub(super) fn is_common_key(name: &str) -> bool {
    const COMMON: &[&str] =
        &["id", "key", "code", "no", "nr", "num", "number", "uuid", "guid", "oid", "pk", "ref", "_id", "cod", "seq"];
    COMMON.contains(&name.to_ascii_lowercase().as_str())
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
