//! What a script does with a database nobody has described: drafted, searched, exported, corrected, erased, confirmed, with
//! no prompt, each command a request of its own.

use std::path::Path;
use std::process::Command;

const SHOP: &str = "
    CREATE TABLE clerk (id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT);
    CREATE TABLE customer (id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, phone TEXT,
        email TEXT NOT NULL, helped_by INTEGER REFERENCES clerk);
    CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer, billing_address TEXT,
        total NUMERIC(10,2));
    CREATE TABLE invoice_line (id INTEGER PRIMARY KEY, invoice_id INTEGER NOT NULL REFERENCES invoice, thing TEXT);
    INSERT INTO clerk VALUES (1, 'Ida', 'Berg', 'ida.berg@shop.example');
    INSERT INTO customer VALUES (1, 'Ana', 'Lim', '+6561234567', 'ana.lim@post.example', 1),
        (2, 'Bo', 'Tan', '+6561110000', 'bo.tan@post.example', 1), (3, 'Cy', 'Ong', NULL, 'cy.ong@post.example', 1);
    INSERT INTO invoice VALUES (10, 1, '1 Quay St', 5), (11, 1, '1 Quay St', 7.5), (12, 2, '2 Hill Rd', 1), (13, 3, '3 Bay', 2);
    INSERT INTO invoice_line VALUES (100, 10, 'pen'), (101, 10, 'ink'), (102, 11, 'pad'), (103, 12, 'pen'), (104, 13, 'ink');
";

fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(args).current_dir(dir).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

#[test]
fn a_script_goes_from_a_database_never_seen_to_a_confirmed_erasure() {
    let dir = tempfile::tempdir().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("shop.sqlite")).unwrap();
    conn.execute_batch(SHOP).unwrap();
    let set = "shop.customer.phone=+65 6999 0000";
    let steps: [(&[&str], &[i32]); 9] = [
        (&["-C", "ws", "init", "sqlite:shop.sqlite", "--yes"], &[0]),
        (&["-C", "ws", "find", "email=ANA.LIM@post.example ", "--json"], &[0]),
        // Who served her is another person's: withheld, and the copy says so.
        (&["-C", "ws", "export", "email=ana.lim@post.example", "--verified", "account", "-o", "out.zip"], &[3]),
        (
            &[
                "-C",
                "ws",
                "correct",
                "email=ana.lim@post.example",
                "--set",
                set,
                "--verified",
                "account",
                "-o",
                "c.plan",
            ],
            &[0],
        ),
        (&["-C", "ws", "apply", "c.plan", "--yes", "--json"], &[0]),
        (&["-C", "ws", "erase", "email=ana.lim@post.example", "--verified", "account", "-o", "e.plan"], &[0]),
        (&["-C", "ws", "apply", "e.plan", "--yes", "--json"], &[0]),
        (&["-C", "ws", "log", "check"], &[0]),
        (&["check-archive", "out.zip"], &[0]),
    ];
    let mut said = Vec::new();
    for (args, codes) in steps {
        let (code, text) = run(dir.path(), args);
        assert!(code.is_some_and(|code| codes.contains(&code)), "{args:?}: {code:?}\n{text}");
        said.push(text);
    }
    let found: serde_json::Value = serde_json::from_str(&said[1][..said[1].rfind('}').unwrap() + 1]).unwrap();
    let mut rows: Vec<_> =
        found["collections"].as_array().unwrap().iter().map(|c| c["rows"].as_u64().unwrap()).collect();
    rows.sort_unstable();
    assert_eq!(rows, [1, 2, 3], "{found}");
    assert!(said[6].contains("\"done\":{\"delete\":6}") && said[6].contains("\"left\":[]"), "{}", said[6]);
    let count = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    let left = ["customer", "invoice", "invoice_line", "clerk"].map(|t| count(&format!("SELECT count(*) FROM {t}")));
    assert_eq!(left, [2, 2, 2, 1], "hers went, others' stayed");
    assert_eq!(count("SELECT count(*) FROM customer WHERE phone = '+6561110000' AND helped_by = 1"), 1);
}
