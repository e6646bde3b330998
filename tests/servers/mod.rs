//! Real servers for the tests: started in a temporary folder, on loopback, as an unprivileged user.
//!
//! One server of a kind serves all tests of a process; each test has a database of its own there. A server ends with
//! the process, however that ends. Where its programs are not installed its tests are skipped and say so; with CI set
//! that is a failure (`.ci/setup` installs them).

use std::io::Write as _;

pub mod disk;
pub mod firm;
pub mod keys;
pub mod mariadb;
pub mod postgres;
mod process;

pub use process::give;

/// Says that a test is skipped for want of `what`; never in CI.
pub fn skipped(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what} is missing: run .ci/setup");
    // Not through the macro, whose words the test runner keeps to itself.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what} is missing; .ci/setup installs it");
}
