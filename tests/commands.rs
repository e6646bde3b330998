//! The commands end to end, as a script runs them: the firm is searched, exported, erased and confirmed.

use std::path::Path;
use std::process::{Command, Output};

pub fn redress(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).arg("-C").arg(dir).args(args).output().unwrap()
}

pub fn ended(output: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap_or(-1), text)
}

pub fn demo() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (code, text) = ended(&redress(Path::new("."), &["demo", dir.path().to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    dir
}

const SHE: &str = "email=nadia@quillfeather.example";

#[test]
fn the_demo_can_be_followed_to_its_end() {
    let dir = demo();
    let (code, text) = ended(&redress(dir.path(), &["check"]));
    assert_eq!(code, 0, "{text}");
    let archive = dir.path().join("archive.zip");
    let (code, text) = ended(&redress(dir.path(), &["check-archive", archive.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("That is the key that was expected."), "{text}");
    let (code, text) = ended(&redress(dir.path(), &["apply", "1", "--yes", "--json"]));
    let report: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((report["left"].clone(), report["problems"].clone()), (serde_json::json!([]), serde_json::json!([])));
    // Another member's address book has her number, where no map could know: the sweep names it until it is gone.
    let left = &report["swept"]["left"];
    assert_eq!((code, &left[0]["place"], &left[1]), (3, &"synced_contacts".into(), &serde_json::Value::Null), "{text}");
    let office = rusqlite::Connection::open(dir.path().join("office.db")).unwrap();
    assert_eq!(office.execute("DELETE FROM synced_contacts WHERE account_id = 3 AND name = 'Nadia'", []), Ok(1));
    drop(office);
    let (code, text) = ended(&redress(dir.path(), &["apply", "1", "--yes"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("nothing else is left"), "{text}");
    let (code, text) = ended(&redress(dir.path(), &["apply", "1", "--yes"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("had been applied before"), "{text}");
    let (code, text) = ended(&redress(dir.path(), &["log", "check"]));
    assert_eq!(code, 0, "{text}");
}

#[test]
fn what_is_wrong_is_said_with_its_code_and_changes_nothing() {
    let dir = demo();
    let before = std::fs::read(dir.path().join("shop.db")).unwrap();
    let cases: [(&[&str], i32, &str); 8] = [
        (&["find", "nadia"], 2, "has no `=`"),
        (&["find", "emial=nadia@quillfeather.example"], 2, "unknown identity: emial"),
        (&["find", "email="], 2, "has no value"),
        (&["find"], 2, "SELECTOR"),
        (&["erase", SHE], 4, "--verified"),
        (&["export", SHE], 4, "--verified"),
        (&["apply", "1"], 2, "--yes"),
        (&["log", "check", "--head", "99:0000000000000000000000000000000000000000000000000000000000000000"], 4, "99"),
    ];
    for (args, expected, says) in cases {
        let (code, text) = ended(&redress(dir.path(), args));
        assert_eq!(code, expected, "{args:?}: {text}");
        assert!(text.contains(says), "{args:?}: {text}");
    }
    assert_eq!(std::fs::read(dir.path().join("shop.db")).unwrap(), before);
}

#[test]
fn nothing_silent_is_in_the_archive() {
    let dir = demo();
    let file = std::fs::File::open(dir.path().join("archive.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        assert!(!name.contains("aml"), "{name}");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("aml_alerts"), "{name}");
    }
}

#[test]
fn an_edited_plan_is_refused() {
    let dir = demo();
    let copy = dir.path().join("copy.plan");
    let (_, text) = ended(&redress(dir.path(), &["erase", "1", "-o", copy.to_str().unwrap()]));
    let plan = std::fs::read_to_string(&copy).unwrap_or_else(|_| panic!("{text}"));
    std::fs::write(&copy, plan.replacen("\"delete\"", "\"keep\"", 1)).unwrap();
    let (code, text) = ended(&redress(dir.path(), &["apply", copy.to_str().unwrap(), "--yes"]));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("changed after it was made"), "{text}");
}
