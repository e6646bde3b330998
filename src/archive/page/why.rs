//! Why a record is in the archive, in words: what the person is to it, and the way from what was given to it.
//!
//! A way that would name something silent, or hold a value that is not given, is replaced by what the map says of
//! the record's own links.

use super::label::label;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::archive::withhold::Shown;
use crate::archive::{Cover, Row};
use crate::language::{Language, say};
use crate::map::{Collection, Disclose, Role};
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
        cover: &Cover<'_>,
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
                true => Some(say!(cover.language, "found-by", way = row.way)),
                false => by_links(row, cover, collection, silence),
            };
            self.made_of = Some((row.role, row.links.to_vec(), is_said));
            let parts = [Some(words(cover.language, row.role)), way.map(|way| line(&way))];
            self.last = cover.language.sentences(&parts.into_iter().flatten().collect::<Vec<_>>());
        }
        &self.last
    }
}

/// What a person is to a record.
fn words(language: &Language, role: Role) -> String {
    let key = match role {
        Role::Owner => "role-owner",
        Role::Author => "role-author",
        Role::Recipient => "role-recipient",
        Role::About => "role-about",
        Role::Shared => "role-shared",
        Role::Representative | Role::Reference | Role::Mention => "role-other",
    };
    language.say(key).into_owned()
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
fn by_links(row: &Row<'_>, cover: &Cover<'_>, collection: &Collection, silence: &Silence) -> Option<String> {
    let language = cover.language;
    for link in row.links.iter().filter_map(|i| collection.links.get(*i)) {
        let from = link.from.first()?;
        let open = collection.disclose(from.as_str()) != Disclose::Silent;
        if open && !silence.is_silent(&link.to_source, &link.to_collection) {
            let to = cover.map.collection(&link.to_source, &link.to_collection);
            let to = to.map_or(&*link.to_collection, |c| c.label_in(language.tag()));
            let field = label(language, Some(collection), from.as_str());
            return Some(say!(language, "found-by-link", field = field, to = to));
        }
    }
    None
}
