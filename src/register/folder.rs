//! The private folder of a workspace, `.redress/`: where its files are, and that nobody else may read them.
//!
//! Folders have mode 0700 and files 0600; a `.gitignore` keeps all of it out of version control. What the files hold
//! is not known here.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// `.redress/` of one workspace.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The private folder of that workspace, which need not exist.
    pub fn of(workspace: &Path) -> Folder {
        Folder { root: workspace.join(".redress") }
    }

    /// Creates what is missing of the folder, and takes from others the right to look inside.
    pub fn make(&self) -> Result<()> {
        private_folder(&self.root)?;
        let ignore = self.root.join(".gitignore");
        match ignore.exists() {
            true => Ok(()),
            false => write_new(&ignore, b"*\n").map(drop),
        }
    }

    /// The register's database.
    pub fn database(&self) -> PathBuf {
        self.root.join("register.db")
    }

    /// The file commands lock.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// The keys.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The plans.
    pub fn plans(&self) -> PathBuf {
        self.root.join("plans")
    }

    /// The records of erasure.
    pub fn records(&self) -> PathBuf {
        self.root.join("records")
    }

    /// What takes plans back.
    pub fn undo(&self) -> PathBuf {
        self.root.join("undo")
    }

    /// What takes the plan of that number back.
    pub fn images(&self, number: u32) -> PathBuf {
        self.undo().join(format!("{number:04}.age"))
    }

    /// The plan of that number.
    pub fn plan(&self, number: u32) -> PathBuf {
        self.plans().join(format!("{number:04}.plan"))
    }
}

/// Creates the folder, or makes an existing one private.
pub(super) fn private_folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => tighten(path),
        Err(cause) => Err(Error::io("create", path, &cause)),
    }
}

#[cfg(unix)]
fn tighten(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).map_err(|cause| Error::io("look at", path, &cause))?;
    if !metadata.is_dir() {
        return Err(not_a_folder(path));
    }
    if metadata.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        .map_err(|cause| Error::io("make private", path, &cause))
}

#[cfg(not(unix))]
fn tighten(path: &Path) -> Result<()> {
    if path.is_dir() { Ok(()) } else { Err(not_a_folder(path)) }
}

fn not_a_folder(path: &Path) -> Error {
    Error::failed(format!("{} is not a folder", path.display()))
        .hint("Redress keeps its private files in a folder of that name: move the file away")
}

/// How private files are opened: nobody else may read what they create.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Creates the file with these bytes, whole or not at all, and durably. `false` where it exists already: it is left
/// as it is.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<bool> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |cause: std::io::Error| Error::io("write", path, &cause);
    // A temporary file has mode 0600 from the start.
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    draft.write_all(bytes).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    match draft.persist_noclobber(path) {
        Ok(_) => sync_folder(folder).map(|()| true),
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(failed(refused.error)),
    }
}

/// Writes the file anew, whole or not at all, and durably.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |cause: std::io::Error| Error::io("write", path, &cause);
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    draft.write_all(bytes).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    draft.persist(path).map_err(|refused| failed(refused.error))?;
    sync_folder(folder)
}

/// Makes the names in the folder durable.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    File::open(path).and_then(|folder| folder.sync_all()).map_err(|cause| Error::io("make durable", path, &cause))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_folder_is_private_and_ignored() {
        let workspace = tempfile::tempdir().unwrap();
        let folder = Folder::of(workspace.path());
        folder.make().unwrap();
        assert_eq!(mode(&folder.root), 0o700);
        assert_eq!(mode(&folder.root.join(".gitignore")), 0o600);
        assert_eq!(fs::read_to_string(folder.root.join(".gitignore")).unwrap(), "*\n");

        fs::set_permissions(&folder.root, fs::Permissions::from_mode(0o755)).unwrap();
        folder.make().unwrap();
        assert_eq!(mode(&folder.root), 0o700, "an opened folder is closed again");
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let workspace = tempfile::tempdir().unwrap();
        fs::write(workspace.path().join(".redress"), "").unwrap();
        let error = Folder::of(workspace.path()).make().unwrap_err();
        assert!(error.message.contains(".redress is not a folder"), "{error}");
    }

    #[test]
    fn an_existing_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(write_new(&path, b"one").unwrap());
        assert!(!write_new(&path, b"two").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    }
}
