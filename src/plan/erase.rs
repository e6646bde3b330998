//! What an erasure does to each record: it is deleted, anonymised, isolated, or kept with a reason. Pure.
//!
//! The officer's decision comes first, then a retention rule, then the collection's rule. How the fields of a record
//! that stays are emptied is in `stay`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

use super::anonymise::Making;
use super::known::Known;
use super::owners::Owners;
use super::rows::{Planned, not_theirs};
use super::{Action, Decided, Erasure, Reason, Verdict, date, detach, follow, holders, order};
use crate::error::{Error, Result};
use crate::find::Findings;
use crate::map::{Collection, DataMap, Decision, Erase, Retain, RetentionRule, Then};
use crate::problem::Problem;
use crate::record::{FieldPath, Record};

/// Decides on every row but those that stay anyway (`stays`), and leaves those the plan has something to say about, in the order in which they can be
/// done. Gives back what could not be decided well.
pub(super) fn decide(
    findings: &Findings<'_>,
    map: &DataMap,
    erasure: &Erasure,
    when: When,
    stays: Vec<Option<Reason>>,
    making: Making<'_>,
    rows: &mut Vec<Planned>,
) -> Result<Vec<Problem>> {
    let (known, owners) = (Known::of(findings, map, rows), Owners::of(findings, map, rows));
    let mut maker = Maker {
        findings,
        map,
        erasure,
        when,
        zone: zone(map),
        making,
        known: &known,
        owners: &owners,
        used: BTreeSet::new(),
        undated: BTreeMap::new(),
    };
    for row in rows.iter_mut().filter(|r| r.is_own()) {
        row.others = owners.others(findings, row);
    }
    for (row, stays) in rows.iter_mut().zip(stays) {
        match stays {
            Some(reason) if row.is_own() => row.reason = reason,
            _ => maker.decide(row)?,
        }
    }
    maker.refuse_unused()?;
    holders::keep_what_others_hold(findings, rows);
    detach::settle(findings, rows, &mut |row| maker.stay_referred_to(row))?;
    follow::settle(findings, rows)?;
    rows.iter_mut().for_each(Planned::leave_out_what_is_so);
    for row in rows.iter_mut() {
        maker.name_files(row)?;
    }
    order::sort(findings, rows);
    rows.retain(|r| r.is_own() || r.tie.open || r.action != Action::Keep);
    Ok(maker.undated())
}

/// When an erasure is planned.
#[derive(Clone, Copy)]
pub(super) struct When {
    /// The day, in the controller's time zone.
    pub today: Date,
    /// Whether it finishes what an earlier one had put off.
    pub finishes: bool,
}

/// The controller's time zone, in which an instant is a day.
pub(super) fn zone(map: &DataMap) -> TimeZone {
    map.controller.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

pub(super) struct Maker<'a, 'm, 'f, 'k> {
    pub(super) findings: &'f Findings<'m>,
    pub(super) map: &'a DataMap,
    erasure: &'a Erasure,
    pub(super) when: When,
    /// The controller's, in which an instant is a day.
    zone: TimeZone,
    pub(super) making: Making<'k>,
    pub(super) known: &'a Known,
    pub(super) owners: &'a Owners,
    /// The decisions that met a record.
    used: BTreeSet<usize>,
    /// Where a date could not be read, and how often.
    undated: BTreeMap<String, u64>,
}

/// Why a record must stay, by a retention rule.
struct Retained<'r> {
    retain: &'r Retain,
    rule: &'r RetentionRule,
    reason: Reason,
}

impl<'a> Maker<'a, '_, '_, '_> {
    fn decide(&mut self, row: &mut Planned) -> Result<()> {
        let collection = self.findings.graph.nodes[row.node].collection;
        let said = self.said(row);
        if row.tie.open {
            match said.filter(|d| d.place.is_some() && row.tie.role.is_own()) {
                // The officer says what nobody had decided: these are the person's.
                Some(_) => {
                    row.tie.open = false;
                    row.others = self.owners.others(self.findings, row);
                }
                None => {
                    row.reason = undecided("nobody has decided whether it is theirs");
                    return Ok(());
                }
            }
        }
        if !row.is_own() {
            return Ok(());
        }
        if let Some(decided) = said {
            return self.as_decided(row, collection, decided);
        }
        let rule = collection.retain.as_ref().and_then(|r| Some((r, self.map.retention.get(&r.rule)?)));
        if let Some((retain, rule)) = rule {
            return match (self.retained(row, retain, rule), rule.then) {
                (Some(retained), _) if rule.isolate => {
                    self.minimise(row, collection, retained.retain, retained.reason.clone())?;
                    self.isolate(row, collection, retained.reason)
                }
                (Some(retained), _) => self.minimise(row, collection, retained.retain, retained.reason),
                (None, Then::Delete) => self.delete(row, collection, "its retention period has ended"),
                (None, Then::Anonymise) => self.anonymise(row, collection),
            };
        }
        let because = || collection.because.clone().unwrap_or_default().text;
        match collection.erase {
            _ if collection.decision == Decision::Open => row.reason = undecided("nobody has decided"),
            None => row.reason = undecided("nobody has decided"),
            Some(Erase::Keep) => row.reason = Reason::new("kept", because()),
            Some(Erase::Delete) => self.delete(row, collection, "the map says that it goes")?,
            Some(Erase::Anonymise) => self.anonymise(row, collection)?,
            Some(Erase::Isolate) if self.when.finishes => self.delete(row, collection, "its isolation has ended")?,
            Some(Erase::Isolate) => self.isolate(row, collection, Reason::new("isolated", because()))?,
        }
        Ok(())
    }

    /// The officer's decision on this record.
    fn said(&mut self, row: &Planned) -> Option<&'a Decided> {
        if self.erasure.decisions.is_empty() || !row.tie.role.is_own() {
            return None;
        }
        let node = &self.findings.graph.nodes[row.node];
        let (i, decided) = self.erasure.on_record(&node.source.name, &node.collection.name, &row.key.show())?;
        self.used.insert(i);
        Some(decided)
    }

    fn as_decided(&mut self, row: &mut Planned, collection: &Collection, decided: &Decided) -> Result<()> {
        let rule = collection.retain.as_ref().and_then(|r| Some((r, self.map.retention.get(&r.rule)?)));
        let against = rule.and_then(|(retain, rule)| self.retained(row, retain, rule));
        let mut reason = Reason::new("decided", decided.because.clone());
        if let (Some(against), Verdict::Delete | Verdict::Anonymise) = (&against, decided.verdict) {
            reason.text.push_str(&format!(" (decided against the rule {})", against.rule.name));
        }
        reason.until = decided.until.or(against.as_ref().and_then(|a| a.reason.until));
        match decided.verdict {
            Verdict::Delete => row.action = Action::Delete,
            Verdict::Keep => {}
            Verdict::Isolate => return self.isolate(row, collection, reason),
            Verdict::Anonymise => {
                self.anonymise(row, collection)?;
                self.empty_the_rest(row, collection);
                row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
            }
        }
        reason.until = reason.until.filter(|_| decided.verdict == Verdict::Keep);
        row.reason = reason;
        Ok(())
    }

    /// A decision that meets no record was meant for another.
    fn refuse_unused(&self) -> Result<()> {
        let unused = (0..self.erasure.decisions.len()).find(|i| !self.used.contains(i));
        // Of several decisions on one place only the last can be used; all of them meet the same records.
        let unused = unused.map(|i| &self.erasure.decisions[i]).filter(|d| {
            let same = |o: &&Decided| (&o.place, &o.key) == (&d.place, &d.key);
            let group = self.erasure.decisions.iter().enumerate().filter(|(_, o)| same(o));
            !group.into_iter().any(|(i, _)| self.used.contains(&i))
        });
        // A decision for all may be left without records by nearer ones.
        match unused.filter(|d| d.place.is_some() && (d.key.is_some() || !self.is_covered(d))) {
            None => Ok(()),
            Some(decided) => {
                Err(Error::refused(format!("a decision meets nothing: {} of this person", decided.about()))
                    .hint("name collections and keys as the plan prints them: make it without decisions first"))
            }
        }
    }

    /// Whether nearer decisions took all records of a collection that has a decision too.
    fn is_covered(&self, decided: &Decided) -> bool {
        let nearer = |(i, d): (usize, &Decided)| d.place == decided.place && d.key.is_some() && self.used.contains(&i);
        self.erasure.decisions.iter().enumerate().any(nearer)
    }

    /// Why a retention rule keeps the record; none where its period has ended.
    fn retained<'r>(&mut self, row: &Planned, retain: &'r Retain, rule: &'r RetentionRule) -> Option<Retained<'r>> {
        let until = match &retain.from {
            None => Err(""),
            Some(from) => self.end_of(row, from, rule),
        };
        let stays = until.map_or(true, |until| until > self.when.today);
        stays.then(|| Retained { retain, rule, reason: retained(retain, rule, until) })
    }

    /// The record goes; where it is another person's too, it stays for them.
    fn delete(&mut self, row: &mut Planned, collection: &Collection, why: &str) -> Result<()> {
        if row.has_others() {
            return self.leave_to_others(row, collection);
        }
        row.action = Action::Delete;
        row.reason = Reason::new("rule", why);
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
        let emptied = row.after.is_empty() && has_personal(collection);
        row.reason = match stay.is_empty() {
            true if emptied => Reason::new("emptied", format!("{why}; its personal fields are empty already")),
            true => Reason::new("referred-to", why),
            false => Reason::new("fields-stay", format!("{why}, and nothing fits to put into {}", stay.join(", "))),
        };
        Ok(())
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
}

/// Whether the map knows what of a record says who the person is.
fn has_personal(collection: &Collection) -> bool {
    collection.fields.values().any(|f| f.category.is_some() || f.erase.is_some())
}

fn undecided(text: &str) -> Reason {
    Reason::new("undecided", text)
}

fn retained(retain: &Retain, rule: &RetentionRule, until: Result<Date, &str>) -> Reason {
    let mut text = rule.because.text.clone();
    if let (Err(why), Some(from)) = (until, &retain.from) {
        text.push_str(&format!("; {from} {why}, so it stays without an end date"));
    }
    let until = until.ok();
    Reason {
        rule: Some(rule.name.clone()),
        law: rule.law.as_ref().map(|law| law.text.clone()),
        until,
        ..Reason::new("retention", text)
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
