//! Why records of a collection are kept, and how long: what the map says of it, in words for the person.

use super::label::label;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::map::{Collection, DataMap, RetentionRule};

/// Why a collection's records are kept; `None` where the map does not say, or says what must not be mentioned.
pub fn kept(map: &DataMap, collection: &Collection, silence: &Silence) -> Option<String> {
    let rule = collection.retain.as_ref().and_then(|retain| Some((map.retention.get(&retain.rule)?, retain)));
    let text = match rule {
        None => sentence(collection.because.as_deref()?),
        Some((rule, retain)) => {
            let from = match &retain.from {
                Some(from) => format!("counted from “{}”", label(Some(collection), from.as_str())),
                None => "the date it counts from is not recorded".to_owned(),
            };
            let law = rule.law.as_deref().map(|law| format!(" Law: {}", sentence(law))).unwrap_or_default();
            format!("{}{law} For {}, {from}.", sentence(&rule.because), period(rule))
        }
    };
    silence.allows(&text).then(|| line(&text))
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
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
    if words.is_empty() { line(&rule.keep_text) } else { words.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Retain, Then};
    use crate::record::FieldPath;

    #[test]
    fn the_rule_reads_as_a_sentence() {
        let mut map = DataMap::default();
        let rule = RetentionRule {
            name: "tax".into(),
            because: "Invoices are kept for tax law".into(),
            law: Some("Tax Act, s. 1".into()),
            keep: "P1Y6M".parse().unwrap(),
            keep_text: "P1Y6M".into(),
            then: Then::Delete,
        };
        map.retention.insert("tax".into(), rule);
        let retain = Retain { rule: "tax".into(), from: Some(FieldPath::column("paid_at")) };
        let mut collection = Collection { retain: Some(retain), ..Collection::default() };
        let silence = Silence::of(&map);
        assert_eq!(
            kept(&map, &collection, &silence).unwrap(),
            "Invoices are kept for tax law. Law: Tax Act, s. 1. For 1 year and 6 months, counted from “Paid at”."
        );
        (collection.retain, collection.because) = (None, Some("They stay.".into()));
        assert_eq!(kept(&map, &collection, &silence).unwrap(), "They stay.");
        collection.because = None;
        assert_eq!(kept(&map, &collection, &silence), None);
    }
}
