//! The page of a record, from the same JSON that programs read. It loads nothing and allows no script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value as Context};
use minijinja::{Environment, context};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::archive::message;
use crate::archive::visible::line;
use crate::error::{Error, Result};
use crate::language::Language;

const STYLE: &str = include_str!("../archive/page/style.css");

/// The page for that reader.
pub fn page(reader: &str, language: &'static Language, record: &Json) -> Result<String> {
    let (name, template) = match reader {
        "person" => ("person.html", include_str!("person.html")),
        _ => ("authority.html", include_str!("authority.html")),
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64.encode(Sha256::digest(STYLE))
    );
    let mut templates = Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?;
    templates.set_syntax(syntax);
    templates.add_function("t", move |key: &str, values: Kwargs| message(language, key, &values));
    templates.add_filter("day", move |text: String| day(language, text));
    templates.add_filter("number", move |text: String| language.digits(&text).unwrap_or(text));
    templates.add_template(name, template).map_err(fault)?;
    let style = Context::from_safe_string(STYLE.to_owned());
    let context = context! { policy, style, language => language.tag(), r => Serde(shown(record)) };
    templates.get_template(name).and_then(|t| t.render(context)).map_err(fault)
}

/// The record for a template: every text made visible, for names come from other people's databases, and numbers as their
/// digits, which templates would not know as numbers.
fn shown(json: &Json) -> Json {
    match json {
        Json::Number(number) => Json::String(number.to_string()),
        Json::String(text) => Json::String(line(text)),
        Json::Array(items) => items.iter().map(shown).collect(),
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), shown(value))).collect(),
        other => other.clone(),
    }
}

/// A day as people write it.
fn day(language: &Language, text: String) -> String {
    let day = text.parse::<jiff::civil::Date>();
    day.map_or(text, |day| language.date(day))
}

/// Template faults name lines of the template, never data.
fn fault(error: minijinja::Error) -> Error {
    Error::bug(format!("the template of the record of erasure is broken: {:?}", error.kind()))
}
