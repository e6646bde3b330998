//! Digests of records: SHA-256 over type-tagged, length-prefixed, versioned bytes.
//!
//! Two records have one digest if and only if they hold the same values of the same types under the same names.

use sha2::{Digest as _, Sha256};
use std::fmt;

use super::Value;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of plain bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest of all that is read, a block at a time.
    pub fn of_all(mut input: impl std::io::Read) -> std::io::Result<Self> {
        let (mut hash, mut block) = (Sha256::new(), vec![0; 128 * 1024]);
        loop {
            match input.read(&mut block)? {
                0 => return Ok(Digest(hash.finalize().into())),
                n => hash.update(&block[..n]),
            }
        }
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl serde::Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Digest::parse(&text).ok_or_else(|| serde::de::Error::custom("expected 64 hexadecimal digits"))
    }
}

/// Builds a digest piece by piece; each piece carries its type and length, so that no two sequences collide.
pub struct Digester(Sha256);

impl Digester {
    /// Starts a digest of one purpose, so that digests of different things never meet.
    pub fn new(purpose: &str) -> Self {
        let mut digester = Digester(Sha256::new());
        digester.text("redress-digest-1");
        digester.text(purpose);
        digester
    }

    fn piece(&mut self, tag: u8, bytes: &[u8]) {
        self.0.update([tag]);
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// Adds a count.
    pub fn count(&mut self, n: usize) {
        self.piece(b'#', &(n as u64).to_be_bytes());
    }

    /// Adds a text that is not a value: a name, a purpose.
    pub fn text(&mut self, text: &str) {
        self.piece(b'@', text.as_bytes());
    }

    /// Adds a value, nested ones included.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.piece(b'n', &[]),
            Value::Bool(b) => self.piece(b'b', &[u8::from(*b)]),
            Value::Int(i) => self.piece(b'i', &i.to_be_bytes()),
            Value::Decimal(t) => self.piece(b'd', t.as_bytes()),
            Value::Float(x) => self.piece(b'f', &x.to_bits().to_be_bytes()),
            Value::Text(t) => self.piece(b't', t.as_bytes()),
            Value::Bytes(bytes) => self.piece(b'x', bytes),
            Value::List(items) => {
                self.piece(b'l', &(items.len() as u64).to_be_bytes());
                items.iter().for_each(|v| self.value(v));
            }
            Value::Object(members) => {
                self.piece(b'o', &(members.len() as u64).to_be_bytes());
                for (name, value) in members {
                    self.text(name);
                    self.value(value);
                }
            }
            Value::Native { ty, text } => {
                self.piece(b'v', ty.as_bytes());
                self.piece(b'v', text.as_bytes());
            }
        }
    }

    /// The digest of all that was added.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}
