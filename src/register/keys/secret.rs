//! A secret of 32 bytes: what it seals or hides, only its holder can make or check.
//!
//! The log key and the ledger key are such secrets. It does not sign: others cannot check what it made.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

use super::{Key, Purpose};
use crate::error::Result;
use crate::record::Digest;
use crate::register::system::Random;

/// A secret of 32 bytes and its id.
#[derive(Clone)]
pub struct Secret {
    id: String,
    bytes: Zeroizing<[u8; 32]>,
}

impl Secret {
    fn new(purpose: Purpose, bytes: Zeroizing<[u8; 32]>) -> Secret {
        let hash = Sha256::new()
            .chain_update(b"redress-key-id\0")
            .chain_update(purpose.word().as_bytes())
            .chain_update([0])
            .chain_update(bytes.as_slice())
            .finalize();
        Secret { id: hex::encode(&hash[..8]), bytes }
    }

    /// Its id: names it without giving it away.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn keyed(&self, bytes: &[u8]) -> Hmac<Sha256> {
        // 32 bytes fill half a block: the key is taken as it is, padded with zeros.
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(self.bytes.as_slice());
        let mut mac = Hmac::<Sha256>::new(&block);
        mac.update(bytes);
        mac
    }

    /// HMAC-SHA-256 of these bytes.
    pub fn mac(&self, bytes: &[u8]) -> Digest {
        Digest(self.keyed(bytes).finalize().into_bytes().into())
    }

    /// Whether `mac` is the one of these bytes.
    pub fn made(&self, mac: &[u8], bytes: &[u8]) -> bool {
        self.keyed(bytes).verify_slice(mac).is_ok()
    }
}

impl crate::ledger::Hide for Secret {
    fn key_id(&self) -> &str {
        &self.id
    }

    fn hide(&self, bytes: &[u8]) -> crate::ledger::Tag {
        let mut tag = [0; 16];
        tag.copy_from_slice(&self.mac(bytes).0[..16]);
        crate::ledger::Tag(tag)
    }
}

impl Key for Secret {
    fn generate(purpose: Purpose, random: &dyn Random) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        random.fill(bytes.as_mut_slice());
        Ok(Secret::new(purpose, bytes))
    }

    fn parse(purpose: Purpose, text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let title = lines.next()?;
        let decoded = Zeroizing::new(BASE64.decode(lines.next()?).ok()?);
        let mut bytes = Zeroizing::new([0; 32]);
        if lines.next().is_some() || decoded.len() != bytes.len() {
            return None;
        }
        bytes.copy_from_slice(&decoded);
        let secret = Secret::new(purpose, bytes);
        // The id in the title is a checksum too.
        (title == title_of(purpose, &secret.id)).then_some(secret)
    }

    fn text(&self, purpose: Purpose) -> Result<Zeroizing<String>> {
        let key = Zeroizing::new(BASE64.encode(self.bytes.as_slice()));
        Ok(Zeroizing::new(format!("{}\n{}\n", title_of(purpose, &self.id), key.as_str())))
    }

    fn id(&self) -> String {
        self.id.clone()
    }
}

fn title_of(purpose: Purpose, id: &str) -> String {
    format!("redress {} key {id}: keep it secret, and keep a copy", purpose.word())
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::System;

    #[test]
    fn a_secret_survives_its_file_and_damage_is_seen() {
        let secret = Secret::generate(Purpose::Log, &System).unwrap();
        let text = secret.text(Purpose::Log).unwrap();
        let read = Secret::parse(Purpose::Log, &text).unwrap();
        assert_eq!(read.id(), secret.id());
        assert!(read.made(&secret.mac(b"entry").0, b"entry"));
        assert!(!read.made(&secret.mac(b"entry").0, b"another"));
        assert!(!read.made(b"short", b"entry"));

        assert!(Secret::parse(Purpose::Ledger, &text).is_none(), "a key has one purpose");
        for at in 0..text.len() {
            let mut damaged = text.as_bytes().to_vec();
            damaged[at] ^= 1;
            let damaged = String::from_utf8(damaged).unwrap();
            assert!(Secret::parse(Purpose::Log, &damaged).is_none_or(|k| k.id() == secret.id()), "byte {at}");
        }
        assert!(Secret::parse(Purpose::Log, "").is_none());
    }

    #[test]
    fn the_mac_is_the_standard_one() {
        // RFC 4231 has no key of 32 bytes; this value is from `openssl dgst -sha256 -mac HMAC`.
        let secret = Secret::new(Purpose::Log, Zeroizing::new([0x0b; 32]));
        let expected = "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7";
        assert_eq!(secret.mac(b"Hi There").to_string(), expected);
        assert_eq!(format!("{secret:?}").len(), "Secret()".len() + 16, "Debug shows the id alone");
    }
}
