//! A MariaDB server for the tests, or a MySQL server where `REDRESS_MYSQLD` names its program: there is none in Debian 12,
//! so that the usual run tries nothing that is said of MySQL alone.

use mysql::prelude::Queryable as _;
use mysql::{Conn, OptsBuilder};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::process::{Running, free_port, give, run};

/// A running server with its superuser `root`, on a Unix socket and on loopback.
pub struct MariaDb {
    /// The one started last stands first and ends first; the folder goes with the last.
    processes: Vec<Running>,
    program: PathBuf,
    words: Vec<String>,
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
    pub admin: Conn,
}

/// The server all tests share; none, said aloud, where it is not installed.
pub fn shared() -> Option<&'static MariaDb> {
    static SHARED: OnceLock<Option<MariaDb>> = OnceLock::new();
    SHARED.get_or_init(|| MariaDb::start(&[])).as_ref()
}

/// A database with these tables on the shared server.
pub fn database(sql: &str) -> Option<Database> {
    shared().map(|server| server.database(sql))
}

impl MariaDb {
    /// Starts a server with these settings (`name=value`).
    pub fn start(settings: &[&str]) -> Option<MariaDb> {
        MariaDb::prepared(settings, &|_| {})
    }

    /// The same, with files that `prepare` puts into its folder first (`{folder}` in the settings).
    pub fn prepared(settings: &[&str], prepare: &dyn Fn(&Path)) -> Option<MariaDb> {
        let Some(program) = program() else {
            super::skipped("MariaDB");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("redress-my-").tempdir().unwrap().keep();
        prepare(&folder);
        // Of its own: a server that starts removes every MariaDB's temporary tables from the folder it finds.
        let temporary = folder.join("tmp");
        std::fs::create_dir(&temporary).unwrap();
        give(&folder);
        let text = |p: &Path| p.to_str().unwrap().to_owned();
        let data = format!("--datadir={}", text(&folder.join("data")));
        let temporary = format!("--tmpdir={}", text(&temporary));
        let (maker, kind): (_, &[&str]) = match is_mysql() {
            true => (program.as_path(), &["--no-defaults", "--initialize-insecure"]),
            false => (
                Path::new("/usr/bin/mariadb-install-db"),
                &["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"],
            ),
        };
        let mut words: Vec<String> = kind.iter().map(|w| (*w).to_owned()).collect();
        words.extend([data.clone(), temporary.clone()]);
        run(maker, &words, &folder);
        let port = free_port();
        let mut words =
            vec!["--no-defaults".to_owned(), data, temporary, format!("--socket={}", text(&folder.join("socket")))];
        words.push(format!("--port={port}"));
        words.push(format!("--pid-file={}", text(&folder.join("pid"))));
        let usual = [
            "bind-address=127.0.0.1",
            "innodb-flush-log-at-trx-commit=0",
            "innodb-buffer-pool-size=64M",
            "skip-name-resolve",
            "character-set-server=utf8mb4",
            "collation-server=utf8mb4_general_ci",
        ];
        words.extend(
            usual.iter().chain(settings).map(|s| format!("--{}", s.replace("{folder}", folder.to_str().unwrap()))),
        );
        if is_mysql() {
            words.extend(["--mysqlx=OFF", "--secure-file-priv=NULL"].map(str::to_owned));
        }
        let process = Running::start(&folder, &program, &words, "ready for connections");
        let server = MariaDb { processes: vec![process], program, words, folder, port };
        if is_mysql() {
            // Its root is that of the socket alone.
            let sql = "CREATE USER 'root'@'127.0.0.1'; GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION";
            all(&mut server.connect(None), sql);
        }
        Some(server)
    }

    /// Kills the server, as a power cut would.
    pub fn kill(&self) {
        let id = std::fs::read_to_string(self.folder.join("pid")).unwrap();
        let killed = std::process::Command::new("kill").args(["-KILL", id.trim()]).status().unwrap();
        assert!(killed.success());
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {}
    }

    /// Starts it again on the same data.
    pub fn restart(&mut self) {
        let none = tempfile::tempdir().unwrap().keep();
        self.processes.insert(0, Running::start(&none, &self.program, &self.words, "ready for connections"));
    }

    /// A new database with these tables.
    pub fn database(&self, sql: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.connect(None).query_drop(format!("CREATE DATABASE {name}")).unwrap();
        let mut admin = self.connect(Some(&name));
        if !sql.trim().is_empty() {
            all(&mut admin, sql);
        }
        Database { url: self.url("root", &name), name, admin }
    }

    /// The address of a database, over the socket.
    pub fn url(&self, user: &str, database: &str) -> String {
        format!("mysql://{user}@:{}/{database}?host={}", self.port, self.folder.join("socket").to_str().unwrap())
    }

    /// Its socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A connection of the superuser.
    pub fn connect(&self, database: Option<&str>) -> Conn {
        let options = OptsBuilder::new()
            .user(Some("root"))
            .db_name(database)
            .socket(Some(self.folder.join("socket").to_str().unwrap().to_owned()));
        Conn::new(options).unwrap_or_else(|e| panic!("{e}; the server's log ends with:\n{}", self.processes[0].log()))
    }
}

/// Runs several statements; each must succeed.
pub fn all(conn: &mut Conn, sql: &str) {
    let mut results = conn.query_iter(sql).unwrap_or_else(|e| panic!("{e}"));
    while let Some(result) = results.iter() {
        result.for_each(|row| drop(row.unwrap_or_else(|e| panic!("{e}"))));
    }
}

/// Whether the server is MySQL.
pub fn is_mysql() -> bool {
    std::env::var_os("REDRESS_MYSQLD").is_some()
}

fn program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("REDRESS_MYSQLD") {
        return Some(program.into());
    }
    ["/usr/sbin/mariadbd", "/usr/bin/mariadbd"].into_iter().map(PathBuf::from).find(|p| p.is_file())
}

#[test]
fn a_server_starts_and_each_test_has_a_database() {
    let Some(mut one) = database("CREATE TABLE t (n int); INSERT INTO t VALUES (7)") else { return };
    assert_eq!(one.admin.query_first::<i32, _>("SELECT n FROM t").unwrap(), Some(7));
    let mut other = database("").unwrap();
    assert!(other.admin.query_drop("SELECT n FROM t").is_err());
    assert_eq!(redress::source::server::fault(&one.url), None);
}
