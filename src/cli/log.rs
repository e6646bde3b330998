//! `redress log`: the record of who did what when, and whether it is whole.

use serde_json::{Value as Json, json};

use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report};
use crate::error::{Error, Result};
use crate::register::{Head, LogReport};

/// Prints every entry as it was sealed; it is the same for people and programs.
pub fn show(workspace: &Workspace, ui: &mut Ui) -> Result<Exit> {
    workspace.register.log_lines(&mut |line| {
        ui.json(line)?;
        ui.json("\n")
    })?;
    Ok(Exit::Done)
}

/// Checks the log, against heads given too.
pub fn check(workspace: &Workspace, heads: &[String]) -> Result<CheckReport> {
    let head = |text: &String| {
        text.parse::<Head>().map_err(|_| {
            Error::usage("a head is given as SEQUENCE:DIGEST").hint("every archive and every plan carries one")
        })
    };
    let heads = heads.iter().map(head).collect::<Result<Vec<Head>>>()?;
    Ok(CheckReport(workspace.register.check_log(&heads)?))
}

/// What the check found.
pub struct CheckReport(LogReport);

impl Report for CheckReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        match self.0.is_whole() {
            true => ui.line(&format!("The log is whole: {} entries, head {}", self.0.entries, self.0.head))?,
            false => ui.line("The log is broken:")?,
        }
        self.0.faults.iter().try_for_each(|f| ui.line(&format!("  {f}")))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let faults: Vec<Json> = self.0.faults.iter().map(|f| f.to_string().into()).collect();
        let head = self.0.head.to_string();
        let report = json!({"whole": self.0.is_whole(), "entries": self.0.entries, "head": head, "faults": faults});
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.0.is_whole() { Exit::Done } else { Exit::Broken }
    }
}
