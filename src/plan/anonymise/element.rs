//! Elements of a list, and members of an object, that go: the rest of the document stays.

use super::Misfit;
use crate::record::{FieldPath, Record, Step, Value};

/// The lists or objects without what is hers.
pub(super) fn remove(
    record: &Record,
    field: &FieldPath,
    hers: &dyn Fn(&FieldPath) -> bool,
) -> Result<Vec<(FieldPath, Value)>, Misfit> {
    let Some((last, parents)) = field.steps().split_last().filter(|(_, parents)| !parents.is_empty()) else {
        return Err("only elements of a list and members of an object can be removed, not a whole column".to_owned());
    };
    let parent = FieldPath::of(parents.to_vec());
    let mut out = Vec::new();
    for (path, value) in record.spots(&parent) {
        let below = |step: Step| FieldPath::of([path.steps(), &[step]].concat());
        let (left, gone) = match (last, value) {
            (Step::Each, Value::List(items)) => {
                let kept = items.iter().enumerate().filter(|(i, _)| !hers(&below(Step::At(*i))));
                let kept: Vec<Value> = kept.map(|(_, v)| v.clone()).collect();
                let gone = items.len() - kept.len();
                (Value::List(kept), gone)
            }
            (Step::Name(name), Value::Object(members)) => {
                let kept = members.iter().filter(|(n, _)| n != name || !hers(&below(Step::Name(n.clone()))));
                let kept: Vec<(String, Value)> = kept.cloned().collect();
                let gone = members.len() - kept.len();
                (Value::Object(kept), gone)
            }
            _ => continue,
        };
        if gone > 0 {
            out.push((path, left));
        }
    }
    Ok(out)
}
