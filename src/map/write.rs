//! Writing the map as its files: commented TOML that a person can go on with, and that reads back to the same meaning.
//!
//! What is proposed here is decided elsewhere (`draft`); nothing is written to disk.

mod collection;
mod field;
mod insert;
mod law;
mod toml_text;

pub(super) use field::field_erase;
pub use insert::{Addition, inserted};
pub(super) use toml_text::{toml_key, toml_text};

use super::{DataMap, Ground, SourceMap, Strength, Then};
use collection::collection;
use toml_text::comment;

/// `redress.toml`.
pub fn render_workspace(map: &DataMap) -> String {
    let mut out = String::from(
        "# The data map: what is personal, where it is, how it links, and the rule for each. The sources are in\n\
         # sources/*.toml. No secrets and no personal data belong here; keep it in version control.\n\
         version = 1\n\n[controller]\n",
    );
    if map.controller.name.is_empty() {
        out.push_str("# DECIDE: the name of the organisation that answers for the data\n");
    }
    law::controller(&mut out, &map.controller);
    law::tables(&mut out, map);
    for identity in map.identities.values() {
        out.push_str(&format!("\n[identity.{}]\n", toml_key(&identity.name)));
        out.push_str(&format!("normal = \"{}\"\n", identity.normal.word()));
        let strength = if identity.strength == Strength::Unique { "unique" } else { "shared" };
        out.push_str(&format!("strength = \"{strength}\"\n"));
        if !identity.hashes.is_empty() {
            let hashes: Vec<String> = identity.hashes.iter().map(|h| format!("\"{}\"", h.word())).collect();
            out.push_str(&format!("hashes = [{}]\n", hashes.join(", ")));
        }
    }
    erasure(&mut out, map);
    if let Some(undo) = &map.undo {
        out.push_str(&format!("\n[undo]\nwindow = {}\n", toml_text(&undo.window_text)));
        out.push_str(&format!("keys = {}\n", law::table(&undo.keys)));
    }
    for rule in map.retention.values() {
        out.push_str(&format!("\n[retention.{}]\n", toml_key(&rule.name)));
        out.push_str(&format!("because = {}\n", law::words(&rule.because)));
        law::words_if(&mut out, "law", rule.law.as_ref());
        out.push_str(&format!("keep = {}\n", toml_text(&rule.keep_text)));
        let then = if rule.then == Then::Delete { "delete" } else { "anonymise" };
        out.push_str(&format!("then = \"{then}\"\n"));
        option(&mut out, "meanwhile", rule.isolate.then_some("isolate"));
    }
    if map.ledger.text != super::Period::default().text {
        out.push_str(&format!("\n[ledger]\nkeep = {}\n", toml_text(&map.ledger.text)));
    }
    law::acknowledged(&mut out, map);
    out
}

/// What holds for every erasure; a ground with what it means.
fn erasure(out: &mut String, map: &DataMap) {
    let erasure = &map.erasure;
    if erasure.ground.is_none() && erasure.alike.is_none() {
        return;
    }
    out.push_str("\n[erasure]\n");
    if let Some(ground) = erasure.ground.as_deref().and_then(Ground::of) {
        let meaning = format!("The ground where a request names none. {}: {}.", ground.law, ground.text);
        out.push_str(&format!("{}\nground = \"{}\"\n", comment(&meaning), ground.code));
    }
    if let Some(alike) = erasure.alike {
        let meaning = "How many people must look alike in what is left of a record before it counts as anonymised.";
        out.push_str(&format!("{}\nalike = {alike}\n", comment(meaning)));
    }
}

/// `sources/NAME.toml`.
pub fn render_source(source: &SourceMap) -> String {
    let mut out = comment(&format!("The source {}. What a person must decide is marked DECIDE.", source.name));
    out.push_str(&format!("\nkind = {}\n", toml_text(&source.address.kind)));
    let place = if crate::source::server::is_server(&source.address.kind) { "url" } else { "path" };
    option(&mut out, place, Some(&source.address.written));
    option(&mut out, "delimiter", source.address.delimiter.map(|c| char::from(c).to_string()).as_deref());
    option(&mut out, "encoding", source.address.encoding.as_deref());
    option(&mut out, "controller", source.controller.as_deref());
    option(&mut out, "default_country", source.default_country.as_deref());
    for one in &source.collections {
        collection(&mut out, one, source);
    }
    out
}

/// A key with its text, where there is one.
fn option(out: &mut String, key: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|t| !t.is_empty()) {
        out.push_str(&format!("{key} = {}\n", toml_text(text)));
    }
}

#[cfg(test)]
mod tests;
