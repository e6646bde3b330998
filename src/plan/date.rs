//! The day that a value means, in the forms in which sources hold dates. Pure.
//!
//! What could mean two days (`01/05/2024`) or no day (a bare year, zero) is not read: a record whose date cannot be
//! read stays, and a day read wrongly would let it go too early.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::record::Value;

/// What a value says about when: a day, or the very instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// A day; the time is not known, or its zone is not.
    Day(Date),
    /// An instant.
    At(Timestamp),
}

impl Moment {
    /// The day, in that zone.
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            Moment::Day(day) => day,
            Moment::At(instant) => zone.to_datetime(instant).date(),
        }
    }

    /// The first instant it may mean.
    pub fn earliest(self, zone: &TimeZone) -> Timestamp {
        match self {
            Moment::Day(day) => zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).unwrap_or_default(),
            Moment::At(instant) => instant,
        }
    }

    /// Whether it lies before that instant for sure: an earlier day, or earlier on it.
    pub fn is_before(self, instant: Timestamp, zone: &TimeZone) -> bool {
        match self {
            Moment::Day(day) => day < zone.to_datetime(instant).date(),
            Moment::At(at) => at < instant,
        }
    }
}

/// The day a value means; an instant is a day in `zone`.
pub(super) fn day(value: &Value, zone: &TimeZone) -> Option<Date> {
    moment(value).map(|m| m.day(zone))
}

/// What a value says about when.
pub fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Int(n) => number(*n as f64),
        Value::Float(x) => number(*x),
        Value::Decimal(text) => number(text.parse().ok()?),
        Value::Text(text) | Value::Native { text, .. } => written(text.trim()),
        Value::Null | Value::Bool(_) | Value::Bytes(_) | Value::List(_) | Value::Object(_) => None,
    }
}

/// An instant as a number: seconds or milliseconds since 1970, or a Julian day (SQLite's). Their ranges lie apart:
/// seconds and milliseconds count from 1973 on, Julian days are those of 1900 to 2100.
fn number(x: f64) -> Option<Moment> {
    let seconds = match x {
        x if (2_415_020.5..2_488_070.5).contains(&x) => (x - 2_440_587.5) * 86_400.0,
        x if (1e8..1e11).contains(&x) => x,
        x if (1e11..1e14).contains(&x) => x / 1000.0,
        _ => return None,
    };
    // Rounded, because a Julian day holds seconds only nearly.
    Timestamp::from_second(seconds.round() as i64).ok().map(Moment::At)
}

fn written(text: &str) -> Option<Moment> {
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !is_dotted(text) {
        return match text.len() {
            8 => calendar(&text[..4], &text[4..6], &text[6..]).map(Moment::Day),
            _ => number(text.parse().ok()?),
        };
    }
    let end = text.find(|c: char| matches!(c, 'T' | 't') || c.is_whitespace()).unwrap_or(text.len());
    let (day, time) = text.split_at(end);
    let day = day_of(day)?;
    let time = time.trim_start_matches(['T', 't']).trim();
    if time.is_empty() {
        return Some(Moment::Day(day));
    }
    timed(day, time)
}

fn is_dotted(text: &str) -> bool {
    text.matches('.').count() == 2
}

/// `2024-05-01`, `2024/05/01`, `01.05.2024`.
fn day_of(text: &str) -> Option<Date> {
    let parts = |separator| text.split(separator).collect::<Vec<_>>();
    for separator in ['-', '/'] {
        if let [year, month, day] = parts(separator).as_slice()
            && year.len() == 4
        {
            return calendar(year, month, day);
        }
    }
    match parts('.').as_slice() {
        [day, month, year] if year.len() == 4 => calendar(year, month, day),
        _ => None,
    }
}

fn calendar(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && (1..=4).contains(&text.len());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    let read = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    // Years outside are placeholders (0001-01-01, 9999-12-31), not days on which something began.
    (date(1800, 1, 1)..date(2300, 1, 1)).contains(&read).then_some(read)
}

/// A time on that day, which may name a zone (`Z`, `UTC`, `+08`, `+0800`, `+08:00`); without one the day is all that is
/// certain.
fn timed(day: Date, time: &str) -> Option<Moment> {
    let at = time.find(['+', '-', 'Z', 'z', 'U']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(at);
    let clock: DateTime = format!("{day}T{}", clock.trim().replace(',', ".")).parse().ok()?;
    let offset = match offset.trim() {
        "" => return Some(Moment::Day(day)),
        "Z" | "z" | "UTC" => 0,
        offset => seconds_of(offset)?,
    };
    TimeZone::UTC.to_timestamp(clock).ok()?.checked_sub(SignedDuration::from_secs(offset)).ok().map(Moment::At)
}

fn seconds_of(offset: &str) -> Option<i64> {
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.get(1..)?.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |i: usize| digits.get(i..i + 2).map_or(Some(0), |d| d.parse::<i64>().ok());
    Some(sign * (part(0)? * 3600 + part(2)? * 60 + part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_sources_write_them() {
        let text = |t: &str| Value::Text(t.into());
        let singapore = TimeZone::fixed(jiff::tz::offset(8));
        let cases = [
            (text("2024-05-01"), "2024-05-01"),
            (text(" 2024-05-01 "), "2024-05-01"),
            (text("2024-5-1"), "2024-05-01"),
            (text("20240501"), "2024-05-01"),
            (text("2024/05/01"), "2024-05-01"),
            (text("2024/05/01 23:59"), "2024-05-01"),
            (text("01.05.2024"), "2024-05-01"),
            (text("1.5.2024 23:59:59"), "2024-05-01"),
            // Without a zone the day is the day written; with one it is an instant, in Singapore a day later.
            (text("2024-05-01T23:30:00"), "2024-05-01"),
            (text("2024-05-01 23:30:00.123456"), "2024-05-01"),
            (text("2024-05-01T23:30:00Z"), "2024-05-02"),
            (text("2024-05-01 23:30:00 UTC"), "2024-05-02"),
            (text("2024-05-01 23:30:00+00"), "2024-05-02"),
            (text("2024-05-01T23:30:00+0800"), "2024-05-01"),
            (text("2024-05-01T23:30:00.5+08:00"), "2024-05-01"),
            (text("2024-05-01T15:00:00-05:00"), "2024-05-02"),
            (Value::Int(1_714_606_200), "2024-05-02"),
            (Value::Int(1_714_606_200_000), "2024-05-02"),
            (text("1714606200"), "2024-05-02"),
            (Value::Float(1_714_606_200.25), "2024-05-02"),
            (Value::Decimal("1714606200.75".into()), "2024-05-02"),
            // 1 May 2024, noon UTC; and 20:00 UTC, the next day in Singapore.
            (Value::Float(2_460_432.0), "2024-05-01"),
            (Value::Int(2_460_432), "2024-05-01"),
            (Value::Float(2_460_432.333_333), "2024-05-02"),
            (Value::Native { ty: "timestamptz".into(), text: "2024-05-01 23:30:00+00".into() }, "2024-05-02"),
        ];
        for (value, expected) in cases {
            let read = day(&value, &singapore).map(|d| d.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{}", value.to_json());
        }
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_not_read() {
        let texts = [
            "",
            "soon",
            "2024",
            "2024-05",
            "2024-13-01",
            "2023-02-29",
            "01/05/2024",
            "5/1/24",
            "01.05.24",
            "0000-00-00",
            "0001-01-01",
            "9999-12-31",
            "99999999",
            "2024-05-01Tnoon",
            "2024-05-01 25:00",
            "2024-05-01 10:00 Mars",
            "2024-05-01T10:00:00+8h",
            "NaN",
            "1.2.3.4",
            "二〇二四",
        ];
        for text in texts {
            assert_eq!(day(&Value::Text(text.into()), &TimeZone::UTC), None, "{text}");
        }
        let numbers = [Value::Int(0), Value::Int(2024), Value::Int(45_000), Value::Int(-1), Value::Int(i128::MAX)];
        let others = [Value::Float(f64::NAN), Value::Float(0.5), Value::Bool(true), Value::Null, Value::Bytes(vec![1])];
        for value in numbers.into_iter().chain(others) {
            assert_eq!(day(&value, &TimeZone::UTC), None, "{}", value.to_json());
        }
    }
}
