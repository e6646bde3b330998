//! The time in which an erasure can be taken back: whether it fits the request's deadline, and what it looks like.

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::workspace::Workspace;
use crate::archive::Keys;
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::register::{Request, Right, Window};

/// The day on which a plan that is applied today can be taken back no longer; none where it never can.
pub fn until(workspace: &Workspace, plan: &Plan) -> Result<Option<Date>> {
    let Some(undo) = workspace.map.undo.as_ref().filter(|_| plan.header.undo.is_some()) else { return Ok(None) };
    let until = workspace.today().checked_add(undo.window);
    until.map(Some).map_err(|_| Error::failed("the time in [undo] leads to no date"))
}

/// The keys that can take it back.
pub fn keys(workspace: &Workspace) -> Result<Keys> {
    let keys = workspace.map.undo.iter().flat_map(|undo| undo.keys.values()).cloned().collect::<Vec<_>>();
    Keys::parse(&keys).map_err(|error| match error.kind {
        crate::error::Kind::Usage => Error::refused("[undo] in redress.toml names what is no public key of age")
            .hint("`age-keygen -y KEYFILE` shows the public key of a pair"),
        _ => error,
    })
}

/// Refuses a plan whose time would pass the request's deadline: until it is over nothing is answered.
pub fn refuse_late(workspace: &Workspace, plan: &Plan, request: &Request) -> Result<()> {
    let Some(until) = until(workspace, plan)? else { return Ok(()) };
    keys(workspace)?;
    let asked = request.right(Right::Erasure).filter(|asked| asked.outcome.is_none());
    match asked.filter(|asked| until > asked.due) {
        None => Ok(()),
        Some(asked) => Err(Error::refused(format!(
            "the erasure could be taken back until {until}, and request #{} must be answered by {}",
            request.number, asked.due
        ))
        .hint("shorten `window` of [undo] in redress.toml, or erase for good at once: --without-undo \"reason\"")),
    }
}

/// How it stands, for people.
pub fn state(window: &Window, today: Date) -> String {
    match window.is_open(today) {
        _ if window.begun_at.is_some() => "taking it back was begun and must be finished".to_owned(),
        true => format!("can be taken back until {}", window.until),
        false => format!("could be taken back until {}", window.until),
    }
}

/// And for programs.
pub fn json_of(window: &Window, requests: &[u32], today: Date) -> Json {
    json!({
        "plan": window.plan, "requests": requests, "until": window.until, "open": window.is_open(today),
        "begun": window.begun_at.is_some(),
    })
}
