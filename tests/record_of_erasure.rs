//! The record of erasure, and the end of what the tool itself held: proof that holds up, and holds nothing of her.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::firm::{Ended, Firm};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

/// The firm without a rule of retention: nothing of hers stays.
fn firm() -> Firm {
    let firm = Firm::new();
    let map = firm.file("sources/shop.toml").replace("retain = { rule = \"tax\", from = \"paid\" }\n", "");
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    firm
}

fn records(firm: &Firm) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(firm.path().join(".redress/records")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

/// `check-archive` where there is no workspace.
fn check(path: &Path, more: &[&str]) -> Ended {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.arg("check-archive").arg(path).args(more).current_dir(nowhere.path());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// Every byte below a folder.
fn everything(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        bytes.extend(if path.is_dir() { everything(&path) } else { std::fs::read(&path).unwrap() });
    }
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w.eq_ignore_ascii_case(text.as_bytes()))
}

#[test]
fn four_files_say_it_and_each_is_checked_without_a_workspace() {
    let firm = firm();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["Record of erasure, for an authority: ", "0001-person.html"]);
    let files = records(&firm);
    let names: Vec<_> = files.iter().map(|f| f.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["0001-authority.html", "0001-authority.json", "0001-person.html", "0001-person.json"]);
    let key = firm.run(&["check-archive", files[0].to_str().unwrap(), "--json"]).json()["key"].to_string();
    for file in &files {
        check(file, &[]).is(0, &["The record of erasure is whole: 1 file", "(#1)", "log head"]);
        check(file, &["--key", key.trim_matches('"')]).is(0, &["That is the key that was expected."]);
        let bytes = std::fs::read(file).unwrap();
        for value in ["ana@x", "ana lim", "6123", "Ana Lim Pte"] {
            assert!(!holds(&bytes, value), "{value} in {file:?}");
        }
        // One letter changed, a signature cut off: nothing is believed.
        let changed = firm.path().join("changed");
        let text = String::from_utf8(bytes).unwrap();
        std::fs::write(&changed, text.replacen("Firm", "Farm", 1)).unwrap();
        check(&changed, &[]).is(4, &["not as it was made", "bad-signature"]);
        std::fs::write(&changed, &text[..text.len() - 40]).unwrap();
        check(&changed, &[]).is(4, &["bad-signature"]);
    }
    let other = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    check(&files[0], &["--key", other]).is(4, &["NOT the key"]);
    firm.run(&["plan", "list"]).is(0, &["record of erasure, complete: "]);
}

#[test]
fn the_person_reads_it_in_her_language_and_the_authority_in_english() {
    let firm = Firm::new();
    let map = firm.file("redress.toml");
    let german = "because = { en = \"Kept for tax law\", de = \"Für die Steuer aufbewahrt\" }";
    std::fs::write(firm.path().join("redress.toml"), map.replace("because = \"Kept for tax law\"", german)).unwrap();
    firm.run(&[&ERASE[..], &["--language", "fr"]].concat()).is(0, &[]);
    firm.run(&["apply", "1", "--yes", "--language", "de"]).is(0, &["0001-person.html"]);
    let text = |name: &str| firm.file(&format!(".redress/records/0001-{name}"));
    for part in [
        "<html lang=\"de\">",
        "<h1>Ihre Daten wurden gelöscht</h1>",
        "bis zum 1. Januar 2031",
        "Für die Steuer aufbewahrt",
    ] {
        assert!(text("person.html").contains(part), "{part}: {}", text("person.html"));
    }
    assert!(text("person.json").contains("\"language\": \"de\"") && text("person.json").contains("\"2031-01-01\""));
    assert!(
        text("authority.html").contains("<html lang=\"en\">") && text("authority.html").contains("Kept for tax law")
    );
    check(&records(&firm)[2], &[]).is(0, &["The record of erasure is whole"]);
}

#[test]
fn the_person_reads_no_table_and_nothing_silent() {
    let firm = Firm::new();
    let map =
        firm.file("sources/shop.toml").replace("[collection.lines]\n", "[collection.lines]\ndisclose = \"silent\"\n");
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    firm.run(&ERASE);
    firm.run(&["apply", "1", "--yes"]);
    let text = |name: &str| firm.file(&format!(".redress/records/0001-{name}"));
    for name in ["person.json", "person.html"] {
        let text = text(name);
        for part in ["Kept for tax law", "Tax Act s. 1", "supervisory authority"] {
            assert!(text.contains(part) || name.ends_with("json"), "{part} is not in {text}");
        }
        for secret in ["people", "lines", "leads", "bill_to", "exports", "shop"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
        assert!(text.contains("Kept for tax law"), "{text}");
    }
    assert!(text("person.html").contains("until 1 January 2031") && text("person.json").contains("\"2031-01-01\""));
    let record: serde_json::Value = serde_json::from_str(&text("person.json")).unwrap();
    for part in ["deleted", "kept"].iter().flat_map(|end| record["record"][end].as_array().unwrap()) {
        let line = format!("<li>{}: {}", part["what"].as_str().unwrap(), part["records"]);
        assert!(text("person.html").contains(&line), "{line}: {}", text("person.html"));
    }
    assert!(text("authority.html").contains("exports.leads: 3 records; "), "{}", text("authority.html"));
    for name in ["authority.json", "authority.html"] {
        let text = text(name);
        for part in ["lines", "people", "leads", "Kept for tax law", "backups", "SHA-256", "log"] {
            assert!(text.to_lowercase().contains(&part.to_lowercase()) || part == "SHA-256", "{part} is not in {text}");
        }
    }
}

#[test]
fn what_is_left_makes_it_incomplete_and_the_next_run_complete() {
    let firm = firm();
    std::fs::write(firm.path().join("exports/.old"), "ana@x.example").unwrap();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(3, &[]);
    let full = || -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(&firm.file(".redress/records/0001-authority.json")).unwrap()["record"]
            .clone()
    };
    assert_eq!(full()["complete"], false);
    assert_eq!(full()["confirmation"]["swept"]["left"][0]["place"], ".old");
    std::fs::remove_file(firm.path().join("exports/.old")).unwrap();
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    assert_eq!(full()["complete"], true);
    for file in records(&firm) {
        check(&file, &[]).is(0, &[]);
    }
}

const EXPORT: [&str; 6] = ["export", "email=ana@x.example", "--verified", "her passport", "-o", "ana.zip"];

/// Hands the archive over, where nothing in it waits for a decision.
fn release(firm: &Firm) -> Ended {
    firm.run(&["release", "ana.zip", "--to", "Ana Lim", "--channel", "by post", "--plain"])
}

/// A map in which nothing is withheld: nothing of the copy is refused.
fn open_firm() -> Firm {
    let firm = firm();
    let map = firm.file("sources/shop.toml").replace(", about = \"other\"", "");
    std::fs::write(firm.path().join("sources/shop.toml"), map).unwrap();
    firm
}

fn exists(firm: &Firm, name: &str) -> bool {
    firm.path().join(name).exists()
}

#[test]
fn what_the_tool_itself_held_goes_with_her() {
    let firm = open_firm();
    firm.run(&[&EXPORT[..], &["--list", "ana.csv"]].concat()).is(0, &[]);
    release(&firm).is(0, &[]);
    firm.run(&["export", "email=bo@x.example", "--verified", "known", "-o", "bo.zip"]);
    let set = ["correct", "email=ana@x.example", "--set", "shop.people.name=Ana Lim-Tan", "--verified", "known"];
    firm.run(&set).is(0, &[]);
    let planned = firm.run(&[&ERASE[..], &["-o", "copy.plan"]].concat());
    planned.is(0, &["To be ended with it", "archive of request #1", "ana.zip", "list of request #1", "plan 1"]);
    assert!(!planned.out.contains("bo.zip"), "{}", planned.out);
    firm.run(&["plan", "show", "2", "--html", "-o", "copy.html"]).is(0, &[]);
    firm.run(&["apply", "2", "--yes"]).is(
        0,
        &["What this workspace held itself:", "archive of request #1: removed", "request #1: its words removed"],
    );
    for name in ["ana.zip", "ana.csv", "copy.plan", "copy.html", ".redress/plans/0002.plan"] {
        assert!(!exists(&firm, name), "{name}");
    }
    assert!(exists(&firm, "bo.zip"), "somebody else's");
    // The correction waits for its answer: its request is needed still, and its plan.
    assert!(exists(&firm, ".redress/plans/0001.plan"));
    firm.run(&["log", "check"]).is(0, &[]);
    // Applied again, by number and by the copy that is no longer there, nothing happens.
    firm.run(&["apply", "2", "--yes"]).is(0, &["had been applied before"]);
    firm.run(&["apply", "copy.plan", "--yes"]).is(0, &["had been applied before"]);
    firm.run(&["plan", "show", "2"]).is(4, &["was ended with the erasure", "0002-authority.html"]);
    firm.run(&["plan", "list"]).is(0, &["2  erase  finished", "record of erasure, complete"]);
    firm.run(&["find", "1"]).is(4, &["does not say whom it is about"]);
}

#[test]
fn nothing_in_the_private_folder_says_her_name_afterwards() {
    let firm = open_firm();
    firm.run(&EXPORT).is(0, &[]);
    release(&firm).is(0, &[]);
    firm.run(&ERASE).is(0, &[]);
    let bytes = everything(&firm.path().join(".redress"));
    assert!(["ana@x", "her passport", "by post"].iter().all(|text| holds(&bytes, text)), "the test needs traces");
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    let bytes = everything(&firm.path().join(".redress"));
    for value in ["ana@x", "ana lim", "her passport", "by post", "ana.zip"] {
        assert!(!holds(&bytes, value), "{value} is in the private folder");
    }
    // That requests were made and answered stays.
    firm.run(&["log", "show"]).is(0, &["export", "release", "apply"]);
    firm.run(&["log", "check"]).is(0, &["whole"]);
    // Who was erased is still known when a copy of her comes back.
    firm.run(&["report"]).is(0, &[]);
}

#[test]
fn an_archive_that_moved_or_changed_is_named_and_left() {
    let firm = open_firm();
    firm.run(&EXPORT).is(0, &[]);
    firm.run(&["export", "1", "-o", "second.zip"]).is(0, &[]);
    release(&firm).is(0, &[]);
    std::fs::rename(firm.path().join("ana.zip"), firm.path().join("moved.zip")).unwrap();
    std::fs::write(firm.path().join("second.zip"), "something else by now").unwrap();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(
        0,
        &["archive of request #1: not where it was written on", "archive of request #1: changed since it was written"],
    );
    assert!(exists(&firm, "second.zip") && exists(&firm, "moved.zip"));
    assert!(firm.file(".redress/records/0001-authority.json").contains("not where it was written"));
}

#[test]
fn what_waits_for_an_answer_keeps_its_files() {
    let firm = firm();
    firm.run(&EXPORT);
    firm.run(&ERASE).is(0, &["not yet: its right of access waits for an answer"]);
    let waits = "request #1: what was written for it stays, because its right of access waits for an answer";
    firm.run(&["apply", "1", "--yes"]).is(0, &[waits]);
    assert!(exists(&firm, "ana.zip"));
    let listed = everything(&firm.path().join(".redress"));
    assert!(holds(&listed, "her passport"), "the words of the request stay with it");
}

#[test]
fn what_was_refused_in_part_is_preserved_for_a_time() {
    let firm = firm();
    firm.run(&EXPORT);
    let items: serde_json::Value = firm.run(&["check-archive", "ana.zip", "--json"]).json();
    assert_eq!(items["whole"], true);
    // The referee's name is somebody else's: withheld for good, so that the answer is given in part.
    firm.run(&["export", "1", "-o", "ana.zip", "--list", "list.csv"]);
    let list = firm.file("list.csv");
    let decided = list.lines().enumerate().map(|(n, line)| match n {
        0 => format!("{line}\r\n"),
        _ => format!("{}withhold,somebody else's\r\n", line.trim_end().trim_end_matches(',').to_owned() + ","),
    });
    std::fs::write(firm.path().join("decided.csv"), decided.collect::<String>()).unwrap();
    firm.run(&["export", "1", "-o", "ana.zip", "--decisions", "decided.csv"]);
    release(&firm).is(0, &[]);
    firm.run(&ERASE).is(0, &["not yet: what was refused in part is preserved until"]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["because what was refused in part is preserved until"]);
    assert!(exists(&firm, "ana.zip"));
    firm.run(&["finish"]).is(0, &[]);
    assert!(exists(&firm, "ana.zip"), "nor does a later run of cron end it early");
}

#[test]
fn what_is_kept_for_a_time_keeps_its_plan() {
    let firm = Firm::new();
    firm.run(&ERASE).is(0, &[]);
    firm.run(&["apply", "1", "--yes"]).is(0, &[]);
    firm.run(&["plan", "show", "1"]).is(0, &["Kept for tax law"]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["had been applied before"]);
    firm.run(&["find", "1"]).is(0, &[]);
}

#[test]
fn a_hold_stops_the_end_of_traces_and_finish_completes_it() {
    let firm = open_firm();
    firm.run(&EXPORT).is(0, &[]);
    release(&firm).is(0, &[]);
    // A complaint is such a hold.
    firm.run(&["hold", "add", "--collection", "shop.orders", "--because", "a complaint", "--matter", "C-1"]).is(0, &[]);
    firm.run(&ERASE).is(0, &["not yet: hold 1 stops it"]);
    firm.run(&["apply", "1", "--yes"]).is(0, &["what was written for it stays, because hold 1 stops it"]);
    assert!(exists(&firm, "ana.zip") && exists(&firm, ".redress/plans/0001.plan"));
    firm.run(&["finish"]).is(0, &["Nothing can go yet"]);
    assert!(exists(&firm, "ana.zip"));
    firm.run(&["hold", "release", "1", "--because", "settled"]).is(0, &[]);
    firm.run(&["finish"]).is(0, &["archive of request #1: removed", "redress apply 2"]);
    assert!(!exists(&firm, "ana.zip"));
    firm.run(&["apply", "2", "--yes"]).is(0, &["plan 1: its file removed", "plan 2: its file removed"]);
    let bytes = everything(&firm.path().join(".redress"));
    for value in ["ana@x", "her passport", "by post"] {
        assert!(!holds(&bytes, value), "{value} is in the private folder");
    }
    // Each of the two has its record.
    for plan in ["0001", "0002"] {
        check(&firm.path().join(format!(".redress/records/{plan}-person.json")), &[]).is(0, &[]);
    }
}

#[test]
fn what_waited_for_the_answer_to_a_copy_is_ended_by_finish() {
    for damage in [false, true] {
        let firm = open_firm();
        firm.run(&EXPORT).is(0, &[]);
        firm.run(&["erase", "1"]).is(0, &["not yet: its right of access waits for an answer"]);
        firm.run(&["apply", "1", "--yes"]).is(0, &[]);
        firm.run(&["finish"]).is(0, &[]);
        let plan = firm.path().join(".redress/plans/0001.plan");
        assert!(exists(&firm, "ana.zip") && plan.exists());
        release(&firm).is(0, &[]);
        if damage {
            // Cron says so, and goes on; one that is not there is nothing to end.
            std::fs::write(&plan, "{").unwrap();
            firm.run(&["finish"]).is(3, &["plan 1 [own-file-left]"]);
            std::fs::remove_file(&plan).unwrap();
            firm.run(&["finish"]).is(0, &[]);
            continue;
        }
        firm.run(&["finish"]).is(0, &["archive of request #1: removed", "plan 1: its file removed"]);
        assert!(!exists(&firm, "ana.zip") && !plan.exists());
        assert!(!holds(&everything(&firm.path().join(".redress")), "her passport"));
        firm.run(&["finish"]).is(0, &["Nothing waits"]);
        firm.run(&["log", "check"]).is(0, &["whole"]);
    }
}
