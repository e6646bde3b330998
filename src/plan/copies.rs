//! Other copies of a datum in the person's records: the same correction is proposed for each, and made only where it
//! is taken. Pure.
//!
//! A copy is the same value, by its normal form, in a field that means the same: the same field of another record, a
//! field of the same identity or category, or one linked to it.

use super::asked::With;
use super::correct::{fitted, fixed};
use super::rows::Planned;
use super::{Action, Reason};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::{Collection, NormalForm};
use crate::problem::Problem;
use crate::record::{FieldPath, Value};
use crate::source::question::normal_of;

/// A value that is corrected somewhere.
pub(super) struct Datum {
    /// The collection in the walk.
    pub node: usize,
    /// The field.
    pub field: FieldPath,
    /// What stood there.
    pub old: Value,
    /// What was given instead.
    pub given: Option<String>,
}

/// A field in which a copy may stand.
struct Place {
    node: usize,
    field: FieldPath,
    form: NormalForm,
    /// Records are found over it, from the record that is corrected.
    leads_here: bool,
}

/// Proposes each datum's correction for its copies, a number a record; those that are taken are made. Copies that
/// cannot be corrected are problems.
pub(super) fn propose(
    findings: &Findings<'_>,
    data: &[Datum],
    with: &With,
    rows: &mut Vec<Planned>,
) -> Result<Vec<Problem>> {
    let places: Vec<Vec<Place>> = data.iter().map(|datum| places(findings, datum)).collect();
    let mut problems = Vec::new();
    let mut proposals = Vec::new();
    let mut number = 0;
    for row in rows.iter_mut().filter(|r| r.is_own()) {
        let mut copy = Copy::default();
        for (datum, places) in data.iter().zip(&places) {
            for place in places.iter().filter(|p| p.node == row.node) {
                copy.look(findings, datum, place, row, &mut problems);
            }
        }
        if copy.fields.is_empty() {
            continue;
        }
        number += 1;
        let mut changed =
            if with.takes(number) { None } else { Some(Planned { old: vec![], after: vec![], ..row.clone() }) };
        let target = changed.as_mut().unwrap_or(row);
        if target.action != Action::Correct || !with.takes(number) {
            target.reason = copy.reason();
            target.proposal = Some(number);
        }
        target.action = if with.takes(number) { Action::Correct } else { Action::Propose };
        copy.fields.into_iter().for_each(|(field, old, new)| target.correct(field, old, new));
        proposals.extend(changed);
    }
    rows.extend(proposals);
    refuse_unknown(with, number)?;
    Ok(problems)
}

/// The copies in one record.
#[derive(Default)]
struct Copy {
    fields: Vec<(FieldPath, Value, Value)>,
    leads_here: bool,
}

impl Copy {
    fn look(
        &mut self,
        findings: &Findings<'_>,
        datum: &Datum,
        place: &Place,
        row: &Planned,
        problems: &mut Vec<Problem>,
    ) {
        let known = row.after.iter().map(|(f, _)| f).chain(self.fields.iter().map(|(f, ..)| f));
        if known.into_iter().any(|f| *f == place.field) {
            return;
        }
        let normal = |value: &Value, node: usize| {
            let country = findings.graph.nodes[node].source.default_country.as_deref();
            normal_of(value, place.form, country).map(|n| n.into_owned())
        };
        let held = row.record.at(&place.field);
        let Some(wanted) = normal(&datum.old, datum.node) else { return };
        let Some(old) = held.iter().find(|v| normal(v, row.node).as_ref() == Some(&wanted)) else { return };
        let here = &findings.graph.nodes[row.node];
        let mut left = |why: &str| {
            let at = format!("{}.{}.{}", here.source.name, here.collection.name, place.field);
            let problem = Problem::new(
                "copy-left",
                at,
                format!("it holds the old value too and cannot be corrected along: {why}"),
            );
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        };
        if held.len() > 1 {
            return left("it is a list of several values");
        }
        if let Some(why) = fixed(findings, row.node, &place.field) {
            return left(why);
        }
        match fitted(findings, row.node, &place.field, datum.given.as_deref(), old) {
            Ok(new) if new == **old => {}
            Ok(new) => {
                self.leads_here |= place.leads_here;
                self.fields.push((place.field.clone(), (*old).clone(), new));
            }
            Err(fits) => left(&format!("what fits there is {fits}")),
        }
    }

    fn reason(&self) -> Reason {
        let text = match self.leads_here {
            true => "the same value stands here, and the record is found over it: left as it is, it is found no longer",
            false => "the same value stands here",
        };
        Reason::new("copy", text)
    }
}

/// Every field that means the same as the datum's.
fn places(findings: &Findings<'_>, datum: &Datum) -> Vec<Place> {
    let nodes = &findings.graph.nodes;
    let origin = nodes[datum.node].collection;
    let (mine, category) = (identities(origin, &datum.field), category(origin, &datum.field));
    let form_of = |identity: &str| findings.graph.map.identities.get(identity).map(|i| i.normal);
    let usual = mine.first().and_then(|i| form_of(i)).or_else(|| category.and_then(|c| form_of_category(findings, c)));
    let mut places = Vec::new();
    for (n, node) in nodes.iter().enumerate() {
        for field in fields(findings, n) {
            let shared = identities(node.collection, &field).into_iter().find(|i| mine.contains(i));
            let linked = node.collection.links.iter().any(|l| {
                let ends = l.from.iter().zip(&l.to).any(|(from, to)| *from == field && *to == datum.field);
                ends && l.to_source == nodes[datum.node].source.name && l.to_collection == origin.name
            });
            let same = n == datum.node && field == datum.field;
            let alike = category.is_some() && self::category(node.collection, &field) == category;
            if shared.is_some() || linked || same || alike {
                let form = shared.and_then(form_of).or(usual).unwrap_or(NormalForm::Text);
                places.push(Place { node: n, field, form, leads_here: linked });
            }
        }
    }
    places
}

/// The fields of a collection that the map names, once each.
fn fields(findings: &Findings<'_>, node: usize) -> Vec<FieldPath> {
    let here = &findings.graph.nodes[node];
    let named = here.collection.fields.keys().chain(&here.collection.other).map(|name| here.source.field_path(name));
    let identities = here.collection.identities.iter().map(|(_, field)| field.clone());
    let links = here.collection.links.iter().flat_map(|l| l.from.clone());
    let mut fields: Vec<FieldPath> = named.chain(identities).chain(links).collect();
    fields.sort();
    fields.dedup();
    fields
}

fn identities<'m>(collection: &'m Collection, field: &FieldPath) -> Vec<&'m str> {
    collection.identities.iter().filter(|(_, f)| f == field).map(|(name, _)| name.as_str()).collect()
}

fn category<'m>(collection: &'m Collection, field: &FieldPath) -> Option<&'m str> {
    collection.field(field.as_str())?.category.as_deref()
}

/// How values of a category are compared: as the identity that fields of this category hold somewhere in the map.
fn form_of_category(findings: &Findings<'_>, category: &str) -> Option<NormalForm> {
    let map = findings.graph.map;
    let collections = map.sources.iter().flat_map(|s| &s.collections);
    collections.flat_map(|c| c.identities.iter().map(move |held| (c, held))).find_map(|(c, (name, field))| {
        (self::category(c, field) == Some(category)).then(|| map.identities.get(name).map(|i| i.normal))?
    })
}

fn refuse_unknown(with: &With, most: u32) -> Result<()> {
    let With::Numbers(numbers) = with else { return Ok(()) };
    match numbers.iter().find(|n| **n == 0 || **n > most) {
        None => Ok(()),
        Some(n) => Err(Error::refused(format!("--with {n}: there is no proposal of that number")).hint(match most {
            0 => "nothing is proposed: no other copy of the old value was found".to_owned(),
            most => format!("proposals are numbered from 1 to {most}; make the plan without --with to see them"),
        })),
    }
}
