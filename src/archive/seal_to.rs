//! An archive closed for the holder of a key, in the format of age (<https://age-encryption.org/v1>): `age` and `rage` open
//! it. It holds the archive alone, under no name.
//!
//! Only age's own keys (X25519) are taken: SSH keys would bring in a library with an open advisory on RSA. Whose key it
//! is, the officer must know; age says nothing of who closed a file, which is what the signature inside is for.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::error::{Error, Result};

/// How a file of age begins.
pub const MARK: &[u8] = b"age-encryption.org/v1\n";

/// The public keys of those who may open an archive.
pub struct Keys {
    #[cfg(feature = "age")]
    keys: Vec<age::x25519::Recipient>,
}

#[cfg(feature = "age")]
impl Keys {
    /// Reads keys (`age1…`); a text that is none is a wrong command line, and is not repeated: it may be a secret key.
    pub fn parse(texts: &[String]) -> Result<Keys> {
        let keys = texts.iter().map(|text| text.trim().parse().map_err(|_| not_a_key(text)));
        Ok(Keys { keys: keys.collect::<Result<_>>()? })
    }

    /// Encrypts into `out` what `fill` writes.
    pub fn write(&self, out: &File, fill: impl FnOnce(&mut dyn io::Write) -> Result<()>) -> Result<()> {
        let failed =
            |e: io::Error| Error::failed(format!("what is to be closed with a key cannot be written: {}", e.kind()));
        let keys = self.keys.iter().map(|key| key as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(keys).map_err(|e| failed(io::Error::other(e)))?;
        let mut sealed = encryptor.wrap_output(io::BufWriter::new(out)).map_err(failed)?;
        fill(&mut sealed)?;
        sealed.finish().and_then(|mut out| io::Write::flush(&mut out)).map_err(failed)
    }

    /// Encrypts `plain` into `out`, a block at a time.
    pub fn close(&self, mut plain: &File, out: &File) -> io::Result<()> {
        use super::seal::BLOCK;
        use io::{BufReader, BufWriter, Seek as _, SeekFrom, Write as _};
        plain.seek(SeekFrom::Start(0))?;
        let keys = self.keys.iter().map(|key| key as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(keys).map_err(io::Error::other)?;
        let mut sealed = encryptor.wrap_output(BufWriter::with_capacity(BLOCK, out))?;
        io::copy(&mut BufReader::with_capacity(BLOCK, plain), &mut sealed)?;
        sealed.finish()?.flush()
    }
}

#[cfg(not(feature = "age"))]
impl Keys {
    /// Refuses: this program was built without age.
    pub fn parse(_: &[String]) -> Result<Keys> {
        Err(Error::refused("this program was built without the feature `age`")
            .hint("close the archive with a passphrase (--seal), or install a program with it"))
    }

    /// Never called: there are no keys.
    pub fn write(&self, _: &File, _: impl FnOnce(&mut dyn io::Write) -> Result<()>) -> Result<()> {
        Err(Error::bug("there is no key"))
    }

    /// Never called: there are no keys.
    pub fn close(&self, _: &File, _: &File) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Decrypts a file with the secret key that stands in another.
#[cfg(feature = "age")]
pub fn open(closed: File, identity: &Path) -> Result<Box<dyn io::Read>> {
    let text = std::fs::read_to_string(identity).map_err(|e| Error::io("read the key", identity, &e))?;
    let no_key = || {
        Error::failed(format!("{} holds no secret key of age", identity.display()))
            .hint("the file that age-keygen writes: a line that starts with AGE-SECRET-KEY-1")
            .hint("a key under a passphrase is opened first: age -d KEYFILE.age > KEYFILE")
    };
    let file = age::IdentityFile::from_buffer(text.as_bytes()).map_err(|_| no_key())?;
    let keys = file.into_identities().map_err(|_| no_key())?;
    if keys.is_empty() {
        return Err(no_key());
    }
    let damaged = |_| Error::failed("what was kept to take the plan back is damaged");
    let decryptor = age::Decryptor::new_buffered(io::BufReader::new(closed)).map_err(damaged)?;
    let reader = decryptor.decrypt(keys.iter().map(|key| key.as_ref() as &dyn age::Identity)).map_err(|_| {
        Error::refused(format!("the key in {} does not open it", identity.display()))
            .hint("the map names whose keys do: [undo] in redress.toml, as it was when the plan was applied")
    })?;
    Ok(Box::new(reader))
}

/// Refuses: this program was built without age.
#[cfg(not(feature = "age"))]
pub fn open(_: File, _: &Path) -> Result<Box<dyn io::Read>> {
    Err(Error::refused("this program was built without the feature `age`").hint("use a program with it"))
}

#[cfg(feature = "age")]
fn not_a_key(text: &str) -> Error {
    if text.trim().to_uppercase().starts_with("AGE-SECRET-KEY-") {
        return Error::usage("that is a secret key: whoever has it opens everything that is closed for it")
            .hint("ask the person for the public one, age1…, and to make a new pair: age-keygen");
    }
    Error::usage("--seal-to: this is not a public key of age")
        .hint("it is one word that starts with age1; age-keygen makes one, and `age-keygen -y KEYFILE` shows it")
}

#[cfg(all(test, feature = "age"))]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn what_is_no_public_key_is_refused_and_not_repeated() {
        let good = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        assert!(Keys::parse(&[format!(" {good}\n")]).is_ok());
        let secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        for text in ["", "age1", &good[..40], "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", secret, "ana@example.com"] {
            let error = Keys::parse(&[good.to_owned(), text.to_owned()]).err().unwrap();
            assert_eq!(error.kind, Kind::Usage);
            assert!(!error.hints.is_empty() && (text.len() < 5 || !error.to_string().contains(text)), "{error}");
        }
    }
}
