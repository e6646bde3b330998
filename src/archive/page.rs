//! `START-HERE.html`: what a person reads. First the answer, then the data; one file that loads nothing.
//!
//! The words are in the templates. Everything from the data goes through [`visible`] and the template's escaping;
//! the policy in the page forbids scripts and every connection.

mod record;
mod why;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value as Context};
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

pub use record::{Sample, label};

use super::Cover;
use super::collection::Told;
use super::reason::Reason;
use super::silence::Silence;
use super::visible::{line, visible};
use crate::error::{Error, Result};
use crate::problem::Problem;

const STYLE: &str = include_str!("page/style.css");

/// Makes the page, section by section.
pub struct Page {
    templates: Environment<'static>,
}

/// A row of the table of what was searched.
#[derive(Serialize)]
struct SearchedRow {
    system: String,
    kind: String,
    collections: String,
    complete: bool,
}

/// A row of the table of what is enclosed.
#[derive(Serialize)]
struct EnclosedRow {
    anchor: String,
    system: String,
    label: String,
    records: u64,
    withheld: u64,
    base: String,
}

/// A reason, and what is withheld for it.
#[derive(Serialize)]
struct WithheldRow {
    title: &'static str,
    explanation: &'static str,
    total: u64,
    fields: Vec<WithheldField>,
}

#[derive(Serialize)]
struct WithheldField {
    place: String,
    count: u64,
}

impl Page {
    /// Reads the templates.
    pub fn new() -> Result<Page> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?;
        templates.set_syntax(syntax);
        templates.add_template("page.html", include_str!("page/page.html")).map_err(fault)?;
        templates.add_template("section.html", include_str!("page/section.html")).map_err(fault)?;
        Ok(Page { templates })
    }

    /// The section of one collection.
    pub fn section(&self, cover: &Cover<'_>, told: &Told, sample: &Sample<'_>, number: usize) -> Result<String> {
        let withheld: u64 = told.withheld.values().sum();
        self.render(
            "section.html",
            context! {
                anchor => anchor(number),
                label => collection_label(cover, told),
                system => visible(&told.source),
                collection => visible(&told.collection),
                records => told.records,
                shown => sample.shown(),
                withheld,
                base => told.base.as_str(),
                rows => Serde(sample.records()),
            },
        )
    }

    /// The whole page.
    pub fn page(&self, cover: &Cover<'_>, silence: &Silence, told: &[Told]) -> Result<String> {
        let controller = &cover.map.controller;
        let sections: String = told.iter().map(|t| t.section.as_str()).collect();
        let asked: Vec<_> = cover.asked_by.iter().map(|(i, v)| (line(i), visible(v).into_owned())).collect();
        let problems: Vec<&Problem> = cover.problems.iter().filter(|p| is_shown(silence, p)).collect();
        let problems: Vec<_> = problems.iter().map(|p| (line(&p.place), line(&p.message))).collect();
        let elsewhere = cover.not_searched.iter().filter(|(what, why)| silence.allows(what) && silence.allows(why));
        let elsewhere: Vec<_> = elsewhere.map(|(what, why)| (line(what), line(why))).collect();
        self.render(
            "page.html",
            context! {
                policy => format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", style_hash()),
                style => Context::from_safe_string(STYLE.to_owned()),
                controller => line(&controller.name),
                contact => controller.contact.as_deref().map(line),
                authority => controller.authority.as_deref().map(line),
                reference => line(&cover.reference),
                as_of => cover.as_of.strftime("%Y-%m-%d %H:%M UTC").to_string(),
                received => cover.received.strftime("%Y-%m-%d").to_string(),
                due => cover.due.strftime("%Y-%m-%d").to_string(),
                asked => Serde(asked),
                verified => line(&cover.verified),
                searched => Serde(searched(cover, silence)),
                elsewhere => Serde(elsewhere),
                problems => Serde(problems),
                enclosed => Serde(enclosed(cover, told)),
                records => told.iter().map(|t| t.records).sum::<u64>(),
                withheld => Serde(withheld(cover, told)),
                sections => Context::from_safe_string(sections),
            },
        )
    }

    fn render(&self, name: &str, context: Context) -> Result<String> {
        self.templates.get_template(name).and_then(|t| t.render(context)).map_err(fault)
    }
}

/// Template faults name lines of templates, never data.
fn fault(error: minijinja::Error) -> Error {
    Error::bug(format!("the template of the page is broken: {:?} in {:?}", error.kind(), error.name()))
}

fn style_hash() -> String {
    BASE64.encode(Sha256::digest(STYLE))
}

fn anchor(number: usize) -> String {
    format!("collection-{number}")
}

fn is_shown(silence: &Silence, problem: &Problem) -> bool {
    silence.allows(&problem.place) && silence.allows(&problem.message)
}

fn collection_label(cover: &Cover<'_>, told: &Told) -> String {
    line(cover.map.collection(&told.source, &told.collection).map_or(&told.collection, |c| c.label()))
}

/// What was searched, without what is silent; a system with nothing but silent collections is silent too.
fn searched(cover: &Cover<'_>, silence: &Silence) -> Vec<SearchedRow> {
    let mut rows = Vec::new();
    for searched in &cover.searched {
        let open = |c: &&String| !silence.is_silent(&searched.source, c);
        let label = |c: &String| line(cover.map.collection(&searched.source, c).map_or(c.as_str(), |c| c.label()));
        let collections: Vec<String> = searched.collections.iter().filter(open).map(label).collect();
        if collections.is_empty() && !searched.collections.is_empty() {
            continue;
        }
        rows.push(SearchedRow {
            system: line(&searched.source),
            kind: line(&searched.kind),
            collections: collections.join(", "),
            complete: searched.complete,
        });
    }
    rows
}

fn enclosed(cover: &Cover<'_>, told: &[Told]) -> Vec<EnclosedRow> {
    let row = |(i, t): (usize, &Told)| EnclosedRow {
        anchor: anchor(i + 1),
        system: line(&t.source),
        label: collection_label(cover, t),
        records: t.records,
        withheld: t.withheld.values().sum(),
        base: t.base.clone(),
    };
    told.iter().enumerate().map(row).collect()
}

/// What is withheld, by reason, then by field.
fn withheld(cover: &Cover<'_>, told: &[Told]) -> Vec<WithheldRow> {
    let mut by_reason: BTreeMap<usize, WithheldRow> = BTreeMap::new();
    for one in told {
        let collection = cover.map.collection(&one.source, &one.collection);
        for ((path, reason), n) in &one.withheld {
            let row = by_reason.entry(reason.index()).or_insert_with(|| WithheldRow {
                title: reason.title(),
                explanation: reason.explanation(),
                total: 0,
                fields: Vec::new(),
            });
            row.total += n;
            let place = match reason {
                // Nobody has given it a better name.
                Reason::UnknownColumn => format!("{}.{}.{}", one.source, one.collection, path),
                _ => format!("{}: {}", collection_label(cover, one), label(collection, path)),
            };
            row.fields.push(WithheldField { place: line(&place), count: *n });
        }
    }
    by_reason.into_values().collect()
}
