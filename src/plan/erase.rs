//! What an erasure does to each record: it is deleted, anonymised, or kept with a reason. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Planned, not_theirs};
use super::{Action, Reason, date, detach, follow, order, replace};
use crate::error::Result;
use crate::find::Findings;
use crate::map::{Collection, DataMap, Decision, Erase, FieldErase, NormalForm, Retain, RetentionRule, Role, Then};
use crate::problem::Problem;
use crate::record::{FieldPath, Record};

/// Decides on every row but those that stay anyway (`stays`), and leaves those the plan has something to say about, in the order in which they can be
/// done. Gives back what could not be decided well.
pub(super) fn decide(
    findings: &Findings<'_>,
    map: &DataMap,
    today: Date,
    random: &mut dyn FnMut() -> u64,
    stays: Vec<Option<Reason>>,
    rows: &mut Vec<Planned>,
) -> Result<Vec<Problem>> {
    let mut maker = Maker { findings, map, today, zone: zone(map), random, undated: BTreeMap::new() };
    for (row, stays) in rows.iter_mut().zip(stays) {
        match stays {
            Some(reason) if row.is_own() => row.reason = reason,
            _ => maker.decide(row)?,
        }
    }
    keep_what_others_hold(findings, rows);
    detach::settle(findings, rows, &mut |row| maker.stay_referred_to(row))?;
    follow::settle(findings, rows)?;
    order::sort(findings, rows);
    rows.retain(|r| r.is_own() || r.tie.open || r.action != Action::Keep);
    Ok(maker.undated())
}

/// The controller's time zone, in which an instant is a day.
pub(super) fn zone(map: &DataMap) -> TimeZone {
    map.controller.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

struct Maker<'a, 'm, 'f> {
    findings: &'f Findings<'m>,
    map: &'a DataMap,
    today: Date,
    /// The controller's, in which an instant is a day.
    zone: TimeZone,
    random: &'a mut dyn FnMut() -> u64,
    /// Where a date could not be read, and how often.
    undated: BTreeMap<String, u64>,
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
            let until = match &retain.from {
                None => Err(""),
                Some(from) => self.end_of(row, from, rule),
            };
            if until.is_err() || until.is_ok_and(|until| until > self.today) {
                row.reason = retained(retain, rule, until);
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

    /// A record that was to go, and that records which stay refer to: as much of it goes as can.
    fn stay_referred_to(&mut self, row: &mut Planned) -> Result<()> {
        if !row.is_own() {
            row.action = Action::Keep;
            row.reason = not_theirs();
            return Ok(());
        }
        let collection = self.findings.graph.nodes[row.node].collection;
        self.anonymise(row, collection)?;
        let stay = self.empty_the_rest(row, collection);
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
        let why = "records that stay refer to it";
        row.reason = match stay.is_empty() {
            true => Reason::new("referred-to", why),
            false => Reason::new("fields-stay", format!("{why}, and nothing fits to put into {}", stay.join(", "))),
        };
        Ok(())
    }

    /// Empties the personal fields of a record that was to go, for which the map has no rule because it was to go.
    /// Gives the names of those that must stay as they are.
    fn empty_the_rest(&mut self, row: &mut Planned, collection: &Collection) -> Vec<String> {
        let node = &self.findings.graph.nodes[row.node];
        let has_rule = |name: &str| collection.field(name).is_some_and(|f| f.erase.is_some());
        let named = collection.fields.iter().filter(|(_, f)| f.category.is_some()).map(|(name, _)| name.as_str());
        let identities = collection.identities.iter().map(|(_, path)| path.as_str());
        let personal: BTreeSet<&str> = named.chain(identities).filter(|name| !has_rule(name)).collect();
        let mut stay = Vec::new();
        for name in personal {
            let path = node.source.field_path(name);
            // What the source computes follows what it is computed from.
            let computed = node.shape.as_ref().and_then(|s| s.column(name)).is_some_and(|c| c.generated);
            if computed || row.record.at(&path).iter().all(|v| v.is_null()) {
                continue;
            }
            // What addresses the record, or others refer to, stays; a number says nothing by itself.
            let addresses =
                collection.key.iter().any(|k| k == name) || node.onward.iter().any(|way| way.fields.contains(&path));
            let speaks = |(identity, p): &(String, FieldPath)| {
                let normal = self.map.identities.get(identity).map(|i| i.normal);
                *p == path && matches!(normal, Some(NormalForm::Email | NormalForm::Phone))
            };
            let speaks = collection.identities.iter().any(speaks);
            let mut fitting = || {
                let one = |how| replace::value(node, &path, &row.record, &how, self.random).ok().flatten();
                [FieldErase::Null, FieldErase::Tombstone].into_iter().find_map(one)
            };
            match if addresses { None } else { fitting() } {
                Some(value) => row.set(path.clone(), self.findings.held(row.node, &path, value)),
                None if addresses && !speaks => {}
                None => stay.push(name.to_owned()),
            }
        }
        stay
    }

    /// The day the rule's period ends for this record, or why there is none: then it stays.
    fn end_of(&mut self, row: &Planned, from: &FieldPath, rule: &RetentionRule) -> Result<Date, &'static str> {
        match started(&row.record, from, &self.zone) {
            Ok(Some(day)) => day.checked_add(rule.keep).map_err(|_| "leads to no date"),
            Ok(None) => Err("holds no date yet"),
            Err(Unreadable) => {
                let node = &self.findings.graph.nodes[row.node];
                let place = format!("{}.{}.{from}", node.source.name, node.collection.name);
                *self.undated.entry(place).or_default() += row.count;
                Err("cannot be read as a date")
            }
        }
    }

    fn undated(self) -> Vec<Problem> {
        let problem = |(place, n): (String, u64)| {
            let message = format!(
                "{n} records hold what cannot be read as a date; they stay without an end date: put the dates right, \
                 or name another field in `retain`"
            );
            Problem::new("unreadable-date", place, message)
        };
        self.undated.into_iter().map(problem).collect()
    }

    fn anonymise(&mut self, row: &mut Planned, collection: &Collection) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        for (name, field) in &collection.fields {
            let path = node.source.field_path(name);
            let Some(how) = &field.erase else { continue };
            if let Some(value) = replace::value(node, &path, &row.record, how, self.random)? {
                let value = self.findings.held(row.node, &path, value);
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

fn retained(retain: &Retain, rule: &RetentionRule, until: Result<Date, &str>) -> Reason {
    let mut text = rule.because.clone();
    if let (Err(why), Some(from)) = (until, &retain.from) {
        text.push_str(&format!("; {from} {why}, so it stays without an end date"));
    }
    let until = until.ok();
    Reason { rule: Some(rule.name.clone()), law: rule.law.clone(), until, ..Reason::new("retention", text) }
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

/// A value stands there that is no date.
struct Unreadable;

/// The day on which a record's period started: the last one, where the field holds several; none where it holds none.
fn started(record: &Record, from: &FieldPath, zone: &TimeZone) -> Result<Option<Date>, Unreadable> {
    let held = record.at(from).into_iter().filter(|v| !v.is_null() && v.plain().is_none_or(|t| !t.trim().is_empty()));
    let days = held.map(|value| date::day(value, zone).ok_or(Unreadable));
    Ok(days.collect::<Result<Vec<Date>, _>>()?.into_iter().max())
}
