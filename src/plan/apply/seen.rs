//! What stands at the keys of changes, counted as it streams by: is a record as before the plan, as after it, or neither?
//! Pure; nothing here keeps a record.

use std::collections::BTreeMap;

use crate::plan::{Action, Change};
use crate::record::{Key, Record, Value};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum State {
    Before,
    After,
    Neither,
}

/// How many records get a content, by collection: several may come to look alike.
pub(super) type Arrivals<'a> = BTreeMap<(&'a str, &'a Key), u64>;

pub(super) fn arrivals<'a>(changes: &[&'a Change]) -> Arrivals<'a> {
    let mut arrivals = Arrivals::new();
    for change in changes.iter().filter(|c| c.action != Action::Delete) {
        let key = change.key_after.as_ref().unwrap_or(&change.key);
        if matches!(key, Key::Content(_)) {
            *arrivals.entry((change.collection.as_str(), key)).or_default() += change.count;
        }
    }
    arrivals
}

/// What stands at a change's key, and at its key afterwards: how many records, and how many of them are as they were, or
/// as they are to be.
#[derive(Clone, Default)]
pub(super) struct Seen {
    here: u64,
    as_before: u64,
    there: u64,
    as_planned: u64,
}

impl Seen {
    pub fn take(&mut self, change: &Change, record: &Record, here: bool, there: bool) {
        if here {
            self.here += 1;
            self.as_before += u64::from(record.digest() == change.before);
        }
        if there {
            self.there += 1;
            self.as_planned += u64::from(is_as_planned(change, record));
        }
    }
}

pub(super) fn state(change: &Change, seen: &Seen, arrivals: &Arrivals<'_>) -> State {
    if seen.here == change.count && seen.as_before == seen.here {
        return State::Before;
    }
    let arrived = |key: &Key| arrivals.get(&(change.collection.as_str(), key)).copied();
    let after = match change.action {
        Action::Delete => seen.here == arrived(&change.key).unwrap_or(0),
        _ => {
            // Records that looked so before may be among those that look so now.
            let key_after = change.key_after.as_ref().unwrap_or(&change.key);
            let there = arrived(key_after).map_or(seen.there == change.count, |arrived| seen.there >= arrived);
            there && seen.as_planned == seen.there
        }
    };
    if after { State::After } else { State::Neither }
}

/// Whether the record has the values the change gives it.
pub(in crate::plan) fn is_as_planned(change: &Change, record: &Record) -> bool {
    change.after.iter().all(|(field, value)| {
        let now = record.at(field);
        now.iter().all(|now| *now == value) && (!now.is_empty() || value.is_null())
    })
}

/// What stands in the columns of [`Change::near`] afterwards.
pub(super) fn near_after(change: &Change) -> Option<Key> {
    let Some(Key::Columns(parts)) = &change.near else { return None };
    let now = |(name, value): &(String, Value)| {
        let set = change.after.iter().find(|(field, _)| field.root() == name);
        (name.clone(), set.map_or_else(|| value.clone(), |(_, value)| value.clone()))
    };
    let parts: Vec<_> = parts.iter().map(now).filter(|(_, value)| !value.is_null()).collect();
    (!parts.is_empty()).then_some(Key::Columns(parts))
}
