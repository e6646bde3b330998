//! Redress' values as text that the server reads, and the texts searched for as values of a column's type.

use super::decode::RAW_TEXT;
use super::types::{Kind, Type};
use crate::record::Value;
use crate::source::question::link_value;

/// A value as the text that is cast to the column's type: `Some(None)` for null; none where the column has no such
/// value.
pub(super) fn text(value: &Value, ty: &Type) -> Option<Option<String>> {
    Some(Some(match (value, &ty.kind) {
        (Value::Null, _) => return Some(None),
        (Value::List(_) | Value::Object(_), Kind::Json | Kind::Jsonb) => value.to_json().to_string(),
        (Value::List(_) | Value::Object(_), _) => return None,
        (Value::Bytes(bytes), Kind::Bytes) => format!("\\x{}", hex::encode(bytes)),
        (Value::Bytes(_), _) | (_, Kind::Bytes) => return None,
        (Value::Text(text) | Value::Decimal(text), _) => text.clone(),
        (Value::Native { ty, text }, _) if ty == RAW_TEXT => text.clone(),
        (Value::Native { text, .. }, _) => text.clone(),
        (Value::Int(i), _) => i.to_string(),
        (Value::Bool(b), _) => b.to_string(),
        (Value::Float(x), _) if x.is_nan() => "NaN".into(),
        (Value::Float(x), _) if x.is_infinite() => if *x > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        (Value::Float(x), _) => format!("{x:?}"),
    }))
    // Text with a zero character is no text of this server's.
    .filter(|text| text.as_ref().is_none_or(|t| !t.contains('\0')))
}

/// The SQL that makes a value of the column's type from a text expression.
pub(super) fn cast(expression: &str, ty: &Type, value: &Value) -> String {
    match value {
        Value::Native { ty: raw, .. } if raw == RAW_TEXT => {
            format!("pg_catalog.convert_from(pg_catalog.decode({expression}, 'hex'), 'SQL_ASCII')")
        }
        _ => format!("{expression}::{}", ty.sql),
    }
}

/// What a wanted text is to a column.
pub(super) enum Fit {
    /// A value of its type, in this text form.
    As(String),
    /// No value of the column has that plain form.
    Never,
    /// That cannot be said: values are compared by their text.
    Unknown,
}

/// What a wanted text is to a column of that type.
pub(super) fn fit(wanted: &str, ty: &Type) -> Fit {
    let bytes = match link_value(wanted) {
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    };
    let when = |fits: bool| if fits { Fit::As(wanted.to_owned()) } else { Fit::Never };
    match (bytes, &ty.kind) {
        (Some(bytes), Kind::Bytes) => return Fit::As(format!("\\x{}", hex::encode(bytes))),
        (Some(_), _) | (_, Kind::Bytes) => return Fit::Never,
        _ if wanted.contains('\0') => return Fit::Never,
        _ => {}
    }
    match &ty.kind {
        Kind::Int2 => when(wanted.parse::<i16>().is_ok()),
        Kind::Int4 => when(wanted.parse::<i32>().is_ok()),
        Kind::Int8 => when(wanted.parse::<i64>().is_ok()),
        Kind::Oid => when(wanted.parse::<u32>().is_ok()),
        Kind::Bool => when(matches!(wanted, "true" | "false")),
        // NaN and the infinities are written in other ways on the two sides.
        Kind::Float8 | Kind::Float4 if !is_number(wanted) => Fit::Unknown,
        Kind::Float8 | Kind::Float4 => when(wanted.parse::<f64>().is_ok_and(f64::is_finite)),
        Kind::Numeric => match is_number(wanted) && wanted.len() < 1000 {
            true => Fit::As(wanted.to_owned()),
            false => Fit::Unknown,
        },
        Kind::Text | Kind::Padded | Kind::Citext => when(true),
        Kind::Name => when(wanted.len() < 64),
        Kind::Enum(labels) => when(labels.iter().any(|l| l == wanted)),
        Kind::Uuid => when(is_uuid(wanted)),
        Kind::Date => known(wanted, is_day(wanted)),
        Kind::Timestamp => known(wanted, is_moment(wanted)),
        Kind::TimestampTz => known(wanted, wanted.strip_suffix("+00").is_some_and(is_moment)),
        Kind::Bytes | Kind::Json | Kind::Jsonb | Kind::Other => Fit::Unknown,
    }
}

/// Times that are written in the usual way; years before Christ or beyond 9999, and infinity, are compared as text.
fn known(wanted: &str, usual: bool) -> Fit {
    if usual { Fit::As(wanted.to_owned()) } else { Fit::Unknown }
}

/// Whether the server compares values of this type by an operator that [`Type::equals`] names.
pub(super) fn has_equality(ty: &Type) -> bool {
    !matches!(ty.kind, Kind::Json | Kind::Jsonb | Kind::Other)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.matches('.').count() <= 1
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok_and(|day| day.year() > 0)
}

fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once(' ') else { return false };
    is_day(day) && (8..=15).contains(&time.len()) && time.parse::<jiff::civil::Time>().is_ok()
}
