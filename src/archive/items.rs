//! The review list: every value of an archive that waits for a decision, or could have one.
//!
//! The same rules decide as when the archive is written; nothing is written here.

use std::collections::HashSet;

use super::columns::unique;
use super::portable::{Kind, Portable};
use super::review::{Each, Place};
use super::withhold::{Rules, Shown};
use super::{Cover, Rows};
use crate::error::{Error, Result};
use crate::record::Value;

/// Calls `each` with every item, in the order of the archive.
pub fn items(cover: &Cover<'_>, rows: &dyn Rows, each: Each<'_>) -> Result<()> {
    cover.review.begin();
    cover.review.canary.rest();
    walk(cover, rows, &mut |place, origin, value, shown| cover.review.items(place, origin, value, shown, each))
}

/// The identifiers that the archive would give and that belong to other persons, in normal form.
pub fn held_by_others(cover: &Cover<'_>, rows: &dyn Rows) -> Result<HashSet<String>> {
    cover.review.begin();
    walk(cover, rows, &mut |place, origin, value, shown| _ = cover.review.revise(place, origin, value, shown))?;
    cover.review.canary.end()
}

/// What is done with each value that is mentioned.
type Visit<'v> = &'v mut dyn FnMut(Place<'_>, &str, &Value, Shown<'_>);

/// Visits every value that the archive would mention, in its order.
fn walk(cover: &Cover<'_>, rows: &dyn Rows, visit: Visit<'_>) -> Result<()> {
    let portable = match cover.kind {
        Kind::Copy => None,
        Kind::Portable => Some(Portable::of(cover, rows)?),
    };
    let rows = portable.as_ref().map_or(rows, |p| p as &dyn Rows);
    for (number, part) in rows.parts().iter().enumerate() {
        let unknown = || Error::bug(format!("the map has no collection {}.{}", part.source, part.collection));
        let source = cover.map.source(&part.source).ok_or_else(unknown)?;
        let collection = source.collection(&part.collection).ok_or_else(unknown)?;
        let place = (part.source.clone(), part.collection.clone());
        let unmentioned = cover.unmentioned.get(&place).map(Vec::as_slice).unwrap_or_default();
        let rules = Rules::of(cover.map, source, collection, unmentioned, cover.kind);
        if rules.is_silent() {
            continue;
        }
        rows.each(number, &mut |row| {
            let ties = rules.ties(row);
            let place = Place { source, collection, key: row.key };
            for ((_, origin), value) in unique(&row.record.names).iter().zip(&row.record.values) {
                let shown = match rules.is_silent_field(origin) {
                    true => None,
                    false => rules.field(origin).show(value, &ties),
                };
                if let Some(shown) = shown {
                    visit(place, origin, value, shown);
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}
