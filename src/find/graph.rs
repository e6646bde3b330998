//! The data map as the search walks it: collections, what leads into each, and where each leads on.
//!
//! Built once a search from the map and the live schemas. Declared references the map does not mention become
//! implied ones where a plan needs them: a database would act on them whether the map knows them or not.

mod along;

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::map::{Collection, Condition, DataMap, Decision, Link, NormalForm, Role, SourceMap, Spelled, Strength};
use crate::record::FieldPath;
use crate::resolve::Selector;
use crate::source::{ForeignKey, Schema, Shape};

/// A collection in the walk.
pub struct Node<'m> {
    /// Its source.
    pub source: &'m SourceMap,
    /// The source's place in the map.
    pub source_index: usize,
    /// What the map says.
    pub collection: &'m Collection,
    /// What it is now; none where the source lacks it.
    pub shape: Option<Shape>,
    /// What can lead to its records.
    pub doors: Vec<Door>,
    /// Where its records lead on.
    pub onward: Vec<Onward>,
    /// Nothing leads on from it, so its records need not be remembered.
    pub leaf: bool,
    /// By door: what is found by it is followed although it is not the subject's, for an erasure may reach further.
    along: Vec<bool>,
}

/// One way into a collection.
#[derive(Clone, Debug)]
pub struct Door {
    /// Which kind of way.
    pub kind: DoorKind,
    /// The fields compared.
    pub fields: Vec<FieldPath>,
    /// How they are compared.
    pub form: NormalForm,
    /// What a record found this way is to the person.
    pub role: Role,
    /// Nobody has decided that this way holds.
    pub open: bool,
    /// It leads only to records that fulfil this.
    pub only: Condition,
}

/// The kinds of way into a collection.
#[derive(Clone, Debug, PartialEq)]
pub enum DoorKind {
    /// A link of the map, by its place in the collection's list.
    Link(usize),
    /// An identity of the map, by name.
    Identity(String),
    /// A field or key that a selector, or a subject found before, names.
    Named,
    /// A reference the database declares and the map does not.
    Implied(ForeignKey),
    /// The other side of a link that is shared, or that stands in a record's own key (its collection's node, its place
    /// there): who else holds the record.
    Holder(usize, usize),
}

/// One way on from a collection.
#[derive(Clone, Debug)]
pub struct Onward {
    /// The collection it leads to.
    pub to: usize,
    /// The door there.
    pub door: usize,
    /// The fields here whose values are asked for there.
    pub fields: Vec<FieldPath>,
    /// How both spell what they have in common: `here` is the collection it leads to.
    pub spelled: Spelled,
}

/// The whole walk.
pub struct Graph<'m> {
    /// All collections that may hold personal data and exist.
    pub nodes: Vec<Node<'m>>,
    /// The map.
    pub map: &'m DataMap,
}

impl<'m> Graph<'m> {
    /// Builds the walk. `schemas` is by source, in the map's order; a source that could not be read has none. With
    /// `implied`, declared references that the map does not mention are walked too.
    pub fn build(map: &'m DataMap, schemas: &[Option<Schema>], implied: bool) -> Result<Graph<'m>> {
        let mut nodes = Vec::new();
        for (source_index, source) in map.sources.iter().enumerate() {
            let Some(schema) = &schemas[source_index] else { continue };
            for collection in &source.collections {
                let shape = schema.shape(&collection.name).cloned();
                let nobody = collection.about == crate::map::About::Nobody;
                if shape.is_none() || nobody && !implied {
                    continue;
                }
                let (doors, onward, along) = (Vec::new(), Vec::new(), Vec::new());
                nodes.push(Node { source, source_index, collection, shape, doors, onward, leaf: true, along });
            }
        }
        let mut graph = Graph { nodes, map };
        graph.add_identities()?;
        graph.add_links()?;
        if implied {
            graph.add_implied();
            graph.add_holders();
            along::mark(&mut graph.nodes);
        }
        graph.find_leaves();
        Ok(graph)
    }

    fn position(&self) -> HashMap<(&'m str, &'m str), usize> {
        self.nodes.iter().enumerate().map(|(i, n)| ((n.source.name.as_str(), n.collection.name.as_str()), i)).collect()
    }

    fn add_identities(&mut self) -> Result<()> {
        for node in &mut self.nodes {
            for (name, field) in &node.collection.identities {
                let identity = self.map.identities.get(name).ok_or_else(|| {
                    Error::failed(format!("{}.{}: unknown identity {name}", node.source.name, node.collection.name))
                })?;
                node.doors.push(Door {
                    kind: DoorKind::Identity(name.clone()),
                    fields: vec![field.clone()],
                    form: identity.normal,
                    role: Role::Owner,
                    open: false,
                    only: Vec::new(),
                });
            }
        }
        Ok(())
    }

    fn add_links(&mut self) -> Result<()> {
        let position = self.position();
        for here in 0..self.nodes.len() {
            let (source, collection) = (self.nodes[here].source, self.nodes[here].collection);
            for (i, link) in collection.links.iter().enumerate() {
                let Some(&there) = position.get(&(link.to_source.as_str(), link.to_collection.as_str())) else {
                    continue;
                };
                let door = Door {
                    kind: DoorKind::Link(i),
                    fields: link.from.clone(),
                    form: self.link_form(here, there, link),
                    role: link.role,
                    open: link.decision == Decision::Open,
                    only: link.only.clone(),
                };
                debug_assert_eq!(source.name, self.nodes[here].source.name);
                self.connect(here, there, door, (link.to.clone(), link.spelled.clone()));
            }
        }
        Ok(())
    }

    fn connect(&mut self, here: usize, there: usize, door: Door, (fields, spelled): (Vec<FieldPath>, Spelled)) {
        self.nodes[here].doors.push(door);
        let door = self.nodes[here].doors.len() - 1;
        self.nodes[there].onward.push(Onward { to: here, door, fields, spelled });
    }

    /// How a link's values are compared: natively within one source (without regard to case where a column is
    /// declared so), by an identity's normal form across sources.
    fn link_form(&self, here: usize, there: usize, link: &Link) -> NormalForm {
        if !link.spelled.is_plain() {
            return NormalForm::Exact;
        }
        let (from, to) = (&self.nodes[here], &self.nodes[there]);
        if from.source_index == to.source_index {
            let nocase = is_nocase(from, &link.from) || is_nocase(to, &link.to);
            return if nocase { NormalForm::Text } else { NormalForm::Exact };
        }
        let identity = |node: &Node<'_>, fields: &[FieldPath]| {
            let held = node.collection.identities.iter().find(|(_, f)| fields == std::slice::from_ref(f));
            held.and_then(|(name, _)| self.map.identities.get(name)).map(|i| i.normal)
        };
        identity(from, &link.from).or_else(|| identity(to, &link.to)).unwrap_or(NormalForm::Exact)
    }

    fn add_implied(&mut self) {
        let position = self.position();
        for here in 0..self.nodes.len() {
            let (source, collection) = (self.nodes[here].source, self.nodes[here].collection);
            let references = self.nodes[here].shape.as_ref().map(|s| s.references.clone()).unwrap_or_default();
            for reference in references {
                let Some(&there) = position.get(&(source.name.as_str(), reference.to.as_str())) else { continue };
                if collection.links.iter().any(|l| covers(l, source, &reference)) {
                    continue;
                }
                let column = |c: &String| FieldPath::column(c);
                let door = Door {
                    fields: reference.columns.iter().map(column).collect(),
                    form: NormalForm::Exact,
                    role: Role::Reference,
                    open: false,
                    only: Vec::new(),
                    kind: DoorKind::Implied(reference.clone()),
                };
                let fields = reference.to_columns.iter().map(column).collect();
                self.connect(here, there, door, (fields, Spelled::default()));
            }
        }
    }

    /// For each link to what several may hold, the way back: the records that hold it, other people's among them. A
    /// link from a record's own key is such a one: others may name the key too.
    fn add_holders(&mut self) {
        let position = self.position();
        for shared in 0..self.nodes.len() {
            for (i, link) in self.nodes[shared].collection.links.iter().enumerate() {
                let holder = position.get(&(link.to_source.as_str(), link.to_collection.as_str()));
                let from_key = link.from.iter().map(FieldPath::as_str).eq(&self.nodes[shared].collection.key);
                let (true, Some(&holder)) = (link.is_shared() || from_key, holder) else { continue };
                let door = Door {
                    kind: DoorKind::Holder(shared, i),
                    fields: link.to.clone(),
                    form: self.link_form(shared, holder, link),
                    role: Role::Reference,
                    open: false,
                    only: Vec::new(),
                };
                self.connect(holder, shared, door, (link.from.clone(), link.spelled.turned()));
            }
        }
    }

    /// Whether a record found by this door is followed although it is another's: it goes with the record it refers to,
    /// or gets another key with it, so that what refers to it in turn must be known too.
    pub fn goes_along(&self, node: usize, door: usize) -> bool {
        self.nodes[node].along.get(door).copied().unwrap_or_default()
    }

    /// The fields of a collection that may hold what a selector names, and how they are compared.
    pub fn fields_of(&self, node: &Node<'_>, selector: &Selector) -> Vec<(FieldPath, NormalForm)> {
        let form = |name: &String| self.map.identities.get(name).map(|i| i.normal);
        let identities = node.collection.identities.iter();
        match selector {
            Selector::Identity { identity, .. } => {
                let held = identities.filter(|(name, _)| name == identity);
                held.filter_map(|(name, field)| Some((field.clone(), form(name)?))).collect()
            }
            Selector::Field { source, collection, field, .. } => {
                let here = node.source.name == *source && node.collection.name == *collection;
                let identity = identities.into_iter().find(|(_, f)| f == field).and_then(|(name, _)| form(name));
                let key = node.collection.key.iter().any(|k| k == field.as_str());
                let form = identity.unwrap_or(if key { NormalForm::Exact } else { NormalForm::Text });
                if here { vec![(field.clone(), form)] } else { Vec::new() }
            }
        }
    }

    fn find_leaves(&mut self) {
        let map = self.map;
        for node in &mut self.nodes {
            let extends = node.collection.identities.iter().any(|(name, _)| is_unique(map, name));
            node.leaf = node.onward.is_empty() && !extends && !node.collection.person;
        }
    }
}

/// Whether values of this identity are one person's.
pub fn is_unique(map: &DataMap, identity: &str) -> bool {
    map.identities.get(identity).is_some_and(|i| i.strength == Strength::Unique)
}

fn covers(link: &Link, source: &SourceMap, reference: &ForeignKey) -> bool {
    let same = |paths: &[FieldPath], names: &[String]| paths.iter().map(FieldPath::as_str).eq(names);
    link.to_source == source.name
        && link.to_collection == reference.to
        && same(&link.from, &reference.columns)
        && same(&link.to, &reference.to_columns)
}

fn is_nocase(node: &Node<'_>, fields: &[FieldPath]) -> bool {
    let column = |f: &FieldPath| node.shape.as_ref().and_then(|s| s.column(f.as_str()));
    fields.iter().any(|f| column(f).is_some_and(|c| c.nocase))
}
