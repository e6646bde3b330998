//! `redress check`: hold the data map against the live sources.

use serde_json::json;
use std::path::Path;

use super::ui::Ui;
use super::{Exit, Report};
use crate::error::Result;
use crate::map::{Finding, Level, check, read};
use crate::source::open;

/// Reads the map back and holds it against its sources.
pub fn run(folder: &Path) -> Result<CheckReport> {
    let map = read(folder)?;
    Ok(CheckReport(check(&map, &|source| open(&source.address, &source.name))))
}

/// What was found.
pub struct CheckReport(Vec<Finding>);

impl CheckReport {
    fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|f| f.level == level).count()
    }
}

impl Report for CheckReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        self.0.iter().try_for_each(|f| ui.line(&f.to_string()))?;
        match (self.count(Level::Error), self.count(Level::Warning)) {
            (0, 0) => ui.line("The data map and the sources agree."),
            (errors, warnings) => ui.line(&format!("{errors} errors, {warnings} warnings.")),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        ui.json(&format!("{}\n", json!({"complete": self.exit() == Exit::Done, "findings": self.0})))
    }

    fn exit(&self) -> Exit {
        match self.0.iter().any(|f| f.level != Level::Note) {
            true => Exit::Incomplete,
            false => Exit::Done,
        }
    }
}
