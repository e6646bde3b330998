//! The map against sources in memory: each finding with its whole text, and silence where all is well.

mod codes;

use std::collections::BTreeMap;

use super::*;
use crate::map::read;
use crate::problem::Problem;
use crate::record::Value;
use crate::source::{Column, Coverage, ForeignKey, Found, Question, Shape, ShapeKind, ValueType};

/// A source in memory.
#[derive(Clone, Default)]
struct Fake {
    shapes: Vec<Shape>,
    records: BTreeMap<String, Vec<Record>>,
}

impl Source for Fake {
    fn schema(&mut self) -> Result<Schema> {
        Ok(Schema { collections: self.shapes.clone() })
    }

    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        for record in self.records.get(question.collection).into_iter().flatten() {
            let mut hit = false;
            question.probes.iter().for_each(|probe| probe.hits(record, &mut |_| hit = true));
            if hit {
                sink(Found { record: record.clone(), line: None })?;
            }
        }
        Ok(Coverage::default())
    }

    fn all(&mut self, _: &str, _: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        Ok(Coverage::default())
    }

    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        match self.records.get(collection) {
            Some(records) => Ok(records.iter().take(limit).cloned().collect()),
            None => Err(Error::failed("the file is locked").hint("close the program that holds it")),
        }
    }
}

/// A table: `name type` (`?` for nullable), its key, its rows of words (`-` is null).
fn table(fake: &mut Fake, name: &str, columns: &str, keys: &[&[&str]], rows: &[&str]) {
    let column = |text: &str| {
        let (name, ty) = text.split_once(' ').unwrap_or((text, "text?"));
        let nullable = ty.ends_with('?');
        let ty = match ty.trim_end_matches('?') {
            "int" => ValueType::Int,
            "nested" => ValueType::Nested,
            _ => ValueType::Text,
        };
        Column { name: name.to_owned(), ty, nullable, ..Column::default() }
    };
    let columns: Vec<Column> = columns.split(", ").map(column).collect();
    let value = |(column, word): (&Column, &str)| match (word, column.ty) {
        ("-", _) => Value::Null,
        (word, ValueType::Int) => Value::Int(word.parse().unwrap()),
        (word, _) => Value::from(word),
    };
    let names: crate::record::Names = columns.iter().map(|c| c.name.clone()).collect();
    let row = |row: &&str| Record::new(names.clone(), columns.iter().zip(row.split(' ')).map(value).collect());
    fake.records.insert(name.to_owned(), rows.iter().map(row).collect());
    let keys = keys.iter().map(|key| key.iter().map(|k| k.to_string()).collect()).collect();
    let rows = Some(rows.len() as u64);
    fake.shapes.push(Shape { name: name.to_owned(), columns, closed: true, keys, rows, ..Shape::default() });
}

const WORKSPACE: &str = r#"version = 1
[controller]
name = "Firm"
[identity.email]
normal = "email"
[identity.account]
[retention.tax]
because = "Tax"
keep = "P10Y"
then = "delete"
"#;

/// What `check` says of these files and sources, as text.
fn findings(files: &[(&str, &str)], fakes: &BTreeMap<&str, Fake>) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let map = read(folder.path()).unwrap();
    let open = |source: &SourceMap| match fakes.get(source.name.as_str()) {
        Some(fake) => Ok(Box::new(fake.clone()) as Box<dyn Source>),
        None => Err(Error::failed("cannot read shop.db: No such file or directory").hint("check the path")),
    };
    // What a map without purposes lacks is tested in `answer`.
    let found = check(&map, &open).into_iter().filter(|f| f.code != "copy-only");
    let lines: Vec<String> = found.map(|f| f.to_string()).collect();
    lines.join("\n").replace(&format!("{}/", folder.path().display()), "")
}

fn shop() -> Fake {
    let mut fake = Fake::default();
    let accounts = ["1 ana@example.com ana", "2 bo@example.com bo", "3 - cy"];
    table(&mut fake, "accounts", "id int, email, name", &[&["id"]], &accounts);
    let orders = ["10 1 2024-01-01", "11 2 2024-02-01", "12 2 -", "13 3 2024-03-01"];
    table(&mut fake, "orders", "id int, buyer int?, paid_at", &[&["id"]], &orders);
    fake
}

const SHOP: &str = r#"kind = "sqlite"
path = "shop.db"
[collection.accounts]
person = true
key = "id"
identities = { email = "email", account = "id" }
erase = "anonymise"
fields.email = { category = "user.contact.email", erase = "null" }
fields.name = { category = "user.name", erase = { fixed = "removed" } }
[collection.orders]
key = "id"
links = [{ from = "buyer", to = "accounts.id", role = "owner" }]
erase = "delete"
retain = { rule = "tax", from = "paid_at" }
"#;

#[test]
fn where_all_is_well_there_is_nothing_to_say() {
    let files = [("redress.toml", WORKSPACE), ("sources/shop.toml", SHOP)];
    assert_eq!(findings(&files, &[("shop", shop())].into()), "");
}

#[test]
fn a_map_that_needs_no_source_to_be_wrong() {
    let workspace = "version = 1\n[controller]\nname = \"\"\n[identity.email]\n[retention.tax]\nbecause = \"Tax\"\nkeep = \"P1Y\"\nthen = \"delete\"\n[identity.account]\n";
    let text = r#"kind = "sqlite"
path = "shop.db"
[collection.accounts]
key = "id"
person = true
identities = { account = ["id", "number", "alias"] }
erase = "anonymise"
fields.name = { category = "user.name" }
fields.email = { category = "user.contact.email", erase = "null" }
fields.alias = { category = "user.name", erase = "keep" }
[collection.orders]
links = [
  { from = "buyer", to = "accounts.id", role = "owner", decision = "open" },
  { from = "product", to = "products.id", role = "reference" },
]
[collection.products]
about = "nobody"
[collection.logs]
erase = "delete"
decision = "accepted unreviewed"
"#;
    let expected = r#"redress.toml: warning[unnamed-controller]: controller.name: it is empty
  write the name of the organisation that answers for the data: archives carry it
redress.toml:4: warning[unused-identity]: identity.email: no collection says which of its fields holds this identity
  add it to a collection: identities = { email = "…" }; or remove it
redress.toml:5: warning[unused-retention]: retention.tax: no collection is kept by this rule
  add it to a collection: retain = { rule = "tax", from = "…" }; or remove it
sources/shop.toml:1: error[unreadable-source]: shop: cannot read shop.db: No such file or directory
  check the path
sources/shop.toml:3: error[identity-stays]: shop.accounts.number: it holds the identity account and stays when the record is anonymised
  give it a rule in fields: erase = "null", "tombstone" or { fixed = "…" }
sources/shop.toml:8: error[no-erase-rule]: shop.accounts.name: it has a category, and no rule for what anonymising does with it
  add erase = "null", "tombstone", { fixed = "…" } or "keep"
sources/shop.toml:10: error[identity-stays]: shop.accounts.alias: it holds the identity account and stays when the record is anonymised
  give it a rule in fields: erase = "null", "tombstone" or { fixed = "…" }
sources/shop.toml:11: warning[open-decisions]: shop: 2 decisions open: orders: erase, orders.buyer: link
  decide each, then remove its decision key; until then the records are kept
sources/shop.toml:14: warning[link-to-nobody]: shop.orders.product: it leads to products, which is about nobody
  remove the link: no search takes it
sources/shop.toml:18: warning[unreviewed-decisions]: shop: 1 proposal taken unreviewed: logs: erase
  look at each, then remove its decision key; every plan counts those that are left
sources/shop.toml:18: warning[unreachable]: shop.logs: no identity, and no link that leads from a person to it: no search ever looks here
  add identities or a link, or say about = "nobody""#;
    assert_eq!(findings(&[("redress.toml", workspace), ("sources/shop.toml", text)], &BTreeMap::new()), expected);
}

#[test]
fn what_the_source_says_of_itself() {
    let mut fake = shop();
    table(&mut fake, "sessions", "id int, user_email", &[&["id"]], &["1 ana@example.com"]);
    table(&mut fake, "archive", "id int", &[&["id"]], &[]);
    table(&mut fake, "account_names", "id int, name", &[], &["1 ana"]);
    fake.shapes[4].kind = ShapeKind::View;
    fake.shapes[0].columns.push(Column { name: "nick".into(), generated: true, ..Column::default() });
    fake.shapes[0].columns[1].max_length = Some(5);
    fake.shapes[0].unique = vec![vec!["email".into()], vec!["name".into(), "nick".into()]];
    fake.shapes[0].problems.push(Problem::new("duplicate-header", "shop.accounts", "the header names x twice"));
    let buyer = ForeignKey {
        columns: vec!["buyer".into()],
        to: "accounts".into(),
        to_columns: vec!["id".into()],
        ..ForeignKey::default()
    };
    fake.shapes[1].references.push(buyer);
    let text = r#"kind = "sqlite"
path = "shop.db"
[collection.acounts]
person = true
key = "id"
identities = { email = "email" }
erase = "delete"
[collection.accounts]
person = true
key = "id"
identities = { email = "id", account = "nmae" }
erase = "anonymise"
fields.id = { erase = "tombstone" }
fields.email = { erase = { fixed = "removed" } }
fields.name = { erase = { fixed = "removed" } }
fields.nick = { erase = "null" }
other = ["shard"]
[collection.orders]
erase = "anonymise"
identities = { account = "buyer" }
fields.id = { erase = "null" }
fields.buyer = { erase = { fixed = "nobody" } }
retain = { rule = "tax", from = "payed_at" }
[collection.account_names]
erase = "delete"
identities = { account = "id" }
"#;
    let found = findings(&[("redress.toml", WORKSPACE), ("sources/shop.toml", text)], &[("shop", fake)].into());
    assert_eq!(
        found,
        r#"sources/shop.toml:1: warning[unknown-collection]: shop.sessions: the map does not know it: no search looks here. These look personal: user_email
  describe it in the map, or say that it is about = "nobody"
sources/shop.toml:1: note[unmapped-aside]: shop: not in the map, and nothing there to search: archive (empty)
  nothing to do for a view; an empty table may fill up one day
sources/shop.toml:3: error[missing-collection]: shop.acounts: the source has no collection of that name
  did you mean accounts? the source has: accounts, orders, sessions, archive, account_names
sources/shop.toml:8: error[identity-stays]: shop.accounts.nmae: it holds the identity account and stays when the record is anonymised
  give it a rule in fields: erase = "null", "tombstone" or { fixed = "…" }
sources/shop.toml:8: error[missing-column]: shop.accounts.nmae: accounts has no column nmae
  did you mean name? its columns: id, email, name, nick
sources/shop.toml:8: error[missing-column]: shop.accounts.shard: accounts has no column shard
  its columns: id, email, name, nick
sources/shop.toml:8: error[wrong-type]: shop.accounts.id: the identity email cannot be compared with what it holds: whole numbers
  name another column, or correct the identity's normal form
sources/shop.toml:8: warning[duplicate-header]: shop.accounts: the header names x twice
  correct it in the source, or ask who owns the source
sources/shop.toml:13: error[wrong-type]: shop.accounts.id: a tombstone is text, and the column holds whole numbers
  use "null", "keep" or { fixed = "0" }
sources/shop.toml:14: error[too-long]: shop.accounts.email: the fixed text is longer than the column allows
  shorten it
sources/shop.toml:15: warning[fixed-not-unique]: shop.accounts.name: a fixed text, and the source wants name and nick to differ together
  make sure that the other columns tell the records apart, or use "tombstone"
sources/shop.toml:16: error[generated-column]: shop.accounts.nick: the source computes it: it cannot be set
  remove erase here, and give a rule to what it is computed from
sources/shop.toml:18: error[missing-column]: shop.orders.payed_at: orders has no column payed_at
  did you mean paid_at? its columns: id, buyer, paid_at
sources/shop.toml:18: warning[no-key]: shop.orders: the map names no key, and the source has one
  add key = ["id"]
sources/shop.toml:18: warning[unmapped-reference]: shop.orders.buyer: the source declares a reference to accounts, the map has no link for it
  add a link with its role ("reference" where the record is somebody else's)
sources/shop.toml:18: warning[unknown-column]: shop.orders.paid_at: the map does not mention 1 column: paid_at
  add each to fields, or to other if it is about nobody; until then it is withheld from archives
sources/shop.toml:21: error[null-not-allowed]: shop.orders.id: erase = "null", and the source does not allow null here
  use "tombstone" or { fixed = "…" }, or allow null in the source
sources/shop.toml:22: error[wrong-type]: shop.orders.buyer: the fixed text is no value of a column that holds whole numbers
  write a value of that type, or use "null"
sources/shop.toml:24: warning[mapped-view]: shop.account_names: it is a view: another look at data held elsewhere
  map the tables it is made of, and remove it
sources/shop.toml:24: warning[personal-column]: shop.account_names.name: the map does not mention it, and it looks personal: its name says so
  add it to fields, with its category; until then it is withheld from archives"#,
        "\n{found}"
    );
}

#[test]
fn what_the_records_say() {
    let mut fake = Fake::default();
    let people =
        ["1 x.example ana soon DE44500105175407324931 +6561234567", "1 y bo 2024-01-01 - -", "- z cy later - -"];
    table(&mut fake, "people", "no, mail, name, since, account, contact", &[], &people);
    let orders = ["1 1", "2 2", "3 7", "4 8", "5 9"];
    table(&mut fake, "orders", "id int, person", &[&["id"]], &orders);
    let visits = ["1 11", "2 12", "3 13"];
    table(&mut fake, "visits", "id int, person int", &[&["id"]], &visits);
    table(&mut fake, "locked", "id int", &[&["id"]], &["1"]);
    fake.records.remove("locked");
    let text = r#"kind = "sqlite"
path = "shop.db"
[collection.people]
person = true
key = "no"
identities = { email = "mail", account = "no" }
erase = "delete"
retain = { rule = "tax", from = "since" }
[collection.orders]
key = "id"
links = [
  { from = "person", to = "people.no", role = "owner" },
  { from = "person", to = "people.number", role = "owner" },
]
erase = "delete"
[collection.visits]
key = "id"
links = [{ from = "person", to = "people.no", role = "owner" }]
erase = "delete"
[collection.locked]
key = "id"
identities = { account = "id" }
erase = "delete"
"#;
    let found = findings(&[("redress.toml", WORKSPACE), ("sources/shop.toml", text)], &[("shop", fake)].into());
    assert_eq!(
        found,
        r#"sources/shop.toml:3: error[key-not-unique]: shop.people.no: it does not address one record: 1 of 3 sampled records have no value for it, and several records share one
  add the columns that tell the records apart, or remove key: then the content addresses a record
sources/shop.toml:3: error[identity-unlike]: shop.people.mail: none of 3 sampled values looks like an e-mail address
  check that this is the column you mean, and the identity's normal form
sources/shop.toml:3: warning[no-date]: shop.people.since: 2 of 3 sampled values are no dates
  name a field that holds dates: until then these records have no end date
sources/shop.toml:3: warning[personal-column]: shop.people.name: the map does not mention it, and it looks personal: its name says so
  add it to fields, with its category; until then it is withheld from archives
sources/shop.toml:3: warning[personal-column]: shop.people.account: the map does not mention it, and it looks personal: its values look like bank account numbers
  add it to fields, with its category; until then it is withheld from archives
sources/shop.toml:3: warning[personal-column]: shop.people.contact: the map does not mention it, and it looks personal: its values look like telephone numbers
  add it to fields, with its category; until then it is withheld from archives
sources/shop.toml:12: warning[link-with-few-matches]: shop.orders.person: 1 of 5 sampled values occur in shop.people.no
  check both fields of the link, or ask why the others are missing there
sources/shop.toml:13: error[missing-column]: shop.orders.person: people has no column number
  its columns: no, mail, name, since, account, contact
sources/shop.toml:18: warning[link-types]: shop.visits.person: person holds whole numbers, no holds text
  within one source values are compared as they are: check that these are the columns you mean
sources/shop.toml:18: error[link-without-match]: shop.visits.person: 0 of 3 sampled values occur in shop.people.no
  check both fields of the link: it leads nowhere
sources/shop.toml:20: error[unreadable-collection]: shop.locked: the file is locked
  close the program that holds it"#,
        "\n{found}"
    );
}

#[test]
fn a_link_across_sources_compares_by_the_identity() {
    let mut leads = Fake::default();
    let rows = ["ANA@example.com x", "bo@Example.com x", "CY@example.com x", "di@example.com x"];
    table(&mut leads, "leads", "mail, note", &[], &rows);
    let text = r#"kind = "csv"
path = "leads.csv"
[collection.leads]
links = [{ from = "mail", to = "shop.accounts.email", role = "owner" }]
erase = "delete"
"#;
    let files = [("redress.toml", WORKSPACE), ("sources/shop.toml", SHOP), ("sources/leads.toml", text)];
    let found = findings(&files, &[("shop", shop()), ("leads", leads)].into());
    assert_eq!(
        found,
        r#"sources/leads.toml:3: warning[unknown-column]: leads.leads.note: the map does not mention 1 column: note
  add each to fields, or to other if it is about nobody; until then it is withheld from archives
sources/leads.toml:4: warning[link-with-few-matches]: leads.leads.mail: 2 of 4 sampled values occur in shop.accounts.email
  check both fields of the link, or ask why the others are missing there"#,
        "\n{found}"
    );
}

#[test]
fn documents_are_known_by_their_paths() {
    let mut events = Fake::default();
    table(
        &mut events,
        "clicks",
        "id, device nested, device.id, device.os, at, user.mail",
        &[],
        &["1 - - - 2024-01-01 -"],
    );
    events.shapes[0].closed = false;
    let text = r#"kind = "json"
path = "clicks.ndjson"
[collection.clicks]
key = "id"
identities = { email = "user.mail" }
erase = "delete"
fields."device.id" = {}
fields."device.ox" = {}
fields.divice = {}
"#;
    let files = [("redress.toml", WORKSPACE), ("sources/shop.toml", SHOP), ("sources/events.toml", text)];
    let found = findings(&files, &[("shop", shop()), ("events", events)].into());
    assert_eq!(
        found,
        r#"sources/events.toml:3: warning[personal-column]: events.clicks.device.os: the map does not mention it, and it looks personal: its name says so
  add it to fields, with its category; until then it is withheld from archives
sources/events.toml:3: warning[unknown-column]: events.clicks.at: the map does not mention 1 column: at
  add each to fields, or to other if it is about nobody; until then it is withheld from archives
sources/events.toml:8: warning[missing-column]: events.clicks.device.ox: no sampled record of clicks has device.ox
  did you mean device.os?
sources/events.toml:9: warning[missing-column]: events.clicks.divice: no sampled record of clicks has divice
  did you mean device?"#,
        "\n{found}"
    );
}

#[test]
fn a_reference_to_what_is_somebodys_is_missed_where_nothing_else_ties_its_records() {
    let mut fake = shop();
    table(&mut fake, "lines", "id int, order_no int?, article", &[&["id"]], &["1 10 pen"]);
    let order = ForeignKey {
        columns: vec!["order_no".into()],
        to: "orders".into(),
        to_columns: vec!["id".into()],
        ..ForeignKey::default()
    };
    fake.shapes.iter_mut().find(|s| s.name == "lines").unwrap().references = vec![order];
    let said = |lines: &str| {
        let text = format!("{SHOP}[collection.lines]\n{lines}\n");
        let out =
            findings(&[("redress.toml", WORKSPACE), ("sources/shop.toml", &text)], &[("shop", fake.clone())].into());
        out.lines().filter(|l| l.contains("unmapped-reference")).count()
    };
    assert_eq!(said("about = \"nobody\""), 1, "about nobody, and it refers to people's orders");
    assert_eq!(said("key = \"id\"\nother = [\"order_no\", \"article\"]"), 1);
    let link = |to: &str, role: &str| {
        format!(
            "key = \"id\"\nerase = \"delete\"\nother = [\"article\"]\nlinks = [{{ from = \"order_no\", to = \"{to}\", role = \"{role}\" }}]"
        )
    };
    assert_eq!(said(&link("orders.id", "reference")), 0);
    // Tied to people another way: that it also refers to an order need not make it hers.
    assert_eq!(said(&link("accounts.id", "owner")), 0);
}

#[test]
fn the_fixture_firm_and_its_map_agree() {
    let folder = tempfile::tempdir().unwrap();
    crate::fixture::write(folder.path(), crate::fixture::Scale::DEMO, 7).unwrap();
    let map = read(folder.path()).unwrap();
    let findings = check(&map, &|source| crate::source::open(&source.address, &source.name));
    let findings = findings.iter().filter(|finding| finding.level != Level::Note);
    let lines: Vec<String> = findings.map(ToString::to_string).collect();
    assert_eq!(lines.join("\n").replace(&folder.path().display().to_string(), ""), "");
}
