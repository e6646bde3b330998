//! `redress check-archive`: is this archive whole, and who signed it? Needs no workspace.

use serde_json::json;
use std::path::Path;

use super::args::CheckArchiveArgs;
use super::ui::Ui;
use super::{Exit, Report};
use crate::archive::{Checked, check};
use crate::error::Result;
use crate::register::public_key;

/// Looks at the archive; in a workspace its own key is expected.
pub fn run(folder: &Path, args: &CheckArchiveArgs) -> Result<ArchiveReport> {
    let own: Vec<String> = match &args.key {
        Some(_) => Vec::new(),
        None => public_key(folder)?.into_iter().collect(),
    };
    // A record of erasure is checked alike.
    if let Some(checked) = crate::erasure::check(&args.archive, args.key.as_deref(), &own)? {
        return Ok(ArchiveReport(checked, "record of erasure"));
    }
    Ok(ArchiveReport(check(&args.archive, args.key.as_deref(), &own)?, "archive"))
}

/// What was seen.
pub struct ArchiveReport(Checked, &'static str);

fn files(n: usize) -> String {
    if n == 1 { "1 file".to_owned() } else { format!("{n} files") }
}

impl Report for ArchiveReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let c = &self.0;
        match c.whole {
            true => ui.line(&format!("The {} is whole: {}, {} bytes.", self.1, files(c.files), c.bytes))?,
            false => ui.line(&format!("The {} is not as it was made:", self.1))?,
        }
        for fault in &c.faults {
            ui.line(&format!("  {} [{}] {}", fault.place, fault.code, fault.message))?;
        }
        if !c.key_id.is_empty() {
            ui.line(&format!("Signed by the key {} ({})", c.public_key, c.key_id))?;
            ui.line(&format!("Request {}, data as of {}, log head {}", c.reference, c.as_of, c.log_head))?;
        }
        match c.trusted {
            Some(true) => ui.line("That is the key that was expected."),
            Some(false) => ui.line("That is NOT the key that was expected."),
            None => ui.line("Whose key that is this command cannot know: compare it, or give --key."),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let c = &self.0;
        let report = json!({
            "whole": c.whole, "trusted": c.trusted, "key": c.public_key, "key_id": c.key_id, "reference": c.reference,
            "as_of": c.as_of, "log_head": c.log_head, "files": c.files, "bytes": c.bytes, "faults": c.faults,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.0.is_accepted() { Exit::Done } else { Exit::Broken }
    }
}
