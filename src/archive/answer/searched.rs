//! Where was searched, where not, and what could not be read.

use super::{Block, Point, Section};
use crate::archive::Cover;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::language::{Language, say};
use crate::problem::Problem;

/// What was searched, without what is silent; a system with nothing but silent collections is silent too.
pub fn systems(cover: &Cover<'_>, silence: &Silence) -> Vec<Point> {
    let language = cover.language;
    let mut rows = Vec::new();
    for searched in &cover.searched {
        let open = |c: &&String| !silence.is_silent(&searched.source, c);
        let label = |c: &String| {
            line(cover.map.collection(&searched.source, c).map_or(c.as_str(), |c| c.label_in(language.tag())))
        };
        let collections: Vec<String> = searched.collections.iter().filter(open).map(label).collect();
        if collections.is_empty() && !searched.collections.is_empty() {
            continue;
        }
        let kind = language.code("searched-kind", &searched.kind).unwrap_or_else(|| line(&searched.kind).into());
        let read = language.say(if searched.complete { "searched-whole" } else { "searched-partly" });
        let text = say!(language, "searched-in", kind = kind, what = language.list(&collections), read = read);
        rows.push(Point::new(language, line(&searched.source), text));
    }
    rows
}

/// The section.
pub fn section(cover: &Cover<'_>, silence: &Silence, systems: &[Point]) -> Section {
    let language = cover.language;
    let pair = |what: &str, why: &str| Point::said(language, line(what), &line(why));
    let is_shown = |p: &&Problem| silence.allows(&p.place) && silence.allows(&p.message);
    let elsewhere = cover.not_searched.iter().filter(|(what, why)| silence.allows(what) && silence.allows(why));
    let elsewhere: Vec<Point> = elsewhere.map(|(what, why)| pair(what, why)).collect();
    let problems = cover.problems.iter().filter(is_shown).map(|p| pair(&p.place, &problem(language, &p.code)));
    let mut blocks = vec![Block::List(systems.to_vec())];
    for (title, points) in [("not-searched-title", elsewhere), ("problems-title", problems.collect())] {
        if !points.is_empty() {
            blocks.push(Block::Head(language.say(title).into_owned()));
            blocks.push(Block::List(points));
        }
    }
    Section { id: "searched", title: language.say("searched-title").into_owned(), blocks }
}

/// What a problem of that code means for the person; its message is for who repairs it.
pub fn problem(language: &Language, code: &str) -> String {
    language.code("problem", code).unwrap_or_else(|| language.say("problem-other")).into_owned()
}
