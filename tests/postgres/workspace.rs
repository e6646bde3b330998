//! A workspace over a test's database, and the commands run in it.

use std::path::Path;
use std::process::Command;

use crate::servers::postgres::{Database, database};

/// A workspace with one source, `shop`.
pub struct Workspace {
    pub db: Database,
    pub dir: tempfile::TempDir,
}

/// How a command ended, and all it said.
pub struct Ended {
    pub code: Option<i32>,
    pub text: String,
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
        let text = format!("kind = \"postgres\"\nurl = \"{url}\"\n{map}");
        std::fs::write(self.dir.path().join("sources/shop.toml"), text).unwrap();
    }

    /// Runs a command.
    pub fn run(&self, args: &[&str]) -> Ended {
        run(self.dir.path(), args, &[])
    }

    /// Plans the erasure of a person and applies it.
    pub fn erase(&self, who: &str) -> (Ended, Ended) {
        let planned = self.run(&["erase", who, "--verified", "known", "-o", self.plan().to_str().unwrap()]);
        assert!(matches!(planned.code, Some(0 | 3)), "{}", planned.text);
        (planned, self.apply())
    }

    /// Where [`Workspace::erase`] puts its plan.
    pub fn plan(&self) -> std::path::PathBuf {
        self.dir.path().join("test.plan")
    }

    /// Applies that plan.
    pub fn apply(&self) -> Ended {
        self.run(&["apply", self.plan().to_str().unwrap(), "--yes", "--json"])
    }

    /// One number the database gives.
    pub fn count(&mut self, sql: &str) -> i64 {
        self.db.admin.query_one(&format!("SELECT ({sql})::int8"), &[]).unwrap().get(0)
    }
}

/// Runs a command in a workspace with these variables.
pub fn run(dir: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("-C").arg(dir).args(args).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ended { code: output.status.code(), text }
}

impl Ended {
    /// Checks the code and what must be said.
    #[track_caller]
    pub fn is(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.text);
        says.iter().for_each(|s| assert!(self.text.contains(s), "{s} is not in:\n{}", self.text));
    }
}
