//! The promises, each kept in one run of whole commands; the modules' own tests go further.
//!
//! The numbers are those of `docs/architecture.md`. A crash (5) has a file of its own, `crash`; that nothing is left
//! after an erasure (6) is held by `random` over worlds nobody thought of.

use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use crate::firm::{Ended, Firm};

const SHE: &str = "email=ana@x.example";
const ERASE: [&str; 4] = ["erase", SHE, "--verified", "known from the account"];
const EXPORT: [&str; 6] = ["export", SHE, "--verified", "known from the account", "-o", "out.zip"];

/// What stands only in another person's records.
const HIS: [&str; 4] = ["bo@x.example", "Bo Tan", "6111 0000", "61110000"];

/// Every file of an archive, as text.
fn archive(path: &Path) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let files = zip.len();
    let mut file = |i| {
        let mut entry = zip.by_index(i).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
    };
    (0..files).map(&mut file).collect()
}

#[test]
fn promise_1_nothing_is_silently_left_out() {
    let firm = Firm::new();
    firm.sql("ALTER TABLE people ADD COLUMN nickname TEXT; UPDATE people SET nickname = 'Nana the First'");
    firm.sql("CREATE TABLE later (person INTEGER)");
    std::fs::write(firm.path().join("events.ndjson"), format!("{}not json\n", firm.file("events.ndjson"))).unwrap();
    let found = firm.run(&["find", SHE]);
    found.is(3, &["nickname", "shop.later", "events.ndjson:4"]);
    firm.run(&EXPORT).is(3, &["nickname", "shop.later", "events.ndjson:4"]);
    let files = archive(&firm.path().join("out.zip"));
    assert!(
        files.iter().all(|(_, text)| !text.contains("Nana the First")),
        "a column nobody has described is withheld"
    );
    let (_, page) = files.iter().find(|(name, _)| name == "START-HERE.html").unwrap();
    assert!(page.contains("Nickname"), "… and named to the person");
}

#[test]
fn promise_2_every_record_says_why_it_is_there() {
    let report = Firm::new().run(&["find", SHE, "--json"]).json();
    let mut records = 0;
    for list in ["collections", "shared", "references"] {
        for collection in report[list].as_array().unwrap() {
            for record in collection["records"].as_array().unwrap() {
                let path = record["path"].as_str().unwrap();
                let place = format!("{}.{}.", collection["source"], collection["collection"]).replace('"', "");
                assert!(path.starts_with("email → ") && path.contains(&place), "{path}");
                assert!(!record["role"].as_str().unwrap().is_empty());
                records += record["count"].as_u64().unwrap_or(1);
            }
        }
    }
    assert_eq!(records, 10);
}

/// Of many records the way is said once for a run of them, and leaves out what stands in each record.
#[test]
fn promise_2_holds_for_many_records_of_an_archive_too() {
    let firm = Firm::new();
    let numbers: Vec<String> = (20..80).map(|n| format!("({n}, 1, NULL, NULL)")).collect();
    firm.sql(&format!("INSERT INTO orders VALUES {}", numbers.join(", ")));
    let lines: Vec<String> = (20..80).map(|n| format!("({n}, 1, 'pin')")).collect();
    firm.sql(&format!("INSERT INTO lines VALUES {}", lines.join(", ")));
    firm.run(&EXPORT);
    let files = archive(&firm.path().join("out.zip"));
    let text = |name: &str| files.iter().find(|(n, _)| n == name).map(|(_, text)| text).unwrap();
    let page = text("data/shop/pages/lines/1.html");
    let way =
        "It is yours. How it was found: email → shop.people.email (id=1) → shop.orders.person → shop.lines.order_no";
    assert_eq!(page.matches("class=\"why\"").count(), 1, "{page}");
    assert!(page.contains(way), "{page}");
    let record = |n: usize| format!("<th scope=\"row\">{}</th><td>{n}</td><td>1</td><td>pin</td>", n - 17);
    assert!((20..80).all(|n| page.contains(&record(n))), "which order it is stands in each record: {page}");
    assert!(text("START-HERE.html").contains("email → shop.people.email (id=1) → shop.orders.person"));
}

#[test]
fn promise_3_a_plan_is_the_dry_run_and_is_applied_exactly_or_not_at_all() {
    let firm = Firm::new();
    let before = firm.everything();
    firm.run(&ERASE).is(0, &["Plan 1"]);
    assert!(firm.everything() == before, "planning changes nothing");
    let shown = firm.run(&["plan", "show", "1", "--json"]).json();
    let changes = shown["changes"].as_array().unwrap();
    assert!(changes.iter().all(|c| !c["reason"]["text"].as_str().unwrap().is_empty()), "{shown}");
    firm.sql("UPDATE people SET age = 41 WHERE id = 1");
    let changed = firm.everything();
    firm.run(&["apply", "1", "--yes"]).is(4, &["stale", "has changed"]);
    assert!(firm.everything() == changed, "a stale plan changes nothing");
}

#[test]
fn promise_4_nothing_is_changed_while_something_cannot_be_searched() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &["Plan 1"]);
    std::fs::rename(firm.path().join("events.ndjson"), firm.path().join("gone")).unwrap();
    let shop = firm.cell("SELECT count(*) FROM people");
    let set = "shop.people.name=Anna Lim";
    let attempts: [&[&str]; 3] = [&ERASE, &["correct", SHE, "--verified", "x", "--set", set], &["apply", "1", "--yes"]];
    for attempt in attempts {
        firm.run(attempt).is(4, &["events"]);
    }
    assert_eq!(firm.cell("SELECT count(*) FROM people"), shop);
    assert_eq!(firm.run(&["plan", "list", "--json"]).json()["plans"].as_array().unwrap().len(), 1);
}

#[test]
fn promise_7_others_stay_out() {
    let firm = Firm::new();
    let files = |ended: &Ended| {
        assert!(matches!(ended.code, 0 | 3), "{}{}", ended.out, ended.err);
        archive(&firm.path().join("out.zip"))
    };
    let hers = files(&firm.run(&EXPORT));
    assert!(hers.iter().any(|(_, text)| text.contains("6123 4567")));
    for (name, text) in &hers {
        for his in HIS {
            assert!(!text.contains(his) && !name.contains(his), "{his} is in {name}");
        }
        // A field of her own record that is about somebody else.
        assert!(!text.contains("\"referee\":\"Bo\""), "{name}");
    }
    let his = files(&firm.run(&["export", "email=bo@x.example", "--verified", "x", "-o", "out.zip"]));
    assert!(his.iter().any(|(_, text)| text.contains("Bo Tan")), "these are words that an archive can hold");
}

#[test]
fn promise_8_the_log_can_be_checked_and_names_nobody() {
    let firm = Firm::new();
    firm.run(&EXPORT).is(3, &[]);
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    let log = firm.run(&["log", "show", "--json"]);
    for theirs in ["ana", "lim", "6123", "61234567", "known from"] {
        assert!(!log.out.to_lowercase().contains(theirs), "{theirs}: {}", log.out);
    }
    let head = firm.run(&["log", "check", "--json"]).json()["head"].as_str().unwrap().to_owned();
    firm.run(&["log", "check", "--head", &head]).is(0, &["whole"]);
    let register = rusqlite::Connection::open(firm.path().join(".redress/register.db")).unwrap();
    let cut = register.execute("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", []).unwrap();
    assert_eq!(cut, 1);
    firm.run(&["log", "check", "--head", &head]).is(4, &[]);
}

/// A library that ends any process which opens a socket to another machine.
const NO_NETWORK: &str = "#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
int socket(int domain, int type, int protocol) {
    if (domain == AF_INET || domain == AF_INET6) abort();
    return syscall(SYS_socket, domain, type, protocol);
}
";

#[test]
fn promise_10_nothing_leaves_the_machine() {
    let firm = Firm::new();
    let (source, library) = (firm.path().join("none.c"), firm.path().join("none.so"));
    std::fs::write(&source, NO_NETWORK).unwrap();
    let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status();
    assert!(made.is_ok_and(|status| status.success()), "a C compiler is needed, as for the build itself");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.arg("-C").arg(firm.path()).args(args).current_dir(firm.path()).env("LD_PRELOAD", &library);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let flow: [&[&str]; 9] = [
        &["check"],
        &["map"],
        &["find", SHE],
        &EXPORT,
        &["check-archive", "out.zip"],
        &ERASE,
        &["plan", "show", "1", "--html"],
        &["apply", "1", "--yes"],
        &["log", "check"],
    ];
    for args in flow {
        let (code, err) = run(args);
        assert!(matches!(code, Some(0 | 3)), "{args:?}: {code:?} {err}");
    }
    // The library does what it is there for: a source on a server needs a socket.
    std::fs::write(
        firm.path().join("sources/far.toml"),
        "kind = \"postgres\"\nurl = \"postgres://reader@127.0.0.1:1/far\"\n[collection.people]\nkey = \"id\"\n",
    )
    .unwrap();
    assert_eq!(run(&["check"]).0, None, "the process ends when it opens a socket");
}
