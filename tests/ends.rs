//! How records end, in every kind of source alike: on which ground, kept and minimised, isolated, as the officer decides;
//! and records that are several people's.

mod rivals;
mod several;

use crate::tables::{Table, shelves};

pub const PEOPLE: Table<'static> = (
    "people",
    &["id int", "email text", "name text"],
    &[&["1", "ana@x.example", "Ana Lim"], &["2", "bo@x.example", "Bo Tan"], &["3", "cy@x.example", "Cy Ng"]],
);

pub const PERSON: &str = "[collection.people]
person = true
key = \"id\"
identities = { email = \"email\" }
erase = \"delete\"
fields.email = { category = \"user.contact.email\" }
fields.name = { category = \"user.name\" }
";

const ORDERS: Table<'static> = (
    "orders",
    &["id int", "person int", "bill_to text", "note text", "total int", "paid text", "locked text"],
    &[
        &["7", "1", "Ana Lim", "ring Ana first", "120", "2026-01-01", ""],
        &["8", "1", "Ana Lim", "leave with Ana", "80", "2010-01-01", ""],
        &["9", "2", "Bo Tan", "none", "90", "2026-01-01", ""],
    ],
);

fn orders(more: &str) -> String {
    format!(
        "{PERSON}[collection.orders]
key = \"id\"
links = [{{ from = \"person\", to = \"people.id\", role = \"owner\" }}]
fields.bill_to = {{ category = \"user.name\" }}
fields.note = {{ category = \"user.content.private\", erase = \"null\" }}
fields.total = {{ category = \"user.financial\" }}
other = [\"paid\", \"locked\"]
{more}
"
    )
}

/// The workspace file with a retention rule.
fn with_rule(shelf: &crate::tables::Shelf, more: &str) {
    let path = shelf.path().join("redress.toml");
    let rule = "[retention.tax]\nbecause = \"Invoices are kept for tax law\"\nlaw = \"Tax Act s. 1\"\nkeep = \"P5Y\"\n\
         then = \"delete\"\n";
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, format!("{text}{rule}{more}\n")).unwrap();
}

#[test]
fn what_a_rule_keeps_is_minimised_to_what_it_needs() {
    let map =
        orders("erase = \"delete\"\nretain = { rule = \"tax\", from = \"paid\", needs = [\"bill_to\", \"total\"] }");
    for mut shelf in shelves(&[PEOPLE, ORDERS], &map) {
        with_rule(&shelf, "");
        let (planned, changes) = shelf.plan(&[]);
        let kept = &changes["orders 7"];
        assert_eq!((&kept["action"], &kept["end"]), (&"minimise".into(), &"kept".into()), "{}", shelf.kind());
        assert_eq!(kept["reason"]["until"], "2031-01-01");
        assert_eq!(kept["reason"]["law"], "Tax Act s. 1");
        assert_eq!(changes["orders 8"]["end"], "deleted", "{}: its period has ended", shelf.kind());
        assert_eq!(planned.json()["ground"]["code"], "A17-1-a");
        shelf.apply();
        let left = ["7: 1|Ana Lim||120|2026-01-01|", "9: 2|Bo Tan|none|90|2026-01-01|"];
        assert_eq!(shelf.rows(&ORDERS), left, "{}", shelf.kind());
        // The record that the invoice refers to stays, without what tells who it was; tied to the invoice it is no more.
        let person = shelf.rows(&PEOPLE)[0].clone();
        assert!(person.starts_with("1: ") && !person.contains("Ana") && !person.contains("ana@"), "{person}");
        assert_eq!(changes["people 1"]["end"], "pseudonymised", "{}: {}", shelf.kind(), changes["people 1"]);
    }
}

#[test]
fn records_are_isolated_until_a_day_by_the_mechanism_the_map_names() {
    let how = "isolate = { flag = \"locked\", value = \"yes\", for = \"P30D\" }";
    let map = orders(&format!("erase = \"isolate\"\nbecause = \"A dispute is open\"\n{how}"));
    for mut shelf in shelves(&[PEOPLE, ORDERS], &map) {
        let (_, changes) = shelf.plan(&[]);
        let change = &changes["orders 7"];
        assert_eq!((&change["action"], &change["end"]), (&"isolate".into(), &"isolated".into()), "{}", shelf.kind());
        assert_eq!(
            (&change["reason"]["text"], &change["reason"]["code"]),
            (&"A dispute is open".into(), &"isolated".into())
        );
        assert!(change["reason"]["until"].is_string(), "{change}");
        shelf.apply();
        let rows = shelf.rows(&ORDERS);
        assert_eq!(rows[0], "7: 1|Ana Lim|ring Ana first|120|2026-01-01|yes", "{}", shelf.kind());
        assert_eq!(rows[2], "9: 2|Bo Tan|none|90|2026-01-01|", "{}", shelf.kind());
    }
}

#[test]
fn a_rule_may_isolate_meanwhile_and_nothing_is_isolated_without_a_mechanism() {
    let retain = "erase = \"delete\"\nretain = { rule = \"tax\", from = \"paid\" }\n";
    for shelf in shelves(&[PEOPLE, ORDERS], &orders(retain)) {
        with_rule(&shelf, "meanwhile = \"isolate\"");
        let refused = shelf.run(&["erase", "email=ana@x.example", "--verified", "known"]);
        refused.is(4, &["shop.orders: its records are to be isolated, and the map names no way to do it", "isolate ="]);
    }
    let flag = format!("{retain}isolate = {{ flag = \"locked\", value = \"yes\" }}\n");
    for shelf in shelves(&[PEOPLE, ORDERS], &orders(&flag)) {
        with_rule(&shelf, "meanwhile = \"isolate\"");
        let (_, changes) = shelf.plan(&[]);
        assert_eq!(changes["orders 7"]["end"], "isolated", "{}", shelf.kind());
        assert_eq!(changes["orders 7"]["reason"]["until"], "2031-01-01", "{}", shelf.kind());
    }
}

#[test]
fn without_a_ground_nothing_is_planned() {
    for shelf in shelves(&[PEOPLE], PERSON) {
        let path = shelf.path().join("redress.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("ground = \"A17-1-a\"\n", "")).unwrap();
        let erase = ["erase", "email=ana@x.example", "--verified", "known"];
        shelf.run(&erase).is(4, &["no ground for the erasure is named", "--ground A17-1-a", "[erasure]"]);
        shelf.run(&[&erase[..], &["--ground", "because"]].concat()).is(2, &["--ground names no ground"]);
        assert!(
            shelf.run(&["--json"]).json()["requests"].as_array().unwrap().is_empty(),
            "no request was opened for nothing"
        );
        let planned = shelf.run(&[&erase[..], &["--ground", "17(1)(b)"]].concat());
        planned.is(0, &["Ground: you have withdrawn your consent", "GDPR Art. 17(1)(b)"]);
        // The same request has it from then on.
        let again = shelf.run(&["erase", "email=ana@x.example", "--request", "1"]);
        again.is(0, &["GDPR Art. 17(1)(b)"]);
        let page = shelf.run(&["plan", "show", "2", "--html"]).out;
        assert!(page.contains("<dt>Ground</dt><dd>you have withdrawn your consent"), "{page}");
    }
}

#[test]
fn the_officer_decides_on_a_record_a_collection_or_all() {
    let map = orders("erase = \"delete\"\nisolate = { flag = \"locked\", value = \"yes\" }");
    for mut shelf in shelves(&[PEOPLE, ORDERS], &map) {
        let kind = shelf.kind();
        let decide =
            ["--decide", "shop.orders id=7=keep", "--because", "She claims this delivery", "--until", "2027-12-31"];
        let (_, changes) = shelf.plan(&decide);
        let kept = &changes["orders 7"]["reason"];
        assert_eq!((&kept["code"], &kept["text"]), (&"decided".into(), &"She claims this delivery".into()), "{kind}");
        assert_eq!((&kept["until"], &changes["orders 8"]["end"]), (&"2027-12-31".into(), &"deleted".into()), "{kind}");
        let (_, changes) = shelf.plan(&[
            "--decide",
            "all=isolate",
            "--decide",
            "shop.people=keep",
            "--because",
            "A claim",
            "--until",
            "2027-01-31",
        ]);
        assert_eq!(
            (&changes["orders 7"]["end"], &changes["people 1"]["end"]),
            (&"isolated".into(), &"kept".into()),
            "{kind}"
        );
        let erase = ["erase", "email=ana@x.example", "--verified", "known"];
        let unused = shelf.run(&[&erase[..], &["--decide", "shop.orders id=9=keep", "--because", "x"]].concat());
        unused.is(4, &["a decision meets nothing: one record of shop.orders of this person"]);
        shelf.run(&[&erase[..], &["--decide", "shop.orders=keep"]].concat()).is(2, &["a decision has no reason"]);
        // From a file; it is in the log as a digest, and what it says is not.
        let list = "place,decision,because,until\nshop.orders id=7,keep,Claim,2027-12-31\nshop.people,,,\n";
        std::fs::write(shelf.path().join("decided.csv"), list).unwrap();
        let (_, changes) = shelf.plan(&["--decisions", "decided.csv"]);
        assert_eq!(changes["orders 7"]["end"], "kept", "{kind}");
        let log = shelf.run(&["log", "show"]).out;
        assert!(log.contains("decision") && !log.contains("Claim") && !log.contains("claim"), "{log}");
        shelf.apply();
        let rows = shelf.rows(&ORDERS);
        assert_eq!(rows[0], "7: 1|Ana Lim|ring Ana first|120|2026-01-01|", "{kind}: what is kept stays whole");
        assert_eq!(rows.len(), 2, "{kind}");
    }
}

#[test]
fn a_decision_against_a_retention_rule_says_so() {
    let map = orders("erase = \"delete\"\nretain = { rule = \"tax\", from = \"paid\" }");
    for shelf in shelves(&[PEOPLE, ORDERS], &map) {
        with_rule(&shelf, "");
        let (_, changes) = shelf.plan(&["--decide", "shop.orders=delete", "--because", "Billed by mistake"]);
        let reason = &changes["orders 7"]["reason"]["text"];
        assert_eq!(reason, "Billed by mistake (decided against the rule tax)", "{}", shelf.kind());
        assert_eq!(changes["orders 8"]["reason"]["text"], "Billed by mistake");
    }
}
