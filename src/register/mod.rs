//! The register: the workspace's own memory of requests, plans and their progress, archives, and the log.
//!
//! It lives in the private folder `.redress/`, with the keys and the plans. Nothing of the sources is kept here, and
//! nothing here decides what to find, change or hand out. Time and random bytes come in as arguments.

mod archive;
pub mod due;
mod folder;
mod hold;
mod keys;
mod lock;
mod log;
mod own;
mod plan;
mod request;
mod store;
mod system;
mod window;

pub use archive::{ArchiveContent, ArchiveEntry, Decision, Release};
pub use hold::{Hold, NewHold, Scope};
pub use keys::{Purpose, Secret, SigningKey, public_key, verify, verify_from};
pub use lock::Lock;
pub use log::{Entry, Fault, Head, LogEntry, LogReport, Phase, RequestRef, What};
pub use own::{NewOwnFile, OwnFile, RecordEntry};
pub use plan::{NewPlan, PlanEntry, PlanKind, PlanOutcome, PlanStatus, SourceProgress};
pub use request::{NewRequest, Outcome, Request, Right, RightAsked, Status, Verified};
pub use store::{Accepted, Approval, Kept};
pub use system::{Clock, Random, System};
pub use window::{Window, WindowEnd};

use jiff::Timestamp;
use std::cell::OnceCell;
use std::path::Path;

use crate::error::{Error, Result};
use folder::Folder;
use store::Store;

/// The register of one workspace, open.
pub struct Register<'a> {
    folder: Folder,
    store: Store,
    clock: &'a dyn Clock,
    random: &'a dyn Random,
    log_key: OnceCell<Secret>,
}

impl<'a> Register<'a> {
    /// Whether the workspace has a register.
    pub fn exists(workspace: &Path) -> bool {
        Folder::of(workspace).database().exists()
    }

    /// Opens the workspace's register; it must be there.
    pub fn open(workspace: &Path, clock: &'a dyn Clock, random: &'a dyn Random) -> Result<Self> {
        let folder = Folder::of(workspace);
        if !folder.database().exists() {
            not_lost(&folder)?;
            return Err(Error::failed(format!("there is no register in {}", workspace.display()))
                .hint("check the folder after -C; `redress init` makes a workspace"));
        }
        folder.make()?;
        let store = Store::open(&folder.database())?;
        Ok(Register { folder, store, clock, random, log_key: OnceCell::new() })
    }

    /// Creates the workspace's register, or opens the one that is there. For `init`, and for a workspace fresh from
    /// version control, which has a map and no register yet.
    pub fn create(workspace: &Path, clock: &'a dyn Clock, random: &'a dyn Random) -> Result<Self> {
        let folder = Folder::of(workspace);
        if !folder.database().exists() {
            not_lost(&folder)?;
        }
        folder.make()?;
        let store = Store::create(&folder.database())?;
        Ok(Register { folder, store, clock, random, log_key: OnceCell::new() })
    }

    /// Does `work` in one transaction, the files of plans apart: all of it is remembered, or nothing. What belongs
    /// together, like progress and its log entry, is written so, at the price of one write to the disk.
    pub fn together<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.store.together(|| work(self))
    }

    /// Now, to the second: finer would only say more about people.
    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }
}

/// Keys without a register mean that it is lost: a new one would pretend that nothing ever happened.
fn not_lost(folder: &Folder) -> Result<()> {
    let known = [Purpose::Signing, Purpose::Log, Purpose::Ledger];
    if known.iter().all(|purpose| !folder.keys().join(purpose.file()).exists()) {
        return Ok(());
    }
    Err(Error::failed(format!(
        "the register {} is lost: the keys beside it are there, but requests, plans and the log are not",
        folder.database().display()
    ))
    .hint("restore the folder .redress from your last backup")
    .hint("to begin anew without a past, move .redress away and keep it"))
}
