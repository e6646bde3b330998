//! An object as its members, each value still raw: what costs one pass over the bytes and loses nothing.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The members of an object in their order, doubled ones included.
pub struct Members<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of a raw value; `None` where it is no object (or one with a name that is no text).
    pub fn of(raw: &'a str) -> Option<Self> {
        if raw.starts_with('{') { serde_json::from_str(raw).ok() } else { None }
    }

    /// Whether two members have one name.
    pub fn has_duplicates(&self) -> bool {
        let mut seen = 0u64;
        self.0.iter().enumerate().any(|(i, (name, _))| {
            // Most names differ in length or in these bytes; only where they do not are they compared.
            let bytes = name.as_bytes();
            let last = bytes.last().copied().unwrap_or(0);
            let middle = bytes.get(bytes.len() / 2).copied().unwrap_or(0);
            let bit = 1u64 << ((bytes.len() ^ usize::from(last) ^ (usize::from(middle) << 1)) & 63);
            let maybe = seen & bit != 0;
            seen |= bit;
            maybe && self.0[..i].iter().any(|(other, _)| other == name)
        })
    }
}

/// The elements of a raw list; `None` where it is none.
pub fn elements(raw: &str) -> Option<Vec<&RawValue>> {
    if raw.starts_with('[') { serde_json::from_str(raw).ok() } else { None }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(16);
        while let Some(Name(name)) = map.next_key()? {
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}

/// A member's name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}
