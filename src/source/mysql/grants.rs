//! Which rights a user needs, as the GRANT statements that give them.

use super::catalogue::{Catalogue, full_name};
use super::quoted;
use crate::source::{Need, Rights};

impl Catalogue {
    /// Whether a right on a table is given: for it, for its database, or for all.
    fn has(&self, table: &str, right: &str) -> bool {
        let all = |r: &str| r.eq_ignore_ascii_case("ALL PRIVILEGES");
        let fits = |(on, r): &(Option<String>, String)| {
            on.as_deref().is_none_or(|t| t == table) && (r.eq_ignore_ascii_case(right) || all(r))
        };
        self.given.iter().any(fits)
    }
}

/// The rights of a user that can do what the map asks and nothing else.
pub(super) fn rights(catalogue: &Catalogue, needs: &[Need<'_>]) -> Rights {
    // Who may do everything needs no grants: what is shown is meant for a user made for this.
    let role = match catalogue.given.iter().any(|(on, r)| on.is_none() && r == "SUPER") {
        true => "'redress'@'%'".to_owned(),
        false => catalogue.role.clone(),
    };
    let mut rights = Rights { role: role.clone(), ..Rights::default() };
    for need in needs {
        let place = full_name(catalogue, need.collection);
        let found = catalogue.find(need.collection);
        let read = format!("GRANT SELECT ON {place} TO {role};");
        if found.is_none() || !catalogue.has(need.collection, "SELECT") {
            rights.missing_to_read.push(read.clone());
        }
        rights.to_read.push(read);
        let mut change = |grant: String, held: bool| {
            if !held {
                rights.missing_to_change.push(grant.clone());
            }
            rights.to_change.push(grant);
        };
        if need.delete {
            change(format!("GRANT DELETE ON {place} TO {role};"), catalogue.has(need.collection, "DELETE"));
        }
        if need.insert {
            change(format!("GRANT INSERT ON {place} TO {role};"), catalogue.has(need.collection, "INSERT"));
        }
        if !need.set.is_empty() {
            let all = catalogue.has(need.collection, "UPDATE");
            let may = |column: &&str| {
                let table = found.map(|(_, table)| table);
                table.and_then(|t| t.names.iter().position(|n| n == column).map(|i| t.updatable[i])).unwrap_or(false)
            };
            // Locking rows needs a right on the whole table; DELETE is one.
            let grant = match need.delete {
                true => {
                    let columns: Vec<String> = need.set.iter().map(|c| quoted(c)).collect();
                    format!("GRANT UPDATE ({}) ON {place} TO {role};", columns.join(", "))
                }
                false => format!("GRANT UPDATE ON {place} TO {role};"),
            };
            change(grant, all || need.delete && need.set.iter().all(may));
        }
    }
    rights
}
