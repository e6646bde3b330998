//! Exports that do not come to an end: the disk fills, or the process dies. The archive that was there before is
//! untouched, and nothing half-made is left beside it or in the folder for temporary files.

use std::path::Path;
use std::process::Command;

use super::commands::ended;

/// A person with so many pictures of a megabyte each, which nothing can compress.
fn workspace(pictures: u64) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let map = "version = 1\n[controller]\nname = \"Firm\"\ncontact = \"privacy@firm.example\"\n[identity.email]\n";
    std::fs::write(dir.path().join("redress.toml"), map).unwrap();
    std::fs::create_dir(dir.path().join("sources")).unwrap();
    let source = "kind = \"sqlite\"\npath = \"shop.db\"
[collection.people]
person = true
key = [\"id\"]
identities = { email = \"email\" }
[collection.pictures]
key = [\"id\"]
links = [{ from = \"of\", to = \"people.id\", role = \"owner\" }]
fields.picture = { label = \"Picture\" }\n";
    std::fs::write(dir.path().join("sources/shop.toml"), source).unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("shop.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO people VALUES (1, 'ana@x.example');
         CREATE TABLE pictures (id INTEGER PRIMARY KEY, of INTEGER, picture BLOB);",
    )
    .unwrap();
    for _ in 0..pictures {
        conn.execute("INSERT INTO pictures (of, picture) VALUES (1, randomblob(1000000))", []).unwrap();
    }
    dir
}

/// The end of an export to `out`, started by way of `before`, with temporary files in `temp`.
fn export(before: &str, dir: &Path, out: &Path, temp: &Path, more: &[&str]) -> (i32, String) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before} exec \"$@\""), "sh", env!("CARGO_BIN_EXE_redress"), "-C"]);
    command.arg(dir).args(["export", "email=ana@x.example", "--verified", "by eye", "-o"]).arg(out).args(more);
    ended(&command.env("TMPDIR", temp).output().unwrap())
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Where an old archive lies, and that it lies there alone as it was.
struct Old(tempfile::TempDir);

impl Old {
    fn new() -> Old {
        let old = Old(tempfile::tempdir().unwrap());
        std::fs::write(old.path(), "old").unwrap();
        old
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("archive.zip")
    }

    #[track_caller]
    fn is_untouched(&self, what: &str) {
        assert_eq!(std::fs::read(self.path()).unwrap(), b"old", "{what}");
        assert_eq!(names(self.0.path()), ["archive.zip"], "{what}");
    }
}

/// A small file system of memory; none where that is not allowed.
struct Small(tempfile::TempDir);

impl Small {
    fn new(size: &str) -> Option<Small> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(dir.path());
        match mount.output() {
            Ok(output) if output.status.success() => Some(Small(dir)),
            _ => None,
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_disk_that_fills_leaves_the_old_archive_and_nothing_else() {
    let dir = workspace(8);
    let temp = tempfile::tempdir().unwrap();
    let Some(small) = Small::new("6m") else {
        return eprintln!("skipped: no file system may be mounted here; a limit on files is tested beside this");
    };
    let out = small.0.path().join("archive.zip");
    std::fs::write(&out, "old").unwrap();
    let untouched = |what: &str| {
        assert_eq!(std::fs::read(&out).unwrap(), b"old", "{what}");
        assert_eq!(names(small.0.path()), ["archive.zip"], "{what}");
    };
    let full = |said: &str| said.contains("No space left on device") && said.contains("free some space");
    for more in [&[][..], &["--seal"]] {
        let (code, said) = export("", dir.path(), &out, temp.path(), more);
        assert!(code == 1 && full(&said), "{code} {said}");
        assert!(said.contains(&*small.0.path().to_string_lossy()), "it says where: {said}");
        untouched("the target's disk");
        assert_eq!(names(temp.path()), [""; 0]);
    }
    // What is found waits in the folder for temporary files, which may be on another disk.
    let old = Old::new();
    let (code, said) = export("", dir.path(), &old.path(), small.0.path(), &[]);
    assert!(code == 1 && full(&said) && said.contains("TMPDIR"), "{code} {said}");
    old.is_untouched("the disk of temporary files");
    untouched("the disk of temporary files");
}

#[test]
fn a_limit_on_files_is_told_and_changes_nothing() {
    let (dir, old, temp) = (workspace(8), Old::new(), tempfile::tempdir().unwrap());
    // In blocks of 512 bytes: 4 MB.
    let (code, said) = export("trap '' XFSZ; ulimit -f 8192;", dir.path(), &old.path(), temp.path(), &[]);
    assert!(code == 1 && said.contains("File too large") && said.contains("ulimit"), "{code} {said}");
    old.is_untouched("a limit");
    assert_eq!(names(temp.path()), [""; 0]);
}

#[cfg(feature = "failpoints")]
#[test]
fn killed_at_any_time_it_leaves_nothing_behind() {
    let (dir, temp) = (workspace(3), tempfile::tempdir().unwrap());
    for point in ["archive.record=2*off->panic", "archive.filled=panic", "archive.whole=panic"] {
        for more in [&[][..], &["--seal"]] {
            let old = Old::new();
            let before = format!("FAILPOINTS='{point}'; export FAILPOINTS;");
            let (code, said) = export(&before, dir.path(), &old.path(), temp.path(), more);
            assert_eq!(code, -1, "{point}: it was to be killed: {said}");
            old.is_untouched(point);
            assert_eq!(names(temp.path()), [""; 0], "{point}");
        }
    }
    let old = Old::new();
    let (code, said) = export("", dir.path(), &old.path(), temp.path(), &[]);
    assert_eq!((code, names(old.0.path())), (0, vec!["archive.zip".to_owned()]), "{said}");
    assert!(std::fs::read(old.path()).unwrap().len() > 3_000_000);
}
