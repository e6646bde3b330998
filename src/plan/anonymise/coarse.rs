//! Coarser values: bands of years and numbers, the beginning of a postcode, rounded numbers.

use jiff::tz::TimeZone;

use super::date::{bare_year, beginning};
use super::{Misfit, Spot};
use crate::plan::date::day;
use crate::record::Value;

/// The band that a year, an age or a number lies in: `30-39`. Where only a number or a date fits, its beginning.
pub(super) fn band(spot: &Spot<'_>, old: &Value, width: u32) -> Result<Value, Misfit> {
    let floor = |n: i128| n.div_euclid(width.into()) * i128::from(width);
    match old {
        Value::Int(n) if spot.is_moment() || *n > 100_000 => match day(old, &TimeZone::UTC) {
            Some(day) => Ok(beginning(spot, old, floor(day.year().into()) as i16)),
            None => Ok(Value::Int(floor(*n))),
        },
        Value::Int(n) => Ok(Value::Int(floor(*n))),
        Value::Float(x) => Ok(Value::Float((x / f64::from(width)).floor() * f64::from(width))),
        Value::Decimal(text) => Ok(Value::Decimal(floor(whole(text)?).to_string())),
        Value::Text(text) | Value::Native { text, .. } => {
            let text = text.trim();
            if text.is_empty() || is_band(text) {
                return Ok(old.clone());
            }
            let written = |from: i128| Value::Text(format!("{from}-{}", from + i128::from(width) - 1));
            if let Some(year) = bare_year(text) {
                return Ok(written(floor(year.into())));
            }
            if let Ok(number) = whole(text) {
                return Ok(written(floor(number)));
            }
            let day = day(old, &TimeZone::UTC).ok_or("what stands there is neither a number nor a date")?;
            let from = floor(day.year().into());
            match spot.is_moment() || matches!(old, Value::Native { .. }) {
                true => Ok(beginning(spot, old, from as i16)),
                false => Ok(written(from)),
            }
        }
        _ => Err("what stands there is neither a number nor a date".to_owned()),
    }
}

fn is_band(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(a, b)| [a, b].iter().all(|t| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit())))
}

/// The first characters of a text; of a number the first digits, zeros behind them.
pub(super) fn first(spot: &Spot<'_>, old: &Value, n: u32) -> Result<Value, Misfit> {
    let n = n as usize;
    match old {
        Value::Int(number) => {
            let text = number.to_string();
            let sign = usize::from(*number < 0);
            let digit = |(i, c): (usize, char)| if i >= n + sign { '0' } else { c };
            let new: String = text.chars().enumerate().map(digit).collect();
            new.parse().map(Value::Int).map_err(|_| "the number is too large".to_owned())
        }
        Value::Text(text) if spot.ty() != crate::source::ValueType::Native => {
            Ok(Value::Text(text.trim().chars().take(n).collect::<String>().trim_end().to_owned()))
        }
        _ => Err("only of texts and whole numbers a beginning can be kept".to_owned()),
    }
}

/// A number, rounded down to a multiple.
pub(super) fn round(_: &Spot<'_>, old: &Value, to: u64) -> Result<Value, Misfit> {
    let floor = |n: i128| n.div_euclid(to.into()) * i128::from(to);
    match old {
        Value::Int(n) => Ok(Value::Int(floor(*n))),
        Value::Float(x) => Ok(Value::Float((x / to as f64).floor() * to as f64)),
        Value::Decimal(text) => Ok(Value::Decimal(floor(whole(text)?).to_string())),
        Value::Text(text) if text.trim().is_empty() => Ok(old.clone()),
        Value::Text(text) => Ok(Value::Text(floor(whole(text.trim())?).to_string())),
        _ => Err("what stands there is no number".to_owned()),
    }
}

/// The whole part of a number, rounded down.
fn whole(text: &str) -> Result<i128, Misfit> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = rest.bytes().all(|b| b.is_ascii_digit());
    let number: i128 = whole.parse().map_err(|_| "what stands there is no plain number".to_owned())?;
    match digits {
        true => Ok(number - i128::from(whole.starts_with('-') && rest.bytes().any(|b| b != b'0'))),
        false => Err("what stands there is no plain number".to_owned()),
    }
}
