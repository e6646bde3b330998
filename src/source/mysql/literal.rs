//! Redress' values as SQL writes them: for a column that takes them, and compared with a column exactly.

use super::types::{Kind, Type};
use super::{bytes_literal, text_literal};
use crate::record::Value;

/// A value as SQL writes it for a column of that type; none where the column has no such value.
pub(super) fn literal(value: &Value, ty: &Type) -> Option<String> {
    Some(match (value, &ty.kind) {
        (Value::Null, _) => "NULL".to_owned(),
        (Value::Int(i), Kind::Int(low, high)) if low <= i && i <= high => i.to_string(),
        (Value::Int(i), Kind::Bit(bits)) if (0..1i128 << bits).contains(i) => i.to_string(),
        (Value::Int(i), Kind::Year) if (0..=2155).contains(i) => i.to_string(),
        (Value::Bool(b), Kind::Int(..) | Kind::Bit(_)) => u8::from(*b).to_string(),
        (Value::Int(i), Kind::Decimal) => i.to_string(),
        (Value::Decimal(text), Kind::Decimal) if is_plain_number(text) => text.clone(),
        // The number that the column really holds: the shortest digits of the greatest are beyond what it takes.
        (Value::Float(x), Kind::Float4) if (*x as f32).is_finite() => format!("{:e}", f64::from(*x as f32)),
        (Value::Float(x), Kind::Float8) if x.is_finite() => format!("{x:e}"),
        (Value::Int(i), Kind::Float4 | Kind::Float8) => i.to_string(),
        (Value::Native { text, .. } | Value::Text(text), Kind::Date | Kind::Moment | Kind::Time)
            if text.bytes().all(|b| b.is_ascii_digit() || b" :.-".contains(&b)) =>
        {
            text_literal(text)
        }
        (Value::Text(text), Kind::Text(_) | Kind::Words) => text_literal(text),
        (Value::Int(i), Kind::Text(_)) => text_literal(&i.to_string()),
        (Value::Decimal(text), Kind::Text(_)) => text_literal(text),
        (Value::List(_) | Value::Object(_), Kind::Json) => text_literal(&value.to_json().to_string()),
        (Value::Native { text, .. } | Value::Text(text), Kind::Json | Kind::Uuid | Kind::Other) => text_literal(text),
        (Value::Bytes(bytes), Kind::Bytes | Kind::Geometry) => bytes_literal(bytes),
        _ => return None,
    })
}

/// The condition that a column, as SQL names it, holds exactly this value, whatever its collation makes equal; none
/// where it cannot hold it.
pub(super) fn is_exactly(column: &str, value: &Value, ty: &Type) -> Option<String> {
    if value.is_null() {
        return Some(format!("{column} IS NULL"));
    }
    let written = literal(value, ty)?;
    Some(match (&ty.kind, value) {
        (Kind::Text(charset), Value::Text(text)) => {
            let same = format!("{} = {}", bytes_of(column), bytes_literal(text.as_bytes()));
            match charset.takes(text) {
                // The first comparison is there for the index.
                true => format!("({column} = {written} AND {same})"),
                false => same,
            }
        }
        (Kind::Words, Value::Text(text)) => format!("{} = {}", bytes_of(column), bytes_literal(text.as_bytes())),
        (Kind::Geometry, Value::Bytes(bytes)) => format!("HEX({column}) = '{}'", hex::encode_upper(bytes)),
        (Kind::Json, _) => format!("{column} = CAST({written} AS JSON)"),
        _ => format!("{column} = {written}"),
    })
}

/// The bytes of a text column in UTF-8: compared byte by byte, spaces at the end included.
pub(super) fn bytes_of(column: &str) -> String {
    format!("CAST(CONVERT({column} USING utf8mb4) AS BINARY)")
}

/// Whether SQL reads the text as an exact number.
pub(super) fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    are_digits(whole) && are_digits(fraction) && digits.len() <= 66
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(name: &str) -> Type {
        Type::of(name, name, None)
    }

    #[test]
    fn what_columns_take() {
        let text = |t: &str| Value::Text(t.to_owned());
        let cases = [
            (Value::Int(127), "tinyint", Some("127")),
            (Value::Int(128), "tinyint", None),
            (Value::Int(2), "bit", None),
            (Value::Decimal("1e5".into()), "decimal", None),
            (Value::Decimal("-1.50".into()), "decimal", Some("-1.50")),
            (Value::Float(0.1), "double", Some("1e-1")),
            (Value::Float(f64::NAN), "double", None),
            (text("0000-00-00"), "date", Some("'0000-00-00'")),
            (text("') OR 1=1 -- "), "date", None),
            (text("a'b\\"), "enum", Some("'a''b\\\\'")),
            (Value::Bytes(vec![0, 255]), "blob", Some("x'00ff'")),
            (text("x"), "blob", None),
            (Value::Null, "int", Some("NULL")),
        ];
        for (value, name, wanted) in cases {
            assert_eq!(literal(&value, &ty(name)).as_deref(), wanted, "{name}");
        }
    }
}
