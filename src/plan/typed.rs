//! A value given as text, as the type of its column: what fits, or in words what would. Pure.

use crate::record::Value;
use crate::source::{Column, ValueType};

/// Reads `text` for a column (none where it is not known) in which `old` stands. `closed`: its type is declared; of
/// documents it is only what a sample showed.
pub(super) fn value(text: &str, column: Option<&Column>, closed: bool, old: &Value) -> Result<Value, String> {
    let range = column.and_then(|c| c.range);
    if let Some((least, greatest)) = range.filter(|_| column.is_some_and(|c| c.ty == ValueType::Int))
        && text.trim().parse::<i128>().is_ok_and(|n| !(least..=greatest).contains(&n))
    {
        return Err(format!("a whole number from {least} to {greatest}"));
    }
    of_type(text, column.map(|c| c.ty), closed, old).map_err(str::to_owned)
}

fn of_type(text: &str, ty: Option<ValueType>, closed: bool, old: &Value) -> Result<Value, &'static str> {
    let ty = ty.unwrap_or(ValueType::Any);
    match ty {
        ValueType::Int => whole(text).ok_or("a whole number"),
        // A database that takes anything may hold text in a column for numbers.
        ValueType::Decimal | ValueType::Float | ValueType::Bool if matches!(old, Value::Text(_)) => Ok(text.into()),
        ValueType::Decimal => decimal(text).ok_or("a number, written like 12 or 12.50"),
        ValueType::Float => float(text).ok_or("a number, written like 12 or 12.5"),
        ValueType::Bool => match (truth(text), old) {
            (None, _) => Err("true or false"),
            (Some(b), Value::Int(_)) => Ok(Value::Int(b.into())),
            (Some(b), _) => Ok(Value::Bool(b)),
        },
        ValueType::Bytes => Err("bytes, and those cannot be given on the command line"),
        // Only the source can read it; what it makes of it is asked of it.
        ValueType::Native => Ok(text.into()),
        ValueType::Nested => nested(text).ok_or("a list or an object, written as JSON"),
        // A column for dates that holds numbers goes on holding numbers.
        ValueType::Text if closed => match old {
            Value::Int(_) => whole(text).ok_or("a whole number, as the one that stands there"),
            Value::Float(_) => float(text).ok_or("a number, as the one that stands there"),
            _ => Ok(text.into()),
        },
        ValueType::Text | ValueType::Any => Ok(like(text, old).unwrap_or_else(|| text.into())),
    }
}

/// As the type of what stands there, where the text can be that.
fn like(text: &str, old: &Value) -> Option<Value> {
    match old {
        Value::Int(_) => whole(text).or_else(|| decimal(text)),
        Value::Decimal(_) => decimal(text),
        Value::Float(_) => float(text),
        Value::Bool(_) => truth(text).map(Value::Bool),
        Value::List(_) | Value::Object(_) => nested(text),
        _ => None,
    }
}

fn whole(text: &str) -> Option<Value> {
    text.trim().parse().ok().map(Value::Int)
}

fn decimal(text: &str) -> Option<Value> {
    let text = text.trim();
    serde_json::from_str::<serde_json::Number>(text).ok()?;
    Some(Value::Decimal(text.to_owned()))
}

fn float(text: &str) -> Option<Value> {
    let number: f64 = text.trim().parse().ok()?;
    number.is_finite().then_some(Value::Float(number))
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" => Some(true),
        "false" | "f" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

fn nested(text: &str) -> Option<Value> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let value = Value::from_json(&json)?;
    matches!(value, Value::List(_) | Value::Object(_)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_what_the_column_holds() {
        use ValueType::*;
        let null = Value::Null;
        let decimal = |t: &str| Some(Value::Decimal(t.into()));
        let text = |t: &str| Some(Value::from(t));
        type Case<'a> = (&'a str, Option<ValueType>, bool, &'a Value, Option<Value>);
        let cases: [Case<'_>; 30] = [
            ("Ana", Some(Text), true, &null, text("Ana")),
            (" Ana ", Some(Text), true, &null, text(" Ana ")),
            ("2026-05-01", Some(Text), true, &Value::from("2025-01-01"), text("2026-05-01")),
            ("2026-05-01", Some(Text), true, &Value::Int(1_700_000_000), None),
            ("1700000001", Some(Text), true, &Value::Int(1_700_000_000), Some(Value::Int(1_700_000_001))),
            ("2460000.5", Some(Text), true, &Value::Float(1.0), Some(Value::Float(2_460_000.5))),
            ("42", Some(Int), true, &null, Some(Value::Int(42))),
            (" -42 ", Some(Int), true, &null, Some(Value::Int(-42))),
            ("4.2", Some(Int), true, &null, None),
            ("", Some(Int), true, &null, None),
            ("1001", Some(Int), true, &null, None),
            ("99999999999999999999", Some(Int), false, &null, Some(Value::Int(99_999_999_999_999_999_999))),
            ("1.10", Some(Decimal), true, &null, decimal("1.10")),
            ("1,10", Some(Decimal), true, &null, None),
            ("0x1", Some(Decimal), true, &null, None),
            ("n/a", Some(Decimal), true, &Value::from("none"), text("n/a")),
            ("2.5", Some(Float), true, &null, Some(Value::Float(2.5))),
            ("inf", Some(Float), true, &null, None),
            ("Yes", Some(Bool), true, &null, Some(Value::Bool(true))),
            ("0", Some(Bool), true, &Value::Int(1), Some(Value::Int(0))),
            ("maybe", Some(Bool), true, &null, None),
            ("abc", Some(Bytes), true, &null, None),
            ("[1]", Some(Nested), false, &null, Some(Value::List(vec![Value::Int(1)]))),
            ("1", Some(Nested), false, &null, None),
            ("+65 1", Some(Text), false, &Value::Int(651), text("+65 1")),
            ("652", Some(Text), false, &Value::Int(651), Some(Value::Int(652))),
            ("7", Some(Any), true, &Value::Int(1), Some(Value::Int(7))),
            ("seven", Some(Any), true, &Value::Int(1), text("seven")),
            ("7", None, false, &null, text("7")),
            ("no", None, false, &Value::Bool(true), Some(Value::Bool(false))),
        ];
        for (given, ty, closed, old, expected) in cases {
            let column = ty.map(|ty| Column { ty, range: closed.then_some((-1000, 1000)), ..Column::default() });
            let read = value(given, column.as_ref(), closed, old);
            assert_eq!(read.as_ref().ok(), expected.as_ref(), "{given:?} as {ty:?}");
            assert_eq!(read.is_err(), expected.is_none());
        }
    }
}
