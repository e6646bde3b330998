//! What stands in a field of a record that stays: values that identify nobody. Refused where it does not fit the
//! column, never skipped. Random values are drawn here, when the plan is made.

use super::typed;
use crate::error::{Error, Result};
use crate::find::Node;
use crate::map::FieldErase;
use crate::record::{FieldPath, Record, Value};
use crate::source::{Shape, ValueType};

/// The new value of a field; none where it stays.
pub(super) fn value(
    node: &Node<'_>,
    field: &FieldPath,
    record: &Record,
    how: &FieldErase,
    random: &mut dyn FnMut() -> u64,
) -> Result<Option<Value>> {
    let column = node.shape.as_ref().and_then(|s| s.column(field.as_str()));
    let place = format!("{}.{}.{field}", node.source.name, node.collection.name);
    let refuse =
        |what: &str| Err(Error::refused(format!("{place}: {what}")).hint("give the field another `erase` in the map"));
    if column.is_some_and(|c| c.generated) {
        // It follows the fields it is computed from.
        return Ok(None);
    }
    if record.at(field).iter().all(|v| v.is_null()) && *how != FieldErase::Keep {
        return Ok(None);
    }
    if column.is_some_and(|c| c.generated) && *how != FieldErase::Keep {
        return refuse("the source computes it from other columns; those are what to change");
    }
    Ok(match how {
        FieldErase::Keep => None,
        FieldErase::Null if column.is_some_and(|c| !c.nullable) => {
            return refuse("erase = \"null\" does not fit: the column may not be null");
        }
        FieldErase::Null => Some(node.shape.as_ref().map_or(Value::Null, Shape::nothing)),
        FieldErase::Fixed(text) => match column.map(|c| c.ty) {
            Some(ValueType::Int | ValueType::Float | ValueType::Decimal | ValueType::Bool) => {
                let old = record.at(field).first().map_or(Value::Null, |v| (*v).clone());
                let closed = node.shape.as_ref().is_some_and(|s| s.closed);
                match typed::value(text, column, closed, &old) {
                    Ok(value) => Some(value),
                    Err(what) => return refuse(&format!("the fixed text does not fit: the column takes {what}")),
                }
            }
            _ => Some(Value::Text(text.clone())),
        },
        FieldErase::Tombstone => match column.map(|c| c.ty) {
            Some(
                ValueType::Int
                | ValueType::Float
                | ValueType::Decimal
                | ValueType::Bool
                | ValueType::Bytes
                | ValueType::Native,
            ) => {
                return refuse("a tombstone is text, and the column is not");
            }
            _ => Some(Value::Text(tombstone(record, field, random))),
        },
    })
}

/// A unique value that identifies nobody: an address under `.invalid` (RFC 2606) where there was one.
fn tombstone(record: &Record, field: &FieldPath, random: &mut dyn FnMut() -> u64) -> String {
    let is_address = record.at(field).iter().any(|v| v.plain().is_some_and(|t| t.contains('@')));
    let id = random();
    if is_address { format!("erased-{id:016x}@erased.invalid") } else { format!("erased-{id:016x}") }
}
