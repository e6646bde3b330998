//! `START-HERE.html` and the pages beside it: what a person reads. First the answer, then the data by theme.
//!
//! The words are in the templates. Everything from the data is made visible and escaped; the policy in each page
//! forbids scripts and every connection. What may be shown is decided in `withhold`.

mod book;
mod date;
mod glance;
mod html;
mod label;
mod picture;
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

pub use glance::Glance;
pub use label::{label, thousands};
pub use section::Section;
pub use theme::Theme;

use super::Cover;
use super::answer::{Answer, facts};
use super::collection::Told;
use super::silence::Silence;
use super::visible::line;
use crate::error::{Error, Result};

const STYLE: &str = include_str!("page/style.css");

/// Makes the pages.
pub struct Page {
    templates: Environment<'static>,
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
    bar: String,
    section: String,
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
        let mut facts = of_map.map(|c| facts(cover.map, c, silence)).unwrap_or_default();
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
    pub fn page(&self, cover: &Cover<'_>, told: &[Told], answer: &Answer, glance: &Glance) -> Result<String> {
        self.render(
            "page.html",
            context! {
                answer => Serde(answer),
                glance => Context::from_safe_string(glance::html_of(glance)),
                glance_more => glance.has_more(),
                themes => Serde(themes(cover, told)),
                timeline => Context::from_safe_string(picture::timeline(&picture::years(told, |t| collection_label(cover, t)))),
                ..context_of(cover, if told.iter().any(|t| t.has_pictures) { "; img-src data:" } else { "" })
            },
        )
    }

    fn render(&self, name: &str, context: Context) -> Result<String> {
        self.templates.get_template(name).and_then(|t| t.render(context)).map_err(fault)
    }
}

/// What every page says; `more` is what its policy allows beside its style.
fn context_of(cover: &Cover<'_>, more: &str) -> Context {
    let controller = &cover.map.controller;
    let style = hash(STYLE);
    let policy = format!("default-src 'none'; style-src 'sha256-{style}'{more}; base-uri 'none'; form-action 'none'");
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

/// Template faults name lines of templates, never data.
fn fault(error: minijinja::Error) -> Error {
    Error::bug(format!(
        "the template of the page is broken: {:?} in {:?}, line {:?}",
        error.kind(),
        error.name(),
        error.line()
    ))
}

/// How a policy names a style or a script.
fn hash(text: &str) -> String {
    BASE64.encode(Sha256::digest(text))
}

fn anchor(number: usize) -> String {
    format!("collection-{number}")
}

fn collection_label(cover: &Cover<'_>, told: &Told) -> String {
    line(cover.map.collection(&told.source, &told.collection).map_or(&told.collection, |c| c.label()))
}

/// What is enclosed, by theme.
fn themes(cover: &Cover<'_>, told: &[Told]) -> Vec<ThemeRow> {
    let most = told.iter().map(|t| t.records).max().unwrap_or(1);
    let row = |t: &Told| EnclosedRow {
        anchor: anchor(t.number),
        label: collection_label(cover, t),
        records: thousands(t.records),
        one: t.records == 1,
        bar: picture::bar(t.records, most),
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
