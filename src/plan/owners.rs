//! Whose a record is beside the person's: the counterpart of a message or a dispute, the author of a review. And which
//! elements of a list in it are hers. Pure.
//!
//! A record is another's too where a field that makes records somebody's own names somebody else, who is as close to it
//! as she is: an order is the buyer's, whoever took it; a message is the sender's and the receiver's.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{Values, Way, held, known_by};
use super::rows::Planned;
use super::stay::is_at;
use crate::find::{Door, DoorKind, Findings, Node};
use crate::map::{DataMap, FieldErase, Role, Strength, applies};
use crate::record::{FieldPath, Step};
use crate::source::question::normal_of;

/// What is hers, by the doors of each collection.
#[derive(Default)]
pub(super) struct Owners {
    /// By collection and door: the values that lead to her.
    hers: BTreeMap<(usize, usize), BTreeSet<Values>>,
    /// By collection and door: the value of the record that stands for everybody who is gone.
    nobody: BTreeMap<(usize, usize), Values>,
    /// By collection and door: whether it leads to a collection in which one of her person records stands.
    peers: BTreeSet<(usize, usize)>,
}

/// The elements of a list that are hers; all, where the list has no owners of its own.
pub(super) struct Elements(Option<Vec<FieldPath>>);

impl Elements {
    /// Whether a place is hers.
    pub(super) fn holds(&self, spot: &FieldPath) -> bool {
        self.0.as_ref().is_none_or(|places| places.iter().any(|p| spot.steps().starts_with(p.steps())))
    }
}

/// How close a role is, as far as it makes somebody an owner. Sender and receiver are equals.
fn closeness(role: Role) -> u8 {
    match role {
        Role::Owner => 3,
        Role::Author | Role::Recipient => 2,
        Role::About => 1,
        _ => 0,
    }
}

impl Owners {
    /// What is known from the rows of a plan.
    pub(super) fn of(findings: &Findings<'_>, map: &DataMap, rows: &[Planned]) -> Owners {
        let mut owners = Owners::default();
        for (n, node) in findings.graph.nodes.iter().enumerate() {
            for (d, door) in node.doors.iter().enumerate() {
                if let DoorKind::Identity(name) = &door.kind
                    && map.identities.get(name).is_some_and(|i| i.strength == Strength::Unique)
                {
                    let values = findings.subjects.iter().filter_map(|s| s.identifiers.get(name)).flatten();
                    let values = values.map(|v| vec![v.clone()]).collect();
                    owners.hers.insert((n, d), values);
                    owners.peers.insert((n, d));
                }
                let point =
                    door.fields.iter().find_map(|f| match node.collection.field(f.as_str())?.erase.as_ref()? {
                        FieldErase::Point(key) => Some(vec![key.clone()]),
                        _ => None,
                    });
                owners.nobody.extend(point.map(|values| ((n, d), values)));
            }
        }
        let ways: Vec<Vec<(usize, usize, usize)>> = findings.graph.nodes.iter().map(links_onward(findings)).collect();
        for row in rows.iter().filter(|r| r.is_own()) {
            for (place, to, door) in &ways[row.node] {
                let hers = owners.hers.entry((*to, *door)).or_default();
                hers.extend(known_by(findings, row.node, &row.record, *place));
                if findings.graph.nodes[row.node].collection.person {
                    owners.peers.insert((*to, *door));
                }
            }
        }
        owners.add_known(findings, rows);
        owners
    }

    /// A record known beforehand to be hers says by itself what led to it, for her own record may be gone by now; but
    /// for what is known to have made it somebody else's.
    fn add_known(&mut self, findings: &Findings<'_>, rows: &[Planned]) {
        for row in rows.iter().filter(|r| r.is_own()) {
            let node = &findings.graph.nodes[row.node];
            let named = node.doors.get(row.tie.door as usize).is_some_and(|d| d.kind == DoorKind::Named);
            let known = |r: &&crate::resolve::KnownRecord| {
                r.source == node.source.name && r.collection == node.collection.name && r.key == row.key
            };
            let Some(known) = findings.subjects.iter().flat_map(|s| &s.records).find(known).filter(|_| named) else {
                continue;
            };
            let hers = |d: &Door| d.role == row.tie.role && !known.others.contains(&name(d));
            let links = self.makers(node).filter(|(_, d)| hers(d)).map(|(d, _)| d);
            for door in links.collect::<Vec<_>>() {
                let values = self.values(findings, row, door).into_iter().map(|(_, v)| v);
                self.hers.entry((row.node, door)).or_default().extend(values);
            }
        }
    }

    /// The doors by which somebody else is as close to the record as she is, by name.
    pub(super) fn others(&self, findings: &Findings<'_>, row: &Planned) -> Vec<String> {
        let node = &findings.graph.nodes[row.node];
        let mine = closeness(row.tie.role);
        if mine == 0 || node.collection.person {
            return Vec::new();
        }
        let elsewhere = |(d, door): &(usize, &Door)| {
            let theirs = closeness(door.role);
            // What is written about her by others stays theirs where they are people like her, not the house's staff.
            let near =
                if mine == 1 { theirs > 1 && self.leads_to_peers(row.node, *d) } else { theirs > 1 && theirs >= mine };
            near && self.leads_elsewhere(findings, row, *d)
        };
        self.makers(node).filter(elsewhere).map(|(_, door)| name(door)).collect()
    }

    /// The doors that make a record somebody's own.
    fn makers<'n>(&self, node: &'n Node<'_>) -> impl Iterator<Item = (usize, &'n Door)> {
        let own = |door: &Door| match &door.kind {
            DoorKind::Link(i) => !door.open && !node.collection.links.get(*i).is_some_and(|l| l.is_shared()),
            DoorKind::Identity(_) => true,
            _ => false,
        };
        node.doors.iter().enumerate().filter(move |(_, d)| own(d))
    }

    fn leads_to_peers(&self, node: usize, door: usize) -> bool {
        self.peers.contains(&(node, door))
    }

    /// Whether the record holds a value there that does not lead to her.
    fn leads_elsewhere(&self, findings: &Findings<'_>, row: &Planned, door: usize) -> bool {
        // Without any value of hers nothing is known of the door: an identity that is not unique.
        let empty = BTreeSet::new();
        let at = (row.node, door);
        if matches!(findings.graph.nodes[row.node].doors[door].kind, DoorKind::Identity(_))
            && !self.hers.contains_key(&at)
        {
            return false;
        }
        let hers = self.hers.get(&at).unwrap_or(&empty);
        let nobody = self.nobody.get(&at);
        self.values(findings, row, door).iter().any(|(_, v)| !hers.contains(v) && nobody != Some(v))
    }

    /// The fields of the record through which it is hers: the places of links and identities that name her.
    pub(super) fn fields_of_hers(&self, findings: &Findings<'_>, row: &Planned) -> Vec<FieldPath> {
        let node = &findings.graph.nodes[row.node];
        let mut out = Vec::new();
        for (d, door) in self.makers(node) {
            let Some(hers) = self.hers.get(&(row.node, d)) else { continue };
            for (fields, values) in self.values(findings, row, d) {
                if hers.contains(&values) {
                    out.extend(fields);
                    out.extend(door.fields.iter().filter(|f| !f.is_many()).cloned());
                }
            }
        }
        out.sort();
        out.dedup();
        out
    }

    /// Which elements of the list that a path goes through are hers: where a link or an identity stands in the list.
    pub(super) fn elements(&self, findings: &Findings<'_>, row: &Planned, path: &FieldPath) -> Elements {
        let Some(list) = path.steps().iter().position(|s| *s == Step::Each) else { return Elements(None) };
        let prefix = &path.steps()[..=list];
        let node = &findings.graph.nodes[row.node];
        let mut mine: Option<Vec<FieldPath>> = None;
        for (d, door) in node.doors.iter().enumerate() {
            let inside = |f: &FieldPath| f.steps().starts_with(prefix);
            let kind = matches!(door.kind, DoorKind::Link(_) | DoorKind::Identity(_));
            if !kind || door.open || !door.fields.iter().any(inside) {
                continue;
            }
            let Some(hers) = self.hers.get(&(row.node, d)) else { continue };
            let places = mine.get_or_insert_default();
            for (fields, values) in self.values(findings, row, d) {
                let element = |f: &FieldPath| {
                    let steps = f.steps().get(..=list)?;
                    let whole = FieldPath::of(prefix.to_vec());
                    let steps = FieldPath::of(steps.to_vec());
                    is_at(&whole, &steps).then_some(steps)
                };
                if hers.contains(&values) {
                    places.extend(fields.iter().filter_map(element));
                }
            }
        }
        Elements(mine)
    }

    /// What the record holds at a door: the fields, and their values in the door's normal form.
    fn values(&self, findings: &Findings<'_>, row: &Planned, door: usize) -> Vec<(Vec<FieldPath>, Values)> {
        let node = &findings.graph.nodes[row.node];
        let here = &node.doors[door];
        if !applies(&here.only, &row.record) {
            return Vec::new();
        }
        match way_to(findings, row.node, door) {
            Some(way) => held(findings, row, way).into_iter().map(|h| (h.fields, h.values)).collect(),
            None => {
                let country = node.source.default_country.as_deref();
                let [field] = here.fields.as_slice() else { return Vec::new() };
                let spots = row.record.spots(field).into_iter();
                let normal =
                    |(path, value)| Some((vec![path], vec![normal_of(value, here.form, country)?.into_owned()]));
                spots.filter_map(normal).collect()
            }
        }
    }
}

/// What a door is remembered by: the fields it starts from.
fn name(door: &Door) -> String {
    door.fields.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("+")
}

/// The way that leads to a door.
fn way_to(findings: &Findings<'_>, node: usize, door: usize) -> Option<Way> {
    findings.graph.nodes.iter().enumerate().find_map(|(from, there)| {
        let place = there.onward.iter().position(|w| (w.to, w.door) == (node, door))?;
        Some(Way { from, place })
    })
}

/// The ways on from a collection that are links of the map: their place, and the collection and door they lead to.
fn links_onward<'f>(findings: &'f Findings<'_>) -> impl Fn(&Node<'_>) -> Vec<(usize, usize, usize)> + 'f {
    |node| {
        let is_link = |(place, way): (usize, &crate::find::Onward)| {
            let door = &findings.graph.nodes[way.to].doors[way.door];
            matches!(door.kind, DoorKind::Link(_)).then_some((place, way.to, way.door))
        };
        node.onward.iter().enumerate().filter_map(is_link).collect()
    }
}
