//! What others wrote is read without harm, whatever they wrote: no panic, no endless loop, no memory without bounds.
//! Each test takes whole files, changes them a little (`changed`), and reads them as the commands do.

pub mod changed;

use changed::{cases, changed};
use flate2::write::GzEncoder;
use proptest::prelude::*;
use redress::archive::check;
use redress::map::{Address, NormalForm};
use redress::record::{Digest, FieldPath};
use redress::source::{Probe, Question, Source, Wanted, open, open_raw};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::commands::demo;

/// The demo, made once.
static FIRM: LazyLock<tempfile::TempDir> = LazyLock::new(demo);

fn firm(name: &str) -> Vec<u8> {
    std::fs::read(FIRM.path().join(name)).unwrap()
}

/// The first lines of a file: small files are changed more thoroughly.
fn lines(name: &str, many: usize) -> Vec<u8> {
    firm(name).split_inclusive(|b| *b == b'\n').take(many).collect::<Vec<_>>().concat()
}

/// A file of that name with these bytes, in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn address(kind: &str, path: &Path) -> Address {
    Address { kind: kind.to_owned(), path: path.to_owned(), ..Address::default() }
}

/// Reads a source in every way there is.
fn read(address: &Address) {
    if let Ok(mut source) = open(address, "s") {
        read_whole(&mut *source);
    }
    if let Ok(mut raw) = open_raw(address, "s")
        && let Ok(files) = raw.files()
    {
        for file in files.files {
            for offset in (0..1 << 17).step_by(4096) {
                let _ = raw.is_in_use(&file, offset + 7);
            }
        }
        let _ = raw.rows(&mut Counted(0));
    }
}

fn read_whole(source: &mut dyn Source) {
    let Ok(schema) = source.schema() else { return };
    for shape in &schema.collections {
        let mut columns: Vec<String> = shape.columns.iter().map(|c| c.name.clone()).take(4).collect();
        let _ = source.all(&shape.name, &mut |_| Ok(()));
        let _ = source.sample(&shape.name, 3);
        columns.push("id".to_owned());
        for (n, column) in columns.iter().enumerate() {
            let mut wanted = Wanted::new(1);
            wanted.add("nadia@quillfeather.example");
            wanted.add("1");
            let form = [NormalForm::Email, NormalForm::Phone, NormalForm::Text, NormalForm::Exact][n % 4];
            let fields = [FieldPath::column(column)];
            let probe = Probe { fields: &fields, form, country: Some("SG"), wanted: &wanted };
            let question = Question { collection: &shape.name, probes: vec![probe] };
            let _ = source.search(&question, &mut |found| {
                question.probes.iter().for_each(|probe| probe.hits(&found.record, &mut |_| {}));
                Ok(())
            });
        }
    }
}

struct Counted(usize);

impl redress::source::raw::RowSink for Counted {
    fn table(&mut self, _: &str, _: &[String]) -> redress::error::Result<()> {
        Ok(())
    }

    fn rows(&mut self, rows: &redress::source::raw::RowBlock) -> redress::error::Result<()> {
        self.0 += rows.bytes().len();
        Ok(())
    }
}

fn in_two_bytes(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    b"\xff\xfe".iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn csv_files() -> Vec<Vec<u8>> {
    let deliveries = lines("exports/deliveries.csv", 12);
    vec![
        in_two_bytes(&deliveries),
        deliveries,
        b"id;name;mail\r\n1;\"a \"\"b\"\"\r\nc\";x@y.example\r\n2;;\r\n".to_vec(),
        b"\xef\xbb\xbfid\tname\n1\tJos\xe9\n".to_vec(),
        b"id,tags\n1,\"[1, {\"\"a\"\": null}]\"\n1,\n,,,\n".to_vec(),
    ]
}

fn json_files() -> Vec<Vec<u8>> {
    let events = lines("events/clickstream.ndjson", 8);
    let array = format!("[{}]", String::from_utf8_lossy(&events).trim().replace('\n', ", "));
    let deep = format!("{}{}\n", "{\"a\":[".repeat(60), "]}".repeat(60));
    vec![
        events,
        array.into_bytes(),
        deep.into_bytes(),
        b"{\"id\": 1.50, \"n\": 123456789012345678901234567890, \"t\": \"\\ud83d\\ude00\", \"id\": 2}\n".to_vec(),
        b"{\"s\": [{\"x\": {\"$bytes\": \"AAA=\"}}, null, true]}".to_vec(),
    ]
}

/// Files that an archive's reader or a sweep unpacks.
fn packed_files() -> Vec<Vec<u8>> {
    let text = b"write to nadia@quillfeather.example, or to nadia=\r\n@quillfeather.example".repeat(20);
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&text).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b/c.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&text).unwrap();
    }
    vec![gzip.finish().unwrap(), zip.finish().unwrap().into_inner(), text]
}

fn plan_file() -> Vec<u8> {
    let folder = FIRM.path().join(".redress/plans");
    let mut plans: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    plans.sort();
    std::fs::read(&plans[0]).unwrap()
}

/// The same plan with a footer that fits: what is behind the digest is read too.
fn sealed_again(bytes: &[u8]) -> Vec<u8> {
    let body = bytes.len() - bytes.iter().rev().skip(1).position(|b| *b == b'\n').unwrap_or(bytes.len() - 1) - 1;
    let digest = Digest::of(&bytes[..body]);
    [&bytes[..body], format!("{{\"footer\": {{\"sha256\": \"{digest}\"}}}}\n").as_bytes()].concat()
}

/// A record of erasure as it is sealed, but for who signed what.
fn record_of_erasure() -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(FIRM.path().join("archive.zip")).unwrap()).unwrap();
    let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let (signature, key) = (text("tagmanifest-sha256.txt.minisig"), text("signing-key.pub"));
    let record = serde_json::json!({"record": {"request": 1, "kept": [{"place": "shop.orders"}]}, "signature": signature, "key": key});
    format!("{record}\n").into_bytes()
}

/// A database of small pages, some of them free, some of them one value together.
fn small_database() -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("small.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(
        "PRAGMA page_size = 512; CREATE TABLE people (id INTEGER PRIMARY KEY, mail TEXT COLLATE NOCASE, note);
         CREATE INDEX by_mail ON people (mail); CREATE TABLE gone (x); CREATE TABLE words (word PRIMARY KEY) WITHOUT ROWID;
         INSERT INTO people VALUES (1, 'nadia@quillfeather.example', 1.5), (2, NULL, zeroblob(3000)), (3, 'b', 'c');
         INSERT INTO words VALUES ('a'), (2), (x'00'); INSERT INTO gone VALUES (zeroblob(2000)); DROP TABLE gone;",
    )
    .unwrap();
    drop(db);
    std::fs::read(path).unwrap()
}

fn map_files() -> Vec<Vec<u8>> {
    vec![firm("sources/shop.toml"), firm("sources/exports.toml")]
}

/// What a sweep for the demo's person finds in the files of a folder.
fn sweep_of(folder: &Path) -> usize {
    let (dir, _) = file("redress.toml", b"version = 1\n[controller]\nname = \"Firm\"\n[identity.email]\n");
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    let source = format!("kind = \"csv\"\npath = {:?}\n", folder.display().to_string());
    std::fs::write(dir.path().join("sources/files.toml"), source).unwrap();
    let map = redress::map::read(dir.path()).unwrap();
    let plan = redress::plan::read(&plan_file(), Path::new("plan")).unwrap().plan;
    redress::sweep::sweep(&map, &plan).unwrap().left.len()
}

const DATASET: &[u8] = b"dataset:
- fides_key: shop
  name: Shop
  collections:
  - name: customers
    fields: &fields
    - name: id
      fides_meta: {primary_key: true, data_type: integer}
    - name: email
      data_categories: [user.contact.email]
      fides_meta: {identity: email, references: [{dataset: shop, field: orders.mail, direction: to}]}
    - name: address
      fields: [{name: city, data_categories: [user.contact.address.city]}]
  - name: again
    fields: *fields
";

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn csv_files_of_any_kind(bytes in changed(csv_files())) {
        let (_dir, path) = file("people.csv", &bytes);
        read(&address("csv", &path));
    }

    #[test]
    fn json_files_of_any_kind(bytes in changed(json_files())) {
        let (_dir, path) = file("people.ndjson", &bytes);
        read(&address("json", &path));
    }

    #[test]
    fn databases_of_any_kind(bytes in changed(vec![small_database()])) {
        let (_dir, path) = file("shop.db", &bytes);
        read(&address("sqlite", &path));
    }

    #[test]
    fn plans_of_any_kind(bytes in changed(vec![plan_file()]), fits in any::<bool>()) {
        let bytes = if fits { sealed_again(&bytes) } else { bytes };
        let _ = redress::plan::read(&bytes, Path::new("plan"));
    }

    #[test]
    fn maps_of_any_kind(workspace in changed(vec![firm("redress.toml")]), source in changed(map_files())) {
        let (dir, _) = file("redress.toml", &workspace);
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        std::fs::write(dir.path().join("sources/shop.toml"), &source).unwrap();
        std::fs::write(dir.path().join("sources/office.toml"), firm("sources/office.toml")).unwrap();
        if let Err(faults) = redress::map::read(dir.path()) {
            prop_assert!(!faults.to_string().is_empty());
        }
    }

    #[test]
    fn fides_files_of_any_kind(bytes in changed(vec![DATASET.to_vec()])) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = redress::draft::fides::parse(&text, Path::new("f.yml"));
    }

    #[test]
    fn records_of_erasure_of_any_kind(bytes in changed(vec![record_of_erasure()])) {
        let (_dir, path) = file("record.json", &bytes);
        let _ = redress::erasure::check(&path, None, &[]);
    }

    #[test]
    fn addresses_of_any_kind(text in "(sqlite|csv|json|postgres|mysql|)(:|://)[a-z@:/.%?=&\\[\\]${}A-Z0-9 -]{0,40}") {
        let _ = redress::source::parse_address(&text, Path::new("/nowhere"));
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn archives_of_any_kind(bytes in changed([packed_files(), vec![firm("archive.zip")]].concat())) {
        let (_dir, path) = file("archive.zip", &bytes);
        let _ = check(&path, None, &[]).unwrap();
    }

    #[test]
    fn files_that_are_swept(bytes in changed(packed_files()), ending in 0..3usize) {
        let (dir, _) = file(["x.gz", "x.zip", "x.eml"][ending], &bytes);
        std::fs::write(dir.path().join("people.csv"), "mail\nnadia@quillfeather.example\n").unwrap();
        let swept = sweep_of(dir.path());
        prop_assert!(swept > 0, "what is beside a damaged file is found all the same");
    }
}
