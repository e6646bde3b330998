//! `redress map`: draw the data map, as a page that opens offline or as Mermaid text; or tell editors how it is written.

use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

use super::args::{MapArgs, Schema};
use super::ui::Ui;
use super::{Exit, Report, private_file};
use crate::error::Result;
use crate::map::{mermaid, page, read, source_schema, workspace_schema};

/// Draws the map of the workspace; looks at no source.
pub fn run(folder: &Path, args: &MapArgs) -> Result<MapReport> {
    if let Some(schema) = args.schema {
        return Ok(MapReport::Schema(match schema {
            Schema::Workspace => workspace_schema(),
            Schema::Source => source_schema(),
        }));
    }
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
    /// A JSON Schema, which is the same for people and programs.
    Schema(Json),
}

impl Report for MapReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        match self {
            MapReport::Page(file) => {
                ui.line(&format!("The data map is drawn in {}. It opens in any browser, offline.", file.display()))
            }
            MapReport::Text(text) => text.lines().try_for_each(|line| ui.line(line)),
            MapReport::Schema(_) => self.json(ui),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let report = match self {
            MapReport::Page(file) => json!({"complete": true, "file": file.display().to_string()}),
            MapReport::Text(text) => json!({"complete": true, "mermaid": text}),
            MapReport::Schema(schema) => return ui.json(&format!("{schema:#}\n")),
        };
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
