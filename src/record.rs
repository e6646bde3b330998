//! Record, Value, Key: the one shape in which all sources speak.
//!
//! Values keep what the source holds, exactly; nothing here converts or guesses. `Debug` never shows a value, so
//! that no personal datum reaches a log or a panic message. Reading and writing sources is not done here.

mod digest;
mod json;
mod key;
mod path;
mod value;

pub use digest::{Digest, Digester};
pub use key::Key;
pub use path::{FieldPath, Step};
pub use value::Value;

use std::fmt;
use std::sync::Arc;

/// The names of a record's top-level fields, in the source's order; shared by the records of a collection.
pub type Names = Arc<[String]>;

/// One record: the top-level fields of a row, line or document.
#[derive(Clone, PartialEq)]
pub struct Record {
    /// Field names, as the source spells them.
    pub names: Names,
    /// One value a name.
    pub values: Vec<Value>,
}

impl Record {
    /// A record of these names and values; both have the same length.
    pub fn new(names: Names, values: Vec<Value>) -> Self {
        debug_assert_eq!(names.len(), values.len());
        Record { names, values }
    }

    /// The top-level field of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.position(name).map(|i| &self.values[i])
    }

    /// Where the top-level field of that name stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// Every value at `path`; several where the path goes through a list, none where it leads nowhere.
    pub fn at<'a>(&'a self, path: &FieldPath) -> Vec<&'a Value> {
        let mut out = Vec::with_capacity(1);
        if let Some((Step::Name(first), rest)) = path.steps().split_first()
            && let Some(value) = self.get(first)
        {
            value.walk(rest, &mut out);
        }
        out
    }

    /// Every value at `path`, each with the path that leads to it alone.
    pub fn spots(&self, path: &FieldPath) -> Vec<(FieldPath, &Value)> {
        let Some((Step::Name(first), rest)) = path.steps().split_first() else { return Vec::new() };
        let Some(value) = self.get(first) else { return Vec::new() };
        if rest.is_empty() {
            return vec![(path.clone(), value)];
        }
        let mut out = Vec::new();
        value.spots(rest, &mut vec![Step::Name(first.clone())], &mut out);
        out.into_iter().map(|(steps, value)| (FieldPath::of(steps), value)).collect()
    }

    /// Replaces every value at `path` by what `with` makes of it; says how many were replaced.
    pub fn replace(&mut self, path: &FieldPath, with: &mut dyn FnMut(&Value) -> Value) -> usize {
        let Some((Step::Name(first), rest)) = path.steps().split_first() else {
            return 0;
        };
        match self.position(first) {
            Some(i) => self.values[i].replace(rest, with),
            None => 0,
        }
    }

    /// Sets the value at `path`; where nothing stands there yet, adds it as the last member of the record or object it
    /// belongs into. `false` where it belongs into nothing.
    pub fn put(&mut self, path: &FieldPath, value: Value) -> bool {
        if self.replace(path, &mut |_| value.clone()) > 0 {
            return true;
        }
        match path.steps() {
            [Step::Name(name)] => {
                self.names = self.names.iter().cloned().chain([name.clone()]).collect();
                self.values.push(value);
                true
            }
            [parents @ .., Step::Name(name)] => {
                let parent = FieldPath::of(parents.to_vec());
                let mut added = 0;
                self.replace(&parent, &mut |object| match object {
                    Value::Object(members) => {
                        added += 1;
                        Value::Object(members.iter().cloned().chain([(name.clone(), value.clone())]).collect())
                    }
                    other => other.clone(),
                });
                added > 0
            }
            _ => false,
        }
    }

    /// The key of the named columns; `None` where one of them is missing.
    pub fn key(&self, columns: &[String]) -> Option<Key> {
        let mut parts = Vec::with_capacity(columns.len());
        for column in columns {
            parts.push((column.clone(), self.get(column)?.clone()));
        }
        Some(Key::Columns(parts))
    }

    /// The digest of the whole record: names and values, in the source's order.
    pub fn digest(&self) -> Digest {
        let mut digester = Digester::new("record");
        digester.count(self.values.len());
        for (name, value) in self.names.iter().zip(&self.values) {
            digester.text(name);
            digester.value(value);
        }
        digester.finish()
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} fields)", self.values.len())
    }
}
