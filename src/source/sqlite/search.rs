//! A question as one statement: its probes joined by OR, each served by an index where that misses nothing.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Result as SqlResult};
use rustc_hash::FxHashSet;
use std::rc::Rc;
use std::sync::Arc;

use super::read::{Reader, column_list, names_of, record};
use super::schema::rowid;
use super::values::from_sql;
use super::{fault, quoted, served};
use crate::error::{Error, Result};
use crate::map::NormalForm;
use crate::record::Value;
use crate::source::question::{link_value, normal_of};
use crate::source::{Coverage, Found, Probe, Question, Shape, ValueType};

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
    let mut asked = Asked { conditions: Vec::new(), arrays: Vec::new(), whole: Vec::new() };
    for (n, probe) in question.probes.iter().enumerate() {
        condition(&reader.conn, shape, n, probe, &mut asked).map_err(fail)?;
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

struct Asked {
    conditions: Vec<String>,
    arrays: Vec<Rc<Vec<Sql>>>,
    /// Fields for which no index serves the normal form.
    whole: Vec<String>,
}

impl Asked {
    fn array(&mut self, values: Vec<Sql>) -> String {
        self.arrays.push(Rc::new(values));
        format!("rarray(?{})", self.arrays.len())
    }
}

fn condition(conn: &Connection, shape: &Shape, n: usize, probe: &Probe<'_>, asked: &mut Asked) -> SqlResult<()> {
    if probe.form == NormalForm::Exact {
        let parts = probe.fields.iter().enumerate().map(|(i, field)| {
            let affine =
                shape.column(field.as_str()).is_some_and(|c| !matches!(c.ty, ValueType::Any | ValueType::Bytes));
            let array = asked.array(probe.wanted.part(i).flat_map(|text| candidates(text, affine)).collect());
            format!("t.{} IN (SELECT value FROM {array})", quoted(field.as_str()))
        });
        let all = parts.collect::<Vec<_>>().join(" AND ");
        asked.conditions.push(format!("({all})"));
        return Ok(());
    }
    let folded = match probe {
        Probe { form: NormalForm::Email | NormalForm::Text, fields: [field], .. } if all_ascii(probe) => {
            served::folded(conn, shape, field.as_str(), "x")?
        }
        _ => None,
    };
    match (folded, shape.rows) {
        (Some(folded), Some(_)) => {
            let array = asked.array(probe.wanted.part(0).map(|t| Sql::Text(t.to_owned())).collect());
            let (rowid, table) = (rowid(shape), quoted(&shape.name));
            asked.conditions.push(format!(
                "t.{rowid} IN (SELECT x.{rowid} FROM {array} AS r CROSS JOIN {table} AS x \
                 WHERE {folded} >= r.value AND {folded} < r.value || '!')"
            ));
            asked.conditions.push(format!(
                "t.{rowid} IN (SELECT x.{rowid} FROM {table} AS x WHERE {folded} > '' AND {folded} < '!')"
            ));
        }
        _ => {
            for (i, field) in probe.fields.iter().enumerate() {
                asked.whole.push(field.as_str().to_owned());
                let wanted: FxHashSet<Box<str>> = probe.wanted.part(i).map(Into::into).collect();
                register(conn, &format!("redress_fits_{n}_{i}"), wanted, probe.form, probe.country)?;
            }
            let fits =
                |(i, f): (usize, &crate::record::FieldPath)| format!("redress_fits_{n}_{i}(t.{})", quoted(f.as_str()));
            let all = probe.fields.iter().enumerate().map(fits).collect::<Vec<_>>().join(" AND ");
            asked.conditions.push(format!("({all})"));
        }
    }
    Ok(())
}

fn all_ascii(probe: &Probe<'_>) -> bool {
    probe.wanted.part(0).all(str::is_ascii)
}

/// What a wanted text may be stored as. A column with an affinity converts what it is compared with; one without
/// does not, so that both forms are asked for.
fn candidates(text: &str, affine: bool) -> Vec<Sql> {
    match link_value(text) {
        Value::Bytes(bytes) => vec![Sql::Blob(bytes)],
        _ => {
            let mut forms = vec![Sql::Text(text.to_owned())];
            if affine {
                return forms;
            }
            forms.extend(text.parse().map(Sql::Integer));
            forms.extend(text.parse().map(Sql::Real));
            forms
        }
    }
}

fn register(
    conn: &Connection,
    name: &str,
    wanted: FxHashSet<Box<str>>,
    form: NormalForm,
    country: Option<&str>,
) -> SqlResult<()> {
    let (wanted, country) = (Arc::new(wanted), country.map(str::to_owned));
    conn.create_scalar_function(
        name,
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        move |context| {
            let raw = context.get_raw(0);
            if let rusqlite::types::ValueRef::Text(bytes) = raw
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                return Ok(wanted.contains(&*form.apply(text, country.as_deref())));
            }
            let value = from_sql(raw);
            Ok(normal_of(&value, form, country.as_deref()).is_some_and(|normal| wanted.contains(&*normal)))
        },
    )
}

/// Why the table is read whole; asked of SQLite's own plan, so that it is true.
fn reads_all(conn: &Connection, shape: &Shape, sql: &str, asked: &Asked) -> SqlResult<Option<String>> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let details: Vec<String> =
        statement.query_map(rusqlite::params_from_iter(&asked.arrays), |r| r.get(3))?.collect::<SqlResult<_>>()?;
    if !details.iter().any(|d| d == "SCAN t" || d.starts_with("SCAN t ") || d == "SCAN x" || d.starts_with("SCAN x ")) {
        return Ok(None);
    }
    Ok(Some(match asked.whole.is_empty() {
        true => format!("no index serves the fields searched in {}", shape.name),
        false => format!(
            "no index serves every spelling of {}; one on lower(trim({})), or COLLATE NOCASE, would",
            asked.whole.join(", "),
            asked.whole[0]
        ),
    }))
}
