//! `redress init --update`: what is new comes into a map that people have edited; everything else stays byte for byte.

use crate::firm::{Ended, Firm};
use serde_json::Value as Json;

fn update(firm: &Firm, more: &[&str]) -> Ended {
    firm.run(&[&["init", "--update", "--yes", "--json"], more].concat())
}

fn map_files(firm: &Firm) -> Vec<String> {
    ["redress.toml", "sources/shop.toml", "sources/exports.toml", "sources/events.toml"].map(|f| firm.file(f)).into()
}

/// Asserts that `before` is what is left of `after` without the lines that came in, and gives these.
#[track_caller]
fn came_in(before: &str, after: &str) -> Vec<String> {
    let mut old = before.split_inclusive('\n').peekable();
    let new = after.split_inclusive('\n').filter(|line| match old.peek() {
        Some(next) if next == line => {
            old.next();
            false
        }
        _ => true,
    });
    let new: Vec<String> = new.map(|l| l.trim_end().to_owned()).collect();
    assert_eq!(old.next(), None, "a line changed or went:\n{after}");
    new
}

#[test]
fn where_nothing_is_new_nothing_changes() {
    let dir = crate::commands::demo();
    let files =
        ["redress.toml", "sources/shop.toml", "sources/office.toml", "sources/exports.toml", "sources/helpdesk.toml"];
    let read = || files.map(|f| std::fs::read(dir.path().join(f)).unwrap());
    let before = read();
    let (code, text) = crate::commands::ended(&crate::commands::redress(dir.path(), &["init", "--update", "--yes"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("Nothing is new: the map has all there is.\n"), "{text}");
    assert_eq!(read(), before);
}

#[test]
fn new_columns_and_collections_come_in_and_nothing_else_moves() {
    let firm = Firm::new();
    // Whoever keeps the map writes it in a way of her own.
    let edited = firm.file("sources/shop.toml").replace(
        "fields.name = { category = \"user.name\" }\n",
        "# asked Ana on Monday\nfields.name   = { category = 'user.name' }    # as on the badge\n",
    );
    let edited = format!("{edited}\n# the end\n");
    std::fs::write(firm.path().join("sources/shop.toml"), &edited).unwrap();
    firm.sql(
        "ALTER TABLE people ADD COLUMN birth_date TEXT;
         ALTER TABLE people ADD COLUMN shelf INTEGER;
         ALTER TABLE orders ADD COLUMN card_cvv TEXT;
         UPDATE people SET birth_date = '1980-02-03', shelf = id;
         CREATE TABLE complaints (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people, text TEXT);
         INSERT INTO complaints VALUES (1, 1, 'The ink is dry.'), (2, 2, 'The pad is wet.');",
    );
    let [workspace, _, exports, events] = map_files(&firm).try_into().unwrap();
    let report = update(&firm, &[]);
    report.is(3, &[]);
    let json = report.json();
    let shop = &json["sources"][0];
    assert_eq!(shop["collections"], serde_json::json!(["complaints"]));
    assert_eq!(shop["columns"], serde_json::json!(["orders.card_cvv", "people.birth_date", "people.shelf"]));
    assert_eq!(json["decisions"][0]["code"], "security-code", "what must not be stored is said as a draft says it");
    let after = map_files(&firm);
    assert_eq!((&after[0], &after[2], &after[3]), (&workspace, &exports, &events));
    let new = came_in(&edited, &after[1]);
    assert_eq!(
        new,
        [
            "fields.birth_date = { category = \"user.demographic.date_of_birth\", label = \"Date of birth\", erase = \"null\" }",
            "other = [\"shelf\"]",
            "fields.card_cvv = { category = \"user.financial.credit_card\", label = \"Card security code\", disclose = \"never\", erase = \"null\" }",
            "",
            "[collection.complaints]",
            "key = [\"id\"]",
            "links = [",
            "  { from = \"person_id\", to = \"people.id\", role = \"owner\", decision = \"accepted unreviewed\", because = \"declared\" },",
            "]",
            "erase = \"delete\"",
            "decision = \"accepted unreviewed\"",
            "fields.text = { category = \"user.content.private\", label = \"Text\", disclose = \"review\", erase = \"null\" }",
        ]
    );
    let again = update(&firm, &[]);
    again.is(0, &[]);
    assert_eq!((again.json()["sources"].as_array().unwrap().len(), map_files(&firm)), (0, after));
    firm.run(&["check"]).is(3, &["unreviewed-decisions"]);
    firm.run(&["find", "email=ana@x.example"]).is(0, &["complaints"]);
}

#[test]
fn what_is_gone_is_told_and_stays_in_the_map() {
    let firm = Firm::new();
    let before = map_files(&firm);
    firm.sql("ALTER TABLE people DROP COLUMN age; DROP TABLE lines;");
    std::fs::write(firm.path().join("exports/leads.csv"), "Name,Mail,Phone\nBo Tan,bo@x.example,\n").unwrap();
    let report = update(&firm, &[]);
    report.is(3, &[]);
    let places: Vec<String> =
        report.json()["gone"].as_array().unwrap().iter().map(|g| g["where"].as_str().unwrap().to_owned()).collect();
    assert_eq!(places, ["exports.leads.Note", "shop.people.age", "shop.lines"]);
    assert_eq!(map_files(&firm), before);
    let text = firm.run(&["init", "--update", "--yes"]);
    text.is(3, &["Gone from the sources; the map was left as it is (3):", "shop.lines: the source no longer has it"]);
}

#[test]
fn a_source_named_beside_comes_in_whole_with_links_into_the_old_ones() {
    let firm = Firm::new();
    let before = map_files(&firm);
    let file = firm.path().join("more.db");
    let sql = "CREATE TABLE parcels (id INTEGER PRIMARY KEY, email TEXT, city TEXT);
        INSERT INTO parcels VALUES (1, 'ana@x.example', 'Rome'), (2, 'bo@x.example', 'Oslo');";
    rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    let address = format!("sqlite:{}", file.display());
    let report = update(&firm, &[&address]);
    assert_eq!(report.json()["sources"][0]["new"], true, "{}", report.out);
    assert_eq!(map_files(&firm), before, "the identity of the map is used, under its name");
    assert!(firm.file("sources/more.toml").contains("identities = { email = \"email\" }"));
    let again = update(&firm, &[&address]);
    assert_eq!(again.json()["sources"], Json::Array(Vec::new()));
}

#[test]
fn a_link_that_somebody_refused_is_not_proposed_again() {
    let firm = Firm::new();
    firm.sql("ALTER TABLE lines ADD COLUMN picked_by INTEGER REFERENCES people;");
    update(&firm, &[]).is(0, &[]);
    let shop = firm.file("sources/shop.toml");
    assert!(shop.contains("from = \"picked_by\""), "{shop}");
    // What `init --review` does where there is no such link.
    let map = redress::map::read(firm.path()).unwrap();
    let waiting = redress::draft::review::waiting(&map);
    let link = waiting.iter().find(|w| w.fields == ["picked_by"]).unwrap();
    let without = redress::draft::review::answered(&shop, link, &redress::draft::review::Answer::NoLink).unwrap();
    assert!(without.contains("other = [\"picked_by\"]") && !without.contains("from = \"picked_by\""), "{without}");
    std::fs::write(firm.path().join("sources/shop.toml"), &without).unwrap();
    update(&firm, &[]).is(0, &[]);
    assert_eq!(firm.file("sources/shop.toml"), without);
}

#[test]
fn a_map_written_in_an_unknown_way_or_a_lost_source_changes_nothing() {
    let firm = Firm::new();
    firm.sql("ALTER TABLE people ADD COLUMN shelf INTEGER;");
    let file = firm.path().join("sources/shop.toml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("\n[collection", "\r\n[collection", 1);
    std::fs::write(&file, &text).unwrap();
    update(&firm, &[]).is(1, &["shop.people cannot be added", "redress check names what is missing"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    std::fs::remove_file(firm.path().join("shop.db")).unwrap();
    update(&firm, &[]).is(3, &["shop.db"]);
    firm.run(&["init", "--update", "--review"]).is(2, &["--review"]);
    firm.run(&["init", "--update"]).is(2, &["--yes"]);
}

#[test]
fn a_source_that_cannot_be_read_keeps_its_part_and_the_others_are_looked_at() {
    let firm = Firm::new();
    firm.sql("ALTER TABLE people ADD COLUMN birth_date TEXT; UPDATE people SET birth_date = '1980-02-03';");
    let (before, folder) = (map_files(&firm), firm.path().join("exports"));
    std::fs::rename(&folder, firm.path().join("away")).unwrap();
    let ended = update(&firm, &[]);
    assert_eq!(ended.code, 3, "{}{}", ended.out, ended.err);
    let report: Json = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((&report["complete"], &report["problems"][0]["where"]), (&Json::from(false), &Json::from("exports")));
    assert_eq!(report["problems"][0]["code"], "unreadable-source");
    let after = map_files(&firm);
    assert!(came_in(&before[1], &after[1]).concat().contains("birth_date"));
    assert_eq!((&before[0], &before[2], &before[3]), (&after[0], &after[2], &after[3]));
    // Once it is back there is nothing more to say of it.
    std::fs::rename(firm.path().join("away"), &folder).unwrap();
    let ended = update(&firm, &[]);
    let report: Json = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((&report["problems"], &report["sources"]), (&Json::Array(vec![]), &Json::Array(vec![])));
    assert_eq!(map_files(&firm), after);
}
