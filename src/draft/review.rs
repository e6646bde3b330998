//! What in a data map waits for a person: proposals taken unreviewed and questions left open, and how an answer gets
//! into the map's file.
//!
//! Pure: the list is made from the map, the answer from the file's text. Which values speak for it is shown elsewhere.

mod edit;

use serde::Serialize;

use crate::map::{About, Collection, DataMap, Decision, Erase, FieldErase, Link, Place, Role, SourceMap};

pub use edit::answered;

/// What is to be decided in a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// What erasure does with its records.
    Rule,
    /// The link of that number, in the file's order.
    Link(usize),
}

/// One decision that waits for a person.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// What is to be decided.
    pub matter: Matter,
    /// Whether a proposal is in force (`Unreviewed`) or without effect (`Open`).
    pub decision: Decision,
    /// The proposal, in words.
    pub proposal: String,
    /// What speaks for it, as it stands in the map.
    pub evidence: String,
    /// How strong that is, 0 to 100.
    pub strength: u8,
    /// The fields whose values show what is meant.
    pub fields: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is right as proposed.
    Right,
    /// The person there is this to the records here.
    Role(Role),
    /// There is no such link.
    NoLink,
    /// This is what erasure does; `keep` says why in plain words.
    Rule(Erase, Option<String>),
}

/// A waiting decision as scripts see it.
#[derive(Serialize)]
pub struct Line<'a> {
    source: &'a str,
    collection: &'a str,
    what: &'static str,
    state: &'static str,
    proposal: &'a str,
    evidence: &'a str,
    strength: u8,
    file: String,
    line: usize,
}

impl Waiting {
    /// As scripts see it.
    pub fn line(&self) -> Line<'_> {
        Line {
            source: &self.source,
            collection: &self.collection,
            what: if self.matter == Matter::Rule { "rule" } else { "link" },
            state: if self.decision == Decision::Open { "open" } else { "accepted unreviewed" },
            proposal: &self.proposal,
            evidence: &self.evidence,
            strength: self.strength,
            file: self.place.file.display().to_string(),
            line: self.place.line,
        }
    }

    /// Whether it can be said to be right as it stands.
    pub fn has_proposal(&self) -> bool {
        !self.proposal.is_empty()
    }
}

/// Everything that waits for a person, what has the strongest evidence first.
pub fn waiting(map: &DataMap) -> Vec<Waiting> {
    let mut out: Vec<Waiting> = Vec::new();
    for source in &map.sources {
        for collection in source.collections.iter().filter(|c| c.about != About::Nobody) {
            let links = collection.links.iter().enumerate().filter(|(_, l)| l.decision != Decision::Decided);
            out.extend(links.map(|(number, l)| link(source, collection, number, l)));
            out.extend(rule(source, collection));
        }
    }
    // Links first where the evidence is as strong: what erasure does depends on whose the records are.
    out.sort_by_key(|w| (std::cmp::Reverse(w.strength), w.matter == Matter::Rule));
    out
}

fn link(source: &SourceMap, collection: &Collection, number: usize, link: &Link) -> Waiting {
    let from: Vec<String> = link.from.iter().map(|f| f.as_str().to_owned()).collect();
    let to: Vec<&str> = link.to.iter().map(|f| f.as_str()).collect();
    let there = match link.to_source == source.name {
        true => link.to_collection.clone(),
        false => format!("{}.{}", link.to_source, link.to_collection),
    };
    let only = link.only.iter().map(|(field, texts)| format!(" where {field} = {}", texts.join(" or ")));
    let only: String = only.collect();
    let evidence = link.because.clone().unwrap_or_default();
    Waiting {
        source: source.name.clone(),
        collection: collection.name.clone(),
        matter: Matter::Link(number),
        decision: link.decision,
        proposal: format!(
            "{}{only}{} leads to {there}.{} in the role {}",
            from.join("+"),
            link.spelled.words(),
            to.join("+"),
            link.role.word()
        ),
        strength: strength(&evidence),
        evidence,
        fields: from,
        place: link.place.clone(),
    }
}

/// The rule of a collection, where nobody has decided it.
fn rule(source: &SourceMap, collection: &Collection) -> Option<Waiting> {
    let word = collection.erase.map(|erase| match erase {
        Erase::Delete => "erasure deletes these records",
        Erase::Anonymise => "erasure anonymises these records, each field by its own rule",
        Erase::Isolate => "erasure locks these records away",
        Erase::Keep => "erasure keeps these records",
    });
    let decision = match (collection.erase, collection.decision) {
        (Some(_), Decision::Decided) => return None,
        (None, _) => Decision::Open,
        (_, decision) => decision,
    };
    let shown = collection.identities.iter().map(|(_, f)| f.as_str().to_owned());
    let shown = shown.chain(collection.fields.keys().cloned());
    Some(Waiting {
        source: source.name.clone(),
        collection: collection.name.clone(),
        matter: Matter::Rule,
        decision,
        proposal: word.unwrap_or_default().to_owned(),
        evidence: collection.because.clone().unwrap_or_default().text,
        strength: if decision == Decision::Unreviewed { 80 } else { 10 },
        fields: shown.take(4).collect(),
        place: collection.place.clone(),
    })
}

/// How strong the evidence of a link is: declared, or by the share of its values that occur on the other side.
fn strength(evidence: &str) -> u8 {
    if evidence.contains("declared") {
        return 100;
    }
    let words: Vec<&str> = evidence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let share = words.windows(3).find_map(|w| match (w[0].parse::<u64>(), w[1], w[2].parse::<u64>()) {
        (Ok(found), "of", Ok(all)) if all > 0 && found <= all => Some((found, all)),
        _ => None,
    });
    match share {
        // A few values agree by accident.
        Some((found, all)) => ((found * 95 / all) as u8).saturating_sub(if all < 5 { 25 } else { 0 }),
        None => 30,
    }
}

/// A value by its shape alone: of each word no more than the first letter, of its digits none.
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        let word = c.is_alphanumeric();
        match word {
            true if inside || c.is_numeric() => out.push('•'),
            _ => out.push(c),
        }
        inside = word;
    }
    out
}

/// Why an answer cannot be given to this collection, if it cannot.
pub fn refused(map: &DataMap, waiting: &Waiting, answer: &Answer) -> Option<&'static str> {
    let collection = map.collection(&waiting.source, &waiting.collection)?;
    let ruled = collection.fields.values().any(|f| f.erase.as_ref().is_some_and(|e| *e != FieldErase::Keep));
    match answer {
        Answer::Rule(Erase::Keep, None) => Some("say why these records stay"),
        Answer::Rule(Erase::Anonymise, _) if !ruled => Some("no field says yet what is done with it; write that first"),
        Answer::Right if collection.erase == Some(Erase::Anonymise) && waiting.matter == Matter::Rule && !ruled => {
            Some("no field says yet what is done with it; write that first")
        }
        Answer::Right if !waiting.has_proposal() => Some("there is no proposal"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_by_its_shape() {
        for (text, shape) in
            [("ana@example.com", "a••@e••••••.c••"), ("+65 6123", "+•• ••••"), ("王伟", "王•"), ("", "")]
        {
            assert_eq!(masked(text), shape, "{text}");
        }
    }

    #[test]
    fn evidence_is_weighed() {
        let cases = [
            ("declared", 100),
            ("named after accounts; 40 of 40 values occur there", 95),
            ("3 of 40 values occur there", 7),
            ("2 of 2 values occur there", 70),
            ("no values yet", 30),
            ("9 of 3", 30),
            ("", 30),
        ];
        for (evidence, expected) in cases {
            assert_eq!(strength(evidence), expected, "{evidence}");
        }
    }
}
