//! Names and contact details at a glance: each value once, with the collections it stands in.
//!
//! A help to find one's own telephone number within a minute; the records below it are the data. It shows only what
//! is given there, of records that belong to the person, and only so many values.

use std::borrow::Cow;

use super::html;
use super::show::{Kind, value};
use crate::archive::Row;
use crate::archive::visible::line;
use crate::archive::withhold::Shown;
use crate::language::{Language, say};
use crate::map::{Collection, Role};
use crate::record::Value;

/// How many values of a kind are shown.
const VALUES: usize = 12;
/// How many records of a collection are looked at: a help need not read everything.
const RECORDS: u64 = 1000;

/// The kinds, in the page's order: their message, and the category that tells them.
const KINDS: [(&str, &str); 6] = [
    ("glance-name", "user.name"),
    ("glance-email", "user.contact.email"),
    ("glance-phone", "user.contact.phone_number"),
    ("glance-fax", "user.contact.fax_number"),
    ("glance-address", ADDRESS),
    ("glance-birth", "user.demographic.date_of_birth"),
];
const ADDRESS: &str = "user.contact.address";

/// What was gathered.
#[derive(Default)]
pub struct Glance {
    kinds: [Vec<Entry>; KINDS.len()],
    more: bool,
}

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value, as it is shown.
    value: String,
    /// The collections that hold it: anchor and label.
    held_in: Vec<Held>,
}

/// A collection that holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    anchor: String,
    label: String,
}

/// The fields of one collection that a glance is interested in.
pub struct Interest {
    language: &'static Language,
    held: Held,
    fields: Vec<(String, usize)>,
    seen: u64,
}

impl Interest {
    /// What is of interest in a collection, whose records stand at that anchor.
    pub fn of(language: &'static Language, collection: &Collection, anchor: String) -> Interest {
        let kind = |category: &str| {
            let within = |key: &str| category.strip_prefix(key).is_some_and(|r| r.is_empty() || r.starts_with('.'));
            KINDS.iter().position(|(_, key)| within(key))
        };
        let of = |(path, field): (&String, &crate::map::Field)| Some((path.clone(), kind(field.category.as_deref()?)?));
        let fields = collection.fields.iter().filter_map(of).collect();
        let label = line(collection.label_in(language.tag()));
        Interest { language, held: Held { anchor, label }, fields, seen: 0 }
    }
}

impl Glance {
    /// Takes what is of interest in a record.
    pub fn add(&mut self, interest: &mut Interest, row: &Row<'_>, shown: &[Option<Shown<'_>>]) {
        let own = matches!(row.role, Role::Owner | Role::Shared);
        if interest.fields.is_empty() || !own || interest.seen >= RECORDS {
            return;
        }
        interest.seen += 1;
        let mut address: Vec<String> = Vec::new();
        for (name, part) in row.record.names.iter().zip(shown) {
            let Some(part) = part else { continue };
            for (path, kind) in &interest.fields {
                let Some(part) = inside(part, name, path) else { continue };
                let (text, Kind::Given) = value(interest.language, None, path, &part) else { continue };
                match KINDS[*kind].1 {
                    // The number of an address record is no address.
                    ADDRESS if !is_words(&part) => {}
                    ADDRESS => address.push(line(&text)),
                    _ => self.take(*kind, line(&text), &interest.held),
                }
            }
        }
        if let Some(kind) = KINDS.iter().position(|(_, key)| *key == ADDRESS).filter(|_| !address.is_empty()) {
            self.take(kind, address.join(", "), &interest.held);
        }
    }

    fn take(&mut self, kind: usize, value: String, held: &Held) {
        if value.is_empty() {
            return;
        }
        let entries = &mut self.kinds[kind];
        let full = entries.len() == VALUES;
        match entries.iter_mut().find(|entry| entry.value == value) {
            Some(entry) if entry.held_in.contains(held) => {}
            Some(entry) => entry.held_in.push(held.clone()),
            None if full => self.more = true,
            None => entries.push(Entry { value, held_in: vec![held.clone()] }),
        }
    }

    /// Whether there are more values than are shown.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// The kinds that were met, with their values.
    fn rows<'g>(&'g self, language: &'g Language) -> Vec<(Cow<'g, str>, &'g [Entry])> {
        let named = KINDS.iter().zip(&self.kinds).filter(|(_, entries)| !entries.is_empty());
        named.map(|((title, _), entries)| (language.say(title), &**entries)).collect()
    }
}

impl Glance {
    /// The kinds that were met, each with its values and the collections they stand in, as text.
    pub fn texts(&self, language: &Language) -> Vec<(String, String)> {
        let value = |entry: &Entry| {
            let labels: Vec<&str> = entry.held_in.iter().map(|held| held.label.as_str()).collect();
            let held_in = labels.join(&language.say("list-between"));
            language.aside(&entry.value, &say!(language, "glance-in", place = held_in))
        };
        let row = |(title, entries): (Cow<'_, str>, &[Entry])| {
            (title.into_owned(), language.series(&entries.iter().map(value).collect::<Vec<_>>()))
        };
        self.rows(language).into_iter().map(row).collect()
    }
}

/// What stands at `path` within the field `name`; only objects are entered.
fn inside<'s>(shown: &Shown<'s>, name: &str, path: &str) -> Option<Shown<'s>> {
    if path == name {
        return Some(shown.clone());
    }
    let rest = path.strip_prefix(name)?.strip_prefix('.')?;
    let first = rest.split('.').next()?;
    match shown {
        Shown::Object(members) => members.iter().find(|(n, _)| *n == first).and_then(|(n, m)| inside(m, n, rest)),
        Shown::Given(Value::Object(members)) => {
            members.iter().find(|(n, _)| n == first).and_then(|(n, m)| inside(&Shown::Given(m), n, rest))
        }
        _ => None,
    }
}

fn is_words(shown: &Shown<'_>) -> bool {
    matches!(shown, Shown::Given(Value::Text(text)) if text.len() >= 4 || text.chars().any(char::is_alphabetic))
}

/// The rows as the page's HTML.
pub fn html_of(language: &Language, glance: &Glance) -> String {
    let mut out = String::new();
    for (title, entries) in glance.rows(language) {
        out.push_str("<div><dt>");
        html::text(&mut out, &title);
        out.push_str("</dt>");
        for entry in entries {
            out.push_str("<dd><bdi>");
            html::text(&mut out, &entry.value);
            out.push_str("</bdi> <span class=\"small\">");
            let links: Vec<String> = entry.held_in.iter().map(link).collect();
            out.push_str(&say!(language, "glance-in", place = links.join(&language.say("list-between"))));
            out.push_str("</span></dd>");
        }
        out.push_str("</div>\n");
    }
    out
}

/// A link to a collection.
fn link(held: &Held) -> String {
    let mut out = "<a href=\"#".to_owned();
    html::text(&mut out, &held.anchor);
    out.push_str("\">");
    html::text(&mut out, &held.label);
    out.push_str("</a>");
    out
}
