//! The README's tour, run as it stands.

use std::process::Command;

#[test]
fn the_tour_runs_as_written() {
    let dir = tempfile::tempdir().unwrap();
    let readme = include_str!("../README.md");
    assert!(readme.contains("\ncargo run --release -- demo\n"));
    assert!(readme.contains("\n.ci/setup && cargo test --features failpoints\n"));
    let redress = |words: &[String]| {
        let output = Command::new(env!("CARGO_BIN_EXE_redress")).current_dir(dir.path()).args(words).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), text)
    };
    assert_eq!(redress(&["demo".into()]).0, Some(0));
    let commands: Vec<&str> = readme.lines().filter_map(|l| l.strip_prefix("$ redress ")).collect();
    assert!(commands.len() > 5);
    for command in commands {
        let (code, text) = redress(&words(command));
        // The firm has open decisions and text to review, so some of its answers are incomplete.
        assert!(matches!(code, Some(0 | 3)), "{command}: {code:?}\n{text}");
    }
}

/// Splits at spaces outside quotes.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    pieces
        .flat_map(|(i, piece)| match i % 2 {
            1 => vec![piece.to_owned()],
            _ => piece.split_whitespace().map(str::to_owned).collect(),
        })
        .collect()
}
