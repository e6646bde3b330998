//! What is missing of the answer, in words for the person: the lint of the map, held against what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::Item;
use crate::archive::visible::line;
use crate::archive::{Cover, Kind};
use crate::map::lacks::{Lack, lacks, lacks_safeguard};

/// What is missing; empty: nothing.
pub fn missing(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<String> {
    let mut by_code: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for item in items {
        let Some(source) = cover.map.source(&item.told.source) else { continue };
        for lack in lacks(cover.map, source, item.of_map).iter().filter(|l| !is_acknowledged(cover, l)) {
            if let Some(order) = SAID.iter().position(|(code, _)| *code == lack.code) {
                by_code.entry(order).or_default().insert(&item.label);
            }
        }
    }
    let mut out: Vec<String> = by_code
        .into_iter()
        .map(|(order, labels)| {
            let labels: Vec<&str> = labels.into_iter().collect();
            format!("{}: {}", SAID[order].1, some(&labels))
        })
        .collect();
    if !items.is_empty() && cover.map.recipients.is_empty() {
        out.push("who receives your data, Article 15(1)(c)".to_owned());
    }
    let named = items.iter().flat_map(|item| &item.of_map.recipients).filter_map(|r| cover.map.recipients.get(r));
    let unsafe_ones: BTreeSet<String> = named.filter(|r| lacks_safeguard(r)).map(|r| line(&r.label.text)).collect();
    if !unsafe_ones.is_empty() {
        let names: Vec<&str> = unsafe_ones.iter().map(String::as_str).collect();
        out.push(format!("what protects your data in other countries, Article 15(2): {}", some(&names)));
    }
    out.extend(common(cover, items));
    out
}

/// What is missing of any answer: whom to ask, what nobody has looked at, what could not be read.
pub fn common(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    if cover.map.controller.contact.is_none() {
        out.push("how to reach us".to_owned());
    }
    if cover.map.controller.authority.is_none() && cover.map.controller.authorities.is_empty() {
        out.push("which authority you can complain to, Article 15(1)(f)".to_owned());
    }
    let open: u64 = items.iter().flat_map(|i| &i.told.withheld).filter(|((_, r), _)| r.is_open()).map(|(_, n)| n).sum();
    if open > 0 {
        let values = if open == 1 { "1 value that nobody has" } else { &format!("{open} values that nobody has") };
        out.push(format!("{values} looked at yet{}", if cover.kind == Kind::Copy { ", Article 15(3)" } else { "" }));
    }
    if !cover.problems.is_empty() {
        out.push("what could not be read or is not settled: see where we searched".to_owned());
    }
    out
}

/// What is said of each code, in the order of the law.
const SAID: [(&str, &str); 7] = [
    ("no-purpose", "what the data are used for, Article 15(1)(a), of"),
    ("generic-purpose", "what exactly the data are used for, Article 15(1)(a), of"),
    ("no-label", "plain words for some fields, Article 12(1), of"),
    ("generic-recipient", "the names of those who receive the data, Article 15(1)(c), of"),
    ("no-retention", "how long the data are kept, Article 15(1)(d), of"),
    ("generic-retention", "how long exactly the data are kept, Article 15(1)(d), of"),
    ("no-origin", "where some of the data came from, Article 15(1)(g), of"),
];

/// That a field has no label or no origin can be accepted with a reason; that a purpose or a period is missing is
/// missing for the person whatever an officer says.
fn is_acknowledged(cover: &Cover<'_>, lack: &Lack<'_>) -> bool {
    let covers =
        |place: &str| lack.place == place || lack.place.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
    let may = matches!(lack.code, "no-label" | "no-origin");
    may && cover.map.acknowledged.iter().any(|one| one.code == lack.code && covers(&one.place))
}

/// Some of several names.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    match names.len().checked_sub(SHOWN) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}
