//! Which records of others an erasure may reach through: they go with the record they refer to, or get another key with
//! it, and whatever refers to them must be known too. From the map alone; it decides what is searched, not what is done.

use std::collections::HashSet;

use super::{DoorKind, Node};
use crate::map::{About, FieldErase};
use crate::record::FieldPath;
use crate::source::Action;

/// By collection: the fields that an erasure may give another value.
type Moving = Vec<HashSet<FieldPath>>;

/// Marks the doors whose records are followed although they are not the subject's.
pub(super) fn mark(nodes: &mut [Node<'_>]) {
    let mut along: Vec<Vec<bool>> =
        nodes.iter().map(|n| n.doors.iter().map(|d| cascades(n, &d.kind)).collect()).collect();
    let mut moving: Moving = nodes.iter().map(moved_by_rule).collect();
    while follow(nodes, &mut moving, &mut along) {}
    nodes.iter_mut().zip(along).for_each(|(node, along)| node.along = along);
}

/// Whether the database deletes a record found so with the one it refers to.
fn cascades(node: &Node<'_>, door: &DoorKind) -> bool {
    let deletes = matches!(door, DoorKind::Implied(key) if key.on_delete == Action::Cascade);
    deletes && node.collection.about == About::Nobody
}

/// What a rule of the map changes: what it says so of, and personal fields it says nothing of.
fn moved_by_rule(node: &Node<'_>) -> HashSet<FieldPath> {
    let fields = node.collection.fields.iter();
    let changed = fields.filter(|(_, f)| match &f.erase {
        Some(rule) => *rule != FieldErase::Keep,
        None => f.category.is_some(),
    });
    let changed = changed.map(|(name, _)| node.source.field_path(name));
    let kept =
        |path: &FieldPath| node.collection.field(path.as_str()).is_some_and(|f| f.erase == Some(FieldErase::Keep));
    let identities = node.collection.identities.iter().map(|(_, path)| path.clone());
    changed.chain(identities.filter(|path| !kept(path))).collect()
}

/// Carries what moves over every way by one step. Says whether anything came of it.
fn follow(nodes: &[Node<'_>], moving: &mut Moving, along: &mut [Vec<bool>]) -> bool {
    let mut any = false;
    for (from, node) in nodes.iter().enumerate() {
        for way in &node.onward {
            let there = &nodes[way.to];
            let pairs = way.fields.iter().zip(&there.doors[way.door].fields);
            let moved: Vec<&FieldPath> = pairs.filter(|(f, _)| moving[from].contains(f)).map(|(_, t)| t).collect();
            for field in &moved {
                any |= moving[way.to].insert((*field).clone());
            }
            let leads_on = there.onward.iter().any(|on| on.fields.iter().any(|f| moved.contains(&f)));
            if leads_on && !std::mem::replace(&mut along[way.to][way.door], true) {
                any = true;
            }
        }
    }
    any
}
