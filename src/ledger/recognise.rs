//! Reads a source once and says which of its records are of somebody who was erased. Thousands of people cost no more
//! than one: each identifier and key is hashed as it goes by, and looked up.

use super::Remembered;
use super::tag::{Hide, content_tag, identity_tag, key_tag};
use crate::error::Result;
use crate::find::{Node, Opened, everything, is_unique, key_of};
use crate::map::{DataMap, Role};
use crate::plan::date::{Moment, moment};
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::question::normal_of;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A record that is, or may be, of somebody who was erased.
pub struct Hit {
    /// Whose, among those remembered.
    pub person: u32,
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Whether it is one of a person collection.
    pub is_person: bool,
    /// Its key.
    pub key: Key,
    /// What it was to the person, where its key was erased.
    pub role: Option<Role>,
    /// By what it was somebody else's as well, where its key was erased.
    pub others: Vec<String>,
    /// Whether it is, byte for byte, what was erased.
    pub same: bool,
    /// Whether it is, byte for byte, what the erasure left.
    pub left: bool,
    /// The identifiers of that person it holds: identity and normal form.
    pub identities: Vec<(String, String)>,
    /// Whether it holds identifiers, and none of that person.
    pub of_another: bool,
    /// When it came to be.
    pub dated: Option<Moment>,
}

/// Reads the sources for which `wanted` holds, and gives `sink` each record that is of somebody remembered; gives back
/// what could not be read.
pub fn recognise(
    map: &DataMap,
    times: &Times,
    remembered: &Remembered,
    hide: &dyn Hide,
    wanted: &dyn Fn(&Node<'_>) -> bool,
    sink: &mut dyn FnMut(Hit),
) -> Result<Vec<Problem>> {
    let mut hits = Vec::new();
    everything(map, Opened::all(map), wanted, &mut |node, found| {
        look(map, times, remembered, hide, node, &found.record, &mut hits);
        hits.drain(..).for_each(&mut *sink);
        Ok(())
    })
}

fn look(
    map: &DataMap,
    times: &Times,
    remembered: &Remembered,
    hide: &dyn Hide,
    node: &Node<'_>,
    record: &Record,
    hits: &mut Vec<Hit>,
) {
    let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
    let mut held = 0;
    let mut known: Vec<(u32, String, String)> = Vec::new();
    // An identity that is the record's key proves no more than the key does: it may be given to somebody else.
    let is_key = |field: &FieldPath| node.collection.key.iter().any(|k| k == field.as_str());
    let mut proven: Vec<u32> = Vec::new();
    let unique = node.collection.identities.iter().filter(|(name, _)| is_unique(map, name));
    for (name, field) in unique {
        let Some(identity) = map.identities.get(name) else { continue };
        for value in record.at(field) {
            let Some(normal) = normal_of(value, identity.normal, node.source.default_country.as_deref()) else {
                continue;
            };
            held += usize::from(!is_key(field));
            if let Some(person) = remembered.holder(&identity_tag(hide, name, &normal)) {
                proven.extend((!is_key(field)).then_some(person));
                known.push((person, name.clone(), normal.into_owned()));
            }
        }
    }
    let key = remembered.has_records().then(|| key_of(node, record));
    let by_key: Vec<(u32, super::Gone)> = match &key {
        Some(key) => remembered
            .held(&key_tag(hide, source, collection, key))
            .map(|(person, gone)| (person, gone.clone()))
            .collect(),
        None => Vec::new(),
    };
    if known.is_empty() && by_key.is_empty() {
        return;
    }
    let content = (!by_key.is_empty()).then(|| content_tag(hide, source, collection, &record.digest()));
    let mut persons: Vec<u32> = known.iter().map(|(p, ..)| *p).chain(by_key.iter().map(|(p, _)| *p)).collect();
    persons.sort_unstable();
    persons.dedup();
    let dated = dated(node, record, times);
    for person in persons {
        let gone = || by_key.iter().filter(|(p, _)| *p == person).map(|(_, gone)| gone);
        let identities: Vec<(String, String)> = known
            .iter()
            .filter(|(p, ..)| *p == person)
            .map(|(_, name, normal)| (name.clone(), normal.clone()))
            .collect();
        hits.push(Hit {
            person,
            source: source.to_owned(),
            collection: collection.to_owned(),
            is_person: node.collection.person,
            key: key.clone().unwrap_or_else(|| key_of(node, record)),
            role: gone().map(|g| g.role).max(),
            others: gone().flat_map(|g| g.others.clone()).collect(),
            same: gone().any(|g| Some(g.before) == content),
            left: gone().any(|g| g.after.is_some() && g.after == content),
            of_another: held > 0 && !proven.contains(&person),
            identities,
            dated,
        });
    }
}

/// The clock and the calendar, as arguments.
pub struct Times {
    /// The controller's time zone.
    pub zone: TimeZone,
    /// Now.
    pub now: Timestamp,
}

/// When a record came to be, as far as its fields say; the earliest, where they say several. The field that starts a
/// retention period stands in where none is named; what lies in the future says nothing.
pub fn dated(node: &Node<'_>, record: &Record, times: &Times) -> Option<Moment> {
    let named = node.collection.dated.as_ref();
    let field = named.or(node.collection.retain.as_ref().and_then(|r| r.from.as_ref()))?;
    let moments = record.at(field).into_iter().filter(|v: &&Value| !v.is_null()).filter_map(moment);
    let earliest = moments.min_by_key(|m| m.earliest(&times.zone));
    earliest.filter(|m| m.earliest(&times.zone) <= times.now)
}
