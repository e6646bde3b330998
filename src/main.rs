//! The binary: parse, run, show the failure, exit code.
fn main() {}
