//! The rules of one collection as a tree of its fields, compiled from the map.

use rustc_hash::FxHashMap;

use super::{Above, Guard, GuardKind};
use crate::archive::portable::{Kind, of_field};
use crate::map::{About, Collection, DataMap, Disclose, Exempt, SourceMap};
use crate::record::{FieldPath, Step};

/// What the map says of a field, and of what is inside it.
#[derive(Debug, Default)]
pub struct Node {
    /// The map names it, so it knows what is inside too.
    pub mentioned: bool,
    /// It was found in the source, and the map does not know it.
    pub unknown: bool,
    /// The map says how it is disclosed.
    pub disclose: Option<Disclose>,
    /// The map says what speaks against giving it.
    pub exempt: Option<Exempt>,
    /// It is about somebody else.
    pub about_other: bool,
    /// It links to people.
    pub guards: Vec<Guard>,
    /// Members that rules speak of.
    pub members: FxHashMap<String, Node>,
    /// The elements of a list, where rules speak of them.
    pub each: Option<Box<Node>>,
    /// Neither it nor anything the map names inside it is ever mentioned.
    pub is_silent: bool,
    /// Something inside it is given.
    opens: bool,
    /// Whether it stays out of what a person may take along, where the map says so.
    outside: Option<bool>,
}

impl Node {
    /// Whether one must look inside: rules speak of what is there, and they do not withhold all of it.
    pub fn is_open(&self, here: Above) -> bool {
        let inside = !self.members.is_empty() || self.each.is_some();
        let closed = matches!(here.disclose, Disclose::Never | Disclose::Review) || here.about_other;
        inside && self.guards.is_empty() && (!closed || self.opens)
    }

    /// Whether every value is given whole.
    pub fn is_given(&self, here: Above) -> bool {
        let bare = self.guards.is_empty() && self.members.is_empty() && self.each.is_none();
        bare && here.known && !here.about_other && here.disclose == Disclose::Yes
    }

    /// Whether the map names it only by what is inside it.
    pub fn is_passage(&self) -> bool {
        !self.mentioned && (!self.members.is_empty() || self.each.is_some())
    }

    fn at(&mut self, steps: &[Step]) -> &mut Node {
        match steps.split_first() {
            None => self,
            Some((Step::Name(name), rest)) => self.members.entry(name.clone()).or_default().at(rest),
            Some((Step::Each | Step::At(_), rest)) => self.each.get_or_insert_default().at(rest),
        }
    }

    fn inside(&mut self) -> impl Iterator<Item = &mut Node> {
        self.members.values_mut().chain(self.each.as_deref_mut())
    }

    /// What stays out of what a person may take along is as if it were silent; what is within it and may go keeps the rule
    /// it had.
    fn narrow(&mut self, above: Disclose, outside_above: bool) {
        let disclose = self.disclose.unwrap_or(above);
        let outside = self.outside.unwrap_or(outside_above);
        match (outside, outside_above) {
            (true, _) => self.disclose = Some(Disclose::Silent),
            (false, true) => self.disclose = Some(disclose),
            (false, false) => {}
        }
        for node in self.inside() {
            node.narrow(disclose, outside);
        }
    }

    /// Works out, from the inside, what is silent and what gives something.
    fn settle(&mut self, above: Disclose) {
        let disclose = self.disclose.unwrap_or(above);
        let (mut any, mut silent, mut opens) = (false, true, false);
        for node in self.inside() {
            node.settle(disclose);
            any = true;
            silent &= node.is_silent;
            opens |= node.opens;
        }
        // A field that is only named through what is inside it is as silent as that.
        self.is_silent = match self.mentioned || self.unknown || !any {
            true => disclose == Disclose::Silent && (!any || silent),
            false => silent,
        };
        self.opens = opens || self.disclose == Some(Disclose::Yes);
    }
}

/// Compiles the rules of a collection.
pub fn build(map: &DataMap, source: &SourceMap, collection: &Collection, unmentioned: &[String], kind: Kind) -> Node {
    let mut root = Node::default();
    for path in mentions(map, source, collection) {
        root.at(path.steps()).mentioned = true;
    }
    for (text, field) in &collection.fields {
        let node = root.at(source.field_path(text).steps());
        (node.disclose, node.exempt) = (field.disclose, field.exempt);
        node.about_other = field.about == About::Other;
    }
    for (i, link) in collection.links.iter().enumerate() {
        let Some(kind) = GuardKind::of(map, collection, link) else { continue };
        for path in &link.from {
            root.at(path.steps()).guards.push(Guard { link: i, kind });
        }
    }
    for text in unmentioned {
        root.at(source.field_path(text).steps()).unknown = true;
    }
    if kind == Kind::Portable {
        for path in mentions(map, source, collection) {
            root.at(path.steps()).outside = Some(of_field(map, source, collection, path.as_str()).is_some());
        }
        root.inside().for_each(|node| node.narrow(collection.disclose, false));
    }
    for node in root.inside() {
        node.settle(collection.disclose);
    }
    root
}

/// Every field the map names for a collection, here or as the aim of a link.
pub fn mentions(map: &DataMap, source: &SourceMap, collection: &Collection) -> Vec<FieldPath> {
    let mut paths: Vec<FieldPath> = Vec::new();
    paths.extend(collection.fields.keys().chain(&collection.other).map(|text| source.field_path(text)));
    // In documents a column of a key is a top-level name or the way to a field inside.
    paths.extend(collection.key.iter().flat_map(|column| [FieldPath::column(column), source.field_path(column)]));
    paths.extend(collection.identities.iter().map(|(_, path)| path.clone()));
    paths.extend(collection.links.iter().flat_map(|link| link.from.iter().cloned()));
    paths.extend(collection.links.iter().flat_map(|link| link.only.iter().map(|(path, _)| path.clone())));
    paths.extend(collection.retain.iter().filter_map(|retain| retain.from.clone()));
    paths.extend(collection.dated.clone());
    let others = map.sources.iter().flat_map(|s| &s.collections).flat_map(|c| &c.links);
    let aims = others.filter(|l| l.to_source == source.name && l.to_collection == collection.name);
    paths.extend(aims.flat_map(|link| link.to.iter().cloned()));
    paths
}
