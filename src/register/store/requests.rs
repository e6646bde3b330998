//! Requests in the register: opening, finding, listing, and what is added to them later.

use rusqlite::{OptionalExtension as _, Row};

use super::{bad, doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::language::Tag;
use crate::register::request::{NewRequest, Outcome, Request, Right, RightAsked, Status, Verified};
use crate::register::{Register, due};
use jiff::tz::TimeZone;

const COLUMNS: &str = "SELECT number, id, opened_at, closed_at, salt, selectors, pick, accept, language FROM request";

impl Register<'_> {
    /// Opens a request.
    pub fn open_request(&self, new: &NewRequest<'_>) -> Result<Request> {
        if new.rights.is_empty() {
            return Err(Error::bug("a request asks for no right"));
        }
        let (mut id, mut salt) = ([0; 16], [0; 32]);
        self.random.fill(&mut id);
        self.random.fill(&mut salt);
        let selectors = as_text(new.selectors)?;
        self.store.together(|| {
            let sql =
                "INSERT INTO request (id, opened_at, salt, selectors, pick, accept) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let values = (hex::encode(id), self.now().to_string(), salt, selectors, new.pick, new.accept);
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            let number = u32::try_from(self.store.db.last_insert_rowid())
                .map_err(|_| self.store.damaged("its request numbers have run out"))?;
            for right in new.rights {
                self.insert_right(number, *right, new.zone)?;
            }
            self.request(number)
        })
    }

    /// The request a command works for: the given one, which then asks for these rights too, or a new one. An open
    /// request is never taken because its selectors are alike: two requests of one person have two clocks, and who
    /// means an earlier one says so.
    pub fn find_or_open(&self, given: Option<&str>, new: &NewRequest<'_>) -> Result<Request> {
        let Some(given) = given else {
            return self.open_request(new);
        };
        self.store.together(|| {
            let request = self.find_request(given)?;
            for right in new.rights {
                self.add_right(request.number, *right, new.zone)?;
            }
            self.request(request.number)
        })
    }

    /// Says anew whom a request is about; what was said before is forgotten.
    pub fn describe_request(&self, number: u32, new: &NewRequest<'_>) -> Result<Request> {
        let selectors = as_text(new.selectors)?;
        self.store.together(|| {
            self.not_closed(number)?;
            let sql = "UPDATE request SET selectors = ?2, pick = ?3, accept = ?4 WHERE number = ?1";
            let values = (number, selectors, new.pick, new.accept);
            self.store.db.execute(sql, values).map_err(doing("write to"))?;
            self.request(number)
        })
    }

    /// The request a person names, by number (`3`, `#3`) or id.
    pub fn find_request(&self, given: &str) -> Result<Request> {
        let is_id = given.len() == 32 && given.bytes().all(|b| b.is_ascii_hexdigit());
        let found = match given.strip_prefix('#').unwrap_or(given).parse::<u32>() {
            _ if is_id => self.one("id = ?1", given.to_ascii_lowercase())?,
            Ok(number) => self.one("number = ?1", number)?,
            Err(_) => return Err(Error::usage("a request is named by its number or its id").hint(LIST)),
        };
        // What was given is not repeated: it may be a name or an address typed in the wrong place.
        found.ok_or_else(|| Error::failed("there is no such request in this workspace").hint(LIST))
    }

    /// The request of that number.
    pub fn request(&self, number: u32) -> Result<Request> {
        let found = self.one("number = ?1", number)?;
        found.ok_or_else(|| Error::failed(format!("there is no request {number} in this workspace")).hint(LIST))
    }

    /// Requests that wait for an answer, the most urgent first.
    pub fn open_requests(&self) -> Result<Vec<Request>> {
        let mut open = self.many("WHERE closed_at IS NULL")?;
        open.retain(|request| request.status() == Status::Open);
        open.sort_by_key(|request| (request.due(), request.number));
        Ok(open)
    }

    /// All requests, by number.
    pub fn requests(&self) -> Result<Vec<Request>> {
        self.many("ORDER BY number")
    }

    /// Records how the requester's identity was checked; earlier records stay.
    pub fn record_verification(&self, number: u32, how: &str) -> Result<Request> {
        if how.trim().is_empty() {
            return Err(Error::usage("it is not said how the identity was checked")
                .hint("say it in words: --verified \"known from the account\""));
        }
        self.store.together(|| {
            self.not_closed(number)?;
            let sql = "INSERT INTO verification (request, at, how) VALUES (?1, ?2, ?3)";
            self.store.db.execute(sql, (number, self.now().to_string(), how.trim())).map_err(doing("write to"))?;
            self.request(number)
        })
    }

    /// Records the language the person is answered in; a later one replaces it.
    pub fn record_language(&self, number: u32, language: Tag) -> Result<Request> {
        self.store.together(|| {
            let sql = "UPDATE request SET language = ?2 WHERE number = ?1";
            self.store.db.execute(sql, (number, language.text())).map_err(doing("write to"))?;
            self.request(number)
        })
    }

    /// Adds a right, whose clock starts now. One that was asked for before keeps its clock and its answer.
    pub fn add_right(&self, number: u32, right: Right, zone: &TimeZone) -> Result<Request> {
        self.store.together(|| {
            if self.not_closed(number)?.right(right).is_none() {
                self.insert_right(number, right, zone)?;
            }
            self.request(number)
        })
    }

    /// Records what was answered to a right; a later answer replaces it.
    pub fn mark_outcome(&self, number: u32, right: Right, outcome: Outcome) -> Result<Request> {
        self.store.together(|| {
            self.not_closed(number)?;
            let sql = "UPDATE request_right SET outcome = ?3, outcome_at = ?4 WHERE request = ?1 AND name = ?2";
            let values = (number, right.word(), outcome.word(), self.now().to_string());
            match self.store.db.execute(sql, values).map_err(doing("write to"))? {
                0 => Err(Error::refused(format!("request {number} does not ask for {}", right.word()))),
                _ => self.request(number),
            }
        })
    }

    /// Puts a request away.
    pub fn close_request(&self, number: u32) -> Result<Request> {
        self.store.together(|| {
            self.not_closed(number)?;
            let sql = "UPDATE request SET closed_at = ?2 WHERE number = ?1";
            self.store.db.execute(sql, (number, self.now().to_string())).map_err(doing("write to"))?;
            self.request(number)
        })
    }

    fn not_closed(&self, number: u32) -> Result<Request> {
        let request = self.request(number)?;
        match request.closed_at {
            Some(_) => Err(Error::refused(format!("request {number} is closed")).hint("open a new one")),
            None => Ok(request),
        }
    }

    fn insert_right(&self, number: u32, right: Right, zone: &TimeZone) -> Result<()> {
        let now = self.now();
        let sql = "INSERT OR IGNORE INTO request_right (request, name, asked_at, due) VALUES (?1, ?2, ?3, ?4)";
        let values = (number, right.word(), now.to_string(), due::due(now, zone)?.to_string());
        self.store.db.execute(sql, values).map_err(doing("write to")).map(drop)
    }

    fn one(&self, condition: &str, value: impl rusqlite::ToSql) -> Result<Option<Request>> {
        let sql = format!("{COLUMNS} WHERE {condition}");
        let found = self.store.db.query_row(&sql, [value], read).optional().map_err(doing("read"))?;
        found.map(|request| self.completed(request)).transpose()
    }

    fn many(&self, rest: &str) -> Result<Vec<Request>> {
        let mut statement = self.store.db.prepare(&format!("{COLUMNS} {rest}")).map_err(doing("read"))?;
        let rows = statement.query_map([], read).map_err(doing("read"))?;
        rows.map(|row| self.completed(row.map_err(doing("read"))?)).collect()
    }

    /// Adds what stands in other tables.
    fn completed(&self, mut request: Request) -> Result<Request> {
        let rights = "SELECT name, asked_at, due, outcome, outcome_at FROM request_right WHERE request = ?1";
        request.rights = self.belonging(rights, request.number, read_right)?;
        request.rights.sort_by_key(|r| r.right);
        let verified = "SELECT how, at FROM verification WHERE request = ?1 ORDER BY number";
        request.verified = self
            .belonging(verified, request.number, |row| Ok(Verified { how: row.get(0)?, at: parsed(row, 1, time)? }))?;
        Ok(request)
    }

    pub(super) fn belonging<T>(
        &self,
        sql: &str,
        number: u32,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.store.db.prepare_cached(sql).map_err(doing("read"))?;
        let rows = statement.query_map([number], read).map_err(doing("read"))?;
        rows.collect::<rusqlite::Result<_>>().map_err(doing("read"))
    }
}

fn as_text(selectors: &[String]) -> Result<String> {
    serde_json::to_string(selectors).map_err(|_| Error::bug("selectors are no JSON"))
}

const LIST: &str = "`redress` alone lists the open requests";

fn read(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        number: row.get(0)?,
        id: row.get(1)?,
        opened_at: parsed(row, 2, time)?,
        closed_at: parsed_or_null(row, 3, time)?,
        salt: row.get(4)?,
        selectors: parsed(row, 5, |text| serde_json::from_str(text).ok())?,
        pick: row.get(6)?,
        accept: row.get(7)?,
        language: row.get(8)?,
        rights: Vec::new(),
        verified: Vec::new(),
    })
}

fn read_right(row: &Row<'_>) -> rusqlite::Result<RightAsked> {
    let outcome = parsed_or_null(row, 3, Outcome::of_word)?;
    let at = parsed_or_null(row, 4, time)?;
    if outcome.is_some() != at.is_some() {
        return Err(bad(row, 4));
    }
    Ok(RightAsked {
        right: parsed(row, 0, Right::of_word)?,
        asked_at: parsed(row, 1, time)?,
        due: parsed(row, 2, |text| text.parse().ok())?,
        outcome: outcome.zip(at),
    })
}
