//! Erasing: what the plan says happens, what the database would do by itself is in it, and nothing else changes.

use super::{ENGINES, World};

const SHOP: &str = "
    CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90) UNIQUE, name varchar(90));
    CREATE TABLE orders (id int NOT NULL PRIMARY KEY, person int, total decimal(8,2), FOREIGN KEY (person) REFERENCES people (id));
    CREATE TABLE items (order_id int NOT NULL, line int NOT NULL, thing varchar(20), PRIMARY KEY (order_id, line),
        FOREIGN KEY (order_id) REFERENCES orders (id));
    CREATE TABLE visits (mail varchar(90), seen varchar(20));
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana'), (2, 'bo@x.example', 'Bo');
    INSERT INTO orders VALUES (7, 1, 9.50), (8, 1, 1), (9, 2, 3);
    INSERT INTO items VALUES (7, 1, 'pen'), (7, 2, 'ink'), (8, 1, 'pad'), (9, 1, 'pen');
    INSERT INTO visits VALUES ('ana@x.example ', '2026-01-01'), ('ANA@X.EXAMPLE', '2026-01-02'),
        ('ANA@X.EXAMPLE', '2026-01-02'), ('bo@x.example', '2026-01-03'), (NULL, NULL);";

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email", account = "id" }
erase = "delete"
fields.name = { category = "user.name" }
[collection.orders]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["total"]
[collection.items]
key = ["order_id", "line"]
links = [{ from = "order_id", to = "orders.id", role = "owner" }]
erase = "delete"
other = ["thing"]
[collection.visits]
identities = { email = "mail" }
erase = "delete"
other = ["seen"]
"#;

const TABLES: [&str; 4] = ["people", "orders", "items", "visits"];
const ANA: &str = "email=ana@x.example";

#[test]
fn a_person_goes_with_what_is_hers_and_nothing_else_changes() {
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, SHOP, MAP) else { continue };
        w.redress(&["check"]).is(0, &["The data map and the sources agree."]);
        w.redress(&["find", ANA, "--json"]).is(0, &["\"complete\": true"]);
        let zip = w.dir.path().join("a.zip");
        w.redress(&["export", ANA, "--verified", "known", "-o", zip.to_str().unwrap()]).is(0, &[]);
        w.redress(&["check-archive", zip.to_str().unwrap()]).is(0, &[]);
        w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
        assert_eq!(w.counts(&TABLES), ["1", "1", "1", "2"], "{engine:?}");
        assert_eq!(w.store.rows("SELECT id, name FROM people"), ["2,Bo"]);
        w.apply(&[]).is(0, &["\"already_applied\":true"]);
    }
}

#[test]
fn what_the_database_would_do_by_itself_is_in_the_plan() {
    let sql = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90));
        CREATE TABLE orders (id int NOT NULL PRIMARY KEY, person int NOT NULL, FOREIGN KEY (person) REFERENCES people (id) ON DELETE CASCADE);
        CREATE TABLE parts (id int NOT NULL PRIMARY KEY, o int NOT NULL, FOREIGN KEY (o) REFERENCES orders (id) ON DELETE CASCADE);
        CREATE TABLE shelf (id int NOT NULL PRIMARY KEY, part int, FOREIGN KEY (part) REFERENCES parts (id) ON DELETE SET NULL);
        INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example'); INSERT INTO orders VALUES (5, 1), (6, 2);
        INSERT INTO parts VALUES (50, 5), (51, 5), (60, 6); INSERT INTO shelf VALUES (1, 50), (2, 60), (3, NULL);";
    let about_nobody = |name: &str| format!("[collection.{name}]\nabout = \"nobody\"\nkey = \"id\"\n");
    let map = format!(
        "[collection.people]\nperson = true\nkey = \"id\"\nidentities = {{ email = \"email\" }}\nerase = \"delete\"\n{}{}{}",
        about_nobody("orders"),
        about_nobody("parts"),
        about_nobody("shelf")
    );
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, &map) else { continue };
        w.plan(ANA).is(0, &["shop.orders id=5", "shop.parts id=50", "shop.parts id=51", "shop.shelf id=1"]);
        w.apply(&[]).is(0, &["\"problems\":[]", "\"delete\":4", "\"left\":[]"]);
        assert_eq!(w.counts(&["people", "orders", "parts", "shelf"]), ["1", "1", "1", "3"], "{engine:?}");
        assert_eq!(w.store.rows("SELECT part FROM shelf ORDER BY id"), ["", "60", ""], "{engine:?}");
    }
}

#[test]
fn records_that_refer_to_each_other_in_a_circle() {
    for null in ["NOT NULL", ""] {
        let sql = format!(
            "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90), home int {null}, friend int,
                FOREIGN KEY (friend) REFERENCES people (id));
             CREATE TABLE homes (id int NOT NULL PRIMARY KEY, owner int NOT NULL, street varchar(90),
                FOREIGN KEY (owner) REFERENCES people (id) {{later}});
             INSERT INTO people VALUES (1, 'ana@x.example', 10, 1), (2, 'bo@x.example', 20, 1);
             INSERT INTO homes VALUES (10, 1, 'Long Street'), (20, 2, 'Short Street');"
        );
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
"#;
        for engine in ENGINES {
            let Some(mut w) = World::new(engine, &sql, map) else { continue };
            if engine != super::Engine::Sqlite {
                w.store.run(&engine.written("ALTER TABLE people ADD FOREIGN KEY (home) REFERENCES homes (id) {later}"));
            }
            w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
            assert_eq!(w.counts(&["people", "homes"]), ["1", "1"], "{engine:?} {null}");
            assert_eq!(
                w.store.rows("SELECT id, home, friend FROM people"),
                ["2,20,"],
                "{engine:?}: Bo's friend is gone"
            );
        }
    }
}

#[test]
fn records_without_a_key_go_by_content_and_count_and_change_though_a_column_is_computed() {
    let sql = "CREATE TABLE people (id int NOT NULL PRIMARY KEY, email varchar(90));
        CREATE TABLE letters (mail varchar(90), topic varchar(90), n int, slug varchar(190) GENERATED ALWAYS AS (lower(mail)) STORED);
        INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
        INSERT INTO letters (mail, topic, n) VALUES ('Ana@x.example', 'News', 1), ('Ana@x.example', 'News', 1),
            ('ana@x.example', 'Sale', 1), ('bo@x.example', 'News', 1), ('bo@x.example', 'News', 1), (NULL, 'gone', 1);";
    let map = |erase: &str| {
        format!(
            r#"
[collection.people]
person = true
key = "id"
identities = {{ email = "email" }}
erase = "delete"
[collection.letters]
identities = {{ email = "mail" }}
erase = "{erase}"
fields.mail = {{ category = "user.contact.email", erase = "null" }}
fields.topic = {{ category = "user.content", erase = {{ fixed = "gone" }} }}
other = ["n", "slug"]
"#
        )
    };
    for engine in ENGINES {
        let rows = "SELECT mail, topic, slug, COUNT(*) FROM letters GROUP BY mail, topic, slug ORDER BY COUNT(*)";
        let Some(mut w) = World::new(engine, sql, &map("delete")) else { continue };
        w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
        assert_eq!(w.store.rows(rows), [",gone,,1", "bo@x.example,News,bo@x.example,2"], "{engine:?}");
        // Three come to look like a fourth.
        let Some(mut w) = World::new(engine, sql, &map("anonymise")) else { continue };
        w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
        assert_eq!(w.store.rows(rows), ["bo@x.example,News,bo@x.example,2", ",gone,,4"], "{engine:?}");
        w.apply(&[]).is(0, &["\"already_applied\":true"]);
    }
}

#[test]
fn a_key_changes_and_what_refers_to_it_follows() {
    let sql = "CREATE TABLE people (mail varchar(90) NOT NULL PRIMARY KEY, name varchar(90));
        CREATE TABLE orders (id int NOT NULL PRIMARY KEY, mail varchar(90), note varchar(90), FOREIGN KEY (mail) REFERENCES people (mail) ON UPDATE CASCADE);
        INSERT INTO people VALUES ('ana@x.example', 'Ana'), ('bo@x.example', 'Bo');
        INSERT INTO orders VALUES (7, 'ana@x.example', 'x'), (8, 'ana@x.example', NULL), (9, 'bo@x.example', 'y');";
    let map = r#"
[collection.people]
person = true
key = "mail"
identities = { email = "mail" }
erase = "anonymise"
fields.mail = { category = "user.contact.email", erase = "tombstone" }
fields.name = { category = "user.name", erase = "null" }
[collection.orders]
key = "id"
links = [{ from = "mail", to = "people.mail", role = "owner" }]
erase = "anonymise"
fields.note = { category = "user.content", erase = "null" }
"#;
    for engine in ENGINES {
        let Some(mut w) = World::new(engine, sql, map) else { continue };
        w.erase(ANA).is(0, &["\"left\":[]"]);
        let joined = "SELECT COUNT(*), COUNT(p.name) FROM orders o JOIN people p ON p.mail = o.mail";
        assert_eq!(w.store.rows(joined), ["3,1"], "{engine:?}");
        assert_eq!(
            w.store.rows("SELECT COUNT(*) FROM orders WHERE mail LIKE 'erased-%@erased.invalid'"),
            ["2"],
            "{engine:?}"
        );
    }
}

#[test]
fn what_a_trigger_does_beside_is_told() {
    for engine in ENGINES {
        let trigger = engine.after_delete("people", "INSERT INTO audit VALUES (9)");
        let sql = format!("{SHOP} CREATE TABLE audit (n int); {trigger}");
        let map = format!("{MAP}[collection.audit]\nabout = \"nobody\"\n");
        let Some(mut w) = World::new(engine, &sql, &map) else { continue };
        w.erase(ANA).is(3, &["changed-beside", "\"left\":[]"]);
        assert_eq!(w.counts(&["people", "audit"]), ["1", "1"], "{engine:?}");
    }
}

#[test]
fn a_trigger_that_undoes_a_change_is_seen_and_nothing_is_changed() {
    for engine in ENGINES {
        let back = engine.after_delete("people", "INSERT INTO visits VALUES ('ana@x.example ', '2026-01-01')");
        let Some(mut w) = World::new(engine, &format!("{SHOP} {back}"), MAP) else { continue };
        w.erase(ANA).is(1, &["reads back differently"]);
        assert_eq!(w.counts(&TABLES), ["2", "3", "4", "5"], "{engine:?}");
    }
}

#[test]
fn a_plan_is_stale_once_a_record_or_the_schema_is_another() {
    for engine in ENGINES {
        for (change, said) in [
            ("UPDATE people SET name = 'An' WHERE id = 1", "people has changed"),
            ("INSERT INTO orders VALUES (10, 1, 2)", "orders is new"),
            ("DELETE FROM items WHERE order_id = 7 AND line = 2", "items has changed or gone"),
            ("ALTER TABLE people ADD COLUMN shoe int", "other columns"),
        ] {
            let Some(mut w) = World::new(engine, SHOP, MAP) else { continue };
            w.plan(ANA);
            w.store.run(change);
            let before = w.counts(&TABLES);
            w.apply(&[]).is(4, &["the plan is stale", said]);
            assert_eq!(w.counts(&TABLES), before, "{engine:?}");
        }
    }
}
