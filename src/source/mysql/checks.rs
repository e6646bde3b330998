//! Whether the `CHECK` constraints of a table take records: asked of the server, of rows that stand in no table but have
//! its columns' types and collations. What cannot be asked so is seen when the plan is applied.

use mysql::Row;
use mysql::prelude::Queryable as _;

use super::catalogue::Table;
use super::literal::literal;
use super::quoted;
use super::relations::text;
use super::session::Session;
use super::types::{Kind, Type};
use crate::record::{Record, Value};
use crate::source::Shape;

/// How many records one statement holds.
const ROWS: usize = 50;

/// The constraint that one of these records breaks.
pub(super) fn broken(session: &mut Session, shape: &Shape, table: &Table, records: &[Record]) -> Option<String> {
    let columns: Vec<_> = shape.columns.iter().filter(|c| !c.generated).collect();
    let names: Vec<String> = columns.iter().map(|c| quoted(&c.name)).collect();
    let checks = checks(session, &shape.name);
    let checks: Vec<_> = checks
        .into_iter()
        .filter(|(_, condition)| !shape.columns.iter().any(|c| c.generated && condition.contains(&c.name)))
        .collect();
    if checks.is_empty() {
        return None;
    }
    for some in records.chunks(ROWS) {
        let row = |record: &Record| {
            let value = |c: &&crate::source::Column| typed(record.get(&c.name)?, table.ty(&c.name)?);
            Some(format!("SELECT {}", columns.iter().map(value).collect::<Option<Vec<_>>>()?.join(", ")))
        };
        let Some(rows) = some.iter().map(row).collect::<Option<Vec<_>>>() else { continue };
        // The table's own columns come first, without a row: the others take their types and collations.
        let head = format!("SELECT {} FROM {} WHERE FALSE", names.join(", "), table.sql);
        let all = format!("({head} UNION ALL {}) AS t", rows.join(" UNION ALL "));
        for (name, condition) in &checks {
            let sql = format!("SELECT 1 FROM {all} WHERE NOT ({condition}) LIMIT 1");
            if let Ok(Some(_)) = session.conn.query_first::<u64, _>(sql) {
                return Some(format!("the CHECK {name}"));
            }
        }
    }
    None
}

/// A value as SQL writes it, of its column's type: days and times are compared in other ways than texts.
fn typed(value: &Value, ty: &Type) -> Option<String> {
    let written = literal(value, ty)?;
    let cast = match ty.kind {
        Kind::Date => "DATE",
        Kind::Moment => "DATETIME(6)",
        Kind::Time => "TIME(6)",
        _ => return Some(written),
    };
    Some(format!("CAST({written} AS {cast})"))
}

/// The constraints of a table that are enforced: name and condition.
fn checks(session: &mut Session, table: &str) -> Vec<(String, String)> {
    let sql = match session.mariadb {
        true => {
            "SELECT CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS \
             WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY 1"
        }
        false => {
            "SELECT c.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS c \
             JOIN information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA \
                AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK' AND t.ENFORCED = 'YES' \
             WHERE c.CONSTRAINT_SCHEMA = DATABASE() AND t.TABLE_NAME = ? ORDER BY 1"
        }
    };
    let rows: Vec<Row> = session.conn.exec(sql, (table,)).unwrap_or_default();
    let escaped = !session.mariadb;
    let one = |row: &Row| {
        let (name, condition) = (text(row, 0)?, text(row, 1)?);
        // MySQL shows quotes within a condition as they are escaped in a string.
        Some((name, if escaped { condition.replace("\\'", "'") } else { condition }))
    };
    rows.iter().filter_map(one).collect()
}
