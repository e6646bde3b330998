//! Values as JSON and back, without loss: numbers keep their digits, bytes are `{"$bytes": base64}`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Number, Value as Json};

use super::{Record, Value};

/// Native types whose text is not what people read: text that is not UTF-8, strings that are not Unicode.
const ENCODED: [&str; 3] = ["text", "raw text", "json-string"];

impl Value {
    /// The value as JSON for people and programs: numbers keep their digits, a native value is its text. A float that JSON has no number for is
    /// `{"$float": "inf"}`.
    pub fn to_json(&self) -> Json {
        self.encode(false)
    }

    /// The value as JSON from which [`Value::from_json`] makes the same value of the same type; for plans.
    pub fn to_exact_json(&self) -> Json {
        self.encode(true)
    }

    fn encode(&self, exact: bool) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(*b),
            Value::Int(i) => number(&i.to_string()),
            Value::Decimal(text) if !exact && is_number(text) => number(text),
            Value::Decimal(text) => tagged("$decimal", text.clone().into()),
            Value::Float(x) if x.is_finite() => number(&format!("{x:?}")),
            Value::Float(x) => tagged("$float", x.to_string().into()),
            Value::Text(text) => Json::String(text.clone()),
            Value::Bytes(bytes) => tagged("$bytes", BASE64.encode(bytes).into()),
            Value::List(items) => Json::Array(items.iter().map(|v| v.encode(exact)).collect()),
            Value::Object(members) if exact && needs_pairs(members) => {
                let pairs = members.iter().map(|(n, v)| Json::Array(vec![n.clone().into(), v.encode(exact)]));
                tagged("$object", Json::Array(pairs.collect()))
            }
            Value::Object(members) => Json::Object(members.iter().map(|(n, v)| (n.clone(), v.encode(exact))).collect()),
            Value::Native { text, .. } if !exact && self.is_readable() => Json::String(text.clone()),
            Value::Native { ty, text } => {
                let pair = [("$type", ty), ("text", text)];
                Json::Object(pair.into_iter().map(|(n, t)| (n.to_owned(), Json::String(t.clone()))).collect())
            }
        }
    }

    /// Whether a native value's text is what people read.
    pub fn is_readable(&self) -> bool {
        !matches!(self, Value::Native { ty, .. } if ENCODED.contains(&ty.as_str()))
    }

    /// Reads what [`Value::to_exact_json`] wrote; `None` where a tag holds what it cannot hold.
    pub fn from_json(json: &Json) -> Option<Value> {
        Some(match json {
            Json::Null => Value::Null,
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(n) => from_number(&n.to_string()),
            Json::String(text) => Value::Text(text.clone()),
            Json::Array(items) => Value::List(items.iter().map(Value::from_json).collect::<Option<_>>()?),
            Json::Object(map) => from_object(map)?,
        })
    }

    /// The value on one line for people: text without quotes, the rest as JSON. Holds personal data.
    pub fn show(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Native { text, .. } | Value::Decimal(text) => text.clone(),
            Value::Float(x) => x.to_string(),
            // Short ones are identifiers.
            Value::Bytes(bytes) if bytes.len() <= 32 => format!("0x{}", hex::encode(bytes)),
            Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
            other => other.to_json().to_string(),
        }
    }
}

impl Record {
    /// The record as a JSON object, in the source's order of fields.
    pub fn to_json(&self) -> Json {
        let mut map = Map::new();
        for (name, value) in self.names.iter().zip(&self.values) {
            map.insert(name.clone(), value.to_json());
        }
        Json::Object(map)
    }
}

/// Whether an object cannot stand as a JSON object: a name looks like a tag, or comes twice.
fn needs_pairs(members: &[(String, Value)]) -> bool {
    let twice = |i: usize| members[..i].iter().any(|(n, _)| *n == members[i].0);
    (0..members.len()).any(|i| members[i].0.starts_with('$') || twice(i))
}

fn tagged(tag: &str, value: Json) -> Json {
    let mut map = Map::new();
    map.insert(tag.into(), value);
    Json::Object(map)
}

fn number(text: &str) -> Json {
    // With arbitrary precision a number is its text; what is not a number never gets here.
    Json::Number(Number::from_string_unchecked(text.to_owned()))
}

fn is_number(text: &str) -> bool {
    // The parser looks past white space at both ends.
    text.trim() == text && serde_json::from_str::<Number>(text).is_ok()
}

/// A JSON number as a value: what it was written from, or its digits.
fn from_number(text: &str) -> Value {
    if let Ok(i) = text.parse::<i128>()
        && i.to_string() == text
    {
        return Value::Int(i);
    }
    match text.parse::<f64>() {
        Ok(x) if format!("{x:?}") == text => Value::Float(x),
        _ => Value::Decimal(text.to_owned()),
    }
}

fn from_object(map: &Map<String, Json>) -> Option<Value> {
    let text = |tag: &str| map.get(tag).and_then(Json::as_str);
    if map.len() == 1 {
        if let Some(bytes) = text("$bytes") {
            return Some(Value::Bytes(BASE64.decode(bytes).ok()?));
        }
        if let Some(decimal) = text("$decimal") {
            return Some(Value::Decimal(decimal.to_owned()));
        }
        if let Some(Json::Array(pairs)) = map.get("$object") {
            let pair = |p: &Json| Some((p.get(0)?.as_str()?.to_owned(), Value::from_json(p.get(1)?)?));
            return Some(Value::Object(pairs.iter().map(pair).collect::<Option<_>>()?));
        }
        if let Some(float) = text("$float") {
            return Some(Value::Float(float.parse().ok()?));
        }
    }
    if map.len() == 2
        && let (Some(ty), Some(native)) = (text("$type"), text("text"))
    {
        return Some(Value::Native { ty: ty.to_owned(), text: native.to_owned() });
    }
    let members = map.iter().map(|(n, v)| Some((n.clone(), Value::from_json(v)?)));
    Some(Value::Object(members.collect::<Option<_>>()?))
}
