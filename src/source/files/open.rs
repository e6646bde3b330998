//! One open file, kept as a snapshot, and the fingerprint that tells whether it has changed since.

use std::fs::File;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What a file looked like when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    device: u64,
    inode: u64,
    len: u64,
    modified: (i64, i64),
    // The time of modification can be set back by whoever writes; this one cannot.
    changed: (i64, i64),
}

impl Fingerprint {
    fn of(about: &std::fs::Metadata) -> Self {
        Fingerprint {
            device: about.dev(),
            inode: about.ino(),
            len: about.len(),
            modified: (about.mtime(), about.mtime_nsec()),
            changed: (about.ctime(), about.ctime_nsec()),
        }
    }

    /// What tells one file from another, whatever its name.
    pub fn identity(&self) -> (u64, u64) {
        (self.device, self.inode)
    }
}

/// An open file.
#[derive(Debug)]
pub struct OpenFile {
    /// As the user named it, for messages.
    pub shown: PathBuf,
    /// Where it really is: no symbolic link on the way.
    pub real: PathBuf,
    /// The handle; never written to.
    pub file: File,
    /// What it looked like.
    pub print: Fingerprint,
}

impl OpenFile {
    /// Opens a file for reading.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |e: std::io::Error| {
            let error = Error::io("open", path, &e);
            match e.raw_os_error() {
                Some(EMFILE) => error.hint("allow more open files (ulimit -n), or name fewer files in one source"),
                _ => error,
            }
        };
        let real = path.canonicalize().map_err(failed)?;
        // Before opening: a pipe would wait for its writer.
        if !std::fs::metadata(&real).map_err(failed)?.is_file() {
            return Err(Error::failed(format!("{} is not a regular file", path.display()))
                .hint("name a file, or a folder of files"));
        }
        let file = File::open(&real).map_err(failed)?;
        let print = Fingerprint::of(&file.metadata().map_err(failed)?);
        Ok(OpenFile { shown: path.to_owned(), real, file, print })
    }

    /// Its length when it was opened.
    pub fn len(&self) -> u64 {
        self.print.len
    }

    /// Whether what the path leads to is no longer what was opened.
    pub fn has_changed(&self) -> bool {
        match std::fs::metadata(&self.real) {
            Ok(now) => Fingerprint::of(&now) != self.print,
            Err(_) => true,
        }
    }

    /// Fills `into` from `offset`; says how many bytes there were before the end of the snapshot.
    pub fn read_at(&self, into: &mut [u8], offset: u64) -> Result<usize> {
        let room = usize::try_from(self.len().saturating_sub(offset)).unwrap_or(usize::MAX).min(into.len());
        let mut filled = 0;
        while filled < room {
            match self.file.read_at(&mut into[filled..room], offset + filled as u64) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Error::io("read", &self.shown, &e)),
            }
        }
        Ok(filled)
    }

    /// The bytes from `start` to `end`.
    pub fn slice(&self, start: u64, end: u64) -> Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(end.saturating_sub(start)).unwrap_or(0)];
        let n = self.read_at(&mut bytes, start)?;
        match n == bytes.len() {
            true => Ok(bytes),
            false => Err(self.changed_error()),
        }
    }

    /// The refusal to go on with a file that somebody else has changed.
    pub fn changed_error(&self) -> Error {
        Error::refused(format!("{} changed since it was read; nothing in it was changed", self.shown.display()))
            .hint("make sure that nobody writes to it, and run the command again")
    }

    /// `file:line`.
    pub fn place(&self, line: u64) -> String {
        format!("{}:{line}", self.shown.display())
    }
}

const EMFILE: i32 = 24;
