//! Erasing in PostgreSQL: what the plan says happens, and what happens beside is told.

use super::workspace::Workspace;

const SHOP: &str = "
    CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE, name text);
    CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people, total numeric(8,2));
    CREATE TABLE lines (order_id int REFERENCES orders, line int, thing text, PRIMARY KEY (order_id, line));
    CREATE TABLE visits (mail text, seen timestamptz);
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana'), (2, 'bo@x.example', 'Bo');
    INSERT INTO orders VALUES (7, 1, 9.50), (8, 1, 1), (9, 2, 3);
    INSERT INTO lines VALUES (7, 1, 'pen'), (7, 2, 'ink'), (8, 1, 'pad'), (9, 1, 'pen');
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
[collection.lines]
key = ["order_id", "line"]
links = [{ from = "order_id", to = "orders.id", role = "owner" }]
erase = "delete"
other = ["thing"]
[collection.visits]
identities = { email = "mail" }
erase = "delete"
other = ["seen"]
"#;

const ANA: &str = "email=ana@x.example";

#[test]
fn anonymised_fields_hold_what_the_plan_says() {
    let sql = "CREATE DOMAIN address AS varchar(80) CHECK (VALUE LIKE '%@%'); CREATE TYPE mood AS ENUM ('none', 'glad');
        CREATE TABLE people (id uuid PRIMARY KEY, email address NOT NULL UNIQUE, name char(9), born date, mood mood, doc jsonb,
            seen timestamptz, n numeric(6,2), loud text GENERATED ALWAYS AS (upper(email::text)) STORED);
        INSERT INTO people VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'Ana@x.example', 'Ana', '1990-05-05', 'glad', '{\"a\": 1}',
            now(), 7.5), ('b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'Bo@x.example', 'Bo', '1991-01-01', 'glad', '[]', now(), 8);";
    let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "anonymise"
fields.email = { category = "user.contact.email", erase = "tombstone" }
fields.name = { category = "user.name", erase = { fixed = "gone" } }
fields.born = { category = "user.demographic.date_of_birth", erase = { fixed = "1900-01-01" } }
fields.mood = { category = "user", erase = { fixed = "none" } }
fields.doc = { category = "user", erase = { fixed = "{}" } }
fields.seen = { category = "user", erase = { fixed = "2000-01-01" } }
fields.n = { category = "user", erase = { fixed = "0" } }
other = ["loud"]
"#;
    let Some(mut w) = Workspace::new(sql, map) else { return };
    let (_, applied) = w.erase("email=ana@x.example");
    applied.is(0, &["\"left\":[]"]);
    let gone = "SELECT count(*) FROM people WHERE email LIKE 'erased-%@erased.invalid' AND name = 'gone' AND born = '1900-01-01' \
        AND mood = 'none' AND doc = '{}' AND seen = '2000-01-01 00:00:00+00' AND n = 0 AND loud LIKE 'ERASED-%'";
    assert_eq!(w.count(gone), 1);
    assert_eq!(w.count("SELECT count(*) FROM people WHERE email = 'Bo@x.example' AND name = 'Bo' AND n = 8"), 1);
}

#[test]
fn what_triggers_and_rules_do_beside_is_told() {
    let audit = "CREATE TABLE audit.log (n int); INSERT INTO audit.log SELECT generate_series(1, 5);
        CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
            INSERT INTO audit.log VALUES (9); DELETE FROM audit.log WHERE n < 3; UPDATE audit.log SET n = 7 WHERE n = 4; RETURN NULL; END';";
    for (how, said) in [
        (
            "CREATE TRIGGER m AFTER DELETE ON people FOR EACH ROW EXECUTE FUNCTION meddle()",
            "added 1, changed 1, deleted 2",
        ),
        (
            "CREATE CONSTRAINT TRIGGER m AFTER DELETE ON people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meddle()",
            "added 1, changed 1, deleted 2",
        ),
        ("CREATE RULE m AS ON DELETE TO people DO ALSO DELETE FROM audit.log WHERE n = 5", "deleted 1"),
    ] {
        let sql = format!("{SHOP} CREATE SCHEMA audit; {audit} {how};");
        let map = format!("{MAP}[collection.\"audit.log\"]\nabout = \"nobody\"\n");
        let Some(w) = Workspace::new(&sql, &map) else { return };
        let (_, applied) = w.erase(ANA);
        applied.is(3, &["changed-beside", "shop.audit.log", said]);
    }
}

#[test]
fn a_trigger_or_rule_that_undoes_a_change_is_seen_and_nothing_is_changed() {
    let back = "CREATE FUNCTION back() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO visits VALUES (OLD.mail, OLD.seen); RETURN NULL; END';
        CREATE TRIGGER b AFTER DELETE ON visits FOR EACH ROW EXECUTE FUNCTION back()";
    let never = "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER b BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION never()";
    for (how, said) in [
        (back, "reads back differently"),
        (never, "touched 0"),
        ("CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING", "touched 0"),
    ] {
        let Some(mut w) = Workspace::new(&format!("{SHOP} {how}"), MAP) else { return };
        let (_, applied) = w.erase(ANA);
        applied.is(1, &[said]);
        let counts = ["people", "orders", "lines", "visits"].map(|t| w.count(&format!("SELECT count(*) FROM {t}")));
        assert_eq!(counts, [2, 3, 4, 5]);
    }
}

#[test]
fn records_that_refer_to_each_other_in_a_circle() {
    for when in ["", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"] {
        let sql = format!(
            "CREATE TABLE people (id int PRIMARY KEY, email text, home int NOT NULL);
             CREATE TABLE homes (id int PRIMARY KEY, owner int NOT NULL REFERENCES people {when}, street text);
             CREATE TABLE towns (id int PRIMARY KEY, name text); INSERT INTO towns VALUES (1, 'T');
             ALTER TABLE homes ADD town int REFERENCES towns;
             INSERT INTO people VALUES (1, 'ana@x.example', 10), (2, 'bo@x.example', 20);
             INSERT INTO homes VALUES (10, 1, 'Long Street', 1), (20, 2, 'Short Street', 1);
             ALTER TABLE people ADD FOREIGN KEY (home) REFERENCES homes {when};"
        );
        let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
other = ["home"]
[collection.homes]
key = "id"
links = [{ from = "owner", to = "people.id", role = "owner" }]
erase = "delete"
fields.street = { category = "user.contact.address" }
other = ["town"]
[collection.towns]
about = "nobody"
"#;
        let Some(mut w) = Workspace::new(&sql, map) else { return };
        let (_, applied) = w.erase(ANA);
        applied.is(0, &["\"left\":[]"]);
        assert_eq!((w.count("SELECT count(*) FROM people"), w.count("SELECT count(*) FROM homes")), (1, 1), "{when}");
    }
}

#[test]
fn a_copy_in_a_materialised_view_is_told() {
    let sql =
        format!("{SHOP} CREATE VIEW v AS SELECT email FROM people; CREATE MATERIALIZED VIEW copy AS SELECT * FROM v;");
    let Some(w) = Workspace::new(&sql, MAP) else { return };
    let (_, applied) = w.erase(ANA);
    applied.is(3, &["left-on-disk", "REFRESH MATERIALIZED VIEW public.copy"]);
}

#[test]
fn children_of_an_inheritance_tree_and_partitions_are_searched_and_erased() {
    let sql = "CREATE TABLE people (id int PRIMARY KEY, email text); CREATE TABLE staff (grade int) INHERITS (people);
        INSERT INTO people VALUES (1, 'ana@x.example'); INSERT INTO staff VALUES (3, 'ana@x.example', 7), (4, 'bo@x.example', 7);
        CREATE TABLE visits (mail text, at date) PARTITION BY RANGE (at);
        CREATE TABLE v1 PARTITION OF visits FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
        CREATE TABLE v2 PARTITION OF visits DEFAULT;
        INSERT INTO visits VALUES ('ana@x.example', '2025-05-05'), ('ana@x.example', '2026-05-05'), ('bo@x.example', '2026-05-05');";
    let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.staff]
key = "id"
identities = { email = "email" }
erase = "delete"
other = ["grade"]
[collection.visits]
identities = { email = "mail" }
erase = "anonymise"
fields.mail = { category = "user.contact.email", erase = "null" }
fields.at = { category = "user", erase = { fixed = "2030-01-01" } }
"#;
    let Some(mut w) = Workspace::new(sql, map) else { return };
    let (_, applied) = w.erase(ANA);
    // Two visits become alike, one of them in another partition.
    applied.is(0, &["\"left\":[]", "\"problems\":[]"]);
    assert_eq!(w.count("SELECT count(*) FROM ONLY people"), 0);
    assert_eq!(w.count("SELECT count(*) FROM staff"), 1);
    assert_eq!(w.count("SELECT count(*) FROM visits WHERE mail IS NULL AND at = '2030-01-01'"), 2);
}
