//! SQLite's values as Redress' values and back, exactly.

use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};

use crate::record::Value;

/// The name of the native type for text that is not UTF-8: its bytes in hexadecimal.
const RAW_TEXT: &str = "text";

/// What a cell holds.
pub(super) fn from_sql(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(i) => Value::Int(i.into()),
        ValueRef::Real(x) => Value::Float(x),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Native { ty: RAW_TEXT.to_owned(), text: hex::encode(bytes) },
        },
    }
}

/// A value to bind; `None` where SQLite has no such value.
pub(super) fn to_sql(value: &Value) -> Option<ToSqlOutput<'_>> {
    Some(match value {
        Value::Null => ToSqlOutput::Owned(Sql::Null),
        Value::Bool(b) => ToSqlOutput::Owned(Sql::Integer(i64::from(*b))),
        Value::Int(i) => ToSqlOutput::Owned(Sql::Integer(i64::try_from(*i).ok()?)),
        Value::Float(x) => ToSqlOutput::Owned(Sql::Real(*x)),
        Value::Text(text) | Value::Decimal(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        Value::Native { ty, text } if ty == RAW_TEXT => {
            // Bound as a blob; the statement casts it back to text.
            ToSqlOutput::Owned(Sql::Blob(hex::decode(text).ok()?))
        }
        Value::Native { .. } | Value::List(_) | Value::Object(_) => return None,
    })
}

/// The SQL that takes the value bound at `n`.
pub(super) fn placeholder(value: &Value, n: usize) -> String {
    match value {
        Value::Native { .. } => format!("CAST(?{n} AS TEXT)"),
        _ => format!("?{n}"),
    }
}
