//! A random value of the same shape: as many digits and letters, in the same places. Kept nowhere else.

use super::shape::Shaped;
use super::tombstone::uuid;
use super::{Misfit, Spot};
use crate::record::Value;

/// How many digits and letters make a random value unique for all that matters.
const UNIQUE: usize = 14;

/// The random value; it always differs from the old one.
pub(super) fn random(spot: &Spot<'_>, old: &Value, random: &mut dyn FnMut() -> u64) -> Result<Value, Misfit> {
    if spot.is_moment() {
        return Ok(spot.like(old, moment(&old.plain().unwrap_or_default(), random)));
    }
    match old {
        Value::Native { ty, .. } if ty.contains("uuid") => Ok(spot.like(old, uuid(random))),
        Value::Native { ty, .. } => Err(format!("what a random {ty} looks like is not known")),
        Value::Text(text) if text.contains('@') => unique(spot, text).map(|()| Value::Text(address(text, random))),
        Value::Text(text) => unique(spot, text).map(|()| Value::Text(shaped(text, false, random))),
        Value::Int(n) => {
            let text = n.to_string();
            unique(spot, &text)?;
            shaped(&text, true, random).parse().map(Value::Int).map_err(|_| "the number is too large".to_owned())
        }
        Value::Decimal(text) => Ok(Value::Decimal(shaped(text, true, random))),
        Value::Float(x) => {
            let text = shaped(&format!("{x}"), true, random);
            text.parse().map(Value::Float).map_err(|_| "the number has no plain digits".to_owned())
        }
        Value::Bytes(bytes) => {
            let new: Vec<u8> = bytes.iter().map(|_| random() as u8).collect();
            Ok(Value::Bytes(if new == *bytes { new.iter().map(|b| !b).collect() } else { new }))
        }
        Value::Bool(_) | Value::Null | Value::List(_) | Value::Object(_) => {
            Err("a truth value, a list or an object has no shape to keep".to_owned())
        }
    }
}

fn unique(spot: &Spot<'_>, text: &str) -> Result<(), Misfit> {
    match spot.unique && Shaped::of(text).len() < UNIQUE {
        true => Err("every value of the column must differ, and there are too few of that shape".to_owned()),
        false => Ok(()),
    }
}

/// Other digits and letters. A number keeps its length: it does not begin with zero.
fn shaped(text: &str, number: bool, random: &mut dyn FnMut() -> u64) -> String {
    let shape = Shaped::of(text);
    let (old_digits, old_letters) = (shape.digits(), shape.letters());
    let mut digits: Vec<u16> = old_digits.iter().map(|_| (random() % 10) as u16).collect();
    let mut letters: Vec<u16> = old_letters.iter().map(|_| (random() % 26) as u16).collect();
    if (&digits, &letters) == (&old_digits, &old_letters) {
        digits.iter_mut().for_each(|d| *d = (*d + 1) % 10);
        letters.iter_mut().for_each(|l| *l = (*l + 1) % 26);
    }
    if let (true, Some(first @ 0)) = (number && old_digits.len() > 1, digits.first_mut()) {
        *first = if old_digits.first() == Some(&1) { 2 } else { 1 };
    }
    shape.with(&digits, &letters)
}

/// An address of the same length before its `@`, that can be delivered nowhere.
fn address(text: &str, random: &mut dyn FnMut() -> u64) -> String {
    let local = text.split('@').next().unwrap_or_default();
    format!("{}@erased.invalid", shaped(local, false, random))
}

/// A random day of the last century, in the form of the old value: `1985-04-01 10:00:00` keeps a time.
fn moment(old: &str, random: &mut dyn FnMut() -> u64) -> String {
    let day = |n: u64| format!("{:04}-{:02}-{:02}", 1920 + n % 80, 1 + n / 80 % 12, 1 + n / 960 % 28);
    let n = random();
    let new = if old.starts_with(&day(n)) { day(n + 1) } else { day(n) };
    match old.get(10..) {
        Some(rest) if !rest.is_empty() => {
            let zeroed: String = rest.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            format!("{new}{zeroed}")
        }
        _ => new,
    }
}
