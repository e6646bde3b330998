//! Four eyes: whether a plan needs a second person, and how much it changes. Pure.

use super::{Asked, Change, Plan};
use crate::map::DataMap;

/// How many records a plan changes.
pub fn changed(plan: &Plan) -> u64 {
    plan.changes.iter().filter(|c| c.action.writes()).map(|c| c.count).sum()
}

/// Why a plan needs the approval of a second person; nothing where it needs none.
pub fn needs_approval(map: &DataMap, plan: &Plan) -> Vec<String> {
    let policy = &map.policy;
    let mut why = Vec::new();
    let right = match plan.header.asked {
        Asked::Correct(_) => "rectification",
        _ => "erasure",
    };
    let changed = changed(plan);
    if changed > 0 && policy.approve.iter().any(|r| r == right) {
        why.push(format!("every plan of {right} does"));
    }
    if let Some(most) = policy.approve_above.filter(|most| changed > *most) {
        why.push(format!("it changes {changed} records, more than {most}"));
    }
    for category in &policy.approve_categories {
        if plan.changes.iter().any(|c| c.action.writes() && holds(map, c, category)) {
            why.push(format!("it changes records with {category}"));
        }
    }
    why
}

/// Whether the collection of a change has a field of that category, or below it.
fn holds(map: &DataMap, change: &Change, category: &str) -> bool {
    let is = |c: &String| c.strip_prefix(category).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let collection = map.source(&change.source).and_then(|s| s.collection(&change.collection));
    collection.is_some_and(|c| c.fields.values().filter_map(|f| f.category.as_ref()).any(is))
}
