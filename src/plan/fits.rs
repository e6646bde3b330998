//! What a plan rests on in the sources beside the records it changes: that the record to which references of everybody
//! who is gone are led is there. Reads only. What a `CHECK` allows is left to the source, when the plan is applied.

use std::collections::BTreeMap;

use super::stay::is_at;
use super::{Action, Plan};
use crate::error::{Error, Result};
use crate::find::{Findings, Node};
use crate::map::FieldErase;
use crate::record::{FieldPath, Value};

/// Where a reference leads: the source, the collection, the field.
type Target = (String, String, FieldPath);

/// Refuses a plan that would lead a reference to a record that is not there.
pub fn refuse_misfits(findings: &mut Findings<'_>, plan: &Plan) -> Result<()> {
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
