//! What an officer decides on single values: give, redact or withhold.
//!
//! `withhold` decides by the map; this looks at what it withheld pending review, and at texts it would give in which
//! somebody else is recognised. A value is known by a digest of its place, its record and itself: where one of them
//! changes, it must be looked at again.

use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::canary::Canary;
use super::reason::Reason;
use super::strangers::{self, Known, is_identifier};
use super::withhold::Shown;
use crate::map::{Collection, Exempt, SourceMap};
use crate::record::{Key, Value};

/// What was decided on a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is given.
    Give,
    /// It is given with others in it replaced; by this text where the officer wrote one.
    Redact(Option<String>),
    /// It stays out, and is marked, so that the person is told why; as the map has it, where the officer did not say.
    Withhold(Option<Exempt>),
    /// It stays out and leaves no trace: telling that it is held would itself do the harm.
    Hide,
}

/// A value that waits for a decision, or could have one. Personal data.
pub struct Item {
    /// The digest that names it.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its record, for the officer.
    pub record: String,
    /// The field.
    pub field: String,
    /// Why it is withheld.
    pub reason: Reason,
    /// The value, for the officer.
    pub value: String,
    /// Whether somebody is recognised in it, so that it can be redacted by itself.
    pub recognised: bool,
    /// What the map says would speak against giving it.
    pub exempt: Option<Exempt>,
}

impl Item {
    /// Whether the archive waits for a decision on it; on others there may be one.
    pub fn is_open(&self) -> bool {
        self.reason.is_open()
    }
}

/// The decisions of a request, and what is needed to apply them to an archive.
#[derive(Default)]
pub struct Review<'o> {
    /// By digest of the value.
    pub decisions: HashMap<String, Verdict>,
    /// Who is no stranger.
    pub known: Known,
    /// The last look at what goes out.
    pub canary: Canary<'o>,
    /// Identifiers that would go out and belong to others, in normal form: they wait for a decision.
    pub theirs: HashSet<String>,
    /// What else stands for the same other person, where the sources say so: one of their names for each.
    pub same: HashMap<String, String>,
    /// Others by what they are known by, in the order in which they were met: the first is Person 2.
    others: RefCell<HashMap<String, usize>>,
}

/// The record a value stands in.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The source.
    pub source: &'a SourceMap,
    /// The collection.
    pub collection: &'a Collection,
    /// What addresses the record.
    pub key: &'a Key,
}

/// What is done with each item.
pub type Each<'e> = &'e mut dyn FnMut(Item);

impl Review<'_> {
    /// Takes a decision; its word is one of `give`, `redact`, `withhold`; `told` is whether the person learns of what is
    /// withheld, and `exempt` what speaks against giving it.
    pub fn decide_on(
        &mut self,
        item: String,
        word: &str,
        text: Option<String>,
        (told, exempt): (bool, Option<Exempt>),
    ) -> bool {
        let verdict = match word {
            "give" => Verdict::Give,
            "redact" => Verdict::Redact(text),
            "withhold" if told => Verdict::Withhold(exempt),
            "withhold" => Verdict::Hide,
            _ => return false,
        };
        self.decisions.insert(item, verdict);
        true
    }

    /// Begins anew: the same archive has the same numbers of persons.
    pub fn begin(&self) {
        self.canary.begin();
        self.others.borrow_mut().clear();
    }

    /// What is shown of a value after review; `None`: it leaves no trace.
    pub fn revise<'r>(&self, place: Place<'_>, path: &str, value: &'r Value, shown: Shown<'r>) -> Option<Shown<'r>> {
        self.look(place, path, value, shown, None)
    }

    /// Calls `each` with every item in a value.
    pub fn items(&self, place: Place<'_>, path: &str, value: &Value, shown: Shown<'_>, each: Each<'_>) {
        self.look(place, path, value, shown, Some(each));
    }

    fn look<'r>(
        &self,
        place: Place<'_>,
        path: &str,
        value: &'r Value,
        shown: Shown<'r>,
        mut each: Option<Each<'_>>,
    ) -> Option<Shown<'r>> {
        match (shown, value) {
            (Shown::Object(members), Value::Object(values)) => {
                // Silent members are not among those shown; the order is the same.
                let mut values = values.iter();
                let look = |(name, part): (&'r str, Shown<'r>)| {
                    let value = values.find(|(n, _)| n == name).map(|(_, v)| v);
                    let path = format!("{path}.{name}");
                    let part = match value {
                        Some(value) => {
                            self.look(place, &path, value, part, each.as_mut().map(|e| &mut **e as Each<'_>))
                        }
                        None => Some(part),
                    };
                    Some((name, part?))
                };
                Some(Shown::Object(members.into_iter().filter_map(look).collect()))
            }
            (Shown::List(parts), Value::List(values)) if parts.len() == values.len() => {
                let look = |(i, (part, value)): (usize, (Shown<'r>, &'r Value))| {
                    let path = format!("{path}[{i}]");
                    self.look(place, &path, value, part, each.as_mut().map(|e| &mut **e as Each<'_>))
                };
                Some(Shown::List(parts.into_iter().zip(values).enumerate().filter_map(look).collect()))
            }
            (Shown::Given(Value::Object(members)), value) if is_marked(value) || !self.theirs.is_empty() => {
                let open = members.iter().map(|(name, value)| (name.as_str(), Shown::Given(value))).collect();
                self.look(place, path, value, Shown::Object(open), each)
            }
            (Shown::Given(Value::List(items)), value) if is_marked(value) || !self.theirs.is_empty() => {
                let open = items.iter().map(Shown::Given).collect();
                self.look(place, path, value, Shown::List(open), each)
            }
            (Shown::Withheld(reason), value) if reason.is_reviewed() => self.decide(place, path, value, reason, each),
            (Shown::Given(Value::Text(text)), value) if self.is_doubtful(place, path, text) => {
                self.decide(place, path, value, Reason::Review, each)
            }
            (Shown::Given(Value::Int(_)), value) if self.is_theirs(place, path, value) => {
                self.decide(place, path, value, Reason::Review, each)
            }
            (shown @ Shown::Given(Value::Int(_)), value) => {
                self.note(place, path, value);
                Some(shown)
            }
            (shown @ Shown::Given(Value::Text(_) | Value::List(_) | Value::Object(_)), value) => {
                self.note(place, path, value);
                Some(shown)
            }
            (shown, _) => Some(shown),
        }
    }

    /// Whether a number is known to be somebody else's.
    fn is_theirs(&self, place: Place<'_>, path: &str, value: &Value) -> bool {
        let text = value.plain().unwrap_or_default();
        !self.theirs.is_empty() && self.canary.meets(&self.known, place, path, &text, &self.theirs)
    }

    /// Shows the canary the texts of a value that is given, and its numbers where they are identifiers.
    fn note(&self, place: Place<'_>, path: &str, value: &Value) {
        match value {
            Value::Text(text) => self.canary.note(&self.known, place, path, text),
            Value::Int(number) if is_identity(place, path) => {
                self.canary.note(&self.known, place, path, &number.to_string());
            }
            Value::List(items) => items.iter().for_each(|item| self.note(place, path, item)),
            Value::Object(members) => members.iter().for_each(|(_, member)| self.note(place, path, member)),
            _ => {}
        }
    }

    /// Whether somebody else is recognised in a text that the map would give. A value that is wholly an address is
    /// the subject's own, where the map says what it is: her second address, her fax.
    fn is_doubtful(&self, place: Place<'_>, path: &str, text: &str) -> bool {
        if !self.theirs.is_empty() && self.canary.meets(&self.known, place, path, text, &self.theirs) {
            return true;
        }
        if !strangers::is_marked(text) {
            return false;
        }
        let field = place.collection.field(path);
        let described = field.is_some_and(|f| f.category.is_some());
        let identity = place.collection.identities.iter().any(|(_, p)| p.as_str() == path);
        let decided = field.is_some_and(|f| f.disclose.is_some());
        let own = is_identifier(text) && (described || identity);
        !own && !decided && !self.known.strangers(text).is_empty()
    }

    fn decide<'r>(
        &self,
        place: Place<'_>,
        path: &str,
        value: &'r Value,
        reason: Reason,
        each: Option<Each<'_>>,
    ) -> Option<Shown<'r>> {
        if each.is_none() && self.decisions.is_empty() {
            return Some(Shown::Withheld(reason));
        }
        let id = id(place, path, value);
        let verdict = self.decisions.get(&id);
        if let Some(each) = each {
            if verdict.is_none() {
                each(self.item(place, path, value, reason, id));
            }
            return Some(Shown::Withheld(reason));
        }
        Some(match verdict {
            None => Shown::Withheld(reason),
            Some(Verdict::Give) => Shown::Given(value),
            Some(Verdict::Withhold(exempt)) => {
                Shown::Withheld(exempt.or(by_map(place, path)).unwrap_or_default().into())
            }
            Some(Verdict::Hide) => return None,
            Some(Verdict::Redact(text)) => match text.clone().or_else(|| self.replaced(place, path, value, reason)) {
                Some(text) => {
                    self.canary.note(&self.known, place, path, &text);
                    Shown::Redacted(text)
                }
                // Nobody is recognised in it: it cannot be redacted without a text, and is not given as it is.
                None => Shown::Withheld(reason),
            },
        })
    }

    fn item(&self, place: Place<'_>, path: &str, value: &Value, reason: Reason, id: String) -> Item {
        let text = match value.plain() {
            Some(text) => text.into_owned(),
            None => value.to_json().to_string(),
        };
        Item {
            id,
            source: place.source.name.clone(),
            collection: place.collection.name.clone(),
            record: place.key.show(),
            field: path.to_owned(),
            reason,
            recognised: reason == Reason::AboutAnotherPerson
                || self.canary.whole(&self.known, place, path, &text).is_some_and(|n| self.theirs.contains(&n))
                || self.theirs.contains(&text)
                || !self.known.strangers(&text).is_empty(),
            value: text,
            exempt: by_map(place, path),
        }
    }

    /// The value with others in it replaced, the same person by the same words everywhere.
    fn replaced(&self, place: Place<'_>, path: &str, value: &Value, reason: Reason) -> Option<String> {
        let text = value.plain()?;
        if reason == Reason::AboutAnotherPerson {
            return Some(self.person(&format!("{} {text}", series(place, path))));
        }
        if let Some(normal) = self.canary.whole(&self.known, place, path, &text).filter(|n| self.theirs.contains(n)) {
            return Some(self.person(&normal));
        }
        let mut out = String::new();
        let mut end = 0;
        for stranger in self.known.strangers(&text) {
            out.push_str(text.get(end..stranger.at.start)?);
            out.push_str(&self.person(&stranger.normal));
            end = stranger.at.end;
        }
        out.push_str(text.get(end..)?);
        (end > 0).then_some(out)
    }

    /// What stands for somebody else: `Person 2`.
    fn person(&self, known_by: &str) -> String {
        let known_by = self.same.get(known_by).map_or(known_by, |one| one);
        let mut others = self.others.borrow_mut();
        let next = others.len() + 2;
        format!("Person {}", others.entry(known_by.to_owned()).or_insert(next))
    }
}

/// What the map says would speak against giving a field, or the field it is inside.
fn by_map(place: Place<'_>, path: &str) -> Option<Exempt> {
    let ends = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(at, _)| at);
    let mut within: Vec<&str> = std::iter::once(path).chain(ends.map(|at| &path[..at])).collect();
    within.sort_by_key(|path| std::cmp::Reverse(path.len()));
    within.into_iter().find_map(|path| place.collection.field(path)?.exempt)
}

/// Whether the map calls the field an identity.
fn is_identity(place: Place<'_>, path: &str) -> bool {
    place.collection.identities.iter().any(|(_, field)| field.as_str() == path)
}

/// Whether a text in it could hold an address, a telephone number or an account's.
fn is_marked(value: &Value) -> bool {
    match value {
        Value::Text(text) => strangers::is_marked(text),
        Value::List(items) => items.iter().any(is_marked),
        Value::Object(members) => members.iter().any(|(_, member)| is_marked(member)),
        _ => false,
    }
}

/// Whose numbers a field holds: those of the collection it links to. Two fields of one series name the same person by
/// the same number.
fn series(place: Place<'_>, path: &str) -> String {
    let links = place.collection.links.iter();
    let mut from = links.filter(|link| link.from.iter().any(|from| from.as_str() == path)).map(|link| {
        let to: Vec<&str> = link.to.iter().map(crate::record::FieldPath::as_str).collect();
        format!("{}.{}.{}", link.to_source, link.to_collection, to.join(","))
    });
    from.next_back().unwrap_or_else(|| format!("{}.{}.{path}", place.source.name, place.collection.name))
}

/// The digest that names a value: of its place, its record and itself.
fn id(place: Place<'_>, path: &str, value: &Value) -> String {
    let mut hash = Sha256::new();
    let key = place.key.to_exact_json().to_string();
    let value = value.to_exact_json().to_string();
    for part in [&place.source.name, &place.collection.name, path, &key, &value] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(&hash.finalize()[..16])
}
