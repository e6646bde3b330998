//! What is waited for, and what is not: a server that does not answer, a statement that does not end; and that a search sees
//! one moment however long it takes. What has no server is not among it.

use redress::map::Address;
use redress::source::open;

use super::{Engine, World};

const SERVERS: [Engine; 2] = [Engine::Postgres, Engine::MariaDb];

#[test]
fn a_server_that_takes_the_connection_and_says_nothing_is_not_waited_for() {
    let mute = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = mute.local_addr().unwrap().port();
    for kind in ["postgres", "mysql"] {
        for mode in ["disable", "require"] {
            let written = format!("{kind}://somebody@127.0.0.1:{port}/shop?sslmode={mode}&connect_timeout=100ms");
            let address = Address { kind: kind.into(), written, ..Address::default() };
            let error = open(&address, "shop").map(|_| ()).unwrap_err();
            assert!(error.message.contains("does not answer in time"), "{kind} {mode}: {error}");
        }
    }
}

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    for engine in SERVERS {
        let slow = match engine {
            Engine::Postgres => "CREATE VIEW slow AS SELECT 1 AS n FROM pg_sleep(30)",
            _ => "CREATE VIEW slow AS SELECT SLEEP(30) AS n",
        };
        let Some(w) = World::new(engine, slow, "") else { continue };
        let mut address = w.address();
        address.written.push_str("&statement_timeout=200ms");
        let error = open(&address, "shop").unwrap().sample("slow", 1).unwrap_err();
        assert!(error.message.contains("statement_timeout"), "{engine:?}: {error}");
    }
}

#[test]
fn a_search_sees_one_moment() {
    let sql = "CREATE TABLE t (id int NOT NULL PRIMARY KEY); INSERT INTO t VALUES (1), (2); CREATE TABLE u (id int); INSERT INTO u VALUES (1);";
    for engine in SERVERS {
        let Some(mut w) = World::new(engine, sql, "") else { continue };
        let mut source = open(&w.address(), "shop").unwrap();
        w.store.run("DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (9); DELETE FROM u");
        for (table, expected) in [("t", &["1", "2"][..]), ("u", &["1"])] {
            let mut ids: Vec<String> = Vec::new();
            source
                .all(table, &mut |found| {
                    ids.push(found.record.get("id").unwrap().show());
                    Ok(())
                })
                .unwrap();
            ids.sort();
            assert_eq!(ids, expected, "{engine:?} {table}");
        }
    }
}
