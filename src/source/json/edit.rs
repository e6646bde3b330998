//! One object rewritten: only the bytes of the values that change.

use super::encode::{encode, quoted};
use super::parts::Members;
use super::paths::spots;
use crate::error::{Error, Result};
use crate::record::{FieldPath, Step, Value};

/// The text with these fields set, in this order. All values a path leads to are replaced; a member that is not
/// there is added to the object it belongs into.
pub fn set(text: &str, fields: &[(FieldPath, Value)]) -> Result<String> {
    fields.iter().try_fold(text.to_owned(), |text, (path, value)| {
        one(&text, path, value).map_err(|e| Error { message: format!("{path}: {}", e.message), ..e })
    })
}

fn one(text: &str, path: &FieldPath, value: &Value) -> Result<String> {
    let found = spots(text, path.steps());
    let new = encode(value)?;
    if !found.is_empty() {
        return Ok(splice(text, found.into_iter().map(|range| (range, new.clone()))));
    }
    if value.is_null() {
        // What is not there is null already.
        return Ok(text.to_owned());
    }
    let Some((Step::Name(name), parents)) = path.steps().split_last() else {
        return Ok(text.to_owned());
    };
    let member = format!("{}:{new}", quoted(name));
    let added = spots(text, parents).into_iter().filter_map(|object| {
        let members = Members::of(&text[object.clone()])?;
        Some(match members.0.last() {
            None => (object.start + 1..object.start + 1, member.clone()),
            Some((_, last)) => {
                let after = last.get().as_ptr() as usize - text.as_ptr() as usize + last.get().len();
                (after..after, format!(",{member}"))
            }
        })
    });
    let added: Vec<_> = added.collect();
    if added.is_empty() && !path.is_many() {
        return Err(Error::refused("the record has no object to put this field into")
            .hint("make a new plan: the record has another shape than the others"));
    }
    Ok(splice(text, added.into_iter()))
}

/// `text` with some ranges (ascending, apart) replaced.
fn splice(text: &str, parts: impl Iterator<Item = (std::ops::Range<usize>, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in parts {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
