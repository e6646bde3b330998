//! What the map says of a collection's data, in words for the person: what they are for, who receives them, where they
//! came from, what a machine decides with them, how long they are kept (GDPR Art. 15(1)(a), (c), (d), (g), (h)).
//!
//! What the map does not say is not made up; what would name something silent is left out.

use crate::archive::Cover;
use crate::archive::page::label;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::language::{Language, say};
use crate::map::{Collection, DataMap, Purpose, Recipient, Words};

/// What is said of a collection: what about, and the sentence.
pub fn facts(cover: &Cover<'_>, collection: &Collection, silence: &Silence) -> Vec<(String, String)> {
    let (language, map) = (cover.language, cover.map);
    let all = [
        ("about-purposes", purposes(language, map, collection)),
        ("about-recipients", recipients(language, map, collection)),
        ("about-origin", in_her(language, &collection.received_from).map(str::to_owned)),
        ("about-automated", automated(language, map, collection)),
        ("about-kept", kept(language, map, collection)),
    ];
    let told = |(title, text): (&str, Option<String>)| Some((language.say(title).into_owned(), line(&text?)));
    all.into_iter().filter_map(told).filter(|(_, text)| silence.allows(text)).collect()
}

/// A text of the map in the person's language.
pub fn in_her<'w>(language: &Language, words: &'w Option<Words>) -> Option<&'w str> {
    words.as_ref().map(|words| words.in_language(language.tag()))
}

fn purposes(language: &Language, map: &DataMap, collection: &Collection) -> Option<String> {
    let of = |name: &String| {
        let purpose = map.purposes.get(name)?;
        let label = language.sentence(purpose.label.in_language(language.tag()));
        Some(language.sentences(&[label, language.sentence(&basis(language, purpose))]))
    };
    said(language.sentences(&collection.purposes.iter().filter_map(of).collect::<Vec<_>>()))
}

/// The legal basis of a purpose, with the interest pursued.
pub fn basis(language: &Language, purpose: &Purpose) -> String {
    let Some(basis) = language.code("basis", &purpose.basis) else { return String::new() };
    match &purpose.interest {
        None => say!(language, "basis", basis = basis),
        Some(interest) => {
            say!(language, "basis-interest", basis = basis, interest = interest.in_language(language.tag()))
        }
    }
}

fn recipients(language: &Language, map: &DataMap, collection: &Collection) -> Option<String> {
    let of = |name: &String| {
        let recipient = map.recipients.get(name)?;
        let label = recipient.label.in_language(language.tag());
        let country = recipient.country.as_deref().map(|country| say!(language, "country", country = country));
        let more: Vec<String> = [country, safeguard(language, recipient)].into_iter().flatten().collect();
        Some(match more.is_empty() {
            true => label.to_owned(),
            false => language.aside(label, &more.join(&language.say("parts-between"))),
        })
    };
    said(language.series(&collection.recipients.iter().filter_map(of).collect::<Vec<_>>()))
}

/// Under what data go to a recipient abroad.
pub fn safeguard(language: &Language, recipient: &Recipient) -> Option<String> {
    Some(language.code("safeguard", recipient.safeguard.as_deref()?)?.into_owned())
}

fn automated(language: &Language, map: &DataMap, collection: &Collection) -> Option<String> {
    let of = |name: &String| {
        let decision = map.automated.get(name)?;
        let words = [&decision.label, &decision.logic, &decision.consequence];
        let words = words.map(|words| words.in_language(language.tag()).trim());
        let sentences = words.into_iter().filter(|text| !text.is_empty()).map(|text| language.sentence(text));
        Some(language.sentences(&sentences.collect::<Vec<_>>()))
    };
    said(language.sentences(&collection.automated.iter().filter_map(of).collect::<Vec<_>>()))
}

/// A text, where there is one.
pub fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// How long, and why: the retention rule, or what the map says in words, or why records stay.
pub fn kept(language: &Language, map: &DataMap, collection: &Collection) -> Option<String> {
    let sentence = |text: &str| language.sentence(text);
    let rule = collection.retain.as_ref().and_then(|retain| Some((map.retention.get(&retain.rule)?, retain)));
    let Some((rule, retain)) = rule else {
        let parts = [in_her(language, &collection.kept), in_her(language, &collection.because)];
        return said(language.sentences(&parts.into_iter().flatten().map(sentence).collect::<Vec<_>>()));
    };
    let period = language.period(rule.keep).unwrap_or_else(|| line(&rule.keep_text));
    let mut all = vec![match &retain.from {
        Some(from) => {
            let field = label(language, Some(collection), from.as_str());
            say!(language, "kept-for", period = period, field = field)
        }
        None => say!(language, "kept-for-undated", period = period),
    }];
    all.push(sentence(rule.because.in_language(language.tag())));
    all.extend(in_her(language, &rule.law).map(|law| say!(language, "kept-law", law = sentence(law))));
    Some(language.sentences(&all))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::language::Tag;
    use crate::map::{Retain, RetentionRule, Then};
    use crate::record::FieldPath;

    fn said(map: &DataMap, collection: &Collection) -> Vec<String> {
        said_in(Tag::English, map, collection)
    }

    fn said_in(tag: Tag, map: &DataMap, collection: &Collection) -> Vec<String> {
        let cover = Cover { language: Language::of(tag), ..crate::archive::tests::cover(map) };
        let all = facts(&cover, collection, &Silence::of(map)).into_iter();
        all.map(|(title, text)| format!("{title}: {text}")).collect()
    }

    #[test]
    fn retention_reads_as_a_sentence() {
        let mut map = DataMap::default();
        let rule = RetentionRule {
            name: "tax".into(),
            because: "Invoices are kept for tax law".into(),
            law: Some("Tax Act, s. 1".into()),
            keep: "P1Y6M".parse().unwrap(),
            keep_text: "P1Y6M".into(),
            then: Then::Delete,
            isolate: false,
        };
        map.retention.insert("tax".into(), rule);
        let retain = Retain { rule: "tax".into(), from: Some(FieldPath::column("paid_at")), needs: None };
        let mut collection = Collection { retain: Some(retain), ..Collection::default() };
        assert_eq!(
            said(&map, &collection),
            [
                "How long they are kept: For one year and six months, counted from “Paid at”. Invoices are kept for tax law. \
              Law: Tax Act, s. 1."
            ]
        );
        (collection.retain, collection.because) = (None, Some("They stay.".into()));
        collection.kept = Some("as long as you have an account".into());
        assert_eq!(said(&map, &collection), ["How long they are kept: As long as you have an account. They stay."]);
        (collection.because, collection.kept) = (None, None);
        assert_eq!(said(&map, &collection), [""; 0]);
    }

    #[test]
    fn purposes_and_recipients_are_named() {
        let mut map = DataMap::default();
        let purpose = Purpose { label: Words::plain("To find fraud"), basis: "A6-1-f".into(), ..Purpose::default() };
        map.purposes.insert("safety".into(), purpose);
        let recipient = Recipient {
            label: Words::plain("Heron Cloud Inc."),
            country: Some("US".into()),
            safeguard: Some("A46-2-c".into()),
            ..Recipient::default()
        };
        map.recipients.insert("cloud".into(), recipient);
        let collection = Collection {
            purposes: vec!["safety".into(), "unknown".into()],
            recipients: vec!["cloud".into()],
            ..Collection::default()
        };
        assert_eq!(
            said(&map, &collection),
            [
                "What they are for: To find fraud. Basis: legitimate interests (Art. 6(1)(f)).",
                "Who receives them: Heron Cloud Inc. (country: US, under standard contractual clauses of the European \
                 Commission (Art. 46(2)(c)))",
            ]
        );
    }
}
