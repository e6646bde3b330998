//! The same tables in every kind of source, under the same map, and what stands in them afterwards.

use std::collections::BTreeMap;
use std::path::Path;

use crate::firm::{Ended, run_in};
use crate::servers::{mariadb, postgres};

/// The kinds of source.
pub const KINDS: [&str; 5] = ["sqlite", "postgres", "mysql", "csv", "json"];

/// One table: its name, its columns (`name type`, the type `int` or `text`), its rows; an empty text is nothing.
pub type Table<'t> = (&'t str, &'t [&'t str], &'t [&'t [&'t str]]);

/// Tables in one kind of source.
pub struct Shelf {
    kind: &'static str,
    dir: tempfile::TempDir,
    postgres: Option<postgres::Database>,
    mariadb: Option<mariadb::Database>,
}

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\nalike = 1\n\
     [identity.email]\nnormal = \"email\"\n";

/// The tables in each kind of source whose server is there.
pub fn shelves(tables: &[Table<'_>], map: &str) -> Vec<Shelf> {
    KINDS.iter().filter_map(|kind| Shelf::new(kind, tables, map)).collect()
}

impl Shelf {
    /// The tables in one kind of source, `shop`; none where its server is missing.
    pub fn new(kind: &'static str, tables: &[Table<'_>], map: &str) -> Option<Shelf> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        std::fs::create_dir(dir.path().join("data")).unwrap();
        std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
        let mut shelf = Shelf { kind, dir, postgres: None, mariadb: None };
        let sql: String = tables.iter().map(|t| shelf.sql(t)).collect();
        let address = match kind {
            "sqlite" => {
                rusqlite::Connection::open(shelf.path().join("data/shop.db")).unwrap().execute_batch(&sql).unwrap();
                "path = \"data/shop.db\"".to_owned()
            }
            "postgres" => format!("url = \"{}\"", shelf.postgres.insert(postgres::database(&sql)?).url),
            "mysql" => format!("url = \"{}\"", shelf.mariadb.insert(mariadb::database(&sql)?).url),
            "csv" => {
                tables.iter().for_each(|t| shelf.file(&format!("{}.csv", t.0), &csv(t)));
                "path = \"data\"".to_owned()
            }
            _ => {
                tables.iter().for_each(|t| shelf.file(&format!("{}.ndjson", t.0), &documents(t)));
                "path = \"data\"".to_owned()
            }
        };
        let text = format!("kind = \"{kind}\"\n{address}\ndefault_country = \"SG\"\n{map}");
        std::fs::write(shelf.path().join("sources/shop.toml"), text).unwrap();
        Some(shelf)
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Its kind.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Runs a command.
    pub fn run(&self, args: &[&str]) -> Ended {
        run_in(self.path(), args)
    }

    /// Plans the erasure of Ana; gives what the plan says of each record: `collection id → change`.
    pub fn plan(&self, more: &[&str]) -> (Ended, BTreeMap<String, serde_json::Value>) {
        let planned = self.run(&[&["erase", "email=ana@x.example", "--verified", "known", "--json"], more].concat());
        assert!(planned.code == 0 || planned.code == 3, "{}: {}{}", self.kind, planned.out, planned.err);
        let report = planned.json();
        let named = |c: &serde_json::Value| {
            let id = c["key"]["id"].to_string();
            (format!("{} {}", c["collection"].as_str().unwrap(), id.trim_matches('"')), c.clone())
        };
        let changes = report["changes"].as_array().unwrap().iter().map(named).collect();
        (planned, changes)
    }

    /// Applies the last plan.
    pub fn apply(&self) -> Ended {
        let listed = self.run(&["plan", "list", "--json"]).json();
        let number = listed["plans"].as_array().unwrap().iter().filter_map(|p| p["number"].as_u64()).max().unwrap();
        let applied = self.run(&["apply", &number.to_string(), "--yes", "--json"]);
        assert!(applied.code == 0 || applied.code == 3, "{}: {}{}", self.kind, applied.out, applied.err);
        applied
    }

    /// The rows of a table as `id: value|value`, in order of the first column; nothing is an empty text.
    pub fn rows(&mut self, table: &Table<'_>) -> Vec<String> {
        let columns: Vec<&str> = table.1.iter().map(|c| c.split(' ').next().unwrap()).collect();
        let (name, list) = (table.0, columns.join(", "));
        let mut rows: Vec<Vec<String>> = match self.kind {
            "sqlite" => {
                let conn = rusqlite::Connection::open(self.path().join("data/shop.db")).unwrap();
                let cells: Vec<String> = columns.iter().map(|c| format!("coalesce(CAST({c} AS TEXT), '')")).collect();
                let mut asked = conn.prepare(&format!("SELECT {} FROM {name}", cells.join(", "))).unwrap();
                let row = |r: &rusqlite::Row<'_>| (0..columns.len()).map(|i| r.get(i)).collect();
                asked.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
            }
            "postgres" => {
                let cells: Vec<String> = columns.iter().map(|c| format!("coalesce({c}::text, '')")).collect();
                let sql = format!("SELECT {} FROM {name}", cells.join(", "));
                let rows = self.postgres.as_mut().unwrap().admin.query(&sql, &[]).unwrap();
                rows.iter().map(|r| (0..columns.len()).map(|i| r.get(i)).collect()).collect()
            }
            "mysql" => {
                use mysql::prelude::Queryable as _;
                let cells: Vec<String> = columns.iter().map(|c| format!("coalesce(CAST({c} AS CHAR), '')")).collect();
                let sql = format!("SELECT {} FROM {name}", cells.join(", "));
                let rows: Vec<mysql::Row> = self.mariadb.as_mut().unwrap().admin.query(sql).unwrap();
                rows.iter().map(|r| (0..columns.len()).map(|i| r.get(i).unwrap()).collect()).collect()
            }
            "csv" => {
                let text = std::fs::read_to_string(self.path().join(format!("data/{name}.csv"))).unwrap();
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
            }
            _ => {
                let text = std::fs::read_to_string(self.path().join(format!("data/{name}.ndjson"))).unwrap();
                let row = |line: &str| {
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    columns.iter().map(|c| shown(&record[*c])).collect()
                };
                text.lines().map(row).collect()
            }
        };
        let _ = list;
        rows.sort_by_key(|row| row[0].parse::<i64>().unwrap_or(i64::MAX));
        rows.into_iter().map(|row| format!("{}: {}", row[0], row[1..].join("|"))).collect()
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.path().join("data").join(name), text).unwrap();
    }

    fn sql(&self, (name, columns, rows): &Table<'_>) -> String {
        let column = |c: &&str| {
            let (name, ty) = c.split_once(' ').unwrap();
            let ty = if ty == "int" { "integer" } else { "varchar(200)" };
            let key = if name == "id" { " PRIMARY KEY" } else { "" };
            format!("{name} {ty}{key}")
        };
        let columns: Vec<String> = columns.iter().map(column).collect();
        let mut sql = format!("CREATE TABLE {name} ({});\n", columns.join(", "));
        for row in *rows {
            let cell = |t: &&str| if t.is_empty() { "NULL".to_owned() } else { format!("'{t}'") };
            let cells: Vec<String> = row.iter().map(cell).collect();
            sql.push_str(&format!("INSERT INTO {name} VALUES ({});\n", cells.join(", ")));
        }
        sql
    }
}

fn shown(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn csv((_, columns, rows): &Table<'_>) -> String {
    let names: Vec<&str> = columns.iter().map(|c| c.split(' ').next().unwrap()).collect();
    let mut text = format!("{}\r\n", names.join(","));
    for row in *rows {
        let cells: Vec<String> = row.iter().map(|t| format!("\"{}\"", t.replace('"', "\"\""))).collect();
        text.push_str(&format!("{}\r\n", cells.join(",")));
    }
    text
}

fn documents((_, columns, rows): &Table<'_>) -> String {
    let mut out = String::new();
    for row in *rows {
        let member = |(column, text): (&&str, &&str)| {
            let (name, ty) = column.split_once(' ').unwrap();
            let value = match (ty, *text) {
                (_, "") => "null".to_owned(),
                ("int", number) => number.to_owned(),
                ("json", text) => text.to_owned(),
                (_, text) => serde_json::to_string(text).unwrap(),
            };
            format!("\"{name}\":{value}")
        };
        let members: Vec<String> = columns.iter().zip(row.iter()).map(member).collect();
        out.push_str(&format!("{{{}}}\n", members.join(",")));
    }
    out
}
