//! What leads back to the person: a record that refers to one of hers that stays and tells who she is, or is referred
//! to by one. Such a record is pseudonymised, however empty it is.

use std::collections::{BTreeMap, HashMap};

use super::Tested;
use crate::find::Findings;
use crate::plan::End;
use crate::plan::references::{Values, Way, held, incoming, known_by};

/// Follows the references between the person's records that stay.
pub(super) fn test(findings: &Findings<'_>, tested: &mut [Tested]) {
    let beside = neighbours(findings, tested);
    let tells = |t: &Tested| {
        // What others hold together with her, or keep as theirs, is not told by her.
        let others = matches!(t.row.reason.code.as_str(), "shared" | "others-too");
        t.end != End::Anonymised && !others
    };
    let mut open: Vec<usize> = (0..tested.len()).filter(|i| tells(&tested[*i])).collect();
    while let Some(i) = open.pop() {
        for other in beside.get(&i).into_iter().flatten() {
            if tested[*other].end == End::Anonymised {
                let node = &findings.graph.nodes[tested[i].row.node];
                let place = format!("{}.{}", node.source.name, node.collection.name);
                let why = format!("a record of {place} stays, tells who it is, and is tied to it");
                tested[*other].fails(End::Pseudonymised, why);
                open.push(*other);
            }
        }
    }
}

/// Which records refer to each other, in either direction.
fn neighbours(findings: &Findings<'_>, tested: &[Tested]) -> BTreeMap<usize, Vec<usize>> {
    let mut targets: HashMap<(Way, Values), Vec<usize>> = HashMap::new();
    for (i, one) in tested.iter().enumerate() {
        let node = one.row.node;
        for place in 0..findings.graph.nodes[node].onward.len() {
            for values in known_by(findings, node, &one.row.record, place) {
                targets.entry((Way { from: node, place }, values)).or_default().push(i);
            }
        }
    }
    let ways = incoming(findings);
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, one) in tested.iter().enumerate() {
        for way in &ways[one.row.node] {
            for reference in held(findings, &one.row, *way) {
                for target in targets.get(&(*way, reference.values)).into_iter().flatten().filter(|t| **t != i) {
                    beside.entry(i).or_default().push(*target);
                    beside.entry(*target).or_default().push(i);
                }
            }
        }
    }
    beside
}
