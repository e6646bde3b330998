//! The time in which a plan that was applied can be taken back. Plain values.

use jiff::Timestamp;
use jiff::civil::Date;

use super::request::words;

/// How it stands with one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The number of the plan.
    pub plan: u32,
    /// The day on which it is over.
    pub until: Date,
    /// When taking the plan back was begun.
    pub begun_at: Option<Timestamp>,
    /// When and how it ended.
    pub ended: Option<(WindowEnd, Timestamp)>,
}

/// How the time ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowEnd {
    /// Nobody took the plan back, and now nobody can.
    Closed,
    /// The plan was taken back.
    Undone,
}

impl Window {
    /// Whether the plan can still be taken back, or that was begun and must be finished.
    pub fn is_open(&self, today: Date) -> bool {
        self.ended.is_none() && (self.begun_at.is_some() || today < self.until)
    }
}

words!(WindowEnd, Closed = "closed", Undone = "undone");
