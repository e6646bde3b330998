//! The server's values as Redress' values, exactly. Rows come by the binary protocol, whose numbers lose nothing.

use mysql::Value as Sql;

use super::types::{Kind, Type};
use crate::record::Value;

/// What a cell holds; none where it is no value of its type that can be represented.
pub(super) fn value(cell: Sql, ty: &Type) -> Option<Value> {
    let native = |text: String| Value::Native { ty: ty.label.clone(), text };
    if matches!(cell, Sql::Date(..) | Sql::Time(..)) {
        return Some(native(clock(&cell, ty)?));
    }
    Some(match (cell, &ty.kind) {
        (Sql::NULL | Sql::Date(..) | Sql::Time(..), _) => Value::Null,
        (Sql::Int(i), _) => Value::Int(i.into()),
        (Sql::UInt(i), _) => Value::Int(i.into()),
        // By its shortest digits, so that 0.1 is 0.1; they lead back to the same number.
        (Sql::Float(x), _) => Value::Float(x.to_string().parse().ok()?),
        (Sql::Double(x), _) => Value::Float(x),
        (Sql::Bytes(bytes), Kind::Bit(_)) => {
            let mut number = 0u64;
            for byte in bytes {
                number = number.checked_mul(256)? + u64::from(byte);
            }
            Value::Int(number.into())
        }
        (Sql::Bytes(bytes), Kind::Bytes | Kind::Geometry) => Value::Bytes(bytes),
        (Sql::Bytes(bytes), kind) => {
            let text = String::from_utf8(bytes).ok()?;
            match kind {
                Kind::Text(_) | Kind::Words => Value::Text(text),
                Kind::Decimal => Value::Decimal(text),
                Kind::Int(..) | Kind::Year => Value::Int(text.parse().ok()?),
                Kind::Float4 | Kind::Float8 => Value::Float(text.parse().ok()?),
                // A document is shown as one; a lone scalar keeps its type, so that a JSON null is not an SQL one.
                Kind::Json => match serde_json::from_str::<serde_json::Value>(&text) {
                    Ok(json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => document(&json),
                    _ => native(text),
                },
                _ => native(text),
            }
        }
    })
}

fn clock(cell: &Sql, ty: &Type) -> Option<String> {
    match (cell, &ty.kind) {
        (Sql::Time(..), _) => time(cell),
        (_, Kind::Date) => day(cell),
        _ => moment(cell),
    }
}

fn day(cell: &Sql) -> Option<String> {
    let Sql::Date(year, month, day, ..) = cell else { return None };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn moment(cell: &Sql) -> Option<String> {
    let Sql::Date(.., hour, minute, second, micros) = cell else { return None };
    Some(format!("{} {hour:02}:{minute:02}:{second:02}{}", day(cell)?, fraction(*micros)))
}

fn time(cell: &Sql) -> Option<String> {
    let Sql::Time(negative, days, hours, minutes, seconds, micros) = cell else { return None };
    let (sign, hours) = (if *negative { "-" } else { "" }, days * 24 + u32::from(*hours));
    Some(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{}", fraction(*micros)))
}

/// The fraction of a second without the zeros at its end, whatever the column's precision.
pub(super) fn fraction(micros: u32) -> String {
    match micros {
        0 => String::new(),
        micros => format!(".{micros:06}").trim_end_matches('0').to_owned(),
    }
}

/// JSON as nested values.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(cell: Sql, data_type: &str, column_type: &str) -> String {
        let value = value(cell, &Type::of(data_type, column_type, None)).unwrap();
        value.to_exact_json().to_string()
    }

    #[test]
    fn cells_keep_what_they_hold() {
        let text = |t: &str| Sql::Bytes(t.as_bytes().to_vec());
        let cases = [
            (Sql::UInt(u64::MAX), "bigint", "18446744073709551615"),
            (text("-0.10"), "decimal", r#"{"$decimal":"-0.10"}"#),
            (Sql::Float(0.1), "float", "0.1"),
            (Sql::Double(0.1 + 0.2), "double", "0.30000000000000004"),
            (Sql::Bytes(vec![2, 1]), "bit", "513"),
            (Sql::Date(0, 0, 0, 0, 0, 0, 0), "date", r#"{"$type":"date","text":"0000-00-00"}"#),
            (Sql::Date(2021, 1, 6, 1, 0, 0, 0), "datetime", r#"{"$type":"datetime","text":"2021-01-06 01:00:00"}"#),
            (
                Sql::Date(2021, 1, 6, 1, 0, 0, 500_000),
                "timestamp",
                r#"{"$type":"timestamp","text":"2021-01-06 01:00:00.5"}"#,
            ),
            (Sql::Time(true, 34, 22, 59, 59, 1), "time", r#"{"$type":"time","text":"-838:59:59.000001"}"#),
            (text(r#"{"b": [1.50, null]}"#), "json", r#"{"b":[{"$decimal":"1.50"},null]}"#),
            (text("null"), "json", r#"{"$type":"json","text":"null"}"#),
            (Sql::Bytes(vec![0xff]), "blob", r#"{"$bytes":"/w=="}"#),
        ];
        for (cell, ty, wanted) in cases {
            assert_eq!(shown(cell, ty, ty), wanted, "{ty}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_no_value() {
        assert!(value(Sql::Bytes(vec![0xff]), &Type::of("varchar", "varchar(3)", None)).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_float_of_32_bits_leads_back_to_itself(x in any::<f32>().prop_filter("finite", |x| x.is_finite())) {
            let Some(Value::Float(y)) = value(Sql::Float(x), &Type::of("float", "float", None)) else {
                return Err(TestCaseError::fail("no float"));
            };
            prop_assert_eq!((y as f32).to_bits(), x.to_bits());
        }
    }
}
