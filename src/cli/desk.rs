//! `redress` alone: the desk. What is open, until when, what to type next.

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report, window};
use crate::error::Result;
use crate::register::{ArchiveEntry, PlanEntry, PlanKind, PlanStatus, Request, Right, Window};

/// Lists the open requests, the most urgent first.
pub fn run(workspace: &Workspace) -> Result<Desk> {
    let register = &workspace.register;
    let (plans, archives, windows) = (register.plans()?, register.archives()?, register.windows()?);
    let today = workspace.today();
    let open = |request: Request| {
        let unanswered = request.rights.iter().filter(|r| r.outcome.is_none());
        let steps = unanswered.map(|r| step(&request, r.right, &plans, &archives, &windows, today)).collect();
        Open { request, steps }
    };
    let requests = register.open_requests()?.into_iter().map(open).collect();
    Ok(Desk { requests, today })
}

/// The open requests.
pub struct Desk {
    requests: Vec<Open>,
    today: Date,
}

struct Open {
    request: Request,
    steps: Vec<Step>,
}

/// What one right of a request waits for.
struct Step {
    right: Right,
    /// How far it is.
    state: String,
    /// What to type.
    next: Vec<String>,
}

fn step(
    request: &Request,
    right: Right,
    plans: &[PlanEntry],
    archives: &[ArchiveEntry],
    windows: &[Window],
    today: Date,
) -> Step {
    let number = request.number;
    let checked = if request.is_verified() { "" } else { " --verified \"how\"" };
    let plan = |kind: PlanKind| plans.iter().rfind(|p| p.kind == kind && p.requests.contains(&number));
    let planned = |kind, command: String| match plan(kind) {
        None => ("nothing is planned".to_owned(), vec![format!("redress {command}{checked}")]),
        Some(plan) if plan.status == PlanStatus::New => {
            let show = format!("redress plan show {}", plan.number);
            (format!("plan {} waits", plan.number), vec![show, format!("redress apply {}", plan.number)])
        }
        Some(plan) if plan.status == PlanStatus::Isolated => {
            let window = windows.iter().find(|w| w.plan == plan.number);
            let open = window.is_some_and(|w| w.is_open(today));
            let next = match open {
                true => format!("redress undo {number} --identity KEYFILE"),
                false => "redress finish".to_owned(),
            };
            let state = window.map(|w| window::state(w, today)).unwrap_or_default();
            (format!("plan {} is applied and {state}", plan.number), vec![next])
        }
        Some(plan) if plan.status == PlanStatus::Undone => {
            (format!("plan {} was taken back", plan.number), vec![format!("redress {command}{checked}")])
        }
        Some(plan) => (format!("plan {} was cut off", plan.number), vec![format!("redress apply {}", plan.number)]),
    };
    let (state, next) = match right {
        Right::Erasure => planned(PlanKind::Erase, format!("erase {number}")),
        Right::Rectification => {
            planned(PlanKind::Correct, format!("correct {number} --set SOURCE.COLLECTION.FIELD=VALUE"))
        }
        Right::Access | Right::Portability => {
            match archives.iter().rfind(|a| a.request == number && a.right == right) {
                None => {
                    let right = if right == Right::Portability { " --right portability" } else { "" };
                    ("no archive is made".to_owned(), vec![format!("redress export {number}{right}{checked}")])
                }
                Some(archive) => {
                    (format!("an archive was made on {}; hand it over", &archive.made_at.to_string()[..10]), Vec::new())
                }
            }
        }
    };
    Step { right, state, next }
}

impl Desk {
    /// How many days are left; negative where the day has passed.
    fn days_left(&self, request: &Request) -> Option<i32> {
        Some(self.today.until(request.due()?).ok()?.get_days())
    }

    fn when(&self, request: &Request) -> String {
        let due = request.due().map(|d| d.to_string()).unwrap_or_default();
        match self.days_left(request) {
            Some(days) if days < 0 => format!("was due {due}, OVERDUE by {}", count(-days)),
            Some(0) => format!("due {due}, today"),
            Some(days) => format!("due {due}, in {}", count(days)),
            None => format!("due {due}"),
        }
    }
}

fn count(days: i32) -> String {
    format!("{days} day{}", if days == 1 { "" } else { "s" })
}

impl Report for Desk {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.requests.is_empty() {
            ui.line("No request is open.")?;
            return ui.line("Next: redress find email=…, or redress export email=… --verified \"how\"");
        }
        ui.line("Open requests, the most urgent first:")?;
        for Open { request, steps } in &self.requests {
            let opened = &request.opened_at.to_string()[..10];
            ui.line(&format!("\n  #{}  {}  (opened {opened})", request.number, self.when(request)))?;
            for step in steps {
                ui.line(&format!("      {}: {}", step.right.word(), step.state))?;
                step.next.iter().try_for_each(|next| ui.line(&format!("          {next}")))?;
            }
        }
        ui.line("\nFor whom a request is: redress find NUMBER")
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let step = |s: &Step| json!({"right": s.right.word(), "state": s.state, "next": s.next});
        let one = |Open { request, steps }: &Open| {
            let rights: Vec<&str> = steps.iter().map(|s| s.right.word()).collect();
            json!({
                "number": request.number, "id": request.id, "due": request.due().map(|d| d.to_string()),
                "days_left": self.days_left(request), "verified": request.is_verified(), "rights": rights,
                "steps": steps.iter().map(step).collect::<Vec<_>>(),
            })
        };
        let requests: Vec<Json> = self.requests.iter().map(one).collect();
        ui.json(&format!("{}\n", json!({"requests": requests})))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
