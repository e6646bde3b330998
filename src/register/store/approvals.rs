//! Who made a plan and who approved it. An approval is of one plan's hash; another plan needs another one.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::{digest, doing, parsed, time};
use crate::error::Result;
use crate::record::Digest;
use crate::register::Register;

/// That somebody has approved a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Who: a user of the operating system, or `key NAME`.
    pub by: String,
    /// The plan's hash then.
    pub hash: Digest,
    /// The signature of the plan's file, where a key approved it.
    pub signature: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Register<'_> {
    /// Records who made a plan; the first one stays.
    pub fn set_author(&self, plan: u32, author: &str) -> Result<()> {
        self.execute("UPDATE plan SET author = coalesce(author, ?2) WHERE number = ?1", (plan, author))
    }

    /// Who made a plan; unknown for plans of older versions.
    pub fn author(&self, plan: u32) -> Result<Option<String>> {
        let sql = "SELECT author FROM plan WHERE number = ?1";
        Ok(self.store.db.query_row(sql, [plan], |row| row.get(0)).optional().map_err(doing("read"))?.flatten())
    }

    /// Records an approval.
    pub fn approve(&self, plan: u32, by: &str, hash: Digest, signature: Option<&str>) -> Result<()> {
        let sql = "INSERT INTO approval (plan, by, hash, signature, at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (plan, by) DO UPDATE SET hash = excluded.hash, signature = excluded.signature, at = excluded.at";
        self.execute(sql, (plan, by, hash.0, signature, self.now().to_string()))
    }

    /// Who approved a plan.
    pub fn approvals(&self, plan: u32) -> Result<Vec<Approval>> {
        self.belonging("SELECT by, hash, signature, at FROM approval WHERE plan = ?1 ORDER BY at, by", plan, |row| {
            Ok(Approval { by: row.get(0)?, hash: digest(row, 1)?, signature: row.get(2)?, at: parsed(row, 3, time)? })
        })
    }
}
