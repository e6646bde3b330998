//! Texts of others (paths, problems, lists of what was searched) held against what must not be mentioned.
//!
//! When in doubt a text is not shown: the officer sees all of them elsewhere. Fields of records are decided in
//! `withhold`.

use std::collections::HashSet;

use super::portable::Kind;
use super::withhold::Rules;
use crate::map::{About, Collection, DataMap, Disclose};

/// What the archive must not say in free words. Words are kept in lower case.
pub struct Silence {
    /// Silent collections: source and name.
    silent: HashSet<(String, String)>,
    /// Words that give away a silent collection.
    words: Vec<String>,
    /// Silent fields: the collection's name and the field's.
    fields: Vec<(String, String)>,
    /// Words that must not stand in a path: collections whose keys hold values that are not given, and fields
    /// whose values are not.
    closed: Vec<Closed>,
}

/// A collection in whose name a path may hold a value that is not given.
struct Closed {
    collection: String,
    /// Fields whose values are not given; a key holds them too where `key` is set.
    fields: Vec<String>,
    key: bool,
}

impl Silence {
    /// What a map wants kept silent.
    pub fn of(map: &DataMap) -> Silence {
        let (silent, words, fields, closed) = (HashSet::new(), Vec::new(), Vec::new(), Vec::new());
        let mut silence = Silence { silent, words, fields, closed };
        for source in &map.sources {
            for collection in &source.collections {
                if Rules::of(map, source, collection, &[], Kind::Copy).is_silent() {
                    silence.silent.insert((source.name.clone(), collection.name.clone()));
                    silence.words.push(collection.name.to_lowercase());
                    silence.words.extend(collection.label.as_ref().map(|l| l.to_lowercase()));
                    continue;
                }
                silence.add(map, collection);
            }
            let silent = |c: &Collection| silence.is_silent(&source.name, &c.name);
            if !source.collections.is_empty() && source.collections.iter().all(silent) {
                silence.words.push(source.name.to_lowercase());
            }
        }
        silence
    }

    fn add(&mut self, map: &DataMap, collection: &Collection) {
        let mut fields = Vec::new();
        for path in collection.fields.keys() {
            if collection.disclose(path) == Disclose::Silent {
                self.fields.push((collection.name.to_lowercase(), path.to_lowercase()));
            }
            if !is_given(collection, path) {
                fields.push(path.to_lowercase());
            }
        }
        let person = |c: &str| {
            let links = collection.links.iter().filter(|l| l.from.iter().any(|f| f.root() == c));
            links.into_iter().any(|l| map.collection(&l.to_source, &l.to_collection).is_some_and(|c| c.person))
        };
        let key = collection.key.iter().any(|c| !is_given(collection, c) || person(c));
        if key || !fields.is_empty() || collection.disclose != Disclose::Yes {
            let key = key || collection.disclose != Disclose::Yes;
            self.closed.push(Closed { collection: collection.name.to_lowercase(), fields, key });
        }
    }

    /// Whether nothing of that collection may be mentioned.
    pub fn is_silent(&self, source: &str, collection: &str) -> bool {
        self.silent.contains(&(source.to_owned(), collection.to_owned()))
    }

    /// Whether a text may be shown: it mentions nothing silent.
    pub fn allows(&self, text: &str) -> bool {
        self.allows_lower(&text.to_lowercase())
    }

    fn allows_lower(&self, text: &str) -> bool {
        let field = |(collection, field): &(String, String)| stands(text, collection) && stands(text, field);
        !self.words.iter().any(|word| stands(text, word)) && !self.fields.iter().any(field)
    }

    /// Whether a path may be shown: nothing silent, and no key or field in it whose value is not given.
    pub fn allows_path(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let closed =
            |c: &Closed| stands(&path, &c.collection) && (c.key || c.fields.iter().any(|field| stands(&path, field)));
        self.allows_lower(&path) && !self.closed.iter().any(closed)
    }
}

fn is_given(collection: &Collection, path: &str) -> bool {
    collection.disclose(path) == Disclose::Yes && collection.field(path).is_none_or(|f| f.about != About::Other)
}

/// Whether `word` stands in `text` by itself; both are in lower case.
fn stands(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(part)
                && !text[at + word.len()..].chars().next().is_some_and(part)
        })
}

#[cfg(test)]
mod tests {
    use super::stands;

    #[test]
    fn words_stand_alone() {
        assert!(stands("shop.aml_alerts could not be read", "aml_alerts"));
        assert!(stands("money laundering: x", "money laundering"));
        assert!(!stands("shop.aml_alerts_old", "aml_alerts"));
        assert!(!stands("anything", ""));
    }
}
