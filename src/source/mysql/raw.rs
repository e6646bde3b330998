//! Raw reading of a MySQL or MariaDB database: every row of every table that the user may read, old versions of rows
//! included where the server keeps them.

use mysql::Value as Cell;
use mysql::prelude::Queryable as _;

use super::catalogue::{Catalogue, Table};
use super::fault::told;
use super::read::{check_readable, each_record, find};
use super::session::{Session, connect};
use crate::error::Result;
use crate::map::Address;
use crate::problem::Problem;
use crate::source::Found;
use crate::source::raw::{Files, Raw, RowBlock, RowSink};

struct MysqlRaw {
    session: Session,
    name: String,
    catalogue: Catalogue,
}

/// Opens the database and begins its snapshot.
pub fn open_raw(address: &Address, name: &str) -> Result<Box<dyn Raw>> {
    let mut session = connect(address, name)?;
    for sql in
        ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"]
    {
        told(name, "begin to read", session.conn.query_drop(sql))?;
    }
    let catalogue = told(name, "read what tables there are", Catalogue::read(&mut session, name))?;
    Ok(Box::new(MysqlRaw { session, name: name.to_owned(), catalogue }))
}

impl Raw for MysqlRaw {
    fn files(&mut self) -> Result<Files> {
        Ok(Files::default())
    }

    fn rows(&mut self, sink: &mut dyn RowSink) -> Result<Vec<Problem>> {
        let (mut problems, mut block) = (Vec::new(), RowBlock::default());
        for (shape, table) in self.catalogue.schema.collections.iter().zip(&self.catalogue.tables) {
            if table.view {
                continue;
            }
            let (conn, name) = (&mut self.session.conn, &self.name);
            let mut outcome = check_readable(conn, &self.catalogue, name, &shape.name)
                .and_then(|()| read(conn, name, &shape.name, table, "", &mut block, sink));
            if table.versioned && outcome.is_ok() {
                let called = format!("{} (old versions)", shape.name);
                let past = " FOR SYSTEM_TIME ALL WHERE ROW_END < NOW(6)";
                outcome = read(conn, name, &called, table, past, &mut block, sink);
            }
            if let Err(error) = outcome {
                block = RowBlock::default();
                problems.push(Problem::new("unswept", format!("{name}.{}", shape.name), error.message));
            }
        }
        Ok(problems)
    }

    fn records(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Vec<Problem>> {
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let sql = format!("SELECT {} FROM {}", table.column_list(), table.sql);
        let doing = format!("read {collection}");
        each_record(&mut self.session.conn, &self.name, &doing, &sql, table, shape, &mut |record| {
            sink(Found { record, line: None })
        })?;
        Ok(Vec::new())
    }
}

fn read(
    conn: &mut mysql::Conn,
    name: &str,
    called: &str,
    table: &Table,
    which: &str,
    block: &mut RowBlock,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let columns: Vec<String> = table.names.iter().cloned().collect();
    sink.table(called, &columns)?;
    let list: Vec<String> = columns.iter().map(|c| super::quoted(c)).collect();
    let sql = format!("SELECT {} FROM {}{which}", list.join(", "), table.sql);
    let doing = format!("read {called}");
    // The text protocol: every cell as the text the server writes, bytes as bytes.
    let mut rows = told(name, &doing, conn.query_iter(sql))?;
    for row in rows.by_ref() {
        for cell in told(name, &doing, row)?.unwrap_raw() {
            block.cell(|out| match cell {
                Some(Cell::Bytes(bytes)) => out.extend_from_slice(&bytes),
                Some(Cell::NULL) | None => {}
                Some(other) => out.extend_from_slice(other.as_sql(true).trim_matches('\'').as_bytes()),
            });
        }
        if block.is_full() {
            block.pass_to(sink)?;
        }
    }
    block.pass_to(sink)
}
