//! `redress apply`: carry out a plan, search again, say what is left.

use serde_json::{Value as Json, json};

use super::args::ApplyArgs;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, accepted, approve, consent, ended, holding, issued, own, plan, swept};
use crate::erasure::Facts;
use crate::error::{Error, Result};
use crate::plan::{Action, Applied, Asked, End, Leftover, Plan, Progress, apply, confirm};
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{Lock, PlanStatus, Register};
use crate::sweep::Swept;

/// Applies a plan.
pub fn run(workspace: &Workspace, args: &ApplyArgs) -> Result<ApplyReport> {
    let _alone = Lock::exclusive(&workspace.folder, Lock::WAIT)?;
    let register = &workspace.register;
    let ended_plan = plan::ended(workspace, &args.plan)?.map(|number| register.plan(number)).transpose()?;
    if let Some(plan) = ended_plan.filter(|p| p.status == PlanStatus::Finished) {
        register.end_plan_file(plan.number)?;
        return Ok(ApplyReport { already: true, ..ApplyReport::default() });
    }
    let sealed = plan::load(workspace, &args.plan)?;
    let Some(entry) = register.plan_by_hash(&sealed.digest)? else {
        return Err(Error::refused("this workspace's register does not know the plan")
            .hint("apply it in the workspace it was made in"));
    };
    accepted::refuse_unseen(args, &entry)?;
    let finished = entry.status == PlanStatus::Finished;
    if finished && ended::is_complete(&entry) {
        // A run that was cut off may have left its last traces.
        let answers = entry.requests.first().copied();
        let this = own::This { plan: &sealed.plan, number: Some(entry.number), serves: &entry.requests, answers };
        if issued::is_due(&sealed.plan) {
            own::end_last(workspace, &this)?;
        }
        return Ok(ApplyReport { already: true, ..ApplyReport::default() });
    }
    if !sealed.plan.header.problems.is_empty() && args.accept_problems.is_none() {
        return Err(Error::refused("the plan names records that could not be read")
            .hint("see them with `redress plan show`; go on without them: --accept-problems \"reason\""));
    }
    if !finished {
        holding::refuse_held(workspace, &sealed.plan, &entry.requests)?;
        holding::refuse_before_copy(workspace, &sealed.plan, &entry.requests)?;
    }
    if entry.status == PlanStatus::New {
        approve::refuse_unapproved(workspace, &sealed, &entry)?;
    }
    if !finished {
        consent::given(workspace, args, &sealed.plan)?;
    }
    let request = entry.requests.first().map(|n| register.request(*n)).transpose()?;
    let about = |e: crate::register::Entry| match &request {
        Some(request) => e.request(request),
        None => e,
    };
    register.append(about(workspace.intent("apply").digest("plan", sealed.digest)))?;
    let mut progress = Kept { register, hash: sealed.digest, plan: &sealed.plan, today: workspace.today() };
    // What was left the last time may be gone by now: then only looking again remains.
    let applied = match finished {
        true => Ok(Applied::default()),
        false => apply(&workspace.map, &sealed, &mut progress),
    };
    let applied = match applied {
        Ok(applied) => applied,
        Err(error) => {
            register.append(about(workspace.outcome("apply").code("failed")))?;
            return Err(error);
        }
    };
    fail::fail_point!("apply.unconfirmed");
    let (left, unsearched) = confirm(&workspace.map, &sealed.plan)?;
    let mut swept = match sealed.plan.header.asked {
        Asked::Correct(_) => Swept::default(),
        _ => swept::swept(&workspace.map, &sealed.plan)?,
    };
    accepted::accept(workspace, args, &entry, request.as_ref(), &mut swept)?;
    let looked = left.is_empty() && unsearched.is_empty() && swept.left.is_empty() && swept.problems.is_empty();
    let complete = looked && applied.problems.is_empty();
    let count = left.len() as u64 + swept.left.iter().map(|t| t.count).sum::<u64>();
    let (mut traces, mut issued) = (own::Ended::default(), None);
    let answers = request.as_ref().map(|r| r.number);
    let this = own::This { plan: &sealed.plan, number: Some(entry.number), serves: &entry.requests, answers };
    if issued::is_due(&sealed.plan) {
        traces = own::end_others(workspace, &this)?;
        let started = register.plan_by_hash(&sealed.digest)?.and_then(|p| p.started_at);
        let found = applied.problems.iter().chain(&unsearched).chain(&swept.problems).chain(&traces.problems);
        let facts = Facts {
            map: &workspace.map,
            sealed: &sealed,
            plan: entry.number,
            author: register.author(entry.number)?,
            approved: register.approvals(entry.number)?.into_iter().map(|a| (a.by, a.at)).collect(),
            request: request.as_ref().map(|r| (r.id.clone(), r.number)),
            received: request.as_ref().map(|r| r.opened_at),
            started,
            ended: workspace.now(),
            complete: complete && !sealed.plan.is_incomplete(),
            left: &left,
            swept: &swept,
            problems: found.cloned().collect(),
            not_covered: applied.not_covered.clone(),
            own: traces.lines.clone(),
            log_head: register.head()?.to_string(),
        };
        issued = Some(issued::issue(workspace, &facts)?);
    }
    ended::record(workspace, &sealed, request.as_ref(), complete, count, issued.as_ref())?;
    if issued.is_some() {
        let last = own::end_last(workspace, &this)?;
        traces.lines.extend(last.lines);
        traces.problems.extend(last.problems);
    }
    let kept = sealed.plan.totals().get(&Action::Keep).copied().unwrap_or(0);
    let undecided = sealed.plan.is_incomplete();
    let asked = Some(sealed.plan.header.asked);
    Ok(ApplyReport { asked, already: false, applied, left, unsearched, swept, traces, issued, kept, undecided })
}

/// Progress in the register. Finishing waits for the confirmation.
struct Kept<'a> {
    register: &'a Register<'static>,
    hash: Digest,
    plan: &'a Plan,
    today: jiff::civil::Date,
}

impl Progress for Kept<'_> {
    fn is_started(&self) -> Result<bool> {
        Ok(!matches!(self.register.plan_status(&self.hash)?, None | Some(PlanStatus::New)))
    }

    fn start(&mut self) -> Result<()> {
        // What is erased is remembered before it goes: a crash must not leave it erased and forgotten.
        self.register.together(|register| {
            let plan = register.plan_started(&self.hash)?;
            if let Asked::Finish(finish) = &self.plan.header.asked {
                register.forget_waiting(finish.waiting.iter().flatten().copied())?;
            }
            register.remember(plan.number, &self.plan.effects, self.today)
        })
    }

    fn committed(&mut self, source: &str) -> Result<()> {
        self.register.together(|register| {
            register.source_started(&self.hash, source)?;
            register.source_committed(&self.hash, source)
        })
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What applying did and what is left.
#[derive(Default)]
pub struct ApplyReport {
    asked: Option<Asked>,
    already: bool,
    applied: Applied,
    left: Vec<Leftover>,
    unsearched: Vec<Problem>,
    swept: Swept,
    traces: own::Ended,
    issued: Option<issued::Issued>,
    kept: u64,
    undecided: bool,
}

impl ApplyReport {
    fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.applied.problems.iter().chain(&self.unsearched).chain(&self.swept.problems).chain(&self.traces.problems)
    }
}

impl Report for ApplyReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.already {
            return ui.line("The plan had been applied before; nothing was changed.");
        }
        let count = |a: Action| self.applied.done.get(&a).copied().unwrap_or(0);
        let changed = count(Action::Anonymise) + count(Action::Detach);
        let corrects = matches!(self.asked, Some(Asked::Correct(_)));
        match corrects {
            false => {
                let deleted = counted(count(Action::Delete), "record");
                ui.line(&format!("{deleted} deleted, {changed} changed, {} kept.", self.kept))?;
            }
            true => ui.line(&format!("{} corrected.", counted(count(Action::Correct), "record")))?,
        }
        let ended: Vec<String> = self
            .applied
            .ended
            .iter()
            .filter(|(end, _)| !matches!(end, End::Deleted | End::Kept))
            .map(|(end, n)| format!("{n} {}", end.word()))
            .collect();
        if !ended.is_empty() {
            ui.line(&format!("Of what stays: {}.", ended.join(", ")))?;
        }
        if self.applied.files > 0 {
            ui.line(&format!("{} deleted.", counted(self.applied.files, "file")))?;
        }
        if self.applied.done_before > 0 {
            ui.line(&format!("{} changes had been made by an earlier run.", self.applied.done_before))?;
        }
        ui.line(match (corrects, self.left.is_empty()) {
            (false, true) => "Searched again: nothing is left but what the plan keeps.",
            (false, false) => "Searched again. Left, and not named by the plan:",
            (true, true) => "Searched again: every new value is there.",
            (true, false) => "Searched again. Not found with the new value:",
        })?;
        for l in &self.left {
            ui.line(&format!("  {}.{} {}", l.source, l.collection, l.key.show()))?;
        }
        swept::text(&self.swept, ui)?;
        for p in self.problems() {
            ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message))?;
        }
        if !self.traces.lines.is_empty() {
            ui.line("What this workspace held itself:")?;
        }
        self.traces.lines.iter().try_for_each(|line| ui.line(&format!("  {line}")))?;
        if let Some(issued) = &self.issued {
            issued.lines().iter().try_for_each(|line| ui.line(line))?;
        }
        ui.line("Not covered: processors, backups, and systems that are not in the data map.")?;
        self.applied.not_covered.iter().try_for_each(|p| ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message)))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let left = |l: &Leftover| json!({"source": l.source, "collection": l.collection, "key": l.key.to_json()});
        let left: Vec<Json> = self.left.iter().map(left).collect();
        let done: serde_json::Map<String, Json> = self
            .applied
            .done
            .iter()
            .map(|(a, n)| (json!(a).as_str().unwrap_or_default().to_owned(), (*n).into()))
            .collect();
        let ended: serde_json::Map<String, Json> =
            self.applied.ended.iter().map(|(end, n)| (end.word().to_owned(), (*n).into())).collect();
        let problems: Vec<&Problem> = self.problems().collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "already_applied": self.already, "done": done,
            "ended": ended, "files": self.applied.files,
            "done_before": self.applied.done_before, "kept": self.kept, "left": left, "swept": swept::json(&self.swept),
            "own_files": self.traces.lines, "record": self.issued.as_ref().map(issued::Issued::json), "problems": problems,
            "not_covered": self.applied.not_covered,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        let whole = self.left.is_empty() && self.swept.left.is_empty() && self.problems().next().is_none();
        if whole && !self.undecided { Exit::Done } else { Exit::Incomplete }
    }
}
