//! Who made a plan, and who approved it, or an archive. An approval is of one hash; another plan or archive needs another.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};

use super::{digest, doing, parsed, time};
use crate::error::Result;
use crate::record::Digest;
use crate::register::Register;

/// That somebody has approved a plan, or that an archive is handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Who: a user of the operating system, or `key NAME`.
    pub by: String,
    /// The hash then.
    pub hash: Digest,
    /// The signature of the file, where a key approved it.
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
        self.belonging("SELECT by, hash, signature, at FROM approval WHERE plan = ?1 ORDER BY at, by", plan, read)
    }

    /// Records that somebody approves that an archive is handed over.
    pub fn approve_archive(&self, archive: u32, by: &str, hash: Digest, signature: Option<&str>) -> Result<()> {
        let sql = "INSERT INTO archive_approval (archive, by, hash, signature, at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (archive, by) DO UPDATE
            SET hash = excluded.hash, signature = excluded.signature, at = excluded.at";
        self.execute(sql, (archive, by, hash.0, signature, self.now().to_string()))
    }

    /// Who approved that an archive is handed over.
    pub fn archive_approvals(&self, archive: u32) -> Result<Vec<Approval>> {
        let sql = "SELECT by, hash, signature, at FROM archive_approval WHERE archive = ?1 ORDER BY at, by";
        self.belonging(sql, archive, read)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Approval> {
    Ok(Approval { by: row.get(0)?, hash: digest(row, 1)?, signature: row.get(2)?, at: parsed(row, 3, time)? })
}
