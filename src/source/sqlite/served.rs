//! When does an index serve a normal form? Only where no spelling can be missed.
//!
//! The normal form of an ASCII value differs from its spellings by the case of ASCII letters and by characters up to
//! the space at both ends. An index over text folded in that way holds every such spelling in two ranges: from the
//! value to the value followed by `!` (the first character above the space), and, for those with leading space, from
//! the empty text to `!`. What else is in the ranges the caller sorts out.

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::quoted;
use super::schema::is_text_affinity;
use crate::source::Shape;

/// The folded expression over `alias.column` that an index holds; none where no index serves.
pub(super) fn folded(conn: &Connection, shape: &Shape, column: &str, alias: &str) -> Result<Option<String>> {
    let reference = format!("{alias}.{}", quoted(column));
    let declared = shape.column(column).map(|c| c.declared.as_str()).unwrap_or_default();
    let mut statement = conn.prepare("SELECT name FROM pragma_index_list(?1) WHERE NOT partial")?;
    let indexes: Vec<String> = statement.query_map([&shape.name], |r| r.get(0))?.collect::<Result<_>>()?;
    for index in indexes {
        let first = "SELECT name, coll, desc FROM pragma_index_xinfo(?1) WHERE seqno = 0";
        let (name, collation): (Option<String>, String) =
            conn.query_row(first, [&index], |r| Ok((r.get(0)?, r.get(1)?)))?;
        match name {
            Some(name) if name != column => {}
            Some(_) if !is_text_affinity(declared) => {}
            Some(_) if collation.eq_ignore_ascii_case("nocase") => {
                return Ok(Some(format!("{reference} COLLATE NOCASE")));
            }
            Some(_) if collation.eq_ignore_ascii_case("binary") && checked_lower(conn, shape, column)? => {
                return Ok(Some(format!("{reference} COLLATE BINARY")));
            }
            Some(_) => {}
            None if !collation.eq_ignore_ascii_case("binary") => {}
            None => {
                let sql: Option<String> = conn
                    .query_row("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1", [&index], |r| {
                        r.get(0)
                    })
                    .optional()?
                    .flatten();
                if let Some(form) = sql.and_then(|sql| expression(&sql, column)) {
                    return Ok(Some(form.replace('\0', &reference)));
                }
            }
        }
    }
    Ok(None)
}

/// The first indexed expression, where it folds the column: with `\0` for the column.
fn expression(sql: &str, column: &str) -> Option<String> {
    let plain = squeeze(sql);
    let inside = &plain[plain.find('(')? + 1..];
    let column = squeeze(column);
    ["lower(trim(\0))", "trim(lower(\0))", "lower(\0)"]
        .into_iter()
        .find(|form| {
            let text = form.replace('\0', &column);
            inside.strip_prefix(&text).is_some_and(|rest| rest.starts_with([',', ')']))
        })
        .map(str::to_owned)
}

/// Whether a CHECK of the table guarantees lower case.
fn checked_lower(conn: &Connection, shape: &Shape, column: &str) -> Result<bool> {
    let sql: Option<String> = conn
        .query_row("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1", [&shape.name], |r| r.get(0))
        .optional()?
        .flatten();
    let (plain, column) = (squeeze(&sql.unwrap_or_default()), squeeze(column));
    let forms = ["lower(\0)", "lower(trim(\0))", "trim(lower(\0))"];
    Ok(forms.iter().any(|f| {
        let form = f.replace('\0', &column);
        plain.contains(&format!("check({column}={form})")) || plain.contains(&format!("check({form}={column})"))
    }))
}

/// SQL without white space, quotes and case, for comparing fixed forms.
fn squeeze(sql: &str) -> String {
    sql.chars().filter(|c| !c.is_whitespace() && !"\"`[]".contains(*c)).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_expressions_serve() {
        let cases = [
            ("CREATE INDEX i ON t(lower(trim(email)))", Some("lower(trim(\0))")),
            ("CREATE INDEX i ON t (LOWER( \"email\" ), id)", Some("lower(\0)")),
            ("CREATE INDEX i ON t(upper(email))", None),
            ("CREATE INDEX i ON t(lower(email || 'x'))", None),
            ("CREATE INDEX i ON t(lower(email2))", None),
        ];
        for (sql, form) in cases {
            assert_eq!(expression(sql, "Email").as_deref(), form, "{sql}");
        }
    }
}
