//! The process dies in the middle of applying, at every step: applied again, the plan ends in the same state.

#![cfg(feature = "failpoints")]

use std::path::Path;
use std::process::Command;

const POINTS: [&str; 9] = [
    "apply.started",
    "sqlite.before-commit",
    "sqlite.after-commit",
    "file.before-rename",
    "file.after-rename",
    "apply.committed",
    "apply.unconfirmed",
    "apply.half-recorded",
    "apply.recorded",
];

fn redress(dir: &Path, args: &[&str], failpoints: Option<&str>) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("-C").arg(dir).args(args).env_remove("FAILPOINTS");
    if let Some(points) = failpoints {
        command.env("FAILPOINTS", points);
    }
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// How many records each list of `find` holds, by collection.
fn held(dir: &Path) -> Vec<String> {
    let (_, text) = redress(dir, &["find", "email=nadia@quillfeather.example", "shop.accounts.id=1", "--json"], None);
    let (_, by_id) = redress(dir, &["find", "shop.accounts.id=1", "--json"], None);
    let text = if text.contains("\"error\"") { by_id } else { text };
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut held = Vec::new();
    for list in ["collections", "shared", "references"] {
        for c in report[list].as_array().unwrap() {
            held.push(format!("{list} {} {}", c["collection"], c["rows"]));
        }
    }
    held
}

/// How many requests still wait for an erasure, as the desk says.
fn open_erasures(dir: &Path) -> usize {
    let (_, text) = redress(dir, &["--json"], None);
    let desk: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rights = desk["requests"].as_array().unwrap().iter().flat_map(|r| r["rights"].as_array().unwrap());
    rights.filter(|right| *right == "erasure").count()
}

fn demo() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (code, text) = redress(Path::new("."), &["demo", dir.path().to_str().unwrap()], None);
    assert_eq!(code, Some(0), "{text}");
    dir
}

fn rows(dir: &Path) -> (i64, usize, usize) {
    let conn = rusqlite::Connection::open(dir.join("shop.db")).unwrap();
    let orders = conn.query_row("SELECT count(*) FROM order_items", [], |r| r.get(0)).unwrap();
    let lines = |file: &str| std::fs::read(dir.join(file)).unwrap().iter().filter(|b| **b == b'\n').count();
    (orders, lines("exports/deliveries.csv"), lines("events/clickstream.ndjson"))
}

#[test]
fn killed_at_every_step_it_finishes_when_applied_again() {
    let whole = demo();
    let before = rows(whole.path());
    let (_, text) = redress(whole.path(), &["apply", "1", "--yes", "--json"], None);
    assert!(text.contains("\"left\":[]"), "{text}");
    let after = rows(whole.path());
    for point in POINTS {
        let dir = demo();
        let (code, text) = redress(dir.path(), &["apply", "1", "--yes"], Some(&format!("{point}=panic")));
        assert_eq!(code, None, "{point}: it was to be killed: {text}");
        let now = rows(dir.path());
        assert!(now.0 == before.0 || now.0 == after.0, "{point}: the database is as before or as after");
        assert!(now.1 == before.1 || now.1 == after.1, "{point}: a file is as before or as after");
        assert!(now.2 == before.2 || now.2 == after.2, "{point}: a file is as before or as after");
        let (code, text) = redress(dir.path(), &["apply", "1", "--yes", "--json"], None);
        assert!(matches!(code, Some(0 | 3)), "{point}: {code:?} {text}");
        assert!(text.contains("\"left\":[]"), "{point}: {text}");
        assert_eq!(open_erasures(dir.path()), 0, "{point}: the right asked for has its answer");
        assert_eq!(rows(dir.path()), after, "{point}");
        assert_eq!(held(dir.path()), held(whole.path()), "{point}");
        let (code, text) = redress(dir.path(), &["log", "check"], None);
        assert_eq!(code, Some(0), "{point}: {text}");
    }
}
