//! What holds for every source made of files, tried with CSV.

use std::collections::BTreeSet;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use crate::error::{Error, Kind};
use crate::map::{Address, NormalForm};
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record, Value};
use crate::source::{self, Edit, EditChange, Probe, Question, Remains, Source, Wanted, Writer};

/// An address of that kind.
pub fn address(kind: &str, path: &Path) -> Address {
    Address { kind: kind.to_owned(), path: path.to_owned(), ..Address::default() }
}

/// A file with this content in a new folder.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// What a search for some values of some fields (each by itself) finds, with lines; and the problems.
pub fn search(
    source: &mut dyn Source,
    collection: &str,
    form: NormalForm,
    asked: &[(FieldPath, &str)],
) -> (Vec<(u64, Record)>, Vec<Problem>) {
    let parts: Vec<(Vec<FieldPath>, Wanted)> = asked
        .iter()
        .map(|(path, value)| {
            let mut wanted = Wanted::new(1);
            wanted.add(value);
            (vec![path.clone()], wanted)
        })
        .collect();
    let probes = parts.iter().map(|(fields, wanted)| Probe { fields, form, country: None, wanted }).collect();
    let mut found = Vec::new();
    let coverage = source
        .search(&Question { collection, probes }, &mut |f| {
            found.push((f.line.unwrap(), f.record));
            Ok(())
        })
        .unwrap();
    (found, coverage.problems)
}

/// What a key addresses now.
pub fn lookup(writer: &mut dyn Writer, collection: &str, key: &Key) -> Vec<Record> {
    let mut out = Vec::new();
    writer
        .lookup(collection, &[key], &mut |_, record| {
            out.push(record);
            Ok(())
        })
        .unwrap();
    out
}

/// The key of one column.
pub fn key(column: &str, value: &str) -> Key {
    Key::Columns(vec![(column.to_owned(), value.into())])
}

fn writer(path: &Path) -> Box<dyn Writer> {
    source::open_writer(&address("csv", path), "test").unwrap()
}

fn set_name(writer: &mut dyn Writer, collection: &str, id: &str, name: &str) -> Result<(), Error> {
    let fields = [(FieldPath::column("name"), Value::from(name))];
    let edit = Edit { collection, key: &key("id", id), count: 1, change: EditChange::Set(&fields) };
    writer.write(&[edit]).map(|_| ())
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

const PEOPLE: &str = "id,name\n1,Ana\n2,Bo\n3,Cy\n";

#[test]
fn collections_are_named_by_stem_or_whole_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("2024")).unwrap();
    for name in ["leads.csv", "leads.tsv", "orders.CSV", "2024/leads.csv", ".hidden.csv", "notes.txt", "old.csv.gz"] {
        std::fs::write(folder.path().join(name), "a\n1\n").unwrap();
    }
    std::os::unix::fs::symlink(folder.path(), folder.path().join("2024/loop")).unwrap();
    let mut source = source::open(&address("csv", folder.path()), "test").unwrap();
    let schema = source.schema().unwrap();
    let names: Vec<&str> = schema.collections.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["2024/leads", "leads.csv", "leads.tsv", "old.csv.gz", "orders"]);
    let packed = schema.shape("old.csv.gz").unwrap();
    assert_eq!(packed.problems[0].code, "unreadable-file");
    let question = Question { collection: "old.csv.gz", probes: Vec::new() };
    assert!(source.search(&question, &mut |_| Ok(())).is_err());
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let utf16 = folder.path().join("utf16.csv");
    std::fs::write(&utf16, b"\xFF\xFEa\0,\0").unwrap();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    for path in [&folder.path().join("missing.csv"), &fifo, &utf16, &empty] {
        for kind in ["csv", "json"] {
            let error = source::open(&address(kind, path), "test").err().expect("an error");
            assert!(error.message.contains(path.to_str().unwrap()), "{error}");
            assert!(!error.hints.is_empty(), "{error}");
        }
    }
}

#[test]
fn nothing_changes_before_commit() {
    let (folder, path) = file("people.csv", PEOPLE);
    let mut w = writer(&path);
    set_name(&mut *w, "people", "2", "Bea").unwrap();
    assert_eq!(lookup(&mut *w, "people", &key("id", "2"))[0].get("name"), Some(&"Bea".into()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), PEOPLE);
    drop(w);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), PEOPLE);
    assert_eq!(names_in(folder.path()), BTreeSet::from(["people.csv".to_owned()]));
}

#[test]
fn commit_keeps_mode_and_follows_links() {
    let (folder, path) = file("people.csv", PEOPLE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.csv");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut w = writer(&link);
    set_name(&mut *w, "link", "2", "Bea").unwrap();
    assert!(w.commit().unwrap() == Remains::default());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "id,name\n1,Ana\n2,Bea\n3,Cy\n");
    assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names_in(folder.path()).len(), 2);
}

#[test]
fn the_owner_is_kept() {
    let (_folder, path) = file("people.csv", PEOPLE);
    if std::os::unix::fs::chown(&path, Some(1234), Some(1234)).is_err() {
        return; // Only root may give files away.
    }
    let mut w = writer(&path);
    set_name(&mut *w, "people", "1", "An").unwrap();
    w.commit().unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().uid(), 1234);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_replaced() {
    let changes: [fn(&Path); 3] = [
        |path| std::fs::write(path, "id,name\n1,Ana\n2,Bo\n3,Cy\n4,Di\n").unwrap(),
        |path| std::fs::write(path, "id,name\n1,Ane\n2,Bo\n3,Cy\n").unwrap(),
        |path| {
            let other = path.with_extension("new");
            std::fs::write(&other, PEOPLE).unwrap();
            std::fs::rename(&other, path).unwrap();
        },
    ];
    for (i, change) in changes.into_iter().enumerate() {
        for before_write in [true, false] {
            let (folder, path) = file("people.csv", PEOPLE);
            // The clock of a file system is coarse; a file as old as this one differs whenever it is written.
            let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(past).unwrap();
            let mut w = writer(&path);
            lookup(&mut *w, "people", &key("id", "1"));
            if before_write {
                change(&path);
            }
            let mut result = set_name(&mut *w, "people", "1", "Other");
            if !before_write {
                result.as_ref().unwrap();
                change(&path);
            }
            let now = std::fs::read_to_string(&path).unwrap();
            if result.is_ok() {
                result = w.commit().map(|_| ());
            } else {
                drop(w);
            }
            let error = result.expect_err("refused");
            assert_eq!(error.kind, Kind::Refused, "{i} {error}");
            assert!(error.message.contains("changed since it was read"), "{error}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), now);
            assert_eq!(names_in(folder.path()), BTreeSet::from(["people.csv".to_owned()]));
        }
    }
}

#[test]
fn a_search_says_that_the_file_changed_meanwhile() {
    let (_folder, path) = file("people.csv", PEOPLE);
    let mut source = source::open(&address("csv", &path), "test").unwrap();
    std::fs::write(&path, "id,name\n1,Ana\n").unwrap();
    let wanted = Wanted::new(1);
    let fields = [FieldPath::column("id")];
    let probe = Probe { fields: &fields, form: NormalForm::Exact, country: None, wanted: &wanted };
    let answer = source.search(&Question { collection: "people", probes: vec![probe] }, &mut |_| Ok(()));
    // Shorter than it was: an error; anything else: a problem.
    assert!(match answer {
        Ok(coverage) => coverage.problems.iter().any(|p| p.code == "changed-while-read"),
        Err(error) => error.message.contains("changed since"),
    });
}

#[test]
fn hard_links_and_two_writers_are_refused() {
    let (folder, path) = file("people.csv", PEOPLE);
    let first = writer(&path);
    let second = source::open_writer(&address("csv", &path), "test").err().expect("an error");
    assert!(second.message.contains("by another process"), "{second}");
    drop(first);
    std::fs::hard_link(&path, folder.path().join("other.csv")).unwrap();
    let error = set_name(&mut *writer(&path), "people", "1", "An").unwrap_err();
    assert!(error.message.contains("hard links"), "{error}");
}

#[test]
fn what_a_crash_left_is_removed() {
    let (folder, path) = file("people.csv", PEOPLE);
    std::fs::write(folder.path().join("other.csv"), PEOPLE).unwrap();
    let mut w = writer(&path);
    set_name(&mut *w, "people", "1", "An").unwrap();
    let temp = names_in(folder.path()).into_iter().find(|n| n.starts_with(".redress-")).unwrap();
    assert_eq!(std::fs::metadata(folder.path().join(&temp)).unwrap().mode() & 0o777, 0o600);
    // As after a crash: the file stays.
    std::fs::copy(folder.path().join(&temp), folder.path().join(format!("{temp}x"))).unwrap();
    drop(w);
    assert_eq!(names_in(folder.path()).len(), 3);
    drop(writer(&folder.path().join("other.csv")));
    assert_eq!(names_in(folder.path()).len(), 3, "another file's leftovers may be in use");
    drop(writer(&path));
    assert_eq!(names_in(folder.path()).len(), 2);
}

#[test]
fn keys_mean_the_records_as_they_were_and_a_write_is_done_whole_or_not_at_all() {
    let (_folder, path) = file("people.csv", PEOPLE);
    let mut w = writer(&path);
    let id = |to: &str| [(FieldPath::column("id"), Value::from(to))];
    let (to9, to1) = (id("9"), id("1"));
    let edit = |key, count, change| Edit { collection: "people", key, count, change };
    let (k1, k2, k9) = (key("id", "1"), key("id", "2"), key("id", "9"));
    // 1 becomes 9, 2 becomes 1: the second edit means the old 2, and nobody was 9.
    let early = [edit(&k1, 1, EditChange::Set(&to9)), edit(&k9, 1, EditChange::Delete)];
    assert_eq!(w.write(&early).expect_err("nobody is 9 yet").kind, Kind::Refused);
    w.write(&[edit(&k1, 1, EditChange::Set(&to9)), edit(&k2, 1, EditChange::Set(&to1))]).unwrap();
    w.write(&[edit(&k9, 1, EditChange::Delete)]).unwrap();
    assert_eq!(lookup(&mut *w, "people", &k1)[0].get("name"), Some(&"Bo".into()));
    assert!(lookup(&mut *w, "people", &k9).is_empty() && lookup(&mut *w, "people", &k2).is_empty());
    // A key never asked for before, of a record that has just got it, and of one that never changed.
    assert_eq!(lookup(&mut *w, "people", &key("name", "Bo")).len(), 1);
    assert_eq!(lookup(&mut *w, "people", &key("name", "Ana")).len(), 0);
    assert_eq!(lookup(&mut *w, "people", &key("name", "Cy")).len(), 1);
    let error = w
        .write(&[edit(&k1, 1, EditChange::Delete), edit(&key("id", "3"), 2, EditChange::Delete)])
        .expect_err("the count is wrong");
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(lookup(&mut *w, "people", &k1).len(), 1, "nothing of a refused write is done");
    set_name(&mut *w, "people", "3", "Cyd").unwrap();
    w.commit().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "id,name\n1,Bo\n3,Cyd\n");
}

#[test]
fn identical_records_are_addressed_together_by_content() {
    let (_folder, path) = file("hits.csv", "ip,page\n1.1.1.1,/\n2.2.2.2,/\n1.1.1.1,/\n");
    let mut source = source::open(&address("csv", &path), "test").unwrap();
    let (found, _) = search(&mut *source, "hits", NormalForm::Exact, &[(FieldPath::column("ip"), "1.1.1.1")]);
    assert_eq!(found.len(), 2);
    let content = Key::Content(found[0].1.digest());
    let mut w = writer(&path);
    assert_eq!(lookup(&mut *w, "hits", &content).len(), 2);
    let fields = [(FieldPath::column("ip"), Value::from(""))];
    w.write(&[Edit { collection: "hits", key: &content, count: 2, change: EditChange::Set(&fields) }]).unwrap();
    assert!(lookup(&mut *w, "hits", &content).is_empty());
    let after = Record::new(found[0].1.names.clone(), vec!["".into(), "/".into()]);
    assert_eq!(lookup(&mut *w, "hits", &Key::Content(after.digest())).len(), 2);
    w.commit().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "ip,page\n,/\n2.2.2.2,/\n,/\n");
}

#[test]
fn a_full_disk_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mount.is_ok_and(|o| o.status.success()) {
        return; // Only root may mount.
    }
    let path = folder.path().join("people.csv");
    let mut content = String::from("id,name\n");
    (0..12_000).for_each(|i| content.push_str(&format!("{i},some name\n")));
    std::fs::write(&path, &content).unwrap();
    let mut w = writer(&path);
    let result = set_name(&mut *w, "people", "7", "Bea");
    drop(w);
    let same = std::fs::read_to_string(&path).unwrap() == content;
    let names = names_in(folder.path());
    assert!(std::process::Command::new("umount").arg(folder.path()).status().unwrap().success());
    let error = result.expect_err("there is no room");
    assert!(error.message.contains("No space left"), "{error}");
    assert!(same && names.len() == 1);
}

#[test]
fn a_folder_is_replaced_file_by_file() {
    let (folder, path) = file("a.csv", PEOPLE);
    let other = folder.path().join("b.csv");
    std::fs::write(&other, "id;name\r\n1;Zoë\r\n").unwrap();
    let mut w = writer(folder.path());
    set_name(&mut *w, "a", "1", "x").unwrap();
    set_name(&mut *w, "b", "1", "y;z").unwrap();
    w.commit().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "id,name\n1,x\n2,Bo\n3,Cy\n");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "id;name\r\n1;\"y;z\"\r\n");
}
