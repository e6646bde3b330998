//! `redress finish`: plan what retention rules and holds had put off and do not any more. For cron: where nothing is due
//! no source is read.

use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

use super::apply::ApplyReport;
use super::args::FinishArgs;
use super::confirmed::confirmed;
use super::holding;
use super::plan::PlanReport;
use super::planning::{keep, random};
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, own, plan};
use crate::error::Result;
use crate::find::{Opened, find};
use crate::ledger::{Tag, rediscover};
use crate::plan::{Applied, Asked, Context, Finish, Plan, build};
use crate::problem::Problem;
use crate::register::{Kept, Lock, PlanStatus};
use crate::resolve::{KnownRecord, Start, Subject};

/// What one plan kept of one person: the plan's number, and the person's place in it.
type Group = (u32, u32);

/// Of each group what is found again, and the numbers of what waits.
type People = BTreeMap<Group, (Subject, Vec<u32>)>;

/// What is due, planned.
pub fn run(workspace: &Workspace, args: &FinishArgs) -> Result<FinishReport> {
    let _alone = Lock::exclusive(&workspace.folder, Lock::WAIT)?;
    workspace.register.clear_images()?;
    let (closed, problems) = close_due(workspace)?;
    let own = own::end_due(workspace)?;
    let mut report = due(workspace, args)?;
    report.closed = closed;
    report.problems.extend(problems);
    report.problems.extend(own.problems);
    report.own = own.lines;
    Ok(report)
}

/// Ends the plans that can be taken back no longer: they are searched for and swept again, the record is issued, and the
/// request is answered. One that cannot be ended now does not stop the others.
fn close_due(workspace: &Workspace) -> Result<(Vec<Closed>, Vec<Problem>)> {
    let register = &workspace.register;
    let (mut closed, mut problems) = (Vec::new(), Vec::new());
    for window in register.windows()?.into_iter().filter(|w| w.begun_at.is_some() || !w.is_open(workspace.today())) {
        let place = format!("plan {}", window.plan);
        let entry = register.plan(window.plan)?;
        if window.begun_at.is_some() {
            let message = "taking it back was begun and not finished: redress undo REQUEST --identity KEYFILE";
            problems.push(Problem::new("half-undone", place, message));
        } else if entry.status != PlanStatus::Isolated {
            let message = format!("it was cut off: redress apply {}", window.plan);
            problems.push(Problem::new("half-applied", place, message));
        } else {
            let sealed = plan::load(workspace, &window.plan.to_string());
            match sealed.and_then(|sealed| confirmed(workspace, sealed, &entry, Applied::default(), None)) {
                Ok(report) => closed.push(Closed { plan: window.plan, report }),
                Err(error) => problems.push(Problem::new("not-ended", place, error.message)),
            }
        }
    }
    Ok((closed, problems))
}

/// A plan that can be taken back no longer.
struct Closed {
    plan: u32,
    report: ApplyReport,
}

/// What rules and holds had put off.
fn due(workspace: &Workspace, args: &FinishArgs) -> Result<FinishReport> {
    let waiting = applied(workspace)?;
    let due = Due::of(workspace)?;
    let mut groups: BTreeMap<Group, Vec<Kept>> = BTreeMap::new();
    for kept in waiting {
        groups.entry((kept.plan, kept.what.subject)).or_default().push(kept);
    }
    let all = groups.values().flatten().map(|k| k.what.count).sum();
    groups.retain(|_, kept| args.all || kept.iter().any(|k| due.is_due(k)));
    let mut report = FinishReport { waiting: all, ..FinishReport::default() };
    if groups.is_empty() {
        return Ok(report);
    }
    report.due = groups.values().flatten().filter(|k| due.is_due(k)).map(|k| k.what.count).sum();
    let head = workspace.register.append(workspace.intent("finish"))?;
    // What somebody decided to keep until a day stays as it is until then.
    for kept in groups.values_mut() {
        kept.retain(|k| !matches!(k.what.code.as_str(), "decided" | "isolated") || due.is_due(k));
    }
    let found = found(workspace, &groups, &mut report.problems)?;
    let requests = requests(workspace, groups.keys().map(|(plan, _)| *plan))?;
    let people: Vec<(Subject, Vec<u32>)> = found.into_values().collect();
    if people.iter().all(|(subject, _)| subject.records.is_empty()) {
        // Whatever was kept is not there any more; somebody else deleted it.
        if report.problems.is_empty() {
            workspace.register.forget_waiting(people.into_iter().flat_map(|(_, numbers)| numbers))?;
        }
        report.gone = true;
        return Ok(report);
    }
    let plan = planned(workspace, &people, &requests, &head.to_string())?;
    if plan.changes.iter().any(|c| c.action.writes()) {
        let (sealed, number) = keep(workspace, plan, &requests, head, None)?;
        report.plan = Some(PlanReport {
            sealed,
            number: Some(number),
            request: None,
            next: true,
            own: Vec::new(),
            lost: Vec::new(),
        });
    } else {
        report.problems.extend(plan.header.problems);
    }
    let entry = workspace.outcome("finish").count("due", report.due);
    workspace.register.append(match &report.plan {
        Some(plan) => entry.digest("plan", plan.sealed.digest),
        None => entry,
    })?;
    Ok(report)
}

/// What waits of plans that were applied.
pub fn applied(workspace: &Workspace) -> Result<Vec<Kept>> {
    let register = &workspace.register;
    let finished: BTreeSet<u32> =
        register.plans()?.into_iter().filter(|p| p.status == PlanStatus::Finished).map(|p| p.number).collect();
    Ok(register.waiting()?.into_iter().filter(|k| finished.contains(&k.plan)).collect())
}

/// What decides whether something is due.
pub struct Due {
    today: jiff::civil::Date,
    /// What holds now, by name.
    holds: BTreeSet<String>,
}

impl Due {
    /// Now.
    pub fn of(workspace: &Workspace) -> Result<Due> {
        let register = &workspace.register;
        let active = register.holds()?.into_iter().filter(|h| h.released.is_none()).map(|h| h.name());
        let mut holds: BTreeSet<String> = active.collect();
        for request in super::holding::waiting_for_copy(workspace)? {
            holds.insert(format!("request {}", request.number));
        }
        Ok(Due { today: workspace.today(), holds })
    }

    /// Whether what kept a record has ended, or has no known end and must be looked at again.
    pub fn is_due(&self, kept: &Kept) -> bool {
        match kept.what.code.as_str() {
            "retention" => kept.what.until.is_none_or(|until| until <= self.today),
            "decided" | "isolated" => kept.what.until.is_some_and(|until| until <= self.today),
            "hold" => kept.what.by.as_ref().is_none_or(|by| !self.holds.contains(by)),
            // It goes with what refers to it.
            _ => false,
        }
    }
}

/// The requests that the plans served.
pub fn requests(workspace: &Workspace, plans: impl Iterator<Item = u32>) -> Result<Vec<u32>> {
    let plans: BTreeSet<u32> = plans.collect();
    let mut requests = BTreeSet::new();
    for plan in plans {
        // A plan may be forgotten by now; what it kept is not.
        requests.extend(workspace.register.plan(plan).map(|p| p.requests).unwrap_or_default());
    }
    Ok(requests.into_iter().collect())
}

/// Finds the records again by the hashes of their keys: of each group the subject they make, and their numbers.
fn found(workspace: &Workspace, groups: &BTreeMap<Group, Vec<Kept>>, problems: &mut Vec<Problem>) -> Result<People> {
    let key = workspace.register.ledger_key()?;
    let mut people = People::new();
    let mut wanted: BTreeMap<Tag, Vec<(Group, &Kept)>> = BTreeMap::new();
    for (group, kept) in groups {
        people.insert(*group, (Subject::default(), kept.iter().map(|k| k.number).collect()));
        kept.iter().for_each(|k| wanted.entry(k.what.key).or_default().push((*group, k)));
    }
    let places: BTreeSet<(&str, &str)> =
        groups.values().flatten().map(|k| (k.what.source.as_str(), k.what.collection.as_str())).collect();
    let read = rediscover(&workspace.map, &key, &places, &mut |source, collection, record_key, tag| {
        for (group, kept) in wanted.get(tag).into_iter().flatten() {
            let Some((subject, _)) = people.get_mut(group) else { continue };
            let (source, collection) = (source.to_owned(), collection.to_owned());
            let (role, others) = (kept.what.role, kept.what.others.clone());
            let record = KnownRecord { source, collection, key: record_key.clone(), role, others };
            if !subject.records.contains(&record) {
                subject.records.push(record);
            }
        }
    })?;
    problems.extend(read);
    Ok(people)
}

fn planned(workspace: &Workspace, people: &[(Subject, Vec<u32>)], requests: &[u32], head: &str) -> Result<Plan> {
    let map = &workspace.map;
    let starts: Vec<Start> = people.iter().map(|(subject, _)| Start::Certain(subject.clone())).collect();
    let findings = find(map, Opened::all(map), &starts, true)?;
    let asked = Asked::Finish(Finish { waiting: people.iter().map(|(_, numbers)| numbers.clone()).collect() });
    let holds = holding::now(workspace, &findings.subjects, requests)?;
    let key = workspace.register.ledger_key()?;
    let (now, mut random) = (workspace.now(), random);
    let context = Context::new(map, now, workspace.day(now), &mut random);
    let ids = requests.iter().map(|n| Ok(workspace.register.request(*n)?.id)).collect::<Result<_>>()?;
    let context = Context { requests: ids, log_head: Some(head.to_owned()), holds, ledger: Some(&key), ..context };
    build(&findings, asked, context)
}

/// What is due.
#[derive(Default)]
pub struct FinishReport {
    waiting: u64,
    due: u64,
    gone: bool,
    closed: Vec<Closed>,
    /// What this workspace held itself of people who were erased, and ended now.
    own: Vec<String>,
    plan: Option<PlanReport>,
    problems: Vec<Problem>,
}

impl Report for FinishReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        for closed in &self.closed {
            ui.line(&format!("Plan {} can be taken back no longer.", closed.plan))?;
            closed.report.text(ui)?;
        }
        for p in &self.problems {
            ui.line(&format!("Not covered: {} [{}] {}", p.place, p.code, p.message))?;
        }
        self.own.iter().try_for_each(|line| ui.line(line))?;
        match &self.plan {
            Some(plan) => {
                let number = plan.number.unwrap_or_default();
                ui.line(&plan.first_line())?;
                ui.line(&format!(
                    "\nNothing has been changed yet. Next: redress plan show {number}, redress apply {number}"
                ))
            }
            None if self.gone => ui.line("What was due is not there any more."),
            None if self.waiting == 0 => ui.line("Nothing waits for the end of a retention period or a hold."),
            None => {
                ui.line(&format!("Nothing can go yet; {} wait. Next: redress report", counted(self.waiting, "record")))
            }
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report: Json = json!({
            "closed": self.closed.iter().map(|c| json!({"plan": c.plan, "complete": c.report.exit() == Exit::Done})).collect::<Vec<_>>(),
            "complete": self.exit() == Exit::Done, "waiting": self.waiting, "due": self.due,
            "own_files": self.own, "plan": self.plan.as_ref().and_then(|p| p.number), "problems": self.problems,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        let plan = self.plan.as_ref().is_none_or(|p| p.exit() == Exit::Done);
        let closed = self.closed.iter().all(|c| c.report.exit() == Exit::Done);
        if self.problems.is_empty() && plan && closed { Exit::Done } else { Exit::Incomplete }
    }
}
