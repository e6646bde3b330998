//! How applying a plan ended, kept in one step: the plan, the right it serves, and the log's entry. A crash leaves all of
//! it or nothing, and the plan is applied again.

use super::issued::Issued;
use super::planning::right;
use super::workspace::Workspace;
use crate::error::Result;
use crate::plan::{Asked, Sealed};
use crate::register::{Outcome, PlanEntry, PlanOutcome, PlanStatus, Request};

/// Whether nothing was left when the plan was last applied. One that left something is looked at again.
pub fn is_complete(plan: &PlanEntry) -> bool {
    !matches!(plan.ended, Some((PlanOutcome::Incomplete, _)))
}

/// Records how it ended. `left` is how many records are not as the plan says.
pub fn record(
    workspace: &Workspace,
    sealed: &Sealed,
    request: Option<&Request>,
    complete: bool,
    left: u64,
    issued: Option<&Issued>,
) -> Result<()> {
    let outcome = if complete { PlanOutcome::Done } else { PlanOutcome::Incomplete };
    let code = if complete { "confirmed" } else { "incomplete" };
    workspace.register.together(|register| {
        match register.plan_status(&sealed.digest)? {
            Some(PlanStatus::Finished) => register.plan_confirmed(&sealed.digest, outcome)?,
            _ => register.plan_finished(&sealed.digest, outcome)?,
        };
        fail::fail_point!("apply.half-recorded");
        let mut entry = workspace.outcome("apply").code(code).count("left", left);
        if let Some(issued) = issued {
            let [full, plain] = issued.digests;
            register.add_record(issued.plan, complete, full, plain)?;
            entry = entry.digest("record", full).digest("record-plain", plain);
        }
        let Some(request) = request else { return register.append(entry).map(drop) };
        // What was answered and put away meanwhile keeps its answer.
        let asked = &sealed.plan.header.asked;
        // Nor does what is done again after a restore, or later, change the answer.
        if request.closed_at.is_none() && matches!(asked, Asked::Erase(_) | Asked::Correct(_)) {
            let accepted = issued.map_or(Ok(Vec::new()), |issued| register.accepted(issued.plan))?;
            register.mark_outcome(request.number, right(asked), answer(sealed, complete && accepted.is_empty()))?;
        }
        register.append(entry.request(request)).map(drop)
    })?;
    fail::fail_point!("apply.recorded");
    Ok(())
}

/// What the person is answered.
fn answer(sealed: &Sealed, nothing_left: bool) -> Outcome {
    let plan = &sealed.plan;
    let kept = plan.header.asked.is_erasure() && plan.changes.iter().any(|c| c.action.waits());
    if kept || !nothing_left { Outcome::Partly } else { Outcome::Granted }
}
