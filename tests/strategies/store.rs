//! The same people in every kind of source, under the same rules.

use std::path::Path;

use crate::firm::Ended;
use crate::servers::{mariadb, postgres};

/// The kinds of source.
pub const KINDS: [&str; 5] = ["sqlite", "postgres", "mysql", "csv", "json"];

/// The people in one kind of source, with a map.
pub struct Store {
    dir: tempfile::TempDir,
    _postgres: Option<postgres::Database>,
    _mariadb: Option<mariadb::Database>,
}

/// How many people there are beside her.
pub const OTHERS: usize = 12;

/// What stands in a person's fields, in the order of [`COLUMNS`].
fn person(i: usize) -> [String; 11] {
    let texts = match i {
        1 => ["Ana@x.example", "Ana Lim", "1985-04-03", "192.168.17.4", "10115", "51230"],
        _ => ["", "", "1985-12-24", "192.168.17.9", "10999", "51900"],
    };
    let [email, name, born, ip, postcode, salary] = texts.map(str::to_owned);
    let (email, name) = if i == 1 { (email, name) } else { (format!("p{i}@x.example"), format!("Person {i}")) };
    let note = if i == 1 { "Lim, Ana rang: +65 6123-4567, wrote from ana@X.example" } else { "nothing" };
    let phone = if i == 1 { "+6561234567".to_owned() } else { format!("+65611100{i:02}") };
    let (mentor, secret) = (if i == 1 { "2" } else { "" }, "k3y-k3y-k3y");
    [
        i.to_string(),
        email,
        name,
        born,
        ip,
        postcode,
        salary,
        note.to_owned(),
        phone,
        mentor.to_owned(),
        secret.to_owned(),
    ]
}

const COLUMNS: [&str; 11] =
    ["id", "email", "name", "born", "ip", "postcode", "salary", "note", "phone", "mentor", "secret"];

/// What a column of JSON holds.
const DOCUMENT: &str = r#"{"who":{"first":"Zed","size":1.50},"tags":["a1","b2"]}"#;

impl Store {
    /// The people under these rules for fields; none where the server is missing.
    pub fn new(kind: &str, fields: &str, more: &str) -> Option<Store> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        let (mut pg, mut maria) = (None, None);
        let address = match kind {
            "sqlite" => {
                let types = "id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, name TEXT NOT NULL, born DATE, ip TEXT, \
                     postcode TEXT CHECK (length(postcode) <= 5), salary INTEGER, note TEXT, phone TEXT, \
                     mentor INTEGER REFERENCES people, secret TEXT, doc TEXT";
                let db = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
                db.execute_batch(&tables(types)).unwrap();
                "kind = \"sqlite\"\npath = \"shop.db\"\n".to_owned()
            }
            "postgres" => {
                let types = "id integer PRIMARY KEY, email varchar(40) UNIQUE NOT NULL, name text NOT NULL, born date, \
                     ip inet, postcode char(5), salary integer, note text, phone varchar(20), \
                     mentor integer REFERENCES people, secret text, doc jsonb";
                let db = pg.insert(postgres::database(&tables(types))?);
                format!("kind = \"postgres\"\nurl = \"{}\"\n", db.url)
            }
            "mysql" => {
                let types = "id integer PRIMARY KEY, email varchar(40) UNIQUE NOT NULL, name varchar(40) NOT NULL, \
                     born date, ip varchar(45), postcode varchar(5), salary integer, note text, phone varchar(20), \
                     mentor integer, secret varchar(40), doc json, FOREIGN KEY (mentor) REFERENCES people (id)";
                let db = maria.insert(mariadb::database(&tables(types))?);
                format!("kind = \"mysql\"\nurl = \"{}\"\n", db.url)
            }
            "csv" => {
                std::fs::write(dir.path().join("people.csv"), csv()).unwrap();
                "kind = \"csv\"\npath = \"people.csv\"\n".to_owned()
            }
            _ => {
                std::fs::write(dir.path().join("people.ndjson"), documents()).unwrap();
                "kind = \"json\"\npath = \"people.ndjson\"\n".to_owned()
            }
        };
        let workspace = "version = 1\n[controller]\nname = \"Firm\"\n[erasure]\nground = \"A17-1-a\"\nalike = 5\n\
             [identity.email]\nnormal = \"email\"\n";
        std::fs::write(dir.path().join("redress.toml"), workspace).unwrap();
        let mentioned =
            |name: &str| fields.contains(&format!("fields.{name} ")) || fields.contains(&format!("\"{name}."));
        let other: Vec<String> = COLUMNS[2..]
            .iter()
            .chain(&["doc"])
            .filter(|name| **name != "mentor" && !mentioned(name))
            .map(|name| format!("\"{name}\""))
            .collect();
        let other = format!("other = [{}]", other.join(", "));
        let collection = format!(
            "{address}default_country = \"SG\"\n[collection.people]\nperson = true\nkey = \"id\"\n\
             identities = {{ email = \"email\" }}\n{more}\n{other}\n{fields}\n"
        );
        std::fs::write(dir.path().join("sources/shop.toml"), collection).unwrap();
        Some(Store { dir, _postgres: pg, _mariadb: maria })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Runs a command.
    pub fn run(&self, args: &[&str]) -> Ended {
        crate::firm::run_in(self.path(), args)
    }

    /// Plans her erasure; gives the report and the change of her record.
    pub fn plan(&self) -> (Ended, serde_json::Value) {
        let planned = self.run(&["erase", "email=ana@x.example", "--verified", "known", "--json"]);
        assert!(planned.code == 0 || planned.code == 3, "{}{}", planned.out, planned.err);
        let report = planned.json();
        let change = report["changes"].as_array().unwrap().iter().find(|c| c["key"]["id"] == serde_json::json!(1));
        let text = || report["changes"].as_array().unwrap().iter().find(|c| c["key"]["id"] == "1").cloned();
        let change = change.cloned().or_else(text).unwrap_or_else(|| panic!("{report}"));
        (planned, change)
    }

    /// The line of `people.ndjson` or `people.csv` that is hers.
    pub fn line(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path().join(name)).unwrap();
        text.lines().nth(if name.ends_with("csv") { 1 } else { 0 }).unwrap().to_owned()
    }
}

fn tables(types: &str) -> String {
    let mut sql = format!("CREATE TABLE people ({types});\n");
    // Those referred to first; 99 stands for everybody who is gone.
    for i in [99, 2].into_iter().chain(3..=OTHERS + 1).chain([1]) {
        let one = |text: &String| if text.is_empty() { "NULL".to_owned() } else { format!("'{text}'") };
        let values: Vec<String> = person(i).iter().map(one).collect();
        sql.push_str(&format!("INSERT INTO people VALUES ({}, '{DOCUMENT}');\n", values.join(", ")));
    }
    sql
}

fn csv() -> String {
    let mut text = format!("{},doc\r\n", COLUMNS.join(","));
    for i in (1..=OTHERS + 1).chain([99]) {
        let cells: Vec<String> = person(i).iter().map(|t| format!("\"{t}\"")).collect();
        text.push_str(&format!("{},\"{}\"\r\n", cells.join(","), DOCUMENT.replace('"', "\"\"")));
    }
    text
}

fn documents() -> String {
    let mut out = String::new();
    for i in (1..=OTHERS + 1).chain([99]) {
        let member = |(name, text): (&&str, &String)| match (*name, text.as_str()) {
            (name, "") => format!("\"{name}\":null"),
            (name @ ("id" | "salary" | "mentor"), number) => format!("\"{name}\":{number}"),
            (name, text) => format!("\"{name}\":\"{text}\""),
        };
        let members: Vec<String> = COLUMNS.iter().zip(&person(i)).map(member).collect();
        out.push_str(&format!("{{{},\"doc\":{DOCUMENT}}}\n", members.join(",")));
    }
    out
}
