//! Free text without the person's identifiers: addresses, telephone numbers, names, account names, however they are
//! spelt. What else in the text tells of her is not known here; a person has to read it.

use super::{Misfit, Spot};
use crate::record::Value;

/// What stands in the place of an identifier.
const MARK: &str = "[erased]";

/// The text without them; none where none is in it.
pub(super) fn scrub(spot: &Spot<'_>, old: &Value) -> Result<Option<Value>, Misfit> {
    let (Value::Text(text) | Value::Native { text, .. }) = old else {
        return Err("only text can be searched for a person's identifiers".to_owned());
    };
    let found = spot.known.within(text);
    if found.is_empty() {
        return Ok(None);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in found {
        out.push_str(&text[from..at.start]);
        out.push_str(MARK);
        from = at.end;
    }
    out.push_str(&text[from..]);
    Ok(Some(spot.like(old, out)))
}
