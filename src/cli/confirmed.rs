//! After a plan was carried out: search again, sweep, and record how it ended. Where it can still be taken back nothing
//! is answered and no record of erasure is issued: that is done when the time is over.

use super::apply::ApplyReport;
use super::args::ApplyArgs;
use super::workspace::Workspace;
use super::{accepted, ended, issued, own, swept};
use crate::erasure::Facts;
use crate::error::Result;
use crate::plan::{Action, Applied, Asked, Sealed, confirm};
use crate::register::{PlanEntry, PlanStatus, Window, WindowEnd};
use crate::sweep::Swept;

/// Looks again, and ends the plan where it can be taken back no longer. Without arguments it only ends it.
pub fn confirmed(
    workspace: &Workspace,
    sealed: Sealed,
    entry: &PlanEntry,
    applied: Applied,
    args: Option<&ApplyArgs>,
) -> Result<ApplyReport> {
    let register = &workspace.register;
    let request = entry.requests.first().map(|n| register.request(*n)).transpose()?;
    let window = register.window(entry.number)?;
    let isolated = window.as_ref().filter(|w| w.is_open(workspace.today())).cloned();
    let mut applied = applied;
    if let (Some(window), None) = (&window, &isolated) {
        close(workspace, &sealed, window)?;
        let (problems, not_covered) = register.told_by_window(entry.number)?;
        applied.problems.extend(problems);
        applied.not_covered.extend(not_covered);
    }
    let (left, unsearched) = confirm(&workspace.map, &sealed.plan)?;
    let mut swept = match sealed.plan.header.asked {
        Asked::Correct(_) => Swept::default(),
        _ => swept::swept(&workspace.map, &sealed.plan)?,
    };
    accepted::accept(workspace, args, entry, request.as_ref(), &mut swept)?;
    let looked = left.is_empty() && unsearched.is_empty() && swept.left.is_empty() && swept.problems.is_empty();
    let complete = looked && applied.problems.is_empty();
    let count = left.len() as u64 + swept.left.iter().map(|t| t.count).sum::<u64>();
    let kept = sealed.plan.totals().get(&Action::Keep).copied().unwrap_or(0);
    let undecided = sealed.plan.is_incomplete();
    let mut report = ApplyReport {
        asked: Some(sealed.plan.header.asked.clone()),
        applied,
        left,
        unsearched,
        swept,
        kept,
        undecided,
        request: request.as_ref().map(|r| r.number),
        ..ApplyReport::default()
    };
    if let Some(window) = isolated {
        register.together(|register| {
            register.tell_window(window.plan, &report.applied.problems, &report.applied.not_covered)?;
            if entry.status != PlanStatus::Isolated {
                register.plan_isolated(&sealed.digest)?;
            }
            let outcome = workspace.outcome("apply").code("isolated").count("left", count);
            register.append(request.iter().fold(outcome, |entry, request| entry.request(request)))
        })?;
        fail::fail_point!("apply.isolated");
        report.until = Some(window.until);
        return Ok(report);
    }
    let answers = request.as_ref().map(|r| r.number);
    let this = own::This { plan: &sealed.plan, number: Some(entry.number), serves: &entry.requests, answers };
    if issued::is_due(&sealed.plan) {
        report.traces = own::end_others(workspace, &this)?;
        let started = register.plan_by_hash(&sealed.digest)?.and_then(|p| p.started_at);
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
            complete: complete && !undecided,
            left: &report.left,
            swept: &report.swept,
            problems: report.problems().cloned().collect(),
            not_covered: report.applied.not_covered.clone(),
            own: report.traces.lines.clone(),
            language: workspace.language(request.as_ref()),
            log_head: register.head()?.to_string(),
        };
        report.issued = Some(issued::issue(workspace, &facts)?);
    }
    ended::record(workspace, &sealed, request.as_ref(), complete, count, report.issued.as_ref())?;
    if report.issued.is_some() {
        let last = own::end_last(workspace, &this)?;
        report.traces.lines.extend(last.lines);
        report.traces.problems.extend(last.problems);
    }
    report.closes = args.is_none();
    Ok(report)
}

/// The time is over: what takes the plan back is destroyed, and from now on nobody can.
fn close(workspace: &Workspace, sealed: &Sealed, window: &Window) -> Result<()> {
    let register = &workspace.register;
    register.remove_images(window.plan)?;
    if window.ended.is_some() {
        return Ok(());
    }
    fail::fail_point!("undo.closed");
    register.together(|register| {
        register.end_window(window.plan, WindowEnd::Closed)?;
        register.append(workspace.outcome("undo").code("closed").digest("plan", sealed.digest))
    })?;
    Ok(())
}
