//! `redress.toml`: identities and retention rules; who answers for the data and why they are held is in `law`.

use jiff::Span;
use std::collections::BTreeMap;

use super::keys;
use super::law::{self, words};
use super::names::Names;
use super::node::{Node, Table};
use super::policy;
use super::suggest::did_you_mean;
use crate::map::{
    DataMap, Erasure, Ground, HashKind, Identity, NormalForm, Period, RetentionRule, Strength, Then, Undo,
};

/// The version of the map's syntax this program reads.
const VERSION: &str = "1";

/// Reads the file into a map without sources.
pub(super) fn workspace(root: &Table<'_>) -> DataMap {
    root.only(keys::WORKSPACE);
    if let Some(found) = root.need("version", "write version = 1 as the first line").and_then(version) {
        found.fault("is a version this redress does not read", Some("install the redress that wrote this map".into()));
    }
    let controller = root.need("controller", "add a table [controller] with a name");
    DataMap {
        controller: controller.as_ref().and_then(law::controller).unwrap_or_default(),
        affiliates: all(root, "affiliate", law::controller),
        purposes: all(root, "purpose", law::purpose),
        recipients: all(root, "recipient", law::recipient),
        automated: all(root, "automated", law::automated),
        acknowledged: law::acknowledged(root),
        identities: root.named("identity").iter().filter_map(identity).map(|i| (i.name.clone(), i)).collect(),
        erasure: root.get("erasure").and_then(|n| erasure(&n)).unwrap_or_default(),
        undo: root.get("undo").and_then(|n| undo(&n)),
        retention: root.named("retention").iter().filter_map(retention).map(|r| (r.name.clone(), r)).collect(),
        policy: root.get("policy").and_then(|n| policy::policy(&n)).unwrap_or_default(),
        ledger: root.get("ledger").and_then(|n| ledger(&n)).unwrap_or_default(),
        sources: Vec::new(),
    }
}

fn ledger(node: &Node<'_>) -> Option<Period> {
    let table = node.table(keys::LEDGER)?;
    let keep = table.need("keep", "say how long your longest-lived backup lives: keep = \"P1Y\"")?;
    duration(&keep).map(|(span, text)| Period { span, text })
}

/// The tables `[KIND.NAME]`, by name.
fn all<T>(root: &Table<'_>, kind: &str, one: fn(&Node<'_>) -> Option<T>) -> BTreeMap<String, T> {
    root.named(kind).iter().filter_map(|node| Some((node.name.to_owned(), one(node)?))).collect()
}

/// The version, where it is not the one known.
fn version(node: Node<'_>) -> Option<Node<'_>> {
    (node.number()? != VERSION).then_some(node)
}

fn identity(node: &Node<'_>) -> Option<Identity> {
    let table = node.table(keys::IDENTITY)?;
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if node.name.is_empty() || !node.name.chars().all(plain) {
        let hint = "letters, digits, _ and - only: it is typed in selectors, as in email=…";
        node.key_fault("cannot be the name of an identity", Some(hint.into()));
    }
    let forms = [NormalForm::Email, NormalForm::Phone, NormalForm::Text, NormalForm::Exact].map(|f| (f.word(), f));
    let strengths = [("unique", Strength::Unique), ("shared", Strength::Shared)];
    let normal = table.get("normal").and_then(|n| n.word(&forms));
    let strength = table.get("strength").and_then(|n| n.word(&strengths));
    let kinds = HashKind::ALL.map(|hash| (hash.word(), hash));
    let hashes = table.get("hashes").and_then(|n| n.items()).unwrap_or_default();
    let hashes = hashes.iter().filter_map(|n| n.word(&kinds)).collect();
    Some(Identity {
        name: node.name.to_owned(),
        normal: normal.unwrap_or(NormalForm::Exact),
        strength: strength.unwrap_or(Strength::Unique),
        hashes,
    })
}

fn retention(node: &Node<'_>) -> Option<RetentionRule> {
    let table = node.table(keys::RETENTION)?;
    let because = table.need("because", "say in plain words why the records must stay");
    let law = table.get("law").and_then(|n| words(&n));
    let keep = table.need("keep", "say how long, as an ISO 8601 duration: keep = \"P10Y\"");
    let then = table.need("then", "say what happens after it: then = \"delete\" or \"anonymise\"");
    let because = because.and_then(|n| words(&n));
    let keep = keep.and_then(|n| duration(&n));
    let then = then.and_then(|n| n.word(&[("delete", Then::Delete), ("anonymise", Then::Anonymise)]));
    let (keep, keep_text) = keep?;
    Some(RetentionRule {
        name: node.name.to_owned(),
        because: because?,
        law,
        keep,
        keep_text,
        then: then?,
        isolate: table.get("meanwhile").and_then(|n| n.word(&[("keep", false), ("isolate", true)])).unwrap_or_default(),
    })
}

fn erasure(node: &Node<'_>) -> Option<Erasure> {
    let table = node.table(keys::ERASURE)?;
    let ground = table.get("ground").and_then(|n| {
        let text = n.text()?;
        let known = Ground::of(text).map(|g| g.code.to_owned());
        if known.is_none() {
            n.fault(format!("{text:?} is no ground for erasure"), Some(format!("one of: {}", Ground::codes())));
        }
        known
    });
    let alike = table.get("alike").and_then(|n| {
        let number = n.number()?.parse().ok().filter(|n| *n > 0);
        if number.is_none() {
            n.fault("is no number of people", Some("a whole number from 1: alike = 5".into()));
        }
        number
    });
    Some(Erasure { ground, alike })
}

/// For how long an erasure can be taken back, and by whom.
fn undo(node: &Node<'_>) -> Option<Undo> {
    let table = node.table(keys::UNDO)?;
    let window = table.need("window", "say for how long an erasure can be taken back: window = \"P7D\"");
    let named = table.need("keys", "say who can take it back: keys = { officer = \"age1…\" } (age-keygen makes a key)");
    let key = |n: &Node<'_>| {
        let text = n.text()?;
        // A secret key typed in the wrong place is not repeated.
        let fits = text.starts_with("age1") && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !fits {
            n.fault(
                "is not a public key of age",
                Some("one word that starts with age1: `age-keygen -y KEYFILE`".into()),
            );
        }
        fits.then(|| (n.name.to_owned(), text.to_owned()))
    };
    let keys: BTreeMap<String, String> = table.named("keys").iter().filter_map(key).collect();
    if keys.is_empty() && table.named("keys").is_empty() {
        named?.fault("names nobody", Some("keys = { officer = \"age1…\" }".into()));
    }
    let (window, window_text) = duration(&window?)?;
    (!keys.is_empty()).then_some(Undo { window, window_text, keys })
}

/// A positive ISO 8601 duration in calendar units.
pub(super) fn duration(node: &Node<'_>) -> Option<(Span, String)> {
    let text = node.text()?;
    let hint = Some("years, months, weeks or days, as in P10Y, P6M, P1Y6M, P30D".to_owned());
    let iso = text.starts_with('P');
    let Some(span) = iso.then(|| text.parse::<Span>().ok()).flatten() else {
        node.fault(format!("{text:?} is not an ISO 8601 duration"), hint);
        return None;
    };
    if span.is_zero() || span.is_negative() {
        node.fault(format!("{text:?} is no time at all"), hint);
        return None;
    }
    if text.contains('T') {
        node.fault(format!("{text:?} holds hours, minutes or seconds"), hint);
        return None;
    }
    Some((span, text.to_owned()))
}

/// The names a table declares, however its entries look, so that references to a broken entry are no second fault.
pub(super) fn declared(root: &Table<'_>, table: &str) -> Vec<String> {
    root.get(table)
        .filter(Node::is_table)
        .map(|node| node.open_table())
        .map_or_else(Vec::new, |t| t.into_iter().flat_map(|t| t.entries()).map(|n| n.name.to_owned()).collect())
}

/// Message and hint where `name` is not declared in `redress.toml`; none where that file cannot be read.
pub(super) fn undeclared(name: &str, names: &Names, table: &'static str) -> Option<(String, String)> {
    let known: Vec<&str> = names.declared.as_ref()?.get(table)?.iter().map(String::as_str).collect();
    if known.contains(&name) {
        return None;
    }
    let message = format!("redress.toml has no [{table}.{}]", crate::map::write::toml_key(name));
    Some((message, did_you_mean(name, &known, &format!("the [{table}.…] tables of redress.toml"))))
}
