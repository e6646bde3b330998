//! The fixture firm with its shop in PostgreSQL: the same rows, the same map, the same findings.

use postgres::Client;
use redress::fixture::{Cast, Scale};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::io::Write as _;
use std::path::Path;

use crate::servers::postgres::database;

/// Writes the firm, moves its shop into PostgreSQL, and points the map there.
pub fn firm(dir: &Path) -> Option<Cast> {
    let cast = redress::fixture::write(dir, Scale::DEMO, 7).unwrap();
    let lite = Connection::open(dir.join("shop.db")).unwrap();
    let mut db = database("CREATE EXTENSION citext")?;
    let tables = tables(&lite);
    for table in &tables {
        let columns: Vec<String> = table.columns.iter().map(|(name, ty)| format!("\"{name}\" {ty}")).collect();
        let key =
            if table.key.is_empty() { String::new() } else { format!(", PRIMARY KEY ({})", table.key.join(", ")) };
        db.admin.batch_execute(&format!("CREATE TABLE {} ({}{key})", table.name, columns.join(", "))).unwrap();
        copy(&lite, &mut db.admin, table);
    }
    for table in &tables {
        for Reference { columns, to, to_columns, action } in &table.references {
            let to_columns =
                if to_columns.is_empty() { String::new() } else { format!(" ({})", to_columns.join(", ")) };
            let sql = format!(
                "ALTER TABLE {} ADD FOREIGN KEY ({}) REFERENCES {to}{to_columns} ON DELETE {action} DEFERRABLE",
                table.name,
                columns.join(", ")
            );
            db.admin.batch_execute(&sql).unwrap();
        }
    }
    let map = std::fs::read_to_string(dir.join("sources/shop.toml")).unwrap();
    let map = map.replace("kind = \"sqlite\"", "kind = \"postgres\"");
    std::fs::write(dir.join("sources/shop.toml"), map.replace("path = \"shop.db\"", &format!("url = \"{}\"", db.url)))
        .unwrap();
    std::fs::remove_file(dir.join("shop.db")).unwrap();
    Some(cast)
}

struct Table {
    name: String,
    /// With the type they have in PostgreSQL.
    columns: Vec<(String, &'static str)>,
    key: Vec<String>,
    references: Vec<Reference>,
}

struct Reference {
    columns: Vec<String>,
    to: String,
    to_columns: Vec<String>,
    action: String,
}

fn tables(lite: &Connection) -> Vec<Table> {
    let mut statement =
        lite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").unwrap();
    let names: Vec<String> = statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    names.into_iter().map(|name| table(lite, name)).collect()
}

fn table(lite: &Connection, name: String) -> Table {
    let mut statement = lite.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid").unwrap();
    let rows = statement.query_map([&name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap();
    let rows: Vec<(String, String, i64)> = rows.map(Result::unwrap).collect();
    let mut key: Vec<(i64, String)> = rows.iter().filter(|r| r.2 > 0).map(|r| (r.2, r.0.clone())).collect();
    key.sort();
    let ty = |column: &str, declared: &str| match declared {
        // A column compared without regard to case has a type for that here.
        _ if nocase(lite, &name, column) => "citext",
        "INTEGER" => "bigint",
        "REAL" => "double precision",
        "BLOB" => "bytea",
        _ => "text",
    };
    let mut statement = lite
        .prepare("SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq")
        .unwrap();
    let parts = statement.query_map([&name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))).unwrap();
    let mut references: Vec<(i64, Reference)> = Vec::new();
    for part in parts {
        let (id, to, from, column, action): (i64, String, String, Option<String>, String) = part.unwrap();
        if references.last().is_none_or(|(last, _)| *last != id) {
            references.push((id, Reference { columns: Vec::new(), to, to_columns: Vec::new(), action }));
        }
        let (_, reference) = references.last_mut().unwrap();
        reference.columns.push(from);
        reference.to_columns.extend(column);
    }
    Table {
        columns: rows.iter().map(|r| (r.0.clone(), ty(&r.0, &r.1.to_ascii_uppercase()))).collect(),
        key: key.into_iter().map(|(_, name)| name).collect(),
        references: references.into_iter().map(|(_, r)| r).collect(),
        name,
    }
}

fn nocase(lite: &Connection, table: &str, column: &str) -> bool {
    let (_, collation, ..) = lite.column_metadata(Some("main"), table, column).unwrap();
    collation.is_some_and(|c| c.to_bytes().eq_ignore_ascii_case(b"nocase"))
}

fn copy(lite: &Connection, client: &mut Client, table: &Table) {
    let names: Vec<String> = table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let mut statement = lite.prepare(&format!("SELECT {} FROM {}", names.join(", "), table.name)).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut writer = client.copy_in(&format!("COPY {} ({}) FROM STDIN", table.name, names.join(", "))).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let cell = |i: usize| match row.get_ref(i).unwrap() {
            ValueRef::Null => "\\N".to_owned(),
            ValueRef::Integer(n) => n.to_string(),
            ValueRef::Real(x) => x.to_string(),
            ValueRef::Text(text) => {
                let text = std::str::from_utf8(text).unwrap();
                text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
            }
            ValueRef::Blob(bytes) => format!("\\\\x{}", bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()),
        };
        let line: Vec<String> = (0..names.len()).map(cell).collect();
        writeln!(writer, "{}", line.join("\t")).unwrap();
    }
    writer.finish().unwrap();
}
