//! The answer under Art. 15: whole or said to be partial, made of what was found, and silent about what is silent.

use super::firm::*;
use crate::archive::{Cover, write};
use crate::map::*;
use crate::record::FieldPath;

/// The page of these records under this map, with nothing left open by the search.
fn page_of(map: &DataMap, rows: &Memory) -> String {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let mut cover = Cover { problems: Vec::new(), unmentioned: Default::default(), ..cover(map) };
    cover.searched.iter_mut().for_each(|s| s.complete = true);
    write(&cover, rows, &TestSigner::new(), &out).unwrap();
    file(&out, "START-HERE.html").replace("&#x27;", "'").replace("&#x2f;", "/")
}

fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let start = page.split(&format!("<h2 id=\"{id}\">")).nth(1).unwrap_or_else(|| panic!("no section {id}"));
    start.split("</section>").next().unwrap()
}

/// Orders of hers, and a map that says all of them; alerts are silent.
fn described() -> (DataMap, Memory) {
    let mut map = map();
    let purpose = |name: &str, label: &str, basis: &str| Purpose {
        name: name.into(),
        label: Words::plain(label),
        basis: basis.into(),
        ..Purpose::default()
    };
    map.purposes.insert("trade".into(), purpose("trade", "To deliver what you order", "A6-1-b"));
    map.purposes.insert("hunt".into(), purpose("hunt", "To watch you secretly", "A6-1-f"));
    let recipient = |label: &str, country: &str, safeguard: Option<&str>| Recipient {
        label: Words::plain(label),
        country: Some(country.into()),
        safeguard: safeguard.map(str::to_owned),
        ..Recipient::default()
    };
    map.recipients.insert("host".into(), recipient("Heron Cloud Inc.", "US", Some("A46-2-c")));
    map.recipients.insert("police".into(), recipient("The secret police", "XX", None));
    let keep = "P2Y".parse().unwrap();
    let rule = RetentionRule {
        name: "tax".into(),
        because: "Tax law".into(),
        law: None,
        keep,
        keep_text: "P2Y".into(),
        then: Then::Delete,
        isolate: false,
    };
    map.retention.insert("tax".into(), rule);
    let field = |category: &str, label: &str, origin| Field {
        category: Some(category.into()),
        label: Some(label.into()),
        origin: Some(origin),
        ..Field::default()
    };
    let orders = Collection {
        name: "orders".into(),
        label: Some("Orders".into()),
        key: vec!["id".into()],
        links: vec![link(FieldPath::column("buyer"), ("shop", "accounts"), Role::Owner)],
        purposes: vec!["trade".into()],
        recipients: vec!["host".into()],
        retain: Some(Retain { rule: "tax".into(), from: Some(FieldPath::column("paid_at")), needs: None }),
        fields: [
            ("to".to_owned(), field("user.contact.address.street", "Delivered to", Origin::Provided)),
            ("paid_at".to_owned(), field("user.payment", "Paid on", Origin::Observed)),
        ]
        .into(),
        ..Collection::default()
    };
    let shop = map.sources.iter_mut().find(|s| s.name == "shop").unwrap();
    shop.collections.push(orders);
    let alerts = shop.collections.iter_mut().find(|c| c.name == "aml_alerts").unwrap();
    (alerts.purposes, alerts.recipients) = (vec!["hunt".into()], vec!["police".into()]);
    let names = names(&["id", "buyer", "to", "paid_at"]);
    let order = |paid: &str| {
        held(&names, vec![crate::record::Value::Int(1), text("7"), text("1 Lane"), text(paid)], Role::Owner, &[0])
    };
    let mut rows = Memory::default();
    rows.add("shop", "orders", vec![order("2024-03-05"), order("2025-01-02T10:00:00Z")]);
    let alerts = self::names(&["id", "account", "reason", "unmapped"]);
    let alert = vec![crate::record::Value::Int(1), text("7"), text(SECRET), text(SECRET)];
    rows.add("shop", "aml_alerts", vec![held(&alerts, alert, Role::Owner, &[0])]);
    (map, rows)
}

#[test]
fn an_answer_that_says_all_is_called_whole() {
    let (map, rows) = described();
    let page = page_of(&map, &rows);
    assert!(page.contains("This is the full answer to your request") && !page.contains("id=\"missing\""), "{page}");
    for (id, said) in [
        ("purposes", "<strong>To deliver what you order.</strong> Basis: a contract with you"),
        ("purposes", "Used for it: Orders."),
        ("categories", "<strong>How to reach you</strong>: Delivered to"),
        (
            "recipients",
            "<strong>Heron Cloud Inc.</strong>: works for us and on our instructions, country: US. Receives: Orders.",
        ),
        ("transfers", "(US): under standard contractual clauses"),
        ("kept", "For two years, counted from “Paid on”. Tax law."),
        ("kept", "Orders (the first until 5 March 2026, the last until 2 January 2027)"),
        ("origin", "<strong>You gave them</strong>: Orders (1 field)."),
        ("origin", "<strong>They come from your use of our services</strong>: Orders (1 field)."),
        ("automated", "no decision that a machine takes alone"),
        ("rights", "<strong>Take along</strong>"),
        ("complain", "You can complain to the PDPC"),
    ] {
        assert!(section(&page, id).contains(said), "{said}: {}", section(&page, id));
    }
    // Contract alone: nothing to object to but marketing, no consent to withdraw.
    assert!(!section(&page, "rights").contains("Withdraw") && !section(&page, "rights").contains("21(1)"));
    assert!(page.contains("the dated records are from 5 March 2024 to 2 January 2025"), "the period covered");
}

#[test]
fn what_is_silent_adds_nothing_to_the_answer() {
    let (map, rows) = described();
    let page = page_of(&map, &rows);
    for text in ["secret", "To watch you", "XX", "Money laundering"] {
        assert!(!page.contains(text), "{text}");
    }
}

#[test]
fn what_is_missing_or_says_nothing_is_named_and_the_first_line_says_partial() {
    let (mut map, rows) = described();
    map.purposes.get_mut("trade").unwrap().label = Words::plain("Business purposes");
    map.recipients.get_mut("host").unwrap().safeguard = None;
    map.controller.contact = None;
    let shop = map.sources.iter_mut().find(|s| s.name == "shop").unwrap();
    let orders = shop.collections.iter_mut().find(|c| c.name == "orders").unwrap();
    (orders.retain, orders.kept) = (None, Some("as long as necessary".into()));
    orders.fields.get_mut("to").unwrap().origin = None;
    let acknowledged = |code: &str| Acknowledged { code: code.into(), place: "shop".into(), ..Acknowledged::default() };
    let page = page_of(&map, &rows);
    let first = page.split("<body").nth(1).unwrap().split("<h1>").next().unwrap();
    assert!(first.contains("This answer is partial"), "{first}");
    let missing: Vec<&str> =
        section(&page, "missing").lines().filter(|l| l.starts_with("<li>")).map(|l| &l[4..l.len() - 5]).collect();
    assert_eq!(
        missing,
        [
            "what exactly the data are used for, Article 15(1)(a), of: Orders",
            "how long exactly the data are kept, Article 15(1)(d), of: Orders",
            "where some of the data came from, Article 15(1)(g), of: Orders",
            "what protects your data in other countries, Article 15(2): Heron Cloud Inc.",
            "how to reach us",
        ]
    );
    // What an officer accepted is not told as missing; but a period the person does not learn stays missing.
    map.acknowledged = vec![acknowledged("no-origin"), acknowledged("generic-retention")];
    let page = page_of(&map, &rows);
    assert!(!section(&page, "missing").contains("15(1)(g)") && section(&page, "missing").contains("15(1)(d)"));
}

#[test]
fn an_answer_that_found_nothing_says_so_in_every_section() {
    let (map, _) = described();
    let page = page_of(&map, &Memory::default());
    assert!(page.contains("We searched 2 systems. We found no data about you there."), "{page}");
    for id in ["purposes", "categories", "recipients", "kept", "origin", "automated"] {
        assert!(section(&page, id).contains("This does not apply: no data about you were found."), "{id}");
    }
    assert!(page.contains("This is the full answer"));
}
