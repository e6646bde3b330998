//! What the search remembers: which records tie to whom and why, and what is still to be asked.

use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::num::NonZeroU32;

use super::codec;
use super::graph::Node;
use super::spool::Spool;
use crate::map::{Collection, Role, SourceMap};
use crate::record::{Key, Record};
use crate::source::{Shape, Wanted};

/// A record remembered: the collection's place and the record's place in it.
pub type EntryRef = (u32, u32);

/// Why a record belongs to a subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The subject.
    pub subject: u32,
    /// The weakest role on the path.
    pub role: Role,
    /// Nobody has decided a link on the path.
    pub open: bool,
    /// The door it came through, in its collection.
    pub door: u16,
    /// The record the value came from; none where the request named it.
    pub parent: Option<EntryRef>,
    /// The collection's links that led here, as bits (links beyond 64 are not told apart from none).
    pub links: u64,
}

impl Tie {
    /// Whether the record is the subject's own: exported, followed.
    pub fn is_own(&self) -> bool {
        self.role.is_own() && !self.open
    }

    /// Whether it says more than the other.
    pub fn is_closer_than(&self, other: &Tie) -> bool {
        rank(self.role, self.open) > rank(other.role, other.open)
    }
}

/// How much a tie says: the subject's own most; then what may be once somebody decides, for it must not pass for
/// another's; then what is another's.
fn rank(role: Role, open: bool) -> (bool, bool, Role) {
    (role.is_own() && !open, open, role)
}

/// Adds a tie to those of a record: one a subject, the best. Says whether the record has become the subject's own,
/// or its role there has grown, so that it must be followed (again).
pub fn merge(ties: &mut Vec<Tie>, tie: Tie) -> bool {
    match ties.iter_mut().find(|t| t.subject == tie.subject) {
        None => {
            // Nearly always there is one.
            ties.reserve_exact(1);
            ties.push(tie);
            tie.is_own()
        }
        Some(known) => {
            let links = known.links | tie.links;
            let grows = tie.is_closer_than(known);
            if grows {
                *known = tie;
            }
            known.links = links;
            grows && known.is_own()
        }
    }
}

/// A record of a collection that others are reached from. There may be very many: its key is kept as bytes, by the
/// collection ([`NodeState::key`]).
pub struct Entry {
    /// Where its key begins, and how long it is.
    key: (u64, u32),
    /// The entry before it whose hash is the same.
    same: Option<NonZeroU32>,
    /// How many identical records.
    pub count: u64,
    /// Counted in this question so far.
    pub seen: u64,
    /// To whom it ties.
    pub ties: Vec<Tie>,
}

/// What one value that is asked for stands for.
#[derive(Clone, Copy)]
pub struct Tag {
    /// The subject.
    pub subject: u32,
    /// The role so far.
    pub role: Role,
    /// Whether a link so far is open.
    pub open: bool,
    /// The record the value came from.
    pub parent: Option<EntryRef>,
}

/// The values to ask for at one door.
pub struct Pending {
    /// The values.
    pub wanted: Wanted,
    first: Vec<Tag>,
    more: FxHashMap<u32, Vec<Tag>>,
}

impl Pending {
    /// Nothing to ask yet, of values of `width` parts.
    pub fn new(width: usize) -> Self {
        Pending { wanted: Wanted::new(width), first: Vec::new(), more: FxHashMap::default() }
    }

    /// Asks for the value of that number (just added to `wanted`) for one more reason.
    pub fn tag(&mut self, id: u32, tag: Tag) {
        if id as usize == self.first.len() {
            return self.first.push(tag);
        }
        let same = |t: &Tag| t.subject == tag.subject && t.role == tag.role && t.open == tag.open;
        if !self.tags(id).any(same) {
            self.more.entry(id).or_default().push(tag);
        }
    }

    /// What the value of that number stands for.
    pub fn tags(&self, id: u32) -> impl Iterator<Item = &Tag> {
        self.first.get(id as usize).into_iter().chain(self.more.get(&id).into_iter().flatten())
    }
}

/// What is known of one collection.
#[derive(Default)]
pub struct NodeState {
    /// Records, where others are reached from them.
    pub entries: Vec<Entry>,
    /// Keys of the entries, as bytes.
    keys: Vec<u8>,
    /// The last entry of each hash, counted from 1.
    last: FxHashMap<u64, NonZeroU32>,
    /// The records themselves.
    pub spool: Spool,
    /// What to ask, by door.
    pub pending: HashMap<usize, Pending>,
    /// Values asked before, by door, subject and role: never asked twice for the same reason.
    asked: FxHashMap<u64, (Role, bool)>,
    /// Records whose key another record has too.
    pub doubled: u64,
}

impl NodeState {
    /// Whether there is anything to ask.
    pub fn has_pending(&self) -> bool {
        self.pending.values().any(|p| !p.wanted.is_empty())
    }

    /// The entry for a record found, and whether it is new. Identical records are one entry with a count; records
    /// that differ under one key are entries of their own.
    pub fn entry(&mut self, key: &Key, record: &Record) -> (u32, bool) {
        let mut bytes = Vec::with_capacity(128);
        codec::put_key(&mut bytes, key);
        let length = bytes.len();
        let hash = hash(&mut bytes, key, record);
        let last = self.last.get(&hash).copied();
        let mut place = last;
        while let Some(n) = place {
            if *self.key_bytes(n.get() - 1) == bytes[..length] {
                let entry = &mut self.entries[n.get() as usize - 1];
                entry.seen += 1;
                entry.count = entry.count.max(entry.seen);
                return (n.get() - 1, false);
            }
            place = self.entries[n.get() as usize - 1].same;
        }
        let place = self.entries.len() as u32;
        self.last.extend(NonZeroU32::new(place + 1).map(|n| (hash, n)));
        let at = (self.keys.len() as u64, length as u32);
        self.keys.extend_from_slice(&bytes[..length]);
        self.entries.push(Entry { key: at, same: last, count: 1, seen: 1, ties: Vec::new() });
        (place, true)
    }

    fn key_bytes(&self, place: u32) -> &[u8] {
        let (start, length) = self.entries[place as usize].key;
        &self.keys[start as usize..][..length as usize]
    }

    /// The key of an entry.
    pub fn key(&self, place: u32) -> Key {
        let key = codec::get_key(&mut self.key_bytes(place));
        // What was put in comes out, as the codec's tests hold.
        key.unwrap_or(Key::Columns(Vec::new()))
    }

    /// Starts a new question: identical records are counted afresh.
    pub fn start_question(&mut self) {
        self.entries.iter_mut().for_each(|e| e.seen = 0);
    }

    /// Whether this value was asked for this subject in at least this role before; remembers it now.
    pub fn was_asked(&mut self, door: usize, value: &str, tag: &Tag) -> bool {
        let mut hasher = DefaultHasher::new();
        (door, value, tag.subject).hash(&mut hasher);
        let mine = (tag.role, tag.open);
        match self.asked.get_mut(&hasher.finish()) {
            Some((role, open)) if rank(*role, *open) >= rank(mine.0, mine.1) => true,
            Some(known) => {
                *known = mine;
                false
            }
            None => {
                self.asked.insert(hasher.finish(), mine);
                false
            }
        }
    }
}

/// The hash of a record; `bytes` hold its key and serve as scratch.
fn hash(bytes: &mut Vec<u8>, key: &Key, record: &Record) -> u64 {
    if let Key::Columns(_) = key {
        for (name, value) in record.names.iter().zip(&record.values) {
            codec::put_bytes(bytes, name.as_bytes());
            codec::put_value(bytes, value);
        }
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// The key the map gives a record; its content where the map names none, or where a key column is missing or null.
pub fn key_of(node: &Node<'_>, record: &Record) -> Key {
    record_key(node.source, node.collection, node.shape.as_ref(), record)
}

/// The same, of a record of that collection.
pub fn record_key(source: &SourceMap, collection: &Collection, shape: Option<&Shape>, record: &Record) -> Key {
    let columns = &collection.key;
    let content = || Key::Content(shape.map_or_else(|| record.digest(), |s| s.content(record)));
    if columns.is_empty() {
        return content();
    }
    let mut parts = Vec::with_capacity(columns.len());
    for column in columns {
        let path = source.field_path(column);
        match record.at(&path).as_slice() {
            [value] if !value.is_null() => parts.push((column.clone(), (*value).clone())),
            _ => return content(),
        }
    }
    Key::Columns(parts)
}

impl NodeState {
    /// Asks for one more value at a door, unless it was asked for the same reason before.
    pub fn ask(&mut self, door: usize, tuple: &[std::borrow::Cow<'_, str>], tag: Tag) {
        let mut joined = String::new();
        let asked = match tuple {
            [one] => self.was_asked(door, one, &tag),
            parts => {
                parts.iter().for_each(|p| joined.push_str(&format!("{}:{p}", p.len())));
                self.was_asked(door, &joined, &tag)
            }
        };
        if asked {
            return;
        }
        let pending = self.pending.entry(door).or_insert_with(|| Pending::new(tuple.len()));
        let id = pending.wanted.add_parts(tuple);
        pending.tag(id, tag);
    }

    /// Takes a record of a collection nothing leads on from: straight into the spool, with its ties.
    pub fn stream(&mut self, key: Key, found: &crate::source::Found, ties: &[Tie]) -> crate::error::Result<()> {
        let mut best: Vec<Tie> = Vec::with_capacity(1);
        for tie in ties {
            merge(&mut best, *tie);
        }
        let mut note = Vec::with_capacity(best.len() * TIE_BYTES);
        best.iter().for_each(|t| put_tie(&mut note, t));
        self.spool.push(&key, &found.record, found.line, &note)
    }

    /// Ends the search of this collection: lets go of what only the search needed.
    pub fn seal(&mut self) -> crate::error::Result<()> {
        (self.last, self.pending, self.asked) = Default::default();
        self.spool.seal()
    }

    /// How many records share their column key with another, different record.
    pub fn doubled_keys(&self) -> u64 {
        let is_column = |place: &u32| !codec::is_content_key(self.key_bytes(*place));
        let mut places: Vec<u32> = (0..self.entries.len() as u32).filter(is_column).collect();
        let identical = places.iter().filter(|p| self.entries[**p as usize].count > 1).count();
        places.sort_unstable_by(|a, b| self.key_bytes(*a).cmp(self.key_bytes(*b)));
        let same = |w: &&[u32]| self.key_bytes(w[0]) == self.key_bytes(w[1]);
        self.doubled + places.windows(2).filter(same).count() as u64 + identical as u64
    }
}

const TIE_BYTES: usize = 4 + 1 + 1 + 2 + 1 + 8 + 8;

fn put_tie(out: &mut Vec<u8>, tie: &Tie) {
    out.extend(tie.subject.to_le_bytes());
    out.push(tie.role as u8);
    out.push(u8::from(tie.open));
    out.extend(tie.door.to_le_bytes());
    out.push(u8::from(tie.parent.is_some()));
    let (node, place) = tie.parent.unwrap_or_default();
    out.extend(node.to_le_bytes());
    out.extend(place.to_le_bytes());
    out.extend(tie.links.to_le_bytes());
}

/// The ties a streamed row carries.
pub(super) fn ties_of(note: &[u8]) -> Vec<Tie> {
    let u32_at = |c: &[u8], i: usize| u32::from_le_bytes([c[i], c[i + 1], c[i + 2], c[i + 3]]);
    note.chunks_exact(TIE_BYTES)
        .map(|c| Tie {
            subject: u32_at(c, 0),
            role: Role::ALL[usize::from(c[4]).min(Role::ALL.len() - 1)],
            open: c[5] != 0,
            door: u16::from_le_bytes([c[6], c[7]]),
            parent: (c[8] != 0).then(|| (u32_at(c, 9), u32_at(c, 13))),
            links: u64::from(u32_at(c, 17)) | u64::from(u32_at(c, 21)) << 32,
        })
        .collect()
}
