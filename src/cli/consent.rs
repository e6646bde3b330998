//! Whether whoever applies a plan means it: yes, or the counts typed where the map asks for them.

use std::io::IsTerminal as _;

use super::args::ApplyArgs;
use super::ui::counted;
use super::workspace::Workspace;
use crate::error::{Error, Kind, Result};
use crate::plan::{Action, Asked, Plan};

/// How many records a plan deletes, and how many it changes.
fn counts(plan: &Plan) -> (u64, u64) {
    let totals = plan.totals();
    let count = |a: Action| totals.get(&a).copied().unwrap_or(0);
    (count(Action::Delete), count(Action::Anonymise) + count(Action::Detach) + count(Action::Correct))
}

/// Whether it was said beforehand, or is said now; without a terminal the flag is missing.
pub fn given(workspace: &Workspace, args: &ApplyArgs, plan: &Plan) -> Result<()> {
    let (deleted, changed) = counts(plan);
    let is_right = |said: &str| {
        let numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
        numbers.map(|n| n.parse().ok()).eq([Some(deleted), Some(changed)])
    };
    let typed = workspace.map.policy.typed;
    match &args.confirm {
        Some(said) if is_right(said) => return Ok(()),
        Some(_) => {
            return Err(Error::refused("the counts are not those of the plan; nothing was changed")
                .hint(format!("look at it again: redress plan show {}", args.plan)));
        }
        None if args.yes && !typed => return Ok(()),
        None => {}
    }
    if !std::io::stdin().is_terminal() {
        let error = Error::usage("there is no terminal to ask for confirmation at");
        return Err(error.hint(match typed {
            true => "the map asks for the counts of the plan: --confirm \"DELETED CHANGED\"",
            false => "say it beforehand: --yes",
        }));
    }
    let interrupted = |_| Error::new(Kind::Interrupted, "interrupted; nothing was changed");
    let yes = match typed {
        true => {
            let prompt = "Type how many records are deleted, and how many changed, as in \"12 3\"";
            is_right(&dialoguer::Input::<String>::new().with_prompt(prompt).interact_text().map_err(interrupted)?)
        }
        false => {
            let question = match plan.header.asked {
                Asked::Correct(_) => format!("Correct {}?", counted(changed, "record")),
                _ => format!("Delete {deleted} records and change {changed} for good?"),
            };
            dialoguer::Confirm::new().with_prompt(question).default(false).interact().map_err(interrupted)?
        }
    };
    if yes { Ok(()) } else { Err(Error::refused("not confirmed; nothing was changed")) }
}
