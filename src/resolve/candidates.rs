//! Which person is meant: the decision over the records that selectors led to.
//!
//! Pure. Candidates are never united: a value that leads to two records of one person collection names neither.

use serde::Serialize;
use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::map::Strength;

/// The officer's choice among candidates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pick {
    /// The chosen candidate's key, as candidates are listed (`CustomerId=1`, or the bare value).
    pub key: Option<String>,
    /// Why it is this one; needed for every choice.
    pub accept: Option<String>,
}

/// A record of a person collection that a selector led to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Its source.
    pub source: String,
    /// Its collection.
    pub collection: String,
    /// Its key, for people.
    pub key: String,
    /// The selectors that led to it, by name.
    pub by: Vec<String>,
}

/// What one selector led to in one person collection.
pub struct Match {
    /// The selector's place in the request.
    pub selector: usize,
    /// What it proves.
    pub strength: Strength,
    /// The numbers of the records.
    pub records: BTreeSet<usize>,
}

/// The outcome for one person collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// No selector led here.
    Nobody,
    /// This record is the person.
    Person {
        /// The record's number among the candidates.
        record: usize,
    },
}

/// Chooses the person among `candidates` (all records of one person collection that any selector led to). `picked` is
/// the number of the one that was picked among all collections' candidates, if it is one of these; where the pick is
/// of another collection, nobody here is chosen but who is certain. Refuses (4) where it is not one.
pub fn choose(candidates: &[Candidate], matches: &[Match], picked: Option<usize>, pick: &Pick) -> Result<Choice> {
    if matches.iter().all(|m| m.records.is_empty()) {
        return Ok(Choice::Nobody);
    }
    let mut left: Option<BTreeSet<usize>> = None;
    for found in matches.iter().filter(|m| !m.records.is_empty()) {
        left = Some(match left {
            None => found.records.clone(),
            Some(so_far) => &so_far & &found.records,
        });
    }
    let left = left.unwrap_or_default();
    let sure = matches.iter().any(|m| m.strength == Strength::Unique && !m.records.is_empty());
    if let (Some(record), false) = (picked, left.len() == 1 && sure) {
        return Ok(Choice::Person { record });
    }
    match (left.len(), left.first()) {
        (1, Some(record)) if sure || (pick.accept.is_some() && pick.key.is_none()) => {
            Ok(Choice::Person { record: *record })
        }
        _ if pick.key.is_some() => Ok(Choice::Nobody),
        (0, _) => Err(ambiguous("the selectors lead to different persons", candidates)),
        (1, _) => Err(ambiguous("only an identifier that several may share leads to this person", candidates)
            .hint("say that it is this one: --accept \"reason\"")),
        _ => Err(ambiguous(&format!("{} persons fit", left.len()), candidates)
            .hint("choose one: --pick KEY --accept \"reason\", or name another selector that only this person has")),
    }
}

/// Which candidate a pick names, among those of all person collections: by its key (`id=2`), the bare value, or with
/// its place in front (`shop.people id=2`). None where nothing was picked.
pub fn picked(candidates: &[Candidate], pick: &Pick) -> Result<Option<usize>> {
    let Some(wanted) = &pick.key else { return Ok(None) };
    if pick.accept.as_deref().unwrap_or("").trim().is_empty() {
        return Err(Error::refused("--pick needs the reason of the choice").hint("add --accept \"reason\""));
    }
    let fits = |c: &Candidate| {
        let place = format!("{}.{} ", c.source, c.collection);
        let key = wanted.strip_prefix(&place).unwrap_or(wanted);
        c.key == key || c.key.split_once('=').is_some_and(|(_, value)| value == key)
    };
    let fitting: Vec<usize> = (0..candidates.len()).filter(|i| fits(&candidates[*i])).collect();
    match fitting.as_slice() {
        [] if candidates.is_empty() => Ok(None),
        [] => Err(ambiguous("--pick names none of the candidates", candidates)),
        [one] => Ok(Some(*one)),
        _ => Err(ambiguous("--pick names several of the candidates", candidates)
            .hint("name its place too, as the candidates are listed: --pick \"source.collection KEY\"")),
    }
}

fn ambiguous(what: &str, candidates: &[Candidate]) -> Error {
    let mut error = Error::refused(format!("it is not clear who is meant: {what}"));
    for c in candidates.iter().take(20) {
        error = error.hint(format!("candidate {}.{} {} (by {})", c.source, c.collection, c.key, c.by.join(", ")));
    }
    if candidates.len() > 20 {
        error = error.hint(format!("… and {} more", candidates.len() - 20));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(key: &str) -> Candidate {
        Candidate { source: "shop".into(), collection: "accounts".into(), key: key.into(), by: vec!["email".into()] }
    }

    fn found(selector: usize, strength: Strength, records: &[usize]) -> Match {
        Match { selector, strength, records: records.iter().copied().collect() }
    }

    #[test]
    fn who_is_meant() {
        use Strength::*;
        let people = [candidate("id=1"), candidate("id=2")];
        let none = Pick::default();
        let accept = Pick { accept: Some("asked by phone".into()), ..Pick::default() };
        let pick = Pick { key: Some("2".into()), ..accept.clone() };
        let one = |record| Some(Choice::Person { record });
        let cases: Vec<(&str, Vec<Match>, &Pick, Option<Choice>)> = vec![
            ("nothing found", vec![found(0, Unique, &[])], &none, Some(Choice::Nobody)),
            ("one", vec![found(0, Unique, &[0])], &none, one(0)),
            ("two hold it", vec![found(0, Unique, &[0, 1])], &none, None),
            ("two hold it, one picked", vec![found(0, Unique, &[0, 1])], &pick, one(1)),
            ("and", vec![found(0, Shared, &[0, 1]), found(1, Unique, &[1])], &none, one(1)),
            ("different persons", vec![found(0, Unique, &[0]), found(1, Unique, &[1])], &none, None),
            ("shared alone", vec![found(0, Shared, &[0])], &none, None),
            ("shared alone, accepted", vec![found(0, Shared, &[0])], &accept, one(0)),
            ("second selector finds nothing", vec![found(0, Unique, &[0]), found(1, Unique, &[])], &none, one(0)),
        ];
        for (name, matches, pick, expected) in cases {
            let record = picked(&people, pick).unwrap();
            assert_eq!(choose(&people, &matches, record, pick).ok(), expected, "{name}");
        }
    }

    #[test]
    fn a_pick_names_one_candidate_of_all_collections() {
        let staff = Candidate { collection: "staff".into(), ..candidate("id=2") };
        let all = [candidate("id=1"), candidate("id=2"), staff];
        let pick = |key: &str| Pick { key: Some(key.into()), accept: Some("called back".into()) };
        assert_eq!(picked(&all, &pick("id=1")), Ok(Some(0)));
        assert_eq!(picked(&all, &pick("1")), Ok(Some(0)));
        assert_eq!(picked(&all, &pick("shop.staff id=2")), Ok(Some(2)));
        assert!(picked(&all, &pick("2")).is_err_and(|e| e.hints.iter().any(|h| h.contains("source.collection KEY"))));
        assert!(picked(&all, &pick("7")).is_err());
        assert!(picked(&all, &Pick { accept: None, ..pick("1") }).is_err());
        // A pick made in another collection: here nobody is certain, so nobody is chosen.
        let two = [found(0, Strength::Unique, &[0, 1])];
        assert_eq!(choose(&all[..2], &two, None, &pick("shop.staff id=2")), Ok(Choice::Nobody));
    }
}
