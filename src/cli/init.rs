//! `redress init`: look at sources, draft their data map, list what a person must decide.

mod ask;
mod fides;
mod place;
pub(super) mod review;
pub(super) mod update;

use serde_json::json;
use std::io::IsTerminal as _;
use std::path::Path;

use super::args::InitArgs;
use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report};
use crate::draft::{Code, Draft, Look, Question, draft};
use crate::error::{Error, Result};
use crate::map::{About, DataMap, Decision, Role, SourceMap, WORKSPACE_FILE, read};
use crate::source::{open, parse_address, source_name};

/// Looks at the sources, drafts what the workspace does not know yet, and writes it.
pub fn run(folder: &Path, args: &InitArgs, ui: &mut Ui) -> Result<InitReport> {
    if args.sources.is_empty() {
        return Err(
            Error::usage("nothing to look at").hint("name the sources: redress init sqlite:shop.db csv:exports/")
        );
    }
    needs_terminal(args)?;
    let known = match folder.join(WORKSPACE_FILE).exists() {
        true => read(folder)?,
        false => DataMap::default(),
    };
    let (looks, skipped) = looks(folder, args, &known)?;
    let mut proposed = match looks.is_empty() {
        true => Draft::default(),
        false => draft(looks, &known.identities)?,
    };
    fides::lay_over(&mut proposed, &args.from_fides)?;
    if !args.yes {
        ask::decide(&mut proposed, ui)?;
    }
    place::write(folder, &known, &proposed)?;
    let workspace = Workspace::open(folder)?;
    let collections = proposed.sources.iter().map(|s| s.collections.len() as u64).sum();
    let entry = workspace.outcome("init").count("sources", proposed.sources.len() as u64);
    workspace.register.append(entry.count("collections", collections))?;
    Ok(InitReport { folder: folder.display().to_string(), proposed, skipped })
}

/// Without `--yes` somebody has to answer.
fn needs_terminal(args: &InitArgs) -> Result<()> {
    if args.yes || std::io::stdin().is_terminal() {
        return Ok(());
    }
    let error = Error::usage("there is no terminal to ask what is to be decided at");
    Err(error.hint("take the confident proposals as they are: --yes"))
}

/// The sources to look at, open; and those that the map has already.
fn looks(folder: &Path, args: &InitArgs, known: &DataMap) -> Result<(Vec<Look>, Vec<String>)> {
    let here = std::env::current_dir().map_err(|e| Error::io("find", Path::new("."), &e))?;
    let mut names: Vec<String> = known.sources.iter().map(|s| s.name.clone()).collect();
    let (mut looks, mut skipped): (Vec<Look>, Vec<String>) = (Vec::new(), Vec::new());
    for text in &args.sources {
        let mut address = parse_address(text, &here)?;
        let there = place::absolute(&address.path);
        let same = |s: &SourceMap| {
            s.address.kind == address.kind
                && if text.contains("://") {
                    s.address.written == address.written
                } else {
                    place::absolute(&s.address.path) == there
                }
        };
        if let Some(source) = known.sources.iter().find(|s| same(s)) {
            skipped.push(source.name.clone());
            continue;
        }
        let stem = source_name(&address).unwrap_or_else(|| "source".to_owned());
        let name = place::free(&stem, &names);
        let handle = open(&address, &name)?;
        if !text.contains("://") {
            address.written = place::written(&there, folder);
        }
        names.push(name.clone());
        looks.push(Look { name, address, handle });
    }
    Ok((looks, skipped))
}

/// What was drafted.
pub struct InitReport {
    folder: String,
    proposed: Draft,
    skipped: Vec<String>,
}

impl InitReport {
    fn next(&self) -> Vec<String> {
        let command = |what: &str| format!("redress -C {} {what}", self.folder);
        vec![command("init --review"), command("check"), command("find email=…")]
    }
}

/// What one source's map comes to.
struct Totals {
    collections: usize,
    people: usize,
    theirs: usize,
    nobody: usize,
    unreviewed: usize,
}

fn totals(source: &SourceMap) -> Totals {
    let all = &source.collections;
    let own =
        |c: &&crate::map::Collection| !c.person && c.links.iter().any(|l| l.role.is_own() && l.role != Role::Mention);
    let links = all.iter().flat_map(|c| &c.links).filter(|l| l.decision == Decision::Unreviewed).count();
    Totals {
        collections: all.len(),
        people: all.iter().filter(|c| c.person).count(),
        theirs: all.iter().filter(own).count(),
        nobody: all.iter().filter(|c| c.about == About::Nobody).count(),
        unreviewed: links + all.iter().filter(|c| c.decision == Decision::Unreviewed).count(),
    }
}

impl Report for InitReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        for name in &self.skipped {
            ui.line(&format!("{name} is in the map already; it was left as it is."))?;
        }
        for source in &self.proposed.sources {
            let t = totals(source);
            ui.line(&format!(
                "{}: {} collections; {} of people, {} of what is theirs, {} about nobody. {} proposals accepted unreviewed.",
                source.name, t.collections, t.people, t.theirs, t.nobody, t.unreviewed
            ))?;
        }
        let (open, noted): (Vec<_>, Vec<_>) = self.proposed.questions.iter().partition(|q| q.code != Code::Noted);
        for (title, questions) in [("To be decided by a person", open), ("Worth knowing", noted)] {
            if !questions.is_empty() {
                ui.line(&format!("\n{title} ({}):", questions.len()))?;
            }
            for question in questions {
                ui.line(&format!("  {}: {}", question.place, question.message))?;
            }
        }
        ui.line("\nWhat is to be decided is marked DECIDE in the files. Next:")?;
        self.next().iter().try_for_each(|command| ui.line(&format!("  {command}")))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let source = |s: &SourceMap| {
            let t = totals(s);
            json!({
                "source": s.name, "collections": t.collections, "people": t.people, "theirs": t.theirs,
                "nobody": t.nobody, "unreviewed": t.unreviewed,
            })
        };
        let report = json!({
            "complete": self.exit() == Exit::Done,
            "workspace": self.folder,
            "sources": self.proposed.sources.iter().map(source).collect::<Vec<_>>(),
            "skipped": self.skipped,
            "decisions": self.proposed.questions,
            "next": self.next(),
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        let open = |q: &Question| q.code != Code::Noted;
        match self.proposed.questions.iter().any(open) {
            true => Exit::Incomplete,
            false => Exit::Done,
        }
    }
}
