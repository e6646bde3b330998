//! A closed archive: closed for the holder of a key (`seal_to`), or one ZIP file, encrypted with a passphrase (AES-256), that holds the archive under a name that says
//! nothing. 7-Zip, Keka, WinZip and the like open it.
//!
//! The names of systems and collections stand in the archive's list of files, so that the archive itself is put
//! inside. Whoever sends it sends the passphrase another way; it is kept nowhere.

use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::seal_to::Keys;

/// What an archive is closed with.
pub enum Seal<'a> {
    /// A passphrase, to be sent another way.
    Passphrase(&'a str),
    /// Keys of those who may open it.
    Keys(&'a Keys),
}

impl Seal<'_> {
    /// Encrypts `plain` into `out`; gives the digest and length of the closed file.
    pub fn close(&self, plain: &File, out: &File) -> io::Result<(String, u64)> {
        match self {
            Seal::Passphrase(passphrase) => seal(plain, out, passphrase)?,
            Seal::Keys(keys) => keys.close(plain, out)?,
        }
        let mut sealed = out;
        sealed.seek(SeekFrom::Start(0))?;
        digest(&mut sealed)
    }
}

/// How much is read and written at once.
pub const BLOCK: usize = 1 << 17;
/// The name of the archive inside.
pub const INNER: &str = "archive.zip";

/// What the closed file says to somebody without the passphrase.
const NOTE: &str = "Encrypted (AES-256). It opens with the passphrase that was sent to you another way, in 7-Zip (Windows, \
    Linux), Keka (macOS) or another program that knows AES in ZIP files. Unpack the archive.zip inside and open \
    START-HERE.html.";

/// Letters and digits that are not taken for each other.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A passphrase from these random bytes: six groups of four, 120 bits.
pub fn passphrase(random: &[u8; 24]) -> String {
    let mut out = String::with_capacity(29);
    for (i, byte) in random.iter().enumerate() {
        if i > 0 && i.is_multiple_of(4) {
            out.push('-');
        }
        // Each letter takes five bits of its byte.
        out.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    out
}

/// Encrypts `plain` into `out` as a ZIP file.
fn seal(mut plain: &File, out: &File, passphrase: &str) -> io::Result<()> {
    let size = plain.seek(SeekFrom::End(0))?;
    plain.seek(SeekFrom::Start(0))?;
    let mut zip = ZipWriter::new(BufWriter::with_capacity(BLOCK, out));
    zip.set_comment(NOTE)?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(size >= u64::from(u32::MAX))
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o600)
        .with_aes_encryption(AesMode::Aes256, passphrase);
    zip.start_file(INNER, options)?;
    io::copy(&mut BufReader::with_capacity(BLOCK, plain), &mut zip)?;
    zip.finish()?.into_inner().map(drop).map_err(|e| e.into_error())
}

/// The SHA-256 and the length of what is read.
fn digest(from: &mut dyn Read) -> io::Result<(String, u64)> {
    let (mut hash, mut bytes, mut block) = (Sha256::new(), 0, vec![0; BLOCK]);
    loop {
        match from.read(&mut block) {
            Ok(0) => return Ok((hex::encode(hash.finalize()), bytes)),
            Ok(n) => {
                hash.update(&block[..n]);
                bytes += n as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passphrases_are_groups_of_plain_letters() {
        assert_eq!(passphrase(&[0; 24]), "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa");
        let all: [u8; 24] = std::array::from_fn(|i| i as u8 + 232);
        let text = passphrase(&all);
        assert_eq!((text.len(), text.matches('-').count()), (29, 5));
        assert!(!text.contains(['l', 'o', '0', '1']));
        let letters: std::collections::HashSet<_> = LETTERS.iter().collect();
        assert_eq!(letters.len(), 32, "every five bits give another letter");
    }
}
