//! Whose is this? Identifiers and names asked of the person collections, all at once: which of them belong to somebody
//! else than the subject, and which to one and the same.
//!
//! One question a person collection, however much is asked. It decides nothing about what is handed out, and gives
//! back only what it was asked with.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::sources::Opened;
use super::state::record_key;
use crate::error::Result;
use crate::map::{Collection, DataMap, NormalForm, SourceMap, Strength};
use crate::record::{FieldPath, Key};
use crate::resolve::PersonRecord;
use crate::source::{Probe, Question, Shape, ValueType, Wanted};

/// What is asked: in normal form.
#[derive(Default)]
pub struct Asked {
    /// E-mail addresses.
    pub emails: Wanted,
    /// Telephone numbers.
    pub phones: Wanted,
    /// Other identifiers, as they are.
    pub ids: Wanted,
    /// The same in lower case.
    pub texts: Wanted,
    /// Names in one, in lower case: `bob miller`.
    pub names: Wanted,
    /// The same in two parts: first and last.
    pub parts: Wanted,
    /// Plain numbers, each of one kind of identifier: account 2 is not staff 2.
    pub numbers: BTreeMap<String, Wanted>,
}

impl Asked {
    /// Nothing yet.
    pub fn new() -> Asked {
        let one = || Wanted::new(1);
        Asked {
            emails: one(),
            phones: one(),
            ids: one(),
            texts: one(),
            names: one(),
            parts: Wanted::new(2),
            numbers: BTreeMap::new(),
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        [&self.emails, &self.phones, &self.ids, &self.names].iter().all(|wanted| wanted.is_empty())
            && self.numbers.is_empty()
    }

    fn sets(&self) -> Vec<&Wanted> {
        let sets = [&self.emails, &self.phones, &self.ids, &self.texts, &self.names, &self.parts];
        sets.into_iter().chain(self.numbers.values()).collect()
    }

    /// How something asked is told: as it is, a number as `account=52`.
    fn told(&self, set: usize, parts: &[&str]) -> String {
        match set.checked_sub(NUMBERS).and_then(|at| self.numbers.keys().nth(at)) {
            Some(identity) => format!("{identity}={}", parts.concat()),
            None => parts.join(" "),
        }
    }

    /// Adds a plain number of that kind.
    pub fn add_number(&mut self, identity: &str, number: &str) {
        self.numbers.entry(identity.to_owned()).or_insert_with(|| Wanted::new(1)).add(number);
    }

    /// Adds another identifier.
    pub fn add_id(&mut self, id: &str) {
        self.ids.add(id);
        self.texts.add(&NormalForm::Text.apply(id, None));
    }

    /// Adds a name of several words.
    pub fn add_name(&mut self, name: &str) {
        let name = name.to_lowercase();
        self.names.add(&name);
        if let Some((first, last)) = name.rsplit_once(' ') {
            self.parts.add_parts(&[first.into(), last.into()]);
        }
    }
}

/// The sets of [`Asked`], by place.
const EMAILS: usize = 0;
const PHONES: usize = 1;
const IDS: usize = 2;
const TEXTS: usize = 3;
const NAMES: usize = 4;
const PARTS: usize = 5;
/// From here on one for each kind of number.
const NUMBERS: usize = 6;

/// A field or two that are asked, and with which set.
struct Way {
    fields: Vec<FieldPath>,
    form: NormalForm,
    set: usize,
    /// Whether one value is one person's, and no mailbox of several.
    unique: bool,
}

/// What came of it.
#[derive(Default)]
pub struct Held {
    /// What belongs to others.
    pub theirs: HashSet<String>,
    /// What belongs to one other person each: at least two names for one, with the numbers of their records
    /// (`shop.accounts.id 9`). What several people hold is in none.
    pub persons: Vec<Vec<String>>,
}

/// Who holds what: by set and number in it the person's number; none where there are several.
#[derive(Default)]
struct Persons {
    /// The number of each one's record, as a link to it would name it; empty where its key is no single field.
    records: Vec<String>,
    of: HashMap<(usize, u32), Option<usize>>,
}

impl Persons {
    fn add(&mut self, (source, collection): (&str, &str), key: &Key) -> usize {
        let record = match key {
            Key::Columns(columns) => match columns.as_slice() {
                [(column, value)] => value.plain().map(|v| format!("{source}.{collection}.{column} {v}")),
                _ => None,
            },
            _ => None,
        };
        self.records.push(record.unwrap_or_default());
        self.records.len() - 1
    }

    fn holds(&mut self, what: (usize, u32), person: usize) {
        let held = self.of.entry(what).or_insert(Some(person));
        if *held != Some(person) {
            *held = None;
        }
    }

    /// The names of each person, with the number of the record.
    fn names(&self, text: impl Fn(usize, u32) -> Option<String>) -> Vec<Vec<String>> {
        let mut names: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for ((set, id), person) in &self.of {
            if let (Some(person), Some(text)) = (person, text(*set, *id)) {
                names.entry(*person).or_default().insert(text);
            }
        }
        let with_record = |(person, mut names): (usize, BTreeSet<String>)| {
            names.extend(self.records.get(person).filter(|r| !r.is_empty()).cloned());
            names.into_iter().collect::<Vec<_>>()
        };
        names.into_iter().map(with_record).filter(|names| names.len() > 1).collect()
    }
}

/// Those of what is asked that a person other than `subject` holds, and the subject does not. What is another person's
/// alone is not the subject's because it also stands where a shared mailbox would.
pub fn held_by_others(map: &DataMap, opened: &mut Opened, subject: &[PersonRecord], asked: &Asked) -> Result<Held> {
    let sets = asked.sets();
    let mut persons = Persons::default();
    let (mut theirs, mut hers): (HashSet<(usize, u32, bool)>, HashSet<_>) = Default::default();
    for (i, source) in map.sources.iter().enumerate() {
        for collection in source.collections.iter().filter(|c| c.person) {
            let shape = opened.schema(i).and_then(|schema| schema.shape(&collection.name)).cloned();
            let Some(shape) = shape else { continue };
            let ways = ways(map, (source, collection), &shape, asked);
            let country = source.default_country.as_deref();
            let probes = ways.iter().map(|w| Probe { fields: &w.fields, form: w.form, country, wanted: sets[w.set] });
            let question = Question { collection: &collection.name, probes: probes.collect() };
            if question.probes.is_empty() {
                continue;
            }
            let Some(mut open) = opened.take(i) else { continue };
            let answer = open.search(&question, &mut |found| {
                let key = record_key(source, collection, Some(&shape), &found.record);
                let is_subject =
                    |p: &PersonRecord| p.source == source.name && p.collection == collection.name && p.key == key;
                let is_hers = subject.iter().any(is_subject);
                let person = (!is_hers).then(|| persons.add((&source.name, &collection.name), &key));
                let into = if is_hers { &mut hers } else { &mut theirs };
                for (way, probe) in ways.iter().zip(&question.probes) {
                    probe.hits(&found.record, &mut |id| {
                        into.insert((way.set, id, way.unique));
                        if let Some(person) = person {
                            persons.holds((way.set, id), person);
                        }
                    });
                }
                Ok(())
            });
            opened.put(i, open);
            answer?;
        }
    }
    let has = |of: &HashSet<(usize, u32, bool)>, set, id, unique| of.contains(&(set, id, unique));
    let any = |of: &HashSet<_>, set, id| has(of, set, id, true) || has(of, set, id, false);
    let is_theirs = |set, id| match has(&theirs, set, id, true) {
        true => !has(&hers, set, id, true),
        false => any(&theirs, set, id) && !any(&hers, set, id),
    };
    let text = |(set, wanted): (usize, &&Wanted)| -> Vec<String> {
        let hit = wanted.numbered().filter(|(_, id)| is_theirs(set, *id));
        hit.map(|(parts, _)| asked.told(set, &parts)).collect()
    };
    let theirs = sets.iter().enumerate().flat_map(text).collect();
    let known: HashMap<(usize, u32), String> = sets
        .iter()
        .enumerate()
        .flat_map(|(set, wanted)| wanted.numbered().map(move |(parts, id)| ((set, id), asked.told(set, &parts))))
        .filter(|((set, id), _)| is_theirs(*set, *id))
        .collect();
    Ok(Held { theirs, persons: persons.names(|set, id| known.get(&(set, id)).cloned()) })
}

/// The ways in which a person collection can be asked.
fn ways(map: &DataMap, (source, collection): (&SourceMap, &Collection), shape: &Shape, asked: &Asked) -> Vec<Way> {
    let sets = asked.sets();
    let mut ways: Vec<Way> = Vec::new();
    let mut add = |fields: Vec<FieldPath>, form, set: usize, unique: bool| {
        if !sets[set].is_empty()
            && !ways.iter().any(|w: &Way| w.fields == fields && (w.set >= NUMBERS) == (set >= NUMBERS))
        {
            ways.push(Way { fields, form, set, unique });
        }
    };
    // What is asked as an id has letters: no number is one.
    let is_number = |path: &FieldPath| shape.column(path.root()).is_some_and(|c| c.ty == ValueType::Int);
    for (name, path) in &collection.identities {
        let form = map.identities.get(name).map_or(NormalForm::Exact, |i| i.normal);
        let unique = map.identities.get(name).is_some_and(|i| i.strength == Strength::Unique);
        if let Some(at) = asked.numbers.keys().position(|of| of == name) {
            add(vec![path.clone()], form, NUMBERS + at, unique);
        }
        let set = match form {
            NormalForm::Email => EMAILS,
            NormalForm::Phone => PHONES,
            NormalForm::Text | NormalForm::Exact if is_number(path) => continue,
            NormalForm::Text => TEXTS,
            NormalForm::Exact => IDS,
        };
        add(vec![path.clone()], form, set, unique);
    }
    let of = |key: &str| {
        let within = |c: &str| c.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let fields = collection.fields.iter().filter(move |(_, f)| f.category.as_deref().is_some_and(within));
        fields.map(|(path, _)| source.field_path(path)).collect::<Vec<_>>()
    };
    for path in of("user.contact.email") {
        add(vec![path], NormalForm::Email, EMAILS, false);
    }
    for path in of("user.contact.phone_number") {
        add(vec![path], NormalForm::Phone, PHONES, false);
    }
    let (first, last) = (of("user.name.first"), of("user.name.last"));
    for path in of("user.name").into_iter().filter(|p| !first.contains(p) && !last.contains(p)) {
        add(vec![path], NormalForm::Text, NAMES, false);
    }
    if let ([first], [last]) = (first.as_slice(), last.as_slice()) {
        add(vec![first.clone(), last.clone()], NormalForm::Text, PARTS, false);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Value;

    #[test]
    fn what_several_people_hold_is_no_ones() {
        let mut persons = Persons::default();
        let key = |n| Key::Columns(vec![("id".into(), Value::Int(n))]);
        let (bo, cy) = (persons.add(("shop", "accounts"), &key(9)), persons.add(("shop", "accounts"), &key(11)));
        let held = [((EMAILS, 1), bo), ((NAMES, 1), bo), ((PHONES, 1), bo), ((PHONES, 1), cy), ((NAMES, 2), cy)];
        held.into_iter().for_each(|(what, person)| persons.holds(what, person));
        // Asked again, it stays shared.
        persons.holds((PHONES, 1), bo);
        let text = |set: usize, id: u32| Some(format!("{set}/{id}")).filter(|t| t != "4/2");
        let names = persons.names(text);
        assert_eq!(names, [vec!["0/1".to_owned(), "4/1".to_owned(), "shop.accounts.id 9".to_owned()]]);
        assert_eq!(persons.names(|_, _| None).len(), 0);
    }
}
