//! All five kinds of source at once, one person in all of them: the fixture firm spread over them, and the README's run.

use redress::map::read;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::marketplace::only_hers;
use crate::postgres::workspace::{Ended, run};
use crate::servers::{firm::spread, mariadb, postgres};

const NADIA: &str = "email=nadia@quillfeather.example";

/// What a plan does to which record, whatever source it is in.
fn changes(plan: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(plan).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let change = |line: Json| Some(format!("{} {} {}", line.get("collection")?, line["key"], line["action"]));
    lines.filter_map(change).collect()
}

fn erase(dir: &Path) -> (PathBuf, Ended) {
    let plan = dir.join("erase.plan");
    // Where a copy was asked for, the same request asks for the erasure.
    let asked = run(dir, &["find", "1"], &[]).code != Some(1);
    let who: &[&str] = if asked { &["1"] } else { &[NADIA, "--verified", "known"] };
    let planned = run(dir, &[&["erase"], who, &["-o", plan.to_str().unwrap()]].concat(), &[]);
    (plan, planned)
}

#[test]
fn the_firm_spread_over_all_five_is_found_exported_and_erased_as_where_it_is_at_home() {
    let (home, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let Some(cast) = spread(away.path()) else { return };
    let map = read(away.path()).unwrap();
    let kinds: BTreeSet<&str> = map.sources.iter().map(|s| s.address.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["csv", "json", "mysql", "postgres", "sqlite"]));
    only_hers(&cast, &map);
    drop(map);

    redress::fixture::write(home.path(), redress::fixture::Scale::DEMO, 7).unwrap();
    let zip = away.path().join("copy.zip");
    let exported = run(away.path(), &["export", NADIA, "--verified", "known", "-o", zip.to_str().unwrap()], &[]);
    assert!(matches!(exported.code, Some(0 | 3)), "{}", exported.text);
    run(away.path(), &["check-archive", zip.to_str().unwrap()], &[]).is(0, &[]);

    let ((at_home, _), (plan, planned)) = (erase(home.path()), erase(away.path()));
    assert!(matches!(planned.code, Some(0 | 3)), "{}", planned.text);
    assert!(changes(&plan).len() > 50);
    assert_eq!(changes(&plan), changes(&at_home));
    let applied = run(away.path(), &["apply", plan.to_str().unwrap(), "--yes", "--json"], &[]);
    applied.is(3, &["\"left\":[],\"swept\"", "\"problems\":[]", "server-log"]);
    // All five are swept; what is left is in another member's address book.
    assert_eq!(applied.text.matches("\"place\":\"synced_contacts\"").count(), 1, "{}", applied.text);
    let again = run(away.path(), &["apply", plan.to_str().unwrap(), "--yes"], &[]);
    again.is(3, &["0 records deleted", "synced_contacts"]);
    run(away.path(), &["log", "check"], &[]).is(0, &["whole"]);
}

/// The lines of the README's run, without the one that says where the servers are.
fn lines() -> Vec<&'static str> {
    let readme = include_str!("../README.md");
    let (_, run) = readme.split_once("### All five kinds at once").unwrap();
    let block = run.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let lines: Vec<&str> = block.lines().collect();
    assert!(lines[0].starts_with("export PGHOST=") && lines.len() > 10);
    lines[1..].to_vec()
}

/// Whoever runs this, as the servers know them: a superuser of both.
fn let_in(pg: &postgres::Postgres, my: &mariadb::MariaDb) -> String {
    use ::mysql::prelude::Queryable as _;
    let me = Command::new("id").arg("-un").output().unwrap();
    let me = String::from_utf8(me.stdout).unwrap().trim().to_owned();
    pg.connect("postgres").batch_execute(&format!("CREATE ROLE \"{me}\" SUPERUSER LOGIN")).unwrap();
    if me != "root" {
        let sql = format!("CREATE USER '{me}'@'localhost'; GRANT ALL ON *.* TO '{me}'@'localhost'");
        my.connect(None).query_drop(sql).unwrap();
    }
    me
}

#[test]
fn the_run_in_the_readme_works_as_printed() {
    use ::mysql::prelude::Queryable as _;
    let (Some(pg), Some(my)) = (postgres::Postgres::start(&[]), mariadb::MariaDb::start(&[])) else { return };
    let me = let_in(&pg, &my);
    let dir = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    std::os::unix::fs::symlink(fixtures, dir.path().join("fixtures")).unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_redress")).parent().unwrap().to_str().unwrap();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
    let mut said = String::new();
    for line in lines() {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(dir.path()).env("PATH", &path).env("PGHOST", pg.folder());
        command.env("PGPORT", pg.port().to_string()).env("MYSOCKET", my.socket()).env_remove("PGUSER");
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        // Proposals taken unreviewed and text to review make some answers incomplete.
        assert!(matches!(output.status.code(), Some(0 | 3)), "{me}: {line}: {:?}\n{text}", output.status);
        said.push_str(&text);
    }
    for part in ["members (loyalty.members)", "clicks (mailings.clicks)", "nothing is left but what the plan keeps"] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    let mut loyalty = pg.connect("loyalty");
    let mut count =
        |table: &str| -> i64 { loyalty.query_one(&format!("SELECT count(*) FROM {table}"), &[]).unwrap().get(0) };
    assert_eq!([count("members"), count("points"), count("vouchers"), count("tiers")], [2, 1, 1, 3]);
    let mut mailings = my.connect(Some("mailings"));
    let mut count =
        |table: &str| -> i64 { mailings.query_first(format!("SELECT count(*) FROM {table}")).unwrap().unwrap() };
    assert_eq!([count("subscribers"), count("sendings"), count("clicks"), count("campaigns")], [1, 1, 1, 2]);
}
