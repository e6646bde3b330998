//! `[policy]`: which plans a second person must approve, and how large a plan may be.

use super::keys;
use super::node::Node;
use crate::map::Policy;

/// Reads the policy.
pub(super) fn policy(node: &Node<'_>) -> Option<Policy> {
    let table = node.table(keys::POLICY)?;
    let texts = |key| table.get(key).and_then(|n| n.texts()).unwrap_or_default();
    let number = |key| {
        let node = table.get(key)?;
        let read = node.number()?.parse::<u64>();
        if read.is_err() {
            node.fault("is no number of records", Some("a whole number, as in 1000".into()));
        }
        read.ok()
    };
    let right = |(word, item): (&str, Node<'_>)| {
        let known = ["erasure", "rectification"].contains(&word);
        if !known {
            let hint = "erasure, rectification".to_owned();
            item.fault(format!("{word:?} is no right whose plans can be approved"), Some(hint));
        }
        known.then(|| word.to_owned())
    };
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
        approve: texts("approve").into_iter().filter_map(right).collect(),
        approve_above: number("approve_above"),
        approve_categories: texts("approve_categories").into_iter().map(|(text, _)| text.to_owned()).collect(),
        max_records: number("max_records"),
        typed: table.get("typed").and_then(|n| n.flag()).unwrap_or_default(),
        approvers: table.named("approvers").iter().filter_map(key).collect(),
    })
}
