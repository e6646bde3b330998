//! What a search from each identity reaches, and how far from it: the way `find` goes, on the map alone.
//!
//! A path has its weakest role; only own records are followed; an own record's unique identities join.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::{Collection, DataMap, Decision, Link, Role, SourceMap, Strength};

/// A collection's place: source and collection, by number.
pub(super) type At = (usize, usize);

/// How a collection is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached {
    /// Whether all on the way is decided.
    pub decided: bool,
    /// The closest role.
    pub role: Role,
}

/// Every collection that holds something of somebody, with its place.
pub(super) fn collections(map: &DataMap) -> impl Iterator<Item = (At, &SourceMap, &Collection)> {
    let numbered = map.sources.iter().enumerate();
    numbered.flat_map(|(s, source)| source.collections.iter().enumerate().map(move |(c, one)| ((s, c), source, one)))
}

/// What a search for that identity reaches.
pub(super) fn from_identity(map: &DataMap, identity: &str) -> BTreeMap<At, Reached> {
    let mut reached: BTreeMap<At, Reached> = BTreeMap::new();
    let mut identities: BTreeSet<&str> = [identity].into();
    loop {
        let mut more: Vec<(At, Reached)> = Vec::new();
        for (at, _, one) in collections(map) {
            if one.identities.iter().any(|(name, _)| identities.contains(name.as_str())) {
                more.push((at, Reached { decided: true, role: Role::Owner }));
            }
            more.extend(one.links.iter().filter_map(|link| Some((at, over(link, reached.get(&target(map, link)?)?)?))));
        }
        let before = (reached.clone(), identities.len());
        for (at, how) in more {
            let known = reached.entry(at).or_insert(how);
            *known = (*known).max(how);
        }
        for (at, how) in &reached {
            if *how == (Reached { decided: true, role: Role::Owner }) {
                let held = map.sources[at.0].collections[at.1].identities.iter().map(|(name, _)| name.as_str());
                identities.extend(held.filter(|name| is_unique(map, name)));
            }
        }
        if before == (reached.clone(), identities.len()) {
            return reached;
        }
    }
}

/// How the records of a link's collection are reached from the collection it leads to.
fn over(link: &Link, from: &Reached) -> Option<Reached> {
    if !from.role.is_own() || !from.decided {
        return None;
    }
    let role = if link.shared { link.role.min(Role::Shared) } else { link.role };
    Some(Reached { decided: link.decision != Decision::Open, role: role.min(from.role) })
}

fn is_unique(map: &DataMap, identity: &str) -> bool {
    map.identities.get(identity).is_some_and(|i| i.strength == Strength::Unique)
}

/// The collection a link leads to.
pub(super) fn target(map: &DataMap, link: &Link) -> Option<At> {
    let source = map.sources.iter().position(|s| s.name == link.to_source)?;
    let collection = map.sources[source].collections.iter().position(|c| c.name == link.to_collection)?;
    Some((source, collection))
}

/// How many links lie between each collection and people: 1 for those that hold identities.
pub(super) fn distances(map: &DataMap) -> BTreeMap<At, usize> {
    let starts = collections(map).filter(|(_, _, c)| c.person || !c.identities.is_empty());
    let mut distances: BTreeMap<At, usize> = starts.map(|(at, ..)| (at, 1)).collect();
    for distance in 2.. {
        let near = |link: &Link| target(map, link).is_some_and(|at| distances.contains_key(&at));
        let more = collections(map).filter(|(at, _, c)| !distances.contains_key(at) && c.links.iter().any(near));
        let more: Vec<At> = more.map(|(at, ..)| at).collect();
        if more.is_empty() {
            break;
        }
        distances.extend(more.into_iter().map(|at| (at, distance)));
    }
    distances
}
