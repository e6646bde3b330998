//! `init --yes` on schemas of different style, then `find`: who is searched for gets all that is theirs and nothing of
//! others. Each case is a file (or folder) in `tests/drafting/` that says in comments what must come out.

use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One search of a case: selector, records that are theirs, records of others that refer to them.
pub struct Search {
    pub selector: String,
    pub theirs: BTreeSet<String>,
    pub refers: BTreeSet<String>,
}

/// The truth of a case: lines `find SELECTOR`, then `theirs COLLECTION KEY…` and `refers COLLECTION KEY…`.
pub fn searches(text: &str) -> Vec<Search> {
    let mut out: Vec<Search> = Vec::new();
    for line in text.lines().map(|l| l.trim_start_matches("-- ")) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut keys = rest.split(' ');
        match (word, out.last_mut()) {
            ("find", _) => {
                out.push(Search { selector: rest.to_owned(), theirs: BTreeSet::new(), refers: BTreeSet::new() });
            }
            ("theirs" | "refers", Some(search)) => {
                let collection = keys.next().unwrap();
                let list = if word == "theirs" { &mut search.theirs } else { &mut search.refers };
                list.extend(keys.map(|k| format!("{collection} {k}")));
            }
            _ => {}
        }
    }
    out
}

/// `find`'s records in these lists, as `collection key/key`.
pub fn records(report: &Json, lists: &[&str]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for one in lists.iter().flat_map(|l| report[*l].as_array().unwrap()) {
        for record in one["records"].as_array().unwrap() {
            let key: Vec<String> = record["key"].as_object().unwrap().values().map(plain).collect();
            out.insert(format!("{} {}", one["collection"].as_str().unwrap(), key.join("/")));
        }
    }
    out
}

fn plain(value: &Json) -> String {
    use base64::Engine as _;
    match value {
        Json::String(text) => text.clone(),
        Json::Object(tagged) => match (tagged.get("$bytes"), tagged.get("text")) {
            (Some(bytes), _) => {
                let digits = base64::engine::general_purpose::STANDARD.decode(bytes.as_str().unwrap()).unwrap();
                format!("0x{}", hex::encode(digits))
            }
            (None, text) => text.unwrap().as_str().unwrap().to_owned(),
        },
        other => other.to_string(),
    }
}

fn redress(workspace: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).arg("-C").arg(workspace).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// The case's source, made in `dir`, and its truth.
fn source(case: &Path, dir: &Path) -> (String, String) {
    if case.is_dir() {
        let truth = std::fs::read_to_string(case.join("truth.txt")).unwrap();
        let kind = truth.lines().next().unwrap().to_owned();
        return (format!("{kind}:{}", case.display()), truth);
    }
    let text = std::fs::read_to_string(case).unwrap();
    let file = dir.join(case.with_extension("db").file_name().unwrap());
    rusqlite::Connection::open(&file).unwrap().execute_batch(&text).unwrap();
    (format!("sqlite:{}", file.display()), text)
}

pub fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafting");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 6);
    cases
}

#[test]
fn what_is_theirs_is_found_and_nothing_of_others() {
    let mut figures = Vec::new();
    for case in cases() {
        let name = case.file_stem().unwrap().to_str().unwrap().to_owned();
        let dir = tempfile::tempdir().unwrap();
        let (source, truth) = source(&case, dir.path());
        let workspace = dir.path().join("ws");
        let (code, out, err) = redress(&workspace, &["init", &source, "--yes", "--json"]);
        assert!(matches!(code, 0 | 3), "{name}: {code} {out} {err}");
        let (_, out, err) = redress(&workspace, &["check", "--json"]);
        let report: Json = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{name}: {e} {out} {err}"));
        let errors = report["findings"].as_array().unwrap().iter().filter(|f| f["level"] == "error");
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<&Json>::new(), "{name}");
        for search in searches(&truth) {
            let place = format!("{name}, {}", search.selector);
            let (code, out, err) = redress(&workspace, &["find", &search.selector, "--json"]);
            assert!(matches!(code, 0 | 3), "{place}: {code} {out} {err}");
            let report: Json = serde_json::from_str(&out).unwrap();
            let found = records(&report, &["collections", "shared"]);
            let both = found.intersection(&search.theirs).count() as f64;
            let (recall, precision) = (both / search.theirs.len() as f64, both / found.len().max(1) as f64);
            figures.push(format!("{place}: recall {recall:.3}, precision {precision:.3}"));
            let missing: Vec<_> = search.theirs.difference(&found).collect();
            let strange: Vec<_> = found.difference(&search.theirs).collect();
            assert!(recall >= 0.95 && precision >= 0.99, "{place}: missing {missing:?}, strange {strange:?}");
            let references = records(&report, &["references"]);
            let lost: Vec<_> = search.refers.difference(&references).collect();
            assert!(lost.is_empty(), "{place}: not listed for review {lost:?}");
        }
    }
    println!("{}", figures.join("\n"));
}

#[test]
fn a_workspace_is_never_overwritten_and_can_grow() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafting");
    let (laden, _) = source(&folder.join("laden.sql"), dir.path());
    let (forum, _) = source(&folder.join("forum.sql"), dir.path());
    let workspace = dir.path().join("ws");
    assert_eq!(redress(&workspace, &["init", &laden]).0, 2, "without a terminal --yes is needed");
    assert!(!workspace.exists(), "and nothing is written");
    assert_eq!(redress(&workspace, &["init", &laden, "--yes"]).0, 0);
    let map = workspace.join("sources/laden.toml");
    let edited = format!("# edited by a person\n{}", std::fs::read_to_string(&map).unwrap());
    std::fs::write(&map, &edited).unwrap();
    let (code, out, _) = redress(&workspace, &["init", &laden, "--yes"]);
    assert!(code == 0 && out.contains("laden is in the map already"), "{out}");
    let (code, out, _) = redress(&workspace, &["init", &forum, "--yes", "--json"]);
    assert_eq!(code, 3, "{out}");
    let report: Json = serde_json::from_str(&out).unwrap();
    assert_eq!(report["decisions"][0]["code"], "secret", "what must not be handed out comes first");
    assert_eq!(std::fs::read_to_string(&map).unwrap(), edited);
    let (code, out, _) = redress(&workspace, &["find", "email=user7@example.com", "--json"]);
    assert!(matches!(code, 0 | 3) && out.contains("forum"), "{out}");
    assert!(workspace.join(".redress/.gitignore").exists());
}

#[test]
fn what_cannot_be_looked_at_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = dir.path().join("ws");
    for (source, code, says) in
        [("sqlite:missing.db", 1, "missing.db"), ("missing.db", 2, "KIND:PATH"), ("paper:cabinet", 2, "unknown kind")]
    {
        let (found, out, err) = redress(&workspace, &["init", source, "--yes"]);
        assert_eq!(found, code, "{source}: {out} {err}");
        assert!(err.contains(says), "{source}: {err}");
        assert!(!workspace.exists(), "{source}");
    }
}

/// A database of customers, invoices that name them by number, clicks that name them by another key.
fn two_sources(dir: &Path, first: u32, step: u32) -> Vec<String> {
    let crm = dir.join("crm.db");
    let db = rusqlite::Connection::open(&crm).unwrap();
    db.execute_batch(
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE, web_key TEXT UNIQUE)",
    )
    .unwrap();
    let (mut invoices, mut clicks) = ("invoice_no,customer_id,amount\n".to_owned(), String::new());
    for i in 0..30_u32 {
        let (id, token) = (first + i * step, format!("c{:08x}", (i + 1).wrapping_mul(2_654_435_761)));
        let values = (id, format!("Given{i} Family{i}"), format!("c{i}@example.com"), &token);
        db.execute("INSERT INTO customers VALUES (?, ?, ?, ?)", values).unwrap();
        invoices.push_str(&format!("INV-{i:04},{id},9.50\n"));
        clicks.push_str(&format!("{{\"id\":{i},\"visitor\":{{\"ref\":\"{token}\"}},\"page\":\"/a\"}}\n"));
    }
    std::fs::create_dir(dir.join("billing")).unwrap();
    std::fs::write(dir.join("billing/invoices.csv"), invoices).unwrap();
    std::fs::write(dir.join("clicks.ndjson"), clicks).unwrap();
    let address = |kind: &str, name: &str| format!("{kind}:{}", dir.join(name).display());
    vec![address("sqlite", "crm.db"), address("csv", "billing"), address("json", "clicks.ndjson")]
}

#[test]
fn the_same_person_in_two_sources_is_found_by_what_cannot_agree_by_accident() {
    let dir = tempfile::tempdir().unwrap();
    let sources = two_sources(dir.path(), 1000, 37);
    let workspace = dir.path().join("ws");
    let args: Vec<&str> = ["init"].into_iter().chain(sources.iter().map(String::as_str)).chain(["--yes"]).collect();
    let (code, out, err) = redress(&workspace, &args);
    assert!(matches!(code, 0 | 3), "{out} {err}");
    let (_, out, err) = redress(&workspace, &["find", "email=c4@example.com", "--json"]);
    let report: Json = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out} {err}"));
    let found = records(&report, &["collections", "shared"]);
    let expected = ["clicks 4", "customers 1148", "invoices INV-0004"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn numbers_counted_from_one_in_two_sources_are_left_to_a_person() {
    let dir = tempfile::tempdir().unwrap();
    let sources = two_sources(dir.path(), 1, 1);
    let workspace = dir.path().join("ws");
    let args: Vec<&str> = ["init"].into_iter().chain(sources.iter().map(String::as_str)).chain(["--yes"]).collect();
    assert_eq!(redress(&workspace, &args).0, 3);
    let billing = std::fs::read_to_string(workspace.join("sources/billing.toml")).unwrap();
    assert!(billing.contains("to = \"crm.customers.id\", role = \"owner\", decision = \"open\""), "{billing}");
    let (_, out, _) = redress(&workspace, &["find", "email=c4@example.com", "--json"]);
    let report: Json = serde_json::from_str(&out).unwrap();
    let found = records(&report, &["collections", "shared"]);
    assert_eq!(found, BTreeSet::from(["clicks 4", "customers 5"].map(str::to_owned)), "nothing over an open link");
}
