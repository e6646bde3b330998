//! Requests: what they remember, whom they stand for, and the desk that lists them.

use crate::firm::Firm;

#[test]
fn a_request_stands_for_the_person_it_was_opened_for() {
    let firm = Firm::new();
    firm.run(&["export", "email=ana@x.example", "--verified", "known", "-o", "a.zip"]).is(3, &["for request #1"]);
    let by_selector = firm.run(&["find", "email=ana@x.example", "--json"]).json();
    for given in ["1", "#1"] {
        let found = firm.run(&["find", given, "--json"]).is(0, &[]).json();
        assert_eq!((&found["request"], &found["collections"]), (&1.into(), &by_selector["collections"]));
    }
    assert_eq!(by_selector["request"], serde_json::Value::Null);
    // It was verified once: that holds for what else is asked for the same person.
    firm.run(&["correct", "#1", "--set", "shop.people.age=41"]).is(0, &["Plan 1: 1 record to be corrected"]);
    firm.run(&["erase", "1"]).is(0, &["Plan 2"]);
    firm.run(&["export", "1", "-o", "b.zip"]).is(3, &["for request #1"]);
    let desk = firm.run(&["--json"]).json();
    assert_eq!(desk["requests"].as_array().unwrap().len(), 1, "no other request was opened");
    assert_eq!(desk["requests"][0]["rights"], serde_json::json!(["access", "rectification", "erasure"]));
}

#[test]
fn the_choice_among_candidates_is_remembered() {
    let firm = Firm::new();
    let phone = "phone=+65 6123 4567";
    firm.run(&["find", phone]).is(4, &["--accept"]);
    firm.run(&["erase", phone, "--verified", "known"])
        .is(4, &["--accept", "it belongs to request #1 now", "--request 1"]);
    firm.run(&["find", "1"]).is(4, &["--accept"]);
    firm.run(&["erase", phone, "--verified", "known", "--request", "1", "--accept", "called back"]).is(0, &["Plan 1"]);
    firm.run(&["find", "1"]).is(0, &["shop.people"]);
    assert_eq!(firm.run(&["--json"]).json()["requests"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_checked_of_one_person_says_nothing_of_another() {
    let firm = Firm::new();
    firm.run(&["erase", "email=ana@x.example", "--verified", "known"]).is(0, &[]);
    let bo = ["export", "email=bo@x.example", "--request", "1", "-o", "bo.zip"];
    firm.run(&bo).is(4, &["request #1 was opened for other selectors", "--verified"]);
    assert!(!firm.path().join("bo.zip").exists());
    firm.run(&[&bo[..], &["--verified", "her letter was about him"]].concat()).is(0, &["for request #1"]);
    let found = firm.run(&["find", "1", "--json"]).json();
    assert!(found["subject"]["identifiers"]["email"].to_string().contains("bo@x.example"));
}

#[test]
fn a_request_that_cannot_be_meant_is_refused() {
    let firm = Firm::new();
    firm.run(&["erase", "email=ana@x.example", "--verified", "known"]).is(0, &[]);
    let cases: [(&[&str], i32, &str); 6] = [
        (&["find", "9"], 1, "there is no such request"),
        (&["find", "1", "email=ana@x.example"], 2, "name it alone"),
        (&["export", "1", "--request", "2"], 1, "there is no such request"),
        (&["erase", "#", "--verified", "x"], 2, "no `=`"),
        (&["erase", "-1"], 2, "unexpected argument"),
        (&["find", "email=nobody@x.example"], 0, "Nothing was found"),
    ];
    for (args, code, says) in cases {
        firm.run(args).is(code, &[says]);
    }
    firm.run(&["erase", "email=bo@x.example", "--verified", "known"]).is(0, &[]);
    firm.run(&["export", "1", "--request", "2"]).is(2, &["name one of them"]);
}

#[test]
fn the_desk_says_what_is_due_and_what_to_type() {
    let firm = Firm::new();
    firm.run(&[]).is(0, &["No request is open.", "Next: redress find"]);
    firm.run(&["erase", "email=ana@x.example", "--verified", "known"]).is(0, &[]);
    let desk = firm.run(&[]);
    desk.is(0, &["  #1  due 2", " days  (opened ", "erasure: plan 1 waits", "redress plan show 1", "redress apply 1"]);
    assert!(!desk.out.contains("ana@"), "the desk names nobody");
    firm.run(&["correct", "1", "--set", "shop.people.name=A", "--where", "id=5"]).is(4, &[]);
    firm.run(&[])
        .is(0, &["rectification: nothing is planned", "redress correct 1 --set SOURCE.COLLECTION.FIELD=VALUE"]);
    let days = firm.run(&["--json"]).json()["requests"][0]["days_left"].as_i64().unwrap();
    assert!((27..=31).contains(&days), "a month: {days}");
    let register = rusqlite::Connection::open(firm.path().join(".redress/register.db")).unwrap();
    register.execute("UPDATE request_right SET due = '2020-02-01' WHERE name = 'erasure'", []).unwrap();
    firm.run(&[]).is(0, &["#1  was due 2020-02-01, OVERDUE by"]);
}
