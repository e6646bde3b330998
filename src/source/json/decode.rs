//! Raw JSON to values and records, exactly.

use std::borrow::Cow;

use super::parts::{Members, elements};
use crate::record::{Record, Value};

/// What was odd in a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Odd {
    /// An object has two members of one name.
    pub duplicates: bool,
    /// A string has half a surrogate pair.
    pub surrogates: bool,
}

/// Deeper nesting is not read: no record is meant so, and the stack is finite.
const DEPTH: usize = 100;

/// The name of the type of a string that is no Unicode text; its text form is its spelling in JSON.
pub const STRING: &str = "json-string";

/// The record that these members are; `None` where it is nested too deeply.
pub fn record(members: &Members<'_>, odd: &mut Odd) -> Option<Record> {
    odd.duplicates |= members.has_duplicates();
    let mut names = Vec::with_capacity(members.0.len());
    let mut values = Vec::with_capacity(members.0.len());
    for (name, raw) in &members.0 {
        names.push(name.clone().into_owned());
        values.push(value(raw.get(), DEPTH, odd)?);
    }
    Some(Record::new(names.into(), values))
}

fn value(raw: &str, depth: usize, odd: &mut Odd) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    Some(match raw.as_bytes().first()? {
        b'{' => {
            let members = Members::of(raw)?;
            odd.duplicates |= members.has_duplicates();
            let each = members.0.iter().map(|(n, raw)| Some((n.clone().into_owned(), value(raw.get(), depth, odd)?)));
            Value::Object(each.collect::<Option<_>>()?)
        }
        b'[' => Value::List(elements(raw)?.iter().map(|raw| value(raw.get(), depth, odd)).collect::<Option<_>>()?),
        b'"' => match string(raw) {
            Some(text) => Value::Text(text.into_owned()),
            None => {
                odd.surrogates = true;
                Value::Native { ty: STRING.to_owned(), text: raw.to_owned() }
            }
        },
        b'n' => Value::Null,
        b't' => Value::Bool(true),
        b'f' => Value::Bool(false),
        _ => number(raw),
    })
}

/// The text of a raw string; `None` where it is no Unicode text.
pub fn string(raw: &str) -> Option<Cow<'_, str>> {
    match raw.contains('\\') {
        false => raw.get(1..raw.len().checked_sub(1)?).map(Cow::Borrowed),
        true => serde_json::from_str(raw).ok().map(Cow::Owned),
    }
}

/// A number by its digits.
pub fn number(raw: &str) -> Value {
    match raw.parse::<i128>() {
        Ok(i) if i.to_string() == raw => Value::Int(i),
        _ => Value::Decimal(raw.to_owned()),
    }
}

/// The plain text of a raw value as [`Value::plain`] would give it, without making the value.
pub fn plain(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first()? {
        b'{' | b'[' | b'n' => None,
        b'"' => Some(string(raw).unwrap_or(Cow::Borrowed(raw))),
        _ => Some(Cow::Borrowed(raw)),
    }
}
