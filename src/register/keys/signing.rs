//! The key that signs archives: Ed25519 in the format of minisign, so that a receiver checks with a known tool.
//!
//! Signing is deterministic (RFC 8032, no added noise): the same archive has the same bytes. That is why the crate
//! `minisign`, which adds noise, reads and checks here but does not sign.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use blake2::digest::consts::U32;
use blake2::{Blake2b, Blake2b512, Digest as _};
use std::fmt;
use std::io::{Cursor, Read, Seek};
use zeroize::Zeroizing;

use super::{Key, Purpose};
use crate::error::{Error, Result};
use crate::register::system::Random;

/// Ed25519 over the BLAKE2b-512 hash of what is signed.
const PREHASHED: [u8; 2] = *b"ED";
/// A key for Ed25519.
const KEY: [u8; 2] = *b"Ed";
/// No encryption of the secret key; its checksum is BLAKE2b-256.
const PLAIN: [u8; 4] = *b"\0\0B2";
/// Where minisign's secret key holds the pair, after algorithms, salt, limits and number.
const PAIR_AT: usize = 2 + 2 + 2 + 32 + 8 + 8 + 8;

/// A pair of keys and its number.
pub struct SigningKey {
    number: [u8; 8],
    pair: Zeroizing<[u8; 64]>,
}

impl SigningKey {
    /// A new pair, which nobody keeps. A workspace's own comes from the register.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        let (mut seed, mut number) = (Zeroizing::new([0; 32]), [0; 8]);
        random.fill(seed.as_mut_slice());
        random.fill(&mut number);
        let pair = ed25519_compact::KeyPair::try_from_seed(ed25519_compact::Seed::new(*seed))
            .map_err(|_| Error::bug("the random bytes for a signing key are all zero"))?;
        Ok(SigningKey { number, pair: Zeroizing::new(*pair.sk) })
    }

    /// Its id, as minisign prints it: 16 hexadecimal digits.
    pub fn id(&self) -> String {
        format!("{:016X}", u64::from_le_bytes(self.number))
    }

    /// The public key: one line of base64, for `minisign -P`.
    pub fn public(&self) -> String {
        BASE64.encode([&KEY[..], &self.number, &self.pair[32..]].concat())
    }

    /// The content of the public key's file, for `minisign -p`.
    pub fn public_text(&self) -> String {
        format!("untrusted comment: minisign public key {}\n{}\n", self.id(), self.public())
    }

    /// The signature file of minisign for these bytes. The comment is signed too; it is one line.
    pub fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String> {
        if trusted_comment.trim() != trusted_comment || trusted_comment.chars().any(char::is_control) {
            return Err(Error::bug("the comment of a signature is not one plain line"));
        }
        let secret = ed25519_compact::SecretKey::from_slice(self.pair.as_slice())
            .map_err(|_| Error::bug("the signing key is no pair of keys"))?;
        let signature = secret.sign(Blake2b512::digest(bytes), None);
        let comment_signature = secret.sign([signature.as_slice(), trusted_comment.as_bytes()].concat(), None);
        Ok(format!(
            "untrusted comment: signature of Redress, key {}\n{}\ntrusted comment: {trusted_comment}\n{}\n",
            self.id(),
            BASE64.encode([&PREHASHED[..], &self.number, signature.as_slice()].concat()),
            BASE64.encode(comment_signature.as_slice()),
        ))
    }

    /// The secret key as minisign lays it out.
    fn secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let checksum = Blake2b::<U32>::new()
            .chain_update(KEY)
            .chain_update(self.number)
            .chain_update(self.pair.as_slice())
            .finalize();
        let unused = [0; 32 + 8 + 8];
        Zeroizing::new([&KEY[..], &PLAIN, &unused, &self.number, self.pair.as_slice(), &checksum].concat())
    }
}

impl Key for SigningKey {
    fn generate(_: Purpose, random: &dyn Random) -> Result<Self> {
        SigningKey::generate(random)
    }

    fn parse(_: Purpose, text: &str) -> Option<Self> {
        let boxed = minisign::SecretKeyBox::from_string(text).ok()?;
        // Checks algorithms and checksum.
        let key = boxed.into_unencrypted_secret_key().ok()?;
        let bytes = Zeroizing::new(key.to_bytes());
        let number = key.keynum().try_into().ok()?;
        let pair: [u8; 64] = bytes.get(PAIR_AT..PAIR_AT + 64)?.try_into().ok()?;
        Some(SigningKey { number, pair: Zeroizing::new(pair) })
    }

    fn text(&self, _: Purpose) -> Result<Zeroizing<String>> {
        let key = Zeroizing::new(BASE64.encode(self.secret_bytes().as_slice()));
        Ok(Zeroizing::new(format!(
            "untrusted comment: redress signing key {}: keep it secret, and keep a copy\n{}\n",
            self.id(),
            key.as_str()
        )))
    }

    fn id(&self) -> String {
        SigningKey::id(self)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id())
    }
}

/// Checks a signature file against the bytes and the public key (one line of base64); gives its trusted comment.
/// A signature that does not hold is refused.
pub fn verify(public: &str, bytes: &[u8], minisig: &str) -> Result<String> {
    verify_from(public, Cursor::new(bytes), minisig)
}

/// The same, of what is read: a file of any size.
pub fn verify_from(public: &str, from: impl Read + Seek, minisig: &str) -> Result<String> {
    let key = read_public(public).ok_or_else(|| {
        Error::refused("this is not a public key of minisign")
            .hint("it is one line of 56 characters that starts with RW")
    })?;
    let signature = read_signature(minisig).ok_or_else(|| Error::refused("the signature file is damaged"))?;
    if signature.keynum() != key.keynum() {
        return Err(Error::refused(format!(
            "it is signed with another key: {}, not {}",
            number(signature.keynum()),
            number(key.keynum())
        )));
    }
    minisign::verify(&key, &signature, from, true, false, false)
        .map_err(|_| Error::refused("the signature does not fit: what was signed has been changed"))?;
    signature.trusted_comment().map_err(|_| Error::refused("the signature file is damaged"))
}

fn number(bytes: &[u8]) -> String {
    bytes.iter().rev().map(|b| format!("{b:02X}")).collect()
}

fn read_public(line: &str) -> Option<minisign::PublicKey> {
    let bytes = BASE64.decode(line.trim()).ok()?;
    match bytes.len() == 42 && bytes.starts_with(&KEY) {
        true => minisign::PublicKey::from_bytes(&bytes).ok(),
        false => None,
    }
}

/// Looks at the lines' lengths first: minisign takes them for granted.
fn read_signature(text: &str) -> Option<minisign::SignatureBox> {
    let lines: Vec<&str> = text.lines().collect();
    let [_, signature, _, comment_signature] = lines[..] else {
        return None;
    };
    let long = |line: &str, length| BASE64.decode(line).is_ok_and(|bytes| bytes.len() == length);
    match long(signature, 74) && long(comment_signature, 64) {
        true => minisign::SignatureBox::from_string(text).ok(),
        false => None,
    }
}

/// The key's line in the text of a public key file.
pub(super) fn public_line(text: &str) -> Option<String> {
    let line = text.lines().nth(1)?;
    read_public(line).map(|_| line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::register::System;
    use std::process::Command;

    fn key() -> SigningKey {
        SigningKey::generate(&System).unwrap()
    }

    #[test]
    fn the_same_input_has_the_same_signature() {
        let key = key();
        let one = key.sign(b"manifest", "request 1").unwrap();
        assert_eq!(one, key.sign(b"manifest", "request 1").unwrap());
        assert_ne!(one, key.sign(b"manifest", "request 2").unwrap());
        assert!(key.sign(b"manifest", "two\nlines").is_err());
        assert_eq!(verify(&key.public(), b"manifest", &one).unwrap(), "request 1");
    }

    #[test]
    fn a_key_survives_its_file() {
        let key = key();
        let read = SigningKey::parse(Purpose::Signing, &key.text(Purpose::Signing).unwrap()).unwrap();
        assert_eq!(read.public(), key.public());
        assert_eq!(read.sign(b"x", "y").unwrap(), key.sign(b"x", "y").unwrap());
        assert_eq!(public_line(&key.public_text()).unwrap(), key.public());
        assert!(SigningKey::parse(Purpose::Signing, "untrusted comment: no\nRWQAAEI=\n").is_none());
        assert_eq!(format!("{key:?}"), format!("SigningKey({})", key.id()));
    }

    #[test]
    fn what_does_not_hold_is_refused() {
        let (signer, other) = (key(), key());
        let minisig = signer.sign(b"manifest", "request 1").unwrap();
        let public = signer.public();
        let cut = |lines: usize| minisig.lines().take(lines).collect::<Vec<_>>().join("\n");
        let short = format!("{}\n{}\n", cut(3), "AAAA");
        let cases = [
            (public.clone(), "manifesT", minisig.clone(), "does not fit"),
            (public.clone(), "manifest", minisig.replace("request 1", "request 2"), "does not fit"),
            (other.public(), "manifest", minisig.clone(), "another key"),
            (public.clone(), "manifest", cut(3), "damaged"),
            (public.clone(), "manifest", short, "damaged"),
            (public.clone(), "manifest", String::new(), "damaged"),
            ("RW".to_owned(), "manifest", minisig.clone(), "not a public key"),
        ];
        for (public, bytes, minisig, message) in cases {
            let refused = verify(&public, bytes.as_bytes(), &minisig).unwrap_err();
            assert_eq!(refused.kind, Kind::Refused);
            assert!(refused.message.contains(message), "{refused}");
        }
    }

    #[test]
    fn any_changed_byte_of_a_signature_is_harmless_or_refused() {
        let key = key();
        let minisig = key.sign(b"manifest", "request 1").unwrap();
        let signed_from = minisig.find('\n').unwrap() + 1;
        for at in 0..minisig.len() {
            let mut changed = minisig.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            let held = verify(&key.public(), b"manifest", &changed).is_ok();
            // The first line is a comment nobody signs, and a last line may end as it likes.
            assert!(!held || at < signed_from || at + 1 == minisig.len(), "byte {at}");
        }
    }

    #[test]
    fn minisign_itself_accepts_it() {
        if Command::new("minisign").arg("-v").output().is_err() {
            eprintln!("skipped: the program minisign is not installed");
            return;
        }
        let key = key();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("m.txt"), "manifest").unwrap();
        std::fs::write(path("m.txt.minisig"), key.sign(b"manifest", "request 1").unwrap()).unwrap();
        std::fs::write(path("signing.pub"), key.public_text()).unwrap();
        std::fs::write(path("signing.key"), key.text(Purpose::Signing).unwrap().as_str()).unwrap();
        let minisign = |args: &[&str]| {
            let done = Command::new("minisign").current_dir(folder.path()).args(args).output().unwrap();
            let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            assert!(done.status.success(), "{args:?}: {said}");
            said
        };
        let said = minisign(&["-V", "-P", &key.public(), "-m", "m.txt"]);
        assert!(said.contains("Trusted comment: request 1"), "{said}");
        minisign(&["-V", "-p", "signing.pub", "-m", "m.txt"]);

        minisign(&["-S", "-s", "signing.key", "-m", "m.txt", "-x", "theirs", "-t", "by minisign"]);
        let theirs = std::fs::read_to_string(path("theirs")).unwrap();
        assert_eq!(verify(&key.public(), b"manifest", &theirs).unwrap(), "by minisign");
    }
}
