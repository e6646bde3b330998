//! Archives in the register: that they were made, for whom, and with which head of the log.

use super::{digest, doing, parsed, time};
use crate::error::Result;
use crate::record::Digest;
use crate::register::{ArchiveEntry, Head, Register, Request};

impl Register<'_> {
    /// Records an archive that was made: the SHA-256 of its file, the file's name, the head it carries.
    pub fn add_archive(&self, request: &Request, hash: Digest, file_name: &str, head: Head) -> Result<ArchiveEntry> {
        let (name, made_at) = (request.digest(file_name), self.now());
        self.store.together(|| {
            let sql = "INSERT INTO archive (request, hash, name, made_at, head) VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = (request.number, hash.0, name.0, made_at.to_string(), head.to_string());
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            let number = u32::try_from(self.store.db.last_insert_rowid())
                .map_err(|_| self.store.damaged("its archive numbers have run out"))?;
            Ok(ArchiveEntry { number, request: request.number, hash, name, made_at, head })
        })
    }

    /// All archives, in the order they were made.
    pub fn archives(&self) -> Result<Vec<ArchiveEntry>> {
        let sql = "SELECT number, request, hash, name, made_at, head FROM archive ORDER BY number";
        let mut statement = self.store.db.prepare(sql).map_err(doing("read"))?;
        let rows = statement.query_map([], |row| {
            Ok(ArchiveEntry {
                number: row.get(0)?,
                request: row.get(1)?,
                hash: digest(row, 2)?,
                name: digest(row, 3)?,
                made_at: parsed(row, 4, time)?,
                head: parsed(row, 5, |text| text.parse().ok())?,
            })
        });
        rows.and_then(Iterator::collect).map_err(doing("read"))
    }
}
