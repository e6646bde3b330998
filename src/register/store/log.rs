//! The log in the register: appended to, read out, checked. Entries are never changed or deleted here.

use rusqlite::OptionalExtension as _;
use rusqlite::types::ValueRef;

use super::doing;
use crate::error::{Error, Result};
use crate::register::log::{Checker, Row, seal};
use crate::register::{Entry, Head, LogEntry, LogReport, Register};

const COLUMNS: &str = "SELECT seq, entry, chain, tag FROM log";

impl Register<'_> {
    /// Appends an entry; durable when it returns. Refused where the last entry is not as it was written: nothing is
    /// built on a broken log.
    pub fn append(&self, entry: Entry) -> Result<Head> {
        self.store.together(|| {
            let key = self.log_key()?;
            let last = self.last_row()?;
            if last.as_ref().is_some_and(|row| !row.is_sealed(key)) {
                return Err(broken());
            }
            let head = head_of(last.as_ref())?;
            let (row, head) = seal(entry, self.now().to_string(), head, key)?;
            let text = String::from_utf8(row.entry).map_err(|_| Error::bug("an entry of the log is no text"))?;
            let seq = i64::try_from(row.place).map_err(|_| broken())?;
            let sql = "INSERT INTO log (seq, entry, chain, tag) VALUES (?1, ?2, ?3, ?4)";
            self.store.db.execute(sql, (seq, text, row.chain, row.tag)).map_err(doing("write to"))?;
            Ok(head)
        })
    }

    /// The log up to now.
    pub fn head(&self) -> Result<Head> {
        head_of(self.last_row()?.as_ref())
    }

    /// Gives `sink` the canonical bytes of every entry, in order, as lines of JSON without their ends. They are what is
    /// chained: from them alone anybody can compute every head.
    pub fn log_lines(&self, sink: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.rows(&mut |row| sink(std::str::from_utf8(&row.entry).map_err(|_| broken())?))
    }

    /// Every entry, in order, as it stands there.
    pub fn log_entries(&self) -> Result<Vec<LogEntry>> {
        let mut entries = Vec::new();
        self.rows(&mut |row| {
            entries.push(serde_json::from_slice(&row.entry).map_err(|_| broken())?);
            Ok(())
        })?;
        Ok(entries)
    }

    /// Checks the whole log, against these heads and those that plans and archives carry.
    pub fn check_log(&self, expected: &[Head]) -> Result<LogReport> {
        self.store.together(|| {
            let mut heads = expected.to_vec();
            heads.extend(self.carried_heads()?);
            let key = match self.last_row()? {
                Some(_) => Some(self.log_key()?),
                None => None,
            };
            let mut checker = Checker::new(key, &heads);
            self.rows(&mut |row| {
                checker.row(row);
                Ok(())
            })?;
            Ok(checker.finish())
        })
    }

    fn carried_heads(&self) -> Result<Vec<Head>> {
        let sql = "SELECT head FROM plan UNION SELECT head FROM archive";
        let mut statement = self.store.db.prepare(sql).map_err(doing("read"))?;
        let rows = statement.query_map([], |row| super::parsed(row, 0, |text| text.parse().ok()));
        rows.and_then(Iterator::collect).map_err(doing("read"))
    }

    fn last_row(&self) -> Result<Option<Row>> {
        let sql = format!("{COLUMNS} ORDER BY seq DESC LIMIT 1");
        self.store.db.query_row(&sql, [], read).optional().map_err(doing("read"))
    }

    fn rows(&self, sink: &mut dyn FnMut(&Row) -> Result<()>) -> Result<()> {
        let mut statement = self.store.db.prepare(&format!("{COLUMNS} ORDER BY seq")).map_err(doing("read"))?;
        let mut rows = statement.query([]).map_err(doing("read"))?;
        while let Some(row) = rows.next().map_err(doing("read"))? {
            sink(&read(row).map_err(doing("read"))?)?;
        }
        Ok(())
    }
}

/// Whatever type a value has by now: judging it is the check's affair.
fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let bytes = |column| -> rusqlite::Result<Vec<u8>> {
        Ok(match row.get_ref(column)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        })
    };
    let place: i64 = row.get(0)?;
    Ok(Row { place: u64::try_from(place).unwrap_or(0), entry: bytes(1)?, chain: bytes(2)?, tag: bytes(3)? })
}

fn head_of(last: Option<&Row>) -> Result<Head> {
    let Some(row) = last else {
        return Ok(Head::EMPTY);
    };
    let head = row.whole().map(|(_, head)| head);
    head.filter(|head| head.seq == row.place).ok_or_else(broken)
}

fn broken() -> Error {
    Error::refused("the log is not as it was written").hint("`redress log check` names the entries")
}
