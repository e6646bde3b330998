//! One value as its source holds it: exact, ordered, and silent in `Debug`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use super::path::Step;

/// A value. Numbers a machine type cannot hold exactly keep their text.
#[derive(Clone)]
pub enum Value {
    /// Nothing: SQL NULL, JSON null.
    Null,
    /// A truth value, where the source has them.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number by its digits, as the source wrote it (`1.10`, `1e5`, or whole and beyond 128 bits).
    Decimal(String),
    /// A binary floating-point number.
    Float(f64),
    /// Text, byte for byte.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// An object; the order of its members is the source's.
    Object(Vec<(String, Value)>),
    /// A value of a type only its source knows, as text that is cast back.
    Native {
        /// The source's name of the type.
        ty: String,
        /// Its text form.
        text: String,
    },
}

impl Value {
    /// Whether this is `Null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The value as plain text, the form in which values of different sources are compared (`42` and `"42"` are
    /// equal); `None` for what has no such form (nothing, bytes, lists, objects).
    pub fn plain(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Value::Text(t) | Value::Native { text: t, .. } => Cow::Borrowed(t),
            Value::Decimal(t) => Cow::Borrowed(without_zeros(t)),
            // Nearly all fit, and are written out faster so.
            Value::Int(i) => Cow::Owned(i64::try_from(*i).map_or_else(|_| i.to_string(), |i| i.to_string())),
            Value::Float(x) if x.fract() == 0.0 && x.abs() < 9.0e15 => Cow::Owned(format!("{x:.0}")),
            Value::Float(x) => Cow::Owned(x.to_string()),
            Value::Bool(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Null | Value::Bytes(_) | Value::List(_) | Value::Object(_) => return None,
        })
    }

    /// Follows `steps` into nested values and adds what is found to `out`.
    pub(super) fn walk<'a>(&'a self, steps: &[Step], out: &mut Vec<&'a Value>) {
        match (steps.split_first(), self) {
            (None, value) => out.push(value),
            (Some((Step::Each, rest)), Value::List(items)) => items.iter().for_each(|v| v.walk(rest, out)),
            (Some((Step::At(n), rest)), Value::List(items)) => {
                items.iter().skip(*n).take(1).for_each(|v| v.walk(rest, out))
            }
            (Some((Step::Name(name), rest)), Value::Object(members)) => {
                members.iter().filter(|(n, _)| n == name).for_each(|(_, v)| v.walk(rest, out));
            }
            _ => {}
        }
    }

    /// Follows `steps` and adds each value found with the steps to it alone; `so_far` are those before.
    pub(super) fn spots<'a>(&'a self, steps: &[Step], so_far: &mut Vec<Step>, out: &mut Vec<(Vec<Step>, &'a Value)>) {
        let Some((step, rest)) = steps.split_first() else { return out.push((so_far.clone(), self)) };
        let mut go_on = |step: Step, value: &'a Value| {
            so_far.push(step);
            value.spots(rest, so_far, out);
            so_far.pop();
        };
        match (step, self) {
            (Step::Each, Value::List(items)) => {
                items.iter().enumerate().for_each(|(n, item)| go_on(Step::At(n), item));
            }
            (Step::At(n), Value::List(items)) => items.get(*n).into_iter().for_each(|item| go_on(Step::At(*n), item)),
            (Step::Name(name), Value::Object(members)) => {
                members.iter().filter(|(n, _)| n == name).for_each(|(n, v)| go_on(Step::Name(n.clone()), v));
            }
            _ => {}
        }
    }

    /// Replaces what `steps` lead to; says how many values were replaced.
    pub(super) fn replace(&mut self, steps: &[Step], with: &mut dyn FnMut(&Value) -> Value) -> usize {
        match (steps.split_first(), self) {
            (None, value) => {
                *value = with(value);
                1
            }
            (Some((Step::Each, rest)), Value::List(items)) => items.iter_mut().map(|v| v.replace(rest, with)).sum(),
            (Some((Step::At(n), rest)), Value::List(items)) => {
                items.iter_mut().skip(*n).take(1).map(|v| v.replace(rest, with)).sum()
            }
            (Some((Step::Name(name), rest)), Value::Object(members)) => {
                members.iter_mut().filter(|(n, _)| n == name).map(|(_, v)| v.replace(rest, with)).sum()
            }
            _ => 0,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Null => 0,
            Value::Bool(_) => 1,
            Value::Int(_) => 2,
            Value::Decimal(_) => 3,
            Value::Float(_) => 4,
            Value::Text(_) => 5,
            Value::Bytes(_) => 6,
            Value::List(_) => 7,
            Value::Object(_) => 8,
            Value::Native { .. } => 9,
        }
    }
}

/// A decimal without the zeros that end its fraction: `42.00` and `42` are equal. One with an exponent stays.
fn without_zeros(text: &str) -> &str {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    match plain && text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    }
}

/// Redress' own order: by type, then by value; total, and the same on every machine.
impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        use Value::*;
        match (self, other) {
            (Bool(a), Bool(b)) => a.cmp(b),
            (Int(a), Int(b)) => a.cmp(b),
            (Float(a), Float(b)) => a.total_cmp(b),
            (Decimal(a), Decimal(b)) | (Text(a), Text(b)) => a.cmp(b),
            (Bytes(a), Bytes(b)) => a.cmp(b),
            (List(a), List(b)) => a.cmp(b),
            (Object(a), Object(b)) => a.cmp(b),
            (Native { ty: a, text: x }, Native { ty: b, text: y }) => (a, x).cmp(&(b, y)),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Null => "Null",
            Value::Bool(_) => "Bool(…)",
            Value::Int(_) => "Int(…)",
            Value::Decimal(_) => "Decimal(…)",
            Value::Float(_) => "Float(…)",
            Value::Text(_) => "Text(…)",
            Value::Bytes(_) => "Bytes(…)",
            Value::List(_) => "List(…)",
            Value::Object(_) => "Object(…)",
            Value::Native { .. } => "Native(…)",
        })
    }
}
