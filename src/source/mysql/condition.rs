//! Conditions over many values at once, in pieces of bounded size.

use super::catalogue::Table;
use super::literal::{bytes_of, is_exactly, literal};
use super::quoted;
use super::types::{Kind, Type};
use super::{bytes_literal, text_literal};
use crate::record::{Key, Value};
use crate::source::question::link_value;

/// How many values one statement names.
pub(super) const VALUES: usize = 1000;

/// How many of them where each is a condition of its own.
pub(super) const CONDITIONS: usize = 200;

/// How many bytes of SQL a condition takes; the least that servers let through is a megabyte.
const BYTES: usize = 400_000;

/// Cuts a list into pieces that are short both in number and in bytes.
pub(super) fn pieces<T>(items: Vec<T>, most: usize, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut out: Vec<Vec<T>> = Vec::new();
    let mut bytes = usize::MAX;
    for item in items {
        let more = size(&item);
        match out.last_mut() {
            Some(piece) if piece.len() < most && bytes.saturating_add(more) <= BYTES => piece.push(item),
            _ => {
                out.push(vec![item]);
                bytes = 0;
            }
        }
        bytes += more;
    }
    out
}

/// What a wanted text is to a column.
pub(super) enum Fit {
    /// This value, as SQL writes it; the server may take others for equal.
    As(String),
    /// No value of the column has that plain form.
    Never,
    /// That cannot be said.
    Unknown,
}

/// What a wanted text is to a column of that type.
pub(super) fn fit(wanted: &str, ty: &Type) -> Fit {
    let value = link_value(wanted);
    if let Value::Bytes(bytes) = &value {
        return match ty.kind {
            Kind::Bytes => Fit::As(bytes_literal(bytes)),
            Kind::Geometry => Fit::Unknown,
            _ => Fit::Never,
        };
    }
    let number = || wanted.parse::<i128>().ok().filter(|n| n.to_string() == wanted).map(Value::Int);
    let written = |value: Option<Value>| value.and_then(|v| literal(&v, ty)).map_or(Fit::Never, Fit::As);
    let clock = wanted.bytes().all(|b| b.is_ascii_digit() || b" :.-".contains(&b));
    match &ty.kind {
        Kind::Bytes | Kind::Geometry => Fit::Never,
        Kind::Int(..) | Kind::Bit(_) | Kind::Year => written(number()),
        Kind::Decimal => written(Some(Value::Decimal(wanted.to_owned()))),
        Kind::Text(charset) if charset.takes(wanted) => Fit::As(text_literal(wanted)),
        Kind::Text(charset) if charset.name == "ascii" => Fit::Never,
        Kind::Date if is_day(wanted) => Fit::As(text_literal(wanted)),
        Kind::Moment if is_moment(wanted) => Fit::As(text_literal(wanted)),
        Kind::Date | Kind::Moment | Kind::Time if !clock => Fit::Never,
        Kind::Uuid => written(is_uuid(wanted).then_some(value)),
        _ => Fit::Unknown,
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok_and(|day| day.year() > 0)
}

fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once(' ') else { return false };
    is_day(day) && (8..=15).contains(&time.len()) && time.parse::<jiff::civil::Time>().is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// The condition that one of several columns' tuples, as SQL writes them, is there.
pub(super) fn one_of(columns: &[String], tuples: &[Vec<String>]) -> String {
    if let [column] = columns {
        let list: Vec<&str> = tuples.iter().map(|t| t[0].as_str()).collect();
        return format!("{column} IN ({})", list.join(", "));
    }
    let one = |tuple: &Vec<String>| {
        let parts: Vec<String> = columns.iter().zip(tuple).map(|(c, l)| format!("{c} = {l}")).collect();
        format!("({})", parts.join(" AND "))
    };
    format!("({})", tuples.iter().map(one).collect::<Vec<_>>().join(" OR "))
}

/// The condition for one key, exactly; `prefix` stands before its columns. None where the table cannot hold it.
pub(super) fn of_key(table: &Table, prefix: &str, parts: &[(String, Value)]) -> Option<String> {
    let one =
        |(name, value): &(String, Value)| is_exactly(&format!("{prefix}{}", quoted(name)), value, table.ty(name)?);
    let all: Vec<String> = parts.iter().map(one).collect::<Option<_>>()?;
    Some(format!("({})", all.join(" AND ")))
}

/// The condition for any of these keys, exactly; keys that the table cannot hold are left out. None where all are.
pub(super) fn of_keys(table: &Table, prefix: &str, keys: &[&Key]) -> Option<String> {
    let parts: Vec<&[(String, Value)]> = keys
        .iter()
        .filter_map(|key| match key {
            Key::Columns(parts) => Some(parts.as_slice()),
            Key::Content(_) => None,
        })
        .collect();
    if let Some(list) = as_list(table, prefix, &parts) {
        return Some(list);
    }
    let all: Vec<String> = parts.iter().filter_map(|key| of_key(table, prefix, key)).collect();
    (!all.is_empty()).then(|| format!("({})", all.join(" OR ")))
}

/// Keys of one column, never null, as a list; none where they are of another kind.
fn as_list(table: &Table, prefix: &str, keys: &[&[(String, Value)]]) -> Option<String> {
    let [(name, _)] = keys.first()? else { return None };
    let ty = table.ty(name)?;
    let column = format!("{prefix}{}", quoted(name));
    let single = |key: &&[(String, Value)]| key.len() == 1 && key[0].0 == *name && !key[0].1.is_null();
    if !keys.iter().all(single) {
        return None;
    }
    let values = || keys.iter().map(|key| &key[0].1);
    match &ty.kind {
        Kind::Int(..) | Kind::Bit(_) | Kind::Year | Kind::Decimal | Kind::Uuid | Kind::Bytes => {
            let list: Vec<String> = values().filter_map(|v| literal(v, ty)).collect();
            (!list.is_empty()).then(|| format!("{column} IN ({})", list.join(", ")))
        }
        Kind::Text(charset) => {
            let texts: Option<Vec<&str>> = values()
                .map(|v| match v {
                    Value::Text(text) if charset.takes(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            let texts = texts?;
            let list = |write: fn(&str) -> String| texts.iter().map(|t| write(t)).collect::<Vec<_>>().join(", ");
            let exact = list(|t| bytes_literal(t.as_bytes()));
            // The first list is there for the index, the second for the truth.
            Some(format!("({column} IN ({}) AND {} IN ({exact}))", list(text_literal), bytes_of(&column)))
        }
        _ => None,
    }
}

/// The condition that a record has just these values in every column; none where one of them cannot be written.
pub(super) fn of_content(table: &Table, values: &[Value]) -> Option<String> {
    let one = |((name, ty), value): ((&String, &Type), &Value)| is_exactly(&quoted(name), value, ty);
    let all: Vec<String> = table.names.iter().zip(&table.types).zip(values).map(one).collect::<Option<_>>()?;
    Some(all.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_short_in_number_and_in_bytes() {
        let lengths = |items: Vec<usize>, most| pieces(items, most, |n| *n).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(vec![1; 5], 2), [2, 2, 1]);
        assert_eq!(lengths(vec![BYTES, 1, BYTES - 1, 1], 9), [1, 2, 1]);
        assert!(lengths(Vec::new(), 2).is_empty());
    }

    #[test]
    fn what_a_wanted_text_is_to_a_column() {
        let shown = |wanted: &str, data: &str| match fit(wanted, &Type::of(data, data, None)) {
            Fit::As(sql) => sql,
            Fit::Never => "never".into(),
            Fit::Unknown => "unknown".into(),
        };
        let cases = [
            ("42", "int", "42"),
            ("042", "int", "never"),
            ("4000000000", "int", "never"),
            ("1.5", "decimal", "1.5"),
            ("x", "decimal", "never"),
            ("2021-01-06", "date", "'2021-01-06'"),
            ("0000-00-00", "date", "unknown"),
            ("yesterday", "date", "never"),
            ("2021-01-06 01:00:00", "datetime", "'2021-01-06 01:00:00'"),
            ("\0x00ff", "binary", "x'00ff'"),
            ("00ff", "binary", "never"),
            ("\0x00ff", "int", "never"),
            ("a", "enum", "unknown"),
        ];
        for (wanted, data, sql) in cases {
            assert_eq!(shown(wanted, data), sql, "{wanted:?} in {data}");
        }
    }
}
