//! The answer to a request for portability (GDPR Art. 20): what is in the archive, what is not and why, where to get the
//! rest. Made from what was found; the items of Art. 15 belong to a copy and are not here.

use std::collections::BTreeMap;

use super::facts::basis;
use super::rights::whom;
use super::{Block, Item, Point, Section};
use crate::archive::Cover;
use crate::archive::page::label;
use crate::archive::portable::{Left, Why, is_portable};
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::language::say;

/// What is not settled, in words for the person.
pub fn missing(cover: &Cover<'_>, left: &[Left]) -> Option<String> {
    let open = left.iter().filter(|l| l.why.is_open()).count();
    (open > 0).then(|| say!(cover.language, "lack-undecided", n = open))
}

/// What is in it, and what is not.
pub fn sections(cover: &Cover<'_>, silence: &Silence, items: &[Item<'_>], left: &[Left]) -> [Section; 2] {
    [within(cover, items), outside(cover, silence, left)]
}

fn within(cover: &Cover<'_>, items: &[Item<'_>]) -> Section {
    let language = cover.language;
    let mut by_purpose: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in items {
        for name in &item.of_map.purposes {
            by_purpose.entry(name).or_default().push(&item.label);
        }
    }
    let point = |(name, labels): (&str, Vec<&str>)| {
        let purpose = cover.map.purposes.get(name).filter(|p| is_portable(p))?;
        let label = line(purpose.label.in_language(language.tag()));
        let sentences = [language.list(&labels), line(&basis(language, purpose))].map(|text| language.sentence(&text));
        Some(Point::said(language, label, &language.sentences(&sentences)))
    };
    let points: Vec<Point> = by_purpose.into_iter().filter_map(point).collect();
    let mut blocks = vec![Block::Text(language.say("within-text").into_owned())];
    if !points.is_empty() {
        blocks.push(Block::List(points));
    }
    Section { id: "within", title: language.say("within-title").into_owned(), blocks }
}

fn outside(cover: &Cover<'_>, silence: &Silence, left: &[Left]) -> Section {
    let say = |key: &str| cover.language.say(key).into_owned();
    let mut blocks = Vec::new();
    for why in Why::ALL {
        let points = points(cover, left.iter().filter(|l| l.why == why));
        let points: Vec<Point> =
            points.into_iter().filter(|p| silence.allows(&p.strong) && silence.allows(&p.text)).collect();
        if !points.is_empty() {
            blocks.push(Block::Head(say(&format!("outside-{}", why.word()))));
            blocks.push(Block::Text(say(&format!("outside-{}.text", why.word()))));
            blocks.push(Block::List(points));
        }
    }
    let text = if blocks.is_empty() { "outside-nothing" } else { "outside-text" };
    blocks.insert(0, Block::Text(say(text)));
    blocks.push(Block::Head(say("outside-copy")));
    let reference = line(&cover.reference);
    blocks.push(Block::Text(say!(cover.language, "outside-copy.text", whom = whom(cover), reference = reference)));
    Section { id: "outside", title: say("outside-title"), blocks }
}

/// For each collection its records or fields.
fn points<'l>(cover: &Cover<'_>, left: impl Iterator<Item = &'l Left>) -> Vec<Point> {
    let language = cover.language;
    let mut points: Vec<(String, Vec<String>)> = Vec::new();
    for one in left {
        let collection = cover.map.collection(&one.source, &one.collection);
        let name = line(collection.map_or(one.collection.as_str(), |c| c.label_in(language.tag())));
        let text = match &one.field {
            Some(field) => label(language, collection, field),
            None => records(cover, one),
        };
        match points.last_mut() {
            Some((last, texts)) if *last == name => texts.push(text),
            _ => points.push((name, vec![text])),
        }
    }
    points.into_iter().map(|(name, texts)| Point::said(language, name, &language.list(&texts))).collect()
}

/// `12 records. Basis: legitimate interests (Art. 6(1)(f)): to find fraud`.
fn records(cover: &Cover<'_>, left: &Left) -> String {
    let language = cover.language;
    let count = say!(language, "records", n = left.records);
    let collection = cover.map.collection(&left.source, &left.collection).filter(|_| left.why == Why::Basis);
    let purposes = collection.iter().flat_map(|c| &c.purposes).filter_map(|name| cover.map.purposes.get(name));
    let why: Vec<String> = purposes.map(|p| line(&basis(language, p))).collect();
    match why.is_empty() {
        true => count,
        false => language.sentences(&[language.sentence(&count), language.series(&why)]),
    }
}
