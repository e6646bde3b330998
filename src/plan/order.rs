//! The order in which changes can be done: what refers before what is referred to; records that identify a person
//! last. Pure.

use std::collections::HashMap;

use super::references::{Values, Way, held, incoming, known_by};
use super::rows::Planned;
use super::{Action, follow};
use crate::find::Findings;

/// Sorts: changes of fields first, then deletions; among each, those that refer first. What goes and refers to a record whose
/// key changes goes before that: a database would forbid the change, or carry it along. A cycle is cut where it is entered:
/// inside it the database checks its references at the end.
pub(super) fn sort(findings: &Findings<'_>, rows: &mut Vec<Planned>) {
    rows.sort_by(|a, b| {
        let rank = |r: &Planned| (r.action == Action::Delete, findings.graph.nodes[r.node].collection.person, r.node);
        rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
    });
    let gone: Vec<bool> = rows.iter().map(|r| r.action == Action::Delete).collect();
    let mut referring = referring(findings, rows);
    let leaves_first = |(target, all): (usize, &Vec<usize>)| !gone[target] && all.iter().any(|r| gone[*r]);
    let mixed = referring.iter().enumerate().any(leaves_first);
    if !mixed {
        referring.iter_mut().enumerate().for_each(|(target, all)| all.retain(|r| gone[*r] == gone[target]));
    }
    // A cycle entered at a deletion is cut so that the changes in it come first.
    let starts = (0..rows.len()).filter(|i| gone[*i]).chain((0..rows.len()).filter(|i| !gone[*i]));
    let turns = turns(&referring, starts);
    // The sort is stable: within one turn all stays together by collection and key.
    let mut sorted: Vec<(usize, Planned)> = turns.into_iter().zip(rows.drain(..)).collect();
    sorted.sort_by_key(|(turn, row)| {
        let gone = row.action == Action::Delete;
        if mixed { (false, *turn, gone) } else { (gone, *turn, gone) }
    });
    rows.extend(sorted.into_iter().map(|(_, row)| row));
}

/// For each record that goes, or gets another key: those that refer to it and go, or change, too.
fn referring(findings: &Findings<'_>, rows: &[Planned]) -> Vec<Vec<usize>> {
    let mut gone: HashMap<(Way, Values), Vec<usize>> = HashMap::new();
    let goes = |r: &Planned| r.action == Action::Delete;
    for (i, row) in rows.iter().enumerate() {
        let ways = 0..findings.graph.nodes[row.node].onward.len();
        for place in ways.filter(|place| goes(row) || follow::moves(findings, row, *place)) {
            for values in known_by(findings, row.node, &row.record, place) {
                gone.entry((Way { from: row.node, place }, values)).or_default().push(i);
            }
        }
    }
    let ways = incoming(findings);
    let mut referring = vec![Vec::new(); rows.len()];
    for (i, row) in rows.iter().enumerate().filter(|(_, r)| goes(r) || !r.after.is_empty()) {
        for way in &ways[row.node] {
            for reference in held(findings, row, *way) {
                for target in gone.get(&(*way, reference.values)).into_iter().flatten() {
                    if *target != i {
                        referring[*target].push(i);
                    }
                }
            }
        }
    }
    referring
}

/// Each record's turn, after all that refer to it. No recursion: chains of records may be long.
fn turns(referring: &[Vec<usize>], starts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut turns: Vec<Option<usize>> = vec![None; referring.len()];
    let mut entered = vec![false; referring.len()];
    for start in starts {
        let mut path = vec![(start, 0)];
        while let Some((row, place)) = path.last_mut() {
            let row = *row;
            entered[row] = true;
            match referring[row].get(*place) {
                _ if turns[row].is_some() => drop(path.pop()),
                Some(first) => {
                    *place += 1;
                    if !entered[*first] {
                        path.push((*first, 0));
                    }
                }
                None => {
                    // One that has no turn yet is further up this path: there the cycle is cut.
                    let before = referring[row].iter().filter_map(|r| turns[*r]).max();
                    turns[row] = Some(before.map_or(0, |turn| turn + 1));
                    path.pop();
                }
            }
        }
    }
    turns.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    fn turns(referring: &[Vec<usize>]) -> Vec<usize> {
        super::turns(referring, 0..referring.len())
    }

    #[test]
    fn what_refers_comes_first() {
        assert_eq!(turns(&[vec![], vec![], vec![]]), [0, 0, 0]);
        assert_eq!(turns(&[vec![1], vec![2], vec![]]), [2, 1, 0]);
        // A cycle is cut; what hangs on it still comes before it.
        assert_eq!(turns(&[vec![1], vec![0, 2], vec![]]), [2, 1, 0]);
        assert_eq!(turns(&[vec![2], vec![2], vec![]]), [1, 1, 0]);
        let chain: Vec<Vec<usize>> = (0..200_000).map(|i| if i == 199_999 { vec![] } else { vec![i + 1] }).collect();
        assert_eq!(turns(&chain)[0], 199_999);
        // Entered elsewhere, a cycle is cut elsewhere.
        assert_eq!(super::turns(&[vec![1], vec![0]], [1, 0].into_iter()), [0, 1]);
    }
}
