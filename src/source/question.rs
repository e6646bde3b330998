//! A question to a source: which records of one collection hold one of these values in these fields?
//!
//! All links and identities that lead into a collection are asked at once, for any number of people, so that no
//! record comes twice. Who a record belongs to is decided by the asker from [`Probe::hits`].

use rustc_hash::FxHashMap;
use std::borrow::Cow;

use crate::map::NormalForm;
use crate::record::{FieldPath, Record, Value};

/// A question about one collection: its probes are joined by *or*.
pub struct Question<'a> {
    /// The collection.
    pub collection: &'a str,
    /// What is wanted.
    pub probes: Vec<Probe<'a>>,
}

/// One comparison: these fields together hold one of these values, by their normal form.
pub struct Probe<'a> {
    /// The fields compared together; more than one for a composite reference.
    pub fields: &'a [FieldPath],
    /// How values are compared.
    pub form: NormalForm,
    /// The default country of phone numbers.
    pub country: Option<&'a str>,
    /// The values.
    pub wanted: &'a Wanted,
}

/// The values a probe wants, in normal form; each has a number by which the asker knows it again.
#[derive(Default)]
pub struct Wanted {
    values: FxHashMap<Box<str>, u32>,
    width: usize,
}

impl Wanted {
    /// An empty set of values of `width` parts each (1, or the number of fields of a composite reference).
    pub fn new(width: usize) -> Self {
        Wanted { values: FxHashMap::default(), width }
    }

    /// Adds a value of one part in normal form, and gives its number: the one it had, or the next.
    pub fn add(&mut self, normal: &str) -> u32 {
        let next = self.values.len() as u32;
        match self.values.get(normal) {
            Some(id) => *id,
            None => *self.values.entry(normal.into()).or_insert(next),
        }
    }

    /// Adds a composite value.
    pub fn add_parts(&mut self, parts: &[Cow<'_, str>]) -> u32 {
        match parts {
            [one] => self.add(one),
            parts => self.add(&join(parts)),
        }
    }

    /// The number of a value of one part.
    pub fn get(&self, normal: &str) -> Option<u32> {
        self.values.get(normal).copied()
    }

    /// How many values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values of part `i` (0 for a single one), in no order and with repetitions; see [`link_value`].
    pub fn part(&self, i: usize) -> impl Iterator<Item = &str> {
        self.values.keys().map(move |text| match self.width {
            1 => text,
            _ => split(text, i),
        })
    }
}

impl Wanted {
    /// The values, each with its parts.
    pub fn tuples(&self) -> impl Iterator<Item = Vec<&str>> {
        self.values.keys().map(move |text| match self.width {
            1 => vec![&**text],
            width => (0..width).map(|i| split(text, i)).collect(),
        })
    }
}

impl Wanted {
    /// The values, each with its parts and its number.
    pub fn numbered(&self) -> impl Iterator<Item = (Vec<&str>, u32)> {
        self.values.iter().map(move |(text, id)| match self.width {
            1 => (vec![&**text], *id),
            width => ((0..width).map(|i| split(text, i)).collect(), *id),
        })
    }
}

impl Probe<'_> {
    /// Gives `each` the number of every wanted value that the record holds.
    pub fn hits(&self, record: &Record, each: &mut dyn FnMut(u32)) {
        if let [field] = self.fields {
            let mut one = |value: &Value| {
                if let Some(id) = self.normal(value).and_then(|n| self.wanted.get(&n)) {
                    each(id);
                }
            };
            match field.steps() {
                [_] => record.get(field.root()).into_iter().for_each(one),
                _ => record.at(field).into_iter().for_each(&mut one),
            }
            return;
        }
        let columns: Vec<Vec<Cow<'_, str>>> =
            self.fields.iter().map(|f| record.at(f).into_iter().filter_map(|v| self.normal(v)).collect()).collect();
        combine(&columns, &mut Vec::new(), &mut |parts| {
            if let Some(id) = self.wanted.get(&join(parts)) {
                each(id);
            }
        });
    }

    /// The normal form of one value; `None` where it can match nothing.
    pub fn normal<'v>(&self, value: &'v Value) -> Option<Cow<'v, str>> {
        normal_of(value, self.form, self.country)
    }
}

/// The normal form of a value; `None` for what identifies nothing (null, the empty text, lists).
/// Bytes compare by their digits, marked so that no text equals them.
pub fn normal_of<'v>(value: &'v Value, form: NormalForm, country: Option<&str>) -> Option<Cow<'v, str>> {
    if let Value::Bytes(bytes) = value {
        return (!bytes.is_empty()).then(|| Cow::Owned(format!("{BYTES}{}", hex::encode(bytes))));
    }
    let normal = match value.plain()? {
        Cow::Borrowed(text) => form.apply(text, country),
        text if form == NormalForm::Exact => text,
        Cow::Owned(text) => Cow::Owned(form.apply(&text, country).into_owned()),
    };
    (!normal.is_empty()).then_some(normal)
}

/// What a wanted text of form `exact` is as a value: bytes where it was made from bytes, else text.
pub fn link_value(normal: &str) -> Value {
    match normal.strip_prefix(BYTES).and_then(|digits| hex::decode(digits).ok()) {
        Some(bytes) => Value::Bytes(bytes),
        None => Value::Text(normal.to_owned()),
    }
}

const BYTES: &str = "\0x";

fn join(parts: &[Cow<'_, str>]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(&part.len().to_string());
        text.push(':');
        text.push_str(part);
    }
    text
}

fn split(mut text: &str, i: usize) -> &str {
    for n in 0.. {
        let Some((length, rest)) = text.split_once(':') else { return "" };
        let Some((part, rest)) = length.parse().ok().and_then(|l: usize| rest.split_at_checked(l)) else { return "" };
        if n == i {
            return part;
        }
        text = rest;
    }
    ""
}

fn combine<'v>(columns: &[Vec<Cow<'v, str>>], parts: &mut Vec<Cow<'v, str>>, each: &mut dyn FnMut(&[Cow<'v, str>])) {
    let Some((first, rest)) = columns.split_first() else { return each(parts) };
    for value in first {
        parts.push(value.clone());
        combine(rest, parts, each);
        parts.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_composite_value_comes_apart_again() {
        let mut wanted = Wanted::new(2);
        wanted.add_parts(&["a:1".into(), "".into()]);
        assert_eq!(wanted.part(0).collect::<Vec<_>>(), ["a:1"]);
        assert_eq!(wanted.part(1).collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn a_composite_reference_matches_both_parts_or_nothing() {
        let mut wanted = Wanted::new(2);
        wanted.add_parts(&["1".into(), "10".into()]);
        wanted.add_parts(&["2".into(), "20".into()]);
        let fields = [FieldPath::column("a"), FieldPath::column("b")];
        let probe = Probe { fields: &fields, form: NormalForm::Exact, country: None, wanted: &wanted };
        let record = |a, b| Record::new(["a".to_owned(), "b".to_owned()].into(), vec![Value::Int(a), Value::Int(b)]);
        let count = |record: &Record| {
            let mut n = 0;
            probe.hits(record, &mut |_| n += 1);
            n
        };
        assert_eq!(count(&record(1, 10)), 1);
        assert_eq!(count(&record(1, 20)), 0);
    }
}
