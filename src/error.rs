//! What went wrong, in a form the command line can show: kind, message, hints.
//!
//! Only failures are errors. What makes a result incomplete is a [`crate::problem::Problem`], a value in reports.
//! Messages name the file, line, collection or key and never hold a value of a record.

use std::fmt;

/// The class of a failure; each has its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something failed: 1.
    Failed,
    /// The machine gave out, as a disk that is full does; no source is to blame: 1.
    Machine,
    /// The command line or a selector is malformed: 2.
    Usage,
    /// Redress will not do it as asked: 4.
    Refused,
    /// A bug in Redress: 70.
    Bug,
    /// The user stopped it: 130.
    Interrupted,
}

/// A failure: what is wrong, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Its class.
    pub kind: Kind,
    /// What is wrong, with the place.
    pub message: String,
    /// What to do next, a line each.
    pub hints: Vec<String>,
    /// Whether the same may succeed when it is simply done again (a deadlock).
    pub transient: bool,
}

/// The result of everything in this library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure of that kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), hints: Vec::new(), transient: false }
    }

    /// Something failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Error::new(Kind::Failed, message)
    }

    /// What was asked makes no sense as asked.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Kind::Usage, message)
    }

    /// Redress will not do it.
    pub fn refused(message: impl Into<String>) -> Self {
        Error::new(Kind::Refused, message)
    }

    /// Redress contradicts itself.
    pub fn bug(message: impl Into<String>) -> Self {
        Error::new(Kind::Bug, message)
    }

    /// Adds what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says that the same may succeed when it is done again.
    pub fn transient(mut self) -> Self {
        self.transient = true;
        self
    }

    /// A file operation that failed: `cannot read /path: No such file or directory`.
    pub fn io(doing: &str, path: &std::path::Path, cause: &std::io::Error) -> Self {
        let message = format!("cannot {doing} {}: {}", path.display(), plain(cause));
        match cause.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Error::failed(message).hint("free some space and run the command again")
            }
            std::io::ErrorKind::FileTooLarge => {
                Error::failed(message).hint("the file system, or a limit (ulimit -f), allows no larger files here")
            }
            std::io::ErrorKind::NotFound => Error::failed(message).hint("check the path"),
            std::io::ErrorKind::PermissionDenied => Error::failed(message).hint("check who may use the file"),
            _ => Error::failed(message),
        }
    }
}

/// The system's words without its error number.
fn plain(cause: &std::io::Error) -> String {
    let text = cause.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
