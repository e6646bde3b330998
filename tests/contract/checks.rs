//! What a CHECK does not take is refused in the plan, with the constraint's name, and never skipped.

use super::{ENGINES, Engine, World};

const ANA: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

const SQL: &str = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), name varchar(90), born int,
        CONSTRAINT long_name CHECK (length(name) > 3),
        CONSTRAINT both_or_none CHECK ((name IS NULL) = (born IS NULL)),
        CONSTRAINT lower_name CHECK (name <> 'GONE'));
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana Lim', 1980), (2, 'bo@x.example', 'Bo Tan', 1981);";

fn map(fields: &str) -> String {
    format!(
        "[collection.people]\nperson = true\nkey = \"id\"\nidentities = {{ email = \"email\" }}\nerase = \"anonymise\"
fields.email = {{ category = \"user.contact.email\", erase = \"tombstone\" }}\n{fields}"
    )
}

#[test]
fn what_a_check_does_not_take_is_refused_in_the_plan() {
    let both = |name: &str, born: &str| {
        map(&format!(
            "fields.name = {{ category = \"user.name\", erase = {name} }}\nfields.born = {{ category = \"user.demographic\", erase = {born} }}\n"
        ))
    };
    let cases = [
        (both("{ fixed = \"x\" }", "\"keep\""), Some("long_name")),
        (both("\"null\"", "\"keep\""), Some("both_or_none")),
        (both("{ fixed = \"GONE\" }", "\"keep\""), Some("lower_name")),
        (both("\"null\"", "\"null\""), None),
        (both("{ fixed = \"nobody\" }", "{ band = 10 }"), None),
    ];
    for engine in ENGINES {
        for (map, broken) in &cases {
            let Some(mut w) = World::new(engine, SQL, map) else { continue };
            let before = w.store.rows("SELECT * FROM people ORDER BY id");
            let planned = w.redress(&ANA);
            match broken {
                Some(name) => {
                    planned.is(4, &[&format!("shop.people: the CHECK {name} does not take"), "name"]);
                    assert!(!planned.text.contains("Ana"), "{}", planned.text);
                    assert_eq!(w.store.rows("SELECT * FROM people ORDER BY id"), before);
                    w.redress(&["plan", "list"]).is(0, &["There is no plan."]);
                }
                None => {
                    assert!(matches!(planned.code, Some(0 | 3)), "{engine:?}: {}", planned.text);
                    let applied = w.redress(&["apply", "1", "--yes", "--json"]);
                    assert!(applied.text.contains("\"anonymise\":1"), "{engine:?}: {}", applied.text);
                }
            }
        }
    }
}

#[test]
fn a_correction_is_tried_too() {
    for engine in ENGINES {
        let Some(w) = World::new(engine, SQL, &map("other = [\"name\", \"born\"]\n")) else { continue };
        let set = |value: &str| {
            let setting = format!("shop.people.name={value}");
            w.redress(&["correct", "email=ana@x.example", "--verified", "known", "--set", &setting])
        };
        set("Al").is(4, &["the CHECK long_name does not take"]);
        set("Anna").is(0, &["1 record to be corrected"]);
    }
}

/// A domain has its own, and so has a column that is declared with one.
#[test]
fn constraints_of_columns_and_domains() {
    let fields = "fields.name = { category = \"user.name\", erase = { fixed = \"x\" } }\n";
    for engine in ENGINES {
        let sql = match engine {
            Engine::Postgres => {
                "CREATE DOMAIN long AS text CONSTRAINT is_long CHECK (length(VALUE) > 3);
                CREATE TABLE people (id int PRIMARY KEY, email text, name long);"
            }
            _ => {
                "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), name varchar(90) CHECK (length(name) > 3));"
            }
        };
        let sql = format!("{sql} INSERT INTO people VALUES (1, 'ana@x.example', 'Ana Lim');");
        let Some(w) = World::new(engine, &sql, &map(fields)) else { continue };
        w.redress(&ANA).is(4, &["the CHECK", "does not take what the plan would put into email, name"]);
    }
}

/// MariaDB compares days with numbers: they are tried as what they are.
#[test]
fn days_and_times_are_tried_as_such() {
    let sql = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), name varchar(90), joined date, seen datetime,
            CHECK (joined > 20000101 AND seen > 20000101000000 AND (name IS NULL OR length(name) > 3)));
        INSERT INTO people VALUES (1, 'ana@x.example', 'Ana Lim', '2020-02-03', '2020-02-03 04:05:06');";
    let rule = |name: &str| {
        map(&format!("other = [\"joined\", \"seen\"]\nfields.name = {{ category = \"user.name\", erase = {name} }}\n"))
    };
    if let Some(w) = World::new(Engine::MariaDb, sql, &rule("\"null\"")) {
        assert!(matches!(w.redress(&ANA).code, Some(0 | 3)));
    }
    if let Some(w) = World::new(Engine::MariaDb, sql, &rule("{ fixed = \"x\" }")) {
        w.redress(&ANA).is(4, &["the CHECK"]);
    }
}
