//! Collections of groups: a tenant of a system, a firm, a team. Other records that belong to one of theirs bear the
//! names and addresses of different people, so that what belongs to the group is nobody's own, whatever it is called.

use std::collections::{BTreeMap, BTreeSet};

use super::identities::finds_people;
use super::recognise::Kind;
use super::refer::Reference;
use super::table::{Table, spelled};
use crate::record::{FieldPath, Record};

/// So many people on the average make a group; fewer may be whom one person named.
const MEMBERS: usize = 3;

/// Whether the collection is one of groups.
pub(super) fn is_group(tables: &[Table], references: &[Reference], t: usize) -> bool {
    let tells = |k: Kind| {
        use Kind::*;
        matches!(k, FirstName | LastName | DateOfBirth | Gender | NationalId | Phone | Password | Salutation)
    };
    let person = tables[t].fields.iter().any(|f| f.is_sure() && !f.found.about_other && tells(f.found.kind));
    let members = |r: &Reference| r.to == t && r.from != t && r.only.is_none() && (r.declared || r.sure);
    !person && !finds_people(&tables[t]) && references.iter().filter(|r| members(r)).any(|r| has_members(tables, r))
}

/// Whether a reference ties many people to one record.
fn has_members(tables: &[Table], r: &Reference) -> bool {
    let table = &tables[r.from];
    // Numbered within the group: the key begins with it and goes on.
    let within = table.key.len() > r.from_columns.len() && table.key.starts_with(&r.from_columns);
    let groups = names_by_group(table, &r.own_paths(tables));
    let members: usize = groups.iter().map(BTreeSet::len).sum();
    differ(&groups) && (within || members >= MEMBERS * groups.len())
}

/// Whether records with the same values in these fields name different people, as far as the sample tells.
pub(super) fn names_different_people(table: &Table, paths: &[FieldPath]) -> bool {
    finds_people(table) && differ(&names_by_group(table, paths))
}

fn differ(groups: &[BTreeSet<String>]) -> bool {
    let several = groups.iter().filter(|names| names.len() > 1).count();
    several > 0 && several * 2 > groups.len()
}

/// The names in the sample, apart for each value of these fields; only groups of more than one record.
fn names_by_group(table: &Table, paths: &[FieldPath]) -> Vec<BTreeSet<String>> {
    let own = |f: &&super::table::Field| f.is_sure() && !f.found.about_other && f.found.kind.is_name();
    let names: Vec<&FieldPath> = table.fields.iter().filter(own).map(|f| &f.path).collect();
    if names.is_empty() || !finds_people(table) {
        return Vec::new();
    }
    let text = |record: &Record, path: &FieldPath| -> String {
        record.at(path).into_iter().map(|v| spelled(v).to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    let mut groups: BTreeMap<Vec<String>, (usize, BTreeSet<String>)> = BTreeMap::new();
    for record in &table.sample {
        let of: Vec<String> = paths.iter().map(|p| text(record, p)).collect();
        let name: Vec<String> = names.iter().map(|p| text(record, p)).collect();
        if of.iter().any(String::is_empty) || name.iter().all(String::is_empty) {
            continue;
        }
        let group = groups.entry(of).or_default();
        group.0 += 1;
        group.1.insert(name.join(" "));
    }
    groups.into_values().filter(|(records, _)| *records > 1).map(|(_, names)| names).collect()
}
