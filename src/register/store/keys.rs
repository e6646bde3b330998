//! The workspace's keys: made when first needed, known to the register by their ids, never replaced in silence.

use std::io::ErrorKind;
use std::path::Path;
use zeroize::Zeroizing;

use super::doing;
use crate::error::{Error, Result};
use crate::register::Register;
use crate::register::folder::{private_folder, write_new};
use crate::register::keys::{Key, Purpose, Secret, SigningKey};

impl Register<'_> {
    /// The key that signs archives; its public half is in `.redress/keys/signing.pub`.
    pub fn signing_key(&self) -> Result<SigningKey> {
        let key: SigningKey = self.key(Purpose::Signing)?;
        let path = self.folder.keys().join("signing.pub");
        let written = match std::fs::read_to_string(&path) {
            Ok(text) => text == key.public_text(),
            Err(cause) if cause.kind() == ErrorKind::NotFound => write_new(&path, key.public_text().as_bytes()).is_ok(),
            Err(cause) => return Err(Error::io("read", &path, &cause)),
        };
        match written {
            true => Ok(key),
            false => Err(Error::failed(format!("{} is not the public half of signing.key", path.display()))
                .hint("delete it: it is written anew from the secret key")),
        }
    }

    /// The key that hides what the ledger remembers.
    pub fn ledger_key(&self) -> Result<Secret> {
        self.key(Purpose::Ledger)
    }

    /// The key that makes pseudonyms.
    pub fn pseudonym_key(&self) -> Result<Secret> {
        self.key(Purpose::Pseudonyms)
    }

    /// The key that seals the log; read once.
    pub(super) fn log_key(&self) -> Result<&Secret> {
        if let Some(key) = self.log_key.get() {
            return Ok(key);
        }
        let key = self.key(Purpose::Log)?;
        Ok(self.log_key.get_or_init(|| key))
    }

    /// The key of that purpose: the one the register was made with, or the first.
    fn key<K: Key>(&self, purpose: Purpose) -> Result<K> {
        if let Some(id) = self.key_id(purpose)? {
            return self.known_key(purpose, &id);
        }
        self.store.together(|| match self.key_id(purpose)? {
            // Another command was faster.
            Some(id) => self.known_key(purpose, &id),
            None => self.first_key(purpose),
        })
    }

    fn known_key<K: Key>(&self, purpose: Purpose, id: &str) -> Result<K> {
        let path = self.folder.keys().join(purpose.file());
        let key: K = read(purpose, &path)?.ok_or_else(|| lost(purpose, &path, id))?;
        match key.id() == id {
            true => Ok(key),
            false => Err(Error::failed(format!(
                "{} holds the key {}, but this register was made with the key {id}",
                path.display(),
                key.id()
            ))
            .hint(format!("without it {}: restore the folder .redress from your last backup", purpose.loss()))),
        }
    }

    /// Makes the key, or takes the one a command left that was cut off before it could tell the register.
    fn first_key<K: Key>(&self, purpose: Purpose) -> Result<K> {
        let path = self.folder.keys().join(purpose.file());
        if self.was_used(purpose)? {
            return Err(lost(purpose, &path, "unknown"));
        }
        private_folder(&self.folder.keys())?;
        let key: K = match read(purpose, &path)? {
            Some(key) => key,
            None => {
                let key = K::generate(purpose, self.random)?;
                if !write_new(&path, key.text(purpose)?.as_bytes())? {
                    return Err(Error::failed(format!("{} appeared while it was made", path.display()))
                        .hint("run the command again"));
                }
                key
            }
        };
        let sql = "INSERT INTO key (purpose, id, made_at) VALUES (?1, ?2, ?3)";
        let values = (purpose.word(), key.id(), self.now().to_string());
        self.store.db.execute(sql, values).map_err(doing("write to"))?;
        Ok(key)
    }

    fn key_id(&self, purpose: Purpose) -> Result<Option<String>> {
        use rusqlite::OptionalExtension as _;
        let sql = "SELECT id FROM key WHERE purpose = ?1";
        self.store.db.query_row(sql, [purpose.word()], |row| row.get(0)).optional().map_err(doing("read"))
    }

    /// Whether something in the register was made with such a key.
    fn was_used(&self, purpose: Purpose) -> Result<bool> {
        let sql = match purpose {
            Purpose::Signing => "SELECT EXISTS (SELECT 1 FROM archive)",
            Purpose::Log => "SELECT EXISTS (SELECT 1 FROM log)",
            Purpose::Ledger => {
                "SELECT EXISTS (SELECT 1 FROM erased) OR EXISTS (SELECT 1 FROM waiting) OR EXISTS (SELECT 1 FROM hold_tag)"
            }
            Purpose::Pseudonyms => return Ok(false),
        };
        self.store.db.query_row(sql, [], |row| row.get(0)).map_err(doing("read"))
    }
}

/// `None` where there is no such file.
fn read<K: Key>(purpose: Purpose, path: &Path) -> Result<Option<K>> {
    let text = match std::fs::read(path) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::io("read", path, &cause)),
    };
    let key = std::str::from_utf8(&text).ok().and_then(|text| K::parse(purpose, text));
    key.map(Some).ok_or_else(|| {
        Error::failed(format!("the {} key {} is damaged", purpose.word(), path.display()))
            .hint(format!("without it {}: restore the file from your last backup", purpose.loss()))
    })
}

fn lost(purpose: Purpose, path: &Path, id: &str) -> Error {
    Error::failed(format!("the {} key {} (id {id}) is lost: {}", purpose.word(), path.display(), purpose.loss()))
        .hint("restore the file from your last backup; a new key is never made in its place")
}
