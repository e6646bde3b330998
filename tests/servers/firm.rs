//! The fixture firm with tables of its shop on servers: the same rows, the same map, the same findings.
//!
//! The shop is written into SQLite first, as everywhere; its tables are then moved, with keys and references. What a
//! server would need to draw the crowd itself is not here.

mod tables;

use redress::fixture::{Cast, Scale};
use rusqlite::Connection;
use std::path::Path;

use super::{mariadb, postgres};
pub use tables::{Table, tables};

/// What a table becomes on a server.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    Postgres,
    MariaDb,
}

/// Where the shop's tables are.
pub enum Server {
    Postgres(Box<postgres::Database>),
    MariaDb(Box<mariadb::Database>),
}

/// Writes the firm, moves its shop to a server, and points the map there; none where there is no such server.
pub fn firm(dir: &Path, engine: Engine) -> Option<Cast> {
    let cast = redress::fixture::write(dir, Scale::DEMO, 7).unwrap();
    let mut server = Server::new(engine)?;
    let lite = Connection::open(dir.join("shop.db")).unwrap();
    server.take(&lite, &tables(&lite).iter().collect::<Vec<_>>());
    let map = std::fs::read_to_string(dir.join("sources/shop.toml")).unwrap();
    let map = map.replace("kind = \"sqlite\"\npath = \"shop.db\"", &server.address());
    std::fs::write(dir.join("sources/shop.toml"), map).unwrap();
    std::fs::remove_file(dir.join("shop.db")).unwrap();
    Some(cast)
}

/// What people wrote to each other: of the shop's tables those that stand in PostgreSQL when the firm is spread.
const TALK: [&str; 5] = ["messages", "disputes", "dispute_evidence", "reviews", "support_notes"];

/// Writes the firm over all five kinds of source: the shop in SQLite, but what people wrote in PostgreSQL (`talk`), the
/// back office in MariaDB, the rest in CSV files and JSON documents.
pub fn spread(dir: &Path) -> Option<Cast> {
    let mut cast = redress::fixture::write(dir, Scale::DEMO, 7).unwrap();
    let (mut talk, mut office) = (Server::new(Engine::Postgres)?, Server::new(Engine::MariaDb)?);
    let shop = Connection::open(dir.join("shop.db")).unwrap();
    let (moved, _): (Vec<Table>, Vec<Table>) = tables(&shop).into_iter().partition(|t| TALK.contains(&t.name.as_str()));
    talk.take(&shop, &moved.iter().collect::<Vec<_>>());
    shop.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    moved.iter().for_each(|t| shop.execute_batch(&format!("DROP TABLE {}", t.name)).unwrap());
    let lite = Connection::open(dir.join("office.db")).unwrap();
    office.take(&lite, &tables(&lite).iter().collect::<Vec<_>>());
    std::fs::remove_file(dir.join("office.db")).unwrap();
    move_map(dir, "office", "office", &office, &|_| true);
    move_map(dir, "shop", "talk", &talk, &|name| TALK.contains(&name));
    for rows in cast.own.iter_mut().chain(&mut cast.shared).chain(&mut cast.references) {
        if rows.source == "shop" && TALK.contains(&rows.collection) {
            rows.source = "talk";
        }
    }
    Some(cast)
}

/// Moves the map of some collections to a source of its own, or the whole source to another place.
fn move_map(dir: &Path, from: &str, to: &str, server: &Server, goes: &dyn Fn(&str) -> bool) {
    let path = |name: &str| dir.join(format!("sources/{name}.toml"));
    let map = std::fs::read_to_string(path(from)).unwrap();
    let mut parts: Vec<String> = map.split("\n[collection.").map(str::to_owned).collect();
    let head = parts.remove(0);
    let (gone, stay): (Vec<String>, Vec<String>) =
        parts.into_iter().partition(|part| goes(part.split(']').next().unwrap()));
    let file = format!("kind = \"sqlite\"\npath = \"{from}.db\"");
    assert!(head.contains(&file));
    let together = |head: &str, parts: &[String]| {
        parts.iter().fold(head.to_owned(), |text, part| format!("{text}\n[collection.{part}"))
    };
    if !stay.is_empty() {
        std::fs::write(path(from), together(&head, &stay)).unwrap();
    }
    let away = |part: &String| match stay.is_empty() {
        true => part.clone(),
        // What it refers to has stayed behind.
        false => part.replace("to = \"", &format!("to = \"{from}.")),
    };
    let gone: Vec<String> = gone.iter().map(away).collect();
    std::fs::write(path(to), together(&head.replace(&file, &server.address()), &gone)).unwrap();
}

impl Server {
    /// A database of its own.
    pub fn new(engine: Engine) -> Option<Server> {
        Some(match engine {
            Engine::Postgres => Server::Postgres(Box::new(postgres::database("CREATE EXTENSION citext")?)),
            Engine::MariaDb => Server::MariaDb(Box::new(mariadb::database(
                "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'",
            )?)),
        })
    }

    /// Copies tables with their rows; then they refer to each other.
    pub fn take(&mut self, lite: &Connection, tables: &[&Table]) {
        let engine = match self {
            Server::Postgres(_) => Engine::Postgres,
            Server::MariaDb(_) => Engine::MariaDb,
        };
        for table in tables {
            self.run(&table.create(engine));
            table.inserts(lite, engine).iter().for_each(|sql| self.run(sql));
        }
        for table in tables {
            let here = |to: &str| tables.iter().any(|t| t.name == to);
            table.refer(engine, &here).iter().for_each(|sql| self.run(sql));
        }
    }

    /// Its rows' keys and their text.
    pub fn dump(&mut self, table: &Table) -> Vec<(String, String)> {
        use mysql::prelude::Queryable as _;
        match self {
            Server::Postgres(db) => {
                let rows = db.admin.query(&table.dump(Engine::Postgres), &[]).unwrap();
                rows.iter().map(|row| (row.get(0), row.get(1))).collect()
            }
            Server::MariaDb(db) => db.admin.query(table.dump(Engine::MariaDb)).unwrap(),
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        match self {
            Server::Postgres(db) => &db.url,
            Server::MariaDb(db) => &db.url,
        }
    }

    fn run(&mut self, sql: &str) {
        match self {
            Server::Postgres(db) => db.admin.batch_execute(sql).unwrap_or_else(|e| panic!("{e}: {sql}")),
            Server::MariaDb(db) => mariadb::all(&mut db.admin, sql),
        }
    }

    /// How the map says where it is.
    fn address(&self) -> String {
        match self {
            Server::Postgres(db) => format!("kind = \"postgres\"\nurl = \"{}\"", db.url),
            Server::MariaDb(db) => format!("kind = \"mysql\"\nurl = \"{}\"", db.url),
        }
    }
}
