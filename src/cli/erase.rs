//! `redress erase`: the plan of an erasure. Changes nothing but the register.

use std::io::Write as _;
use std::path::Path;

use super::args::EraseArgs;
use super::plan::PlanReport;
use super::selectors;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::find::{Opened, find};
use crate::plan::{Context, Plan, Sealed, erase, read, write};
use crate::register::{Lock, NewPlan, PlanKind, Random as _, Right, System};

/// Searches, plans, and keeps the plan.
pub fn run(workspace: &Workspace, args: &EraseArgs) -> Result<PlanReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let start = selectors::start(&workspace.map, &args.who)?;
    let names = selectors::given(&start);
    let register = &workspace.register;
    let request =
        workspace.verified_request(args.request.as_deref(), args.verified.as_deref(), &names, Right::Erasure)?;
    let digests = names.iter().map(|s| request.digest(s));
    let entry = digests.fold(workspace.intent("erase").request(&request), |e, d| e.digest("selector", d));
    let head = register.append(entry)?;
    let findings = find(&workspace.map, Opened::all(&workspace.map), &[start], true)?;
    let now = workspace.now();
    let context = Context {
        map: &workspace.map,
        requests: vec![request.id.clone()],
        now,
        today: workspace.zone.to_datetime(now).date(),
        log_head: Some(head.to_string()),
        random: &mut random,
    };
    let plan = erase(&findings, 0, context)?;
    let (sealed, number) = keep(workspace, plan, request.number, head, args.output.as_deref())?;
    let entry = workspace.outcome("erase").request(&request).digest("plan", sealed.digest);
    register.append(entry.count("changes", sealed.plan.changes.len() as u64))?;
    Ok(PlanReport { sealed, number: Some(number), request: Some(request.number), next: true })
}

/// A random number of the operating system's.
fn random() -> u64 {
    let mut bytes = [0; 8];
    System.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// Seals the plan into the register's folder and, where asked, into a file of the user's.
fn keep(
    workspace: &Workspace,
    plan: Plan,
    request: u32,
    head: crate::register::Head,
    output: Option<&Path>,
) -> Result<(Sealed, u32)> {
    let bytes = write(&plan);
    let sealed = read(&bytes, Path::new("the new plan"))?;
    let mut draft = workspace.register.draft_plan()?;
    draft.write_all(&bytes).map_err(|e| Error::io("write", draft.path(), &e))?;
    let new = NewPlan { kind: PlanKind::Erase, requests: &[request], hash: sealed.digest, head };
    let entry = workspace.register.keep_plan(draft, &new)?;
    if let Some(path) = output {
        copy(path, &bytes)?;
    }
    Ok((sealed, entry.number))
}

/// Writes beside, then renames: an old file stays whole until the new one is. Only the user may read it.
fn copy(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |e: &std::io::Error| Error::io("write", path, e);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| fail(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| fail(&e))?;
    file.persist(path).map(drop).map_err(|e| fail(&e.error))
}
