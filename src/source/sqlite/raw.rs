//! Raw reading of a SQLite database: every row of every table, SQLite's own and those behind virtual tables too, and the
//! files themselves, in whose free pages and logs the past may lie.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::io::Write as _;
use std::path::PathBuf;

use super::pages::Pages;
use super::read::{Reader, column_list, names_of, record};
use super::{connect, fault, quoted, schema};
use crate::error::Result;
use crate::map::Address;
use crate::problem::Problem;
use crate::source::Found;
use crate::source::raw::{Files, Raw, RawFile, RawKind, RowBlock, RowSink};

struct SqliteRaw {
    address: Address,
    name: String,
    pages: Option<Pages<'static>>,
}

/// Of an address. A connection is open only while rows are read: the files are read, too, and closing one would let go of
/// the locks that this process has on it.
pub fn open_raw(address: &Address, name: &str) -> Result<Box<dyn Raw>> {
    Ok(Box::new(SqliteRaw { address: address.clone(), name: name.to_owned(), pages: None }))
}

impl SqliteRaw {
    /// Opens the database read-only, and begins a snapshot.
    fn reader(&self) -> Result<Reader> {
        let conn = connect(&self.address.path, &self.name, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let fail = |e: rusqlite::Error| fault(&self.name, "read the database", &e);
        conn.execute_batch("BEGIN").map_err(fail)?;
        let schema = schema::read(&conn).map_err(fail)?;
        Ok(Reader { conn, name: self.name.clone(), schema })
    }
}

impl Raw for SqliteRaw {
    fn files(&mut self) -> Result<Files> {
        let mut files = Files::default();
        let file = self.address.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        for (ending, kind) in [("", RawKind::Pages), ("-wal", RawKind::Log), ("-journal", RawKind::Log)] {
            let mut path = self.address.path.clone().into_os_string();
            path.push(ending);
            let path = PathBuf::from(path);
            if path.is_file() {
                files.files.push(RawFile { path, name: format!("{file}{ending}"), kind });
            }
        }
        Ok(files)
    }

    fn rows(&mut self, sink: &mut dyn RowSink) -> Result<Vec<Problem>> {
        let reader = self.reader()?;
        let (conn, name) = (&reader.conn, &reader.name);
        let tables = tables(conn).map_err(|e| fault(name, "list the tables", &e))?;
        let (mut problems, mut block) = (Vec::new(), RowBlock::default());
        for table in tables {
            if let Err(cause) = rows_of(conn, name, &table, &mut block, sink) {
                block = RowBlock::default();
                let place = format!("{name}.{table}");
                problems.push(Problem::new("unswept", place, cause.message));
            }
        }
        Ok(problems)
    }

    fn records(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Vec<Problem>> {
        let reader = self.reader()?;
        let shape = reader.shape(collection)?;
        let fail = |e: rusqlite::Error| fault(&reader.name, &format!("read {collection}"), &e);
        let sql = format!("SELECT {} FROM {}", column_list(shape), quoted(collection));
        let mut statement = reader.conn.prepare(&sql).map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        let names = names_of(shape);
        while let Some(row) = rows.next().map_err(fail)? {
            sink(Found { record: record(row, &names).map_err(fail)?, line: None })?;
        }
        Ok(Vec::new())
    }

    fn is_in_use(&mut self, file: &RawFile, offset: u64) -> Result<bool> {
        if file.kind != RawKind::Pages {
            return Ok(false);
        }
        let pages = match &mut self.pages {
            Some(pages) => pages,
            none => none.insert(Pages::open(&file.path)?),
        };
        pages.is_in_use(offset)
    }
}

/// Every table that has pages of its own.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name";
    let mut statement = conn.prepare(sql)?;
    let named = statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(named.into_iter().chain(["sqlite_schema".to_owned()]).collect())
}

fn rows_of(conn: &Connection, name: &str, table: &str, block: &mut RowBlock, sink: &mut dyn RowSink) -> Result<()> {
    let fail = |e: rusqlite::Error| fault(name, &format!("read {table}"), &e);
    let mut statement = conn.prepare(&format!("SELECT * FROM {}", quoted(table))).map_err(fail)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    sink.table(table, &columns)?;
    let mut rows = statement.query([]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        for i in 0..columns.len() {
            let value = row.get_ref(i).map_err(fail)?;
            // Writing to memory cannot fail.
            block.cell(|out| match value {
                ValueRef::Null => {}
                ValueRef::Integer(n) => _ = write!(out, "{n}"),
                ValueRef::Real(n) => _ = write!(out, "{n}"),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => out.extend_from_slice(bytes),
            });
        }
        if block.is_full() {
            block.pass_to(sink)?;
        }
    }
    block.pass_to(sink)
}
