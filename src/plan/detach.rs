//! References to records that go: taken out where that is possible; where it is not, the record referred to stays.
//!
//! A record that stays as it is, because it is kept or nobody has decided, keeps its references too: what they lead
//! to stays without its personal fields. What a database deletes along is a change like any other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::references::{Held, Values, Way, held, incoming, is_declared, known_by};
use super::rows::{Fate, Planned};
use super::stay::is_at;
use super::{Action, Reason, typed};
use crate::error::Result;
use crate::find::{Door, DoorKind, Findings, Node};
use crate::map::{About, FieldErase};
use crate::record::{FieldPath, Value};
use crate::source::{Action as OnDelete, Shape};

/// For each way on: the values of records that go (or that must not go after all).
type Gone = BTreeMap<Way, HashSet<Values>>;

/// What one look at the references brought to light.
#[derive(Default)]
struct Look {
    /// Records that the database would delete along.
    along: BTreeSet<usize>,
    /// Values that somebody must go on referring to.
    blocked: Gone,
}

/// What happens to one reference to a record that goes.
enum Outcome {
    /// These fields are emptied.
    Empty(Vec<FieldPath>),
    /// The database deletes the record that holds it.
    Along,
    /// It stays, and so must the record referred to.
    Block,
    /// Nobody has decided that it is a reference.
    Leave,
}

/// Decides on every reference to a record that goes. Records that must stay after all are given to `stay`; done again
/// until nothing more comes to light.
pub(super) fn settle(
    findings: &Findings<'_>,
    rows: &mut [Planned],
    stay: &mut dyn FnMut(&mut Planned) -> Result<()>,
) -> Result<()> {
    let ways = incoming(findings);
    let mut decided: Vec<Fate> = rows.iter().map(Planned::fate).collect();
    let mut along: BTreeSet<usize> = BTreeSet::new();
    loop {
        // Everything is worked out anew from what was decided, so that nothing is done for a record that stays.
        for (i, row) in rows.iter_mut().enumerate() {
            row.meet(match along.contains(&i) {
                false => decided[i].clone(),
                true => Fate {
                    action: Action::Delete,
                    after: Vec::new(),
                    reason: Reason::new("cascade", "the database deletes it with the record it belongs to"),
                },
            });
        }
        let look = look(findings, &ways, rows);
        let staying: Vec<usize> = (0..rows.len()).filter(|i| is_blocked(findings, &rows[*i], &look.blocked)).collect();
        match (staying.is_empty(), look.along.is_empty()) {
            (true, true) => return Ok(()),
            (true, false) => along.extend(look.along),
            (false, _) => {
                for i in staying {
                    rows[i].meet(decided[i].clone());
                    rows[i].must_stay = true;
                    stay(&mut rows[i])?;
                    decided[i] = rows[i].fate();
                }
                along.clear();
            }
        }
    }
}

fn look(findings: &Findings<'_>, ways: &[Vec<Way>], rows: &mut [Planned]) -> Look {
    let gone = gone(findings, rows);
    let mut look = Look::default();
    for (i, row) in rows.iter_mut().enumerate().filter(|(_, r)| r.action != Action::Delete) {
        for way in &ways[row.node] {
            let Some(values) = gone.get(way) else { continue };
            let door = findings.graph.nodes[way.from].onward[way.place].door;
            let led = |h: &Held| values.contains(&h.values) && !h.fields.iter().any(|f| row.sets(f));
            for reference in held(findings, row, *way).into_iter().filter(led).collect::<Vec<_>>() {
                match outcome(findings, row, door, &reference) {
                    Outcome::Empty(fields) => empty(findings, row, fields),
                    Outcome::Along => drop(look.along.insert(i)),
                    Outcome::Block => drop(look.blocked.entry(*way).or_default().insert(reference.values)),
                    Outcome::Leave => {}
                }
            }
        }
    }
    look
}

/// For each way on: the values of the records that go.
fn gone(findings: &Findings<'_>, rows: &[Planned]) -> Gone {
    let mut gone = Gone::new();
    for row in rows.iter().filter(|r| r.action == Action::Delete) {
        for place in 0..findings.graph.nodes[row.node].onward.len() {
            let values = known_by(findings, row.node, &row.record, place);
            if !values.is_empty() {
                gone.entry(Way { from: row.node, place }).or_default().extend(values);
            }
        }
    }
    gone
}

fn is_blocked(findings: &Findings<'_>, row: &Planned, blocked: &Gone) -> bool {
    let here = blocked.iter().filter(|(way, _)| row.action == Action::Delete && way.from == row.node);
    here.into_iter().any(|(way, values)| {
        known_by(findings, row.node, &row.record, way.place).iter().any(|mine| values.contains(mine))
    })
}

fn outcome(findings: &Findings<'_>, row: &Planned, door: usize, reference: &Held) -> Outcome {
    let node = &findings.graph.nodes[row.node];
    let way = &node.doors[door];
    if way.open && !is_declared(node, way) {
        return Outcome::Leave;
    }
    if row.tie.open || stays_as_it_is(row) {
        return Outcome::Block;
    }
    let cascades = matches!(&way.kind, DoorKind::Implied(key) if key.on_delete == OnDelete::Cascade);
    if cascades && node.collection.about == About::Nobody && !row.must_stay {
        return Outcome::Along;
    }
    match emptied(node, way, &reference.fields) {
        fields if fields.is_empty() => Outcome::Block,
        fields => Outcome::Empty(fields),
    }
}

/// Whether the record is one of the subject's that is kept unchanged: by a rule, or because nobody has decided.
fn stays_as_it_is(row: &Planned) -> bool {
    row.is_kept_whole() && !row.must_stay
}

/// The fields to empty so that the reference is gone: all of its own that may be null. One is enough to end it; the
/// others would go on saying whom it led to. Fields that another reference needs, or the record's key, stay. None where
/// the reference may only be null as a whole, and one of its fields stays.
fn emptied(node: &Node<'_>, door: &Door, fields: &[FieldPath]) -> Vec<FieldPath> {
    let shape = node.shape.as_ref();
    let may = |(generic, _): &(&FieldPath, &FieldPath)| {
        let name = generic.as_str();
        let column = shape.and_then(|s| s.column(name));
        let leads_on = pointed(node, generic).is_some();
        column.is_none_or(|c| (c.nullable || leads_on) && !c.generated)
            && !node.collection.key.iter().any(|k| k == name)
            && !is_needed(node, door, generic)
    };
    let emptied: Vec<FieldPath> =
        door.fields.iter().zip(fields).filter(may).map(|(_, concrete)| concrete.clone()).collect();
    let same = |names: &[String]| door.fields.iter().map(FieldPath::as_str).eq(names);
    let whole = shape.iter().flat_map(|s| &s.references).any(|r| r.full && same(&r.columns));
    if whole && emptied.len() < door.fields.len() { Vec::new() } else { emptied }
}

/// Whether another reference, over other fields, uses this field too.
fn is_needed(node: &Node<'_>, door: &Door, field: &FieldPath) -> bool {
    let mapped = node.doors.iter().filter(|d| matches!(d.kind, DoorKind::Link(_)) && d.fields != door.fields);
    let declared = node.shape.iter().flat_map(|s| &s.references);
    let same = |names: &[String]| door.fields.iter().map(FieldPath::as_str).eq(names);
    mapped.into_iter().any(|d| d.fields.contains(field))
        || declared.into_iter().any(|r| !same(&r.columns) && r.columns.iter().any(|c| c == field.as_str()))
}

/// The key of the record that stands for everybody who is gone, where the map names one for references of this field.
fn pointed<'n>(node: &Node<'n>, field: &FieldPath) -> Option<&'n str> {
    let named = |(name, f): (&'n String, &'n crate::map::Field)| {
        let path = node.source.field_path(name);
        let here = path == *field || is_at(&path, field);
        match &f.erase {
            Some(FieldErase::Point(key)) if here => Some(key.as_str()),
            _ => None,
        }
    };
    node.collection.fields.iter().find_map(named)
}

/// That key, as the source holds it.
fn led_on(findings: &Findings<'_>, row: &Planned, field: &FieldPath) -> Option<Value> {
    let node = &findings.graph.nodes[row.node];
    let key = pointed(node, field)?;
    let shape = node.shape.as_ref();
    let old = row.record.at(field).first().map_or(Value::Null, |v| (*v).clone());
    let column = shape.and_then(|s| s.column(field.as_str()));
    let value = typed::value(key, column, shape.is_some_and(|s| s.closed), &old).ok()?;
    let value = match (value, &old) {
        (Value::Text(text), Value::Native { ty, .. }) => Value::Native { ty: ty.clone(), text },
        (value, _) => value,
    };
    Some(findings.held(row.node, field, value))
}

fn empty(findings: &Findings<'_>, row: &mut Planned, fields: Vec<FieldPath>) {
    let nothing = findings.graph.nodes[row.node].shape.as_ref().map_or(Value::Null, Shape::nothing);
    for field in fields {
        let value = led_on(findings, row, &field).unwrap_or_else(|| nothing.clone());
        row.set(field, value);
    }
    if row.action == Action::Keep {
        row.action = Action::Detach;
        if !row.is_own() {
            row.reason = Reason::new("points-at-subject", "another's record: its reference to the person is taken out");
        }
    }
}
