//! One field as TOML, on a line.

use super::collection::own_path;
use super::law;
use super::toml_text::{toml_key, toml_text};
use crate::map::{About, Disclose, Exempt, Field, FieldErase, Origin, SourceMap};

/// What stands after `fields.NAME = `.
pub(super) fn field_line(field: &Field, source: &SourceMap) -> String {
    let mut entries = Vec::new();
    let mut text = |key: &str, text: Option<&str>| {
        entries.extend(text.filter(|t| !t.is_empty()).map(|t| format!("{key} = {}", toml_text(t))));
    };
    text("category", field.category.as_deref());
    text("label", field.label.as_deref().filter(|_| field.labels.is_empty()));
    text("origin", field.origin.map(Origin::word));
    text("disclose", field.disclose.map(disclose));
    text("exempt", field.exempt.map(Exempt::word));
    text(
        "about",
        match field.about {
            About::Other => Some("other"),
            About::Organisation => Some("organisation"),
            _ => None,
        },
    );
    if !field.labels.is_empty() {
        entries.push(format!("label = {}", law::table(&field.labels)));
    }
    if !field.codes.is_empty() {
        let codes = field.codes.iter().map(|(code, text)| format!("{} = {}", toml_key(code), law::words(text)));
        entries.push(format!("codes = {{ {} }}", codes.collect::<Vec<_>>().join(", ")));
    }
    let whose = field.whose.as_ref().map(|path| format!("whose = {}", toml_text(&own_path(path, source))));
    entries.extend(whose);
    entries.extend(field.erase.as_ref().map(|rule| format!("erase = {}", field_erase(rule))));
    match entries.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{ {} }}", entries.join(", ")),
    }
}

/// A rule for a field, as the map says it.
pub(in crate::map) fn field_erase(rule: &FieldErase) -> String {
    let word = rule.word();
    match rule {
        FieldErase::Fixed(text) | FieldErase::Point(text) | FieldErase::File(text) => {
            format!("{{ {word} = {} }}", toml_text(text))
        }
        FieldErase::Band(n) | FieldErase::First(n) => format!("{{ {word} = {n} }}"),
        FieldErase::Round(n) => format!("{{ {word} = {n} }}"),
        FieldErase::Inside(rules) => {
            let rule = |(path, rule): &(String, FieldErase)| format!("{} = {}", toml_key(path), field_erase(rule));
            format!("{{ {word} = {{ {} }} }}", rules.iter().map(rule).collect::<Vec<_>>().join(", "))
        }
        _ => format!("\"{word}\""),
    }
}

/// The word of `disclose`.
pub(super) fn disclose(disclose: Disclose) -> &'static str {
    match disclose {
        Disclose::Yes => "yes",
        Disclose::Review => "review",
        Disclose::Never => "never",
        Disclose::Silent => "silent",
    }
}
