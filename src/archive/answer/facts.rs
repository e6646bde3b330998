//! What the map says of a collection's data, in words for the person: what they are for, who receives them, where they
//! came from, what a machine decides with them, how long they are kept (GDPR Art. 15(1)(a), (c), (d), (g), (h)).
//!
//! What the map does not say is not made up; what would name something silent is left out.

use super::LANGUAGE;
use crate::archive::page::label;
use crate::archive::silence::Silence;
use crate::archive::visible::line;

use crate::map::{BASES, Collection, DataMap, Purpose, Recipient, RetentionRule, SAFEGUARDS};

/// What is said of a collection: what about, and the sentence.
pub fn facts(map: &DataMap, collection: &Collection, silence: &Silence) -> Vec<(&'static str, String)> {
    let all = [
        ("What they are for", purposes(map, collection)),
        ("Who receives them", recipients(map, collection)),
        ("Where they came from", collection.received_from.clone()),
        ("What is decided by machine", automated(map, collection)),
        ("How long they are kept", kept(map, collection)),
    ];
    let told = |(title, text): (&'static str, Option<String>)| Some((title, line(&text?)));
    all.into_iter().filter_map(told).filter(|(_, text)| silence.allows(text)).collect()
}

fn purposes(map: &DataMap, collection: &Collection) -> Option<String> {
    let of = |name: &String| {
        let purpose = map.purposes.get(name)?;
        Some(sentence(&format!("{}. {}", purpose.label.in_language(LANGUAGE), basis(purpose))))
    };
    joined(collection.purposes.iter().filter_map(of).collect(), " ")
}

/// The legal basis of a purpose, with the interest pursued.
pub fn basis(purpose: &Purpose) -> String {
    let mut text = String::new();
    if let Some((_, basis)) = BASES.iter().find(|(code, _)| *code == purpose.basis) {
        text.push_str(&format!("Basis: {basis}"));
    }
    if let Some(interest) = &purpose.interest {
        text.push_str(&format!(": {}", interest.in_language(LANGUAGE)));
    }
    text
}

fn recipients(map: &DataMap, collection: &Collection) -> Option<String> {
    let of = |name: &String| {
        let recipient = map.recipients.get(name)?;
        let mut text = recipient.label.in_language(LANGUAGE).to_owned();
        let country = recipient.country.as_ref().map(|country| format!("country: {country}"));
        if let Some(more) = joined([country, safeguard(recipient)].into_iter().flatten().collect(), ", ") {
            text.push_str(&format!(" ({more})"));
        }
        Some(text)
    };
    joined(collection.recipients.iter().filter_map(of).collect(), "; ")
}

/// Under what data go to a recipient abroad.
pub fn safeguard(recipient: &Recipient) -> Option<String> {
    let code = recipient.safeguard.as_deref()?;
    SAFEGUARDS.iter().find(|(known, _)| *known == code).map(|(_, words)| format!("under {words}"))
}

fn automated(map: &DataMap, collection: &Collection) -> Option<String> {
    let sentences = collection.automated.iter().filter_map(|name| {
        let decision = map.automated.get(name)?;
        let words = [&decision.label, &decision.logic, &decision.consequence];
        joined(words.map(|w| sentence(w.in_language(LANGUAGE))).into_iter().filter(|s| s != ".").collect(), " ")
    });
    joined(sentences.collect(), " ")
}

pub fn joined(parts: Vec<String>, by: &str) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(by))
}

/// How long, and why: the retention rule, or what the map says in words, or why records stay.
pub fn kept(map: &DataMap, collection: &Collection) -> Option<String> {
    let rule = collection.retain.as_ref().and_then(|retain| Some((map.retention.get(&retain.rule)?, retain)));
    let Some((rule, retain)) = rule else {
        let parts = [collection.kept.as_deref(), collection.because.as_deref()];
        return joined(parts.into_iter().flatten().map(sentence).collect(), " ");
    };
    let from = match &retain.from {
        Some(from) => format!("counted from “{}”", label(Some(collection), from.as_str())),
        None => "the date it counts from is not recorded".to_owned(),
    };
    let law = rule.law.as_deref().map(|law| format!(" Law: {}", sentence(law))).unwrap_or_default();
    Some(format!("For {}, {from}. {}{law}", period(rule), sentence(&rule.because)))
}

/// The text as a sentence: a capital, a full stop.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let mut out: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    out.push_str(chars.as_str());
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

/// `P10Y` as `10 years`.
fn period(rule: &RetentionRule) -> String {
    let keep = &rule.keep;
    let parts = [
        (i64::from(keep.get_years()), "year"),
        (i64::from(keep.get_months()), "month"),
        (i64::from(keep.get_weeks()), "week"),
        (i64::from(keep.get_days()), "day"),
    ];
    let word = |(n, unit): (i64, &str)| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let words: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(word).collect();
    joined(words, " and ").unwrap_or_else(|| line(&rule.keep_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::map::{Purpose, Recipient, Retain, Then, Words};
    use crate::record::FieldPath;

    fn said(map: &DataMap, collection: &Collection) -> Vec<String> {
        facts(map, collection, &Silence::of(map)).into_iter().map(|(title, text)| format!("{title}: {text}")).collect()
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
                "How long they are kept: For 1 year and 6 months, counted from “Paid at”. Invoices are kept for tax law. \
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
