//! What stands in a field of a record that stays. One file a family of strategies; each knows types and limits, and
//! refuses what does not fit: nothing is skipped.
//!
//! Pure: random numbers and the keyed hash come in, and are drawn when the plan is made. What a `CHECK` of a database
//! allows is not known here: see `fits`.

mod coarse;
mod date;
mod element;
mod empty;
mod fit;
mod inside;
mod network;
mod point;
mod pseudonym;
mod random;
mod scrub;
mod shape;
mod shred;
mod tombstone;

use super::known::Known;
use crate::error::{Error, Result};
use crate::find::Node;
use crate::map::FieldErase;
use crate::record::{Digest, FieldPath, Record, Value};
use crate::source::{Column, Shape, ValueType};

/// What new values are made with.
pub(super) struct Making<'a> {
    /// Random numbers.
    pub random: &'a mut dyn FnMut() -> u64,
    /// A hash under the workspace's key.
    pub keyed: &'a mut dyn FnMut(&[u8]) -> Result<Digest>,
}

/// Where a value stands, and what its source demands there.
pub(super) struct Spot<'s> {
    column: Option<&'s Column>,
    /// Whether its type is declared; of documents it is only what a sample showed.
    closed: bool,
    /// What an emptied field holds.
    nothing: Value,
    /// Whether every value must differ.
    unique: bool,
    /// What it refers to by a declared reference.
    refers_to: Option<&'s str>,
    /// Whether it refers to anything, by a reference or a link of the map.
    is_reference: bool,
    /// Who the person is.
    known: &'s Known,
}

/// Why a strategy does not fit, in words.
type Misfit = String;

impl<'s> Spot<'s> {
    fn of(node: &'s Node<'_>, field: &FieldPath, known: &'s Known) -> Spot<'s> {
        let name = field.as_str();
        let shape = node.shape.as_ref();
        let sets = shape.into_iter().flat_map(|s| s.keys.iter().chain(&s.unique));
        let declared = shape.into_iter().flat_map(|s| &s.references);
        let mut declared = declared.filter(|r| r.columns.iter().any(|c| c == name));
        let linked = node.collection.links.iter().any(|l| l.from.contains(field));
        let refers_to = declared.next().map(|r| r.to.as_str());
        Spot {
            column: shape.and_then(|s| s.column(name)),
            closed: shape.is_some_and(|s| s.closed),
            nothing: shape.map_or(Value::Null, Shape::nothing),
            unique: sets.into_iter().any(|set| set.len() == 1 && set[0] == name),
            refers_to,
            is_reference: linked || refers_to.is_some(),
            known,
        }
    }

    fn ty(&self) -> ValueType {
        self.column.map_or(ValueType::Any, |c| c.ty)
    }

    /// The type as declared, in small letters.
    fn declared(&self) -> String {
        self.column.map(|c| c.declared.to_ascii_lowercase()).unwrap_or_default()
    }

    /// Whether the column holds days or moments, whatever the source calls them.
    fn is_moment(&self) -> bool {
        let declared = self.declared();
        ["date", "time"].iter().any(|w| declared.contains(w))
    }

    /// A text of the same kind as what stands there.
    fn like(&self, old: &Value, text: String) -> Value {
        match old {
            Value::Native { ty, .. } => Value::Native { ty: ty.clone(), text },
            _ => Value::Text(text),
        }
    }
}

/// The new values of a field by its rule, each with the place it goes to; none where nothing changes. Only places that
/// `hers` names are touched: in a list, elements of others stay.
pub(super) fn values(
    node: &Node<'_>,
    field: &FieldPath,
    record: &Record,
    how: &FieldErase,
    known: &Known,
    hers: &dyn Fn(&FieldPath) -> bool,
    making: &mut Making<'_>,
) -> Result<Vec<(FieldPath, Value)>> {
    let spot = Spot::of(node, field, known);
    // What the source computes follows the fields it is computed from.
    if *how == FieldErase::Keep || spot.column.is_some_and(|c| c.generated) {
        return Ok(Vec::new());
    }
    let refuse = |why: Misfit| {
        let place = format!("{}.{}.{field}", node.source.name, node.collection.name);
        Error::refused(format!("{place}: erase = \"{}\" does not fit: {why}", how.word()))
            .hint("give the field another `erase` in the map, or decide on the record: --decide")
    };
    if *how == FieldErase::Remove {
        return element::remove(record, field, hers).map_err(refuse);
    }
    let spots = record.spots(field);
    let all = spots.iter().all(|(path, old)| !old.is_null() && hers(path));
    let mut out: Vec<(FieldPath, Value)> = Vec::new();
    for (path, old) in spots.into_iter().filter(|(path, old)| !old.is_null() && hers(path)) {
        if let Some(new) = one(&spot, old, how, making)?.map_err(refuse)? {
            let new = fit::fitting(&spot, how, new).map_err(refuse)?;
            out.push((path, new));
        }
    }
    // One value for every element of a list is one change.
    let same = out.windows(2).all(|w| w[0].1 == w[1].1);
    if let (true, true, [(_, value), _, ..]) = (all, same, out.as_slice()) {
        return Ok(vec![(field.clone(), value.clone())]);
    }
    Ok(out)
}

/// The new value of one value; none where it stays. The inner result says why it does not fit.
fn one(
    spot: &Spot<'_>,
    old: &Value,
    how: &FieldErase,
    making: &mut Making<'_>,
) -> Result<Result<Option<Value>, Misfit>> {
    Ok(match how {
        FieldErase::Keep | FieldErase::Remove => Ok(None),
        FieldErase::Null => empty::null(spot).map(Some),
        FieldErase::Fixed(text) => empty::fixed(spot, old, text).map(Some),
        FieldErase::Tombstone => tombstone::tombstone(spot, old, making.random).map(Some),
        FieldErase::Random => random::random(spot, old, making.random).map(Some),
        FieldErase::Truncate => network::truncate(spot, old).map(Some),
        FieldErase::Year => date::year(spot, old).map(Some),
        FieldErase::Band(width) => coarse::band(spot, old, *width).map(Some),
        FieldErase::First(n) => coarse::first(spot, old, *n).map(Some),
        FieldErase::Round(to) => coarse::round(spot, old, *to).map(Some),
        FieldErase::Point(key) => point::point(spot, old, key).map(Some),
        FieldErase::Scrub => scrub::scrub(spot, old),
        FieldErase::Hash => pseudonym::hash(spot, old, making.keyed)?.map(Some),
        FieldErase::Pseudonym => pseudonym::of_the_same_format(spot, old, making.keyed)?.map(Some),
        FieldErase::Inside(rules) => inside::inside(spot, old, rules, making)?,
        // The file itself goes when the plan is applied; here goes what names it.
        FieldErase::File(_) if spot.column.is_some_and(|c| !c.nullable) => {
            tombstone::tombstone(spot, old, making.random).map(Some)
        }
        FieldErase::File(_) => empty::null(spot).map(Some),
        FieldErase::Shred => shred::destroyed(spot, old, making.random).map(Some),
    })
}

/// What a value would look like under a rule that only makes it coarser, so that other people's can be compared with
/// it; the value itself under any other rule, and where it does not fit.
pub(super) fn coarser(node: &Node<'_>, field: &FieldPath, how: Option<&FieldErase>, value: &Value) -> Value {
    let known = Known::default();
    let spot = Spot::of(node, field, &known);
    let new = match how {
        Some(FieldErase::Truncate) => network::truncate(&spot, value),
        Some(FieldErase::Year) => date::year(&spot, value),
        Some(FieldErase::Band(width)) => coarse::band(&spot, value, *width),
        Some(FieldErase::First(n)) => coarse::first(&spot, value, *n),
        Some(FieldErase::Round(to)) => coarse::round(&spot, value, *to),
        _ => return value.clone(),
    };
    new.unwrap_or_else(|_| value.clone())
}

/// A rule for a personal field that has none, because its record was to go: empty, else a tombstone, else nothing fits.
pub(super) fn fallback(
    node: &Node<'_>,
    field: &FieldPath,
    record: &Record,
    known: &Known,
    hers: &dyn Fn(&FieldPath) -> bool,
    making: &mut Making<'_>,
) -> Option<Vec<(FieldPath, Value)>> {
    [FieldErase::Null, FieldErase::Tombstone]
        .into_iter()
        .find_map(|how| values(node, field, record, &how, known, hers, making).ok().filter(|v| !v.is_empty()))
}

#[cfg(test)]
mod tests;
