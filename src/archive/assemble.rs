//! Putting the ZIP file together: what tells of the data first, then the data by path, copied as compressed.
//!
//! There may be a million files: of each only a line's worth is kept in memory, and lists of them are written straight
//! through. What the lists say is `bag`'s and `package`'s affair.

use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::SpooledTempFile;

use super::deflate::{Deflater, Entry};
use super::pack::Packed;
use super::zipfile::{Moment, ZipFile};
use crate::error::{Error, Result};

/// How much of what tells of the data stays in memory.
const IN_MEMORY: usize = 1 << 20;

/// Every data file, by path, and where it waits compressed.
pub struct Payload {
    files: Vec<(Entry, Place)>,
    packs: Vec<SpooledTempFile>,
}

/// In which pack, and from where on.
type Place = (u8, u64);

impl Payload {
    /// Of these packs.
    pub fn of(packed: Vec<Packed>) -> Payload {
        let (mut files, mut packs) = (Vec::new(), Vec::new());
        for (number, pack) in (0..).zip(packed) {
            let mut at = 0;
            files.extend(pack.entries.into_iter().map(|entry| {
                let place = (number, at);
                at += entry.packed;
                (entry, place)
            }));
            packs.push(pack.spool);
        }
        files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        Payload { files, packs }
    }

    /// The files, by path.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.files.iter().map(|(entry, _)| entry)
    }

    /// The file at that path.
    pub fn at(&self, path: &str) -> Option<&Entry> {
        let place = self.files.binary_search_by(|(entry, _)| (*entry.path).cmp(path)).ok()?;
        self.files.get(place).map(|(entry, _)| entry)
    }
}

/// The files that tell of the data, in the order in which they stand in the archive.
pub struct Tags {
    dir: PathBuf,
    deflater: Deflater,
    spool: SpooledTempFile,
    entries: Vec<Entry>,
}

impl Tags {
    /// None yet; what does not fit into memory waits in an unlinked file in `dir`.
    pub fn in_folder(dir: &Path) -> Tags {
        let spool = SpooledTempFile::new_in(IN_MEMORY, dir);
        Tags { dir: dir.to_owned(), deflater: Deflater::new(), spool, entries: Vec::new() }
    }

    /// Adds one, as `write` writes it.
    pub fn add(&mut self, path: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        self.compress(path, write).map_err(|e| Error::io("write a temporary file in", &self.dir, &e))
    }

    fn compress(&mut self, path: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let through = Through { deflater: &mut self.deflater, spool: &mut self.spool };
        let mut out = BufWriter::with_capacity(1 << 16, through);
        write(&mut out)?;
        out.flush()?;
        drop(out);
        self.entries.push(self.deflater.end(path.to_owned(), &mut self.spool)?);
        Ok(())
    }

    /// What is there so far.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// Bytes on their way through the compressor.
struct Through<'t> {
    deflater: &'t mut Deflater,
    spool: &'t mut SpooledTempFile,
}

impl Write for Through<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.deflater.add(bytes, self.spool)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the ZIP file; gives its digest and its length.
pub fn assemble(file: &File, mut tags: Tags, payload: &mut Payload, moment: Moment) -> io::Result<(String, u64)> {
    let out = Hashing { file, hash: Sha256::new(), bytes: 0 };
    let mut zip = ZipFile::new(BufWriter::with_capacity(1 << 17, out), moment);
    tags.spool.seek(SeekFrom::Start(0))?;
    for entry in &tags.entries {
        zip.add(entry, &mut tags.spool)?;
    }
    for (entry, (pack, at)) in &payload.files {
        let spool = &mut payload.packs[usize::from(*pack)];
        spool.seek(SeekFrom::Start(*at))?;
        zip.add(entry, spool)?;
    }
    let out = zip.finish(&mut tags.entries.iter().chain(payload.entries()))?;
    let out = out.into_inner().map_err(|e| e.into_error())?;
    Ok((hex::encode(out.hash.finalize()), out.bytes))
}

/// A file whose digest is taken as it is written.
struct Hashing<'f> {
    file: &'f File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
