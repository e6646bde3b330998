//! `redress erase`: the plan of an erasure, on its ground and with the officer's decisions.

use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;

use super::args::EraseArgs;
use super::plan::{self, PlanReport};
use super::planning;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::map::{DataMap, Ground};
use crate::plan::{Asked, Decided, Erasure, Verdict};

/// Searches, plans, and keeps the plan.
pub fn run(workspace: &Workspace, args: &EraseArgs) -> Result<PlanReport> {
    let ground = match args.ground.as_deref() {
        Some(named) => Some(named_ground(named)?),
        None => ground_before(workspace, args)?,
    };
    let mut decisions = match &args.decisions {
        Some(path) => read(path, &workspace.map)?,
        None => Vec::new(),
    };
    let until = args.until.as_deref().map(|text| day(text, "--until")).transpose()?;
    let because = args.because.as_deref().unwrap_or_default();
    for text in &args.decide {
        decisions.push(Decided::parse(text, because, until, &workspace.map)?);
    }
    let without_undo = args.without_undo.clone().filter(|_| workspace.map.undo.is_some());
    let erasure = Erasure { ground, decisions, without_undo };
    // Said before a request is opened for nothing.
    erasure.ground(&workspace.map)?;
    planning::run(workspace, &args.planning, Asked::Erase(erasure))
}

fn named_ground(text: &str) -> Result<String> {
    let known = Ground::of(text).map(|g| g.code.to_owned());
    known.ok_or_else(|| {
        Error::usage("--ground names no ground for erasure").hint(format!("one of: {}", Ground::codes()))
    })
}

/// The ground that the request was planned on before.
fn ground_before(workspace: &Workspace, args: &EraseArgs) -> Result<Option<String>> {
    let Some(given) = &args.planning.request.request else { return Ok(None) };
    let request = workspace.register.find_request(given)?;
    let mut plans = workspace.register.plans()?;
    plans.retain(|p| p.requests.contains(&request.number));
    plans.sort_by_key(|p| std::cmp::Reverse(p.number));
    // A plan that cannot be read says nothing.
    let before = plans.iter().filter_map(|p| plan::load(workspace, &p.number.to_string()).ok());
    let grounds = before.into_iter().filter_map(|sealed| match sealed.plan.header.asked {
        Asked::Erase(erasure) => erasure.ground,
        _ => None,
    });
    Ok(grounds.into_iter().next())
}

/// One line of a file of decisions.
#[derive(Deserialize)]
struct Line {
    place: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    because: String,
    #[serde(default)]
    until: Option<String>,
}

/// Reads a file of decisions: CSV with a header, or a JSON array of objects with the same names. Lines without a
/// decision are passed over.
fn read(path: &Path, map: &DataMap) -> Result<Vec<Decided>> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, &e))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let wrong = |line: usize, what: &str| {
        Error::usage(format!("{}: line {line}: {what}", path.display()))
            .hint("a line has place (shop.orders, or shop.orders id=7), decision (delete, anonymise, isolate or keep), because, until")
    };
    let lines: Vec<Line> = match text.trim_start().starts_with('[') {
        true => serde_json::from_str(text).map_err(|e| wrong(e.line(), "it is not the JSON that is expected"))?,
        false => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let read = |(i, line): (usize, csv::Result<Line>)| line.map_err(|_| wrong(i + 2, "a column is missing"));
            reader.deserialize().enumerate().map(read).collect::<Result<_>>()?
        }
    };
    let mut out = Vec::new();
    for (i, line) in lines.into_iter().enumerate().filter(|(_, l)| !l.decision.trim().is_empty()) {
        let verdict = Verdict::of_word(&line.decision)
            .ok_or_else(|| wrong(i + 2, "the decision is none of delete, anonymise, isolate, keep"))?;
        let until = line.until.filter(|t| !t.trim().is_empty());
        let until = until.map(|t| t.trim().parse().map_err(|_| wrong(i + 2, "until is no date"))).transpose()?;
        let decided = Decided::on(line.place.trim(), verdict, &line.because, until, map);
        out.push(decided.map_err(|e| wrong(i + 2, &e.message))?);
    }
    Ok(out)
}

fn day(text: &str, flag: &str) -> Result<Date> {
    text.trim().parse().map_err(|_| Error::usage(format!("{flag} is no date")).hint("write it as 2027-12-31"))
}
