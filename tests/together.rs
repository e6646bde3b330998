//! Two at once, and a disk that is full: each source is as before or as after, and whoever comes second is told.

use std::process::{Command, Stdio};

use crate::firm::Firm;

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

#[test]
fn of_two_that_apply_one_plan_one_applies_it() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &["Plan 1"]);
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.arg("-C").arg(firm.path()).args(["apply", "1", "--yes", "--json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    };
    let both = [start(), start()].map(|child| child.wait_with_output().unwrap());
    let done = both.iter().filter(|o| String::from_utf8_lossy(&o.stdout).contains("\"already_applied\":false")).count();
    let texts = both.each_ref().map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
    assert_eq!(done, 1, "{texts:?}");
    assert!(both.iter().all(|o| o.status.code() == Some(0)), "{texts:?}");
    firm.run(&["log", "check"]).is(0, &["whole"]);
}

/// A folder on a disk of two megabytes; none where this process may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new() -> Option<SmallDisk> {
        let dir = tempfile::tempdir().unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(dir.path()).output();
        if mount.is_ok_and(|o| o.status.success()) {
            return Some(SmallDisk(dir));
        }
        assert!(std::env::var_os("CI").is_none(), "a small disk cannot be mounted, and in CI nothing is skipped");
        eprintln!("skipped: a small disk cannot be mounted here");
        None
    }

    fn fill(&self) {
        let mut size = 1 << 20;
        let file = std::fs::File::create(self.0.path().join("fill")).unwrap();
        let mut at = 0;
        while size > 0 {
            match std::os::unix::fs::FileExt::write_all_at(&file, &vec![0; size], at) {
                Ok(()) => at += size as u64,
                Err(_) => size /= 2,
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_anywhere_changes_nothing_anywhere() {
    for what in ["shop.db", "exports", "events.ndjson", ".redress"] {
        let Some(disk) = SmallDisk::new() else { return };
        let firm = Firm::new();
        firm.run(&ERASE).is(0, &["Plan 1"]);
        let there = disk.0.path().join(what.trim_start_matches('.'));
        let moved = Command::new("cp").arg("-a").arg(firm.path().join(what)).arg(&there).status().unwrap();
        assert!(moved.success());
        let old = firm.path().join(what);
        if old.is_dir() {
            std::fs::remove_dir_all(&old).unwrap()
        } else {
            std::fs::remove_file(&old).unwrap()
        }
        std::os::unix::fs::symlink(&there, &old).unwrap();
        disk.fill();
        let before = firm.everything();
        let ended = firm.run(&["apply", "1", "--yes"]);
        assert_eq!(ended.code, 1, "{what}: {}{}", ended.out, ended.err);
        assert!(ended.err.contains("free some space"), "{what}: {}", ended.err);
        assert!(firm.everything() == before, "{what}: something has changed");
        std::fs::remove_file(disk.0.path().join("fill")).unwrap();
        firm.run(&["apply", "1", "--yes"]).is(0, &["nothing is left"]);
    }
}
