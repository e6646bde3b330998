//! What names of columns say: phrases of each family, in several languages.
//!
//! A phrase is one or more words that stand together in a name. The longest phrase wins; among equals the one nearer
//! the end of the name, where English, German and Chinese put the noun: `email_sent_count` is a count.

use std::sync::LazyLock;

use super::kind::Kind;
use super::phrases::{Found, Phrases, list};
use super::{contact, device, money, official, person, plain, secret, special, text};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It can mean one thing.
    Is(Kind),
    /// It means this where the values or the collection speak for it.
    Perhaps(Kind),
    /// The name of whatever the collection is about.
    Name,
    /// A position, a form of address, or the title of a thing.
    Title,
    /// Free text, or the description of a thing.
    Text,
    /// A number of something: of a card, a document, a telephone, or none of these.
    Number,
    /// A code: of a payment card in a table of cards.
    Code,
    /// A part of an address, or the state something is in.
    State,
    /// A picture of a person, or of a thing.
    Picture,
    /// How to reach somebody: the values say which way.
    Contact,
    /// Somebody by whom something was done: a number, a name, an e-mail address.
    Doer,
}

/// One family's phrases for one meaning, separated by commas.
pub(super) type Rule = (Says, &'static str);

/// All phrases of all families.
pub(super) fn all() -> impl Iterator<Item = (Says, &'static str)> {
    let families: [&[Rule]; 9] = [
        contact::RULES,
        person::RULES,
        secret::RULES,
        money::RULES,
        official::RULES,
        device::RULES,
        special::RULES,
        text::RULES,
        plain::RULES,
    ];
    families.into_iter().flatten().flat_map(|(says, phrases)| list(phrases).map(|phrase| (*says, phrase)))
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| Phrases::new(all()));

/// The phrase that decides what the words of a name mean.
pub(super) fn best(words: &[String]) -> Option<Found<Says>> {
    PHRASES.best(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::recognise::phrases::LONGEST;
    use rustc_hash::FxHashMap;

    #[test]
    fn no_phrase_has_two_meanings() {
        let mut seen: FxHashMap<&str, Says> = FxHashMap::default();
        let mut twice = Vec::new();
        for (says, phrase) in all() {
            let before = seen.insert(phrase, says);
            twice.extend(before.filter(|b| *b != says).map(|b| format!("{phrase}: {b:?} and {says:?}")));
            assert!(phrase.split(' ').count() <= LONGEST, "{phrase}");
        }
        assert_eq!(twice, [""; 0]);
        assert!(seen.len() > 500);
    }
}
