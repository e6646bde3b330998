//! What the map lacks for the answer of GDPR Art. 15, and what it says so generally that it says nothing (a table in
//! words for people: purposes, recipients, retention; the fines for generic texts are why).
//!
//! `check` tells the officer, an archive tells the person. Nothing here asks a source.

use super::{About, Collection, DataMap, Disclose, Place, Recipient, SourceMap};

/// Countries where a transfer needs no safeguard: the European Economic Area.
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// What is lacking at one place.
pub struct Lack<'m> {
    /// Its code: `no-purpose`, `no-retention`, `no-label`, `no-origin`, `generic-purpose`, …
    pub code: &'static str,
    /// Where the map says it, or should.
    pub at: &'m Place,
    /// The collection or field: `shop.orders.buyer_id`.
    pub place: String,
}

/// Whether a collection holds data about people that the answer has to speak of.
pub fn is_personal(one: &Collection) -> bool {
    let silent = one.disclose == Disclose::Silent;
    one.about != About::Nobody
        && !silent
        && (one.person || !one.identities.is_empty() || one.links.iter().any(|l| l.role.is_own()))
}

/// What is lacking for one collection.
pub fn lacks<'m>(map: &DataMap, source: &SourceMap, one: &'m Collection) -> Vec<Lack<'m>> {
    let mut found = Vec::new();
    let place = format!("{}.{}", source.name, one.name);
    let mut lack = |code, at, place: &str| found.push(Lack { code, at, place: place.to_owned() });
    if one.purposes.is_empty() {
        lack("no-purpose", &one.place, &place);
    }
    if one.purposes.iter().filter_map(|name| map.purposes.get(name)).any(|p| is_generic_purpose(&p.label.text)) {
        lack("generic-purpose", &one.place, &place);
    }
    let named = one.recipients.iter().filter_map(|name| map.recipients.get(name));
    if named.clone().any(|r| is_generic_recipient(&r.label.text)) {
        lack("generic-recipient", &one.place, &place);
    }
    match &one.kept {
        None if one.retain.is_none() && one.because.is_none() => lack("no-retention", &one.place, &place),
        Some(kept) if one.retain.is_none() && is_generic_period(&kept.text) => {
            lack("generic-retention", &one.place, &place);
        }
        _ => {}
    }
    for (name, field) in one.fields.iter().filter(|(_, f)| f.category.is_some()) {
        let silent = one.disclose(name) == Disclose::Silent;
        let place = format!("{place}.{name}");
        if field.label.is_none() && !silent {
            lack("no-label", &field.place, &place);
        }
        if one.origin(name).is_none() && !silent {
            lack("no-origin", &field.place, &place);
        }
    }
    found
}

/// Whether data go to a third country without a safeguard.
pub fn lacks_safeguard(recipient: &Recipient) -> bool {
    is_abroad(recipient) && recipient.safeguard.is_none()
}

/// Whether a recipient is in a third country.
pub fn is_abroad(recipient: &Recipient) -> bool {
    recipient.country.as_deref().is_some_and(|c| !EEA.contains(&c))
}

/// The words of a text that carry meaning, in lower case.
fn telling(text: &str) -> Vec<String> {
    const EMPTY: [&str; 30] = [
        "a", "an", "and", "as", "by", "for", "from", "in", "is", "it", "of", "on", "or", "our", "the", "to", "we",
        "with", "your", "you", "us", "other", "various", "selected", "trusted", "certain", "all", "any", "some",
        "general",
    ];
    let words = text.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !EMPTY.contains(w));
    words.map(str::to_owned).collect()
}

/// Whether a text says nothing beyond these words.
fn only(text: &str, words: &[&str]) -> bool {
    let telling = telling(text);
    telling.iter().all(|word| words.contains(&word.as_str()))
}

/// "Business purposes", "to improve our services": true of every firm.
fn is_generic_purpose(text: &str) -> bool {
    only(
        text,
        &[
            "business",
            "purpose",
            "purposes",
            "service",
            "services",
            "improve",
            "improving",
            "provide",
            "providing",
            "operation",
            "operations",
            "operational",
            "internal",
            "legitimate",
            "interest",
            "interests",
            "use",
            "processing",
            "experience",
            "user",
            "data",
            "enhance",
            "develop",
            "product",
            "products",
            "related",
        ],
    )
}

/// "Third parties", "service providers": recipients are to be told by name (C-154/21).
fn is_generic_recipient(text: &str) -> bool {
    only(
        text,
        &[
            "third",
            "party",
            "parties",
            "partner",
            "partners",
            "business",
            "service",
            "services",
            "provider",
            "providers",
            "supplier",
            "suppliers",
            "vendor",
            "vendors",
            "affiliate",
            "affiliates",
            "company",
            "companies",
            "processor",
            "processors",
            "recipient",
            "recipients",
            "contractor",
            "contractors",
            "subcontractors",
            "organisations",
            "organizations",
            "external",
            "group",
            "it",
        ],
    )
}

/// "As long as necessary": no period, and no way to work one out.
fn is_generic_period(text: &str) -> bool {
    only(
        text,
        &[
            "long",
            "necessary",
            "needed",
            "required",
            "need",
            "law",
            "laws",
            "applicable",
            "legal",
            "permitted",
            "purpose",
            "purposes",
            "keep",
            "kept",
            "data",
            "retain",
            "retained",
            "period",
            "time",
            "indefinitely",
            "limited",
            "them",
            "this",
            "these",
            "may",
            "be",
            "are",
            "under",
            "until",
            "no",
            "longer",
            "collected",
            "which",
            "were",
            "they",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_words_are_told_from_those_that_say_something() {
        let purposes = [
            ("Business purposes", true),
            ("To improve our services", true),
            ("To provide our services to you", true),
            ("To deliver what you order", false),
            ("To find fraud", false),
        ];
        purposes.iter().for_each(|(text, is)| assert_eq!(is_generic_purpose(text), *is, "{text}"));
        let recipients = [
            ("Trusted third parties", true),
            ("our IT service providers", true),
            ("Heron Cloud Inc.", false),
            ("The seller you buy from", false),
        ];
        recipients.iter().for_each(|(text, is)| assert_eq!(is_generic_recipient(text), *is, "{text}"));
        let periods = [
            ("as long as necessary for the purposes for which they were collected", true),
            ("As required by law", true),
            ("as long as you have an account", false),
            ("two years after the last login", false),
        ];
        periods.iter().for_each(|(text, is)| assert_eq!(is_generic_period(text), *is, "{text}"));
    }
}
