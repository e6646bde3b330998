//! Is this record of erasure as it was signed, and by whom? Needs no workspace and believes nothing unsigned.

use std::path::Path;

use super::seal::{Parts, parts};
use crate::archive::{Checked, PublicKey, expected_keys, read_comment};
use crate::error::{Error, Result};
use crate::problem::Problem;

/// Larger files are no records.
const LONGEST: u64 = 64 << 20;

/// Looks at the file; none where it is something else than a record, an archive for example.
pub fn check(path: &Path, key: Option<&str>, trusted: &[String]) -> Result<Option<Checked>> {
    let fault = |e: std::io::Error| Error::io("read", path, &e);
    let about = std::fs::metadata(path).map_err(fault)?;
    if !about.is_file() || about.len() > LONGEST {
        return Ok(None);
    }
    let bytes = std::fs::read(path).map_err(fault)?;
    if !bytes.starts_with(b"{") && !bytes.starts_with(b"<!DOCTYPE html>") {
        return Ok(None);
    }
    let mut checked = Checked { files: 1, bytes: bytes.len() as u64, ..Checked::default() };
    match parts(&bytes).map(|parts| verified(&parts)) {
        None => {
            checked.faults.push(Problem::new("bad-signature", "", "it is no record of erasure, or its end is missing"))
        }
        Some(Err(message)) => checked.faults.push(Problem::new("bad-signature", "", message)),
        Some(Ok((key, comment))) => {
            (checked.key_id, checked.public_key) = (key.id(), key.line());
            (checked.reference, checked.as_of, checked.log_head) = read_comment(&comment);
        }
    }
    checked.whole = checked.faults.is_empty();
    if let Some(expected) = expected_keys(key, trusted)? {
        let is_one = expected.iter().any(|k| k.line() == checked.public_key);
        checked.trusted = Some(is_one);
        if !is_one {
            let message = "it is not signed with the key that was expected";
            checked.faults.push(Problem::new("other-key", "", message));
        }
    }
    Ok(Some(checked))
}

fn verified(parts: &Parts<'_>) -> std::result::Result<(PublicKey, String), &'static str> {
    let key = PublicKey::parse(&parts.key).ok_or("its key is damaged")?;
    let comment = key.verify(parts.signed, &parts.signature)?;
    match comment.starts_with("redress record ") {
        true => Ok((key, comment)),
        false => Err("the signature is not that of a record of erasure"),
    }
}
