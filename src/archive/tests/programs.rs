//! Archives in the hands of other people's programs (`tests/programs.rs` says which).

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom};
use std::path::Path;

use super::firm::*;
use crate::archive::deflate::Deflater;
use crate::archive::zipfile::{Moment, ZipFile};
use crate::archive::{Keys, Seal, Signer, check, is_sealed, write, write_sealed};
use crate::map::Role;
use crate::record::Value;

#[path = "../../../tests/programs.rs"]
pub mod others;

use others::{accepts, every_program_accepts};

#[test]
fn the_firm_with_its_hostile_values_passes() {
    let (_dir, out, _, signer) = archive();
    every_program_accepts(&out, &signer.public_key());
}

#[test]
fn a_closed_archive_opens_with_its_passphrase_alone() {
    let (dir, map, signer) = (tempfile::tempdir().unwrap(), map(), TestSigner::new());
    let (out, plain) = (dir.path().join("closed.zip"), dir.path().join("plain.zip"));
    let passphrase = crate::archive::passphrase(&std::array::from_fn(|i| 7 * i as u8));
    let written = write_sealed(&cover(&map), &rows(), &signer, &out, &Seal::Passphrase(&passphrase)).unwrap();
    assert_eq!(written.sha256, crate::record::Digest::of(&std::fs::read(&out).unwrap()).to_string());
    write(&cover(&map), &rows(), &signer, &plain).unwrap();
    let faults = check(&out, None, &[]).unwrap().faults;
    assert_eq!(faults.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["closed"]);
    let closed = std::fs::read(&out).unwrap();
    for secret in ["datapackage", "tagmanifest", "ana@example.com"] {
        assert!(!closed.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
    }
    if accepts("7z", &["x", &format!("-p{passphrase}"), "closed.zip"], dir.path()) {
        let inner = dir.path().join("archive.zip");
        assert!(std::fs::read(&inner).unwrap() == std::fs::read(&plain).unwrap(), "the same bytes before encryption");
        every_program_accepts(&inner, &signer.public_key());
        let wrong =
            std::process::Command::new("7z").args(["t", "-pwrong", "closed.zip"]).current_dir(dir.path()).output();
        assert!(!wrong.unwrap().status.success());
    }
}

/// Closed for a key, another program opens it, and gives the same bytes as if it had never been closed.
#[test]
fn an_archive_closed_for_a_key_opens_with_it_alone() {
    let (dir, map, signer) = (tempfile::tempdir().unwrap(), map(), TestSigner::new());
    let path = |name: &str| dir.path().join(name);
    if !accepts("age-keygen", &["-o", "hers.key"], dir.path()) {
        return;
    }
    accepts("age-keygen", &["-o", "another.key"], dir.path());
    let public = others::said("age-keygen", &["-y", "hers.key"], dir.path()).unwrap();
    let keys = Keys::parse(&[public.trim().to_owned()]).unwrap();
    let written = write_sealed(&cover(&map), &rows(), &signer, &path("closed.age"), &Seal::Keys(&keys)).unwrap();
    let closed = std::fs::read(path("closed.age")).unwrap();
    assert_eq!(written.sha256, crate::record::Digest::of(&closed).to_string());
    assert_eq!(written.bytes, closed.len() as u64);
    for secret in ["PK\u{3}\u{4}", "datapackage", "ana@example.com"] {
        assert!(!closed.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
    }
    let checked = check(&path("closed.age"), None, &[]).unwrap();
    assert!(!checked.whole && checked.faults[0].code == "closed" && checked.faults[0].message.contains("age -d"));
    assert!(is_sealed(&path("closed.age")));

    accepts("age", &["-d", "-i", "hers.key", "-o", "opened.zip", "closed.age"], dir.path());
    write(&cover(&map), &rows(), &signer, &path("plain.zip")).unwrap();
    assert!(std::fs::read(path("opened.zip")).unwrap() == std::fs::read(path("plain.zip")).unwrap());
    every_program_accepts(&path("opened.zip"), &signer.public_key());
    let other = ["-d", "-i", "another.key", "-o", "none.zip", "closed.age"];
    let other = std::process::Command::new("age").args(other).current_dir(dir.path()).output().unwrap();
    assert!(!other.status.success() && !path("none.zip").exists());
    // One changed byte, and it is not opened as if nothing were wrong.
    let mut changed = closed;
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(path("closed.age"), changed).unwrap();
    let torn = ["-d", "-i", "hers.key", "-o", "torn.zip", "closed.age"];
    assert!(!std::process::Command::new("age").args(torn).current_dir(dir.path()).output().unwrap().status.success());
}

#[test]
fn an_empty_answer_passes() {
    let (dir, map, signer) = (tempfile::tempdir().unwrap(), map(), TestSigner::new());
    let out = dir.path().join("a.zip");
    write(&cover(&map), &Memory::default(), &signer, &out).unwrap();
    every_program_accepts(&out, &signer.public_key());
}

#[test]
fn many_records_on_many_pages_pass() {
    let (dir, map, signer) = (tempfile::tempdir().unwrap(), map(), TestSigner::new());
    let out = dir.path().join("a.zip");
    let names = names(&["id", "sender", "recipient", "body", "sent_at"]);
    let hostile =
        ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u{1b}[31m\u{202e}", "\"\r\n,;\t", "{{ 7*7 }}", "'"];
    let row = |i: usize| {
        let values = vec![Value::Int(i as i128), text("7"), Value::Null, text(FREE), text(hostile[i % hostile.len()])];
        held(&names, values, Role::Author, &[0])
    };
    let mut rows = Memory::default();
    rows.add("shop", "messages", (0..2010).map(row).collect());
    write(&cover(&map), &rows, &signer, &out).unwrap();
    every_program_accepts(&out, &signer.public_key());
}

/// A ZIP file of these files, each a block and how often it is repeated.
fn zip_of(path: &Path, files: &[(String, &[u8], u64)]) {
    zip_with_limit(path, files, u64::from(u32::MAX));
}

fn zip_with_limit(path: &Path, files: &[(String, &[u8], u64)], limit: u64) {
    let file = BufWriter::new(File::create(path).unwrap());
    let mut zip = ZipFile::with_limit(file, Moment::of(jiff::Timestamp::UNIX_EPOCH), limit);
    let (mut deflater, mut entries) = (Deflater::new(), Vec::new());
    for (name, block, times) in files {
        let mut packed = tempfile::spooled_tempfile(1 << 20);
        (0..*times).for_each(|_| deflater.add(block, &mut packed).unwrap());
        let entry = deflater.end(name.clone(), &mut packed).unwrap();
        packed.seek(SeekFrom::Start(0)).unwrap();
        zip.add(&entry, &mut packed).unwrap();
        entries.push(entry);
    }
    zip.finish(&mut entries.iter()).unwrap();
}

#[test]
fn more_files_than_a_plain_zip_can_list() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("many.zip");
    let files: Vec<_> = (0..66_000).map(|i| (format!("data/{i}"), b"x".as_slice(), 1)).collect();
    zip_of(&path, &files);
    let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
    assert_eq!(zip.len(), 66_000);
    assert_eq!(std::io::read_to_string(zip.by_name("data/65999").unwrap()).unwrap(), "x");
    for (program, args) in [("unzip", ["-tq", "many.zip"]), ("7z", ["t", "many.zip"])] {
        accepts(program, &args, dir.path());
    }
}

#[test]
fn lengths_and_places_in_zip64_fields() {
    // The fields are the same whatever their numbers: with a low limit they need no 4 GiB.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.zip");
    let files = [
        ("zeros".to_owned(), [0; 1 << 16].as_slice(), 40),
        ("noise".to_owned(), b"abcdefgh".as_slice(), 1),
        ("small".to_owned(), b"small".as_slice(), 1),
    ];
    for limit in [1, 100, 1 << 20] {
        zip_with_limit(&path, &files, limit);
        let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
        zip.validate_header_consistency().unwrap();
        assert_eq!(zip.by_name("zeros").unwrap().size(), 40 << 16);
        assert_eq!(std::io::read_to_string(zip.by_name("small").unwrap()).unwrap(), "small");
        for (program, args) in [("unzip", ["-tq", "large.zip"]), ("7z", ["t", "large.zip"])] {
            accepts(program, &args, dir.path());
        }
        assert!(std::fs::read(&path).unwrap().windows(4).any(|w| w == b"PK\x06\x06") || limit > 100);
    }
}
