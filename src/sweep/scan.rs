//! Bytes in, hits out: which identifier stands where, in which coding. Knows neither sources nor plans.

use std::ops::Range;

use super::bounds::stands_alone;
use super::matcher::{Matcher, Pattern};
use super::phones::Phones;
use super::sought::Sought;
use super::spelling::{Coding, base64, spell};
use super::{folds, hashes};
use crate::map::{NormalForm, phone};

/// Where an identifier stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// From where to where.
    pub at: Range<usize>,
    /// Which, by its place among what is sought.
    pub sought: usize,
    /// How it is written.
    pub coding: Coding,
    /// Whether it stands for itself, as far as its neighbours tell. Where values follow each other without anything
    /// between them, as in the pages of a database, neighbours tell nothing.
    pub alone: bool,
}

/// Looks for everything that is sought.
pub struct Scanner {
    matcher: Matcher,
    phones: Phones,
    /// By the id of a pattern.
    meanings: Vec<Meaning>,
    addresses: Vec<bool>,
    /// How much before and after a hit tells what it is.
    context: usize,
}

struct Meaning {
    sought: usize,
    coding: Coding,
    text: String,
}

impl Scanner {
    /// A scanner for these.
    pub fn new(sought: &[Sought]) -> Scanner {
        let (mut patterns, mut meanings, mut phones) = (Vec::new(), Vec::new(), Phones::default());
        let mut seen = rustc_hash::FxHashSet::default();
        for (n, one) in sought.iter().enumerate() {
            let mut add = |coding, text: &str, bytes: Vec<u8>, any_case: bool| {
                let id = meanings.len() as u32;
                let same = if any_case { bytes.to_ascii_lowercase() } else { bytes.clone() };
                if !bytes.is_empty() && seen.insert((same, any_case, n)) {
                    meanings.push(Meaning { sought: n, coding, text: text.to_owned() });
                    patterns.push(Pattern { bytes, any_case, id });
                }
            };
            for text in texts(one) {
                // Telephone numbers in plain digits are found however they are grouped.
                let is_plain = |coding| matches!(coding, Coding::Plain | Coding::Quotes);
                spell(&text, &mut |coding, bytes, any_case| {
                    if one.form != NormalForm::Phone || !is_plain(coding) {
                        add(coding, &text, bytes, any_case);
                    }
                });
            }
            for text in in_known_cases(one) {
                base64(&text, &mut |coding, bytes| add(coding, &text, bytes, false));
            }
            for kind in &one.hashes {
                hashes::spell(*kind, &one.normal, &mut |bytes, any_case| add(Coding::Hash, "", bytes, any_case));
            }
            if one.form == NormalForm::Phone {
                let (code, national) = phone::parts(&one.normal);
                phones.add(&code, &national, n as u32);
            }
        }
        let matcher = Matcher::new(patterns);
        let context = matcher.longest().max(64) * 2;
        let addresses = sought.iter().map(|s| s.normal.contains('@')).collect();
        Scanner { matcher, phones, meanings, addresses, context }
    }

    /// How much before and after a block must be there so that nothing at its edges is missed or mistaken.
    pub fn context(&self) -> usize {
        self.context
    }

    /// Every hit that begins within `range` of `bytes` and stands for itself, once each, in order.
    pub fn scan(&self, bytes: &[u8], range: Range<usize>) -> Vec<Hit> {
        let mut hits = self.scan_all(bytes, range);
        hits.retain(|hit| hit.alone);
        hits
    }

    /// Every hit, whether it stands for itself or not.
    pub fn scan_all(&self, bytes: &[u8], range: Range<usize>) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.look(bytes, &mut |hit| hits.push(hit));
        folds::each(bytes, self.context / 2, &mut |folded, place| {
            self.look(folded, &mut |hit| {
                // Only what the break goes through; all else was seen.
                let (start, end) = (place(hit.at.start), place(hit.at.end.saturating_sub(1)) + 1);
                if end - start > hit.at.len() {
                    hits.push(Hit { at: start..end, ..hit });
                }
            });
        });
        hits.retain(|hit| range.contains(&hit.at.start));
        hits.sort_by_key(|hit| (hit.at.start, std::cmp::Reverse(hit.at.end)));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            // One identifier written once may answer to two codings.
            let overlaps = |k: &&mut Hit| k.sought == hit.sought && k.at.end > hit.at.start;
            match kept.iter_mut().rev().take(8).find(overlaps) {
                Some(known) if hit.alone && !known.alone => *known = hit,
                Some(_) => {}
                None => kept.push(hit),
            }
        }
        kept
    }

    fn look(&self, bytes: &[u8], each: &mut dyn FnMut(Hit)) {
        self.matcher.find(bytes, &mut |start, pattern| {
            let meaning = &self.meanings[pattern.id as usize];
            let at = start..start + pattern.bytes.len();
            let is_address = self.addresses[meaning.sought];
            let alone = stands_alone(bytes, at.clone(), meaning.coding, &meaning.text, is_address);
            each(Hit { at, sought: meaning.sought, coding: meaning.coding, alone });
        });
        self.phones.find(bytes, &mut |start, end, sought| {
            each(Hit { at: start..end, sought: sought as usize, coding: Coding::Digits, alone: true });
        });
    }

    /// The text with every identifier in it taken out, for reports that name what it stands in.
    pub fn masked(&self, text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for hit in self.in_name(text) {
            if hit.at.start >= from {
                out.push_str(&String::from_utf8_lossy(&text.as_bytes()[from..hit.at.start]));
                out.push('…');
                from = hit.at.end;
            }
        }
        out.push_str(&String::from_utf8_lossy(&text.as_bytes()[from..]));
        out
    }

    /// Hits in a name of something, where an ending or a word may be joined to an identifier.
    pub fn in_name(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.matcher.find(text.as_bytes(), &mut |start, pattern| {
            let meaning = &self.meanings[pattern.id as usize];
            let at = start..start + pattern.bytes.len();
            hits.push(Hit { at, sought: meaning.sought, coding: meaning.coding, alone: true });
        });
        self.phones.find(text.as_bytes(), &mut |start, end, sought| {
            hits.push(Hit { at: start..end, sought: sought as usize, coding: Coding::Digits, alone: true });
        });
        hits.sort_by_key(|hit| hit.at.start);
        hits
    }
}

/// The texts that are spelled: letter case is the matcher's affair.
fn texts(one: &Sought) -> Vec<String> {
    let mut texts = vec![one.normal.clone()];
    if one.form == NormalForm::Phone {
        let (code, national) = phone::parts(&one.normal);
        texts.push(format!("{code}{national}"));
        texts.push(national);
        texts.sort();
        texts.dedup();
    }
    texts
}

/// For codings that hide letter case: as it was seen, and in the usual cases.
fn in_known_cases(one: &Sought) -> Vec<String> {
    let mut all = texts(one);
    all.extend(one.spellings.iter().cloned());
    let mut first = one.normal.chars();
    all.extend(first.next().map(|c| c.to_uppercase().chain(first).collect()));
    all.push(one.normal.to_uppercase());
    all.sort();
    all.dedup();
    all
}
