//! The same few people in every kind of source, under one map: for what must hold of all of them alike.

use mysql::prelude::Queryable as _;
use std::cell::RefCell;
use std::path::Path;

use crate::postgres::workspace::{Ended, run};
use crate::servers::{mariadb, postgres};

/// A kind of source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Sqlite,
    Csv,
    Ndjson,
    Postgres,
    MariaDb,
}

pub const KINDS: [Kind; 5] = [Kind::Sqlite, Kind::Csv, Kind::Ndjson, Kind::Postgres, Kind::MariaDb];

enum Server {
    None,
    Postgres(Box<RefCell<postgres::Database>>),
    MariaDb(Box<RefCell<mariadb::Database>>),
}

/// A workspace over one such source, `shop`.
pub struct Shelf {
    pub kind: Kind,
    pub dir: tempfile::TempDir,
    server: Server,
}

/// Tables, their columns, and whether a column is a whole number.
const TABLES: [(&str, &[(&str, bool)]); 3] = [
    ("people", &[("id", true), ("email", false), ("name", false), ("joined", false)]),
    ("orders", &[("no", true), ("person", true), ("paid", false), ("bill_to", false)]),
    ("visits", &[("mail", false), ("seen", false)]),
];

/// Rows: a table, and its values; empty ones are null.
pub type Rows = Vec<(&'static str, Vec<String>)>;

/// `people 1,ana@x.example,Ana,2001-01-01` a row.
pub fn rows(lines: &[&str]) -> Rows {
    let one = |line: &&str| {
        let (table, values) = line.split_once(' ').unwrap();
        let table = TABLES.iter().find(|(name, _)| *name == table).unwrap().0;
        (table, values.split(',').map(str::to_owned).collect())
    };
    lines.iter().map(one).collect()
}

/// Ana, with an order whose time is over and one that must be kept, and Bo.
pub fn people() -> Rows {
    rows(&[
        "people 1,Ana@x.example,Ana Lim,2001-01-01",
        "people 2,bo@x.example,Bo Tan,2001-01-01",
        "orders 7,1,2010-01-01,Ana Lim",
        "orders 8,1,2090-01-01,Ana Lim",
        "orders 9,2,2010-01-01,Bo Tan",
        "visits ana@x.example,monday",
        "visits ana@x.example,monday",
        "visits bo@x.example,monday",
    ])
}

const WORKSPACE: &str = r#"version = 1
[controller]
name = "Firm"
[erasure]
ground = "A17-1-a"
[identity.email]
normal = "email"
[identity.account]
[retention.tax]
because = "Kept for tax law"
law = "Tax Act s. 1"
keep = "P10Y"
then = "delete"
"#;

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email", account = "id" }
dated = "joined"
erase = "delete"
fields.email = { category = "user.contact.email", erase = "null" }
fields.name = { category = "user.name", erase = "null" }
[collection.orders]
key = "no"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
retain = { rule = "tax", from = "paid" }
fields.bill_to = { category = "user.name" }
[collection.visits]
identities = { email = "mail" }
erase = "delete"
other = ["seen"]
"#;

impl Shelf {
    /// Every kind there is a server for, filled with these rows.
    pub fn each(rows: &Rows, test: impl Fn(&Shelf)) {
        for kind in KINDS {
            if let Some(shelf) = Shelf::new(kind) {
                shelf.fill(rows);
                test(&shelf);
            }
        }
    }

    /// An empty one; none where there is no server.
    pub fn new(kind: Kind) -> Option<Shelf> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        let (server, head) = match kind {
            Kind::Sqlite => (Server::None, "kind = \"sqlite\"\npath = \"shop.db\"".to_owned()),
            Kind::Csv => (Server::None, "kind = \"csv\"\npath = \"shop\"".to_owned()),
            Kind::Ndjson => (Server::None, "kind = \"json\"\npath = \"shop\"".to_owned()),
            Kind::Postgres => {
                let db = postgres::database(&tables("text"))?;
                let head = format!("kind = \"postgres\"\nurl = \"{}\"", db.url);
                (Server::Postgres(Box::new(RefCell::new(db))), head)
            }
            Kind::MariaDb => {
                let db = mariadb::database(&tables("varchar(100)"))?;
                let head = format!("kind = \"mysql\"\nurl = \"{}\"", db.url);
                (Server::MariaDb(Box::new(RefCell::new(db))), head)
            }
        };
        std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
        std::fs::write(dir.path().join("sources/shop.toml"), head + MAP).unwrap();
        Some(Shelf { kind, dir, server })
    }

    /// Adds to `redress.toml`.
    pub fn also(&self, text: &str) {
        let path = self.dir.path().join("redress.toml");
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, before + text).unwrap();
    }

    /// Makes the source hold just these rows, as a restore from a backup does.
    pub fn fill(&self, rows: &Rows) {
        let insert = |(table, values): &(&str, Vec<String>)| {
            let value = |v: &String| if v.is_empty() { "NULL".to_owned() } else { format!("'{v}'") };
            format!("INSERT INTO {table} VALUES ({});", values.iter().map(value).collect::<Vec<_>>().join(", "))
        };
        let clear = "DELETE FROM orders; DELETE FROM people; DELETE FROM visits;";
        let sql = clear.to_owned() + &rows.iter().map(insert).collect::<String>();
        match (&self.server, self.kind) {
            (Server::Postgres(db), _) => db.borrow_mut().admin.batch_execute(&sql).unwrap(),
            (Server::MariaDb(db), _) => {
                sql.split_inclusive(';').for_each(|s| db.borrow_mut().admin.query_drop(s).unwrap());
            }
            (Server::None, Kind::Sqlite) => {
                let conn = rusqlite::Connection::open(self.dir.path().join("shop.db")).unwrap();
                let create = tables("TEXT").replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
                conn.execute_batch(&format!("PRAGMA synchronous = OFF; BEGIN; {create} {sql} COMMIT;")).unwrap();
            }
            (Server::None, kind) => self.fill_files(rows, kind == Kind::Csv),
        }
    }

    fn fill_files(&self, rows: &Rows, csv: bool) {
        let folder = self.dir.path().join("shop");
        std::fs::create_dir_all(&folder).unwrap();
        for (table, columns) in TABLES {
            let mine = rows.iter().filter(|(t, _)| *t == table).map(|(_, values)| values);
            let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
            let (name, text) = match csv {
                true => {
                    let lines: String = mine.map(|values| values.join(",") + "\n").collect();
                    (format!("{table}.csv"), names.join(",") + "\n" + &lines)
                }
                false => (format!("{table}.ndjson"), mine.map(|values| json(columns, values) + "\n").collect()),
            };
            std::fs::write(folder.join(name), text).unwrap();
        }
    }

    /// Everything the source holds, a line a row, sorted.
    pub fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (table, columns) in TABLES {
            let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
            for values in self.table(table, columns) {
                assert_eq!(values.len(), names.len());
                all.push(format!("{table} {}", values.join(",")));
            }
        }
        all.sort();
        all
    }

    fn table(&self, table: &str, columns: &[(&str, bool)]) -> Vec<Vec<String>> {
        let path = |end: &str| self.dir.path().join("shop").join(format!("{table}.{end}"));
        match (&self.server, self.kind) {
            (Server::Postgres(db), _) => {
                let list: Vec<String> = columns.iter().map(|(n, _)| format!("coalesce({n}::text, '')")).collect();
                let rows =
                    db.borrow_mut().admin.query(&format!("SELECT {} FROM {table}", list.join(", ")), &[]).unwrap();
                rows.iter().map(|row| (0..columns.len()).map(|i| row.get(i)).collect()).collect()
            }
            (Server::MariaDb(db), _) => {
                let list: Vec<String> =
                    columns.iter().map(|(n, _)| format!("coalesce(cast({n} AS CHAR), '')")).collect();
                let rows: Vec<mysql::Row> =
                    db.borrow_mut().admin.query(format!("SELECT {} FROM {table}", list.join(", "))).unwrap();
                rows.into_iter().map(|row| (0..columns.len()).map(|i| row.get(i).unwrap()).collect()).collect()
            }
            (Server::None, Kind::Sqlite) => {
                let conn = rusqlite::Connection::open(self.dir.path().join("shop.db")).unwrap();
                let list: Vec<String> =
                    columns.iter().map(|(n, _)| format!("coalesce(cast({n} AS TEXT), '')")).collect();
                let mut statement = conn.prepare(&format!("SELECT {} FROM {table}", list.join(", "))).unwrap();
                let rows = statement.query_map([], |row| (0..columns.len()).map(|i| row.get(i)).collect()).unwrap();
                rows.collect::<rusqlite::Result<_>>().unwrap()
            }
            (Server::None, Kind::Csv) => read_lines(&path("csv"))
                .into_iter()
                .skip(1)
                .map(|l| l.split(',').map(str::to_owned).collect())
                .collect(),
            (Server::None, _) => {
                let value = |json: &serde_json::Value| match json {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let row = |line: String| {
                    let json: serde_json::Value = serde_json::from_str(&line).unwrap();
                    columns.iter().map(|(name, _)| value(&json[*name])).collect()
                };
                read_lines(&path("ndjson")).into_iter().map(row).collect()
            }
        }
    }

    /// Runs a command.
    #[track_caller]
    pub fn run(&self, args: &[&str], code: i32, says: &[&str]) -> Ended {
        let ended = run(self.dir.path(), args, &[]);
        assert_eq!(ended.code, Some(code), "{:?} {args:?}: {}", self.kind, ended.text);
        for part in says {
            assert!(ended.text.contains(part), "{:?}: {part} is not in:\n{}", self.kind, ended.text);
        }
        ended
    }

    /// Plans the erasure of that person and applies it.
    #[track_caller]
    pub fn erase(&self, who: &str) {
        let planned = self.run(&["erase", who, "--verified", "known", "--json"], 0, &[]);
        let plan = number(&planned, "plan");
        self.run(&["apply", &plan, "--yes"], 0, &[]);
    }
}

/// A number of a report as text.
#[track_caller]
pub fn number(ended: &Ended, name: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(ended.text.lines().next().unwrap_or_default())
        .unwrap_or_else(|_| panic!("no JSON: {}", ended.text));
    json[name].as_u64().unwrap_or_else(|| panic!("{name}: {}", ended.text)).to_string()
}

fn tables(text: &str) -> String {
    format!(
        "CREATE TABLE people (id INTEGER PRIMARY KEY, email {text}, name {text}, joined {text});
         CREATE TABLE orders (no INTEGER PRIMARY KEY, person INTEGER REFERENCES people (id), paid {text}, bill_to {text});
         CREATE TABLE visits (mail {text}, seen {text});"
    )
}

fn json(columns: &[(&str, bool)], values: &[String]) -> String {
    let value = |((name, number), value): (&(&str, bool), &String)| {
        let value = match (value.is_empty(), number) {
            (true, _) => serde_json::Value::Null,
            (_, true) => value.parse::<i64>().unwrap().into(),
            _ => value.as_str().into(),
        };
        ((*name).to_owned(), value)
    };
    let object: serde_json::Map<String, serde_json::Value> = columns.iter().zip(values).map(value).collect();
    serde_json::Value::from(object).to_string()
}

fn read_lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}
