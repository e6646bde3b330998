//! A small map, records in memory, a signer: what the other tests start from.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::archive::{Cover, Part, Row, Rows, Searched, Signer, Sink, Written, write};
use crate::error::{Error, Result};
use crate::language::{Language, Tag};
use crate::map::*;
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Names, Record, Value};

/// What only silent places hold: it must be found nowhere.
pub const SECRET: &str = "sar-4711-secret";
/// Somebody else's identifier.
pub const OTHER: &str = "other-person-77";
/// Text nobody has reviewed.
pub const FREE: &str = "free text about many";
/// A password hash.
pub const HASH: &str = "hash-9b2f";

/// One record in memory.
pub struct Held {
    pub record: Record,
    pub count: u64,
    pub role: Role,
    pub path: String,
    pub links: Vec<usize>,
}

/// Records in memory.
#[derive(Default)]
pub struct Memory {
    pub parts: Vec<Part>,
    pub held: Vec<Vec<Held>>,
    pub fields: Option<Vec<String>>,
    /// Whether each record has a key of its own: its first value.
    pub keyed: bool,
}

impl Memory {
    pub fn add(&mut self, source: &str, collection: &str, held: Vec<Held>) {
        let rows = held.iter().map(|h| h.count).sum();
        self.parts.push(Part { source: source.into(), collection: collection.into(), rows });
        self.held.push(held);
    }
}

impl Rows for Memory {
    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn each(&self, part: usize, sink: Sink<'_>) -> Result<()> {
        let key = Key::Columns(vec![("id".into(), Value::Int(0))]);
        for held in &self.held[part] {
            let key = match self.keyed {
                true => Key::Columns(vec![(held.record.names[0].clone(), held.record.values[0].clone())]),
                false => key.clone(),
            };
            sink(&Row {
                record: &held.record,
                key: &key,
                count: held.count,
                role: held.role,
                way: &held.path,
                links: &held.links,
            })?;
        }
        Ok(())
    }

    fn fields(&self, _: usize) -> Option<Vec<String>> {
        self.fields.clone()
    }
}

/// Signs with a fresh key; the same bytes get the same signature.
pub struct TestSigner {
    pair: minisign::KeyPair,
    known: RefCell<HashMap<(Vec<u8>, String), String>>,
}

impl TestSigner {
    pub fn new() -> Self {
        TestSigner { pair: minisign::KeyPair::generate_unencrypted_keypair().unwrap(), known: RefCell::default() }
    }
}

impl Signer for TestSigner {
    fn sign(&self, bytes: &[u8], comment: &str) -> Result<String> {
        let sign = || minisign::sign(None, &self.pair.sk, bytes, Some(comment), None).map(|b| b.to_string());
        let mut known = self.known.borrow_mut();
        let entry = known.entry((bytes.to_vec(), comment.to_owned()));
        Ok(entry.or_insert_with(|| sign().unwrap()).clone())
    }

    fn public_key(&self) -> String {
        self.pair.pk.to_base64()
    }
}

pub fn names(names: &[&str]) -> Names {
    names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>().into()
}

pub fn text(text: &str) -> Value {
    Value::from(text)
}

pub fn object(members: &[(&str, Value)]) -> Value {
    Value::Object(members.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect())
}

pub fn held(names: &Names, values: Vec<Value>, role: Role, links: &[usize]) -> Held {
    Held { record: Record::new(names.clone(), values), count: 1, role, path: String::new(), links: links.to_vec() }
}

fn field(disclose: Option<Disclose>, about: About, label: Option<&str>) -> Field {
    Field { disclose, about, label: label.map(str::to_owned), ..Field::default() }
}

pub fn link(from: FieldPath, to: (&str, &str), role: Role) -> Link {
    Link {
        from: vec![from],
        to_source: to.0.into(),
        to_collection: to.1.into(),
        to: vec![FieldPath::column("id")],
        role,
        shared: false,
        only: Vec::new(),
        spelled: Default::default(),
        decision: Decision::Decided,
        because: None,
        place: Place::default(),
    }
}

/// The map: accounts (persons), messages between two, notes about people, events (JSON), alerts (silent).
pub fn map() -> DataMap {
    let yes = || field(None, About::Subject, None);
    let fields = |list: Vec<(&str, Field)>| -> BTreeMap<String, Field> {
        list.into_iter().map(|(name, f)| (name.to_owned(), f)).collect()
    };
    let accounts = Collection {
        name: "accounts".into(),
        label: Some("Accounts".into()),
        person: true,
        key: vec!["id".into()],
        identities: vec![("email".into(), FieldPath::column("email"))],
        fields: fields(vec![
            ("name", field(None, About::Subject, Some("Full name"))),
            ("email", field(None, About::Subject, Some("E-mail address"))),
            ("password_hash", field(Some(Disclose::Never), About::Subject, None)),
            ("risk_flag", field(Some(Disclose::Silent), About::Subject, Some("Risk flag label"))),
            ("photo", yes()),
        ]),
        other: vec!["shard".into()],
        ..Collection::default()
    };
    let messages = Collection {
        name: "messages".into(),
        label: Some("Messages".into()),
        key: vec!["id".into()],
        links: vec![
            link(FieldPath::column("sender"), ("shop", "accounts"), Role::Author),
            link(FieldPath::column("recipient"), ("shop", "accounts"), Role::Recipient),
        ],
        fields: fields(vec![("body", field(Some(Disclose::Review), About::Subject, None)), ("sent_at", yes())]),
        ..Collection::default()
    };
    let notes = Collection {
        name: "notes".into(),
        key: vec!["id".into()],
        links: vec![
            link(FieldPath::column("account"), ("shop", "accounts"), Role::About),
            link(FieldPath::column("written_by"), ("shop", "desks"), Role::Author),
        ],
        fields: fields(vec![("summary", yes()), ("third_party", field(None, About::Other, None))]),
        ..Collection::default()
    };
    let desks = Collection { name: "desks".into(), key: vec!["id".into()], ..Collection::default() };
    let alerts = Collection {
        name: "aml_alerts".into(),
        label: Some("Money laundering".into()),
        key: vec!["id".into()],
        disclose: Disclose::Silent,
        links: vec![link(FieldPath::column("account"), ("shop", "accounts"), Role::Owner)],
        fields: fields(vec![("reason", yes())]),
        ..Collection::default()
    };
    let shop = SourceMap {
        name: "shop".into(),
        address: Address { kind: "sqlite".into(), ..Address::default() },
        collections: vec![accounts, messages, notes, desks, alerts],
        ..SourceMap::default()
    };
    let events = Collection {
        name: "Events".into(),
        links: vec![
            link(FieldPath::nested("user.id"), ("shop", "accounts"), Role::Owner),
            link(FieldPath::nested("people[].id"), ("shop", "accounts"), Role::Mention),
        ],
        fields: fields(vec![
            ("user.name", yes()),
            ("device.id", yes()),
            ("device.secret", field(Some(Disclose::Silent), About::Subject, None)),
            ("score.value", field(Some(Disclose::Silent), About::Subject, None)),
            ("score.model", field(Some(Disclose::Silent), About::Subject, None)),
            ("items[].sku", yes()),
            ("items[].comment", field(Some(Disclose::Review), About::Subject, None)),
            ("items[].seller", field(None, About::Other, None)),
            ("tags", yes()),
        ]),
        other: vec!["ts".into()],
        ..Collection::default()
    };
    let logs = SourceMap {
        name: "Web Logs".into(),
        address: Address { kind: "json".into(), ..Address::default() },
        collections: vec![events],
        ..SourceMap::default()
    };
    DataMap {
        controller: Controller {
            name: "Meridian <Trade> Pte. Ltd.".into(),
            contact: Some("privacy@meridian.example".into()),
            authority: Some("the PDPC".into()),
            time_zone: None,
            ..Controller::default()
        },
        sources: vec![logs, shop],
        ..DataMap::default()
    }
}

/// Her records.
pub fn rows() -> Memory {
    let mut memory = Memory::default();
    let accounts = names(&["id", "name", "email", "password_hash", "risk_flag", "photo", "shard", "new_column"]);
    let account = vec![
        Value::Int(7),
        text("=HYPERLINK(\"http://evil\")<script>alert(1)</script>\u{1b}[31m\u{202e}"),
        text("ana@example.com"),
        text(HASH),
        text(SECRET),
        Value::Bytes([b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 50]].concat()),
        Value::Int(3),
        text("who knows"),
    ];
    let mut account = held(&accounts, account, Role::Owner, &[]);
    account.path = "given → shop.accounts.email".into();
    memory.add("shop", "accounts", vec![account]);

    let messages = names(&["id", "sender", "recipient", "body", "sent_at"]);
    let message = |id, from: Value, to: Value, role, links: &[usize]| {
        let mut one = held(&messages, vec![Value::Int(id), from, to, text(FREE), text("2026-01-01")], role, links);
        one.path = "given → shop.accounts.email (id=7) → shop.messages".into();
        one
    };
    memory.add(
        "shop",
        "messages",
        vec![
            message(1, text("7"), text(OTHER), Role::Author, &[0]),
            message(2, text(OTHER), text("7"), Role::Recipient, &[1]),
            message(3, text("7"), Value::Null, Role::Author, &[0]),
        ],
    );

    let notes = names(&["id", "account", "written_by", "summary", "third_party"]);
    let mut note =
        held(&notes, vec![Value::Int(1), Value::Int(7), text(OTHER), text("late"), text(OTHER)], Role::About, &[0]);
    note.path = format!("given → shop.accounts.email → shop.aml_alerts (id={SECRET}) → shop.notes.account");
    note.count = 3;
    memory.add("shop", "notes", vec![note]);

    let alerts = names(&["id", "account", "reason", "unmapped"]);
    let alert = vec![Value::Int(1), Value::Int(7), text(SECRET), text(SECRET)];
    memory.add("shop", "aml_alerts", vec![held(&alerts, alert, Role::Owner, &[0])]);

    memory.add("Web Logs", "Events", events());
    memory
}

fn events() -> Vec<Held> {
    let first = vec![
        object(&[("id", text("7")), ("name", text("Ana"))]),
        object(&[("id", text("d-1")), ("secret", text(SECRET)), ("os", text("unknown-os"))]),
        object(&[("value", text(SECRET)), ("extra", text(SECRET))]),
        Value::List(vec![
            object(&[("sku", text("A")), ("comment", text(FREE)), ("seller", text(OTHER))]),
            object(&[("sku", text("B")), ("comment", Value::Null)]),
        ]),
        Value::List(vec![object(&[("id", text("7"))]), object(&[("id", text(OTHER))])]),
    ];
    let second = vec![Value::Decimal("1.10".into()), object(&[("secret", text(SECRET))]), Value::List(vec![text("x")])];
    vec![
        held(&names(&["user", "device", "score", "items", "people"]), first, Role::Owner, &[0, 1]),
        held(&names(&["ts", "device", "tags"]), second, Role::Owner, &[0]),
    ]
}

pub fn cover(map: &DataMap) -> Cover<'_> {
    let place = |c: &str| ("shop".to_owned(), c.to_owned());
    Cover {
        map,
        reference: "R-81f2 (12)".into(),
        as_of: "2026-11-23T06:05:04Z".parse().unwrap(),
        received: "2026-11-20T06:00:00Z".parse().unwrap(),
        due: jiff::civil::date(2026, 12, 21),
        asked_by: vec![("email".into(), "ANA@example.com".into())],
        verified: "known from the account".into(),
        searched: vec![
            Searched {
                source: "shop".into(),
                kind: "sqlite".into(),
                collections: ["accounts", "messages", "notes", "aml_alerts"].map(str::to_owned).into(),
                complete: true,
            },
            Searched {
                source: "Web Logs".into(),
                kind: "json".into(),
                collections: vec!["Events".into()],
                complete: false,
            },
        ],
        not_searched: vec![
            ("Backups".into(), "they rotate within 30 days".into()),
            ("the aml_alerts archive".into(), "silent".into()),
        ],
        problems: vec![
            Problem::new("malformed-line", "events.ndjson:3", "the line is not JSON"),
            Problem::new("locked", "shop.aml_alerts", "could not be read"),
        ],
        log_head: "17:ab12".into(),
        review: crate::archive::Review::default(),
        print: crate::archive::Print::Usual,
        language: Language::of(Tag::English),
        kind: crate::archive::Kind::Copy,
        clean: false,
        unmentioned: HashMap::from([
            (place("accounts"), vec!["new_column".to_owned()]),
            (place("aml_alerts"), vec!["unmapped".to_owned()]),
        ]),
    }
}

/// Writes the firm's archive into a fresh folder.
pub fn archive() -> (tempfile::TempDir, PathBuf, Written, TestSigner) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("ana.zip");
    let signer = TestSigner::new();
    let map = map();
    let written = write(&cover(&map), &rows(), &signer, &out).unwrap();
    (dir, out, written, signer)
}

/// Every file inside, in the order in which they stand.
pub fn unpack(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

pub fn file(path: &Path, name: &str) -> String {
    let found = unpack(path).into_iter().find(|(n, _)| n == name);
    let (_, bytes) = found.unwrap_or_else(|| panic!("{name} is not inside"));
    String::from_utf8(bytes).unwrap()
}

/// Packs files into a ZIP, as somebody who tampers would.
pub fn pack(path: &Path, files: &[(String, Vec<u8>)]) {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// Rows that fail half-way.
pub struct Failing(pub Memory);

impl Rows for Failing {
    fn parts(&self) -> &[Part] {
        self.0.parts()
    }

    fn each(&self, part: usize, sink: Sink<'_>) -> Result<()> {
        self.0.each(part, sink)?;
        match part {
            2 => Err(Error::failed("the source went away")),
            _ => Ok(()),
        }
    }
}
