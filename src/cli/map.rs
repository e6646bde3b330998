//! `redress map`: draw the data map, as a page that opens offline or as Mermaid text.

use serde_json::json;
use std::path::{Path, PathBuf};

use super::args::MapArgs;
use super::ui::Ui;
use super::{Exit, Report, private_file};
use crate::error::Result;
use crate::map::{mermaid, page, read};

/// Draws the map of the workspace; looks at no source.
pub fn run(folder: &Path, args: &MapArgs) -> Result<MapReport> {
    let map = read(folder)?;
    if args.mermaid {
        return Ok(MapReport::Text(mermaid(&map)));
    }
    let file = args.output.clone().unwrap_or_else(|| PathBuf::from("map.html"));
    private_file(&file, page(&map).as_bytes())?;
    Ok(MapReport::Page(file))
}

/// What was drawn.
pub enum MapReport {
    /// A page, in that file.
    Page(PathBuf),
    /// Text for standard output.
    Text(String),
}

impl Report for MapReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        match self {
            MapReport::Page(file) => {
                ui.line(&format!("The data map is drawn in {}. It opens in any browser, offline.", file.display()))
            }
            MapReport::Text(text) => text.lines().try_for_each(|line| ui.line(line)),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report = match self {
            MapReport::Page(file) => json!({"complete": true, "file": file.display().to_string()}),
            MapReport::Text(text) => json!({"complete": true, "mermaid": text}),
        };
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
