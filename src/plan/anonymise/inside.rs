//! JSON in a column: rules for paths inside it. The rest of the document stays, number by number.

use super::{Making, Misfit, Spot, one};
use crate::error::Result;
use crate::map::FieldErase;
use crate::record::{FieldPath, Record, Step, Value};

/// The document under its rules; none where nothing in it changes.
pub(super) fn inside(
    spot: &Spot<'_>,
    old: &Value,
    rules: &[(String, FieldErase)],
    making: &mut Making<'_>,
) -> Result<Result<Option<Value>, Misfit>> {
    let document = match old {
        Value::Text(text) | Value::Native { text, .. } if text.trim().is_empty() => return Ok(Ok(None)),
        Value::Text(text) | Value::Native { text, .. } => {
            let json: Option<serde_json::Value> = serde_json::from_str(text).ok();
            match json.as_ref().and_then(Value::from_json) {
                Some(document) => document,
                None => return Ok(Err("what stands there is no JSON".to_owned())),
            }
        }
        nested @ (Value::List(_) | Value::Object(_)) => nested.clone(),
        _ => return Ok(Err("what stands there is no JSON".to_owned())),
    };
    // A list may be the whole document, so the document is the only field of a record.
    let mut record = Record::new(["$".to_owned()].into(), vec![document]);
    // Inside a document there are neither lengths nor uniqueness.
    let within = Spot {
        column: None,
        closed: false,
        nothing: Value::Null,
        unique: false,
        refers_to: None,
        is_reference: spot.is_reference,
        known: spot.known,
    };
    let mut any = false;
    for (path, rule) in rules {
        let steps = [&[Step::Name("$".to_owned())], FieldPath::nested(path).steps()].concat();
        let path = FieldPath::of(steps);
        if *rule == FieldErase::Remove {
            match super::element::remove(&record, &path, &|_| true) {
                Err(why) => return Ok(Err(why)),
                Ok(sets) => sets.into_iter().for_each(|(at, value)| any |= record.put(&at, value)),
            }
            continue;
        }
        let spots: Vec<(FieldPath, Value)> = record.spots(&path).into_iter().map(|(p, v)| (p, v.clone())).collect();
        for (at, value) in spots.into_iter().filter(|(_, v)| !v.is_null()) {
            match one(&within, &value, rule, making)? {
                Err(why) => return Ok(Err(why)),
                Ok(None) => {}
                Ok(Some(new)) => any |= new != value && record.put(&at, new),
            }
        }
    }
    let Some(document) = record.values.pop().filter(|_| any) else { return Ok(Ok(None)) };
    Ok(Ok(Some(match old {
        Value::List(_) | Value::Object(_) => document,
        other => spot.like(other, document.to_json().to_string()),
    })))
}
