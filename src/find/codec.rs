//! Values as compact bytes and back, for rows that wait in memory or in temporary files. Never a file format: what
//! is written here is read by the same run of the same program.

use crate::record::{Digest, Key, Value};

pub(super) fn put_u64(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n as u8) | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

pub(super) fn get_u64(at: &mut &[u8]) -> Option<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = at.split_first()?;
        *at = rest;
        n |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(n);
        }
    }
    None
}

pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_u64(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

pub(super) fn get_bytes<'a>(at: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = get_u64(at)? as usize;
    let (bytes, rest) = at.split_at_checked(length)?;
    *at = rest;
    Some(bytes)
}

fn get_text(at: &mut &[u8]) -> Option<String> {
    String::from_utf8(get_bytes(at)?.to_vec()).ok()
}

pub(super) fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0),
        Value::Bool(b) => out.extend([1, u8::from(*b)]),
        Value::Int(i) => match i64::try_from(*i) {
            Ok(i) => {
                out.push(2);
                put_u64(out, ((i << 1) ^ (i >> 63)) as u64);
            }
            Err(_) => {
                out.push(3);
                out.extend(i.to_le_bytes());
            }
        },
        Value::Decimal(t) => {
            out.push(4);
            put_bytes(out, t.as_bytes());
        }
        Value::Float(x) => {
            out.push(5);
            out.extend(x.to_bits().to_le_bytes());
        }
        Value::Text(t) => {
            out.push(6);
            put_bytes(out, t.as_bytes());
        }
        Value::Bytes(b) => {
            out.push(7);
            put_bytes(out, b);
        }
        Value::List(items) => {
            out.push(8);
            put_u64(out, items.len() as u64);
            items.iter().for_each(|v| put_value(out, v));
        }
        Value::Object(members) => {
            out.push(9);
            put_u64(out, members.len() as u64);
            for (name, value) in members {
                put_bytes(out, name.as_bytes());
                put_value(out, value);
            }
        }
        Value::Native { ty, text } => {
            out.push(10);
            put_bytes(out, ty.as_bytes());
            put_bytes(out, text.as_bytes());
        }
    }
}

pub(super) fn get_value(at: &mut &[u8]) -> Option<Value> {
    let (tag, rest) = at.split_first()?;
    *at = rest;
    Some(match tag {
        0 => Value::Null,
        1 => {
            let (b, rest) = at.split_first()?;
            *at = rest;
            Value::Bool(*b != 0)
        }
        2 => {
            let n = get_u64(at)?;
            Value::Int(i128::from((n >> 1) as i64 ^ -((n & 1) as i64)))
        }
        3 => Value::Int(i128::from_le_bytes(take(at)?)),
        4 => Value::Decimal(get_text(at)?),
        5 => Value::Float(f64::from_bits(u64::from_le_bytes(take(at)?))),
        6 => Value::Text(get_text(at)?),
        7 => Value::Bytes(get_bytes(at)?.to_vec()),
        8 => {
            let n = get_u64(at)?;
            Value::List((0..n).map(|_| get_value(at)).collect::<Option<_>>()?)
        }
        9 => {
            let n = get_u64(at)?;
            let member = |_| Some((get_text(at)?, get_value(at)?));
            Value::Object((0..n).map(member).collect::<Option<_>>()?)
        }
        10 => Value::Native { ty: get_text(at)?, text: get_text(at)? },
        _ => return None,
    })
}

fn take<const N: usize>(at: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, rest) = at.split_at_checked(N)?;
    *at = rest;
    bytes.try_into().ok()
}

pub(super) fn put_key(out: &mut Vec<u8>, key: &Key) {
    match key {
        Key::Content(digest) => {
            out.push(0);
            out.extend(digest.0);
        }
        Key::Columns(parts) => {
            put_u64(out, parts.len() as u64 + 1);
            for (name, value) in parts {
                put_bytes(out, name.as_bytes());
                put_value(out, value);
            }
        }
    }
}

/// Whether these bytes are a key that is the record's content.
pub(super) fn is_content_key(key: &[u8]) -> bool {
    key.first() == Some(&0)
}

pub(super) fn get_key(at: &mut &[u8]) -> Option<Key> {
    match get_u64(at)? {
        0 => Some(Key::Content(Digest(take(at)?))),
        n => {
            let part = |_| Some((get_text(at)?, get_value(at)?));
            Some(Key::Columns((1..n).map(part).collect::<Option<_>>()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i128>().prop_map(Value::Int),
            any::<i64>().prop_map(|i| Value::Int(i.into())),
            any::<f64>().prop_map(Value::Float),
            ".*".prop_map(Value::Text),
            "[0-9]{1,40}\\.[0-9]{1,5}".prop_map(Value::Decimal),
            any::<Vec<u8>>().prop_map(Value::Bytes),
            ("[a-z]+", ".*").prop_map(|(ty, text)| Value::Native { ty, text }),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::vec((".{0,5}", inner), 0..4).prop_map(Value::Object),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_value_comes_back(value in value()) {
            let mut bytes = Vec::new();
            put_value(&mut bytes, &value);
            let mut at = bytes.as_slice();
            prop_assert!(get_value(&mut at) == Some(value.clone()));
            prop_assert!(at.is_empty());
            let exact = Value::from_json(&value.to_exact_json());
            prop_assert!(exact == Some(value));
        }
    }
}
