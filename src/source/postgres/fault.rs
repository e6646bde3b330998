//! The driver's failures in words. The server's own texts are quoted only where they name objects, never values.

use postgres::Error as Driver;
use postgres::error::{DbError, SqlState};

use crate::error::{Error, Result};
use crate::source::server::{Host, Server};

/// A failure of a statement.
pub(super) fn fault(name: &str, doing: &str, error: &Driver) -> Error {
    let failed = |what: &str| Error::failed(format!("source {name}: cannot {doing}: {what}"));
    let Some(db) = error.as_db_error() else {
        return match error.is_closed() || source_is_io(error) {
            true => failed("the connection was lost").hint("see whether the server is up, then run the command again"),
            false => failed("the driver could not read or write a value"),
        };
    };
    let code = db.code();
    let again = |what: &str| failed(what).hint("run the command again").transient();
    if *code == SqlState::T_R_SERIALIZATION_FAILURE {
        return again("another transaction changed the same records meanwhile");
    }
    if *code == SqlState::T_R_DEADLOCK_DETECTED {
        return again("it and another transaction waited for each other (a deadlock)");
    }
    if *code == SqlState::LOCK_NOT_AVAILABLE {
        return failed("another transaction has locked the records, and did not let go in time")
            .hint("find it in pg_stat_activity, or raise lock_timeout in the source's address");
    }
    if *code == SqlState::QUERY_CANCELED {
        return failed("it took longer than statement_timeout allows, or somebody cancelled it")
            .hint("raise statement_timeout in the source's address, or add the index that the report names");
    }
    if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        return denied(failed, db);
    }
    match &code.code()[..2] {
        "57" | "08" => {
            failed("the server ended the connection").hint("see whether the server is up, then run the command again")
        }
        "53" => resources(failed, code),
        "23" => constraint(failed, db),
        "22" => failed(&format!("a value does not fit its column{}", at_column(db)))
            .hint("`redress check` names rules that do not fit"),
        "42" | "0A" | "55" => {
            failed(&first_line(db.message())).hint("`redress check` shows where the map and the database differ")
        }
        _ => failed(&format!("the server says {}", code.code())),
    }
}

fn source_is_io(error: &Driver) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<std::io::Error>() {
            return true;
        }
        cause = inner.source();
    }
    false
}

fn denied(failed: impl Fn(&str) -> Error, db: &DbError) -> Error {
    let message = first_line(db.message());
    match message.contains("row-level security") {
        true => failed("row-level security would hide records from this role")
            .hint("use a role that sees all rows: ALTER ROLE … BYPASSRLS, or the owner of the table"),
        false => failed(&message).hint("`redress check` prints the GRANT statements that the map needs"),
    }
}

fn resources(failed: impl Fn(&str) -> Error, code: &SqlState) -> Error {
    match *code {
        SqlState::DISK_FULL => {
            failed("the server's disk is full").hint("free some space there and run the command again")
        }
        SqlState::TOO_MANY_CONNECTIONS => failed("the server has no connection free").hint("try again later"),
        _ => failed("the server is out of memory or of another resource").hint("try again later"),
    }
}

fn constraint(failed: impl Fn(&str) -> Error, db: &DbError) -> Error {
    let name = db.constraint().map(|c| format!(" {c}")).unwrap_or_default();
    let table = db.table().map(|t| format!(" of {t}")).unwrap_or_default();
    let hint = match *db.code() {
        SqlState::FOREIGN_KEY_VIOLATION => "a record that stays refers to one that goes: add the link to the map",
        SqlState::NOT_NULL_VIOLATION => "the column may not be null: give the field another `erase`",
        SqlState::UNIQUE_VIOLATION => "the values must differ: use \"tombstone\"",
        _ => "give the field an `erase` whose value the constraint allows",
    };
    let column = at_column(db);
    failed(&format!("the constraint{name}{table}{column} forbids it")).hint(hint)
}

fn at_column(db: &DbError) -> String {
    db.column().map(|c| format!(" ({c})")).unwrap_or_default()
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// A failure to connect.
pub(super) fn connecting(name: &str, server: &Server, error: &Driver) -> Error {
    let place = match &server.host {
        Host::Tcp(host) => format!("{host}:{}", server.port),
        Host::Socket(folder) => format!("{} (port {})", folder.display(), server.port),
    };
    let failed = |what: &str| Error::failed(format!("source {name}: cannot connect to {place}: {what}"));
    if let Some(db) = error.as_db_error() {
        let code = db.code();
        return match &code.code()[..2] {
            "28" => failed("the server does not let this role in")
                .hint("check the user and the password variable of the address"),
            "3D" => failed("the server has no such database").hint("check the database of the address"),
            "53" => failed("it has no connection free").hint("try again later"),
            "57" => failed("it is starting up or shutting down").hint("try again in a moment"),
            _ => failed(&first_line(db.message())),
        };
    }
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_else(|| error.to_string());
    let what = cause.split(" (os error").next().unwrap_or_default().to_owned();
    let hint = match what.contains("certificate") || what.contains("TLS") {
        true => "check sslmode and sslrootcert in the address; what verify-full asks for is in docs/sources.md",
        false => "check host, port and sslmode of the address, and that the server is up",
    };
    failed(&what).hint(hint)
}

/// Passes a result on with its failure in words.
pub(super) fn told<T>(name: &str, doing: &str, result: Result<T, Driver>) -> Result<T> {
    result.map_err(|e| fault(name, doing, &e))
}
