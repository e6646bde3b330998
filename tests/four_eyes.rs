//! Four eyes: what a second person must approve is not applied, and not handed over, before; ceilings; counts that are
//! typed.

use crate::shelf::{KINDS, Shelf, people};

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

fn shelf(policy: &str) -> Shelf {
    let shelf = Shelf::new(KINDS[0]).unwrap();
    shelf.fill(&people());
    shelf.also(policy);
    shelf
}

#[test]
fn without_a_policy_no_approval_is_needed() {
    let shelf = shelf("");
    shelf.run(&ERASE, 0, &[]);
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
}

/// Each reason refuses by itself, and says why.
#[test]
fn what_needs_a_second_person_is_not_applied_without() {
    let cases = [
        ("approve = [\"erasure\"]", "every plan of erasure does"),
        ("approve_above = 3", "it changes 4 records, more than 3"),
        ("approve_categories = [\"user.contact\"]", "it changes records with user.contact"),
    ];
    for (policy, why) in cases {
        let shelf = shelf(&format!("[policy]\n{policy}\n"));
        shelf.run(&ERASE, 0, &[]);
        let before = shelf.all();
        shelf.run(
            &["apply", "1", "--yes"],
            4,
            &["needs the approval of a second person", why, "redress plan approve 1"],
        );
        assert_eq!(shelf.all(), before);
        // The author cannot be the second person.
        shelf.run(&["plan", "approve", "1"], 4, &["somebody else must approve it"]);
        shelf.run(&["apply", "1", "--yes"], 4, &["needs the approval"]);
    }
    for policy in ["approve = [\"rectification\"]", "approve_above = 4", "approve_categories = [\"user.con\"]"] {
        let shelf = shelf(&format!("[policy]\n{policy}\n"));
        shelf.run(&ERASE, 0, &[]);
        shelf.run(&["apply", "1", "--yes"], 0, &[]);
    }
}

#[test]
fn a_plan_beyond_the_ceiling_is_not_applied() {
    let shelf = shelf("[policy]\nmax_records = 3\n");
    shelf.run(&ERASE, 0, &[]);
    let before = shelf.all();
    shelf.run(&["apply", "1", "--yes"], 4, &["the plan changes 4 records; the policy allows 3"]);
    assert_eq!(shelf.all(), before);
}

#[test]
fn the_counts_are_typed_where_the_map_asks_for_them() {
    let shelf = shelf("[policy]\ntyped = true\n");
    shelf.run(&ERASE, 0, &[]);
    let before = shelf.all();
    shelf.run(&["apply", "1", "--yes"], 2, &["--confirm \"DELETED CHANGED\""]);
    shelf.run(&["apply", "1", "--confirm", "5 0"], 4, &["the counts are not those of the plan"]);
    assert_eq!(shelf.all(), before);
    shelf.run(&["apply", "1", "--confirm", "4/1"], 4, &["the counts"]);
    shelf.run(&["apply", "1", "--confirm", "3 1"], 0, &[]);
}

/// A signature by a key that the map names is the other person; of another file or key it is nothing.
#[test]
fn a_signature_approves_the_plan_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let Some(key) = key_of_bo(&path) else { return };
    assert!(minisign(&["-G", "-W", "-p", &path("cy.pub"), "-s", &path("cy.key")]));
    let shelf = shelf(&format!("[policy]\napprove = [\"erasure\"]\napprovers = {{ bo = \"{key}\" }}\n"));
    shelf.run(&ERASE, 0, &[]);
    let plan = |n: u32| shelf.dir.path().join(format!(".redress/plans/{n:04}.plan")).to_str().unwrap().to_owned();
    assert!(minisign(&["-S", "-s", &path("cy.key"), "-m", &plan(1), "-x", &path("cy.sig")]));
    shelf.run(&["plan", "approve", "1", "--signature", &path("cy.sig")], 4, &["none of the approvers"]);
    assert!(minisign(&["-S", "-s", &path("bo.key"), "-m", &plan(1), "-x", &path("bo.sig")]));
    shelf.run(&["plan", "approve", "1", "--signature", &path("bo.sig")], 0, &["Plan 1 is approved by key bo"]);
    // Another plan needs another approval.
    shelf.run(&ERASE, 0, &["Plan 2"]);
    shelf.run(&["plan", "approve", "2", "--signature", &path("bo.sig")], 4, &["of another file"]);
    shelf.run(&["apply", "2", "--yes"], 4, &["needs the approval"]);
    // Somebody who can write the register cannot approve in bo's name.
    let register = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    let forged = "INSERT INTO approval (plan, by, hash, at) SELECT 2, 'key bo', hash, at FROM approval WHERE plan = 1";
    register.execute(forged, []).unwrap();
    register.execute("UPDATE approval SET hash = (SELECT hash FROM plan WHERE number = 2) WHERE plan = 2", []).unwrap();
    drop(register);
    shelf.run(&["apply", "2", "--yes"], 4, &["needs the approval"]);
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
    shelf.run(&["plan", "approve", "1", "--signature", &path("bo.sig")], 4, &["was applied already"]);
    shelf.run(&["log", "show"], 0, &["\"action\":\"approve\""]);
}

/// An archive that a second person must see first: each reason refuses by itself, and whoever made it is no second person.
#[test]
fn what_needs_a_second_person_is_not_handed_over_without() {
    let cases = [
        ("approve = [\"access\"]", "every archive for the right of access does"),
        ("approve_above = 4", "it holds 5 records, more than 4"),
        ("approve_categories = [\"user.contact\"]", "it holds records with user.contact"),
        ("approve_plain = true", "it is open, and not closed for one person"),
    ];
    for (policy, why) in cases {
        let shelf = shelf(&format!("[policy.release]\n{policy}\n"));
        let archive = exported(&shelf, &[]);
        let release = ["release", &archive, "--to", "her", "--channel", "portal", "--plain"];
        shelf.run(&release, 4, &["needs the approval of a second person", why, "--approve"]);
        shelf.run(&["release", &archive, "--approve"], 4, &["made archive 1: somebody else must approve"]);
        shelf.run(&release, 4, &["needs the approval"]);
        let desk = shelf.run(&["--json"], 0, &[]);
        assert!(desk.text.contains("access"), "nothing is answered: {}", desk.text);
    }
    for policy in ["approve = [\"portability\"]", "approve_above = 5", "approve_categories = [\"user.con\"]"] {
        let shelf = shelf(&format!("[policy.release]\n{policy}\n"));
        let archive = exported(&shelf, &[]);
        shelf.run(&["release", &archive, "--to", "her", "--channel", "portal", "--plain"], 0, &[]);
    }
    let closed = shelf("[policy.release]\napprove_plain = true\n");
    let archive = exported(&closed, &["--seal"]);
    closed.run(&["release", &archive, "--to", "her", "--channel", "post"], 0, &[]);
    let wrong = shelf("[policy.release]\napprove = [\"erasure\"]\n");
    wrong.run(&["check"], 1, &["no right whose archives can be approved"]);
}

/// The path of an archive of hers.
fn exported(shelf: &Shelf, more: &[&str]) -> String {
    let archive = shelf.dir.path().join("ana.zip").to_str().unwrap().to_owned();
    let args = ["export", "email=ana@x.example", "--verified", "known", "-o", &archive];
    shelf.run(&[&args[..], more].concat(), 0, &[]);
    archive
}

#[test]
fn a_signature_approves_the_archive_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let Some(key) = key_of_bo(&path) else { return };
    let shelf =
        shelf(&format!("[policy]\napprovers = {{ bo = \"{key}\" }}\n[policy.release]\napprove = [\"access\"]\n"));
    let archive = exported(&shelf, &[]);
    let release = ["release", &archive, "--to", "her", "--channel", "portal", "--plain"];
    std::fs::write(path("other"), "another file").unwrap();
    for (file, says) in [(&path("other"), "of another file"), (&archive, "approved by key bo")] {
        assert!(minisign(&["-S", "-s", &path("bo.key"), "-m", file, "-x", &path("bo.sig")]));
        let code = if *file == archive { 0 } else { 4 };
        shelf.run(&["release", &archive, "--approve", "--signature", &path("bo.sig")], code, &[says]);
    }
    // Who can write the register cannot approve in bo's name.
    let register = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    register.execute("UPDATE archive_approval SET signature = NULL", []).unwrap();
    shelf.run(&release, 4, &["needs the approval"]);
    let signature = std::fs::read_to_string(path("bo.sig")).unwrap();
    register.execute("UPDATE archive_approval SET signature = ?1", [signature]).unwrap();
    drop(register);
    // An archive made anew needs a new approval.
    let second = shelf.dir.path().join("second.zip").to_str().unwrap().to_owned();
    shelf.run(&["export", "1", "-o", &second], 0, &[]);
    shelf.run(
        &["release", &second, "--to", "her", "--channel", "portal", "--plain"],
        4,
        &["archive 2 needs the approval"],
    );
    shelf.run(&release, 0, &["is answered"]);
    shelf.run(&["log", "show"], 0, &["\"action\":\"approve\""]);
}

fn minisign(args: &[&str]) -> bool {
    std::process::Command::new("minisign").args(args).output().is_ok_and(|done| done.status.success())
}

/// The public key of somebody who may approve; `None`: the program that makes it is missing.
fn key_of_bo(path: &dyn Fn(&str) -> String) -> Option<String> {
    if !minisign(&["-G", "-W", "-p", &path("bo.pub"), "-s", &path("bo.key")]) {
        crate::servers::skipped("minisign");
        return None;
    }
    Some(std::fs::read_to_string(path("bo.pub")).unwrap().lines().nth(1).unwrap().to_owned())
}

/// Whoever decided what is in an archive is no second person, whoever made it; nobody else of the machine is stopped.
/// Needs the superuser, who may run as anybody.
#[cfg(target_os = "linux")]
#[test]
fn who_decided_is_no_second_person() {
    if !can_be_anybody() {
        return;
    }
    let shelf = shelf("[policy.release]\napprove = [\"access\"]\n");
    let archive = exported(&shelf, &[]);
    let register = rusqlite::Connection::open(shelf.dir.path().join(".redress/register.db")).unwrap();
    let decided = "INSERT INTO decision (request, item, verdict, because, at, by)
        VALUES (1, 'x', 'give', 'hers', '2026-01-01T00:00:00Z', 'uid 4242')";
    register.execute(decided, []).unwrap();
    drop(register);
    let said = as_user(&shelf, "4242", &["release", &archive, "--approve"]);
    assert!(said.contains("uid 4242 decided what is in archive 1"), "{said}");
    let said = as_user(&shelf, "4343", &["release", &archive, "--approve"]);
    assert!(said.contains("approved by uid 4343"), "{said}");
    shelf.run(&["release", &archive, "--to", "her", "--channel", "portal", "--plain"], 0, &["is answered"]);
}

/// Whether the tests may run a command as another user, as `sudo` does.
#[cfg(target_os = "linux")]
fn can_be_anybody() -> bool {
    let loginuid = std::fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let free = loginuid.trim().is_empty() || loginuid.trim() == u32::MAX.to_string();
    free && std::process::Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n")
}

/// What a command says that another user runs over `sudo`.
#[cfg(target_os = "linux")]
fn as_user(shelf: &Shelf, user: &str, args: &[&str]) -> String {
    use std::os::unix::process::CommandExt as _;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
    let done = command.arg("-C").arg(shelf.dir.path()).args(args).env("SUDO_UID", user).uid(0).output().unwrap();
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

/// Another user of the machine approves; needs the superuser, who may run as anybody.
#[cfg(target_os = "linux")]
#[test]
fn another_user_of_the_machine_approves() {
    if !can_be_anybody() {
        return;
    }
    let shelf = shelf("[policy]\napprove = [\"erasure\"]\n");
    shelf.run(&ERASE, 0, &[]);
    let said = as_user(&shelf, "4242", &["plan", "approve", "1"]);
    assert!(said.contains("approved by uid 4242"), "{said}");
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
}
