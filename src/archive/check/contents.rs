//! The files against the lists: every file listed, every listed file there, every digest right.
//!
//! What is unpacked is bounded by what the archive says of itself and by fixed limits; nothing is kept.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::Read;

use super::Faults;
use super::structure::Zip;
use crate::archive::bag;

/// The longest all files about the data may be together: the page, the letter, the package, the list of data files …
const LONGEST_TAGS: u64 = 256 << 20;
/// … and so much more for each file in the archive, which the package and the list name.
const LONGEST_LINE: u64 = 4 << 10;
/// No byte of a ZIP file can stand for more, unless files share it.
const WIDEST: u64 = 1100;
/// The longest `bag-info.txt` and `bagit.txt`.
const LONGEST_INFO: u64 = 64 << 10;

const TAG_LIST: &str = "tagmanifest-sha256.txt";
const SIGNATURE: &str = "tagmanifest-sha256.txt.minisig";
const DATA_LIST: &str = "manifest-sha256.txt";

/// What every archive has.
const TAGS: [&str; 7] =
    ["START-HERE.html", "answer.pdf", "bag-info.txt", "bagit.txt", "datapackage.json", DATA_LIST, "signing-key.pub"];

/// A list: path to digest.
type List = BTreeMap<String, String>;

/// Checks every file of an archive of that length; gives how many data files there are, and how long they are together.
pub fn check(zip: &mut Zip, length: u64, faults: &mut Faults) -> (usize, u64) {
    if read(zip, "bagit.txt", LONGEST_INFO, faults).is_some_and(|text| text != bag::BAGIT.as_bytes()) {
        faults.add("changed-file", "bagit.txt", "it is not a bag of version 1.0");
    }
    let oxum = oxum(zip, faults);
    let tags = list(zip, TAG_LIST, faults);
    let data = list(zip, DATA_LIST, faults);
    for path in TAGS.iter().filter(|path| !tags.contains_key(**path)) {
        faults.add("not-listed", path, "the signed list does not name it");
    }
    for (path, listed_in) in tags.keys().map(|p| (p, TAG_LIST)).chain(data.keys().map(|p| (p, DATA_LIST))) {
        if path.starts_with("data/") != (listed_in == DATA_LIST) {
            faults.add("wrong-list", path, "it stands in the list of the other kind of files");
        }
        if zip.index_for_name(path).is_none() {
            faults.add("missing-file", path, "it is listed, and not in the archive");
        }
    }
    let mut room = oxum.map_or(0, |(bytes, _)| bytes).min(length.saturating_mul(WIDEST));
    let mut tag_room = LONGEST_TAGS + LONGEST_LINE * zip.len() as u64;
    let (mut files, mut bytes) = (0, 0);
    for i in 0..zip.len() {
        let Some(path) = zip.by_index_raw(i).ok().map(|f| String::from_utf8_lossy(f.name_raw()).into_owned()) else {
            continue;
        };
        if path == TAG_LIST || path == SIGNATURE {
            continue;
        }
        let (wanted, limit) = match (data.get(&path), tags.get(&path)) {
            (Some(wanted), _) => (wanted, room),
            (None, Some(wanted)) => (wanted, tag_room),
            (None, None) => {
                faults.add("extra-file", &path, "no list names it");
                continue;
            }
        };
        match digest(zip, i, limit) {
            Unpacked::Whole(found, length) => {
                if found != *wanted {
                    faults.add("changed-file", &path, "its content is not what the list says");
                }
                if data.contains_key(&path) {
                    (files, bytes, room) = (files + 1, bytes + length, room.saturating_sub(length));
                } else {
                    tag_room = tag_room.saturating_sub(length);
                }
            }
            Unpacked::TooLong => faults.add("too-long", &path, "it unpacks to more than the archive says"),
            Unpacked::Damaged => faults.add("damaged-file", &path, "it cannot be unpacked"),
        }
    }
    if oxum.is_some_and(|oxum| oxum != (bytes, files)) {
        faults.add("wrong-total", "bag-info.txt", "the data files are not as many or as long as it says");
    }
    (files, bytes)
}

enum Unpacked {
    Whole(String, u64),
    TooLong,
    Damaged,
}

/// The digest of a file that unpacks to at most `limit` bytes.
fn digest(zip: &mut Zip, index: usize, limit: u64) -> Unpacked {
    let Ok(file) = zip.by_index(index) else { return Unpacked::Damaged };
    if file.size() > limit {
        return Unpacked::TooLong;
    }
    let mut hash = Sha256::new();
    let mut length = 0;
    let mut file = file.take(limit.saturating_add(1));
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Unpacked::Whole(hex::encode(hash.finalize()), length),
            Ok(n) => {
                hash.update(&block[..n]);
                length += n as u64;
                if length > limit {
                    return Unpacked::TooLong;
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Unpacked::Damaged,
        }
    }
}

/// The content of a file of at most `limit` bytes; a fault is named.
pub fn read(zip: &mut Zip, path: &str, limit: u64, faults: &mut Faults) -> Option<Vec<u8>> {
    let Some(index) = zip.index_for_name(path) else {
        faults.add("missing-file", path, "every archive has it");
        return None;
    };
    let Ok(file) = zip.by_index(index) else {
        faults.add("damaged-file", path, "it cannot be unpacked");
        return None;
    };
    let mut bytes = Vec::new();
    match file.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Err(_) => faults.add("damaged-file", path, "it cannot be unpacked"),
        Ok(_) if bytes.len() as u64 > limit => faults.add("too-long", path, "it is longer than any such file"),
        Ok(_) => return Some(bytes),
    }
    None
}

/// A list of files; lines that are none are named.
fn list(zip: &mut Zip, path: &str, faults: &mut Faults) -> List {
    let mut list = List::new();
    // One line a file, so no more than the archive has files (or once had).
    let limit = (1 << 20) + 1024 * zip.len() as u64;
    let Some(bytes) = read(zip, path, limit, faults) else { return list };
    for (i, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
        let parts = line.split_once(' ').map(|(digest, path)| (digest.to_ascii_lowercase(), path.trim_start()));
        let fits =
            parts.filter(|(d, path)| d.len() == 64 && d.bytes().all(|b| b.is_ascii_hexdigit()) && !path.is_empty());
        let new = fits.map(|(digest, path)| list.insert(path.to_owned(), digest).is_none());
        if new != Some(true) {
            faults.add("bad-list", path, &format!("line {} is no line of a list, or names a file twice", i + 1));
        }
    }
    list
}

/// How long the data files are together, and how many, as `bag-info.txt` says.
fn oxum(zip: &mut Zip, faults: &mut Faults) -> Option<(u64, usize)> {
    let bytes = read(zip, "bag-info.txt", LONGEST_INFO, faults)?;
    let text = String::from_utf8_lossy(&bytes);
    let oxum = text.lines().find_map(|line| line.strip_prefix("Payload-Oxum: "));
    let parts = oxum.and_then(|oxum| oxum.split_once('.'));
    let oxum = parts.and_then(|(bytes, files)| Some((bytes.parse().ok()?, files.parse().ok()?)));
    if oxum.is_none() {
        faults.add("wrong-total", "bag-info.txt", "it does not say how many data files there are");
    }
    oxum
}
