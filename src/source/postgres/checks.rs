//! Whether the `CHECK` constraints of a table take records: asked of the server, of rows that stand in no table.

use postgres::Client;
use postgres::types::Type as Wire;

use super::catalogue::Table;
use super::encode;
use super::quoted;
use crate::record::Record;
use crate::source::Shape;

/// The constraint that one of these records breaks. An error where that cannot be asked: a domain has constraints of its
/// own, and says which is broken.
pub(super) fn broken(
    client: &mut Client,
    shape: &Shape,
    table: &Table,
    records: &[Record],
) -> Result<Option<String>, postgres::Error> {
    let checks = client.query(
        "SELECT conname::text, pg_catalog.pg_get_expr(conbin, conrelid) FROM pg_catalog.pg_constraint \
         WHERE conrelid = $1 AND contype = 'c' ORDER BY 1",
        &[&table.oid],
    )?;
    // Columns that the server computes are not known before; what depends on them is seen when the plan is applied.
    let columns: Vec<_> = shape.columns.iter().filter(|c| !c.follows).collect();
    let (mut values, mut lists) = (Vec::new(), Vec::new());
    for column in &columns {
        let Some(ty) = table.ty(&column.name) else { return Ok(None) };
        let text = |r: &Record| r.get(&column.name).and_then(|value| encode::text(value, ty));
        let Some(list) = records.iter().map(text).collect::<Option<Vec<_>>>() else { return Ok(None) };
        values.push(format!("(k.c{}::{}) AS {}", lists.len(), ty.sql, quoted(&column.name)));
        lists.push(list);
    }
    let unnested: Vec<String> =
        (0..lists.len()).map(|i| format!("pg_catalog.unnest(${}::pg_catalog.text[])", i + 1)).collect();
    let names: Vec<String> = (0..lists.len()).map(|i| format!("c{i}")).collect();
    let unnested = format!("ROWS FROM ({}) AS k({})", unnested.join(", "), names.join(", "));
    let rows = format!("SELECT {} FROM {unnested}", values.join(", "));
    let parameters = || lists.iter().map(|list| (list as &(dyn postgres::types::ToSql + Sync), Wire::TEXT_ARRAY));
    for check in checks {
        let (name, condition): (String, String) = (check.get(0), check.get(1));
        let computed = shape.columns.iter().any(|c| c.follows && condition.contains(&c.name));
        if computed {
            continue;
        }
        let sql = format!("SELECT 1 FROM ({rows}) AS t WHERE NOT ({condition}) LIMIT 1");
        if !client.query_typed(&sql, &parameters().collect::<Vec<_>>())?.is_empty() {
            return Ok(Some(format!("the CHECK {name}")));
        }
    }
    // Domains say so themselves when their values are made.
    let made = columns.iter().enumerate().map(|(i, c)| format!("pg_catalog.count(k.c{i}::{})", c.declared));
    let sql = format!("SELECT {} FROM {unnested}", made.collect::<Vec<_>>().join(", "));
    client.query_typed(&sql, &parameters().collect::<Vec<_>>())?;
    Ok(None)
}
