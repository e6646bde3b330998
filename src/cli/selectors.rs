//! Selectors from the command line or, so that names need not reach the shell's history, from standard input.

use std::io::BufRead as _;

use super::args::WhoArgs;
use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::resolve::{Pick, Start, parse};

/// The selectors of a start, as text again.
pub fn given(start: &Start) -> Vec<String> {
    match start {
        Start::Selectors { selectors, .. } => selectors.iter().map(|s| format!("{}={}", s.name(), s.value())).collect(),
        Start::Subject(_) => Vec::new(),
    }
}

/// Where the search starts.
pub fn start(map: &DataMap, args: &WhoArgs) -> Result<Start> {
    let mut selectors = Vec::new();
    for text in &args.selectors {
        match text.as_str() {
            "-" => {
                for line in std::io::stdin().lock().lines() {
                    let line = line.map_err(|e| Error::failed(format!("cannot read standard input: {}", e.kind())))?;
                    if !line.trim().is_empty() {
                        selectors.push(parse(line.trim_end_matches('\r'), map)?);
                    }
                }
            }
            text => selectors.push(parse(text, map)?),
        }
    }
    if selectors.is_empty() {
        return Err(Error::usage("standard input held no selector").hint("one a line: email=ana@example.com"));
    }
    Ok(Start::Selectors { selectors, pick: Pick { key: args.pick.clone(), accept: args.accept.clone() } })
}
