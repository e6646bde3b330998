//! Dates, cut to their year: the year alone in text, its first day where the column holds dates.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::{Misfit, Spot};
use crate::plan::date::day;
use crate::record::Value;

/// The year of a date.
pub(super) fn year(spot: &Spot<'_>, old: &Value) -> Result<Value, Misfit> {
    if let Some(text) = old.plain()
        && (text.trim().is_empty() || bare_year(&text).is_some())
    {
        return Ok(old.clone());
    }
    let day = day(old, &TimeZone::UTC).ok_or("what stands there cannot be read as a date")?;
    Ok(beginning(spot, old, day.year()))
}

/// A year, in the form of the value it comes from.
pub(super) fn beginning(spot: &Spot<'_>, old: &Value, year: i16) -> Value {
    match old {
        Value::Int(n) => {
            let first = TimeZone::UTC.to_timestamp(date(year, 1, 1).at(0, 0, 0, 0)).map_or(0, |t| t.as_second());
            Value::Int(if n.abs() >= 100_000_000_000 { i128::from(first) * 1000 } else { first.into() })
        }
        Value::Text(text) | Value::Native { text, .. } if spot.is_moment() || matches!(old, Value::Native { .. }) => {
            spot.like(old, in_the_form_of(text, date(year, 1, 1)))
        }
        Value::Text(_) => Value::Text(format!("{year:04}")),
        _ if spot.is_moment() => Value::Text(format!("{year:04}-01-01")),
        _ => Value::Text(format!("{year:04}")),
    }
}

/// `1985-04-01 10:00:00` with another day, at midnight.
fn in_the_form_of(text: &str, day: Date) -> String {
    let rest = text.trim().get(10..).unwrap_or_default();
    let (clock, zone) = rest.split_at(rest.find(['+', 'Z']).unwrap_or(rest.len()));
    let zeroed: String = clock.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    format!("{day}{zeroed}{zone}")
}

/// The year that a text is, by itself.
pub(super) fn bare_year(text: &str) -> Option<i16> {
    let text = text.trim();
    let year: i16 = text.parse().ok()?;
    (text.len() == 4 && (1000..3000).contains(&year)).then_some(year)
}
