//! Broken maps with the whole text of their faults, and what a good one says.

use std::path::Path;

use super::*;
use crate::map::{About, Decision, Disclose, Erase, FieldErase, NormalForm, Role, Strength, Then};
use crate::record::FieldPath;

fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn faults(folder: &Path) -> String {
    let text = read(folder).expect_err("a broken map is read").to_string();
    text.replace(&format!("{}/", folder.display()), "").replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn every_fault_of_a_broken_map_is_told() {
    let mut wrong = String::new();
    for case in include_str!("broken_maps.txt").split("=== ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let (files, expected) = case.split_once("--- faults\n").unwrap();
        let files: Vec<(&str, &str)> = files.split("--- ").skip(1).map(|f| f.split_once('\n').unwrap()).collect();
        let found = faults(workspace(&files).path());
        if found.trim() != expected.trim() {
            wrong.push_str(&format!("=== {name}\n{found}\n"));
        }
    }
    assert!(wrong.is_empty(), "these faults came instead:\n{wrong}");
}

const WORKSPACE: &str = r#"
version = 1
[controller]
name = "Meridian Trade Pte. Ltd."
contact = "privacy@meridian.example"
authority = "PDPC"
time_zone = "Asia/Singapore"
[identity.email]
normal = "email"
strength = "shared"
[identity.account]
[retention.tax]
because = "Invoices are kept for tax law"
law = "Income Tax Act"
keep = "P10Y"
then = "anonymise"
"#;

const SHOP: &str = r#"
kind = "sqlite"
path = "shop.db"
default_country = "SG"
[collection.orders]
key = ["shop", "no"]
links = [
  { from = "buyer_id", to = "accounts.id", role = "owner" },
  { from = ["shop", "no"], to = ["sales.baskets.shop", "sales.baskets.no"], role = "shared" },
  { from = "seller_id", to = "shop.accounts.id", role = "reference", shared = true, decision = "open", because = "97 of 100 values" },
]
erase = "keep"
because = "Invoices"
retain = { rule = "tax", from = "paid_at" }
[collection.accounts]
label = "Accounts"
person = true
key = "id"
identities = { email = ["email", "alt_email"], account = "id" }
erase = "anonymise"
decision = "accepted unreviewed"
disclose = "review"
fields.email = { category = "user.contact.email", label = "E-mail address", disclose = "yes", erase = "tombstone" }
fields.name = { erase = { fixed = "" } }
fields."a.b" = { about = "other", erase = "null" }
other = ["shard"]
[collection."sales.baskets"]
about = "nobody"
"#;

#[test]
fn a_good_map_says_what_is_written() {
    let exports = "\u{feff}kind = 'csv'\npath = '/var/exports'\ndelimiter = '\t'\nencoding = 'latin1'\n";
    let files = [("redress.toml", WORKSPACE), ("sources/shop.toml", SHOP), ("sources/exports.toml", exports)];
    let folder = workspace(&files);
    std::fs::write(folder.path().join("sources/README.md"), "not a map").unwrap();
    std::fs::write(folder.path().join("sources/.#shop.toml"), "not a map").unwrap();
    let map = read(folder.path()).unwrap();

    assert_eq!(map.controller.time_zone.as_deref(), Some("Asia/Singapore"));
    assert_eq!(
        (map.identities["email"].normal, map.identities["email"].strength),
        (NormalForm::Email, Strength::Shared)
    );
    assert_eq!(
        (map.identities["account"].normal, map.identities["account"].strength),
        (NormalForm::Exact, Strength::Unique)
    );
    assert_eq!((map.retention["tax"].keep.get_years(), map.retention["tax"].then), (10, Then::Anonymise));
    assert_eq!(map.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["exports", "shop"]);
    assert_eq!(map.sources[0].address.path, Path::new("/var/exports"));
    assert_eq!(
        (map.sources[0].address.delimiter, map.sources[0].address.encoding.as_deref()),
        (Some(b'\t'), Some("latin1"))
    );

    let shop = &map.sources[1];
    assert_eq!((&shop.address.path, shop.address.written.as_str()), (&folder.path().join("shop.db"), "shop.db"));
    let names: Vec<_> = shop.collections.iter().map(|c| (c.name.as_str(), c.place.line)).collect();
    assert_eq!(names, [("orders", 5), ("accounts", 15), ("sales.baskets", 27)]);

    let orders = &shop.collections[0];
    let links: Vec<_> = orders.links.iter().map(|l| (l.to_collection.as_str(), l.role, l.shared, l.decision)).collect();
    assert_eq!(
        links,
        [
            ("accounts", Role::Owner, false, Decision::Decided),
            ("sales.baskets", Role::Shared, true, Decision::Decided),
            ("accounts", Role::Reference, true, Decision::Open),
        ]
    );
    assert_eq!(orders.links[1].to.iter().map(FieldPath::as_str).collect::<Vec<_>>(), ["shop", "no"]);
    assert_eq!((orders.links[2].place.line, orders.erase), (10, Some(Erase::Keep)));
    assert_eq!(orders.retain.as_ref().and_then(|r| r.from.as_ref()).map(FieldPath::as_str), Some("paid_at"));

    let accounts = &shop.collections[1];
    assert!(accounts.person);
    assert_eq!((accounts.decision, accounts.disclose), (Decision::Unreviewed, Disclose::Review));
    let identities: Vec<_> = accounts.identities.iter().map(|(name, f)| (name.as_str(), f.as_str())).collect();
    assert_eq!(identities, [("email", "email"), ("email", "alt_email"), ("account", "id")]);
    assert_eq!(accounts.fields["email"].disclose, Some(Disclose::Yes));
    assert_eq!(accounts.fields["name"].erase, Some(FieldErase::Fixed(String::new())));
    assert_eq!((accounts.fields["a.b"].about, accounts.fields["a.b"].place.line), (About::Other, 25));
    assert_eq!(shop.collections[2].about, About::Nobody);
}

#[test]
fn a_file_that_would_be_left_out_is_a_fault() {
    let folder = workspace(&[("redress.toml", WORKSPACE), ("sources/shop.TOML", SHOP)]);
    assert_eq!(
        faults(folder.path()),
        "sources/shop.TOML: would be left out: its name does not end in .toml\n  rename it: sources/NAME.toml, NAME in UTF-8"
    );
    std::fs::write(folder.path().join("redress.toml"), b"version = 1\nname = \"\xe9\"").unwrap();
    std::fs::remove_file(folder.path().join("sources/shop.TOML")).unwrap();
    assert_eq!(faults(folder.path()), "redress.toml: line 2 is not UTF-8\n  save the file as UTF-8");
}

#[test]
fn many_faults_are_one_error_with_code_1() {
    let folder = workspace(&[("redress.toml", "version = 1\n[controler]")]);
    let error = crate::error::Error::from(read(folder.path()).unwrap_err());
    assert_eq!(error.kind, crate::error::Kind::Failed);
    assert!(error.message.starts_with("the data map has 2 faults\n"), "{}", error.message);
    assert_eq!(error.hints, ["correct the data map, then run `redress check`"]);
}

/// The meaning of the good map after one replacement in its files.
fn meaning_with(from: &str, to: &str) -> crate::record::Digest {
    assert!(from.is_empty() || WORKSPACE.contains(from) || SHOP.contains(from), "{from}");
    let (workspace_text, shop) = match from {
        "" => (WORKSPACE.to_owned(), SHOP.to_owned()),
        from => (WORKSPACE.replace(from, to), SHOP.replace(from, to)),
    };
    let folder = workspace(&[("redress.toml", workspace_text.as_str()), ("sources/shop.toml", shop.as_str())]);
    crate::map::meaning(&read(folder.path()).unwrap_or_else(|faults| panic!("{from}: {faults}")))
}

#[test]
fn the_meaning_does_not_depend_on_the_writing() {
    let meaning = meaning_with("", "");
    let same = [
        ("[identity.account]", "# who\n[identity.account] # what\n\nstrength = 'unique'"),
        ("key = \"id\"", "key = ['id']"),
        ("\"P10Y\"", "\"P10Y0M\""),
        (
            "identities = { email = [\"email\", \"alt_email\"], account = \"id\" }",
            "identities.account = \"id\"\nidentities.email = [\"alt_email\", \"email\"]",
        ),
        ("to = \"accounts.id\"", "to = \"shop.accounts.id\""),
        ("fields.name = { erase = { fixed = \"\" } }\n", "fields.name.erase.fixed = ''\n"),
    ];
    for (from, to) in same {
        assert_eq!(meaning_with(from, to), meaning, "{from} → {to}");
    }
}

#[test]
fn whatever_a_key_says_is_part_of_the_meaning() {
    let meaning = meaning_with("", "");
    let other = [
        ("Meridian", "Meridien"),
        ("privacy@", "dpo@"),
        ("PDPC", "ICO"),
        ("Asia/Singapore", "UTC"),
        ("normal = \"email\"", "normal = \"text\""),
        ("strength = \"shared\"", "strength = \"unique\""),
        ("Invoices are", "Accounts are"),
        ("Income Tax Act", "Companies Act"),
        ("P10Y", "P9Y"),
        ("then = \"anonymise\"", "then = \"delete\""),
        ("shop.db", "shop2.db"),
        ("\"SG\"", "\"DE\""),
        ("[\"shop\", \"no\"]\n", "[\"no\", \"shop\"]\n"),
        ("from = \"buyer_id\"", "from = \"buyer\""),
        ("role = \"owner\"", "role = \"author\""),
        ("shared = true", "shared = false"),
        (", decision = \"open\"", ""),
        ("97 of 100", "98 of 100"),
        ("erase = \"keep\"", "erase = \"delete\""),
        ("\"paid_at\"", "\"due_at\""),
        ("label = \"Accounts\"", "label = \"People\""),
        ("person = true\n", ""),
        ("\"alt_email\"", "\"other_email\""),
        ("accepted unreviewed", "open"),
        ("disclose = \"review\"", "disclose = \"silent\""),
        ("user.contact.email", "user.contact"),
        ("E-mail address", "Mail"),
        ("disclose = \"yes\", ", ""),
        ("erase = \"tombstone\"", "erase = \"null\""),
        ("fixed = \"\"", "fixed = \"-\""),
        ("about = \"other\", ", ""),
        ("\"shard\"", "\"revision\""),
        ("about = \"nobody\"", ""),
    ];
    for (from, to) in other {
        assert_ne!(meaning_with(from, to), meaning, "{from} → {to}");
    }
}

/// The worked map of the manual is a map, and says of itself what the manual says.
#[test]
fn the_map_in_the_manual_can_be_read() {
    let manual = include_str!("../../../docs/data-map.md");
    let blocks: Vec<&str> = manual.split("```toml\n").skip(1).map(|b| b.split("```").next().unwrap()).collect();
    let files: Vec<(&str, &str)> =
        blocks.iter().filter_map(|b| Some((b.strip_prefix("# ")?.lines().next()?.trim(), *b))).collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["redress.toml", "sources/shop.toml", "sources/leads.toml", "sources/events.toml"]);
    let map = read(workspace(&files).path()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(map.sources.len(), 3);
}

/// Every key that is read is explained.
#[test]
fn the_manual_explains_every_key() {
    let manual = include_str!("../../../docs/data-map.md");
    let keys = "version name contact authority time_zone normal strength because law keep then kind path default_country \
                delimiter encoding label person about key identities links erase decision retain disclose fields other \
                from to role shared rule category registration data_protection_officer eu_representative \
                uk_representative authorities languages basis special interest mandatory country safeguard logic \
                consequence code where controller purposes recipients automated received_from kept default codes \
                origin";
    for key in keys.split_whitespace() {
        assert!(manual.contains(&format!("| `{key}`")) || manual.contains(&format!(", `{key}`")), "{key}");
    }
    for role in Role::ALL {
        assert!(manual.contains(&format!("| `{}` |", role.word())), "{}", role.word());
    }
}
