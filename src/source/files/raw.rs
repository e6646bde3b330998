//! Raw reading of files: every file of the folder, of whatever kind, hidden ones too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::format::Format;
use super::listing::list;
use super::pick::Pick;
use super::reader::{Member, find, members};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::source::Found;
use crate::source::raw::{Files, Raw, RawFile, RawKind, RowSink};

/// Files of one format, for reading raw.
pub struct FileRaw<F> {
    address: Address,
    /// Opened once records are asked for.
    members: Option<Vec<Member<F>>>,
}

impl<F: Format + 'static> FileRaw<F> {
    /// Of an address.
    pub fn open(address: &Address) -> Result<Box<dyn Raw>> {
        Ok(Box::new(FileRaw::<F> { address: address.clone(), members: None }))
    }
}

impl<F: Format> Raw for FileRaw<F> {
    fn files(&mut self) -> Result<Files> {
        let root = &self.address.path;
        let mut collections: BTreeMap<PathBuf, String> = BTreeMap::new();
        // A folder from which the last file of records has gone is still a folder.
        for listed in list(root, F::EXTENSIONS).unwrap_or_default() {
            if listed.unsupported.is_none() {
                collections.insert(listed.path, listed.collection);
            }
        }
        let mut all = Files::default();
        let mut paths = Vec::new();
        match root.is_dir() {
            true => walk(root, &mut BTreeSet::new(), &mut paths, &mut all.problems)?,
            false => paths.push(root.clone()),
        }
        paths.sort();
        for path in paths {
            let name = match path.strip_prefix(root) {
                Ok(inside) if !inside.as_os_str().is_empty() => inside.to_string_lossy().into_owned(),
                _ => path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            };
            let kind = collections.remove(&path).map_or(RawKind::Other, RawKind::Collection);
            all.files.push(RawFile { path, name, kind });
        }
        Ok(all)
    }

    fn rows(&mut self, _sink: &mut dyn RowSink) -> Result<Vec<Problem>> {
        Ok(Vec::new())
    }

    fn records(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Vec<Problem>> {
        let members = match &mut self.members {
            Some(members) => members,
            none => none.insert(members(&self.address)?),
        };
        let all = Pick { probes: Vec::new(), all: true };
        find(members, collection)?.pass(&all, &mut |place, record| sink(Found { record, line: Some(place.line) }))
    }
}

/// Every regular file below `folder`; a folder reached twice (by links) is looked into once.
fn walk(
    folder: &Path,
    seen: &mut BTreeSet<PathBuf>,
    out: &mut Vec<PathBuf>,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    let failed = |e: std::io::Error| Error::io("read the folder", folder, &e);
    if !seen.insert(folder.canonicalize().map_err(failed)?) {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        match std::fs::metadata(&path) {
            Ok(about) if about.is_dir() => walk(&path, seen, out, problems)?,
            Ok(about) if about.is_file() => out.push(path),
            // Pipes and devices hold nothing at rest; a link that leads nowhere neither.
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => {
                let error = Error::io("look at", &path, &e);
                problems.push(Problem::new("unswept", path.display().to_string(), error.message));
            }
        }
    }
    Ok(())
}
