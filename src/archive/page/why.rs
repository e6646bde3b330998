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

/// Why records of one collection are there, one after another.
#[derive(Default)]
pub struct Reasons {
    /// The last way, and whether it may be shown as such.
    way: Option<(String, bool)>,
    /// What the last reason was made of: the role, the links, and whether the way was said.
    made_of: Option<(Role, Vec<usize>, bool)>,
    last: String,
}

impl Reasons {
    /// Why a record is there.
    pub fn why(
        &mut self,
        row: &Row<'_>,
        shown: &[Option<Shown<'_>>],
        map: &DataMap,
        collection: &Collection,
        silence: &Silence,
    ) -> &str {
        let is_same = self.way.as_ref().is_some_and(|(way, _)| way == row.way);
        if !is_same {
            self.way = Some((row.way.to_owned(), !row.way.is_empty() && silence.allows_path(row.way)));
        }
        let hidden = || row.record.values.iter().zip(shown).filter(|(_, s)| !is_given(s.as_ref()));
        let is_open = self.way.as_ref().is_some_and(|(_, is_open)| *is_open);
        let is_said = is_open && !hidden().any(|(value, _)| holds(row.way, value));
        let known = self.made_of.as_ref();
        if !is_same || known.is_none_or(|k| k.0 != row.role || k.1 != row.links || k.2 != is_said) {
            let way = match is_said {
                true => Some(format!("How it was found: {}", row.way)),
                false => by_links(row, map, collection, silence),
            };
            self.made_of = Some((row.role, row.links.to_vec(), is_said));
            words(row.role).clone_into(&mut self.last);
            way.iter().for_each(|way| self.last.extend([" ", line(way).as_str()]));
        }
        &self.last
    }
}

/// What a person is to a record.
fn words(role: Role) -> &'static str {
    match role {
        Role::Owner => "It is yours.",
        Role::Author => "You wrote or made it.",
        Role::Recipient => "It was sent to you.",
        Role::About => "Others wrote it about you.",
        Role::Shared => "You share it with others.",
        Role::Representative | Role::Reference | Role::Mention => "It points to you.",
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
