//! When does an index serve a normal form? Only where no spelling can be missed.
//!
//! The normal form of an ASCII value differs from its spellings by the case of ASCII letters and by characters up to
//! the space at both ends. An index over text folded in that way holds every such spelling in two ranges: from the
//! value to the value followed by `!` (the first character above the space), and, for those with leading space, from
//! the empty text to `!`. What else is in the ranges the caller sorts out.
//!
//! Telephone numbers have too many spellings for that, but where a CHECK allows only a plus sign and digits, few are
//! left (`map::phone::other_starts`).

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::quoted;
use super::schema::is_text_affinity;
use crate::source::Shape;

/// The folded expression over `alias.column` that an index holds; none where no index serves.
pub(super) fn folded(conn: &Connection, shape: &Shape, column: &str, alias: &str) -> Result<Option<String>> {
    let reference = format!("{alias}.{}", quoted(column));
    let declared = shape.column(column).map(|c| c.declared.as_str()).unwrap_or_default();
    for (index, name, collation) in first_columns(conn, shape)? {
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

/// The column as an index holds it whose every text is a plus sign and digits, as a CHECK has it; none where no index
/// serves. (A check of SQLite's stops at a zero byte; what follows one may be anything.)
pub(super) fn plus_and_digits(conn: &Connection, shape: &Shape, column: &str, alias: &str) -> Result<Option<String>> {
    let declared = shape.column(column).map(|c| c.declared.as_str()).unwrap_or_default();
    let serves = |(_, name, collation): &(String, Option<String>, String)| {
        name.as_deref() == Some(column) && collation.eq_ignore_ascii_case("binary")
    };
    let indexed = is_text_affinity(declared) && first_columns(conn, shape)?.iter().any(serves);
    if !indexed || !checked_digits(&table_sql(conn, shape)?, column) {
        return Ok(None);
    }
    Ok(Some(format!("{alias}.{} COLLATE BINARY", quoted(column))))
}

/// Whether an index holds every record's value of the column, so that the table itself need not be read.
pub(super) fn is_indexed(conn: &Connection, shape: &Shape, column: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_index_list(?1) AS l, pragma_index_xinfo(l.name) AS x \
               WHERE NOT l.partial AND x.key AND x.name = ?2)";
    conn.query_row(sql, [&shape.name, column], |r| r.get(0))
}

/// Every whole index: its name, its first column (none: an expression) and that column's collation.
fn first_columns(conn: &Connection, shape: &Shape) -> Result<Vec<(String, Option<String>, String)>> {
    let sql = "SELECT l.name, x.name, x.coll FROM pragma_index_list(?1) AS l, pragma_index_xinfo(l.name) AS x \
               WHERE NOT l.partial AND x.seqno = 0";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([&shape.name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    rows.collect()
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
    let (plain, column) = (squeeze(&table_sql(conn, shape)?), squeeze(column));
    let forms = ["lower(\0)", "lower(trim(\0))", "trim(lower(\0))"];
    Ok(forms.iter().any(|f| {
        let form = f.replace('\0', &column);
        plain.contains(&format!("check({column}={form})")) || plain.contains(&format!("check({form}={column})"))
    }))
}

/// Whether one CHECK of the table guarantees a plus sign and digits.
fn checked_digits(sql: &str, column: &str) -> bool {
    let (plain, column) = (squeeze(sql), squeeze(column));
    let begins = format!("{column}glob'+[1-9]*'");
    let goes_on = format!("{column}notglob'+*[^0-9]*'");
    [format!("check({begins}and{goes_on})"), format!("check({goes_on}and{begins})")].iter().any(|c| plain.contains(c))
}

fn table_sql(conn: &Connection, shape: &Shape) -> Result<String> {
    let sql: Option<Option<String>> = conn
        .query_row("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1", [&shape.name], |r| r.get(0))
        .optional()?;
    Ok(sql.flatten().unwrap_or_default())
}

/// SQL without white space, comments, quotes of names and case, for comparing fixed forms. Texts in it stay as they are.
fn squeeze(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(c) = rest.chars().next() {
        let after = |end: Option<usize>, length: usize| end.map_or("", |at| &rest[at + length..]);
        rest = match c {
            '\'' => {
                // A doubled quote inside only begins the next text.
                let length = rest[1..].find('\'').map_or(rest.len(), |at| at + 2);
                out.push_str(&rest[..length]);
                &rest[length..]
            }
            '-' if rest.starts_with("--") => after(rest.find('\n'), 1),
            '/' if rest.starts_with("/*") => after(rest[2..].find("*/").map(|at| at + 2), 2),
            c => {
                if !c.is_whitespace() && !"\"`[]".contains(c) {
                    out.push(c.to_ascii_lowercase());
                }
                &rest[c.len_utf8()..]
            }
        };
    }
    out
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

    #[test]
    fn which_checks_promise_a_plus_sign_and_digits() {
        let cases = [
            ("CREATE TABLE t (phone TEXT CHECK (phone GLOB '+[1-9]*' AND phone NOT GLOB '+*[^0-9]*'))", true),
            ("CREATE TABLE t (phone TEXT, CHECK (\"Phone\" NOT GLOB '+*[^0-9]*' AND phone GLOB '+[1-9]*'))", true),
            ("CREATE TABLE t (phone TEXT CHECK (phone GLOB '+[1-9]*'))", false),
            ("CREATE TABLE t (phone TEXT CHECK (phone GLOB '+[1-9]*' OR phone NOT GLOB '+*[^0-9]*'))", false),
            ("CREATE TABLE t (phone TEXT CHECK (x OR phone GLOB '+[1-9]*' AND phone NOT GLOB '+*[^0-9]*'))", false),
            ("CREATE TABLE t (phone TEXT -- CHECK (phone GLOB '+[1-9]*' AND phone NOT GLOB '+*[^0-9]*')\n)", false),
            ("CREATE TABLE t (phone TEXT /* CHECK (phone GLOB '+[1-9]*' AND phone NOT GLOB '+*[^0-9]*') */)", false),
            ("CREATE TABLE t (phone TEXT CHECK (phone GLOB '+1-9*' AND phone NOT GLOB '+*^0-9*'))", false),
            ("CREATE TABLE t (x_phone TEXT CHECK (x_phone GLOB '+[1-9]*' AND x_phone NOT GLOB '+*[^0-9]*'))", false),
            (
                "CREATE TABLE t (phone TEXT DEFAULT 'CHECK (phone GLOB ''+[1-9]*'' AND phone NOT GLOB ''+*[^0-9]*'')')",
                false,
            ),
        ];
        for (sql, promised) in cases {
            assert_eq!(checked_digits(sql, "phone"), promised, "{sql}");
        }
    }
}
