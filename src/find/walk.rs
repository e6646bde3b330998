//! The walk: rounds of questions, from the records found to the records they lead to, until nothing new appears.
//!
//! Which person a selector means, and whether a new identifier may join a subject, is decided in `look`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::findings::{Findings, Searched};
use super::graph::{DoorKind, Graph, is_unique};
use super::look::Seed;
use super::sources::Opened;
use super::state::{EntryRef, NodeState, Pending, Tag, Tie, key_of, merge};
use crate::error::{Error, Result};
use crate::map::{Role, applies};
use crate::problem::Problem;
use crate::record::{Key, Record};
use crate::resolve::Candidate;
use crate::source::question::normal_of;
use crate::source::{Found, Probe, Question};

/// Takes a record that fits, with the doors and the values it fits by.
type Each<'a, 'm> = dyn FnMut(&mut Walk<'m>, Found, &[(usize, u32)]) -> Result<()> + Send + 'a;

/// One search under way.
pub(super) struct Walk<'m> {
    pub graph: Graph<'m>,
    pub opened: Opened,
    pub states: Vec<NodeState>,
    pub subjects: Vec<SubjectState>,
    /// Identifiers that appeared and have not been decided on.
    pub seeds: Vec<Seed>,
    pub problems: Vec<Problem>,
    pub searched: Vec<Searched>,
}

/// One subject while it grows.
#[derive(Default)]
pub(super) struct SubjectState {
    /// Identity → normal form → the record it came from.
    pub identifiers: BTreeMap<String, BTreeMap<String, Option<EntryRef>>>,
    /// Identifiers that may not join.
    pub refused: HashSet<(String, String)>,
    /// The subject's record in each person collection.
    pub persons: BTreeMap<usize, u32>,
    /// Person collections in which the subject is known to have a record, or to have had one.
    pub had: BTreeSet<usize>,
    /// Records of person collections that are not the subject, but were reached.
    pub candidates: Vec<Candidate>,
    /// Fields named where no person was.
    pub fields: Vec<crate::resolve::NamedField>,
    /// Records known to be hers beforehand.
    pub records: Vec<crate::resolve::KnownRecord>,
    /// What was asked for, in normal form, for the report.
    pub tried: Vec<(String, String)>,
    /// The selectors as given.
    pub selectors: Vec<crate::resolve::Selector>,
}

impl<'m> Walk<'m> {
    pub fn new(graph: Graph<'m>, opened: Opened, subjects: usize) -> Self {
        let nodes = graph.nodes.len();
        let searched = graph.nodes.iter().map(Searched::of).collect();
        let mut walk = Walk {
            graph,
            opened,
            states: (0..nodes).map(|_| NodeState::default()).collect(),
            subjects: (0..subjects).map(|_| SubjectState::default()).collect(),
            seeds: Vec::new(),
            problems: Vec::new(),
            searched,
        };
        walk.note_what_is_missing();
        walk
    }

    fn note_what_is_missing(&mut self) {
        for (i, source) in self.graph.map.sources.iter().enumerate() {
            if let Some(error) = self.opened.failure(i) {
                let mut message = error.message.clone();
                error.hints.iter().for_each(|h| message.push_str(&format!("; {h}")));
                self.problems.push(Problem::new("unreadable-source", &source.name, message));
                continue;
            }
            let Some(schema) = self.opened.schema(i) else { continue };
            self.problems.extend(super::findings::drift(source, schema));
        }
    }

    /// Follows what has been found until nothing new appears.
    pub fn rounds(&mut self) -> Result<()> {
        loop {
            self.decide_seeds()?;
            let busy: Vec<usize> = (0..self.states.len())
                .filter(|n| !self.graph.nodes[*n].leaf && self.states[*n].has_pending())
                .collect();
            if busy.is_empty() && self.seeds.is_empty() {
                return Ok(());
            }
            for node in busy {
                self.ask_pending(node)?;
            }
        }
    }

    /// Asks the collections nothing leads on from, once.
    pub fn leaves(&mut self) -> Result<()> {
        for node in 0..self.states.len() {
            if self.states[node].has_pending() {
                self.ask_pending(node)?;
            }
        }
        Ok(())
    }

    fn ask_pending(&mut self, node: usize) -> Result<()> {
        let pending = std::mem::take(&mut self.states[node].pending);
        self.states[node].start_question();
        let doors: Vec<(usize, &Pending)> = pending.iter().map(|(d, p)| (*d, p)).collect();
        self.question(node, &doors, &mut |walk, found, hits| walk.accept(node, found, hits, &pending))
    }

    /// Asks one collection at these doors and hands over each record that really fits, with (door, value) pairs.
    pub fn question(&mut self, node: usize, doors: &[(usize, &Pending)], each: &mut Each<'_, 'm>) -> Result<()> {
        let here = &self.graph.nodes[node];
        let (source_index, source, collection) = (here.source_index, here.source, here.collection);
        let mut specs: Vec<_> = doors.iter().map(|(d, p)| (*d, here.doors[*d].clone(), &p.wanted)).collect();
        specs.sort_by_key(|(d, _, _)| *d);
        let probes = specs.iter().filter(|(_, _, wanted)| !wanted.is_empty());
        let probes: Vec<(usize, Probe<'_>)> = probes
            .map(|(d, door, wanted)| {
                let country = source.default_country.as_deref();
                (*d, Probe { fields: &door.fields, form: door.form, country, wanted })
            })
            .collect();
        let Some(mut open) = self.opened.take(source_index) else { return Ok(()) };
        let (numbers, probes): (Vec<usize>, Vec<Probe<'_>>) = probes.into_iter().unzip();
        let question = Question { collection: &collection.name, probes };
        let mut hits = Vec::new();
        let answer = super::relay::search(&mut *open, &question, &mut |found| {
            hits.clear();
            for (door, probe) in numbers.iter().zip(&question.probes) {
                if !applies(&self.graph.nodes[node].doors[*door].only, &found.record) {
                    continue;
                }
                probe.hits(&found.record, &mut |id| hits.push((*door, id)));
            }
            if hits.is_empty() { Ok(()) } else { each(self, found, &hits) }
        });
        self.opened.put(source_index, open);
        self.note_answer(node, answer)
    }

    /// Gives every record of a collection, and notes how it answered.
    pub fn everything(&mut self, node: usize, each: &mut dyn FnMut(&mut Walk<'m>, Found) -> Result<()>) -> Result<()> {
        let here = &self.graph.nodes[node];
        let (source_index, collection) = (here.source_index, here.collection);
        let Some(mut open) = self.opened.take(source_index) else { return Ok(()) };
        let answer = open.all(&collection.name, &mut |found| each(self, found));
        self.opened.put(source_index, open);
        self.note_answer(node, answer)
    }

    fn note_answer(&mut self, node: usize, answer: Result<crate::source::Coverage>) -> Result<()> {
        let here = &self.graph.nodes[node];
        let place = format!("{}.{}", here.source.name, here.collection.name);
        match answer {
            Ok(coverage) => {
                self.searched[node].asked = true;
                if let Some(why) = coverage.read_all {
                    self.searched[node].read_all = Some(why);
                }
                let new: Vec<_> = coverage.problems.into_iter().filter(|p| !self.problems.contains(p)).collect();
                self.problems.extend(new);
                Ok(())
            }
            // A bug, or a full disk here, is not a fault of the source.
            Err(e) if e.kind != crate::error::Kind::Failed => Err(e),
            Err(e) => {
                let message = [vec![e.message], e.hints].concat().join("; ");
                self.problems.push(Problem::new("unreadable-collection", place, message));
                Ok(())
            }
        }
    }

    fn accept(
        &mut self,
        node: usize,
        found: Found,
        hits: &[(usize, u32)],
        pending: &HashMap<usize, Pending>,
    ) -> Result<()> {
        let mut ties = Vec::new();
        for (door, id) in hits {
            for tag in pending.get(door).into_iter().flat_map(|p| p.tags(*id)) {
                ties.push(self.tie(node, *door, tag));
            }
        }
        let key = key_of(&self.graph.nodes[node], &found.record);
        if self.graph.nodes[node].leaf {
            return self.states[node].stream(key, &found, &ties);
        }
        self.remember(node, key, &found, &ties)
    }

    fn tie(&self, node: usize, door: usize, tag: &Tag) -> Tie {
        let way = &self.graph.nodes[node].doors[door];
        let links = match way.kind {
            DoorKind::Link(i) if i < 64 => 1 << i,
            _ => 0,
        };
        Tie {
            subject: tag.subject,
            role: tag.role.min(way.role),
            open: tag.open || way.open,
            door: door as u16,
            parent: tag.parent,
            links,
        }
    }

    /// Takes a record of a collection that others are reached from: remembers it, and follows it for every subject
    /// it has become own to.
    pub fn remember(&mut self, node: usize, key: Key, found: &Found, ties: &[Tie]) -> Result<()> {
        let (place, new) = self.states[node].entry(&key, &found.record);
        if new {
            self.states[node].spool.push(&key, &found.record, found.line, &place.to_le_bytes())?;
        }
        for tie in ties {
            let tie = self.one_person_each(node, place, *tie);
            let own = merge(&mut self.states[node].entries[place as usize].ties, tie);
            if own || self.graph.goes_along(node, tie.door as usize) {
                self.follow(node, place, &tie, &found.record);
            }
        }
        Ok(())
    }

    /// A second record of one person collection is a candidate, never the subject.
    fn one_person_each(&mut self, node: usize, place: u32, tie: Tie) -> Tie {
        let here = &self.graph.nodes[node];
        if !here.collection.person || !tie.is_own() {
            return tie;
        }
        let subject = &mut self.subjects[tie.subject as usize];
        let first = *subject.persons.entry(node).or_insert(place);
        if first == place {
            return tie;
        }
        subject.candidates.push(Candidate {
            source: here.source.name.clone(),
            collection: here.collection.name.clone(),
            key: self.states[node].key(place).show(),
            by: vec![self.graph.door_name(node, tie.door as usize)],
        });
        Tie { role: Role::Reference, ..tie }
    }

    fn follow(&mut self, node: usize, place: u32, tie: &Tie, record: &Record) {
        let parent = Some((node as u32, place));
        let tag = Tag { subject: tie.subject, role: tie.role, open: tie.open, parent };
        let here = &self.graph.nodes[node];
        let country = here.source.default_country.as_deref();
        for way in &here.onward {
            let form = self.graph.nodes[way.to].doors[way.door].form;
            let parts: Vec<Vec<_>> = way
                .fields
                .iter()
                .enumerate()
                .map(|(i, f)| {
                    let normal = |v| way.spelled.from_there(i, normal_of(v, form, country)?);
                    record.at(f).into_iter().filter_map(normal).collect()
                })
                .collect();
            let state = &mut self.states[way.to];
            for_each_tuple(&parts, &mut |tuple| state.ask(way.door, tuple, tag));
        }
        if tie.role != Role::Owner {
            return;
        }
        let others = self.known_to_be_others(node, place, tie);
        for (identity, field) in &here.collection.identities {
            if !is_unique(self.graph.map, identity) || others.iter().any(|f| f == field.as_str()) {
                continue;
            }
            for value in record.at(field).into_iter().filter_map(crate::record::Value::plain) {
                self.seeds.push(Seed::found(tie.subject, identity, &value, parent));
            }
        }
    }

    /// By which fields a record that is known beforehand to be theirs is known to be somebody else's as well.
    fn known_to_be_others(&self, node: usize, place: u32, tie: &Tie) -> Vec<String> {
        let here = &self.graph.nodes[node];
        let known = &self.subjects[tie.subject as usize].records;
        if known.is_empty() || here.doors.get(tie.door as usize).is_none_or(|d| d.kind != DoorKind::Named) {
            return Vec::new();
        }
        let key = self.states[node].key(place);
        let is = |r: &&crate::resolve::KnownRecord| {
            r.source == here.source.name && r.collection == here.collection.name && r.key == key
        };
        known.iter().find(is).map(|r| r.others.clone()).unwrap_or_default()
    }

    pub fn finish(mut self) -> Result<Findings<'m>> {
        self.states.iter_mut().try_for_each(NodeState::seal)?;
        self.note_doubled_keys();
        Ok(Findings::new(self))
    }

    fn note_doubled_keys(&mut self) {
        for (node, state) in self.graph.nodes.iter().zip(&self.states) {
            let doubled = state.doubled_keys();
            if doubled > 0 {
                let place = format!("{}.{}", node.source.name, node.collection.name);
                let message = format!(
                    "the key {} addresses more than one record ({doubled} found); give the collection another key, or none",
                    node.collection.key.join(", ")
                );
                self.problems.push(Problem::new("key-not-unique", place, message));
            }
        }
    }
}

/// Every combination of one value a field; usually there is one.
fn for_each_tuple(parts: &[Vec<std::borrow::Cow<'_, str>>], each: &mut dyn FnMut(&[std::borrow::Cow<'_, str>])) {
    if let [one] = parts {
        return one.iter().for_each(|v| each(std::slice::from_ref(v)));
    }
    let mut at = vec![0; parts.len()];
    if parts.iter().any(Vec::is_empty) {
        return;
    }
    loop {
        let tuple: Vec<_> = parts.iter().zip(&at).map(|(p, i)| p[*i].clone()).collect();
        each(&tuple);
        let Some(i) = (0..at.len()).rev().find(|i| at[*i] + 1 < parts[*i].len()) else { return };
        at[i] += 1;
        at[i + 1..].fill(0);
    }
}

impl Graph<'_> {
    /// A door's name for people: `Customer.Email (email)`, `Invoice.CustomerId → Customer.CustomerId`.
    pub fn door_name(&self, node: usize, door: usize) -> String {
        let here = &self.nodes[node];
        let Some(door) = here.doors.get(door) else { return String::new() };
        let fields: Vec<_> = door.fields.iter().map(|f| f.as_str()).collect();
        format!("{}.{}.{}", here.source.name, here.collection.name, fields.join("+"))
    }

    /// The node of that source and collection.
    pub fn node(&self, source: &str, collection: &str) -> Result<usize> {
        let fits = |n: &super::graph::Node<'_>| n.source.name == source && n.collection.name == collection;
        self.nodes.iter().position(fits).ok_or_else(|| {
            Error::failed(format!("{source}.{collection} cannot be searched: it is not there, or could not be read"))
        })
    }
}
