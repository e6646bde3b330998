//! Collections of people among each other: the same human in two collections (a person and the customer she is), or
//! one human who refers to another.

use std::collections::HashMap;

use super::groups::names_different_people;
use super::identities;
use super::recognise::Kind;
use super::refer::Reference;
use super::standing::{Seen, Standing};
use super::table::{Table, is_nothing, spelled};
use super::vocabulary::part;
use crate::map::Role;
use crate::record::{FieldPath, Record};

/// Words for what belongs to a person even where a record of it looks like one.
const BELONGINGS: &[&str] = &[
    "account",
    "contact",
    "profile",
    "login",
    "identity",
    "credential",
    "address",
    "email",
    "phone",
    "member",
    "membership",
    "konto",
];

/// Decides on references between collections of people.
pub(super) fn settle(seen: &Seen<'_>, all: &mut [Standing]) {
    for (i, r) in seen.references.iter().enumerate() {
        if r.from == r.to || !all[r.from].person || !all[r.to].person {
            continue;
        }
        let table = &seen.tables[r.from];
        let says = !r.extra.is_empty() && part(&r.extra).is_some();
        let once = table.is_unique(&r.from_columns) || differs(table, &r.own_paths(seen.tables));
        let same_human = r.only.is_none() && once && r.sure && !says && !are_different(seen, r);
        let head = super::vocabulary::head(&table.words);
        // A record a journey of the same traveller.
        let again = !once && pairs(seen, r).is_some_and(|(same, all)| all > 2 && same * 10 >= all * 7);
        let belongs = (BELONGINGS.contains(&head) || again) && !says && r.sure && r.only.is_none();
        if same_human {
            all[r.from].ties.push(seen.tie(i, Role::Owner));
            all[r.to].ties.push(seen.back(i, Role::Owner));
        } else if belongs {
            // Several of them may be one person's.
            all[r.from].person = false;
            all[r.from].owned = false;
            all[r.from].names_people = again;
        }
    }
}

/// Whether the sample holds these values together at most once, and more than one of them.
fn differs(table: &Table, paths: &[FieldPath]) -> bool {
    let there = |record: &&Record| paths.iter().all(|p| record.at(p).into_iter().any(|v| !is_nothing(v)));
    let filled = table.sample.iter().filter(there).count();
    filled > 1 && table.tuples(paths, usize::MAX).len() == filled
}

/// Whether the two records a reference ties together name different people, as far as the samples tell.
fn are_different(seen: &Seen<'_>, r: &Reference) -> bool {
    pairs(seen, r).is_some_and(|(same, all)| all > 2 && same * 2 < all)
}

fn pairs(seen: &Seen<'_>, r: &Reference) -> Option<(usize, usize)> {
    agreement(seen.tables, r)
}

/// In how many pairs of records that a reference ties together both name the same person, of how many.
pub(super) fn agreement(tables: &[Table], r: &Reference) -> Option<(usize, usize)> {
    let (here, there) = (&tables[r.from], &tables[r.to]);
    let compared = [Kind::Email, Kind::LastName, Kind::PersonName, Kind::Phone].into_iter().find_map(|kind| {
        let field = |t: &Table| t.fields.iter().find(|f| f.found.kind == kind && f.is_sure()).map(|f| f.path.clone());
        Some((field(here)?, field(there)?))
    });
    let (mine, other) = compared?;
    let text = |record: &Record, paths: &[FieldPath]| -> Vec<String> {
        paths.iter().flat_map(|p| record.at(p)).map(|v| spelled(v).trim().to_lowercase()).collect()
    };
    let known: HashMap<Vec<String>, &Record> =
        there.sample.iter().map(|s| (text(s, &r.aim_paths(tables)), s)).collect();
    let meant = |s: &Record| -> Option<Vec<String>> {
        let own = r.own_paths(tables);
        let plain = || own.iter().flat_map(|p| s.at(p)).map(spelled);
        let there = plain().enumerate().map(|(i, t)| r.spelled.from_here(i, t.into()).map(|t| t.trim().to_lowercase()));
        if r.spelled.is_plain() { Some(text(s, &own)) } else { there.collect() }
    };
    let pairs = here.sample.iter().filter_map(|s| Some((s, *known.get(&meant(s)?)?)));
    let equal: Vec<bool> = pairs
        .map(|(a, b)| (text(a, std::slice::from_ref(&mine)), text(b, std::slice::from_ref(&other))))
        .filter(|(a, b)| !a.concat().is_empty() && !b.concat().is_empty())
        .map(|(a, b)| a == b)
        .collect();
    Some((equal.iter().filter(|e| **e).count(), equal.len()))
}

/// Where an address or number stands beside the person and not in her own record, she is found from it: every link on
/// the way back to her runs both ways.
pub(super) fn find_from_identities(seen: &Seen<'_>, all: &mut [Standing]) {
    for t in 0..all.len() {
        let finds = identities::finds_people(&seen.tables[t]);
        if finds && stands_for_person(seen, all, t) && !all[t].person && !all[t].root {
            way_back(seen, all, t, 0);
        }
        // Addresses that one person's record refers to.
        if finds && all[t].satellite && all[t].ties.iter().all(|tie| tie.sure) {
            all[t].ties.iter_mut().for_each(|tie| tie.role = Role::Owner);
        }
    }
}

/// Whether a record is a way to reach its owner (not one of many things she did, with an address in it).
fn stands_for_person(seen: &Seen<'_>, all: &[Standing], t: usize) -> bool {
    const WAYS: &[&str] =
        &["email", "mail", "electronic", "phone", "detail", "info", "address", "channel", "communication", "telecom"];
    let table = &seen.tables[t];
    let named = table.words.iter().any(|w| WAYS.contains(&w.as_str()) || BELONGINGS.contains(&w.as_str()));
    let named =
        named || table.words.iter().any(|w| ["mail", "address", "phone", "contact"].iter().any(|p| w.contains(p)));
    named || all[t].satellite || all[t].ties.iter().any(|k| k.role.is_own() && table.is_unique(&k.from))
}

/// Adds the links back from `t` towards people who hold no such identifier themselves.
fn way_back(seen: &Seen<'_>, all: &mut [Standing], t: usize, depth: usize) {
    for tie in all[t].ties.clone() {
        let above = tie.to;
        let own: Vec<FieldPath> = tie.from.iter().map(|c| super::table::path(&seen.tables[t].shape, c)).collect();
        let wanted = !has_addresses(&seen.tables[above])
            && tie.role.is_own()
            && tie.sure
            && tie.only.is_none()
            && !names_different_people(&seen.tables[t], &own);
        if !wanted || depth > 2 || !leads_to_silent_person(seen, all, above, depth) {
            continue;
        }
        let known = all[above].ties.iter().any(|k| k.to == t && k.from == tie.to_columns && k.role == Role::Owner);
        if known {
            continue;
        }
        let because = format!("the person is found from {}", seen.tables[t].name());
        let back = super::standing::Tie {
            from: tie.to_columns.clone(),
            to: t,
            to_columns: tie.from.clone(),
            spelled: tie.spelled.turned(),
            role: Role::Owner,
            because,
            reference: None,
            ..tie
        };
        all[above].ties.push(back);
        if !all[above].person {
            way_back(seen, all, above, depth + 1);
        }
    }
}

/// Whether people are found by addresses of their own: all but a few of the sample have one.
fn has_addresses(table: &Table) -> bool {
    let filled = |record: &&Record| identities::mails(table).any(|f| record.at(&f.path).iter().any(|v| !is_nothing(v)));
    let with = table.sample.iter().filter(filled).count();
    identities::finds_people(table) && with * 10 >= table.sample.len() * 9
}

/// Whether the way from `t` ends at people without an address of their own.
fn leads_to_silent_person(seen: &Seen<'_>, all: &[Standing], t: usize, depth: usize) -> bool {
    if all[t].person {
        // A subtype's record may hold it.
        let kin = all[t]
            .ties
            .iter()
            .any(|k| all[k.to].person && k.role == Role::Owner && identities::finds_people(&seen.tables[k.to]));
        return !has_addresses(&seen.tables[t]) && !kin;
    }
    depth <= 2
        && all[t].ties.iter().any(|k| k.role.is_own() && k.sure && leads_to_silent_person(seen, all, k.to, depth + 1))
}
