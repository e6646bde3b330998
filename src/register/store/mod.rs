//! The register's database: opening it, its transactions, its errors in words. The only place of SQL for the register.
//!
//! The journal is truncated, not kept: a transaction is durable when it ends and nothing erased stays behind in a
//! second file. Opening writes nothing where the schema is current. What the tables mean is in the files beside.

mod accepted;
mod approvals;
mod archives;
mod holds;
mod keys;
mod ledger;
mod log;
mod own;
mod plans;
mod requests;
mod schema;
mod window;

pub use accepted::Accepted;
pub use approvals::Approval;
pub use ledger::Kept;

use rusqlite::{Connection, ErrorCode, OpenFlags, Row};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folder::private;
use crate::error::{Error, Result};
use crate::record::Digest;

/// How long a transaction waits for that of another command; they take milliseconds.
const WAIT: Duration = Duration::from_secs(10);

/// The open database.
pub(super) struct Store {
    db: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database, brings an older schema up to date and refuses a newer one.
    pub fn open(path: &Path) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(doing("open"))?;
        prepare(&db).map_err(doing("open"))?;
        let store = Store { db, path: path.to_owned() };
        schema::bring_up_to_date(&store, schema::STEPS)?;
        Ok(store)
    }

    /// Creates the database, or opens the one that is there.
    pub fn create(path: &Path) -> Result<Store> {
        // The file is made private before SQLite writes anything into it.
        private().create(true).truncate(false).open(path).map_err(|cause| Error::io("create", path, &cause))?;
        Store::open(path)
    }

    /// Does `work` in one transaction: all of it or nothing. Within another transaction it is a part of that one.
    pub fn together<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let outermost = self.db.is_autocommit();
        let [begin, end, undo] = match outermost {
            true => ["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"],
            false => ["SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part"],
        };
        self.db.execute_batch(begin).map_err(doing("write to"))?;
        let mut guard = Undo { db: &self.db, undo: Some(undo) };
        let done = work()?;
        self.db.execute_batch(end).map_err(doing("write to"))?;
        guard.undo = None;
        Ok(done)
    }

    fn damaged(&self, what: &str) -> Error {
        Error::failed(format!("the register {} is damaged: {what}", self.path.display()))
            .hint("restore the folder .redress from your last backup")
    }
}

/// Takes a transaction back unless it ended well, whichever way it is left.
struct Undo<'a> {
    db: &'a Connection,
    undo: Option<&'static str>,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if let Some(undo) = self.undo {
            // Where this fails SQLite has taken the transaction back already, or does when the file is next opened.
            let _ = self.db.execute_batch(undo);
        }
    }
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(WAIT)?;
    db.execute_batch(
        "PRAGMA journal_mode = TRUNCATE;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;",
    )
}

/// The database's failures in our words; its own may quote what was stored.
fn doing(what: &str) -> impl Fn(rusqlite::Error) -> Error + '_ {
    move |cause| {
        let (why, hint) = match cause.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                ("another program keeps it busy", "run the command again when the other one has ended")
            }
            Some(ErrorCode::DiskFull) => ("the disk is full", "free some space and run the command again"),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                ("writing is not allowed", "check who may write in the folder .redress")
            }
            Some(ErrorCode::CannotOpen) => {
                ("it cannot be opened", "check that .redress/register.db may be read and written")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                ("it is damaged", "restore the folder .redress from your last backup")
            }
            Some(ErrorCode::SystemIoFailure) => ("the disk failed", "check the disk, and run the command again"),
            Some(ErrorCode::ConstraintViolation) => {
                return Error::bug(format!("cannot {what} the register: a rule of its own was broken"));
            }
            Some(code) => return Error::failed(format!("cannot {what} the register: SQLite says {code:?}")),
            None => ("it holds what it cannot hold", "restore the folder .redress from your last backup"),
        };
        Error::failed(format!("cannot {what} the register: {why}")).hint(hint)
    }
}

/// A column that holds text which `read` understands.
fn parsed<T>(row: &Row<'_>, column: usize, read: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    read(text).ok_or_else(|| bad(row, column))
}

/// A column that holds such text, or nothing.
fn parsed_or_null<T>(
    row: &Row<'_>,
    column: usize,
    read: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => parsed(row, column, read).map(Some),
    }
}

fn time(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    row.get(column).map(Digest)
}

fn bad(row: &Row<'_>, column: usize) -> rusqlite::Error {
    let name = row.as_ref().column_name(column).unwrap_or("?").to_owned();
    rusqlite::Error::InvalidColumnType(column, name, rusqlite::types::Type::Text)
}
