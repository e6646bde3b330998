//! The rules of dependency: what may know what. A rule that cannot be seen here is not kept.

use std::path::{Path, PathBuf};

/// Every source file of the library, with its text without tests' modules.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    let mut out = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                out.push((name, code));
            }
        }
    }
    assert!(out.len() > 50);
    out
}

/// The files in which `needle` stands, but for those in the places allowed.
fn outside(needle: &str, allowed: &[&str]) -> Vec<String> {
    let is_test = |name: &str| name.contains("tests/") || name.ends_with("tests.rs");
    files()
        .into_iter()
        .filter(|(name, code)| code.contains(needle) && !is_test(name))
        .filter(|(name, _)| !allowed.iter().any(|a| name.starts_with(a)))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn nobody_imports_the_command_line() {
    assert_eq!(outside("crate::cli", &["cli"]), [""; 0]);
}

#[test]
fn drivers_stay_in_their_rooms() {
    assert_eq!(outside("rusqlite", &["source/sqlite", "register/", "fixture/"]), [""; 0]);
    assert_eq!(outside("use postgres::", &["source/postgres"]), [""; 0]);
    assert_eq!(outside("use mysql::", &["source/mysql"]), [""; 0]);
    assert_eq!(outside("use rustls::", &["source/server/tls.rs"]), [""; 0]);
    assert_eq!(outside("use csv::", &["source/csv", "archive/", "fixture/"]), [""; 0]);
    assert_eq!(outside("dialoguer", &["cli/"]), [""; 0]);
}

#[test]
fn only_applying_names_the_writing_side() {
    assert_eq!(outside("open_writer", &["source/", "plan/apply"]), [""; 0]);
    assert_eq!(outside("Box<dyn Writer>", &["source/", "plan/apply"]), [""; 0]);
}

#[test]
fn only_one_file_writes_to_the_terminal() {
    for needle in ["println!", "eprintln!", "print!(", "io::stdout", "io::stderr"] {
        assert_eq!(outside(needle, &["cli/ui.rs"]), [""; 0], "{needle}");
    }
}

#[test]
fn every_file_opens_with_why_it_exists() {
    let silent: Vec<String> = files().into_iter().filter(|(_, c)| !c.starts_with("//!")).map(|(n, _)| n).collect();
    assert_eq!(silent, [""; 0]);
}
