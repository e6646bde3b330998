//! A question as one statement: its probes joined by OR. What a probe is in SQL is the matter of `conditions`.

use rusqlite::{Connection, Result as SqlResult};

use super::conditions::Asked;
use super::read::{Reader, column_list, names_of, record};
use super::{fault, quoted};
use crate::error::{Error, Result};
use crate::source::{Coverage, Found, Question, Shape};

/// Answers a question; see [`crate::source::Source::search`].
pub(super) fn search(
    reader: &Reader,
    question: &Question<'_>,
    sink: &mut dyn FnMut(Found) -> Result<()>,
) -> Result<Coverage> {
    let shape = reader.shape(question.collection)?;
    for field in question.probes.iter().flat_map(|p| p.fields) {
        if shape.column(field.as_str()).is_none() {
            let place = format!("{}.{}", reader.name, shape.name);
            return Err(
                Error::failed(format!("{place} has no column {field}")).hint("`redress check` names what to mend")
            );
        }
    }
    let fail = |e: rusqlite::Error| fault(&reader.name, &format!("search {}", shape.name), &e);
    let mut asked = Asked::default();
    for (n, probe) in question.probes.iter().enumerate() {
        asked.add(&reader.conn, shape, n, probe).map_err(fail)?;
    }
    if asked.conditions.is_empty() {
        return Ok(Coverage::default());
    }
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE {}",
        column_list(shape),
        quoted(&shape.name),
        asked.conditions.join(" OR ")
    );
    let coverage =
        Coverage { read_all: reads_all(&reader.conn, shape, &sql, &asked).map_err(fail)?, problems: Vec::new() };
    let mut statement = reader.conn.prepare(&sql).map_err(fail)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&asked.arrays)).map_err(fail)?;
    let names = names_of(shape);
    while let Some(row) = rows.next().map_err(fail)? {
        sink(Found { record: record(row, &names).map_err(fail)?, line: None })?;
    }
    Ok(coverage)
}

/// Gives every record; see [`crate::source::Source::all`].
pub(super) fn all(reader: &Reader, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
    let shape = reader.shape(collection)?;
    let fail = |e: rusqlite::Error| fault(&reader.name, &format!("read {}", shape.name), &e);
    let sql = format!("SELECT {} FROM {}", column_list(shape), quoted(&shape.name));
    let mut statement = reader.conn.prepare(&sql).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    let names = names_of(shape);
    while let Some(row) = rows.next().map_err(fail)? {
        sink(Found { record: record(row, &names).map_err(fail)?, line: None })?;
    }
    Ok(Coverage { read_all: Some(EVERY.to_owned()), problems: Vec::new() })
}

/// Why a table is read whole where every record is asked for.
const EVERY: &str = "every record was asked for";

/// Why the table is read whole; asked of SQLite's own plan, so that it is true.
fn reads_all(conn: &Connection, shape: &Shape, sql: &str, asked: &Asked) -> SqlResult<Option<String>> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let details: Vec<String> =
        statement.query_map(rusqlite::params_from_iter(&asked.arrays), |r| r.get(3))?.collect::<SqlResult<_>>()?;
    if !details.iter().any(|d| d == "SCAN t" || d.starts_with("SCAN t ") || d == "SCAN x" || d.starts_with("SCAN x ")) {
        return Ok(None);
    }
    Ok(Some(asked.why_whole(shape)))
}
