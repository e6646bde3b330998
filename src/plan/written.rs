//! How the person's identifiers stood in their own records: what is known of their spelling, and what tells them apart
//! beside the identities. The search folds spellings away; the sweep after an erasure needs them, because some codings
//! hide letter case. Pure.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::fmt;

use super::rows::Planned;
use crate::find::Findings;
use crate::map::DataMap;
use crate::record::Key;
use crate::sweep::telling_fields;

/// One spelling. Personal data.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Written {
    /// The identity, or the field's category.
    pub kind: String,
    /// As it stood there.
    pub text: String,
    /// The source's default country, for telephone numbers.
    pub country: Option<String>,
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({})", self.kind)
    }
}

/// Longer values are no identifiers.
const LONGEST: usize = 200;

/// Every spelling in the subjects' own records, once.
pub(super) fn of(findings: &Findings<'_>, map: &DataMap, rows: &[Planned]) -> Vec<Written> {
    let persons: BTreeSet<(&str, &str, &Key)> = findings
        .subjects
        .iter()
        .flat_map(|s| s.persons.iter().map(|p| (p.source.as_str(), p.collection.as_str(), &p.key)))
        .collect();
    let identifiers = findings.subjects.iter().flat_map(|s| &s.identifiers);
    let known: HashSet<(&str, &str)> =
        identifiers.flat_map(|(kind, all)| all.iter().map(|normal| (kind.as_str(), normal.as_str()))).collect();
    let mut all = BTreeSet::new();
    for row in rows.iter().filter(|row| row.is_own()) {
        let node = &findings.graph.nodes[row.node];
        let is_person = persons.contains(&(node.source.name.as_str(), node.collection.name.as_str(), &row.key));
        for (field, kind, form) in telling_fields(map, node.collection) {
            for value in row.record.at(&node.source.field_path(field)) {
                let Some(text) = value.plain().filter(|t| !t.trim().is_empty() && t.len() <= LONGEST) else { continue };
                let country = node.source.default_country.clone();
                // Their records may hold somebody else's identifiers too.
                let normal = form.apply(&text, country.as_deref());
                if is_person || known.contains(&(kind, &*normal)) {
                    all.insert(Written { kind: kind.to_owned(), text: text.into_owned(), country });
                }
            }
        }
    }
    all.into_iter().collect()
}
