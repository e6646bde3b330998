//! Whether the `CHECK` constraints of a table take a record: asked of an empty table of the same definition, in memory.
//!
//! What cannot be asked there (a function or collation that only the application has) is seen when the plan is applied.

use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::quoted;
use super::read::Reader;
use super::values::{placeholder, to_sql};
use crate::error::Result;
use crate::record::Record;
use crate::source::ShapeKind;

/// SQLite's extended codes for a constraint that is broken: a CHECK, the type of a strict table.
const CHECK: i32 = 275;
const TYPE: i32 = 3091;

/// The constraint that one of these records breaks, as the database names it.
pub(super) fn broken(reader: &Reader, collection: &str, records: &[Record]) -> Result<Option<String>> {
    let shape = reader.shape(collection)?;
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let sql: Option<String> = reader.conn.query_row(sql, [collection], |r| r.get(0)).optional().ok().flatten();
    let Some(sql) = sql.filter(|sql| shape.kind == ShapeKind::Table && may_check(sql)) else { return Ok(None) };
    let Ok(scratch) = Connection::open_in_memory() else { return Ok(None) };
    if scratch.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).is_err() {
        return Ok(None);
    }
    let columns: Vec<&str> = shape.columns.iter().filter(|c| !c.generated).map(|c| c.name.as_str()).collect();
    let names: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
    for record in records {
        let values: Vec<_> = columns.iter().filter_map(|c| record.get(c)).collect();
        if values.len() != columns.len() || values.iter().any(|v| to_sql(v).is_none()) {
            continue;
        }
        let places: Vec<String> = values.iter().enumerate().map(|(i, v)| placeholder(v, i + 1)).collect();
        let insert =
            format!("INSERT INTO {} ({}) VALUES ({})", quoted(collection), names.join(", "), places.join(", "));
        let outcome = scratch.execute(&insert, params_from_iter(values.into_iter().filter_map(to_sql)));
        if let Err(rusqlite::Error::SqliteFailure(code, message)) = outcome
            && [CHECK, TYPE].contains(&code.extended_code)
        {
            return Ok(Some(named(code.extended_code, message.as_deref())));
        }
        // Each is looked at alone: two of them are no second record of one key.
        if scratch.execute(&format!("DELETE FROM {}", quoted(collection)), []).is_err() {
            return Ok(None);
        }
    }
    Ok(None)
}

/// Whether a definition can have such a constraint at all.
fn may_check(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    upper.contains("CHECK") || upper.contains("STRICT")
}

/// The constraint's name, or its condition where it has none; never a value.
fn named(code: i32, message: Option<&str>) -> String {
    match message.and_then(|m| m.split_once("CHECK constraint failed: ")) {
        Some((_, name)) => format!("the CHECK {name}"),
        None if code == TYPE => "the declared type of a STRICT table".to_owned(),
        None => "a CHECK".to_owned(),
    }
}
