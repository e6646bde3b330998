//! `redress demo`: an imaginary firm to try everything on, and what to type next.

use std::path::Path;

use super::Exit;
use super::args::{EraseArgs, ExportArgs, PlanningArgs, RequestArgs, WhoArgs};
use super::ui::Ui;
use super::workspace::Workspace;
use super::{Report as _, erase, export, find};
use crate::error::{Error, Result};
use crate::fixture::{Scale, write};

/// The firm is the same every time.
const SEED: u64 = 1;

/// Writes the firm, finds one person in it, exports her archive, plans her erasure, and says so.
pub fn run(folder: &Path, ui: &mut Ui) -> Result<Exit> {
    if folder.join("redress.toml").exists() {
        return Err(Error::refused(format!("{} is a workspace already", folder.display())).hint("name another folder"));
    }
    let cast = write(folder, Scale::DEMO, SEED).map_err(|e| Error::io("write the demo into", folder, &e))?;
    let (name, dir) = (&cast.heroine.name, folder.display());
    ui.line(&format!(
        "A small firm was written to {dir}: two SQLite databases, CSV files, JSON documents, and their data map."
    ))?;
    let workspace = Workspace::open(folder)?;
    let selector = format!("email={}", cast.heroine.email);
    let who = || WhoArgs { selectors: vec![selector.clone()], pick: None, accept: None };
    let request =
        || RequestArgs { verified: Some("demo: nobody was checked".to_owned()), request: None, language: None };

    ui.line(&format!("\n1. What does it hold on {name}?   redress -C {dir} find {selector}\n"))?;
    find::run(&workspace, &who())?.text(ui)?;

    let archive = folder.join("archive.zip");
    ui.line(&format!(
        "\n2. Her copy of the data.   redress -C {dir} export {selector} --verified \"…\" -o archive.zip\n"
    ))?;
    let output = Some(archive);
    let args = ExportArgs {
        right: None,
        who: who(),
        request: request(),
        output,
        strip_metadata: false,
        seal: false,
        seal_to: Vec::new(),
        large_print: false,
        review: false,
        list: None,
        decisions: None,
    };
    let exported = export::run(&workspace, &args)?;
    exported.text(ui)?;
    let asked = exported.request();

    ui.line(&format!("\n3. She asked for both. What would erasing her change?   redress -C {dir} erase {asked}\n"))?;
    let same = WhoArgs { selectors: vec![asked.to_string()], pick: None, accept: None };
    let none = RequestArgs { verified: None, request: None, language: None };
    let planning = PlanningArgs { who: same, request: none, output: None };
    let args = EraseArgs {
        planning,
        ground: None,
        decide: Vec::new(),
        because: None,
        until: None,
        without_undo: None,
        decisions: None,
    };
    let plan = erase::run(&workspace, &args)?;
    let number = plan.number.unwrap_or_default();
    ui.line(&plan.first_line())?;

    ui.line("\nNothing has been erased yet. Next:")?;
    ui.line(&format!("  redress -C {dir} plan show {number}      read the plan, record by record"))?;
    ui.line(&format!("  redress -C {dir} apply {number}          carry it out, and search again"))?;
    ui.line(&format!("  redress -C {dir} log check        is the record of all this whole?"))?;
    ui.flush()?;
    Ok(Exit::Done)
}
