//! `redress check-archive`: is this archive whole, and who signed it? Needs no workspace and trusts nothing inside.
//!
//! Whether the data are right is not asked here: only whether they are what the signer put together.

mod contents;
mod seal;
mod structure;

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

pub use seal::PublicKey;

use super::visible::line;
use super::{bag, seal_to};
use crate::error::{Error, Result};
use crate::problem::Problem;

/// What a look at an archive showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Whether nothing is wrong with it: every file as listed, the list as signed.
    pub whole: bool,
    /// All that is wrong, each with a code and the file.
    pub faults: Vec<Problem>,
    /// The number of the key that signed it; empty where no signature holds.
    pub key_id: String,
    /// That key, as `minisign -P` takes it.
    pub public_key: String,
    /// The request, as signed.
    pub reference: String,
    /// The time point of the data, as signed.
    pub as_of: String,
    /// The head of the log, as signed.
    pub log_head: String,
    /// How many data files there are.
    pub files: usize,
    /// How long they are together.
    pub bytes: u64,
    /// Whether the key is the expected one; `None` where none was expected.
    pub trusted: Option<bool>,
}

impl Checked {
    /// Whether the archive is whole and its key, where one was expected, is that key.
    pub fn is_accepted(&self) -> bool {
        self.whole && self.trusted != Some(false)
    }
}

/// Looks at the archive at `path`. With `key`, or with `trusted` keys of a workspace, the signing key must be one of
/// them. Only a file that cannot be opened, or an expected key that is none, is an error; what is wrong with the
/// archive is in the answer.
pub fn check(path: &Path, key: Option<&str>, trusted: &[String]) -> Result<Checked> {
    let expected = expected(key, trusted)?;
    let fault = |e: io::Error| Error::io("read", path, &e);
    let mut file = File::open(path).map_err(fault)?;
    if path.is_dir() {
        return Err(Error::failed(format!("{} is a folder, not an archive", path.display()))
            .hint("name the ZIP file as it was handed over"));
    }
    if is_closed_for_key(&mut file).map_err(fault)? {
        let what =
            "it is closed for the holder of a key: open it (age -d -i KEYFILE -o archive.zip FILE), and check that";
        let closed = Problem::new("closed", "", what);
        return Ok(Checked { faults: vec![closed], ..Checked::default() });
    }
    let ends_clean = structure::ends_clean(&mut file).map_err(fault)?;
    let length = file.metadata().map_err(fault)?.len();
    let mut faults = Faults::default();
    let mut checked = match ZipArchive::new(BufReader::new(file)) {
        Ok(zip) if is_closed(&zip) => {
            let what = "it is closed with a passphrase: unpack archive.zip from it (7z x FILE), and check that";
            faults.add("closed", "", what);
            Checked::default()
        }
        Ok(mut zip) => look(&mut zip, ends_clean, length, &mut faults),
        Err(_) => {
            faults.add("not-an-archive", "", "it is cut off, or not a ZIP file: ask for it again");
            Checked::default()
        }
    };
    if let Some(expected) = expected {
        let trusted = expected.iter().any(|k| k.line() == checked.public_key);
        checked.trusted = Some(trusted);
        if !trusted {
            faults.add("other-key", "", "it is not signed with the key that was expected");
        }
    }
    checked.faults = faults.0;
    checked.whole = checked.faults.iter().all(|fault| fault.code == "other-key");
    Ok(checked)
}

/// Whether a file is an archive that is closed: with a passphrase, or for the holder of a key.
pub fn is_sealed(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    is_closed_for_key(&mut file).unwrap_or_default()
        || ZipArchive::new(BufReader::new(file)).is_ok_and(|zip| is_closed(&zip))
}

/// Whether it is a file of age; it is then read from its beginning again.
fn is_closed_for_key(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.by_ref().take(seal_to::MARK.len() as u64).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(start == seal_to::MARK)
}

/// Whether it is the closed file around an archive.
fn is_closed(zip: &structure::Zip) -> bool {
    zip.len() == 1 && zip.name_for_index(0).is_some_and(|name| name.is_ok_and(|name| name == super::seal::INNER))
}

pub(crate) fn expected(key: Option<&str>, trusted: &[String]) -> Result<Option<Vec<PublicKey>>> {
    let parse = |text: &str| {
        PublicKey::parse(text).ok_or_else(|| {
            Error::usage("this is not a public key of minisign")
                .hint("it is one line of 56 characters that starts with RW, or a file with such a line")
        })
    };
    match key {
        Some(key) => Ok(Some(vec![parse(key)?])),
        None if trusted.is_empty() => Ok(None),
        None => Ok(Some(trusted.iter().map(|key| parse(key)).collect::<Result<_>>()?)),
    }
}

fn look(zip: &mut structure::Zip, ends_clean: bool, length: u64, faults: &mut Faults) -> Checked {
    structure::check(zip, faults);
    if !ends_clean {
        faults.add("hidden-bytes", "", "it holds bytes that belong to no file");
    }
    let mut checked = Checked::default();
    if let Some(sealed) = seal::check(zip, faults) {
        let (reference, as_of, log_head) = bag::read_comment(&sealed.comment);
        checked.key_id = sealed.key.id();
        checked.public_key = sealed.key.line();
        (checked.reference, checked.as_of, checked.log_head) = (line(&reference), line(&as_of), line(&log_head));
    }
    (checked.files, checked.bytes) = contents::check(zip, length, faults);
    checked
}

/// What is wrong, each named.
#[derive(Default)]
struct Faults(Vec<Problem>);

/// So many faults are named; of a file that is all faults more would help nobody.
const MOST_FAULTS: usize = 1000;

impl Faults {
    fn add(&mut self, code: &str, place: &str, message: &str) {
        // Names inside a foreign archive are hostile until shown otherwise.
        let fault = Problem::new(code, line(place), message);
        if self.0.len() == MOST_FAULTS {
            self.0.push(Problem::new("more", "", "there is more that is wrong, which is not listed"));
        }
        if self.0.len() < MOST_FAULTS && !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }
}
