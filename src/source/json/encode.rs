//! Values as JSON text, so that reading it gives the same value.

use serde_json::value::RawValue;

use super::decode::STRING;
use crate::error::{Error, Result};
use crate::record::Value;

/// The JSON text of a value.
pub fn encode(value: &Value) -> Result<String> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn write(value: &Value, out: &mut String) -> Result<()> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Int(i) => out.push_str(&i.to_string()),
        Value::Decimal(text) if is_raw(text, |b| b == b'-' || b.is_ascii_digit()) => out.push_str(text),
        Value::Float(x) if x.is_finite() => out.push_str(&format!("{x:?}")),
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::Native { ty, text } if ty == STRING && is_raw(text, |b| b == b'"') => out.push_str(text),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, (name, value)) in members.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(name));
                out.push(':');
                write(value, out)?;
            }
            out.push('}');
        }
        Value::Bytes(_) | Value::Decimal(_) | Value::Float(_) | Value::Native { .. } => {
            return Err(Error::refused("JSON has no form for a value of this type").hint("give it as text"));
        }
    }
    Ok(())
}

/// Whether `text` is one JSON value that begins so, and nothing else.
fn is_raw(text: &str, begins: fn(u8) -> bool) -> bool {
    text.bytes().next().is_some_and(begins)
        && serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| raw.get() == text)
}
