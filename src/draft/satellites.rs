//! What people's records refer to and is personal itself: addresses, contact details, cards. Several people may hold
//! one together; lists that everybody refers to (countries, products) are nobody's.

use super::groups::is_group;
use super::recognise::Kind;
use super::refer::Reference;
use super::standing::{Seen, Standing, Tie};
use super::table::Table;
use super::vocabulary::{Part, names_a_thing_too, names_catalogue, names_organisation, part};
use crate::map::Role;

/// So many references to one record on the average speak of a list, not of somebody's own record.
const CROWD: f64 = 8.0;

/// Ties what owned records refer to. Says whether anything was tied.
pub(super) fn round(seen: &Seen<'_>, all: &mut [Standing]) -> bool {
    let mut new: Vec<(usize, Vec<Tie>, bool)> = Vec::new();
    for (t, standing) in all.iter().enumerate() {
        if standing.owned || standing.person || !standing.ties.is_empty() {
            continue;
        }
        let refers = |(_, r): &(usize, &Reference)| r.to == t && r.from != t && r.only.is_none() && holds(all, r);
        let holders: Vec<usize> = seen.references.iter().enumerate().filter(refers).map(|(i, _)| i).collect();
        let links = ties(seen, all, t, &holders);
        if !links.is_empty() {
            let follows = links.iter().any(|l| l.role.is_own());
            new.push((t, links, follows));
        }
    }
    let moved = !new.is_empty();
    for (t, ties, follows) in new {
        all[t].owned = follows;
        all[t].satellite = follows && ties.iter().all(|tie| tie.role == Role::Shared);
        all[t].ties.extend(ties);
    }
    moved
}

/// Gathers the holders that came to light after the collection was tied.
pub(super) fn complete(seen: &Seen<'_>, all: &mut [Standing]) {
    for t in (0..all.len()).filter(|t| all[*t].satellite).collect::<Vec<_>>() {
        let refers = |(_, r): &(usize, &Reference)| r.to == t && r.from != t && r.only.is_none() && holds(all, r);
        let holders: Vec<usize> = seen.references.iter().enumerate().filter(refers).map(|(i, _)| i).collect();
        let ties = ties(seen, all, t, &holders);
        let new = |tie: &Tie| !all[t].ties.iter().any(|k| k.to == tie.to && k.to_columns == tie.to_columns);
        let new: Vec<Tie> = ties.into_iter().filter(new).collect();
        all[t].ties.extend(new);
    }
}

fn holds(all: &[Standing], r: &Reference) -> bool {
    all[r.from].owned && part(&r.extra) != Some(Part::Handler)
}

fn ties(seen: &Seen<'_>, all: &[Standing], t: usize, holders: &[usize]) -> Vec<Tie> {
    let table = &seen.tables[t];
    // The general record of which a person's is a kind has the person's key.
    let supertype = |i: &&usize| {
        let r = &seen.references[**i];
        all[r.from].person && seen.tables[r.from].is_key(&r.from_columns) && table.is_key(&r.to_columns)
    };
    let kinds: Vec<Tie> = holders.iter().filter(supertype).map(|i| seen.back(*i, Role::Owner)).collect();
    if !kinds.is_empty() {
        return kinds;
    }
    if is_group(seen.tables, seen.references, t) {
        return Vec::new();
    }
    if !is_personal(table) || names_catalogue(&table.words) {
        return match names_organisation(&table.words) || names_catalogue(&table.words) {
            true => Vec::new(),
            false => holders.iter().filter(|i| is_one_each(seen, **i)).map(|i| seen.back(*i, Role::Owner)).collect(),
        };
    }
    let named = table
        .fields
        .iter()
        .any(|f| f.stem.words.iter().any(|w| w.contains("name") || w == "firma") || f.found.kind == Kind::Company);
    let firm = names_organisation(&table.words) || names_a_thing_too(&table.words) && !all[t].person;
    let role = match firm && named {
        true => Role::Representative,
        false => Role::Shared,
    };
    // Who owns it is said in it, though nothing shows who that is: not whoever refers to it.
    let owned = |f: &super::table::Field| {
        matches!(f.name().to_ascii_lowercase().as_str(), "owner" | "author" | "creator" | "created_by")
    };
    if table.fields.iter().any(owned) {
        return Vec::new();
    }
    let crowded = |i: usize| crowd(seen, &seen.references[i]) > CROWD;
    let tie = |i: &usize| {
        let mut tie = seen.back(*i, role);
        tie.sure &= role == Role::Representative || !crowded(*i);
        tie
    };
    // What everybody refers to and says nowhere how somebody is reached is a list.
    let is_list = |i: &&usize| {
        crowded(**i) && !table.fields.iter().any(|f| f.found.kind.is_address() || f.found.identity.is_some())
    };
    holders.iter().filter(|i| !is_list(i)).map(tie).collect()
}

/// Whether a record says something about somebody: more than a city or a country, which are lists of places.
fn is_personal(table: &Table) -> bool {
    let tells = |k: Kind| {
        use Kind::*;
        k.is_personal()
            && !matches!(
                k,
                City | State
                    | PostalCode
                    | Country
                    | Language
                    | Company
                    | WebPage
                    | Place
                    | Coordinates
                    | Preference
                    | PublicText
                    | Workplace
                    | JobTitle
                    | Education
                    | Financial
                    | Picture
            )
    };
    let counted = table.fields.iter().filter(|f| f.found.confidence >= 50 && tells(f.found.kind));
    counted.count() > 0
}

/// Whether each record there is referred to but once, and hardly one by none: the payment of an invoice, the record of
/// which this is the other half. Small numbers drawn at random would repeat.
fn is_one_each(seen: &Seen<'_>, reference: usize) -> bool {
    let r = &seen.references[reference];
    let (table, aim) = (&seen.tables[r.from], &seen.tables[r.to]);
    let paths = r.own_paths(seen.tables);
    let filled = |one: &&crate::record::Record| {
        paths.iter().all(|p| one.at(p).into_iter().any(|v| !super::table::is_nothing(v)))
    };
    let filled = table.sample.iter().filter(filled).count();
    let different = table.tuples(&paths, usize::MAX).len();
    let near = table.is_whole() && aim.is_whole() && aim.sample.len() <= filled * 2;
    r.sure && !table.is_key(&r.from_columns) && filled >= 10 && different == filled && near
}

/// How many references there are to one record, on the average of the sample.
pub(super) fn crowd(seen: &Seen<'_>, r: &Reference) -> f64 {
    let table = &seen.tables[r.from];
    let paths = r.own_paths(seen.tables);
    let filled = table
        .sample
        .iter()
        .filter(|one| paths.iter().all(|p| one.at(p).into_iter().any(|v| !super::table::is_nothing(v))));
    let distinct = table.tuples(&paths, usize::MAX).len().max(1);
    // Few records say nothing either way.
    if table.sample.len() < 20 { 1.0 } else { filled.count() as f64 / distinct as f64 }
}

/// What people have over a table between: policies, contracts, addresses. Each record there is of few people, of one or
/// two mostly; of courses and groups each has many.
pub(super) fn between(seen: &Seen<'_>, all: &mut [Standing]) -> bool {
    let mut new: Vec<(usize, Tie)> = Vec::new();
    for (t, standing) in all.iter().enumerate() {
        let table = &seen.tables[t];
        let firm =
            names_a_thing_too(&table.words) && table.fields.iter().any(|f| f.stem.words.iter().any(|w| w == "name"));
        let general = firm || names_organisation(&table.words) || names_catalogue(&table.words);
        if standing.owned
            || standing.person
            || !standing.ties.is_empty()
            || general
            || is_group(seen.tables, seen.references, t)
        {
            continue;
        }
        let over = |(_, r): &(usize, &Reference)| {
            let joins =
                seen.tables[r.from].key.len() > 1 && r.from_columns.iter().all(|c| seen.tables[r.from].key.contains(c));
            let hers = |k: &Tie| {
                all[k.to].person
                    && k.role.is_own()
                    && k.sure
                    && k.from.iter().all(|c| seen.tables[r.from].key.contains(c))
            };
            r.to == t && r.from != t && r.sure && r.only.is_none() && joins && all[r.from].ties.iter().any(hers)
        };
        let few = |r: &Reference| seen.tables[r.from].sample.len() >= 20 && crowd(seen, r) <= FEW;
        let found = seen.references.iter().enumerate().filter(over).find(|(_, r)| few(r));
        new.extend(found.map(|(i, _)| (t, seen.back(i, Role::Shared))));
    }
    let moved = !new.is_empty();
    for (t, tie) in new {
        all[t].owned = true;
        all[t].satellite = true;
        all[t].ties.push(tie);
    }
    moved
}

/// So many people on the average share a contract, not more.
const FEW: f64 = 3.0;
