//! Wipes free space in which something of an erased record was left: copies that SQLite made when it moved records
//! between pages, and what was deleted before anybody asked for wiping.
//!
//! Only bytes that no row uses are set to zero, and only in the pages named, under SQLite's own lock; whether a page is
//! one of a tree, full or free is what SQLite itself says (`dbstat`, the free list). Cut off, nothing is lost: those
//! bytes mean nothing.

use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use super::pages::Pages;
use super::{connect, fault};
use crate::error::{Error, Result};
use crate::map::Address;

/// Wipes the free space of the pages in which these bytes of the file are.
pub fn wipe(address: &Address, name: &str, offsets: &[u64]) -> Result<()> {
    let path = &address.path;
    let conn = connect(path, name, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let fail = |e: rusqlite::Error| fault(name, "wipe free space", &e);
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |r| r.get(0)).map_err(fail)?;
    if mode.eq_ignore_ascii_case("wal") {
        let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0)).map_err(fail)?;
        if busy != 0 {
            return Err(Error::failed(format!(
                "source {name}: free space cannot be wiped while another process reads"
            ))
            .hint("apply the plan again when it is done"));
        }
    }
    conn.execute_batch("BEGIN EXCLUSIVE").map_err(fail)?;
    // Closing a file lets go of every lock this process has on it: this one is closed after the connection.
    let failed = |e: std::io::Error| Error::io("wipe", path, &e);
    let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    let pages = Pages::open(path)?;
    if pages.is_guarded() {
        return Err(Error::failed(format!("source {name}: its pages carry checks of their own"))
            .hint("run VACUUM with the program that writes it"));
    }
    let wanted: BTreeSet<u64> = offsets.iter().map(|offset| pages.number_at(*offset)).collect();
    let kinds = kinds(&conn, &wanted).map_err(fail)?;
    for number in wanted {
        for free in free(&pages, number, kinds.get(&number))? {
            let zeros = vec![0; free.end.saturating_sub(free.start)];
            file.write_all_at(&zeros, pages.start_of(number) + free.start as u64).map_err(failed)?;
        }
    }
    file.sync_data().map_err(failed)?;
    conn.execute_batch("ROLLBACK").map_err(fail)?;
    drop(conn);
    drop((pages, file));
    Ok(())
}

/// What SQLite says of pages: their kind, and how many of their bytes are unused.
fn kinds(conn: &Connection, wanted: &BTreeSet<u64>) -> rusqlite::Result<BTreeMap<u64, (String, usize)>> {
    let mut statement = conn.prepare("SELECT pageno, pagetype, unused FROM dbstat('main')")?;
    let mut rows = statement.query([])?;
    let mut kinds = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let number = row.get::<_, i64>(0)?.unsigned_abs();
        if wanted.contains(&number) {
            kinds.insert(number, (row.get(1)?, row.get::<_, i64>(2)?.unsigned_abs() as usize));
        }
    }
    Ok(kinds)
}

/// The bytes of a page that no row uses.
fn free(pages: &Pages, number: u64, kind: Option<&(String, usize)>) -> Result<Vec<Range<usize>>> {
    let size = pages.size();
    Ok(match kind {
        Some((kind, _)) if kind == "leaf" || kind == "internal" => pages.free_in_tree(number)?,
        // A value's last page: what is unused is at its end.
        Some((kind, unused)) if kind == "overflow" => std::iter::once(size.saturating_sub(*unused)..size).collect(),
        None => pages.free_in_list(number),
        Some(_) => Vec::new(),
    })
}
