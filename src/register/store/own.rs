//! Own files in the register: that they were written, that they were ended, and what of a request is blanked with them.

use rusqlite::OptionalExtension as _;
use std::path::{Path, PathBuf};

use super::{digest, doing, parsed, time};
use crate::error::{Error, Result};
use crate::record::Digest;
use crate::register::Register;
use crate::register::folder::{private_folder, replace};
use crate::register::own::{NewOwnFile, OwnFile, RecordEntry};

impl Register<'_> {
    /// Records a file that was written.
    pub fn add_own_file(&self, new: &NewOwnFile<'_>) -> Result<()> {
        let path = std::path::absolute(new.path).unwrap_or_else(|_| new.path.to_owned());
        let path = path.to_string_lossy();
        self.store.together(|| {
            let name = self.request(new.request)?.digest(path.as_bytes());
            let sql = "INSERT INTO own_file (request, plan, kind, path, name, hash, made_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let values = (new.request, new.plan, new.kind, &path, name.0, new.hash.0, self.now().to_string());
            self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
        })
    }

    /// The files of a request that were not ended.
    pub fn own_files(&self, request: u32) -> Result<Vec<OwnFile>> {
        let sql = "SELECT number, request, plan, kind, path, hash, made_at FROM own_file
            WHERE request = ?1 AND ended_at IS NULL AND path IS NOT NULL ORDER BY number";
        self.belonging(sql, request, |row| {
            Ok(OwnFile {
                number: row.get(0)?,
                request: row.get(1)?,
                plan: row.get(2)?,
                kind: row.get(3)?,
                path: PathBuf::from(row.get::<_, String>(4)?),
                hash: digest(row, 5)?,
                made_at: parsed(row, 6, time)?,
            })
        })
    }

    /// Records what became of a file; where it was is forgotten.
    pub fn end_own_file(&self, number: u32, how: &str) -> Result<()> {
        let sql = "UPDATE own_file SET path = NULL, ended_at = ?2, how = ?3 WHERE number = ?1";
        let values = (number, self.now().to_string(), how);
        self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
    }

    /// The plan whose copy at this path was ended.
    pub fn ended_copy(&self, path: &Path) -> Result<Option<u32>> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = path.to_string_lossy();
        for request in self.requests()? {
            let sql = "SELECT plan FROM own_file WHERE request = ?1 AND name = ?2 AND ended_at IS NOT NULL
                AND plan IS NOT NULL ORDER BY number DESC LIMIT 1";
            let name = request.digest(path.as_bytes());
            let found = self.store.db.query_row(sql, (request.number, name.0), |row| row.get(0));
            if let Some(plan) = found.optional().map_err(doing("read"))? {
                return Ok(Some(plan));
            }
        }
        Ok(None)
    }

    /// Removes the workspace's own file of a plan; that the plan was there stays. Marked first: what is cut off here is
    /// done when it is called again.
    pub fn end_plan_file(&self, number: u32) -> Result<()> {
        let sql = "UPDATE plan SET file_ended_at = coalesce(file_ended_at, ?2) WHERE number = ?1";
        self.execute(sql, (number, self.now().to_string()))?;
        self.remove_images(number)?;
        let path = self.folder.plan(number);
        match std::fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Error::io("remove", &path, &cause)),
            _ => Ok(()),
        }
    }

    /// Whether the file of a plan was ended with the erasure it carried out.
    pub fn is_plan_file_ended(&self, number: u32) -> Result<bool> {
        let sql = "SELECT file_ended_at IS NOT NULL FROM plan WHERE number = ?1";
        let found = self.store.db.query_row(sql, [number], |row| row.get(0)).optional().map_err(doing("read"))?;
        Ok(found.unwrap_or(false))
    }

    /// Blanks the words of a request: whom it named, how identity was checked, why something was decided, to whom it
    /// went. That it was made, when, and what was answered stays.
    pub fn blank_request(&self, number: u32) -> Result<()> {
        self.store.together(|| {
            for sql in [
                "UPDATE request SET selectors = '[]', pick = NULL, accept = NULL, language = NULL WHERE number = ?1",
                "UPDATE accepted SET because = '' WHERE plan IN (SELECT plan FROM plan_request WHERE request = ?1)",
                "UPDATE verification SET how = '' WHERE request = ?1",
                "UPDATE decision SET because = '', text = NULL WHERE request = ?1",
                "UPDATE release SET recipient = '', channel = '' \
                    WHERE archive IN (SELECT number FROM archive WHERE request = ?1)",
            ] {
                self.store.db.execute(sql, [number]).map_err(doing("write to"))?;
            }
            Ok(())
        })
    }

    /// Writes the files of a record of erasure: for an authority and for the person, each as JSON and as a page. A later
    /// record of the same plan takes the place of an earlier one.
    pub fn write_record(&self, plan: u32, contents: [&[u8]; 4]) -> Result<[PathBuf; 4]> {
        let files = self.record_files(plan);
        private_folder(&self.folder.records())?;
        for (path, bytes) in files.iter().zip(contents) {
            replace(path, bytes)?;
        }
        Ok(files)
    }

    /// Records that it was made.
    pub fn add_record(&self, plan: u32, complete: bool, full: Digest, plain: Digest) -> Result<()> {
        let sql =
            "INSERT OR REPLACE INTO erasure_record (plan, complete, made_at, full, plain) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = (plan, complete, self.now().to_string(), full.0, plain.0);
        self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
    }

    /// The record of erasure of a plan.
    pub fn record_of(&self, plan: u32) -> Result<Option<RecordEntry>> {
        let sql = "SELECT complete, made_at FROM erasure_record WHERE plan = ?1";
        let read = |row: &rusqlite::Row<'_>| {
            let (complete, made_at) = (row.get(0)?, parsed(row, 1, time)?);
            Ok(RecordEntry { plan, complete, made_at, files: self.record_files(plan) })
        };
        self.store.db.query_row(sql, [plan], read).optional().map_err(doing("read"))
    }

    fn record_files(&self, plan: u32) -> [PathBuf; 4] {
        let file = |name: &str| self.folder.records().join(format!("{plan:04}-{name}"));
        [file("authority.json"), file("authority.html"), file("person.json"), file("person.html")]
    }
}
