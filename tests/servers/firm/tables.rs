//! The tables of a SQLite database, as SQL that makes them again on a server.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::Engine;

/// A table as SQLite describes it.
pub struct Table {
    pub name: String,
    columns: Vec<Column>,
    key: Vec<String>,
    /// Columns that are unique, beside the key.
    unique: Vec<Vec<String>>,
    references: Vec<Reference>,
}

struct Column {
    name: String,
    declared: String,
    not_null: bool,
    nocase: bool,
    /// Whether a key, a unique index or a reference has it.
    indexed: bool,
}

struct Reference {
    columns: Vec<String>,
    to: String,
    to_columns: Vec<String>,
    action: String,
}

/// All tables, in the order they were made.
pub fn tables(lite: &Connection) -> Vec<Table> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid";
    all(lite, names, &[], |r| r.get(0)).into_iter().map(|name| table(lite, name)).collect()
}

fn all<T>(
    lite: &Connection,
    sql: &str,
    given: &[&str],
    make: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = lite.prepare(sql).unwrap();
    let rows = statement.query_map(rusqlite::params_from_iter(given), make).unwrap();
    rows.map(Result::unwrap).collect()
}

fn table(lite: &Connection, name: String) -> Table {
    let info = "SELECT name, upper(type), \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid";
    let rows: Vec<(String, String, bool, i64)> =
        all(lite, info, &[&name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)));
    let mut key: Vec<(i64, String)> = rows.iter().filter(|r| r.3 > 0).map(|r| (r.3, r.0.clone())).collect();
    key.sort();
    let key: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
    let indexes = "SELECT name FROM pragma_index_list(?1) WHERE origin = 'u'";
    let unique: Vec<Vec<String>> = all(lite, indexes, &[&name], |r| r.get::<_, String>(0))
        .iter()
        .map(|index| all(lite, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", &[index], |r| r.get(0)))
        .collect();
    let references = references(lite, &name);
    let columns = rows.into_iter().map(|(column, declared, not_null, pk)| Column {
        nocase: nocase(lite, &name, &column),
        indexed: pk > 0
            || unique.iter().flatten().any(|c| *c == column)
            || references.iter().any(|r| r.columns.contains(&column)),
        name: column,
        declared,
        not_null,
    });
    Table { columns: columns.collect(), key, unique, references, name }
}

fn references(lite: &Connection, table: &str) -> Vec<Reference> {
    let sql = "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq";
    let parts: Vec<(i64, String, String, Option<String>, String)> =
        all(lite, sql, &[table], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)));
    // Where no columns are named it is the key.
    let key =
        |to: &str| all(lite, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", &[to], |r| r.get(0));
    let one = |parts: &[(i64, String, String, Option<String>, String)]| Reference {
        columns: parts.iter().map(|p| p.2.clone()).collect(),
        to: parts[0].1.clone(),
        to_columns: parts.iter().map(|p| p.3.clone()).collect::<Option<_>>().unwrap_or_else(|| key(&parts[0].1)),
        action: parts[0].4.clone(),
    };
    parts.chunk_by(|a, b| a.0 == b.0).map(one).collect()
}

fn nocase(lite: &Connection, table: &str, column: &str) -> bool {
    let (_, collation, ..) = lite.column_metadata(Some("main"), table, column).unwrap();
    collation.is_some_and(|c| c.to_bytes().eq_ignore_ascii_case(b"nocase"))
}

fn list(names: &[String]) -> String {
    names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ")
}

impl Column {
    fn sql(&self, engine: Engine) -> String {
        format!("\"{}\" {}{}", self.name, self.ty(engine), if self.not_null { " NOT NULL" } else { "" })
    }

    /// The nearest type of the server.
    fn ty(&self, engine: Engine) -> &'static str {
        let name = self.declared.split('(').next().unwrap_or_default().trim();
        match (engine, name) {
            // A column compared without regard to case has a type, or a collation, for that there.
            (Engine::Postgres, _) if self.nocase => "citext",
            (Engine::MariaDb, _) if self.nocase => "varchar(190) COLLATE utf8mb4_general_ci",
            (_, name) if name.contains("INT") => "bigint",
            (_, "REAL" | "DOUBLE" | "DOUBLE PRECISION" | "FLOAT") => "double precision",
            (Engine::Postgres, "NUMERIC" | "DECIMAL") => "numeric",
            (Engine::MariaDb, "NUMERIC" | "DECIMAL") => "decimal(20,4)",
            (_, "BOOLEAN" | "BOOL") => "boolean",
            (_, "DATE") => "date",
            (Engine::Postgres, "TIMESTAMP" | "DATETIME") => "timestamp",
            (Engine::MariaDb, "TIMESTAMP" | "DATETIME") => "datetime",
            (Engine::Postgres, "INET") => "inet",
            (Engine::Postgres, "JSON" | "JSONB") => "jsonb",
            (_, "UUID") => "uuid",
            (Engine::Postgres, "BLOB") => "bytea",
            (Engine::Postgres, _) => "text",
            (Engine::MariaDb, "BLOB") if self.indexed => "varbinary(190)",
            (Engine::MariaDb, "BLOB") => "longblob",
            (Engine::MariaDb, _) if self.indexed => "varchar(190) COLLATE utf8mb4_bin",
            (Engine::MariaDb, _) => "longtext COLLATE utf8mb4_bin",
        }
    }

    /// Its value as text.
    fn text(&self, engine: Engine) -> String {
        let bytes = self.declared.contains("BLOB");
        match engine {
            Engine::Postgres if bytes => format!("'0x' || encode(\"{}\", 'hex')", self.name),
            Engine::Postgres => format!("\"{}\"::text", self.name),
            Engine::MariaDb if bytes => format!("CONCAT('0x', LOWER(HEX(\"{}\")))", self.name),
            Engine::MariaDb => format!("CAST(\"{}\" AS CHAR)", self.name),
        }
    }
}

impl Table {
    pub fn create(&self, engine: Engine) -> String {
        let mut parts: Vec<String> = self.columns.iter().map(|c| c.sql(engine)).collect();
        if !self.key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", list(&self.key)));
        }
        parts.extend(self.unique.iter().map(|columns| format!("UNIQUE ({})", list(columns))));
        format!("CREATE TABLE \"{}\" ({})", self.name, parts.join(", "))
    }

    /// The query of all rows: its key (all of it where there is none), and all of it, as text.
    pub fn dump(&self, engine: Engine) -> String {
        let named = |name: &String| self.columns.iter().find(|c| c.name == *name).unwrap();
        let every: Vec<&Column> = self.columns.iter().collect();
        let key: Vec<&Column> = self.key.iter().map(named).collect();
        let joined = |columns: &[&Column], between: &str| {
            let parts: Vec<String> = columns.iter().map(|c| format!("coalesce({}, 'null')", c.text(engine))).collect();
            format!("concat_ws('{between}', {})", parts.join(", "))
        };
        let key = if key.is_empty() { joined(&every, "|") } else { joined(&key, "/") };
        format!("SELECT {key}, {} FROM \"{}\"", joined(&every, "|"), self.name)
    }

    /// References to tables that are `here` too.
    pub fn refer(&self, engine: Engine, here: &dyn Fn(&str) -> bool) -> Vec<String> {
        let deferrable = if engine == Engine::Postgres { " DEFERRABLE" } else { "" };
        let one = |r: &Reference| {
            format!(
                "ALTER TABLE \"{}\" ADD FOREIGN KEY ({}) REFERENCES \"{}\" ({}) ON DELETE {}{deferrable}",
                self.name,
                list(&r.columns),
                r.to,
                list(&r.to_columns),
                r.action
            )
        };
        self.references.iter().filter(|r| here(&r.to)).map(one).collect()
    }

    /// Its rows, a hundred a statement.
    pub fn inserts(&self, lite: &Connection, engine: Engine) -> Vec<String> {
        let names: Vec<String> = self.columns.iter().map(|c| c.name.clone()).collect();
        let select = format!("SELECT {} FROM \"{}\"", list(&names), self.name);
        let rows = all(lite, &select, &[], |row| {
            let cells: Vec<String> = (0..names.len()).map(|i| literal(row.get_ref(i).unwrap(), engine)).collect();
            Ok(format!("({})", cells.join(", ")))
        });
        let insert =
            |rows: &[String]| format!("INSERT INTO \"{}\" ({}) VALUES {}", self.name, list(&names), rows.join(", "));
        rows.chunks(100).map(insert).collect()
    }
}

fn literal(value: ValueRef<'_>, engine: Engine) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        // In quotes: the column may have become one of truth values, or of dates.
        ValueRef::Integer(n) => format!("'{n}'"),
        ValueRef::Real(x) => format!("'{x}'"),
        ValueRef::Text(text) => format!("'{}'", std::str::from_utf8(text).unwrap().replace('\'', "''")),
        ValueRef::Blob(bytes) => {
            let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            match engine {
                Engine::Postgres => format!("'\\x{digits}'"),
                Engine::MariaDb => format!("x'{digits}'"),
            }
        }
    }
}
