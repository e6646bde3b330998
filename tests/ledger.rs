//! The ledger behind the commands' backs: many erasures at once, and lists of people that are to be imported.

use redress::ledger::{Hide as _, identity_tag};
use redress::plan::{Effects, Forgotten};
use redress::register::{Register, System};

use crate::shelf::{KINDS, Shelf, people};

/// Has the register remember that these addresses were erased.
pub fn remember(shelf: &Shelf, addresses: impl Iterator<Item = String>) {
    let register = Register::open(shelf.dir.path(), &System, &System).unwrap();
    let key = register.ledger_key().unwrap();
    let forgotten = addresses.zip(0..).map(|(address, subject)| Forgotten {
        subject,
        identities: vec![identity_tag(&key, "email", &address)],
        records: Vec::new(),
    });
    let effects = Effects {
        key: Some(key.key_id().to_owned()),
        keep: "P1Y".to_owned(),
        forgotten: forgotten.collect(),
        waiting: Vec::new(),
    };
    register.remember(1_000_000, &effects, jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()).unwrap();
}

fn erased() -> Shelf {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.erase("email=ana@x.example");
    shelf
}

fn list(shelf: &Shelf, bytes: &[u8]) {
    std::fs::write(shelf.dir.path().join("list.csv"), bytes).unwrap();
}

fn check(shelf: &Shelf, more: &[&str], code: i32, says: &[&str]) -> Vec<u8> {
    let (file, out) = (shelf.dir.path().join("list.csv"), shelf.dir.path().join("clean.csv"));
    let mut args = vec!["suppress", "check", file.to_str().unwrap(), "-o", out.to_str().unwrap()];
    args.extend(more);
    shelf.run(&args, code, says);
    std::fs::read(out).unwrap_or_default()
}

/// What stays is what was there, byte for byte: quotes, line ends, spaces, an empty line, a missing last line end.
#[test]
fn rows_of_the_erased_are_taken_out_and_the_others_stay_byte_for_byte() {
    let shelf = erased();
    list(
        &shelf,
        b"\xEF\xBB\xBFName;E-Mail\r\n\"Bo; \"\"B\"\" Tan\"; bo@x.example \r\nAna;ANA@X.EXAMPLE\r\n\r\n\"Cy\nLee\";cy@x.example\n\"A\";\" ana@x.example\"\nlast;dee@x.example",
    );
    let clean = check(&shelf, &[], 0, &["3 rows kept, 2 taken out", "E-Mail (email)"]);
    assert_eq!(
        clean,
        b"\xEF\xBB\xBFName;E-Mail\r\n\"Bo; \"\"B\"\" Tan\"; bo@x.example \r\n\r\n\"Cy\nLee\";cy@x.example\nlast;dee@x.example"
    );
}

#[test]
fn on_standard_output_stands_the_list_alone() {
    let shelf = erased();
    list(&shelf, b"mail\nana@x.example\nbo@x.example\n");
    let file = shelf.dir.path().join("list.csv");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_redress"))
        .arg("-C")
        .arg(shelf.dir.path())
        .args(["suppress", "check", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"mail\nbo@x.example\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 row kept, 1 taken out"));
}

#[test]
fn a_column_is_named_where_none_is_recognised() {
    let shelf = erased();
    list(&shelf, b"a,b\nx,ana@x.example\ny,bo@x.example\n");
    std::fs::write(shelf.dir.path().join("odd.csv"), "a,b\nx,1\ny,2\n").unwrap();
    let odd = shelf.dir.path().join("odd.csv");
    shelf.run(&["suppress", "check", odd.to_str().unwrap()], 2, &["--column email=COLUMN", "its columns: a, b"]);
    assert_eq!(check(&shelf, &["--column", "email=b"], 0, &["1 row kept, 1 taken out"]), b"a,b\ny,bo@x.example\n");
    check(&shelf, &["--column", "email=nothing"], 2, &["the list has no column nothing"]);
    check(&shelf, &["--column", "shoe=b"], 2, &["shoe is no identity"]);
}

/// A row whose fields cannot be told apart does not stay, and says so.
#[test]
fn a_row_that_cannot_be_read_is_left_out_and_named() {
    let shelf = erased();
    list(&shelf, b"name,email\nBo,bo@x.example\nLim, Ana,ana@x.example\n");
    let clean = check(&shelf, &[], 3, &["line 3", "[ragged-row]"]);
    assert_eq!(clean, b"name,email\nBo,bo@x.example\n");
}
