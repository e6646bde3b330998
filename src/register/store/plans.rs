//! Plans in the register: the workspace's copy of their files, and how far each was applied.
//!
//! A plan is known by its hash, so that a copy elsewhere is recognised and an edited one is not. `started` is durable
//! before the first change anywhere; from then on the plan is applied again until it ends, never planned again.

use rusqlite::{OptionalExtension as _, Row};
use tempfile::NamedTempFile;

use super::{bad, digest, doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::record::Digest;
use crate::register::Register;
use crate::register::folder::{private_folder, sync_folder};
use crate::register::plan::{NewPlan, PlanEntry, PlanKind, PlanOutcome, PlanStatus, SourceProgress};

const COLUMNS: &str = "SELECT number, hash, kind, created_at, head, status, started_at, outcome, ended_at FROM plan";

impl Register<'_> {
    /// An empty private file, on the disk where plans are kept, for writing a plan into; it vanishes unless kept.
    pub fn draft_plan(&self) -> Result<NamedTempFile> {
        let folder = self.folder.plans();
        private_folder(&folder)?;
        NamedTempFile::new_in(&folder).map_err(|cause| Error::io("write in", &folder, &cause))
    }

    /// Keeps a plan whose file was written into `draft`, and gives it its number. A plan that is known already stays
    /// as it is.
    pub fn keep_plan(&self, draft: NamedTempFile, new: &NewPlan<'_>) -> Result<PlanEntry> {
        draft.as_file().sync_all().map_err(|cause| Error::io("write", draft.path(), &cause))?;
        self.store.together(|| {
            if let Some(known) = self.plan_by_hash(&new.hash)? {
                return Ok(known);
            }
            let number = self.insert_plan(new)?;
            // What a command left here that was cut off before the register knew of it is replaced.
            let path = self.folder.plan(number);
            draft.persist(&path).map_err(|failed| Error::io("write", &path, &failed.error))?;
            sync_folder(&self.folder.plans())?;
            self.plan(number)
        })
    }

    fn insert_plan(&self, new: &NewPlan<'_>) -> Result<u32> {
        let sql = "INSERT INTO plan (hash, kind, created_at, head, status) VALUES (?1, ?2, ?3, ?4, 'new')";
        let values = (new.hash.0, new.kind.word(), self.now().to_string(), new.head.to_string());
        self.store.db.execute(sql, values).map_err(doing("write to"))?;
        let number = u32::try_from(self.store.db.last_insert_rowid())
            .map_err(|_| self.store.damaged("its plan numbers have run out"))?;
        for request in new.requests {
            let sql = "INSERT OR IGNORE INTO plan_request (plan, request) VALUES (?1, ?2)";
            self.store.db.execute(sql, (number, request)).map_err(doing("write to"))?;
        }
        Ok(number)
    }

    /// The plan of that number.
    pub fn plan(&self, number: u32) -> Result<PlanEntry> {
        let sql = format!("{COLUMNS} WHERE number = ?1");
        let found =
            self.store.db.query_row(&sql, [number], |row| self.plan_of(row)).optional().map_err(doing("read"))?;
        match found {
            Some(plan) => self.with_progress(plan),
            None => Err(Error::failed(format!("there is no plan {number} in this workspace"))
                .hint("`redress plan list` lists them")),
        }
    }

    /// The plan of that hash; `None` for one this workspace did not make, or that was edited.
    pub fn plan_by_hash(&self, hash: &Digest) -> Result<Option<PlanEntry>> {
        let sql = format!("{COLUMNS} WHERE hash = ?1");
        let found =
            self.store.db.query_row(&sql, [hash.0], |row| self.plan_of(row)).optional().map_err(doing("read"))?;
        found.map(|plan| self.with_progress(plan)).transpose()
    }

    /// All plans, by number.
    pub fn plans(&self) -> Result<Vec<PlanEntry>> {
        let mut statement = self.store.db.prepare(&format!("{COLUMNS} ORDER BY number")).map_err(doing("read"))?;
        let rows = statement.query_map([], |row| self.plan_of(row)).map_err(doing("read"))?;
        rows.map(|row| self.with_progress(row.map_err(doing("read"))?)).collect()
    }

    /// How far the plan of that hash is; `None` for an unknown one.
    pub fn plan_status(&self, hash: &Digest) -> Result<Option<PlanStatus>> {
        Ok(self.plan_by_hash(hash)?.map(|plan| plan.status))
    }

    /// Records, durably, that the plan's changes are about to be made; again, for one that was cut off or failed.
    pub fn plan_started(&self, hash: &Digest) -> Result<PlanEntry> {
        self.store.together(|| {
            let plan = self.known_plan(hash)?;
            if plan.status == PlanStatus::Finished {
                return Err(Error::bug(format!("plan {} is finished and cannot be started", plan.number)));
            }
            let sql = "UPDATE plan SET status = 'started', started_at = coalesce(started_at, ?2),
                outcome = NULL, ended_at = NULL WHERE number = ?1";
            self.store.db.execute(sql, (plan.number, self.now().to_string())).map_err(doing("write to"))?;
            self.plan(plan.number)
        })
    }

    /// Records that the plan's changes in a source are about to be made.
    pub fn source_started(&self, hash: &Digest, source: &str) -> Result<()> {
        self.progress(hash, source, "INSERT OR IGNORE INTO plan_source (plan, source, started_at) VALUES (?1, ?2, ?3)")
    }

    /// Records that the plan's changes in a source are durable there.
    pub fn source_committed(&self, hash: &Digest, source: &str) -> Result<()> {
        self.progress(
            hash,
            source,
            "INSERT INTO plan_source (plan, source, started_at, committed_at) VALUES (?1, ?2, ?3, ?3)
             ON CONFLICT (plan, source) DO UPDATE SET committed_at = coalesce(committed_at, excluded.committed_at)",
        )
    }

    /// Records how applying the plan ended. After [`PlanOutcome::Failed`] it can be started again.
    pub fn plan_finished(&self, hash: &Digest, outcome: PlanOutcome) -> Result<PlanEntry> {
        let status = match outcome {
            PlanOutcome::Failed => PlanStatus::Failed,
            PlanOutcome::Done | PlanOutcome::Incomplete => PlanStatus::Finished,
        };
        self.store.together(|| {
            let plan = match self.known_plan(hash)? {
                plan if plan.status == PlanStatus::Isolated => plan,
                _ => self.started_plan(hash)?,
            };
            let sql = "UPDATE plan SET status = ?2, outcome = ?3, ended_at = ?4 WHERE number = ?1";
            let values = (plan.number, status.word(), outcome.word(), self.now().to_string());
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            self.plan(plan.number)
        })
    }

    /// Records how it stands with a plan that was applied to its end and looked at again.
    pub fn plan_confirmed(&self, hash: &Digest, outcome: PlanOutcome) -> Result<PlanEntry> {
        self.store.together(|| {
            let plan = self.known_plan(hash)?;
            if plan.status != PlanStatus::Finished || outcome == PlanOutcome::Failed {
                return Err(Error::bug(format!("plan {} is confirmed without having been finished", plan.number)));
            }
            let sql = "UPDATE plan SET outcome = ?2, ended_at = ?3 WHERE number = ?1";
            let values = (plan.number, outcome.word(), self.now().to_string());
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            self.plan(plan.number)
        })
    }

    fn progress(&self, hash: &Digest, source: &str, sql: &str) -> Result<()> {
        self.store.together(|| {
            let plan = self.started_plan(hash)?;
            let values = (plan.number, source, self.now().to_string());
            self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
        })
    }

    fn known_plan(&self, hash: &Digest) -> Result<PlanEntry> {
        self.plan_by_hash(hash)?.ok_or_else(|| {
            Error::refused("this workspace did not make that plan, or its file was edited since")
                .hint("apply the plan by its number, or write a new one")
        })
    }

    fn started_plan(&self, hash: &Digest) -> Result<PlanEntry> {
        let plan = self.known_plan(hash)?;
        match plan.status {
            PlanStatus::Started => Ok(plan),
            _ => Err(Error::bug(format!("plan {} makes progress without having been started", plan.number))),
        }
    }

    fn plan_of(&self, row: &Row<'_>) -> rusqlite::Result<PlanEntry> {
        let number = row.get(0)?;
        let outcome = parsed_or_null(row, 7, PlanOutcome::of_word)?;
        let ended_at = parsed_or_null(row, 8, time)?;
        if outcome.is_some() != ended_at.is_some() {
            return Err(bad(row, 8));
        }
        Ok(PlanEntry {
            number,
            kind: parsed(row, 2, PlanKind::of_word)?,
            requests: Vec::new(),
            path: self.folder.plan(number),
            hash: digest(row, 1)?,
            head: parsed(row, 4, |text| text.parse().ok())?,
            created_at: parsed(row, 3, time)?,
            status: parsed(row, 5, PlanStatus::of_word)?,
            started_at: parsed_or_null(row, 6, time)?,
            ended: outcome.zip(ended_at),
            sources: Vec::new(),
        })
    }

    fn with_progress(&self, mut plan: PlanEntry) -> Result<PlanEntry> {
        let requests = "SELECT request FROM plan_request WHERE plan = ?1 ORDER BY request";
        plan.requests = self.belonging(requests, plan.number, |row| row.get(0))?;
        let sources = "SELECT source, started_at, committed_at FROM plan_source WHERE plan = ?1 ORDER BY number";
        plan.sources = self.belonging(sources, plan.number, |row| {
            Ok(SourceProgress {
                source: row.get(0)?,
                started_at: parsed(row, 1, time)?,
                committed_at: parsed_or_null(row, 2, time)?,
            })
        })?;
        Ok(plan)
    }
}
