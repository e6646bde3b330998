//! Wipes free space in which something of an erased record was left: copies that SQLite made when it moved records
//! between pages, and what was deleted before anybody asked for wiping.
//!
//! SQLite itself writes the pages (`sqlite_dbpage`), in one transaction: its locks, its journal or write-ahead log, and
//! other processes' snapshots hold as for any other change, and one that is cut off is taken back. Only bytes that no row
//! uses are set to zero, and only in the pages named; whether a page is one of a tree, full or free is what SQLite itself
//! says (`dbstat`, the free list) within that transaction.

use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::pages::Pages;
use super::{connect, fault};
use crate::error::{Error, Result};
use crate::map::Address;

/// Wipes the free space of the pages in which these bytes of the file are.
pub fn wipe(address: &Address, name: &str, offsets: &[u64]) -> Result<()> {
    let conn = connect(&address.path, name, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let fail = |e: rusqlite::Error| fault(name, "wipe free space", &e);
    let by_hand = |why: &str| Err(Error::failed(format!("source {name}: free space {why}")).hint("run VACUUM on it"));
    if !has_pages(&conn).map_err(fail)? {
        return by_hand("cannot be wiped: this build of SQLite lacks sqlite_dbpage");
    }
    conn.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
    let pages = Pages::within(&conn, name)?;
    if pages.is_guarded() {
        return by_hand("is not touched: something else keeps checks of its own in the pages");
    }
    let wanted: BTreeSet<u64> = offsets.iter().map(|offset| pages.number_at(*offset)).collect();
    let kinds = kinds(&conn, &wanted).map_err(fail)?;
    let mut write = conn.prepare("UPDATE sqlite_dbpage SET data = ?1 WHERE pgno = ?2").map_err(fail)?;
    for number in wanted {
        let ranges = free(&pages, number, kinds.get(&number))?;
        if ranges.is_empty() {
            continue;
        }
        let mut page = pages.page(number)?;
        for range in ranges {
            page.get_mut(range).into_iter().for_each(|bytes| bytes.fill(0));
        }
        write.execute((page, number as i64)).map_err(fail)?;
    }
    drop((write, pages));
    conn.execute_batch("COMMIT").map_err(fail)?;
    match super::write::empties_log(&conn) {
        true => Ok(()),
        false => Err(Error::failed(format!(
            "source {name}: free space is wiped in its write-ahead log (-wal) only, because another process is reading"
        ))
        .hint("run PRAGMA wal_checkpoint(TRUNCATE) when that is done, then apply the plan again")),
    }
}

fn has_pages(conn: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM pragma_module_list WHERE name = 'sqlite_dbpage'";
    conn.query_row(sql, [], |r| Ok(r.get::<_, i64>(0)? > 0))
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
fn free(pages: &Pages<'_>, number: u64, kind: Option<&(String, usize)>) -> Result<Vec<Range<usize>>> {
    let size = pages.size();
    Ok(match kind {
        Some((kind, _)) if kind == "leaf" || kind == "internal" => pages.free_in_tree(number)?,
        // A value's last page: what is unused is at its end.
        Some((kind, unused)) if kind == "overflow" => std::iter::once(size.saturating_sub(*unused)..size).collect(),
        None => pages.free_in_list(number),
        Some(_) => Vec::new(),
    })
}
