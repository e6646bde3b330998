//! The binary: parse, run, show the failure, exit code. Everything else is in the library.

fn main() -> std::process::ExitCode {
    redress::cli::main()
}
