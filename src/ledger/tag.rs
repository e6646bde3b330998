//! The keyed hashes themselves: what is hashed, and how it is laid out. A hash of one thing never equals that of another.

use std::fmt;

use crate::map::NormalForm;
use crate::record::{Digest, Key};
use crate::source::question::normal_of;

/// A keyed hash, cut to 128 bits: two things never have the same by chance, and nobody can guess one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub [u8; 16]);

/// Makes keyed hashes: the ledger's key.
pub trait Hide {
    /// Names the key without giving it away.
    fn key_id(&self) -> &str;
    /// The keyed hash of these bytes.
    fn hide(&self, bytes: &[u8]) -> Tag;
}

impl Tag {
    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Tag> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Tag(bytes))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The hash of an identifier in its normal form.
pub fn identity_tag(hide: &dyn Hide, identity: &str, normal: &str) -> Tag {
    hide.hide(&laid_out(&["identity", identity, normal]))
}

/// The hash of a record's key, where it stands. Keys compare as references do: the number 42 and the text `42` are one.
pub fn key_tag(hide: &dyn Hide, source: &str, collection: &str, key: &Key) -> Tag {
    match key {
        Key::Content(digest) => content_tag(hide, source, collection, digest),
        Key::Columns(columns) => {
            let mut parts = vec!["key", source, collection];
            let values: Vec<_> =
                columns.iter().map(|(_, v)| normal_of(v, NormalForm::Exact, None).unwrap_or_default()).collect();
            for ((name, _), value) in columns.iter().zip(&values) {
                parts.extend([name.as_str(), value]);
            }
            hide.hide(&laid_out(&parts))
        }
    }
}

/// The hash of a whole record, where it stands.
pub fn content_tag(hide: &dyn Hide, source: &str, collection: &str, content: &Digest) -> Tag {
    hide.hide(&laid_out(&["content", source, collection, &content.to_string()]))
}

/// The parts with their lengths, so that no two sequences collide.
fn laid_out(parts: &[&str]) -> Vec<u8> {
    let mut bytes = b"redress-ledger-1".to_vec();
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Value;

    /// A key for tests.
    struct Plain;

    impl Hide for Plain {
        fn key_id(&self) -> &str {
            "test"
        }
        fn hide(&self, bytes: &[u8]) -> Tag {
            let mut tag = [0; 16];
            tag.copy_from_slice(&Digest::of(bytes).0[..16]);
            Tag(tag)
        }
    }

    #[test]
    fn a_hash_is_of_one_thing_at_one_place() {
        let key = |value: Value| Key::Columns(vec![("id".to_owned(), value)]);
        let digest = Digest::of(b"row");
        let tags = [
            identity_tag(&Plain, "email", "ana@x.example"),
            identity_tag(&Plain, "mail", "ana@x.example"),
            identity_tag(&Plain, "emaila", "na@x.example"),
            key_tag(&Plain, "shop", "people", &key(Value::Int(1))),
            key_tag(&Plain, "shop", "peoples", &key(Value::Int(1))),
            key_tag(&Plain, "shop", "people", &key(Value::Int(11))),
            content_tag(&Plain, "shop", "people", &digest),
        ];
        for (i, one) in tags.iter().enumerate() {
            assert!(!tags[i + 1..].contains(one), "{i}");
            assert_eq!(Tag::parse(&one.to_string()), Some(*one));
        }
        assert_eq!(
            key_tag(&Plain, "shop", "people", &key(Value::Int(42))),
            key_tag(&Plain, "shop", "people", &key(Value::Text("42".into())))
        );
        assert_eq!(key_tag(&Plain, "s", "c", &Key::Content(digest)), content_tag(&Plain, "s", "c", &digest));
    }
}
