//! The digest of what a map means: all of it but the places in its files.
//!
//! Comments, the order of keys and the spelling of a duration do not count, so that a plan survives a tidied map and
//! is refused under a changed one.

mod law;

use super::{Collection, DataMap, Decision, Erase, Field, Isolation, Link, SourceMap, Strength, Then};
use crate::map::{About, Disclose};
use crate::record::{Digest, Digester, FieldPath, Step};

/// The digest of the map's meaning; the same for two files that say the same.
pub fn meaning(map: &DataMap) -> Digest {
    let mut d = Digester::new("data map");
    law::law(&mut d, map);
    d.count(map.identities.len());
    for identity in map.identities.values() {
        d.text(&identity.name);
        d.text(identity.normal.word());
        d.text(if identity.strength == Strength::Unique { "unique" } else { "shared" });
        set(&mut d, identity.hashes.iter().map(|hash| Digest::of(hash.word().as_bytes())));
    }
    option(&mut d, map.erasure.ground.as_deref());
    d.text(&map.erasure.alike().to_string());
    // Maps without it mean what they meant before there was such a thing.
    if let Some(undo) = &map.undo {
        d.text("undo");
        d.text(&undo.window.to_string());
        d.count(undo.keys.len());
        undo.keys.iter().flat_map(|(name, key)| [name, key]).for_each(|text| d.text(text));
    }
    d.count(map.retention.len());
    for rule in map.retention.values() {
        d.text(&rule.name);
        law::words(&mut d, &rule.because);
        words(&mut d, rule.law.as_ref());
        d.text(&rule.keep.to_string());
        d.text(if rule.then == Then::Delete { "delete" } else { "anonymise" });
        d.text(if rule.isolate { "isolate" } else { "" });
    }
    policy(&mut d, &map.policy);
    d.text(&map.ledger.span.to_string());
    set(&mut d, map.sources.iter().map(source));
    d.finish()
}

/// Texts for people, where there are some.
fn words(d: &mut Digester, words: Option<&super::Words>) {
    d.count(usize::from(words.is_some()));
    words.into_iter().for_each(|words| law::words(d, words));
}

fn policy(d: &mut Digester, policy: &super::Policy) {
    let release = &policy.release;
    for list in [&policy.approve, &policy.approve_categories, &release.approve, &release.approve_categories] {
        set(d, list.iter().map(|text| Digest::of(text.as_bytes())));
    }
    for number in [policy.approve_above, policy.max_records, release.approve_above] {
        option(d, number.map(|n| n.to_string()).as_deref());
    }
    d.text(if policy.typed { "typed" } else { "" });
    d.text(if release.approve_plain { "plain" } else { "" });
    d.count(policy.approvers.len());
    for (name, key) in &policy.approvers {
        d.text(name);
        d.text(key);
    }
}

fn source(source: &SourceMap) -> Digest {
    let mut d = Digester::new("source");
    d.text(&source.name);
    d.text(&source.address.kind);
    // As written: the same workspace in another folder means the same.
    d.text(&source.address.written);
    option(&mut d, source.address.delimiter.map(|c| char::from(c).to_string()).as_deref());
    option(&mut d, source.address.encoding.as_deref());
    option(&mut d, source.default_country.as_deref());
    option(&mut d, source.controller.as_deref());
    set(&mut d, source.collections.iter().map(|c| collection(c, source)));
    d.finish()
}

fn collection(collection: &Collection, source: &SourceMap) -> Digest {
    let mut d = Digester::new("collection");
    d.text(&collection.name);
    option(&mut d, collection.label.as_deref());
    law::texts(&mut d, &collection.labels);
    d.text(if collection.person { "person" } else { "" });
    d.text(about(collection.about));
    d.count(collection.key.len());
    collection.key.iter().for_each(|column| d.text(column));
    set(&mut d, collection.identities.iter().map(|(name, field)| tied(name, field)));
    set(&mut d, collection.links.iter().map(link));
    d.text(match collection.erase {
        None => "",
        Some(Erase::Delete) => "delete",
        Some(Erase::Anonymise) => "anonymise",
        Some(Erase::Isolate) => "isolate",
        Some(Erase::Keep) => "keep",
    });
    words(&mut d, collection.because.as_ref());
    d.text(decision(collection.decision));
    d.text(if collection.accepts_non_transactional { "non-transactional" } else { "" });
    option(&mut d, collection.retain.as_ref().map(|r| r.rule.as_str()));
    path_or_none(&mut d, collection.retain.as_ref().and_then(|r| r.from.as_ref()));
    path_or_none(&mut d, collection.dated.as_ref());
    let needs = collection.retain.as_ref().and_then(|r| r.needs.as_ref());
    d.count(usize::from(needs.is_some()));
    set(&mut d, needs.into_iter().flatten().map(|field| tied("needed", field)));
    d.count(usize::from(collection.isolate.is_some()));
    set(&mut d, collection.isolate.iter().map(isolation));
    for names in [&collection.purposes, &collection.recipients, &collection.automated] {
        set(&mut d, names.iter().map(|name| Digest::of(name.as_bytes())));
    }
    words(&mut d, collection.received_from.as_ref());
    words(&mut d, collection.kept.as_ref());
    d.text(disclose(Some(collection.disclose)));
    set(&mut d, collection.fields.iter().map(|(name, f)| field(&source.field_path(name), f)));
    set(&mut d, collection.other.iter().map(|name| tied("", &source.field_path(name))));
    d.finish()
}

fn isolation(isolation: &Isolation) -> Digest {
    let mut d = Digester::new("isolation");
    path(&mut d, &isolation.flag);
    d.text(&isolation.value);
    option(&mut d, isolation.keep.map(|span| span.to_string()).as_deref());
    d.finish()
}

fn tied(name: &str, field: &FieldPath) -> Digest {
    let mut d = Digester::new("named field");
    d.text(name);
    path(&mut d, field);
    d.finish()
}

fn link(link: &Link) -> Digest {
    let mut d = Digester::new("link");
    for paths in [&link.from, &link.to] {
        d.count(paths.len());
        paths.iter().for_each(|p| path(&mut d, p));
    }
    d.text(&link.to_source);
    d.text(&link.to_collection);
    d.text(link.role.word());
    d.text(if link.shared || link.role == super::Role::Shared { "shared" } else { "" });
    set(&mut d, link.only.iter().map(condition));
    if !link.spelled.is_plain() {
        for forms in [&link.spelled.here, &link.spelled.there] {
            d.count(forms.len());
            forms.iter().for_each(|form| d.text(&form.to_string()));
        }
    }
    d.text(decision(link.decision));
    option(&mut d, link.because.as_deref());
    d.finish()
}

fn condition((field, texts): &(FieldPath, Vec<String>)) -> Digest {
    let mut d = Digester::new("condition");
    path(&mut d, field);
    let text = |text: &String| {
        let mut d = Digester::new("text");
        d.text(text);
        d.finish()
    };
    set(&mut d, texts.iter().map(text));
    d.finish()
}

fn field(name: &FieldPath, field: &Field) -> Digest {
    let mut d = Digester::new("field");
    path(&mut d, name);
    option(&mut d, field.category.as_deref());
    option(&mut d, field.label.as_deref());
    law::texts(&mut d, &field.labels);
    d.count(field.codes.len());
    for (code, words) in &field.codes {
        d.text(code);
        law::words(&mut d, words);
    }
    d.text(field.origin.map_or("", crate::map::Origin::word));
    d.text(disclose(field.disclose));
    // Maps that do not use it mean what they meant.
    if let Some(exempt) = field.exempt {
        d.text(exempt.word());
    }
    d.text(about(field.about));
    path_or_none(&mut d, field.whose.as_ref());
    d.text(&field.erase.as_ref().map(super::write::field_erase).unwrap_or_default());
    d.finish()
}

/// A set: its order says nothing.
fn set(d: &mut Digester, members: impl Iterator<Item = Digest>) {
    let mut members: Vec<Digest> = members.collect();
    members.sort();
    d.count(members.len());
    members.iter().for_each(|member| d.text(&member.to_string()));
}

/// A text that may be missing; an empty one says as little.
fn option(d: &mut Digester, text: Option<&str>) {
    let text = text.filter(|t| !t.is_empty());
    d.count(usize::from(text.is_some()));
    d.text(text.unwrap_or_default());
}

fn path(d: &mut Digester, path: &FieldPath) {
    d.count(path.steps().len());
    for step in path.steps() {
        match step {
            Step::Each => d.count(0),
            Step::At(n) => d.count(n + 1),
            Step::Name(name) => d.text(name),
        }
    }
}

fn path_or_none(d: &mut Digester, p: Option<&FieldPath>) {
    d.count(usize::from(p.is_some()));
    if let Some(p) = p {
        path(d, p);
    }
}

fn about(about: About) -> &'static str {
    match about {
        About::Subject => "subject",
        About::Other => "other",
        About::Organisation => "organisation",
        About::Nobody => "nobody",
    }
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Decided => "",
        Decision::Unreviewed => "unreviewed",
        Decision::Open => "open",
    }
}

fn disclose(disclose: Option<Disclose>) -> &'static str {
    match disclose {
        None => "",
        Some(Disclose::Yes) => "yes",
        Some(Disclose::Review) => "review",
        Some(Disclose::Never) => "never",
        Some(Disclose::Silent) => "silent",
    }
}
