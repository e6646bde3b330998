//! Selectors: `identity=value` or `source.collection.field=value`.

use crate::error::{Error, Result};
use crate::map::{Collection, DataMap, SourceMap};
use crate::record::FieldPath;

/// One thing a request names about the person.
#[derive(Clone, PartialEq)]
pub enum Selector {
    /// An identifier.
    Identity {
        /// Its identity.
        identity: String,
        /// The value as given.
        value: String,
    },
    /// The value of one field.
    Field {
        /// The source.
        source: String,
        /// The collection.
        collection: String,
        /// The field.
        field: FieldPath,
        /// The value as given.
        value: String,
    },
}

impl Selector {
    /// Its left side, for messages and the log: never the value.
    pub fn name(&self) -> String {
        match self {
            Selector::Identity { identity, .. } => identity.clone(),
            Selector::Field { source, collection, field, .. } => format!("{source}.{collection}.{field}"),
        }
    }

    /// The whole of it as [`parse`] reads it.
    pub fn text(&self) -> String {
        let quoted = |part: &str| match part.contains(['.', '=']) {
            true => format!("\"{part}\""),
            false => part.to_owned(),
        };
        let name = match self {
            Selector::Identity { identity, .. } => quoted(identity),
            Selector::Field { source, collection, field, .. } => {
                [source, collection, field.as_str()].map(quoted).join(".")
            }
        };
        format!("{name}={}", self.value())
    }

    /// The value as given.
    pub fn value(&self) -> &str {
        match self {
            Selector::Identity { value, .. } | Selector::Field { value, .. } => value,
        }
    }
}

impl std::fmt::Debug for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}=…", self.name())
    }
}

/// Reads a selector against the map: the first unquoted `=` splits; `"…"` quotes parts with dots.
pub fn parse(text: &str, map: &DataMap) -> Result<Selector> {
    let Some((left, value)) = split_once(text) else {
        return Err(Error::usage("a selector is given as identity=value, and one here has no `=`")
            .hint("for example email=ana@example.com, or source.collection.field=value")
            .hint(known(map)));
    };
    let left = left.trim();
    if value.trim().is_empty() {
        return Err(Error::usage(format!("the selector {left}= has no value")));
    }
    let value = value.to_owned();
    if let Some(identity) = map.identities.get(left.trim_matches('"')) {
        return Ok(Selector::Identity { identity: identity.name.clone(), value });
    }
    let parts = split_parts(left);
    if parts.len() < 3 {
        return Err(Error::usage(format!("unknown identity: {left}")).hint(known(map)));
    }
    let (source, collection, field) = find_field(map, &parts)?;
    Ok(Selector::Field {
        source: source.name.clone(),
        collection: collection.name.clone(),
        field: source.field_path(&field),
        value,
    })
}

/// Finds `source.collection.field` in the map; names may hold dots (`schema.table`), the longest fit wins.
pub fn find_field<'m>(map: &'m DataMap, parts: &[String]) -> Result<(&'m SourceMap, &'m Collection, String)> {
    let asked = parts.join(".");
    let Some(source) = map.source(&parts[0]) else {
        let names: Vec<_> = map.sources.iter().map(|s| s.name.as_str()).collect();
        return Err(Error::usage(format!("{asked}: the map has no source {}", parts[0]))
            .hint(format!("sources: {}", names.join(", "))));
    };
    for split in (2..parts.len()).rev() {
        let name = parts[1..split].join(".");
        if let Some(collection) = source.collection(&name) {
            let field = parts[split..].join(".");
            if !is_known(source, collection, &field) {
                let place = format!("{}.{name}", source.name);
                return Err(Error::usage(format!("{asked}: {place} has no field {field} in the map"))
                    .hint("`redress check` lists the columns the map does not mention"));
            }
            return Ok((source, collection, field));
        }
    }
    let names: Vec<_> = source.collections.iter().map(|c| c.name.as_str()).collect();
    Err(Error::usage(format!("{asked}: {} has no collection {}", source.name, parts[1]))
        .hint(format!("collections: {}", names.join(", "))))
}

fn is_known(source: &SourceMap, c: &Collection, field: &str) -> bool {
    let nested = source.address.kind == "json";
    nested
        || c.about == crate::map::About::Nobody
        || c.fields.contains_key(field)
        || c.other.iter().any(|o| o == field)
        || c.key.iter().any(|k| k == field)
        || c.identities.iter().any(|(_, p)| p.as_str() == field)
        || c.links.iter().any(|l| l.from.iter().any(|p| p.as_str() == field))
}

/// Splits at unquoted dots and takes the quotes off.
pub fn split_parts(left: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in left.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            c => parts.last_mut().into_iter().for_each(|p| p.push(c)),
        }
    }
    parts
}

/// The two sides of the first unquoted `=`.
pub fn split_once(text: &str) -> Option<(&str, &str)> {
    let at = first_unquoted(text, '=')?;
    Some((&text[..at], &text[at + 1..]))
}

fn first_unquoted(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(i, c)| {
        quoted ^= c == '"';
        (c == wanted && !quoted).then_some(i)
    })
}

fn known(map: &DataMap) -> String {
    let names: Vec<_> = map.identities.keys().map(String::as_str).collect();
    match names.is_empty() {
        true => "the map declares no identity; name a field: source.collection.field=value".into(),
        false => format!("identities in the map: {}", names.join(", ")),
    }
}
