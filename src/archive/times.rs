//! When what a collection tells of happened: the first and last day, and how many records a year.
//!
//! One field of a collection says when; it is chosen by its name, and only dates of ISO 8601 are understood. What is
//! not given is not looked at, so that a date that is withheld shows nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Row;
use super::withhold::Shown;
use crate::language::Language;
use crate::map::Collection;
use crate::record::{Names, Value};

/// A day: year, month, day.
pub type Day = (u16, u8, u8);

/// What was seen of one collection.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// The first and the last day.
    pub span: Option<(Day, Day)>,
    /// The first and the last day of the field that starts the clock of its retention rule.
    pub clock: Option<(Day, Day)>,
    /// How many records a year.
    pub years: BTreeMap<u16, u64>,
}

/// Looks for them while records pass.
#[derive(Default)]
pub struct Watch {
    clock: Option<String>,
    names: Option<Names>,
    when_at: Option<usize>,
    clock_at: Option<usize>,
    /// The year met last, and how often: records mostly come in runs.
    run: (u16, u64),
    seen: Times,
}

impl Watch {
    /// For a collection; its retention rule names a field of its own.
    pub fn of(collection: &Collection) -> Watch {
        let from = collection.retain.as_ref().and_then(|r| r.from.as_ref());
        Watch { clock: from.map(|f| f.as_str().to_owned()), ..Watch::default() }
    }

    /// Looks at a record.
    pub fn add(&mut self, row: &Row<'_>, shown: &[Option<Shown<'_>>]) {
        if !self.names.as_ref().is_some_and(|names| Arc::ptr_eq(names, &row.record.names)) {
            self.align(&row.record.names);
        }
        let day = |at: Option<usize>| shown.get(at?)?.as_ref().and_then(day_of);
        if let Some(day) = day(self.when_at) {
            widen(&mut self.seen.span, day);
            if day.0 != self.run.0 {
                self.end_run();
                self.run.0 = day.0;
            }
            self.run.1 += row.count;
        }
        if let Some(day) = day(self.clock_at) {
            widen(&mut self.seen.clock, day);
        }
    }

    /// What was seen.
    pub fn end(mut self) -> Times {
        self.end_run();
        self.seen
    }

    fn end_run(&mut self) {
        if self.run.1 > 0 {
            *self.seen.years.entry(self.run.0).or_default() += self.run.1;
        }
        self.run.1 = 0;
    }

    fn align(&mut self, names: &Names) {
        let place = |name: &str| names.iter().position(|n| n == name);
        self.clock_at = self.clock.as_deref().and_then(place);
        let best = names.iter().enumerate().map(|(i, name)| (tells_when(name), i)).filter(|(score, _)| *score > 0);
        // The first of the best.
        self.when_at = best.max_by_key(|(score, i)| (*score, usize::MAX - i)).map(|(_, i)| i);
        self.names = Some(names.clone());
    }
}

fn widen(span: &mut Option<(Day, Day)>, day: Day) {
    *span = Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
}

/// How well a field's name says that it tells when something happened.
fn tells_when(name: &str) -> u8 {
    let lower = name.to_ascii_lowercase();
    let any = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    if any(&["birth", "dob", "expir", "valid", "until", "due", "delet", "updat", "modif", "chang", "zone"]) {
        return 0;
    }
    let is_time = any(&["date", "time", "_at", "when"]) || lower == "ts" || lower == "at" || name.ends_with("At");
    let happened =
        any(&["creat", "sent", "placed", "order", "occur", "happen", "posted", "received", "invoice", "paid"]);
    match (is_time, happened) {
        (true, true) => 3,
        (true, false) => 2,
        (false, true) if any(&["created", "sent", "posted"]) => 1,
        _ => 0,
    }
}

/// The day a value begins with, where it is a date or a time.
fn day_of(shown: &Shown<'_>) -> Option<Day> {
    let Shown::Given(Value::Text(text) | Value::Native { text, .. }) = shown else { return None };
    let bytes = text.as_bytes().get(..10)?;
    let number = |at: std::ops::Range<usize>| {
        bytes[at].iter().try_fold(0_u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0')))
    };
    let ends = text.as_bytes().get(10).is_none_or(|b| matches!(b, b'T' | b' '));
    let is_date = bytes[4] == b'-' && bytes[7] == b'-' && ends;
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let fits = is_date && year > 0 && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some((year, month as u8, day as u8))
}

/// A day as people write it.
pub fn words(language: &Language, (year, month, day): Day) -> String {
    let at = |y, m, d| jiff::civil::Date::new(y, m, d).ok();
    let part = |n: u8| i8::try_from(n).unwrap_or(1);
    match at(i16::try_from(year).unwrap_or_default(), part(month), part(day)) {
        Some(date) => language.date(date),
        None => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Role;
    use crate::record::{Key, Record};

    fn seen(names: &[&str], rows: &[&[&str]], clock: Option<&str>) -> Times {
        let names: Names = names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>().into();
        let mut watch = Watch { clock: clock.map(str::to_owned), ..Watch::default() };
        for row in rows {
            let values: Vec<Value> = row.iter().map(|v| Value::from(*v)).collect();
            let record = Record::new(names.clone(), values);
            let shown: Vec<_> = record.values.iter().map(|v| Some(Shown::Given(v))).collect();
            let key = Key::Columns(Vec::new());
            let (role, way) = (Role::Owner, "");
            watch.add(&Row { record: &record, key: &key, count: 2, role, way, links: &[] }, &shown);
        }
        watch.end()
    }

    #[test]
    fn the_field_that_tells_when_is_found() {
        let cases = [
            ("created_at", 3),
            ("InvoiceDate", 3),
            ("ts", 2),
            ("date_of_birth", 0),
            ("BirthDate", 0),
            ("expires_at", 0),
            ("updated_at", 0),
            ("status", 0),
            ("order_id", 0),
            ("time_zone", 0),
        ];
        for (name, score) in cases {
            assert_eq!(tells_when(name), score, "{name}");
        }
    }

    #[test]
    fn days_are_counted_by_year_and_nothing_else_is_a_day() {
        let rows: [&[&str]; 5] = [
            &["2021-03-04T10:00:00Z", "2030-01-01"],
            &["2019-12-31", "x"],
            &["2021-13-01", ""],
            &["2021-01-01x", ""],
            &["yesterday", ""],
        ];
        let times = seen(&["created_at", "paid_on"], &rows, Some("paid_on"));
        assert_eq!(times.span, Some(((2019, 12, 31), (2021, 3, 4))));
        assert_eq!(times.clock, Some(((2030, 1, 1), (2030, 1, 1))));
        assert_eq!(times.years, BTreeMap::from([(2019, 2), (2021, 2)]));
        let english = Language::of(crate::language::Tag::English);
        assert_eq!(words(english, (2021, 3, 4)), "4 March 2021");
        assert_eq!(words(english, (2021, 2, 31)), "2021-02-31");
    }
}
