//! `redress release`: an archive was handed over. This, not `export`, answers the request.

use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::Path;

use super::args::ReleaseArgs;
use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report, approve_release};
use crate::archive::is_sealed;
use crate::error::{Error, Result};
use crate::record::Digest;
use crate::register::{ArchiveContent, ArchiveEntry, Lock, Outcome, Request, Right};

/// Records to whom an archive of this workspace was handed over, how and when.
pub fn run(workspace: &Workspace, args: &ReleaseArgs) -> Result<ReleaseReport> {
    let to = said(args.to.as_deref(), "--to")?;
    let channel = said(args.channel.as_deref(), "--channel")?;
    let _alone = Lock::exclusive(&workspace.folder, Lock::WAIT)?;
    let register = &workspace.register;
    let (archive, request, content) = ready(workspace, args)?;
    let hash = archive.hash;
    let sealed = is_sealed(&args.archive);
    if !sealed && !args.plain {
        return Err(Error::refused("the archive is open: whoever gets hold of it can read it")
            .hint(format!("redress export {} --seal closes it with a passphrase, --seal-to for a key", request.number))
            .hint("or say that the channel is secure by itself, as a portal is: --plain"));
    }
    approve_release::refuse_unapproved(workspace, &archive, &args.archive)?;
    let outcome = match (content.records, content.withheld) {
        (0, _) => Outcome::NothingHeld,
        (_, 0) => Outcome::Granted,
        _ => Outcome::Partly,
    };
    let recipient = request.digest(to);
    let entry = workspace.intent("release").request(&request).digest("archive", hash);
    register.append(entry.digest("recipient", recipient))?;
    register.together(|register| {
        register.add_release(archive.number, to, channel)?;
        register.mark_outcome(request.number, archive.right, outcome)?;
        let entry = workspace.outcome("release").request(&request).digest("archive", hash);
        let entry = entry.count("plain", u64::from(!sealed));
        register.append(entry.digest("recipient", recipient).code(outcome.word())).map(drop)
    })?;
    Ok(ReleaseReport { request: request.number, archive: archive.number, right: archive.right, hash, outcome })
}

/// What must be said, without space around it.
fn said<'a>(text: Option<&'a str>, flag: &str) -> Result<&'a str> {
    let text = text.unwrap_or_default().trim();
    match text.is_empty() {
        true => Err(Error::usage(format!("{flag} is empty")).hint("say to whom and by which channel it goes")),
        false => Ok(text),
    }
}

/// An archive of this workspace on which nothing waits any more, its request, and what is in it.
pub fn ready(workspace: &Workspace, args: &ReleaseArgs) -> Result<(ArchiveEntry, Request, ArchiveContent)> {
    let archive = archive_of(workspace, digest_of(&args.archive)?)?;
    let request = workspace.register.request(archive.request)?;
    if let Some(named) = &args.request
        && workspace.register.find_request(named)?.number != request.number
    {
        return Err(Error::refused(format!("this archive is that of request #{}", request.number))
            .hint("release the archive of the request you mean"));
    }
    let content = archive.content.ok_or_else(|| {
        Error::refused("it is not known what this archive holds: an older version made it").hint("export it again")
    })?;
    if content.pending > 0 {
        let error = Error::refused(format!("{} values of it wait for a decision", content.pending)).hint(format!(
            "decide on them: redress export {} --review, or --list FILE and --decisions FILE",
            request.number
        ));
        return Err(match archive.right {
            Right::Portability => {
                error.hint("what the map does not decide, as `export` names it, is decided there: purposes, origin")
            }
            _ => error,
        });
    }
    Ok((archive, request, content))
}

pub fn digest_of(path: &Path) -> Result<Digest> {
    let fault = |e: std::io::Error| Error::io("read", path, &e);
    let mut file = std::fs::File::open(path).map_err(fault)?;
    let (mut hash, mut block) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut block).map_err(fault)? {
            0 => return Ok(Digest(hash.finalize().into())),
            n => hash.update(&block[..n]),
        }
    }
}

/// The archive with that digest, the latest where there are several.
fn archive_of(workspace: &Workspace, hash: Digest) -> Result<ArchiveEntry> {
    let found = workspace.register.archives()?.into_iter().rev().find(|archive| archive.hash == hash);
    found.ok_or_else(|| {
        Error::refused("this file is no archive that this workspace made, or it was changed since")
            .hint("`redress check-archive` says what is wrong with it; `redress export` makes a new one")
    })
}

/// What was recorded.
pub struct ReleaseReport {
    request: u32,
    archive: u32,
    right: Right,
    hash: Digest,
    outcome: Outcome,
}

impl Report for ReleaseReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        ui.line(&format!("Recorded: archive {} was handed over for request #{}.", self.archive, self.request))?;
        ui.line(&format!("  SHA-256 {}", self.hash))?;
        let (right, outcome) = (self.right.word(), self.outcome.word());
        ui.line(&format!("The right of {right} of request #{} is answered: {outcome}.", self.request))?;
        ui.line("Next: redress lists what is still open")
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report = json!({
            "request": self.request, "archive": self.archive, "right": self.right.word(), "sha256": self.hash.to_string(),
            "outcome": self.outcome.word(),
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
