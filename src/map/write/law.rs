//! Controllers, purposes, recipients, automated decisions and acknowledgements as TOML.

use std::collections::BTreeMap;

use super::option;
use super::toml_text::{toml_key, toml_list, toml_text};
use crate::map::{Controller, DataMap, Words};

/// The keys of a controller or an affiliate.
pub(super) fn controller(out: &mut String, one: &Controller) {
    out.push_str(&format!("name = {}\n", toml_text(&one.name)));
    option(out, "registration", one.registration.as_deref());
    option(out, "contact", one.contact.as_deref());
    option(out, "data_protection_officer", one.officer.as_deref());
    option(out, "eu_representative", one.eu_representative.as_deref());
    option(out, "uk_representative", one.uk_representative.as_deref());
    option(out, "authority", one.authority.as_deref());
    if !one.authorities.is_empty() {
        out.push_str(&format!("authorities = {}\n", table(&one.authorities)));
    }
    option(out, "time_zone", one.time_zone.as_deref());
    if !one.languages.is_empty() {
        out.push_str(&format!("languages = {}\n", toml_list(&one.languages)));
    }
}

/// The tables of `redress.toml` that say why data are held and who receives them.
pub(super) fn tables(out: &mut String, map: &DataMap) {
    for (name, affiliate) in &map.affiliates {
        out.push_str(&format!("\n[affiliate.{}]\n", toml_key(name)));
        controller(out, affiliate);
    }
    for purpose in map.purposes.values() {
        out.push_str(&format!("\n[purpose.{}]\n", toml_key(&purpose.name)));
        out.push_str(&format!("label = {}\nbasis = \"{}\"\n", words(&purpose.label), purpose.basis));
        option(out, "special", purpose.special.as_deref());
        if let Some(interest) = &purpose.interest {
            out.push_str(&format!("interest = {}\n", words(interest)));
        }
        if purpose.mandatory {
            out.push_str("mandatory = true\n");
        }
    }
    for recipient in map.recipients.values() {
        out.push_str(&format!("\n[recipient.{}]\n", toml_key(&recipient.name)));
        out.push_str(&format!("label = {}\nkind = \"{}\"\n", words(&recipient.label), recipient.kind.word()));
        option(out, "country", recipient.country.as_deref());
        option(out, "safeguard", recipient.safeguard.as_deref());
        option(out, "contact", recipient.contact.as_deref());
    }
    for decision in map.automated.values() {
        out.push_str(&format!("\n[automated.{}]\n", toml_key(&decision.name)));
        let texts = [("label", &decision.label), ("logic", &decision.logic), ("consequence", &decision.consequence)];
        texts.into_iter().for_each(|(key, text)| out.push_str(&format!("{key} = {}\n", words(text))));
    }
}

/// What somebody accepts of what `check` says.
pub(super) fn acknowledged(out: &mut String, map: &DataMap) {
    for one in &map.acknowledged {
        out.push_str("\n[[acknowledge]]\n");
        for (key, text) in [("code", &one.code), ("where", &one.place), ("because", &one.because)] {
            out.push_str(&format!("{key} = {}\n", toml_text(text)));
        }
    }
}

/// A text, or texts by language.
pub(super) fn words(words: &Words) -> String {
    if words.languages.is_empty() { toml_text(&words.text) } else { table(&words.languages) }
}

/// A line for a text, or texts by language, where there is one.
pub(super) fn words_if(out: &mut String, key: &str, text: Option<&Words>) {
    text.into_iter().for_each(|text| out.push_str(&format!("{key} = {}\n", words(text))));
}

/// `{ de = "…", en = "…" }`.
pub(super) fn table(texts: &BTreeMap<String, String>) -> String {
    let entries: Vec<String> =
        texts.iter().map(|(key, text)| format!("{} = {}", toml_key(key), toml_text(text))).collect();
    format!("{{ {} }}", entries.join(", "))
}
