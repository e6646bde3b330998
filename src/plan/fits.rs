//! What a plan rests on in the sources beside the records it changes: that the record to which references of everybody
//! who is gone are led is there, and that the `CHECK` constraints of the sources take the records as they will be. Reads only.

use std::collections::BTreeMap;

use super::stay::is_at;
use super::{Action, Change, Plan};
use crate::error::{Error, Result};
use crate::find::{Findings, Node};
use crate::map::FieldErase;
use crate::record::{FieldPath, Key, Record, Value};

/// Where a reference leads: the source, the collection, the field.
type Target = (String, String, FieldPath);

/// Refuses a plan that would lead a reference to a record that is not there, or that a source would not take.
pub fn refuse_misfits(findings: &mut Findings<'_>, plan: &Plan) -> Result<()> {
    refuse_lost_references(findings, plan)?;
    refuse_broken_checks(findings, plan)
}

/// How many records are tried at once.
const AT_ONCE: usize = 500;

fn refuse_broken_checks(findings: &mut Findings<'_>, plan: &Plan) -> Result<()> {
    let mut changes: BTreeMap<(&str, &str), BTreeMap<&Key, &Change>> = BTreeMap::new();
    for change in plan.changes.iter().filter(|c| c.action.writes() && !c.after.is_empty()) {
        changes.entry((&change.source, &change.collection)).or_default().insert(&change.key, change);
    }
    for ((source, collection), changes) in changes {
        let node = findings.graph.node(source, collection)?;
        let mut after: Vec<(Record, &Change)> = Vec::new();
        findings.every(node, &mut |row, _| {
            if let Some(change) = changes.get(&row.key) {
                let mut record = row.record;
                change.after.iter().for_each(|(field, value)| {
                    record.put(field, value.clone());
                });
                after.push((record, change));
            }
            Ok(())
        })?;
        for some in after.chunks(AT_ONCE) {
            let records: Vec<Record> = some.iter().map(|(record, _)| record.clone()).collect();
            if let Some(broken) = findings.broken_check(node, &records)? {
                let mut fields: Vec<String> =
                    some.iter().flat_map(|(_, c)| &c.after).map(|(field, _)| field.to_string()).collect();
                fields.sort();
                fields.dedup();
                let fields = fields.join(", ");
                return Err(Error::refused(format!(
                    "{source}.{collection}: {broken} does not take what the plan would put into {fields}"
                ))
                .hint("give the field another `erase` in the map (`redress check` lists them), or another value"));
            }
        }
    }
    Ok(())
}

fn refuse_lost_references(findings: &mut Findings<'_>, plan: &Plan) -> Result<()> {
    let mut wanted: BTreeMap<Target, BTreeMap<Value, String>> = BTreeMap::new();
    for change in plan.changes.iter().filter(|c| c.action.writes() && c.action != Action::Delete) {
        let here = |n: &&Node<'_>| n.source.name == change.source && n.collection.name == change.collection;
        let Some(node) = findings.graph.nodes.iter().find(here) else { continue };
        for (name, field) in &node.collection.fields {
            let Some(FieldErase::Point(_)) = &field.erase else { continue };
            let path = node.source.field_path(name);
            let set = change.after.iter().filter(|(f, v)| (*f == path || is_at(&path, f)) && !v.is_null());
            for (_, value) in set {
                if let Some(target) = target(node, &path) {
                    let place = format!("{}.{}.{name}", change.source, change.collection);
                    wanted.entry(target).or_default().insert(value.clone(), place);
                }
            }
        }
    }
    for ((source, collection, field), values) in wanted {
        let node = findings.graph.node(&source, &collection)?;
        for (value, place) in values {
            if !findings.holds(node, &field, &value)? {
                return Err(Error::refused(format!(
                    "{place}: erase = {{ point = … }} does not fit: {source}.{collection} has no record with that {field}"
                ))
                .hint("make one record there that stands for everybody who is gone, and name its key in the map"));
            }
        }
    }
    Ok(())
}

/// Where a field refers to: by a link of the map, else by a declared reference.
fn target(node: &Node<'_>, path: &FieldPath) -> Option<Target> {
    let linked = node.collection.links.iter().find(|l| l.from == [path.clone()]);
    let linked = linked.map(|l| (l.to_source.clone(), l.to_collection.clone(), l.to[0].clone()));
    linked.or_else(|| {
        let declared = node.shape.iter().flat_map(|s| &s.references).find(|r| r.columns == [path.as_str()])?;
        Some((node.source.name.clone(), declared.to.clone(), FieldPath::column(declared.to_columns.first()?)))
    })
}
