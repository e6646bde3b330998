//! A small disk of its own, where this process may mount one.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A disk of two megabytes.
pub struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Mounts it; none, said aloud, where that is not allowed.
    pub fn new() -> Option<SmallDisk> {
        let dir = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m,mode=0777", "tmpfs"]).arg(dir.path()).output();
        match mounted.is_ok_and(|m| m.status.success()) {
            true => Some(SmallDisk(dir)),
            false => {
                super::skipped("the right to mount a small disk");
                None
            }
        }
    }

    /// A folder on it that belongs to the user servers run as.
    pub fn place(&self) -> PathBuf {
        let place = self.0.path().join("place");
        std::fs::create_dir(&place).unwrap();
        super::give(&place);
        place
    }

    /// Leaves no room on it.
    pub fn fill(&self) {
        let (file, mut size, mut at) = (std::fs::File::create(self.filler()).unwrap(), 1 << 20, 0);
        while size > 0 {
            match std::os::unix::fs::FileExt::write_all_at(&file, &vec![0; size], at) {
                Ok(()) => at += size as u64,
                Err(_) => size /= 2,
            }
        }
    }

    /// Takes away what filled it.
    pub fn free(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }

    /// Makes it larger.
    pub fn grow(&self) {
        let done = Command::new("mount").args(["-o", "remount,size=64m"]).arg(self.0.path()).status();
        assert!(done.is_ok_and(|s| s.success()));
    }

    fn filler(&self) -> PathBuf {
        Path::new(self.0.path()).join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}
