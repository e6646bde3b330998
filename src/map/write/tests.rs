//! What is written reads back to the same meaning, whatever the names; and a whole file as people see it.

use proptest::prelude::*;
use std::collections::BTreeMap;

use super::*;
use crate::map::{
    About, Acknowledged, Address, AutomatedDecision, Collection, Controller, Decision, Disclose, Erase, Erasure, Field,
    FieldErase, Form, GROUNDS, Identity, Isolation, Link, NormalForm, Origin, Purpose, Recipient, RecipientKind,
    Retain, RetentionRule, Role, Spelled, Words, meaning, read,
};
use crate::record::{FieldPath, Step};

/// Choices out of random numbers, so that a failing map shrinks.
struct Choices(std::vec::IntoIter<u16>);

const NAMES: &[&str] = &[
    "id",
    "accounts",
    "sales.orders",
    "sales",
    "crm",
    "orders",
    "e mail",
    "naïve",
    "a\"b",
    "x[]",
    "",
    "C:\\dir",
    "it's",
    "tab\there",
    "shop",
    "crm.accounts",
    "\u{7f}",
    "a.b.c",
    "'\"'",
    "#no",
    "line\nbreak",
    "=",
    "my",
    "export",
];
const SOURCES: &[&str] = &["shop", "crm", "my.export", "my", "a b", "sales"];
const TEXTS: &[&str] =
    &["A plain text", "\"quoted\" and 'quoted'", "back\\slash", "line\nbreak\u{1}", "ünïcode # text"];

impl Choices {
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.0.next().unwrap_or_default()) % n
    }

    fn yes(&mut self) -> bool {
        self.below(3) == 1
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    fn text(&mut self) -> Option<String> {
        self.yes().then(|| self.of(TEXTS).to_owned())
    }

    fn words(&mut self) -> Words {
        let text = self.of(TEXTS).to_owned();
        if self.yes() {
            return Words::plain(text);
        }
        // The general text is the English one, or else the first by language.
        let first = self.of(&["en", "de"]);
        let languages =
            BTreeMap::from([(first.to_owned(), text.clone()), ("fr".to_owned(), self.of(TEXTS).to_owned())]);
        Words { text, languages }
    }

    /// A name that is not empty.
    fn name(&mut self) -> String {
        let name = self.of(NAMES);
        if name.trim().is_empty() { "filled".to_owned() } else { name.to_owned() }
    }

    fn names(&mut self) -> Vec<String> {
        let mut names: Vec<String> = (0..1 + self.below(3)).map(|_| self.name()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// A path as the source reads it.
    fn path(&mut self, source: &SourceMap) -> FieldPath {
        if source.address.kind != "json" {
            return source.field_path(&self.name());
        }
        let mut steps = Vec::new();
        for _ in 0..1 + self.below(3) {
            steps.push(Step::Name(self.name().replace('"', "")));
            if self.yes() {
                steps.push(Step::Each);
            }
        }
        source.field_path(&crate::map::read::names::path_text(&FieldPath::of(steps)))
    }

    fn decision(&mut self) -> Decision {
        self.of(&[Decision::Decided, Decision::Unreviewed, Decision::Open])
    }

    fn disclose(&mut self) -> Disclose {
        self.of(&[Disclose::Yes, Disclose::Review, Disclose::Never, Disclose::Silent])
    }
}

fn map(choices: &mut Choices) -> DataMap {
    let controller = Controller {
        name: choices.text().unwrap_or_default(),
        contact: choices.text(),
        authority: choices.text(),
        time_zone: choices.yes().then(|| "Europe/Berlin".to_owned()),
        registration: choices.text(),
        officer: choices.text(),
        eu_representative: choices.text(),
        uk_representative: choices.text(),
        authorities: if choices.yes() {
            BTreeMap::from([("DE".to_owned(), "BfDI".to_owned())])
        } else {
            BTreeMap::new()
        },
        languages: if choices.yes() { vec!["en".to_owned(), "zh-Hans".to_owned()] } else { Vec::new() },
    };
    let ground = choices.yes().then(|| choices.of(&GROUNDS).code.to_owned());
    let erasure = Erasure { ground, alike: choices.yes().then_some(7) };
    let mut map = DataMap { controller, erasure, ..DataMap::default() };
    law(&mut map, choices);
    for name in ["email", "account-id", "phone_2"] {
        let normal = choices.of(&[NormalForm::Email, NormalForm::Phone, NormalForm::Text, NormalForm::Exact]);
        let strength = choices.of(&[Strength::Unique, Strength::Shared]);
        map.identities
            .insert(name.to_owned(), Identity { name: name.to_owned(), normal, strength, hashes: Vec::new() });
    }
    for name in ["tax", "money laundering"] {
        let keep_text = choices.of(&["P10Y", "P1Y6M", "P30D", "P2W"]).to_owned();
        let rule = RetentionRule {
            name: name.to_owned(),
            because: choices.words(),
            law: choices.yes().then(|| choices.words()),
            keep: keep_text.parse().unwrap(),
            keep_text,
            then: choices.of(&[Then::Delete, Then::Anonymise]),
            isolate: choices.yes(),
        };
        map.retention.insert(name.to_owned(), rule);
    }
    for name in &SOURCES[..1 + choices.below(SOURCES.len())] {
        map.sources.push(source(name, choices));
    }
    map.sources.sort_by(|a, b| a.name.cmp(&b.name));
    add_links(&mut map, choices);
    map
}

fn law(map: &mut DataMap, choices: &mut Choices) {
    let affiliate = Controller { name: choices.of(TEXTS).to_owned(), contact: choices.text(), ..Controller::default() };
    map.affiliates.insert("pay".to_owned(), affiliate);
    for (name, basis) in [("orders", "A6-1-b"), ("safety of trade", "A6-1-f")] {
        let purpose = Purpose {
            name: name.to_owned(),
            label: choices.words(),
            basis: basis.to_owned(),
            special: choices.yes().then(|| "A9-2-f".to_owned()),
            interest: (basis == "A6-1-f" || choices.yes()).then(|| choices.words()),
            mandatory: choices.yes(),
        };
        map.purposes.insert(name.to_owned(), purpose);
    }
    let recipient = Recipient {
        name: "carrier".to_owned(),
        label: choices.words(),
        kind: choices.of(&RecipientKind::WORDS).1,
        country: choices.yes().then(|| "SG".to_owned()),
        safeguard: choices.yes().then(|| "A46-2-c".to_owned()),
        contact: choices.text(),
    };
    map.recipients.insert("carrier".to_owned(), recipient);
    let (label, logic, consequence) = (choices.words(), choices.words(), choices.words());
    map.automated.insert("score".to_owned(), AutomatedDecision { name: "score".to_owned(), label, logic, consequence });
    let because = choices.of(TEXTS).to_owned();
    let (code, place) = ("no-label".to_owned(), "shop".to_owned());
    map.acknowledged.push(Acknowledged { code, place, because, at: Default::default() });
}

fn source(name: &str, choices: &mut Choices) -> SourceMap {
    let kind = choices.of(&["sqlite", "csv", "json"]);
    let csv = kind == "csv";
    let mut source = SourceMap {
        name: name.to_owned(),
        address: Address {
            kind: kind.to_owned(),
            written: choices.of(&["shop.db", "a \"b\"/c", "exports/"]).to_owned(),
            delimiter: (csv && choices.yes()).then(|| choices.of(b";\t|'\\")),
            encoding: (csv && choices.yes()).then(|| "windows-1252".to_owned()),
            ..Address::default()
        },
        default_country: choices.yes().then(|| "SG".to_owned()),
        controller: choices.yes().then(|| "pay".to_owned()),
        ..SourceMap::default()
    };
    let mut names = choices.names();
    names.extend(choices.names());
    names.sort();
    names.dedup();
    source.collections = names.iter().map(|name| collection(name, &source, choices)).collect();
    source
}

fn collection(name: &str, source: &SourceMap, choices: &mut Choices) -> Collection {
    let nobody = choices.yes();
    let mut one = Collection {
        name: name.to_owned(),
        label: choices.text(),
        about: if nobody { About::Nobody } else { About::Subject },
        person: !nobody && choices.yes(),
        key: if choices.yes() { choices.names() } else { Vec::new() },
        because: choices.yes().then(|| choices.words()),
        decision: choices.decision(),
        disclose: choices.disclose(),
        purposes: if choices.yes() { vec!["safety of trade".to_owned(), "orders".to_owned()] } else { Vec::new() },
        recipients: if choices.yes() { vec!["carrier".to_owned()] } else { Vec::new() },
        automated: if choices.yes() { vec!["score".to_owned()] } else { Vec::new() },
        received_from: choices.yes().then(|| choices.words()),
        kept: choices.yes().then(|| choices.words()),
        ..Collection::default()
    };
    if choices.yes() {
        let words = choices.words();
        (one.label, one.labels) = (Some(words.text), words.languages);
    }
    if one.person && one.key.is_empty() {
        one.key = vec!["id".to_owned()];
    }
    one.fields = fields(source, &one.key, choices);
    if !nobody {
        one.identities = identities(source, choices);
        if choices.yes() {
            let rule = choices.of(&["tax", "money laundering"]).to_owned();
            one.retain = Some(Retain {
                rule,
                from: choices.yes().then(|| choices.path(source)),
                needs: choices.yes().then(|| vec![choices.path(source)]),
            });
        }
    }
    one.other = (0..choices.below(30)).map(|i| format!("column about nobody {i}")).collect();
    one.erase =
        choices.of(&[None, Some(Erase::Delete), Some(Erase::Anonymise), Some(Erase::Isolate), Some(Erase::Keep)]);
    if one.erase == Some(Erase::Isolate) || choices.yes() {
        let keep_text = choices.yes().then(|| "P6M".to_owned());
        let keep = keep_text.as_ref().map(|text| text.parse().unwrap());
        let (flag, value) = (choices.path(source), "1".to_owned());
        one.isolate = Some(Isolation { flag, value, keep, keep_text });
    }
    if matches!(one.erase, Some(Erase::Keep | Erase::Isolate)) {
        one.because = Some(choices.words());
    }
    if one.erase == Some(Erase::Anonymise) {
        one.decision = Decision::Open;
    }
    one
}

fn fields(source: &SourceMap, key: &[String], choices: &mut Choices) -> BTreeMap<String, Field> {
    let mut fields: BTreeMap<String, Field> = BTreeMap::new();
    for _ in 0..choices.below(5) {
        let path = choices.path(source);
        if fields.keys().all(|name| source.field_path(name).steps() != path.steps()) {
            fields.insert(path.as_str().to_owned(), field(source, choices));
        }
    }
    for column in key {
        fields.entry(column.clone()).and_modify(|field| field.erase = None);
    }
    fields.retain(|name, _| !name.is_empty());
    fields
}

fn identities(source: &SourceMap, choices: &mut Choices) -> Vec<(String, FieldPath)> {
    let mut out: Vec<(String, FieldPath)> = Vec::new();
    for name in ["email", "email", "account-id", "account-id"] {
        let entry = (name.to_owned(), choices.path(source));
        if choices.yes() && !out.contains(&entry) {
            out.push(entry);
        }
    }
    out
}

fn field(source: &SourceMap, choices: &mut Choices) -> Field {
    let rules = [
        None,
        Some(FieldErase::Null),
        Some(FieldErase::Tombstone),
        Some(FieldErase::Keep),
        Some(FieldErase::Fixed(String::new())),
        Some(FieldErase::Fixed("x\ty".to_owned())),
        Some(FieldErase::Random),
        Some(FieldErase::Truncate),
        Some(FieldErase::Year),
        Some(FieldErase::Band(10)),
        Some(FieldErase::First(2)),
        Some(FieldErase::Round(1000)),
        Some(FieldErase::Point("0".to_owned())),
        Some(FieldErase::Scrub),
        Some(FieldErase::Hash),
        Some(FieldErase::Pseudonym),
        Some(FieldErase::Remove),
        Some(FieldErase::Shred),
        Some(FieldErase::File("up loads".to_owned())),
        Some(FieldErase::Inside(vec![
            ("a.\"b\"[]".to_owned(), FieldErase::Scrub),
            ("c".to_owned(), FieldErase::Fixed(String::new())),
        ])),
    ];
    let label = choices.words();
    Field {
        category: choices.text(),
        label: Some(label.text),
        labels: label.languages,
        codes: if choices.yes() { BTreeMap::from([("0".to_owned(), choices.words())]) } else { BTreeMap::new() },
        origin: choices.yes().then(|| choices.of(&Origin::WORDS).1),
        whose: choices.yes().then(|| choices.path(source)),
        disclose: choices.yes().then(|| choices.disclose()),
        about: choices.of(&[About::Subject, About::Other, About::Organisation]),
        erase: choices.of(&rules),
        ..Field::default()
    }
}

fn add_links(map: &mut DataMap, choices: &mut Choices) {
    let heads = map.sources.clone();
    for (source, before) in map.sources.iter_mut().zip(&heads) {
        for collection in source.collections.iter_mut().filter(|c| c.about != About::Nobody) {
            for _ in 0..choices.below(3) {
                let target = &heads[choices.below(heads.len())];
                let to_collection = choices.of(&target.collections).name;
                if (&target.name, &to_collection) != (&before.name, &collection.name) {
                    collection.links.push(link(before, target, to_collection, choices));
                }
            }
        }
    }
}

fn link(source: &SourceMap, target: &SourceMap, to_collection: String, choices: &mut Choices) -> Link {
    let width = 1 + choices.below(2);
    let mut from: Vec<FieldPath> = (0..width).map(|_| choices.path(source)).collect();
    let mut to: Vec<FieldPath> = (0..width).map(|_| choices.path(target)).collect();
    if width == 2 && (from[0] == from[1] || to[0].steps() == to[1].steps()) {
        from.truncate(1);
        to.truncate(1);
    }
    let role = choices.of(&Role::ALL);
    let width = from.len();
    Link {
        from,
        to_source: target.name.clone(),
        to_collection,
        to,
        role,
        shared: role == Role::Shared || choices.yes(),
        only: if choices.yes() { vec![(choices.path(source), vec!["Order".to_owned()])] } else { Vec::new() },
        spelled: spelled(width, choices),
        decision: choices.decision(),
        because: choices.text(),
        place: Default::default(),
    }
}

fn spelled(width: usize, choices: &mut Choices) -> Spelled {
    let mut forms = |wanted: bool| -> Vec<Form> {
        let digits = [None, Some(4), Some(12)];
        let mut one = || Form::of(["C-", "{x", "Kunde \""][choices.below(3)], "", digits[choices.below(3)]);
        (0..if wanted { width } else { 0 }).map(|_| one()).collect()
    };
    Spelled { here: forms(width == 1), there: forms(width == 2) }
}

fn read_back(map: &DataMap) -> Result<DataMap, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    std::fs::create_dir(folder.path().join("sources")).map_err(|e| e.to_string())?;
    std::fs::write(folder.path().join("redress.toml"), render_workspace(map)).map_err(|e| e.to_string())?;
    for source in &map.sources {
        let file = folder.path().join("sources").join(format!("{}.toml", source.name));
        std::fs::write(file, render_source(source)).map_err(|e| e.to_string())?;
    }
    read(folder.path()).map_err(|faults| faults.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn what_is_written_reads_back_to_the_same_meaning(seed in proptest::collection::vec(any::<u16>(), 0..900)) {
        let map = map(&mut Choices(seed.into_iter()));
        let files = |map: &DataMap| map.sources.iter().map(render_source).collect::<String>();
        let back = read_back(&map).map_err(|faults| TestCaseError::fail(format!("{faults}\n{}", files(&map))))?;
        let again = read_back(&back).map_err(TestCaseError::fail)?;
        let same = meaning(&back) == meaning(&map) && meaning(&again) == meaning(&map);
        prop_assert!(same, "the meaning changed:\n{}\n{}", files(&map), files(&back));
    }
}

#[test]
fn a_file_as_people_see_it() {
    let column = FieldPath::column;
    let personal = |category: &str, erase| Field { category: Some(category.to_owned()), erase, ..Field::default() };
    let hash = Field { disclose: Some(Disclose::Never), ..personal("user.authorization", Some(FieldErase::Null)) };
    let accounts = Collection {
        name: "accounts".to_owned(),
        person: true,
        key: vec!["id".to_owned()],
        identities: vec![("email".to_owned(), column("email")), ("account".to_owned(), column("id"))],
        erase: Some(Erase::Anonymise),
        decision: Decision::Unreviewed,
        fields: BTreeMap::from([
            ("password_hash".to_owned(), hash),
            ("email".to_owned(), personal("user.contact.email", Some(FieldErase::Tombstone))),
        ]),
        other: vec!["shard".to_owned()],
        ..Collection::default()
    };
    let link = |from: &str, role, decision, because: Option<&str>| Link {
        from: vec![column(from)],
        to_source: "shop".to_owned(),
        to_collection: "accounts".to_owned(),
        to: vec![column("id")],
        role,
        shared: false,
        only: Vec::new(),
        spelled: Default::default(),
        decision,
        because: because.map(str::to_owned),
        place: Default::default(),
    };
    let orders = Collection {
        name: "sales.orders".to_owned(),
        key: vec!["no".to_owned()],
        links: vec![
            link("buyer_id", Role::Owner, Decision::Unreviewed, None),
            link("agent", Role::Reference, Decision::Open, Some("97 of 100 values occur there")),
        ],
        retain: Some(Retain { rule: "tax".to_owned(), from: Some(column("paid_at")), needs: None }),
        other: (0..20).map(|i| format!("column_{i}")).collect(),
        ..Collection::default()
    };
    let products = Collection { name: "products".to_owned(), about: About::Nobody, ..Collection::default() };
    let shop = SourceMap {
        name: "shop".to_owned(),
        address: Address { kind: "sqlite".to_owned(), written: "shop.db".to_owned(), ..Address::default() },
        default_country: Some("SG".to_owned()),
        collections: vec![accounts, orders, products],
        ..SourceMap::default()
    };
    let text = render_source(&shop);
    assert_eq!(text, include_str!("shop.toml"), "\n{text}");
}
