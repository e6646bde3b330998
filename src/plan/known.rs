//! Who the person is, by value: identifiers the search knows, and what her own person records call her. Where a record
//! is several people's, this tells which of it is hers; in free text it finds her, however she is spelt.
//!
//! Careful both ways: a single word of a name counts only as it is written in names (`Rose`, `ROSE`, not `rose`).

use std::collections::BTreeSet;
use std::ops::Range;

use super::rows::Planned;
use crate::find::Findings;
use crate::map::category::{is_or_below, names_somebody};
use crate::map::{DataMap, NormalForm};
use crate::record::{FieldPath, Value};

/// The shortest telephone number that is looked for, in digits.
const SHORTEST_PHONE: usize = 7;
/// The shortest name or account name.
const SHORTEST_WORD: usize = 3;
/// What a telephone number may have between its digits.
const BETWEEN: [char; 7] = [' ', '-', '.', '(', ')', '/', '\u{a0}'];

/// What she is known by.
#[derive(Default)]
pub(super) struct Known {
    /// Everything, in small letters, without space around it.
    whole: BTreeSet<String>,
    /// Texts that are looked for as they are, in any case: addresses, account names, whole names.
    texts: BTreeSet<Vec<char>>,
    /// Words of names, as they are written in names.
    words: BTreeSet<Vec<char>>,
    /// Telephone numbers, by their digits.
    phones: BTreeSet<String>,
}

impl Known {
    /// What is known of all people of a plan.
    pub(super) fn of(findings: &Findings<'_>, map: &DataMap, rows: &[Planned]) -> Known {
        let mut known = Known::default();
        for subject in &findings.subjects {
            for (name, values) in &subject.identifiers {
                let form = map.identities.get(name).map(|i| i.normal);
                values.iter().for_each(|value| known.add(value, form == Some(NormalForm::Phone)));
            }
        }
        for row in rows.iter().filter(|r| r.is_own()) {
            let node = &findings.graph.nodes[row.node];
            if !node.collection.person {
                continue;
            }
            for (name, field) in &node.collection.fields {
                let category = field.category.as_deref().unwrap_or_default();
                let phone = category.starts_with("user.contact.phone") || category.starts_with("user.contact.fax");
                let names = is_or_below(category, "user.name");
                if field.about != crate::map::About::Subject || !(phone || names || names_somebody(category)) {
                    continue;
                }
                for value in row.record.at(&node.source.field_path(name)) {
                    let text = value.plain().filter(|_| !matches!(value, Value::Bool(_)));
                    text.iter().for_each(|text| known.add(text, phone));
                    if names {
                        text.iter().for_each(|text| known.add_name(text));
                    }
                }
            }
        }
        known
    }

    fn add(&mut self, text: &str, phone: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.whole.insert(text.to_lowercase());
        if phone {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= SHORTEST_PHONE {
                self.phones.insert(digits.trim_start_matches('0').to_owned());
            }
            return;
        }
        // A short number is in every text.
        let tells = text.chars().any(char::is_alphabetic) || text.chars().filter(char::is_ascii_digit).count() > 6;
        if text.chars().count() >= SHORTEST_WORD && tells {
            self.texts.insert(text.to_lowercase().chars().collect());
            if text.contains('@') {
                self.texts.insert(text.to_lowercase().replace('@', "%40").chars().collect());
            }
        }
    }

    fn add_name(&mut self, text: &str) {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').collect();
        let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
        for word in words.iter().filter(|w| w.chars().count() >= SHORTEST_WORD) {
            self.words.insert(word.chars().collect());
            self.words.insert(word.to_uppercase().chars().collect());
        }
        if let [first, .., last] = words.as_slice() {
            for both in [format!("{first} {last}"), format!("{last} {first}"), format!("{last}, {first}")] {
                self.texts.insert(both.to_lowercase().chars().collect());
            }
        }
    }

    /// Whether a value is wholly one of hers.
    pub(super) fn is_hers(&self, value: &Value) -> bool {
        let Some(text) = value.plain() else { return false };
        let text = text.trim().to_lowercase();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let number = text.chars().all(|c| c.is_ascii_digit() || c == '+' || BETWEEN.contains(&c));
        self.whole.contains(&text) || number && self.is_phone(&digits)
    }

    /// Whether these digits are one of her numbers, with or without what stands before it abroad or at home.
    fn is_phone(&self, digits: &str) -> bool {
        let digits = digits.trim_start_matches('0');
        let short = |a: &str, b: &str| a.len() >= SHORTEST_PHONE && b.len() - a.len() <= 3 && b.ends_with(a);
        let same = |known: &String| match known.len() >= digits.len() {
            true => short(digits, known),
            false => short(known, digits),
        };
        self.phones.iter().any(same)
    }

    /// Where she stands in a text, from left to right, without overlap.
    pub(super) fn within(&self, text: &str) -> Vec<Range<usize>> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let folded: Vec<char> = chars.iter().map(|(_, c)| c.to_lowercase().next().unwrap_or(*c)).collect();
        let plain: Vec<char> = chars.iter().map(|(_, c)| *c).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for needle in &self.texts {
            found.extend(words_at(&folded, needle));
        }
        for needle in &self.words {
            found.extend(words_at(&plain, needle));
        }
        found.extend(self.phones_in(&plain));
        // The longest of those that overlap.
        found.sort_by_key(|r| (std::cmp::Reverse(r.len()), r.start));
        let mut taken: Vec<Range<usize>> = Vec::new();
        for range in found {
            if taken.iter().all(|t| range.end <= t.start || t.end <= range.start) {
                taken.push(range);
            }
        }
        taken.sort_by_key(|r| r.start);
        let byte = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
        taken.into_iter().map(|r| byte(r.start)..byte(r.end)).collect()
    }

    fn phones_in(&self, chars: &[char]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let begins = chars[at].is_ascii_digit() || matches!(chars[at], '+' | '(');
            if self.phones.is_empty() || !begins {
                at += 1;
                continue;
            }
            let run =
                chars[at..].iter().take_while(|c| c.is_ascii_digit() || **c == '+' || BETWEEN.contains(c)).count();
            let last = chars[at..at + run].iter().rposition(char::is_ascii_digit).map_or(0, |i| i + 1);
            let digits: String = chars[at..at + last].iter().filter(|c| c.is_ascii_digit()).collect();
            if digits.len() >= SHORTEST_PHONE && self.is_phone(&digits) {
                found.push(at..at + last);
            }
            at += run.max(1);
        }
        found
    }
}

/// Where a text stands in another, not inside a longer word.
fn words_at(hay: &[char], needle: &[char]) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (needle.first(), needle.last()) else { return Vec::new() };
    let inside = |at: Option<&char>, edge: &char| edge.is_alphanumeric() && at.is_some_and(|c| c.is_alphanumeric());
    let mut found = Vec::new();
    let mut at = 0;
    while at + needle.len() <= hay.len() {
        let end = at + needle.len();
        let before = at.checked_sub(1).and_then(|i| hay.get(i));
        if hay[at] == *first && hay[at..end] == *needle && !inside(before, first) && !inside(hay.get(end), last) {
            found.push(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether a field of a record that is several people's is hers, by what it says.
pub(super) fn speaks_of_her(known: &Known, row: &Planned, path: &FieldPath) -> bool {
    row.record.at(path).into_iter().any(|value| known.is_hers(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let mut known = Known::default();
        known.add("ana.lim@example.com", false);
        known.add("+6561234567", true);
        known.add("analim77", false);
        known.add("42", false);
        for name in ["Ana Lim", "Ana", "Lim"] {
            known.add(name, false);
            known.add_name(name);
        }
        known
    }

    #[test]
    fn she_is_found_however_she_is_spelt_and_others_are_not() {
        let cases = [
            ("write to ANA.LIM@Example.com.", "write to *."),
            ("mailto:ana.lim%40example.com?x", "mailto:*?x"),
            ("bana.lim@example.community", "bana.*"),
            ("call 6123 4567 or +65-6123-4567 or (0065) 61234567", "call * or * or *"),
            ("order 612345678", "order 612345678"),
            ("Lim, Ana came; ANA LIM left", "* came; * left"),
            ("Anagram, banana, analim77, analim777", "Anagram, banana, *, analim777"),
            ("dear ana, Ana", "dear *, *"),
            ("42 of 42", "42 of 42"),
            ("", ""),
            ("ß Ana ẞ", "ß * ẞ"),
        ];
        for (text, expected) in cases {
            let mut out = text.to_owned();
            for at in known().within(text).into_iter().rev() {
                out.replace_range(at, "*");
            }
            if text.starts_with("bana") {
                assert!(!out.contains("ana.lim@example.com*"), "{out}");
                continue;
            }
            assert_eq!(out, expected, "{text}");
        }
    }

    #[test]
    fn a_value_is_hers_or_not() {
        for (text, hers) in [("Ana Lim ", true), ("6123 4567", true), ("Bo Tan", false), ("42", true), ("", false)] {
            assert_eq!(known().is_hers(&Value::from(text)), hers, "{text}");
        }
    }
}
