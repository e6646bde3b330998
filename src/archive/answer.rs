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
pub use searched::problem;

use super::Cover;
use super::collection::Told;
use super::page::Theme;
use super::portable::{Kind, Left};
use super::reason::Reason;
use super::silence::Silence;
use super::times::{self, Day};
use super::visible::line;
use crate::language::{Language, say};
use crate::map::Collection;

/// The whole answer.
#[derive(Serialize)]
pub struct Answer {
    /// What the page is called.
    pub title: String,
    /// What is said where nothing is here.
    pub none: String,
    /// The way to its sections: anchor and what is there.
    pub nav: Vec<(&'static str, String)>,
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
    pub title: String,
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
    /// What goes on as a sentence: `Correct what is wrong`. A text that begins with a sign is set apart by that alone.
    fn new(language: &Language, strong: impl Into<String>, text: impl Into<String>) -> Point {
        let (strong, mut text) = (strong.into(), text.into());
        if !strong.is_empty() && text.starts_with(|c: char| c.is_alphanumeric() || c == '(') {
            text.insert_str(0, &language.gap_after(&strong));
        }
        Point { strong, text }
    }

    /// What is said of something: `Reference: 12`.
    fn said(language: &Language, strong: impl Into<String>, text: &str) -> Point {
        Point { strong: strong.into(), text: language.pair("", text) }
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
            Some((t.number, line(of_map.label_in(cover.language.tag()))))
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
        missing.extend(portable::missing(cover, left));
        let searched = searched::systems(cover, silence);
        let mut sections = match cover.kind {
            Kind::Copy => article::sections(cover, silence, &items),
            Kind::Portable => portable::sections(cover, silence, &items, left).into(),
        };
        sections.push(withheld(cover, told));
        sections.extend(rights::sections(cover, &items));
        sections.push(searched::section(cover, silence, &searched));
        let (kind, whole) = (word(cover.kind), if missing.is_empty() { "whole" } else { "partial" });
        let say = |key: &str| cover.language.say(key).into_owned();
        Answer {
            is_partial: !missing.is_empty(),
            title: say(&format!("title-{kind}")),
            none: say(if left.is_empty() { "none-copy" } else { "none-portable" }),
            nav: nav(cover),
            first: say(&format!("first-{kind}-{whole}")),
            lead: lead(cover, told, left, searched.len()),
            facts: head(cover, &items),
            enclosed: enclosed(cover, &items),
            missing,
            sections,
        }
    }
}

/// What messages on a kind of answer end with.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Copy => "copy",
        Kind::Portable => "portable",
    }
}

/// The way to the sections of the page.
fn nav(cover: &Cover<'_>) -> Vec<(&'static str, String)> {
    let (why, rights) = match cover.kind {
        Kind::Copy => (("purposes", "nav-purposes"), "rights-title"),
        Kind::Portable => (("outside", "outside-title"), "nav-rights-portable"),
    };
    let all = [
        ("enclosed", "enclosed-title"),
        why,
        ("withheld", "withheld-title"),
        ("rights", rights),
        ("complain", "complain-title"),
        ("searched", "searched-title"),
    ];
    all.into_iter().map(|(anchor, key)| (anchor, cover.language.say(key).into_owned())).collect()
}

fn lead(cover: &Cover<'_>, told: &[Told], left: &[Left], systems: usize) -> String {
    let (language, kind) = (cover.language, word(cover.kind));
    let mut all = vec![language.say(&format!("asked-{kind}")).into_owned()];
    all.push(match systems {
        0 => language.say("searched-none").into_owned(),
        n => say!(language, "searched-systems", n = n),
    });
    if told.is_empty() {
        let nothing = if left.is_empty() { "found-nothing-copy" } else { "found-nothing-portable" };
        all.extend((systems > 0).then(|| language.say(nothing).into_owned()));
        return language.sentences(&all);
    }
    let records: u64 = told.iter().map(|t| t.records).sum();
    all.push(say!(language, &format!("found-{kind}"), records = records, collections = told.len()));
    let withheld: u64 = told.iter().flat_map(|t| t.withheld.values()).sum();
    all.extend((withheld > 0).then(|| say!(language, "some-withheld", n = withheld)));
    all.extend((!cover.problems.is_empty()).then(|| language.say("some-unread").into_owned()));
    language.sentences(&all)
}

/// Reference, dates, period, who holds the data.
fn head(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<(String, String)> {
    let (controller, language) = (&cover.map.controller, cover.language);
    let or = |text: String, none: &str| if text.is_empty() { language.say(none).into_owned() } else { text };
    let optional = |text: &Option<String>| text.as_deref().map(line).into_iter().collect::<Vec<_>>();
    let holder = [
        vec![or(line(&controller.name), "not-stated")],
        optional(&controller.registration),
        optional(&controller.contact),
    ];
    let asked: Vec<String> = cover.asked_by.iter().map(|(i, v)| language.pair(&line(i), &line(v))).collect();
    let mut facts = vec![
        ("fact-reference", line(&cover.reference)),
        ("fact-received", language.day_of(cover.received)),
        ("fact-due", language.date(cover.due)),
        ("fact-as-of", language.moment(cover.as_of)),
        ("fact-period", period(language, items)),
        ("fact-holder", holder.concat().join(&language.say("parts-between"))),
    ];
    let others = [
        ("fact-officer", &controller.officer),
        ("fact-eu-representative", &controller.eu_representative),
        ("fact-uk-representative", &controller.uk_representative),
    ];
    facts.extend(others.into_iter().filter_map(|(title, text)| Some((title, line(text.as_deref()?)))));
    facts.push(("fact-asked", language.say(&format!("fact-asked-{}", word(cover.kind))).into_owned()));
    facts.push(("fact-searched-with", or(language.series(&asked), "not-recorded")));
    facts.push(("fact-verified", or(line(&cover.verified), "not-recorded")));
    facts.into_iter().map(|(title, text)| (language.say(title).into_owned(), text)).collect()
}

/// From when to when the records are.
fn period(language: &Language, items: &[Item<'_>]) -> String {
    let spans = || items.iter().filter_map(|i| i.told.times.span);
    let (first, last): (Option<Day>, Option<Day>) = (spans().map(|s| s.0).min(), spans().map(|s| s.1).max());
    let words = |day| times::words(language, day);
    match first.zip(last) {
        Some((first, last)) => say!(language, "period-dated", first = words(first), last = words(last)),
        None => language.say("period-all").into_owned(),
    }
}

fn enclosed(cover: &Cover<'_>, items: &[Item<'_>]) -> Vec<Point> {
    let language = cover.language;
    let count = |i: &Item<'_>| language.pair(&i.label, &say!(language, "records", n = i.told.records));
    let of_theme = |theme: Theme| {
        let counts: Vec<String> = items.iter().filter(|i| i.told.theme == theme).map(count).collect();
        (!counts.is_empty()).then(|| Point::said(language, theme.title(language), &language.series(&counts)))
    };
    Theme::ALL.into_iter().filter_map(of_theme).collect()
}

/// What is withheld, by reason, then by field.
fn withheld(cover: &Cover<'_>, told: &[Told]) -> Section {
    let language = cover.language;
    let mut blocks = Vec::new();
    for reason in Reason::ALL {
        let (mut total, mut fields) = (0, Vec::new());
        for one in told {
            let collection = cover.map.collection(&one.source, &one.collection);
            let label = line(collection.map_or(one.collection.as_str(), |c| c.label_in(language.tag())));
            for ((path, _), n) in one.withheld.iter().filter(|((_, why), _)| *why == reason) {
                total += n;
                let place = line(&match reason {
                    // Nobody has given it a better name.
                    Reason::UnknownColumn => format!("{}.{}.{}", one.source, one.collection, path),
                    _ => language.pair(&label, &super::page::label(language, collection, path)),
                });
                let place = if *n > 1 { language.aside(&place, &language.number(*n)) } else { place };
                fields.push(Point::new(language, "", place));
            }
        }
        if total > 0 {
            blocks.push(Block::Head(language.aside(&reason.title(language), &language.number(total))));
            blocks.push(Block::Text(reason.explanation(language)));
            blocks.push(Block::List(fields));
        }
    }
    let cleaned: u64 = told.iter().map(|t| t.cleaned).sum();
    if cleaned > 0 {
        blocks.push(Block::Head(language.say("cleaned").into_owned()));
        blocks.push(Block::Text(say!(language, "cleaned.text", n = cleaned)));
    }
    let text = if blocks.is_empty() { "withheld-nothing" } else { "withheld-marked" };
    blocks.insert(0, Block::Text(language.say(text).into_owned()));
    Section { id: "withheld", title: language.say("withheld-title").into_owned(), blocks }
}
