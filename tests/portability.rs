//! Portability (GDPR Art. 20) end to end: what is handed over, what is named, what waits, what is recorded.

use std::path::Path;

use super::archives::decide;
use super::commands::{demo, ended, redress};
use super::programs::{every_program_accepts, said};

const SHE: &str = "email=nadia@quillfeather.example";

fn inside(archive: &str, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

fn names(archive: &str) -> Vec<String> {
    let zip = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// Takes out of the demo's map where the shop's data came from; gives it as it was.
fn forget(dir: &Path) -> String {
    let path = dir.join("sources/shop.toml");
    let map = std::fs::read_to_string(&path).unwrap();
    let forgotten = map.replace("default = { origin = \"provided\" }\n", "");
    assert_ne!(map, forgotten);
    std::fs::write(&path, forgotten).unwrap();
    map
}

#[test]
fn she_takes_along_what_she_gave_and_is_told_of_the_rest() {
    let dir = demo();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let run = |args: &[&str]| ended(&redress(dir.path(), args));
    let (out, list) = (path("out.zip"), path("list.csv"));
    let take = ["export", SHE, "--right", "portability", "--verified", "x", "-o", &out, "--list", &list, "--json"];
    let (code, text) = run(&take);
    assert_eq!(code, 3, "messages must be read first: {text}");
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((&report["right"], report["undecided"].as_array().map(Vec::len)), (&"portability".into(), Some(0)));
    let request = report["request"].to_string();
    std::fs::write(&list, decide(Path::new(&list), |item| if &item[5] == "review" { "give" } else { "" })).unwrap();
    // The request is asked for portability alone, so no right need be named.
    let (code, text) = run(&["export", &request, "-o", &out, "--decisions", &list]);
    assert!(text.contains("Not in it, as Article 20 has it"), "{code} {text}");

    let inside_now = names(&out);
    for held in ["data/shop/orders.jsonl", "data/shop/messages.jsonl", "data/shop/files/accounts/1.png"] {
        assert!(inside_now.iter().any(|name| name == held), "{held} {inside_now:?}");
    }
    for left in ["risk_scores", "interests", "support_notes", "ledger", "social_logins", "clickstream", "aml"] {
        assert!(!inside_now.iter().any(|name| name.contains(left)), "{left} {inside_now:?}");
    }
    let package: serde_json::Value = serde_json::from_str(&inside(&out, "datapackage.json")).unwrap();
    let fields =
        package["resources"].as_array().unwrap().iter().filter_map(|r| r["schema"]["fields"].as_array()).flatten();
    let origins: std::collections::BTreeSet<&str> = fields.filter_map(|f| f["provenance"].as_str()).collect();
    assert!(origins.iter().all(|o| ["provided", "observed"].contains(o)), "{origins:?}");
    let page = inside(&out, "START-HERE.html");
    for says in ["Article 20", "Sign of fraud", "legitimate interests", "Received from somebody else", "ask for a copy"]
    {
        assert!(page.contains(says), "{says}");
    }
    assert!(!page.contains("aml") && !page.contains("Article 15(1)(g)"));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    std::io::copy(&mut zip.by_name("answer.pdf").unwrap(), &mut std::fs::File::create(path("a.pdf")).unwrap()).unwrap();
    if let Some(letter) = said("pdftotext", &["a.pdf", "-"], dir.path()) {
        assert!(letter.contains("Article 20") && letter.contains("What is not here, and why"), "{letter}");
    }
    let (_, checked) = run(&["check-archive", &out, "--json"]);
    let checked: serde_json::Value = serde_json::from_str(checked.lines().next().unwrap()).unwrap();
    every_program_accepts(Path::new(&out), checked["key"].as_str().unwrap());

    let (code, text) = run(&["release", &out, "--to", "her", "--channel", "portal", "--plain"]);
    assert!(
        code == 0 && text.contains(&format!("The right of portability of request #{request} is answered")),
        "{text}"
    );
    let (_, log) = run(&["log", "show"]);
    assert!(log.lines().any(|l| l.contains("\"export\"") && l.contains("\"portability\"")), "{log}");
    let (_, desk) = run(&["--json"]);
    assert!(!desk.contains("portability"), "it is answered: {desk}");
}

#[test]
fn what_the_map_does_not_say_waits_for_somebody() {
    let dir = demo();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let run = |args: &[&str]| ended(&redress(dir.path(), args));
    let whole = forget(dir.path());
    let out = path("out.zip");
    let (code, text) = run(&["export", SHE, "--right", "portability", "--verified", "x", "-o", &out]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("shop.accounts.name [no-origin]") && text.contains("give it an `origin`"), "{text}");
    assert!(!names(&out).iter().any(|name| name == "data/shop/orders.jsonl"), "never in by silence");
    assert!(inside(&out, "START-HERE.html").contains("Not decided yet: where it came from"));
    let (code, text) = run(&["release", &out, "--to", "her", "--channel", "x", "--plain"]);
    assert!(code == 4 && text.contains("wait for a decision") && text.contains("purposes, origin"), "{text}");
    let (_, desk) = run(&["--json"]);
    assert!(desk.contains("portability"), "it stays open: {desk}");
    std::fs::write(dir.path().join("sources/shop.toml"), whole).unwrap();
    let (_, text) = run(&["export", SHE, "--right", "portability", "--verified", "x", "-o", &out]);
    assert!(!text.contains("no-origin"), "{text}");
    let (code, text) = run(&["export", SHE, "--right", "copy", "--verified", "x"]);
    assert!(code == 2 && text.contains("portability"), "{text}");
}
