//! Dates and times as a reader writes them: `2024-03-05T09:00:00Z` is `5 March 2024, 09:00:00 UTC`.
//!
//! Only texts that are wholly a date or a time of ISO 8601 (with `T` or a space) are changed, and nothing of them is
//! lost: seconds, fractions and offsets stay. Numbers that may be times are left alone: nothing says that they are.

use jiff::civil::Date;
use std::fmt::Write as _;

use super::pattern::{PLACES, Pattern};
use super::{Language, say};

/// How a language writes dates, worked out once from its catalogue: tables hold very many.
#[derive(Default)]
pub struct Dates {
    months: Vec<String>,
    /// The first day of a month.
    first: String,
    /// What stands before, between and after day, month and year.
    day: Pattern,
    /// Of a day and a time.
    moment: Pattern,
}

impl Dates {
    /// From a language's catalogue.
    pub fn of(language: &Language) -> Dates {
        Dates {
            months: language.say("months").split(' ').map(str::to_owned).collect(),
            first: language.say("first-day").into_owned(),
            day: Pattern::of(&say!(language, "date", day = PLACES[0], month = PLACES[1], year = PLACES[2])),
            moment: Pattern::of(&say!(language, "moment", date = PLACES[0], time = PLACES[1])),
        }
    }

    /// A day, written out.
    pub fn day(&self, date: Date) -> String {
        let mut out = String::with_capacity(48);
        self.write(date, &format!("{}", date.year()), &mut out);
        out
    }

    /// A day and a time.
    pub fn moment(&self, date: &str, time: &str) -> String {
        let mut out = String::with_capacity(48);
        self.moment.write(&mut out, &[date, time]);
        out
    }

    fn write(&self, date: Date, year: &str, out: &mut String) {
        let month = usize::try_from(date.month() - 1).ok().and_then(|at| self.months.get(at));
        let mut buffer = itoa::Buffer::new();
        let day = if date.day() == 1 { &self.first } else { buffer.format(date.day()) };
        self.day.write(out, &[day, month.map_or("", String::as_str), year]);
    }

    /// The readable form of a text that is a date or a time; `None` for every other text.
    pub fn written_out(&self, text: &str) -> Option<String> {
        let bytes = text.as_bytes();
        // Cheap, and enough to tell most other texts.
        if !(10..=40).contains(&bytes.len()) || bytes[4] != b'-' || bytes[7] != b'-' || !bytes[0].is_ascii_digit() {
            return None;
        }
        let (day, rest) = text.split_at_checked(10)?;
        let number =
            |from: usize, to: usize| day.get(from..to).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
        let date = Date::new(number(0, 4)?, number(5, 7)? as i8, number(8, 10)? as i8).ok()?;
        let mut out = String::with_capacity(48);
        match rest.as_bytes().first() {
            None => self.write(date, &day[..4], &mut out),
            Some(b'T' | b' ') => {
                let mut time = String::with_capacity(24);
                write_time(&rest[1..], &mut time)?;
                let mut written = String::with_capacity(24);
                self.write(date, &day[..4], &mut written);
                self.moment.write(&mut out, &[&written, &time]);
            }
            Some(_) => return None,
        }
        Some(out)
    }
}

/// Adds `09:00:00.5+01:00` with the offset apart, `Z` as UTC.
fn write_time(text: &str, out: &mut String) -> Option<()> {
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
    use crate::language::{Language, Tag};

    #[test]
    fn dates_and_times_read_well_and_lose_nothing() {
        let english = Language::of(Tag::English);
        let cases = [
            ("2024-03-05", Some("5 March 2024")),
            ("2024-03-05T09:00:00Z", Some("5 March 2024, 09:00:00 UTC")),
            ("2024-12-31 23:59", Some("31 December 2024, 23:59")),
            ("2024-03-05 09:00:00.250+01:00", Some("5 March 2024, 09:00:00.250 (UTC+01:00)")),
            ("2024-03-05 09:00:00+00", Some("5 March 2024, 09:00:00 UTC")),
            ("2024-03-05T09:00:00 UTC", Some("5 March 2024, 09:00:00 UTC")),
            ("0024-03-05", Some("5 March 0024")),
            ("2024-02-30", None),
            ("2024-03-05 and more", None),
            ("2024-03-05T25:00", None),
            ("2024-03-05T09:00:00.Z", None),
            ("2024-03-05x", None),
            ("1234-567-8901", None),
            ("€€24-03-05", None),
        ];
        for (text, shown) in cases {
            assert_eq!(english.written_out(text).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_each_language_does() {
        let cases = [
            ("2024-03-03", ["3 March 2024", "3. März 2024", "3 mars 2024", "3 de marzo de 2024", "2024年3月3日"]),
            ("2024-08-01", ["1 August 2024", "1. August 2024", "1er août 2024", "1 de agosto de 2024", "2024年8月1日"]),
            (
                "2024-12-31T23:59:07.5+01:00",
                [
                    "31 December 2024, 23:59:07.5 (UTC+01:00)",
                    "31. Dezember 2024, 23:59:07.5 (UTC+01:00)",
                    "31 décembre 2024, 23:59:07.5 (UTC+01:00)",
                    "31 de diciembre de 2024, 23:59:07.5 (UTC+01:00)",
                    "2024年12月31日 23:59:07.5 (UTC+01:00)",
                ],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(Tag::ALL.map(|tag| Language::of(tag).written_out(text).unwrap()), expected);
        }
        let at: jiff::Timestamp = "2026-11-23T06:05:04Z".parse().unwrap();
        assert_eq!(Language::of(Tag::German).moment(at), "23. November 2026, 06:05 UTC");
        assert_eq!(Language::of(Tag::Chinese).day_of(at), "2026年11月23日");
    }
}
