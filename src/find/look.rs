//! New identifiers: whose are they, and may they join a subject?
//!
//! Every identifier is first looked up in the person collections. One that leads to two persons, or to another
//! person than the subject, does not join: it makes candidates. Only then is it asked for everywhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Door, DoorKind};
use super::state::{EntryRef, Pending, Tag, Tie, key_of};
use super::walk::Walk;
use crate::error::{Error, Result};
use crate::map::{NormalForm, Role, Strength};
use crate::record::{FieldPath, Key};
use crate::resolve::{Candidate, Choice, NamedField, Pick, Selector, Start, candidates::Match, choose, picked};
use crate::source::Found;
use crate::source::question::normal_of;

/// Something that may identify a subject, before it is decided on.
pub(super) struct Seed {
    subject: u32,
    what: What,
    origin: Origin,
}

enum What {
    Identity { name: String, text: String },
    Field { node: usize, fields: Vec<FieldPath>, values: Vec<String>, form: NormalForm, named: Option<NamedField> },
}

enum Origin {
    /// The request named it.
    Selector,
    /// A subject resolved before holds it.
    Known,
    /// A record of the subject holds it.
    Found(Option<EntryRef>),
}

/// A record that seeds led to.
struct Look {
    node: usize,
    door: usize,
    key: Key,
    found: Found,
    seeds: BTreeSet<usize>,
}

impl Look {
    /// The same once more, for another subject or seed.
    fn same(&self) -> Look {
        let found = Found { record: self.found.record.clone(), line: self.found.line };
        Look { node: self.node, door: self.door, key: self.key.clone(), found, seeds: self.seeds.clone() }
    }
}

impl Seed {
    /// An identifier found in a record of the subject.
    pub fn found(subject: u32, identity: &str, text: &str, parent: Option<EntryRef>) -> Seed {
        let what = What::Identity { name: identity.to_owned(), text: text.to_owned() };
        Seed { subject, what, origin: Origin::Found(parent) }
    }
}

impl Walk<'_> {
    /// Takes what the requests (or plans) name, and decides who is meant. However many people there are, each
    /// collection is asked once a step.
    pub fn start(&mut self, starts: &[Start]) -> Result<()> {
        self.start_selectors(starts)?;
        let known = || {
            starts.iter().zip(0u32..).filter_map(|(start, subject)| match start {
                Start::Subject(known) => Some((subject, known, false)),
                Start::Certain(known) => Some((subject, known, true)),
                Start::Selectors { .. } => None,
            })
        };
        // Who somebody is comes first: what stands in a record of theirs may be another's.
        known().try_for_each(|(subject, known, _)| self.known_persons(subject, known))?;
        self.decide_seeds()?;
        self.known_records(&known().map(|(subject, known, _)| (subject, known)).collect::<Vec<_>>())?;
        self.decide_seeds()?;
        known().try_for_each(|(subject, known, _)| self.known_fields(subject, known))?;
        self.decide_seeds()?;
        known().for_each(|(subject, known, certain)| self.known_identifiers(subject, known, certain));
        self.decide_seeds()
    }

    fn start_selectors(&mut self, starts: &[Start]) -> Result<()> {
        let (mut seeds, mut asked) = (Vec::new(), Vec::new());
        for (start, subject) in starts.iter().zip(0u32..) {
            let Start::Selectors { selectors, pick } = start else { continue };
            let first = seeds.len();
            for selector in selectors {
                let what = match selector {
                    Selector::Identity { identity, value } => {
                        What::Identity { name: identity.clone(), text: value.clone() }
                    }
                    Selector::Field { source, collection, field, value } => {
                        self.named_field(source, collection, field, value)?
                    }
                };
                self.note_tried(subject, &what);
                seeds.push(Seed { subject, what, origin: Origin::Selector });
            }
            self.subjects[subject as usize].selectors = selectors.clone();
            asked.push((subject, first..seeds.len(), selectors, pick));
        }
        let mut looks: BTreeMap<u32, Vec<Look>> = BTreeMap::new();
        for look in self.look(&seeds)? {
            let subjects: BTreeSet<u32> = look.seeds.iter().map(|i| seeds[*i].subject).collect();
            for subject in subjects {
                looks.entry(subject).or_default().push(look.same());
            }
        }
        for (subject, range, selectors, pick) in asked {
            let mut own = looks.remove(&subject).unwrap_or_default();
            for look in &mut own {
                let mine = look.seeds.iter().filter(|i| range.contains(i)).map(|i| i - range.start);
                look.seeds = mine.collect();
            }
            self.choose_persons(subject, &seeds[range], own, selectors, pick)?;
        }
        Ok(())
    }

    fn known_persons(&mut self, subject: u32, known: &crate::resolve::Subject) -> Result<()> {
        for person in &known.persons {
            let node = self.graph.node(&person.source, &person.collection)?;
            self.subjects[subject as usize].had.insert(node);
            let Key::Columns(parts) = &person.key else { continue };
            let path = |(name, _): &(String, _)| self.graph.nodes[node].source.field_path(name);
            let fields: Vec<FieldPath> = parts.iter().map(path).collect();
            let value = |(_, v): &(String, crate::record::Value)| {
                normal_of(v, NormalForm::Exact, None).map(|n| n.into_owned()).unwrap_or_default()
            };
            let values = parts.iter().map(value).collect();
            let what = What::Field { node, fields, values, form: NormalForm::Exact, named: None };
            self.seeds.push(Seed { subject, what, origin: Origin::Known });
        }
        Ok(())
    }

    fn known_fields(&mut self, subject: u32, known: &crate::resolve::Subject) -> Result<()> {
        for field in &known.fields {
            let node = self.graph.node(&field.source, &field.collection)?;
            let path = self.graph.nodes[node].source.field_path(&field.field);
            let what = self.named_field(&field.source, &field.collection, &path, &field.value)?;
            self.seeds.push(Seed { subject, what, origin: Origin::Known });
        }
        Ok(())
    }

    fn known_identifiers(&mut self, subject: u32, known: &crate::resolve::Subject, certain: bool) {
        for (name, values) in &known.identifiers {
            for text in values {
                let what = What::Identity { name: name.clone(), text: text.clone() };
                let seed = Seed { subject, what, origin: Origin::Known };
                match certain {
                    true => self.join_identifier(&seed, None),
                    false => self.seeds.push(seed),
                }
            }
        }
    }

    fn named_field(&self, source: &str, collection: &str, field: &FieldPath, value: &str) -> Result<What> {
        let node = self.graph.node(source, collection)?;
        let here = &self.graph.nodes[node];
        let selector = Selector::Field {
            source: source.to_owned(),
            collection: collection.to_owned(),
            field: field.clone(),
            value: value.to_owned(),
        };
        let form = self.graph.fields_of(here, &selector).first().map_or(NormalForm::Text, |(_, form)| *form);
        let country = here.source.default_country.as_deref();
        let values = vec![form.apply(value, country).into_owned()];
        let named = NamedField {
            source: source.to_owned(),
            collection: collection.to_owned(),
            field: field.as_str().to_owned(),
            value: value.to_owned(),
        };
        Ok(What::Field { node, fields: vec![field.clone()], values, form, named: Some(named) })
    }

    fn note_tried(&mut self, subject: u32, what: &What) {
        let tried = match what {
            What::Identity { name, text } => (name.clone(), self.normal(name, text)),
            What::Field { fields, values, .. } => {
                (fields.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("+"), values.join("+"))
            }
        };
        self.subjects[subject as usize].tried.push(tried);
    }

    /// The normal form of an identifier, with the country of the first source that names one.
    fn normal(&self, identity: &str, text: &str) -> String {
        let Some(identity) = self.graph.map.identities.get(identity) else { return text.to_owned() };
        let country = self.graph.map.sources.iter().find_map(|s| s.default_country.as_deref());
        identity.normal.apply(text, country).into_owned()
    }

    /// Looks the seeds up: identifiers in the person collections that hold them, fields where they are.
    fn look(&mut self, seeds: &[Seed]) -> Result<Vec<Look>> {
        let mut asks: BTreeMap<usize, BTreeMap<usize, Pending>> = BTreeMap::new();
        for (i, seed) in seeds.iter().enumerate() {
            for (node, door, tuple) in self.where_to_look(&seed.what) {
                let pending = asks.entry(node).or_default().entry(door).or_insert_with(|| Pending::new(tuple.len()));
                let parts: Vec<_> = tuple.iter().map(|t| t.as_str().into()).collect();
                let id = pending.wanted.add_parts(&parts);
                // Here a tag's subject is the seed's place.
                pending.tag(id, Tag { subject: i as u32, role: Role::Owner, open: false, parent: None });
            }
        }
        let mut looks = Vec::new();
        for (node, doors) in asks {
            let list: Vec<(usize, &Pending)> = doors.iter().map(|(d, p)| (*d, p)).collect();
            self.question(node, &list, &mut |walk, found, hits| {
                let tagged =
                    |(door, id): &(usize, u32)| doors[door].tags(*id).map(|t| t.subject as usize).collect::<Vec<_>>();
                let key = key_of(&walk.graph.nodes[node], &found.record);
                looks.push(Look { node, door: hits[0].0, key, found, seeds: hits.iter().flat_map(tagged).collect() });
                Ok(())
            })?;
        }
        Ok(looks)
    }

    fn where_to_look(&mut self, what: &What) -> Vec<(usize, usize, Vec<String>)> {
        match what {
            What::Field { node, fields, values, form, .. } => {
                vec![(*node, self.named_door(*node, fields, *form), values.clone())]
            }
            What::Identity { name, text } => self.identity_doors(name, text, true),
        }
    }

    /// The doors of an identity in person collections (or in all others), with the value in their normal form.
    fn identity_doors(&self, name: &str, text: &str, persons: bool) -> Vec<(usize, usize, Vec<String>)> {
        let mut out = Vec::new();
        for (n, node) in self.graph.nodes.iter().enumerate().filter(|(_, n)| n.collection.person == persons) {
            for (d, door) in node.doors.iter().enumerate() {
                if door.kind == DoorKind::Identity(name.to_owned()) {
                    let normal = door.form.apply(text, node.source.default_country.as_deref());
                    if !normal.is_empty() {
                        out.push((n, d, vec![normal.into_owned()]));
                    }
                }
            }
        }
        out
    }

    /// The door of a named field. What is named may be found over links too: it is remembered, so that it comes once.
    pub(super) fn named_door(&mut self, node: usize, fields: &[FieldPath], form: NormalForm) -> usize {
        if self.states[node].spool.is_empty() {
            self.graph.nodes[node].leaf = false;
        }
        let doors = &mut self.graph.nodes[node].doors;
        let same = |d: &Door| d.kind == DoorKind::Named && d.fields == fields && d.form == form;
        doors.iter().position(same).unwrap_or_else(|| {
            let (kind, fields) = (DoorKind::Named, fields.to_vec());
            doors.push(Door { kind, fields, form, role: Role::Owner, open: false, only: Vec::new() });
            doors.len() - 1
        })
    }

    fn choose_persons(
        &mut self,
        subject: u32,
        seeds: &[Seed],
        looks: Vec<Look>,
        selectors: &[Selector],
        pick: &Pick,
    ) -> Result<()> {
        let mut chosen: Vec<Look> = Vec::new();
        let mut shared: BTreeSet<usize> = BTreeSet::new();
        let mut by_node: BTreeMap<usize, Vec<Look>> = BTreeMap::new();
        looks.into_iter().for_each(|l| by_node.entry(l.node).or_default().push(l));
        let accepted = |node: &usize| !self.graph.nodes[*node].collection.person && pick.accept.is_some();
        let (taken, asked): (Vec<_>, Vec<_>) = by_node.into_iter().partition(|(node, _)| accepted(node));
        chosen.extend(taken.into_iter().flat_map(|(_, looks)| looks));
        let candidate = |l: &Look| self.candidate(l, l.seeds.iter().map(|i| selectors[*i].name()).collect());
        let all: Vec<Candidate> = asked.iter().flat_map(|(_, looks)| looks.iter().map(candidate)).collect();
        let picked = picked(&all, pick)?;
        let mut first = 0;
        let mut left_out: Vec<Candidate> = Vec::new();
        for (_, looks) in asked {
            let candidates = &all[first..first + looks.len()];
            let picked_here = picked.and_then(|p| p.checked_sub(first)).filter(|p| *p < looks.len());
            first += looks.len();
            let matches: Vec<Match> = (0..seeds.len()).map(|i| self.matches(i, &seeds[i], &looks)).collect();
            let person = match choose(candidates, &matches, picked_here, pick)? {
                Choice::Person { record } => Some(record),
                Choice::Nobody => None,
            };
            let others = |m: &&Match| m.records.iter().any(|r| Some(*r) != person);
            shared.extend(matches.iter().filter(others).map(|m| m.selector));
            let others = candidates.iter().enumerate().filter(|(r, _)| Some(*r) != person);
            left_out.extend(others.map(|(_, c)| c.clone()));
            chosen.extend(person.and_then(|record| looks.into_iter().nth(record)));
        }
        self.subjects[subject as usize].candidates.extend(left_out);
        let nobody = chosen.is_empty();
        for look in chosen {
            self.join_record(subject, look, None)?;
        }
        for (i, seed) in seeds.iter().enumerate().filter(|(i, _)| !shared.contains(i)) {
            let sure = self.strength(&seed.what) == Strength::Unique;
            if sure || (nobody && pick.accept.is_some()) {
                self.join_identifier(seed, None);
            } else if nobody && seeds.len() == 1 {
                return Err(Error::refused(format!(
                    "several people may share {}; it never identifies one alone",
                    selectors[i].name()
                ))
                .hint("name another selector, or say that it is one person's: --accept \"reason\""));
            }
        }
        Ok(())
    }

    fn candidate(&self, look: &Look, by: Vec<String>) -> Candidate {
        let here = &self.graph.nodes[look.node];
        let (source, collection) = (here.source.name.clone(), here.collection.name.clone());
        Candidate { source, collection, key: look.key.show(), by }
    }

    fn matches(&self, i: usize, seed: &Seed, looks: &[Look]) -> Match {
        let records = looks.iter().enumerate().filter(|(_, l)| l.seeds.contains(&i)).map(|(r, _)| r).collect();
        Match { selector: i, strength: self.strength(&seed.what), records }
    }

    fn strength(&self, what: &What) -> Strength {
        match what {
            What::Identity { name, .. } => self.graph.map.identities.get(name).map_or(Strength::Shared, |i| i.strength),
            What::Field { .. } => Strength::Unique,
        }
    }

    /// Decides on the identifiers that appeared since: looks them up among persons, and lets those join that lead to
    /// nobody else.
    pub fn decide_seeds(&mut self) -> Result<()> {
        while !self.seeds.is_empty() {
            let mut seeds = std::mem::take(&mut self.seeds);
            let mut seen = BTreeSet::new();
            seeds.retain(|s| self.is_new(s) && seen.insert(self.name_of(s)));
            let looks = self.look(&seeds)?;
            let mut by_seed: BTreeMap<usize, Vec<Look>> = BTreeMap::new();
            for look in looks {
                for seed in &look.seeds {
                    by_seed.entry(*seed).or_default().push(look.same());
                }
            }
            for (i, seed) in seeds.iter().enumerate() {
                self.decide(seed, by_seed.remove(&i).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    fn name_of(&self, seed: &Seed) -> (u32, String, String) {
        match &seed.what {
            What::Identity { name, text } => (seed.subject, name.clone(), self.normal(name, text)),
            What::Field { node, fields, values, .. } => (seed.subject, format!("{node} {fields:?}"), values.join("+")),
        }
    }

    fn is_new(&self, seed: &Seed) -> bool {
        let What::Identity { name, text } = &seed.what else { return true };
        let normal = self.normal(name, text);
        let subject = &self.subjects[seed.subject as usize];
        let known = subject.identifiers.get(name).is_some_and(|v| v.contains_key(&normal));
        !normal.is_empty() && !known && !subject.refused.contains(&(name.clone(), normal))
    }

    fn decide(&mut self, seed: &Seed, looks: Vec<Look>) -> Result<()> {
        let mut nodes: Vec<usize> = looks.iter().map(|l| l.node).collect();
        nodes.sort_unstable();
        let several = nodes.windows(2).any(|w| w[0] == w[1]);
        let person = |l: &Look| self.graph.nodes[l.node].collection.person;
        let another = looks.iter().filter(|l| person(l)).any(|l| {
            let subject = &self.subjects[seed.subject as usize];
            match subject.persons.get(&l.node) {
                Some(place) => self.states[l.node].key(*place) != l.key,
                // Where her own record is gone by now, what only appears now leads to somebody else's.
                None => matches!(seed.origin, Origin::Found(_)) && subject.had.contains(&l.node),
            }
        });
        let named = matches!(seed.what, What::Field { .. });
        if (several && !named) || another {
            return self.refuse(seed, &looks);
        }
        let parent = match seed.origin {
            Origin::Found(parent) => parent,
            _ => None,
        };
        for look in looks {
            self.join_record(seed.subject, look, parent)?;
        }
        self.join_identifier(seed, parent);
        Ok(())
    }

    /// The identifier does not join: whom it leads to is listed as a candidate.
    fn refuse(&mut self, seed: &Seed, looks: &[Look]) -> Result<()> {
        let (_, name, normal) = self.name_of(seed);
        for look in looks {
            let mine = self.subjects[seed.subject as usize].persons.get(&look.node);
            if mine.is_some_and(|p| self.states[look.node].key(*p) == look.key) {
                continue;
            }
            let candidate = self.candidate(look, vec![name.clone()]);
            let candidates = &mut self.subjects[seed.subject as usize].candidates;
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
        self.subjects[seed.subject as usize].refused.insert((name, normal));
        Ok(())
    }

    fn join_record(&mut self, subject: u32, look: Look, parent: Option<EntryRef>) -> Result<()> {
        let tie = Tie { subject, role: Role::Owner, open: false, door: look.door as u16, parent, links: 0 };
        if self.graph.nodes[look.node].leaf {
            return self.states[look.node].stream(look.key, &look.found, &[tie]);
        }
        self.states[look.node].start_question();
        self.remember(look.node, look.key, &look.found, &[tie])
    }

    fn join_identifier(&mut self, seed: &Seed, parent: Option<EntryRef>) {
        let subject = seed.subject;
        let (name, text) = match &seed.what {
            What::Identity { name, text } => (name, text),
            What::Field { node, named: Some(field), .. } => {
                if !self.graph.nodes[*node].collection.person {
                    self.subjects[subject as usize].fields.push(field.clone());
                }
                return;
            }
            What::Field { .. } => return,
        };
        let normal = self.normal(name, text);
        self.subjects[subject as usize].identifiers.entry(name.clone()).or_default().insert(normal, parent);
        for (node, door, tuple) in self.identity_doors(name, text, false) {
            let parts: Vec<_> = tuple.iter().map(|t| t.as_str().into()).collect();
            self.states[node].ask(door, &parts, Tag { subject, role: Role::Owner, open: false, parent });
        }
    }
}
