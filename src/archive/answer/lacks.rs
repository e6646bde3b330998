//! What is missing of the answer, in words for the person: the lint of the map, held against what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::Item;
use crate::archive::Cover;
use crate::archive::visible::line;
use crate::language::say;
use crate::map::Recipient;
use crate::map::lacks::{Lack, lacks, lacks_safeguard};

/// What is missing; empty: nothing.
pub fn missing(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<String> {
    let language = cover.language;
    let mut by_code: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for item in items {
        let Some(source) = cover.map.source(&item.told.source) else { continue };
        for lack in lacks(cover.map, source, item.of_map).iter().filter(|l| !is_acknowledged(cover, l)) {
            if let Some(order) = SAID.iter().position(|code| *code == lack.code) {
                by_code.entry(order).or_default().insert(&item.label);
            }
        }
    }
    let say = |key: &str, what: &BTreeSet<&str>| {
        let what: Vec<&str> = what.iter().copied().collect();
        say!(language, key, what = language.some(&what, SHOWN))
    };
    let mut out: Vec<String> =
        by_code.into_iter().map(|(order, labels)| say(&format!("lack-{}", SAID[order]), &labels)).collect();
    if !items.is_empty() && cover.map.recipients.is_empty() {
        out.push(language.say("lack-recipients").into_owned());
    }
    let named = items.iter().flat_map(|item| &item.of_map.recipients).filter_map(|r| cover.map.recipients.get(r));
    let label = |r: &Recipient| line(r.label.in_language(language.tag()));
    let unsafe_ones: BTreeSet<String> = named.filter(|r| lacks_safeguard(r)).map(label).collect();
    if !unsafe_ones.is_empty() {
        out.push(say("lack-safeguard", &unsafe_ones.iter().map(String::as_str).collect()));
    }
    out.extend(common(cover, items));
    out
}

/// What is missing of any answer: whom to ask, what nobody has looked at, what could not be read.
pub fn common(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<String> {
    let language = cover.language;
    let mut out = Vec::new();
    if cover.map.controller.contact.is_none() {
        out.push(language.say("lack-contact").into_owned());
    }
    if cover.map.controller.authority.is_none() && cover.map.controller.authorities.is_empty() {
        out.push(language.say("lack-authority").into_owned());
    }
    let open: u64 = items.iter().flat_map(|i| &i.told.withheld).filter(|((_, r), _)| r.is_open()).map(|(_, n)| n).sum();
    if open > 0 {
        out.push(say!(language, &format!("lack-open-{}", super::word(cover.kind)), n = open));
    }
    if !cover.problems.is_empty() {
        out.push(language.say("lack-problems").into_owned());
    }
    out
}

/// The codes of which something is said, in the order of the law.
const SAID: [&str; 7] = [
    "no-purpose",
    "generic-purpose",
    "no-label",
    "generic-recipient",
    "no-retention",
    "generic-retention",
    "no-origin",
];
/// How many names stand in one line.
const SHOWN: usize = 6;

/// That a field has no label or no origin can be accepted with a reason; that a purpose or a period is missing is
/// missing for the person whatever an officer says.
fn is_acknowledged(cover: &Cover<'_>, lack: &Lack<'_>) -> bool {
    let covers =
        |place: &str| lack.place == place || lack.place.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
    let may = matches!(lack.code, "no-label" | "no-origin");
    may && cover.map.acknowledged.iter().any(|one| one.code == lack.code && covers(&one.place))
}
