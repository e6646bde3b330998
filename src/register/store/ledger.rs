//! The ledger in the register: what was erased, and what was kept for a time. Hashes, places and days; no identifier.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rusqlite::{OptionalExtension as _, Row};

use super::{doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::ledger::{Gone, Known, Tag};
use crate::map::Role;
use crate::plan::{Effects, Forgotten, Waiting};
use crate::register::Register;

/// What was kept by one plan, and its number here.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its number.
    pub number: u32,
    /// The number of the plan that kept it.
    pub plan: u32,
    /// What it is.
    pub what: Waiting,
}

impl Register<'_> {
    /// Remembers what a plan erases and keeps, from today on; again, where the plan was cut off.
    pub fn remember(&self, plan: u32, effects: &Effects, today: Date) -> Result<()> {
        let Some(key) = &effects.key else { return Ok(()) };
        let keep: Span = effects.keep.parse().map_err(|_| Error::bug("a plan's time in the ledger is no duration"))?;
        let until = today.checked_add(keep).map_err(|_| Error::failed("the time in the ledger leads to no date"))?;
        self.store.together(|| {
            for person in &effects.forgotten {
                self.remember_person(plan, key, person, until)?;
            }
            self.execute("DELETE FROM waiting WHERE plan = ?1", [plan])?;
            effects.waiting.iter().try_for_each(|kept| self.remember_kept(plan, key, kept))
        })
    }

    fn remember_person(&self, plan: u32, key: &str, person: &Forgotten, until: Date) -> Result<()> {
        let known = "SELECT number FROM erased WHERE plan = ?1 AND subject = ?2";
        let known: Option<i64> = self
            .store
            .db
            .query_row(known, (plan, person.subject), |row| row.get(0))
            .optional()
            .map_err(doing("read"))?;
        if known.is_some() {
            return Ok(());
        }
        let sql = "INSERT INTO erased (plan, subject, key, at, until) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(sql, (plan, person.subject, key, self.now().to_string(), until.to_string()))?;
        let erased = self.store.db.last_insert_rowid();
        for tag in &person.identities {
            self.execute("INSERT OR IGNORE INTO erased_identity (erased, tag) VALUES (?1, ?2)", (erased, tag.0))?;
        }
        let sql = "INSERT OR IGNORE INTO erased_record (erased, tag, before, after, role, others)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for gone in &person.records {
            let after = gone.after.map(|tag| tag.0);
            self.execute(sql, (erased, gone.key.0, gone.before.0, after, gone.role.word(), listed(&gone.others)))?;
        }
        Ok(())
    }

    fn remember_kept(&self, plan: u32, key: &str, kept: &Waiting) -> Result<()> {
        let sql =
            "INSERT INTO waiting (plan, subject, source, collection, key, tag, count, role, code, by, until, others)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let until = kept.until.map(|day| day.to_string());
        let values = rusqlite::params![
            plan,
            kept.subject,
            kept.source,
            kept.collection,
            key,
            kept.key.0,
            kept.count as i64,
            kept.role.word(),
            kept.code,
            kept.by,
            until,
            listed(&kept.others)
        ];
        self.execute(sql, values)
    }

    /// Forgets what a plan had remembered: it was taken back.
    pub fn unremember(&self, plan: u32) -> Result<()> {
        self.store.together(|| {
            self.execute("DELETE FROM erased WHERE plan = ?1", [plan])?;
            self.execute("DELETE FROM waiting WHERE plan = ?1", [plan])
        })
    }

    /// Forgets whose time in the ledger is over.
    pub fn expire_ledger(&self, today: Date) -> Result<()> {
        self.execute("DELETE FROM erased WHERE until < ?1", [today.to_string()])
    }

    /// Everybody erased who is remembered, each hash made with the key of that id.
    pub fn erased(&self, key: &str) -> Result<Vec<Known>> {
        let people = "SELECT number, plan, at FROM erased WHERE key = ?1 ORDER BY number";
        let people: Vec<(u32, u32, Timestamp)> =
            self.listed(people, [key], |row| Ok((row.get(0)?, row.get(1)?, parsed(row, 2, time)?)))?;
        let known = |(number, plan, erased): (u32, u32, Timestamp)| {
            let identities = "SELECT tag FROM erased_identity WHERE erased = ?1";
            let records = "SELECT tag, before, after, role, others FROM erased_record WHERE erased = ?1";
            Ok(Known {
                plan,
                erased,
                identities: self.belonging(identities, number, |row| tag(row, 0))?,
                records: self.belonging(records, number, |row| {
                    let after: Option<[u8; 16]> = row.get(2)?;
                    let (key, before) = (tag(row, 0)?, tag(row, 1)?);
                    let (role, others) = (parsed(row, 3, Role::of_word)?, others(row, 4)?);
                    Ok(Gone { key, before, after: after.map(Tag), role, others })
                })?,
            })
        };
        people.into_iter().map(known).collect()
    }

    /// What the ledger remembers with keys other than that one.
    pub fn erased_with_other_keys(&self, key: &str) -> Result<u32> {
        let sql = "SELECT (SELECT count(*) FROM erased WHERE key <> ?1)";
        self.store.db.query_row(sql, [key], |row| row.get::<_, u32>(0)).map_err(doing("read"))
    }

    /// What waits: kept by plans that were applied.
    pub fn waiting(&self) -> Result<Vec<Kept>> {
        let sql = "SELECT number, plan, subject, source, collection, tag, count, role, code, by, until, others
            FROM waiting ORDER BY number";
        self.listed(sql, [], |row| Ok(Kept { number: row.get(0)?, plan: row.get(1)?, what: waiting(row)? }))
    }

    /// Forgets what waited: it is gone, or remembered anew.
    pub fn forget_waiting(&self, numbers: impl IntoIterator<Item = u32>) -> Result<()> {
        self.store.together(|| {
            numbers.into_iter().try_for_each(|number| self.execute("DELETE FROM waiting WHERE number = ?1", [number]))
        })
    }

    pub(super) fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        let done = self.store.db.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        done.map(drop).map_err(doing("write to"))
    }

    pub(super) fn listed<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.store.db.prepare_cached(sql).map_err(doing("read"))?;
        let rows = statement.query_map(values, read).map_err(doing("read"))?;
        rows.collect::<rusqlite::Result<_>>().map_err(doing("read"))
    }
}

/// A list as it is stored.
fn listed(others: &[String]) -> Option<String> {
    (!others.is_empty()).then(|| serde_json::json!(others).to_string())
}

fn others(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let list = parsed_or_null(row, column, |text| serde_json::from_str(text).ok())?;
    Ok(list.unwrap_or_default())
}

fn tag(row: &Row<'_>, column: usize) -> rusqlite::Result<Tag> {
    row.get(column).map(Tag)
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        subject: row.get(2)?,
        source: row.get(3)?,
        collection: row.get(4)?,
        key: tag(row, 5)?,
        count: row.get::<_, i64>(6)? as u64,
        role: parsed(row, 7, Role::of_word)?,
        others: others(row, 11)?,
        code: row.get(8)?,
        by: row.get(9)?,
        until: parsed_or_null(row, 10, |text| text.parse().ok())?,
    })
}
