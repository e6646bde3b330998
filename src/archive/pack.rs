//! A pack: files compressed on a thread of their own, waiting in memory or in an unlinked temporary file until the
//! archive is put together.
//!
//! Memory is flat: blocks travel through a bounded channel and their buffers come back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tempfile::SpooledTempFile;

use super::deflate::{Deflater, Entry};
use super::files;
use crate::error::{Error, Result};

/// How much of a pack stays in memory.
const IN_MEMORY: usize = 1 << 20;
/// How large a block is before it goes to its thread.
const BLOCK: usize = 128 << 10;
/// How many blocks may wait.
const WAITING: usize = 4;

/// A pack that is ready to be copied into the archive.
pub struct Packed {
    /// The compressed files, end to end.
    pub spool: SpooledTempFile,
    /// What they are, in the order in which they stand there.
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
    /// The records as JSON Lines.
    pub jsonl: Pack,
    /// The records as CSV.
    pub csv: Pack,
    /// Files of their own; started with the first.
    files: Option<Pack>,
    /// Pages beside the first; started with the first of them.
    pages: Option<Pack>,
}

impl Packs {
    /// Starts the packs; what does not fit into memory waits in unlinked files in `dir`.
    pub fn start(dir: &Path) -> Result<Packs> {
        let (jsonl, csv) = (Pack::start(dir)?, Pack::start(dir)?);
        Ok(Packs { dir: dir.to_owned(), jsonl, csv, files: None, pages: None })
    }

    /// Adds a file of its own.
    pub fn file(&mut self, path: String, bytes: &[u8]) -> Result<()> {
        whole(&mut self.files, &self.dir, path, bytes)
    }

    /// Adds a page beside the first.
    pub fn page(&mut self, path: String, bytes: &[u8]) -> Result<()> {
        whole(&mut self.pages, &self.dir, path, bytes)
    }

    /// Ends them all.
    pub fn finish(self) -> Result<Vec<Packed>> {
        let packs = [Some(self.jsonl), Some(self.csv), self.files, self.pages];
        packs.into_iter().flatten().map(Pack::finish).collect()
    }

    /// The failure behind `error`: that of a thread, where one has failed.
    pub fn why(self, error: Error) -> Error {
        self.finish().err().unwrap_or(error)
    }
}

/// Adds a whole file to a pack that is started with its first.
fn whole(pack: &mut Option<Pack>, dir: &Path, path: String, bytes: &[u8]) -> Result<()> {
    let pack = match pack {
        Some(pack) => pack,
        none => none.insert(Pack::start(dir)?),
    };
    pack.begin(path)?;
    pack.add(bytes)?;
    pack.end()
}

enum Job {
    Begin(String),
    Bytes(Vec<u8>),
    End,
}

impl Pack {
    /// Starts a pack; what does not fit into memory waits in an unlinked file in `dir`.
    pub fn start(dir: &Path) -> Result<Pack> {
        let (send, jobs) = sync_channel(WAITING);
        let (give_back, empty) = sync_channel(WAITING + 2);
        let dir = dir.to_owned();
        let thread = std::thread::Builder::new()
            .name("archive".into())
            .spawn(move || work(&jobs, &give_back, &dir))
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

fn work(jobs: &Receiver<Job>, give_back: &SyncSender<Vec<u8>>, dir: &Path) -> Result<Packed> {
    let fault = |e: io::Error| Error::io("write a temporary file in", dir, &e);
    let mut spool = SpooledTempFile::new_in(IN_MEMORY, dir);
    let mut deflater = Deflater::new();
    let (mut entries, mut path) = (Vec::new(), String::new());
    for job in jobs {
        match job {
            Job::Begin(name) => {
                deflater.begin(files::is_packed(&name));
                path = name;
            }
            Job::Bytes(block) => {
                deflater.add(&block, &mut spool).map_err(fault)?;
                // Where nobody waits for the buffer it is let go.
                let _ = give_back.try_send(block);
            }
            Job::End => entries.push(deflater.end(std::mem::take(&mut path), &mut spool).map_err(fault)?),
        }
    }
    Ok(Packed { spool, entries })
}
