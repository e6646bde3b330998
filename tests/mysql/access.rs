//! Getting in: rights that are missing are named, TLS is verified, secrets come from the environment.

use mysql::prelude::Queryable as _;

use super::workspace::Workspace;
use crate::postgres::workspace::run;
use crate::servers::keys;
use crate::servers::mariadb::{MariaDb, all};

const SHOP: &str = "CREATE TABLE people (id int PRIMARY KEY, email varchar(90), name varchar(90));
    CREATE TABLE orders (id int PRIMARY KEY, person int, note varchar(90), FOREIGN KEY (person) REFERENCES people (id));
    CREATE TABLE visits (mail varchar(90), seen date);
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana'), (2, 'bo@x.example', 'Bo'); INSERT INTO orders VALUES (7, 1, 'x'), (9, 2, 'y');
    INSERT INTO visits VALUES ('ana@x.example', '2026-01-01'), ('ana@x.example', '2026-01-01'), ('bo@x.example', '2026-01-01');";

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email", account = "id" }
erase = "anonymise"
fields.email = { category = "user.contact.email", erase = "tombstone" }
fields.name = { category = "user.name", erase = "null" }
[collection.orders]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["note"]
[collection.visits]
identities = { email = "mail" }
erase = "anonymise"
fields.mail = { category = "user.contact.email", erase = "null" }
other = ["seen"]
"#;

const ANA: &str = "email=ana@x.example";

/// The workspace, seen by a new user with the right to `start` with.
fn stranger(user: &str, start: &str) -> Option<Workspace> {
    let mut w = Workspace::new(SHOP, MAP)?;
    let name = w.db.name.clone();
    all(&mut w.db.admin, &format!("CREATE USER {user}@'%'; {}", start.replace("{db}", &name)));
    w.map(&w.db.url.replace("root@", &format!("{user}@")), MAP);
    Some(w)
}

#[test]
fn a_user_without_rights_is_told_which_grant_is_missing() {
    let Some(w) = stranger("stranger", "GRANT SELECT (id, email, name) ON {db}.people TO stranger@'%'") else { return };
    // The server hides what a user may not read at all.
    w.run(&["find", ANA]).is(3, &["shop.orders", "shows this role, none of that name"]);
    w.run(&["erase", ANA, "--verified", "known"]).is(4, &["was not searched"]);
    let grant = format!("GRANT SELECT ON `{}`.`orders` TO 'stranger'@'%';", w.db.name);
    w.run(&["check"]).is(3, &["orders", &grant]);
}

#[test]
fn the_rights_that_check_prints_are_enough_to_read_and_to_apply() {
    let Some(mut w) = stranger("least", "GRANT USAGE ON {db}.* TO least@'%'; GRANT SELECT ON {db}.people TO least@'%'")
    else {
        return;
    };
    let report = w.run(&["check", "--json"]).text;
    let report: serde_json::Value =
        serde_json::Deserializer::from_str(&report[report.find('{').unwrap()..]).into_iter().next().unwrap().unwrap();
    let rights = &report["rights"][0]["rights"];
    for part in ["to_read", "to_change"] {
        for grant in rights[part].as_array().unwrap() {
            w.db.admin.query_drop(grant.as_str().unwrap()).unwrap_or_else(|e| panic!("{grant}: {e}"));
        }
    }
    let given: Vec<String> = w.db.admin.query("SHOW GRANTS FOR least@'%'").unwrap();
    assert!(
        !given.iter().any(|g| g.contains("INSERT")
            || g.contains("ALL PRIVILEGES")
            || g.contains("*.* TO") && !g.contains("USAGE")),
        "{given:?}"
    );
    w.run(&["check"]).is(0, &["agree"]);
    w.erase(ANA).is(0, &["\"left\":[]", "\"problems\":[]"]);
    assert_eq!(w.counts(&["people WHERE name IS NULL", "orders", "visits WHERE mail IS NULL"]), [1, 1, 2]);
}

/// A server with TLS whose certificate is for `localhost` alone.
fn secure() -> Option<(MariaDb, tempfile::TempDir)> {
    let keys = keys::keys();
    let settings = ["ssl-ca={folder}/ca.pem", "ssl-cert={folder}/localhost.pem", "ssl-key={folder}/localhost.key"];
    Some((MariaDb::prepared(&settings, &|folder| keys::of_server(keys.path(), folder))?, keys))
}

#[test]
fn tls_is_verified_as_the_address_says() {
    let Some((server, keys)) = secure() else { return };
    let mut db = server.database(SHOP);
    // One gets in over TLS only, one by the client's certificate.
    let users = "CREATE USER app@'%' IDENTIFIED BY 'p@ss:/w?rd' REQUIRE SSL; GRANT ALL ON *.* TO app@'%';
        CREATE USER known@'%' REQUIRE SUBJECT '/CN=known'; GRANT ALL ON *.* TO known@'%'";
    all(&mut db.admin, users);
    let name = db.name.clone();
    let w = Workspace::over(db, MAP);
    keys::of_client(keys.path(), w.dir.path());
    let port = server.port();
    let app = |host: &str, rest: &str| format!("mysql://app:${{REDRESS_PW}}@{host}:{port}/{name}{rest}");
    let known = format!("mysql://known@localhost:{port}/{name}?sslmode=verify-full&sslrootcert=ca.pem");
    let cases = [
        (app("localhost", ""), "p@ss:/w?rd", 0, "id=1"),
        (app("localhost", "?sslmode=require"), "p@ss:/w?rd", 0, ""),
        (app("localhost", "?sslmode=verify-full&sslrootcert=ca.pem"), "p@ss:/w?rd", 0, ""),
        (app("127.0.0.1", "?sslmode=verify-ca&sslrootcert=ca.pem"), "p@ss:/w?rd", 0, ""),
        (app("127.0.0.1", "?sslmode=verify-full&sslrootcert=ca.pem"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-full"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-ca&sslrootcert=known.pem"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-full&sslrootcert=no.pem"), "p@ss:/w?rd", 3, "no.pem"),
        (app("localhost", "?sslmode=disable"), "p@ss:/w?rd", 3, "does not let this user in"),
        (app("localhost", ""), "wrong", 3, "does not let this user in"),
        (format!("{known}&sslcert=known.pem&sslkey=known.key"), "", 0, ""),
        (known, "", 3, "does not let this user in"),
    ];
    for (url, password, code, says) in cases {
        w.map(&url, MAP);
        let ended = run(w.dir.path(), &["find", ANA], &[("REDRESS_PW", password)]);
        assert_eq!(ended.code, Some(code), "{url}: {}", ended.text);
        assert!(ended.text.contains(says) && !ended.text.contains("p@ss"), "{url}: {}", ended.text);
    }
    w.map(&app("localhost", ""), MAP);
    w.run(&["find", ANA]).is(3, &["the variable REDRESS_PW, and it is not set"]);
    w.map(&format!("mysql://app@localhost:1/{name}"), MAP);
    w.run(&["find", ANA]).is(3, &["cannot connect to localhost:1"]);
}
