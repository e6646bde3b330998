//! What is given, what is withheld and why, what is never mentioned: decided here and nowhere else.
//!
//! Pure: a record and the links that led to it go in, what may be shown of it comes out. Every format shows the
//! same outcome. The rules of one collection are compiled once, into a tree of its fields.

mod tree;

use std::collections::HashSet;

use super::Row;
use super::portable::Kind;
pub use super::reason::Reason;
use crate::map::{Collection, DataMap, Disclose, Exempt, Link, Role, SourceMap, applies};
use crate::record::{FieldPath, Value};
use tree::Node;
pub use tree::mentions;

/// What may be shown of a value. A value that must leave no trace is not there at all.
#[derive(Clone, PartialEq)]
pub enum Shown<'r> {
    /// The value as it is.
    Given(&'r Value),
    /// The value is held, but not given.
    Withheld(Reason),
    /// A list, parts of which are withheld.
    List(Vec<Shown<'r>>),
    /// An object, parts of which are withheld.
    Object(Vec<(&'r str, Shown<'r>)>),
    /// What an officer had put in its place.
    Redacted(String),
    /// Bytes that are a file of their own, at this path inside the archive.
    File(String),
}

/// The rules of one collection.
pub struct Rules<'m> {
    collection: &'m Collection,
    root: Node,
}

/// The rules of one top-level field.
pub struct FieldRules<'a> {
    node: Option<&'a Node>,
    above: Above,
    /// Every value is given, whatever it is and however its record ties.
    given: bool,
}

/// What holds for one record: which links led to the subject, in which role.
pub struct Ties<'r> {
    role: Role,
    led: &'r [usize],
    /// Links that led here, but through a list with several values: whose each is cannot be told.
    mixed: Vec<usize>,
    /// Links that do not hold for this record, because it says that the field leads where another of them goes.
    idle: Vec<usize>,
}

/// A reason to withhold a field that links to a person, unless that link led to the subject.
#[derive(Clone, Copy, Debug)]
struct Guard {
    link: usize,
    kind: GuardKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GuardKind {
    /// It leads to a person.
    Person,
    /// It leads to the author of a record about the subject.
    Author,
    /// It may lead to a person: nobody has decided.
    Undecided,
}

/// What nearer levels inherit from those above.
#[derive(Clone, Copy)]
struct Above {
    disclose: Disclose,
    exempt: Option<Exempt>,
    about_other: bool,
    known: bool,
}

impl<'m> Rules<'m> {
    /// The rules of a collection in an archive of that kind; `unmentioned` are fields found in the live source that the
    /// map does not know.
    pub fn of(
        map: &DataMap,
        source: &SourceMap,
        collection: &'m Collection,
        unmentioned: &[String],
        kind: Kind,
    ) -> Rules<'m> {
        Rules { collection, root: tree::build(map, source, collection, unmentioned, kind) }
    }

    /// Whether nothing of the collection is ever mentioned.
    pub fn is_silent(&self) -> bool {
        match self.root.members.is_empty() {
            true => self.collection.disclose == Disclose::Silent,
            false => self.collection.disclose == Disclose::Silent && self.root.members.values().all(|n| n.is_silent),
        }
    }

    /// Whether the top-level field of that name is never mentioned.
    pub fn is_silent_field(&self, name: &str) -> bool {
        match self.root.members.get(name) {
            Some(node) => node.is_silent,
            None => self.collection.disclose == Disclose::Silent,
        }
    }

    /// What holds for all fields of one record.
    pub fn ties<'r>(&self, row: &Row<'r>) -> Ties<'r> {
        let mut mixed = Vec::new();
        for &link in row.links {
            let Some(link_of) = self.collection.links.get(link) else { continue };
            if link_of.from.iter().any(|path| holds_several(row, path)) {
                mixed.push(link);
            }
        }
        Ties { role: row.role, led: row.links, mixed, idle: self.idle(row) }
    }

    /// Links whose condition the record does not fulfil while it fulfils that of another from the same fields. Where it
    /// fulfils none, nobody knows what the value is: then each may hold.
    fn idle(&self, row: &Row<'_>) -> Vec<usize> {
        let links = &self.collection.links;
        let holds = |link: &Link| applies(&link.only, row.record);
        let other = |one: &Link| links.iter().any(|l| l.from == one.from && !l.only.is_empty() && holds(l));
        let idle = links.iter().enumerate().filter(|(_, l)| !l.only.is_empty() && !holds(l) && other(l));
        idle.map(|(i, _)| i).collect()
    }

    /// The rules of the top-level field of that name.
    pub fn field(&self, name: &str) -> FieldRules<'_> {
        let above = Above { disclose: self.collection.disclose, exempt: None, about_other: false, known: false };
        let node = self.root.members.get(name);
        let given = node.is_some_and(|node| node.is_given(above.within(Some(node))));
        FieldRules { node, above, given }
    }
}

impl FieldRules<'_> {
    /// What may be shown of a value of the field.
    pub fn show<'r>(&self, value: &'r Value, ties: &Ties<'_>) -> Option<Shown<'r>> {
        match self.given {
            true => Some(Shown::Given(value)),
            false => show(self.node, value, self.above, ties),
        }
    }
}

impl Ties<'_> {
    fn led(&self, link: usize) -> bool {
        self.led.contains(&link) && !self.mixed.contains(&link)
    }

    /// What the links of a field say of its value.
    fn guard(&self, guards: &[Guard]) -> Option<Reason> {
        if guards.is_empty() || guards.iter().any(|g| self.led(g.link)) {
            return None;
        }
        let holds =
            |g: &&Guard| !self.idle.contains(&g.link) && (g.kind != GuardKind::Author || self.role == Role::About);
        guards.iter().filter(holds).map(|g| g.kind.reason()).max()
    }
}

impl GuardKind {
    fn reason(self) -> Reason {
        match self {
            GuardKind::Person | GuardKind::Author => Reason::AboutAnotherPerson,
            GuardKind::Undecided => Reason::Review,
        }
    }

    /// What a link of a collection says about the people it may lead to; `None` where it leads to none.
    fn of(map: &DataMap, collection: &Collection, link: &Link) -> Option<GuardKind> {
        let to = map.collection(&link.to_source, &link.to_collection);
        let person = to.is_some_and(|to| to.person && !is_pointed_at(collection, to, link));
        match (person, link.decision, link.role) {
            (true, crate::map::Decision::Open, _) => Some(GuardKind::Undecided),
            (true, _, _) => Some(GuardKind::Person),
            (false, _, Role::Author) => Some(GuardKind::Author),
            _ => None,
        }
    }
}

/// Whether the link's value is the record's own number, which persons point at with a field that is not theirs
/// alone: the number of an address says nothing of who lives there.
fn is_pointed_at(collection: &Collection, person: &Collection, link: &Link) -> bool {
    let is_key = |key: &[String], paths: &[FieldPath]| {
        !key.is_empty() && key.len() == paths.len() && paths.iter().all(|p| key.iter().any(|k| k == p.as_str()))
    };
    let is_identity = |path: &FieldPath| person.identities.iter().any(|(_, identity)| identity == path);
    is_key(&collection.key, &link.from) && !is_key(&person.key, &link.to) && !link.to.iter().any(is_identity)
}

fn show<'r>(node: Option<&Node>, value: &'r Value, above: Above, ties: &Ties<'_>) -> Option<Shown<'r>> {
    let here = above.within(node);
    match node {
        Some(node) if node.is_silent => None,
        Some(node) if node.is_open(here) => match value {
            Value::Object(members) => show_object(node, members, here, ties),
            Value::List(items) => show_list(node, items, here, ties),
            value => show_leaf(value, here, Some(node), ties),
        },
        node => show_leaf(value, here, node, ties),
    }
}

fn show_object<'r>(node: &Node, members: &'r [(String, Value)], here: Above, ties: &Ties<'_>) -> Option<Shown<'r>> {
    let mut shown = Vec::with_capacity(members.len());
    for (name, value) in members {
        if let Some(part) = show(node.members.get(name), value, here, ties) {
            shown.push((name.as_str(), part));
        }
    }
    // An object that holds nothing but what is silent would say that there is something.
    (!shown.is_empty() || members.is_empty()).then_some(Shown::Object(shown))
}

fn show_list<'r>(node: &Node, items: &'r [Value], here: Above, ties: &Ties<'_>) -> Option<Shown<'r>> {
    let shown: Vec<_> = items.iter().filter_map(|item| show(node.each.as_deref(), item, here, ties)).collect();
    (!shown.is_empty() || items.is_empty()).then_some(Shown::List(shown))
}

/// A value that is shown whole or not at all.
fn show_leaf<'r>(value: &'r Value, here: Above, node: Option<&Node>, ties: &Ties<'_>) -> Option<Shown<'r>> {
    let withheld = match here.disclose {
        Disclose::Silent => return None,
        _ if value.is_null() && node.is_some_and(Node::is_passage) => None,
        _ if !here.known => Some(Reason::UnknownColumn),
        Disclose::Never => Some(here.exempt.map_or(Reason::Never, Reason::from)),
        // Nothing is nobody's.
        _ if value.is_null() => None,
        _ if here.about_other => Some(Reason::AboutAnotherPerson),
        disclose => match ties.guard(node.map(|n| n.guards.as_slice()).unwrap_or_default()) {
            Some(Reason::Review) | None if disclose == Disclose::Review => Some(Reason::Review),
            reason => reason,
        },
    };
    Some(withheld.map_or(Shown::Given(value), Shown::Withheld))
}

impl Above {
    fn within(self, node: Option<&Node>) -> Above {
        let Some(node) = node else { return self };
        Above {
            disclose: node.disclose.unwrap_or(self.disclose),
            exempt: node.exempt.or(self.exempt),
            about_other: self.about_other || node.about_other,
            known: (self.known || node.mentioned) && !node.unknown,
        }
    }
}

/// Whether a record holds different values at a path through a list.
fn holds_several(row: &Row<'_>, path: &FieldPath) -> bool {
    if !path.is_many() {
        return false;
    }
    let values: HashSet<_> = row.record.at(path).into_iter().filter_map(Value::plain).collect();
    values.len() > 1
}

/// Calls `each` with the path and reason of everything withheld in what is shown of the field at `path`.
pub fn withheld_in(shown: &Shown<'_>, path: &str, each: &mut dyn FnMut(&str, Reason)) {
    match shown {
        Shown::Withheld(reason) => each(path, *reason),
        Shown::Redacted(_) => each(path, Reason::Redacted),
        Shown::List(items) => items.iter().for_each(|item| withheld_in(item, &format!("{path}[]"), each)),
        Shown::Object(members) => {
            members.iter().for_each(|(name, part)| withheld_in(part, &format!("{path}.{name}"), each));
        }
        Shown::Given(_) | Shown::File(_) => {}
    }
}
