//! Times in which plans can be taken back: the before-images, closed for the officer's keys, and how it stands.

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Row};
use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;
use tempfile::NamedTempFile;

use super::{bad, doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::Register;
use crate::register::folder::{private_folder, sync_folder};
use crate::register::plan::{PlanEntry, PlanStatus};
use crate::register::window::{Window, WindowEnd};

const COLUMNS: &str = "SELECT plan, until, begun_at, ended_at, how FROM undo";

impl Register<'_> {
    /// Keeps what takes a plan back, whole or not at all, and durably; `fill` writes it.
    pub fn keep_images(&self, plan: u32, fill: impl FnOnce(&File) -> Result<()>) -> Result<()> {
        let (folder, path) = (self.folder.undo(), self.folder.images(plan));
        private_folder(&folder)?;
        let failed = |cause: std::io::Error| Error::io("write", &path, &cause);
        let draft = NamedTempFile::new_in(&folder).map_err(failed)?;
        fill(draft.as_file())?;
        draft.as_file().sync_all().map_err(failed)?;
        draft.persist(&path).map_err(|refused| failed(refused.error))?;
        sync_folder(&folder)
    }

    /// Where that is.
    pub fn images(&self, plan: u32) -> PathBuf {
        self.folder.images(plan)
    }

    /// Removes it, and what a run that was cut off left beside it.
    pub fn remove_images(&self, plan: u32) -> Result<()> {
        let path = self.folder.images(plan);
        match std::fs::remove_file(&path) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(Error::io("remove", &path, &cause)),
            Err(_) => return Ok(()),
            Ok(()) => {}
        }
        sync_folder(&self.folder.undo())
    }

    /// Opens the time of a plan.
    pub fn open_window(&self, plan: u32, until: Date) -> Result<()> {
        self.execute("INSERT OR IGNORE INTO undo (plan, until) VALUES (?1, ?2)", (plan, until.to_string()))
    }

    /// Keeps what applying a plan had to tell of the sources, and what it could not cover.
    pub fn tell_window(&self, plan: u32, problems: &[Problem], not_covered: &[Problem]) -> Result<()> {
        let told = serde_json::json!([problems, not_covered]).to_string();
        self.execute("UPDATE undo SET told = coalesce(told, ?2) WHERE plan = ?1", (plan, told))
    }

    /// What was kept so.
    pub fn told_by_window(&self, plan: u32) -> Result<(Vec<Problem>, Vec<Problem>)> {
        let sql = "SELECT told FROM undo WHERE plan = ?1 AND told IS NOT NULL";
        let told: Option<String> =
            self.store.db.query_row(sql, [plan], |row| row.get(0)).optional().map_err(doing("read"))?;
        let read = |told: String| serde_json::from_str(&told).ok();
        told.map_or(Some(Default::default()), read).ok_or_else(|| self.store.damaged("what a plan told is no list"))
    }

    /// Removes what takes plans back that cannot be taken back any more, and what runs that were cut off left there.
    pub fn clear_images(&self) -> Result<()> {
        let folder = self.folder.undo();
        let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let number = name.to_str().and_then(|n| n.strip_suffix(".age")).and_then(|n| n.parse::<u32>().ok());
            let needed = match number {
                Some(number) => self.window(number)?.is_some_and(|window| window.ended.is_none()),
                None => false,
            };
            if !needed {
                std::fs::remove_file(entry.path()).map_err(|cause| Error::io("remove", &entry.path(), &cause))?;
            }
        }
        Ok(())
    }

    /// The time of a plan, where it has one.
    pub fn window(&self, plan: u32) -> Result<Option<Window>> {
        let sql = format!("{COLUMNS} WHERE plan = ?1");
        self.store.db.query_row(&sql, [plan], read).optional().map_err(doing("read"))
    }

    /// All whose plans have not come to their end, by plan.
    pub fn windows(&self) -> Result<Vec<Window>> {
        let isolated = "(SELECT number FROM plan WHERE status = 'isolated')";
        let sql = format!("{COLUMNS} WHERE ended_at IS NULL OR plan IN {isolated} ORDER BY plan");
        let mut statement = self.store.db.prepare(&sql).map_err(doing("read"))?;
        let rows = statement.query_map([], read).map_err(doing("read"))?;
        rows.collect::<rusqlite::Result<_>>().map_err(doing("read"))
    }

    /// Records, durably, that a plan is about to be taken back.
    pub fn begin_undo(&self, plan: u32, because: Option<&str>) -> Result<()> {
        let sql = "UPDATE undo SET begun_at = coalesce(begun_at, ?2), because = coalesce(because, ?3) WHERE plan = ?1";
        self.execute(sql, (plan, self.now().to_string(), because))
    }

    /// Records how the time ended.
    pub fn end_window(&self, plan: u32, how: WindowEnd) -> Result<()> {
        let sql = "UPDATE undo SET ended_at = coalesce(ended_at, ?2), how = coalesce(how, ?3) WHERE plan = ?1";
        self.execute(sql, (plan, self.now().to_string(), how.word()))
    }

    /// Records that a plan was applied and can be taken back: it is not finished.
    pub fn plan_isolated(&self, hash: &Digest) -> Result<PlanEntry> {
        self.set_status(hash, PlanStatus::Isolated)
    }

    /// Records that a plan was taken back.
    pub fn plan_undone(&self, hash: &Digest) -> Result<PlanEntry> {
        self.set_status(hash, PlanStatus::Undone)
    }

    fn set_status(&self, hash: &Digest, status: PlanStatus) -> Result<PlanEntry> {
        self.store.together(|| {
            let Some(plan) = self.plan_by_hash(hash)? else { return Err(Error::bug("a plan is not known")) };
            self.execute("UPDATE plan SET status = ?2 WHERE number = ?1", (plan.number, status.word()))?;
            self.plan(plan.number)
        })
    }

    /// Forgets what the ledger remembers of a plan, and what it kept for a time: it was taken back.
    pub fn forget_plan(&self, plan: u32) -> Result<()> {
        self.store.together(|| {
            self.execute("DELETE FROM erased WHERE plan = ?1", [plan])?;
            self.execute("DELETE FROM waiting WHERE plan = ?1", [plan])
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Window> {
    let (how, at) = (parsed_or_null(row, 4, WindowEnd::of_word)?, parsed_or_null(row, 3, time)?);
    if how.is_some() != at.is_some() {
        return Err(bad(row, 4));
    }
    Ok(Window {
        plan: row.get(0)?,
        until: parsed(row, 1, |text| text.parse().ok())?,
        begun_at: parsed_or_null(row, 2, time)?,
        ended: how.zip(at),
    })
}
