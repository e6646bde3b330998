//! Which files an address means, and what their collections are called.
//!
//! A file given by name is taken whatever its name; in a folder (and the folders inside it) those with a known
//! extension are. A collection is named by the stem; where two would have one name, both keep their whole file name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file of an address.
#[derive(Debug)]
pub struct Listed {
    /// The name of its collection.
    pub collection: String,
    /// Where it is.
    pub path: PathBuf,
    /// Why it cannot be read although it belongs here.
    pub unsupported: Option<&'static str>,
}

const COMPRESSED: &[&str] = &["gz", "zst", "bz2", "xz", "zip"];

/// The files of `address`, in order of name.
pub fn list(address: &Path, extensions: &[&str]) -> Result<Vec<Listed>> {
    let about = std::fs::metadata(address).map_err(|e| Error::io("open", address, &e))?;
    if !about.is_dir() {
        let name = address.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![Listed { collection: stem(&name), path: address.to_owned(), unsupported: None }]);
    }
    let mut paths = Vec::new();
    walk(address, &mut BTreeSet::new(), &mut paths)?;
    paths.sort();
    let mut listed: Vec<Listed> = paths.into_iter().filter_map(|path| member(address, path, extensions)).collect();
    if listed.is_empty() {
        let endings: Vec<String> = extensions.iter().map(|e| format!("*.{e}")).collect();
        return Err(Error::failed(format!("no files to read in {}", address.display()))
            .hint(format!("of a folder {} are read; a file of another name is given by itself", endings.join(", "))));
    }
    name_apart(address, &mut listed)?;
    Ok(listed)
}

/// Every file below `folder` that is not hidden. A folder reached twice (by links) is read once.
fn walk(folder: &Path, seen: &mut BTreeSet<PathBuf>, out: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |e: std::io::Error| Error::io("read the folder", folder, &e);
    if !seen.insert(folder.canonicalize().map_err(failed)?) {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        match path.is_dir() {
            true => walk(&path, seen, out)?,
            false => out.push(path),
        }
    }
    Ok(())
}

fn member(address: &Path, path: PathBuf, extensions: &[&str]) -> Option<Listed> {
    let known = |path: &Path, of: &[&str]| {
        path.extension().and_then(|e| e.to_str()).is_some_and(|e| of.iter().any(|k| k.eq_ignore_ascii_case(e)))
    };
    let inside = path.strip_prefix(address).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    if known(&path, extensions) {
        return Some(Listed { collection: stem(&inside), path, unsupported: None });
    }
    if known(&path, COMPRESSED) && known(Path::new(path.file_stem()?), extensions) {
        return Some(Listed { collection: inside, path, unsupported: Some("is compressed") });
    }
    None
}

/// The name without its last extension.
fn stem(name: &str) -> String {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name[file..].rfind('.') {
        Some(dot) if dot > 0 => name[..file + dot].to_owned(),
        _ => name.to_owned(),
    }
}

/// Gives all whose names clash their whole file name, until none do.
fn name_apart(address: &Path, listed: &mut [Listed]) -> Result<()> {
    loop {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for one in listed.iter() {
            *uses.entry(one.collection.clone()).or_default() += 1;
        }
        let mut renamed = false;
        let mut stuck = false;
        for one in listed.iter_mut().filter(|one| uses[&one.collection] > 1) {
            let full = one.path.strip_prefix(address).unwrap_or(&one.path).to_string_lossy().into_owned();
            match one.collection == full {
                true => stuck = true,
                false => (one.collection, renamed) = (full, true),
            }
        }
        match (renamed, stuck) {
            (true, _) => {}
            (false, false) => return Ok(()),
            (false, true) => {
                return Err(Error::failed(format!("two files in {} have one name", address.display()))
                    .hint("rename one of those whose names are not valid Unicode"));
            }
        }
    }
}
