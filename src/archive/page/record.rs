//! The first records of a collection as the page shows them: labels, readable values, why each is there.

use serde::Serialize;

use super::why::why;
use crate::archive::Row;
use crate::archive::jsonl;
use crate::archive::silence::Silence;
use crate::archive::visible::{line, visible};
use crate::archive::withhold::Shown;
use crate::map::{Collection, DataMap};
use crate::record::Value;

/// How many records of a collection the page shows.
const RECORDS: u64 = 100;
/// How many characters of one value the page shows.
const CHARACTERS: usize = 4000;

/// The first records of one collection.
pub struct Sample<'m> {
    map: &'m DataMap,
    collection: &'m Collection,
    silence: &'m Silence,
    records: Vec<PageRecord>,
    shown: u64,
}

/// A record on the page.
#[derive(Serialize)]
pub struct PageRecord {
    /// `Record 3`, or `Records 3 to 5` where they are identical.
    title: String,
    why: String,
    fields: Vec<PageField>,
}

/// A field on the page.
#[derive(Serialize)]
struct PageField {
    label: String,
    /// What is shown.
    value: String,
    /// `given`, `none`, `withheld` or `file`.
    kind: &'static str,
}

impl<'m> Sample<'m> {
    /// An empty sample.
    pub fn new(map: &'m DataMap, collection: &'m Collection, silence: &'m Silence) -> Self {
        Sample { map, collection, silence, records: Vec::new(), shown: 0 }
    }

    /// Adds a record, unless there are enough; `shown` is what may be shown of each of its values.
    pub fn add(&mut self, row: &Row<'_>, shown: &[Option<Shown<'_>>]) {
        if self.shown >= RECORDS {
            return;
        }
        let first = self.shown + 1;
        self.shown += row.count;
        let title = match row.count {
            1 => format!("Record {first}"),
            _ => format!("Records {first} to {} (identical)", self.shown),
        };
        let field = |(name, part): (&String, &Option<Shown<'_>>)| {
            let (value, kind) = display(part.as_ref()?);
            Some(PageField { label: label(Some(self.collection), name), value, kind })
        };
        let fields = row.record.names.iter().zip(shown).filter_map(field).collect();
        let why = why(row, shown, self.map, self.collection, self.silence);
        self.records.push(PageRecord { title, why, fields });
    }

    /// How many records it shows.
    pub fn shown(&self) -> u64 {
        self.shown
    }

    /// The records.
    pub fn records(&self) -> &[PageRecord] {
        &self.records
    }
}

/// What a field is called: the map's label, or its name made readable (`unit_price` → `Unit price`).
pub fn label(collection: Option<&Collection>, path: &str) -> String {
    if let Some(label) = collection.and_then(|c| c.field(path)).and_then(|f| f.label.as_deref()) {
        return line(label);
    }
    let mut words = String::new();
    let mut before = ' ';
    for c in line(path).chars() {
        match c {
            '_' => words.push(' '),
            c if c.is_uppercase() && before.is_lowercase() => {
                words.push(' ');
                words.extend(c.to_lowercase());
            }
            c if words.is_empty() => words.extend(c.to_uppercase()),
            c => words.push(c),
        }
        before = c;
    }
    words
}

fn display(shown: &Shown<'_>) -> (String, &'static str) {
    match shown {
        Shown::Withheld(reason) => (reason.title().to_owned(), "withheld"),
        Shown::File(path) => (path.clone(), "file"),
        Shown::Given(Value::Null) => ("–".to_owned(), "none"),
        Shown::Given(Value::Text(text)) if text.is_empty() => ("(empty)".to_owned(), "none"),
        Shown::Given(Value::Text(text) | Value::Decimal(text) | Value::Native { text, .. }) => (short(text), "given"),
        Shown::Given(Value::Bool(b)) => (if *b { "yes" } else { "no" }.to_owned(), "given"),
        Shown::Given(Value::Bytes(bytes)) => (short(&hex::encode(bytes)), "given"),
        other => {
            let mut text = Vec::new();
            jsonl::shown(&mut text, other);
            (short(&String::from_utf8_lossy(&text)), "given")
        }
    }
}

/// The beginning of a long text, made visible.
fn short(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        None => visible(text).into_owned(),
        Some((end, _)) => format!("{} … (all of it is in the files)", visible(&text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn names_become_readable() {
        let cases = [
            ("unit_price", "Unit price"),
            ("BillingCity", "Billing city"),
            ("email", "Email"),
            ("device.id", "Device.id"),
        ];
        for (name, shown) in cases {
            assert_eq!(label(None, name), shown);
        }
    }
}
