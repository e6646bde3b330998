//! Replaces a file in one step: the new content is written beside it, made durable, and renamed over it.
//!
//! Nobody sees a half-written file, and a crash leaves the old one or the new one. What a crash may leave beside it
//! has a name that says so, and goes when the file is next opened for writing.

use fail::fail_point;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::os::unix::fs::{FileExt as _, MetadataExt as _, fchown};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

use super::open::OpenFile;
use crate::error::{Error, Result};
use crate::record::Digest;
use crate::source::Extent;

/// A change of a file's bytes: these give way to those.
pub struct Splice<'a> {
    /// What goes.
    pub range: Range<u64>,
    /// What comes.
    pub with: &'a [u8],
}

/// The new content of a file, beside it, not yet in its place. Dropped, it is removed.
pub struct Staged {
    temp: NamedTempFile,
}

/// Longer stretches are left to the kernel to copy.
const LONG: u64 = 256 * 1024;

impl Staged {
    /// Writes the file's content with `splices` (ascending, apart) carried out.
    pub fn write(file: &OpenFile, splices: &[Splice<'_>]) -> Result<Staged> {
        refuse_unfit(file)?;
        let mut staged = Staged { temp: beside(file)? };
        staged.copy(file, splices).map_err(|e| not_written(file, &e))?;
        Ok(staged)
    }

    fn copy(&mut self, file: &OpenFile, splices: &[Splice<'_>]) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::with_capacity(LONG as usize, self.temp.as_file());
        let mut at = 0;
        for splice in splices {
            stretch(file, at..splice.range.start, &mut out)?;
            out.write_all(splice.with)?;
            at = splice.range.end;
        }
        stretch(file, at..file.len(), &mut out)?;
        out.flush()
    }

    /// Some of the new content, read back.
    pub fn slice(&self, file: &OpenFile, range: &Range<u64>) -> Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(range.end - range.start).unwrap_or(0)];
        let read = self.temp.as_file().read_exact_at(&mut bytes, range.start);
        read.map_err(|e| Error::io("read back the new content of", &file.shown, &e)).map(|()| bytes)
    }

    /// Where the new content is.
    pub fn path(&self) -> &Path {
        self.temp.path()
    }

    /// How long it is, and its digest.
    pub fn extent(&self, file: &OpenFile) -> Result<Extent> {
        let failed = |e: std::io::Error| Error::io("read back the new content of", &file.shown, &e);
        let length = self.temp.as_file().metadata().map_err(failed)?.len();
        digest(self.temp.as_file(), length).map_err(failed)
    }

    /// Whether it begins with these bytes.
    pub fn begins(&self, file: &OpenFile, with: &Extent) -> Result<bool> {
        let failed = |e: std::io::Error| Error::io("read back the new content of", &file.shown, &e);
        let length = self.temp.as_file().metadata().map_err(failed)?.len();
        Ok(length >= with.length && digest(self.temp.as_file(), with.length).map_err(failed)? == *with)
    }

    /// Makes it durable, with the old file's owner and mode.
    pub fn settle(&self, file: &OpenFile) -> Result<()> {
        let failed = |e: std::io::Error| not_written(file, &e);
        let old = file.file.metadata().map_err(failed)?;
        let new = self.temp.as_file().metadata().map_err(failed)?;
        if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
            fchown(self.temp.as_file(), Some(old.uid()), Some(old.gid())).map_err(|e| {
                Error::io("keep the owner of", &file.shown, &e).hint("run as the file's owner; nothing was changed")
            })?;
        }
        self.temp.as_file().set_permissions(old.permissions()).map_err(failed)?;
        self.temp.as_file().sync_all().map_err(failed)
    }

    /// Puts it in the old file's place, unless that has changed.
    pub fn put(self, file: &OpenFile) -> Result<()> {
        fail_point!("file.before-rename");
        if file.has_changed() {
            return Err(file.changed_error());
        }
        self.temp.persist(&file.real).map_err(|e| not_written(file, &e.error))?;
        fail_point!("file.after-rename");
        let folder = folder(file);
        File::open(&folder).and_then(|f| f.sync_all()).map_err(|e| {
            Error::io("make durable the new name in", &folder, &e).hint(format!("{} is replaced", file.shown.display()))
        })
    }
}

/// The first bytes of a file.
pub fn extent(file: &OpenFile, length: u64) -> Result<Extent> {
    digest(&file.file, length).map_err(|e| Error::io("read", &file.shown, &e))
}

fn digest(file: &File, length: u64) -> std::io::Result<Extent> {
    let (mut hash, mut at, mut block) = (Sha256::new(), 0, vec![0; LONG as usize]);
    while at < length {
        let room = usize::try_from(length - at).unwrap_or(usize::MAX).min(block.len());
        match file.read_at(&mut block[..room], at)? {
            0 => break,
            n => {
                hash.update(&block[..n]);
                at += n as u64;
            }
        }
    }
    Ok(Extent { length: at, digest: Digest(hash.finalize().into()) })
}

/// Copies a stretch of the old file.
fn stretch(file: &OpenFile, range: Range<u64>, out: &mut std::io::BufWriter<&File>) -> std::io::Result<()> {
    let length = range.end.saturating_sub(range.start);
    let mut source = &file.file;
    source.seek(SeekFrom::Start(range.start))?;
    let mut source = source.take(length);
    let copied = match length > LONG {
        true => {
            out.flush()?;
            // Between two files the standard library lets the kernel do it.
            std::io::copy(&mut source, &mut &**out.get_ref())?
        }
        false => std::io::copy(&mut source, out)?,
    };
    match copied == length {
        true => Ok(()),
        false => Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the file became shorter meanwhile")),
    }
}

fn refuse_unfit(file: &OpenFile) -> Result<()> {
    let shown = file.shown.display();
    if file.has_changed() {
        return Err(file.changed_error());
    }
    let about = file.file.metadata().map_err(|e| Error::io("look at", &file.shown, &e))?;
    if about.nlink() > 1 {
        return Err(Error::refused(format!(
            "{shown} has {} names (hard links); the others would keep the old content",
            about.nlink()
        ))
        .hint("remove the other names, or replace them by symbolic links"));
    }
    // Renaming over it would succeed where writing is forbidden; who forbade it meant both.
    if let Err(e) = std::fs::OpenOptions::new().write(true).open(&file.real) {
        return Err(Error::io("write", &file.shown, &e));
    }
    Ok(())
}

fn beside(file: &OpenFile) -> Result<NamedTempFile> {
    let folder = folder(file);
    tempfile::Builder::new().prefix(&prefix(&file.real)).rand_bytes(12).tempfile_in(&folder).map_err(|e| {
        Error::io("write beside the file in", &folder, &e)
            .hint("a file is replaced by a new one written beside it: its folder must be writable")
    })
}

/// Removes what a crash has left beside the file. Call it only with the file's lock held.
pub fn clear_leftovers(file: &OpenFile) -> Result<()> {
    let folder = folder(file);
    let failed = |e: std::io::Error| Error::io("look for leftovers in", &folder, &e);
    let prefix = prefix(&file.real);
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()) {
            std::fs::remove_file(entry.path()).map_err(|e| Error::io("remove", &entry.path(), &e))?;
        }
    }
    Ok(())
}

/// How the names of files written beside this one begin: no part of its own name, which may be long.
fn prefix(real: &Path) -> String {
    let name = real.file_name().unwrap_or_default().as_encoded_bytes();
    format!(".redress-{}-", &Digest::of(name).to_string()[..16])
}

fn folder(file: &OpenFile) -> PathBuf {
    file.real.parent().unwrap_or(Path::new("/")).to_owned()
}

fn not_written(file: &OpenFile, cause: &std::io::Error) -> Error {
    Error::io("write the new content of", &file.shown, cause).hint("the file is as it was")
}
