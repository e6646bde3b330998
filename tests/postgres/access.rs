//! Getting in: rights that are missing are named, TLS is verified, secrets come from the environment.

use std::path::Path;

use super::workspace::{Workspace, run};
use crate::servers::keys;
use crate::servers::postgres::{Database, Postgres};

const SHOP: &str = "CREATE SCHEMA sales; CREATE TABLE people (id int PRIMARY KEY, email text, name text);
    CREATE TABLE sales.orders (id int PRIMARY KEY, person int REFERENCES people, note text);
    INSERT INTO people VALUES (1, 'ana@x.example', 'Ana'), (2, 'bo@x.example', 'Bo'); INSERT INTO sales.orders VALUES (7, 1), (9, 2);";

const MAP: &str = r#"
[collection.people]
person = true
key = "id"
identities = { email = "email", account = "id" }
erase = "anonymise"
fields.email = { category = "user.contact.email", erase = "tombstone" }
fields.name = { category = "user.name", erase = "null" }
[collection."sales.orders"]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
erase = "delete"
other = ["note"]
"#;

const ANA: &str = "email=ana@x.example";

/// The workspace, seen by a new role that may do nothing.
fn stranger(sql: &str, role: &str) -> Option<Workspace> {
    let mut w = Workspace::new(&format!("{sql} CREATE ROLE {role} LOGIN;"), MAP)?;
    w.map(&w.db.url.replace("postgres@", &format!("{role}@")), MAP);
    w.db.admin
        .batch_execute("REVOKE ALL ON SCHEMA public FROM public; GRANT USAGE ON SCHEMA public TO public")
        .unwrap();
    Some(w)
}

#[test]
fn a_role_without_rights_is_told_which_grant_is_missing() {
    let Some(mut w) = stranger(SHOP, "stranger") else { return };
    w.run(&["find", ANA]).is(
        3,
        &["shop: the role stranger may not read people", "GRANT SELECT ON \"public\".\"people\" TO \"stranger\";"],
    );
    w.db.admin.batch_execute("GRANT SELECT ON people TO stranger").unwrap();
    w.run(&["find", ANA]).is(
        3,
        &[
            "may not read sales.orders",
            "GRANT USAGE ON SCHEMA \"sales\" TO \"stranger\"; GRANT SELECT ON \"sales\".\"orders\" TO \"stranger\";",
        ],
    );
    w.run(&["erase", ANA, "--verified", "known"]).is(4, &["was not searched"]);
    let checked = w.run(&["check"]);
    checked.is(
        3,
        &["GRANT CONNECT ON DATABASE", "GRANT UPDATE (\"email\", \"name\") ON \"public\".\"people\" TO \"stranger\";"],
    );
    assert!(!checked.text.contains("GRANT DELETE ON \"public\".\"people\""), "{}", checked.text);
}

#[test]
fn the_rights_that_check_prints_are_enough_to_read_and_to_apply() {
    let Some(mut w) = stranger(SHOP, "least") else { return };
    let report: serde_json::Value =
        serde_json::from_str(w.run(&["check", "--json"]).text.lines().next().unwrap()).unwrap();
    let rights = &report["rights"][0]["rights"];
    let mut statements: Vec<String> = Vec::new();
    for part in ["to_read", "to_change"] {
        statements.extend(rights[part].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()));
    }
    w.db.admin.batch_execute(&statements.join(" ")).unwrap();
    w.run(&["check"]).is(0, &["agree"]);
    let (_, applied) = w.erase(ANA);
    applied.is(0, &["\"left\":[]", "\"problems\":[]"]);
    assert_eq!(w.count("SELECT count(*) FROM people WHERE name IS NULL"), 1);
    assert_eq!(w.count("SELECT count(*) FROM sales.orders"), 1);
}

#[test]
fn row_security_never_hides_a_record_silently() {
    let hidden = "ALTER TABLE people ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON people USING (id = 2); GRANT SELECT ON people TO fenced;
        GRANT USAGE ON SCHEMA sales TO fenced; GRANT SELECT ON sales.orders TO fenced;";
    let Some(mut w) = stranger(SHOP, "fenced") else { return };
    w.db.admin.batch_execute(hidden).unwrap();
    w.run(&["find", ANA]).is(3, &["row-level security would hide records", "BYPASSRLS"]);
    w.db.admin.batch_execute("ALTER ROLE fenced BYPASSRLS").unwrap();
    w.run(&["find", ANA]).is(0, &[]);
}

#[test]
fn one_collection_that_fails_does_not_stop_the_others() {
    let Some(mut w) = stranger(SHOP, "half") else { return };
    let grants = "GRANT SELECT ON people TO half; GRANT USAGE ON SCHEMA sales TO half; GRANT SELECT ON sales.orders TO half;
        ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY; CREATE TABLE visits (mail text); GRANT SELECT ON visits TO half;
        INSERT INTO visits VALUES ('ana@x.example')";
    w.db.admin.batch_execute(grants).unwrap();
    let map = format!("{MAP}[collection.visits]\nidentities = {{ email = \"mail\" }}\nerase = \"delete\"\n");
    w.map(&w.db.url.replace("postgres@", "half@"), &map);
    w.run(&["find", ANA]).is(3, &["shop.visits", "row-level security"]);
}

/// A server with TLS whose certificate is for `localhost` alone, and that lets `app` in by password, `known` by its
/// certificate, both by TLS only.
fn secure() -> Option<(Postgres, tempfile::TempDir)> {
    let keys = keys::keys();
    let put = |folder: &Path| {
        keys::of_server(keys.path(), folder);
        let rules =
            "local all all trust\nhostssl all known 127.0.0.1/32 cert\nhostssl all app 127.0.0.1/32 scram-sha-256\n";
        std::fs::write(folder.join("hba"), rules).unwrap();
    };
    let settings = [
        "ssl=on",
        "ssl_ca_file=../ca.pem",
        "ssl_cert_file=../localhost.pem",
        "ssl_key_file=../localhost.key",
        "hba_file={folder}/hba",
    ];
    Some((Postgres::prepared(&settings, &put)?, keys))
}

#[test]
fn tls_is_verified_as_the_address_says() {
    let Some((server, keys)) = secure() else { return };
    let sql =
        format!("{SHOP} CREATE ROLE app LOGIN SUPERUSER PASSWORD 'p@ss:/w?rd'; CREATE ROLE known LOGIN SUPERUSER;");
    let db: Database = server.database(&sql);
    let name = db.name.clone();
    let w = Workspace::over(db, MAP);
    keys::of_client(keys.path(), w.dir.path());
    let port = server.port();
    let app = |host: &str, rest: &str| format!("postgres://app:${{REDRESS_PW}}@{host}:{port}/{name}{rest}");
    let known = format!("postgres://known@localhost:{port}/{name}?sslmode=verify-full&sslrootcert=ca.pem");
    let cases = [
        (app("localhost", ""), "p@ss:/w?rd", 0, "id=1"),
        (app("localhost", "?sslmode=require"), "p@ss:/w?rd", 0, ""),
        (app("localhost", "?sslmode=verify-full&sslrootcert=ca.pem"), "p@ss:/w?rd", 0, ""),
        (app("127.0.0.1", "?sslmode=verify-ca&sslrootcert=ca.pem"), "p@ss:/w?rd", 0, ""),
        // The server's own certificate may be named instead of its authority's.
        (app("localhost", "?sslmode=verify-full&sslrootcert=localhost.pem"), "p@ss:/w?rd", 0, ""),
        (app("127.0.0.1", "?sslmode=verify-full&sslrootcert=localhost.pem"), "p@ss:/w?rd", 3, "certificate"),
        (app("127.0.0.1", "?sslmode=verify-full&sslrootcert=ca.pem"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-full"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-ca&sslrootcert=known.pem"), "p@ss:/w?rd", 3, "certificate"),
        (app("localhost", "?sslmode=verify-full&sslrootcert=no.pem"), "p@ss:/w?rd", 3, "no.pem cannot be read"),
        (app("localhost", "?sslmode=disable"), "p@ss:/w?rd", 3, "does not let this role in"),
        (app("localhost", ""), "wrong", 3, "does not let this role in"),
        (format!("{known}&sslcert=known.pem&sslkey=known.key"), "", 0, ""),
        (known, "", 3, "does not let this role in"),
    ];
    for (url, password, code, says) in cases {
        w.map(&url, MAP);
        let ended = run(w.dir.path(), &["find", ANA], &[("REDRESS_PW", password)]);
        assert_eq!(ended.code, Some(code), "{url}: {}", ended.text);
        assert!(ended.text.contains(says) && !ended.text.contains("p@ss"), "{url}: {}", ended.text);
    }
    w.map(&app("localhost", ""), MAP);
    w.run(&["find", ANA]).is(3, &["the variable REDRESS_PW, and it is not set"]);
    w.map(&format!("postgres://app@localhost:1/{name}"), MAP);
    w.run(&["find", ANA]).is(3, &["cannot connect to localhost:1", "Connection refused"]);
    w.map(&format!("postgres://postgres@:{port}/nowhere?host={}", server.folder().display()), MAP);
    w.run(&["find", ANA]).is(3, &["no such database"]);
}
