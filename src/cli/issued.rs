//! The record of erasure of a plan that was applied: when it is issued, and where it is kept.

use serde_json::{Value as Json, json};
use std::path::PathBuf;

use super::workspace::Workspace;
use crate::archive::Signer;
use crate::erasure::{Facts, write};
use crate::error::Result;
use crate::plan::Plan;
use crate::record::Digest;
use crate::register::SigningKey;

/// A record that was written.
pub struct Issued {
    /// The plan's number.
    pub plan: u32,
    /// For an authority and for the person, each as JSON and as a page.
    pub files: [PathBuf; 4],
    /// The digests of the two JSON files.
    pub digests: [Digest; 2],
}

/// Whether a record may be issued now: the one place to ask. Only of an erasure, and not while it can be undone.
pub fn is_due(plan: &Plan) -> bool {
    plan.header.asked.erases()
}

/// Writes the record into the workspace's private folder.
pub fn issue(workspace: &Workspace, facts: &Facts<'_>) -> Result<Issued> {
    let key = Key(workspace.register.signing_key()?);
    let [full, plain] = write(facts, &key)?;
    let digests = [Digest::of(&full.json), Digest::of(&plain.json)];
    let files = workspace.register.write_record(facts.plan, [&full.json, &full.html, &plain.json, &plain.html])?;
    Ok(Issued { plan: facts.plan, files, digests })
}

impl Issued {
    /// For people.
    pub fn lines(&self) -> [String; 2] {
        let [_, full, _, plain] = &self.files;
        [
            format!("Record of erasure, for an authority: {}", full.display()),
            format!("Record of erasure, for the person:   {}", plain.display()),
        ]
    }

    /// For programs.
    pub fn json(&self) -> Json {
        let [full, full_page, plain, plain_page] = &self.files;
        json!({"authority": {"json": full, "html": full_page}, "person": {"json": plain, "html": plain_page}})
    }
}

/// The workspace's signing key.
struct Key(SigningKey);

impl Signer for Key {
    fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String> {
        self.0.sign(bytes, trusted_comment)
    }

    fn public_key(&self) -> String {
        self.0.public()
    }
}
