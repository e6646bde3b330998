//! Errors, messages and what stays on disk say nothing of anybody: not in text, not in JSON, not in the folder.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;

use crate::firm::Firm;

/// What the firm holds about its people, in pieces that no message may repeat.
const THEIRS: [&str; 10] = ["Ana", "ana@x", "Bo Tan", "bo@", "6123", "6111", "61234567", "Lim", "61.50", "9999"];

/// Commands that fail or are refused, on a firm that something is wrong with.
const FAILING: [&[&str]; 9] = [
    &["find", "phone=+65 6123 4567"],
    &["find", "email=ana@x.example", "email=bo@x.example"],
    &["find", "email=ana@x.example", "--pick", "9999", "--accept", "x"],
    &["find", "emial=ana@x.example"],
    &["find", "ana@x.example"],
    &["erase", "email=ana@x.example"],
    &["export", "email=ana@x.example"],
    &["erase", "email=ana@x.example", "--verified", "x"],
    &["apply", "1", "--yes"],
];

#[test]
fn no_error_repeats_what_a_source_or_the_command_line_holds() {
    let firm = Firm::new();
    firm.run(&["erase", "email=ana@x.example", "--verified", "x"]).is(0, &["Plan 1"]);
    firm.sql("UPDATE orders SET bill_to = 'Ana 9999' WHERE no = 7");
    std::fs::write(firm.path().join("events.ndjson"), "{\"id\":1,\"user\":{\"mail\":\"ana@x.example\"}\nAna Lim\n")
        .unwrap();
    std::fs::write(firm.path().join("exports/leads.csv"), "Name,Mail\nAna Lim,ana@x.example,9999,\"Bo Tan\n").unwrap();
    for args in FAILING {
        for json in [false, true] {
            let mut args = args.to_vec();
            args.extend(json.then_some("--json"));
            let ended = firm.run(&args);
            if ended.code == 0 || ended.code == 3 {
                continue;
            }
            for theirs in THEIRS {
                assert!(!ended.err.contains(theirs), "{args:?} says {theirs}: {}", ended.err);
                assert!(!ended.out.contains(theirs), "{args:?} says {theirs}: {}", ended.out);
            }
        }
    }
}

#[test]
fn debug_forms_show_no_value() {
    use redress::record::{Key, Record, Value};
    let record = Record::new(["mail".to_owned()].into(), vec![Value::Text("ana@x.example".into())]);
    let key = record.key(&["mail".to_owned()]).unwrap();
    let shown = format!("{record:?} {key:?} {:?} {:?}", record.values, Key::Content(record.digest()));
    assert!(!shown.contains("ana"), "{shown}");
}

/// Every file below a folder, with its mode.
fn files(folder: &std::path::Path, out: &mut BTreeSet<(std::path::PathBuf, u32)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        out.insert((path.clone(), std::fs::metadata(&path).unwrap().permissions().mode() & 0o777));
        if path.is_dir() {
            files(&path, out);
        }
    }
}

#[test]
fn what_a_command_leaves_behind_is_private_and_nothing_is_left_in_the_temporary_folder() {
    let firm = Firm::new();
    let temporary = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
        command.arg("-C").arg(firm.path()).args(args).current_dir(firm.path()).env("TMPDIR", temporary.path());
        command.output().unwrap()
    };
    for args in [
        &["find", "email=ana@x.example"][..],
        &["export", "email=ana@x.example", "--verified", "x", "-o", "out.zip"],
        &["erase", "email=ana@x.example", "--verified", "x", "-o", "copy.plan"],
        &["apply", "1", "--yes"],
    ] {
        let output = run(args);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0, "{args:?} leaves a temporary file");
    }
    let mut found = BTreeSet::new();
    files(&firm.path().join(".redress"), &mut found);
    assert!(found.len() > 3);
    for name in ["copy.plan", "out.zip"] {
        found.insert((
            firm.path().join(name),
            std::fs::metadata(firm.path().join(name)).unwrap().permissions().mode() & 0o777,
        ));
    }
    for (path, mode) in found {
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{}", path.display());
    }
    let left: Vec<_> =
        std::fs::read_dir(firm.path().join("exports")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["leads.csv"], "nothing is left beside a file that was rewritten");
}
