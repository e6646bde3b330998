//! The references between the records of a plan, recognised by their values as the search recognised them. Pure.
//!
//! A record may hold several references, at several fields, and in a document several at one path: each is seen with
//! the very fields that hold it. What becomes of them is decided in `detach`.

use super::rows::Planned;
use crate::find::{Door, DoorKind, Findings, Node};
use crate::map::applies;
use crate::record::{FieldPath, Record};
use crate::source::question::normal_of;

/// Values in the normal form of a door, one a field.
pub(super) type Values = Vec<String>;

/// A reference that a record holds: the fields in it, and their values.
pub(super) struct Held {
    pub fields: Vec<FieldPath>,
    pub values: Values,
}

/// A way that leads to a collection: from which collection, and its place among the ways there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Way {
    pub from: usize,
    pub place: usize,
}

/// By collection: the ways over which its records refer to others.
pub(super) fn incoming(findings: &Findings<'_>) -> Vec<Vec<Way>> {
    let nodes = &findings.graph.nodes;
    let mut ways = vec![Vec::new(); nodes.len()];
    for (from, node) in nodes.iter().enumerate() {
        for (place, way) in node.onward.iter().enumerate() {
            if refers(findings, way.to, &nodes[way.to].doors[way.door]) {
                ways[way.to].push(Way { from, place });
            }
        }
    }
    ways
}

/// Whether the record a door stands in holds the reference. A link from a record's own key is held by the other side
/// (the person's record names the address), unless the key is itself a declared reference (a subtype's).
pub(super) fn refers(findings: &Findings<'_>, at: usize, door: &Door) -> bool {
    let node = &findings.graph.nodes[at];
    match door.kind {
        DoorKind::Link(_) => link_refers(node, door),
        DoorKind::Implied(_) => true,
        // The way back of a link: its holders refer to the record where that does not refer to them.
        DoorKind::Holder(there, link) => {
            let there = &findings.graph.nodes[there];
            there.doors.iter().find(|d| d.kind == DoorKind::Link(link)).is_some_and(|d| !link_refers(there, d))
        }
        DoorKind::Identity(_) | DoorKind::Named => false,
    }
}

fn link_refers(node: &Node<'_>, door: &Door) -> bool {
    let same = |names: &[String]| door.fields.iter().map(FieldPath::as_str).eq(names);
    !same(&node.collection.key) || is_declared(node, door)
}

/// Whether the database declares a reference over just these fields.
pub(super) fn is_declared(node: &Node<'_>, door: &Door) -> bool {
    let same = |names: &[String]| door.fields.iter().map(FieldPath::as_str).eq(names);
    node.shape.iter().flat_map(|s| &s.references).any(|r| same(&r.columns))
}

/// The values by which a record is referred to over a way from its collection, as those that refer to it spell them.
pub(super) fn known_by(findings: &Findings<'_>, at: usize, record: &Record, place: usize) -> Vec<Values> {
    let way = &findings.graph.nodes[at].onward[place];
    let door = &findings.graph.nodes[way.to].doors[way.door];
    let respelled = |held: Held| {
        let one = |(i, value): (usize, String)| Some(way.spelled.from_there(i, value.into())?.into_owned());
        held.values.into_iter().enumerate().map(one).collect()
    };
    read(findings, at, record, &way.fields, door).into_iter().filter_map(respelled).collect()
}

/// The references that a record holds over a way that leads to its collection.
pub(super) fn held(findings: &Findings<'_>, row: &Planned, way: Way) -> Vec<Held> {
    let onward = &findings.graph.nodes[way.from].onward[way.place];
    let door = &findings.graph.nodes[row.node].doors[onward.door];
    if !applies(&door.only, &row.record) {
        return Vec::new();
    }
    read(findings, row.node, &row.record, &door.fields, door)
}

/// Every combination of one value a field; usually there is one.
fn read(findings: &Findings<'_>, at: usize, record: &Record, fields: &[FieldPath], door: &Door) -> Vec<Held> {
    let country = findings.graph.nodes[at].source.default_country.as_deref();
    let mut all = vec![Held { fields: Vec::new(), values: Vec::new() }];
    for field in fields {
        let here: Vec<(FieldPath, String)> = record
            .spots(field)
            .into_iter()
            .filter_map(|(path, value)| Some((path, normal_of(value, door.form, country)?.into_owned())))
            .collect();
        let longer = |held: &Held| {
            let with = |(path, value): &(FieldPath, String)| {
                let (mut fields, mut values) = (held.fields.clone(), held.values.clone());
                fields.push(path.clone());
                values.push(value.clone());
                Held { fields, values }
            };
            here.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}
