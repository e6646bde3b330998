//! `redress init --from-fides`: which dataset of which file is about which source.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::draft::Draft;
use crate::draft::fides::{Dataset, import, parse};
use crate::error::{Error, Result};

/// Lays the datasets of these files over the sources just drafted, in order.
pub(super) fn lay_over(draft: &mut Draft, files: &[PathBuf]) -> Result<()> {
    let mut datasets: Vec<Dataset> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| Error::io("read", file, &e))?;
        datasets.extend(parse(&text, file)?);
    }
    let names: Vec<String> = draft.sources.iter().map(|s| s.name.clone()).collect();
    if !files.is_empty() && datasets.len() != names.len() {
        return Err(Error::usage(format!("{} datasets for {} new sources", datasets.len(), names.len()))
            .hint("name one source for each dataset, in the same order"));
    }
    let sources: BTreeMap<String, String> = datasets.iter().map(|d| d.key.clone()).zip(names.iter().cloned()).collect();
    for (dataset, name) in datasets.iter().zip(&names) {
        import(draft, name, dataset, &sources);
    }
    Ok(())
}
