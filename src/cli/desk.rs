//! `redress` alone: the desk. What is open, until when, what to type next.

use serde_json::{Value as Json, json};

use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report};
use crate::error::Result;
use crate::register::Request;

/// Lists the open requests, the most urgent first.
pub fn run(workspace: &Workspace) -> Result<Desk> {
    Ok(Desk(workspace.register.open_requests()?))
}

/// The open requests.
pub struct Desk(Vec<Request>);

fn rights(request: &Request) -> Vec<&'static str> {
    request.rights.iter().filter(|r| r.outcome.is_none()).map(|r| r.right.word()).collect()
}

fn due(request: &Request) -> String {
    request.due().map(|d| d.to_string()).unwrap_or_default()
}

impl Report for Desk {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.0.is_empty() {
            ui.line("No request is open.")?;
            return ui.line("Next: redress find email=…, or redress erase email=… --verified \"how\"");
        }
        ui.line("Open requests, the most urgent first:")?;
        for request in &self.0 {
            let opened = request.opened_at.to_string();
            let (number, rights, due) = (request.number, rights(request).join(", "), due(request));
            ui.line(&format!("  #{number}  due {due}  {rights}  (opened {})", &opened[..10]))?;
        }
        ui.line("Next: redress plan list shows the plans that wait to be applied")
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let one = |r: &Request| json!({"number": r.number, "id": r.id, "due": due(r), "rights": rights(r)});
        let requests: Vec<Json> = self.0.iter().map(one).collect();
        ui.json(&format!("{}\n", json!({"requests": requests})))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
