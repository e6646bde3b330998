//! `redress correct`: the plan of a correction.

use super::args::CorrectArgs;
use super::plan::PlanReport;
use super::planning;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::plan::{Asked, Condition, Corrections, Setting, With};

/// Searches, plans, and keeps the plan.
pub fn run(workspace: &Workspace, args: &CorrectArgs) -> Result<PlanReport> {
    planning::run(workspace, &args.planning, Asked::Correct(corrections(args, &workspace.map)?))
}

/// What was asked for, read against the map.
fn corrections(args: &CorrectArgs, map: &DataMap) -> Result<Corrections> {
    let set = args.set.iter().map(|text| Setting::parse(text, map));
    let emptied = args.set_null.iter().map(|text| Setting::of(text, None, map));
    let set = set.chain(emptied).collect::<Result<Vec<_>>>()?;
    if set.is_empty() {
        return Err(Error::usage("nothing is to be corrected: there is no --set")
            .hint("for example --set shop.accounts.phone=\"+65 6123 4567\""));
    }
    let only = args.only.iter().map(|text| Condition::parse(text, map)).collect::<Result<_>>()?;
    Ok(Corrections { set, only, all: args.all, with: With::parse(&args.with)? })
}
