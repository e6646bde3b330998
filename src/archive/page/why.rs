//! Why a record is in the archive, in words: what the person is to it, and the way from what was given to it.
//!
//! A way that would name something silent, or hold a value that is not given, is replaced by what the map says of
//! the record's own links.

use super::label::label;
use crate::archive::Row;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::archive::withhold::Shown;
use crate::map::{Collection, DataMap, Disclose, Role};
use crate::record::Value;

/// The shortest value that could be recognised in a way.
const TELLING: usize = 4;

/// Why a record is there; `is_open` says whether its way may be shown as such ([`Silence::allows_path`]).
pub fn why(
    row: &Row<'_>,
    shown: &[Option<Shown<'_>>],
    map: &DataMap,
    collection: &Collection,
    silence: &Silence,
    is_open: bool,
) -> String {
    let role = match row.role {
        Role::Owner => "It is yours.",
        Role::Author => "You wrote or made it.",
        Role::Recipient => "It was sent to you.",
        Role::About => "Others wrote it about you.",
        Role::Shared => "You share it with others.",
        Role::Representative | Role::Reference | Role::Mention => "It points to you.",
    };
    let hidden = || row.record.values.iter().zip(shown).filter(|(_, s)| !is_given(s.as_ref()));
    let way = match row.path.trim() {
        "" => by_links(row, map, collection, silence),
        path if is_open && !hidden().any(|(value, _)| holds(path, value)) => {
            return format!("{role} How it was found: {}", line(path));
        }
        _ => by_links(row, map, collection, silence),
    };
    match way {
        Some(way) => format!("{role} {}", line(&way)),
        None => role.to_owned(),
    }
}

fn is_given(shown: Option<&Shown<'_>>) -> bool {
    matches!(shown, Some(Shown::Given(_) | Shown::File(_)))
}

/// Whether a value, or one inside it, stands in the path.
fn holds(path: &str, value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| holds(path, item)),
        Value::Object(members) => members.iter().any(|(_, member)| holds(path, member)),
        value => value.plain().is_some_and(|text| {
            text.len() >= TELLING && memchr::memmem::find(path.as_bytes(), text.as_bytes()).is_some()
        }),
    }
}

/// What the links that led to the person say; nothing where they are not to be mentioned.
fn by_links(row: &Row<'_>, map: &DataMap, collection: &Collection, silence: &Silence) -> Option<String> {
    for link in row.links.iter().filter_map(|i| collection.links.get(*i)) {
        let from = link.from.first()?;
        let open = collection.disclose(from.as_str()) != Disclose::Silent;
        if open && !silence.is_silent(&link.to_source, &link.to_collection) {
            let to = map.collection(&link.to_source, &link.to_collection).map_or(&*link.to_collection, |c| c.label());
            return Some(format!(
                "How it was found: its field “{}” refers to {to}",
                label(Some(collection), from.as_str())
            ));
        }
    }
    None
}
