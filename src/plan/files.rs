//! Files that records name: deleted with what a plan takes out of the records. A database cannot take such a deletion
//! back, so it comes last, after every source was made durable; a run that was cut off finishes it.

use std::path::{Component, Path, PathBuf};

use super::Plan;
use crate::error::{Error, Result};
use crate::map::SourceMap;
use crate::record::Value;

/// The file that a value names below `folder`, which is meant from the workspace. Refused where the value leads out.
pub(super) fn named(source: &SourceMap, folder: &str, value: &Value) -> Result<Option<PathBuf>, String> {
    let Some(text) = value.plain().filter(|t| !t.trim().is_empty()) else {
        return match value.is_null() || matches!(value, Value::Text(_)) {
            true => Ok(None),
            false => Err("what stands there is no name of a file".to_owned()),
        };
    };
    let inside = |c: Component<'_>| matches!(c, Component::Normal(_) | Component::CurDir);
    let name = Path::new(text.trim());
    if !name.components().all(inside) {
        return Err("what stands there leads out of the folder of the files".to_owned());
    }
    let workspace = source.place.file.parent().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    Ok(Some(workspace.join(folder).join(name)))
}

/// Deletes the files that a plan names; one that is gone already is no failure.
pub(super) fn delete(plan: &Plan) -> Result<u64> {
    let mut deleted = 0;
    for file in plan.changes.iter().flat_map(|c| &c.files) {
        match std::fs::remove_file(file) {
            Ok(()) => deleted += 1,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
            Err(cause) => return Err(Error::io("delete the file", Path::new(file), &cause)),
        }
    }
    Ok(deleted)
}
