//! The large firm, and searching it for many people at once.

use redress::find::{Opened, find as search};
use redress::fixture::{Scale, write};
use redress::resolve::{Pick, Selector, Start};
use std::path::Path;

use super::{Outcome, lines};

/// Writes the firm, and prints who is worth asking for: `name=e-mail address`.
pub fn firm(dir: &Path, accounts: u64, seed: u64) -> Outcome {
    let cast = write(dir, Scale { accounts }, seed)?;
    println!("ordinary={}", cast.ordinary.email);
    if let Some(heavy) = cast.heavy {
        println!("heavy={}", heavy.email);
    }
    Ok(())
}

/// Searches for one person a value, all in one go; prints how many people were found, and the first one's records.
pub fn find(workspace: &Path, identity: &str, values: &str) -> Outcome {
    let map = redress::map::read(workspace).map_err(redress::error::Error::from)?;
    let start = |value: String| Start::Selectors {
        selectors: vec![Selector::Identity { identity: identity.to_owned(), value }],
        pick: Pick::default(),
    };
    let starts: Vec<Start> = lines(values)?.into_iter().map(start).collect();
    let findings = search(&map, Opened::all(&map), &starts, false)?;
    let people = findings.subjects.iter().filter(|s| !s.persons.is_empty()).count();
    let mut records = 0;
    for node in 0..findings.graph.nodes.len() {
        let counts = findings.counts(node, 0)?;
        records += counts.own + counts.shared;
    }
    println!("{people} people, {records} records of the first");
    Ok(())
}
