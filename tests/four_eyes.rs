//! Four eyes: what a second person must approve is not applied before; ceilings; counts that are typed.

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
    let minisign = |args: &[&str]| {
        let done = std::process::Command::new("minisign").args(args).output();
        done.is_ok_and(|d| d.status.success())
    };
    if !minisign(&["-G", "-W", "-p", &path("bo.pub"), "-s", &path("bo.key")]) {
        return crate::servers::skipped("minisign");
    }
    assert!(minisign(&["-G", "-W", "-p", &path("cy.pub"), "-s", &path("cy.key")]));
    let key = std::fs::read_to_string(path("bo.pub")).unwrap().lines().nth(1).unwrap().to_owned();
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

/// Another user of the machine approves; needs the superuser, who may run as anybody.
#[cfg(target_os = "linux")]
#[test]
fn another_user_of_the_machine_approves() {
    use std::os::unix::process::CommandExt as _;
    let loginuid = std::fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let free = loginuid.trim().is_empty() || loginuid.trim() == u32::MAX.to_string();
    let root = std::process::Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    if !root || !free {
        return;
    }
    let shelf = shelf("[policy]\napprove = [\"erasure\"]\n");
    shelf.run(&ERASE, 0, &[]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
    // As `sudo` runs it for another user.
    command.arg("-C").arg(shelf.dir.path()).args(["plan", "approve", "1"]).env("SUDO_UID", "4242").uid(0);
    let approved = command.output().unwrap();
    let said = String::from_utf8_lossy(&approved.stdout).into_owned() + &String::from_utf8_lossy(&approved.stderr);
    assert!(approved.status.success() && said.contains("approved by uid 4242"), "{said}");
    shelf.run(&["apply", "1", "--yes"], 0, &[]);
}
