//! Cells as Redress' values. What cannot be represented exactly is an error, never an approximation.

use postgres::types::{FromSql, Type as Wire};
use std::error::Error as StdError;

use super::types::{Kind, Type};
use crate::record::Value;

/// The name of the native type for text that is not in the database's encoding: its bytes in hexadecimal.
pub(super) const RAW_TEXT: &str = "raw text";

/// A cell as it came.
pub(super) struct Cell<'a>(pub Option<&'a [u8]>);

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(_: &Wire, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Cell(Some(raw)))
    }

    fn from_sql_null(_: &Wire) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Cell(None))
    }

    fn accepts(_: &Wire) -> bool {
        true
    }
}

/// What a cell holds; none where it is not what its type promises.
pub(super) fn value(cell: Cell<'_>, ty: &Type) -> Option<Value> {
    let Some(raw) = cell.0 else { return Some(Value::Null) };
    Some(match &ty.kind {
        Kind::Int2 => Value::Int(i16::from_be_bytes(raw.try_into().ok()?).into()),
        Kind::Int4 => Value::Int(i32::from_be_bytes(raw.try_into().ok()?).into()),
        Kind::Int8 => Value::Int(i64::from_be_bytes(raw.try_into().ok()?).into()),
        Kind::Oid => Value::Int(u32::from_be_bytes(raw.try_into().ok()?).into()),
        Kind::Bool => Value::Bool(*raw.first()? != 0),
        Kind::Float8 => Value::Float(f64::from_be_bytes(raw.try_into().ok()?)),
        Kind::Bytes => Value::Bytes(raw.to_vec()),
        _ => match std::str::from_utf8(raw) {
            Ok(text) => from_text(text, ty)?,
            Err(_) => Value::Native { ty: RAW_TEXT.to_owned(), text: hex::encode(raw) },
        },
    })
}

/// What a text that the server wrote means.
pub(super) fn from_text(text: &str, ty: &Type) -> Option<Value> {
    let native = || Value::Native { ty: ty.label.clone(), text: text.to_owned() };
    Some(match &ty.kind {
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid => Value::Int(text.parse().ok()?),
        Kind::Bool => Value::Bool(matches!(text, "t" | "true")),
        Kind::Float4 | Kind::Float8 => Value::Float(text.parse().ok()?),
        Kind::Numeric => Value::Decimal(text.to_owned()),
        Kind::Bytes => Value::Bytes(hex::decode(text.strip_prefix("\\x")?).ok()?),
        Kind::Text | Kind::Padded | Kind::Citext | Kind::Name | Kind::Json | Kind::Enum(_) => {
            Value::Text(text.to_owned())
        }
        // A document is shown as one; a lone scalar keeps its type, so that a JSON null is not an SQL one.
        Kind::Jsonb => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => document(&json),
            _ => native(),
        },
        Kind::Uuid | Kind::Date | Kind::Timestamp | Kind::TimestampTz | Kind::Other => native(),
    })
}

/// JSON as nested values; members that look like a tag of ours stay what they are.
fn document(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Array(items) => Value::List(items.iter().map(document).collect()),
        serde_json::Value::Object(map) => Value::Object(map.iter().map(|(n, v)| (n.clone(), document(v))).collect()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Number(n) => {
            let text = n.to_string();
            match text.parse::<i128>() {
                Ok(i) if i.to_string() == text => Value::Int(i),
                _ => Value::Decimal(text),
            }
        }
    }
}
