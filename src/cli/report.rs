//! `redress report`: what waits, for what and until when; and what is held.

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::finish::{Due, applied, requests};
use super::hold;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, window};
use crate::error::Result;
use crate::register::{Hold, Window};

/// Lists what waits.
pub fn run(workspace: &Workspace) -> Result<WaitingReport> {
    let due = Due::of(workspace)?;
    let mut lines: BTreeMap<Line, u64> = BTreeMap::new();
    for kept in applied(workspace)? {
        let requests = requests(workspace, std::iter::once(kept.plan))?;
        let rule = kept.what.by.as_ref().filter(|_| kept.what.code == "retention");
        let rule = rule.and_then(|name| workspace.map.retention.get(name));
        let line = Line {
            due: !due.is_due(&kept),
            until: kept.what.until,
            requests,
            plan: kept.plan,
            place: format!("{}.{}", kept.what.source, kept.what.collection),
            code: kept.what.code.clone(),
            by: kept.what.by.clone(),
            because: rule.map(|r| r.because.text.clone()),
            law: rule.and_then(|r| Some(r.law.as_ref()?.text.clone())),
        };
        *lines.entry(line).or_default() += kept.what.count;
    }
    let holds = workspace.register.holds()?.into_iter().filter(|h| h.released.is_none()).collect();
    let mut windows = Vec::new();
    for window in workspace.register.windows()? {
        windows.push((workspace.register.plan(window.plan)?.requests, window));
    }
    Ok(WaitingReport { lines, holds, windows, today: workspace.today() })
}

/// What waits for one thing in one place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    /// Whether it is *not* due: what is due comes first.
    due: bool,
    until: Option<Date>,
    requests: Vec<u32>,
    plan: u32,
    place: String,
    code: String,
    by: Option<String>,
    because: Option<String>,
    law: Option<String>,
}

impl Line {
    fn is_due(&self) -> bool {
        !self.due
    }

    fn why(&self) -> String {
        let by = self.by.as_deref().unwrap_or_default();
        let mut text = match self.code.as_str() {
            "retention" => self.because.clone().unwrap_or_else(|| format!("the rule {by}")),
            "hold" => format!("held by {by}"),
            "decided" => "somebody decided so".to_owned(),
            "isolated" => "it is isolated until then".to_owned(),
            _ => "records that stay refer to it".to_owned(),
        };
        if let Some(law) = &self.law {
            text.push_str(&format!(" ({law})"));
        }
        text
    }

    fn when(&self) -> String {
        match (self.is_due(), self.until, self.code.as_str()) {
            (true, _, _) => "due now".to_owned(),
            (_, Some(until), _) => format!("until {until}"),
            (_, None, "hold") => "until it is released".to_owned(),
            (_, None, "retention") => "without an end date".to_owned(),
            (_, None, _) => "until those go".to_owned(),
        }
    }
}

/// What waits.
pub struct WaitingReport {
    lines: BTreeMap<Line, u64>,
    holds: Vec<Hold>,
    /// Plans that can be taken back, with the requests they serve.
    windows: Vec<(Vec<u32>, Window)>,
    today: Date,
}

impl WaitingReport {
    fn due(&self) -> u64 {
        self.lines.iter().filter(|(line, _)| line.is_due()).map(|(_, n)| n).sum()
    }
}

impl Report for WaitingReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        match self.lines.is_empty() {
            true => ui.line("No erasure waits for the end of a retention period or a hold.")?,
            false => ui.line("What erasures kept, and until when:")?,
        }
        for (line, n) in &self.lines {
            let requests: Vec<String> = line.requests.iter().map(|r| format!("#{r}")).collect();
            let whose = if requests.is_empty() { String::new() } else { format!("  request {}", requests.join(", ")) };
            let (when, why) = (line.when(), line.why());
            ui.line(&format!("  {when}  {}  {}: {why}{whose}", counted(*n, "record"), line.place))?;
        }
        if !self.windows.is_empty() {
            ui.line("\nApplied, and not answered yet:")?;
        }
        for (requests, window) in &self.windows {
            let requests: Vec<String> = requests.iter().map(|r| format!("#{r}")).collect();
            let state = window::state(window, self.today);
            ui.line(&format!("  plan {}  {state}  request {}", window.plan, requests.join(", ")))?;
        }
        if !self.holds.is_empty() {
            ui.line("\nHolds in force:")?;
            self.holds.iter().try_for_each(|h| ui.line(&format!("  {}", hold::line(h))))?;
        }
        let over = self.windows.iter().filter(|(_, w)| !w.is_open(self.today)).count() as u64;
        if over > 0 {
            ui.line(&format!("\n{} to be ended. Next: redress finish", counted(over, "plan")))?;
        }
        match self.due() {
            0 => Ok(()),
            due => ui.line(&format!("\n{} due. Next: redress finish", counted(due, "record"))),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let line = |(line, n): (&Line, &u64)| {
            json!({
                "collection": line.place, "records": n, "code": line.code, "by": line.by, "because": line.why(),
                "law": line.law, "until": line.until, "due": line.is_due(), "requests": line.requests, "plan": line.plan,
            })
        };
        let waiting: Vec<Json> = self.lines.iter().map(line).collect();
        let windows: Vec<Json> =
            self.windows.iter().map(|(requests, w)| window::json_of(w, requests, self.today)).collect();
        let holds: Vec<Json> = self.holds.iter().map(hold::json_of).collect();
        ui.json(&format!("{}\n", json!({"waiting": waiting, "due": self.due(), "undo": windows, "holds": holds})))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
