//! Where was searched, where not, and what could not be read.

use super::{Block, Point, Section};
use crate::archive::Cover;
use crate::archive::silence::Silence;
use crate::archive::visible::line;
use crate::problem::Problem;

/// What was searched, without what is silent; a system with nothing but silent collections is silent too.
pub fn systems(cover: &Cover<'_>, silence: &Silence) -> Vec<Point> {
    let mut rows = Vec::new();
    for searched in &cover.searched {
        let open = |c: &&String| !silence.is_silent(&searched.source, c);
        let label = |c: &String| line(cover.map.collection(&searched.source, c).map_or(c.as_str(), |c| c.label()));
        let collections: Vec<String> = searched.collections.iter().filter(open).map(label).collect();
        if collections.is_empty() && !searched.collections.is_empty() {
            continue;
        }
        let kind = match searched.kind.as_str() {
            "sqlite" => "SQLite database",
            "postgres" => "PostgreSQL database",
            "mysql" => "MySQL database",
            "csv" => "CSV files",
            "json" => "JSON files",
            other => other,
        };
        let read = match searched.complete {
            true => "Read in full.",
            false => "Not all of it could be read or is settled: see below.",
        };
        let text = format!("({}): {}. {read}", line(kind), collections.join(", "));
        rows.push(Point::new(line(&searched.source), text));
    }
    rows
}

/// The section.
pub fn section(cover: &Cover<'_>, silence: &Silence, systems: &[Point]) -> Section {
    let pair = |what: &str, why: &str| Point::new(line(what), format!(": {}", line(why)));
    let is_shown = |p: &&Problem| silence.allows(&p.place) && silence.allows(&p.message);
    let elsewhere = cover.not_searched.iter().filter(|(what, why)| silence.allows(what) && silence.allows(why));
    let elsewhere: Vec<Point> = elsewhere.map(|(what, why)| pair(what, why)).collect();
    let problems: Vec<Point> = cover.problems.iter().filter(is_shown).map(|p| pair(&p.place, &p.message)).collect();
    let mut blocks = vec![Block::List(systems.to_vec())];
    for (title, points) in [("Not searched", elsewhere), ("What could not be read or is not settled", problems)] {
        if !points.is_empty() {
            blocks.push(Block::Head(title.to_owned()));
            blocks.push(Block::List(points));
        }
    }
    Section { id: "searched", title: "Where we searched", blocks }
}
