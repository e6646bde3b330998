//! The signature: that of a minisign key over the list of files about the data.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::io::Cursor;

use super::structure::Zip;
use super::{Faults, contents};

/// The longest key or signature file.
const LONGEST: u64 = 8 << 10;

/// A public key of minisign.
pub struct PublicKey {
    /// `Ed`, the number of 8 bytes, the key of 32.
    bytes: [u8; 42],
}

impl PublicKey {
    /// Reads a key: its line of base64, or a file with such a line.
    pub fn parse(text: &str) -> Option<PublicKey> {
        text.lines().find_map(|line| {
            let bytes: [u8; 42] = BASE64.decode(line.trim()).ok()?.try_into().ok()?;
            bytes.starts_with(b"Ed").then_some(PublicKey { bytes })
        })
    }

    /// Its line of base64.
    pub fn line(&self) -> String {
        BASE64.encode(self.bytes)
    }

    /// Its number, as minisign prints it.
    pub fn id(&self) -> String {
        number(&self.bytes[2..10])
    }

    /// The content of a key file.
    pub fn file(&self) -> String {
        format!("untrusted comment: minisign public key {}\n{}\n", self.id(), self.line())
    }

    /// The trusted comment of a signature over `bytes`, where the signature holds.
    pub fn verify(&self, bytes: &[u8], signature: &str) -> Result<String, &'static str> {
        let damaged = "the signature file is damaged";
        let key = minisign::PublicKey::from_bytes(&self.bytes).map_err(|_| "the key file is damaged")?;
        let signature = read_signature(signature).ok_or(damaged)?;
        if signature.keynum() != key.keynum() {
            return Err("it is signed with another key than the one enclosed");
        }
        minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false)
            .map_err(|_| "the signature does not fit: what was signed has been changed")?;
        signature.trusted_comment().map_err(|_| damaged)
    }
}

fn number(bytes: &[u8]) -> String {
    bytes.iter().rev().map(|b| format!("{b:02X}")).collect()
}

/// Looks at the lines' lengths first: the library takes them for granted.
fn read_signature(text: &str) -> Option<minisign::SignatureBox> {
    let lines: Vec<&str> = text.lines().collect();
    let [_, signature, _, comment_signature] = lines[..] else { return None };
    let long = |line: &str, length| BASE64.decode(line).is_ok_and(|bytes| bytes.len() == length);
    match long(signature, 74) && long(comment_signature, 64) {
        true => minisign::SignatureBox::from_string(text).ok(),
        false => None,
    }
}

/// A signature that holds.
pub struct Sealed {
    /// The key.
    pub key: PublicKey,
    /// The signed comment.
    pub comment: String,
}

/// Checks the signature; where it does not hold, the fault is named and nothing is believed.
pub fn check(zip: &mut Zip, faults: &mut Faults) -> Option<Sealed> {
    let key = contents::read(zip, "signing-key.pub", LONGEST, faults);
    let list = contents::read(zip, "tagmanifest-sha256.txt", LONGEST, faults);
    let signature = contents::read(zip, "tagmanifest-sha256.txt.minisig", LONGEST, faults);
    let (key, list, signature) = (key?, list?, signature?);
    let Some(key) = std::str::from_utf8(&key).ok().and_then(PublicKey::parse) else {
        faults.add("bad-signature", "signing-key.pub", "the key file is damaged");
        return None;
    };
    let signature = String::from_utf8_lossy(&signature);
    match key.verify(&list, &signature) {
        Ok(comment) if comment.starts_with("redress archive ") => Some(Sealed { key, comment }),
        Ok(_) => {
            faults.add("bad-signature", "tagmanifest-sha256.txt.minisig", "the signature is not that of an archive");
            None
        }
        Err(message) => {
            faults.add("bad-signature", "tagmanifest-sha256.txt.minisig", message);
            None
        }
    }
}
