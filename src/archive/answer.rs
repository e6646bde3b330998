//! The answer in plain words: what the page says first and the letter (`answer.pdf`) says whole. One value, two views.
//!
//! It holds what GDPR Art. 15 asks for (of what a person takes along, Art. 20: what is in it and what is not), made from what was found and what the map says of it; what the map does not
//! say is not made up but named as missing, and the first line then calls the answer partial. Nothing silent is in it.

mod article;
mod category;
mod facts;
mod lacks;
mod portable;
mod rights;
mod searched;

use serde::Serialize;

pub use facts::facts;

use super::Cover;
use super::collection::Told;
use super::page::{Theme, thousands};
use super::portable::{Kind, Left};
use super::reason::Reason;
use super::silence::Silence;
use super::times::{self, Day};
use super::visible::line;
use crate::map::Collection;

/// How a day is written.
const DAY: &str = "%-d %B %Y";
/// The language of the answer.
const LANGUAGE: &str = "en";

/// The whole answer.
#[derive(Serialize)]
pub struct Answer {
    /// What the page is called.
    pub title: &'static str,
    /// What is said where nothing is here.
    pub none: &'static str,
    /// The way to its sections: anchor and what is there.
    pub nav: Vec<(&'static str, &'static str)>,
    /// Whether something is missing.
    pub is_partial: bool,
    /// The first line: whether this is the whole answer.
    pub first: String,
    /// What is missing.
    pub missing: Vec<String>,
    /// What was asked, and what was found.
    pub lead: String,
    /// Reference, dates, who holds the data: title and text.
    pub facts: Vec<(String, String)>,
    /// What is enclosed, by theme.
    pub enclosed: Vec<Point>,
    /// What the data are used for, which they are, who receives them, how long they are kept, where they came from,
    /// what a machine decides, what is withheld, what one can do, where was searched.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Serialize)]
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "lowercase")]
pub enum Block {
    /// A heading within it.
    Head(String),
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<Point>),
}

/// An entry of a list: what stands out, and the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What it is about.
    pub strong: String,
    /// What is said of it, with the space or colon before it.
    pub text: String,
}

impl Point {
    fn new(strong: impl Into<String>, text: impl Into<String>) -> Point {
        let (strong, mut text) = (strong.into(), text.into());
        if !strong.is_empty() && !text.starts_with(':') {
            text.insert(0, ' ');
        }
        Point { strong, text }
    }
}

/// One collection that was found, with what the map says of it.
struct Item<'a> {
    told: &'a Told,
    of_map: &'a Collection,
    label: String,
}

impl Answer {
    /// The answer for what was told.
    pub fn of(cover: &Cover<'_>, silence: &Silence, told: &[Told], left: &[Left]) -> Answer {
        let item = |t: &'_ Told| {
            let of_map = cover.map.collection(&t.source, &t.collection)?;
            Some((t.number, line(of_map.label())))
        };
        let labels: std::collections::HashMap<usize, String> = told.iter().filter_map(item).collect();
        let items: Vec<Item<'_>> = told
            .iter()
            .filter_map(|told| {
                let of_map = cover.map.collection(&told.source, &told.collection)?;
                Some(Item { told, of_map, label: labels.get(&told.number)?.clone() })
            })
            .collect();
        let mut missing = match cover.kind {
            Kind::Copy => lacks::missing(cover, &items),
            Kind::Portable => lacks::common(cover, &items),
        };
        missing.extend(portable::missing(left));
        let searched = searched::systems(cover, silence);
        let mut sections = match cover.kind {
            Kind::Copy => article::sections(cover, silence, &items),
            Kind::Portable => portable::sections(cover, silence, &items, left).into(),
        };
        sections.push(withheld(cover, told));
        sections.extend(rights::sections(cover, &items));
        sections.push(searched::section(cover, silence, &searched));
        Answer {
            is_partial: !missing.is_empty(),
            title: title(cover.kind),
            none: if left.is_empty() {
                "No data about you were found"
            } else {
                "No data that you can take along were found"
            },
            nav: nav(cover.kind),
            first: match cover.kind {
                Kind::Copy => first(missing.is_empty()),
                Kind::Portable => portable::first(missing.is_empty()),
            }
            .to_owned(),
            lead: lead(cover, told, left, searched.len()),
            facts: head(cover, &items),
            enclosed: enclosed(&items),
            missing,
            sections,
        }
    }
}

/// What the page is called.
fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Copy => "Copy of your personal data",
        Kind::Portable => "Your data to take along",
    }
}

/// The way to the sections of the page.
fn nav(kind: Kind) -> Vec<(&'static str, &'static str)> {
    let (why, rights) = match kind {
        Kind::Copy => (("purposes", "Why it is held"), ("rights", "Correct, erase, object")),
        Kind::Portable => (("outside", "What is not here, and why"), ("rights", "Your other rights")),
    };
    let withheld = ("withheld", "What is withheld, and why");
    vec![
        ("enclosed", "What is here"),
        why,
        withheld,
        rights,
        ("complain", "Complain"),
        ("searched", "Where we searched"),
    ]
}

/// The first line.
fn first(is_whole: bool) -> &'static str {
    match is_whole {
        true => {
            "This is the full answer to your request under Article 15 of the General Data Protection Regulation (GDPR)."
        }
        false => {
            "This answer is partial: something of what Article 15 of the General Data Protection Regulation (GDPR) gives \
             you a right to is still missing."
        }
    }
}

fn lead(cover: &Cover<'_>, told: &[Told], left: &[Left], systems: usize) -> String {
    let several = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let records: u64 = told.iter().map(|t| t.records).sum();
    let searched = match systems {
        0 => "No system could be searched.".to_owned(),
        n => format!("We searched {}.", several(n, "system")),
    };
    let asked = match cover.kind {
        Kind::Copy => "You asked which personal data are held about you, and for a copy.",
        Kind::Portable => "You asked for the data you gave us, to take them along.",
    };
    if told.is_empty() {
        let end = match (systems, left.is_empty()) {
            (0, _) => "",
            (_, true) => " We found no data about you there.",
            (_, false) => " We found data about you there, but none that Article 20 covers.",
        };
        return format!("{asked} {searched}{end}");
    }
    let held = if records == 1 { "1 record".to_owned() } else { format!("{} records", thousands(records)) };
    let found = format!(
        "We found {held} {} {}. All of them are enclosed.",
        found_as(cover.kind),
        several(told.len(), "collection")
    );
    let withheld: u64 = told.iter().flat_map(|t| t.withheld.values()).sum();
    let but = match withheld {
        0 => String::new(),
        1 => " One single value in them is withheld or replaced; below it says why.".to_owned(),
        n => format!(" {} single values in them are withheld or replaced; below it says why.", thousands(n)),
    };
    let open = if cover.problems.is_empty() { "" } else { " Not everything could be searched in full." };
    format!("{asked} {searched} {found}{but}{open}")
}

fn found_as(kind: Kind) -> &'static str {
    match kind {
        Kind::Copy => "about you, in",
        Kind::Portable => "that you can take along, in",
    }
}

/// Reference, dates, period, who holds the data.
fn head(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<(String, String)> {
    let controller = &cover.map.controller;
    let mut holder = line(&controller.name);
    if holder.is_empty() {
        holder = "not stated".to_owned();
    }
    let registration = controller.registration.as_deref().map(|r| format!(", {}", line(r)));
    let contact = controller.contact.as_deref().map(|c| format!(", {}", line(c)));
    holder.extend([registration, contact].into_iter().flatten());
    let asked: Vec<String> = cover.asked_by.iter().map(|(i, v)| format!("{}: {}", line(i), line(v))).collect();
    let or = |text: String, none: &str| if text.is_empty() { none.to_owned() } else { text };
    let mut facts = vec![
        ("Reference of your request", line(&cover.reference)),
        ("Received on", cover.received.strftime(DAY).to_string()),
        ("Answer due by", cover.due.strftime(DAY).to_string()),
        ("The data are as they were on", cover.as_of.strftime("%-d %B %Y, %H:%M UTC").to_string()),
        ("Period covered", period(items)),
        ("Who holds the data", holder),
    ];
    let others = [
        ("Data protection officer", &controller.officer),
        ("Representative in the European Union", &controller.eu_representative),
        ("Representative in the United Kingdom", &controller.uk_representative),
    ];
    facts.extend(others.into_iter().filter_map(|(title, text)| Some((title, line(text.as_deref()?)))));
    facts.push((
        "What you asked for",
        match cover.kind {
            Kind::Copy => "which personal data are held about you, and a copy of them (Article 15 GDPR)",
            Kind::Portable => "the data you provided, to take them along (Article 20 GDPR)",
        }
        .into(),
    ));
    facts.push(("Searched with", or(asked.join("; "), "not recorded")));
    facts.push(("How we made sure it is you", or(line(&cover.verified), "not recorded")));
    facts.into_iter().map(|(title, text)| (title.to_owned(), text)).collect()
}

/// From when to when the records are.
fn period(items: &[Item<'_>]) -> String {
    let spans = || items.iter().filter_map(|i| i.told.times.span);
    let (first, last): (Option<Day>, Option<Day>) = (spans().map(|s| s.0).min(), spans().map(|s| s.1).max());
    let all = "everything held on that day, however old";
    match first.zip(last) {
        Some((first, last)) => {
            format!("{all}; the dated records are from {} to {}", times::words(first), times::words(last))
        }
        None => all.to_owned(),
    }
}

fn enclosed(items: &[Item<'_>]) -> Vec<Point> {
    let count = |i: &&Item<'_>| match i.told.records {
        1 => format!("{}: 1 record", i.label),
        n => format!("{}: {} records", i.label, thousands(n)),
    };
    let of_theme = |theme: Theme| {
        let counts: Vec<String> = items.iter().filter(|i| i.told.theme == theme).map(|i| count(&i)).collect();
        (!counts.is_empty()).then(|| Point::new(theme.title(), counts.join("; ")))
    };
    Theme::ALL.into_iter().filter_map(of_theme).collect()
}

/// What is withheld, by reason, then by field.
fn withheld(cover: &Cover<'_>, told: &[Told]) -> Section {
    let mut blocks = Vec::new();
    for reason in Reason::ALL {
        let (mut total, mut fields) = (0, Vec::new());
        for one in told {
            let collection = cover.map.collection(&one.source, &one.collection);
            let label = line(collection.map_or(one.collection.as_str(), |c| c.label()));
            for ((path, _), n) in one.withheld.iter().filter(|((_, why), _)| *why == reason) {
                total += n;
                let place = match reason {
                    // Nobody has given it a better name.
                    Reason::UnknownColumn => format!("{}.{}.{}", one.source, one.collection, path),
                    _ => format!("{label}: {}", super::page::label(collection, path)),
                };
                let count = if *n > 1 { format!("({})", thousands(*n)) } else { String::new() };
                fields.push(Point::new("", format!("{} {count}", line(&place)).trim_end()));
            }
        }
        if total > 0 {
            blocks.push(Block::Head(format!("{} ({})", reason.title(), thousands(total))));
            blocks.push(Block::Text(reason.explanation().to_owned()));
            blocks.push(Block::List(fields));
        }
    }
    let cleaned: u64 = told.iter().map(|t| t.cleaned).sum();
    if cleaned > 0 {
        let pictures = if cleaned == 1 { "1 picture" } else { &format!("{} pictures", thousands(cleaned)) };
        blocks.push(Block::Head("Pictures without what was noted beside them".to_owned()));
        blocks.push(Block::Text(format!(
            "From {pictures} was left out what a camera or a program had noted in the file beside what is to be seen: \
             places, times, devices, names, comments. What is to be seen is as it was. You can ask for what is left out."
        )));
    }
    let text = match blocks.is_empty() {
        true => "No value in the records enclosed is withheld.",
        false => "In the data a value that is withheld is marked as such.",
    };
    blocks.insert(0, Block::Text(text.to_owned()));
    Section { id: "withheld", title: "What is withheld, and why", blocks }
}
