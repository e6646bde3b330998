//! The items of GDPR Art. 15(1)(a) to (d), (g), (h) and (2), each a section of its own, made from what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{basis, joined, kept, safeguard, sentence};
use super::{Block, Item, LANGUAGE, Point, Section, category};
use crate::archive::Cover;
use crate::archive::page::{label, thousands};
use crate::archive::silence::Silence;
use crate::archive::times;
use crate::archive::visible::line;
use crate::map::lacks::is_abroad;
use crate::map::{About, Disclose, Origin, RecipientKind, SPECIAL};

/// How many fields of a category are named.
const FIELDS: usize = 14;

/// The sections.
pub fn sections(cover: &Cover<'_>, silence: &Silence, items: &[Item<'_>]) -> Vec<Section> {
    let all = [
        ("purposes", "What your data are used for", purposes(cover, items)),
        ("categories", "Which kinds of data they are", categories(items)),
        ("recipients", "Who receives them", recipients(cover, items)),
        ("transfers", "Whether they leave the European Economic Area", transfers(cover, items)),
        ("kept", "How long they are kept", retention(cover, items)),
        ("origin", "Where they came from", origin(items)),
        ("automated", "What a machine decides alone", automated(cover, items)),
    ];
    let open = |point: &Point| silence.allows(&point.text) && silence.allows(&point.strong);
    let section = |(id, title, blocks): (&'static str, &'static str, Vec<Block>)| {
        let blocks = blocks.into_iter().map(|block| match block {
            Block::List(points) => Block::List(points.into_iter().filter(open).collect()),
            block => block,
        });
        let nothing = || vec![Block::Text("This does not apply: no data about you were found.".to_owned())];
        Section { id, title, blocks: if items.is_empty() { nothing() } else { blocks.collect() } }
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

/// A list, and a paragraph on what it says nothing of.
fn blocks(points: Vec<Point>, without: &[&str], none: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !points.is_empty() {
        blocks.push(Block::List(points));
    }
    if !without.is_empty() {
        blocks.push(Block::Text(format!("{none} {}.", without.join(", "))));
    }
    blocks
}

fn purposes(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let (groups, without) = grouped(items, |item| &item.of_map.purposes);
    let point = |(name, labels): (&str, Vec<String>)| {
        let purpose = cover.map.purposes.get(name)?;
        let special = purpose.special.as_deref().and_then(|code| SPECIAL.iter().find(|(known, _)| *known == code));
        let mut text = vec![sentence(&basis(purpose))];
        text.extend(special.map(|(_, words)| sentence(&format!("For sensitive data: {words}"))));
        if purpose.mandatory {
            text.push("Without these data we cannot do this for you.".to_owned());
        }
        text.push(format!("Used for it: {}.", labels.join(", ")));
        Some(Point::new(sentence(&line(purpose.label.in_language(LANGUAGE))), line(&text.join(" "))))
    };
    let points = groups.into_iter().filter_map(point).collect();
    blocks(points, &without, "What these are used for is not recorded:")
}

fn categories(items: &[Item<'_>]) -> Vec<Block> {
    let mut fields: BTreeMap<(bool, &str), BTreeSet<String>> = BTreeMap::new();
    for item in items {
        for (path, field) in &item.of_map.fields {
            let Some(key) = field.category.as_deref() else { continue };
            let inside = |c: &str| path == c || path.strip_prefix(c).is_some_and(|rest| rest.starts_with(['.', '[']));
            let met = item.told.columns.iter().any(|c| inside(&c.origin));
            let silent = item.of_map.disclose(path) == Disclose::Silent;
            if met && !silent && field.about != About::Other {
                let order = (!category::is_special(key), category::words(key));
                fields.entry(order).or_default().insert(label(Some(item.of_map), path));
            }
        }
    }
    let point = |((plain, words), labels): ((bool, &str), BTreeSet<String>)| {
        let shown: Vec<String> = labels.iter().take(FIELDS).cloned().collect();
        let more = labels.len().checked_sub(FIELDS).filter(|n| *n > 0);
        let more = more.map(|n| format!(" and {n} more")).unwrap_or_default();
        let special = if plain { "" } else { " (specially protected, Article 9)" };
        Point::new(format!("{words}{special}"), format!(": {}{more}", shown.join(", ")))
    };
    let points: Vec<Point> = fields.into_iter().map(point).collect();
    match points.is_empty() {
        true => vec![Block::Text("The records enclosed are not yet described by category.".to_owned())],
        false => vec![Block::List(points)],
    }
}

/// What a recipient is, for people.
fn kind(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Processor => "works for us and on our instructions",
        RecipientKind::Controller => "decides itself what it does with them",
        RecipientKind::Joint => "decides together with us",
        RecipientKind::Authority => "a public authority",
        RecipientKind::Users => "other users",
    }
}

fn recipients(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let (groups, without) = grouped(items, |item| &item.of_map.recipients);
    let point = |(name, labels): (&str, Vec<String>)| {
        let recipient = cover.map.recipients.get(name)?;
        let country = recipient.country.as_deref().map(|c| format!(", country: {c}")).unwrap_or_default();
        let contact = recipient.contact.as_deref().map(|c| format!(", {c}")).unwrap_or_default();
        let text = format!(": {}{country}{contact}. Receives: {}.", kind(recipient.kind), labels.join(", "));
        Some(Point::new(line(recipient.label.in_language(LANGUAGE)), line(&text)))
    };
    let points = groups.into_iter().filter_map(point).collect();
    blocks(points, &without, "No recipient is recorded for:")
}

fn transfers(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let (groups, _) = grouped(items, |item| &item.of_map.recipients);
    let point = |(name, _): (&str, Vec<String>)| {
        let recipient = cover.map.recipients.get(name).filter(|r| is_abroad(r))?;
        let under = safeguard(recipient).unwrap_or_else(|| "what protects your data there is not recorded".to_owned());
        let country = recipient.country.as_deref().unwrap_or_default();
        let text = format!(" ({country}): {under}. You can ask us for a copy of it.");
        Some(Point::new(line(recipient.label.in_language(LANGUAGE)), line(&text)))
    };
    let points: Vec<Point> = groups.into_iter().filter_map(point).collect();
    match points.is_empty() {
        true => {
            vec![Block::Text("No recipient of your data outside the European Economic Area is recorded.".to_owned())]
        }
        false => vec![Block::List(points)],
    }
}

/// For each period the collections it holds for, and from when to when their clocks started.
fn retention(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let (mut groups, mut without): (BTreeMap<String, Vec<String>>, Vec<&str>) = (BTreeMap::new(), Vec::new());
    for item in items {
        let Some(text) = kept(cover.map, item.of_map) else {
            without.push(&item.label);
            continue;
        };
        groups.entry(line(&text)).or_default().push(format!("{}{}", item.label, until(cover, item)));
    }
    let points = groups.into_iter().map(|(text, labels)| Point::new(text, labels.join("; "))).collect();
    blocks(points, &without, "How long these are kept is not recorded:")
}

/// When the periods of the records found end, as far as their dates say it.
fn until(cover: &Cover<'_>, item: &Item<'_>) -> String {
    let rule = item.of_map.retain.as_ref().and_then(|retain| cover.map.retention.get(&retain.rule));
    let end = |day: times::Day| {
        let (year, month, day) = (i16::try_from(day.0).ok()?, i8::try_from(day.1).ok()?, i8::try_from(day.2).ok()?);
        jiff::civil::Date::new(year, month, day).ok()?.checked_add(rule?.keep).ok()
    };
    let ends = item.told.times.clock.and_then(|(first, last)| Some((end(first)?, end(last)?)));
    match ends {
        Some((first, last)) if first == last => format!(" (until {})", first.strftime(super::DAY)),
        Some((first, last)) => {
            format!(" (the first until {}, the last until {})", first.strftime(super::DAY), last.strftime(super::DAY))
        }
        None => String::new(),
    }
}

fn origin(items: &[Item<'_>]) -> Vec<Block> {
    let mut points = Vec::new();
    for (which, said) in [
        (Origin::Provided, "You gave them"),
        (Origin::Observed, "They come from your use of our services"),
        (Origin::Derived, "We worked them out from other data"),
        (Origin::Received, "Others gave them to us"),
    ] {
        let mut places = Vec::new();
        for item in items {
            let open = |path: &String| item.of_map.disclose(path) != Disclose::Silent;
            let of = |path: &&String| item.of_map.origin(path) == Some(which) && open(path);
            let n = item.of_map.fields.keys().filter(of).count();
            let from = item.of_map.received_from.as_deref().filter(|_| which == Origin::Received);
            match from {
                Some(from) => places.push(format!("{} (from {})", item.label, line(from))),
                None if n > 0 => places.push(format!("{} ({})", item.label, fields(n))),
                None => {}
            }
        }
        if !places.is_empty() {
            points.push(Point::new(said, format!(": {}.", places.join(", "))));
        }
    }
    let unknown = |i: &&Item<'_>| !i.of_map.fields.keys().any(|path| i.of_map.origin(path).is_some());
    let unknown: Vec<&str> = items.iter().filter(unknown).map(|i| i.label.as_str()).collect();
    blocks(points, &unknown, "Where these came from is not recorded:")
}

fn fields(n: usize) -> String {
    if n == 1 { "1 field".to_owned() } else { format!("{} fields", thousands(n as u64)) }
}

fn automated(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Block> {
    let (groups, _) = grouped(items, |item| &item.of_map.automated);
    let point = |(name, labels): (&str, Vec<String>)| {
        let decision = cover.map.automated.get(name)?;
        let parts = [("How", &decision.logic), ("What it means for you", &decision.consequence)];
        let said = parts.map(|(title, words)| {
            let words = words.in_language(LANGUAGE).trim();
            (!words.is_empty()).then(|| format!("{title}: {}", sentence(words)))
        });
        let said = joined(said.into_iter().flatten().collect(), " ").unwrap_or_default();
        let text = format!("{said} Data used or held: {}. You can contest it.", labels.join(", "));
        Some(Point::new(sentence(&line(decision.label.in_language(LANGUAGE))), line(&text)))
    };
    let points: Vec<Point> = groups.into_iter().filter_map(point).collect();
    match points.is_empty() {
        true => vec![Block::Text(
            "For the data found no decision that a machine takes alone (Article 22) is recorded.".to_owned(),
        )],
        false => vec![Block::List(points)],
    }
}
