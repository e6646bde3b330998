//! Tombstones: unique values that identify nobody, are valid where they stand, and can be delivered nowhere.

use super::{Misfit, Spot};
use crate::record::Value;
use crate::source::ValueType;

/// The fewest hexadecimal digits that still make a value unique.
const FEWEST: usize = 8;
/// The least number that a column must hold for a unique one to be found below zero.
const FEWEST_NUMBERS: i128 = -0x7fff_ffff;

/// A tombstone of the column's type: an address under `.invalid` (RFC 2606) where there was one; a number below zero;
/// a random UUID.
pub(super) fn tombstone(spot: &Spot<'_>, old: &Value, random: &mut dyn FnMut() -> u64) -> Result<Value, Misfit> {
    let declared = spot.declared();
    match spot.ty() {
        ValueType::Int => number(spot, random),
        ValueType::Native if is_uuid(old, &declared) => Ok(spot.like(old, uuid(random))),
        ValueType::Float | ValueType::Decimal | ValueType::Bool | ValueType::Bytes | ValueType::Native => {
            Err(format!("a tombstone is text, a whole number or a UUID, and the column is {declared}"))
        }
        _ if matches!(old, Value::Int(_)) => number(spot, random),
        _ => text(spot, old, random),
    }
}

/// A negative number: no sequence gives one out. Within 32 bits, so that programs that read it can hold it.
fn number(spot: &Spot<'_>, random: &mut dyn FnMut() -> u64) -> Result<Value, Misfit> {
    let least = spot.column.and_then(|c| c.range).map_or(i128::MIN, |(least, _)| least);
    match least > FEWEST_NUMBERS {
        true => Err("a tombstone is a number below zero, and the column holds none, or too few".to_owned()),
        false => Ok(Value::Int(-i128::from(random() % 0x7fff_fffe) - 1)),
    }
}

fn is_uuid(old: &Value, declared: &str) -> bool {
    declared.contains("uuid") || matches!(old, Value::Native { ty, .. } if ty.contains("uuid"))
}

/// A random UUID (version 4).
pub(super) fn uuid(random: &mut dyn FnMut() -> u64) -> String {
    let (a, b) = (random(), random());
    let digits = format!("{a:016x}{b:016x}");
    format!("{}-{}-4{}-8{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..32])
}

/// As long as the column allows; refused where it allows too little.
fn text(spot: &Spot<'_>, old: &Value, random: &mut dyn FnMut() -> u64) -> Result<Value, Misfit> {
    let is_address = old.plain().is_some_and(|t| t.contains('@'));
    let id = format!("{:016x}", random());
    let most = spot.column.and_then(|c| c.max_length).map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let shapes: [(&str, &str); 2] =
        if is_address { [("erased-", "@erased.invalid"), ("e", "@x.invalid")] } else { [("erased-", ""), ("e", "")] };
    for (before, after) in shapes {
        let room = most.saturating_sub(before.len() + after.len()).min(id.len());
        if room >= FEWEST {
            return Ok(Value::Text(format!("{before}{}{after}", &id[..room])));
        }
    }
    Err(format!("a unique value needs more than the {most} characters that the column holds"))
}
