//! The sweep over a PostgreSQL database: tables and columns that the map does not know, types of every kind.

use super::workspace::Workspace;

const TABLES: &str = "
    CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, phone text);
    INSERT INTO people VALUES (1, 'Ana@x.example', '+65 6123 4567'), (2, 'bo@x.example', NULL);
    CREATE TABLE audit (id int PRIMARY KEY, who int, entry jsonb, packet bytea, at timestamptz, tags text[]);
    INSERT INTO audit VALUES (1, 2, '{\"mail\": \"bo@x.example\"}', '\\x00', now(), '{a}');
";
const MAP: &str = "
[collection.people]
person = true
key = \"id\"
identities = { email = \"email\" }
erase = \"delete\"
fields.email = { category = \"user.contact.email\" }
fields.phone = { category = \"user.contact.phone_number\" }
[collection.audit]
key = \"id\"
about = \"nobody\"
other = [\"who\", \"entry\", \"packet\", \"at\", \"tags\"]
";

#[test]
fn what_the_search_cannot_see_is_named() {
    let Some(mut w) = Workspace::new(TABLES, MAP) else { return };
    let audit = "INSERT INTO audit VALUES
        (2, 2, '{\"note\": \"ANA@x.example\\nwrote\"}', NULL, now(), NULL),
        (3, 2, NULL, convert_to('Subject: ana=40x.example', 'UTF8'), NULL, ARRAY['x', 'tel 6561234567']),
        (4, 2, '{\"b\": \"YW5hQHguZXhhbXBsZQ==\"}', NULL, NULL, NULL), (5, 2, '\"joana@x.example\"', NULL, NULL, NULL)";
    w.db.admin.batch_execute(audit).unwrap();
    let (_, applied) = w.erase("email=ana@x.example");
    applied.is(
        3,
        &[
            r#""place":"audit","field":"entry.note","identity":"email","coding":"plain","count":1,"examples":["id=2"]"#,
            r#""place":"audit","field":"packet","identity":"email","coding":"quoted-printable","count":1,"examples":["id=3"]"#,
            r#""place":"audit","field":"entry.b","identity":"email","coding":"base64","count":1,"examples":["id=4"]"#,
            r#""place":"audit","field":"tags","identity":"user.contact.phone_number","coding":"digits","count":1"#,
        ],
    );
    assert!(!applied.text.contains("ana@x") && !applied.text.contains("61234567"), "{}", applied.text);
    assert!(!applied.text.contains("id=5"), "somebody else's: {}", applied.text);
    w.db.admin.batch_execute("DELETE FROM audit WHERE id > 1").unwrap();
    w.apply().is(0, &[r#""left":[]"#, r#""tables":2"#]);
    w.apply().is(0, &[r#""already_applied":true"#]);
}

#[test]
fn a_table_said_to_be_about_nobody_and_a_copy_of_a_view_are_swept_too() {
    let tables = format!(
        "{TABLES} CREATE SCHEMA old; CREATE TABLE old.people_2019 (mail text); \
         INSERT INTO old.people_2019 VALUES ('ana@x.example'), ('bo@x.example'); \
         CREATE MATERIALIZED VIEW addresses AS SELECT email FROM people;"
    );
    let map = format!("{MAP}[collection.\"old.people_2019\"]\nabout = \"nobody\"\nother = [\"mail\"]\n");
    let Some(mut w) = Workspace::new(&tables, &map) else { return };
    let (_, applied) = w.erase("email=ana@x.example");
    applied.is(
        3,
        &[
            r#""place":"old.people_2019","field":"mail","identity":"email","coding":"plain","count":1"#,
            r#""place":"addresses","field":"email","identity":"email""#,
        ],
    );
    w.db.admin.batch_execute("REFRESH MATERIALIZED VIEW addresses; DELETE FROM old.people_2019").unwrap();
    w.apply().is(0, &[r#""tables":4,"files":0,"left":[]"#]);
}

#[test]
fn a_table_that_may_not_be_read_makes_it_incomplete() {
    let role = format!("sweeper_{}", std::process::id());
    let tables = format!(
        "{TABLES} CREATE TABLE closed (t text); CREATE ROLE {role} LOGIN; \
         GRANT SELECT, DELETE, UPDATE ON people, audit TO {role};"
    );
    let map = format!("{MAP}[collection.closed]\nabout = \"nobody\"\nother = [\"t\"]\n");
    let Some(w) = Workspace::new(&tables, &map) else { return };
    w.map(&w.db.url.replace("postgres@", &format!("{role}@")), &map);
    let (planned, applied) = w.erase("email=ana@x.example");
    assert!(planned.code == Some(0) || planned.text.contains("closed"), "{}", planned.text);
    applied.is(3, &[r#""code":"unswept","where":"shop.closed""#]);
}
