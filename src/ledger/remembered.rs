//! What the register remembers of erased people, as the search for them takes it.

use jiff::Timestamp;
use std::collections::HashMap;

use super::Tag;
use crate::map::Role;

/// A record that was erased: deleted, or its personal fields emptied.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// Its key.
    pub key: Tag,
    /// The whole record as it was.
    pub before: Tag,
    /// The whole record as it was left; none where it went.
    pub after: Option<Tag>,
    /// What it was to the person.
    pub role: Role,
    /// The links and identities by which it was somebody else's as well: each the fields it starts from, joined by `+`.
    pub others: Vec<String>,
}

/// One erasure of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The number of the plan.
    pub plan: u32,
    /// When.
    pub erased: Timestamp,
    /// Their identifiers.
    pub identities: Vec<Tag>,
    /// Their records.
    pub records: Vec<Gone>,
}

/// Everybody remembered. Erasures of one person, told by a common identifier or record, are one.
#[derive(Default)]
pub struct Remembered {
    /// By erasure: the first erasure of the same person; itself where it is that.
    first: Vec<u32>,
    plans: Vec<u32>,
    erased: Vec<Timestamp>,
    identities: HashMap<Tag, u32>,
    records: HashMap<Tag, Vec<(u32, Gone)>>,
}

impl Remembered {
    /// Adds one erasure.
    pub fn add(&mut self, known: Known) {
        let person = self.first.len() as u32;
        self.first.push(person);
        self.plans.push(known.plan);
        self.erased.push(known.erased);
        for tag in known.identities {
            match self.identities.get(&tag).copied() {
                Some(other) => self.unite(person, other),
                None => drop(self.identities.insert(tag, person)),
            }
        }
        for gone in known.records {
            self.records.entry(gone.key).or_default().push((person, gone));
        }
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (first, other) = (a.min(b), a.max(b));
        self.first[other as usize] = first;
        let latest = self.erased[first as usize].max(self.erased[other as usize]);
        self.erased[first as usize] = latest;
    }

    fn root(&self, mut person: u32) -> u32 {
        while self.first[person as usize] != person {
            person = self.first[person as usize];
        }
        person
    }

    /// Whether nobody is remembered.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// How many erasures.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Who held the identifier.
    pub fn holder(&self, tag: &Tag) -> Option<u32> {
        self.identities.get(tag).map(|person| self.root(*person))
    }

    /// Who held a record of that key, with what is known of it.
    pub fn held(&self, tag: &Tag) -> impl Iterator<Item = (u32, &Gone)> {
        self.records.get(tag).into_iter().flatten().map(|(person, gone)| (self.root(*person), gone))
    }

    /// Whether no record is remembered, so that keys need not be looked at.
    pub fn has_records(&self) -> bool {
        !self.records.is_empty()
    }

    /// The plans by which the person was erased.
    pub fn plans(&self, person: u32) -> impl Iterator<Item = u32> {
        let root = self.root(person);
        (0..self.first.len() as u32).filter(move |p| self.root(*p) == root).map(|p| self.plans[p as usize])
    }

    /// When the person was last erased.
    pub fn erased(&self, person: u32) -> Timestamp {
        self.erased[self.root(person) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(erased: &str, identities: &[u8]) -> Known {
        let tags = identities.iter().map(|n| Tag([*n; 16])).collect();
        Known { plan: 1, erased: erased.parse().unwrap(), identities: tags, records: Vec::new() }
    }

    #[test]
    fn erasures_of_one_person_are_one_and_the_last_counts() {
        let mut all = Remembered::default();
        all.add(known("2025-01-01T00:00:00Z", &[1, 2]));
        all.add(known("2025-02-01T00:00:00Z", &[3]));
        all.add(known("2026-01-01T00:00:00Z", &[2, 4]));
        let holder = |n: u8| all.holder(&Tag([n; 16]));
        assert_eq!((holder(1), holder(2), holder(4)), (Some(0), Some(0), Some(0)));
        assert_eq!((holder(3), holder(5)), (Some(1), None));
        assert_eq!(all.erased(0).to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(all.erased(1).to_string(), "2025-02-01T00:00:00Z");
    }
}
