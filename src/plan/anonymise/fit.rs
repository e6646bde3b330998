//! Whether a new value may stand where it goes: length, list of allowed values, uniqueness, reference.

use super::{Misfit, Spot};
use crate::map::FieldErase;
use crate::record::Value;

/// The value, where the column can hold it.
pub(super) fn fitting(spot: &Spot<'_>, how: &FieldErase, value: Value) -> Result<Value, Misfit> {
    if value == spot.nothing {
        return Ok(value);
    }
    let allowed = spot.column.map(|c| c.allowed.as_slice()).unwrap_or_default();
    if let (false, Some(text)) = (allowed.is_empty(), value.plain())
        && !allowed.iter().any(|a| *a == text)
    {
        return Err("the column allows only certain values, and this is none of them".to_owned());
    }
    if let (Some(max), Some(text)) = (spot.column.and_then(|c| c.max_length), value.plain())
        && text.chars().count() as u64 > max
    {
        return Err(format!("it is longer than the {max} characters that the column holds"));
    }
    if let (Some(to), false) = (spot.refers_to, matches!(how, FieldErase::Point(_))) {
        return Err(format!("the database refers by this column to {to}: use \"null\", or point to one record there"));
    }
    let alike = matches!(
        how,
        FieldErase::Fixed(_)
            | FieldErase::Year
            | FieldErase::Band(_)
            | FieldErase::First(_)
            | FieldErase::Round(_)
            | FieldErase::Truncate
            | FieldErase::Point(_)
    );
    match spot.unique && alike {
        true => Err("every value of the column must differ, and this may stand there already".to_owned()),
        false => Ok(value),
    }
}
