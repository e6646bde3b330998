//! Each code that `check` knows: told of a map or a source that is wrong in exactly that way, not of the right ones, and
//! not once it is acknowledged with a reason, where that is possible.

use super::*;
use crate::source::ShapeKind;

/// A map and its source.
struct World {
    workspace: String,
    shop: String,
    fake: Option<Fake>,
}

impl World {
    fn right() -> World {
        World { workspace: WORKSPACE.to_owned(), shop: SHOP.to_owned(), fake: Some(shop()) }
    }

    fn says(&self) -> String {
        let files = [("redress.toml", self.workspace.as_str()), ("sources/shop.toml", self.shop.as_str())];
        // A map without any source has no file of one.
        let files = if self.shop.is_empty() { &files[..1] } else { &files[..] };
        let fakes = self.fake.iter().map(|fake| ("shop", fake.clone())).collect();
        findings(files, &fakes)
    }

    fn map(&mut self, from: &str, to: &str) {
        assert!(self.shop.contains(from), "{from}");
        self.shop = self.shop.replace(from, to);
    }

    fn add(&mut self, text: &str) {
        self.shop.push_str(text);
    }

    fn fake(&mut self) -> &mut Fake {
        self.fake.as_mut().unwrap()
    }

    fn column(&mut self, table: usize, column: usize) -> &mut Column {
        &mut self.fake().shapes[table].columns[column]
    }

    /// Other records of a collection.
    fn rows(&mut self, table: usize, columns: &str, rows: &[&str]) {
        let old = self.fake().shapes.remove(table);
        let keys: Vec<Vec<&str>> = old.keys.iter().map(|k| k.iter().map(String::as_str).collect()).collect();
        let keys: Vec<&[&str]> = keys.iter().map(Vec::as_slice).collect();
        super::table(self.fake(), &old.name, columns, &keys, rows);
        let new = self.fake().shapes.pop().unwrap();
        self.fake().shapes.insert(table, new);
    }
}

/// What makes a world wrong in one way.
type Wrong = fn(&mut World);

const ORDERS: &str = "id int, buyer int?, paid_at";

#[rustfmt::skip]
const CODES: &[(&str, Wrong)] = &[
    ("unreadable-source", |w| w.fake = None),
    ("unreadable-collection", |w| _ = w.fake().records.remove("orders")),
    ("no-source", |w| w.shop.clear()),
    ("missing-collection", |w| w.fake().shapes.truncate(1)),
    ("missing-column", |w| w.map("from = \"buyer\"", "from = \"byer\"")),
    ("wrong-type", |w| w.map("fields.name", "fields.id = { category = \"user.unique_id\", erase = { fixed = \"none\" } }\nfields.name")),
    ("null-not-allowed", |w| w.column(0, 1).nullable = false),
    ("fixed-not-unique", |w| w.fake().shapes[0].unique = vec![vec!["name".to_owned()]]),
    ("too-long", |w| w.column(0, 2).max_length = Some(3)),
    ("generated-column", |w| w.column(0, 2).generated = true),
    ("key-not-unique", |w| { w.rows(1, ORDERS, &["10 1 2024-01-01", "10 2 2024-02-01"]); w.fake().shapes[1].keys.clear(); }),
    ("identity-unlike", |w| w.rows(0, "id int, email, name", &["1 ana ana", "2 bo bo", "3 cy cy"])),
    ("no-date", |w| w.rows(1, ORDERS, &["10 1 soon", "11 2 later", "12 3 never"])),
    ("link-without-match", |w| w.rows(1, ORDERS, &["10 91 2024-01-01", "11 92 2024-02-01", "12 93 2024-03-01"])),
    ("link-with-few-matches", |w| w.rows(1, ORDERS, &["10 1 2024-01-01", "11 92 2024-02-01", "12 93 2024-03-01"])),
    ("link-types", |w| w.rows(1, "id int, buyer, paid_at", &["10 1 2024-01-01", "11 2 2024-02-01"])),
    ("no-erase-rule", |w| w.map(", erase = { fixed = \"removed\" }", "")),
    ("identity-stays", |w| w.map("fields.email = { category = \"user.contact.email\", erase = \"null\" }\n", "")),
    ("only-pseudonymised", |w| w.map("erase = \"null\"", "erase = \"hash\"")),
    ("only-masked", |w| w.map("erase = { fixed = \"removed\" }", "erase = \"keep\"")),
    ("may-single-out", |w| {
        w.rows(0, "id int, email, name, town, born", &["1 ana@example.com ana Bath 1980", "2 bo@example.com bo Hull 1990", "3 - cy York 1970"]);
        w.map("fields.name", "fields.town = { category = \"user.contact.address.city\", erase = \"keep\" }
            fields.born = { category = \"user.demographic.date_of_birth\", erase = \"keep\" }\nfields.name");
    }),
    ("unknown-collection", |w| super::table(w.fake(), "visits", "id int, at", &[&["id"]], &["1 monday"])),
    ("unknown-column", |w| w.rows(1, "id int, buyer int?, paid_at, note", &["10 1 2024-01-01 x", "11 2 2024-01-01 y"])),
    ("personal-column", |w| w.rows(1, "id int, buyer int?, paid_at, email", &["10 1 2024-01-01 x", "11 2 2024-01-01 y", "12 3 2024-01-01 z"])),
    ("personal-content", |w| {
        w.rows(1, "id int, buyer int?, paid_at, note", &["10 1 2024-01-01 ana@example.com", "11 2 2024-01-01 bo@example.com", "12 3 2024-01-01 cy@example.com"]);
        w.map("retain = { rule = \"tax\", from = \"paid_at\" }", "retain = { rule = \"tax\", from = \"paid_at\" }\nother = [\"note\"]");
    }),
    ("unmapped-reference", |w| {
        w.map("links = [{ from = \"buyer\", to = \"accounts.id\", role = \"owner\" }]", "identities = { account = \"id\" }\nother = [\"buyer\"]");
        let (columns, to_columns) = (vec!["buyer".to_owned()], vec!["id".to_owned()]);
        w.fake().shapes[1].references = vec![ForeignKey { columns, to: "accounts".into(), to_columns, ..ForeignKey::default() }];
    }),
    ("no-key", |w| w.map("[collection.orders]\nkey = \"id\"\n", "[collection.orders]\nfields.id = \"Number\"\n")),
    ("key-not-declared", |w| {
        w.rows(1, ORDERS, &["10 1 2024-01-01", "11 2 2024-02-01"]);
        w.map("[collection.orders]\nkey = \"id\"", "[collection.orders]\nfields.id = \"Number\"\nkey = \"paid_at\"");
    }),
    ("mapped-view", |w| w.fake().shapes[1].kind = ShapeKind::View),
    ("open-decisions", |w| w.map("erase = \"delete\"", "erase = \"delete\"\ndecision = \"open\"")),
    ("unreviewed-decisions", |w| w.map("erase = \"delete\"", "erase = \"delete\"\ndecision = \"accepted unreviewed\"")),
    ("unreachable", |w| w.map("links = [{ from = \"buyer\", to = \"accounts.id\", role = \"owner\" }]", "other = [\"buyer\"]")),
    ("link-to-nobody", |w| {
        super::table(w.fake(), "things", "id int", &[&["id"]], &["10", "11", "12", "13"]);
        w.add("[collection.things]\nabout = \"nobody\"\n");
        w.map("links = [", "links = [{ from = \"id\", to = \"things.id\", role = \"reference\" }, ");
    }),
    ("unused-identity", |w| w.workspace.push_str("[identity.phone]\n")),
    ("unused-retention", |w| w.map("retain = { rule = \"tax\", from = \"paid_at\" }", "other = [\"paid_at\"]")),
    ("unnamed-controller", |w| w.workspace = w.workspace.replace("name = \"Firm\"", "name = \"\"")),
    ("stale-acknowledgement", |w| w.workspace.push_str(&acknowledged("only-masked", "shop"))),
    ("unmapped-aside", |w| {
        super::table(w.fake(), "seen", "id int", &[], &["1"]);
        w.fake().shapes[2].kind = ShapeKind::View;
    }),
    ("non-transactional", |w| w.fake().shapes[1].not_transactional = Some("MyISAM".to_owned())),
    ("no-contact", |w| begun(w)),
    ("no-authority", |w| begun(w)),
    ("no-purpose", |w| begun(w)),
    ("no-retention", |w| begun(w)),
    ("no-label", |w| begun(w)),
    ("no-origin", |w| begun(w)),
    ("no-safeguard", |w| begun(w)),
    ("generic-purpose", |w| begun(w)),
    ("generic-recipient", |w| begun(w)),
    ("generic-retention", |w| begun(w)),
];

/// The beginning of an answer under Art. 15 that lacks all it can.
fn begun(w: &mut World) {
    w.workspace.push_str(
        "[purpose.sales]\nlabel = \"Business purposes\"\nbasis = \"A6-1-b\"\n[recipient.host]\nlabel = \"Trusted third parties\"\n\
         kind = \"processor\"\ncountry = \"US\"\n",
    );
    w.map("path = \"shop.db\"", "path = \"shop.db\"\nrecipients = [\"host\"]");
    w.map("[collection.orders]", "purposes = [\"sales\"]\nkept = \"as long as necessary\"\n[collection.orders]");
    w.add("[collection.more]\nlinks = [{ from = \"n\", to = \"accounts.id\", role = \"owner\" }]\nfields.word = { category = \"user.content\" }\n");
    super::table(w.fake(), "more", "n int, word", &[], &["1 x"]);
}

fn acknowledged(code: &str, place: &str) -> String {
    format!("[[acknowledge]]\ncode = \"{code}\"\nwhere = \"{place}\"\nbecause = \"decided on Monday\"\n")
}

fn wrong(code: &str) -> World {
    let (_, make) = CODES.iter().find(|(c, _)| *c == code).unwrap();
    let mut world = World::right();
    make(&mut world);
    world
}

#[test]
fn each_code_is_told_of_what_is_wrong_in_its_way_and_not_of_what_is_right() {
    assert_eq!(World::right().says(), "");
    for (code, _) in CODES {
        let says = wrong(code).says();
        assert!(says.contains(&format!("[{code}]")), "{code} is not told:\n{says}");
    }
}

/// The manual lists the codes, all of them and no others; `copy-only` is what is told before any purpose is declared.
#[test]
fn the_manual_lists_every_code() {
    let manual = include_str!("../../../../docs/data-map.md");
    let (_, table) = manual.split_once("## What `redress check` finds").unwrap();
    let rows = table.lines().filter(|l| l.starts_with("| `")).filter_map(|l| l.split('|').nth(1));
    let mut listed: Vec<&str> = rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let mut known: Vec<&str> = CODES.iter().map(|(code, _)| *code).chain(["copy-only"]).collect();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn what_is_acknowledged_with_a_reason_is_told_no_more() {
    for code in [
        "no-purpose",
        "no-retention",
        "no-label",
        "no-origin",
        "generic-purpose",
        "generic-recipient",
        "generic-retention",
    ] {
        let mut world = wrong(code);
        // The whole source.
        world.workspace.push_str(&acknowledged(code, "shop"));
        let says = world.says();
        assert!(!says.contains(&format!("[{code}]")) && !says.contains("stale"), "{code}:\n{says}");
    }
    let cases = [
        ("only-masked", "shop.accounts.name"),
        ("only-pseudonymised", "shop.accounts.email"),
        ("may-single-out", "shop.accounts"),
        ("unmapped-reference", "shop.orders.buyer"),
        ("personal-content", "shop.orders.note"),
    ];
    for (code, place) in cases {
        let mut world = wrong(code);
        world.workspace.push_str(&acknowledged(code, place));
        let says = world.says();
        assert!(!says.contains(&format!("[{code}]")) && !says.contains("stale"), "{code}:\n{says}");
        // Of another place it says nothing.
        let mut world = wrong(code);
        world.workspace.push_str(&acknowledged(code, "shop.else"));
        let says = world.says();
        assert!(says.contains(&format!("[{code}]")) && says.contains("[stale-acknowledgement]"), "{code}:\n{says}");
    }
}
