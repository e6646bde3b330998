//! What `init` and `export --review` ask at a terminal: what is shown, and that what is answered is decided.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A command of Redress at a terminal of its own.
struct Terminal {
    child: Child,
    shown: String,
}

impl Terminal {
    /// Runs it; `None`: the program that makes the terminal is missing.
    fn run(args: &str) -> Option<Terminal> {
        let command = format!("{} {args}", env!("CARGO_BIN_EXE_redress"));
        let mut script = Command::new("script");
        script.args(["-q", "-e", "-c", &command, "/dev/null"]).env("TERM", "dumb");
        match script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn() {
            Ok(child) => Some(Terminal { child, shown: String::new() }),
            Err(_) => {
                assert!(std::env::var_os("CI").is_none(), "script(1) is needed");
                None
            }
        }
    }

    /// Waits until the terminal shows this after what was waited for before, then types the keys.
    fn answer(&mut self, question: &str, keys: &str) {
        let mut block = [0; 4096];
        let mut unread = std::mem::take(&mut self.shown);
        while !unread.contains(question) {
            let n = self.child.stdout.as_mut().unwrap().read(&mut block).unwrap();
            assert!(n > 0, "it ended before it asked {question:?}: {unread}");
            unread.push_str(&String::from_utf8_lossy(&block[..n]));
        }
        self.shown = unread.split_once(question).unwrap().1.to_owned();
        self.child.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// What it says to its end, and its exit code.
    fn end(mut self) -> (i32, String) {
        drop(self.child.stdin.take());
        let done = self.child.wait_with_output().unwrap();
        (done.status.code().unwrap_or(-1), self.shown + &String::from_utf8_lossy(&done.stdout))
    }
}

/// Runs `redress init` and types these keys; what the terminal showed.
fn typed(workspace: &Path, source: &Path, keys: &str) -> Option<String> {
    let mut terminal = Terminal::run(&format!("-C {} init sqlite:{}", workspace.display(), source.display()))?;
    terminal.answer("", keys);
    Some(terminal.end().1)
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

/// A person with six notes that somebody must read.
fn notes() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    write("redress.toml", "version = 1\n[controller]\nname = \"Firm\"\n[identity.email]\nnormal = \"email\"\n");
    write(
        "sources/desk.toml",
        r#"
kind = "sqlite"
path = "desk.db"
[collection.people]
person = true
key = "id"
identities = { email = "email" }
fields.email = { category = "user.contact.email" }
[collection.notes]
key = "id"
links = [{ from = "person", to = "people.id", role = "owner" }]
fields.body = { category = "user.content.private", disclose = "review" }
"#,
    );
    let notes = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
        CREATE TABLE notes (id INTEGER PRIMARY KEY, person INTEGER, body TEXT);
        INSERT INTO people VALUES (1, 'ana@x.example'), (2, 'bo@x.example');
        INSERT INTO notes VALUES (1, 1, 'note one'), (2, 1, 'ask bo@x.example two'), (3, 1, 'note three'),
            (4, 1, 'note four'), (5, 1, 'note five'), (6, 1, 'note six');";
    rusqlite::Connection::open(dir.path().join("desk.db")).unwrap().execute_batch(notes).unwrap();
    dir
}

/// The notes of an archive, one a line, and its page.
fn archived(archive: &Path) -> (Vec<serde_json::Value>, String) {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let lines = std::io::read_to_string(zip.by_name("data/desk/notes.jsonl").unwrap()).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (lines, std::io::read_to_string(zip.by_name("START-HERE.html").unwrap()).unwrap())
}

const UP: &str = "\u{1b}[A";
const DOWN: &str = "\u{1b}[B";

#[test]
fn the_review_list_is_walked_with_the_keyboard() {
    let dir = notes();
    let (place, archive) = (dir.path().display(), dir.path().join("a.zip"));
    let export = format!("-C {place} export email=ana@x.example --verified x --review -o {}", archive.display());
    let Some(mut terminal) = Terminal::run(&export) else { return };
    // The list stands at "decide later": give, redact and withhold are above it, the end below.
    let [give, redact, withhold] = [3, 2, 1].map(|n| format!("{}\r", UP.repeat(n)));
    terminal.answer("1 of 6: desk.notes.body (id=1)", "");
    terminal.answer("note one", &give);
    terminal.answer("Why", "her own words\r");
    terminal.answer("ask bo@x.example two", &redact);
    terminal.answer("What stands in its place (empty: others are replaced by themselves)", "\r");
    terminal.answer("Why", "names another\r");
    terminal.answer("note three", &redact);
    terminal.answer("What stands in its place", "note […]\r");
    terminal.answer("Why", "names another\r");
    terminal.answer("note four", &withhold);
    terminal.answer("Is the person told that it is withheld", "\r");
    terminal.answer("What speaks against giving it", &format!("{DOWN}{DOWN}\r"));
    terminal.answer("Why", "a business secret\r");
    terminal.answer("note five", &withhold);
    terminal.answer("Is the person told that it is withheld", &format!("{DOWN}\r"));
    terminal.answer("What speaks against giving it", "\r");
    terminal.answer("Why", "telling would warn her\r");
    terminal.answer("6 of 6", "");
    terminal.answer("note six", "\r");
    let (code, shown) = terminal.end();
    assert!(code == 3 && shown.contains("5 decisions were taken and recorded"), "{code} {shown}");

    let (notes, page) = archived(&archive);
    assert_eq!(notes[0]["body"], "note one");
    assert_eq!(notes[1]["body"]["$redacted"], "ask Person 2 two");
    assert_eq!(notes[2]["body"]["$redacted"], "note […]");
    assert_eq!(notes[3]["body"]["$withheld"], "trade-secret");
    assert!(notes[4].get("body").is_none() && notes[4]["id"] == 5, "{}", notes[4]);
    assert_eq!(notes[5]["body"]["$withheld"], "review");
    for (says, is) in [("A trade secret (1)", true), ("(2)</h3>", true), ("note five", false), ("warn her", false)] {
        assert_eq!(page.contains(says), is, "{says}");
    }

    // They are remembered, and only the last one is asked; leaving the list decides nothing.
    let again = format!("-C {place} export 1 --review -o {}", archive.display());
    let mut terminal = Terminal::run(&again).unwrap();
    terminal.answer("1 of 1: desk.notes.body (id=6)", "");
    terminal.answer("note six", &format!("{DOWN}\r"));
    let (code, shown) = terminal.end();
    assert!(code == 3 && !shown.contains("decisions were taken"), "{code} {shown}");
    assert!(archived(&archive).0[4].get("body").is_none());
    let register = rusqlite::Connection::open(dir.path().join(".redress/register.db")).unwrap();
    let sql = "SELECT group_concat(verdict || ':' || because || ':' || untold, ' | ') FROM
        (SELECT * FROM decision WHERE verdict = 'withhold' ORDER BY because)";
    let recorded: String = register.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(recorded, "withhold:a business secret:0 | withhold:telling would warn her:1");
}
