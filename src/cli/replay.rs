//! `redress replay`: plan the erasure again of those whom a restored source brought back.

use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

use super::args::ReplayArgs;
use super::finish::requests;
use super::holding;
use super::plan::PlanReport;
use super::planning::{keep, random};
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report};
use crate::error::{Error, Result};
use crate::ledger::{Decide, Hide as _, Remembered, Returned, Times, recognise, returned, search};
use crate::plan::{Asked, Context, Erased, Plan, Replay, build};
use crate::problem::Problem;
use crate::register::{Lock, Secret};

/// Recognises who is back, and plans.
pub fn run(workspace: &Workspace, args: &ReplayArgs) -> Result<ReplayReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let map = &workspace.map;
    if let Some(unknown) = args.sources.iter().find(|name| map.source(name).is_none()) {
        let names: Vec<&str> = map.sources.iter().map(|s| s.name.as_str()).collect();
        return Err(
            Error::usage(format!("the map has no source {unknown}")).hint(format!("sources: {}", names.join(", ")))
        );
    }
    let (key, remembered, mut problems) = ledger(workspace)?;
    let mut report =
        ReplayReport { sources: args.sources.clone(), remembered: remembered.len(), ..ReplayReport::default() };
    if remembered.is_empty() {
        report.problems = problems;
        return Ok(report);
    }
    let head = workspace.register.append(workspace.intent("replay"))?;
    let mut hits = Vec::new();
    let wanted = |node: &crate::find::Node<'_>| args.sources.contains(&node.source.name);
    let times = Times { zone: workspace.zone.clone(), now: workspace.now() };
    let read = recognise(map, &times, &remembered, &key, &wanted, &mut |hit| hits.push(hit))?;
    problems.extend(read);
    let (mut people, decide) = returned(hits, &remembered, &times);
    report.people = people.iter().map(|p| p.person).collect::<BTreeSet<u32>>().len();
    report.decide = decide;
    report.undated = undated(workspace, &args.sources, &people);
    if !people.is_empty() {
        let plan = plan(workspace, &args.sources, &mut people, &key, &head.to_string())?;
        report.settle(&plan);
        if plan.changes.iter().any(|c| c.action.writes()) {
            let plans = people.iter().flat_map(|p| remembered.plans(p.person));
            let requests = requests(workspace, plans)?;
            let (sealed, number) = keep(workspace, plan, &requests, head, None)?;
            report.plan = Some(PlanReport {
                sealed,
                number: Some(number),
                request: None,
                next: true,
                own: Vec::new(),
                lost: Vec::new(),
            });
        } else {
            problems.extend(plan.header.problems);
        }
    }
    problems.sort();
    problems.dedup();
    report.problems = problems;
    let (people, open) = (report.people as u64, report.decide.len() as u64);
    workspace.register.append(workspace.outcome("replay").count("people", people).count("undecided", open))?;
    Ok(report)
}

/// Collections of the people found in which nobody can see who was brought back and who came back.
fn undated(workspace: &Workspace, sources: &[String], people: &[Returned]) -> Vec<String> {
    let restored = workspace.map.sources.iter().filter(|s| sources.contains(&s.name));
    let collections = restored.flat_map(|s| s.collections.iter().map(move |c| (s, c)));
    let silent = collections.filter(|(_, c)| c.person && c.dated.is_none());
    let persons = || people.iter().flat_map(|p| &p.subject.persons);
    let found = |s: &str, c: &str| persons().any(|p| p.source == s && p.collection == c);
    silent.filter(|(s, c)| found(&s.name, &c.name)).map(|(s, c)| format!("{}.{}", s.name, c.name)).collect()
}

/// The ledger's key, who is remembered with it, and what cannot be recognised any more.
pub fn ledger(workspace: &Workspace) -> Result<(Secret, Remembered, Vec<Problem>)> {
    let register = &workspace.register;
    register.expire_ledger(workspace.today())?;
    let key = register.ledger_key()?;
    let mut remembered = Remembered::default();
    register.erased(key.key_id())?.into_iter().for_each(|known| remembered.add(known));
    let lost = register.erased_with_other_keys(key.key_id())?;
    let problem = || {
        let message = format!(
            "{} were remembered with a ledger key that is not here: nobody can recognise them any more; restore \
             .redress/keys/ledger.key from your backup",
            counted(u64::from(lost), "erasure")
        );
        Problem::new("lost-ledger-key", "ledger", message)
    };
    Ok((key, remembered, if lost > 0 { vec![problem()] } else { Vec::new() }))
}

fn plan(workspace: &Workspace, sources: &[String], people: &mut [Returned], key: &Secret, head: &str) -> Result<Plan> {
    let map = &workspace.map;
    let findings = search(map, people)?;
    let erased = people.iter().map(|p| Erased { at: p.erased, back: p.back }).collect();
    let asked = Asked::Replay(Replay { sources: sources.to_vec(), people: erased });
    let now = workspace.now();
    let mut random = random;
    let context = Context::new(map, now, workspace.day(now), &mut random);
    let holds = holding::now(workspace, &findings.subjects, &[])?;
    build(&findings, asked, Context { log_head: Some(head.to_owned()), holds, ledger: Some(key), ..context })
}

/// Who is back, and what is planned.
#[derive(Default)]
pub struct ReplayReport {
    sources: Vec<String>,
    remembered: usize,
    people: usize,
    plan: Option<PlanReport>,
    decide: Vec<Decide>,
    /// Collections of people that do not say when a record came to be.
    undated: Vec<String>,
    problems: Vec<Problem>,
}

impl ReplayReport {
    /// What the plan decides needs nobody's decision; what it keeps because its person came back does.
    fn settle(&mut self, plan: &Plan) {
        let writes = |d: &Decide| {
            plan.changes
                .iter()
                .any(|c| c.action.writes() && c.source == d.source && c.collection == d.collection && c.key == d.key)
        };
        self.decide.retain(|d| !writes(d));
        for change in plan.changes.iter().filter(|c| c.reason.code == "came-back") {
            let (source, collection, key) = (change.source.clone(), change.collection.clone(), change.key.clone());
            let why = "it came to be after the person was erased, or belongs to what did";
            let known = |d: &Decide| d.source == source && d.collection == collection && d.key == key;
            if !self.decide.iter().any(known) {
                self.decide.push(Decide { source, collection, key, code: "came-back", why });
            }
        }
    }
}

impl Report for ReplayReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.remembered == 0 {
            ui.line("The ledger remembers nobody: no erasure was applied here, or its time in the ledger is over.")?;
        } else {
            let erasures = counted(self.remembered as u64, "erasure");
            let people = counted(self.people as u64, "erased person").replace("persons", "people");
            ui.line(&format!("{erasures} remembered; {people} found again in {}.", self.sources.join(", ")))?;
        }
        if !self.decide.is_empty() {
            ui.line("\nNot planned; somebody must decide:")?;
            for d in &self.decide {
                ui.line(&format!("  {}.{} {}: {} [{}]", d.source, d.collection, d.key.show(), d.why, d.code))?;
            }
            ui.line(
                "Where the person came back, they are a new person to you. To erase what is listed: redress erase.",
            )?;
        }
        for place in &self.undated {
            ui.line(&format!(
                "\n{place} does not say when a record came to be, so that who came back cannot be told from who was \
                 brought back; name the field in the map: dated = \"…\""
            ))?;
        }
        for p in &self.problems {
            ui.line(&format!("\nNot covered: {} [{}] {}", p.place, p.code, p.message))?;
        }
        match &self.plan {
            Some(plan) => {
                let number = plan.number.unwrap_or_default();
                ui.line("")?;
                ui.line(&plan.first_line())?;
                ui.line(&format!(
                    "\nNothing has been changed yet. Next: redress plan show {number}, redress apply {number}"
                ))
            }
            None => ui.line("Nothing is to be erased again."),
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let decide = |d: &Decide| json!({"source": d.source, "collection": d.collection, "key": d.key.to_json(), "code": d.code, "why": d.why});
        let decide: Vec<Json> = self.decide.iter().map(decide).collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "sources": self.sources, "remembered": self.remembered,
            "people": self.people, "plan": self.plan.as_ref().and_then(|p| p.number),
            "totals": self.plan.as_ref().map(|p| totals(&p.sealed.plan)), "decide": decide,
            "undated": self.undated, "problems": self.problems,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        let plan = self.plan.as_ref().is_none_or(|p| p.exit() == Exit::Done);
        if self.decide.is_empty() && self.problems.is_empty() && plan { Exit::Done } else { Exit::Incomplete }
    }
}

fn totals(plan: &Plan) -> Json {
    let word = |action| json!(action).as_str().unwrap_or_default().to_owned();
    plan.totals().into_iter().map(|(action, n)| (word(action), Json::from(n))).collect::<serde_json::Map<_, _>>().into()
}
