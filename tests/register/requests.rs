//! Requests: opened, found, due, answered.

use super::*;

#[test]
fn a_request_is_opened_found_and_listed_by_its_due_date() {
    let world = World::new();
    let register = world.create();
    let first = register.open_request(&new(&ana(), &[Right::Erasure, Right::Access])).unwrap();
    assert_eq!((first.number, first.id.len(), first.status()), (1, 32, Status::Open));
    assert_eq!(first.selectors, ana());
    assert_eq!(first.due().unwrap().to_string(), "2026-02-28");
    assert_eq!(first.rights.iter().map(|r| r.right).collect::<Vec<_>>(), [Right::Access, Right::Erasure]);
    let second = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
    assert_eq!(second.number, 2);
    assert_ne!(second.id, first.id);
    assert_ne!(second.digest("x"), first.digest("x"), "each request has its own salt");

    let register = world.open().unwrap();
    for given in ["1", "#1", &first.id, &first.id.to_uppercase()] {
        assert_eq!(register.find_request(given).unwrap(), first, "{given}");
    }
    for (given, kind) in [("3", Kind::Failed), ("ana", Kind::Usage), ("-1", Kind::Usage), ("", Kind::Usage)] {
        let error = register.find_request(given).unwrap_err();
        assert_eq!(error.kind, kind);
        assert!(given.is_empty() || given.len() < 3 || !error.message.contains(given), "{error}");
    }

    world.tamper().execute("UPDATE request_right SET due = '2026-02-01' WHERE request = 2", []).unwrap();
    let open: Vec<_> = register.open_requests().unwrap().iter().map(|r| r.number).collect();
    assert_eq!(open, [2, 1]);
}

#[test]
fn each_right_has_its_own_clock_and_answer() {
    let world = World::new();
    let register = world.create();
    register.open_request(&new(&ana(), &[Right::Access])).unwrap();
    let answered = register.mark_outcome(1, Right::Access, Outcome::Partly).unwrap();
    assert_eq!(answered.status(), Status::Answered);
    assert_eq!(answered.right(Right::Access).unwrap().outcome.unwrap().0, Outcome::Partly);
    assert!(register.open_requests().unwrap().is_empty());
    assert_eq!(register.mark_outcome(1, Right::Erasure, Outcome::Granted).unwrap_err().kind, Kind::Refused);

    world.clock.0.fetch_add(86_400 * 10, Ordering::Relaxed);
    let more = register.find_or_open(Some("1"), &new(&[], &[Right::Access, Right::Erasure])).unwrap();
    assert_eq!(more.status(), Status::Open);
    assert_eq!(more.right(Right::Access), answered.right(Right::Access), "the old clock and answer stay");
    assert_eq!(more.due().unwrap().to_string(), "2026-03-10");

    let other = register.find_or_open(None, &new(&ana(), &[Right::Erasure])).unwrap();
    assert_eq!(other.number, 2, "a request is never taken because it looks alike");
    assert_eq!(register.find_or_open(Some("9"), &new(&ana(), &[Right::Access])).unwrap_err().kind, Kind::Failed);

    register.close_request(2).unwrap();
    assert_eq!(register.request(2).unwrap().status(), Status::Closed);
    for refused in [
        register.add_right(2, Right::Access, &TimeZone::UTC),
        register.mark_outcome(2, Right::Erasure, Outcome::Granted),
        register.record_verification(2, "by phone"),
        register.close_request(2),
    ] {
        assert_eq!(refused.unwrap_err().kind, Kind::Refused);
    }
}

#[test]
fn verifications_are_kept_one_after_the_other() {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
    assert!(!request.is_verified());
    assert_eq!(register.record_verification(1, " \n").unwrap_err().kind, Kind::Usage);
    register.record_verification(1, "known from the account").unwrap();
    let request = register.record_verification(1, "called back").unwrap();
    let how: Vec<_> = request.verified.iter().map(|v| v.how.as_str()).collect();
    assert_eq!(how, ["known from the account", "called back"]);
    assert!(!format!("{request:?} {:?}", request.verified).contains("account"));
    assert!(!format!("{request:?}").contains("ana"));
}

#[test]
fn whom_a_request_is_about_can_be_said_anew() {
    let world = World::new();
    let register = world.create();
    let selectors = ana();
    let chosen = NewRequest { pick: Some("2"), accept: Some("called back"), ..new(&selectors, &[Right::Access]) };
    let request = register.open_request(&chosen).unwrap();
    assert_eq!((request.pick.as_deref(), request.accept.as_deref()), (Some("2"), Some("called back")));
    let only = vec!["email=ana@example.org".to_owned()];
    let request = register.describe_request(1, &new(&only, &[])).unwrap();
    assert_eq!((request.selectors, request.pick, request.accept), (only, None, None));
    assert_eq!(request.rights.len(), 1, "its rights stay");
    register.close_request(1).unwrap();
    assert_eq!(register.describe_request(1, &new(&ana(), &[])).unwrap_err().kind, Kind::Refused);
}

#[test]
fn a_register_of_the_first_version_is_brought_up_to_date() {
    let world = World::new();
    let request = world.create().open_request(&new(&ana(), &[Right::Access])).unwrap();
    let old = world.tamper();
    old.execute_batch(
        "ALTER TABLE request DROP COLUMN pick; ALTER TABLE request DROP COLUMN accept; ALTER TABLE request DROP COLUMN language;
         DROP TABLE decision; DROP TABLE release; DROP TABLE erased_identity; DROP TABLE erased_record;
         DROP TABLE erased; DROP TABLE waiting; DROP TABLE hold_tag; DROP TABLE request_tag; DROP TABLE hold;
         DROP TABLE approval; DROP TABLE archive_approval; DROP TABLE own_file; DROP TABLE erasure_record; DROP TABLE accepted; DROP TABLE undo;
         ALTER TABLE plan DROP COLUMN file_ended_at; ALTER TABLE plan DROP COLUMN author; ALTER TABLE archive DROP COLUMN records;
         ALTER TABLE archive DROP COLUMN withheld; ALTER TABLE archive DROP COLUMN pending;
         ALTER TABLE archive DROP COLUMN \"right\"; ALTER TABLE archive DROP COLUMN author;
         ALTER TABLE archive DROP COLUMN categories; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(old);
    assert_eq!(world.open().unwrap().request(1).unwrap(), request);
}
