//! What was found, added up by place: what a report says of it, without any value.

use serde::Serialize;
use std::collections::BTreeMap;

use super::scan::Scanner;
use super::sought::Sought;
use super::spelling::Coding;

/// An identifier of the person that stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The source.
    pub source: String,
    /// The table or collection, or the file.
    pub place: String,
    /// The field, where there are fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What kind of identifier.
    pub identity: String,
    /// How it is written: `plain`, `base64`, …
    pub coding: &'static str,
    /// How often.
    pub count: u64,
    /// The first places: keys of records, lines, offsets.
    pub examples: Vec<String>,
    /// Why it stays, where it does; why it counts as left, where that is not plain.
    pub reason: String,
    /// Who accepted that it stays, where somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// How many places are named.
const EXAMPLES: usize = 3;

/// Where something was found, and why it is there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub source: String,
    pub place: String,
    pub field: Option<String>,
    pub sought: usize,
    pub coding: Coding,
    pub reason: String,
}

/// Spots, each with how often and examples.
#[derive(Default)]
pub struct Tally(BTreeMap<Spot, (u64, Vec<String>)>);

impl Tally {
    /// Counts something.
    pub fn add(&mut self, spot: Spot, count: u64, example: Option<String>) {
        let (total, examples) = self.0.entry(spot).or_default();
        *total += count;
        if let Some(example) = example.filter(|e| examples.len() < EXAMPLES && !examples.contains(e)) {
            examples.push(example);
        }
    }

    /// Moves to another tally what fits.
    pub fn move_to(&mut self, other: &mut Tally, fits: &dyn Fn(&Spot) -> bool, reason: &str) {
        let (moved, stay) = std::mem::take(&mut self.0).into_iter().partition(|(spot, _)| fits(spot));
        self.0 = stay;
        let moved: BTreeMap<Spot, _> = moved;
        for (spot, (count, examples)) in moved {
            let (total, known) = other.0.entry(Spot { reason: reason.to_owned(), ..spot }).or_default();
            *total += count;
            known.extend(examples);
            known.truncate(EXAMPLES);
        }
    }

    /// How often an identifier was found in a source.
    pub fn count(&self, source: &str, sought: usize) -> u64 {
        let its = |spot: &Spot| spot.sought == sought && spot.source == source;
        self.0.iter().filter(|(spot, _)| its(spot)).map(|(_, (count, _))| count).sum()
    }

    /// For reports. Names of files, fields and keys may hold the identifier themselves: it is taken out.
    pub fn traces(self, sought: &[Sought], scanner: &Scanner) -> Vec<Trace> {
        let mut all: BTreeMap<_, (u64, Vec<String>)> = BTreeMap::new();
        for (spot, (count, examples)) in self.0 {
            let key = (
                spot.source,
                scanner.masked(&spot.place),
                spot.field.map(|f| scanner.masked(&f)),
                sought[spot.sought].kind.clone(),
                spot.coding.word(),
                spot.reason,
            );
            let (total, known) = all.entry(key).or_default();
            *total += count;
            known.extend(examples.iter().map(|e| scanner.masked(e)));
            known.truncate(EXAMPLES);
        }
        let trace = |((source, place, field, identity, coding, reason), (count, examples))| Trace {
            source,
            place,
            field,
            identity,
            coding,
            count,
            examples,
            reason,
            by: None,
        };
        all.into_iter().map(trace).collect()
    }
}
