//! A workspace over a test's database, and the commands run in it.

use mysql::prelude::Queryable as _;
use std::process::{Child, Command, Stdio};

use crate::postgres::workspace::{Ended, run};
use crate::servers::mariadb::{Database, database};

/// A workspace with one source, `shop`.
pub struct Workspace {
    pub db: Database,
    pub dir: tempfile::TempDir,
}

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\n[identity.email]\nnormal = \"email\"\n[identity.account]\n";

impl Workspace {
    /// A database of these tables under this map; none where there is no server.
    pub fn new(sql: &str, map: &str) -> Option<Workspace> {
        database(sql).map(|db| Workspace::over(db, map))
    }

    /// A workspace over a database.
    pub fn over(db: Database, map: &str) -> Workspace {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
        let workspace = Workspace { db, dir };
        workspace.map(&workspace.db.url, map);
        workspace
    }

    /// Writes the source's map anew.
    pub fn map(&self, url: &str, map: &str) {
        let text = format!("kind = \"mysql\"\nurl = \"{url}\"\n{map}");
        std::fs::write(self.dir.path().join("sources/shop.toml"), text).unwrap();
    }

    /// Runs a command.
    pub fn run(&self, args: &[&str]) -> Ended {
        run(self.dir.path(), args, &[])
    }

    /// Plans the erasure of a person.
    pub fn plan(&self, who: &str) -> Ended {
        self.run(&["erase", who, "--verified", "known", "-o", self.file().to_str().unwrap()])
    }

    /// Plans the erasure of a person and applies it.
    pub fn erase(&self, who: &str) -> Ended {
        let planned = self.plan(who);
        assert!(matches!(planned.code, Some(0 | 3)), "{}", planned.text);
        self.apply()
    }

    fn file(&self) -> std::path::PathBuf {
        self.dir.path().join("test.plan")
    }

    /// Applies that plan.
    pub fn apply(&self) -> Ended {
        self.run(&["apply", self.file().to_str().unwrap(), "--yes", "--json"])
    }

    /// `apply`, started; it goes on by itself.
    pub fn applying(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.arg("-C").arg(self.dir.path()).args(["apply", self.file().to_str().unwrap(), "--yes", "--json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// One number the database gives.
    pub fn count(&mut self, sql: &str) -> i64 {
        self.db.admin.query_first(format!("SELECT ({sql})")).unwrap().unwrap()
    }

    /// How many rows each of these tables has.
    pub fn counts(&mut self, tables: &[&str]) -> Vec<i64> {
        tables.iter().map(|t| self.count(&format!("SELECT COUNT(*) FROM {t}"))).collect()
    }
}
