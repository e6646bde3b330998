//! New identifiers: whose are they, and may they join a subject?
//!
//! Every identifier is first looked up in the person collections. One that leads to two persons, or to another
//! person than the subject, does not join: it makes candidates. Only then is it asked for everywhere else.

mod start;

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Door, DoorKind};
use super::state::{EntryRef, Pending, Tag, Tie, key_of};
use super::walk::Walk;
use crate::error::Result;
use crate::map::{NormalForm, Role, Strength};
use crate::record::{FieldPath, Key};
use crate::resolve::{Candidate, NamedField};
use crate::source::Found;

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

    fn candidate(&self, look: &Look, by: Vec<String>) -> Candidate {
        let here = &self.graph.nodes[look.node];
        let (source, collection) = (here.source.name.clone(), here.collection.name.clone());
        Candidate { source, collection, key: look.key.show(), by }
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
