//! `sources/NAME.toml`: where a source is, and its collections.

use encoding_rs::Encoding;
use std::path::{Path, PathBuf};

use super::collection::collection;
use super::defaults::Defaults;
use super::keys;
use super::names::Names;
use super::node::{Node, Table};
use super::suggest::did_you_mean;
use super::workspace::undeclared;
use crate::map::phone;
use crate::map::{Address, Collection, SourceMap};
use crate::source::{KINDS, server};

/// Reads everything but the collections.
pub(super) fn head(root: &Table<'_>, name: &str, workspace: &Path) -> SourceMap {
    root.only(&[keys::SOURCE, keys::DEFAULTS].concat());
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let kind = root.need("kind", &format!("one of: {}", kinds.join(", ")));
    let kind = kind.and_then(|n| n.word(&kinds.iter().map(|k| (*k, (*k).to_owned())).collect::<Vec<_>>()));
    let (path, written) = address(root, kind.as_deref(), workspace);
    SourceMap {
        name: name.to_owned(),
        address: Address {
            delimiter: csv_only(root, "delimiter", kind.as_deref()).and_then(|n| delimiter(&n)),
            encoding: csv_only(root, "encoding", kind.as_deref()).and_then(|n| encoding(&n)),
            kind: kind.unwrap_or_default(),
            path,
            written,
        },
        controller: root.get("controller").and_then(|n| n.text()).map(str::to_owned),
        default_country: root.get("default_country").and_then(|n| default_country(&n)),
        collections: Vec::new(),
        place: root.place(),
    }
}

/// Reads the collections, in the order of the file.
pub(super) fn collections(root: &Table<'_>, head: &SourceMap, names: &Names) -> Vec<Collection> {
    if let Some(node) = root.get("controller")
        && let Some(name) = &head.controller
        && let Some((message, hint)) = undeclared(name, names, "affiliate")
    {
        node.fault(message, Some(hint));
    }
    let defaults = Defaults::default().read(root, names);
    root.named("collection").iter().filter_map(|node| collection(node, head, names, &defaults)).collect()
}

/// Where the source is, made absolute and as written: by `path`, or for a server by `url`.
fn address(root: &Table<'_>, kind: Option<&str>, workspace: &Path) -> (PathBuf, String) {
    let is_server = kind.is_some_and(server::is_server);
    let (key, other) = if is_server { ("url", "path") } else { ("path", "url") };
    if let (Some(kind), Some(node)) = (kind, root.get(other)) {
        node.key_fault(format!("means nothing for kind = {kind:?}"), Some(format!("write {key} instead")));
    }
    let hint = match is_server {
        true => "the address of the database, as in postgres://app:${SHOP_PASSWORD}@db.example/shop",
        false => "the file or folder, from the workspace",
    };
    // Where the kind is not known, either will do.
    let node = if kind.is_none() && root.get(other).is_some() { None } else { root.need(key, hint) };
    let text = node.as_ref().and_then(|n| n.text()).unwrap_or_default();
    if !is_server {
        return (absolute(workspace, text), text.to_owned());
    }
    if let Some(node) = node.filter(|_| !text.is_empty()) {
        let scheme = text.split_once("://").and_then(|(scheme, _)| server::kind_of_scheme(scheme));
        let wrong =
            scheme.is_some_and(|found| Some(found) != kind).then(|| "is the address of another kind of source".into());
        if let Some(fault) = wrong.or_else(|| server::fault(text)) {
            node.fault(fault, Some("docs/sources.md tells what an address can say".into()));
        }
    }
    (absolute(workspace, ""), text.to_owned())
}

fn absolute(workspace: &Path, path: &str) -> std::path::PathBuf {
    let path = workspace.join(path);
    std::path::absolute(&path).unwrap_or(path)
}

fn csv_only<'a>(root: &Table<'a>, key: &str, kind: Option<&str>) -> Option<Node<'a>> {
    let node = root.get(key)?;
    match kind {
        Some("csv") => Some(node),
        Some(kind) => {
            node.key_fault(format!("means nothing for kind = {kind:?}"), Some("remove it: only csv has it".into()));
            None
        }
        None => None,
    }
}

fn delimiter(node: &Node<'_>) -> Option<u8> {
    match node.any_text()?.as_bytes() {
        [one] if one.is_ascii() && !matches!(one, b'"' | b'\r' | b'\n' | 0) => Some(*one),
        _ => {
            let hint = "for example \",\" or \";\" or \"\\t\" or \"|\"";
            node.fault("is not one character of ASCII that can stand between fields", Some(hint.into()));
            None
        }
    }
}

fn encoding(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let readable = |encoding: &'static Encoding| encoding == encoding_rs::UTF_8 || encoding.is_single_byte();
    if !Encoding::for_label(text.as_bytes()).is_some_and(readable) {
        let common = ["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1251"];
        node.fault(
            format!("{text:?} is not an encoding that can be read"),
            Some(did_you_mean(text, &common, "for example")),
        );
        return None;
    }
    Some(text.to_owned())
}

fn default_country(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    if !code || !phone::is_region(text) {
        let hint = "two capital letters (ISO 3166), as in SG, DE, BR";
        node.fault(format!("{text:?} is not the code of a country with phone numbers"), Some(hint.into()));
        return None;
    }
    Some(text.to_owned())
}
