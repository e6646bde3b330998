//! What every command that plans a change does: open its request, search, plan, and keep the plan. Changes nothing but
//! the register.

use std::io::Write as _;
use std::path::Path;

use super::args::PlanningArgs;
use super::plan::PlanReport;
use super::selectors::{self, Meant};
use super::workspace::Workspace;
use super::{holding, own, window};
use crate::error::{Error, Result};
use crate::find::{Opened, find};
use crate::ledger::Hide;
use crate::plan::{
    Asked, Context, Decided, Plan, Sealed, build, earn, irrevocable, read, refuse_clash, refuse_misfits, write,
};
use crate::record::Digest;
use crate::register::{Head, Lock, NewOwnFile, NewPlan, PlanKind, Random as _, Request, Right, System};

/// Searches for whom the command names, plans what is asked, and keeps the plan.
pub fn run(workspace: &Workspace, args: &PlanningArgs, asked: Asked) -> Result<PlanReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let meant = selectors::meant(workspace, &args.who)?;
    let (request, opened) = workspace.verified_request(&meant, &args.request, right(&asked))?;
    planned(workspace, args, asked, &meant, &request).map_err(|error| match opened {
        // Asked again, it shall not open another one.
        true => {
            error.hint(format!("it belongs to request #{0} now; when you ask again: --request {0}", request.number))
        }
        false => error,
    })
}

fn planned(
    workspace: &Workspace,
    args: &PlanningArgs,
    asked: Asked,
    meant: &Meant,
    request: &Request,
) -> Result<PlanReport> {
    let action = asked.word();
    let digests = meant.texts().into_iter().map(|s| request.digest(s));
    let entry = digests.fold(workspace.intent(action).request(request), |e, d| e.digest("selector", d));
    let head = workspace.register.append(entry)?;
    let mut findings = find(&workspace.map, Opened::all(&workspace.map), &[meant.start()], asked.needs_references())?;
    let tags = holding::tags(&workspace.register.ledger_key()?, &findings.subjects[0]);
    workspace.register.tag_request(request.number, &tags)?;
    let now = workspace.now();
    let ledger = asked.erases().then(|| workspace.register.ledger_key()).transpose()?;
    let mut numbers = random;
    let mut keyed = |bytes: &[u8]| Ok(workspace.register.pseudonym_key()?.mac(bytes));
    let holds = match asked.erases() {
        true => holding::now(workspace, &findings.subjects, &[request.number])?,
        false => Vec::new(),
    };
    let context = Context {
        requests: vec![request.id.clone()],
        holds,
        log_head: Some(head.to_string()),
        keyed: Some(&mut keyed),
        ledger: ledger.as_ref().map(|key| key as &dyn Hide),
        ..Context::new(&workspace.map, now, workspace.day(now), &mut numbers)
    };
    let mut plan = build(&findings, asked, context)?;
    refuse_misfits(&mut findings, &plan)?;
    earn(&mut findings, &workspace.map, &mut plan)?;
    refuse_clash(&workspace.map, &plan)?;
    window::refuse_late(workspace, &plan, request)?;
    let (sealed, number) = keep(workspace, plan, &[request.number], head, args.output.as_deref())?;
    let entry = workspace.outcome(action).request(request).digest("plan", sealed.digest);
    let entry = decisions(&sealed, request).into_iter().fold(entry, |e, d| e.digest("decision", d));
    workspace.register.append(entry.count("changes", sealed.plan.changes.len() as u64))?;
    let own = own::lines(workspace, &sealed.plan, Some(number), &[request.number])?;
    let lost = irrevocable(&workspace.map, &sealed.plan);
    Ok(PlanReport { sealed, number: Some(number), request: Some(request.number), next: true, own, lost })
}

/// The right that a plan serves.
pub fn right(asked: &Asked) -> Right {
    match asked {
        Asked::Correct(_) => Right::Rectification,
        Asked::Erase(_) | Asked::Replay(_) | Asked::Finish(_) => Right::Erasure,
    }
}

/// What the officer has decided, as digests: who knows a decision can find it in the log, and nobody else reads it.
fn decisions(sealed: &Sealed, request: &Request) -> Vec<Digest> {
    let Asked::Erase(erasure) = &sealed.plan.header.asked else { return Vec::new() };
    let text = |d: &Decided| {
        let key = d.key.as_deref().unwrap_or_default();
        format!("{} {key} {} {}", d.about(), d.verdict.word(), d.because)
    };
    erasure.decisions.iter().map(|d| request.digest(text(d))).collect()
}

/// A random number of the operating system's.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    System.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// Seals the plan into the register's folder and, where asked, into a file of the user's.
pub fn keep(
    workspace: &Workspace,
    plan: Plan,
    requests: &[u32],
    head: Head,
    output: Option<&Path>,
) -> Result<(Sealed, u32)> {
    let bytes = write(&plan);
    let sealed = read(&bytes, Path::new("the new plan"))?;
    let mut draft = workspace.register.draft_plan()?;
    draft.write_all(&bytes).map_err(|e| Error::io("write", draft.path(), &e))?;
    let kind = match plan.header.asked {
        Asked::Erase(_) => PlanKind::Erase,
        Asked::Correct(_) => PlanKind::Correct,
        Asked::Replay(_) => PlanKind::Replay,
        Asked::Finish(_) => PlanKind::Finish,
    };
    let new = NewPlan { kind, requests, hash: sealed.digest, head };
    let entry = workspace.register.keep_plan(draft, &new)?;
    workspace.register.set_author(entry.number, &super::identity::user())?;
    if let Some(path) = output {
        super::private_file(path, &bytes)?;
        if let Some(request) = requests.first().copied() {
            let (plan, hash) = (Some(entry.number), Digest::of(&bytes));
            workspace.register.add_own_file(&NewOwnFile { request, plan, kind: "plan", path, hash })?;
        }
    }
    Ok((sealed, entry.number))
}
