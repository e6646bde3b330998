//! What the sweep after an erasure showed, for people and for programs. Places only, never a value.

use serde_json::{Value as Json, json};

use super::ui::{Ui, counted};
use crate::error::Result;
use crate::map::DataMap;
use crate::plan::{Plan, wipe};
use crate::sweep::{Swept, Trace, sweep};

/// Sweeps; wipes what is left where nobody could reach it, and sweeps again.
pub fn swept(map: &DataMap, plan: &Plan) -> Result<Swept> {
    let swept = sweep(map, plan)?;
    if swept.in_free_space.is_empty() {
        return Ok(swept);
    }
    let problems = wipe(map, &swept.in_free_space);
    let mut again = sweep(map, plan)?;
    again.problems.extend(problems);
    Ok(again)
}

/// A few lines; none where nothing was looked for.
pub fn text(swept: &Swept, ui: &mut Ui) -> Result<()> {
    if swept.sought == 0 {
        return Ok(());
    }
    let where_to = match (swept.tables, swept.files) {
        (0, files) => format!("every byte of {}", counted(files, "file")),
        (tables, 0) => format!("every column of {}", counted(tables, "table")),
        (tables, files) => {
            format!("every column of {} and every byte of {}", counted(tables, "table"), counted(files, "file"))
        }
    };
    let what = counted(swept.sought as u64, "identifier");
    match swept.left.is_empty() {
        true => ui.line(&format!("Swept {where_to} for {what}: nothing else is left."))?,
        false => ui.line(&format!("Swept {where_to} for {what}. Left, and not named by the plan:"))?,
    }
    swept.left.iter().try_for_each(|trace| ui.line(&line(trace)))?;
    if !swept.left.is_empty() {
        ui.line("Take it out where it stands, or map it and erase again; then apply this plan again, to look again.")?;
        ui.line("What has to stay: redress apply PLAN --accept-left PLACE --because REASON")?;
    }
    if !swept.accepted.is_empty() {
        ui.line("Left, and accepted:")?;
    }
    swept.accepted.iter().try_for_each(|trace| ui.line(&line(trace)))?;
    if !swept.kept.is_empty() {
        ui.line("Found where it is kept:")?;
    }
    swept.kept.iter().try_for_each(|trace| ui.line(&line(trace)))
}

fn line(trace: &Trace) -> String {
    let field = trace.field.as_ref().map(|f| format!(".{f}")).unwrap_or_default();
    let coding = if trace.coding == "plain" { String::new() } else { format!(" as {}", trace.coding) };
    let times = counted(trace.count, "time");
    let examples = match trace.examples.as_slice() {
        [] => String::new(),
        few if few.len() as u64 == trace.count => format!(" ({})", few.join("; ")),
        few => format!(" ({}; …)", few.join("; ")),
    };
    let reason = if trace.reason.is_empty() { String::new() } else { format!(": {}", trace.reason) };
    let by = trace.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
    let Trace { source, place, identity, .. } = trace;
    format!("  {source}.{place}{field} {identity}{coding} {times}{examples}{reason}{by}")
}

/// The same for programs.
pub fn json(swept: &Swept) -> Json {
    json!({
        "identifiers": swept.sought, "tables": swept.tables, "files": swept.files, "left": swept.left,
        "kept": swept.kept, "accepted": swept.accepted,
    })
}
