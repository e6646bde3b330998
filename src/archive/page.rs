//! `START-HERE.html` and the pages beside it: what a person reads. First the answer, then the data by theme.
//!
//! The words are in the templates. Everything from the data is made visible and escaped; the policy in each page
//! forbids scripts and every connection. What may be shown is decided in `withhold`.

mod about;
mod book;
mod date;
mod glance;
mod html;
mod label;
mod section;
mod show;
mod theme;
mod why;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value as Context};
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

pub use glance::Glance;
pub use label::label;
pub use section::Section;
pub use theme::Theme;

use super::Cover;
use super::collection::Told;
use super::reason::Reason;
use super::silence::Silence;
use super::visible::line;
use crate::error::{Error, Result};
use crate::problem::Problem;
use label::thousands;

const STYLE: &str = include_str!("page/style.css");
/// How a day is written.
const DAY: &str = "%-d %B %Y";

/// Makes the pages.
pub struct Page {
    templates: Environment<'static>,
}

/// A system that was searched.
#[derive(Serialize)]
struct SearchedRow {
    system: String,
    kind: String,
    collections: String,
    complete: bool,
}

/// A theme with its collections.
#[derive(Serialize)]
struct ThemeRow {
    title: &'static str,
    anchor: &'static str,
    collections: Vec<EnclosedRow>,
}

/// A collection that is enclosed.
#[derive(Serialize)]
struct EnclosedRow {
    anchor: String,
    label: String,
    records: String,
    one: bool,
    section: String,
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
        for (name, text) in [
            ("page.html", include_str!("page/page.html")),
            ("section.html", include_str!("page/section.html")),
            ("leaf.html", include_str!("page/leaf.html")),
        ] {
            templates.add_template(name, text).map_err(fault)?;
        }
        Ok(Page { templates })
    }

    /// The section of one collection.
    pub fn section(
        &self,
        cover: &Cover<'_>,
        silence: &Silence,
        told: &Told,
        section: &Section<'_, '_>,
    ) -> Result<String> {
        let withheld: u64 = told.withheld.values().sum();
        let of_map = cover.map.collection(&told.source, &told.collection);
        let mut facts = of_map.map(|c| about::facts(cover.map, c, silence)).unwrap_or_default();
        if let Some(affiliate) = affiliate(cover, &told.source) {
            facts.insert(0, ("Who holds them", affiliate));
        }
        self.render(
            "section.html",
            context! {
                anchor => anchor(told.number),
                label => collection_label(cover, told),
                system => line(&told.source),
                collection => line(&told.collection),
                facts => Serde(facts),
                records => thousands(told.records),
                one => told.records == 1,
                shown => (section.shown() < told.records).then(|| thousands(section.shown())),
                withheld => (withheld > 0).then(|| thousands(withheld)),
                withheld_one => withheld == 1,
                base => told.base.as_str(),
                pages => Serde(section.book.as_ref().map(book::Book::links).unwrap_or_default()),
                groups => Serde(section.groups()),
            },
        )
    }

    /// The first page.
    pub fn page(&self, cover: &Cover<'_>, silence: &Silence, told: &[Told], glance: &Glance) -> Result<String> {
        let asked: Vec<_> = cover.asked_by.iter().map(|(i, v)| (line(i), line(v))).collect();
        let problems: Vec<&Problem> = cover.problems.iter().filter(|p| is_shown(silence, p)).collect();
        let problems: Vec<_> = problems.iter().map(|p| (line(&p.place), line(&p.message))).collect();
        let elsewhere = cover.not_searched.iter().filter(|(what, why)| silence.allows(what) && silence.allows(why));
        let elsewhere: Vec<_> = elsewhere.map(|(what, why)| (line(what), line(why))).collect();
        let withheld = withheld(cover, told);
        let searched = searched(cover, silence);
        let records = told.iter().map(|t| t.records).sum::<u64>();
        self.render(
            "page.html",
            context! {
                contacts => Serde(contacts(&cover.map.controller)),
                authorities => Serde(authorities(&cover.map.controller)),
                received => cover.received.strftime(DAY).to_string(),
                due => cover.due.strftime(DAY).to_string(),
                asked => Serde(asked),
                verified => line(&cover.verified),
                glance => Context::from_safe_string(glance::html_of(glance)),
                glance_more => glance.has_more(),
                systems => searched.len(),
                searched => Serde(searched),
                elsewhere => Serde(elsewhere),
                problems => Serde(problems),
                records => thousands(records),
                one => records == 1,
                collections => told.len(),
                themes => Serde(themes(cover, told)),
                withheld_total => thousands(withheld.iter().map(|row| row.total).sum()),
                withheld => Serde(withheld),
                ..context_of(cover)
            },
        )
    }

    fn render(&self, name: &str, context: Context) -> Result<String> {
        self.templates.get_template(name).and_then(|t| t.render(context)).map_err(fault)
    }
}

/// What every page says.
fn context_of(cover: &Cover<'_>) -> Context {
    let controller = &cover.map.controller;
    let policy =
        format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", style_hash());
    context! {
        policy,
        style => Context::from_safe_string(STYLE.to_owned()),
        controller => line(&controller.name),
        contact => controller.contact.as_deref().map(line),
        authority => controller.authority.as_deref().map(line),
        reference => line(&cover.reference),
        as_of => cover.as_of.strftime("%-d %B %Y, %H:%M UTC").to_string(),
    }
}

/// Who answers for a source, where that is not the controller of the whole.
fn affiliate(cover: &Cover<'_>, source: &str) -> Option<String> {
    let source = cover.map.source(source).filter(|s| s.controller.is_some())?;
    let holder = cover.map.controller_of(source);
    let contact = holder.contact.as_deref().map(|c| format!(", {c}")).unwrap_or_default();
    Some(line(&format!("{}{contact}", holder.name)))
}

/// Whom else one can turn to.
fn contacts(controller: &crate::map::Controller) -> Vec<(&'static str, String)> {
    let all = [
        ("Data protection officer", &controller.officer),
        ("Representative in the European Union", &controller.eu_representative),
        ("Representative in the United Kingdom", &controller.uk_representative),
    ];
    all.into_iter().filter_map(|(title, text)| Some((title, line(text.as_deref()?)))).collect()
}

/// Supervisory authorities by country.
fn authorities(controller: &crate::map::Controller) -> Vec<(String, String)> {
    controller.authorities.iter().map(|(country, authority)| (line(country), line(authority))).collect()
}

/// Template faults name lines of templates, never data.
fn fault(error: minijinja::Error) -> Error {
    Error::bug(format!(
        "the template of the page is broken: {:?} in {:?}, line {:?}",
        error.kind(),
        error.name(),
        error.line()
    ))
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
        let kind = match searched.kind.as_str() {
            "sqlite" => "SQLite database",
            "postgres" => "PostgreSQL database",
            "mysql" => "MySQL database",
            "csv" => "CSV files",
            "json" => "JSON files",
            other => other,
        };
        rows.push(SearchedRow {
            system: line(&searched.source),
            kind: line(kind),
            collections: collections.join(", "),
            complete: searched.complete,
        });
    }
    rows
}

/// What is enclosed, by theme.
fn themes(cover: &Cover<'_>, told: &[Told]) -> Vec<ThemeRow> {
    let row = |t: &Told| EnclosedRow {
        anchor: anchor(t.number),
        label: collection_label(cover, t),
        records: thousands(t.records),
        one: t.records == 1,
        section: t.section.clone(),
    };
    let mut rows = Vec::new();
    let is_person = |t: &&Told| cover.map.collection(&t.source, &t.collection).is_some_and(|c| c.person);
    for theme in Theme::ALL {
        // Who somebody is stands before what else is held.
        let (persons, others): (Vec<_>, Vec<_>) = told.iter().filter(|t| t.theme == theme).partition(is_person);
        let collections: Vec<_> = persons.into_iter().chain(others).map(row).collect();
        if !collections.is_empty() {
            rows.push(ThemeRow { title: theme.title(), anchor: theme.anchor(), collections });
        }
    }
    rows
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
