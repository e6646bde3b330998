//! Holding the map against the live sources: what is missing, what drifted, what cannot work, what is undecided.
//!
//! Reads only, and a bounded number of records but for the search of links' values. Faults of the files themselves
//! are found by `read`; nothing is corrected here.

mod accepted;
mod answer;
mod finding;
mod keys;
mod links;
mod mentioned;
mod personal;
mod rights;
mod rules;
mod shape;
#[cfg(test)]
mod tests;
mod values;

pub use finding::{Finding, Level};
pub use mentioned::{unmentioned, vanished};
pub use rights::rights;
pub use shape::lost_reference;

use std::collections::BTreeMap;

use finding::Findings;
use values::Sampled;

use super::{Collection, DataMap, Link, SourceMap};
use crate::error::{Error, Result};
use crate::record::{FieldPath, Record};
use crate::source::{Schema, Source};

/// How many records of a collection are looked at.
const SAMPLE: usize = 500;

/// A source that could be opened.
struct Live<'m> {
    source: &'m SourceMap,
    handle: Box<dyn Source>,
    schema: Schema,
}

/// Holds the map against its sources, in the order of the map's files and lines.
pub fn check(map: &DataMap, open: &dyn Fn(&SourceMap) -> Result<Box<dyn Source>>) -> Vec<Finding> {
    let mut findings = Findings::default();
    rules::rules(map, &mut findings);
    answer::answer(map, &mut findings);
    let mut live: Vec<Option<Live<'_>>> = map.sources.iter().map(|s| opened(s, open, &mut findings)).collect();
    for source in live.iter().flatten() {
        shape::collections(source.source, &source.schema, &mut findings);
    }
    // Links by the source and collection they lead into.
    let mut asked: BTreeMap<(usize, &str), Vec<links::Asked<'_>>> = BTreeMap::new();
    for i in 0..live.len() {
        for collection in &map.sources[i].collections {
            let Some(sample) = one_collection(map, &mut live, i, collection, &mut findings) else { continue };
            for link in &collection.links {
                if let Some((there, a)) = one_link(map, &live, (i, collection, link), &sample, &mut findings) {
                    asked.entry((there, link.to_collection.as_str())).or_default().push(a);
                }
            }
        }
    }
    for ((there, name), asked) in &asked {
        if let Some(live) = live[*there].as_mut() {
            links::ask(live, name, asked, &mut findings);
        }
    }
    accepted::leave_out(map, live.iter().all(Option::is_some), &mut findings);
    findings.sorted()
}

fn opened<'m>(
    source: &'m SourceMap,
    open: &dyn Fn(&SourceMap) -> Result<Box<dyn Source>>,
    findings: &mut Findings,
) -> Option<Live<'m>> {
    let both = open(source).and_then(|mut handle| Ok((handle.schema()?, handle)));
    match both {
        Ok((schema, handle)) => Some(Live { source, handle, schema }),
        Err(error) => {
            findings.error("unreadable-source", &source.place, &source.name, error.message.clone(), hints(&error));
            None
        }
    }
}

/// Checks one collection and gives the sample of it; none where there is nothing to look at.
fn one_collection(
    map: &DataMap,
    live: &mut [Option<Live<'_>>],
    i: usize,
    one: &Collection,
    findings: &mut Findings,
) -> Option<Vec<Record>> {
    let Live { source, handle, schema } = live[i].as_mut()?;
    let shape = schema.shape(&one.name)?;
    shape::collection(map, source, one, shape, findings);
    let sample = match handle.sample(&one.name, SAMPLE) {
        Ok(sample) => sample,
        Err(error) => {
            let place = format!("{}.{}", source.name, one.name);
            findings.error("unreadable-collection", &one.place, &place, error.message.clone(), hints(&error));
            Vec::new()
        }
    };
    let declares_keys = schema.collections.iter().any(|shape| !shape.keys.is_empty());
    let sampled = Sampled { source, one, shape, sample: &sample, declares_keys };
    keys::key(&sampled, handle.as_mut(), findings);
    sampled.check(map, findings);
    Some(sample)
}

/// Checks the two ends of a link and says what is to be asked, of which source.
fn one_link<'m>(
    map: &'m DataMap,
    live: &[Option<Live<'_>>],
    (here, collection, link): (usize, &'m Collection, &'m Link),
    sample: &[Record],
    findings: &mut Findings,
) -> Option<(usize, links::Asked<'m>)> {
    let there = map.sources.iter().position(|s| s.name == link.to_source)?;
    let from = live[here].as_ref()?.schema.shape(&collection.name)?;
    let to = live[there].as_ref()?.schema.shape(&link.to_collection)?;
    let asked = links::prepare(map, (&map.sources[here], collection, link), (from, to), sample, findings)?;
    Some((there, asked))
}

/// `shop.orders.buyer_id`, the field a link starts from.
fn link_place(source: &SourceMap, collection: &Collection, link: &Link) -> String {
    let from: Vec<&str> = link.from.iter().map(FieldPath::as_str).collect();
    format!("{}.{}.{}", source.name, collection.name, from.join("+"))
}

/// What to do after an error.
fn hints(error: &Error) -> String {
    match error.hints.is_empty() {
        true => "check the address in the map, and that the source can be read".to_owned(),
        false => error.hints.join("; "),
    }
}
