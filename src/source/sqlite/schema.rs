//! What a SQLite database says of itself.

use rusqlite::{Connection, Result};
use std::collections::HashSet;

use super::quoted;
use crate::problem::Problem;
use crate::source::{Action, Column, ForeignKey, Schema, Shape, ShapeKind, ValueType};

/// All tables and views; not SQLite's own and not what virtual tables keep behind the scenes. One that cannot be
/// looked at (a view of a table that has gone, a virtual table of a module that is not there) says so and hides none
/// of the others.
pub(super) fn read(conn: &Connection) -> Result<Schema> {
    let mut statement = conn.prepare(
        "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get::<_, i64>(2)? != 0)))?;
    let tables = rows.collect::<Result<Vec<(String, String, bool)>>>()?;
    let mut schema = Schema::default();
    for (name, kind, without_rowid) in tables {
        let found = match kind.as_str() {
            "table" => shape(conn, name, &kind, without_rowid)?,
            _ => shape(conn, name.clone(), &kind, without_rowid).unwrap_or_else(|_| unreadable(name, &kind)),
        };
        schema.collections.push(found);
    }
    complete_references(&mut schema);
    Ok(schema)
}

/// The tables that virtual tables keep behind the scenes.
pub(super) fn behind(conn: &Connection) -> Result<HashSet<String>> {
    let mut statement = conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'")?;
    statement.query_map([], |r| r.get(0))?.collect()
}

fn unreadable(name: String, kind: &str) -> Shape {
    let message =
        "a virtual table of a module that this program does not have, or of what has gone; it was not searched";
    let problems = match kind {
        "virtual" => vec![Problem::new("unreadable-collection", &name, message)],
        _ => Vec::new(),
    };
    let kind = if kind == "view" { ShapeKind::View } else { ShapeKind::Table };
    Shape { name, kind, problems, closed: true, ..Shape::default() }
}

/// Whether a virtual table only indexes what another table holds.
fn is_index(conn: &Connection, name: &str) -> Result<bool> {
    let sql: Option<String> = conn.query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [name], |r| r.get(0))?;
    let sql: String = sql.unwrap_or_default().to_ascii_lowercase().split_whitespace().collect();
    let using = |module: &str| sql.contains(&format!("using{module}("));
    let search = using("fts3") || using("fts4") || using("fts5");
    Ok(search && sql.contains("content=") || using("fts5vocab") || using("fts4aux"))
}

fn shape(conn: &Connection, name: String, kind: &str, without_rowid: bool) -> Result<Shape> {
    let view = kind == "view" || kind == "virtual" && is_index(conn, &name)?;
    let (columns, primary) = columns(conn, &name, view)?;
    let mut shape = Shape { columns, closed: true, name, ..Shape::default() };
    if view {
        shape.kind = ShapeKind::View;
        return Ok(shape);
    }
    if !primary.is_empty() && primary_is_never_null(conn, &shape, &primary, without_rowid)? {
        let one_int =
            primary.len() == 1 && shape.column(&primary[0]).is_some_and(|c| c.declared.eq_ignore_ascii_case("integer"));
        for column in shape.columns.iter_mut().filter(|c| primary.contains(&c.name) && (one_int || without_rowid)) {
            column.nullable = false;
        }
        shape.keys.push(primary);
    }
    unique_indexes(conn, &mut shape)?;
    shape.references = references(conn, &shape.name)?;
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE")?;
    shape.triggers = statement.query_map([&shape.name], |r| r.get(0))?.collect::<Result<_>>()?;
    if !without_rowid {
        let sql = format!("SELECT max({}) FROM {}", rowid(&shape), quoted(&shape.name));
        let last = conn.query_row(&sql, [], |r| r.get::<_, Option<i64>>(0));
        // Not every virtual table numbers its rows.
        let last = if kind == "table" { Some(last?) } else { last.ok() };
        shape.rows = last.map(|last| last.unwrap_or(0).max(0) as u64);
    }
    Ok(shape)
}

fn columns(conn: &Connection, table: &str, view: bool) -> Result<(Vec<Column>, Vec<String>)> {
    let mut statement = conn.prepare(
        "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid",
    )?;
    let mut rows = statement.query([table])?;
    let (mut columns, mut primary) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (name, declared): (String, String) = (row.get(0)?, row.get(1)?);
        let (not_null, pk, hidden): (bool, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        if pk > 0 {
            primary.push((pk, name.clone()));
        }
        let collation = match view {
            true => None,
            false => conn.column_metadata(Some("main"), table, name.as_str())?.1,
        };
        columns.push(Column {
            ty: value_type(&declared),
            nullable: !not_null,
            generated: hidden != 0,
            follows: hidden != 0,
            nocase: collation.is_some_and(|c| c.to_bytes().eq_ignore_ascii_case(b"nocase")),
            max_length: None,
            range: Some((i64::MIN.into(), i64::MAX.into())),
            allowed: Vec::new(),
            parts: Vec::new(),
            name,
            declared,
        });
    }
    primary.sort();
    Ok((columns, primary.into_iter().map(|(_, name)| name).collect()))
}

/// The affinity of a declared type (SQLite's rules, in their order), as what text is parsed as.
fn value_type(declared: &str) -> ValueType {
    let upper = declared.to_ascii_uppercase();
    let has = |part: &str| upper.contains(part);
    if has("INT") {
        ValueType::Int
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        ValueType::Text
    } else if has("BLOB") {
        ValueType::Bytes
    } else if upper.is_empty() {
        ValueType::Any
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        ValueType::Float
    } else if has("BOOL") {
        ValueType::Bool
    } else if has("DATE") || has("TIME") {
        ValueType::Text
    } else if ["NUM", "DEC", "MONEY"].iter().any(|t| has(t)) {
        ValueType::Decimal
    } else {
        // STRING, UUID, JSON, …: a type SQLite does not know; it stores whatever comes.
        ValueType::Any
    }
}

/// Whether a column's values are stored as text whenever they can be.
pub(super) fn is_text_affinity(declared: &str) -> bool {
    let upper = declared.to_ascii_uppercase();
    !upper.contains("INT") && ["CHAR", "CLOB", "TEXT"].iter().any(|t| upper.contains(t))
}

/// SQLite lets most primary keys hold null: such a key is one only where none does.
fn primary_is_never_null(conn: &Connection, shape: &Shape, primary: &[String], without_rowid: bool) -> Result<bool> {
    let column = |name: &String| shape.column(name);
    let integer = primary.len() == 1 && column(&primary[0]).is_some_and(|c| c.declared.eq_ignore_ascii_case("integer"));
    if without_rowid || integer || primary.iter().all(|p| column(p).is_some_and(|c| !c.nullable)) {
        return Ok(true);
    }
    let null = primary.iter().map(|p| format!("{} IS NULL", quoted(p))).collect::<Vec<_>>().join(" OR ");
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {} WHERE {null})", quoted(&shape.name));
    conn.query_row(&sql, [], |r| r.get(0))
}

fn unique_indexes(conn: &Connection, shape: &mut Shape) -> Result<()> {
    let mut statement =
        conn.prepare("SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND NOT partial AND origin <> 'pk'")?;
    let names: Vec<String> = statement.query_map([&shape.name], |r| r.get(0))?.collect::<Result<_>>()?;
    for index in names {
        let mut statement = conn.prepare("SELECT name FROM pragma_index_xinfo(?1) WHERE key ORDER BY seqno")?;
        let parts: Vec<Option<String>> = statement.query_map([index], |r| r.get(0))?.collect::<Result<_>>()?;
        let Some(columns) = parts.into_iter().collect::<Option<Vec<String>>>() else { continue };
        match columns.iter().all(|c| shape.column(c).is_some_and(|c| !c.nullable)) {
            true if !shape.keys.contains(&columns) => shape.keys.push(columns),
            true => {}
            false => shape.unique.push(columns),
        }
    }
    Ok(())
}

fn references(conn: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    let mut statement = conn.prepare(
        "SELECT id, \"table\", \"from\", \"to\", on_delete, on_update FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
    )?;
    let mut rows = statement.query([table])?;
    let mut list: Vec<(i64, ForeignKey)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if list.last().is_none_or(|(last, _)| *last != id) {
            let (on_delete, on_update) = (action(&row.get::<_, String>(4)?), action(&row.get::<_, String>(5)?));
            let (columns, to_columns) = (Vec::new(), Vec::new());
            list.push((id, ForeignKey { columns, to: row.get(1)?, to_columns, on_delete, on_update, full: false }));
        }
        if let Some((_, key)) = list.last_mut() {
            key.columns.push(row.get(2)?);
            key.to_columns.extend(row.get::<_, Option<String>>(3)?);
        }
    }
    Ok(list.into_iter().map(|(_, key)| key).collect())
}

fn action(word: &str) -> Action {
    match word {
        "CASCADE" => Action::Cascade,
        "SET NULL" => Action::SetNull,
        "SET DEFAULT" => Action::SetDefault,
        _ => Action::Refuse,
    }
}

/// Spells names as the tables do, and fills in the primary key where a reference names no columns.
fn complete_references(schema: &mut Schema) {
    let shapes: Vec<(String, Vec<String>, Vec<String>)> = schema
        .collections
        .iter()
        .map(|s| {
            let columns = s.columns.iter().map(|c| c.name.clone()).collect();
            (s.name.clone(), columns, s.keys.first().cloned().unwrap_or_default())
        })
        .collect();
    let spelled = |names: &mut Vec<String>, columns: &[String]| {
        for name in names {
            if let Some(real) = columns.iter().find(|c| c.eq_ignore_ascii_case(name)) {
                name.clone_from(real);
            }
        }
    };
    for shape in &mut schema.collections {
        let own: Vec<String> = shape.columns.iter().map(|c| c.name.clone()).collect();
        for reference in &mut shape.references {
            spelled(&mut reference.columns, &own);
            let Some((name, columns, key)) = shapes.iter().find(|(n, ..)| n.eq_ignore_ascii_case(&reference.to)) else {
                continue;
            };
            reference.to.clone_from(name);
            spelled(&mut reference.to_columns, columns);
            if reference.to_columns.is_empty() {
                reference.to_columns.clone_from(key);
            }
        }
        // A reference to a table that is not there, or to no key, leads nowhere.
        shape.references.retain(|r| r.to_columns.len() == r.columns.len() && shapes.iter().any(|(n, ..)| *n == r.to));
    }
}

/// A name of the rowid that no column hides.
pub(super) fn rowid(shape: &Shape) -> &'static str {
    let hidden = |name: &&&str| !shape.columns.iter().any(|c| c.name.eq_ignore_ascii_case(name));
    ["_rowid_", "rowid", "oid"].iter().find(hidden).copied().unwrap_or("_rowid_")
}
