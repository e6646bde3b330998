//! The items of GDPR Art. 15(1)(a) to (d), (g), (h) and (2), each a section of its own, made from what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{basis, in_her, kept, safeguard};
use super::{Block, Item, Point, Section, category};
use crate::archive::Cover;
use crate::archive::page::label;
use crate::archive::silence::Silence;
use crate::archive::times;
use crate::archive::visible::line;
use crate::language::{Language, say};
use crate::map::lacks::is_abroad;
use crate::map::{About, Disclose, Origin};

/// How many fields of a category are named.
const FIELDS: usize = 14;

/// The sections.
pub fn sections(cover: &Cover<'_>, silence: &Silence, items: &[Item<'_>]) -> Vec<Section> {
    let all = [
        ("purposes", purposes(cover, items)),
        ("categories", categories(cover, items)),
        ("recipients", recipients(cover, items)),
        ("transfers", transfers(cover, items)),
        ("kept", retention(cover, items)),
        ("origin", origin(cover, items)),
        ("automated", automated(cover, items)),
    ];
    let open = |point: &Point| silence.allows(&point.text) && silence.allows(&point.strong);
    let section = |(id, blocks): (&'static str, Vec<Block>)| {
        let blocks = blocks.into_iter().map(|block| match block {
            Block::List(points) => Block::List(points.into_iter().filter(open).collect()),
            block => block,
        });
        let title = cover.language.say(&format!("{id}-title")).into_owned();
        let blocks = if items.is_empty() { vec![text(cover, "does-not-apply")] } else { blocks.collect() };
        Section { id, title, blocks }
    };
    all.into_iter().map(section).collect()
}

/// The collections of which something is said, each with its label, and those of which nothing is.
fn grouped<'i, 'n>(items: &'i [Item<'i>], names: impl Fn(&'i Item<'i>) -> &'n [String]) -> (Groups<'n>, Vec<&'i str>) {
    let mut groups: Groups<'n> = BTreeMap::new();
    let mut without = Vec::new();
    for item in items {
        if names(item).is_empty() {
            without.push(item.label.as_str());
        }
        for name in names(item) {
            groups.entry(name).or_default().push(item.label.clone());
        }
    }
    (groups, without)
}

type Groups<'n> = BTreeMap<&'n str, Vec<String>>;

fn text(cover: &Cover<'_>, key: &str) -> Block {
    Block::Text(cover.language.say(key).into_owned())
}

/// A list, and a paragraph on what it says nothing of.
fn blocks(language: &Language, points: Vec<Point>, without: &[&str], none: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !points.is_empty() {
        blocks.push(Block::List(points));
    }
    if !without.is_empty() {
        blocks.push(Block::Text(say!(language, none, what = language.list(without))));
    }
    blocks
}

fn purposes(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let (groups, without) = grouped(items, |item| &item.of_map.purposes);
    let point = |(name, labels): (&str, Vec<String>)| {
        let purpose = cover.map.purposes.get(name)?;
        let special = purpose.special.as_deref().and_then(|code| language.code("special", code));
        let mut text = vec![language.sentence(&basis(language, purpose))];
        text.extend(special.map(|special| language.sentence(&say!(language, "purposes-special", special = special))));
        text.extend(purpose.mandatory.then(|| language.say("purposes-mandatory").into_owned()));
        text.push(say!(language, "purposes-used", what = language.list(&labels)));
        let label = language.sentence(&line(purpose.label.in_language(language.tag())));
        Some(Point::new(language, label, line(&language.sentences(&text))))
    };
    let points = groups.into_iter().filter_map(point).collect();
    blocks(language, points, &without, "purposes-none")
}

fn categories(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let mut fields: BTreeMap<(bool, String), BTreeSet<String>> = BTreeMap::new();
    for item in items {
        for (path, field) in &item.of_map.fields {
            let Some(key) = field.category.as_deref() else { continue };
            let inside = |c: &str| path == c || path.strip_prefix(c).is_some_and(|rest| rest.starts_with(['.', '[']));
            let met = item.told.columns.iter().any(|c| inside(&c.origin));
            let silent = item.of_map.disclose(path) == Disclose::Silent;
            if met && !silent && field.about != About::Other {
                let order = (!category::is_special(key), category::words(language, key).into_owned());
                fields.entry(order).or_default().insert(label(language, Some(item.of_map), path));
            }
        }
    }
    let point = |((plain, words), labels): ((bool, String), BTreeSet<String>)| {
        let labels: Vec<String> = labels.into_iter().collect();
        let words = if plain { words } else { say!(language, "categories-special", what = words) };
        Point::said(language, words, &language.some(&labels, FIELDS))
    };
    let points: Vec<Point> = fields.into_iter().map(point).collect();
    match points.is_empty() {
        true => vec![text(cover, "categories-none")],
        false => vec![Block::List(points)],
    }
}

fn recipients(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let (groups, without) = grouped(items, |item| &item.of_map.recipients);
    let point = |(name, labels): (&str, Vec<String>)| {
        let recipient = cover.map.recipients.get(name)?;
        let kind = language.say(&format!("recipient-{}", recipient.kind.word())).into_owned();
        let country = recipient.country.as_deref().map(|country| say!(language, "country", country = country));
        let parts: Vec<String> = [Some(kind), country, recipient.contact.clone()].into_iter().flatten().collect();
        // A full stop and no more: `works for us` begins no sentence here.
        let who = language.stopped(&parts.join(&language.say("parts-between")));
        let text = language.sentences(&[who, say!(language, "recipients-what", what = language.list(&labels))]);
        Some(Point::said(language, line(recipient.label.in_language(language.tag())), &line(&text)))
    };
    let points = groups.into_iter().filter_map(point).collect();
    blocks(language, points, &without, "recipients-none")
}

fn transfers(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let (groups, _) = grouped(items, |item| &item.of_map.recipients);
    let point = |(name, _): (&str, Vec<String>)| {
        let recipient = cover.map.recipients.get(name).filter(|r| is_abroad(r))?;
        let under = safeguard(language, recipient).unwrap_or_else(|| language.say("transfers-unsafe").into_owned());
        let country = recipient.country.as_deref().unwrap_or_default();
        let text = say!(language, "transfers-to", country = country, safeguard = under);
        Some(Point::new(language, line(recipient.label.in_language(language.tag())), line(&text)))
    };
    let points: Vec<Point> = groups.into_iter().filter_map(point).collect();
    match points.is_empty() {
        true => vec![text(cover, "transfers-none")],
        false => vec![Block::List(points)],
    }
}

/// For each period the collections it holds for, and from when to when their clocks started.
fn retention(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let (mut groups, mut without): (BTreeMap<String, Vec<String>>, Vec<&str>) = (BTreeMap::new(), Vec::new());
    for item in items {
        let Some(text) = kept(language, cover.map, item.of_map) else {
            without.push(&item.label);
            continue;
        };
        let label = until(cover, item).map_or(item.label.clone(), |until| language.aside(&item.label, &until));
        groups.entry(line(&text)).or_default().push(label);
    }
    let point = |(text, labels): (String, Vec<String>)| Point::new(language, text, language.series(&labels));
    let points = groups.into_iter().map(point).collect();
    blocks(language, points, &without, "kept-none")
}

/// When the periods of the records found end, as far as their dates say it.
fn until(cover: &Cover<'_>, item: &Item<'_>) -> Option<String> {
    let language = cover.language;
    let rule = item.of_map.retain.as_ref().and_then(|retain| cover.map.retention.get(&retain.rule))?;
    let end = |day: times::Day| {
        let (year, month, day) = (i16::try_from(day.0).ok()?, i8::try_from(day.1).ok()?, i8::try_from(day.2).ok()?);
        jiff::civil::Date::new(year, month, day).ok()?.checked_add(rule.keep).ok()
    };
    let (first, last) = item.told.times.clock?;
    let (first, last) = (end(first)?, end(last)?);
    Some(match first == last {
        true => say!(language, "kept-until", date = language.date(first)),
        false => say!(language, "kept-until-span", first = language.date(first), last = language.date(last)),
    })
}

fn origin(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let mut points = Vec::new();
    for which in [Origin::Provided, Origin::Observed, Origin::Derived, Origin::Received] {
        let mut places = Vec::new();
        for item in items {
            let open = |path: &String| item.of_map.disclose(path) != Disclose::Silent;
            let of = |path: &&String| item.of_map.origin(path) == Some(which) && open(path);
            let n = item.of_map.fields.keys().filter(of).count();
            let from = in_her(language, &item.of_map.received_from).filter(|_| which == Origin::Received);
            let remark = match from {
                Some(from) => say!(language, "origin-from", whom = line(from)),
                None if n > 0 => say!(language, "fields", n = n),
                None => continue,
            };
            places.push(language.aside(&item.label, &remark));
        }
        if !places.is_empty() {
            let said = language.say(&format!("origin-{}", which.word()));
            points.push(Point::said(language, said, &language.stopped(&language.list(&places))));
        }
    }
    let unknown = |i: &&Item<'_>| !i.of_map.fields.keys().any(|path| i.of_map.origin(path).is_some());
    let unknown: Vec<&str> = items.iter().filter(unknown).map(|i| i.label.as_str()).collect();
    blocks(language, points, &unknown, "origin-none")
}

fn automated(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let language = cover.language;
    let (groups, _) = grouped(items, |item| &item.of_map.automated);
    let point = |(name, labels): (&str, Vec<String>)| {
        let decision = cover.map.automated.get(name)?;
        let words = [&decision.logic, &decision.consequence].map(|w| language.sentence(w.in_language(language.tag())));
        let [how, consequence] = words.map(|text| (!text.is_empty()).then_some(text));
        let mut all: Vec<String> = how.map(|how| say!(language, "automated-how", how = how)).into_iter().collect();
        all.extend(consequence.map(|text| say!(language, "automated-consequence", consequence = text)));
        all.push(say!(language, "automated-what", what = language.list(&labels)));
        let label = language.sentence(&line(decision.label.in_language(language.tag())));
        Some(Point::new(language, label, line(&language.sentences(&all))))
    };
    let points: Vec<Point> = groups.into_iter().filter_map(point).collect();
    match points.is_empty() {
        true => vec![text(cover, "automated-none")],
        false => vec![Block::List(points)],
    }
}
