//! The schemas of `tests/drafting` on servers: a map is drafted and taken as it is; who is searched for gets an archive and
//! is erased, and not a row of anybody else's changes.

use rusqlite::Connection;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::drafting::{Search, cases, records, searches};
use crate::postgres::workspace::{Ended, run};
use crate::servers::firm::{Engine, Server, Table, tables};

/// All rows of all tables: text by `collection key`, each as often as it is there.
type Rows = BTreeMap<String, Vec<String>>;

fn rows(server: &mut Server, tables: &[Table]) -> Rows {
    let mut rows = Rows::new();
    for table in tables {
        for (key, text) in server.dump(table) {
            rows.entry(format!("{} {key}", table.name)).or_default().push(text);
        }
    }
    rows
}

fn json(ended: &Ended, place: &str) -> Json {
    let start = ended.text.find('{').unwrap_or_else(|| panic!("{place}: {}", ended.text));
    serde_json::Deserializer::from_str(&ended.text[start..]).into_iter().next().unwrap().unwrap()
}

/// What a plan changes: collection and key.
fn planned(plan: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(plan).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let change = |line: Json| {
        let report =
            serde_json::json!({"c": [{"collection": line.get("collection")?, "records": [{"key": line["key"]}]}]});
        let key = records(&report, &["c"]).into_iter().next()?;
        Some((key, line["action"].as_str()?.to_owned()))
    };
    lines.filter_map(change).collect()
}

fn walk(place: &str, server: &mut Server, tables: &[Table], search: &Search) {
    let dir = tempfile::tempdir().unwrap();
    let ws = dir.path().join("ws");
    let redress = |args: &[&str]| run(&ws, args, &[]);
    let fine = |ended: &Ended| assert!(matches!(ended.code, Some(0 | 3)), "{place}: {:?} {}", ended.code, ended.text);
    fine(&redress(&["init", server.url(), "--yes"]));
    let checked = json(&redress(&["check", "--json"]), place);
    let errors = checked["findings"].as_array().unwrap().iter().filter(|f| f["level"] == "error");
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&Json>::new(), "{place}");
    let searched = redress(&["find", &search.selector, "--json"]);
    fine(&searched);
    let report = json(&searched, place);
    let found = records(&report, &["collections", "shared"]);
    let missing: Vec<_> = search.theirs.difference(&found).collect();
    let strange: Vec<_> = found.difference(&search.theirs).collect();
    assert!(missing.is_empty() && strange.is_empty(), "{place}: missing {missing:?}, strange {strange:?}");
    let references = records(&report, &["references"]);
    let lost: Vec<_> = search.refers.difference(&references).collect();
    assert!(lost.is_empty(), "{place}: not listed for review {lost:?}");
    let zip = dir.path().join("copy.zip");
    fine(&redress(&["export", &search.selector, "--verified", "known", "-o", zip.to_str().unwrap()]));
    redress(&["check-archive", zip.to_str().unwrap()]).is(0, &[]);
    let (before, plan) = (rows(server, tables), dir.path().join("test.plan"));
    fine(&redress(&["erase", "1", "-o", plan.to_str().unwrap()]));
    let changes = planned(&plan);
    fine(&redress(&["apply", plan.to_str().unwrap(), "--yes", "--json"]));
    let after = rows(server, tables);
    let touched: BTreeSet<&String> =
        before.keys().chain(after.keys()).filter(|key| before.get(*key) != after.get(*key)).collect();
    for key in touched {
        let theirs = search.theirs.contains(key) || search.refers.contains(key) || references.contains(key);
        assert!(theirs, "{place}: {key} is somebody else's: {:?} {:?}", before.get(key), after.get(key));
    }
    for key in &search.theirs {
        let (action, there) = (changes.get(key).map(String::as_str), after.contains_key(key));
        assert!(action.is_some(), "{place}: {key} is not in the plan");
        assert_eq!(action == Some("delete"), !there, "{place}: {key} {action:?}");
    }
}

/// Each case's first search; the others are searched where the case is at home.
fn all(name: &str, engine: Engine) {
    for case in cases().into_iter().filter(|case| case.extension().is_some_and(|e| e == "sql")) {
        let text = std::fs::read_to_string(&case).unwrap();
        let lite = Connection::open_in_memory().unwrap();
        lite.execute_batch(&text).unwrap();
        let tables = tables(&lite);
        let Some(mut server) = Server::new(engine) else { return };
        server.take(&lite, &tables.iter().collect::<Vec<_>>());
        let search = &searches(&text)[0];
        let place = format!("{} on {name}, {}", case.file_stem().unwrap().display(), search.selector);
        walk(&place, &mut server, &tables, search);
    }
}

#[test]
fn each_case_is_drafted_searched_exported_and_erased_on_postgres() {
    all("PostgreSQL", Engine::Postgres);
}

#[test]
fn each_case_is_drafted_searched_exported_and_erased_on_mariadb() {
    all("MariaDB", Engine::MariaDb);
}
