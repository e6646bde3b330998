//! How each collection stands to people: what is theirs, over which links, in which role.
//!
//! The order: people and their subtypes; what refers to people; what belongs to that (in rounds); what these refer to
//! and is personal itself (addresses). Staff come after the firm's clients, so that what a client owns is a reference
//! for the employee who handled it. Everything else that refers to people is a reference.

use std::collections::BTreeSet;

use super::direct::Direct;
use super::refer::Reference;
use super::table::Table;
use super::vocabulary::names_staff;
use super::{chain, direct, kin, satellites};
use crate::map::{Role, Spelled};

/// A link as proposed.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// Fields of the collection it stands in.
    pub from: Vec<String>,
    /// The collection it leads to.
    pub to: usize,
    /// The fields there.
    pub to_columns: Vec<String>,
    /// What the person there is to the record here.
    pub role: Role,
    /// Whether it may be taken without a person.
    pub sure: bool,
    /// The evidence.
    pub because: String,
    /// Holds only for records with one of these values in this field.
    pub only: Option<(String, Vec<String>)>,
    /// How each side spells what both mean.
    pub spelled: Spelled,
    /// The reference it was made of, where it runs the same way.
    pub reference: Option<usize>,
}

/// How one collection stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// One record a person.
    pub person: bool,
    /// Records of it are somebody's own (if only over links that are still open).
    pub owned: bool,
    /// They may be several people's together: addresses.
    pub satellite: bool,
    /// A record is of several people: a message, a dispute.
    pub several: bool,
    /// Identifiers in it find people by themselves: subscribers without an account.
    pub root: bool,
    /// Each record names a human, though several may name the same: a traveller's journeys.
    pub names_people: bool,
    /// How many links away from a person.
    pub depth: usize,
    /// Its links.
    pub ties: Vec<Tie>,
}

/// What drafting knows when it looks for links.
pub(super) struct Seen<'a> {
    pub tables: &'a [Table],
    pub references: &'a [Reference],
}

impl Seen<'_> {
    /// References that stand in a collection and lead to another.
    pub fn from(&self, t: usize) -> impl Iterator<Item = (usize, &Reference)> {
        self.references.iter().enumerate().filter(move |(_, r)| r.from == t)
    }

    /// A link that runs as the reference does.
    pub fn tie(&self, reference: usize, role: Role) -> Tie {
        let r = &self.references[reference];
        Tie {
            from: r.from_columns.clone(),
            to: r.to,
            to_columns: r.to_columns.clone(),
            role,
            sure: r.sure,
            because: r.because.clone(),
            only: r.only.clone(),
            spelled: r.spelled.clone(),
            reference: Some(reference),
        }
    }

    /// A link against the direction of the reference: from what is referred to, to what refers to it.
    pub fn back(&self, reference: usize, role: Role) -> Tie {
        let r = &self.references[reference];
        let name = self.tables[r.from].name();
        Tie {
            from: r.to_columns.clone(),
            to: r.from,
            to_columns: r.from_columns.clone(),
            role,
            sure: r.sure && r.only.is_none(),
            because: format!("{name}.{} refers to it ({})", r.from_columns.join("+"), r.because),
            only: None,
            spelled: r.spelled.turned(),
            reference: None,
        }
    }
}

/// Works out how every collection stands.
pub(super) fn standings(seen: &Seen<'_>, persons: &[bool]) -> Vec<Standing> {
    let mut all: Vec<Standing> =
        persons.iter().map(|person| Standing { person: *person, owned: *person, ..Standing::default() }).collect();
    kin::settle(seen, &mut all);
    let staff = |t: usize, all: &[Standing]| all[t].person && names_staff(&seen.tables[t].words);
    let employees: BTreeSet<usize> = (0..all.len()).filter(|t| staff(*t, &all)).collect();
    let clients = (0..all.len()).any(|t| all[t].person && !employees.contains(&t));
    for round in if clients { [false, true].as_slice() } else { [true].as_slice() } {
        let direct = Direct { seen, staff: &employees, with_staff: *round };
        for t in 0..all.len() {
            direct.settle(t, &mut all);
        }
        roots(seen, &mut all);
        loop {
            let moved = chain::round(seen, &mut all, &employees, *round)
                | satellites::round(seen, &mut all)
                | satellites::between(seen, &mut all);
            if !moved {
                break;
            }
        }
    }
    satellites::complete(seen, &mut all);
    kin::find_from_identities(seen, &mut all);
    direct::references(seen, &mut all);
    super::weak::propose(seen, &mut all);
    all
}

/// Collections with an address of their own, that nobody owns: whoever is found in them by it is the owner.
fn roots(seen: &Seen<'_>, all: &mut [Standing]) {
    for (t, standing) in all.iter_mut().enumerate() {
        if !standing.owned && super::identities::finds_people(&seen.tables[t]) {
            standing.owned = true;
            standing.root = true;
        }
    }
}
