//! What every database must do alike: one suite over SQLite, PostgreSQL and MariaDB. Files have theirs in the library;
//! what only one engine has is tested in its own folder.

mod apply;
mod checks;
mod faults;
mod undo;
mod values;
mod waiting;

use mysql::prelude::Queryable as _;
use postgres::SimpleQueryMessage;
use redress::map::Address;
use rusqlite::types::ValueRef;
use std::path::PathBuf;

use crate::postgres::workspace::{Ended, run};
use crate::servers::{mariadb, postgres as pg};

/// The databases of the suite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Engine {
    Sqlite,
    Postgres,
    MariaDb,
}

/// All of them that are here.
pub const ENGINES: [Engine; 3] = [Engine::Sqlite, Engine::Postgres, Engine::MariaDb];

/// A connection.
pub enum Store {
    Sqlite(rusqlite::Connection),
    Postgres(Box<pg::Database>),
    MariaDb(Box<mariadb::Database>),
}

/// A workspace with one source, `shop`.
pub struct World {
    pub engine: Engine,
    pub dir: tempfile::TempDir,
    pub store: Store,
}

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n[identity.account]\n";

impl Engine {
    /// SQL with the engine's own words: `{bytes}` a type, `{later}` what lets a reference wait for the commit.
    fn written(self, sql: &str) -> String {
        let (bytes, later) = match self {
            Engine::Sqlite => ("BLOB", "DEFERRABLE INITIALLY DEFERRED"),
            Engine::Postgres => ("bytea", "DEFERRABLE INITIALLY DEFERRED"),
            Engine::MariaDb => ("varbinary(90)", ""),
        };
        sql.replace("{bytes}", bytes).replace("{later}", later)
    }

    /// A trigger that runs a statement after each record of a table that goes.
    pub fn after_delete(self, table: &str, statement: &str) -> String {
        match self {
            Engine::Sqlite => format!("CREATE TRIGGER beside AFTER DELETE ON {table} BEGIN {statement}; END;"),
            Engine::MariaDb => format!("CREATE TRIGGER beside AFTER DELETE ON {table} FOR EACH ROW {statement};"),
            Engine::Postgres => format!(
                "CREATE FUNCTION beside() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {statement}; RETURN NULL; END$$;
                 CREATE TRIGGER beside AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION beside();"
            ),
        }
    }
}

impl Store {
    /// Runs statements.
    pub fn run(&mut self, sql: &str) {
        match self {
            Store::Sqlite(conn) => conn.execute_batch(sql).unwrap_or_else(|e| panic!("{e}: {sql}")),
            Store::Postgres(db) => db.admin.batch_execute(sql).unwrap_or_else(|e| panic!("{e}: {sql}")),
            Store::MariaDb(db) => mariadb::all(&mut db.admin, sql),
        }
    }

    /// What a query gives: a text a row, its values divided by commas, nothing for null.
    pub fn rows(&mut self, sql: &str) -> Vec<String> {
        match self {
            Store::Sqlite(conn) => {
                let mut statement = conn.prepare(sql).unwrap();
                let width = statement.column_count();
                let row = |row: &rusqlite::Row<'_>| {
                    let cell = |i| match row.get_ref(i).unwrap() {
                        ValueRef::Null => String::new(),
                        ValueRef::Integer(n) => n.to_string(),
                        ValueRef::Real(x) => x.to_string(),
                        ValueRef::Text(t) | ValueRef::Blob(t) => String::from_utf8_lossy(t).into_owned(),
                    };
                    Ok((0..width).map(cell).collect::<Vec<_>>().join(","))
                };
                statement.query_map([], row).unwrap().map(Result::unwrap).collect()
            }
            Store::Postgres(db) => {
                let messages = db.admin.simple_query(sql).unwrap();
                let rows = messages.iter().filter_map(|m| match m {
                    SimpleQueryMessage::Row(row) => Some(row),
                    _ => None,
                });
                rows.map(|r| (0..r.len()).map(|i| r.get(i).unwrap_or("")).collect::<Vec<_>>().join(",")).collect()
            }
            Store::MariaDb(db) => {
                let rows: Vec<mysql::Row> = db.admin.query(sql).unwrap();
                let cell = |v: mysql::Value| match v {
                    mysql::Value::NULL => String::new(),
                    mysql::Value::Bytes(text) => String::from_utf8_lossy(&text).into_owned(),
                    other => panic!("{other:?}"),
                };
                rows.into_iter().map(|r| r.unwrap().into_iter().map(cell).collect::<Vec<_>>().join(",")).collect()
            }
        }
    }
}

impl World {
    /// A database of these tables under this map; none where there is no such server.
    pub fn new(engine: Engine, sql: &str, map: &str) -> Option<World> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
        let store = match engine {
            Engine::Sqlite => {
                let conn = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
                conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
                Store::Sqlite(conn)
            }
            Engine::Postgres => Store::Postgres(Box::new(pg::database("")?)),
            Engine::MariaDb => Store::MariaDb(Box::new(mariadb::database("SET foreign_key_checks = 0")?)),
        };
        let mut world = World { engine, dir, store };
        world.store.run(&engine.written(sql));
        if let Store::MariaDb(db) = &mut world.store {
            db.admin.query_drop("SET foreign_key_checks = 1").unwrap();
        }
        let at = world.address();
        let place = match engine {
            Engine::Sqlite => "path = \"shop.db\"".to_owned(),
            _ => format!("url = \"{}\"", at.written),
        };
        let text = format!("kind = \"{}\"\n{place}\n{map}", at.kind);
        std::fs::write(world.dir.path().join("sources/shop.toml"), text).unwrap();
        Some(world)
    }

    /// The source's address.
    pub fn address(&self) -> Address {
        let (kind, written) = match &self.store {
            Store::Sqlite(_) => ("sqlite", "shop.db".to_owned()),
            Store::Postgres(db) => ("postgres", db.url.clone()),
            Store::MariaDb(db) => ("mysql", db.url.clone()),
        };
        Address { kind: kind.into(), path: self.dir.path().join("shop.db"), written, ..Address::default() }
    }

    /// Runs a command.
    pub fn redress(&self, args: &[&str]) -> Ended {
        run(self.dir.path(), args, &[])
    }

    /// Where the plan is put.
    pub fn file(&self) -> PathBuf {
        self.dir.path().join("test.plan")
    }

    /// Plans the erasure of a person.
    pub fn plan(&self, who: &str) -> Ended {
        let planned = self.redress(&["erase", who, "--verified", "known", "-o", self.file().to_str().unwrap()]);
        assert!(matches!(planned.code, Some(0 | 3)), "{:?}: {}", self.engine, planned.text);
        planned
    }

    /// Applies that plan, with these variables.
    pub fn apply(&self, variables: &[(&str, &str)]) -> Ended {
        run(self.dir.path(), &["apply", self.file().to_str().unwrap(), "--yes", "--json"], variables)
    }

    /// Plans it and applies it.
    pub fn erase(&self, who: &str) -> Ended {
        self.plan(who);
        self.apply(&[])
    }

    /// How many records there are of each table.
    pub fn counts(&mut self, tables: &[&str]) -> Vec<String> {
        let count = |table: &&str| self.store.rows(&format!("SELECT COUNT(*) FROM {table}")).concat();
        tables.iter().map(count).collect()
    }
}
