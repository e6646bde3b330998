//! Takes a plan back that was applied, whole or in part: exactly, or not at all.
//!
//! Each record is as before the plan (it stays), as the plan left it (it comes back), or neither: then it is named and
//! nothing is changed anywhere. Everything is written and read back before the first source is made durable; from there
//! on what was cut off is done again and ends in the same state.

use std::collections::BTreeMap;
use std::io::Seek as _;
use std::path::Path;

use super::images::{Images, NamedFile};
use super::taken_back::Back;
use super::work::{changes_of, patiently};
use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::plan::{Leftover, Sealed};
use crate::problem::Problem;
use crate::record::Digest;

/// What taking back did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undone {
    /// Records that came back.
    pub records: u64,
    /// Files that came back.
    pub files: u64,
    /// What stopped it: records that are neither as they were nor as the plan left them. Nothing was changed.
    pub changed: Vec<Leftover>,
    /// The same, of files.
    pub changed_files: Vec<String>,
    /// What the sources did beside, and what did not come back as it was.
    pub problems: Vec<Problem>,
}

/// Takes the plan back; `start` is called before the first source is made durable.
pub fn undo(map: &DataMap, sealed: &Sealed, images: Images, start: &mut dyn FnMut() -> Result<()>) -> Result<Undone> {
    if images.plan != sealed.digest {
        return Err(Error::refused("what was kept takes another plan back"));
    }
    let mut undone = Undone { changed_files: changed_files(&images)?, ..Undone::default() };
    let (mut sources, changed) = patiently(|| open(map, sealed, &images))?;
    undone.changed = changed;
    if !undone.changed.is_empty() || !undone.changed_files.is_empty() {
        return Ok(undone);
    }
    sources.iter_mut().try_for_each(Back::write)?;
    fail::fail_point!("undo.written");
    start()?;
    fail::fail_point!("undo.started");
    let go_on = |error: Error| error.hint("run the command again to finish");
    for file in &images.files {
        undone.files += u64::from(put_back(file).map_err(go_on)?);
    }
    for back in sources {
        undone.records += back.records;
        undone.problems.extend(back.commit().map_err(go_on)?);
        fail::fail_point!("undo.committed");
    }
    Ok(undone)
}

/// Opens the sources, those of persons first: what was cut off can be found from them.
fn open<'a>(map: &'a DataMap, sealed: &'a Sealed, images: &'a Images) -> Result<(Vec<Back<'a>>, Vec<Leftover>)> {
    let mut sources: Vec<_> = map.sources.iter().collect();
    sources.sort_by_key(|s| !s.collections.iter().any(|c| c.person));
    let known = |name: &&String| map.source(name).is_none();
    if let Some(gone) = images.records.keys().chain(images.patches.keys()).find(known) {
        return Err(Error::refused(format!("the data map has no source {gone} any more"))
            .hint("put it back into sources/; nothing was changed"));
    }
    let (mut opened, mut changed) = (Vec::new(), Vec::new());
    static NONE: BTreeMap<usize, super::images::Image> = BTreeMap::new();
    for source in sources {
        let patches = images.patches.get(&source.name).map_or(&[][..], Vec::as_slice);
        let records = images.records.get(&source.name).unwrap_or(&NONE);
        if patches.is_empty() && records.is_empty() {
            continue;
        }
        let (back, here) = Back::open(source, changes_of(&sealed.plan, source), records, patches)?;
        opened.push(back);
        changed.extend(here);
    }
    Ok((opened, changed))
}

/// Files that stand where others are to come back.
fn changed_files(images: &Images) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for file in images.files.iter().filter(|f| f.path.exists()) {
        if digest(&file.path)? != file.digest {
            changed.push(file.path.display().to_string());
        }
    }
    Ok(changed)
}

fn digest(path: &Path) -> Result<Digest> {
    let failed = |e: std::io::Error| Error::io("read", path, &e);
    Digest::of_all(std::fs::File::open(path).map_err(failed)?).map_err(failed)
}

/// Puts a file back, whole or not at all; `false` where it is there.
fn put_back(file: &NamedFile) -> Result<bool> {
    if file.path.exists() {
        return Ok(false);
    }
    let failed = |e: std::io::Error| Error::io("put back", &file.path, &e);
    let folder = file.path.parent().unwrap_or(Path::new("/"));
    let mut temp = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut bytes = &file.bytes;
    bytes.rewind().map_err(failed)?;
    std::io::copy(&mut bytes, &mut temp).map_err(failed)?;
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(file.mode);
        temp.as_file().set_permissions(mode).map_err(failed)?;
    }
    temp.as_file().sync_all().map_err(failed)?;
    temp.persist_noclobber(&file.path).map_err(|e| failed(e.error))?;
    std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed)?;
    Ok(true)
}
