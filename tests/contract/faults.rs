//! What goes wrong while a plan is applied: it is done or not done, never half, and what happened is told.

use super::{ENGINES, Engine, Store, World};

const SHOP: &str = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90));
    CREATE TABLE orders (id int NOT NULL PRIMARY KEY, person int, FOREIGN KEY (person) REFERENCES people (id));
    INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example'); INSERT INTO orders VALUES (7, 1), (8, 1), (9, 2);";

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.orders]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
"#;

const TABLES: [&str; 2] = ["people", "orders"];
const ANA: &str = "email=ana@x.example";

#[cfg(feature = "failpoints")]
#[test]
fn killed_around_the_commit_it_finishes_when_applied_again() {
    for engine in ENGINES {
        let name = match engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
            Engine::MariaDb => "mysql",
        };
        let (before, after) = (format!("{name}.before-commit"), format!("{name}.after-commit"));
        for point in ["apply.written", "apply.started", &before, &after, "apply.committed"] {
            let Some(mut w) = World::new(engine, SHOP, MAP) else { continue };
            w.plan(ANA);
            let ended = w.apply(&[("FAILPOINTS", &format!("{point}=panic"))]);
            assert_eq!(ended.code, None, "{engine:?} {point}: it was to be killed: {}", ended.text);
            let now = w.counts(&TABLES);
            assert!(now == ["2", "3"] || now == ["1", "1"], "{engine:?} {point}: {now:?}");
            w.apply(&[]).is(0, &["\"left\":[]"]);
            assert_eq!(w.counts(&TABLES), ["1", "1"], "{engine:?} {point}");
            w.redress(&["log", "check"]).is(0, &["whole"]);
        }
    }
}

#[test]
fn a_record_somebody_changes_after_a_cut_off_run_is_named_and_left() {
    if !cfg!(feature = "failpoints") {
        return;
    }
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, SHOP, MAP) else { continue };
        w.plan(ANA);
        let ended = w.apply(&[("FAILPOINTS", "apply.started=panic")]);
        assert_eq!(ended.code, None, "{engine:?}: {}", ended.text);
        w.store.run("UPDATE orders SET person = 2 WHERE id = 7");
        w.apply(&[]).is(4, &["orders", "neither as before the plan nor as after it"]);
        assert_eq!(w.counts(&TABLES), ["2", "3"], "{engine:?}");
    }
}

#[test]
fn a_lock_that_is_not_let_go_is_told_and_nothing_changes() {
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, SHOP, MAP) else { continue };
        if let Store::Postgres(_) | Store::MariaDb(_) = &w.store {
            let map = w.dir.path().join("sources/shop.toml");
            let text = std::fs::read_to_string(&map).unwrap();
            let url = w.address().written;
            std::fs::write(&map, text.replace(&url, &format!("{url}&lock_timeout=1s"))).unwrap();
        }
        w.plan(ANA);
        let hold = match engine {
            Engine::Sqlite => "BEGIN IMMEDIATE; UPDATE orders SET person = person WHERE id = 7",
            _ => "BEGIN; UPDATE orders SET person = person WHERE id = 7",
        };
        w.store.run(hold);
        w.apply(&[]).is(1, &["lock"]);
        w.store.run("ROLLBACK");
        assert_eq!(w.counts(&TABLES), ["2", "3"], "{engine:?}");
        w.apply(&[]).is(0, &["\"left\":[]"]);
        assert_eq!(w.counts(&TABLES), ["1", "1"], "{engine:?}");
    }
}
