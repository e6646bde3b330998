//! Reading a SQLite database: one snapshot, from the first question on.

use rusqlite::{Connection, OpenFlags};

use super::values::from_sql;
use super::{connect, fault, quoted, schema};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::record::{Names, Record, Value};
use crate::source::{Coverage, Found, Question, Schema, Shape, ShapeKind, Source};

/// A SQLite database opened for reading.
pub(super) struct Reader {
    pub conn: Connection,
    pub name: String,
    pub schema: Schema,
}

/// Opens the database read-only and begins its snapshot.
pub fn open(address: &Address, name: &str) -> Result<Box<dyn Source>> {
    let conn = connect(&address.path, name, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let fail = |e: rusqlite::Error| fault(name, "read the database", &e);
    conn.execute_batch("BEGIN").map_err(fail)?;
    let schema = schema::read(&conn).map_err(fail)?;
    Ok(Box::new(Reader { conn, name: name.to_owned(), schema }))
}

impl Source for Reader {
    fn schema(&mut self) -> Result<Schema> {
        Ok(self.schema.clone())
    }

    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        super::search::search(self, question, sink)
    }

    fn all(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        super::search::all(self, collection, sink)
    }

    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        let shape = self.shape(collection)?;
        let names = names_of(shape);
        let (table, list) = (quoted(collection), column_list(shape));
        let rows = shape.rows.unwrap_or(0) as usize;
        let spread = shape.kind == ShapeKind::Table && shape.rows.is_some() && rows > limit.saturating_mul(4);
        let queries: Vec<String> = match spread {
            false => vec![format!("SELECT {list} FROM {table} LIMIT {limit}")],
            true => {
                let (rowid, part) = (schema::rowid(shape), limit.div_ceil(4));
                let from = |i: usize| i * (rows / 4);
                (0..4)
                    .map(|i| {
                        format!(
                            "SELECT {list} FROM {table} WHERE {rowid} >= {} AND {rowid} < {} ORDER BY {rowid} LIMIT {part}",
                            if i == 0 { i64::MIN.to_string() } else { from(i).to_string() },
                            if i == 3 { i64::MAX.to_string() } else { from(i + 1).to_string() }
                        )
                    })
                    .collect()
            }
        };
        let mut out = Vec::new();
        let fail = |e: rusqlite::Error| fault(&self.name, &format!("sample {collection}"), &e);
        for sql in queries {
            let mut statement = self.conn.prepare(&sql).map_err(fail)?;
            let mut rows = statement.query([]).map_err(fail)?;
            while let Some(row) = rows.next().map_err(fail)? {
                out.push(record(row, &names).map_err(fail)?);
            }
        }
        out.truncate(limit);
        Ok(out)
    }

    fn broken_check(&mut self, collection: &str, records: &[Record]) -> Result<Option<String>> {
        super::checks::broken(self, collection, records)
    }

    fn held(&self, collection: &str, column: &str, value: Value) -> Value {
        let column = self.schema.shape(collection).and_then(|s| s.column(column));
        column.map_or(value.clone(), |c| super::values::held(&c.declared, value))
    }
}

impl Reader {
    pub fn shape(&self, collection: &str) -> Result<&Shape> {
        self.schema.shape(collection).ok_or_else(|| {
            Error::failed(format!("source {}: there is no table {collection}", self.name))
                .hint("`redress check` shows where the map and the database differ")
        })
    }
}

pub(super) fn names_of(shape: &Shape) -> Names {
    shape.columns.iter().map(|c| c.name.clone()).collect()
}

pub(super) fn column_list(shape: &Shape) -> String {
    shape.columns.iter().map(|c| quoted(&c.name)).collect::<Vec<_>>().join(", ")
}

/// The record in the first columns of a row.
pub(super) fn record(row: &rusqlite::Row<'_>, names: &Names) -> rusqlite::Result<Record> {
    let values = (0..names.len()).map(|i| row.get_ref(i).map(from_sql)).collect::<rusqlite::Result<_>>()?;
    Ok(Record::new(names.clone(), values))
}
