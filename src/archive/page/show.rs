//! Values as people read them: objects become fields of their own, lists become lines, dates are written out.
//!
//! What may be shown was decided before; nothing is decided here.

use serde::Serialize;

use super::label::{label, last_label};
use super::quantity::{is_numeral, numbers, quantity};
use crate::archive::jsonl;
use crate::archive::photo::Small;
use crate::archive::visible::{line, visible};
use crate::archive::withhold::Shown;
use crate::language::{Language, say};
use crate::map::Collection;
use crate::record::Value;

/// How many characters of one value the page shows.
const CHARACTERS: usize = 4000;
/// How many parts of a list the page shows.
const PARTS: usize = 200;

/// A field as a reader sees it.
#[derive(Serialize)]
pub struct Field {
    /// What it is called.
    pub label: String,
    /// What is shown.
    pub value: String,
    /// How it is shown.
    pub kind: Kind,
    /// Of a file: what it shows, small.
    pub picture: Option<Small>,
}

/// How a field is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A value.
    Given,
    /// Nothing is held there.
    None,
    /// Held, but not given.
    Withheld,
    /// A file of its own; the value is its path.
    File,
}

/// Calls `each` with what is shown of the field at `path`, part by part where it is an object.
pub fn fields(
    language: &Language,
    collection: Option<&Collection>,
    path: &str,
    shown: &Shown<'_>,
    each: &mut dyn FnMut(Field),
) {
    walk((language, label), collection, path, shown, each);
}

/// The name of a part, from the map and its path.
type Label = fn(&Language, Option<&Collection>, &str) -> String;

fn walk(
    (language, label): (&Language, Label),
    collection: Option<&Collection>,
    path: &str,
    shown: &Shown<'_>,
    each: &mut dyn FnMut(Field),
) {
    let mut member =
        |name: &str, part: &Shown<'_>| walk((language, label), collection, &format!("{path}.{name}"), part, each);
    match shown {
        Shown::Object(members) if !members.is_empty() => members.iter().for_each(|(name, part)| member(name, part)),
        Shown::Given(Value::Object(members)) if !members.is_empty() => {
            members.iter().for_each(|(name, value)| member(name, &Shown::Given(value)));
        }
        shown => {
            let (value, kind) = value(language, collection, path, shown);
            each(Field { label: label(language, collection, path), value, kind, picture: None });
        }
    }
}

/// What is shown in one place, whatever it is; a code with its meaning.
pub fn value(language: &Language, collection: Option<&Collection>, path: &str, shown: &Shown<'_>) -> (String, Kind) {
    let (text, kind) = bare(language, collection, path, shown);
    match meaning(language, collection, path, shown) {
        Some(meaning) => (language.aside(&text, &meaning), kind),
        None => (text, kind),
    }
}

/// What the map says a code means.
fn meaning(language: &Language, collection: Option<&Collection>, path: &str, shown: &Shown<'_>) -> Option<String> {
    let codes = &collection?.field(path)?.codes;
    let Shown::Given(value) = shown else { return None };
    if codes.is_empty() {
        return None;
    }
    codes.get(value.plain()?.as_ref()).map(|words| line(words.in_language(language.tag())))
}

fn bare(language: &Language, collection: Option<&Collection>, path: &str, shown: &Shown<'_>) -> (String, Kind) {
    let say = |key: &str| language.say(key).into_owned();
    if let Shown::Given(value) = shown
        && is_numeral(value)
        && let Some(text) = quantity(language, numbers(collection, path), value)
    {
        return (text, Kind::Given);
    }
    match shown {
        Shown::Withheld(reason) => (reason.title(language).into_owned(), Kind::Withheld),
        Shown::File(path) => (path.clone(), Kind::File),
        Shown::Redacted(text) => (short(language, text), Kind::Given),
        Shown::Given(Value::Null) => ("–".to_owned(), Kind::None),
        Shown::Given(Value::Text(text)) if text.is_empty() => (say("value-empty"), Kind::None),
        Shown::Given(Value::Text(text) | Value::Native { text, .. }) => {
            (language.written_out(text).unwrap_or_else(|| short(language, text)), Kind::Given)
        }
        Shown::Given(Value::Decimal(digits)) => (short(language, digits), Kind::Given),
        Shown::Given(Value::Bool(b)) => (say(if *b { "yes" } else { "no" }), Kind::Given),
        Shown::Given(Value::Bytes(bytes)) => (short(language, &hex::encode(bytes)), Kind::Given),
        Shown::Given(Value::List(items)) => {
            list(language, collection, path, items.len(), items.iter().map(Shown::Given))
        }
        Shown::List(items) => list(language, collection, path, items.len(), items.iter().cloned()),
        Shown::Object(members) if members.is_empty() => (say("value-empty"), Kind::None),
        Shown::Given(Value::Object(members)) if members.is_empty() => (say("value-empty"), Kind::None),
        Shown::Object(_) | Shown::Given(Value::Object(_)) => (inline(language, collection, path, shown), Kind::Given),
        other => {
            let mut text = Vec::new();
            jsonl::shown(&mut text, other);
            (short(language, &String::from_utf8_lossy(&text)), Kind::Given)
        }
    }
}

/// A list: one line of plain values, or a line for each part.
fn list<'s>(
    language: &Language,
    collection: Option<&Collection>,
    path: &str,
    length: usize,
    parts: impl Iterator<Item = Shown<'s>>,
) -> (String, Kind) {
    if length == 0 {
        return (language.say("value-empty-list").into_owned(), Kind::None);
    }
    let within = format!("{path}[]");
    let mut nested = false;
    let mut lines = Vec::new();
    for part in parts.take(PARTS) {
        nested |= matches!(part, Shown::Object(_) | Shown::List(_) | Shown::Given(Value::Object(_) | Value::List(_)));
        lines.push(inline(language, collection, &within, &part));
    }
    let mut text = match nested {
        // Values are told apart by commas alone: they are no sentence.
        false => lines.join(", "),
        true => lines.iter().enumerate().map(|(i, line)| format!("{}. {line}", i + 1)).collect::<Vec<_>>().join("\n"),
    };
    if length > PARTS {
        text.push('\n');
        text.push_str(&say!(language, "value-more", n = length));
    }
    (text, Kind::Given)
}

/// A part on one line: `Product shown: INK-2; Price shown: 18.50`.
pub fn inline(language: &Language, collection: Option<&Collection>, path: &str, shown: &Shown<'_>) -> String {
    let is_object = matches!(shown, Shown::Object(_) | Shown::Given(Value::Object(_)));
    let mut parts = Vec::new();
    walk((language, last_label), collection, path, shown, &mut |field| {
        let value = match field.kind {
            Kind::Withheld => say!(language, "value-withheld", why = language.within(&field.value)),
            Kind::Given | Kind::None | Kind::File => field.value,
        };
        parts.push(if is_object { language.pair(&field.label, &value) } else { value });
    });
    language.series(&parts)
}

/// The beginning of a long text, made visible.
fn short(language: &Language, text: &str) -> String {
    let end = if text.len() > CHARACTERS { text.char_indices().nth(CHARACTERS) } else { None };
    match end {
        None => visible(text).into_owned(),
        Some((end, _)) => say!(language, "value-long", text = visible(&text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Reason;
    use crate::language::Tag;

    fn object(members: &[(&str, Value)]) -> Value {
        Value::Object(members.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect())
    }

    fn shown(value: &Shown<'_>) -> Vec<(String, String)> {
        let mut out = Vec::new();
        fields(Language::of(Tag::English), None, "a", value, &mut |f| out.push((f.label, f.value)));
        out
    }

    #[test]
    fn objects_are_fields_and_lists_are_lines() {
        let device = object(&[("os", Value::from("Linux")), ("at", Value::from("2024-03-05"))]);
        assert_eq!(
            shown(&Shown::Given(&device)),
            [("A: os".into(), "Linux".into()), ("A: at".into(), "5 March 2024".to_owned())]
        );
        let tags = Value::List(vec![Value::from("x"), Value::Int(2)]);
        assert_eq!(shown(&Shown::Given(&tags)), [("A".into(), "x, 2".to_owned())]);
        let items = Value::List(vec![object(&[("sku", Value::from("A"))]), object(&[("sku", Value::from("B"))])]);
        assert_eq!(shown(&Shown::Given(&items))[0].1, "1. Sku: A\n2. Sku: B");
        let partly = Shown::List(vec![Shown::Withheld(Reason::Review), Shown::Given(&Value::Null)]);
        assert_eq!(shown(&partly)[0].1, "(withheld: must be read by a person first), –");
        assert_eq!(shown(&Shown::Given(&object(&[])))[0].1, "(empty)");
    }
}
