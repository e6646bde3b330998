//! A plan as one page that legal, or the owner of a system, can read: what happens to which record, and why.
//!
//! The words are in the template. Everything from the data is made visible and escaped; the policy in the page forbids
//! scripts and every connection.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value as Context};
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Action, Asked, Change, End, Plan, Reason, Sealed};
use crate::archive::visible::{line, visible};
use crate::error::{Error, Result};
use crate::map::{DataMap, Disclose, Ground};
use crate::record::{FieldPath, Value};
use crate::resolve::Subject;

const STYLE: &str = concat!(include_str!("../archive/page/style.css"), include_str!("page/plan.css"));
const DAY: &str = "%-d %B %Y";
/// How many records of one reason are listed, and up to how many without being asked.
const LISTED: usize = 200;
const SHORT: usize = 12;

/// What the register knows of the plan.
pub struct About {
    /// Its number.
    pub number: Option<u32>,
    /// The numbers of its requests.
    pub requests: Vec<u32>,
    /// Whether applying it was begun: `new`, `started`, `finished`.
    pub state: &'static str,
    /// The plan in one line.
    pub first_line: String,
}

/// What happens to records and how they end, with the words for it.
struct Kind {
    action: Action,
    /// Where records of one action end differently.
    end: Option<End>,
    title: &'static str,
    anchor: &'static str,
    meaning: &'static str,
}

const fn kind(
    action: Action,
    end: Option<End>,
    title: &'static str,
    anchor: &'static str,
    meaning: &'static str,
) -> Kind {
    Kind { action, end, title, anchor, meaning }
}

const KINDS: [Kind; 10] = [
    kind(Action::Delete, None, "Deleted", "delete", "These records go for good."),
    kind(
        Action::Anonymise,
        Some(End::Anonymised),
        "Anonymised",
        "anonymise",
        "These records stay; the fields named get values that do not tell who it was. What is left was tested: it names nobody, leads to nobody, and singles nobody out.",
    ),
    kind(
        Action::Anonymise,
        Some(End::Pseudonymised),
        "Pseudonymised",
        "pseudonymise",
        "These records stay; the fields named get other values. With what is kept elsewhere it can still be told who it was, so these are personal data.",
    ),
    kind(
        Action::Anonymise,
        Some(End::Masked),
        "Masked",
        "mask",
        "These records stay; the fields named get other values. Something in them still tells who it was, so these are personal data.",
    ),
    kind(
        Action::Minimise,
        None,
        "Kept and minimised",
        "minimise",
        "These records stay for the reason given; the fields that are not needed for it get values that do not tell who it was.",
    ),
    kind(
        Action::Isolate,
        None,
        "Isolated",
        "isolate",
        "These records stay, locked away from use, until the day given.",
    ),
    kind(
        Action::Detach,
        None,
        "Detached",
        "detach",
        "These are other people's records. Only the reference to the person, or to a record that goes, is taken out.",
    ),
    kind(
        Action::Correct,
        None,
        "Corrected",
        "correct",
        "The fields named get the new value; all else in these records stays.",
    ),
    kind(
        Action::Propose,
        None,
        "Proposed",
        "propose",
        "The old value stands here too. Nothing is changed here, unless the plan is made again with the proposal's number.",
    ),
    kind(Action::Keep, None, "Kept", "keep", "These records stay as they are, for the reason given."),
];

impl Kind {
    fn holds(&self, change: &Change) -> bool {
        change.action == self.action && (self.end.is_none() || change.end == self.end)
    }
}

#[derive(Serialize)]
struct Totals {
    label: String,
    system: String,
    counts: Vec<u64>,
}

#[derive(Serialize)]
struct ActionPart {
    anchor: &'static str,
    title: &'static str,
    meaning: &'static str,
    records: u64,
    groups: Vec<Group>,
}

/// The records of one collection to which the same happens for the same reason.
#[derive(Serialize)]
struct Group {
    label: String,
    place: String,
    records: String,
    reason: String,
    law: Option<String>,
    until: Option<String>,
    /// Nobody has decided.
    open: bool,
    short: bool,
    shown: Vec<Line>,
    more: usize,
}

#[derive(Serialize)]
struct Line {
    key: String,
    times: Option<u64>,
    number: Option<u32>,
    until: Option<String>,
    path: String,
    fields: Vec<FieldLine>,
    files: Vec<String>,
    tells: Vec<String>,
}

#[derive(Serialize)]
struct FieldLine {
    name: String,
    old: Option<String>,
    new: String,
}

/// The page of a plan. Labels come from the map.
pub fn page(sealed: &Sealed, map: &DataMap, about: &About) -> Result<String> {
    let Plan { header, changes, .. } = &sealed.plan;
    let (what, right) = match header.asked {
        Asked::Erase(_) => ("erasure", "Erasure (GDPR Art. 17)"),
        Asked::Correct(_) => ("correction", "Rectification (GDPR Art. 16)"),
        Asked::Replay(_) => ("erasure again, after a restore", "Erasure (GDPR Art. 17)"),
        Asked::Finish(_) => ("erasure of what had been kept", "Erasure (GDPR Art. 17)"),
    };
    let number = about.number.map(|n| format!(" {n}")).unwrap_or_default();
    let requests: Vec<String> = match about.requests.is_empty() {
        true => header.requests.clone(),
        false => about.requests.iter().map(|n| format!("#{n}")).collect(),
    };
    let used: Vec<&Kind> = KINDS.iter().filter(|k| changes.iter().any(|c| k.holds(c))).collect();
    let ground = header.ground.as_deref().and_then(Ground::of).map(|g| format!("{} ({})", g.text, g.law));
    let problems = header.problems.iter().map(|p| (line(&p.place), line(&p.message), line(&p.code)));
    let context = context! {
        policy => format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", style_hash()),
        style => Context::from_safe_string(STYLE.to_owned()),
        title => format!("Plan{number}: {what}"),
        controller => line(&map.controller.name),
        state => about.state,
        silent => silent(map, changes),
        first_line => line(&about.first_line),
        unreviewed => header.unreviewed,
        right,
        requests => line(&requests.join(", ")),
        created => header.created.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        today => header.asked.erases().then(|| header.today.strftime(DAY).to_string()),
        people => Serde(header.subjects.iter().map(person).collect::<Vec<_>>()),
        ground,
        heads => used.iter().map(|k| k.title).collect::<Vec<_>>(),
        totals => Serde(totals(map, changes, &used)),
        problems => Serde(problems.collect::<Vec<_>>()),
        actions => Serde(used.iter().map(|k| part(map, changes, k)).collect::<Vec<_>>()),
        number => about.number,
        digest => sealed.digest.to_string(),
        log_head => header.log_head.as_deref().map(line),
    };
    let mut templates = Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?;
    templates.set_syntax(syntax);
    templates.add_template("plan.html", include_str!("page/plan.html")).map_err(fault)?;
    templates.get_template("plan.html").and_then(|t| t.render(context)).map_err(fault)
}

/// Template faults name lines of the template, never data.
fn fault(error: minijinja::Error) -> Error {
    Error::bug(format!("the template of the plan's page is broken: {:?}", error.kind()))
}

fn style_hash() -> String {
    BASE64.encode(Sha256::digest(STYLE))
}

/// What is known of a person, as pairs.
fn person(subject: &Subject) -> Vec<(String, String)> {
    let identifiers = subject.identifiers.iter().flat_map(|(name, values)| values.iter().map(move |v| (name, v)));
    let identifiers = identifiers.map(|(name, value)| (line(name), line(value)));
    let records = subject
        .persons
        .iter()
        .map(|p| (line(&format!("Record in {}.{}", p.source, p.collection)), line(&p.key.show())));
    let fields =
        subject.fields.iter().map(|f| (line(&format!("{}.{}.{}", f.source, f.collection, f.field)), line(&f.value)));
    identifiers.chain(records).chain(fields).collect()
}

/// How many records come from collections that nobody but the officer may learn of.
fn silent(map: &DataMap, changes: &[Change]) -> u64 {
    let is_silent =
        |c: &&Change| map.collection(&c.source, &c.collection).is_some_and(|c| c.disclose == Disclose::Silent);
    changes.iter().filter(is_silent).map(|c| c.count).sum()
}

fn label(map: &DataMap, change: &Change) -> String {
    line(map.collection(&change.source, &change.collection).map_or(&change.collection, |c| c.label()))
}

/// The collections, in the plan's order.
fn collections(changes: &[Change]) -> Vec<(&str, &str)> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for change in changes {
        let place = (change.source.as_str(), change.collection.as_str());
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    seen
}

fn totals(map: &DataMap, changes: &[Change], kinds: &[&Kind]) -> Vec<Totals> {
    let row = |(source, collection): (&str, &str)| {
        let here: Vec<&Change> = changes.iter().filter(|c| c.source == source && c.collection == collection).collect();
        let count = |k: &&Kind| here.iter().filter(|c| k.holds(c)).map(|c| c.count).sum();
        Totals {
            label: here.first().map(|c| label(map, c)).unwrap_or_default(),
            system: line(source),
            counts: kinds.iter().map(count).collect(),
        }
    };
    collections(changes).into_iter().map(row).collect()
}

fn part(map: &DataMap, changes: &[Change], kind: &Kind) -> ActionPart {
    let mine: Vec<&Change> = changes.iter().filter(|c| kind.holds(c)).collect();
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in &mine {
        match groups.iter_mut().find(|g| is_alike(g[0], change)) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    ActionPart {
        anchor: kind.anchor,
        title: kind.title,
        meaning: kind.meaning,
        records: mine.iter().map(|c| c.count).sum(),
        groups: groups.iter().map(|g| group(map, g)).collect(),
    }
}

/// Whether two changes are told together: one collection, one reason; the day may differ.
fn is_alike(a: &Change, b: &Change) -> bool {
    let why = |r: &Reason| Reason { until: None, ..r.clone() };
    (&a.source, &a.collection) == (&b.source, &b.collection) && why(&a.reason) == why(&b.reason)
}

fn group(map: &DataMap, changes: &[&Change]) -> Group {
    let first = changes[0];
    let days: Vec<_> = changes.iter().filter_map(|c| c.reason.until).collect();
    let (from, to) = (days.iter().min(), days.iter().max());
    let until = from.zip(to).map(|(from, to)| match from == to {
        true => from.strftime(DAY).to_string(),
        false => format!("{} to {}", from.strftime(DAY), to.strftime(DAY)),
    });
    let records: u64 = changes.iter().map(|c| c.count).sum();
    Group {
        label: label(map, first),
        place: line(&format!("{}.{}", first.source, first.collection)),
        records: format!("{records} record{}", if records == 1 { "" } else { "s" }),
        reason: line(&first.reason.text),
        law: first.reason.law.as_deref().map(line),
        until,
        open: first.reason.code == "undecided",
        short: changes.len() <= SHORT,
        shown: changes.iter().take(LISTED).map(|c| record(map, c, from != to)).collect(),
        more: changes.len().saturating_sub(LISTED),
    }
}

fn record(map: &DataMap, change: &Change, dated: bool) -> Line {
    let field = |(path, value): &(FieldPath, Value)| {
        let old = change.old.iter().find(|(p, _)| p == path).map(|(_, old)| shown(old));
        FieldLine { name: field_label(map, change, path), old, new: shown(value) }
    };
    Line {
        key: line(&change.key.show()),
        times: Some(change.count).filter(|n| *n > 1),
        number: change.proposal,
        until: change.reason.until.filter(|_| dated).map(|d| d.strftime(DAY).to_string()),
        path: line(&change.path),
        fields: change.after.iter().map(field).collect(),
        files: change.files.iter().map(|f| line(f)).collect(),
        tells: change.tells.iter().map(|t| line(t)).collect(),
    }
}

fn field_label(map: &DataMap, change: &Change, path: &FieldPath) -> String {
    let field = map.collection(&change.source, &change.collection).and_then(|c| c.field(path.as_str()));
    match field.and_then(|f| f.label.as_deref()) {
        Some(label) => line(&format!("{label} ({path})")),
        None => line(path.as_str()),
    }
}

/// A value for people; nothing is said to be nothing.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "(nothing)".to_owned(),
        Value::Text(text) if text.is_empty() => "(empty)".to_owned(),
        other => visible(&other.show()).into_owned(),
    }
}
