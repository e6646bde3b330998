//! What a search found: counts, keys, roles, paths, problems; the records themselves stream from the spools.

use serde::Serialize;

use super::graph::{Graph, Node};
use super::kept::Kept;
use super::sources::Opened;
use super::state::{NodeState, Tie, ties_of};
use super::walk::{SubjectState, Walk};
use crate::error::Result;
use crate::map::{NormalForm, SourceMap};
use crate::problem::Problem;
use crate::record::{Digest, Digester, FieldPath, Key, Record, Value};
use crate::resolve::{Candidate, PersonRecord, Subject};
use crate::source::question::normal_of;
use crate::source::{Probe, Question, Schema, ShapeKind, Wanted};

/// Which collection was asked, and how it answered.
#[derive(Clone, Debug, Serialize)]
pub struct Searched {
    /// The source.
    pub source: String,
    /// Its kind.
    pub kind: String,
    /// The collection.
    pub collection: String,
    /// Whether anything could lead there, so that it was asked.
    pub asked: bool,
    /// Why it was read whole; none where an index served or nothing was asked.
    pub read_all: Option<String>,
}

impl Searched {
    pub(super) fn of(node: &Node<'_>) -> Searched {
        Searched {
            source: node.source.name.clone(),
            kind: node.source.address.kind.clone(),
            collection: node.collection.name.clone(),
            asked: false,
            read_all: None,
        }
    }
}

/// One record found, for one subject.
pub struct Row {
    /// Its key.
    pub key: Key,
    /// The record.
    pub record: Record,
    /// Its line, where the source has lines.
    pub line: Option<u64>,
    /// How many identical records.
    pub count: u64,
    /// Why it belongs.
    pub tie: Tie,
}

/// How many records of one collection tie to one subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Own, not shared.
    pub own: u64,
    /// Own together with others.
    pub shared: u64,
    /// Listed for review: others' records that point at the subject.
    pub references: u64,
    /// Reached over a link nobody has decided on.
    pub undecided: u64,
}

/// The findings of one search, for one or many subjects.
pub struct Findings<'m> {
    /// The walk.
    pub graph: Graph<'m>,
    /// The people, in the order of the starts.
    pub subjects: Vec<Subject>,
    /// What makes the findings incomplete.
    pub problems: Vec<Problem>,
    /// Every collection and how it answered.
    pub searched: Vec<Searched>,
    states: Vec<NodeState>,
    known: Vec<SubjectState>,
    opened: Opened,
    /// The name of every door, by collection.
    doors: Vec<Vec<String>>,
}

impl<'m> Findings<'m> {
    pub(super) fn new(walk: Walk<'m>) -> Self {
        let subjects = walk.subjects.iter().map(|s| subject_of(&walk.graph, &walk.states, s)).collect();
        let names = |(n, node): (usize, &Node<'_>)| (0..node.doors.len()).map(|d| walk.graph.door_name(n, d)).collect();
        Findings {
            doors: walk.graph.nodes.iter().enumerate().map(names).collect(),
            graph: walk.graph,
            subjects,
            problems: walk.problems,
            searched: walk.searched,
            states: walk.states,
            known: walk.subjects,
            opened: walk.opened,
        }
    }

    /// The live schema of the source at that place in the map.
    pub fn schema(&self, source: usize) -> Option<&Schema> {
        self.opened.schema(source)
    }

    /// Whether a collection of the walk holds a record with that value in that field, as the source holds it now.
    pub fn holds(&mut self, node: usize, field: &FieldPath, value: &Value) -> Result<bool> {
        let here = &self.graph.nodes[node];
        let Some(normal) = normal_of(value, NormalForm::Exact, None) else { return Ok(false) };
        let mut wanted = Wanted::new(1);
        wanted.add(&normal);
        let fields = [field.clone()];
        let probe = || Probe { fields: &fields, form: NormalForm::Exact, country: None, wanted: &wanted };
        let question = Question { collection: &here.collection.name, probes: vec![probe()] };
        let Some(mut open) = self.opened.take(here.source_index) else { return Ok(false) };
        let mut any = false;
        let outcome = open.search(&question, &mut |found| {
            probe().hits(&found.record, &mut |_| any = true);
            Ok(())
        });
        self.opened.put(here.source_index, open);
        outcome.map(|_| any)
    }

    /// The constraint of the source that one of these records of a collection of the walk would break, in words.
    pub fn broken_check(&mut self, node: usize, records: &[Record]) -> Result<Option<String>> {
        let here = &self.graph.nodes[node];
        let Some(mut open) = self.opened.take(here.source_index) else { return Ok(None) };
        let outcome = open.broken_check(&here.collection.name, records);
        self.opened.put(here.source_index, open);
        outcome
    }

    /// Reads a whole collection, record by record, as the source holds it now: for what is asked of everybody in it.
    pub fn read_whole(&mut self, node: usize, sink: &mut dyn FnMut(&Node<'m>, Record) -> Result<()>) -> Result<()> {
        let here = &self.graph.nodes[node];
        let Some(mut open) = self.opened.take(here.source_index) else { return Ok(()) };
        let outcome = open.all(&here.collection.name, &mut |found| sink(here, found.record)).map(drop);
        self.opened.put(here.source_index, open);
        outcome
    }

    /// A value as the source would hold it in that field of a collection of the walk.
    pub fn held(&self, node: usize, field: &FieldPath, value: Value) -> Value {
        let here = &self.graph.nodes[node];
        self.opened.held(here.source_index, &here.collection.name, field.as_str(), value)
    }

    /// The digest of the schemas a plan rests on. Documents have none: what their fields are depends on the data.
    pub fn schemas(&self) -> Digest {
        let mut d = Digester::new("schemas");
        for node in &self.graph.nodes {
            if let Some(shape) = node.shape.as_ref().filter(|s| s.closed) {
                d.text(&node.source.name);
                shape.digest(&mut d);
            }
        }
        d.finish()
    }

    /// Persons that an identifier of the subject also led to, and that are not the subject.
    pub fn candidates(&self, subject: usize) -> &[Candidate] {
        &self.known[subject].candidates
    }

    /// What the request named, in the normal form that was searched for.
    pub fn tried(&self, subject: usize) -> &[(String, String)] {
        &self.known[subject].tried
    }

    /// Of several selectors, those that no record found holds, by name: the person may be described wrongly.
    pub fn unmatched(&self, subject: usize) -> Result<Vec<String>> {
        let given = &self.known[subject].selectors;
        let mut unmatched = Vec::new();
        for selector in given.iter().filter(|_| given.len() > 1) {
            let mut held = false;
            for (n, node) in self.graph.nodes.iter().enumerate() {
                for (field, form) in self.graph.fields_of(node, selector) {
                    let country = node.source.default_country.as_deref();
                    let wanted = form.apply(selector.value(), country);
                    self.each(n, subject, &mut |row| {
                        let fits = |v: &&Value| normal_of(v, form, country).is_some_and(|normal| normal == wanted);
                        held |= row.record.at(&field).iter().any(fits);
                        Ok(())
                    })?;
                }
            }
            if !held {
                unmatched.push(selector.name());
            }
        }
        Ok(unmatched)
    }

    /// Counts of one collection for one subject.
    pub fn counts(&self, node: usize, subject: usize) -> Result<Counts> {
        let mut counts = Counts::default();
        let mut add = |tie: &Tie, n: u64| match (tie.open, tie.role.is_own(), tie.role) {
            (true, _, _) => counts.undecided += n,
            (_, _, crate::map::Role::Shared) => counts.shared += n,
            (_, true, _) => counts.own += n,
            _ => counts.references += n,
        };
        let mine = |ties: &[Tie]| ties.iter().find(|t| t.subject as usize == subject).copied();
        if self.graph.nodes[node].leaf {
            let count = &mut |note: &[u8]| mine(&ties_of(note)).iter().for_each(|t| add(t, 1));
            self.states[node].spool.notes(count)?;
        } else {
            for entry in &self.states[node].entries {
                mine(&entry.ties).iter().for_each(|t| add(t, entry.count));
            }
        }
        Ok(counts)
    }

    /// Gives every record of one collection that ties to the subject, in key order; identical records once, with
    /// their count.
    pub fn each(&self, node: usize, subject: usize, sink: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        self.kept().rows(node, Some(subject), &mut |row, _| sink(row))
    }

    /// Gives every record of one collection that ties to anybody, once, in key order, with all its ties; the row's own
    /// is the closest. However many people there are, the records are read once.
    pub fn every(&self, node: usize, sink: &mut dyn FnMut(Row, &[Tie]) -> Result<()>) -> Result<()> {
        self.kept().rows(node, None, sink)
    }

    /// The record a tie's value came from: its collection and key.
    pub fn parent_of(&self, tie: &Tie) -> Option<(usize, Key)> {
        let (node, place) = tie.parent?;
        Some((node as usize, self.states[node as usize].key(place)))
    }

    /// The path from what was given to a record, for people: it names keys, so it is personal.
    pub fn path(&self, node: usize, tie: &Tie) -> String {
        self.kept().path(node, tie)
    }

    /// The records alone, which several threads may read.
    pub fn kept(&self) -> Kept<'_, 'm> {
        Kept { graph: &self.graph, states: &self.states, doors: &self.doors }
    }
}

fn subject_of(graph: &Graph<'_>, states: &[NodeState], state: &SubjectState) -> Subject {
    let identifiers = state.identifiers.iter().map(|(name, values)| (name.clone(), values.keys().cloned().collect()));
    let person = |(node, place): (&usize, &u32)| PersonRecord {
        source: graph.nodes[*node].source.name.clone(),
        collection: graph.nodes[*node].collection.name.clone(),
        key: states[*node].key(*place),
    };
    Subject {
        identifiers: identifiers.collect(),
        persons: state.persons.iter().map(person).collect(),
        fields: state.fields.clone(),
        records: state.records.clone(),
    }
}

/// Where the live source and the map differ, as far as a search must tell.
pub(super) fn drift(source: &SourceMap, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for collection in &source.collections {
        if schema.shape(&collection.name).is_none() {
            let place = format!("{}.{}", source.name, collection.name);
            let message = "the map describes it, and the source has, or shows this role, none of that name: `redress check` tells more";
            problems.push(Problem::new("missing-collection", place, message));
        }
    }
    for shape in schema.collections.iter().filter(|s| s.kind == ShapeKind::Table) {
        let place = format!("{}.{}", source.name, shape.name);
        match source.collection(&shape.name) {
            None => {
                let message =
                    "the map does not know it, so it was not searched: add it to the map, or say about = \"nobody\"";
                problems.push(Problem::new("unknown-collection", place, message));
            }
            Some(collection) if collection.about == crate::map::About::Nobody => {}
            Some(collection) => {
                problems.extend(shape.problems.iter().cloned());
                let unknown = crate::map::unmentioned(collection, shape);
                if !unknown.is_empty() {
                    let message = format!("the map does not mention {}: withheld until it does", unknown.join(", "));
                    problems.push(Problem::new("unknown-column", place, message));
                }
            }
        }
    }
    problems
}
