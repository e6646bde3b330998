//! What `init` asks at a terminal: values are masked until they are asked for, and what is answered is decided.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `redress init` at a terminal of its own and types these keys; what the terminal showed.
fn typed(workspace: &Path, source: &Path, keys: &str) -> Option<String> {
    let redress = env!("CARGO_BIN_EXE_redress");
    let command = format!("{redress} -C {} init sqlite:{}", workspace.display(), source.display());
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &command, "/dev/null"]).env("TERM", "dumb");
    let mut child = match script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "script(1) is needed");
            return None;
        }
    };
    child.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
    Some(String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned())
}

const MESSAGES: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, sender_id INTEGER REFERENCES users, recipient_id INTEGER REFERENCES users, body TEXT);
    INSERT INTO users VALUES (1, 'ana@example.com', 'Ana Lim'), (2, 'bo@example.com', 'Bo Tan');
    INSERT INTO messages VALUES (1, 1, 2, 'Meet me at Raffles'), (2, 2, 1, 'Gladly so');";

#[test]
fn values_are_masked_until_they_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("talk.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch(MESSAGES).unwrap();
    let map = |workspace: &Path| std::fs::read_to_string(workspace.join("sources/talk.toml")).unwrap();

    let first = dir.path().join("first");
    let Some(shown) = typed(&first, &file, "\r") else { return };
    assert!(shown.contains("what does erasure do with a record?") && shown.contains("M••• m• a• R••••••"), "{shown}");
    assert!(!shown.contains("Raffles"), "{shown}");
    let text = map(&first);
    assert!(text.contains("erase = \"anonymise\"\n") && !text.contains("decision = \"open\""), "{text}");

    // Up once from the first item but one: around to the last, which shows the values; then leave it open.
    let second = dir.path().join("second");
    let shown = typed(&second, &file, "\u{1b}[A\u{1b}[A\r\u{1b}[B\r").unwrap();
    assert!(shown.contains("M••• m• a• R••••••") && shown.contains("Meet me at Raffles"), "{shown}");
    assert!(map(&second).contains("decision = \"open\""));
}
