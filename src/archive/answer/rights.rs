//! What the person can do: correct, erase, object, take along, withdraw, complain (GDPR Art. 15(1)(e) and (f)). Only the
//! rights that apply on the legal bases of what was found; where no basis is known, all of them.

use std::collections::BTreeSet;

use super::{Block, Item, Point, Section};
use crate::archive::visible::line;
use crate::archive::{Cover, Kind};
use crate::language::say;

/// The sections on rights and complaints.
pub fn sections(cover: &Cover<'_>, items: &[Item<'_>]) -> [Section; 2] {
    [rights(cover, items), complain(cover)]
}

fn rights(cover: &Cover<'_>, items: &[Item<'_>]) -> Section {
    let language = cover.language;
    let purposes = items.iter().flat_map(|i| &i.of_map.purposes).filter_map(|name| cover.map.purposes.get(name));
    let bases: BTreeSet<&str> = purposes.map(|p| p.basis.as_str()).collect();
    let known = !bases.is_empty() && items.iter().all(|i| !i.of_map.purposes.is_empty());
    let any = |of: &[&str]| !known || of.iter().any(|basis| bases.contains(basis));
    let may_object = any(&["A6-1-e", "A6-1-f"]);
    let all = [
        (cover.kind == Kind::Portable, "right-copy", "text"),
        (true, "right-correct", "text"),
        (any(&["A6-1-a", "A6-1-b", "A6-1-d", "A6-1-f"]), "right-erase", "text"),
        (true, "right-restrict", "text"),
        (true, "right-object", if may_object { "text" } else { "marketing" }),
        (any(&["A6-1-a"]), "right-withdraw", "text"),
        (cover.kind == Kind::Copy && any(&["A6-1-a", "A6-1-b"]), "right-take", "text"),
        (items.iter().any(|i| !i.of_map.automated.is_empty()), "right-contest", "text"),
        (true, "right-ask", "text"),
    ];
    let applying = all.into_iter().filter(|(applies, ..)| *applies);
    let points =
        applying.map(|(_, key, text)| Point::new(language, language.say(key), language.say(&format!("{key}.{text}"))));
    let how = say!(language, "rights-how", whom = whom(cover), reference = line(&cover.reference));
    let title = language.say("rights-title").into_owned();
    Section { id: "rights", title, blocks: vec![Block::Text(how), Block::List(points.collect())] }
}

/// Whom to write to.
pub fn whom(cover: &Cover<'_>) -> String {
    let controller = &cover.map.controller;
    let name = line(&controller.name);
    let name = if name.is_empty() { cover.language.say("us").into_owned() } else { name };
    match &controller.contact {
        Some(contact) => cover.language.aside(&name, &line(contact)),
        None => name,
    }
}

fn complain(cover: &Cover<'_>) -> Section {
    let (controller, language) = (&cover.map.controller, cover.language);
    let mut blocks = vec![Block::Text(match controller.authority.as_deref() {
        Some(authority) => say!(language, "complain-to", authority = line(authority)),
        None => language.say("complain-any").into_owned(),
    })];
    if !controller.authorities.is_empty() {
        blocks.push(Block::Text(language.say("complain-countries").into_owned()));
        let point = |(country, authority): (&String, &String)| Point::said(language, line(country), &line(authority));
        blocks.push(Block::List(controller.authorities.iter().map(point).collect()));
    }
    Section { id: "complain", title: language.say("complain-title").into_owned(), blocks }
}
