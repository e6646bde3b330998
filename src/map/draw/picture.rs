//! What the picture shows, before anything has a place: boxes with rows, and lines between them.

use super::reach::{At, collections, distances, target};
use crate::map::{About, Collection, DataMap, Decision, Disclose, Erase, Link, Role, SourceMap, Strength};

/// What a row of a box says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// An identity that the collection holds.
    Identity,
    /// A link; its number in the collection.
    Link(usize),
    /// What erasure does.
    Rule,
    /// The rule that keeps the records for a time.
    Kept,
    /// What is not handed out.
    Withheld,
}

/// A row of a box.
pub(super) struct Row {
    /// What it says.
    pub kind: RowKind,
    /// Its text.
    pub text: String,
    /// Whether nobody has decided it.
    pub open: bool,
}

/// A collection as a box.
pub(super) struct Box {
    /// Which one.
    pub at: At,
    /// What people call it.
    pub label: String,
    /// Its name, where that is another.
    pub name: String,
    /// Whether it has one record per person.
    pub person: bool,
    /// How many links lie between it and people; none where nothing reaches it.
    pub distance: Option<usize>,
    /// What it says.
    pub rows: Vec<Row>,
}

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// An identity held by a collection.
    Identity,
    /// A link whose records are the person's own.
    Own,
    /// A link whose records only refer to the person.
    Aside,
    /// A link nobody has decided.
    Open,
}

/// A line from a row of a box to what is nearer the person.
pub(super) struct Line {
    /// The box, by number.
    pub from: usize,
    /// Its row.
    pub row: usize,
    /// Where it leads.
    pub to: End,
    /// What it means.
    pub kind: LineKind,
}

/// Where a line leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// To an identity, by number.
    Identity(usize),
    /// To a box, by number.
    Box(usize),
}

/// The picture.
pub(super) struct Picture {
    /// The identities, with what makes them unlike others.
    pub identities: Vec<(String, String)>,
    /// The collections that may hold something of somebody.
    pub boxes: Vec<Box>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// What a map shows.
pub(super) fn picture(map: &DataMap) -> Picture {
    let identities: Vec<(String, String)> = map
        .identities
        .values()
        .map(|i| {
            (i.name.clone(), if i.strength == Strength::Shared { "shared by several".into() } else { String::new() })
        })
        .collect();
    let distances = distances(map);
    let held = collections(map).filter(|(_, _, c)| c.about != About::Nobody);
    let boxes: Vec<Box> = held
        .map(|(at, source, one)| Box {
            at,
            label: one.label().to_owned(),
            name: if one.label() == one.name { String::new() } else { one.name.clone() },
            person: one.person,
            distance: distances.get(&at).copied(),
            rows: rows(map, source, one),
        })
        .collect();
    let lines = boxes.iter().enumerate().flat_map(|(from, one)| lines(map, &boxes, &identities, from, one)).collect();
    Picture { identities, boxes, lines }
}

fn rows(map: &DataMap, source: &SourceMap, one: &Collection) -> Vec<Row> {
    let row = |kind, text: String, open| Row { kind, text, open };
    let mut rows = Vec::new();
    for (name, field) in &one.identities {
        let text = if name == field.as_str() { name.clone() } else { format!("{name}: {field}") };
        rows.push(row(RowKind::Identity, text, false));
    }
    for (number, link) in one.links.iter().enumerate() {
        rows.push(row(RowKind::Link(number), link_text(source, link), link.decision == Decision::Open));
    }
    rows.push(row(RowKind::Rule, rule_text(one), one.erase.is_none() || one.decision == Decision::Open));
    if let Some(text) = kept_text(map, one) {
        rows.push(row(RowKind::Kept, text, false));
    }
    if let Some(text) = withheld(one) {
        rows.push(row(RowKind::Withheld, text, false));
    }
    rows
}

/// `buyer_id → accounts: owner`.
pub(super) fn link_text(source: &SourceMap, link: &Link) -> String {
    let from: Vec<&str> = link.from.iter().map(|f| f.as_str()).collect();
    let there = match link.to_source == source.name {
        true => link.to_collection.clone(),
        false => format!("{}.{}", link.to_source, link.to_collection),
    };
    let shared = if link.shared && link.role != Role::Shared { ", shared" } else { "" };
    let open = if link.decision == Decision::Open { "?" } else { "" };
    let only = link.only.iter().map(|(field, texts)| format!(" where {field} = {}", texts.join(" or ")));
    let (from, only, spelled) = (from.join("+"), only.collect::<String>(), link.spelled.words());
    format!("{from}{only}{spelled} → {there}: {}{shared}{open}", link.role.word())
}

/// What erasure does with the records.
pub(super) fn rule_text(one: &Collection) -> String {
    let what = match one.erase {
        None => return "erasure: nobody has decided".to_owned(),
        Some(Erase::Delete) => "deleted",
        Some(Erase::Anonymise) => "anonymised",
        Some(Erase::Isolate) => "isolated",
        Some(Erase::Keep) => "kept",
    };
    format!("erasure: {what}{}", if one.decision == Decision::Open { "?" } else { "" })
}

/// The rule that keeps the records for a time: `kept first: tax, P10Y from paid_at`.
pub(super) fn kept_text(map: &DataMap, one: &Collection) -> Option<String> {
    let retain = one.retain.as_ref()?;
    let keep = map.retention.get(&retain.rule).map_or("", |rule| rule.keep_text.as_str());
    let from = retain.from.as_ref().map(|f| format!(" from {f}")).unwrap_or_default();
    Some(format!("kept first: {}, {keep}{from}", retain.rule))
}

/// How many fields are not handed out, or only after a look.
fn withheld(one: &Collection) -> Option<String> {
    let how = |wanted: &[Disclose]| one.fields.keys().filter(|name| wanted.contains(&one.disclose(name))).count();
    let parts =
        [(how(&[Disclose::Never, Disclose::Silent]), "never given"), (how(&[Disclose::Review]), "after review")];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    (!parts.is_empty()).then(|| format!("fields: {}", parts.join(", ")))
}

fn lines(map: &DataMap, boxes: &[Box], identities: &[(String, String)], from: usize, one: &Box) -> Vec<Line> {
    let collection = &map.sources[one.at.0].collections[one.at.1];
    let mut out = Vec::new();
    for (row, said) in one.rows.iter().enumerate() {
        match said.kind {
            RowKind::Identity => {
                let name = collection.identities.get(row).map(|(name, _)| name);
                let to = identities.iter().position(|(i, _)| Some(i) == name);
                out.extend(to.map(|to| Line { from, row, to: End::Identity(to), kind: LineKind::Identity }));
            }
            RowKind::Link(number) => {
                let Some(link) = collection.links.get(number) else { continue };
                let to = target(map, link).and_then(|at| boxes.iter().position(|b| b.at == at));
                let kind = match (link.decision, link.role.is_own()) {
                    (Decision::Open, _) => LineKind::Open,
                    (_, true) => LineKind::Own,
                    (_, false) => LineKind::Aside,
                };
                out.extend(to.map(|to| Line { from, row, to: End::Box(to), kind }));
            }
            RowKind::Rule | RowKind::Kept | RowKind::Withheld => {}
        }
    }
    out
}
