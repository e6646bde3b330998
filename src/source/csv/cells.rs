//! Single cells: raw bytes to values, and values to raw bytes.

use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

use super::layout::{DELIMITERS, Layout};
use super::scan::Style;
use crate::error::{Error, Result};
use crate::record::Value;
use crate::source::files::pick::Test;

/// The bytes that a raw field means: quotes taken off.
pub fn plain(raw: &[u8], style: Style) -> Cow<'_, [u8]> {
    match style {
        Style::Plain => Cow::Borrowed(raw),
        Style::Quoted => Cow::Borrowed(&raw[1..raw.len() - 1]),
        Style::Escaped => Cow::Owned(unescaped(raw)),
    }
}

fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = &raw[1..];
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.split_first() {
            Some((b'"', after)) => {
                out.push(b'"');
                rest = after;
            }
            // The closing quote; what follows it is taken as it is.
            _ => break,
        }
    }
    out.extend_from_slice(rest);
    out
}

/// The text of some bytes; `None` where they are none in that encoding.
pub fn text<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Option<Cow<'b, str>> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The value of a raw field.
pub fn value(raw: &[u8], style: Style, encoding: &'static Encoding) -> Value {
    let bytes = plain(raw, style);
    match text(&bytes, encoding) {
        Some(text) => Value::Text(text.into_owned()),
        None => Value::Bytes(bytes.into_owned()),
    }
}

/// Whether a raw field passes a test.
pub fn passes(raw: &[u8], style: Style, encoding: &'static Encoding, test: &Test<'_>) -> bool {
    let bytes = plain(raw, style);
    match text(&bytes, encoding) {
        Some(text) => test.text(&text),
        None => test.value(&Value::Bytes(bytes.into_owned())),
    }
}

/// A value as a raw field. It stays in quotes where it was, and gets them where it must.
pub fn raw(value: &Value, layout: &Layout, quoted: bool) -> Result<Vec<u8>> {
    let bytes = match value {
        Value::Null => Vec::new(),
        Value::Bytes(bytes) => bytes.clone(),
        value => match value.plain() {
            Some(text) => encoded(&text, layout.encoding)?,
            None => {
                return Err(Error::refused("a list or an object cannot be written into a CSV file")
                    .hint("give the field a text"));
            }
        },
    };
    // Every delimiter anybody might see, so that an edit never changes which one is found.
    let special = |b: &u8| matches!(b, b'"' | b'\n' | b'\r') || *b == layout.delimiter || DELIMITERS.contains(b);
    if !quoted && !bytes.iter().any(special) {
        return Ok(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + 2);
    out.push(b'"');
    for byte in bytes {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
    Ok(out)
}

fn encoded(text: &str, encoding: &'static Encoding) -> Result<Vec<u8>> {
    let (bytes, _, lost) = encoding.encode(text);
    match lost {
        false => Ok(bytes.into_owned()),
        true => Err(Error::refused(format!("the new value has a character that {} cannot hold", encoding.name()))
            .hint("give the value without it, or save the file as UTF-8")),
    }
}
