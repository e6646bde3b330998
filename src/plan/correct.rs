//! What a correction does: the fields that were named get their new values, and the same change is proposed for other
//! copies of what stood there. Pure.
//!
//! Refused (4) where it is not certain which record is meant, or where a value does not fit.

use super::asked::{Condition, Corrections, Setting};
use super::copies::{self, Datum};
use super::rows::Planned;
use super::{Action, Reason, typed};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::{About, Role};
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Value};

/// Decides on every row, and leaves those that are corrected, proposed, or right already.
pub(super) fn decide(findings: &Findings<'_>, asked: &Corrections, rows: &mut Vec<Planned>) -> Result<Vec<Problem>> {
    let mut data: Vec<Datum> = Vec::new();
    let targets = asked.set.iter().map(|s| Target::of(findings, s)).collect::<Result<Vec<_>>>()?;
    refuse_doubled(&targets)?;
    refuse_stray(findings, &asked.only, &targets)?;
    for target in &targets {
        for i in target.records(findings, asked, rows)? {
            data.extend(target.correct(findings, &mut rows[i])?);
        }
    }
    let problems = copies::propose(findings, &data, &asked.with, rows)?;
    rows.retain(|r| r.action != Action::Keep || r.reason.code == ALREADY);
    rows.sort_by_key(|r| (r.action, r.proposal));
    Ok(problems)
}

/// The code of a record that needs no correction.
const ALREADY: &str = "already";

/// A field to correct.
struct Target<'a> {
    setting: &'a Setting,
    node: usize,
    field: FieldPath,
}

impl<'a> Target<'a> {
    fn of(findings: &Findings<'_>, setting: &'a Setting) -> Result<Self> {
        let node = findings.graph.node(&setting.source, &setting.collection)?;
        let here = &findings.graph.nodes[node];
        let field = here.source.field_path(&setting.field);
        if here.shape.as_ref().is_some_and(|s| s.closed && s.column(field.as_str()).is_none()) {
            return Err(Error::usage(format!("{}: there is no such column", setting.place()))
                .hint("`redress check` shows where the map and the source differ"));
        }
        if here.collection.links.iter().any(|l| l.from.contains(&field)) {
            return Err(Error::refused(format!("{}: it says whose record this is", setting.place()))
                .hint("a correction changes what is said of a person, not which records are theirs"));
        }
        match fixed(findings, node, &field) {
            Some(why) => Err(Error::refused(format!("{} cannot be corrected: {why}", setting.place()))),
            None => Ok(Target { setting, node, field }),
        }
    }

    /// The rows that are meant.
    fn records(&self, findings: &Findings<'_>, asked: &Corrections, rows: &[Planned]) -> Result<Vec<usize>> {
        let place = format!("{}.{}", self.setting.source, self.setting.collection);
        let own: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].node == self.node && rows[*i].is_own()).collect();
        if own.is_empty() {
            return Err(Error::refused(format!("{place} holds no record that is this person's own"))
                .hint("only a person's own records are corrected; `redress find` lists them"));
        }
        let conditions: Vec<&Condition> = asked.only.iter().filter(|c| self.is_meant(findings, c)).collect();
        let fits = |i: &usize| conditions.iter().all(|c| fits(c, &rows[*i].key));
        let meant: Vec<usize> = own.iter().copied().filter(fits).collect();
        match meant.len() {
            0 => Err(listing(
                Error::refused(format!("--where names none of this person's records of {place}")),
                rows,
                &own,
            )),
            1 => Ok(meant),
            _ if asked.all => Ok(meant),
            n => {
                let what = format!("{n} records of {place} are this person's, and it is not said which is meant");
                Err(listing(Error::refused(what), rows, &meant).hint("name one of them so, or take them all: --all"))
            }
        }
    }

    /// Whether a condition is about this collection.
    fn is_meant(&self, findings: &Findings<'_>, condition: &Condition) -> bool {
        match &condition.place {
            Some((source, collection)) => *source == self.setting.source && *collection == self.setting.collection,
            None => has_column(&findings.graph.nodes[self.node].collection.key, &condition.column),
        }
    }

    /// Sets the field of one row right, and says what stood there; nothing where it is right already.
    fn correct(&self, findings: &Findings<'_>, row: &mut Planned) -> Result<Option<Datum>> {
        let place = self.setting.place();
        let found = row.record.at(&self.field);
        if found.len() > 1 || found.is_empty() && self.field.is_many() {
            return Err(Error::refused(format!("{place} leads to {} values in one record", found.len()))
                .hint("a field is corrected where a record holds one value in it"));
        }
        let old = found.first().map_or(Value::Null, |v| (*v).clone());
        let given = self.setting.value.as_deref();
        let new = fitted(findings, self.node, &self.field, given, &old).map_err(|fits| {
            Error::refused(format!("{place}: the new value does not fit")).hint(format!("what fits is {fits}"))
        })?;
        if new == old {
            if row.action == Action::Keep {
                row.reason = Reason::new(ALREADY, "it is so already");
            }
            return Ok(None);
        }
        let others = if row.tie.role == Role::Shared { "; others hold this record too" } else { "" };
        row.correct(self.field.clone(), old.clone(), new);
        row.action = Action::Correct;
        row.reason = Reason::new("asked", format!("as asked{others}"));
        Ok(Some(Datum { node: self.node, field: self.field.clone(), old, given: self.setting.value.clone() }))
    }
}

/// The value to set, as the source will hold it; or in words what would fit.
pub(super) fn fitted(
    findings: &Findings<'_>,
    node: usize,
    field: &FieldPath,
    given: Option<&str>,
    old: &Value,
) -> Result<Value, String> {
    let shape = findings.graph.nodes[node].shape.as_ref();
    let column = shape.and_then(|s| s.column(field.as_str()));
    let Some(given) = given else {
        return match column.is_some_and(|c| !c.nullable) {
            true => Err("some value: the column may not be empty (NOT NULL)".to_owned()),
            false => Ok(shape.map_or(Value::Null, crate::source::Shape::nothing)),
        };
    };
    let value = typed::value(given, column, shape.is_some_and(|s| s.closed), old)?;
    if let Some(most) = column.and_then(|c| c.max_length)
        && given.chars().count() as u64 > most
    {
        return Err(format!("at most {most} characters"));
    }
    Ok(findings.held(node, field, value))
}

/// Why a field can never be corrected; none where it can.
pub(super) fn fixed(findings: &Findings<'_>, node: usize, field: &FieldPath) -> Option<&'static str> {
    let here = &findings.graph.nodes[node];
    let name = field.as_str();
    let is_it = |columns: &[String]| columns.iter().any(|c| c == name);
    if here.collection.field(name).is_some_and(|f| f.about == About::Other) {
        return Some("it is about somebody else");
    }
    if is_it(&here.collection.key) {
        return Some("it is part of the key, by which everything else knows the record");
    }
    let shape = here.shape.as_ref()?;
    if shape.column(name).is_some_and(|c| c.generated) {
        return Some("the source computes it");
    }
    if shape.references.iter().any(|r| is_it(&r.columns)) {
        return Some("it refers to another record");
    }
    let shapes = findings.schema(here.source_index).map(|s| s.collections.as_slice()).unwrap_or_default();
    let referred = shapes.iter().flat_map(|s| &s.references).any(|r| r.to == shape.name && is_it(&r.to_columns));
    referred.then_some("records of other collections refer to it")
}

fn refuse_doubled(targets: &[Target<'_>]) -> Result<()> {
    for (i, target) in targets.iter().enumerate() {
        if targets[..i].iter().any(|t| t.node == target.node && t.field == target.field) {
            return Err(Error::usage(format!("{} is set twice", target.setting.place())));
        }
    }
    Ok(())
}

/// A condition on no column of any key would be ignored without a word.
fn refuse_stray(findings: &Findings<'_>, only: &[Condition], targets: &[Target<'_>]) -> Result<()> {
    for condition in only {
        let known = |t: &&Target<'_>| {
            t.is_meant(findings, condition)
                && has_column(&findings.graph.nodes[t.node].collection.key, &condition.column)
        };
        if targets.iter().find(known).is_none() {
            let mut error =
                Error::usage(format!("--where {}: no collection named by --set has such a key", condition.column));
            for target in targets {
                let key = &findings.graph.nodes[target.node].collection.key;
                let place = format!("{}.{}", target.setting.source, target.setting.collection);
                error = error.hint(match key.is_empty() {
                    true => {
                        format!("{place} has no key; a record of it is named by its content: --where content=DIGEST")
                    }
                    false => format!("the key of {place}: {}", key.join(", ")),
                });
            }
            return Err(error);
        }
    }
    Ok(())
}

const CONTENT: [&str; 2] = ["content", "$content"];

/// Whether a key has this column; `key` is the whole of any key. A record may lack its key, so content names any.
fn has_column(key: &[String], column: &str) -> bool {
    column == "key" || CONTENT.contains(&column) || key.iter().any(|k| k == column)
}

fn fits(condition: &Condition, key: &Key) -> bool {
    let (column, value) = (condition.column.as_str(), condition.value.as_str());
    match key {
        Key::Columns(parts) => {
            let is = |v: &Value, text: &str| v.plain().is_some_and(|plain| plain == text);
            let named = parts.iter().find(|(name, _)| name == column);
            match (named, parts.as_slice()) {
                (Some((_, part)), _) => is(part, value),
                (None, _) if column != "key" => false,
                (None, [(_, only)]) if is(only, value) => true,
                (None, _) => key.show() == value,
            }
        }
        Key::Content(digest) if column == "key" || CONTENT.contains(&column) => {
            let start = value.trim_start_matches("content").trim().trim_end_matches('…').to_ascii_lowercase();
            start.len() >= 8 && digest.to_string().starts_with(&start)
        }
        Key::Content(_) => false,
    }
}

/// Adds the keys of these rows, as `--where` takes them.
fn listing(mut error: Error, rows: &[Planned], which: &[usize]) -> Error {
    const MOST: usize = 20;
    for i in which.iter().take(MOST) {
        let line = rows[*i].line.map(|n| format!("   (line {n})")).unwrap_or_default();
        error = error.hint(format!("{}{line}", as_where(&rows[*i].key)));
    }
    match which.len().checked_sub(MOST + 1) {
        Some(more) => error.hint(format!("… and {} more; `redress find --json` lists them all", more + 1)),
        None => error,
    }
}

fn as_where(key: &Key) -> String {
    let quoted = |text: String| if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text };
    match key {
        Key::Columns(parts) => {
            let parts = parts.iter().map(|(n, v)| format!("--where {}", quoted(format!("{n}={}", v.show()))));
            parts.collect::<Vec<_>>().join(" ")
        }
        Key::Content(digest) => format!("--where content={}", &digest.to_string()[..12]),
    }
}
