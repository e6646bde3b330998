//! What was done to the log: finds removed, changed, forged, moved entries and a cut tail, and names them.
//!
//! The seal of an entry (its tag over its chain value) says that Redress wrote it; the number in its content says
//! where it belongs. So each entry is judged by itself first, and the order of the genuine ones after. A cut tail
//! leaves no trace inside: heads kept elsewhere show it. Nothing is repaired here.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::chain::{Head, LogEntry, Row};
use crate::record::Digest;
use crate::register::keys::Secret;

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// How many entries stand in the log.
    pub entries: u64,
    /// The head as it stands, which proves nothing if there are faults.
    pub head: Head,
    /// How many heads kept elsewhere were compared.
    pub heads: usize,
    /// What is wrong, by entry number; empty: nothing.
    pub faults: Vec<Fault>,
}

impl LogReport {
    /// Whether the log is as it was written.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// One thing that is wrong with one entry, or with several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The first entry.
    pub from: u64,
    /// The last entry.
    pub to: u64,
    /// What is wrong with them.
    pub what: What,
}

/// What can be wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It was there: its neighbours are.
    Removed,
    /// It was there: a head kept elsewhere names it or a later one.
    Cut,
    /// It is not what was written.
    Changed,
    /// It fits the chain, but this workspace's log key did not seal it.
    Forged,
    /// It stands where it does not belong.
    Moved,
    /// It stands there more than once.
    Repeated,
    /// It is genuine, but written after another history than the one before it.
    Unlinked,
    /// A head kept elsewhere names another entry of that number: it, or one before it, was replaced.
    Replaced,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = self.from != self.to;
        match many {
            true => write!(f, "entries {} to {} ", self.from, self.to)?,
            false => write!(f, "entry {} ", self.from)?,
        }
        f.write_str(match (self.what, many) {
            (What::Removed, false) => "is missing",
            (What::Removed, true) => "are missing",
            (What::Cut, false) => "is missing at the end: a head kept elsewhere reaches further",
            (What::Cut, true) => "are missing at the end: a head kept elsewhere reaches further",
            (What::Changed, false) => "was changed after it was written",
            (What::Changed, true) => "were changed after they were written",
            (What::Forged, false) => "was not sealed with this workspace's log key: it was rewritten",
            (What::Forged, true) => "were not sealed with this workspace's log key: they were rewritten",
            (What::Moved, false) => "stands out of its order",
            (What::Moved, true) => "stand out of their order",
            (What::Repeated, false) => "stands there more than once",
            (What::Repeated, true) => "stand there more than once",
            (What::Unlinked, false) => "does not follow from the entry before it",
            (What::Unlinked, true) => "do not follow from the entries before them",
            (What::Replaced, false) => "is not the one a head kept elsewhere names: it or an earlier one was replaced",
            (What::Replaced, true) => "are not the ones heads kept elsewhere name: they or earlier ones were replaced",
        })
    }
}

/// What is remembered of the row before.
struct Before {
    seq: u64,
    /// Its chain value, where it is genuine.
    chain: Option<Digest>,
}

/// Reads a log from the first row to the last.
pub(in crate::register) struct Checker<'a> {
    key: Option<&'a Secret>,
    heads: BTreeMap<u64, BTreeSet<Digest>>,
    before: Before,
    head: Head,
    /// Number and place of every row, in order of places.
    order: Vec<(u64, u64)>,
    faults: BTreeSet<(u64, What)>,
}

impl<'a> Checker<'a> {
    /// Without the key, what only the seal shows is not looked for. Every head must be one of the log's.
    pub fn new(key: Option<&'a Secret>, heads: &[Head]) -> Self {
        let mut by_seq: BTreeMap<u64, BTreeSet<Digest>> = BTreeMap::new();
        for head in heads {
            by_seq.entry(head.seq).or_default().insert(head.chain);
        }
        let mut checker = Checker {
            key,
            heads: by_seq,
            before: Before { seq: 0, chain: Some(Head::EMPTY.chain) },
            head: Head::EMPTY,
            order: Vec::new(),
            faults: BTreeSet::new(),
        };
        checker.compare(Head::EMPTY);
        checker
    }

    /// Takes the next row, in order of places.
    pub fn row(&mut self, row: &Row) {
        let sealed = self.key.is_none_or(|key| row.is_sealed(key));
        let (head, genuine) = match row.whole() {
            Some((entry, head)) => {
                self.compare(head);
                self.linked(&entry, sealed);
                (head, sealed)
            }
            // What it says of itself counts for nothing: it is called by its place.
            None => {
                self.fault(row.place, What::Changed);
                (Head { seq: row.place, chain: Head::EMPTY.chain }, false)
            }
        };
        self.order.push((head.seq, row.place));
        self.head = head;
        self.before = Before { seq: head.seq, chain: genuine.then_some(head.chain) };
    }

    /// An entry that fits its own chain value.
    fn linked(&mut self, entry: &LogEntry, sealed: bool) {
        if !sealed {
            self.fault(entry.seq, What::Forged);
            return;
        }
        let follows = self.before.seq.checked_add(1) == Some(entry.seq);
        if follows && self.before.chain.is_some_and(|chain| chain != entry.previous) {
            self.fault(entry.seq, What::Unlinked);
        }
    }

    fn compare(&mut self, head: Head) {
        let known = self.heads.get(&head.seq);
        if known.is_some_and(|chains| chains.iter().any(|chain| *chain != head.chain)) {
            self.fault(head.seq, What::Replaced);
        }
    }

    fn fault(&mut self, seq: u64, what: What) {
        self.faults.insert((seq, what));
    }

    /// What can be said once all rows were seen.
    pub fn finish(mut self) -> LogReport {
        let mut sorted: Vec<u64> = self.order.iter().map(|(seq, _)| *seq).collect();
        sorted.sort_unstable();
        let mut faults = self.missing(&sorted);
        self.out_of_order(&sorted, faults.is_empty());
        faults.extend(merge(&self.faults));
        faults.sort_unstable();
        LogReport {
            entries: self.order.len() as u64,
            head: self.head,
            heads: self.heads.values().map(BTreeSet::len).sum(),
            faults,
        }
    }

    /// The numbers nothing stands for. They are ranges from the start: a forged number may be as large as it likes.
    fn missing(&self, sorted: &[u64]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut last = 0;
        for &seq in sorted {
            if seq.saturating_sub(last) > 1 {
                faults.push(Fault { from: last + 1, to: seq - 1, what: What::Removed });
            }
            last = seq;
        }
        if let Some((&seq, _)) = self.heads.last_key_value()
            && seq > last
        {
            faults.push(Fault { from: last + 1, to: seq, what: What::Cut });
        }
        faults
    }

    fn out_of_order(&mut self, sorted: &[u64], complete: bool) {
        for (i, (seq, place)) in std::mem::take(&mut self.order).into_iter().enumerate() {
            if sorted.get(i) != Some(&seq) || (complete && seq != place) {
                self.fault(seq, What::Moved);
            }
            self.order.push((seq, place));
        }
        for pair in sorted.windows(2) {
            if pair[0] == pair[1] {
                self.fault(pair[0], What::Repeated);
            }
        }
    }
}

/// Faults of one kind on entries in a row, as one.
fn merge(faults: &BTreeSet<(u64, What)>) -> Vec<Fault> {
    let mut sorted: Vec<_> = faults.iter().map(|(seq, what)| (*what, *seq)).collect();
    sorted.sort_unstable();
    let mut merged: Vec<Fault> = Vec::new();
    for (what, seq) in sorted {
        match merged.last_mut() {
            Some(last) if last.what == what && last.to + 1 == seq => last.to = seq,
            _ => merged.push(Fault { from: seq, to: seq, what }),
        }
    }
    merged
}
