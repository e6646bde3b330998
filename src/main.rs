//! The binary: parse, run, show the failure, exit code. Everything else is in the library.

/// Records come and go by the hundred thousand; the system's allocator would take a sixth of an export's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    #[cfg(feature = "failpoints")]
    die_where_told();
    redress::cli::main()
}

/// Lets a test kill the process at a named point (`FAILPOINTS=apply.started=panic`): without unwinding, as a power cut
/// would.
#[cfg(feature = "failpoints")]
fn die_where_told() {
    if std::env::var_os("FAILPOINTS").is_some() {
        std::panic::set_hook(Box::new(|_| std::process::abort()));
        std::mem::forget(fail::FailScenario::setup());
    }
}
