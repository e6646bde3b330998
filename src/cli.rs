//! The command line: one page a command. The only module that writes to the terminal is `ui`, and nobody imports
//! this one.

mod accepted;
mod apply;
mod approve;
mod approve_release;
mod args;
mod check;
mod check_archive;
mod confirmed;
mod consent;
mod correct;
mod demo;
mod desk;
mod ended;
mod erase;
mod export;
mod failure;
mod find;
mod finish;
mod hold;
mod holding;
mod identity;
mod init;
mod issued;
mod log;
mod map;
mod others;
mod own;
mod plan;
mod planning;
#[cfg(test)]
mod reference;
mod release;
mod replay;
mod report;
mod review;
mod selectors;
mod suppress;
mod swept;
mod ui;
mod undo;
mod window;
mod workspace;

use clap::Parser as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use crate::error::{Error, Result};
use args::{Args, Command, HoldCommand, LogCommand, PlanCommand, SuppressCommand};
use ui::Ui;
use workspace::Workspace;

/// What a command has to say: two views of one report, and how it ended.
trait Report {
    /// For people.
    fn text(&self, ui: &mut Ui) -> Result<()>;
    /// For programs.
    fn json(&self, ui: &mut Ui) -> Result<()>;
    /// How it ended.
    fn exit(&self) -> Exit;
}

/// How a command ended; the gravest wins (see the table in docs/cli.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Done.
    Done,
    /// Done, but something is missing or open.
    Incomplete,
    /// What was asked for is broken.
    Broken,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Help and version are answers, everything else is a wrong command line: clap prints either.
        Err(answer) => return ExitCode::from(ui::show_clap(&answer)),
    };
    let mut ui = Ui::new(args.json);
    match run(&args, &mut ui) {
        Ok(exit) => ExitCode::from(failure::code_of_exit(exit)),
        Err(error) => {
            ui.failure(&error);
            ExitCode::from(failure::code(error.kind))
        }
    }
}

fn run(args: &Args, ui: &mut Ui) -> Result<Exit> {
    match &args.command {
        Some(Command::Demo { folder }) => return demo::run(folder, ui),
        Some(Command::CheckArchive(check)) => return show(args, ui, &check_archive::run(&args.directory, check)?),
        Some(Command::Init(init)) if init.review => {
            let report = init::review::run(&args.directory, ui, args.json)?;
            return show(args, ui, &report);
        }
        Some(Command::Init(init)) if init.update => {
            let report = init::update::run(&args.directory, init, ui)?;
            return show(args, ui, &report);
        }
        Some(Command::Init(init)) => {
            let report = init::run(&args.directory, init, ui)?;
            return show(args, ui, &report);
        }
        Some(Command::Map(map)) => return show(args, ui, &map::run(&args.directory, map)?),
        Some(Command::Check) => return show(args, ui, &check::run(&args.directory)?),
        _ => {}
    }
    let workspace = Workspace::open(&args.directory)?;
    in_workspace(args, &workspace, ui)
}

fn in_workspace(args: &Args, workspace: &Workspace, ui: &mut Ui) -> Result<Exit> {
    match &args.command {
        None => show(args, ui, &desk::run(workspace)?),
        Some(Command::Find(who)) => show(args, ui, &find::run(workspace, who)?),
        Some(Command::Export(export)) => show(args, ui, &export::run(workspace, export)?),
        Some(Command::Release(release)) if release.approve => {
            show(args, ui, &approve_release::run(workspace, release)?)
        }
        Some(Command::Release(release)) => show(args, ui, &release::run(workspace, release)?),
        Some(Command::Erase(erase)) => show(args, ui, &erase::run(workspace, erase)?),
        Some(Command::Correct(correct)) => show(args, ui, &correct::run(workspace, correct)?),
        Some(Command::Plan(PlanCommand::List)) => show(args, ui, &plan::list(workspace)?),
        Some(Command::Plan(PlanCommand::Show { plan, html: true, output })) => {
            show(args, ui, &plan::page(workspace, plan, output.as_deref())?)
        }
        Some(Command::Plan(PlanCommand::Show { plan, .. })) => show(args, ui, &plan::show(workspace, plan)?),
        Some(Command::Plan(PlanCommand::Approve { plan, signature })) => {
            show(args, ui, &approve::run(workspace, plan, signature.as_deref())?)
        }
        Some(Command::Apply(apply)) => show(args, ui, &apply::run(workspace, apply)?),
        Some(Command::Undo(undo)) => show(args, ui, &undo::run(workspace, undo)?),
        Some(Command::Finish(finish)) => show(args, ui, &finish::run(workspace, finish)?),
        Some(Command::Report) => show(args, ui, &report::run(workspace)?),
        Some(Command::Hold(HoldCommand::Add(add))) => show(args, ui, &hold::add(workspace, add)?),
        Some(Command::Hold(HoldCommand::List { all })) => show(args, ui, &hold::list(workspace, *all)?),
        Some(Command::Hold(HoldCommand::Release(release))) => show(args, ui, &hold::release(workspace, release)?),
        Some(Command::Replay(replay)) => show(args, ui, &replay::run(workspace, replay)?),
        Some(Command::Suppress(SuppressCommand::Check(check))) => show(args, ui, &suppress::run(workspace, check)?),
        Some(Command::Log(LogCommand::Show)) => log::show(workspace, ui),
        Some(Command::Log(LogCommand::Check { head })) => show(args, ui, &log::check(workspace, head)?),
        Some(Command::Demo { .. } | Command::Init(_) | Command::Check | Command::Map(_) | Command::CheckArchive(_)) => {
            Ok(Exit::Done)
        }
    }
}

/// Writes a file that only the user may read: beside, then renamed, so that an old file stays whole until the new one is.
fn private_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |e: &std::io::Error| Error::io("write", path, e);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| fail(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| fail(&e))?;
    file.persist(path).map(drop).map_err(|e| fail(&e.error))
}

fn show(args: &Args, ui: &mut Ui, report: &dyn Report) -> Result<Exit> {
    match args.json {
        true => report.json(ui)?,
        false => report.text(ui)?,
    }
    ui.flush()?;
    Ok(report.exit())
}
