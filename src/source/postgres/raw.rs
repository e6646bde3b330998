//! Raw reading of a PostgreSQL database: every row of every table and materialised view that the role may read, as the
//! server copies it out.

use postgres::Client;
use std::collections::HashSet;
use std::io::BufRead as _;

use super::catalogue::{Catalogue, Table};
use super::fault::{fault, told};
use super::quoted;
use super::read::{each_row, guarded, readable, record};
use super::session::connect;
use super::types::Kind;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::source::raw::{Files, Raw, RowBlock, RowSink};
use crate::source::{Found, Shape};

struct PostgresRaw {
    client: Client,
    name: String,
    catalogue: Catalogue,
    /// Those that hold rows themselves.
    stored: HashSet<u32>,
}

/// Opens the database and begins its snapshot.
pub fn open_raw(address: &Address, name: &str) -> Result<Box<dyn Raw>> {
    let mut client = connect(address, name)?;
    let begin = client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SAVEPOINT asked");
    told(name, "begin to read", begin)?;
    let catalogue = told(name, "read the catalogues", Catalogue::read(&mut client))?;
    let sql = "SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'm')";
    let stored = told(name, "read the catalogues", client.query(sql, &[]))?.iter().map(|r| r.get(0)).collect();
    Ok(Box::new(PostgresRaw { client, name: name.to_owned(), catalogue, stored }))
}

impl Raw for PostgresRaw {
    fn files(&mut self) -> Result<Files> {
        Ok(Files::default())
    }

    fn rows(&mut self, sink: &mut dyn RowSink) -> Result<Vec<Problem>> {
        let (mut problems, mut block) = (Vec::new(), RowBlock::default());
        for (shape, table) in self.catalogue.schema.collections.iter().zip(&self.catalogue.tables) {
            if !self.stored.contains(&table.oid) {
                continue;
            }
            let doing = format!("read {}", shape.name);
            let outcome = readable(&self.catalogue, &self.name, &shape.name).and_then(|_| {
                guarded(&mut self.client, &self.name, &doing, &mut |client| {
                    copy(client, &self.name, shape, table, &mut block, sink)
                })
            });
            if let Err(error) = outcome {
                block = RowBlock::default();
                problems.push(Problem::new("unswept", format!("{}.{}", self.name, shape.name), error.message));
            }
        }
        Ok(problems)
    }

    fn records(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Vec<Problem>> {
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let doing = format!("read {collection}");
        let sql = format!("SELECT {} FROM {} AS t", table.column_list("t"), table.from);
        each_row(&mut self.client, &self.name, &doing, &sql, &[], &mut |row| {
            sink(Found { record: record(row, 0, table, &self.name, shape)?, line: None })
        })?;
        Ok(Vec::new())
    }
}

fn copy(
    client: &mut Client,
    name: &str,
    shape: &Shape,
    table: &Table,
    block: &mut RowBlock,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let columns: Vec<String> = table.names.iter().cloned().collect();
    sink.table(&shape.name, &columns)?;
    if columns.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
    let sql = format!("COPY (SELECT {} FROM {}) TO STDOUT", list.join(", "), table.from);
    let mut out = client.copy_out(&sql).map_err(|e| fault(name, &format!("read {}", shape.name), &e))?;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = out.read_until(b'\n', &mut line);
        if read.map_err(|_| Error::failed(format!("source {name}: cannot read {}: it broke off", shape.name)))? == 0 {
            break;
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        for (cell, ty) in line.split(|b| *b == b'\t').zip(&table.types) {
            block.cell(|out| put(cell, ty.kind == Kind::Bytes, out));
        }
        if block.is_full() {
            block.pass_to(sink)?;
        }
    }
    block.pass_to(sink)
}

/// A cell of COPY's text format as what it stands for.
fn put(cell: &[u8], is_bytes: bool, out: &mut Vec<u8>) {
    if cell == b"\\N" {
        return;
    }
    if is_bytes && let Some(digits) = cell.strip_prefix(b"\\\\x") {
        return out.extend(hex::decode(digits).unwrap_or_default());
    }
    let mut rest = cell;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let Some(code) = rest.get(at + 1) else { break };
        out.push(match code {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            other => *other,
        });
        rest = &rest[at + 2..];
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn cells_as_what_they_stand_for() {
        for (cell, is_bytes, expected) in [
            ("plain", false, &b"plain"[..]),
            ("\\N", false, b""),
            ("a\\tb\\\\u00e9\\n", false, b"a\tb\\u00e9\n"),
            ("\\\\x616e61", true, b"ana"),
            ("\\\\x616e61", false, b"\\x616e61"),
        ] {
            let mut out = Vec::new();
            put(cell.as_bytes(), is_bytes, &mut out);
            assert_eq!(out, expected, "{cell}");
        }
    }
}
