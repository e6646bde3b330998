//! `redress plan approve`: somebody other than the author says that a plan may be applied.

use serde_json::json;
use std::path::Path;

use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report, identity, plan};
use crate::error::{Error, Result};
use crate::plan::{Sealed, changed, needs_approval};
use crate::register::{Lock, PlanEntry, PlanStatus, verify_from};

/// Records the approval of whoever is at the keyboard, or of whoever signed the plan's file.
pub fn run(workspace: &Workspace, given: &str, signature: Option<&Path>) -> Result<ApproveReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let register = &workspace.register;
    let sealed = plan::load(workspace, given)?;
    let Some(entry) = register.plan_by_hash(&sealed.digest)? else {
        return Err(Error::refused("this workspace's register does not know the plan")
            .hint("approve it in the workspace it was made in"));
    };
    if entry.status != PlanStatus::New {
        return Err(Error::refused(format!("plan {} was applied already", entry.number)));
    }
    let signature = signature.map(self::signature).transpose()?;
    let by = match &signature {
        Some(text) => signer(workspace, &entry.path, text)?,
        None => identity::user(),
    };
    if register.author(entry.number)?.as_ref() == Some(&by) {
        return Err(Error::refused(format!("{by} made plan {}: somebody else must approve it", entry.number))
            .hint("let another user of this machine run this command")
            .hint(format!("or have its file signed: redress plan approve {} --signature FILE", entry.number)));
    }
    register.together(|register| {
        register.approve(entry.number, &by, sealed.digest, signature.as_deref())?;
        register.append(workspace.outcome("approve").digest("plan", sealed.digest)).map(drop)
    })?;
    let needed = !needs_approval(&workspace.map, &sealed.plan).is_empty();
    Ok(ApproveReport { number: entry.number, by, needed })
}

/// The text of a signature file.
pub fn signature(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::io("read", path, &e))
}

/// Who of the map's approvers signed that file: a plan's, or an archive.
pub fn signer(workspace: &Workspace, file: &Path, signature: &str) -> Result<String> {
    for (name, key) in &workspace.map.policy.approvers {
        let opened = std::fs::File::open(file).map_err(|e| Error::io("read", file, &e))?;
        if verify_from(key, std::io::BufReader::new(opened), signature).is_ok() {
            return Ok(format!("key {name}"));
        }
    }
    Err(Error::refused("the signature is of none of the approvers of the map, or of another file")
        .hint(format!("sign the file itself: minisign -Sm {}", file.display()))
        .hint("the map names who may: [policy.approvers] in redress.toml"))
}

/// Refuses a plan that is too large, or that a second person had to approve and did not.
pub fn refuse_unapproved(workspace: &Workspace, sealed: &Sealed, entry: &PlanEntry) -> Result<()> {
    let changed = changed(&sealed.plan);
    if let Some(most) = workspace.map.policy.max_records.filter(|most| changed > *most) {
        return Err(Error::refused(format!(
            "the plan changes {changed} records; the policy allows {most} in one plan"
        ))
        .hint("plan for fewer people at once, or change max_records in [policy] of redress.toml"));
    }
    let why = needs_approval(&workspace.map, &sealed.plan);
    if why.is_empty() {
        return Ok(());
    }
    let author = workspace.register.author(entry.number)?;
    for approval in workspace.register.approvals(entry.number)? {
        let valid = match &approval.signature {
            Some(text) => signer(workspace, &entry.path, text).is_ok_and(|by| by == approval.by),
            None => !approval.by.starts_with("key "),
        };
        if valid && approval.hash == sealed.digest && Some(&approval.by) != author.as_ref() {
            return Ok(());
        }
    }
    let author = author.unwrap_or_else(|| "its author".to_owned());
    Err(Error::refused(format!("plan {} needs the approval of a second person: {}", entry.number, why.join("; ")))
        .hint(format!("somebody other than {author} runs: redress plan approve {}", entry.number)))
}

/// An approval that was recorded.
pub struct ApproveReport {
    number: u32,
    by: String,
    needed: bool,
}

impl Report for ApproveReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        ui.line(&format!("Plan {} is approved by {}.", self.number, self.by))?;
        if !self.needed {
            ui.line("The policy of the map does not ask for it.")?;
        }
        ui.line(&format!("Next: redress apply {}", self.number))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report = json!({"plan": self.number, "by": self.by, "needed": self.needed});
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
