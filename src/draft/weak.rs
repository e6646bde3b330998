//! Records about people that nothing sure leads to: what values speak for weakly is proposed, and left to a person.

use super::assemble::is_personal;
use super::standing::{Seen, Standing};
use crate::map::Role;
use crate::record::FieldPath;

/// Ties records that nothing else ties to anybody by the references that were not sure enough to follow; all open.
pub(super) fn propose(seen: &Seen<'_>, all: &mut [Standing]) {
    for t in 0..all.len() {
        if all[t].owned || !all[t].ties.is_empty() || !is_personal(&seen.tables[t]) {
            continue;
        }
        let leads = |all: &[Standing], to: usize| all[to].person || all[to].owned && !all[to].satellite;
        let aims = seen.from(t).filter(|(_, r)| r.to != t && r.found > 0 && leads(all, r.to));
        for (i, r) in aims.collect::<Vec<_>>() {
            // A list may name several people, and several identifiers of one.
            let list = r.own_paths(seen.tables).iter().any(FieldPath::is_many);
            let mut tie = seen.tie(i, if list { Role::Shared } else { Role::Owner });
            tie.sure = false;
            all[t].several |= list;
            all[t].depth = all[t].depth.max(all[r.to].depth + 1);
            all[t].ties.push(tie);
        }
        all[t].owned = !all[t].ties.is_empty();
    }
}
