//! Records that several hold together, as an address: they go with their last holder. Pure.

use std::collections::{BTreeMap, HashSet};

use super::references::{Values, Way, held, known_by};
use super::rows::Planned;
use super::{Action, Reason};
use crate::find::{DoorKind, Findings};
use crate::map::Role;

/// What others hold, by the way that leads to its holders: looked up once, however many records are held.
type Held = BTreeMap<(usize, usize), HashSet<Values>>;

/// A shared record goes only with its last holder.
pub(super) fn keep_what_others_hold(findings: &Findings<'_>, rows: &mut [Planned]) {
    let held = held_by_others(findings, rows);
    for row in rows.iter_mut().filter(|r| r.tie.role == Role::Shared && r.action != Action::Keep) {
        let ways = held.range((row.node, 0)..(row.node + 1, 0));
        let is_held = |((_, place), values): (&(usize, usize), &HashSet<Values>)| {
            known_by(findings, row.node, &row.record, *place).iter().any(|v| values.contains(v))
        };
        if ways.into_iter().any(is_held) {
            row.action = Action::Keep;
            row.after.clear();
            match row.reason.code.as_str() {
                // A retention rule keeps it in any case, and its end is looked at again; but nothing is taken out of it.
                "retention" => row.reason.text.push_str("; others hold it too, so nothing is taken out of it"),
                _ => row.reason = Reason::new("shared", "others hold it too"),
            }
        }
    }
}

fn held_by_others(findings: &Findings<'_>, rows: &[Planned]) -> Held {
    let nodes = &findings.graph.nodes;
    let mut ways: BTreeMap<usize, Vec<Way>> = BTreeMap::new();
    for (from, node) in nodes.iter().enumerate() {
        for (place, way) in node.onward.iter().enumerate() {
            let DoorKind::Holder(there, link) = nodes[way.to].doors[way.door].kind else { continue };
            if there == from && nodes[there].collection.links[link].is_shared() {
                ways.entry(way.to).or_default().push(Way { from, place });
            }
        }
    }
    let mut out = Held::new();
    // Her own records hold it for her; what she holds together with others may hold it for them.
    for row in rows.iter().filter(|r| !r.is_own() || r.tie.role == Role::Shared) {
        for way in ways.get(&row.node).into_iter().flatten() {
            let values = held(findings, row, *way).into_iter().map(|h| h.values);
            out.entry((way.from, way.place)).or_default().extend(values);
        }
    }
    out
}
