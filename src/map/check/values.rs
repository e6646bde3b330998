//! The map against a bounded sample of records: identities, dates, columns nobody mentioned.
//!
//! What a sample shows is a fact; what it does not show is none. Findings count values and never show one.

use super::finding::{Findings, count, some};
use super::mentioned::{column_at, field_path, unmentioned};
use super::personal::{by_values, is_email, looks};
use super::shape::cannot_hold;
use crate::map::{About, Collection, DataMap, NormalForm, SourceMap};
use crate::record::{FieldPath, Record, Value};
use crate::source::Shape;

/// A collection and what a sample of it shows.
pub(super) struct Sampled<'a> {
    /// The source.
    pub(super) source: &'a SourceMap,
    /// What the map says.
    pub(super) one: &'a Collection,
    /// What the source says.
    pub(super) shape: &'a Shape,
    /// Some records.
    pub(super) sample: &'a [Record],
    /// Whether the source declares keys at all (a database), so that an undeclared one is worth a word.
    pub(super) declares_keys: bool,
}

impl Sampled<'_> {
    /// Adds what the sample shows.
    pub(super) fn check(&self, map: &DataMap, findings: &mut Findings) {
        self.identities(map, findings);
        self.retention(findings);
        self.unmentioned(findings);
        self.said_not_personal(findings);
    }

    /// A place in the collection: `source.collection.field`, or without a field.
    pub(super) fn place(&self, field: &str) -> String {
        match field.is_empty() {
            true => format!("{}.{}", self.source.name, self.one.name),
            false => format!("{}.{}.{field}", self.source.name, self.one.name),
        }
    }

    /// The values at a path that are not null.
    fn values(&self, path: &FieldPath) -> Vec<&Value> {
        let values = self.sample.iter().flat_map(|record| record.at(path));
        values
            .filter(|value| !value.is_null() && !matches!(value, Value::Text(text) if text.trim().is_empty()))
            .collect()
    }

    /// Values that cannot be of the identity's form: most likely the wrong column.
    fn identities(&self, map: &DataMap, findings: &mut Findings) {
        for (name, path) in &self.one.identities {
            let Some(identity) = map.identities.get(name) else { continue };
            let (what, is): (_, fn(&str) -> bool) = match identity.normal {
                NormalForm::Email => ("an e-mail address", |text| is_email(text.trim())),
                NormalForm::Phone => ("a telephone number", |text| text.bytes().filter(u8::is_ascii_digit).count() > 4),
                NormalForm::Text | NormalForm::Exact => continue,
            };
            let told = column_at(self.shape, path).is_some_and(|c| cannot_hold(identity.normal, c.ty));
            let values = self.values(path);
            if !told && !values.is_empty() && !values.iter().filter_map(|v| v.plain()).any(|text| is(&text)) {
                let message = format!("none of {} looks like {what}", count(values.len(), "sampled value"));
                let hint = "check that this is the column you mean, and the identity's normal form";
                findings.error("identity-unlike", &self.one.place, &self.place(path.as_str()), message, hint);
            }
        }
    }

    /// The field that starts a retention period holds dates.
    fn retention(&self, findings: &mut Findings) {
        let Some(path) = self.one.retain.as_ref().and_then(|r| r.from.as_ref()) else { return };
        let values = self.values(path);
        let wrong = values.iter().filter(|value| !is_date(value)).count();
        if wrong == 0 {
            return;
        }
        let (place, at) = (self.place(path.as_str()), &self.one.place);
        let hint = "name a field that holds dates: until then these records have no end date";
        if wrong == values.len() {
            let message = format!("none of {} is a date", count(wrong, "sampled value"));
            findings.error("no-date", at, &place, message, hint);
        } else {
            let message = format!("{wrong} of {} are no dates", count(values.len(), "sampled value"));
            findings.warning("no-date", at, &place, message, hint);
        }
    }

    /// Content that looks personal in columns that are said to be about nobody.
    fn said_not_personal(&self, findings: &mut Findings) {
        let nobody = self.one.about == About::Nobody;
        let columns = self.shape.columns.iter().map(|c| c.name.as_str()).filter(|name| {
            let listed = self.one.other.iter().any(|other| other == name);
            listed || nobody && !self.one.fields.contains_key(*name)
        });
        for name in columns {
            if let Some(kind) = by_values(&field_path(self.shape, name), self.sample) {
                let message = format!("it is said to be about nobody, and its values look like {kind}");
                let hint = "name its category in fields; or acknowledge it, if they are nobody's";
                findings.warning("personal-content", &self.one.place, &self.place(name), message, hint);
            }
        }
    }

    /// Columns nobody mentioned, those that look personal one by one.
    fn unmentioned(&self, findings: &mut Findings) {
        let mut rest = Vec::new();
        for name in unmentioned(self.one, self.shape) {
            match looks(&name, &field_path(self.shape, &name), self.sample) {
                Some(why) => {
                    let message = format!("the map does not mention it, and it looks personal: {why}");
                    let hint = "add it to fields, with its category; until then it is withheld from archives";
                    findings.warning("personal-column", &self.one.place, &self.place(&name), message, hint);
                }
                None => rest.push(name),
            }
        }
        if !rest.is_empty() {
            let field = if let [only] = rest.as_slice() { only.as_str() } else { "" };
            let message = format!("the map does not mention {}: {}", count(rest.len(), "column"), some(&rest));
            let hint = "add each to fields, or to other if it is about nobody; until then it is withheld from archives";
            findings.warning("unknown-column", &self.one.place, &self.place(field), message, hint);
        }
    }
}

/// Whether a value can be read as a day: ISO 8601 with or without a time, or seconds or milliseconds since 1970.
fn is_date(value: &Value) -> bool {
    if let Value::Int(number) = value {
        // 1980 to 2100; a smaller number is more likely a count.
        return (315_532_800..4_102_444_800).contains(number) || (315_532_800_000..4_102_444_800_000).contains(number);
    }
    let Some(text) = value.plain() else { return false };
    let text = text.trim();
    text.parse::<jiff::civil::Date>().is_ok()
        || text.parse::<jiff::civil::DateTime>().is_ok()
        || text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_in_iso_or_a_count_from_1970() {
        for text in ["2024-02-29", "2024-02-29 10:00:00", "2024-02-29T10:00:00Z", "2024-02-29T10:00:00.123+08:00"] {
            assert!(is_date(&Value::from(text)), "{text}");
        }
        assert!(is_date(&Value::Int(1_700_000_000)) && is_date(&Value::Int(1_700_000_000_000)));
        for value in [Value::from("soon"), Value::Int(42), Value::from("2024-02-30"), Value::Bool(true)] {
            assert!(!is_date(&value), "{value:?}");
        }
    }
}
