//! Categories of personal data in words for people (GDPR Art. 15(1)(b)): Fideslang keys, nearest first.

use std::borrow::Cow;

use crate::language::Language;

/// The words for a category; what is not listed is called as its parent.
pub fn words<'l>(language: &'l Language, category: &str) -> Cow<'l, str> {
    let is_key = category.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    let mut key = if is_key { category } else { "" };
    loop {
        if let Some(words) = language.code("category", &key.replace('.', "-")) {
            return words;
        }
        match key.rsplit_once('.') {
            Some((parent, _)) => key = parent,
            None => return language.say("category-other"),
        }
    }
}

/// Whether a category is one of GDPR Art. 9(1).
pub fn is_special(category: &str) -> bool {
    const SPECIAL: [&str; 9] = [
        "user.health_and_medical",
        "user.health",
        "user.biometric",
        "user.genetic",
        "user.demographic.religious_belief",
        "user.demographic.political_opinion",
        "user.demographic.sexual_orientation",
        "user.demographic.race_ethnicity",
        "user.biometric_health",
    ];
    SPECIAL.iter().any(|key| category.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Tag;

    #[test]
    fn the_nearest_words_are_found() {
        let cases = [
            ("user.contact.phone_number", "How to reach you"),
            ("user.device.ip_address", "Addresses on the internet (IP)"),
            ("user.behavior.purchase_history", "What you ordered and bought"),
            ("user.something.new", "Other data about you"),
            ("system.operations", "Other personal data"),
            ("", "Other personal data"),
            ("no key, but text", "Other personal data"),
        ];
        let english = Language::of(Tag::English);
        cases.iter().for_each(|(key, expected)| assert_eq!(words(english, key), *expected, "{key}"));
        assert_eq!(words(Language::of(Tag::German), "user.name.first"), "Ihr Name");
        assert!(is_special("user.health_and_medical.record") && !is_special("user.healthy"));
    }
}
