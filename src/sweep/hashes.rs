//! Hashes of identifiers that the map says are kept somewhere: of the normal form, without salt, in digits, base64 and
//! bytes. A salted or keyed hash cannot be looked for; that is what makes it one.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::Digest as _;

use crate::map::HashKind;

/// Gives `add` the hash in every form, and whether letters in it count in any case.
pub fn spell(kind: HashKind, normal: &str, add: &mut dyn FnMut(Vec<u8>, bool)) {
    let hash = match kind {
        HashKind::Md5 => md5::Md5::digest(normal).to_vec(),
        HashKind::Sha1 => sha1::Sha1::digest(normal).to_vec(),
        HashKind::Sha256 => sha2::Sha256::digest(normal).to_vec(),
    };
    add(hex::encode(&hash).into_bytes(), true);
    for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
        add(engine.encode(&hash).into_bytes(), false);
    }
    add(hash, false);
}
