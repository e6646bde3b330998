//! Makes the plan of an erasure: each record is deleted, anonymised, or kept with a reason. Pure: it reads findings,
//! and takes clock and randomness as arguments.

use jiff::civil::Date;

use super::rows::{self, Planned};
use super::{Action, Change, Header, Kind, Plan, Reason, detach, order, replace};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::{Collection, DataMap, Decision, Erase, RetentionRule, Role, Then};
use crate::problem::Problem;
use crate::record::{FieldPath, Key, Record};

/// What a plan is made with beside the findings.
pub struct Context<'a> {
    /// The map.
    pub map: &'a DataMap,
    /// The requests it serves.
    pub requests: Vec<String>,
    /// Now.
    pub now: jiff::Timestamp,
    /// Today, in the controller's time zone.
    pub today: Date,
    /// The log's head.
    pub log_head: Option<String>,
    /// Random numbers.
    pub random: &'a mut dyn FnMut() -> u64,
}

/// The plan that erases what was found about one subject. The findings must come from a search that also lists
/// implied references; an unreadable source makes it refuse, because what cannot be searched cannot be erased.
pub fn erase(findings: &Findings<'_>, subject: usize, context: Context<'_>) -> Result<Plan> {
    refuse_unsearched(findings)?;
    let mut rows = rows::all(findings, subject)?;
    let Context { map, requests, now, today, log_head, random } = context;
    let mut maker = Maker { findings, map, today, random };
    for row in &mut rows {
        maker.decide(row)?;
    }
    keep_what_others_hold(findings, &mut rows);
    detach::settle(findings, &mut rows, &mut |row| maker.stay_referred_to(row));
    order::sort(findings, &mut rows);
    rows.retain(|r| r.is_own() || r.tie.open || r.action != Action::Keep);
    let header = Header {
        kind: Kind::Erase,
        requests,
        subjects: vec![findings.subjects[subject].clone()],
        map: crate::map::meaning(map),
        created: now,
        today,
        log_head,
        unreviewed: unreviewed(map),
        problems: findings.problems.clone(),
    };
    let changes = rows.into_iter().map(|row| change(findings, row)).collect();
    Ok(Plan { header, changes })
}

/// Problems after which nothing may be changed anywhere.
const UNSEARCHED: [&str; 4] =
    ["unreadable-source", "unreadable-collection", "missing-collection", "unknown-collection"];

fn refuse_unsearched(findings: &Findings<'_>) -> Result<()> {
    let hit = |p: &&Problem| UNSEARCHED.contains(&p.code.as_str());
    match findings.problems.iter().find(hit) {
        None => Ok(()),
        Some(problem) => Err(Error::refused(format!("{} was not searched: {}", problem.place, problem.message))
            .hint("what cannot be searched cannot be erased; make it readable, or mend the map, and plan again")),
    }
}

struct Maker<'a, 'm, 'f> {
    findings: &'f Findings<'m>,
    map: &'a DataMap,
    today: Date,
    random: &'a mut dyn FnMut() -> u64,
}

impl Maker<'_, '_, '_> {
    fn decide(&mut self, row: &mut Planned) -> Result<()> {
        let collection = self.findings.graph.nodes[row.node].collection;
        if row.tie.open {
            row.reason = undecided("nobody has decided whether it is theirs");
            return Ok(());
        }
        if !row.is_own() {
            return Ok(());
        }
        let rule = collection.retain.as_ref().and_then(|r| Some((r, self.map.retention.get(&r.rule)?)));
        if let Some((retain, rule)) = rule {
            let until = retain.from.as_ref().and_then(|f| end_of(&row.record, f, rule));
            if until.is_none_or(|until| until > self.today) {
                row.reason = retained(rule, until);
                return Ok(());
            }
            return match rule.then {
                Then::Delete => {
                    delete(row, "its retention period has ended");
                    Ok(())
                }
                Then::Anonymise => self.anonymise(row, collection),
            };
        }
        match collection.erase {
            _ if collection.decision == Decision::Open => row.reason = undecided("nobody has decided"),
            None => row.reason = undecided("nobody has decided"),
            Some(Erase::Keep) => row.reason = Reason::new("kept", collection.because.clone().unwrap_or_default()),
            Some(Erase::Delete) => delete(row, "the map says that it goes"),
            Some(Erase::Anonymise) => self.anonymise(row, collection)?,
        }
        Ok(())
    }

    /// A record that was to go, and that records which stay refer to: its personal fields go where the map says how.
    fn stay_referred_to(&mut self, row: &mut Planned) {
        let collection = self.findings.graph.nodes[row.node].collection;
        if self.anonymise(row, collection).is_err() {
            row.after.clear();
        }
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
        let text = "records that stay refer to it, and their reference cannot be taken out";
        row.reason = Reason::new("referred-to", text);
    }

    fn anonymise(&mut self, row: &mut Planned, collection: &Collection) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        for (name, field) in &collection.fields {
            let path = node.source.field_path(name);
            let Some(how) = &field.erase else { continue };
            if let Some(value) = replace::value(node, &path, &row.record, how, self.random)? {
                row.set(path, value);
            }
        }
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
        row.reason = Reason::new("rule", "its personal fields go, the record stays");
        Ok(())
    }
}

fn undecided(text: &str) -> Reason {
    Reason::new("undecided", text)
}

fn delete(row: &mut Planned, why: &str) {
    row.action = Action::Delete;
    row.reason = Reason::new("rule", why);
}

fn retained(rule: &RetentionRule, until: Option<Date>) -> Reason {
    Reason {
        rule: Some(rule.name.clone()),
        law: rule.law.clone(),
        until,
        ..Reason::new("retention", rule.because.clone())
    }
}

/// The day the rule's period ends for this record; none where its date cannot be read: then it stays.
fn end_of(record: &Record, from: &FieldPath, rule: &RetentionRule) -> Option<Date> {
    let text = record.at(from).first()?.plain()?.into_owned();
    let day: Date = text.get(..10)?.parse().ok()?;
    day.checked_add(rule.keep).ok()
}

/// A shared record goes only with its last holder.
fn keep_what_others_hold(findings: &Findings<'_>, rows: &mut [Planned]) {
    let held: Vec<usize> = (0..rows.len())
        .filter(|i| rows[*i].tie.role == Role::Shared && rows[*i].action != Action::Keep)
        .filter(|i| detach::is_held_by_others(findings, rows, &rows[*i]))
        .collect();
    for i in held {
        rows[i].action = Action::Keep;
        rows[i].after.clear();
        rows[i].reason = Reason::new("shared", "others hold it too");
    }
}

fn unreviewed(map: &DataMap) -> u64 {
    let collections = map.sources.iter().flat_map(|s| &s.collections);
    let count = |c: &Collection| {
        let rule = u64::from(c.decision == Decision::Unreviewed);
        rule + c.links.iter().filter(|l| l.decision == Decision::Unreviewed).count() as u64
    };
    collections.map(count).sum()
}

fn change(findings: &Findings<'_>, row: Planned) -> Change {
    let node = &findings.graph.nodes[row.node];
    let key_after = row.after_record().and_then(|after| match &row.key {
        Key::Columns(_) => after.key(&node.collection.key),
        Key::Content(_) => Some(Key::Content(after.digest())),
    });
    let key_after = key_after.filter(|key| *key != row.key);
    Change {
        source: node.source.name.clone(),
        collection: node.collection.name.clone(),
        before: row.before(),
        path: findings.path(row.node, &row.tie),
        role: row.tie.role,
        key: row.key,
        count: row.count,
        action: row.action,
        after: row.after,
        key_after,
        reason: row.reason,
    }
}
