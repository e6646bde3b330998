//! What an answer under Art. 15 lacks, from the map's files to the whole text of the findings.

use super::answer;
use crate::map::check::finding::Findings;
use crate::map::read;

fn findings(workspace: &str, shop: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    std::fs::write(folder.path().join("redress.toml"), workspace).unwrap();
    std::fs::write(folder.path().join("sources/shop.toml"), shop).unwrap();
    let map = read(folder.path()).unwrap_or_else(|faults| panic!("{faults}"));
    let mut findings = Findings::default();
    answer(&map, &mut findings);
    let lines: Vec<String> = findings.sorted().iter().map(ToString::to_string).collect();
    lines.join("\n").replace(&format!("{}/", folder.path().display()), "")
}

const SHOP: &str = r#"kind = "sqlite"
path = "shop.db"
[collection.people]
key = "id"
person = true
fields.name = { category = "user.name" }
fields.note = { category = "user.content.private", label = "Note", origin = "derived" }
[collection.alerts]
disclose = "silent"
links = [{ from = "person", to = "people.id", role = "about" }]
fields.rule = { category = "user.financial" }
[collection.products]
about = "nobody"
"#;

#[test]
fn a_map_that_has_not_begun_is_told_once() {
    let text = findings("version = 1\n[controller]\nname = \"Firm\"\n", SHOP);
    assert_eq!(
        text.lines().next().unwrap(),
        "redress.toml: note[copy-only]: purpose: no purpose is declared: archives are the copy of the data, not the full answer of Art. 15"
    );
    assert_eq!(text.lines().count(), 2);
}

const BEGUN: &str = r#"version = 1
[controller]
name = "Firm"
[purpose.sales]
label = "To sell"
basis = "A6-1-b"
[recipient.host]
label = "Host Inc."
kind = "processor"
country = "US"
[recipient.carrier]
label = "Carrier"
kind = "processor"
country = "FR"
"#;

#[test]
fn what_is_lacking_is_one_finding_a_source_and_code() {
    let expected = r#"redress.toml: warning[no-contact]: controller.contact: nobody says how to reach the controller
  write contact = "…"
redress.toml: warning[no-authority]: controller.authority: nobody says where the person can complain
  write authority = "…", or authorities = { DE = "…" }
redress.toml:7: warning[no-safeguard]: recipient.host: a transfer to a third country without a safeguard
  write safeguard = "A45-3", "A46-2-c", …
sources/shop.toml:3: warning[no-purpose]: shop: nobody says what the data are used for, in 1 place: shop.people
  add purposes = ["…"], here or for the whole source
sources/shop.toml:3: warning[no-retention]: shop: nobody says how long the data are kept, in 1 place: shop.people
  add retain = { rule = "…", from = "…" }, or kept = "…" in words
sources/shop.toml:6: warning[no-label]: shop: the person would read a column's name, in 1 place: shop.people.name
  add label = "…" in plain words
sources/shop.toml:6: warning[no-origin]: shop: nobody says where the data came from, in 1 place: shop.people.name
  add origin, or default = { origin = "provided" }"#;
    assert_eq!(findings(BEGUN, SHOP), expected);
}

#[test]
fn what_is_acknowledged_is_not_told_again_and_a_stale_acknowledgement_is() {
    let complete = BEGUN
        .replace("name = \"Firm\"", "name = \"Firm\"\ncontact = \"dpo@firm.example\"\nauthorities = { DE = \"BfDI\" }")
        .replace("country = \"US\"", "country = \"US\"\nsafeguard = \"A46-2-c\"");
    let acknowledge =
        |code: &str, place: &str| format!("[[acknowledge]]\ncode = \"{code}\"\nwhere = \"{place}\"\nbecause = \"x\"\n");
    let shop = SHOP.replace(
        "path = \"shop.db\"",
        "path = \"shop.db\"\npurposes = [\"sales\"]\ndefault = { origin = \"provided\" }",
    );
    let workspace = complete.clone() + &acknowledge("no-label", "shop.people") + &acknowledge("no-retention", "shop");
    assert_eq!(findings(&workspace, &shop), "");
    // A beginning ends at a dot: `shop.peo` covers nothing.
    let workspace = complete + &acknowledge("no-label", "shop.peo") + &acknowledge("no-retention", "shop");
    let text = findings(&workspace, &shop);
    assert!(text.contains("warning[stale-acknowledgement]: shop.peo: nothing there is no-label"), "{text}");
    assert!(text.contains("warning[no-label]"), "{text}");
}
