//! Archives in the register: that they were made, for whom, with which head of the log; what was decided on single
//! values, and to whom they were handed over.

use rusqlite::Row;

use super::{digest, doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::map::Exempt;
use crate::record::Digest;
use crate::register::{ArchiveContent, ArchiveEntry, Decision, Head, Register, Release, Request, Right};

impl Register<'_> {
    /// Records an archive that was made: the right it answers, the SHA-256 of its file, the file's name, the head it
    /// carries.
    pub fn add_archive(
        &self,
        (request, right): (&Request, Right),
        hash: Digest,
        file_name: &str,
        head: Head,
    ) -> Result<ArchiveEntry> {
        let (name, made_at) = (request.digest(file_name), self.now());
        self.store.together(|| {
            let sql =
                "INSERT INTO archive (request, hash, name, made_at, head, \"right\") VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let values = (request.number, hash.0, name.0, made_at.to_string(), head.to_string(), right.word());
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            let number = u32::try_from(self.store.db.last_insert_rowid())
                .map_err(|_| self.store.damaged("its archive numbers have run out"))?;
            Ok(ArchiveEntry {
                number,
                request: request.number,
                right,
                hash,
                name,
                made_at,
                author: None,
                categories: None,
                head,
                content: None,
            })
        })
    }

    /// Records what is in an archive.
    pub fn describe_archive(&self, number: u32, content: ArchiveContent) -> Result<()> {
        self.store.together(|| {
            let sql = "UPDATE archive SET records = ?2, withheld = ?3, pending = ?4 WHERE number = ?1";
            let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let values = (number, count(content.records), count(content.withheld), count(content.pending));
            self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
        })
    }

    /// Records who made an archive, and the categories of data in it.
    pub fn sign_archive(&self, number: u32, author: &str, categories: &[String]) -> Result<()> {
        let categories = serde_json::to_string(categories).map_err(|_| Error::bug("categories are no JSON"))?;
        self.execute("UPDATE archive SET author = ?2, categories = ?3 WHERE number = ?1", (number, author, categories))
    }

    /// All archives, in the order they were made.
    pub fn archives(&self) -> Result<Vec<ArchiveEntry>> {
        let sql = "SELECT number, request, hash, name, made_at, head, records, withheld, pending, \"right\",
            author, categories FROM archive ORDER BY number";
        let mut statement = self.store.db.prepare(sql).map_err(doing("read"))?;
        let rows = statement.query_map([], |row| {
            Ok(ArchiveEntry {
                number: row.get(0)?,
                request: row.get(1)?,
                right: parsed_or_null(row, 9, Right::of_word)?.unwrap_or(Right::Access),
                author: row.get(10)?,
                categories: parsed_or_null(row, 11, |text| serde_json::from_str(text).ok())?,
                hash: digest(row, 2)?,
                name: digest(row, 3)?,
                made_at: parsed(row, 4, time)?,
                head: parsed(row, 5, |text| text.parse().ok())?,
                content: content(row)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(doing("read"))
    }

    /// Records that an archive was handed over.
    pub fn add_release(&self, archive: u32, recipient: &str, channel: &str) -> Result<Release> {
        let at = self.now();
        self.store.together(|| {
            let sql = "INSERT INTO release (archive, recipient, channel, at) VALUES (?1, ?2, ?3, ?4)";
            self.store.db.execute(sql, (archive, recipient, channel, at.to_string())).map_err(doing("write to"))?;
            let number = u32::try_from(self.store.db.last_insert_rowid())
                .map_err(|_| self.store.damaged("its release numbers have run out"))?;
            Ok(Release { number, archive, recipient: recipient.into(), channel: channel.into(), at })
        })
    }

    /// All releases, in the order in which they were made.
    pub fn releases(&self) -> Result<Vec<Release>> {
        let sql = "SELECT number, archive, recipient, channel, at FROM release ORDER BY number";
        let mut statement = self.store.db.prepare(sql).map_err(doing("read"))?;
        let rows = statement.query_map([], |row| {
            let (number, archive) = (row.get(0)?, row.get(1)?);
            Ok(Release { number, archive, recipient: row.get(2)?, channel: row.get(3)?, at: parsed(row, 4, time)? })
        });
        rows.and_then(Iterator::collect).map_err(doing("read"))
    }

    /// Records what somebody decided for a request; a later one on the same value replaces the earlier.
    pub fn add_decisions(&self, request: &Request, decisions: &[Decision], by: &str) -> Result<()> {
        let at = self.now().to_string();
        self.store.together(|| {
            for d in decisions {
                let sql = "INSERT INTO decision (request, item, verdict, because, text, at, by, untold, exempt)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (request, item) DO UPDATE
                     SET verdict = excluded.verdict, because = excluded.because, text = excluded.text, at = excluded.at,
                     by = excluded.by, untold = excluded.untold, exempt = excluded.exempt";
                let exempt = d.exempt.map(Exempt::word);
                let values = (request.number, &d.item, &d.verdict, &d.because, &d.text, &at, by, !d.told, exempt);
                self.store.db.execute(sql, values).map_err(doing("write to"))?;
            }
            Ok(())
        })
    }

    /// Who made decisions for a request.
    pub fn deciders(&self, request: u32) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT by FROM decision WHERE request = ?1 AND by IS NOT NULL ORDER BY by";
        self.belonging(sql, request, |row| row.get(0))
    }

    /// The decisions made for a request.
    pub fn decisions(&self, request: &Request) -> Result<Vec<Decision>> {
        self.belonging(
            "SELECT item, verdict, because, text, untold, exempt FROM decision WHERE request = ?1",
            request.number,
            |row| {
                Ok(Decision {
                    item: row.get(0)?,
                    verdict: row.get(1)?,
                    because: row.get(2)?,
                    text: row.get(3)?,
                    told: !row.get::<_, bool>(4)?,
                    exempt: row.get::<_, Option<String>>(5)?.and_then(|word| Exempt::parse(&word)),
                })
            },
        )
    }
}

fn content(row: &Row<'_>) -> rusqlite::Result<Option<ArchiveContent>> {
    let count = |column| -> rusqlite::Result<Option<u64>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|n| u64::try_from(n).ok()))
    };
    let (records, withheld, pending) = (count(6)?, count(7)?, count(8)?);
    let all = records.zip(withheld).zip(pending);
    Ok(all.map(|((records, withheld), pending)| ArchiveContent { records, withheld, pending }))
}
