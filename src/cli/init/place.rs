//! Where the drafted map is written: names of sources, paths as the map says them, files all at once.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use crate::draft::Draft;
use crate::draft::update::Update;
use crate::error::{Error, Result};
use crate::map::{
    Collection, DataMap, Erasure, Identity, SOURCES_FOLDER, SourceMap, Strength, WORKSPACE_FILE, inserted, read,
    render_source, render_workspace,
};

/// A name of that stem that no source has yet; what a file's name cannot hold is left out.
pub(super) fn free(stem: &str, taken: &[String]) -> String {
    let harmless: String =
        stem.chars().map(|c| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '_' }).collect();
    let stem = if harmless.is_empty() { "source".to_owned() } else { harmless };
    let mut names = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}_{n}")));
    names.find(|n| !taken.contains(n)).unwrap_or(stem)
}

/// A path without `.` and `..`, links followed where it exists.
pub(super) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// A path as the map says it: from the workspace where that is short, else in full.
pub(super) fn written(path: &Path, workspace: &Path) -> String {
    let base = absolute_folder(workspace);
    let (there, here): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (path.components().collect(), base.components().collect());
    let common = there.iter().zip(&here).take_while(|(a, b)| a == b).count();
    let up = here.len() - common;
    if up > 2 || common <= 1 {
        return path.display().to_string();
    }
    let mut out = PathBuf::new();
    (0..up).for_each(|_| out.push(".."));
    out.extend(&there[common..]);
    if out.as_os_str().is_empty() { ".".to_owned() } else { out.display().to_string() }
}

/// The workspace's folder in full, though it may not exist yet.
fn absolute_folder(folder: &Path) -> PathBuf {
    let full = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    match (full.parent(), full.file_name()) {
        (Some(parent), Some(name)) if !full.exists() => absolute(parent).join(name),
        _ => absolute(&full),
    }
}

/// A file of the map as it shall be.
struct Written {
    path: PathBuf,
    text: String,
    /// Whether it was there before: only then is it replaced.
    replaces: bool,
}

/// Writes the proposed sources, and `redress.toml` with what they need. The map is read back before anything is put
/// in place; files that exist are never replaced but `redress.toml`, to which missing identities are added.
pub(super) fn write(folder: &Path, known: &DataMap, proposed: &Draft) -> Result<()> {
    if proposed.sources.is_empty() {
        return Ok(());
    }
    let mut files: Vec<Written> = proposed.sources.iter().map(|s| fresh(folder, s)).collect();
    files.push(workspace(folder, known, proposed)?);
    put_all(folder, &files)
}

/// Adds what is new to the files of the map, and whole files for new sources.
pub(super) fn add(folder: &Path, known: &DataMap, update: &Update) -> Result<()> {
    let mut files = Vec::new();
    for source in update.news.sources.iter().filter(|s| !s.collections.is_empty() || known.source(&s.name).is_none()) {
        let Some(old) = known.source(&source.name) else {
            files.push(fresh(folder, source));
            continue;
        };
        let path = source_file(folder, &source.name);
        let mut text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, &e))?;
        // Names of all collections, old and new: what a link's `to` leads to depends on them.
        let mut whole = SourceMap { collections: old.collections.clone(), ..old.clone() };
        whole.collections.extend(source.collections.iter().filter(|c| old.collection(&c.name).is_none()).cloned());
        for one in &source.collections {
            for addition in update.additions(source, one) {
                text = inserted(&text, &whole, &addition).ok_or_else(|| unplaced(&path, source, one))?;
            }
        }
        files.push(Written { path, text, replaces: true });
    }
    if files.is_empty() {
        return Ok(());
    }
    if update.news.identities.keys().any(|name| !known.identities.contains_key(name)) {
        files.push(workspace(folder, known, &update.news)?);
    }
    put_all(folder, &files)
}

fn unplaced(path: &Path, source: &SourceMap, one: &Collection) -> Error {
    let place = format!("{}.{}", source.name, one.name);
    let message = format!(
        "{}: what is new in {place} cannot be added: it is written in a way that is not understood",
        path.display()
    );
    Error::failed(message).hint("describe it in the file yourself: redress check names what is missing")
}

fn source_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(SOURCES_FOLDER).join(format!("{name}.toml"))
}

fn fresh(folder: &Path, source: &SourceMap) -> Written {
    Written { path: source_file(folder, &source.name), text: render_source(source), replaces: false }
}

/// `redress.toml`, new or with the identities it lacks.
fn workspace(folder: &Path, known: &DataMap, proposed: &Draft) -> Result<Written> {
    let path = folder.join(WORKSPACE_FILE);
    let replaces = path.exists();
    let text = match replaces {
        true => added(&path, known, proposed)?,
        false => render_workspace(&DataMap {
            identities: proposed.identities.clone(),
            // The ground of most requests; who asks on another names it.
            erasure: Erasure { ground: Some("A17-1-a".to_owned()), alike: Some(Erasure::ALIKE) },
            ..DataMap::default()
        }),
    };
    Ok(Written { path, text, replaces })
}

fn put_all(folder: &Path, files: &[Written]) -> Result<()> {
    try_out(folder, files)?;
    fs::create_dir_all(folder.join(SOURCES_FOLDER))
        .map_err(|e| Error::io("create", &folder.join(SOURCES_FOLDER), &e))?;
    files.iter().try_for_each(|file| put(&file.path, &file.text, file.replaces))
}

/// Reads the new map in a folder of its own: what cannot be read back is never put in place.
fn try_out(folder: &Path, files: &[Written]) -> Result<()> {
    let failed = |e: std::io::Error| Error::io("write into", &std::env::temp_dir(), &e);
    let trial = tempfile::tempdir().map_err(failed)?;
    let there = trial.path().join(SOURCES_FOLDER);
    fs::create_dir(&there).map_err(failed)?;
    for entry in fs::read_dir(folder.join(SOURCES_FOLDER)).into_iter().flatten().flatten() {
        let to = there.join(entry.file_name());
        fs::copy(entry.path(), to).map_err(failed)?;
    }
    let root = folder.join(WORKSPACE_FILE);
    if root.exists() {
        fs::copy(&root, trial.path().join(WORKSPACE_FILE)).map_err(failed)?;
    }
    for file in files {
        if !file.replaces && file.path.exists() {
            return Err(exists(&file.path));
        }
        let inside = file.path.strip_prefix(folder).unwrap_or(&file.path);
        fs::write(trial.path().join(inside), &file.text).map_err(failed)?;
    }
    match read(trial.path()) {
        Ok(_) => Ok(()),
        Err(faults) => Err(Error::bug(format!("the drafted map cannot be read back: {faults}"))),
    }
}

fn exists(path: &Path) -> Error {
    Error::refused(format!("{} exists and is not overwritten", path.display()))
        .hint("move it away, and run the command again")
}

/// `redress.toml` with the identities it lacks, all else as it stands.
fn added(root: &Path, known: &DataMap, proposed: &Draft) -> Result<String> {
    let mut out = fs::read_to_string(root).map_err(|e| Error::io("read", root, &e))?;
    let line_end = if out.contains("\r\n") { "\r\n" } else { "\n" };
    let missing: Vec<&Identity> =
        proposed.identities.values().filter(|i| !known.identities.contains_key(&i.name)).collect();
    if !missing.is_empty() && !out.ends_with('\n') {
        out.push_str(line_end);
    }
    missing.iter().for_each(|identity| out.push_str(&declaration(identity).replace('\n', line_end)));
    Ok(out)
}

fn declaration(identity: &Identity) -> String {
    let strength = if identity.strength == Strength::Unique { "unique" } else { "shared" };
    format!("\n[identity.{}]\nnormal = \"{}\"\nstrength = \"{strength}\"\n", identity.name, identity.normal.word())
}

/// Puts a file in place whole.
fn put(path: &Path, text: &str, replace: bool) -> Result<()> {
    let failed = |e: std::io::Error| Error::io("write", path, &e);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::Builder::new().prefix(".draft").tempfile_in(folder).map_err(failed)?;
    draft.write_all(text.as_bytes()).map_err(failed)?;
    readable(draft.as_file()).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    match replace {
        true => draft.persist(path).map(drop).map_err(|e| failed(e.error)),
        false => draft.persist_noclobber(path).map(drop).map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => exists(path),
            _ => failed(e.error),
        }),
    }
}

/// The map is no secret: colleagues read it in version control.
fn readable(file: &fs::File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_the_workspace() {
        let dir = tempfile::tempdir().unwrap();
        let root = absolute(dir.path());
        let cases =
            [("ws", "shop.db", "../shop.db"), ("ws", "ws/shop.db", "shop.db"), (".", "data/shop.db", "data/shop.db")];
        for (workspace, path, expected) in cases {
            assert_eq!(written(&root.join(path), &root.join(workspace)), expected);
        }
        assert_eq!(written(Path::new("/elsewhere/shop.db"), &root.join("ws")), "/elsewhere/shop.db");
    }

    #[test]
    fn names_of_sources() {
        let taken = ["shop".to_owned(), "shop_2".to_owned()];
        assert_eq!(free("shop", &taken), "shop_3");
        assert_eq!(free("my data", &taken), "my_data");
        assert_eq!(free("", &taken), "source");
    }
}
