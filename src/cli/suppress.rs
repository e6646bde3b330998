//! `redress suppress check`: take out of an import list whoever was erased.

use serde_json::json;
use std::path::PathBuf;

use super::args::SuppressCheckArgs;
use super::replay::ledger;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report};
use crate::error::{Error, Result};
use crate::ledger::{Listed, columns, filter};
use crate::map::Address;
use crate::problem::Problem;
use crate::register::Lock;
use crate::source::List;

/// Filters a list.
pub fn run(workspace: &Workspace, args: &SuppressCheckArgs) -> Result<SuppressReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let map = &workspace.map;
    let address = Address {
        kind: "csv".to_owned(),
        path: args.file.clone(),
        delimiter: args.delimiter.as_deref().map(delimiter).transpose()?,
        encoding: args.encoding.clone(),
        ..Address::default()
    };
    let list = List::open(&address)?;
    let said = args.column.iter().map(|text| said(text)).collect::<Result<Vec<_>>>()?;
    let columns = columns(map, &list, &said)?;
    let (key, remembered, problems) = ledger(workspace)?;
    workspace.register.append(workspace.intent("suppress"))?;
    let country = args.country.as_deref().or_else(|| map.sources.iter().find_map(|s| s.default_country.as_deref()));
    let mut kept = Vec::new();
    let mut file = args.output.as_deref().map(draft).transpose()?;
    let mut listed = match &mut file {
        Some((draft, _)) => filter(map, &list, &columns, country, &remembered, &key, draft)?,
        None => filter(map, &list, &columns, country, &remembered, &key, &mut kept)?,
    };
    if let Some((draft, path)) = file {
        let draft = draft.into_inner().map_err(|e| Error::io("write", &path, e.error()))?;
        draft.as_file().sync_all().map_err(|e| Error::io("write", &path, &e))?;
        draft.persist(&path).map_err(|e| Error::io("write", &path, &e.error))?;
    }
    listed.problems.extend(problems);
    let (stay, go) = (listed.kept, listed.removed.len() as u64);
    workspace.register.append(workspace.outcome("suppress").count("kept", stay).count("removed", go))?;
    let names = list.names();
    let columns = columns.iter().map(|c| (c.identity.clone(), names[c.place].clone())).collect();
    Ok(SuppressReport { listed, columns, kept, output: args.output.clone() })
}

type Draft = std::io::BufWriter<tempfile::NamedTempFile>;

/// A file beside the one asked for, which takes its place when it is whole.
fn draft(path: &std::path::Path) -> Result<(Draft, PathBuf)> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
    let draft = tempfile::NamedTempFile::new_in(folder).map_err(|e| Error::io("write", path, &e))?;
    Ok((std::io::BufWriter::new(draft), path.to_owned()))
}

fn delimiter(text: &str) -> Result<u8> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        one if one.len() == 1 => Ok(one.as_bytes()[0]),
        _ => Err(Error::usage("--delimiter takes one character, or tab")),
    }
}

fn said(text: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((identity, column)) if !identity.is_empty() && !column.is_empty() => {
            Ok((identity.trim().to_owned(), column.to_owned()))
        }
        _ => Err(Error::usage("--column takes IDENTITY=COLUMN").hint("for example --column email=Mail")),
    }
}

/// What became of the list.
pub struct SuppressReport {
    listed: Listed,
    columns: Vec<(String, String)>,
    /// What stays, where no file was named.
    kept: Vec<u8>,
    output: Option<PathBuf>,
}

impl SuppressReport {
    fn summary(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|(identity, name)| format!("{name} ({identity})")).collect();
        format!(
            "{} kept, {} taken out: somebody in them was erased. Compared by {}.",
            counted(self.listed.kept, "row"),
            self.listed.removed.len(),
            columns.join(", ")
        )
    }
}

impl Report for SuppressReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let mut messages = vec![self.summary()];
        let problem = |p: &Problem| format!("  {} [{}] {}", p.place, p.code, p.message);
        messages.extend(self.listed.problems.iter().map(problem));
        match &self.output {
            Some(path) => {
                messages.push(format!("What stays is in {}.", path.display()));
                messages.iter().try_for_each(|m| ui.line(m))
            }
            None => {
                ui.bytes(&self.kept)?;
                ui.flush()?;
                messages.iter().for_each(|m| ui.note(m));
                Ok(())
            }
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let kept = self.output.is_none().then(|| String::from_utf8_lossy(&self.kept).into_owned());
        let columns: serde_json::Map<String, serde_json::Value> =
            self.columns.iter().map(|(identity, name)| (identity.clone(), name.clone().into())).collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "kept": self.listed.kept, "removed": self.listed.removed.len(),
            "lines": self.listed.removed, "columns": columns, "file": self.output, "list": kept,
            "problems": self.listed.problems,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.listed.problems.is_empty() { Exit::Done } else { Exit::Incomplete }
    }
}
