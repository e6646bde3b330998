//! The sweep over a MySQL or MariaDB database.

use mysql::prelude::Queryable as _;

use super::workspace::Workspace;

const TABLES: &str = "
    CREATE TABLE people (id int PRIMARY KEY, email varchar(100) NOT NULL, phone varchar(30));
    INSERT INTO people VALUES (1, 'Ana@x.example', '+65 6123 4567'), (2, 'bo@x.example', NULL);
    CREATE TABLE audit (id int PRIMARY KEY, entry text CHARACTER SET latin1, packet blob, doc json);
    INSERT INTO audit VALUES (1, 'bo@x.example', NULL, NULL);
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
other = [\"entry\", \"packet\", \"doc\"]
";

#[test]
fn what_the_search_cannot_see_is_named() {
    let Some(mut w) = Workspace::new(TABLES, MAP) else { return };
    let audit = "INSERT INTO audit VALUES
        (2, 'wrote to ANA@X.example', NULL, NULL), (3, NULL, x'61006e00610040007800' '2e006500780061006d0070006c006500', NULL),
        (4, NULL, NULL, '{\"u\": \"ana%40x.example\"}'), (5, 'joana@x.example', NULL, NULL), (6, '(65) 6123-4567', NULL, NULL)";
    let audit = audit.replace("' '2e", "2e");
    w.db.admin.query_drop(audit).unwrap();
    assert!(matches!(w.plan("email=ana@x.example").code, Some(0)));
    let applied = w.apply();
    applied.is(
        3,
        &[
            r#""place":"audit","field":"entry","identity":"email","coding":"plain","count":1,"examples":["id=2"]"#,
            r#""place":"audit","field":"packet","identity":"email","coding":"utf-16","count":1,"examples":["id=3"]"#,
            r#""coding":"percent","count":1,"examples":["id=4"]"#,
            r#""field":"entry","identity":"user.contact.phone_number","coding":"digits","count":1,"examples":["id=6"]"#,
        ],
    );
    assert!(!applied.text.to_lowercase().contains("ana@x") && !applied.text.contains("id=5"), "{}", applied.text);
    w.db.admin.query_drop("DELETE FROM audit WHERE id > 1").unwrap();
    w.apply().is(0, &[r#""left":[]"#, r#""tables":2"#]);
}

#[test]
fn old_versions_of_rows_are_rows_too() {
    let tables = TABLES.replace("doc json)", "doc json) WITH SYSTEM VERSIONING");
    let Some(mut w) = Workspace::new(&tables, MAP) else { return };
    for sql in ["INSERT INTO audit VALUES (2, 'ana@x.example', NULL, NULL)", "DELETE FROM audit WHERE id = 2"] {
        w.db.admin.query_drop(sql).unwrap();
    }
    w.plan("email=ana@x.example");
    w.apply().is(3, &[r#""place":"audit (old versions)","field":"entry","identity":"email""#]);
}
