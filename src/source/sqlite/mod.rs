//! SQLite databases as sources.
//!
//! Read-only for everything but applying a plan. No type of the driver leaves this folder.

mod checks;
mod conditions;
mod pages;
mod raw;
mod read;
mod schema;
mod search;
mod served;
#[cfg(test)]
mod tests;
mod values;
mod wipe;
mod write;

pub use raw::open_raw;
pub use read::open;
pub use wipe::wipe;
pub use write::open_writer;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};

/// How long a database that another process has locked is waited for.
const BUSY: Duration = Duration::from_secs(5);

fn connect(path: &Path, name: &str, flags: OpenFlags) -> Result<Connection> {
    let meta = std::fs::metadata(path).map_err(|e| Error::io(&format!("open the source {name}:"), path, &e))?;
    if !meta.is_file() {
        return Err(Error::failed(format!("source {name}: {} is not a file", path.display()))
            .hint("give the path of the database file itself"));
    }
    let fail = |e: rusqlite::Error| fault(name, "open the database", &e);
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fail)?;
    conn.busy_timeout(BUSY).map_err(fail)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(fail)?;
    rusqlite::vtab::array::load_module(&conn).map_err(fail)?;
    Ok(conn)
}

/// A driver's failure in words. Only fixed texts: the driver's own may quote a value.
fn fault(name: &str, doing: &str, error: &rusqlite::Error) -> Error {
    let failed = |what: &str| Error::failed(format!("source {name}: cannot {doing}: {what}"));
    let Some(code) = error.sqlite_error_code() else {
        return match error {
            rusqlite::Error::InvalidParameterCount(..) => Error::bug(format!("source {name}: {doing}: parameters")),
            _ => failed("the driver refused"),
        };
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            failed("another process has locked it").hint("wait until that process is done, then run the command again")
        }
        ErrorCode::NotADatabase => {
            failed("the file is not a SQLite database, or it is encrypted").hint("check the path")
        }
        ErrorCode::DatabaseCorrupt => {
            failed("the database is damaged").hint("check it with sqlite3 FILE \"PRAGMA integrity_check\"")
        }
        ErrorCode::DiskFull => failed("the disk is full").hint("free some space and run the command again"),
        ErrorCode::ReadOnly => failed("the file, or its folder, may not be written").hint("check who may use it"),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            failed("the file cannot be opened").hint("check who may use the file and, for a WAL database, its folder")
        }
        ErrorCode::ConstraintViolation => failed("a constraint of the database forbids it"),
        other => failed(&format!("SQLite says {other:?}")),
    }
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
