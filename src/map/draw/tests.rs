//! What is drawn of a map, in words and in places, and that hostile names stay text.

use super::*;
use crate::map::{DataMap, read};
use layout::{WIDTH, height, layout};
use picture::{End, LineKind, picture};
use proptest::prelude::*;
use reach::from_identity;

const WORKSPACE: &str = "version = 1\n[controller]\nname = \"A & B\"\n[identity.email]\nnormal = \"email\"\n[identity.cookie]\n\
    [identity.mailbox]\nstrength = \"shared\"\n\
    [retention.tax]\nbecause = \"Tax law\"\nkeep = \"P10Y\"\nthen = \"delete\"\n";

const SHOP: &str = r#"kind = "sqlite"
path = "shop.db"
[collection.people]
label = "Customer"
person = true
key = "id"
identities = { email = "email", mailbox = "office" }
links = [{ from = "boss", to = "people.id", role = "reference" }]
erase = "anonymise"
fields.email = { category = "user.contact.email", erase = "null" }
fields.pin = { category = "user.authorization.credentials", disclose = "never", erase = "null" }
[collection.orders]
links = [{ from = "buyer", to = "people.id", role = "owner" }]
erase = "delete"
retain = { rule = "tax", from = "paid" }
[collection.items]
links = [{ from = "order", to = "orders.id", role = "owner" }]
[collection.parcels]
links = [{ from = "order", to = "orders.id", role = "owner", decision = "open" }]
erase = "keep"
because = "Proof of delivery"
[collection.devices]
identities = { cookie = "cookie" }
links = [{ from = "who", to = "people.id", role = "owner" }]
erase = "delete"
[collection.stray]
fields.name = { category = "user.name" }
[collection.articles]
about = "nobody"
"#;

const EVENTS: &str =
    "kind = \"json\"\npath = \"e\"\n[collection.clicks]\nidentities = { cookie = \"c.id\" }\nerase = \"delete\"\n";

fn map_of(shop: &str) -> DataMap {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("redress.toml"), WORKSPACE).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    std::fs::write(dir.path().join("sources/shop.toml"), shop).unwrap();
    std::fs::write(dir.path().join("sources/events.toml"), EVENTS).unwrap();
    read(dir.path()).unwrap()
}

/// What an identity reaches: `collection role`, open ones with a question mark.
fn reached(identity: &str) -> Vec<String> {
    let map = map_of(SHOP);
    let name = |at: reach::At| map.sources[at.0].collections[at.1].name.clone();
    let found = from_identity(&map, identity).into_iter();
    found.map(|(at, r)| format!("{} {}{}", name(at), r.role.word(), if r.decided { "" } else { "?" })).collect()
}

#[test]
fn an_identity_reaches_what_a_search_would() {
    // Over the devices a person's cookies join, and with them her clicks; an open link is not followed.
    let all = ["clicks owner", "people owner", "orders owner", "items owner", "parcels owner?", "devices owner"];
    assert_eq!(reached("email"), all);
    assert_eq!(reached("cookie"), ["clicks owner", "devices owner"]);
    assert_eq!(reached("nobody"), [""; 0]);
}

#[test]
fn boxes_stand_by_their_distance_and_none_covers_another() {
    let map = map_of(SHOP);
    let picture = picture(&map);
    let layout = layout(&picture);
    let at = |label: &str| layout.boxes[picture.boxes.iter().position(|b| b.label == label).unwrap()];
    assert!(at("Customer").0 < at("orders").0 && at("orders").0 < at("items").0);
    assert_eq!(picture.boxes.iter().find(|b| b.label == "stray").unwrap().distance, None);
    for (i, a) in layout.boxes.iter().enumerate() {
        for (j, b) in layout.boxes.iter().enumerate().skip(i + 1) {
            let apart = a.0 + WIDTH <= b.0
                || b.0 + WIDTH <= a.0
                || a.1 + height(picture.boxes[i].rows.len()) <= b.1
                || b.1 + height(picture.boxes[j].rows.len()) <= a.1;
            assert!(apart, "{} {}", picture.boxes[i].label, picture.boxes[j].label);
        }
        assert!(a.0 + WIDTH <= layout.size.0 && a.1 + height(picture.boxes[i].rows.len()) <= layout.size.1);
    }
    let open = picture.lines.iter().filter(|l| l.kind == LineKind::Open).count();
    let aside: Vec<End> = picture.lines.iter().filter(|l| l.kind == LineKind::Aside).map(|l| l.to).collect();
    let people = picture.boxes.iter().position(|b| b.label == "Customer").unwrap();
    assert_eq!((open, aside), (1, vec![End::Box(people)]));
}

#[test]
fn the_page_says_in_words_what_the_picture_shows() {
    let page = page(&map_of(SHOP));
    let says = [
        "<title>Data map of A &amp; B</title>",
        "buyer → people: owner",
        "<td>email</td><td>events.clicks, shop.people, shop.orders, shop.items, shop.devices</td><td></td><td>shop.parcels</td>",
        "<td>shop.orders</td><td>tax</td><td>Tax law</td><td></td><td>P10Y, then deleted</td>",
        "<td>shop.parcels</td><td></td><td>Proof of delivery</td>",
        "<td>shop.stray</td><td>1 field</td>",
        "<td>shop</td><td>articles</td>",
        "Reached by nothing",
        "fields: 1 never given",
    ];
    let missing: Vec<_> = says.iter().filter(|s| !page.contains(**s)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{page}");
    for never in ["<script", "http://", "https://", "src=", "@import", "url(h"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn an_empty_map_is_drawn_too() {
    let page = page(&DataMap::default());
    assert!(page.contains("nobody can be searched for"), "{page}");
    assert_eq!(mermaid(&DataMap::default()), "flowchart LR\n");
}

#[test]
fn mermaid_says_the_links_with_their_roles() {
    let text = mermaid(&map_of(SHOP));
    let lines = [
        "  i1([\"email\"])",
        "    c1[\"Customer<br/>erasure: anonymised\"]",
        "  c1 -->|\"owner\"| c2",
        "  c1 -.->|\"reference\"| c1",
        "  c2 -.->|\"owner?\"| c4",
        "  i1 --> c1",
        "  class c1 person",
        "  class c6 lost",
    ];
    let missing: Vec<_> = lines.iter().filter(|l| !text.lines().any(|t| t == **l)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn hostile_names_stay_text(name in "[\\PC\\x00-\\x1f<>\"'&\u{202e}]{0,30}") {
        let mut map = map_of(SHOP);
        map.controller.name = name.clone();
        map.sources[0].name = name.clone();
        map.sources[1].collections[0].label = Some(format!("<script>{name}\"]"));
        map.sources[1].collections[1].name = format!("\"]; click {name}");
        map.sources[1].collections[2].because = Some(format!("</td><img src=x onerror=1>{name}").into());
        let page = page(&map);
        prop_assert!(!page.contains("<script") && !page.contains("<img"));
        let reorders = page.contains('\u{202e}');
        prop_assert!(!reorders);
        let plain = page.matches('<').count();
        prop_assert_eq!(plain, page.matches('>').count());
        let text = mermaid(&map);
        prop_assert!(!text.contains("\"]; click") && !text.contains("<script"));
        for line in text.lines().filter(|l| l.contains("[\"")) {
            prop_assert_eq!(line.matches('"').count(), 2, "{}", line);
        }
    }
}
