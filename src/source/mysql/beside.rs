//! Runs a statement that changes records, and sees what the server changed beside it.
//!
//! The server counts, for each session, the records it deletes, changes and adds; what triggers do counts too. What
//! its foreign keys do by themselves does in MySQL 9.6 and later alone: it is looked for beforehand, in `references`.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Row};

use super::fault::told;
use super::relations::text;
use crate::error::{Error, Result};

/// Records deleted, changed, added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub deleted: u64,
    pub changed: u64,
    pub added: u64,
}

/// What a statement did.
pub(super) struct Done {
    /// How many records it addressed.
    pub addressed: u64,
    /// How many records changed beside.
    pub beside: Counts,
}

fn ask(conn: &mut Conn, name: &str) -> Result<Counts> {
    let sql = "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_delete', 'Handler_update', 'Handler_write')";
    let rows: Vec<Row> = told(name, "count what changed", conn.query(sql))?;
    let mut counts = Counts::default();
    for row in &rows {
        let number = text(row, 1).and_then(|n| n.parse().ok()).unwrap_or(0);
        match text(row, 0).unwrap_or_default().to_ascii_lowercase().as_str() {
            "handler_delete" => counts.deleted = number,
            "handler_update" => counts.changed = number,
            _ => counts.added = number,
        }
    }
    Ok(counts)
}

/// Runs a statement that changes records; `factor` is how often the server counts each. A statement after which the
/// server warns is an error: a value may have been altered.
pub(super) fn run(conn: &mut Conn, name: &str, doing: &str, sql: &str, factor: u64) -> Result<Done> {
    let first = ask(conn, name)?;
    let before = ask(conn, name)?;
    // What asking adds by itself.
    let noise = before.added.saturating_sub(first.added);
    let (addressed, changed, warnings) = {
        let result = told(name, doing, conn.query_iter(sql))?;
        (result.affected_rows(), changed(&result.info_str()), result.warnings())
    };
    if warnings > 0 {
        refuse_warnings(conn, name, doing)?;
    }
    let after = ask(conn, name)?;
    let (own_deleted, own_changed, own_added) = match changed {
        _ if sql.starts_with("INSERT") => (0, 0, addressed),
        Some(changed) => (0, changed, 0),
        None => (addressed, 0, 0),
    };
    let more = |after: u64, before: u64, own: u64| after.saturating_sub(before).saturating_sub(own * factor);
    let mut beside = Counts {
        deleted: more(after.deleted, before.deleted, own_deleted),
        changed: more(after.changed, before.changed, own_changed),
        added: more(after.added, before.added + noise, own_added),
    };
    if factor > 1 {
        // A record that moves to another partition is deleted here and added there.
        let moved = beside.added.min(beside.deleted).min(own_changed);
        (beside.added, beside.deleted) = (beside.added - moved, beside.deleted - moved);
    }
    Ok(Done { addressed, beside })
}

/// Whether the server counts what foreign keys change by themselves: MySQL 9.6 and later do, unless its storage engine
/// is told to see to them.
pub(super) fn counts_references(conn: &mut Conn, name: &str) -> Result<bool> {
    let sql = "SHOW VARIABLES LIKE 'innodb_native_foreign_keys'";
    let rows: Vec<Row> = told(name, "ask how references are followed", conn.query(sql))?;
    Ok(rows.first().and_then(|row| text(row, 1)).is_some_and(|value| value.eq_ignore_ascii_case("off")))
}

/// How many records an update really changed: `Rows matched: 2  Changed: 1  Warnings: 0`.
fn changed(info: &str) -> Option<u64> {
    info.split("Changed: ").nth(1)?.split_whitespace().next()?.parse().ok()
}

/// Warnings that say nothing about values: how the change is replicated.
const HARMLESS: [u64; 1] = [1592];

fn refuse_warnings(conn: &mut Conn, name: &str, doing: &str) -> Result<()> {
    let rows: Vec<Row> = told(name, doing, conn.query("SHOW WARNINGS"))?;
    for row in &rows {
        let code = text(row, 1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        if text(row, 0).as_deref() != Some("Note") && !HARMLESS.contains(&code) {
            let text = format!("source {name}: cannot {doing}: the server warns ({code}) that a value was altered");
            return Err(Error::failed(text).hint("nothing was changed; give the field another `erase`"));
        }
    }
    Ok(())
}

impl Counts {
    pub fn is_nothing(&self) -> bool {
        *self == Counts::default()
    }

    pub fn add(&mut self, other: &Counts) {
        self.deleted += other.deleted;
        self.changed += other.changed;
        self.added += other.added;
    }

    /// `deleted 1, added 2`.
    pub fn said(&self) -> String {
        let all = [("added", self.added), ("changed", self.changed), ("deleted", self.deleted)];
        let said: Vec<String> = all.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word} {n}")).collect();
        said.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_update_says() {
        assert_eq!(changed("Rows matched: 12  Changed: 3  Warnings: 0"), Some(3));
        assert_eq!(changed(""), None);
    }
}
