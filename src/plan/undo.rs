//! Which plans can be taken back for a time, and what of them cannot. Pure; taking back is in `apply::undo`.

use super::rows::Planned;
use super::{Asked, Change, Plan};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::{Collection, DataMap, FieldErase, SourceMap};
use crate::record::FieldPath;
use crate::source::ShapeKind;

/// For how long a plan can be taken back: only what a person asked for, where the map says so and nobody decided
/// otherwise. What is erased again after a restore, or had been put off, was decided before.
pub(super) fn window(asked: &Asked, map: &DataMap) -> Option<String> {
    match asked {
        Asked::Erase(erasure) if erasure.without_undo.is_none() => map.undo.as_ref().map(|u| u.window_text.clone()),
        _ => None,
    }
}

/// Refuses to take back what could only be taken back in part.
pub(super) fn refuse_what_cannot_be(findings: &Findings<'_>, rows: &[Planned]) -> Result<()> {
    for row in rows.iter().filter(|r| r.action.writes()) {
        let node = &findings.graph.nodes[row.node];
        let Some(shape) = &node.shape else { continue };
        let what = match () {
            () if shape.not_transactional.is_some() => "its storage engine cannot take a change back",
            () if shape.kind == ShapeKind::View => "it is a view: what stands behind it cannot be put back",
            () if in_a_file(node.source) && destroyed(node.source, node.collection, &row.after).next().is_some() => {
                "a key is destroyed in a file, and what takes a file back would hold it"
            }
            () => continue,
        };
        return Err(Error::refused(format!("{}.{}: {what}", node.source.name, node.collection.name))
            .hint("the map asks that an erasure can be taken back ([undo]); without: --without-undo \"reason\""));
    }
    Ok(())
}

fn in_a_file(source: &SourceMap) -> bool {
    matches!(source.address.kind.as_str(), "csv" | "json")
}

/// Fields among these that hold a key which is destroyed: no before-image may hold it.
fn destroyed<'c, T>(
    source: &'c SourceMap,
    collection: &'c Collection,
    after: &'c [(FieldPath, T)],
) -> impl Iterator<Item = &'c FieldPath> {
    let shredded = collection.fields.iter().filter(|(_, f)| f.erase == Some(FieldErase::Shred));
    let paths: Vec<FieldPath> = shredded.map(|(name, _)| source.field_path(name)).collect();
    after
        .iter()
        .map(|(field, _)| field)
        .filter(move |field| paths.iter().any(|p| super::stay::is_at(p, field) || p == *field))
}

/// Fields of a change that nobody can take back.
pub(super) fn lost<'c>(map: &'c DataMap, change: &'c Change) -> Vec<&'c FieldPath> {
    let source = map.source(&change.source);
    let place = source.and_then(|s| Some((s, s.collection(&change.collection)?)));
    place.map_or_else(Vec::new, |(source, collection)| destroyed(source, collection, &change.after).collect())
}

/// What of a plan nobody can take back, though the rest can be: `source.collection.field`, and of how many records.
pub fn irrevocable(map: &DataMap, plan: &Plan) -> Vec<(String, u64)> {
    let mut found: Vec<(String, u64)> = Vec::new();
    for change in plan.changes.iter().filter(|c| c.action.writes()) {
        for field in lost(map, change) {
            let place = format!("{}.{}.{field}", change.source, change.collection);
            match found.iter_mut().find(|(known, _)| *known == place) {
                Some((_, n)) => *n += change.count,
                None => found.push((place, change.count)),
            }
        }
    }
    found
}
