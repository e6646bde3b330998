//! What a sweep found and may stay: an officer says of a place why, once the plan was applied and it is known what is
//! left. Another place, or a later plan, needs a word of its own.

use super::args::ApplyArgs;
use super::identity;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::register::{PlanEntry, PlanStatus, Request};
use crate::sweep::{Swept, Trace};

/// Refuses to accept what nobody has seen yet.
pub fn refuse_unseen(args: &ApplyArgs, entry: &PlanEntry) -> Result<()> {
    match (args.accept_left.as_slice(), entry.status) {
        ([], _) | (_, PlanStatus::Finished | PlanStatus::Isolated) => Ok(()),
        _ => Err(Error::refused("what is left is known only after the plan was applied")
            .hint(format!("apply it first, and read what is left: redress apply {}", entry.number))),
    }
}

/// Records what is accepted now, and takes everything accepted out of what is left.
pub fn accept(
    workspace: &Workspace,
    args: Option<&ApplyArgs>,
    entry: &PlanEntry,
    request: Option<&Request>,
    swept: &mut Swept,
) -> Result<()> {
    let register = &workspace.register;
    let places = args.map_or(&[][..], |args| &args.accept_left);
    let unmet = places.iter().find(|place| !swept.left.iter().any(|trace| place_of(trace) == **place));
    if let Some(place) = unmet {
        return Err(Error::refused(format!("nothing is left in {place}"))
            .hint("name the place as the report does: SOURCE.TABLE.FIELD, or SOURCE.FILE")
            .hint(format!("`redress apply {}` looks again and lists what is left", entry.number)));
    }
    if let (false, Some(because)) = (places.is_empty(), args.and_then(|args| args.because.as_ref())) {
        register.together(|register| {
            let by = identity::user();
            let mut entered = workspace.outcome("accept-left").count("places", places.len() as u64);
            for place in places {
                register.accept_left(entry.number, place, because, &by)?;
                if let Some(request) = request {
                    entered = entered.digest("place", request.digest(place));
                }
            }
            if let Some(request) = request {
                entered = entered.request(request).digest("because", request.digest(because));
            }
            register.append(entered).map(drop)
        })?;
    }
    let accepted = register.accepted(entry.number)?;
    for mut trace in std::mem::take(&mut swept.left) {
        let place = place_of(&trace);
        match accepted.iter().find(|a| a.place == place) {
            Some(a) => {
                (trace.reason, trace.by) = (a.because.clone(), Some(a.by.clone()));
                swept.accepted.push(trace);
            }
            None => swept.left.push(trace),
        }
    }
    Ok(())
}

/// The place as reports name it.
fn place_of(trace: &Trace) -> String {
    let field = trace.field.as_ref().map(|f| format!(".{f}")).unwrap_or_default();
    format!("{}.{}{field}", trace.source, trace.place)
}
