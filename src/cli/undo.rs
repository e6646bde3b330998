//! `redress undo`: take an erasure back while the map lets it, with the key of somebody it names. What came back is as
//! it was; what did not is named, and where somebody changed a record meanwhile nothing is changed at all.

use serde_json::{Value as Json, json};
use std::fs::File;
use std::io::BufReader;

use super::args::UndoArgs;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, plan};
use crate::archive::open_closed;
use crate::error::{Error, Result};
use crate::plan::{Images, Leftover, Undone, irrevocable, undo};
use crate::register::{Lock, PlanEntry, Request, WindowEnd};

/// Takes the erasure of a request back.
pub fn run(workspace: &Workspace, args: &UndoArgs) -> Result<UndoReport> {
    let _alone = Lock::exclusive(&workspace.folder, Lock::WAIT)?;
    let register = &workspace.register;
    let request = register.find_request(&args.request)?;
    let entry = last(workspace, &request)?;
    let sealed = plan::load(workspace, &entry.number.to_string())?;
    let path = register.images(entry.number);
    let closed = File::open(&path).map_err(|e| Error::io("read what takes the plan back,", &path, &e))?;
    let images = Images::read(&mut BufReader::new(open_closed(closed, &args.identity)?))?;
    let intent = workspace.intent("undo").request(&request).digest("plan", sealed.digest);
    register.append(args.because.iter().fold(intent, |entry, why| entry.digest("reason", request.digest(why))))?;
    let mut start = || register.begin_undo(entry.number, args.because.as_deref());
    let outcome = workspace.outcome("undo").request(&request);
    let undone = match undo(&workspace.map, &sealed, images, &mut start) {
        Ok(undone) => undone,
        Err(error) => {
            register.append(outcome.code("failed"))?;
            return Err(error);
        }
    };
    let mut report = UndoReport {
        plan: entry.number,
        request: request.number,
        undone,
        lost: irrevocable(&workspace.map, &sealed.plan),
    };
    if report.is_stopped() {
        register.append(outcome.code("changed").count("changed", report.undone.changed.len() as u64))?;
        report.lost.clear();
        return Ok(report);
    }
    fail::fail_point!("undo.unrecorded");
    register.together(|register| {
        register.forget_plan(entry.number)?;
        register.plan_undone(&sealed.digest)?;
        register.end_window(entry.number, WindowEnd::Undone)?;
        register.append(outcome.code("undone").count("restored", report.undone.records))
    })?;
    fail::fail_point!("undo.recorded");
    register.clear_images()?;
    Ok(report)
}

/// The last plan of the request that can be taken back.
fn last(workspace: &Workspace, request: &Request) -> Result<PlanEntry> {
    let register = &workspace.register;
    let number = request.number;
    let mut windows = Vec::new();
    for window in register.windows()? {
        let entry = register.plan(window.plan)?;
        if entry.requests.contains(&number) {
            windows.push((entry, window));
        }
    }
    let Some((entry, window)) = windows.pop() else {
        return Err(Error::refused(format!("no erasure of request #{number} can be taken back"))
            .hint("only what was applied while redress.toml had [undo], and before its time was over"));
    };
    match window.is_open(workspace.today()) {
        true => Ok(entry),
        false => {
            Err(Error::refused(format!("the erasure of request #{number} could be taken back until {}", window.until))
                .hint("`redress finish` ends it: the record of erasure is issued and the request answered"))
        }
    }
}

/// What came back.
pub struct UndoReport {
    plan: u32,
    request: u32,
    undone: Undone,
    lost: Vec<(String, u64)>,
}

impl UndoReport {
    /// Whether somebody changed something meanwhile, so that nothing was done.
    fn is_stopped(&self) -> bool {
        !self.undone.changed.is_empty() || !self.undone.changed_files.is_empty()
    }
}

impl Report for UndoReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.is_stopped() {
            ui.line("Nothing was changed. These are neither as they were nor as the plan left them:")?;
            for l in &self.undone.changed {
                ui.line(&format!("  {}.{} {}", l.source, l.collection, l.key.show()))?;
            }
            self.undone.changed_files.iter().try_for_each(|file| ui.line(&format!("  {file}")))?;
            return ui.line("Somebody changed them meanwhile: put them as the plan left them, or restore by hand.");
        }
        let files = match self.undone.files {
            0 => String::new(),
            n => format!(" and {}", counted(n, "file")),
        };
        let records = counted(self.undone.records, "record");
        ui.line(&format!("Plan {} is taken back: {records}{files} restored.", self.plan))?;
        for (field, n) in &self.lost {
            ui.line(&format!("  not restored: {field} of {}, a key that was destroyed", counted(*n, "record")))?;
        }
        for p in &self.undone.problems {
            ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message))?;
        }
        ui.line(&format!("Request #{0} waits for its answer again. Next: redress erase {0}", self.request))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let changed = |l: &Leftover| json!({"source": l.source, "collection": l.collection, "key": l.key.to_json()});
        let changed: Vec<Json> = self.undone.changed.iter().map(changed).collect();
        let lost: Vec<Json> = self.lost.iter().map(|(field, n)| json!({"field": field, "records": n})).collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "plan": self.plan, "request": self.request,
            "restored": self.undone.records, "files": self.undone.files, "changed": changed,
            "changed_files": self.undone.changed_files, "lost": lost, "problems": self.undone.problems,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        match self.is_stopped() {
            true => Exit::Broken,
            false if self.lost.is_empty() && self.undone.problems.is_empty() => Exit::Done,
            false => Exit::Incomplete,
        }
    }
}
