//! The answer to a request for portability (GDPR Art. 20): what is in the archive, what is not and why, where to get the
//! rest. Made from what was found; the items of Art. 15 belong to a copy and are not here.

use std::collections::BTreeMap;

use super::facts::{basis, joined};
use super::{Block, Item, LANGUAGE, Point, Section};
use crate::archive::Cover;
use crate::archive::page::{label, thousands};
use crate::archive::portable::{Left, Why, is_portable};
use crate::archive::silence::Silence;
use crate::archive::visible::line;

/// The first line.
pub fn first(is_whole: bool) -> &'static str {
    match is_whole {
        true => {
            "This is the full answer to your request under Article 20 of the General Data Protection Regulation (GDPR): \
             the data you can take along, for yourself or for somebody else's service."
        }
        false => {
            "This answer is partial: something of what Article 20 of the General Data Protection Regulation (GDPR) lets \
             you take along is still missing."
        }
    }
}

/// What is not settled, in words for the person.
pub fn missing(left: &[Left]) -> Option<String> {
    let open = left.iter().filter(|l| l.why.is_open()).count();
    let parts = if open == 1 { "1 part" } else { &format!("{open} parts") };
    (open > 0)
        .then(|| format!("{parts} of which it is not settled whether you can take them along: see what is not here"))
}

/// What is in it, and what is not.
pub fn sections(cover: &Cover<'_>, silence: &Silence, items: &[Item<'_>], left: &[Left]) -> [Section; 2] {
    [within(cover, items), outside(cover, silence, left)]
}

fn within(cover: &Cover<'_>, items: &[Item<'_>]) -> Section {
    let what = "What you gave us and what comes from your use, where it is processed on your consent or for a contract \
        with you. Every collection is a file for programs (JSON Lines, with a JSON Schema that describes it) and one for \
        spreadsheets (CSV); datapackage.json lists them all. You may hand them on to whom you like.";
    let mut by_purpose: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in items {
        for name in &item.of_map.purposes {
            by_purpose.entry(name).or_default().push(&item.label);
        }
    }
    let point = |(name, labels): (&str, Vec<&str>)| {
        let purpose = cover.map.purposes.get(name).filter(|p| is_portable(p))?;
        let label = line(purpose.label.in_language(LANGUAGE));
        Some(Point::new(label, format!(": {}. {}", labels.join(", "), line(&basis(purpose)))))
    };
    let points: Vec<Point> = by_purpose.into_iter().filter_map(point).collect();
    let mut blocks = vec![Block::Text(what.to_owned())];
    if !points.is_empty() {
        blocks.push(Block::List(points));
    }
    Section { id: "within", title: "What you can take along", blocks }
}

fn outside(cover: &Cover<'_>, silence: &Silence, left: &[Left]) -> Section {
    let mut blocks = Vec::new();
    for why in Why::ALL {
        let points = points(cover, left.iter().filter(|l| l.why == why));
        let points: Vec<Point> =
            points.into_iter().filter(|p| silence.allows(&p.strong) && silence.allows(&p.text)).collect();
        if !points.is_empty() {
            blocks.push(Block::Head(why.title().to_owned()));
            blocks.push(Block::Text(why.explanation().to_owned()));
            blocks.push(Block::List(points));
        }
    }
    let text = match blocks.is_empty() {
        true => "Everything that was found is here.",
        false => "These are held too, and are not in this archive:",
    };
    blocks.insert(0, Block::Text(text.to_owned()));
    blocks.push(Block::Head("Where to get all of it".to_owned()));
    blocks.push(Block::Text(full_copy(cover)));
    Section { id: "outside", title: "What is not here, and why", blocks }
}

/// For each collection its records or fields.
fn points<'l>(cover: &Cover<'_>, left: impl Iterator<Item = &'l Left>) -> Vec<Point> {
    let mut points: Vec<(String, Vec<String>)> = Vec::new();
    for one in left {
        let collection = cover.map.collection(&one.source, &one.collection);
        let name = line(collection.map_or(one.collection.as_str(), |c| c.label()));
        let text = match &one.field {
            Some(field) => label(collection, field),
            None => records(cover, one),
        };
        match points.last_mut() {
            Some((last, texts)) if *last == name => texts.push(text),
            _ => points.push((name, vec![text])),
        }
    }
    points.into_iter().map(|(name, texts)| Point::new(name, format!(": {}", texts.join(", ")))).collect()
}

/// `12 records; legitimate interests (Art. 6(1)(f)): to find fraud`.
fn records(cover: &Cover<'_>, left: &Left) -> String {
    let count = if left.records == 1 { "1 record".to_owned() } else { format!("{} records", thousands(left.records)) };
    let collection = cover.map.collection(&left.source, &left.collection).filter(|_| left.why == Why::Basis);
    let purposes = collection.iter().flat_map(|c| &c.purposes).filter_map(|name| cover.map.purposes.get(name));
    let why = joined(purposes.map(|p| line(&basis(p))).collect(), "; ");
    why.map_or(count.clone(), |why| format!("{count}. {why}"))
}

fn full_copy(cover: &Cover<'_>) -> String {
    let controller = &cover.map.controller;
    let to = match line(&controller.name) {
        name if name.is_empty() => "the organisation that sent you this".to_owned(),
        name => name,
    };
    let contact = controller.contact.as_deref().map(|c| format!(" ({})", line(c))).unwrap_or_default();
    format!(
        "You have a right to a copy of everything that is held about you, and to be told why, for how long and who \
         receives it (Article 15). Write to {to}{contact}, name the reference {}, and ask for a copy. It costs nothing. \
         That you take data along deletes nothing here.",
        line(&cover.reference)
    )
}
