//! References to records that go: taken out where that is possible; where it is not, the record referred to stays.
//!
//! References are recognised by their values, as the search recognised them, so that a record that points at several
//! records is seen at each of its fields.

use std::collections::{BTreeMap, HashSet};

use super::rows::Planned;
use super::{Action, Reason};
use crate::find::{Door, DoorKind, Findings, Node};
use crate::map::{About, Role};
use crate::record::{FieldPath, Value};
use crate::source::question::normal_of;
use crate::source::{Action as OnDelete, Shape};

/// The values by which a way from a collection is known: collection, its fields; then the normal forms of the records
/// that go.
type Gone = BTreeMap<(usize, usize), HashSet<Vec<String>>>;

/// Decides on every reference to a record that goes. Records that must not go after all are given to `downgrade`;
/// done again until nothing more comes to light.
pub(super) fn settle(findings: &Findings<'_>, rows: &mut [Planned], downgrade: &mut dyn FnMut(&mut Planned)) {
    loop {
        let gone = gone(findings, rows);
        let blocked = settle_once(findings, rows, &gone);
        if blocked.is_empty() {
            return;
        }
        let mut any = false;
        for row in rows.iter_mut().filter(|r| r.action == Action::Delete) {
            if is_blocked(findings, row, &blocked) {
                downgrade(row);
                any = true;
            }
        }
        if !any {
            return;
        }
        // What was detached for a record that now stays is worked out again.
        for row in rows.iter_mut().filter(|r| r.action == Action::Detach) {
            row.action = Action::Keep;
            row.after.clear();
        }
    }
}

/// For each way on (collection, place among its ways): the values of records that go.
fn gone(findings: &Findings<'_>, rows: &[Planned]) -> Gone {
    let mut gone = Gone::new();
    for row in rows.iter().filter(|r| r.action == Action::Delete) {
        let node = &findings.graph.nodes[row.node];
        for (w, way) in node.onward.iter().enumerate() {
            if let Some(values) = tuple(findings, row, row.node, &way.fields, way.to, way.door) {
                gone.entry((row.node, w)).or_default().insert(values);
            }
        }
    }
    gone
}

/// Detaches what can be; gives back the values that somebody must go on referring to.
fn settle_once(findings: &Findings<'_>, rows: &mut [Planned], gone: &Gone) -> Gone {
    let mut blocked = Gone::new();
    for row in rows.iter_mut().filter(|r| r.action != Action::Delete) {
        for ((from, w), values) in gone {
            let way = &findings.graph.nodes[*from].onward[*w];
            if way.to != row.node {
                continue;
            }
            let here = &findings.graph.nodes[row.node];
            let door = &here.doors[way.door];
            if matches!(door.kind, DoorKind::Holder(..)) || !refers(here, door) {
                continue;
            }
            let Some(mine) = tuple(findings, row, row.node, &door.fields, row.node, way.door) else { continue };
            if !values.contains(&mine) {
                continue;
            }
            let cascades = matches!(&door.kind, DoorKind::Implied(key) if key.on_delete == OnDelete::Cascade);
            match nullable(here.shape.as_ref(), &here.collection.key, &door.fields) {
                Some(field) => {
                    row.set(field, here.shape.as_ref().map_or(Value::Null, Shape::nothing));
                    if row.action == Action::Keep && !row.is_own() {
                        row.action = Action::Detach;
                        row.reason = Reason::new(
                            "points-at-subject",
                            "another's record: its reference to the person is taken out",
                        );
                    } else if row.action == Action::Keep {
                        row.action = Action::Anonymise;
                    }
                }
                None if cascades && here.collection.about == About::Nobody => {
                    row.action = Action::Delete;
                    row.reason = Reason::new("cascade", "the database deletes it with the record it belongs to");
                }
                None => {
                    blocked.entry((*from, *w)).or_default().insert(mine);
                }
            }
        }
    }
    blocked
}

fn is_blocked(findings: &Findings<'_>, row: &Planned, blocked: &Gone) -> bool {
    let ways = &findings.graph.nodes[row.node].onward;
    blocked.iter().filter(|((node, _), _)| *node == row.node).any(|((_, w), values)| {
        let way = &ways[*w];
        tuple(findings, row, row.node, &way.fields, way.to, way.door).is_some_and(|mine| values.contains(&mine))
    })
}

/// Whether the record a door stands in holds the reference. A link from a record's own key is held by the other side
/// (the person's record names the address), unless the key is itself a declared reference (a subtype's).
pub(super) fn refers(node: &Node<'_>, door: &Door) -> bool {
    let same = |names: &[String]| door.fields.iter().map(FieldPath::as_str).eq(names);
    let declared = |shape: &Shape| shape.references.iter().any(|r| same(&r.columns));
    match door.kind {
        DoorKind::Link(_) => !same(&node.collection.key) || node.shape.as_ref().is_some_and(declared),
        DoorKind::Implied(_) => true,
        DoorKind::Identity(_) | DoorKind::Named | DoorKind::Holder(..) => false,
    }
}

/// Shared records that nobody else holds any more, by their values: the last holder may delete them.
pub(super) fn is_held_by_others(findings: &Findings<'_>, rows: &[Planned], shared: &Planned) -> bool {
    let ways = &findings.graph.nodes[shared.node].onward;
    ways.iter().any(|way| {
        let door = &findings.graph.nodes[way.to].doors[way.door];
        if !matches!(door.kind, DoorKind::Holder(node, _) if node == shared.node) {
            return false;
        }
        let Some(values) = tuple(findings, shared, shared.node, &way.fields, way.to, way.door) else { return false };
        let others = rows.iter().filter(|r| r.node == way.to && (!r.is_own() || r.tie.role == Role::Shared));
        others.into_iter().any(|r| tuple(findings, r, r.node, &door.fields, way.to, way.door).as_ref() == Some(&values))
    })
}

/// The values of a record's fields in the normal form of a door; none where one of them is missing.
fn tuple(
    findings: &Findings<'_>,
    row: &Planned,
    at: usize,
    fields: &[FieldPath],
    door_node: usize,
    door: usize,
) -> Option<Vec<String>> {
    let form = findings.graph.nodes[door_node].doors[door].form;
    let country = findings.graph.nodes[at].source.default_country.as_deref();
    let one = |field: &FieldPath| {
        let found = row.record.at(field);
        Some(normal_of(found.first()?, form, country)?.into_owned())
    };
    fields.iter().map(one).collect()
}

/// The field of a reference that may be emptied: nullable, and no part of the record's key.
fn nullable(shape: Option<&Shape>, key: &[String], fields: &[FieldPath]) -> Option<FieldPath> {
    let may = |f: &&FieldPath| {
        let column = shape.and_then(|s| s.column(f.as_str()));
        column.is_none_or(|c| c.nullable && !c.generated) && !key.iter().any(|k| k == f.as_str())
    };
    fields.iter().find(may).cloned()
}
