//! The fixture firm with tables of its shop on servers: the same rows, the same map, the same findings.
//!
//! The shop is written into SQLite first, as everywhere; its tables are then moved, with keys and references. What a
//! server would need to draw the crowd itself is not here.

mod tables;

use redress::fixture::{Cast, Scale};
use rusqlite::Connection;
use std::path::Path;

use super::{mariadb, postgres};
use tables::{Table, tables};

/// What a table becomes on a server.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    Postgres,
    MariaDb,
}

/// Where the shop's tables are.
enum Server {
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

impl Server {
    /// A database of its own.
    fn new(engine: Engine) -> Option<Server> {
        Some(match engine {
            Engine::Postgres => Server::Postgres(Box::new(postgres::database("CREATE EXTENSION citext")?)),
            Engine::MariaDb => Server::MariaDb(Box::new(mariadb::database(
                "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'",
            )?)),
        })
    }

    /// Copies tables with their rows; then they refer to each other.
    fn take(&mut self, lite: &Connection, tables: &[&Table]) {
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
