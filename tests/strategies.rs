//! What stands in fields of records that stay, by every strategy and in every kind of source alike; and whether
//! `anonymised` is earned.

mod store;

use serde_json::Value as Json;

use store::{KINDS, Store};

/// A field, its rule, and what must stand there afterwards.
type Case = (&'static str, &'static str, fn(&str) -> bool);

const CASES: [Case; 11] = [
    ("email", "\"tombstone\"", |t| t.starts_with("erased-") && t.ends_with("@erased.invalid")),
    ("name", "\"random\"", |t| {
        t != "Ana Lim" && t.len() == 7 && t.as_bytes()[3] == b' ' && t.starts_with(char::is_uppercase)
    }),
    ("born", "\"year\"", |t| t == "1985" || t == "1985-01-01"),
    ("ip", "\"truncate\"", |t| t == "192.168.17.0" || t == "192.168.17.0/24"),
    ("postcode", "{ first = 2 }", |t| t.trim() == "10"),
    ("salary", "{ round = 1000 }", |t| t == "51000"),
    ("note", "\"scrub\"", |t| t == "[erased] rang: [erased], wrote from [erased]"),
    ("phone", "\"pseudonym\"", |t| t.len() == 11 && t.starts_with('+') && t != "+6561234567"),
    ("mentor", "{ point = \"99\" }", |t| t == "99"),
    ("secret", "\"shred\"", |t| t.is_empty()),
    ("email", "\"hash\"", |t| t.len() > 20 && t.ends_with("@pseudonym.invalid") && !t.contains("ana")),
];

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn category(field: &str) -> &'static str {
    match field {
        "email" => "user.contact.email",
        "name" => "user.name",
        "born" => "user.demographic.date_of_birth",
        "ip" => "user.device.ip_address",
        "postcode" => "user.contact.address.postal_code",
        "phone" => "user.contact.phone_number",
        "note" => "user.content.private",
        "secret" => "user.authorization",
        _ => "user.behavior",
    }
}

fn rules(cases: &[Case]) -> String {
    let line = |(field, rule, _): &Case| {
        format!("fields.{field} = {{ category = \"{}\", erase = {rule} }}\n", category(field))
    };
    cases.iter().map(line).collect()
}

/// The mentor is another of the people.
const LINK: &str = "links = [{ from = \"mentor\", to = \"people.id\", role = \"reference\" }]\nerase = \"anonymise\"";

#[test]
fn every_strategy_does_what_it_says_in_every_kind_of_source() {
    for kind in KINDS {
        let Some(store) = Store::new(kind, &rules(&CASES[..10]), LINK) else { continue };
        let (_, change) = store.plan();
        for (field, _, holds) in &CASES[..10] {
            let after = text(&change["after"][*field]);
            assert!(holds(&after), "{kind} {field}: {after}");
        }
        assert_eq!(change["end"], "pseudonymised", "{kind}: a truncated address and a pseudonym: {change}");
        let applied = store.run(&["apply", "1", "--yes", "--json"]);
        assert_eq!(applied.json()["done"]["anonymise"], 1, "{kind}: {}", applied.err);
        assert_eq!(applied.json()["left"], serde_json::json!([]), "{kind}");
    }
}

#[test]
fn a_hashed_address_is_still_an_address_and_is_never_called_anonymised() {
    for kind in KINDS {
        let Some(store) = Store::new(kind, &rules(&CASES[10..]), LINK) else { continue };
        let (planned, change) = store.plan();
        let after = text(&change["after"]["email"]);
        assert!(CASES[10].2(&after), "{kind}: {after}");
        assert_eq!(change["end"], "masked", "{kind}: her name is in a column nobody mapped: {change}");
        assert!(!planned.out.contains("\"anonymised\":"), "{kind}");
    }
}

#[test]
fn json_inside_a_column_keeps_what_has_no_rule() {
    for kind in KINDS {
        let rule = match kind {
            "json" => {
                "fields.\"doc.who.size\" = \"Size\"\nfields.\"doc.who.first\" = { erase = \"null\" }\nfields.\"doc.tags[]\" = { erase = \"random\" }\n"
            }
            _ => "fields.doc = { erase = { inside = { \"who.first\" = \"null\", \"tags[]\" = \"random\" } } }\n",
        };
        let Some(store) = Store::new(kind, &(rule.to_owned() + &rules(&CASES[..2])), LINK) else { continue };
        let (_, change) = store.plan();
        let after = match kind {
            "json" => change["after"].to_string(),
            _ => text(&change["after"]["doc"]),
        };
        assert!(!after.contains("Zed") && !after.contains("\"a1\""), "{kind}: {after}");
        let kept: Json = serde_json::from_str(&after).unwrap();
        if kind != "json" {
            assert_eq!(kept["who"]["size"].to_string().trim_end_matches('0'), "1.5", "{kind}: {after}");
        }
        let applied = store.run(&["apply", "1", "--yes"]);
        assert!(applied.code == 0 || applied.code == 3, "{kind}: {}{}", applied.out, applied.err);
        if kind == "json" {
            assert!(store.line("people.ndjson").contains("\"size\":1.50"), "{}", store.line("people.ndjson"));
        }
    }
}

/// All that tells of her goes, or is as coarse as others'.
const COARSE: &str = "fields.email = { category = \"user.contact.email\", erase = \"tombstone\" }
fields.name = { category = \"user.name\", erase = { fixed = \"gone\" } }
fields.born = { category = \"user.demographic.date_of_birth\", erase = \"year\" }
fields.postcode = { category = \"user.contact.address.postal_code\", erase = { first = 2 } }
fields.note = { category = \"user.content.private\", erase = \"null\" }
fields.phone = { category = \"user.contact.phone_number\", erase = \"null\" }
";

#[test]
fn anonymised_is_earned_where_enough_others_look_the_same() {
    for kind in KINDS {
        let Some(store) = Store::new(kind, COARSE, LINK) else { continue };
        let (_, change) = store.plan();
        assert_eq!((&change["end"], &change["tells"]), (&"anonymised".into(), &serde_json::json!([])), "{kind}");
        // A year more alone: the day of birth stays, and she is the only one born on it.
        let exact = COARSE.replace("date_of_birth\", erase = \"year\"", "date_of_birth\", erase = \"keep\"");
        let Some(store) = Store::new(kind, &exact, LINK) else { continue };
        let (planned, change) = store.plan();
        assert_eq!(change["end"], "masked", "{kind}: {change}");
        let tells = change["tells"][0].as_str().unwrap();
        assert_eq!(tells, "born + postcode single the person out: 1 look alike, 5 are needed", "{kind}");
        assert_eq!(planned.json()["ends"]["masked"], 1, "{kind}");
        let shown = store.run(&["plan", "show", "1"]);
        shown.is(
            shown.code,
            &["To be masked", "still tells: born + postcode", "Ground: your data are no longer needed"],
        );
        let page = store.run(&["plan", "show", "1", "--html"]).out;
        assert!(page.contains("Still tells:") && page.contains("Masked") && !page.contains(">Anonymised<"), "{kind}");
    }
}

#[test]
fn what_does_not_fit_is_refused_and_never_skipped() {
    let cases = [
        ("name", "\"null\"", "the column may not be null", &["sqlite", "postgres", "mysql"][..]),
        ("email", "{ fixed = \"gone\" }", "every value of the column must differ", &["sqlite", "postgres", "mysql"]),
        ("name", "\"year\"", "cannot be read as a date", &["sqlite", "postgres", "mysql", "csv", "json"]),
        ("name", "\"truncate\"", "no address of the internet", &["sqlite", "postgres", "mysql", "csv", "json"]),
        ("mentor", "\"tombstone\"", "the database refers by this column to people", &["sqlite", "postgres", "mysql"]),
        (
            "phone",
            "{ fixed = \"a text that is much too long\" }",
            "longer than the 20 characters",
            &["postgres", "mysql"],
        ),
        ("salary", "{ point = \"1\" }", "refers to nothing", &["sqlite", "postgres", "mysql", "csv", "json"]),
        ("note", "{ round = 10 }", "no plain number", &["sqlite", "postgres", "mysql", "csv", "json"]),
        ("name", "\"remove\"", "not a whole column", &["sqlite", "postgres", "mysql", "csv", "json"]),
    ];
    for (field, rule, says, kinds) in cases {
        for kind in kinds {
            let rules = format!("fields.{field} = {{ category = \"{}\", erase = {rule} }}\n", category(field));
            let Some(store) = Store::new(kind, &rules, LINK) else { continue };
            let planned = store.run(&["erase", "email=ana@x.example", "--verified", "known"]);
            planned.is(4, &[says, &format!("shop.people.{field}")]);
            assert!(store.run(&["plan", "list"]).out.contains("There is no plan"), "{kind}");
        }
    }
}
