//! `redress plan`: the plans there are, and what one of them says.

use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, own, window};
use crate::error::{Error, Result};
use crate::map::Ground;
use crate::plan::{About, Action, Asked, Change, End, Sealed, irrevocable, read};
use crate::record::{Digest, FieldPath, Key, Value};
use crate::register::{NewOwnFile, PlanEntry, PlanStatus, RecordEntry};

/// All plans of the register.
pub fn list(workspace: &Workspace) -> Result<PlanList> {
    let register = &workspace.register;
    let plans = register.plans()?;
    let today = workspace.today();
    let mut lines = Vec::new();
    for plan in plans {
        let window = register.window(plan.number)?.filter(|w| w.ended.is_none());
        let state = window.map(|w| window::state(&w, today));
        lines.push(PlanLine { record: register.record_of(plan.number)?, state, plan });
    }
    Ok(PlanList(lines))
}

/// One plan, by number or file.
pub fn show(workspace: &Workspace, plan: &str) -> Result<PlanReport> {
    let sealed = load(workspace, plan)?;
    let known = workspace.register.plan_by_hash(&sealed.digest)?;
    let (number, requests) = (known.as_ref().map(|p| p.number), known.map(|p| p.requests).unwrap_or_default());
    let own = own::lines(workspace, &sealed.plan, number, &requests)?;
    let request = requests.first().copied();
    let lost = irrevocable(&workspace.map, &sealed.plan);
    Ok(PlanReport { sealed, number, request, next: false, own, lost })
}

/// The page of one plan, written to a file where one is named.
pub fn page(workspace: &Workspace, plan: &str, output: Option<&Path>) -> Result<PlanPage> {
    let report = show(workspace, plan)?;
    let known = workspace.register.plan_by_hash(&report.sealed.digest)?;
    let state = match known.as_ref().map(|p| p.status) {
        None | Some(PlanStatus::New) => "new",
        Some(PlanStatus::Started | PlanStatus::Failed) => "started",
        Some(PlanStatus::Finished) => "finished",
        Some(PlanStatus::Isolated) => "isolated",
        Some(PlanStatus::Undone) => "undone",
    };
    let requests = known.map(|p| p.requests).unwrap_or_default();
    let about = About { number: report.number, requests, state, first_line: report.first_line() };
    let html = crate::plan::page(&report.sealed, &workspace.map, &about)?;
    if let Some(path) = output {
        super::private_file(path, html.as_bytes())?;
        if let Some(request) = report.request {
            let (plan, hash) = (report.number, Digest::of(html.as_bytes()));
            workspace.register.add_own_file(&NewOwnFile { request, plan, kind: "page", path, hash })?;
        }
    }
    Ok(PlanPage { report, html, file: output.map(Path::to_owned) })
}

/// The number of the plan meant, where its file was ended with the erasure it carried out.
pub fn ended(workspace: &Workspace, plan: &str) -> Result<Option<u32>> {
    let register = &workspace.register;
    match plan.trim_start_matches('#').parse::<u32>() {
        Ok(number) => Ok(register.is_plan_file_ended(number)?.then_some(number)),
        Err(_) if Path::new(plan).exists() => Ok(None),
        Err(_) => register.ended_copy(Path::new(plan)),
    }
}

/// Reads a plan by its number or from its file.
pub fn load(workspace: &Workspace, plan: &str) -> Result<Sealed> {
    if let Some(number) = ended(workspace, plan)? {
        let error = Error::refused(format!("plan {number} was ended with the erasure it carried out"));
        return Err(match workspace.register.record_of(number)? {
            Some(record) => error.hint(format!("its record of erasure is {}", record.files[1].display())),
            None => error.hint("`redress log show` tells when it was applied"),
        });
    }
    let path = match plan.trim_start_matches('#').parse::<u32>() {
        Ok(number) => workspace.register.plan(number)?.path,
        Err(_) => Path::new(plan).to_owned(),
    };
    let bytes = std::fs::read(&path).map_err(|e| Error::io("read the plan", &path, &e))?;
    read(&bytes, &path)
}

/// The register's plans.
pub struct PlanList(Vec<PlanLine>);

struct PlanLine {
    plan: PlanEntry,
    record: Option<RecordEntry>,
    /// Whether and until when it can be taken back.
    state: Option<String>,
}

impl Report for PlanList {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.0.is_empty() {
            return ui.line("There is no plan. Next: redress erase email=… --verified \"how\"");
        }
        for PlanLine { record, plan, state } in &self.0 {
            let requests: Vec<String> = plan.requests.iter().map(|r| format!("#{r}")).collect();
            let (number, kind, status) = (plan.number, plan.kind.word(), plan.status.word());
            ui.line(&format!("  {number}  {kind}  {status}  request {}", requests.join(", ")))?;
            if let Some(state) = state {
                ui.line(&format!("      {state}"))?;
            }
            if let Some(record) = record {
                let state = if record.complete { "complete" } else { "incomplete" };
                ui.line(&format!("      record of erasure, {state}: {}", record.files[1].display()))?;
            }
        }
        ui.line("Next: redress plan show NUMBER, redress apply NUMBER")
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let one = |PlanLine { record, plan: p, state }: &PlanLine| json!({"undo": state, "record": record.as_ref().map(|r| &r.files), "number": p.number, "kind": p.kind.word(), "status": p.status.word(), "requests": p.requests, "sha256": p.hash});
        let plans: Vec<Json> = self.0.iter().map(one).collect();
        ui.json(&format!("{}\n", json!({"plans": plans})))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}

/// What one plan says.
pub struct PlanReport {
    /// The plan.
    pub sealed: Sealed,
    /// Its number, where the register knows it.
    pub number: Option<u32>,
    /// The request it serves.
    pub request: Option<u32>,
    /// Whether it was made just now, so that what comes next is worth saying.
    pub next: bool,
    /// What this workspace itself holds of the people, and would end with their erasure.
    pub own: Vec<String>,
    /// What of it nobody can take back, where the rest can be: fields, and of how many records.
    pub lost: Vec<(String, u64)>,
}

/// What happens to a record, how it ends where that is told apart, and the words for both.
const ACTIONS: [(Action, Option<End>, &str); 10] = [
    (Action::Delete, None, "deleted"),
    (Action::Anonymise, Some(End::Anonymised), "anonymised"),
    (
        Action::Anonymise,
        Some(End::Pseudonymised),
        "pseudonymised: with what is kept elsewhere it can still be told who it was",
    ),
    (Action::Anonymise, Some(End::Masked), "masked: some of it goes, and something still tells who it was"),
    (Action::Minimise, None, "kept, without what the rule does not need"),
    (Action::Isolate, None, "isolated: locked away from use"),
    (Action::Detach, None, "detached: another's record, the reference to the person is taken out"),
    (Action::Correct, None, "corrected"),
    (Action::Propose, None, "corrected along where it is taken (--with NUMBER)"),
    (Action::Keep, None, "kept"),
];

impl PlanReport {
    /// The plan in one line: counts, and what nobody has reviewed.
    pub fn first_line(&self) -> String {
        let plan = &self.sealed.plan;
        let totals = plan.totals();
        let count = |a: Action| totals.get(&a).copied().unwrap_or(0);
        let number = self.number.map(|n| format!("Plan {n}")).unwrap_or_else(|| "A plan".into());
        let unreviewed = match plan.header.unreviewed {
            0 => String::new(),
            n => format!("; {n} rules and links of the map are accepted unreviewed"),
        };
        let counts = match &plan.header.asked {
            Asked::Correct(_) => format!(
                "{} to be corrected, {} proposed, {} right already",
                counted(count(Action::Correct), "record"),
                count(Action::Propose),
                count(Action::Keep),
            ),
            _ => {
                let isolated = match count(Action::Isolate) {
                    0 => String::new(),
                    n => format!(", {n} isolated"),
                };
                format!(
                    "{} deleted, {} changed{isolated}, {} kept",
                    counted(count(Action::Delete), "record"),
                    count(Action::Anonymise) + count(Action::Detach),
                    count(Action::Keep) + count(Action::Minimise),
                )
            }
        };
        format!("{number}: {counts}{unreviewed}")
    }

    fn ground(&self) -> Option<&'static Ground> {
        self.sealed.plan.header.ground.as_deref().and_then(Ground::of)
    }

    /// Whether applying would change nothing.
    fn is_idle(&self) -> bool {
        self.sealed.plan.changes.iter().all(|c| !c.action.writes())
    }
}

/// A value for people; nothing is said to be nothing.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "(nothing)".to_owned(),
        Value::Text(text) if text.is_empty() => "(empty)".to_owned(),
        other => other.show(),
    }
}

fn reason(change: &Change) -> String {
    let mut text = change.reason.text.clone();
    if let Some(law) = &change.reason.law {
        text.push_str(&format!(" ({law})"));
    }
    if let Some(until) = change.reason.until {
        text.push_str(&format!(", until {until}"));
    }
    text
}

impl Report for PlanReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        ui.line(&self.first_line())?;
        if let Some(ground) = self.ground() {
            ui.line(&format!("Ground: {} ({})", ground.text, ground.law))?;
        }
        for (action, end, title) in ACTIONS {
            let is_such = |c: &&Change| c.action == action && (end.is_none() || c.end == end);
            let changes: Vec<&Change> = self.sealed.plan.changes.iter().filter(is_such).collect();
            if changes.is_empty() {
                continue;
            }
            ui.line(&format!("\nTo be {title}"))?;
            for change in changes {
                let times = if change.count > 1 { format!(" ({} identical)", change.count) } else { String::new() };
                let place = format!("{}.{} {}{times}", change.source, change.collection, change.key.show());
                let number = change.proposal.map(|n| format!("{n}. ")).unwrap_or_default();
                ui.line(&format!("  {number}{place}: {}", reason(change)))?;
                for (field, value) in &change.after {
                    match change.old.iter().find(|(f, _)| f == field) {
                        Some((_, old)) => ui.line(&format!("      {field}: {} → {}", shown(old), shown(value)))?,
                        None => ui.line(&format!("      {field} becomes {}", shown(value)))?,
                    }
                }
                for file in &change.files {
                    ui.line(&format!("      deletes the file {file}"))?;
                }
                for tells in &change.tells {
                    ui.line(&format!("      still tells: {tells}"))?;
                }
            }
        }
        if let Some(window) = &self.sealed.plan.header.undo {
            ui.line(&format!("\nOnce applied it can be taken back for {window}; until then nothing is answered."))?;
            for (field, n) in &self.lost {
                ui.line(&format!(
                    "  cannot be taken back: {field} of {}, a key that is destroyed",
                    counted(*n, "record")
                ))?;
            }
        }
        for p in &self.sealed.plan.header.problems {
            ui.line(&format!("\nNot covered: {} [{}] {}", p.place, p.code, p.message))?;
        }
        if !self.own.is_empty() {
            ui.line("\nTo be ended with it, of what this workspace wrote")?;
        }
        self.own.iter().try_for_each(|line| ui.line(&format!("  {line}")))?;
        let Some(number) = self.number.filter(|_| self.next) else { return Ok(()) };
        if self.is_idle() && matches!(self.sealed.plan.header.asked, Asked::Correct(_)) {
            return ui.line("\nNothing is to be corrected: everything named is so already.");
        }
        ui.line(&format!("\nNothing has been changed yet. Next: redress apply {number}"))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let plan = &self.sealed.plan;
        let change = |c: &Change| {
            let fields = |fields: &[(FieldPath, Value)]| -> serde_json::Map<String, Json> {
                fields.iter().map(|(f, v)| (f.to_string(), v.to_json())).collect()
            };
            json!({
                "source": c.source, "collection": c.collection, "key": c.key.to_json(), "count": c.count,
                "action": c.action, "end": c.end, "tells": c.tells, "files": c.files, "proposal": c.proposal, "old": fields(&c.old), "after": fields(&c.after), "key_after": c.key_after.as_ref().map(Key::to_json),
                "reason": c.reason, "role": c.role.word(), "path": c.path,
            })
        };
        let totals: serde_json::Map<String, Json> = plan
            .totals()
            .into_iter()
            .map(|(a, n)| (json!(a).as_str().unwrap_or_default().to_owned(), n.into()))
            .collect();
        let changes: Vec<Json> = plan.changes.iter().map(change).collect();
        let ground = self.ground().map(|g| json!({"code": g.code, "law": g.law, "text": g.text}));
        let mut ends: std::collections::BTreeMap<&str, u64> = Default::default();
        for change in &plan.changes {
            change.end.iter().for_each(|end| *ends.entry(end.word()).or_default() += change.count);
        }
        let report = json!({
            "ground": ground, "ends": ends, "undo": plan.header.undo,
            "irrevocable": self.lost.iter().filter(|_| plan.header.undo.is_some()).map(|(field, n)| json!({"field": field, "records": n})).collect::<Vec<_>>(),
            "plan": self.number, "request": self.request, "complete": !plan.is_incomplete(), "kind": plan.header.asked.word(),
            "unreviewed": plan.header.unreviewed, "totals": totals, "changes": changes,
            "own_files": self.own, "problems": plan.header.problems, "log_head": plan.header.log_head, "sha256": self.sealed.digest,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.sealed.plan.is_incomplete() { Exit::Incomplete } else { Exit::Done }
    }
}

/// The page of a plan.
pub struct PlanPage {
    report: PlanReport,
    html: String,
    file: Option<PathBuf>,
}

impl Report for PlanPage {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let Some(path) = &self.file else { return ui.json(&self.html) };
        ui.line(&self.report.first_line())?;
        ui.line(&format!("The page was written to {}; open it in a browser.", path.display()))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let html = self.file.is_none().then_some(&self.html);
        let report =
            json!({"plan": self.report.number, "sha256": self.report.sealed.digest, "file": self.file, "html": html});
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        self.report.exit()
    }
}
