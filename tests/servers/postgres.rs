//! A PostgreSQL server for the tests.

use postgres::{Client, NoTls};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::process::{Running, free_port, give, run};

/// What a server's log says when it can be connected to.
const READY: &str = "database system is ready to accept connections";

/// A running server with its superuser `postgres`, on a Unix socket and on loopback.
pub struct Postgres {
    /// The newest first: the oldest, which ends last, removes the folder.
    processes: Vec<Running>,
    arguments: Vec<String>,
    folder: PathBuf,
    port: u16,
}

/// A database of its own on a server.
pub struct Database {
    /// Its name.
    pub name: String,
    /// Its address for Redress.
    pub url: String,
    /// A connection as the superuser.
    pub admin: Client,
}

/// The server all tests share; none, said aloud, where it is not installed.
pub fn shared() -> Option<&'static Postgres> {
    static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
    SHARED.get_or_init(|| Postgres::start(&[])).as_ref()
}

/// A database with these tables on the shared server.
pub fn database(sql: &str) -> Option<Database> {
    shared().map(|server| server.database(sql))
}

impl Postgres {
    /// Starts a server with these settings (`name=value`, `{folder}` being its folder).
    pub fn start(settings: &[&str]) -> Option<Postgres> {
        Postgres::prepared(settings, &|_| {})
    }

    /// The same, with files that `prepare` puts beside its data first.
    pub fn prepared(settings: &[&str], prepare: &dyn Fn(&Path)) -> Option<Postgres> {
        let Some(programs) = programs() else {
            super::skipped("PostgreSQL");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("redress-pg-").tempdir().unwrap().keep();
        prepare(&folder);
        give(&folder);
        let data = folder.join("data");
        let text = |p: &Path| p.to_str().unwrap().to_owned();
        let options = ["-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-D"];
        let mut words: Vec<String> = options.map(str::to_owned).into();
        words.push(text(&data));
        run(&programs.join("initdb"), &words, &folder);
        let port = free_port();
        let mut words = vec!["-D".to_owned(), text(&data), "-k".into(), text(&folder), "-p".into(), port.to_string()];
        for setting in ["listen_addresses=127.0.0.1", "fsync=off", "max_connections=200"].iter().chain(settings) {
            words.extend(["-c".to_owned(), setting.replace("{folder}", folder.to_str().unwrap())]);
        }
        let process = Running::start(&folder, &programs.join("postgres"), &words, READY);
        Some(Postgres { processes: vec![process], arguments: words, folder, port })
    }

    /// Ends the server at once, as a crash would.
    pub fn kill(&self) {
        let data = self.folder.join("data");
        let words = ["stop", "-m", "immediate", "-D", data.to_str().unwrap()].map(str::to_owned);
        run(&programs().unwrap().join("pg_ctl"), &words, &self.folder);
    }

    /// Starts it again over the same data.
    pub fn revive(&mut self) {
        let again = Running::start(&self.folder, &programs().unwrap().join("postgres"), &self.arguments, READY);
        self.processes.insert(0, again);
    }

    /// A new database with these tables.
    pub fn database(&self, sql: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.connect("postgres").batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let mut admin = self.connect(&name);
        admin.batch_execute(sql).unwrap();
        Database { url: self.url(&name), name, admin }
    }

    /// The address of a database, over the socket.
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.to_str().unwrap();
        format!("postgres://postgres@:{}/{database}?host={folder}", self.port)
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where its data are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A connection of the superuser.
    pub fn connect(&self, database: &str) -> Client {
        let mut config = postgres::Config::new();
        config.host_path(&self.folder).port(self.port).user("postgres").dbname(database);
        let log = || self.processes[0].log();
        config.connect(NoTls).unwrap_or_else(|e| panic!("{e}; the server's log ends with:\n{}", log()))
    }
}

/// The newest installed server's programs.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop()
}

#[test]
fn a_server_starts_and_each_test_has_a_database() {
    let Some(mut one) = database("CREATE TABLE t (n int); INSERT INTO t VALUES (7)") else { return };
    let n: i32 = one.admin.query_one("SELECT n FROM t", &[]).unwrap().get(0);
    assert_eq!(n, 7);
    let mut other = database("").unwrap();
    assert!(other.admin.query("SELECT n FROM t", &[]).is_err());
    assert_eq!(redress::source::server::fault(&one.url), None);
}

#[test]
fn a_server_of_one_test_leaves_nothing_behind() {
    let Some(server) = Postgres::start(&[]) else { return };
    let (folder, at) = (server.folder().to_owned(), ("127.0.0.1", server.port()));
    assert!(std::net::TcpStream::connect(at).is_ok());
    drop(server);
    assert!(!folder.exists() && std::net::TcpStream::connect(at).is_err());
}
