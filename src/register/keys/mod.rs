//! The workspace's keys: one for signing, one for the log, one for the ledger; each with an id.
//!
//! Here is what a key is, how it is written and what is lost without it. Which keys a register was made with, and
//! that a lost one is never replaced in silence, is the store's affair.

mod secret;
mod signing;

pub use secret::Secret;
pub use signing::{SigningKey, verify, verify_from};

use std::path::Path;
use zeroize::Zeroizing;

use super::folder::Folder;
use super::system::Random;
use crate::error::{Error, Result};

/// What a key is for. Keys are never used for two purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signs archives.
    Signing,
    /// Seals the entries of the log.
    Log,
    /// Hides what the ledger remembers.
    Ledger,
    /// Makes pseudonyms.
    Pseudonyms,
}

impl Purpose {
    /// Its word; also the stem of its file.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Signing => "signing",
            Purpose::Log => "log",
            Purpose::Ledger => "ledger",
            Purpose::Pseudonyms => "pseudonyms",
        }
    }

    /// The key's file in the folder of keys.
    pub(super) fn file(self) -> String {
        format!("{}.key", self.word())
    }

    /// What nobody can do any more once the key is gone.
    pub(super) fn loss(self) -> &'static str {
        match self {
            Purpose::Signing => "archives cannot be signed any more with the key their receivers know",
            Purpose::Log => "the log cannot be continued, nor checked for entries that somebody else wrote",
            Purpose::Pseudonyms => "the same value gets another pseudonym than before",
            Purpose::Ledger => "what was erased cannot be recognised any more in a restored source",
        }
    }
}

/// What is kept as one secret file.
pub(super) trait Key: Sized {
    /// A new key for that purpose.
    fn generate(purpose: Purpose, random: &dyn Random) -> Result<Self>;
    /// Reads what [`Key::text`] wrote; `None` where it is damaged.
    fn parse(purpose: Purpose, text: &str) -> Option<Self>;
    /// The content of the secret file.
    fn text(&self, purpose: Purpose) -> Result<Zeroizing<String>>;
    /// Names the key without giving it away.
    fn id(&self) -> String;
}

/// The workspace's public key for archives, one line of base64; `None` where it never signed anything.
pub fn public_key(workspace: &Path) -> Result<Option<String>> {
    let path = Folder::of(workspace).keys().join("signing.pub");
    match std::fs::read_to_string(&path) {
        Ok(text) => signing::public_line(&text).map(Some).ok_or_else(|| {
            Error::failed(format!("{} is not a public key of minisign", path.display()))
                .hint("delete it: the next archive writes it anew from the secret key")
        }),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::io("read", &path, &cause)),
    }
}
