//! BagIt (RFC 8493): the plain files that list every other file with its digest, and what the bag is.

use std::io::{self, Write};

use super::assemble::Payload;
use super::deflate::Entry;
use super::visible::line;
use super::{Cover, FORMAT, Kind};

/// `bagit.txt`.
pub const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// `bag-info.txt`: what the bag is, for people and programs. Every value is one line.
pub fn info(cover: &Cover<'_>, payload: &Payload, public_key: &str) -> String {
    let bytes: u64 = payload.entries().map(|e| e.bytes).sum();
    let controller = &cover.map.controller;
    let mut out = String::new();
    let mut add = |label: &str, value: &str| {
        let value = line(value);
        if !value.is_empty() {
            out.push_str(&format!("{label}: {value}\n"));
        }
    };
    add("Source-Organization", &controller.name);
    add("Contact-Email", controller.contact.as_deref().unwrap_or_default());
    add("External-Identifier", &cover.reference);
    let what = match cover.kind {
        Kind::Copy => "Copy of personal data, in answer to a request of the person (GDPR Art. 15)",
        Kind::Portable => "Personal data a person takes along, in answer to her request (GDPR Art. 20)",
    };
    add("External-Description", what);
    add("Bagging-Date", &cover.as_of.strftime("%Y-%m-%d").to_string());
    add("Payload-Oxum", &format!("{bytes}.{}", payload.entries().len()));
    add("Bag-Software-Agent", &format!("Redress {}", env!("CARGO_PKG_VERSION")));
    add("Redress-Format", &FORMAT.to_string());
    add("Redress-Right", cover.kind.right());
    add("Redress-As-Of", &cover.as_of.to_string());
    add("Redress-Log-Head", &cover.log_head);
    add("Redress-Key", public_key);
    out
}

/// A manifest: one line a file, `digest  path`.
pub fn manifest<'e>(entries: impl IntoIterator<Item = &'e Entry>, out: &mut dyn Write) -> io::Result<()> {
    entries.into_iter().try_for_each(|e| writeln!(out, "{}  {}", e.sha256, e.path))
}

/// What the signature's trusted comment says; one line, parts separated by `; `.
pub fn comment(cover: &Cover<'_>) -> String {
    let part = |text: &str| line(text).replace(';', ",");
    let comment = format!(
        "redress archive {FORMAT}; reference={}; as_of={}; log_head={}",
        part(&cover.reference),
        cover.as_of,
        part(&cover.log_head)
    );
    comment.trim().to_owned()
}

/// What a trusted comment says: reference, time point, log head.
pub fn read_comment(comment: &str) -> (String, String, String) {
    let part = |name: &str| {
        let find = |part: &str| part.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
        comment.split(';').find_map(find).unwrap_or_default()
    };
    (part("reference"), part("as_of"), part("log_head"))
}
