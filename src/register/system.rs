//! What the outside world gives: the time and random bytes, as arguments, so that tests choose them.
//!
//! Nothing else in the library asks the system for either.

/// Tells the time.
pub trait Clock: Sync {
    /// Now.
    fn now(&self) -> jiff::Timestamp;
}

/// Gives bytes nobody can guess.
pub trait Random: Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's own clock and random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

impl Random for System {
    /// Panics where the operating system has no random bytes to give: no input leads there, and a key or a salt made
    /// without them would be worse than stopping.
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(cause) = getrandom::fill(bytes) {
            panic!("the operating system gives no random bytes: {cause}");
        }
    }
}
