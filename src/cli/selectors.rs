//! Who is meant: selectors from the command line or, so that names need not reach the shell's history, from standard
//! input; or a request, which stands for those it was opened with.

use std::io::BufRead as _;

use super::args::WhoArgs;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::register::Request;
use crate::resolve::{Pick, Selector, Start, parse};

/// Who is meant.
pub struct Meant {
    /// What describes the person.
    pub selectors: Vec<Selector>,
    /// The officer's choice among candidates.
    pub pick: Pick,
    /// The request that was named instead of selectors.
    pub request: Option<Request>,
}

impl Meant {
    /// Where the search starts.
    pub fn start(&self) -> Start {
        Start::Selectors { selectors: self.selectors.clone(), pick: self.pick.clone() }
    }

    /// The selectors as text, as they are read again.
    pub fn texts(&self) -> Vec<String> {
        self.selectors.iter().map(Selector::text).collect()
    }
}

/// Reads who is meant.
pub fn meant(workspace: &Workspace, args: &WhoArgs) -> Result<Meant> {
    let pick = Pick { key: args.pick.clone(), accept: args.accept.clone() };
    if let [given] = args.selectors.as_slice()
        && names_request(given)
    {
        return of_request(workspace, workspace.register.find_request(given)?, pick);
    }
    if args.selectors.iter().any(|given| names_request(given)) {
        return Err(Error::usage("a request stands for the selectors it was opened with; name it alone")
            .hint("to add a selector, give them all, and the request as --request NUMBER"));
    }
    let mut selectors = Vec::new();
    for text in &args.selectors {
        match text.as_str() {
            "-" => {
                for line in std::io::stdin().lock().lines() {
                    let line = line.map_err(|e| Error::failed(format!("cannot read standard input: {}", e.kind())))?;
                    if !line.trim().is_empty() {
                        selectors.push(parse(line.trim_end_matches('\r'), &workspace.map)?);
                    }
                }
            }
            text => selectors.push(parse(text, &workspace.map)?),
        }
    }
    if selectors.is_empty() {
        return Err(Error::usage("standard input held no selector").hint("one a line: email=ana@example.com"));
    }
    Ok(Meant { selectors, pick, request: None })
}

/// `3`, `#3`, or a request's id.
fn names_request(given: &str) -> bool {
    let number = given.strip_prefix('#').unwrap_or(given);
    let is_id = given.len() == 32 && given.bytes().all(|b| b.is_ascii_hexdigit());
    is_id || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

fn of_request(workspace: &Workspace, request: Request, pick: Pick) -> Result<Meant> {
    let number = request.number;
    let read = |text: &String| {
        parse(text, &workspace.map).map_err(|e| {
            Error::failed(format!("what request #{number} names does not fit the data map any more: {}", e.message))
                .hint(format!("name the person by selectors, with --request {number}"))
        })
    };
    let selectors = request.selectors.iter().map(read).collect::<Result<Vec<_>>>()?;
    if selectors.is_empty() {
        return Err(Error::refused(format!("request #{number} does not say whom it is about"))
            .hint(format!("name the person by selectors, with --request {number}")));
    }
    let pick = Pick { key: pick.key.or(request.pick.clone()), accept: pick.accept.or(request.accept.clone()) };
    Ok(Meant { selectors, pick, request: Some(request) })
}
