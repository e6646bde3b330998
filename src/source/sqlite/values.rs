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

/// A value as a column declared so holds it: SQLite's affinities, by the rules of its documentation in their order.
pub(super) fn held(declared: &str, value: Value) -> Value {
    let upper = declared.to_ascii_uppercase();
    let has = |part: &str| upper.contains(part);
    // There are no truth values: they are stored as 1 and 0.
    let value = match value {
        Value::Bool(b) => Value::Int(b.into()),
        Value::Decimal(text) => Value::Text(text),
        other => other,
    };
    if !has("INT") && (has("CHAR") || has("CLOB") || has("TEXT")) {
        return match value {
            Value::Int(i) => Value::Text(i.to_string()),
            other => other,
        };
    }
    if !has("INT") && (has("BLOB") || upper.is_empty()) {
        return value;
    }
    let real = !has("INT") && (has("REAL") || has("FLOA") || has("DOUB"));
    match value {
        Value::Text(text) => number(&text, real).unwrap_or(Value::Text(text)),
        Value::Int(i) if real => Value::Float(i as f64),
        Value::Float(x) if !real => whole(x),
        other => other,
    }
}

/// The number that a text becomes in a numeric column; none where it stays text.
fn number(text: &str, real: bool) -> Option<Value> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || digits.contains(['x', 'X', '_']) {
        return None;
    }
    match text.parse::<i64>() {
        Ok(i) if !real => Some(Value::Int(i.into())),
        _ => {
            let x: f64 = text.parse().ok()?;
            Some(if real { Value::Float(x) } else { whole(x) })
        }
    }
}

/// A floating-point number in a numeric column is stored as an integer where it is one.
fn whole(x: f64) -> Value {
    let i = x as i64;
    match i as f64 == x && i != i64::MIN && i != i64::MAX {
        true => Value::Int(i.into()),
        false => Value::Float(x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_what_the_database_gives_back() {
        let types =
            ["INTEGER", "VARCHAR(9)", "BLOB", "", "REAL", "DOUBLE PRECISION", "NUMERIC(10,2)", "DATE", "BOOLEAN"];
        let values = [
            Value::Int(3),
            Value::Int(-70_000_000_000),
            Value::Float(3.0),
            Value::Float(2.5),
            Value::Float(1e300),
            Value::Bool(true),
            Value::Decimal("1.10".into()),
            Value::Decimal("7".into()),
            Value::Decimal("12345678901234567890".into()),
            Value::Text("2026-05-01".into()),
            Value::Text("20260501".into()),
            Value::Text(" 12 ".into()),
            Value::Text("+5".into()),
            Value::Text("1e3".into()),
            Value::Text(".5".into()),
            Value::Text("5.".into()),
            Value::Text("0x1F".into()),
            Value::Text("1_000".into()),
            Value::Text("inf".into()),
            Value::Text("".into()),
            Value::Null,
        ];
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        for declared in types {
            for value in &values {
                if matches!((declared, value), ("VARCHAR(9)", Value::Float(_))) {
                    // Nothing gives a text column a floating-point number.
                    continue;
                }
                conn.execute_batch(&format!("DROP TABLE IF EXISTS t; CREATE TABLE t (a {declared})")).unwrap();
                conn.execute("INSERT INTO t VALUES (?1)", [to_sql(value).unwrap()]).unwrap();
                let read = conn.query_row("SELECT a FROM t", [], |r| Ok(from_sql(r.get_ref(0)?))).unwrap();
                let shown = (declared, value.to_exact_json());
                assert_eq!(held(declared, value.clone()).to_exact_json(), read.to_exact_json(), "{shown:?}");
            }
        }
    }
}
