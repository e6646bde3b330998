//! Whether what is left singles the person out: how many other people of the collection look the same in the fields by
//! which people are recognised together, none of which names anybody alone (a year of birth, a town, a job).
//!
//! One pass over each collection concerned, however many records are tested; what is remembered is bounded by those.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Tested;
use crate::error::{Error, Result};
use crate::find::{DoorKind, Findings, Node};
use crate::map::category::singles_out;
use crate::map::{About, FieldErase};
use crate::plan::anonymise::coarser;
use crate::plan::stay::is_at;
use crate::plan::{Change, End};
use crate::record::{FieldPath, Key, Record};

/// A field that counts, and its rule where that only makes it coarser.
struct Quasi<'m> {
    path: FieldPath,
    rule: Option<&'m FieldErase>,
}

/// What one record shows in the fields that count; none where it shows nothing.
type Shown = Vec<Option<String>>;

/// Other people who look alike, as far as they need to be told apart.
type Others = HashSet<u64>;

/// Counts who looks alike, collection by collection.
pub(super) fn test(findings: &mut Findings<'_>, alike: u64, changes: &[Change], tested: &mut [Tested]) -> Result<()> {
    for n in 0..findings.graph.nodes.len() {
        let here: Vec<usize> = (0..tested.len())
            .filter(|i| tested[*i].row.node == n && tested[*i].end == End::Anonymised)
            .filter(|i| changes[tested[*i].change].reason.code != "others-too")
            .collect();
        let quasi = fields(&findings.graph.nodes[n]);
        let mut asked: HashMap<Shown, Others> = HashMap::new();
        let mut shown: Vec<(usize, Shown)> = Vec::new();
        for i in here {
            let one = &tested[i];
            let now = remaining(&quasi, &changes[one.change], &one.row.record);
            if now.iter().any(Option::is_some) {
                asked.insert(now.clone(), Others::new());
                shown.push((i, now));
            }
        }
        if asked.is_empty() {
            continue;
        }
        let node = &findings.graph.nodes[n];
        let place = (node.source.name.as_str(), node.collection.name.as_str());
        let is_hers = |c: &&Change| c.end.is_some() && (c.source.as_str(), c.collection.as_str()) == place;
        let hers: BTreeSet<Key> = changes.iter().filter(is_hers).map(|c| c.key.clone()).collect();
        let counted = count(findings, n, alike, &hers, &mut asked);
        for (i, now) in shown {
            let others = asked.get(&now).map_or(0, |o| o.len() as u64);
            let names: Vec<&str> =
                quasi.iter().zip(&now).filter(|(_, v)| v.is_some()).map(|(q, _)| q.path.as_str()).collect();
            let names = names.join(" + ");
            match &counted {
                Err(_) => tested[i].fails(End::Masked, format!("{names} could not be compared with other people's")),
                Ok(()) if others + 1 < alike => {
                    let why = format!("{names} single the person out: {} look alike, {alike} are needed", others + 1);
                    tested[i].fails(End::Masked, why);
                }
                Ok(()) => {}
            }
        }
    }
    Ok(())
}

/// The fields of a collection that count.
fn fields<'m>(node: &Node<'m>) -> Vec<Quasi<'m>> {
    let fields = node.collection.fields.iter().filter(|(_, f)| f.about == About::Subject);
    let fields = fields.filter(|(_, f)| f.category.as_deref().is_some_and(singles_out));
    let coarse = |rule: &&FieldErase| {
        use FieldErase::{Band, First, Round, Truncate, Year};
        matches!(rule, Truncate | Year | Band(_) | First(_) | Round(_))
    };
    fields
        .map(|(name, f)| Quasi { path: node.source.field_path(name), rule: f.erase.as_ref().filter(coarse) })
        .collect()
}

/// What is left in them: what stays, and what is only coarser than before. What was replaced says nothing any more.
fn remaining(quasi: &[Quasi<'_>], change: &Change, after: &Record) -> Shown {
    let one = |q: &Quasi<'_>| {
        let changed = change.after.iter().any(|(f, _)| *f == q.path || is_at(&q.path, f));
        if changed && q.rule.is_none() { None } else { text(after, &q.path, |v| v.clone()) }
    };
    quasi.iter().map(one).collect()
}

/// The values at a path, as they are compared: without regard to case and space around them.
fn text(
    record: &Record,
    path: &FieldPath,
    as_left: impl Fn(&crate::record::Value) -> crate::record::Value,
) -> Option<String> {
    let plain = |v: &&crate::record::Value| as_left(v).plain().map(|t| t.trim().to_lowercase());
    let mut all: Vec<String> = record.at(path).iter().filter_map(plain).filter(|t| !t.is_empty()).collect();
    all.sort();
    (!all.is_empty()).then(|| all.join("\u{1f}"))
}

/// One pass over the collection: who else looks like those asked about. Ends early once everybody has enough company.
fn count(
    findings: &mut Findings<'_>,
    n: usize,
    alike: u64,
    hers: &BTreeSet<Key>,
    asked: &mut HashMap<Shown, Others>,
) -> Result<()> {
    // The same fields shown are compared together.
    let mut masks: Vec<Vec<bool>> = asked.keys().map(|s| s.iter().map(Option::is_some).collect()).collect();
    masks.sort();
    masks.dedup();
    let (mut waiting, mut enough) = (asked.len(), alike <= 1);
    let outcome = findings.read_whole(n, &mut |node, record| {
        let quasi = fields(node);
        let as_left = |q: &Quasi<'_>| text(&record, &q.path, |v| coarser(node, &q.path, q.rule, v));
        let all: Shown = quasi.iter().map(as_left).collect();
        for mask in &masks {
            let key: Shown = all.iter().zip(mask).map(|(v, m)| v.clone().filter(|_| *m)).collect();
            let Some(others) = asked.get_mut(&key).filter(|o| o.len() as u64 + 1 < alike) else { continue };
            if hers.contains(&crate::find::key_of(node, &record)) {
                continue;
            }
            others.insert(person(node, &record));
            waiting -= usize::from(others.len() as u64 + 1 >= alike);
        }
        enough |= waiting == 0;
        if enough { Err(Error::bug("nobody else needs to be counted")) } else { Ok(()) }
    });
    if enough { Ok(()) } else { outcome }
}

/// Whose a record is: that of a person collection its own, else by what ties it to somebody.
fn person(node: &Node<'_>, record: &Record) -> u64 {
    let mut hasher = DefaultHasher::new();
    let own = |d: &&crate::find::Door| {
        matches!(d.kind, DoorKind::Link(_) | DoorKind::Identity(_)) && d.role.is_own() && !node.collection.person
    };
    let tied: Option<Vec<String>> = node.doors.iter().find(own).map(|door| {
        let values = door.fields.iter().flat_map(|f| record.at(f));
        values.filter_map(|v| v.plain().map(|t| t.trim().to_lowercase())).collect()
    });
    match tied.filter(|t| !t.is_empty()) {
        Some(values) => values.hash(&mut hasher),
        None => record.digest().0.hash(&mut hasher),
    }
    hasher.finish()
}
