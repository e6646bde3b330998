//! Archives in the hands of other people's programs; a program that is not installed is said to be skipped.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom};
use std::path::Path;
use std::process::Command;

use super::firm::*;
use crate::archive::Signer;
use crate::archive::deflate::Deflater;
use crate::archive::zipfile::{Moment, ZipFile};

/// Whether the program ran; `None` where it is not installed.
fn run(program: &str, args: &[&str], dir: &Path) -> Option<bool> {
    match Command::new(program).args(args).current_dir(dir).output() {
        Ok(output) => {
            if !output.status.success() {
                eprintln!(
                    "{program}: {}{}",
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr)
                );
            }
            Some(output.status.success())
        }
        Err(_) => {
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

#[test]
fn unzip_and_7zip_find_nothing_wrong() {
    let (dir, ..) = archive();
    for (program, args) in [("unzip", ["-tq", "ana.zip"]), ("7zz", ["t", "ana.zip"])] {
        assert_ne!(run(program, &args, dir.path()), Some(false), "{program}");
    }
}

#[test]
fn minisign_and_sha256sum_check_it_alone() {
    let (dir, _, _, signer) = archive();
    if run("unzip", &["-q", "ana.zip"], dir.path()).is_none() {
        return;
    }
    let key = signer.public_key();
    for args in
        [["-Vm", "tagmanifest-sha256.txt", "-P", &key], ["-Vm", "tagmanifest-sha256.txt", "-p", "signing-key.pub"]]
    {
        assert_ne!(run("minisign", &args, dir.path()), Some(false));
    }
    for list in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
        assert_ne!(run("sha256sum", &["-c", "--quiet", "--strict", list], dir.path()), Some(false), "{list}");
    }
}

/// A ZIP file of these files, each a block and how often it is repeated.
fn zip_of(path: &Path, files: &[(String, &[u8], u64)]) {
    let mut zip = ZipFile::new(BufWriter::new(File::create(path).unwrap()), Moment::of(jiff::Timestamp::UNIX_EPOCH));
    let mut deflater = Deflater::new();
    for (name, block, times) in files {
        let mut packed = tempfile::spooled_tempfile(1 << 20);
        (0..*times).for_each(|_| deflater.add(block, &mut packed).unwrap());
        let entry = deflater.end(name.clone(), &mut packed).unwrap();
        packed.seek(SeekFrom::Start(0)).unwrap();
        zip.add(&entry, &mut packed).unwrap();
    }
    zip.finish().unwrap();
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
    for (program, args) in [("unzip", ["-tq", "many.zip"]), ("7zz", ["t", "many.zip"])] {
        assert_ne!(run(program, &args, dir.path()), Some(false), "{program}");
    }
}

#[test]
#[ignore = "takes 10 GiB of disk and a minute: run it in release"]
fn files_and_places_beyond_four_gigabytes() {
    let dir = tempfile::tempdir().unwrap();
    let noise: Vec<u8> = (0..32_768u64).flat_map(|i| crate::record::Digest::of(&i.to_be_bytes()).0).collect();
    let files = [
        ("zeros".to_owned(), [0; 1 << 20].as_slice(), 4200),
        ("noise".to_owned(), noise.as_slice(), 4200),
        ("small".to_owned(), b"small".as_slice(), 1),
    ];
    let path = dir.path().join("large.zip");
    zip_of(&path, &files);
    let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
    zip.validate_header_consistency().unwrap();
    assert_eq!(zip.by_name("zeros").unwrap().size(), 4200 << 20);
    assert!(zip.by_name("noise").unwrap().compressed_size() > 4200 << 20);
    assert_eq!(std::io::read_to_string(zip.by_name("small").unwrap()).unwrap(), "small");
    for (program, args) in [("unzip", ["-tq", "large.zip"]), ("7zz", ["t", "large.zip"])] {
        assert_ne!(run(program, &args, dir.path()), Some(false), "{program}");
    }
}
