//! `redress init --from-fides`: a rival's data map laid over a database, from the command line to what is found.

use std::path::Path;
use std::process::Command;

fn redress(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    let output = command.current_dir(dir).args(["-C", "ws"]).args(args).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

const SHOP: &str = "
    CREATE TABLE people (id INTEGER PRIMARY KEY, contact TEXT, nick TEXT);
    CREATE TABLE parcels (no INTEGER PRIMARY KEY, goes INTEGER, weight REAL);
    INSERT INTO people VALUES (7, 'Ana@Example.com', 'ana'), (8, 'bo@example.com', 'bo');
    INSERT INTO parcels VALUES (70, 7, 1.5), (71, 7, 2), (80, 8, 3);
";

const DATASET: &str = "
dataset:
  - fides_key: shop_dataset
    collections:
      - name: people
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: contact, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: nick, data_categories: [user.name], fides_meta: {masking_strategy_override: {strategy: string_rewrite, configuration: {rewrite_value: gone}}}}
      - name: parcels
        fields:
          - {name: goes, data_categories: [user.unique_id], fides_meta: {references: [{dataset: shop_dataset, field: people.id, direction: from}]}}
          - {name: weight, data_categories: [system.operations]}
";

#[test]
fn a_dataset_leads_to_what_no_name_gives_away() {
    let dir = tempfile::tempdir().unwrap();
    rusqlite::Connection::open(dir.path().join("shop.db")).unwrap().execute_batch(SHOP).unwrap();
    std::fs::write(dir.path().join("shop.yml"), DATASET).unwrap();
    let (code, text) = redress(dir.path(), &["init", "sqlite:shop.db", "--from-fides", "shop.yml", "--yes"]);
    assert!(matches!(code, Some(0 | 3)), "{text}");
    assert!(text.contains("shop.parcels: the dataset names no primary key: records are addressed by no"), "{text}");
    let map = std::fs::read_to_string(dir.path().join("ws/sources/shop.toml")).unwrap();
    assert!(map.contains("because = \"the Fides dataset says so\"") && map.contains("{ fixed = \"gone\" }"), "{map}");
    let (code, text) = redress(dir.path(), &["find", "email=ana@example.com", "--json"]);
    assert_eq!(code, Some(0), "{text}");
    let report: serde_json::Value = serde_json::Deserializer::from_str(&text).into_iter().next().unwrap().unwrap();
    let mut found: Vec<(String, i64)> = Vec::new();
    for one in report["collections"].as_array().unwrap() {
        found.push((one["collection"].as_str().unwrap().to_owned(), one["rows"].as_i64().unwrap()));
    }
    found.sort();
    assert_eq!(found, [("parcels".to_owned(), 2), ("people".to_owned(), 1)]);
}

#[test]
fn what_does_not_fit_together_is_refused_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    rusqlite::Connection::open(dir.path().join("shop.db")).unwrap().execute_batch(SHOP).unwrap();
    std::fs::write(dir.path().join("two.yml"), DATASET.to_owned() + "  - {fides_key: other, collections: []}\n")
        .unwrap();
    std::fs::write(dir.path().join("broken.yml"), "dataset: [").unwrap();
    let cases = [
        ("two.yml", 2, "2 datasets for 1 new sources"),
        ("broken.yml", 1, "not valid YAML"),
        ("none.yml", 1, "none.yml"),
    ];
    for (file, expected, says) in cases {
        let (code, text) = redress(dir.path(), &["init", "sqlite:shop.db", "--from-fides", file, "--yes"]);
        assert_eq!(code, Some(expected), "{file}: {text}");
        assert!(text.contains(says), "{file}: {text}");
        assert!(!dir.path().join("ws/redress.toml").exists(), "{file}: nothing is written");
    }
}
