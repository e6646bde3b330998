//! A small shop and its map, made for the tests: people, their agent, a shared address, orders, visits without a key.

use redress::map::{Address, Collection, DataMap, Identity, Link, NormalForm, Role, SourceMap, Strength};
use redress::record::FieldPath;
use std::path::Path;

/// The database.
pub const SHOP: &str = "
    CREATE TABLE staff (id INTEGER PRIMARY KEY, email TEXT UNIQUE, boss INTEGER REFERENCES staff);
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, phone TEXT, name TEXT,
        agent INTEGER REFERENCES staff, home INTEGER);
    CREATE TABLE addresses (id INTEGER PRIMARY KEY, street TEXT);
    CREATE TABLE orders (no TEXT PRIMARY KEY NOT NULL, person INTEGER REFERENCES people, total REAL);
    CREATE TABLE lines (order_no TEXT REFERENCES orders, line INTEGER, thing TEXT, PRIMARY KEY (order_no, line)) WITHOUT ROWID;
    CREATE TABLE visits (mail TEXT, seen TEXT);
    INSERT INTO staff VALUES (1, 'boss@shop.example', NULL), (2, 'agent@shop.example', 1);
    INSERT INTO people VALUES
        (1, 'Ana@Example.com', '+65 6123 4567', 'Ana', 2, 10), (2, 'bo@example.com', '61234567', 'Bo', 2, 10),
        (3, ' cy@example.com', NULL, 'Cy', 2, 11), (4, 'dee@example.com', '+6561110000', 'Dee', NULL, 12);
    INSERT INTO addresses VALUES (10, 'Long Street'), (11, 'Short Street'), (12, 'Quiet Lane');
    INSERT INTO orders VALUES ('a-1', 1, 9.5), ('a-2', 1, 1), ('b-1', 2, 3);
    INSERT INTO lines VALUES ('a-1', 1, 'pen'), ('a-1', 2, 'ink'), ('a-2', 1, 'pad'), ('b-1', 1, 'pen');
    INSERT INTO visits VALUES ('ana@example.com ', '2026-01-01'), ('ANA@EXAMPLE.COM', '2026-01-02'),
        ('ANA@EXAMPLE.COM', '2026-01-02'), ('bo@example.com', '2026-01-03'), ('', '2026-01-04'), (NULL, NULL);
";

/// Its map, and the database written into `dir`.
pub fn shop(dir: &Path) -> DataMap {
    let path = dir.join("shop.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch(SHOP).unwrap();
    let identity = |name: &str, normal| {
        (name.to_owned(), Identity { name: name.to_owned(), normal, strength: Strength::Unique, hashes: Vec::new() })
    };
    let mut collections = vec![
        collection("staff", &["id"], true, &[("staff_email", "email")], &[("boss", "staff.id", Role::Reference)]),
        collection(
            "people",
            &["id"],
            true,
            &[("email", "email"), ("phone", "phone")],
            &[("agent", "staff.id", Role::Reference)],
        ),
        collection("addresses", &["id"], false, &[], &[("id", "people.home", Role::Shared)]),
        collection("orders", &["no"], false, &[], &[("person", "people.id", Role::Owner)]),
        collection("lines", &["order_no", "line"], false, &[], &[("order_no", "orders.no", Role::Owner)]),
        collection("visits", &[], false, &[("email", "mail")], &[]),
    ];
    for (collection, other) in
        [(1, &["name", "home"][..]), (2, &["street"]), (3, &["total"]), (4, &["thing"]), (5, &["seen"])]
    {
        collections[collection].other = other.iter().map(|o| (*o).to_owned()).collect();
    }
    let address = Address { kind: "sqlite".into(), path, written: "shop.db".into(), ..Address::default() };
    let source = SourceMap {
        name: "shop".into(),
        address,
        default_country: Some("SG".into()),
        collections,
        ..SourceMap::default()
    };
    let identities = [
        identity("email", NormalForm::Email),
        identity("staff_email", NormalForm::Email),
        identity("phone", NormalForm::Phone),
    ];
    DataMap { identities: identities.into(), sources: vec![source], ..DataMap::default() }
}

/// One collection of the map.
pub fn collection(
    name: &str,
    key: &[&str],
    person: bool,
    identities: &[(&str, &str)],
    links: &[(&str, &str, Role)],
) -> Collection {
    let link = |(from, to, role): &(&str, &str, Role)| {
        let (to_collection, to) = to.split_once('.').unwrap();
        Link {
            from: vec![FieldPath::column(from)],
            to_source: "shop".into(),
            to_collection: to_collection.into(),
            to: vec![FieldPath::column(to)],
            role: *role,
            shared: *role == Role::Shared,
            only: Vec::new(),
            spelled: Default::default(),
            decision: Default::default(),
            because: None,
            place: Default::default(),
        }
    };
    Collection {
        name: name.into(),
        person,
        key: key.iter().map(|k| (*k).to_owned()).collect(),
        identities: identities.iter().map(|(i, f)| ((*i).to_owned(), FieldPath::column(f))).collect(),
        links: links.iter().map(link).collect(),
        ..Collection::default()
    }
}
