//! Pseudonyms under the workspace's key: the same value has the same pseudonym everywhere. Whoever holds the key, and
//! a list of people, can tell who is meant; so every report says pseudonymised.

use aes::Aes256;
use fpe::ff1::{FF1, FlexibleNumeralString};

use super::shape::Shaped;
use super::{Misfit, Spot};
use crate::error::Result;
use crate::record::{Digest, Value};
use crate::source::ValueType;

/// The fewest hexadecimal digits of a hash that tell values apart.
const FEWEST: usize = 16;

type Keyed<'k> = &'k mut dyn FnMut(&[u8]) -> Result<Digest>;

/// A keyed hash; of an address, an address that can be delivered nowhere.
pub(super) fn hash(spot: &Spot<'_>, old: &Value, keyed: Keyed<'_>) -> Result<Result<Value, Misfit>> {
    let Some(text) = old.plain().filter(|_| matches!(old, Value::Text(_) | Value::Int(_) | Value::Decimal(_))) else {
        return Ok(Err("only texts and numbers can be hashed".to_owned()));
    };
    if !matches!(spot.ty(), ValueType::Text | ValueType::Any) {
        return Ok(Err("a hash is text, and the column is not".to_owned()));
    }
    // Spelt differently, it is the same value.
    let normal = text.trim().to_lowercase();
    let digest = hex::encode(keyed(format!("hash\0{normal}").as_bytes())?.0);
    let after = if text.contains('@') { "@pseudonym.invalid" } else { "" };
    let most = spot.column.and_then(|c| c.max_length).map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let room = most.saturating_sub(after.len()).min(if after.is_empty() { 64 } else { 32 });
    Ok(match room >= FEWEST {
        true => Ok(Value::Text(format!("{}{after}", &digest[..room]))),
        false => Err(format!("a hash needs more than the {most} characters that the column holds")),
    })
}

/// Another value of the same format (FF1 of NIST SP 800-38G): digits for digits, letters for letters.
pub(super) fn of_the_same_format(spot: &Spot<'_>, old: &Value, keyed: Keyed<'_>) -> Result<Result<Value, Misfit>> {
    let key = keyed(b"format\0")?.0;
    let text = match old {
        Value::Text(text) if !spot.is_moment() => text.clone(),
        Value::Int(n) => n.to_string(),
        _ => return Ok(Err("only texts and whole numbers have a format that can be kept".to_owned())),
    };
    let (local, after) = match text.split_once('@') {
        Some((local, _)) => (local, "@pseudonym.invalid"),
        None => (text.as_str(), ""),
    };
    let shape = Shaped::of(local);
    if shape.has_other_letters() {
        return Ok(Err("it has letters outside ASCII, whose format cannot be kept".to_owned()));
    }
    let (digits, letters) = (enciphered(&key, 10, shape.digits()), enciphered(&key, 26, shape.letters()));
    let (Some(digits), Some(letters)) = (digits, letters) else {
        let why = "it is too short: fewer than 6 digits or 5 letters could be tried out";
        return Ok(Err(why.to_owned()));
    };
    let new = format!("{}{after}", shape.with(&digits, &letters));
    Ok(match old {
        // A number that begins with zero has lost its length, but stays one of few.
        Value::Int(_) => new.parse().map(Value::Int).map_err(|_| "the number is too large".to_owned()),
        _ => Ok(Value::Text(new)),
    })
}

/// The numerals under the cipher; none where there are too few of them to hide anything.
fn enciphered(key: &[u8; 32], radix: u32, numerals: Vec<u16>) -> Option<Vec<u16>> {
    if numerals.is_empty() {
        return Some(numerals);
    }
    let cipher = FF1::<Aes256>::new(key, radix).ok()?;
    let hidden = cipher.encrypt(&[], &FlexibleNumeralString::from(numerals)).ok()?;
    Some(hidden.into())
}
