//! `redress apply`: carry out a plan, search again, say what is left.

use serde_json::{Value as Json, json};

use super::args::ApplyArgs;
use super::confirmed::confirmed;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, accepted, approve, consent, ended, holding, issued, own, plan, swept, window};
use crate::archive::Keys;
use crate::error::{Error, Result};
use crate::plan::{Action, Applied, Asked, End, Leftover, Plan, Progress, apply};
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{Lock, PlanEntry, PlanStatus, Register};
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
    let finished = matches!(entry.status, PlanStatus::Finished | PlanStatus::Isolated);
    refuse_taken_back(workspace, &entry)?;
    if entry.status == PlanStatus::Finished && ended::is_complete(&entry) {
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
    let mut request = entry.requests.first().map(|n| register.request(*n)).transpose()?;
    if let (PlanStatus::New, Some(request)) = (entry.status, &request) {
        window::refuse_late(workspace, &sealed.plan, request)?;
    }
    if let (Some(language), Some(known)) = (args.language, &mut request) {
        *known = register.record_language(known.number, language)?;
    }
    let until = window::until(workspace, &sealed.plan)?;
    let keys = until.map(|_| window::keys(workspace)).transpose()?;
    let about = |e: crate::register::Entry| match &request {
        Some(request) => e.request(request),
        None => e,
    };
    register.append(about(workspace.intent("apply").digest("plan", sealed.digest)))?;
    let today = workspace.today();
    let mut progress =
        Kept { register, number: entry.number, hash: sealed.digest, plan: &sealed.plan, today, until, keys };
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
    confirmed(workspace, sealed, &entry, applied, Some(args))
}

/// Progress in the register. Finishing waits for the confirmation.
struct Kept<'a> {
    register: &'a Register<'static>,
    number: u32,
    hash: Digest,
    plan: &'a Plan,
    today: jiff::civil::Date,
    /// Where the plan can be taken back: until which day, and with whose keys.
    until: Option<jiff::civil::Date>,
    keys: Option<Keys>,
}

impl Progress for Kept<'_> {
    fn is_started(&self) -> Result<bool> {
        Ok(!matches!(self.register.plan_status(&self.hash)?, None | Some(PlanStatus::New)))
    }

    fn keep(&mut self, write: &mut dyn FnMut(&mut dyn std::io::Write) -> Result<()>) -> Result<()> {
        let Some(keys) = &self.keys else { return Err(Error::bug("nobody is named who can take the plan back")) };
        self.register.keep_images(self.number, |file| keys.write(file, |out| write(out)))
    }

    fn start(&mut self) -> Result<()> {
        // What is erased is remembered before it goes: a crash must not leave it erased and forgotten.
        self.register.together(|register| {
            let plan = register.plan_started(&self.hash)?;
            if let Asked::Finish(finish) = &self.plan.header.asked {
                register.forget_waiting(finish.waiting.iter().flatten().copied())?;
            }
            if let Some(until) = self.until {
                register.open_window(plan.number, until)?;
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
    pub asked: Option<Asked>,
    pub already: bool,
    pub applied: Applied,
    pub left: Vec<Leftover>,
    pub unsearched: Vec<Problem>,
    pub swept: Swept,
    pub traces: own::Ended,
    pub issued: Option<issued::Issued>,
    pub kept: u64,
    pub undecided: bool,
    /// The request it answers.
    pub request: Option<u32>,
    /// The day until which it can be taken back, and is not answered.
    pub until: Option<jiff::civil::Date>,
    /// Whether it only ended the time in which the plan could be taken back.
    pub closes: bool,
}

/// What was taken back, or is being, is not applied again.
fn refuse_taken_back(workspace: &Workspace, entry: &PlanEntry) -> Result<()> {
    let begun = workspace.register.window(entry.number)?.is_some_and(|w| w.begun_at.is_some() && w.ended.is_none());
    let request = entry.requests.first().copied().unwrap_or_default();
    match entry.status {
        PlanStatus::Undone => Err(Error::refused(format!("plan {} was taken back", entry.number))
            .hint(format!("make it anew: redress erase {request}"))),
        _ if begun => Err(Error::refused(format!("taking plan {} back was begun", entry.number))
            .hint(format!("finish that: redress undo {request} --identity KEYFILE"))),
        _ => Ok(()),
    }
}

impl ApplyReport {
    /// What went otherwise than planned.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
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
            _ if self.closes => {}
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
        if let Some(until) = self.until {
            let request = self.request.unwrap_or_default();
            ui.line(&format!("It can be taken back until {until}: redress undo {request} --identity KEYFILE"))?;
            ui.line("From then on `redress finish` ends it: only then the request is answered and the record issued.")?;
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
            "undo_until": self.until, "done_before": self.applied.done_before, "kept": self.kept, "left": left, "swept": swept::json(&self.swept),
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
