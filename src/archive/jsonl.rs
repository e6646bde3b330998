//! JSON Lines: true values, one record a line, members in the source's order.
//!
//! Writes text straight from values; the text is what `Value::to_json` would give, without building it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::io::Write as _;

use super::withhold::Shown;
use crate::record::Value;

/// Adds what is shown of a value.
pub fn shown(out: &mut Vec<u8>, what: &Shown<'_>) {
    match what {
        Shown::Given(given) => value(out, given),
        Shown::Withheld(reason) => out.extend_from_slice(reason.json().as_bytes()),
        Shown::File(path) => tagged(out, "$file", |out| text(out, path)),
        Shown::Redacted(in_its_place) => tagged(out, "$redacted", |out| text(out, in_its_place)),
        Shown::List(items) => list(out, items, shown),
        Shown::Object(members) => object(out, members.iter().map(|(n, v)| (*n, v)), shown),
    }
}

/// Adds a value as it is.
pub fn value(out: &mut Vec<u8>, what: &Value) {
    match what {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(b) => out.extend_from_slice(if *b { b"true" } else { b"false" }),
        Value::Int(i) => int(out, *i),
        Value::Decimal(digits) if is_number(digits) => out.extend_from_slice(digits.as_bytes()),
        Value::Decimal(other) => tagged(out, "$decimal", |out| text(out, other)),
        Value::Float(x) if x.is_finite() => print(out, format_args!("{x:?}")),
        Value::Float(x) => tagged(out, "$float", |out| text(out, &x.to_string())),
        Value::Text(t) => text(out, t),
        Value::Bytes(bytes) => tagged(out, "$bytes", |out| text(out, &BASE64.encode(bytes))),
        Value::List(items) => list(out, items, value),
        Value::Object(members) => object(out, members.iter().map(|(n, v)| (n.as_str(), v)), value),
        Value::Native { text: native, .. } if what.is_readable() => text(out, native),
        Value::Native { ty, text: native } => {
            out.extend_from_slice(b"{\"$type\":");
            text(out, ty);
            out.extend_from_slice(b",\"text\":");
            text(out, native);
            out.push(b'}');
        }
    }
}

/// Adds a text with its quotes.
pub fn text(out: &mut Vec<u8>, what: &str) {
    // Writing to memory cannot fail, and a text is always a JSON text.
    let _ = serde_json::to_writer(out, what);
}

/// Whether a text is a number as JSON writes it.
pub fn is_number(text: &str) -> bool {
    // The parser looks past white space at both ends.
    text.trim() == text && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// Adds a whole number.
pub fn int(out: &mut Vec<u8>, i: i128) {
    match i64::try_from(i) {
        Ok(i) => out.extend_from_slice(itoa::Buffer::new().format(i).as_bytes()),
        Err(_) => print(out, format_args!("{i}")),
    }
}

fn print(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

fn tagged(out: &mut Vec<u8>, tag: &str, content: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(b"{\"");
    out.extend_from_slice(tag.as_bytes());
    out.extend_from_slice(b"\":");
    content(out);
    out.push(b'}');
}

fn list<T>(out: &mut Vec<u8>, items: &[T], each: fn(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        each(out, item);
    }
    out.push(b']');
}

fn object<'v, T: 'v>(
    out: &mut Vec<u8>,
    members: impl Iterator<Item = (&'v str, &'v T)>,
    each: impl Fn(&mut Vec<u8>, &'v T),
) {
    out.push(b'{');
    for (i, (name, member)) in members.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        text(out, name);
        out.push(b':');
        each(out, member);
    }
    out.push(b'}');
}
