//! What other tools get wrong when they erase, one test a fault: each is named after it.

use super::{PEOPLE, PERSON};
use crate::tables::{Table, shelves};

const VISITS: Table<'static> = (
    "visits",
    &["mail text", "page text", "seen text"],
    &[&["Ana@X.example", "/a", "2026-01-01"], &["ana@x.example", "/b", "then"], &["bo@x.example", "/c", "2026-01-01"]],
);

const VISIT: &str = "[collection.visits]
identities = { email = \"mail\" }
fields.mail = { category = \"user.contact.email\", erase = \"null\" }
fields.page = { category = \"user.behavior\", erase = \"null\" }
";

/// Fides: no primary key, nothing erased, and the request is called complete.
#[test]
fn a_collection_without_a_key_is_erased_all_the_same() {
    for mut shelf in shelves(&[PEOPLE, VISITS], &format!("{PERSON}{VISIT}erase = \"delete\"\nother = [\"seen\"]\n")) {
        shelf.plan(&[]);
        let applied = shelf.apply();
        assert_eq!(applied.json()["done"]["delete"], 3, "{}", shelf.kind());
        assert_eq!(shelf.rows(&VISITS), ["bo@x.example: /c|2026-01-01"], "{}", shelf.kind());
    }
}

/// Fides #3475: an address in other capitals finds nothing.
#[test]
fn an_address_in_other_capitals_is_erased() {
    for mut shelf in shelves(&[PEOPLE, VISITS], &format!("{PERSON}{VISIT}erase = \"delete\"\nother = [\"seen\"]\n")) {
        let planned = shelf.run(&["erase", "email=ANA@x.EXAMPLE", "--verified", "known"]);
        assert_eq!(planned.code, 0, "{}: {}{}", shelf.kind(), planned.out, planned.err);
        shelf.apply();
        assert_eq!(shelf.rows(&VISITS).len(), 1, "{}", shelf.kind());
    }
}

/// Fides: a field whose type its strategy does not know is skipped with a line in a log.
#[test]
fn a_value_that_a_strategy_does_not_fit_is_refused_and_nothing_changes() {
    let map = format!(
        "{PERSON}{VISIT}erase = \"anonymise\"\nfields.seen = {{ category = \"user.behavior\", erase = \"year\" }}\n"
    );
    for mut shelf in shelves(&[PEOPLE, VISITS], &map) {
        let before = shelf.rows(&VISITS);
        let refused = shelf.run(&["erase", "email=ana@x.example", "--verified", "known"]);
        refused.is(4, &["shop.visits.seen: erase = \"year\" does not fit: what stands there cannot be read as a date"]);
        assert!(!refused.err.contains("then"), "the value is not shown: {}", refused.err);
        assert_eq!(shelf.rows(&VISITS), before, "{}", shelf.kind());
    }
}

/// Fides #6397: a table that is missing is skipped, and the request goes on.
#[test]
fn a_table_that_is_missing_stops_the_erasure() {
    let map = format!("{PERSON}{VISIT}erase = \"delete\"\nother = [\"seen\"]\n");
    for mut shelf in shelves(&[PEOPLE], &map) {
        let refused = shelf.run(&["erase", "email=ana@x.example", "--verified", "known"]);
        refused.is(4, &["shop.visits was not searched"]);
        assert_eq!(shelf.rows(&PEOPLE).len(), 3, "{}", shelf.kind());
    }
}

/// Fides #2547: a hash stands where an address has to.
#[test]
fn a_hash_of_an_address_is_an_address() {
    let map = PERSON.replace("erase = \"delete\"", "erase = \"anonymise\"");
    let map = map.replace("\"user.contact.email\" }", "\"user.contact.email\", erase = \"hash\" }");
    let map = map.replace("\"user.name\" }", "\"user.name\", erase = \"null\" }");
    for mut shelf in shelves(&[PEOPLE], &map) {
        let (_, changes) = shelf.plan(&[]);
        assert_eq!(changes["people 1"]["end"], "pseudonymised", "{}", shelf.kind());
        shelf.apply();
        let row = shelf.rows(&PEOPLE)[0].clone();
        assert!(row.contains("@pseudonym.invalid|"), "{}: {row}", shelf.kind());
    }
}

/// Every rival: the hash of an identifier counts as anonymous.
#[test]
fn a_pseudonym_is_never_called_anonymised() {
    let map = PERSON.replace("erase = \"delete\"", "erase = \"anonymise\"");
    let map = map.replace("\"user.contact.email\" }", "\"user.contact.email\", erase = \"hash\" }");
    let map = map.replace("\"user.name\" }", "\"user.name\", erase = \"null\" }");
    for shelf in shelves(&[PEOPLE], &map) {
        let planned = shelf.run(&["erase", "email=ana@x.example", "--verified", "known"]);
        planned.is(0, &["To be pseudonymised", "still tells: email holds a pseudonym (hash)"]);
        assert!(!planned.out.contains("anonymised\n"), "{}: {}", shelf.kind(), planned.out);
        let page = shelf.run(&["plan", "show", "1", "--html"]).out;
        assert!(page.contains("Pseudonymised") && !page.contains("To be anonymised"), "{}", shelf.kind());
    }
}
