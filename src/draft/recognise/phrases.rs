//! Phrases and what they say: the longest that stands in a name wins, among equals the one nearer its end.

use rustc_hash::FxHashMap;

use super::words;

/// The longest phrase, in words.
pub(super) const LONGEST: usize = 5;

/// A table of phrases.
pub(super) struct Phrases<T>(FxHashMap<String, T>);

/// The best phrase of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    /// What it says.
    pub says: T,
    /// Its first word.
    pub from: usize,
    /// One past its last word.
    pub to: usize,
}

/// The phrases of a list separated by commas.
pub(super) fn list(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(',').map(str::trim).filter(|p| !p.is_empty())
}

impl<T: Copy> Phrases<T> {
    /// A table; the first meaning of a phrase stands.
    pub fn new(phrases: impl Iterator<Item = (T, &'static str)>) -> Self {
        let mut table = FxHashMap::default();
        for (says, phrase) in phrases {
            let known = |word: &str| words::known(word).unwrap_or_else(|| word.to_owned());
            table.entry(phrase.split(' ').map(known).collect::<Vec<_>>().join(" ")).or_insert(says);
        }
        Phrases(table)
    }

    /// The phrase that decides.
    pub fn best(&self, words: &[String]) -> Option<Found<T>> {
        let mut best: Option<Found<T>> = None;
        for from in 0..words.len() {
            for to in from + 1..=words.len().min(from + LONGEST) {
                let Some(says) = self.0.get(words[from..to].join(" ").as_str()) else { continue };
                if best.as_ref().is_none_or(|b| (to - from, to) >= (b.to - b.from, b.to)) {
                    best = Some(Found { says: *says, from, to });
                }
            }
        }
        best
    }
}
