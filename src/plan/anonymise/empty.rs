//! Nothing, or a fixed text.

use super::{Misfit, Spot};
use crate::plan::typed;
use crate::record::Value;
use crate::source::ValueType;

/// Nothing is left.
pub(super) fn null(spot: &Spot<'_>) -> Result<Value, Misfit> {
    match spot.column.is_some_and(|c| !c.nullable) {
        true => Err("the column may not be null".to_owned()),
        false => Ok(spot.nothing.clone()),
    }
}

/// The text, as the type of the column.
pub(super) fn fixed(spot: &Spot<'_>, old: &Value, text: &str) -> Result<Value, Misfit> {
    match spot.ty() {
        ValueType::Int | ValueType::Float | ValueType::Decimal | ValueType::Bool => {
            typed::value(text, spot.column, spot.closed, old)
                .map_err(|what| format!("the fixed text does not fit: the column takes {what}"))
        }
        ValueType::Bytes => Err("the column holds bytes".to_owned()),
        _ => Ok(Value::Text(text.to_owned())),
    }
}
