//! The links of the map against the values: do those on one side really occur on the other?
//!
//! Values of a sample are asked for at the other side, all links into one collection in one question.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::finding::{Findings, count};
use super::mentioned::{column_at, exists};
use super::shape::{missing, said};
use super::{Live, link_place};
use crate::error::{Error, Kind};
use crate::map::{Collection, DataMap, Link, NormalForm, SourceMap, applies};
use crate::record::{FieldPath, Record};
use crate::source::question::normal_of;
use crate::source::{Column, Probe, Question, Shape, ValueType, Wanted};

/// At most so many different values of a link are asked for.
const MANY: usize = 200;

/// A link whose values are to be found on the other side.
pub(super) struct Asked<'m> {
    source: &'m SourceMap,
    collection: &'m Collection,
    link: &'m Link,
    form: NormalForm,
    wanted: Wanted,
    /// How many different values are not spelled as the map says.
    misspelled: usize,
}

/// Types and columns of a link; then, where it can hold, what is to be asked for it.
pub(super) fn prepare<'m>(
    map: &DataMap,
    (source, collection, link): (&'m SourceMap, &'m Collection, &'m Link),
    (from, to): (&Shape, &Shape),
    sample: &[Record],
    findings: &mut Findings,
) -> Option<Asked<'m>> {
    let place = link_place(source, collection, link);
    let mut there = true;
    for path in &link.to {
        if !exists(to, path) {
            missing(&place, &link.place, path, to, findings);
            there = false;
        }
    }
    if !there || link.from.iter().any(|path| !exists(from, path)) {
        return None;
    }
    let form = form(map, source, collection, link, (from, to));
    for (here, aim) in link.from.iter().zip(&link.to) {
        let (Some(here), Some(aim)) = (column_at(from, here), column_at(to, aim)) else { continue };
        if link.to_source == source.name && link.spelled.is_plain() && never_equal(here.ty, aim.ty) {
            let message = format!("{} holds {}, {} holds {}", here.name, said(here), aim.name, said(aim));
            let hint = "within one source values are compared as they are: check that these are the columns you mean";
            findings.warning("link-types", &link.place, &place, message, hint);
        }
    }
    let concerned: Vec<&Record> = sample.iter().filter(|record| applies(&link.only, record)).collect();
    let (wanted, misspelled) = wanted(link, form, source.default_country.as_deref(), &concerned);
    let any = !wanted.is_empty() || misspelled > 0;
    any.then_some(Asked { source, collection, link, form, wanted, misspelled })
}

/// As the search compares them: natively within a source (without regard to case where a column is declared so), by
/// an identity's normal form across sources.
fn form(
    map: &DataMap,
    source: &SourceMap,
    collection: &Collection,
    link: &Link,
    (from, to): (&Shape, &Shape),
) -> NormalForm {
    if !link.spelled.is_plain() {
        return NormalForm::Exact;
    }
    if link.to_source == source.name {
        let nocase = |shape: &Shape, paths: &[FieldPath]| {
            paths.iter().any(|path| column_at(shape, path).is_some_and(|c: &Column| c.nocase))
        };
        return if nocase(from, &link.from) || nocase(to, &link.to) { NormalForm::Text } else { NormalForm::Exact };
    }
    let identity = |collection: &Collection, paths: &[FieldPath]| {
        let held = collection.identities.iter().find(|(_, path)| paths == std::slice::from_ref(path));
        held.and_then(|(name, _)| map.identities.get(name)).map(|identity| identity.normal)
    };
    let aim = map.collection(&link.to_source, &link.to_collection);
    identity(collection, &link.from).or_else(|| aim.and_then(|c| identity(c, &link.to))).unwrap_or(NormalForm::Exact)
}

/// Whether values of these types are never equal when compared natively.
fn never_equal(a: ValueType, b: ValueType) -> bool {
    let class = |ty| match ty {
        ValueType::Text => Some(0),
        ValueType::Int | ValueType::Float => Some(1),
        ValueType::Bytes => Some(2),
        ValueType::Bool => Some(3),
        // Decimal is what some databases call a type they do not know.
        ValueType::Decimal | ValueType::Nested | ValueType::Native | ValueType::Any => None,
    };
    matches!((class(a), class(b)), (Some(a), Some(b)) if a != b)
}

/// The different values of the sample, in normal form and as the other side spells them; and how many are not spelled
/// as the map says.
fn wanted(link: &Link, form: NormalForm, country: Option<&str>, sample: &[&Record]) -> (Wanted, usize) {
    let fields = &link.from;
    let mut wanted = Wanted::new(fields.len());
    let mut misspelled: BTreeSet<Vec<String>> = BTreeSet::new();
    for record in sample {
        let columns: Vec<Vec<Cow<'_, str>>> = fields
            .iter()
            .map(|f| record.at(f).into_iter().filter_map(|value| normal_of(value, form, country)).collect())
            .collect();
        // A composite reference through lists has no one value; the search pairs them all, a sample need not.
        let longest = columns.iter().map(Vec::len).min().unwrap_or(0);
        for i in 0..longest {
            if wanted.len() + misspelled.len() < MANY {
                let parts: Vec<Cow<'_, str>> = columns.iter().map(|column| column[i].clone()).collect();
                let there = parts.iter().enumerate().map(|(n, part)| link.spelled.from_here(n, part.clone()));
                match there.collect::<Option<Vec<_>>>() {
                    Some(there) => _ = wanted.add_parts(&there),
                    None => _ = misspelled.insert(parts.into_iter().map(Cow::into_owned).collect()),
                }
            }
        }
    }
    (wanted, misspelled.len())
}

/// Asks a collection for the values of all links that lead into it.
pub(super) fn ask(live: &mut Live<'_>, name: &str, asked: &[Asked<'_>], findings: &mut Findings) {
    let country = live.source.default_country.as_deref();
    let probes: Vec<Probe<'_>> =
        asked.iter().map(|a| Probe { fields: &a.link.to, form: a.form, country, wanted: &a.wanted }).collect();
    let mut found: Vec<Vec<bool>> = asked.iter().map(|a| vec![false; a.wanted.len()]).collect();
    let mut missing: usize = found.iter().map(Vec::len).sum();
    let question = Question { collection: name, probes };
    let mut sink = |record: crate::source::Found| {
        for (probe, found) in question.probes.iter().zip(&mut found) {
            probe.hits(&record.record, &mut |id| {
                if let Some(hit) = found.get_mut(id as usize) {
                    missing -= usize::from(!std::mem::replace(hit, true));
                }
            });
        }
        // Once all are found there is nothing left to read for.
        if missing == 0 { Err(Error::new(Kind::Interrupted, "all found")) } else { Ok(()) }
    };
    let answer = live.handle.search(&question, &mut sink);
    if let (Err(error), true) = (&answer, missing > 0) {
        let place = format!("{}.{name}", live.source.name);
        findings.error("unreadable-collection", &live.source.place, &place, error.message.clone(), super::hints(error));
        return;
    }
    for (asked, found) in asked.iter().zip(&found) {
        share(asked, found.iter().filter(|hit| **hit).count(), findings);
    }
}

/// Adds a finding where few of a link's values are there.
fn share(asked: &Asked<'_>, found: usize, findings: &mut Findings) {
    let all = asked.wanted.len() + asked.misspelled;
    let place = link_place(asked.source, asked.collection, asked.link);
    let aim: Vec<&str> = asked.link.to.iter().map(FieldPath::as_str).collect();
    let aim = format!("{}.{}.{}", asked.link.to_source, asked.link.to_collection, aim.join("+"));
    let mut message = format!("{found} of {} occur in {aim}", count(all, "sampled value"));
    if asked.misspelled > 0 {
        message.push_str(&format!("; {} not spelled as the link says", asked.misspelled));
    }
    let at = &asked.link.place;
    if found == 0 && all > 2 {
        let hint = "check both fields of the link: it leads nowhere";
        findings.error("link-without-match", at, &place, message, hint);
    } else if found * 10 < all * 9 {
        let hint = "check both fields of the link, or ask why the others are missing there";
        findings.warning("link-with-few-matches", at, &place, message, hint);
    }
}
