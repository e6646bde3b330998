//! `check`: a whole archive passes, every kind of tampering is named.

use std::path::Path;

use super::firm::*;
use crate::archive::{Checked, Signer, bag, check};

fn codes(checked: &Checked) -> Vec<&str> {
    checked.faults.iter().map(|f| f.code.as_str()).collect()
}

fn look(path: &Path) -> Checked {
    check(path, None, &[]).unwrap()
}

#[test]
fn a_whole_archive_says_what_it_is() {
    let (_dir, out, _, signer) = archive();
    let checked = look(&out);
    assert!(checked.whole && checked.is_accepted(), "{:?}", checked.faults);
    assert_eq!(checked.trusted, None);
    assert_eq!(checked.public_key, signer.public_key());
    assert_eq!(
        (checked.reference.as_str(), checked.as_of.as_str(), checked.log_head.as_str()),
        ("R-81f2 (12)", "2026-11-23T06:05:04Z", "17:ab12")
    );
    assert_eq!(checked.files, 14);
}

#[test]
fn the_key_can_be_demanded() {
    let (_dir, out, _, signer) = archive();
    let (own, other) = (signer.public_key(), TestSigner::new().public_key());
    assert_eq!(check(&out, Some(&own), &[]).unwrap().trusted, Some(true));
    assert_eq!(check(&out, None, &[other.clone(), own]).unwrap().trusted, Some(true));
    let checked = check(&out, Some(&other), &[]).unwrap();
    assert_eq!((checked.whole, checked.trusted, checked.is_accepted()), (true, Some(false), false));
    assert_eq!(codes(&checked), ["other-key"]);
    assert_eq!(check(&out, Some("nonsense"), &[]).unwrap_err().kind, crate::error::Kind::Usage);
}

/// What somebody does to the files of an archive.
type Change = Box<dyn FnOnce(&mut Vec<(String, Vec<u8>)>)>;

/// Changes the files of an archive and looks at what comes out.
fn tampered(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Checked {
    let (dir, out, ..) = archive();
    let mut files = unpack(&out);
    change(&mut files);
    let changed = dir.path().join("changed.zip");
    pack(&changed, &files);
    look(&changed)
}

fn at<'f>(files: &'f mut [(String, Vec<u8>)], name: &str) -> &'f mut Vec<u8> {
    &mut files.iter_mut().find(|(n, _)| n == name).unwrap().1
}

#[test]
fn packing_again_changes_nothing() {
    let checked = tampered(|_| ());
    assert!(checked.whole, "{:?}", checked.faults);
}

#[test]
fn each_kind_of_tampering_is_named() {
    let data = "data/shop/messages.jsonl";
    let cases: Vec<(&str, &str, Change)> = vec![
        ("changed-file", data, Box::new(|f| at(f, "data/shop/messages.jsonl")[8] ^= 1)),
        ("changed-file", "START-HERE.html", Box::new(|f| at(f, "START-HERE.html").extend(b"<p>more"))),
        ("changed-file", "bagit.txt", Box::new(|f| at(f, "bagit.txt").extend(b"x"))),
        ("missing-file", data, Box::new(|f| f.retain(|(n, _)| n != "data/shop/messages.jsonl"))),
        ("missing-file", "tagmanifest-sha256.txt", Box::new(|f| f.retain(|(n, _)| n != "tagmanifest-sha256.txt"))),
        ("missing-file", "signing-key.pub", Box::new(|f| f.retain(|(n, _)| n != "signing-key.pub"))),
        ("extra-file", "data/shop/more.csv", Box::new(|f| f.push(("data/shop/more.csv".into(), vec![1])))),
        ("fetch", "fetch.txt", Box::new(|f| f.push(("fetch.txt".into(), vec![])))),
        ("unsafe-name", "../../evil", Box::new(|f| f.push(("../../evil".into(), vec![1])))),
        ("unsafe-name", "/etc/passwd", Box::new(|f| f.push(("/etc/passwd".into(), vec![1])))),
        ("same-name", "start-here.HTML", Box::new(|f| f.push(("start-here.HTML".into(), vec![1])))),
        (
            "bad-signature",
            "tagmanifest-sha256.txt.minisig",
            Box::new(|f| at(f, "tagmanifest-sha256.txt").extend(b"\n")),
        ),
        (
            "bad-signature",
            "tagmanifest-sha256.txt.minisig",
            Box::new(|f| *at(f, "tagmanifest-sha256.txt.minisig") = b"untrusted comment: x\nAA\ny\nz\n".to_vec()),
        ),
        (
            "bad-signature",
            "tagmanifest-sha256.txt.minisig",
            Box::new(|f| *at(f, "signing-key.pub") = TestSigner::new().public_key().into_bytes()),
        ),
        (
            "bad-signature",
            "tagmanifest-sha256.txt.minisig",
            Box::new(|f| {
                let text = String::from_utf8(at(f, "tagmanifest-sha256.txt.minisig").clone()).unwrap();
                *at(f, "tagmanifest-sha256.txt.minisig") = text.replace("R-81f2", "R-81f3").into_bytes();
            }),
        ),
        ("bad-signature", "signing-key.pub", Box::new(|f| at(f, "signing-key.pub").clear())),
    ];
    for (code, place, change) in cases {
        let checked = tampered(change);
        assert!(!checked.whole && !checked.is_accepted());
        let named = checked.faults.iter().any(|f| f.code == code && f.place == place);
        assert!(named, "{code} at {place}: {:?}", checked.faults);
    }
}

#[test]
fn a_list_made_anew_fails_at_the_signature() {
    let checked = tampered(|files| {
        at(files, "data/shop/messages.jsonl")[8] ^= 1;
        let entry = |(path, bytes): &(String, Vec<u8>)| crate::archive::deflate::Entry {
            path: path.as_str().into(),
            sha256: crate::record::Digest::of(bytes),
            bytes: 0,
            crc: 0,
            packed: 0,
        };
        let manifest = |entries: &[crate::archive::deflate::Entry]| {
            let mut out = Vec::new();
            bag::manifest(entries, &mut out).unwrap();
            out
        };
        let data: Vec<_> = files.iter().filter(|(n, _)| n.starts_with("data/")).map(entry).collect();
        *at(files, "manifest-sha256.txt") = manifest(&data);
        let kept = |n: &str| !n.starts_with("data/") && !n.starts_with("tagmanifest");
        let tags: Vec<_> = files.iter().filter(|(n, _)| kept(n)).map(entry).collect();
        *at(files, "tagmanifest-sha256.txt") = manifest(&tags);
    });
    assert_eq!(codes(&checked), ["bad-signature"]);
    assert_eq!((checked.reference.as_str(), checked.public_key.as_str()), ("", ""), "nothing unsigned is believed");
}

#[test]
fn cut_and_damaged_files_are_named_and_never_panic() {
    let (dir, out, ..) = archive();
    let whole = std::fs::read(&out).unwrap();
    let path = dir.path().join("damaged.zip");
    for length in (0..whole.len()).step_by(97) {
        std::fs::write(&path, &whole[..length]).unwrap();
        let checked = look(&path);
        assert!(!checked.whole, "cut at {length}");
    }
    for at in (0..whole.len()).step_by(61) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        std::fs::write(&path, &bytes).unwrap();
        let checked = look(&path);
        // The few bytes that mean nothing (times, versions) may change; the content never.
        if checked.whole {
            assert!(unpack(&path) == unpack(&out), "changed at {at}");
        }
    }
    for (before, after) in [(b"xx".as_slice(), b"".as_slice()), (b"", b"xx")] {
        std::fs::write(&path, [before, &whole, after].concat()).unwrap();
        assert!(!look(&path).whole, "bytes around the archive");
    }
    assert!(check(&dir.path().join("missing"), None, &[]).is_err());
    assert!(check(dir.path(), None, &[]).is_err());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let checked = tampered(|files| *at(files, "data/shop/messages.jsonl") = vec![0; 4 << 20]);
    let named = checked.faults.iter().any(|f| f.code == "too-long" && f.place == "data/shop/messages.jsonl");
    assert!(named, "{:?}", checked.faults);
    let checked = tampered(|files| *at(files, "bag-info.txt") = vec![b'x'; 1 << 20]);
    assert!(codes(&checked).contains(&"too-long"), "{:?}", checked.faults);
}

#[test]
fn a_link_is_no_file() {
    use std::io::Write;
    let (dir, out, ..) = archive();
    let path = dir.path().join("link.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, bytes) in unpack(&out) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.add_symlink("data/shop/link", "/etc/passwd", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    let checked = look(&path);
    assert!(codes(&checked).contains(&"no-file"), "{:?}", checked.faults);
}

#[test]
fn names_in_faults_cannot_steer_a_terminal() {
    let checked = tampered(|f| f.push(("data/\u{1b}[2Jx".into(), vec![])));
    assert!(checked.faults.iter().all(|f| !f.place.contains('\u{1b}')));
}
