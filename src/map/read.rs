//! Reading the data map from the files of a workspace, with file, line and key of every fault.
//!
//! All faults are collected before it gives up. Whether the sources really look like this is the matter of `check`.

mod collection;
mod defaults;
mod doc;
mod fault;
mod field;
pub(super) mod keys;
mod law;
mod link;
pub(super) mod names;
mod node;
mod policy;
mod source;
pub(super) mod suggest;
mod workspace;

pub use fault::{Fault, Faults};

use std::path::{Path, PathBuf};
use toml::de::DeTable;

use doc::Doc;
use names::{Known, Names};
use node::Table;

use super::{DataMap, SourceMap};

/// Reads `redress.toml` and every `sources/*.toml` of the workspace.
pub fn read(workspace: &Path) -> Result<DataMap, Faults> {
    let file = workspace.join(WORKSPACE_FILE);
    if !file.exists() {
        return Err(Faults(vec![no_workspace(&file)]));
    }
    let mut faults = Vec::new();
    let root = Doc::open(&file);
    let sources = source_files(workspace, &mut faults);
    let sources: Vec<(String, Doc)> = sources.into_iter().map(|(name, file)| (name, Doc::open(&file))).collect();
    let map = assemble(workspace, &root, &sources);
    faults.extend(root.into_faults());
    faults.extend(sources.into_iter().flat_map(|(_, doc)| doc.into_faults()));
    match faults.is_empty() {
        true => Ok(map),
        false => Err(Faults(faults)),
    }
}

/// The file that makes a folder a workspace.
pub const WORKSPACE_FILE: &str = "redress.toml";

/// The folder of the sources' files.
pub const SOURCES_FOLDER: &str = "sources";

/// The line on which a table of a map's file begins, for findings about what the map's values have no place of.
pub(super) fn line_of(file: &Path, table: &str, name: &str) -> Option<usize> {
    let text = std::fs::read_to_string(file).ok()?;
    let root = DeTable::parse(&text).ok()?;
    let entries = root.get_ref().get(table)?.get_ref().as_table()?;
    let (key, _) = entries.get_key_value(name)?;
    let before = text.get(..key.span().start)?;
    Some(before.matches('\n').count() + 1)
}

fn no_workspace(file: &Path) -> Fault {
    let folder = file.parent().map(doc::shown).filter(|f| !f.as_os_str().is_empty());
    let folder = folder.map_or_else(|| "this folder".to_owned(), |f| f.display().to_string());
    Fault {
        place: super::Place { file: doc::shown(file), line: 0 },
        column: 0,
        key: String::new(),
        message: format!("not found: {folder} is not a workspace"),
        hint: Some("choose one with -C DIR, or draft one with `redress init SOURCE…`".into()),
    }
}

/// The sources' names and files, in order of name.
fn source_files(workspace: &Path, faults: &mut Vec<Fault>) -> Vec<(String, PathBuf)> {
    let folder = workspace.join(SOURCES_FOLDER);
    let mut files = Vec::new();
    let mut fault = |file: &Path, message: String, hint: &str| {
        let place = super::Place { file: doc::shown(file), line: 0 };
        faults.push(Fault { place, column: 0, key: String::new(), message, hint: Some(hint.to_owned()) });
    };
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return files,
        Err(cause) => {
            fault(&folder, format!("cannot be read: {}", cause.kind()), "check who may use the folder");
            return files;
        }
    };
    for entry in entries {
        let file = match entry {
            Ok(entry) => entry.path(),
            Err(cause) => {
                fault(&folder, format!("cannot be read: {}", cause.kind()), "check the file system");
                continue;
            }
        };
        match source_name(&file) {
            Ok(Some(name)) => files.push((name, file)),
            Ok(None) => {}
            Err(what) => fault(&file, what.to_owned(), "rename it: sources/NAME.toml, NAME in UTF-8"),
        }
    }
    files.sort();
    files
}

/// The source a file describes; none where it is no file of the map (an editor's copy, a read-me).
fn source_name(file: &Path) -> Result<Option<String>, &'static str> {
    let Some(name) = file.file_name() else { return Ok(None) };
    let Some(name) = name.to_str() else {
        return match file.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) {
            true => Err("its name is not UTF-8"),
            false => Ok(None),
        };
    };
    if name.starts_with('.') {
        return Ok(None);
    }
    match (name.strip_suffix(".toml"), name.to_lowercase().ends_with(".toml")) {
        (Some(stem), _) => Ok(Some(stem.to_owned())),
        (None, true) => Err("would be left out: its name does not end in .toml"),
        (None, false) => Ok(None),
    }
}

/// Reads the parsed files into a map: first what they declare, then what refers to it.
fn assemble(workspace: &Path, root: &Doc, sources: &[(String, Doc)]) -> DataMap {
    let root_table = root.parse();
    let root_table = root_table.as_ref().map(|table| Table::root(root, table));
    let tables: Vec<Option<DeTable<'_>>> = sources.iter().map(|(_, doc)| doc.parse()).collect();
    let tables: Vec<Option<Table<'_>>> =
        sources.iter().zip(&tables).map(|((_, doc), table)| Some(Table::root(doc, table.as_ref()?))).collect();

    let known = sources.iter().zip(&tables).map(|((name, _), table)| Known {
        head: match table {
            Some(table) => source::head(table, name, workspace),
            None => SourceMap { name: name.clone(), ..SourceMap::default() },
        },
        collections: table.as_ref().map(|table| workspace::declared(table, "collection")),
    });
    let names = Names {
        declared: root_table.as_ref().map(|table| {
            let kinds = ["identity", "retention", "affiliate", "purpose", "recipient", "automated"];
            kinds.into_iter().map(|kind| (kind, workspace::declared(table, kind))).collect()
        }),
        sources: known.collect(),
    };
    let mut map = root_table.as_ref().map(workspace::workspace).unwrap_or_default();
    for (known, table) in names.sources.iter().zip(&tables) {
        let mut source = known.head.clone();
        if let Some(table) = table {
            source.collections = source::collections(table, &source, &names);
        }
        map.sources.push(source);
    }
    map
}

#[cfg(test)]
mod tests;
