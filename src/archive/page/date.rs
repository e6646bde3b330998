//! Dates and times as a reader writes them: `2024-03-05T09:00:00Z` is `5 March 2024, 09:00:00 UTC`.
//!
//! Only texts that are wholly a date or a time of ISO 8601 (with `T` or a space) are changed, and nothing of them is
//! lost: seconds, fractions and offsets stay. Numbers that may be times are left alone: nothing says that they are.

use jiff::civil::Date;
use std::fmt::Write as _;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The readable form of a text that is a date or a time; `None` for every other text.
pub fn readable(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // Cheap, and enough to tell most other texts.
    if !(10..=40).contains(&bytes.len()) || bytes[4] != b'-' || bytes[7] != b'-' || !bytes[0].is_ascii_digit() {
        return None;
    }
    let (day, rest) = text.split_at_checked(10)?;
    let number =
        |from: usize, to: usize| day.get(from..to).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
    let date = Date::new(number(0, 4)?, number(5, 7)? as i8, number(8, 10)? as i8).ok()?;
    let month = MONTHS.get(usize::try_from(date.month()).ok()?.checked_sub(1)?)?;
    let mut out = String::with_capacity(48);
    // Writing to memory cannot fail.
    _ = write!(out, "{} {month} {}", date.day(), &day[..4]);
    match rest.as_bytes().first() {
        None => Some(out),
        Some(b'T' | b' ') => {
            out.push_str(", ");
            time(&rest[1..], &mut out)?;
            Some(out)
        }
        Some(_) => None,
    }
}

/// Adds `09:00:00.5+01:00` with the offset apart, `Z` as UTC.
fn time(text: &str, out: &mut String) -> Option<()> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = whole.split(':');
    let two = |part: &str, limit: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|n| n < limit);
    let is_clock = two(parts.next()?, 24)
        && two(parts.next()?, 60)
        && parts.next().is_none_or(|seconds| two(seconds, 61))
        && parts.next().is_none()
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit());
    if !is_clock {
        return None;
    }
    out.push_str(clock);
    match zone.trim_start() {
        "" => {}
        "Z" | "z" | "UTC" | "+00:00" | "+00" | "+0000" => out.push_str(" UTC"),
        offset if is_offset(offset) => _ = write!(out, " (UTC{offset})"),
        _ => return None,
    }
    Some(())
}

fn is_offset(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    matches!(digits.len(), 2 | 4 | 5) && digits.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn dates_and_times_read_well_and_lose_nothing() {
        let cases = [
            ("2024-03-05", Some("5 March 2024")),
            ("2024-03-05T09:00:00Z", Some("5 March 2024, 09:00:00 UTC")),
            ("2024-12-31 23:59", Some("31 December 2024, 23:59")),
            ("2024-03-05 09:00:00.250+01:00", Some("5 March 2024, 09:00:00.250 (UTC+01:00)")),
            ("2024-03-05 09:00:00+00", Some("5 March 2024, 09:00:00 UTC")),
            ("2024-03-05T09:00:00 UTC", Some("5 March 2024, 09:00:00 UTC")),
            ("2024-02-30", None),
            ("2024-03-05 and more", None),
            ("2024-03-05T25:00", None),
            ("2024-03-05T09:00:00.Z", None),
            ("2024-03-05x", None),
            ("1234-567-8901", None),
            ("€€24-03-05", None),
        ];
        for (text, shown) in cases {
            assert_eq!(readable(text).as_deref(), shown, "{text}");
        }
    }
}
