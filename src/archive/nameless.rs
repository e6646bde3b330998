//! A file without a name until it is whole: whatever kills the process, nothing half-written stays behind.
//!
//! Where the file system cannot do that, it is a temporary file that is removed unless the process is killed outright.

use std::fs::File;
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// A file that is being written, readable by its owner alone.
pub enum Nameless {
    /// It has no name anywhere.
    Unlinked(File),
    /// It has one for the time being.
    Named(NamedTempFile),
}

impl Nameless {
    /// Begins a file on the file system of `dir`.
    pub fn begin(dir: &Path) -> io::Result<Nameless> {
        match unlinked(dir) {
            Some(file) => Ok(Nameless::Unlinked(file)),
            None => named(dir).map(Nameless::Named),
        }
    }

    /// The file.
    pub fn file(&self) -> &File {
        match self {
            Nameless::Unlinked(file) => file,
            Nameless::Named(temp) => temp.as_file(),
        }
    }

    /// Brings it to disk and into the place of `out`, in one step; `dir` is the folder of `out`.
    pub fn settle(self, dir: &Path, out: &Path) -> io::Result<()> {
        self.file().sync_all()?;
        fail::fail_point!("archive.whole");
        match self {
            Nameless::Unlinked(file) => link(&file, dir, out)?,
            Nameless::Named(temp) => temp.persist(out).map(drop).map_err(|e| e.error)?,
        }
        // The new name too must survive a power cut; where folders cannot be synced there is nothing more to do.
        if let Ok(dir) = File::open(dir) {
            let _ = dir.sync_all();
        }
        Ok(())
    }
}

fn named(dir: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".redress-").suffix(".part").tempfile_in(dir)
}

#[cfg(target_os = "linux")]
fn unlinked(dir: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    // Only where it can be given a name later: that goes by the folder of open files.
    if !Path::new("/proc/self/fd").exists() {
        return None;
    }
    open(dir, OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC, Mode::RUSR | Mode::WUSR).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn unlinked(_dir: &Path) -> Option<File> {
    None
}

/// Gives the file its name; where another file has it, a name of its own first, because a link never replaces a file.
#[cfg(target_os = "linux")]
fn link(file: &File, dir: &Path, out: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    // Nothing is there: one step, in which nobody can interrupt it.
    match linkat(CWD, &path, CWD, out, AtFlags::SYMLINK_FOLLOW) {
        Err(rustix::io::Errno::EXIST) => {}
        outcome => return Ok(outcome?),
    }
    // A free name that is removed again if the last step fails.
    let place = named(dir)?.into_temp_path();
    std::fs::remove_file(&place)?;
    linkat(CWD, &path, CWD, &*place, AtFlags::SYMLINK_FOLLOW)?;
    place.persist(out).map_err(|e| e.error)
}

#[cfg(not(target_os = "linux"))]
fn link(_file: &File, _dir: &Path, _out: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn it_replaces_the_old_file_and_leaves_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a");
        for (n, make) in
            [named_one as fn(&Path) -> Nameless, |dir| Nameless::begin(dir).unwrap()].into_iter().enumerate()
        {
            for is_there in [true, false] {
                match is_there {
                    true => std::fs::write(&out, "old").unwrap(),
                    false => std::fs::remove_file(&out).unwrap(),
                }
                let new = make(dir.path());
                new.file().write_all(&[n as u8]).unwrap();
                assert_eq!(std::fs::read(&out).ok(), is_there.then(|| b"old".to_vec()));
                new.settle(dir.path(), &out).unwrap();
                assert_eq!(std::fs::read(&out).unwrap(), [n as u8]);
                assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
            }
        }
    }

    fn named_one(dir: &Path) -> Nameless {
        Nameless::Named(named(dir).unwrap())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn while_it_is_written_it_has_no_name() {
        let dir = tempfile::tempdir().unwrap();
        let new = Nameless::begin(dir.path()).unwrap();
        new.file().write_all(b"personal").unwrap();
        if matches!(new, Nameless::Unlinked(_)) {
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        }
    }
}
