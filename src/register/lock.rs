//! The lock of a workspace: readers share it, applying a plan excludes.
//!
//! It is advisory and the operating system's own, so that a killed command leaves nothing locked. It protects the
//! workspace and not the sources: other programs may write there, and `apply` looks for that itself.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use super::folder::{Folder, private};
use crate::error::{Error, Result};

/// Held until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// How often a busy lock is tried again.
const STEP: Duration = Duration::from_millis(20);

impl Lock {
    /// How long a command waits for another one unless told otherwise.
    pub const WAIT: Duration = Duration::from_secs(5);

    /// For commands that leave the sources alone: held by any number at once, and not while a plan is applied.
    pub fn shared(workspace: &Path, wait: Duration) -> Result<Lock> {
        let file = file(workspace)?;
        match attempt(wait, || file.try_lock_shared()) {
            Ok(true) => Ok(Lock { _file: file }),
            Ok(false) => Err(Error::refused("a plan is being applied in this workspace")
                .hint("wait until `redress apply` has ended there, and run the command again")),
            Err(cause) => Err(Error::io("lock", &Folder::of(workspace).lock(), &cause)),
        }
    }

    /// For `apply`: held by one, alone.
    pub fn exclusive(workspace: &Path, wait: Duration) -> Result<Lock> {
        let file = file(workspace)?;
        match attempt(wait, || file.try_lock()) {
            Ok(true) => Ok(Lock { _file: file }),
            Ok(false) => Err(busy(&file)),
            Err(cause) => Err(Error::io("lock", &Folder::of(workspace).lock(), &cause)),
        }
    }
}

fn file(workspace: &Path) -> Result<File> {
    let folder = Folder::of(workspace);
    folder.make()?;
    let path = folder.lock();
    private().create(true).truncate(false).open(&path).map_err(|cause| Error::io("open", &path, &cause))
}

/// Tries until it is given, or `wait` is over; the time is counted in steps, because no clock is at hand.
fn attempt(wait: Duration, mut lock: impl FnMut() -> Result<(), TryLockError>) -> std::io::Result<bool> {
    let mut left = wait;
    loop {
        match lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(cause)) => return Err(cause),
            Err(TryLockError::WouldBlock) if left.is_zero() => return Ok(false),
            Err(TryLockError::WouldBlock) => std::thread::sleep(STEP.min(left)),
        }
        left = left.saturating_sub(STEP);
    }
}

/// Says who is in the way: what can be shared is held by readers.
fn busy(file: &File) -> Error {
    match file.try_lock_shared() {
        Err(_) => Error::refused("another apply is running in this workspace")
            .hint("wait until it has ended, then look at `redress plan list` before you apply again"),
        Ok(()) => Error::refused("another command is reading in this workspace, and nothing may change meanwhile")
            .hint("wait until it has ended, and apply again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn readers_share_and_apply_excludes() {
        let workspace = tempfile::tempdir().unwrap();
        let (path, now) = (workspace.path(), Duration::ZERO);
        let reader = Lock::shared(path, now).unwrap();
        let second = Lock::shared(path, now).unwrap();

        let refused = Lock::exclusive(path, now).unwrap_err();
        assert_eq!(refused.kind, Kind::Refused);
        assert!(refused.message.contains("reading"), "{refused}");
        drop((reader, second));

        let apply = Lock::exclusive(path, now).unwrap();
        let refused = Lock::exclusive(path, STEP * 2).unwrap_err();
        assert_eq!(refused.kind, Kind::Refused);
        assert!(refused.message.contains("another apply is running"), "{refused}");
        assert!(Lock::shared(path, now).unwrap_err().message.contains("being applied"));
        drop(apply);

        Lock::exclusive(path, now).unwrap();
    }

    #[test]
    fn a_waiting_apply_goes_on_when_the_other_ends() {
        let workspace = tempfile::tempdir().unwrap();
        let first = Lock::exclusive(workspace.path(), Duration::ZERO).unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| Lock::exclusive(workspace.path(), Duration::from_secs(60)));
            drop(first);
            second.join().unwrap().unwrap();
        });
    }
}
