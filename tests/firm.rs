//! A firm of three kinds of source with a map, for tests of whole commands: `redress -C DIR …` and what came of it.

use std::path::Path;
use std::process::Command;

/// The firm's map: workspace file, then one file a source.
const MAP: [(&str, &str); 4] = [
    (
        "redress.toml",
        r#"
version = 1
[controller]
name = "Firm"
[erasure]
ground = "A17-1-a"
[identity.email]
normal = "email"
[identity.phone]
normal = "phone"
strength = "shared"
[retention.tax]
because = "Kept for tax law"
law = "Tax Act s. 1"
keep = "P5Y"
then = "delete"
"#,
    ),
    (
        "sources/shop.toml",
        r#"
kind = "sqlite"
path = "shop.db"
default_country = "SG"
[collection.people]
person = true
key = "id"
identities = { email = "email", phone = "phone" }
erase = "delete"
fields.email = { category = "user.contact.email" }
fields.phone = { category = "user.contact.phone_number" }
fields.name = { category = "user.name" }
fields.age = { category = "user.demographic" }
fields.score = { category = "user.behavior" }
fields.member = { category = "user.account" }
fields.shout = { category = "user.account" }
fields.referee = { category = "user.name", about = "other" }
[collection.orders]
key = "no"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
retain = { rule = "tax", from = "paid" }
fields.bill_to = { category = "user.name" }
fields.paid = { category = "user.behavior" }
[collection.lines]
key = ["order_no", "line"]
links = [{ from = "order_no", to = "orders.no", role = "owner" }]
erase = "delete"
fields.thing = { category = "user.behavior" }
"#,
    ),
    (
        "sources/exports.toml",
        r#"
kind = "csv"
path = "exports"
default_country = "SG"
[collection.leads]
identities = { email = "Mail", phone = "Phone" }
erase = "delete"
fields.Mail = { category = "user.contact.email" }
fields.Phone = { category = "user.contact.phone_number" }
fields.Name = { category = "user.name" }
other = ["Note"]
"#,
    ),
    (
        "sources/events.toml",
        r#"
kind = "json"
path = "events.ndjson"
[collection.events]
key = "id"
identities = { email = "user.mail" }
erase = "delete"
fields."user.mail" = { category = "user.contact.email" }
fields."user.tel" = { category = "user.contact.phone_number" }
fields.weight = { category = "user.health" }
fields."tags[]" = { category = "user.behavior" }
"#,
    ),
];

const SHOP: &str = "
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, phone VARCHAR(20), name TEXT NOT NULL,
        age INTEGER, score NUMERIC(6,2), member BOOLEAN, shout TEXT AS (upper(name)), referee TEXT);
    CREATE TABLE orders (no INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people, bill_to TEXT, paid TEXT);
    CREATE TABLE lines (order_no INTEGER REFERENCES orders, line INTEGER, thing TEXT, PRIMARY KEY (order_no, line)) WITHOUT ROWID;
    INSERT INTO people (id, email, phone, name, age, score, member, referee) VALUES
        (1, 'Ana@x.example', '+65 6123 4567', 'Ana Lim', 40, 1.5, 1, 'Bo'),
        (2, 'bo@x.example', '+65 6111 0000', 'Bo Tan', 50, 2, 0, NULL);
    INSERT INTO orders VALUES (7, 1, 'ana lim', '2026-01-01'), (8, 1, 'Ana Lim Pte', NULL), (9, 2, 'Bo Tan', NULL);
    INSERT INTO lines VALUES (7, 1, 'pen'), (7, 2, 'ink'), (9, 1, 'pad');
";

const LEADS: &str = "Name,Mail,Phone,Note\r\n\
    \"Lim, Ana\",ANA@x.example,6123 4567,first\r\n\
    Ana Lim,ana@x.example,,second\r\n\
    Ana Lim,ana@x.example,,second\r\n\
    Bo Tan,bo@x.example,61110000,\r\n";

const EVENTS: &str = "{\"id\":1,\"user\":{\"mail\":\"ana@x.example\",\"tel\":\"+6561234567\"},\"weight\":61.50,\"tags\":[\"a\",\"b\"]}\n\
    {\"id\":2, \"user\":{\"mail\":\"ana@x.example\"},  \"weight\":61.50,\"tags\":[]}\n\
    {\"id\":3,\"user\":{\"mail\":\"bo@x.example\"},\"tags\":[]}\n";

/// The firm, written into a folder of its own.
pub struct Firm {
    dir: tempfile::TempDir,
}

/// How a command ended.
pub struct Ended {
    /// Its exit code.
    pub code: i32,
    /// Its report.
    pub out: String,
    /// Its messages.
    pub err: String,
}

impl Ended {
    /// The report of a command that was given `--json`.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {} {}", self.out, self.err))
    }

    /// Asserts the exit code and what the output holds; reports and messages together.
    #[track_caller]
    pub fn is(&self, code: i32, says: &[&str]) -> &Self {
        let text = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, code, "{text}");
        for part in says {
            assert!(text.contains(part), "{part:?} is not in:\n{text}");
        }
        self
    }
}

/// Runs a command of Redress in a workspace.
pub fn run_in(dir: &Path, args: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    let output = command.arg("-C").arg(dir).args(args).current_dir(dir).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

impl Firm {
    /// Writes it.
    pub fn new() -> Firm {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("sources")).unwrap();
        std::fs::create_dir(dir.path().join("exports")).unwrap();
        for (name, text) in MAP {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        rusqlite::Connection::open(dir.path().join("shop.db")).unwrap().execute_batch(SHOP).unwrap();
        std::fs::write(dir.path().join("exports/leads.csv"), LEADS).unwrap();
        std::fs::write(dir.path().join("events.ndjson"), EVENTS).unwrap();
        Firm { dir }
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Runs a command of Redress in it.
    pub fn run(&self, args: &[&str]) -> Ended {
        run_in(self.path(), args)
    }

    /// Runs SQL behind its back.
    pub fn sql(&self, sql: &str) {
        rusqlite::Connection::open(self.path().join("shop.db")).unwrap().execute_batch(sql).unwrap();
    }

    /// The text of one cell of its database.
    pub fn cell(&self, sql: &str) -> String {
        let conn = rusqlite::Connection::open(self.path().join("shop.db")).unwrap();
        conn.query_row(&format!("SELECT quote(({sql}))"), [], |r| r.get(0)).unwrap()
    }

    /// One of its files.
    pub fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Everything its sources hold.
    pub fn everything(&self) -> (Vec<u8>, String, String) {
        let shop = std::fs::read(self.path().join("shop.db")).unwrap();
        (shop, self.file("exports/leads.csv"), self.file("events.ndjson"))
    }
}
