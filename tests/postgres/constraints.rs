//! Constraints that other databases do not have: they hold at the latest at the commit, and what they forbid changes nothing.

use redress::record::{FieldPath, Key, Value};
use redress::source::{Edit, EditChange, open_writer};

use super::address;
use super::workspace::Workspace;
use crate::servers::postgres::database;

#[test]
fn values_of_a_unique_column_change_places_where_the_constraint_can_wait() {
    for (when, goes) in [("DEFERRABLE", true), ("DEFERRABLE INITIALLY DEFERRED", true), ("", false)] {
        let sql = format!(
            "CREATE TABLE t (id int PRIMARY KEY, mail text, UNIQUE (mail) {when}); INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');"
        );
        let Some(mut db) = database(&sql) else { return };
        let keys: Vec<Key> = (1..=2).map(|i| Key::Columns(vec![("id".into(), Value::Int(i))])).collect();
        let sets = [[(FieldPath::column("mail"), Value::from("b"))], [(FieldPath::column("mail"), Value::from("a"))]];
        let edit = |i: usize| Edit { collection: "t", key: &keys[i], count: 1, change: EditChange::Set(&sets[i]) };
        let mut writer = open_writer(&address(&db), "shop").unwrap();
        let written = writer.write(&[edit(0), edit(1)]);
        match goes {
            true => {
                written.unwrap();
                writer.commit().unwrap();
            }
            false => {
                let error = written.unwrap_err();
                assert!(error.message.contains("the constraint t_mail_key of t forbids it"), "{error}");
                drop(writer);
            }
        }
        let now: String = db.admin.query_one("SELECT string_agg(mail, ',' ORDER BY id) FROM t", &[]).unwrap().get(0);
        assert_eq!(now, if goes { "b,a,c" } else { "a,b,c" }, "{when}");
    }
}

const BOOKINGS: &str = "CREATE TABLE people (id int PRIMARY KEY, email text);
    CREATE TABLE bookings (id int PRIMARY KEY, person int REFERENCES people, days int4range NOT NULL, EXCLUDE USING gist (days WITH &&) {when});
    INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
    INSERT INTO bookings VALUES (7, 1, '[1,5)'), (8, 2, '[5,9)');";

fn bookings(to: &str) -> String {
    format!(
        "[collection.people]\nperson = true\nkey = \"id\"\nidentities = {{ email = \"email\" }}\nerase = \"delete\"\n\
         [collection.bookings]\nkey = \"id\"\nlinks = [{{ from = \"person\", to = \"people.id\", role = \"owner\" }}]\nerase = \"anonymise\"\n\
         fields.days = {{ category = \"user\", erase = {{ fixed = \"{to}\" }} }}\n"
    )
}

#[test]
fn what_an_exclusion_constraint_forbids_is_named_and_changes_nothing() {
    for when in ["", "DEFERRABLE INITIALLY DEFERRED"] {
        let sql = BOOKINGS.replace("{when}", when);
        let Some(mut w) = Workspace::new(&sql, &bookings("[6,7)")) else { return };
        let (_, applied) = w.erase("email=ana@x.example");
        applied.is(1, &["the constraint bookings_days_excl of bookings forbids it"]);
        assert_eq!(w.count("SELECT count(*) FROM people"), 2, "{when}");
        assert_eq!(w.count("SELECT count(*) FROM bookings WHERE days = '[1,5)' AND person = 1"), 1, "{when}");
        let mut w = Workspace::new(&sql, &bookings("empty")).unwrap();
        let (_, applied) = w.erase("email=ana@x.example");
        applied.is(0, &["\"left\":[]"]);
        assert_eq!(w.count("SELECT count(*) FROM bookings WHERE days = 'empty' AND person IS NULL"), 1, "{when}");
    }
}

#[test]
fn what_waits_for_the_commit_is_met_before_anything_is_durable() {
    let sql = "CREATE TABLE people (id int PRIMARY KEY, email text); INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
        CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''Ana must stay'' USING ERRCODE = ''23514''; END';
        CREATE CONSTRAINT TRIGGER late AFTER DELETE ON people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION never();";
    let map =
        "[collection.people]\nperson = true\nkey = \"id\"\nidentities = { email = \"email\" }\nerase = \"delete\"\n";
    let Some(mut w) = Workspace::new(sql, map) else { return };
    let (_, applied) = w.erase("email=ana@x.example");
    applied.is(1, &["check the constraints", "forbids it"]);
    assert!(!applied.text.contains("must stay"), "{}", applied.text);
    assert_eq!(w.count("SELECT count(*) FROM people"), 2);
    // It was not started: the plan is stale once the data are others.
    w.db.admin.batch_execute("UPDATE people SET email = 'Ana@x.example' WHERE id = 1").unwrap();
    w.apply().is(4, &["the plan is stale"]);
}
