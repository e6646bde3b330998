//! Erasing in MariaDB: what the plan says happens, and what happens beside is told.

use mysql::prelude::Queryable as _;
use redress::record::{FieldPath, Key, Value};
use redress::source::{Edit, EditChange, open_writer};

use super::address;
use super::workspace::Workspace;
use crate::servers::mariadb::database;

const SHOP: &str = "
    CREATE TABLE people (id int PRIMARY KEY, email varchar(90) UNIQUE, name varchar(90));
    CREATE TABLE orders (id int PRIMARY KEY, person int, total decimal(8,2), FOREIGN KEY (person) REFERENCES people (id));
    CREATE TABLE `lines` (order_id int, line int, thing varchar(20), PRIMARY KEY (order_id, line),
        FOREIGN KEY (order_id) REFERENCES orders (id));
    CREATE TABLE visits (mail varchar(90), seen datetime);
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana'), (2, 'bo@x.example', 'Bo');
    INSERT INTO orders VALUES (7, 1, 9.50), (8, 1, 1), (9, 2, 3);
    INSERT INTO `lines` VALUES (7, 1, 'pen'), (7, 2, 'ink'), (8, 1, 'pad'), (9, 1, 'pen');
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

const TABLES: [&str; 4] = ["people", "orders", "`lines`", "visits"];
const ANA: &str = "email=ana@x.example";

#[test]
fn what_would_go_beside_the_plan_is_refused() {
    for action in ["CASCADE", "SET NULL", "RESTRICT"] {
        let sql = format!(
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, \
             FOREIGN KEY (p) REFERENCES p (id) ON DELETE {action}); INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 2);"
        );
        let Some(mut db) = database(&sql) else { return };
        let mut writer = open_writer(&address(&db), "shop").unwrap();
        let key = Key::Columns(vec![("id".into(), Value::Int(1))]);
        let edit = Edit { collection: "p", key: &key, count: 1, change: EditChange::Delete };
        let error = writer.write(&[edit]).unwrap_err();
        assert!(error.message.contains("shop.c: records refer to records of p"), "{error}");
        drop(writer);
        assert_eq!(db.admin.query_first::<u8, _>("SELECT COUNT(p) FROM c JOIN p ON c.p = p.id").unwrap(), Some(2));
    }
}

#[test]
fn a_circle_that_the_plan_only_half_names_is_refused() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, next int NOT NULL, FOREIGN KEY (next) REFERENCES t (id));
        SET foreign_key_checks = 0; INSERT INTO t VALUES (1, 2), (2, 1), (3, 3), (4, 2);";
    let Some(mut db) = database(sql) else { return };
    let keys: Vec<Key> = (1..=3).map(|i| Key::Columns(vec![("id".into(), Value::Int(i))])).collect();
    let edit = |key| Edit { collection: "t", key, count: 1, change: EditChange::Delete };
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    // Record 4 goes on referring to 2.
    let error = writer.write(&[edit(&keys[0]), edit(&keys[1]), edit(&keys[2])]).unwrap_err();
    assert!(error.message.contains("would refer to a record of t that is gone"), "{error}");
    drop(writer);
    assert_eq!(db.admin.query_first::<u8, _>("SELECT COUNT(*) FROM t").unwrap(), Some(4));
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    writer.write(&[edit(&keys[2])]).unwrap();
    writer.commit().unwrap();
    assert_eq!(db.admin.query_first::<u8, _>("SELECT COUNT(*) FROM t").unwrap(), Some(3));
}

#[test]
fn a_key_changes_and_references_follow() {
    let sql = "CREATE TABLE p (mail varchar(50) PRIMARY KEY, n int); CREATE TABLE c (id int PRIMARY KEY, mail varchar(50),
            FOREIGN KEY (mail) REFERENCES p (mail) ON UPDATE CASCADE);
        CREATE TABLE d (id int PRIMARY KEY, mail varchar(50), FOREIGN KEY (mail) REFERENCES p (mail));
        INSERT INTO p VALUES ('ana', 1), ('bo', 2); INSERT INTO c VALUES (1, 'ana'), (2, 'bo'); INSERT INTO d VALUES (1, 'ana');";
    let Some(mut db) = database(sql) else { return };
    let key = Key::Columns(vec![("mail".into(), "ana".into())]);
    let of_d = Key::Columns(vec![("id".into(), Value::Int(1))]);
    let set = [(FieldPath::column("mail"), Value::from("gone"))];
    let edit = |collection, key| Edit { collection, key, count: 1, change: EditChange::Set(&set) };
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    let refused = writer.write(&[edit("p", &key)]).unwrap_err();
    drop(writer);
    assert!(refused.message.contains("shop.d: records refer to records of p"));
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    let written = writer.write(&[edit("d", &of_d), edit("p", &key)]).unwrap();
    assert_eq!(written.beside.len(), 1, "{:?}", written.beside);
    assert!(written.beside[0].message.contains("1 more records"), "{:?}", written.beside);
    writer.commit().unwrap();
    let now: Option<String> = db
        .admin
        .query_first("SELECT CONCAT_WS(',', p.mail, c.mail, d.mail) FROM p JOIN c USING (mail) JOIN d USING (mail)")
        .unwrap();
    assert_eq!(now.as_deref(), Some("gone,gone,gone"));
}

#[test]
fn anonymised_fields_hold_what_the_plan_says() {
    let sql =
        "CREATE TABLE people (id binary(16) PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, name char(9), born date,
            mood enum('none','glad'), seen timestamp NULL, n decimal(6,2), f float, changed timestamp(6) NOT NULL
            DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), loud varchar(90) AS (UPPER(email)) STORED);
        INSERT INTO people (id, email, name, born, mood, seen, n, f, changed) VALUES
            (x'00', 'Ana@x.example', 'Ana', '1990-05-05', 'glad', NOW(), 7.5, 1, '2001-01-01'),
            (x'27', 'ana@y.example', 'Ana', '1990-05-05', 'glad', NOW(), 7.5, 1, '2001-01-01'),
            (x'02', 'Bo@x.example', 'Bo', '1991-01-01', 'glad', NOW(), 8, 2, '2001-01-01');
        CREATE TABLE log (person binary(16), what varchar(20), at datetime NOT NULL DEFAULT NOW() ON UPDATE NOW());
        INSERT INTO log VALUES (x'00', 'in', '2001-01-01'), (x'00', 'in', '2001-01-01'), (x'02', 'in', '2001-01-01');";
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
fields.seen = { category = "user", erase = { fixed = "2000-01-01" } }
fields.n = { category = "user", erase = { fixed = "0" } }
fields.f = { category = "user", erase = { fixed = "0" } }
other = ["loud", "changed"]
[collection.log]
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "anonymise"
fields.what = { category = "user", erase = { fixed = "something" } }
other = ["at"]
"#;
    let Some(mut w) = Workspace::new(sql, map) else { return };
    w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
    let gone = "SELECT COUNT(*) FROM people WHERE email LIKE 'erased-%@erased.invalid' AND name = 'gone' AND born = '1900-01-01' \
        AND mood = 'none' AND seen = '2000-01-01' AND n = 0 AND loud LIKE 'ERASED-%' AND changed = '2001-01-01'";
    assert_eq!(w.count(gone), 1);
    assert_eq!(w.count("SELECT COUNT(*) FROM people WHERE email IN ('ana@y.example', 'Bo@x.example') AND n > 7"), 2);
    assert_eq!(w.count("SELECT COUNT(*) FROM log WHERE what = 'something' AND at = '2001-01-01'"), 2);
}

#[test]
fn many_records_change_in_few_statements() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, mail varchar(90) UNIQUE, n int); INSERT INTO t SELECT seq, CONCAT('m', seq), 7 FROM seq_1_to_3000;";
    let Some(mut db) = database(sql) else { return };
    let keys: Vec<Key> = (1..=2500).map(|i| Key::Columns(vec![("id".into(), Value::Int(i))])).collect();
    let set = |i: usize| {
        [(FieldPath::column("mail"), Value::Text(format!("gone{i}"))), (FieldPath::column("n"), Value::Null)]
    };
    let sets: Vec<_> = (0..1250).map(set).collect();
    let edit = |i: usize| Edit {
        collection: "t",
        key: &keys[i],
        count: 1,
        change: if i < 1250 { EditChange::Set(&sets[i]) } else { EditChange::Delete },
    };
    let edits: Vec<Edit<'_>> = (0..2500).map(edit).collect();
    let mut writer = open_writer(&address(&db), "shop").unwrap();
    writer.write(&edits).unwrap();
    writer.commit().unwrap();
    let said: Option<String> = db
        .admin
        .query_first("SELECT CONCAT_WS(',', COUNT(*), SUM(mail = CONCAT('gone', id - 1) AND n IS NULL), SUM(mail = CONCAT('m', id))) FROM t")
        .unwrap();
    assert_eq!(said.as_deref(), Some("1750,1250,500"));
}

#[test]
fn what_triggers_do_beside_is_told() {
    let audit = "CREATE TABLE audit (n int); INSERT INTO audit VALUES (1), (2), (3), (4);
        CREATE TRIGGER meddle AFTER DELETE ON people FOR EACH ROW BEGIN
            INSERT INTO audit VALUES (9), (10); DELETE FROM audit WHERE n < 3; UPDATE audit SET n = 7 WHERE n = 4; END;";
    let map = format!("{MAP}[collection.audit]\nabout = \"nobody\"\n");
    let Some(mut w) = Workspace::new(&format!("{SHOP}{audit}"), &map) else { return };
    w.erase(ANA).is(3, &["changed-beside", "trigger meddle", "added 2, changed 1, deleted 2"]);
    assert_eq!(w.counts(&TABLES), [1, 1, 1, 2]);
}

#[test]
fn a_trigger_that_undoes_a_change_is_seen_and_nothing_is_changed() {
    let anonymise = MAP.replace(
        "erase = \"delete\"\nfields.name = { category = \"user.name\" }",
        "erase = \"anonymise\"\nfields.name = { category = \"user.name\", erase = { fixed = \"gone\" } }",
    );
    let keep = "CREATE TRIGGER k BEFORE UPDATE ON people FOR EACH ROW SET NEW.name = OLD.name";
    let never = "CREATE TRIGGER n BEFORE DELETE ON orders FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Ana may not'";
    for (trigger, map, said) in [(keep, anonymise.as_str(), "reads back differently"), (never, MAP, "1644")] {
        let Some(mut w) = Workspace::new(&format!("{SHOP} {trigger};"), map) else { return };
        let applied = w.erase(ANA);
        applied.is(1, &[said]);
        assert!(!applied.text.contains("Ana may not"));
        assert_eq!(w.counts(&TABLES), [2, 3, 4, 5]);
    }
}

#[test]
fn partitions_and_versions() {
    let sql = "CREATE TABLE people (id int PRIMARY KEY, email varchar(90)) WITH SYSTEM VERSIONING;
        CREATE TABLE visits (id int, mail varchar(90), at date, n int, KEY (mail)) PARTITION BY RANGE (YEAR(at))
            (PARTITION p0 VALUES LESS THAN (2026), PARTITION p1 VALUES LESS THAN MAXVALUE);
        INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
        INSERT INTO visits VALUES (1, 'ana@x.example', '2025-05-05', 1), (2, 'ana@x.example', '2026-05-05', 1), (3, 'bo@x.example', '2026-05-05', 1);";
    let map = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.visits]
identities = { email = "mail" }
erase = "anonymise"
fields.mail = { category = "user.contact.email", erase = "null" }
fields.at = { category = "user", erase = { fixed = "2030-01-01" } }
other = ["id", "n"]
"#;
    let Some(mut w) = Workspace::new(sql, map) else { return };
    let applied = w.erase(ANA);
    applied.is(3, &["left-on-disk", "DELETE HISTORY FROM people", "\"left\":[]"]);
    assert!(!applied.text.contains("changed-beside"), "{}", applied.text);
    assert_eq!(w.count("SELECT COUNT(*) FROM visits WHERE mail IS NULL AND at = '2030-01-01'"), 2);
    assert_eq!(w.count("SELECT COUNT(*) FROM people"), 1);
}

#[test]
fn what_cannot_be_taken_back_is_refused_unless_the_map_accepts_it() {
    let sql = SHOP.replace("seen datetime);", "seen datetime) ENGINE=MyISAM;");
    let Some(mut w) = Workspace::new(&sql, MAP) else { return };
    w.run(&["check"]).is(3, &["non-transactional", "shop.visits", "MyISAM"]);
    w.plan(ANA).is(4, &["shop.visits: its storage engine MyISAM cannot take a change back", "non_transactional"]);
    assert_eq!(w.counts(&TABLES), [2, 3, 4, 5]);
    let accepted = MAP.replace("[collection.visits]", "[collection.visits]\nnon_transactional = \"accept\"");
    w.map(&w.db.url, &accepted);
    w.run(&["check"]).is(0, &["the map accepts it"]);
    w.erase(ANA).is(0, &["\"left\":[]"]);
    assert_eq!(w.counts(&TABLES), [1, 1, 1, 2]);
}
