//! What the law asks a controller to say of its data: who answers for it, why it is held, who receives it, what is
//! decided by machine. The words for the answer of GDPR Art. 15(1) and (2) come from here.
//!
//! Codes of legal bases and safeguards are the local names of W3C DPV's `eu-gdpr` terms
//! (<https://w3id.org/dpv/legal/eu/gdpr>). Nothing here knows a source.

use std::collections::BTreeMap;

use crate::language::Tag;

/// A text for people, in one language or in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The text where the reader's language is not among the others.
    pub text: String,
    /// By language (BCP 47); empty where the map gives one text.
    pub languages: BTreeMap<String, String>,
}

/// Who answers for the data (GDPR Art. 4(7), 13(1)(a) and (b)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Controller {
    /// Its name.
    pub name: String,
    /// Its number in a register of companies.
    pub registration: Option<String>,
    /// How to reach it about personal data.
    pub contact: Option<String>,
    /// How to reach the data protection officer (Art. 37).
    pub officer: Option<String>,
    /// The representative in the Union (Art. 27).
    pub eu_representative: Option<String>,
    /// The representative in the United Kingdom (UK GDPR Art. 27).
    pub uk_representative: Option<String>,
    /// Which supervisory authority to complain to, where none of `authorities` fits.
    pub authority: Option<String>,
    /// Supervisory authorities by country (ISO 3166): of residence, work or infringement (Art. 77).
    pub authorities: BTreeMap<String, String>,
    /// IANA time zone; UTC where none is given.
    pub time_zone: Option<String>,
    /// The languages it answers in (BCP 47), the first one first.
    pub languages: Vec<String>,
}

/// Why data are processed (Art. 15(1)(a)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// Its name in the map.
    pub name: String,
    /// What it is called for people.
    pub label: Words,
    /// The legal basis: `A6-1-a` … `A6-1-f`.
    pub basis: String,
    /// The exception for special categories, where there are such data: `A9-2-a` … `A9-2-j`.
    pub special: Option<String>,
    /// The interest pursued, with `A6-1-f` (Art. 13(1)(d)).
    pub interest: Option<Words>,
    /// Whether the person has to provide the data (Art. 13(2)(e)).
    pub mandatory: bool,
}

/// What a recipient is (Art. 4(9)); decides who is told of an erasure (Art. 19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecipientKind {
    /// Acts for the controller.
    #[default]
    Processor,
    /// Answers for the data itself.
    Controller,
    /// Answers for the data together with the controller.
    Joint,
    /// An authority.
    Authority,
    /// Other users of the service.
    Users,
}

/// Who receives data (Art. 15(1)(c)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// Its name in the map.
    pub name: String,
    /// What it is called for people: by name, not by category (C-154/21).
    pub label: Words,
    /// What it is.
    pub kind: RecipientKind,
    /// Its country (ISO 3166).
    pub country: Option<String>,
    /// The safeguard of the transfer (Art. 15(2)): `A45-3`, `A46-2-c`, …
    pub safeguard: Option<String>,
    /// How to reach it.
    pub contact: Option<String>,
}

/// A decision taken by a machine alone (Art. 15(1)(h), 22).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AutomatedDecision {
    /// Its name in the map.
    pub name: String,
    /// What it is called for people.
    pub label: Words,
    /// The logic involved: procedure and principles actually applied (C-203/22).
    pub logic: Words,
    /// What it means for the person.
    pub consequence: Words,
}

/// Where a datum came from; portability (Art. 20) covers the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Given by the person.
    Provided,
    /// Observed of the person's use.
    Observed,
    /// Concluded from other data.
    Derived,
    /// Received from somebody else.
    Received,
}

/// A finding of `check` that a person has looked at and accepts, with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// The finding's code.
    pub code: String,
    /// Its place, or the beginning of it (`shop.orders` covers its fields).
    pub place: String,
    /// Why it is accepted.
    pub because: String,
    /// Where it stands.
    pub at: super::Place,
}

/// The legal bases of Art. 6(1), by code, in words for people.
pub const BASES: [(&str, &str); 6] = [
    ("A6-1-a", "your consent (Art. 6(1)(a))"),
    ("A6-1-b", "a contract with you, or steps you asked for before one (Art. 6(1)(b))"),
    ("A6-1-c", "a legal obligation (Art. 6(1)(c))"),
    ("A6-1-d", "somebody's vital interests (Art. 6(1)(d))"),
    ("A6-1-e", "a task in the public interest (Art. 6(1)(e))"),
    ("A6-1-f", "legitimate interests (Art. 6(1)(f))"),
];

/// The exceptions of Art. 9(2), by code, in words for people.
pub const SPECIAL: [(&str, &str); 10] = [
    ("A9-2-a", "your explicit consent (Art. 9(2)(a))"),
    ("A9-2-b", "employment and social security law (Art. 9(2)(b))"),
    ("A9-2-c", "vital interests (Art. 9(2)(c))"),
    ("A9-2-d", "an association's dealings with its members (Art. 9(2)(d))"),
    ("A9-2-e", "you have made the data public yourself (Art. 9(2)(e))"),
    ("A9-2-f", "legal claims (Art. 9(2)(f))"),
    ("A9-2-g", "substantial public interest (Art. 9(2)(g))"),
    ("A9-2-h", "health or social care (Art. 9(2)(h))"),
    ("A9-2-i", "public health (Art. 9(2)(i))"),
    ("A9-2-j", "archiving, research or statistics (Art. 9(2)(j))"),
];

/// The safeguards of transfers to third countries, by code, in words for people.
pub const SAFEGUARDS: [(&str, &str); 8] = [
    ("A45-3", "an adequacy decision of the European Commission (Art. 45(3))"),
    ("A46-2-a", "an instrument between public authorities (Art. 46(2)(a))"),
    ("A46-2-b", "binding corporate rules (Art. 46(2)(b))"),
    ("A46-2-c", "standard contractual clauses of the European Commission (Art. 46(2)(c))"),
    ("A46-2-d", "standard contractual clauses of a supervisory authority (Art. 46(2)(d))"),
    ("A46-2-e", "an approved code of conduct (Art. 46(2)(e))"),
    ("A46-2-f", "an approved certification (Art. 46(2)(f))"),
    ("A49-1", "a derogation for a specific situation (Art. 49(1))"),
];

impl Words {
    /// The same text for every reader.
    pub fn plain(text: impl Into<String>) -> Self {
        Words { text: text.into(), languages: BTreeMap::new() }
    }

    /// The text for a reader of that language, or the general one.
    pub fn in_language(&self, tag: &str) -> &str {
        in_language(&self.languages, tag).unwrap_or(&self.text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words::plain(text)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        Words::plain(text)
    }
}

/// The text of that tag, of its main language, or of another country with that language (`de-CH` for `de`).
pub(super) fn in_language<'t>(texts: &'t BTreeMap<String, String>, tag: &str) -> Option<&'t str> {
    if texts.is_empty() {
        return None;
    }
    let main = tag.split('-').next().unwrap_or(tag);
    let same = |key: &str| key.starts_with(main) && Tag::of(key).is_some_and(|one| Some(one) == Tag::of(tag));
    let found = texts.get(tag).or_else(|| texts.get(main));
    let found = found.or_else(|| texts.iter().find(|(key, _)| !main.is_empty() && same(key)).map(|(_, text)| text));
    found.map(String::as_str)
}

impl RecipientKind {
    /// Every kind with its word.
    pub const WORDS: [(&str, RecipientKind); 5] = [
        ("processor", RecipientKind::Processor),
        ("controller", RecipientKind::Controller),
        ("joint", RecipientKind::Joint),
        ("authority", RecipientKind::Authority),
        ("users", RecipientKind::Users),
    ];

    /// Its word in the map.
    pub fn word(self) -> &'static str {
        RecipientKind::WORDS.into_iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

impl Origin {
    /// Every origin with its word.
    pub const WORDS: [(&str, Origin); 4] = [
        ("provided", Origin::Provided),
        ("observed", Origin::Observed),
        ("derived", Origin::Derived),
        ("received", Origin::Received),
    ];

    /// Its word in the map.
    pub fn word(self) -> &'static str {
        Origin::WORDS.into_iter().find(|(_, origin)| *origin == self).map_or("", |(word, _)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_language_and_fall_back() {
        let languages = BTreeMap::from([("de".to_owned(), "Name".to_owned()), ("pt-BR".to_owned(), "Nome".to_owned())]);
        let words = Words { text: "Name (general)".to_owned(), languages };
        let cases =
            [("de", "Name"), ("de-AT", "Name"), ("pt-BR", "Nome"), ("pt", "Name (general)"), ("", "Name (general)")];
        let zh = BTreeMap::from([("zh-TW".to_owned(), "姓".to_owned()), ("zh-CN".to_owned(), "姓名".to_owned())]);
        assert_eq!(
            Words { text: String::new(), languages: zh }.in_language("zh-Hans"),
            "姓名",
            "not the traditional one"
        );
        for (tag, text) in cases {
            assert_eq!(words.in_language(tag), text, "{tag}");
        }
    }

    #[test]
    fn every_word_leads_back() {
        assert!(Origin::WORDS.iter().all(|(word, origin)| origin.word() == *word));
        assert!(RecipientKind::WORDS.iter().all(|(word, kind)| kind.word() == *word));
    }
}
