//! The names references may use, and the resolution of `to = "source.collection.field"`.
//!
//! Collections and fields may hold dots. A run of unquoted parts may be one name; a part in `"…"` is a name of its
//! own (`""` inside stands for one quote). The reading that uses most parts for source and collection wins; of two
//! equally long ones, that in the same source.

use std::collections::BTreeMap;

use crate::map::SourceMap;
use crate::record::FieldPath;

/// What is known before references are read.
pub(super) struct Names {
    /// What `redress.toml` declares, by kind of table (`identity`, `retention`, …); none where it cannot be read.
    pub(super) declared: Option<BTreeMap<&'static str, Vec<String>>>,
    /// The sources, each with its collections.
    pub(super) sources: Vec<Known>,
}

/// A source as references see it.
pub(crate) struct Known {
    /// Its name and address, without collections.
    pub(crate) head: SourceMap,
    /// Its collections; none where its file cannot be read.
    pub(crate) collections: Option<Vec<String>>,
}

/// What a link's `to` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The source.
    pub(crate) source: String,
    /// The collection.
    pub(crate) collection: String,
    /// The field.
    pub(crate) field: FieldPath,
}

/// Why a `to` leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It is not made of parts with dots between them.
    Malformed,
    /// No collection of that name is known.
    Unknown,
    /// The field is not a path.
    Field(&'static str),
    /// It leads into a file that cannot be read.
    Unreadable,
}

/// One part of a reference, and where what follows it begins.
struct Part {
    name: String,
    quoted: bool,
    next: usize,
}

/// Finds what `text`, written in the source `own`, leads to.
pub(crate) fn resolve(text: &str, own: &str, sources: &[Known]) -> Result<Target, Lost> {
    let parts = parts(text).ok_or(Lost::Malformed)?;
    let mut readings: Vec<(usize, &Known, String)> = Vec::new();
    for known in sources.iter().filter(|k| k.head.name == own) {
        readings.extend(runs(&parts, 0).map(|(used, collection)| (used, known, collection)));
    }
    for (used, source) in runs(&parts, 0) {
        for known in sources.iter().filter(|k| k.head.name == source) {
            readings.extend(runs(&parts, used).map(|(used, collection)| (used, known, collection)));
        }
    }
    let unreadable = readings.iter().any(|(_, known, _)| known.collections.is_none());
    let exists = |known: &Known, name: &str| known.collections.iter().flatten().any(|c| c == name);
    let best = readings.into_iter().filter(|(_, known, name)| exists(known, name)).rev().max_by_key(|(used, ..)| *used);
    let Some((used, known, collection)) = best else {
        return Err(if unreadable { Lost::Unreadable } else { Lost::Unknown });
    };
    let field = field(&known.head, &parts, used, text).map_err(Lost::Field)?;
    Ok(Target { source: known.head.name.clone(), collection, field })
}

/// The names that begin at part `from` and leave at least one part: with how many parts are used by then.
fn runs(parts: &[Part], from: usize) -> impl Iterator<Item = (usize, String)> + '_ {
    (from + 1..parts.len()).map_while(move |end| {
        let run = &parts[from..end];
        let whole = run.len() == 1 || run.iter().all(|part| !part.quoted);
        let names: Vec<&str> = run.iter().map(|part| part.name.as_str()).collect();
        whole.then(|| (end, names.join(".")))
    })
}

/// What is left after the collection, as a field of that source.
fn field(head: &SourceMap, parts: &[Part], used: usize, text: &str) -> Result<FieldPath, &'static str> {
    let raw = &text[parts[used - 1].next..];
    let path = match &parts[used..] {
        [only] if only.quoted && !is_document(head) => head.field_path(&only.name),
        _ => head.field_path(raw),
    };
    match path_fault(head, raw) {
        Some(fault) => Err(fault),
        None => Ok(path),
    }
}

/// Whether fields of the source are paths into documents.
pub(crate) fn is_document(head: &SourceMap) -> bool {
    head.field_path("a.b").steps().len() > 1
}

/// What is wrong with a field path as the source reads it.
pub(super) fn path_fault(head: &SourceMap, text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    if !is_document(head) {
        return None;
    }
    if text.matches('"').count() % 2 == 1 {
        return Some("has a quote that is not closed");
    }
    let unquoted: String = text.split('"').enumerate().map(|(i, t)| if i % 2 == 1 { "x" } else { t }).collect();
    let names = unquoted.replace("[]", "");
    let empty = names.split('.').any(str::is_empty);
    (empty || names.contains(['[', ']'])).then_some("is not a path: write names with dots between, [] for a list")
}

/// Takes a reference apart at its dots.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at <= text.len() {
        let rest = &text[at..];
        let (name, quoted, length) = match rest.strip_prefix('"') {
            Some(inside) => {
                let (name, length) = quoted_part(inside)?;
                (name, true, length + 1)
            }
            None => {
                let length = rest.find('.').unwrap_or(rest.len());
                (rest[..length].to_owned(), false, length)
            }
        };
        // Where a quoted part goes on, it is a path into a document: `"a b"[]`.
        let end = length + rest[length..].find('.').unwrap_or(rest.len() - length);
        let (name, quoted) = if end == length { (name, quoted) } else { (rest[..end].to_owned(), false) };
        at += end + 1;
        parts.push(Part { name, quoted, next: at });
    }
    (!parts.is_empty()).then_some(parts)
}

/// The name in quotes, and how many bytes it takes with the closing quote.
fn quoted_part(inside: &str) -> Option<(String, usize)> {
    let mut name = String::new();
    let mut chars = inside.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' if chars.peek().is_some_and(|(_, c)| *c == '"') => {
                chars.next();
                name.push('"');
            }
            '"' => return Some((name, i + 1)),
            c => name.push(c),
        }
    }
    None
}

/// `source.collection.field`, or `collection.field` within `own`, so that [`resolve`] finds it again whatever other
/// sources there are; `collections` are those of `own`.
pub(crate) fn written(target: &Target, own: &str, collections: &[String]) -> String {
    let field = path_text(&target.field);
    let deep = target.field.steps().len() > 1;
    let name = |text: &str| if is_plain(text) { text.to_owned() } else { quoted(text) };
    if target.source == own && !deep {
        return format!("{}.{field}", dotted(&target.collection));
    }
    let clash = collections.contains(&format!("{}.{}", target.source, target.collection));
    let collection = if deep || clash { quoted(&target.collection) } else { name(&target.collection) };
    format!("{}.{collection}.{field}", name(&target.source))
}

/// A name that may hold dots, unquoted where its parts are plain.
fn dotted(text: &str) -> String {
    if text.split('.').all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// A path as `nested` reads it again; a single column in quotes where it holds something with a meaning.
pub(crate) fn path_text(path: &FieldPath) -> String {
    let mut text = String::new();
    for step in path.steps() {
        match step {
            crate::record::Step::Each => text.push_str("[]"),
            crate::record::Step::At(n) => text.push_str(&format!("[{n}]")),
            crate::record::Step::Name(name) => {
                let dot = if text.is_empty() { "" } else { "." };
                let name = if is_plain(name) { name.clone() } else { quoted(name) };
                text.push_str(&format!("{dot}{name}"));
            }
        }
    }
    text
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['.', '[', ']', '"'])
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Address;

    fn known(name: &str, kind: &str, collections: &[&str]) -> Known {
        let address = Address { kind: kind.into(), ..Address::default() };
        let head = SourceMap { name: name.into(), address, ..SourceMap::default() };
        Known { head, collections: Some(collections.iter().map(|c| c.to_string()).collect()) }
    }

    fn sources() -> Vec<Known> {
        vec![
            known("shop", "sqlite", &["accounts", "sales.orders", "sales", "crm", "crm.leads"]),
            known("crm", "csv", &["leads", "accounts", "orders.old"]),
            known("events", "json", &["clicks"]),
            known("my.export", "csv", &["people"]),
        ]
    }

    fn at(text: &str) -> Result<String, Lost> {
        let t = resolve(text, "shop", &sources())?;
        Ok(format!("{} | {} | {:?}", t.source, t.collection, t.field.steps()))
    }

    #[test]
    fn the_longest_known_name_wins() {
        let cases = [
            ("accounts.id", r#"shop | accounts | [Name("id")]"#),
            ("shop.accounts.id", r#"shop | accounts | [Name("id")]"#),
            ("sales.orders.id", r#"shop | sales.orders | [Name("id")]"#),
            ("sales.id", r#"shop | sales | [Name("id")]"#),
            ("\"sales\".orders.id", r#"shop | sales | [Name("orders.id")]"#),
            ("accounts.a.b", r#"shop | accounts | [Name("a.b")]"#),
            ("accounts.\"a.b\"", r#"shop | accounts | [Name("a.b")]"#),
            ("accounts.\"a\"\"b\"", r#"shop | accounts | [Name("a\"b")]"#),
            ("crm.accounts.id", r#"crm | accounts | [Name("id")]"#),
            ("crm.leads.id", r#"shop | crm.leads | [Name("id")]"#),
            ("crm.\"leads\".id", r#"crm | leads | [Name("id")]"#),
            ("crm.orders.old.id", r#"crm | orders.old | [Name("id")]"#),
            ("events.clicks.device.id", r#"events | clicks | [Name("device"), Name("id")]"#),
            ("events.clicks.\"device.id\"", r#"events | clicks | [Name("device.id")]"#),
            ("events.clicks.items[].sku", r#"events | clicks | [Name("items"), Each, Name("sku")]"#),
            ("my.export.people.id", r#"my.export | people | [Name("id")]"#),
            ("\"my.export\".people.id", r#"my.export | people | [Name("id")]"#),
        ];
        for (text, wanted) in cases {
            assert_eq!(at(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_leads_nowhere_says_why() {
        assert_eq!(at("account.id"), Err(Lost::Unknown));
        assert_eq!(at("id"), Err(Lost::Unknown));
        assert_eq!(at(""), Err(Lost::Unknown));
        assert_eq!(at("accounts."), Err(Lost::Field("is empty")));
        assert_eq!(at("accounts.\"id"), Err(Lost::Malformed));
        assert!(matches!(at("events.clicks.a..b"), Err(Lost::Field(_))));
    }

    /// Every target there is, from every source, written and found again.
    #[test]
    fn what_is_written_leads_where_it_came_from() {
        let mut sources = sources();
        let more = ["leads", "accounts", "clicks", "crm.accounts", "a\"b", "orders", "orders.old", "x[]", "e mail"];
        sources.push(known("orders", "json", &more));
        sources.push(known("shop.accounts", "json", &["id", "profile", "orders"]));
        sources.push(known("sales", "sqlite", &["orders", "orders.id"]));
        let columns = ["id", "a.b", "old.id", "a\"b", "\"", "x[]", "e mail"].map(FieldPath::column);
        let paths = ["id", "old.id", "profile.id", "items[].id", "\"a.b\"", "a.\"b.c\"[].d", "orders.id"]
            .map(FieldPath::nested);
        for own in &sources {
            for target in &sources {
                let fields = if is_document(&target.head) { &paths } else { &columns };
                for (collection, field) in
                    target.collections.iter().flatten().flat_map(|c| fields.iter().map(move |f| (c, f)))
                {
                    let (source, collection) = (target.head.name.clone(), collection.clone());
                    let target = Target { source, collection, field: field.clone() };
                    let text = written(&target, &own.head.name, own.collections.as_deref().unwrap_or_default());
                    let found =
                        resolve(&text, &own.head.name, &sources).unwrap_or_else(|lost| panic!("{text}: {lost:?}"));
                    let same = (&found.source, &found.collection) == (&target.source, &target.collection);
                    assert!(same && found.field.steps() == field.steps(), "{text}: {found:?} for {target:?}");
                }
            }
        }
    }
}
