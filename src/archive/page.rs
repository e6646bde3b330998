//! `START-HERE.html` and the pages beside it: what a person reads. First the answer, then the data by theme.
//!
//! The words are in the catalogues of `language`. Everything from the data is made visible and escaped; the policy in each page
//! forbids scripts and every connection. What may be shown is decided in `withhold`.

mod book;
mod glance;
mod html;
mod label;
mod picture;
mod quantity;
mod section;
mod show;
mod theme;
mod why;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use fluent_bundle::FluentArgs;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value as Context};
use minijinja::{Environment, HtmlEscape, context};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub use glance::Glance;
pub use label::label;
pub use section::Section;
pub use theme::Theme;

use super::Cover;
use super::answer::{Answer, facts};
use super::collection::Told;
use super::silence::Silence;
use super::visible::{line, visible};
use crate::error::{Error, Result};
use crate::language::{Language, say};

const STYLE: &str = include_str!("page/style.css");

/// Makes the pages.
pub struct Page {
    templates: Environment<'static>,
}

/// A theme with its collections.
#[derive(Serialize)]
struct ThemeRow {
    title: String,
    anchor: &'static str,
    collections: Vec<EnclosedRow>,
}

/// A collection that is enclosed.
#[derive(Serialize)]
struct EnclosedRow {
    anchor: String,
    label: String,
    records: String,
    bar: String,
    section: String,
}

impl Page {
    /// Reads the templates, for readers of that language.
    pub fn new(language: &'static Language) -> Result<Page> {
        let mut templates = Environment::new();
        templates.add_function("t", move |key: &str, values: Kwargs| message(language, key, &values));
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
        let mut facts = of_map.map(|c| facts(cover, c, silence)).unwrap_or_default();
        if let Some(affiliate) = affiliate(cover, &told.source) {
            facts.insert(0, (cover.language.say("about-holder").into_owned(), affiliate));
        }
        self.render(
            "section.html",
            context! {
                anchor => anchor(told.number),
                label => collection_label(cover, told),
                system => line(&told.source),
                collection => line(&told.collection),
                facts => Serde(facts),
                records => told.records,
                shown => section.shown(),
                withheld,
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
                glance => Context::from_safe_string(glance::html_of(cover.language, glance)),
                glance_more => glance.has_more(),
                themes => Serde(themes(cover, told)),
                timeline => Context::from_safe_string(picture::timeline(cover.language, &picture::years(told, |t| collection_label(cover, t)))),
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
        language => cover.language.tag(),
        controller => if controller.name.trim().is_empty() { cover.language.say("us-answering").into_owned() } else { line(&controller.name) },
        reference => line(&cover.reference),
        as_of => cover.language.moment(cover.as_of),
    }
}

/// Who answers for a source, where that is not the controller of the whole.
fn affiliate(cover: &Cover<'_>, source: &str) -> Option<String> {
    let source = cover.map.source(source).filter(|s| s.controller.is_some())?;
    let holder = cover.map.controller_of(source);
    let parts: Vec<&str> = [Some(holder.name.as_str()), holder.contact.as_deref()].into_iter().flatten().collect();
    Some(line(&parts.join(&cover.language.say("parts-between"))))
}

/// A message in a template, as HTML: its own markup stays, what it is about is escaped.
pub fn message(language: &Language, key: &str, values: &Kwargs) -> std::result::Result<Context, minijinja::Error> {
    let mut all = FluentArgs::new();
    for name in values.args() {
        let value: Context = values.get(name)?;
        match i64::try_from(value.clone()) {
            Ok(n) if value.is_number() => all.set(name.to_owned(), n),
            _ if value.is_safe() => all.set(name.to_owned(), value.to_string()),
            _ => {
                let text = value.to_string();
                all.set(name.to_owned(), HtmlEscape(&visible(&text)).to_string());
            }
        }
    }
    Ok(Context::from_safe_string(language.format(key, Some(&all)).into_owned()))
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
    line(
        cover
            .map
            .collection(&told.source, &told.collection)
            .map_or(told.collection.as_str(), |c| c.label_in(cover.language.tag())),
    )
}

/// What is enclosed, by theme.
fn themes(cover: &Cover<'_>, told: &[Told]) -> Vec<ThemeRow> {
    let most = told.iter().map(|t| t.records).max().unwrap_or(1);
    let row = |t: &Told| EnclosedRow {
        anchor: anchor(t.number),
        label: collection_label(cover, t),
        records: say!(cover.language, "records", n = t.records),
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
            rows.push(ThemeRow { title: theme.title(cover.language), anchor: theme.anchor(), collections });
        }
    }
    rows
}
