//! The ZIP file itself: safe names, no name twice, nothing hidden between, before or after the files.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

use super::Faults;
use crate::archive::names::is_safe_path;

/// The archive as it is read.
pub type Zip = ZipArchive<BufReader<File>>;

/// Names every fault of the structure.
pub fn check(zip: &mut Zip, faults: &mut Faults) {
    names(zip, faults);
    if zip.validate_header_consistency().is_err() {
        faults.add("inconsistent", "", "the list of files and the files themselves contradict each other");
    }
    if !is_tight(zip).unwrap_or(false) {
        faults.add("hidden-bytes", "", "it holds bytes that belong to no file");
    }
}

fn names(zip: &mut Zip, faults: &mut Faults) {
    let mut folded = HashSet::new();
    for i in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(i) else {
            faults.add("damaged", "", "a file in it cannot be read");
            continue;
        };
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if !is_safe_path(&name) {
            faults.add(
                "unsafe-name",
                &name,
                "a file name that could leave its folder or mean something else elsewhere",
            );
        }
        if !folded.insert(name.to_lowercase()) {
            faults.add("same-name", &name, "two files that some systems take for one");
        }
        if file.is_symlink() || file.is_dir() || file.unix_mode().is_some_and(|m| !matches!(m >> 12, 0 | 0o10)) {
            faults.add("no-file", &name, "a link, a folder or a device: archives hold plain files only");
        }
        if file.encrypted() || !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            faults.add("unreadable", &name, "encrypted, or compressed in a way that archives do not use");
        }
        if name.eq_ignore_ascii_case("fetch.txt") {
            faults.add("fetch", &name, "it wants files from elsewhere: archives hold everything themselves");
        }
    }
    if zip.has_duplicate_names() {
        faults.add("same-name", "", "a file is in it twice");
    }
}

/// Whether the files stand end to end from the first byte to the list of files, and the list has no comment.
fn is_tight(zip: &mut Zip) -> Option<bool> {
    let mut ranges = Vec::with_capacity(zip.len());
    for i in 0..zip.len() {
        let file = zip.by_index_raw(i).ok()?;
        ranges.push((file.header_start(), file.data_start()?.checked_add(file.compressed_size())?));
    }
    ranges.sort_unstable();
    let mut end = 0;
    for (from, to) in ranges {
        if from != end {
            return Some(false);
        }
        end = to;
    }
    let start = zip.central_directory_start();
    Some(end == start && zip.offset() == 0 && zip.comment().is_empty())
}

/// Whether the file ends where a ZIP file without a comment ends; leaves it at its beginning.
pub fn ends_clean(file: &mut File) -> io::Result<bool> {
    let mut last = [0; 22];
    let long = file.seek(SeekFrom::End(-22)).is_ok();
    if long {
        file.read_exact(&mut last)?;
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(long && last.starts_with(b"PK\x05\x06") && last[20..] == [0, 0])
}
