//! Failures as exit codes; the table of docs/cli.md.

use super::Exit;
use crate::error::Kind;

/// The exit code of a failure.
pub fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Failed | Kind::Machine => 1,
        Kind::Usage => 2,
        Kind::Refused => 4,
        Kind::Bug => 70,
        Kind::Interrupted => 130,
    }
}

/// The exit code of a command that was done.
pub fn code_of_exit(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::Incomplete => 3,
        Exit::Broken => 4,
    }
}
