//! `[policy]`: which plans and archives a second person must approve, and how large a plan may be.

use super::keys;
use super::node::{Node, Table};
use crate::map::{Policy, ReleasePolicy};

/// Reads the policy.
pub(super) fn policy(node: &Node<'_>) -> Option<Policy> {
    let table = node.table(keys::POLICY)?;
    let key = |n: &Node<'_>| {
        let text = n.text()?;
        let fits = text.len() == 56 && text.starts_with("RW");
        if !fits {
            let hint = "one line of 56 characters that starts with RW".to_owned();
            n.fault(format!("{text:?} is not a public key of minisign"), Some(hint));
        }
        fits.then(|| (n.name.to_owned(), text.to_owned()))
    };
    Some(Policy {
        approve: rights(&table, "plans", &["erasure", "rectification"]),
        approve_above: number(&table, "approve_above"),
        approve_categories: categories(&table),
        max_records: number(&table, "max_records"),
        typed: table.get("typed").and_then(|n| n.flag()).unwrap_or_default(),
        release: table.get("release").and_then(|n| release(&n)).unwrap_or_default(),
        approvers: table.named("approvers").iter().filter_map(key).collect(),
    })
}

/// Reads what must be approved before it is handed over.
fn release(node: &Node<'_>) -> Option<ReleasePolicy> {
    let table = node.table(keys::RELEASE_POLICY)?;
    Some(ReleasePolicy {
        approve: rights(&table, "archives", &["access", "portability"]),
        approve_above: number(&table, "approve_above"),
        approve_categories: categories(&table),
        approve_plain: table.get("approve_plain").and_then(|n| n.flag()).unwrap_or_default(),
    })
}

/// Rights whose plans or archives are approved.
fn rights(table: &Table<'_>, what: &str, known: &[&str]) -> Vec<String> {
    let right = |(word, item): (&str, Node<'_>)| {
        let is_known = known.contains(&word);
        if !is_known {
            item.fault(format!("{word:?} is no right whose {what} can be approved"), Some(known.join(", ")));
        }
        is_known.then(|| word.to_owned())
    };
    table.get("approve").and_then(|n| n.texts()).unwrap_or_default().into_iter().filter_map(right).collect()
}

fn categories(table: &Table<'_>) -> Vec<String> {
    let texts = table.get("approve_categories").and_then(|n| n.texts()).unwrap_or_default();
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// A number of records.
fn number(table: &Table<'_>, key: &str) -> Option<u64> {
    let node = table.get(key)?;
    let read = node.number()?.parse::<u64>();
    if read.is_err() {
        node.fault("is no number of records", Some("a whole number, as in 1000".into()));
    }
    read.ok()
}
