//! The fields of documents: every path seen in a sample, with what it holds.

use std::collections::BTreeMap;

use crate::record::{FieldPath, Record, Step, Value};
use crate::source::{Column, ValueType};

/// The paths seen in a sample, in order of first sight, and the types of their values.
#[derive(Default)]
pub struct Columns {
    order: Vec<Vec<Step>>,
    types: BTreeMap<Vec<Step>, ValueType>,
}

impl Columns {
    /// Takes in a record.
    pub fn add(&mut self, record: &Record) {
        for (name, value) in record.names.iter().zip(&record.values) {
            self.value(&mut vec![Step::Name(name.clone())], value);
        }
    }

    fn value(&mut self, path: &mut Vec<Step>, value: &Value) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                for (name, value) in members {
                    path.push(Step::Name(name.clone()));
                    self.value(path, value);
                    path.pop();
                }
            }
            Value::List(items) if !items.is_empty() => {
                path.push(Step::Each);
                items.iter().for_each(|item| self.value(path, item));
                path.pop();
            }
            leaf => self.leaf(path, leaf),
        }
    }

    fn leaf(&mut self, path: &[Step], leaf: &Value) {
        let ty = match leaf {
            Value::Null => None,
            Value::Bool(_) => Some(ValueType::Bool),
            Value::Int(_) => Some(ValueType::Int),
            Value::Decimal(_) | Value::Float(_) => Some(ValueType::Decimal),
            Value::List(_) | Value::Object(_) => Some(ValueType::Nested),
            _ => Some(ValueType::Text),
        };
        let known = self.types.get(path).copied();
        if known.is_none() {
            self.order.push(path.to_vec());
        }
        let merged = match (known, ty) {
            (None, None) => ValueType::Any,
            (Some(known), None) => known,
            (None | Some(ValueType::Any), Some(ty)) => ty,
            (Some(known), Some(ty)) if known == ty => ty,
            (Some(ValueType::Int | ValueType::Decimal), Some(ValueType::Int | ValueType::Decimal)) => {
                ValueType::Decimal
            }
            _ => ValueType::Text,
        };
        self.types.insert(path.to_vec(), merged);
    }

    /// Where only empty lists and objects stand at a path whose inside is known elsewhere, the inside says more.
    pub fn list(self) -> Vec<Column> {
        let inside = |path: &[Step]| self.order.iter().any(|other| other.len() > path.len() && other.starts_with(path));
        let column = |path: &Vec<Step>| Column {
            name: name(path),
            ty: self.types.get(path).copied().unwrap_or_default(),
            nullable: true,
            ..Column::default()
        };
        let shown = |path: &&Vec<Step>| {
            let bare = matches!(self.types.get(*path), Some(ValueType::Nested | ValueType::Any));
            !(bare && inside(path))
        };
        self.order.iter().filter(shown).map(column).collect()
    }
}

/// A path as the map writes it: a top-level name with separators in it is quoted too.
fn name(path: &[Step]) -> String {
    match path {
        [Step::Name(name)] if name.is_empty() || name.contains(['.', '[', '"']) => format!("\"{name}\""),
        path => FieldPath::of(path.to_vec()).as_str().to_owned(),
    }
}
