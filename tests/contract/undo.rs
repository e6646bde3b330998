//! Taking an erasure back, where that is hard: what the database does by itself, circles, rows without a key.

use super::{ENGINES, Engine, World};

const ANA: &str = "email=ana@x.example";

impl World {
    /// Erases a person so that it can be taken back, gives what every table held before, and takes it back.
    fn there_and_back(&mut self, tables: &[&str], code: i32, says: &[&str]) {
        use age::secrecy::ExposeSecret as _;
        let key = age::x25519::Identity::generate();
        let path = self.dir.path().join("officer.key");
        std::fs::write(&path, key.to_string().expose_secret()).unwrap();
        let map = self.dir.path().join("redress.toml");
        let undo = format!("[undo]\nwindow = \"P7D\"\nkeys = {{ officer = \"{}\" }}\n", key.to_public());
        std::fs::write(&map, std::fs::read_to_string(&map).unwrap() + &undo).unwrap();
        let before = self.contents(tables);
        let erased = self.erase(ANA);
        assert!(matches!(erased.code, Some(0 | 3)), "{:?}: {}", self.engine, erased.text);
        assert_ne!(self.contents(tables), before, "{:?}", self.engine);
        let undone = self.redress(&["undo", "1", "-i", path.to_str().unwrap()]);
        assert_eq!(undone.code, Some(code), "{:?}: {}", self.engine, undone.text);
        says.iter().for_each(|part| assert!(undone.text.contains(part), "{:?}: {part}: {}", self.engine, undone.text));
        assert_eq!(self.contents(tables), before, "{:?}", self.engine);
    }

    fn contents(&mut self, tables: &[&str]) -> Vec<Vec<String>> {
        let all = |table: &&str| {
            let mut rows = self.store.rows(&format!("SELECT * FROM {table}"));
            rows.sort();
            rows
        };
        tables.iter().map(all).collect()
    }
}

#[test]
fn a_circle_of_references_comes_back() {
    let sql = "
        CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), home int NOT NULL, friend int,
            FOREIGN KEY (friend) REFERENCES people (id));
        CREATE TABLE homes (id int NOT NULL PRIMARY KEY, owner int NOT NULL, street varchar(90),
            FOREIGN KEY (owner) REFERENCES people (id) {later});
        CREATE TABLE visits (mail varchar(90), seen varchar(20));
        INSERT INTO people VALUES (1, 'ana@x.example', 10, 1), (2, 'bo@x.example', 20, 1);
        INSERT INTO homes VALUES (10, 1, 'Long Street'), (20, 2, 'Short Street');
        INSERT INTO visits VALUES ('ana@x.example', 'a'), ('ana@x.example', 'a'), ('bo@x.example', 'a'), (NULL, 'a');";
    let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
other = ["home", "friend"]
[collection.homes]
key = "id"
links = [{ from = "owner", to = "people.id", role = "owner" }]
erase = "delete"
fields.street = { category = "user.contact.address" }
[collection.visits]
identities = { email = "mail" }
erase = "anonymise"
fields.mail = { category = "user.contact.email", erase = "null" }
other = ["seen"]
"#;
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, map) else { continue };
        if engine != Engine::Sqlite {
            // Neither can wait for the commit.
            let later = if engine == Engine::MariaDb { "" } else { "NOT DEFERRABLE" };
            w.store.run(&format!("ALTER TABLE people ADD FOREIGN KEY (home) REFERENCES homes (id) {later}"));
        }
        w.there_and_back(&["people", "homes", "visits"], 0, &["restored"]);
    }
}

#[test]
fn numbers_values_and_times_that_the_database_gives_come_back() {
    let columns = |engine| match engine {
        Engine::Sqlite => {
            "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT, twice TEXT GENERATED ALWAYS AS (email || email) STORED, photo BLOB, price NUMERIC, at TEXT"
        }
        Engine::Postgres => {
            "id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, twice text GENERATED ALWAYS AS (email || email) STORED, photo bytea, price numeric(8,2), at timestamptz"
        }
        Engine::MariaDb => {
            "id int AUTO_INCREMENT PRIMARY KEY, email varchar(90), twice varchar(200) GENERATED ALWAYS AS (concat(email, email)) STORED, photo varbinary(90), price decimal(8,2), at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)"
        }
    };
    for (erase, fields) in [
        ("delete", ""),
        (
            "anonymise",
            "fields.email = { category = \"user.contact.email\", erase = \"tombstone\" }\nfields.photo = { category = \"user.biometric\", erase = \"null\" }\n",
        ),
    ] {
        let other = if fields.is_empty() {
            "[\"twice\", \"photo\", \"price\", \"at\"]"
        } else {
            "[\"twice\", \"price\", \"at\"]"
        };
        let map = format!(
            "[collection.people]\nperson = true\nkey = \"id\"\nidentities = {{ email = \"email\" }}\nerase = \"{erase}\"\n{fields}other = {other}\n"
        );
        for engine in ENGINES {
            let sql = format!(
                "CREATE TABLE people ({}); INSERT INTO people (email, photo, price, at) VALUES ('ana@x.example', {}, 2.50, '2024-01-02 03:04:05.678901'), ('bo@x.example', NULL, 0, '2024-01-02 03:04:05')",
                columns(engine),
                if engine == Engine::Postgres { "'\\x00ff'" } else { "x'00ff'" },
            );
            let Some(mut w) = World::new(engine, &sql, &map) else { continue };
            w.there_and_back(&["people"], 0, &["Plan 1 is taken back: 1 record restored."]);
        }
    }
}

/// A trigger sets a field of every record that comes: it is set back.
#[test]
fn what_a_trigger_sets_is_set_back() {
    let map = "[collection.people]\nperson = true\nkey = \"id\"\nidentities = { email = \"email\" }\nerase = \"delete\"\nother = [\"seen\"]\n";
    let sql = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), seen varchar(20));
        INSERT INTO people VALUES (1, 'ana@x.example', 'monday'), (2, 'bo@x.example', 'monday');";
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, map) else { continue };
        w.store.run(match engine {
            Engine::Sqlite => "CREATE TRIGGER now AFTER INSERT ON people BEGIN UPDATE people SET seen = 'today' WHERE id = NEW.id; END;",
            Engine::MariaDb => "CREATE TRIGGER now BEFORE INSERT ON people FOR EACH ROW SET NEW.seen = 'today';",
            Engine::Postgres => "CREATE FUNCTION now_() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen := 'today'; RETURN NEW; END $$;
                CREATE TRIGGER now BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION now_();",
        });
        w.there_and_back(&["people"], 0, &["1 record restored"]);
    }
}

/// A key that is destroyed is in no before-image: all else comes back, and it is said.
#[test]
fn a_destroyed_key_does_not_come_back() {
    let map =
        "[collection.people]\nperson = true\nkey = \"id\"\nidentities = { email = \"email\" }\nerase = \"anonymise\"
fields.email = { category = \"user.contact.email\", erase = \"null\" }\nfields.secret = { erase = \"shred\" }\n";
    let sql = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), secret varchar(90));
        INSERT INTO people VALUES (1, 'ana@x.example', 'k1'), (2, 'bo@x.example', 'k2');";
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, map) else { continue };
        let before = w.contents(&["people"]);
        use age::secrecy::ExposeSecret as _;
        let key = age::x25519::Identity::generate();
        let path = w.dir.path().join("officer.key");
        std::fs::write(&path, key.to_string().expose_secret()).unwrap();
        let toml = w.dir.path().join("redress.toml");
        let undo = format!("[undo]\nwindow = \"P7D\"\nkeys = {{ officer = \"{}\" }}\n", key.to_public());
        std::fs::write(&toml, std::fs::read_to_string(&toml).unwrap() + &undo).unwrap();
        let planned = w.plan(ANA);
        assert!(planned.text.contains("cannot be taken back: shop.people.secret of 1 record"), "{}", planned.text);
        w.apply(&[]);
        let undone = w.redress(&["undo", "1", "-i", path.to_str().unwrap()]);
        undone.is(3, &["1 record restored", "not restored: shop.people.secret of 1 record"]);
        let wanted: Vec<String> = before[0].iter().map(|row| row.replace("k1", "")).collect();
        assert_eq!(w.contents(&["people"]), [wanted], "{engine:?}");
    }
}
