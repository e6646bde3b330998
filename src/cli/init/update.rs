//! `redress init --update`: what is new in the sources goes into a map that people have edited, touching no line it
//! need not touch.

use serde_json::json;
use std::path::Path;

use super::{ask, looks, needs_terminal, place};
use crate::cli::args::InitArgs;
use crate::cli::ui::Ui;
use crate::cli::workspace::Workspace;
use crate::cli::{Exit, Report};
use crate::draft::update::{Update, update};
use crate::draft::{Code, Look, Question, draft};
use crate::error::Result;
use crate::map::{DataMap, Decision, Link, SourceMap, read};
use crate::problem::Problem;
use crate::source::open;

/// Looks at the sources of the map and at those named, and adds what the map does not have.
pub fn run(folder: &Path, args: &InitArgs, ui: &mut Ui) -> Result<UpdateReport> {
    needs_terminal(args)?;
    let known = read(folder)?;
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    for source in &known.sources {
        // A source that cannot be read keeps its part of the map; the others are looked at all the same.
        let looked = open(&source.address, &source.name).and_then(|mut handle| handle.schema().map(|_| handle));
        match looked {
            Ok(handle) => all.push(Look { name: source.name.clone(), address: source.address.clone(), handle }),
            Err(error) => {
                let message = [vec![error.message], error.hints].concat().join("; ");
                unread.push(Problem::new("unreadable-source", &source.name, message));
            }
        }
    }
    all.extend(looks(folder, args, &known)?.0);
    let mut found = update(&known, draft(all, &known.identities)?);
    if !args.yes {
        ask::decide(&mut found.news, ui)?;
    }
    place::add(folder, &known, &found)?;
    let workspace = Workspace::open(folder)?;
    let report = UpdateReport { folder: folder.display().to_string(), new: news(&known, &found), found, unread };
    let count = |of: &dyn Fn(&News) -> usize| report.new.iter().map(of).sum::<usize>() as u64;
    let entry = workspace.outcome("update").count("collections", count(&|n| n.collections.len()));
    let entry = entry.count("columns", count(&|n| n.columns.len())).count("links", count(&|n| n.links.len()));
    workspace.register.append(entry)?;
    Ok(report)
}

/// What is new in one source.
struct News {
    source: String,
    is_new: bool,
    collections: Vec<String>,
    columns: Vec<String>,
    links: Vec<String>,
}

fn news(known: &DataMap, found: &Update) -> Vec<News> {
    let changed = |s: &&SourceMap| !s.collections.is_empty() || known.source(&s.name).is_none();
    found.news.sources.iter().filter(changed).map(|source| one(known, found, source)).collect()
}

fn one(known: &DataMap, found: &Update, source: &SourceMap) -> News {
    let grown: Vec<_> = found.grown.iter().filter(|g| g.source == source.name).collect();
    let (old, new): (Vec<_>, Vec<_>) =
        source.collections.iter().partition(|c| grown.iter().any(|g| g.collection == c.name));
    let said = |collection: &str, link: &Link| {
        let from: Vec<&str> = link.from.iter().map(|f| f.as_str()).collect();
        let state = if link.decision == Decision::Open { ", open" } else { "" };
        format!("{collection}.{} to {} as {}{state}", from.join("+"), link.to_collection, link.role.word())
    };
    News {
        source: source.name.clone(),
        is_new: known.source(&source.name).is_none(),
        collections: new.iter().map(|c| c.name.clone()).collect(),
        columns: grown.iter().flat_map(|g| g.columns.iter().map(|c| format!("{}.{c}", g.collection))).collect(),
        links: old.iter().flat_map(|c| c.links.iter().map(|l| said(&c.name, l))).collect(),
    }
}

/// What was added, and what the map describes in vain.
pub struct UpdateReport {
    folder: String,
    new: Vec<News>,
    found: Update,
    /// The sources of the map that could not be looked at.
    unread: Vec<Problem>,
}

impl UpdateReport {
    fn open(&self) -> impl Iterator<Item = &Question> {
        self.found.news.questions.iter().filter(|q| q.code != Code::Noted)
    }

    fn next(&self) -> Vec<String> {
        let command = |what: &str| format!("redress -C {} {what}", self.folder);
        let review = (!self.found.is_empty()).then(|| command("init --review"));
        review.into_iter().chain([command("check")]).collect()
    }
}

impl Report for UpdateReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        match (self.new.is_empty(), self.unread.is_empty()) {
            (true, true) => ui.line("Nothing is new: the map has all there is.")?,
            (true, false) => ui.line("Nothing is new in what could be looked at.")?,
            _ => {}
        }
        for one in &self.new {
            let what = if one.is_new { "a new source" } else { "added" };
            ui.line(&format!("{}: {what}", one.source))?;
            for (title, list) in [("collections", &one.collections), ("columns", &one.columns), ("links", &one.links)] {
                if !list.is_empty() {
                    ui.line(&format!("  {title}: {}", list.join("; ")))?;
                }
            }
        }
        let noted = self.found.news.questions.iter().filter(|q| q.code == Code::Noted);
        let lists: [(&str, Vec<&Question>); 3] = [
            ("To be decided by a person", self.open().collect()),
            ("Gone from the sources; the map was left as it is", self.found.gone.iter().collect()),
            ("Worth knowing", noted.collect()),
        ];
        for (title, questions) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            ui.line(&format!("\n{title} ({}):", questions.len()))?;
            questions.iter().try_for_each(|q| ui.line(&format!("  {}: {}", q.place, q.message)))?;
        }
        if !self.unread.is_empty() {
            let title = "Could not be looked at; their part of the map was left as it is";
            ui.line(&format!("\n{title} ({}):", self.unread.len()))?;
            self.unread.iter().try_for_each(|p| ui.line(&format!("  {}: {}", p.place, p.message)))?;
        }
        ui.line("\nNext:")?;
        self.next().iter().try_for_each(|command| ui.line(&format!("  {command}")))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let source = |one: &News| {
            json!({
                "source": one.source, "new": one.is_new, "collections": one.collections, "columns": one.columns,
                "links": one.links,
            })
        };
        let report = json!({
            "complete": self.exit() == Exit::Done,
            "workspace": self.folder,
            "sources": self.new.iter().map(source).collect::<Vec<_>>(),
            "decisions": self.found.news.questions,
            "gone": self.found.gone,
            "problems": self.unread,
            "next": self.next(),
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        match self.open().next().is_some() || !self.found.gone.is_empty() || !self.unread.is_empty() {
            true => Exit::Incomplete,
            false => Exit::Done,
        }
    }
}
