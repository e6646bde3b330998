//! Who is back: from the records recognised to the people whose erasure is planned again, and to what a person must
//! decide on. Pure.
//!
//! What came to be after the erasure is of somebody who came back, and not planned. What has only the key of an erased
//! record may be somebody else's by now.

use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

use super::recognise::{Hit, Times};
use super::remembered::Remembered;
use crate::map::Role;
use crate::record::Key;
use crate::resolve::{KnownRecord, PersonRecord, Subject};

/// Somebody whose erasure is planned again.
pub struct Returned {
    /// As far as the restored source tells.
    pub subject: Subject,
    /// Who, among those remembered.
    pub person: u32,
    /// When they were erased.
    pub erased: Timestamp,
    /// Whether something of them came to be after that.
    pub back: bool,
    /// Records of theirs that the search may not reach, because what led there is not restored.
    pub alone: Vec<KnownRecord>,
}

/// A record somebody must decide on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decide {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key.
    #[serde(skip)]
    pub key: Key,
    /// Stable, for scripts: `came-back`, `another`, `several`.
    pub code: &'static str,
    /// In words.
    pub why: &'static str,
}

/// Sorts what was recognised.
pub fn returned(hits: Vec<Hit>, remembered: &Remembered, times: &Times) -> (Vec<Returned>, Vec<Decide>) {
    let mut by_person: BTreeMap<u32, Vec<Hit>> = BTreeMap::new();
    for hit in hits.into_iter().filter(|hit| !hit.left) {
        by_person.entry(hit.person).or_default().push(hit);
    }
    let (mut people, mut decide) = (Vec::new(), Vec::new());
    for (person, hits) in by_person {
        let first = people.len();
        one_person(hits, remembered.erased(person), times, &mut people, &mut decide);
        people[first..].iter_mut().for_each(|back| back.person = person);
    }
    (people, decide)
}

fn one_person(hits: Vec<Hit>, erased: Timestamp, times: &Times, people: &mut Vec<Returned>, decide: &mut Vec<Decide>) {
    let before = |hit: &Hit| hit.dated.is_some_and(|m| m.is_before(erased, &times.zone));
    let after = |hit: &Hit| hit.dated.is_some() && !before(hit) && !hit.same;
    let back = hits.iter().any(after);
    let mut subjects: Vec<Subject> = vec![Subject::default()];
    let mut alone = Vec::new();
    let mut persons: BTreeMap<(String, String), Vec<Hit>> = BTreeMap::new();
    for hit in hits {
        let certain = hit.same || before(&hit);
        if after(&hit) {
            decide.push(to_decide(&hit, "came-back", "it came to be after the person was erased"));
        } else if hit.of_another && !certain {
            decide.push(to_decide(&hit, "another", "it has the key of an erased record, and holds other identifiers"));
        } else if hit.is_person {
            persons.entry((hit.source.clone(), hit.collection.clone())).or_default().push(hit);
        } else {
            add_identities(&mut subjects[0], &hit);
            if let Some(role) = hit.role {
                let record = known(&hit, role);
                match certain || !hit.identities.is_empty() {
                    // A day is all that is known of when it came to be, and it is the very day of the erasure.
                    true if hit.same && !before(&hit) => subjects[0].records.push(record),
                    true => alone.push(record),
                    false => {
                        decide.push(to_decide(
                            &hit,
                            "another",
                            "it has the key of an erased record, and another content",
                        ));
                    }
                }
            }
        }
    }
    for (_, hits) in persons {
        choose(hits, &before, &mut subjects, decide);
    }
    for (i, subject) in subjects.into_iter().enumerate() {
        let alone = if i == 0 { std::mem::take(&mut alone) } else { Vec::new() };
        if subject != Subject::default() || !alone.is_empty() {
            people.push(Returned { subject, person: 0, erased, back, alone });
        }
    }
}

/// Which of the records of one person collection are the person: those that are so for sure, each by itself, or the only
/// one that may be.
fn choose(hits: Vec<Hit>, before: &dyn Fn(&Hit) -> bool, subjects: &mut Vec<Subject>, decide: &mut Vec<Decide>) {
    let sure = |hit: &Hit| hit.same || hit.role.is_some() || before(hit);
    let several = hits.len() > 1;
    let mut n = 0;
    for hit in hits {
        if several && !sure(&hit) {
            decide.push(to_decide(&hit, "several", "several records hold an identifier of the person"));
            continue;
        }
        if subjects.len() <= n {
            subjects.push(Subject::default());
        }
        let (source, collection) = (hit.source.clone(), hit.collection.clone());
        add_identities(&mut subjects[n], &hit);
        subjects[n].persons.push(PersonRecord { source, collection, key: hit.key });
        n += 1;
    }
}

fn add_identities(subject: &mut Subject, hit: &Hit) {
    for (name, normal) in &hit.identities {
        subject.identifiers.entry(name.clone()).or_default().insert(normal.clone());
    }
}

fn known(hit: &Hit, role: Role) -> KnownRecord {
    let (source, collection, key) = (hit.source.clone(), hit.collection.clone(), hit.key.clone());
    KnownRecord { source, collection, key, role, others: hit.others.clone() }
}

fn to_decide(hit: &Hit, code: &'static str, why: &'static str) -> Decide {
    Decide { source: hit.source.clone(), collection: hit.collection.clone(), key: hit.key.clone(), code, why }
}
