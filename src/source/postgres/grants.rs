//! Which rights a role needs, as the GRANT statements that give them.

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Table};
use super::quoted;
use crate::source::{Need, Rights};

/// What the session's role lacks to read a table.
pub(super) fn to_read(catalogue: &Catalogue, table: &Table) -> Vec<String> {
    let role = quoted(&catalogue.session.role);
    let mut missing = Vec::new();
    if !table.usable {
        missing.push(usage(table, &role));
    }
    if !table.select {
        missing.push(format!("GRANT SELECT ON {} TO {role};", table.sql));
    }
    missing
}

fn usage(table: &Table, role: &str) -> String {
    format!("GRANT USAGE ON SCHEMA {} TO {role};", quoted(&table.schema))
}

/// The rights of a role that can do what the map asks and nothing else.
pub(super) fn rights(catalogue: &Catalogue, needs: &[Need<'_>]) -> Rights {
    // A superuser needs no grants: what is shown is meant for a role made for this.
    let role = match catalogue.session.superuser {
        true => "redress".to_owned(),
        false => quoted(&catalogue.session.role),
    };
    let mut rights = Rights { role: role.clone(), ..Rights::default() };
    let connect = format!("GRANT CONNECT ON DATABASE {} TO {role};", quoted(&catalogue.session.database));
    let (mut schemas, mut reads) = (BTreeSet::new(), Vec::new());
    for need in needs {
        let Some((_, table)) = catalogue.find(need.collection) else { continue };
        schemas.insert(usage(table, &role));
        reads.push(format!("GRANT SELECT ON {} TO {role};", table.sql));
        rights.missing_to_read.extend(to_read(catalogue, table));
        let mut change = |grant: String, held: bool| {
            if !held {
                rights.missing_to_change.push(grant.clone());
            }
            rights.to_change.push(grant);
        };
        if need.delete {
            change(format!("GRANT DELETE ON {} TO {role};", table.sql), table.delete);
        }
        if need.insert {
            change(format!("GRANT INSERT ON {} TO {role};", table.sql), table.insert);
        }
        if !need.set.is_empty() {
            let place = |c: &&str| table.names.iter().position(|n| n == c);
            let may = need.set.iter().filter_map(place).all(|i| table.updatable[i]);
            let columns: Vec<String> = need.set.iter().map(|c| quoted(c)).collect();
            change(format!("GRANT UPDATE ({}) ON {} TO {role};", columns.join(", "), table.sql), may);
        }
    }
    rights.to_read = std::iter::once(connect).chain(schemas).chain(reads).collect();
    rights.missing_to_read.sort();
    rights.missing_to_read.dedup();
    rights
}
