//! `answer.pdf`: the answer as a letter, for the telephone, for the post, in large print where somebody needs it.
//!
//! It says what [`Answer`] says, whole, and the contact details found; the records themselves stand on the page. Text can
//! be selected and searched; headings, lists and the order of reading are tagged (PDF/UA-1, checked as it is made).
//! The same answer gives the same bytes. What may be said was decided before.

mod fonts;
mod lines;
mod paper;

use super::Cover;
use super::answer::{Answer, Block};
use super::page::Glance;
use super::visible::line;
use crate::error::{Error, Result};
use crate::language::say;
use fonts::Fonts;
use lines::Span;
use paper::{Kind, Paper};

/// How large the letter is printed, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As letters usually are.
    Usual,
    /// Large print, as associations of people with low vision ask for it.
    Large,
}

impl Print {
    fn size(self) -> f32 {
        match self {
            Print::Usual => 11.0,
            Print::Large => 18.0,
        }
    }
}

/// The letter's bytes.
pub fn letter(cover: &Cover<'_>, answer: &Answer, glance: &Glance) -> Result<Vec<u8>> {
    let language = cover.language;
    let mut fonts = Fonts::new();
    let mut paper = Paper::new(cover.print.size(), language.tag());
    let mut add = |kind: Kind, spans: &[Span<'_>]| paper.add(&mut fonts, kind, spans);
    let controller = line(&cover.map.controller.name);
    if !controller.is_empty() {
        add(Kind::Text, &[(&controller, false)]);
    }
    let title = language.say("title-letter");
    add(Kind::Title, &[(&title, true)]);
    add(Kind::Text, &[(&answer.first, true)]);
    if answer.is_partial {
        add(Kind::Text, &[(&language.pair(&language.say("missing-title"), ""), false)]);
        answer.missing.iter().for_each(|text| add(Kind::Point, &[(text, false)]));
    }
    add(Kind::Text, &[(&answer.lead, false)]);
    for (title, text) in &answer.facts {
        add(Kind::Text, &[(&language.pair(title, ""), true), (text, false)]);
    }
    let contact = glance.texts(language);
    if !contact.is_empty() {
        add(Kind::Head, &[(&language.say("glance-title"), true)]);
    }
    for (title, values) in &contact {
        add(Kind::Point, &[(&language.pair(title, ""), true), (values, false)]);
    }
    if !answer.enclosed.is_empty() {
        add(Kind::Head, &[(&language.say("enclosed-title-letter"), true)]);
        add(Kind::Text, &[(&language.say("enclosed-letter"), false)]);
        for point in &answer.enclosed {
            add(Kind::Point, &[(&point.strong, true), (&point.text, false)]);
        }
    }
    for section in &answer.sections {
        add(Kind::Head, &[(&section.title, true)]);
        for block in &section.blocks {
            match block {
                Block::Head(text) => add(Kind::Under, &[(text, true)]),
                Block::Text(text) => add(Kind::Text, &[(text, false)]),
                Block::List(points) => {
                    points.iter().for_each(|p| add(Kind::Point, &[(&p.strong, true), (&p.text, false)]));
                }
            }
        }
    }
    let reference = line(&cover.reference);
    let footer = |page: usize, pages: usize| {
        say!(language, "letter-foot", reference = reference.as_str(), page = page, pages = pages)
    };
    paper.finish(&mut fonts, &title, &footer, cover.as_of).ok_or_else(|| Error::bug("the letter could not be made"))
}
