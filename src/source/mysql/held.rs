//! A value as a column gives it back once it stands there: in its type, with its digits. What does not fit stays as it
//! is, and the server refuses it when it is set.

use super::decode::fraction;
use super::types::{Kind, Type};
use crate::record::Value;

/// The value as a column of that type, declared so, holds it.
pub(super) fn held(declared: &str, ty: &Type, value: Value) -> Value {
    let native = |text: String| Value::Native { ty: ty.label.clone(), text };
    match (&ty.kind, &value) {
        (Kind::Int(..) | Kind::Bit(_), Value::Bool(b)) => Value::Int((*b).into()),
        (Kind::Decimal, Value::Int(i)) => decimal(declared, &i.to_string()).unwrap_or(value),
        (Kind::Decimal, Value::Decimal(text)) => decimal(declared, text).unwrap_or(value),
        (Kind::Float4, Value::Float(x)) => (*x as f32).to_string().parse().map_or(value, Value::Float),
        (Kind::Float4 | Kind::Float8, Value::Int(i)) => Value::Float(*i as f64),
        (Kind::Text(_), Value::Int(i)) => Value::Text(i.to_string()),
        (Kind::Text(_), Value::Decimal(text)) => Value::Text(text.clone()),
        (Kind::Text(_), Value::Text(text)) if ty.label == "char" => Value::Text(text.trim_end_matches(' ').to_owned()),
        (Kind::Date, Value::Text(text)) => day(text).map_or(value, native),
        (Kind::Moment, Value::Text(text)) => moment(text, declared).map_or(value, native),
        (Kind::Time, Value::Text(text)) => time(text, declared).map_or(value, native),
        (Kind::Uuid, Value::Text(text)) => native(text.to_ascii_lowercase()),
        (Kind::Other, Value::Text(text)) => native(text.clone()),
        _ => value,
    }
}

/// A number with as many digits after the point as the column has; none where it has more.
fn decimal(declared: &str, text: &str) -> Option<Value> {
    let scale = in_brackets(declared, 1).unwrap_or(0) as usize;
    let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
    let is_whole = whole.parse::<i128>().is_ok() && !whole.starts_with('+');
    if !is_whole || digits.len() > scale || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |w| ("-", w));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        w => w,
    };
    let is_zero = whole == "0" && digits.bytes().all(|b| b == b'0');
    let sign = if is_zero { "" } else { sign };
    Some(Value::Decimal(match scale {
        0 => format!("{sign}{whole}"),
        scale => format!("{sign}{whole}.{digits:0<scale$}"),
    }))
}

/// The n-th number in the brackets of a declared type.
fn in_brackets(declared: &str, n: usize) -> Option<u32> {
    declared.split_once('(')?.1.split_once(')')?.0.split(',').nth(n)?.trim().parse().ok()
}

fn day(text: &str) -> Option<String> {
    Some(text.trim().parse::<jiff::civil::Date>().ok()?.to_string())
}

fn moment(text: &str, declared: &str) -> Option<String> {
    let at = text.trim().parse::<jiff::civil::DateTime>().ok()?;
    let micros = micros(at.subsec_nanosecond(), declared)?;
    Some(format!("{} {:02}:{:02}:{:02}{}", at.date(), at.hour(), at.minute(), at.second(), fraction(micros)))
}

fn time(text: &str, declared: &str) -> Option<String> {
    let at = text.trim().parse::<jiff::civil::Time>().ok()?;
    let micros = micros(at.subsec_nanosecond(), declared)?;
    Some(format!("{:02}:{:02}:{:02}{}", at.hour(), at.minute(), at.second(), fraction(micros)))
}

/// The fraction of a second, where the column is precise enough for it.
fn micros(nanos: i32, declared: &str) -> Option<u32> {
    let unit = 10u32.pow(9 - in_brackets(declared, 0).unwrap_or(0).min(6));
    let nanos = u32::try_from(nanos).ok()?;
    (nanos % unit == 0).then_some(nanos / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_columns_give_back() {
        let text = |t: &str| Value::Text(t.to_owned());
        let cases = [
            ("decimal(10,2)", Value::Int(0), r#"{"$decimal":"0.00"}"#),
            ("decimal(10,2)", Value::Decimal("-07.5".into()), r#"{"$decimal":"-7.50"}"#),
            ("decimal(10,2)", Value::Decimal("1.234".into()), r#"{"$decimal":"1.234"}"#),
            ("decimal(10,0)", Value::Int(5), r#"{"$decimal":"5"}"#),
            ("tinyint(1)", Value::Bool(true), "1"),
            ("float", Value::Float(0.123456789), "0.12345679"),
            ("date", text("2020-01-02"), r#"{"$type":"date","text":"2020-01-02"}"#),
            ("date", text("soon"), r#""soon""#),
            ("datetime", text("2020-01-02"), r#"{"$type":"datetime","text":"2020-01-02 00:00:00"}"#),
            ("datetime", text("2020-01-02T03:04:05"), r#"{"$type":"datetime","text":"2020-01-02 03:04:05"}"#),
            ("datetime", text("2020-01-02 03:04:05.5"), r#""2020-01-02 03:04:05.5""#),
            ("datetime(1)", text("2020-01-02 03:04:05.5"), r#"{"$type":"datetime","text":"2020-01-02 03:04:05.5"}"#),
            ("time", text("03:04"), r#"{"$type":"time","text":"03:04:00"}"#),
        ];
        for (declared, value, wanted) in cases {
            let data_type = declared.split('(').next().unwrap();
            let ty = Type::of(data_type, declared, None);
            assert_eq!(held(declared, &ty, value).to_exact_json().to_string(), wanted, "{declared}");
        }
    }
}
