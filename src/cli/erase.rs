//! `redress erase`: the plan of an erasure.

use super::args::PlanningArgs;
use super::plan::PlanReport;
use super::planning;
use super::workspace::Workspace;
use crate::error::Result;
use crate::plan::Asked;

/// Searches, plans, and keeps the plan.
pub fn run(workspace: &Workspace, args: &PlanningArgs) -> Result<PlanReport> {
    planning::run(workspace, args, Asked::Erase)
}
