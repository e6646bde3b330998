//! What was left after a plan and an officer accepted, in the register: which place, why, by whom, when.

use jiff::Timestamp;

use super::{parsed, time};
use crate::error::Result;
use crate::register::Register;

/// A place in which something of the person may stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The place as the sweep names it: source, table and field, or source and file.
    pub place: String,
    /// Why.
    pub because: String,
    /// Who accepted it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Register<'_> {
    /// Records that what is left in a place is accepted; said again, the last word stands.
    pub fn accept_left(&self, plan: u32, place: &str, because: &str, by: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO accepted (plan, place, because, by, at) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(sql, (plan, place, because, by, self.now().to_string()))
    }

    /// What was accepted after that plan.
    pub fn accepted(&self, plan: u32) -> Result<Vec<Accepted>> {
        self.belonging("SELECT place, because, by, at FROM accepted WHERE plan = ?1 ORDER BY place", plan, |row| {
            Ok(Accepted { place: row.get(0)?, because: row.get(1)?, by: row.get(2)?, at: parsed(row, 3, time)? })
        })
    }
}
