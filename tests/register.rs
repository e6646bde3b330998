//! The register from outside: a real folder, a real database, and somebody who edits it behind its back.

mod keys;
mod log;
mod opening;
mod plans;
mod requests;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use redress::error::{Kind, Result};
use redress::record::Digest;
use redress::register::*;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

/// A clock that goes on by a minute whenever it is looked at.
struct Minutes(AtomicI64);

impl Clock for Minutes {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(60, Ordering::Relaxed)).unwrap()
    }
}

/// Bytes that differ from call to call, the same in every run.
struct Counted(AtomicU8);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(31).wrapping_add(7));
    }
}

struct World {
    workspace: tempfile::TempDir,
    clock: Minutes,
    random: Counted,
}

impl World {
    fn new() -> World {
        let start: Timestamp = "2026-01-31T09:00:00Z".parse().unwrap();
        World {
            workspace: tempfile::tempdir().unwrap(),
            clock: Minutes(AtomicI64::new(start.as_second())),
            random: Counted(AtomicU8::new(0)),
        }
    }

    fn path(&self) -> &Path {
        self.workspace.path()
    }

    fn create(&self) -> Register<'_> {
        Register::create(self.path(), &self.clock, &self.random).unwrap()
    }

    fn open(&self) -> Result<Register<'_>> {
        Register::open(self.path(), &self.clock, &self.random)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.path().join(".redress").join(name)
    }

    /// The database, past the register.
    fn tamper(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file("register.db")).unwrap()
    }
}

static UTC: TimeZone = TimeZone::UTC;

fn ana() -> Vec<String> {
    vec!["email=ana@example.com".to_owned(), "phone=+6561234567".to_owned()]
}

fn new<'a>(selectors: &'a [String], rights: &'a [Right]) -> NewRequest<'a> {
    NewRequest { selectors, pick: None, accept: None, rights, zone: &UTC }
}

/// Every byte of every file of the workspace.
fn everything(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => bytes.extend(everything(&path)),
            false => bytes.extend(std::fs::read(path).unwrap()),
        }
    }
    bytes
}

fn keep(register: &Register<'_>, request: &Request, bytes: &[u8]) -> PlanEntry {
    let mut draft = register.draft_plan().unwrap();
    draft.write_all(bytes).unwrap();
    let head = register.head().unwrap();
    let new = NewPlan { kind: PlanKind::Erase, requests: &[request.number], hash: Digest::of(bytes), head };
    register.keep_plan(draft, &new).unwrap()
}
