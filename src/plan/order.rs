//! The order in which changes can be done: what refers before what is referred to; records that identify a person
//! last. Pure.

use super::detach::refers;
use super::rows::Planned;
use crate::find::{DoorKind, Findings};

/// For each collection of the walk, its turn. Cycles are cut where they are entered: inside them the database checks
/// its references at the end.
pub(super) fn turns(findings: &Findings<'_>) -> Vec<usize> {
    let nodes = &findings.graph.nodes;
    let mut turns = vec![usize::MAX; nodes.len()];
    let mut state = vec![0u8; nodes.len()];
    let mut next = 0;
    // Collections of persons are entered last, so that a cycle is cut at them.
    let mut starts: Vec<usize> = (0..nodes.len()).collect();
    starts.sort_by_key(|n| (nodes[*n].collection.person, *n));
    for start in starts {
        visit(findings, start, &mut state, &mut turns, &mut next);
    }
    turns
}

fn visit(findings: &Findings<'_>, node: usize, state: &mut [u8], turns: &mut [usize], next: &mut usize) {
    if state[node] != 0 {
        return;
    }
    state[node] = 1;
    for way in &findings.graph.nodes[node].onward {
        let (there, door) = (&findings.graph.nodes[way.to], &findings.graph.nodes[way.to].doors[way.door]);
        let first = match door.kind {
            // The way back of a shared link: its holders refer to it where it does not refer to them.
            DoorKind::Holder(shared, link) => {
                let shared = &findings.graph.nodes[shared];
                let way = shared.doors.iter().find(|d| d.kind == DoorKind::Link(link));
                way.is_some_and(|d| !refers(shared, d))
            }
            _ => refers(there, door),
        };
        if first && way.to != node {
            visit(findings, way.to, state, turns, next);
        }
    }
    state[node] = 2;
    turns[node] = *next;
    *next += 1;
}

/// Sorts: changes of fields first, then deletions by turn; within a collection by key.
pub(super) fn sort(findings: &Findings<'_>, rows: &mut [Planned]) {
    let turns = turns(findings);
    rows.sort_by(|a, b| {
        let rank = |r: &Planned| (r.action == super::Action::Delete, turns[r.node]);
        rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
    });
}
