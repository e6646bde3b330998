//! A pack: files compressed on a thread of their own into a ZIP that waits, in memory or in an unlinked temporary
//! file, until the archive is put together.
//!
//! Memory is flat: blocks travel through a bounded channel and their buffers come back. What is inside is hashed as
//! it passes.

use sha2::{Digest as _, Sha256};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use tempfile::SpooledTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::error::{Error, Result};

/// How much of a pack stays in memory.
const IN_MEMORY: usize = 2 << 20;
/// How large a block is before it goes to its thread.
const BLOCK: usize = 128 << 10;
/// How many blocks may wait.
const WAITING: usize = 4;
/// Measured: level 1 costs a third of the default's time for archives a fifth larger; see `docs/archive.md`.
const LEVEL: i64 = 1;

/// A file inside the archive: what the manifest says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

/// A pack that is ready to be copied into the archive.
pub struct Packed {
    /// The compressed files.
    pub zip: ZipArchive<Latch<SpooledTempFile>>,
    /// What they are, in the order in which they were written.
    pub entries: Vec<Entry>,
}

/// A pack that is being written.
pub struct Pack {
    send: SyncSender<Job>,
    empty: Receiver<Vec<u8>>,
    thread: JoinHandle<Result<Packed>>,
    /// The block that is being filled.
    pub block: Vec<u8>,
}

/// The packs of one archive.
pub struct Packs {
    dir: PathBuf,
    time: DateTime,
    /// The records as JSON Lines.
    pub jsonl: Pack,
    /// The records as CSV.
    pub csv: Pack,
    /// Files of their own; started with the first.
    files: Option<Pack>,
}

impl Packs {
    /// Starts the packs; what does not fit into memory waits in unlinked files in `dir`.
    pub fn start(dir: &Path, time: DateTime) -> Result<Packs> {
        let (jsonl, csv) = (Pack::start(dir, time)?, Pack::start(dir, time)?);
        Ok(Packs { dir: dir.to_owned(), time, jsonl, csv, files: None })
    }

    /// Adds a file of its own.
    pub fn file(&mut self, path: String, bytes: &[u8]) -> Result<()> {
        let pack = match &mut self.files {
            Some(pack) => pack,
            none => none.insert(Pack::start(&self.dir, self.time)?),
        };
        pack.begin(path)?;
        pack.add(bytes)?;
        pack.end()
    }

    /// Ends them all.
    pub fn finish(self) -> Result<Vec<Packed>> {
        let packs = [Some(self.jsonl), Some(self.csv), self.files];
        packs.into_iter().flatten().map(Pack::finish).collect()
    }

    /// The failure behind `error`: that of a thread, where one has failed.
    pub fn why(self, error: Error) -> Error {
        self.finish().err().unwrap_or(error)
    }
}

enum Job {
    Begin(String),
    Bytes(Vec<u8>),
    End,
}

/// The options of every file inside an archive: nothing in them depends on when or where it is made.
pub fn options(time: DateTime) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .system(System::Unix)
        .unix_permissions(0o644)
        .last_modified_time(time)
}

impl Pack {
    /// Starts a pack; what does not fit into memory waits in an unlinked file in `dir`.
    pub fn start(dir: &Path, time: DateTime) -> Result<Pack> {
        let (send, jobs) = sync_channel(WAITING);
        let (give_back, empty) = sync_channel(WAITING + 2);
        let dir = dir.to_owned();
        let thread = std::thread::Builder::new()
            .name("archive".into())
            .spawn(move || work(&jobs, &give_back, dir, time))
            .map_err(|e| Error::failed(format!("cannot start a thread: {e}")))?;
        Ok(Pack { send, empty, thread, block: Vec::with_capacity(BLOCK + 4096) })
    }

    /// Begins a file at that path.
    pub fn begin(&mut self, path: String) -> Result<()> {
        self.give(Job::Begin(path))
    }

    /// Sends the block on its way when it is full. Call after adding to `block`.
    pub fn pass(&mut self) -> Result<()> {
        match self.block.len() >= BLOCK {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Adds bytes of any length.
    pub fn add(&mut self, bytes: &[u8]) -> Result<()> {
        bytes.chunks(BLOCK).try_for_each(|chunk| {
            self.block.extend_from_slice(chunk);
            self.pass()
        })
    }

    /// Ends the file.
    pub fn end(&mut self) -> Result<()> {
        self.flush()?;
        self.give(Job::End)
    }

    /// Ends the pack.
    pub fn finish(self) -> Result<Packed> {
        drop(self.send);
        let joined = self.thread.join();
        joined.unwrap_or_else(|_| Err(Error::bug("compressing the archive failed unexpectedly")))
    }

    fn flush(&mut self) -> Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let mut next = self.empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(BLOCK + 4096));
        next.clear();
        let full = std::mem::replace(&mut self.block, next);
        self.give(Job::Bytes(full))
    }

    /// The thread only stops listening when it has failed; [`Packs::why`] then asks it.
    fn give(&mut self, job: Job) -> Result<()> {
        self.send.send(job).map_err(|_| Error::bug("the thread that compresses the archive has stopped"))
    }
}

fn work(jobs: &Receiver<Job>, give_back: &SyncSender<Vec<u8>>, dir: PathBuf, time: DateTime) -> Result<Packed> {
    let fault = |e: io::Error| Error::io("write a temporary file in", &dir, &e);
    let latch = Latch::new(SpooledTempFile::new_in(IN_MEMORY, &dir));
    let failed = latch.failure();
    // The latch never fails while writing: the writer would complain on the terminal when dropped.
    let mut zip = ZipWriter::new(latch);
    let mut entries: Vec<Entry> = Vec::new();
    let (mut path, mut hash, mut bytes) = (String::new(), Sha256::new(), 0u64);
    for job in jobs {
        match job {
            Job::Begin(name) => {
                zip.start_file(name.as_str(), options(time).large_file(true)).map_err(|e| fault(e.into()))?;
                path = name;
            }
            Job::Bytes(block) => {
                hash.update(&block);
                bytes += block.len() as u64;
                zip.write_all(&block).map_err(fault)?;
                let _ = give_back.try_send(block);
            }
            Job::End => {
                let sha256 = hex::encode(hash.finalize_reset());
                entries.push(Entry { path: std::mem::take(&mut path), sha256, bytes: std::mem::take(&mut bytes) });
            }
        }
        failed.check().map_err(fault)?;
    }
    let zip = zip.finish_into_readable();
    failed.check().map_err(fault)?;
    Ok(Packed { zip: zip.map_err(|e| fault(e.into()))?, entries })
}

/// A file whose first failure is kept and looked at between writes, while writing itself goes on into the void.
/// `ZipWriter` prints when it is dropped over a failed file, and a library does not print.
pub struct Latch<F> {
    file: F,
    failure: Failure,
}

/// The first failure of a [`Latch`].
#[derive(Clone, Default)]
pub struct Failure(Arc<OnceLock<io::Error>>);

impl Failure {
    /// The failure, if there was one. Every later call says so too.
    pub fn check(&self) -> io::Result<()> {
        match self.0.get() {
            None => Ok(()),
            Some(e) => Err(e.raw_os_error().map_or_else(|| io::Error::from(e.kind()), io::Error::from_raw_os_error)),
        }
    }

    fn has(&self) -> bool {
        self.0.get().is_some()
    }

    fn keep(&self, failure: io::Error) {
        // Only the first counts.
        let _ = self.0.set(failure);
    }
}

impl<F> Latch<F> {
    /// A latch on a file.
    pub fn new(file: F) -> Self {
        Latch { file, failure: Failure::default() }
    }

    /// The file.
    pub fn into_inner(self) -> F {
        self.file
    }

    /// Where its failure is seen.
    pub fn failure(&self) -> Failure {
        self.failure.clone()
    }
}

impl<F: Write> Write for Latch<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.failure.has() {
            match self.file.write(bytes) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => return Err(e),
                Err(e) => self.failure.keep(e),
                Ok(0) if !bytes.is_empty() => self.failure.keep(io::ErrorKind::WriteZero.into()),
                Ok(n) => return Ok(n),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.failure.has()
            && let Err(e) = self.file.flush()
        {
            self.failure.keep(e);
        }
        Ok(())
    }
}

impl<F: Seek> Seek for Latch<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl<F: Read> Read for Latch<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file.read(into)
    }
}
