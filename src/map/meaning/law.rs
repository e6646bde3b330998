//! The part of the map's meaning that the law asks for: controllers, purposes, recipients, automated decisions.
//!
//! What is acknowledged means nothing to a plan and does not count.

use std::collections::BTreeMap;

use super::option;
use crate::map::{Controller, DataMap, Words};
use crate::record::Digester;

/// Adds it.
pub(super) fn law(d: &mut Digester, map: &DataMap) {
    controller(d, &map.controller);
    d.count(map.affiliates.len());
    for (name, affiliate) in &map.affiliates {
        d.text(name);
        controller(d, affiliate);
    }
    d.count(map.purposes.len());
    for purpose in map.purposes.values() {
        d.text(&purpose.name);
        words(d, &purpose.label);
        d.text(&purpose.basis);
        option(d, purpose.special.as_deref());
        words(d, &purpose.interest.clone().unwrap_or_default());
        d.count(usize::from(purpose.mandatory));
    }
    d.count(map.recipients.len());
    for recipient in map.recipients.values() {
        d.text(&recipient.name);
        words(d, &recipient.label);
        d.text(recipient.kind.word());
        for text in [&recipient.country, &recipient.safeguard, &recipient.contact] {
            option(d, text.as_deref());
        }
    }
    d.count(map.automated.len());
    for decision in map.automated.values() {
        d.text(&decision.name);
        [&decision.label, &decision.logic, &decision.consequence].into_iter().for_each(|w| words(d, w));
    }
}

fn controller(d: &mut Digester, one: &Controller) {
    d.text(&one.name);
    let texts = [
        &one.registration,
        &one.contact,
        &one.officer,
        &one.eu_representative,
        &one.uk_representative,
        &one.authority,
        &one.time_zone,
    ];
    texts.into_iter().for_each(|text| option(d, text.as_deref()));
    self::texts(d, &one.authorities);
    d.count(one.languages.len());
    one.languages.iter().for_each(|tag| d.text(tag));
}

/// Texts for people.
pub(super) fn words(d: &mut Digester, words: &Words) {
    d.text(&words.text);
    texts(d, &words.languages);
}

/// Texts by language or country.
pub(super) fn texts(d: &mut Digester, texts: &BTreeMap<String, String>) {
    d.count(texts.len());
    for (key, text) in texts {
        d.text(key);
        d.text(text);
    }
}
