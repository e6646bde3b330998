//! `redress check`: hold the data map against the live sources.

use serde_json::json;
use std::path::Path;

use super::ui::Ui;
use super::{Exit, Report};
use crate::error::Result;
use crate::map::{Finding, Level, check, read, rights};
use crate::source::{Rights, open};

/// Reads the map back and holds it against its sources.
pub fn run(folder: &Path) -> Result<CheckReport> {
    let map = read(folder)?;
    let findings = check(&map, &|source| open(&source.address, &source.name));
    let rights = rights(&map, &|source| open(&source.address, &source.name));
    let rights = rights.into_iter().map(|(source, rights)| (source.name.clone(), rights)).collect();
    Ok(CheckReport { findings, rights })
}

/// What was found, and which rights the servers must give.
pub struct CheckReport {
    findings: Vec<Finding>,
    rights: Vec<(String, Rights)>,
}

impl CheckReport {
    fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }
}

impl Report for CheckReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        self.findings.iter().try_for_each(|f| ui.line(&f.to_string()))?;
        self.rights.iter().try_for_each(|(source, rights)| show(source, rights, ui))?;
        match (self.count(Level::Error), self.count(Level::Warning)) {
            (0, 0) => ui.line("The data map and the sources agree."),
            (errors, warnings) => ui.line(&format!("{errors} errors, {warnings} warnings.")),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let rights: Vec<_> = self.rights.iter().map(|(source, r)| json!({"source": source, "rights": r})).collect();
        ui.json(&format!(
            "{}\n",
            json!({"complete": self.exit() == Exit::Done, "findings": self.findings, "rights": rights})
        ))
    }

    fn exit(&self) -> Exit {
        match self.findings.iter().any(|f| f.level != Level::Note) {
            true => Exit::Incomplete,
            false => Exit::Done,
        }
    }
}

/// The rights of a role that can do what the map asks and nothing more.
fn show(source: &str, rights: &Rights, ui: &mut Ui) -> Result<()> {
    let mut lines = vec![format!("{source}: the rights this map needs, for a role {}", rights.role)];
    for (title, statements) in [("to read", &rights.to_read), ("to change, beside", &rights.to_change)] {
        if !statements.is_empty() {
            lines.push(format!("  {title}:"));
            lines.extend(statements.iter().map(|s| format!("    {s}")));
        }
    }
    let missing = rights.missing_to_read.len() + rights.missing_to_change.len();
    if missing > 0 {
        lines.push(format!("  {missing} of these its role does not have:"));
        lines.extend(rights.missing_to_read.iter().chain(&rights.missing_to_change).map(|s| format!("    {s}")));
    }
    lines.iter().try_for_each(|line| ui.line(line))
}
