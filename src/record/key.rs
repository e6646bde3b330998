//! What addresses a record: named columns, or its content. Line numbers and rowids are hints, never keys.

use serde_json::{Map, Value as Json};
use std::fmt;

use super::{Digest, Value};

/// A record's key, unique in its collection (a content key addresses all identical records together).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Named columns and their values: primary, or unique and not null.
    Columns(Vec<(String, Value)>),
    /// The digest of the whole record, where the collection has no key.
    Content(Digest),
}

impl Key {
    /// `{column: value}`, or `{"$content": digest}`; numbers as their digits.
    pub fn to_json(&self) -> Json {
        self.encode(Value::to_json)
    }

    /// The same, so that [`Key::from_json`] gives back the same key.
    pub fn to_exact_json(&self) -> Json {
        self.encode(Value::to_exact_json)
    }

    fn encode(&self, value_json: fn(&Value) -> Json) -> Json {
        let mut map = Map::new();
        match self {
            Key::Columns(parts) => {
                for (column, value) in parts {
                    map.insert(column.clone(), value_json(value));
                }
            }
            Key::Content(digest) => {
                map.insert("$content".into(), digest.to_string().into());
            }
        }
        Json::Object(map)
    }

    /// Reads what [`Key::to_exact_json`] wrote.
    pub fn from_json(json: &Json) -> Option<Key> {
        let map = json.as_object()?;
        if let Some(digest) = map.get("$content") {
            return Some(Key::Content(Digest::parse(digest.as_str()?)?));
        }
        let parts = map.iter().map(|(name, value)| Some((name.clone(), Value::from_json(value)?)));
        Some(Key::Columns(parts.collect::<Option<_>>()?))
    }

    /// For people: `CustomerId=1`, `order_id=7, item_no=2`, `content 3fa8…`. Holds personal data.
    pub fn show(&self) -> String {
        match self {
            Key::Columns(parts) => {
                let parts: Vec<String> = parts.iter().map(|(n, v)| format!("{n}={}", v.show())).collect();
                parts.join(", ")
            }
            Key::Content(digest) => format!("content {}…", &digest.to_string()[..12]),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Columns(parts) => write!(f, "Key({} columns)", parts.len()),
            Key::Content(_) => f.write_str("Key(content)"),
        }
    }
}
