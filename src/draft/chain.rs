//! What belongs to people's records: lines of orders, shipments of lines. Of several records one may belong to, the
//! one it is a part of is taken; the others are references.

use std::collections::BTreeSet;

use super::direct::speaks_for_others;
use super::recognise::Kind;
use super::refer::Reference;
use super::standing::{Seen, Standing};
use super::table::{Table, is_nothing};
use super::vocabulary::{Part, names_catalogue, names_organisation, part};
use super::words::alike;
use crate::map::Role;
use crate::record::FieldPath;

/// Ties what refers to owned records, one step further than before. Says whether anything was tied.
pub(super) fn round(seen: &Seen<'_>, all: &mut [Standing], staff: &BTreeSet<usize>, with_staff: bool) -> bool {
    let mut new: Vec<(usize, Vec<(usize, bool)>)> = Vec::new();
    for t in 0..all.len() {
        if all[t].owned {
            continue;
        }
        let candidates: Vec<usize> = seen.from(t).filter(|(_, r)| may_own(seen, all, t, r)).map(|(i, _)| i).collect();
        let waiting = !with_staff && waits(seen, all, t, staff);
        if candidates.is_empty() || waiting {
            continue;
        }
        new.push((t, parents(seen, t, &candidates)));
    }
    let moved = !new.is_empty();
    for (t, parents) in new {
        all[t].owned = true;
        for (i, sure) in parents {
            let others = speaks_for_others(seen, &seen.references[i]);
            let list = seen.references[i].own_paths(seen.tables).iter().any(FieldPath::is_many);
            // A list of what belongs to several people: the record is theirs together.
            let role = match (list, others) {
                (true, _) => Role::Shared,
                (_, true) => Role::About,
                _ => Role::Owner,
            };
            all[t].several |= list;
            let mut tie = seen.tie(i, role);
            tie.sure &= sure;
            all[t].depth = all[t].depth.max(all[tie.to].depth + 1);
            all[t].ties.push(tie);
        }
    }
    moved
}

/// In the clients' round nothing waits; kept apart for what only staff's records own.
fn waits(seen: &Seen<'_>, all: &[Standing], t: usize, staff: &BTreeSet<usize>) -> bool {
    let owners = seen.from(t).filter(|(_, r)| all[r.to].owned && !all[r.to].person);
    let mut count = 0;
    let only_staff = owners.inspect(|_| count += 1).all(|(_, r)| staff.contains(&r.to));
    count > 0 && only_staff
}

fn may_own(seen: &Seen<'_>, all: &[Standing], t: usize, r: &Reference) -> bool {
    let (table, aim) = (&seen.tables[t], &seen.tables[r.to]);
    if r.to == t || all[r.to].person || !all[r.to].owned {
        return false;
    }
    let inside = is_part_of(table, aim);
    // A shared record's neighbours are not its parts: a store at somebody's address. What is booked on an account is.
    if all[r.to].satellite && !inside && is_a_place(aim) {
        return false;
    }
    // Whose record is of somebody who works for the firm: a broker's contracts are their holders'.
    if super::vocabulary::names_staff(&aim.words) && !inside {
        return false;
    }
    let handled = matches!(part(&r.extra), Some(Part::Handler | Part::Creator)) && !inside;
    let of_it = r.cascade || r.from_columns.iter().all(|c| table.key.contains(c));
    let general = !inside && (names_organisation(&table.words) || names_catalogue(&table.words) && !of_it);
    !handled && !general
}

/// Whether its records say where or how somebody is reached.
fn is_a_place(table: &Table) -> bool {
    let reaches = |k: Kind| {
        let place = k.is_address() && !matches!(k, Kind::State | Kind::Country);
        place || matches!(k, Kind::Phone | Kind::Email | Kind::Street | Kind::City)
    };
    table.fields.iter().any(|f| f.found.confidence >= 50 && reaches(f.found.kind))
}

/// Whether a name is made of another: `order_items` of `orders`.
pub(super) fn is_part_of(table: &Table, aim: &Table) -> bool {
    let head = super::vocabulary::head(&aim.words);
    table.words.len() > 1 && table.words.iter().any(|w| alike(w, head))
        || table.words.len() == 1
            && table.words[0].len() > head.len() + 2
            && head.len() > 3
            && table.words[0].starts_with(head)
}

/// Which of the candidates own the record, and whether that is certain.
fn parents(seen: &Seen<'_>, t: usize, candidates: &[usize]) -> Vec<(usize, bool)> {
    let table = &seen.tables[t];
    let score = |i: usize| {
        let r = &seen.references[i];
        let in_key = r.from_columns.iter().all(|c| table.key.contains(c));
        let needed = r.from_columns.iter().all(|c| table.field(c).is_some_and(|f| !f.column.nullable));
        6 * u32::from(is_part_of(table, &seen.tables[r.to]))
            + 4 * u32::from(r.cascade)
            + 2 * u32::from(in_key)
            + u32::from(needed)
            + u32::from(r.extra.is_empty())
            + 2 * u32::from(r.sure)
    };
    let best = candidates.iter().map(|i| score(*i)).max().unwrap_or(0);
    let first: Vec<usize> = candidates.iter().copied().filter(|i| score(*i) == best).collect();
    let mut out: Vec<(usize, bool)> = first.iter().map(|i| (*i, true)).collect();
    // Where the best is empty, another may own the record: an attachment of an order or of a ticket.
    let there = |record: &crate::record::Record, i: usize| {
        let paths = seen.references[i].own_paths(seen.tables);
        paths.iter().all(|p| record.at(p).into_iter().any(|v| !is_nothing(v)))
    };
    for i in candidates.iter().copied().filter(|i| !first.contains(i)) {
        if table.sample.iter().any(|r| there(r, i) && !first.iter().any(|f| there(r, *f))) {
            out.push((i, true));
        }
    }
    out
}
