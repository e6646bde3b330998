//! References to records that get another key: they follow it, so that nothing dangles and no old value stays behind
//! in another's record. Pure.

use std::collections::BTreeMap;

use super::references::{Held, Values, Way, held, incoming, is_declared, known_by};
use super::rows::Planned;
use super::{Action, Reason};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::NormalForm;
use crate::record::{FieldPath, Record, Value};
use crate::source::question::normal_of;

/// For each way on: the values that were, and what stands there now; nothing where the fields are emptied.
type Moved = BTreeMap<Way, BTreeMap<Values, Option<Vec<New>>>>;

/// What stands in one field of a key afterwards.
#[derive(Clone)]
struct New {
    value: Value,
    /// Whether it differs from what stood there.
    moves: bool,
}

/// Lets every reference to a changed value follow it; done again until no key changes any more.
pub(super) fn settle(findings: &Findings<'_>, rows: &mut [Planned]) -> Result<()> {
    let ways = incoming(findings);
    for _ in 0..MOST_STEPS {
        let moved = moved(findings, rows);
        let mut any = false;
        for row in rows.iter_mut().filter(|r| r.action != Action::Delete) {
            for way in &ways[row.node] {
                let Some(values) = moved.get(way) else { continue };
                for reference in held(findings, row, *way) {
                    if let Some(new) = values.get(&reference.values) {
                        any |= follow(findings, row, *way, &reference, new.as_deref())?;
                    }
                }
            }
        }
        if !any {
            return Ok(());
        }
    }
    Err(Error::refused("records refer to each other in a circle, by values that the map changes")
        .hint("give one of the fields they refer by erase = \"keep\" in the map"))
}

/// Further no chain of references is followed.
const MOST_STEPS: usize = 100;

/// Whether a change of this row gives others, over a way from it, another value to refer to.
pub(super) fn moves(findings: &Findings<'_>, row: &Planned, place: usize) -> bool {
    let way = &findings.graph.nodes[row.node].onward[place];
    row.action != Action::Delete && way.fields.iter().any(|f| row.after.iter().any(|(a, _)| a == f))
}

fn moved(findings: &Findings<'_>, rows: &[Planned]) -> Moved {
    let mut moved = Moved::new();
    for row in rows {
        for (place, way) in findings.graph.nodes[row.node].onward.iter().enumerate() {
            if !moves(findings, row, place) {
                continue;
            }
            let now = row.after_record().and_then(|after| new_values(&row.record, &after, &way.fields));
            for values in known_by(findings, row.node, &row.record, place) {
                moved.entry(Way { from: row.node, place }).or_default().insert(values, now.clone());
            }
        }
    }
    moved
}

fn new_values(before: &Record, after: &Record, fields: &[FieldPath]) -> Option<Vec<New>> {
    let one = |field: &FieldPath| {
        let value = after.at(field).first().filter(|v| !v.is_null()).map(|v| (*v).clone())?;
        let moves = before.at(field).first().is_none_or(|v| **v != value);
        Some(New { value, moves })
    };
    fields.iter().map(one).collect()
}

/// The new values as the record that refers spells them; none where it cannot.
fn respelled(findings: &Findings<'_>, row: &Planned, way: Way, reference: &Held, new: &[New]) -> Option<Vec<New>> {
    let onward = &findings.graph.nodes[way.from].onward[way.place];
    if onward.spelled.is_plain() {
        return Some(new.to_vec());
    }
    let shape = findings.graph.nodes[row.node].shape.as_ref();
    let one = |(i, new): (usize, &New)| {
        let text = onward.spelled.from_there(i, normal_of(&new.value, NormalForm::Exact, None)?)?;
        let field = &reference.fields[i];
        let old = row.record.at(field).first().map_or(Value::Null, |v| (*v).clone());
        let column = shape.and_then(|s| s.column(field.as_str()));
        let value = super::typed::value(&text, column, shape.is_some_and(|s| s.closed), &old).ok()?;
        Some(New { value, moves: new.moves })
    };
    new.iter().enumerate().map(one).collect()
}

/// Gives a reference its new values. Says whether anything changed.
fn follow(findings: &Findings<'_>, row: &mut Planned, way: Way, reference: &Held, new: Option<&[New]>) -> Result<bool> {
    let (node, there) = (&findings.graph.nodes[row.node], &findings.graph.nodes[way.from]);
    let door = &node.doors[there.onward[way.place].door];
    let declared = is_declared(node, door);
    let untouchable = row.tie.open || row.is_kept_whole();
    if (untouchable || door.open) && !declared {
        // It is kept as it is, with what it says.
        return Ok(false);
    }
    let column = |field: &FieldPath| node.shape.as_ref().and_then(|s| s.column(field.as_str()));
    let spelled = new.and_then(|new| respelled(findings, row, way, reference, new));
    let new = spelled.as_deref();
    let fixed = door.fields.iter().any(|f| column(f).is_some_and(|c| c.generated || new.is_none() && !c.nullable));
    if untouchable || fixed {
        let place = format!("{}.{}", there.source.name, there.collection.name);
        let onward = &there.onward[way.place];
        let fields: Vec<&str> = onward.fields.iter().map(FieldPath::as_str).collect();
        return Err(Error::refused(format!(
            "{place}.{}: records of {} refer to it and cannot follow when it changes",
            fields.join("+"),
            node.collection.name
        ))
        .hint("give the field erase = \"keep\" in the map, or decide that those records may change"));
    }
    let mut any = false;
    for (i, field) in reference.fields.iter().enumerate() {
        let (value, moves) = match new {
            Some(new) => (findings.held(row.node, &door.fields[i], new[i].value.clone()), new[i].moves),
            None => (node.shape.as_ref().map_or(Value::Null, crate::source::Shape::nothing), true),
        };
        // Of a key of several fields only what moves is written.
        if row.after.iter().find(|(f, _)| f == field).map_or(moves, |(_, set)| *set != value) {
            row.set(field.clone(), value);
            any = true;
        }
    }
    if !any {
        return Ok(false);
    }
    if row.action == Action::Keep {
        row.action = if row.is_own() { Action::Anonymise } else { Action::Detach };
        if !row.is_own() {
            row.reason = Reason::new("follows", "another's record: it refers to a record of the person by a new value");
        }
    }
    Ok(true)
}
