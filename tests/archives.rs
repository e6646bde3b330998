//! The fixture firm's archives, made as a script makes them and held against other people's programs.

use super::commands::{demo, ended, redress};
use super::programs::every_program_accepts;

#[test]
fn the_archive_of_the_demo_passes_every_program() {
    let dir = demo();
    let archive = dir.path().join("archive.zip");
    let (code, text) = ended(&redress(dir.path(), &["check-archive", archive.to_str().unwrap(), "--json"]));
    assert_eq!(code, 0, "{text}");
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    every_program_accepts(&archive, report["key"].as_str().unwrap());
}
