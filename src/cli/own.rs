//! What this workspace itself holds of the people of a plan, and its end with the erasure: archives, plans, lists and
//! pages it wrote, and the words of their requests. That a request was made and answered stays.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use super::release::digest_of;
use super::workspace::Workspace;
use super::{ended, holding, issued, plan};
use crate::error::Result;
use crate::ledger::{Hide, Tag};
use crate::map::{DataMap, Strength};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{Outcome, OwnFile, PlanEntry, PlanKind, PlanStatus, Request, Right, Status};
use crate::resolve::Subject;

/// How many days after a refusal, in whole or in part, the copy that was made is preserved (Singapore's PDPA, s. 22A).
const PRESERVED: i64 = 30;

/// The plan that was applied, for the traces of its people.
pub struct This<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its number; none of a plan the register does not know.
    pub number: Option<u32>,
    /// The requests it serves.
    pub serves: &'a [u32],
    /// The request whose erasure it answers.
    pub answers: Option<u32>,
}

/// What the workspace holds of some people.
pub struct Own {
    /// The requests that are about them, those that the plan serves among them.
    requests: Vec<Request>,
    /// Their files that were not ended.
    files: Vec<OwnFile>,
    /// Plans that serve one of them, but those whose file was ended.
    plans: Vec<PlanEntry>,
    /// Why nothing of a request may go yet, by number.
    stay: BTreeMap<u32, String>,
}

/// What tells a person apart: identifiers that are theirs alone, and their records.
fn tags(hide: &dyn Hide, map: &DataMap, subjects: &[Subject]) -> HashSet<Tag> {
    let is_unique = |kind: &str| map.identities.get(kind).is_some_and(|i| i.strength == Strength::Unique);
    let alone = subjects.iter().map(|subject| {
        let mut subject = subject.clone();
        subject.identifiers.retain(|kind, _| is_unique(kind));
        subject
    });
    alone.flat_map(|subject| holding::tags(hide, &subject)).collect()
}

impl Own {
    /// Everything of the plan's people.
    pub fn of(workspace: &Workspace, this: &This<'_>) -> Result<Own> {
        let register = &workspace.register;
        let known = tags(&register.ledger_key()?, &workspace.map, &this.plan.header.subjects);
        let (mut requests, mut files, mut plans) = (Vec::new(), Vec::new(), Vec::new());
        let mut theirs = register.requests_tagged(known)?;
        theirs.extend(this.serves);
        for number in theirs {
            requests.push(register.request(number)?);
            files.extend(register.own_files(number)?);
        }
        for plan in register.plans()? {
            let is_theirs = plan.requests.iter().any(|n| requests.iter().any(|r| r.number == *n));
            if is_theirs && !register.is_plan_file_ended(plan.number)? {
                plans.push(plan);
            }
        }
        let mut own = Own { requests, files, plans, stay: BTreeMap::new() };
        let held = own.held(workspace, this)?;
        for request in &own.requests {
            let why = held.clone().or_else(|| waits(workspace, request, this.answers));
            own.stay.extend(why.map(|why| (request.number, why)));
        }
        Ok(own)
    }

    /// A hold on the people, or on a collection with records of theirs, stops everything. A complaint is such a hold.
    fn held(&self, workspace: &Workspace, this: &This<'_>) -> Result<Option<String>> {
        let own: Vec<u32> = self.requests.iter().map(|r| r.number).collect();
        let covers = |covers: &crate::plan::Covers| match covers {
            crate::plan::Covers::Collection(source, collection) => {
                this.plan.changes.iter().any(|c| c.source == *source && c.collection == *collection)
            }
            _ => true,
        };
        let holds = holding::now(workspace, &this.plan.header.subjects, &own)?;
        Ok(holds.into_iter().find(|h| covers(&h.covers)).map(|h| format!("{} stops it", h.by)))
    }

    /// One line each: what would go with that plan.
    fn lines(&self, this: Option<u32>) -> Vec<String> {
        let file = |f: &OwnFile| {
            let made = &f.made_at.to_string()[..10];
            let stays = self.stay.get(&f.request).map(|why| format!(" (not yet: {why})")).unwrap_or_default();
            format!("{} of request #{}, {made}: {}{stays}", f.kind, f.request, f.path.display())
        };
        let plans = self.plans.iter().filter(|p| Some(p.number) != this);
        let files = self.files.iter().filter(|f| f.plan.is_none() || f.plan != this);
        let plan = |p: &PlanEntry| match p.requests.iter().find_map(|n| self.stay.get(n)) {
            Some(why) => format!("plan {} (not yet: {why})", p.number),
            None => format!("plan {}", p.number),
        };
        files.map(file).chain(plans.map(plan)).collect()
    }
}

/// The requests of which something is needed still: a plan that serves them was cut off or left something, or kept
/// records for a time; it says whose they are.
fn needed(workspace: &Workspace) -> Result<BTreeSet<u32>> {
    let waiting: BTreeSet<u32> = workspace.register.waiting()?.iter().map(|k| k.plan).collect();
    let is_needed = |p: &&PlanEntry| match p.status {
        PlanStatus::New | PlanStatus::Undone => false,
        PlanStatus::Started | PlanStatus::Failed | PlanStatus::Isolated => true,
        PlanStatus::Finished => !ended::is_complete(p) || waiting.contains(&p.number),
    };
    // A plan whose file has gone may have something waiting too.
    let all = workspace.register.plans()?;
    Ok(all.iter().filter(is_needed).flat_map(|p| p.requests.iter().copied()).collect())
}

/// Why nothing of one request may go yet: a right of it waits for its answer, or what was refused is preserved.
fn waits(workspace: &Workspace, request: &Request, answers: Option<u32>) -> Option<String> {
    let this = |right| Some(request.number) == answers && right == Right::Erasure;
    request.rights.iter().filter(|asked| !this(asked.right)).find_map(|asked| match asked.outcome {
        None if request.closed_at.is_some() => None,
        None => Some(format!("its right of {} waits for an answer", asked.right.word())),
        Some((Outcome::Refused | Outcome::Partly, at)) if matches!(asked.right, Right::Access | Right::Portability) => {
            let until = workspace.day(at).saturating_add(jiff::Span::new().days(PRESERVED));
            (workspace.today() < until).then(|| format!("what was refused in part is preserved until {until}"))
        }
        Some(_) => None,
    })
}

/// What the plan would end, one line each; nothing for a plan that erases nothing.
pub fn lines(workspace: &Workspace, plan: &Plan, number: Option<u32>, serves: &[u32]) -> Result<Vec<String>> {
    if !issued::is_due(plan) {
        return Ok(Vec::new());
    }
    let this = This { plan, number, serves, answers: serves.first().copied() };
    Ok(Own::of(workspace, &this)?.lines(number))
}

/// What became of it.
#[derive(Default)]
pub struct Ended {
    /// One line each, without a path: what was removed, what stays and why, what is no longer where it was written.
    pub lines: Vec<String>,
    /// What could not be removed.
    pub problems: Vec<Problem>,
}

/// Ends what does not belong to the plan itself: before its end is recorded, so that the record of erasure tells of it.
pub fn end_others(workspace: &Workspace, this: &This<'_>) -> Result<Ended> {
    let own = Own::of(workspace, this)?;
    let needed = needed(workspace)?;
    let mut ended = Ended::default();
    for request in &own.requests {
        let number = request.number;
        let files: Vec<&OwnFile> =
            own.files.iter().filter(|f| f.request == number && (f.plan.is_none() || f.plan != this.number)).collect();
        if let Some(why) = own.stay.get(&number) {
            if !files.is_empty() || !this.serves.contains(&number) {
                ended.lines.push(format!("request #{number}: what was written for it stays, because {why}"));
            }
            continue;
        }
        files.into_iter().try_for_each(|file| ended.end_file(workspace, file))?;
        let is_other = |p: &&PlanEntry| Some(p.number) != this.number && p.requests.first() == Some(&number);
        for plan in own.plans.iter().filter(is_other) {
            let is_over = matches!(plan.status, PlanStatus::New | PlanStatus::Undone)
                || plan.status == PlanStatus::Finished && plan.kind == PlanKind::Correct;
            if is_over && own.may_go(plan, None) {
                workspace.register.end_plan_file(plan.number)?;
                ended.lines.push(format!("plan {}: its file removed", plan.number));
            }
        }
        if !this.serves.contains(&number) && !needed.contains(&number) {
            workspace.register.blank_request(number)?;
            ended.lines.push(format!("request #{number}: its words removed; that it was made and answered stays"));
        }
    }
    Ok(ended)
}

/// Ends what belongs to the plan itself once its end is recorded, unless something waits: its copies, its file, those of
/// plans it finishes, the words of the requests it serves. Done again, it changes nothing.
pub fn end_last(workspace: &Workspace, this: &This<'_>) -> Result<Ended> {
    let mut ended = Ended::default();
    if this.plan.is_incomplete() {
        return Ok(ended);
    }
    let own = Own::of(workspace, this)?;
    let needed = needed(workspace)?;
    let served = own.requests.iter().filter(|r| this.serves.contains(&r.number));
    for request in served.filter(|r| !needed.contains(&r.number) && !own.stay.contains_key(&r.number)) {
        for file in own.files.iter().filter(|f| f.request == request.number) {
            ended.end_file(workspace, file)?;
        }
        workspace.register.blank_request(request.number)?;
        ended
            .lines
            .push(format!("request #{}: its words removed; that it was made and answered stays", request.number));
    }
    for plan in own.plans.iter().filter(|p| own.may_go(p, Some(&needed))) {
        workspace.register.end_plan_file(plan.number)?;
        ended.lines.push(format!("plan {}: its file removed; what it did is in the record of erasure", plan.number));
    }
    Ok(ended)
}

/// What could not be ended with an erasure that was applied before, and can be now: what was refused is preserved no
/// longer, a hold was released, another right was answered.
pub fn end_due(workspace: &Workspace) -> Result<Ended> {
    let register = &workspace.register;
    let mut all = Ended::default();
    for entry in due(workspace)?.into_iter().filter(|entry| entry.path.exists()) {
        let sealed = match plan::load(workspace, &entry.number.to_string()) {
            Ok(sealed) => sealed,
            Err(error) => {
                let message = format!("what was written of its people cannot be ended: {}", error.message);
                all.problems.push(Problem::new("own-file-left", format!("plan {}", entry.number), message));
                continue;
            }
        };
        let answers = entry.requests.first().copied();
        let this = This { plan: &sealed.plan, number: Some(entry.number), serves: &entry.requests, answers };
        for ended in [end_others(workspace, &this)?, end_last(workspace, &this)?] {
            all.lines.extend(ended.lines.into_iter().filter(|line| !line.contains("stays, because")));
            all.problems.extend(ended.problems);
        }
    }
    if !all.lines.is_empty() {
        let ended = workspace.outcome("finish").code("own-files").count("ended", all.lines.len() as u64);
        register.append(ended)?;
    }
    Ok(all)
}

/// The erasures with which something may be due: nothing they kept waits any more, or an answered request that is about
/// the same person has files or words left.
fn due(workspace: &Workspace) -> Result<Vec<PlanEntry>> {
    let register = &workspace.register;
    let mut plans = Vec::new();
    for plan in register.plans()? {
        let is_over =
            plan.status == PlanStatus::Finished && ended::is_complete(&plan) && plan.kind != PlanKind::Correct;
        if is_over && !register.is_plan_file_ended(plan.number)? {
            plans.push(plan);
        }
    }
    if plans.is_empty() {
        return Ok(plans);
    }
    let needed = needed(workspace)?;
    let served: BTreeSet<u32> = plans.iter().flat_map(|p| p.requests.iter().copied()).collect();
    let mut alike = BTreeSet::new();
    for request in register.requests()?.iter().filter(|r| !served.contains(&r.number)) {
        let is_over = request.status() != Status::Open && waits(workspace, request, None).is_none();
        if is_over && (!request.selectors.is_empty() || !register.own_files(request.number)?.is_empty()) {
            alike.extend(register.requests_tagged(register.request_tags(request.number)?)?);
        }
    }
    plans.retain(|p| p.requests.iter().any(|n| !needed.contains(n) || alike.contains(n)));
    Ok(plans)
}

impl Own {
    /// Whether the file of a plan may go: nothing of any of the requests it serves must stay.
    fn may_go(&self, plan: &PlanEntry, needed: Option<&BTreeSet<u32>>) -> bool {
        plan.requests.iter().all(|n| {
            self.requests.iter().any(|r| r.number == *n)
                && !self.stay.contains_key(n)
                && needed.is_none_or(|needed| !needed.contains(n))
        })
    }
}

impl Ended {
    fn end_file(&mut self, workspace: &Workspace, file: &OwnFile) -> Result<()> {
        let what = format!("{} of request #{}", file.kind, file.request);
        match remove(&file.path, file.hash) {
            Gone::Removed => {
                workspace.register.end_own_file(file.number, "removed")?;
                self.lines.push(format!("{what}: removed"));
            }
            Gone::Moved => {
                workspace.register.end_own_file(file.number, "moved")?;
                let made = &file.made_at.to_string()[..10];
                self.lines.push(format!("{what}: not where it was written on {made}; find it, or whoever has it"));
            }
            Gone::Changed => self.lines.push(format!("{what}: changed since it was written, so it was left")),
            Gone::Failed(message) => self.problems.push(Problem::new("own-file-left", what, message)),
        }
        Ok(())
    }
}

enum Gone {
    Removed,
    Moved,
    Changed,
    Failed(String),
}

/// Removes a file that is still as it was written.
fn remove(path: &Path, hash: Digest) -> Gone {
    if !path.exists() {
        return Gone::Moved;
    }
    match digest_of(path) {
        Err(error) => Gone::Failed(error.message),
        Ok(now) if now != hash => Gone::Changed,
        Ok(_) => match std::fs::remove_file(path) {
            Ok(()) => Gone::Removed,
            Err(e) => Gone::Failed(format!("it could not be removed: {}", e.kind())),
        },
    }
}
