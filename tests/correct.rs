//! `redress correct`: what is planned, what is refused, and that exactly the plan is applied to every kind of source.

use crate::firm::{Ended, Firm};

const ANA: &str = "email=ana@x.example";

fn correct(firm: &Firm, args: &[&str]) -> Ended {
    firm.run(&[&["correct", ANA, "--verified", "known"], args].concat())
}

#[test]
fn one_field_as_a_script_does_it() {
    let firm = Firm::new();
    let before = firm.everything();
    let planned = correct(&firm, &["--set", "shop.people.name=Ana Lim-Tan", "-o", "correct.plan"]);
    planned.is(
        0,
        &[
            "Plan 1: 1 record to be corrected, 3 proposed, 0 right already",
            "shop.people id=1: as asked\n      name: Ana Lim → Ana Lim-Tan",
            "1. exports.leads content",
            "(2 identical)",
            "2. shop.orders no=7: the same value stands here\n      bill_to: ana lim → Ana Lim-Tan",
            "Nothing has been changed yet. Next: redress apply 1",
        ],
    );
    assert_eq!(firm.everything(), before, "planning changes nothing");
    let applied = firm.run(&["apply", "correct.plan", "--yes", "--json"]);
    let report = applied.is(0, &[]).json();
    assert_eq!(report["done"], serde_json::json!({"correct": 1}));
    assert_eq!((&report["left"], &report["complete"]), (&serde_json::json!([]), &serde_json::json!(true)));
    assert_eq!(firm.cell("SELECT name FROM people WHERE id = 1"), "'Ana Lim-Tan'");
    assert_eq!(firm.cell("SELECT group_concat(bill_to) FROM orders"), "'ana lim,Ana Lim Pte,Bo Tan'");
    assert_eq!((firm.everything().1, firm.everything().2), (before.1, before.2));
    firm.run(&["apply", "correct.plan", "--yes"]).is(0, &["had been applied before"]);
    firm.run(&["log", "check"]).is(0, &["The log is whole"]);
    assert!(!firm.run(&[]).out.contains("rectification"), "the request is answered");
}

#[test]
fn copies_in_every_kind_of_source_are_taken_by_number_or_all() {
    let firm = Firm::new();
    let args = ["--set", "shop.people.phone=+65 6999 8888"];
    let plan = correct(&firm, &[&args[..], &["--json"]].concat()).is(0, &[]).json();
    let proposed: Vec<String> = plan["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["action"] == "propose")
        .map(|c| format!("{} {} {}", c["proposal"], c["collection"], c["old"]))
        .collect();
    assert_eq!(proposed, [r#"1 "events" {"user.tel":"+6561234567"}"#, r#"2 "leads" {"Phone":"6123 4567"}"#]);

    correct(&firm, &[&args[..], &["--with", "3"]].concat())
        .is(4, &["there is no proposal of that number", "from 1 to 2"]);
    correct(&firm, &[&args[..], &["--with", "2", "-o", "p"]].concat())
        .is(0, &["2 records to be corrected, 1 proposed"]);
    firm.run(&["apply", "p", "--yes"]).is(0, &["2 records corrected.", "every new value is there"]);
    assert_eq!(
        firm.file("exports/leads.csv"),
        "Name,Mail,Phone,Note\r\n\"Lim, Ana\",ANA@x.example,+65 6999 8888,first\r\n\
         Ana Lim,ana@x.example,,second\r\nAna Lim,ana@x.example,,second\r\nBo Tan,bo@x.example,61110000,\r\n"
    );
    assert!(firm.file("events.ndjson").contains("6561234567"), "what was not taken stays");
}

#[test]
fn an_identifier_is_corrected_everywhere_and_the_person_is_still_found() {
    let firm = Firm::new();
    let args = ["--set", "shop.people.email=ana.lim@y.example", "--with", "all", "-o", "p"];
    correct(&firm, &args).is(0, &["6 records to be corrected"]);
    firm.run(&["apply", "p", "--yes"]).is(0, &["6 records corrected.", "every new value is there"]);
    assert_eq!(firm.cell("SELECT email FROM people WHERE id = 1"), "'ana.lim@y.example'");
    let leads = firm.file("exports/leads.csv");
    assert_eq!(leads.matches("ana.lim@y.example").count(), 3, "{leads}");
    let events = firm.file("events.ndjson");
    assert!(
        events.starts_with("{\"id\":1,\"user\":{\"mail\":\"ana.lim@y.example\",\"tel\":\"+6561234567\"},"),
        "{events}"
    );
    assert!(events.contains("{\"id\":2, \"user\":{\"mail\":\"ana.lim@y.example\"},  \"weight\":61.50,"), "{events}");
    let found = firm.run(&["find", "email=ana.lim@y.example", "--json"]).json();
    assert_eq!(found["collections"].as_array().unwrap().len(), 5);
}

#[test]
fn a_record_known_only_by_its_content_is_named_and_found_again() {
    let firm = Firm::new();
    let refused = correct(&firm, &["--set", "exports.leads.Mail=lim@y.example"]);
    refused.is(4, &["2 records of exports.leads are this person's", "--where content=", "(line 2)", "--all"]);
    let line = refused.err.lines().find(|l| l.contains("(line 2)")).unwrap();
    let content = line.split_whitespace().nth(1).unwrap();
    correct(&firm, &["--set", "exports.leads.Mail=lim@y.example", "--where", content, "-o", "p"])
        .is(0, &["1 record to be"]);
    // Its old address is gone from it: it is found over the new one.
    firm.run(&["apply", "p", "--yes"]).is(0, &["every new value is there"]);
    assert!(firm.file("exports/leads.csv").contains("\"Lim, Ana\",lim@y.example,6123 4567,first"));
}

#[test]
fn which_record_is_meant_must_be_said() {
    let cases: [(&[&str], i32, &[&str]); 12] = [
        (&["--set", "shop.orders.bill_to=A"], 4, &["2 records of shop.orders", "--where no=7", "--where no=8"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "no=8"], 0, &["1 record to be corrected", "no=8"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "key=8"], 0, &["1 record to be corrected", "no=8"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "shop.orders.no=8"], 0, &["1 record to be corrected"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "no=9"], 4, &["--where names none of this person's records"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "nr=8"], 2, &["has such a key", "the key of shop.orders: no"]),
        (&["--set", "shop.orders.bill_to=A", "--where", "8"], 2, &["no `=`"]),
        (&["--set", "shop.orders.bill_to=A", "--all"], 0, &["2 records to be corrected"]),
        (&["--set", "shop.lines.thing=A"], 4, &["--where order_no=7 --where line=2"]),
        (&["--set", "shop.lines.thing=A", "--where", "line=2", "--where", "order_no=7"], 0, &["1 record to be"]),
        (&["--set", "shop.lines.thing=A", "--where", "key=order_no=7, line=2"], 0, &["1 record to be"]),
        (
            &["--set", "shop.people.name=A", "--set", "shop.orders.bill_to=A", "--where", "no=8"],
            0,
            &["2 records to be"],
        ),
    ];
    let firm = Firm::new();
    let before = firm.everything();
    for (args, code, says) in cases {
        correct(&firm, args).is(code, says);
    }
    assert_eq!(firm.everything(), before);
}

#[test]
fn what_does_not_fit_is_refused_with_what_would() {
    let cases: [(&[&str], i32, &[&str]); 19] = [
        (&["--set", "shop.people.age=forty"], 4, &["shop.people.age: the new value does not fit", "a whole number"]),
        (&["--set", "shop.people.score=high"], 4, &["a number, written like 12 or 12.50"]),
        (&["--set", "shop.people.member=perhaps"], 4, &["true or false"]),
        (&["--set-null", "shop.people.name"], 4, &["NOT NULL"]),
        (&["--set", "shop.people.shout=A"], 4, &["the source computes it"]),
        (&["--set", "shop.people.id=5"], 4, &["part of the key"]),
        (&["--set", "shop.people.referee=A"], 4, &["about somebody else"]),
        (&["--set", "shop.orders.person=2", "--all"], 4, &["it says whose record this is"]),
        (&["--set", "shop.people.nick=A"], 2, &["has no field nick"]),
        (&["--set", "shop.peeple.name=A"], 2, &["has no collection peeple"]),
        (&["--set", "name=A"], 2, &["source.collection.field"]),
        (&["--set", "shop.people.name"], 2, &["no `=`", "--set-null"]),
        (&["--set", "shop.people.age=1", "--set", "shop.people.age=2"], 2, &["set twice"]),
        (&["--set", "shop.people.age=1", "--with", "x"], 2, &["--with takes the numbers"]),
        (&[], 2, &["there is no --set"]),
        (&["--set", "events.events.weight=heavy", "--where", "id=1"], 4, &["a number, written like"]),
        (&["--set", "events.events.tags[]=c", "--where", "id=1"], 4, &["leads to 2 values"]),
        (&["--set", "events.events.tags[]=c", "--where", "id=2"], 4, &["leads to 0 values"]),
        (&["--set", "shop.people.email=BO@x.example"], 4, &["identifies somebody else", "shop.people id=2"]),
    ];
    let firm = Firm::new();
    let before = firm.everything();
    for (args, code, says) in cases {
        correct(&firm, args).is(code, says);
    }
    let refused = firm.run(&["correct", ANA, "--set", "shop.people.age=41"]);
    refused.is(4, &["--verified"]);
    firm.run(&["correct", "email=nobody@x.example", "--set", "shop.people.age=41", "--verified", "x"])
        .is(4, &["shop.people holds no record that is this person's own"]);
    assert_eq!(firm.everything(), before);
    assert_eq!(firm.run(&["plan", "list", "--json"]).json()["plans"], serde_json::json!([]));
}

#[test]
fn values_are_held_as_the_column_holds_them() {
    let firm = Firm::new();
    let set = [
        "--set",
        "shop.people.age= 41",
        "--set",
        "shop.people.score=2.50",
        "--set",
        "shop.people.member=no",
        "--set-null",
        "shop.people.phone",
        "--set",
        "events.events.weight=60",
        "--where",
        "events.events.id=2",
        "--set",
        "events.events.user.tel=+65 6000 0000",
        "-o",
        "p",
    ];
    correct(&firm, &set).is(0, &["phone: +65 6123 4567 → (nothing)", "user.tel: (nothing) → +65 6000 0000"]);
    firm.run(&["apply", "p", "--yes"]).is(0, &["2 records corrected.", "every new value is there"]);
    let row = firm.cell("SELECT typeof(age) || age || typeof(score) || score || typeof(member) || member || typeof(phone) FROM people WHERE id = 1");
    assert_eq!(row, "'integer41real2.5integer0null'");
    let events = firm.file("events.ndjson");
    assert!(
        events.contains("{\"id\":2, \"user\":{\"mail\":\"ana@x.example\",\"tel\":\"+65 6000 0000\"},  \"weight\":60,"),
        "{events}"
    );
}

#[test]
fn what_is_right_already_is_said_and_nothing_is_done() {
    let firm = Firm::new();
    let planned = correct(&firm, &["--set", "shop.people.age=40", "-o", "p"]);
    planned.is(
        0,
        &["0 records to be corrected, 0 proposed, 1 right already", "it is so already", "Nothing is to be corrected"],
    );
    let before = firm.everything();
    firm.run(&["apply", "p", "--yes"]).is(0, &["0 records corrected."]);
    assert_eq!(firm.everything(), before);
}

#[test]
fn a_copy_that_cannot_be_corrected_along_is_a_problem() {
    let firm = Firm::new();
    firm.sql("UPDATE people SET referee = 'Ana Lim' WHERE id = 1");
    let planned = correct(&firm, &["--set", "shop.people.name=Ana Tan", "-o", "p"]);
    planned.is(3, &["shop.people.referee [copy-left]", "about somebody else"]);
    firm.run(&["apply", "p", "--yes"]).is(4, &["--accept-problems"]);
    firm.run(&["apply", "p", "--yes", "--accept-problems", "her referee has her name"]).is(3, &["1 record corrected."]);
    assert_eq!(firm.cell("SELECT name || referee FROM people WHERE id = 1"), "'Ana TanAna Lim'");
}

#[test]
fn a_stale_plan_is_refused() {
    let changes = [
        ("the record", "UPDATE people SET age = 41 WHERE id = 1", 4),
        ("a copy that is proposed", "UPDATE orders SET bill_to = 'x' WHERE no = 7", 4),
        ("a new copy", "UPDATE orders SET bill_to = 'Ana Lim' WHERE no = 8", 4),
        ("the record is gone", "DELETE FROM lines; DELETE FROM orders; DELETE FROM people", 4),
        ("a record that is none of its business", "UPDATE orders SET paid = '2026-02-02' WHERE no = 8", 0),
    ];
    for (what, sql, code) in changes {
        let firm = Firm::new();
        correct(&firm, &["--set", "shop.people.name=Ana Tan", "-o", "p"]).is(0, &[]);
        firm.sql(sql);
        let before = firm.everything();
        let says: &[&str] = if code == 4 { &["the plan is stale"] } else { &["1 record corrected"] };
        println!("{what}");
        firm.run(&["apply", "p", "--yes"]).is(code, says);
        assert_eq!(firm.everything() == before, code == 4, "{what}");
    }
}
