//! A key with which data of one person are encrypted, destroyed: what it opened can be read by nobody any more.

use super::{Misfit, Spot};
use crate::record::Value;

/// Nothing; where the column must hold something, random bytes or digits of the same length.
pub(super) fn destroyed(spot: &Spot<'_>, old: &Value, random: &mut dyn FnMut() -> u64) -> Result<Value, Misfit> {
    if spot.column.is_none_or(|c| c.nullable) && !spot.unique {
        return Ok(spot.nothing.clone());
    }
    super::random::random(spot, old, random)
}
