//! Writing a SQLite database: one transaction, references enforced, what was deleted overwritten.

use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use super::read::{column_list, names_of, record};
use super::values::{placeholder, to_sql};
use super::{connect, fault, quoted, schema};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{Digest, Key, Record, Value};
use crate::source::{Action, Edit, EditChange, Remains, Schema, Shape, ShapeKind, Writer, Written};

/// What changed, by table: how often, and which rows.
type Touched = Arc<Mutex<BTreeMap<String, (u64, HashSet<i64>)>>>;

/// A SQLite database within its one writing transaction.
struct SqliteWriter {
    conn: Connection,
    name: String,
    schema: Schema,
    /// What virtual tables keep behind the scenes: changes there are no more than those of the tables themselves.
    behind: HashSet<String>,
    touched: Touched,
}

/// What addresses one row exactly.
enum Row {
    Rowid(i64),
    Key(Vec<(String, Value)>),
}

/// Opens the database for writing and begins the transaction.
pub fn open_writer(address: &Address, name: &str) -> Result<Box<dyn Writer>> {
    let mut conn = connect(&address.path, name, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let fail = |e: rusqlite::Error| fault(name, "begin to change the database", &e);
    // Exclusive from the start: who reads for long is met here, and not at the commit, when other sources are changed.
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; BEGIN EXCLUSIVE; PRAGMA defer_foreign_keys = ON;",
    )
    .map_err(fail)?;
    let schema = schema::read(&conn).map_err(fail)?;
    let touched = Touched::default();
    let seen = touched.clone();
    conn.update_hook(Some(move |_, _: &str, table: &str, row| {
        if let Ok(mut seen) = seen.lock() {
            let (times, rows) = seen.entry(table.to_owned()).or_default();
            *times += 1;
            rows.insert(row);
        }
    }))
    .map_err(fail)?;
    let behind = schema::behind(&conn).map_err(fail)?;
    Ok(Box::new(SqliteWriter { conn, name: name.to_owned(), schema, behind, touched }))
}

impl Writer for SqliteWriter {
    fn lookup(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        self.each(collection, keys, &mut |i, _, record| sink(i, record))
    }

    fn write(&mut self, edits: &[Edit<'_>]) -> Result<Written> {
        let before = self.conn.total_changes();
        if let Ok(mut touched) = self.touched.lock() {
            touched.clear();
        }
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        // All records are found before the first is changed: one may come to look like another meanwhile.
        let rows = self.rows_of(edits)?;
        for (edit, rows) in edits.iter().zip(&rows) {
            match &edit.change {
                EditChange::Insert(record) => (0..edit.count).try_for_each(|_| self.insert(edit.collection, record))?,
                _ => rows.iter().try_for_each(|row| self.edit_row(edit, row))?,
            }
            fail::fail_point!("sqlite.edited");
            *expected.entry(edit.collection.to_owned()).or_default() += edit.count;
        }
        Ok(Written { beside: self.beside(&expected, self.conn.total_changes() - before) })
    }

    fn commit(self: Box<Self>) -> Result<Remains> {
        let fail = |e: rusqlite::Error| fault(&self.name, "commit the changes", &e);
        fail::fail_point!("sqlite.before-commit");
        self.conn.execute_batch("COMMIT").map_err(fail)?;
        fail::fail_point!("sqlite.after-commit");
        Ok(self.traces().into())
    }
}

impl SqliteWriter {
    fn shape(&self, collection: &str) -> Result<&Shape> {
        self.schema
            .shape(collection)
            .ok_or_else(|| Error::failed(format!("source {}: there is no table {collection}", self.name)))
    }

    fn has_rowid(shape: &Shape) -> bool {
        shape.rows.is_some()
    }

    /// The rows that keys address, exactly: by value and type, not by the column's collation.
    fn each(
        &self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Row, Record) -> Result<()>,
    ) -> Result<()> {
        let shape = self.shape(collection)?;
        let fail = |e: rusqlite::Error| fault(&self.name, &format!("look up {collection}"), &e);
        let rowid = if Self::has_rowid(shape) { schema::rowid(shape) } else { "NULL" };
        let select = format!("SELECT {}, {rowid} FROM {}", column_list(shape), quoted(collection));
        let names = names_of(shape);
        let mut contents: HashMap<Digest, Vec<usize>> = HashMap::new();
        for (i, key) in keys.iter().enumerate() {
            let Key::Columns(parts) = key else {
                if let Key::Content(digest) = key {
                    contents.entry(*digest).or_default().push(i);
                }
                continue;
            };
            let sql = format!("{select} WHERE {}", self.condition(parts, 1)?);
            let mut statement = self.conn.prepare_cached(&sql).map_err(fail)?;
            let mut rows =
                statement.query(params_from_iter(parts.iter().filter_map(|(_, v)| to_sql(v)))).map_err(fail)?;
            while let Some(row) = rows.next().map_err(fail)? {
                let record = record(row, &names).map_err(fail)?;
                if parts.iter().all(|(name, value)| record.get(name) == Some(value)) {
                    sink(i, self.row_of(shape, row, &record)?, record)?;
                }
            }
        }
        if contents.is_empty() {
            return Ok(());
        }
        let mut statement = self.conn.prepare(&select).map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let record = record(row, &names).map_err(fail)?;
            for i in contents.get(&shape.content(&record)).into_iter().flatten() {
                sink(*i, self.row_of(shape, row, &record)?, record.clone())?;
            }
        }
        Ok(())
    }

    /// What addresses this row: its rowid, or the primary key of a table that has none.
    fn row_of(&self, shape: &Shape, row: &rusqlite::Row<'_>, record: &Record) -> Result<Row> {
        let rowid: Option<i64> =
            row.get(shape.columns.len()).map_err(|e| fault(&self.name, &format!("look up {}", shape.name), &e))?;
        match (rowid, shape.keys.first().and_then(|primary| record.key(primary))) {
            (Some(rowid), _) => Ok(Row::Rowid(rowid)),
            (None, Some(Key::Columns(parts))) => Ok(Row::Key(parts)),
            (None, _) => Err(Error::refused(format!(
                "source {}: the rows of {} have neither a number nor a key, and cannot be changed one by one",
                self.name, shape.name
            ))
            .hint("say erase = \"keep\" in the map, and change them by hand")),
        }
    }

    fn condition(&self, parts: &[(String, Value)], first: usize) -> Result<String> {
        if parts.iter().any(|(_, v)| to_sql(v).is_none()) {
            return Err(Error::failed(format!("source {}: a key holds a value SQLite has no type for", self.name)));
        }
        let part = |(i, (name, value)): (usize, &(String, Value))| {
            format!("{} IS {}", quoted(name), placeholder(value, first + i))
        };
        Ok(parts.iter().enumerate().map(part).collect::<Vec<_>>().join(" AND "))
    }

    /// The rows that each edit addresses.
    fn rows_of(&self, edits: &[Edit<'_>]) -> Result<Vec<Vec<Row>>> {
        let mut found: Vec<Vec<Row>> = edits.iter().map(|_| Vec::new()).collect();
        let mut by_collection: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let is_there = |edit: &Edit<'_>| !matches!(edit.change, EditChange::Insert(_));
        for (i, edit) in edits.iter().enumerate().filter(|(_, edit)| is_there(edit)) {
            by_collection.entry(edit.collection).or_default().push(i);
        }
        for (collection, places) in by_collection {
            let keys: Vec<&Key> = places.iter().map(|i| edits[*i].key).collect();
            self.each(collection, &keys, &mut |i, row, _| {
                found[places[i]].push(row);
                Ok(())
            })?;
        }
        for (edit, rows) in edits.iter().zip(&found).filter(|(edit, _)| is_there(edit)) {
            if rows.len() as u64 != edit.count {
                let (place, n) = (format!("{}.{}", self.name, edit.collection), rows.len());
                return Err(Error::refused(format!(
                    "{place}: a key addresses {n} records, the plan says {}",
                    edit.count
                ))
                .hint("the data have changed since the plan was made: make a new plan"));
            }
        }
        Ok(found)
    }

    /// Puts a record into a table, with all its columns but those that SQLite computes.
    fn insert(&self, collection: &str, record: &Record) -> Result<()> {
        let shape = self.shape(collection)?;
        let (mut names, mut places, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for column in shape.columns.iter().filter(|c| !c.generated) {
            let value = record.get(&column.name).filter(|v| to_sql(v).is_some());
            let Some(value) = value else {
                let place = format!("{}.{collection}.{}", self.name, column.name);
                return Err(Error::failed(format!("{place} cannot be given back its value"))
                    .hint("the table has other columns than when the plan was applied"));
            };
            values.push(value);
            names.push(quoted(&column.name));
            places.push(placeholder(value, values.len()));
        }
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", quoted(collection), names.join(", "), places.join(", "));
        let fail = |e: rusqlite::Error| fault(&self.name, &format!("insert into {collection}"), &e);
        let mut statement = self.conn.prepare_cached(&sql).map_err(fail)?;
        statement.execute(params_from_iter(values.into_iter().filter_map(to_sql))).map_err(fail).map(drop)
    }

    fn edit_row(&self, edit: &Edit<'_>, row: &Row) -> Result<()> {
        let place = format!("{}.{}", self.name, edit.collection);
        let shape = self.shape(edit.collection)?;
        let table = quoted(edit.collection);
        let mut values: Vec<&Value> = Vec::new();
        let head = match &edit.change {
            EditChange::Delete => format!("DELETE FROM {table}"),
            EditChange::Insert(_) => return Err(Error::bug("a record that comes is looked for")),
            EditChange::Set(fields) => {
                let mut sets = Vec::new();
                for (field, value) in *fields {
                    let column = shape.column(field.as_str());
                    if column.is_none_or(|c| c.generated) || to_sql(value).is_none() {
                        return Err(Error::failed(format!("{place}.{field} cannot be set to that value")));
                    }
                    values.push(value);
                    sets.push(format!("{} = {}", quoted(field.as_str()), placeholder(value, values.len())));
                }
                format!("UPDATE {table} SET {}", sets.join(", "))
            }
        };
        let id;
        let which = match row {
            Row::Rowid(n) => {
                id = Value::Int((*n).into());
                values.push(&id);
                format!("{} = ?{}", schema::rowid(shape), values.len())
            }
            Row::Key(parts) => {
                let text = self.condition(parts, values.len() + 1)?;
                values.extend(parts.iter().map(|(_, v)| v));
                text
            }
        };
        let fail = |e: rusqlite::Error| fault(&self.name, &format!("change {}", edit.collection), &e);
        let mut statement = self.conn.prepare_cached(&format!("{head} WHERE {which}")).map_err(fail)?;
        match statement.execute(params_from_iter(values.into_iter().filter_map(to_sql))).map_err(fail)? {
            1 => Ok(()),
            // Where references go round in a circle, deleting one record deletes the next along.
            0 if matches!(edit.change, EditChange::Delete) && goes_along(shape) => Ok(()),
            n => Err(Error::failed(format!("{place}: a change of one record touched {n}"))
                .hint("a trigger of the database may have prevented it; nothing was changed")),
        }
    }

    /// What changed that no edit asked for: triggers, the database's own actions on references.
    fn beside(&self, expected: &BTreeMap<String, u64>, total: u64) -> Vec<Problem> {
        let mut beside = Vec::new();
        let touched = self.touched.lock().map(|t| t.clone()).unwrap_or_default();
        let untold = expected.iter().filter(|(table, _)| !touched.contains_key(*table));
        let explained: u64 = untold.map(|(_, n)| n).chain(touched.values().map(|(times, _)| times)).sum();
        // An index behind a virtual table is such a table too; where there are no others, it alone was changed.
        let indexes = touched.keys().any(|table| self.behind.contains(table));
        let keyed = |s: &Shape| s.kind == ShapeKind::Table && !Self::has_rowid(s);
        let only_indexes = indexes && !self.schema.collections.iter().any(keyed);
        for (table, (_, rows)) in touched.into_iter().filter(|(table, _)| !self.behind.contains(table)) {
            let more = (rows.len() as u64).saturating_sub(expected.get(&table).copied().unwrap_or(0));
            if more > 0 {
                beside.push(self.moved(&table, more));
            }
        }
        // Tables without rowid are not told of one by one.
        if total > explained && !only_indexes {
            beside.push(self.moved("another table", total - explained));
        }
        beside
    }

    fn moved(&self, table: &str, n: u64) -> Problem {
        let message =
            format!("the database changed {n} more records by itself (a trigger, or an action on a reference)");
        Problem::new("changed-beside", format!("{}.{table}", self.name), message)
    }

    /// What of the old state may be left on disk after the commit.
    fn traces(&self) -> Vec<Problem> {
        let left = |message: &str| vec![Problem::new("left-on-disk", &self.name, message)];
        match empties_log(&self.conn) {
            true => Vec::new(),
            false => left(
                "its write-ahead log (-wal) still holds the old records, because another process is reading; \
                       run PRAGMA wal_checkpoint(TRUNCATE) when that is done",
            ),
        }
    }
}

/// Empties the write-ahead log, where there is one: whether nothing of the old state is left in it.
pub(super) fn empties_log(conn: &Connection) -> bool {
    let mode: Result<String, _> = conn.query_row("PRAGMA journal_mode", [], |r| r.get(0));
    if !mode.is_ok_and(|m| m.eq_ignore_ascii_case("wal")) {
        return true;
    }
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get::<_, i64>(0)).is_ok_and(|busy| busy == 0)
}

/// Whether the database deletes a row of this table with one that it refers to.
fn goes_along(shape: &Shape) -> bool {
    shape.references.iter().any(|r| r.on_delete == Action::Cascade)
}
