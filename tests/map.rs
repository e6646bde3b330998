//! `redress map`: the page and the text, as a script asks for them.

use crate::commands::{demo, ended, redress};

#[test]
fn the_map_is_drawn_as_a_page_and_as_text() {
    let dir = demo();
    let file = dir.path().join("picture.html");
    let (code, text) = ended(&redress(dir.path(), &["map", "-o", file.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains("<svg") && page.contains("account_id → accounts: owner") && !page.contains("<script"));
    let (code, text) = ended(&redress(dir.path(), &["map", "--mermaid"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("flowchart LR\n") && text.contains("|\"recipient\"|"), "{text}");
    let (code, text) = ended(&redress(dir.path(), &["map", "--mermaid", "--json"]));
    assert_eq!(code, 0, "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(report["mermaid"].as_str().unwrap().starts_with("flowchart LR\n"));
}

#[test]
fn what_cannot_be_drawn_is_said_and_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("picture.html");
    let (code, text) = ended(&redress(dir.path(), &["map", "-o", file.to_str().unwrap()]));
    assert!(code == 1 && text.contains("redress.toml") && !file.exists(), "{code} {text}");
    let dir = demo();
    let lost = dir.path().join("nowhere/picture.html");
    let (code, text) = ended(&redress(dir.path(), &["map", "-o", lost.to_str().unwrap()]));
    assert!(code == 1 && text.contains("cannot write"), "{code} {text}");
    let (code, text) = ended(&redress(dir.path(), &["map", "--mermaid", "-o", "x.html"]));
    assert!(code == 2, "{code} {text}");
}

#[test]
fn the_schemas_need_no_workspace() {
    for (kind, title) in [("workspace", "redress.toml"), ("source", "sources/NAME.toml")] {
        let (code, text) = ended(&redress(std::path::Path::new("/nowhere"), &["map", "--schema", kind]));
        assert_eq!(code, 0, "{text}");
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["title"], title);
    }
}

#[test]
fn what_waits_for_a_person_is_listed_and_without_a_terminal_nothing_is_asked() {
    let dir = demo();
    let file = dir.path().join("sources/exports.toml");
    let text = std::fs::read_to_string(&file).unwrap().replacen(
        "erase = \"delete\"",
        "erase = \"delete\"\ndecision = \"open\"",
        1,
    );
    std::fs::write(&file, &text).unwrap();
    let (code, answer) = ended(&redress(dir.path(), &["init", "--review", "--json"]));
    assert_eq!(code, 3, "{answer}");
    let report: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let waits = &report["decisions"][0];
    assert_eq!(
        (waits["collection"].as_str(), waits["what"].as_str(), waits["state"].as_str()),
        (Some("leads"), Some("rule"), Some("open"))
    );
    let (code, answer) = ended(&redress(dir.path(), &["init", "--review"]));
    assert!(code == 2 && answer.contains("--review --json"), "{code} {answer}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let (code, answer) = ended(&redress(dir.path(), &["init", "--review", "--yes"]));
    assert_eq!(code, 2, "{answer}");
}
