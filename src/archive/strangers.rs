//! Others in free text: e-mail addresses, telephone numbers, account and card numbers that are not the subject's, found by
//! pattern, and names that the sources know for those of other persons.
//!
//! Careful both ways. Only a number with its country (`+44 …`) is taken for a telephone number: other digits are
//! orders, parcels, cards. A name is two words or three, each with a capital; whom it belongs to is asked elsewhere. What
//! speaks of somebody without naming them is not found here; that is what review is for.

use std::collections::HashSet;
use std::ops::Range;

use super::accounts::{accounts, may_hold};
use super::canary::What;
use crate::map::NormalForm;

/// Mailboxes of an organisation, that are nobody's: `support@…` at the controller's own domain.
const OFFICES: [&str; 16] = [
    "info", "support", "help", "service", "sales", "orders", "billing", "contact", "office", "privacy", "noreply",
    "no-reply", "mail", "team", "hello", "dpo",
];

/// Who is no stranger: identifiers in normal form, and the controller's own domains.
#[derive(Clone, Debug, Default)]
pub struct Known {
    identifiers: HashSet<String>,
    domains: HashSet<String>,
    /// Names of other persons, in lower case.
    names: HashSet<String>,
}

/// An identifier of somebody else inside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Where it stands.
    pub at: Range<usize>,
    /// Its normal form.
    pub normal: String,
}

impl Known {
    /// Adds an identifier of the subject: an e-mail address or a telephone number, in any spelling.
    pub fn add(&mut self, identifier: &str) {
        for form in [NormalForm::Email, NormalForm::Phone] {
            self.identifiers.insert(form.apply(identifier, None).into_owned());
        }
        self.identifiers.extend(accounts(identifier.trim()).into_iter().map(|(_, plain)| account(&plain)));
    }

    /// Adds what the controller says of how to reach it: the address itself, and offices at its domain.
    pub fn add_controller(&mut self, contact: &str) {
        for at in addresses(contact) {
            let address = contact[at].to_lowercase();
            self.domains.extend(address.rsplit_once('@').map(|(_, domain)| domain.to_owned()));
            self.identifiers.insert(address);
        }
    }

    /// Takes names for those of other persons.
    pub fn add_others(&mut self, names: impl IntoIterator<Item = String>) {
        self.names.extend(names);
    }

    /// Whether an identifier in normal form is no stranger's.
    pub(super) fn holds(&self, normal: &str) -> bool {
        let is_office = |(name, domain): (&str, &str)| OFFICES.contains(&name) && self.domains.contains(domain);
        self.identifiers.contains(normal) || normal.rsplit_once('@').is_some_and(is_office)
    }

    /// What others in a text are known by: the kind, and the normal form.
    pub fn named_in(&self, text: &str) -> Vec<(What, String)> {
        self.strangers(text).into_iter().map(|s| (what_is(&s.normal), s.normal)).collect()
    }

    /// The identifiers of others in a text, in the order in which they stand.
    pub fn strangers(&self, text: &str) -> Vec<Stranger> {
        let mut found = Vec::new();
        let mut add = |at: Range<usize>, form: NormalForm| {
            let normal = form.apply(&text[at.clone()], None).into_owned();
            if !self.holds(&normal) {
                found.push(Stranger { at, normal });
            }
        };
        if text.contains('@') {
            addresses(text).into_iter().for_each(|at| add(at, NormalForm::Email));
        }
        if text.contains('+') {
            phones(text).into_iter().for_each(|at| add(at, NormalForm::Phone));
        }
        if may_hold(text) {
            let numbers = accounts(text).into_iter().map(|(at, plain)| Stranger { at, normal: account(&plain) });
            let apart = |s: &Stranger| !found.iter().any(|f: &Stranger| f.at.start < s.at.end && s.at.start < f.at.end);
            let new: Vec<Stranger> = numbers.filter(|s| !self.holds(&s.normal) && apart(s)).collect();
            found.extend(new);
        }
        if !self.names.is_empty() {
            // The longest first, where one stands in another.
            let mut end = 0;
            for (at, normal) in names(text).into_iter().filter(|(_, name)| self.names.contains(name)) {
                if at.start >= end && !found.iter().any(|s| s.at.start < at.end && at.start < s.at.end) {
                    end = at.end;
                    found.push(Stranger { at, normal });
                }
            }
        }
        found.sort_by_key(|stranger| stranger.at.start);
        found
    }
}

/// What an identifier in normal form is.
pub fn what_is(normal: &str) -> What {
    match normal.chars().next() {
        Some('#') => What::Account,
        _ if normal.contains('@') => What::Email,
        Some('+') => What::Phone,
        _ => What::Name,
    }
}

/// The normal form of an account's or a card's number: nothing else begins so.
fn account(plain: &str) -> String {
    format!("#{plain}")
}

/// Whether a text could hold an identifier that is told by itself: a cheap look before the dear one.
pub fn is_marked(text: &str) -> bool {
    memchr::memchr2(b'@', b'+', text.as_bytes()).is_some() || may_hold(text)
}

/// Whether the whole text is one e-mail address, telephone number, account or card number.
pub fn is_identifier(text: &str) -> bool {
    let text = text.trim();
    let whole = |ranges: Vec<Range<usize>>| ranges.first() == Some(&(0..text.len()));
    whole(addresses(text)) || whole(phones(text)) || whole(accounts(text).into_iter().map(|(at, _)| at).collect())
}

/// What could be names in a text, in lower case.
pub fn names_in(text: &str) -> Vec<String> {
    names(text).into_iter().map(|(_, name)| name).collect()
}

/// What could be names: two or three words with capitals, one space apart; in lower case, from left to right, and the
/// longer of two that begin together first.
fn names(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut found = Vec::new();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut add = |words: &[Range<usize>]| {
        for from in 0..words.len() {
            for length in [3, 2] {
                if let Some(last) = words.get(from + length - 1) {
                    let at = words[from].start..last.end;
                    found.push((at.clone(), text[at].to_lowercase()));
                }
            }
        }
    };
    let mut rest = 0;
    while let Some(start) = text[rest..].find(part).map(|i| rest + i) {
        let end = text[start..].find(|c| !part(c)).map_or(text.len(), |i| start + i);
        let word = text[start..end].trim_end_matches(['\'', '’', '-']);
        let bare = start..start + word.len();
        let is_name = word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let joins = words.last().is_some_and(|last| &text[last.end..start] == " ");
        if !(is_name && joins) {
            add(&words);
            words.clear();
        }
        if is_name {
            words.push(bare);
        }
        rest = end;
    }
    add(&words);
    found
}

fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'');
        let domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let name = text[..at].trim_end_matches(local);
        let name = &text[name.len()..at].trim_start_matches(['.', '\'', '-']);
        let start = at - name.len();
        let rest = text[at + 1..].trim_start_matches(domain);
        let host = text[at + 1..text.len() - rest.len()].trim_end_matches(['.', '-']);
        let top = host.rsplit_once('.').map_or("", |(_, top)| top);
        let is_host = top.chars().count() >= 2 && top.chars().any(char::is_alphabetic) && !host.starts_with('.');
        // A link may hold a name and password before a host: `https://user@host/`.
        let is_link = text[..start].ends_with("//");
        if !name.is_empty() && is_host && !is_link && found.last().is_none_or(|last| last.end <= start) {
            found.push(start..at + 1 + host.len());
        }
    }
    found
}

fn phones(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('+') {
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let (mut digits, mut end) = (0, at + 1);
        for (i, c) in text[at + 1..].char_indices() {
            match c {
                '0'..='9' => (digits, end) = (digits + 1, at + 2 + i),
                ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' if i > 0 => {}
                c if c.is_alphanumeric() => {
                    digits = 0;
                    break;
                }
                _ => break,
            }
            if digits > 15 {
                break;
            }
        }
        if (8..=15).contains(&digits) {
            found.push(at..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        let mut known = Known::default();
        known.add("Ana@Example.com");
        known.add("+65 6123 4567");
        known.add_controller("The privacy desk, privacy@meridian.example");
        known.strangers(text).into_iter().map(|s| s.normal).collect()
    }

    #[test]
    fn others_are_found_and_she_is_not() {
        let cases: [(&str, &[&str]); 16] = [
            ("refund to DE89 3704 0044 0532 0130 00", &["#DE89370400440532013000"]),
            ("or by 4111 1111 1111 1111 of bob@x.io", &["#4111111111111111", "bob@x.io"]),
            ("write to ana@example.com or ANA@EXAMPLE.COM.", &[]),
            ("call +65 6123-4567", &[]),
            ("ask Bob (bob.b+x@mail.example.org).", &["bob.b+x@mail.example.org"]),
            ("his number is +44 20 7946 0123, call soon", &["+442079460123"]),
            ("a@b", &[]),
            ("@handle and x@y.", &[]),
            ("order 4520260001234, parcel 00340434161094042557", &[]),
            ("1+12345678901", &[]),
            ("+49 as a code, +1 more", &[]),
            ("from support@meridian.example", &[]),
            ("from kim@meridian.example", &["kim@meridian.example"]),
            ("https://user@host.example/x", &[]),
            ("józef@poczta.pl;bob@x.io", &["józef@poczta.pl", "bob@x.io"]),
            ("2024+08:00 +123abc456789", &[]),
        ];
        for (text, others) in cases {
            assert_eq!(found(text), others, "{text}");
        }
        assert!(is_identifier(" bob@x.io") && !is_identifier("Bob bob@x.io") && !is_identifier("12345678"));
    }

    #[test]
    fn names_of_others_are_found_where_the_sources_know_them() {
        let mut known = Known::default();
        known.add_others(["bob miller".to_owned(), "anna maria o'neill".to_owned()]);
        let cases: [(&str, &[&str]); 6] = [
            ("Tell Bob Miller to call", &["Bob Miller"]),
            ("(Bob Miller), BOB MILLER and Bob  Miller", &["Bob Miller"]),
            ("Dear Anna Maria O'Neill, bob", &["Anna Maria O'Neill"]),
            ("Bob Millers", &[]),
            ("Jim Bob Miller Smith", &["Bob Miller"]),
            ("Bob\nMiller", &[]),
        ];
        for (text, others) in cases {
            let found: Vec<&str> = known.strangers(text).into_iter().map(|s| &text[s.at]).collect();
            assert_eq!(found, others, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_panics_and_ranges_fit(text in any::<String>()) {
            for stranger in Known::default().strangers(&text) {
                prop_assert!(text.get(stranger.at).is_some());
            }
            for (at, _) in names(&text) {
                prop_assert!(text.get(at).is_some());
            }
        }

        #[test]
        fn an_address_in_any_sentence_is_found(before in "[ a-z,]{0,9}", after in "[ ,;)]?[ a-z]{0,9}") {
            let text = format!("{before} bob@mail.example {after}");
            prop_assert_eq!(found(&text), ["bob@mail.example"]);
        }
    }
}
