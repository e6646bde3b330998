//! `redress release --approve`: somebody other than who made an archive, or decided what is in it, says that it may be
//! handed over. The words and the means are those of `redress plan approve`.

use serde_json::json;
use std::path::Path;

use super::args::ReleaseArgs;
use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report, approve, identity, release};
use crate::archive::{Handover, Kind, is_sealed, needs_approval};
use crate::error::{Error, Result};
use crate::register::{ArchiveEntry, Lock, Right};

/// Records the approval of whoever is at the keyboard, or of whoever signed the archive's file.
pub fn run(workspace: &Workspace, args: &ReleaseArgs) -> Result<ApproveReport> {
    let _alone = Lock::exclusive(&workspace.folder, Lock::WAIT)?;
    let register = &workspace.register;
    let (archive, request, _) = release::ready(workspace, args)?;
    let signature = args.signature.as_deref().map(approve::signature).transpose()?;
    let by = match &signature {
        Some(text) => approve::signer(workspace, &args.archive, text)?,
        None => identity::user(),
    };
    if let Some(what) = took_part(workspace, &archive, &by)? {
        let file = args.archive.display();
        return Err(Error::refused(format!("{by} {what}: somebody else must approve that it is handed over"))
            .hint("let another user of this machine run this command")
            .hint(format!("or have the file signed: redress release {file} --approve --signature FILE")));
    }
    register.together(|register| {
        register.approve_archive(archive.number, &by, archive.hash, signature.as_deref())?;
        register.append(workspace.outcome("approve").request(&request).digest("archive", archive.hash)).map(drop)
    })?;
    let needed = !why(workspace, &archive, &args.archive).is_empty();
    Ok(ApproveReport { archive: archive.number, request: request.number, by, needed })
}

/// What somebody did for an archive that makes them no second person.
fn took_part(workspace: &Workspace, archive: &ArchiveEntry, by: &str) -> Result<Option<String>> {
    if archive.author.as_deref() == Some(by) {
        return Ok(Some(format!("made archive {}", archive.number)));
    }
    let decided = workspace.register.deciders(archive.request)?.iter().any(|one| one == by);
    Ok(decided.then(|| format!("decided what is in archive {}", archive.number)))
}

/// Why an archive needs a second person.
fn why(workspace: &Workspace, archive: &ArchiveEntry, file: &Path) -> Vec<String> {
    let handover = Handover {
        kind: if archive.right == Right::Portability { Kind::Portable } else { Kind::Copy },
        records: archive.content.map(|c| c.records).unwrap_or(u64::MAX),
        categories: archive.categories.as_deref(),
        plain: !is_sealed(file),
    };
    needs_approval(&workspace.map, &handover)
}

/// Refuses an archive that a second person had to approve and did not.
pub fn refuse_unapproved(workspace: &Workspace, archive: &ArchiveEntry, file: &Path) -> Result<()> {
    let why = why(workspace, archive, file);
    if why.is_empty() {
        return Ok(());
    }
    for approval in workspace.register.archive_approvals(archive.number)? {
        let valid = match &approval.signature {
            Some(text) => approve::signer(workspace, file, text).is_ok_and(|by| by == approval.by),
            None => !approval.by.starts_with("key "),
        };
        if valid && approval.hash == archive.hash && took_part(workspace, archive, &approval.by)?.is_none() {
            return Ok(());
        }
    }
    let (number, why) = (archive.number, why.join("; "));
    Err(Error::refused(format!("archive {number} needs the approval of a second person: {why}")).hint(format!(
        "somebody who neither made it nor decided what is in it runs: redress release {} --approve",
        file.display()
    )))
}

/// An approval that was recorded.
pub struct ApproveReport {
    archive: u32,
    request: u32,
    by: String,
    needed: bool,
}

impl Report for ApproveReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let Self { archive, request, by, needed } = self;
        ui.line(&format!("Archive {archive} of request #{request} is approved by {by}."))?;
        if !needed {
            ui.line("The policy of the map does not ask for it.")?;
        }
        ui.line("Next: hand it over, and record it: redress release ARCHIVE --to WHOM --channel HOW")
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report = json!({"archive": self.archive, "request": self.request, "by": self.by, "needed": self.needed});
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
