//! References, led to one record that stands for everybody who is gone. Whether that record is there is asked of the
//! source afterwards (`fits`).

use super::{Misfit, Spot};
use crate::plan::typed;
use crate::record::Value;

/// The key of that record, as the type of the column.
pub(super) fn point(spot: &Spot<'_>, old: &Value, key: &str) -> Result<Value, Misfit> {
    if !spot.is_reference {
        return Err("the field refers to nothing: no link and no declared reference starts there".to_owned());
    }
    let value = typed::value(key, spot.column, spot.closed, old).map_err(|fits| format!("the key must be {fits}"))?;
    Ok(match (value, old) {
        (Value::Text(text), Value::Native { ty, .. }) => Value::Native { ty: ty.clone(), text },
        (value, _) => value,
    })
}
