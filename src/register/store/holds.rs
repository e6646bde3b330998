//! Holds in the register, and whom open requests are about.

use rusqlite::Row;
use std::collections::BTreeSet;

use super::{doing, parsed, parsed_or_null, time};
use crate::error::{Error, Result};
use crate::ledger::Tag;
use crate::register::hold::{Hold, NewHold, Scope};
use crate::register::{Register, Right};

const COLUMNS: &str = "SELECT number, covers, source, collection, matter, because, selectors, by, at, released_by,
    released_at, released_because FROM hold";

impl Register<'_> {
    /// Adds a hold; a person's is known by these hashes.
    pub fn add_hold(&self, new: &NewHold<'_>, tags: &[Tag]) -> Result<Hold> {
        let (covers, place) = match &new.scope {
            Scope::Person => ("person", None),
            Scope::Collection(source, collection) => ("collection", Some((source, collection))),
            Scope::Everything => ("everything", None),
        };
        let selectors = serde_json::to_string(new.selectors).map_err(|_| Error::bug("selectors are no JSON"))?;
        self.store.together(|| {
            let sql = "INSERT INTO hold (covers, source, collection, matter, because, selectors, by, at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let values = rusqlite::params![
                covers,
                place.map(|p| p.0),
                place.map(|p| p.1),
                new.matter,
                new.because,
                selectors,
                new.by,
                self.now().to_string()
            ];
            self.execute(sql, values)?;
            let number = u32::try_from(self.store.db.last_insert_rowid())
                .map_err(|_| self.store.damaged("its hold numbers have run out"))?;
            for tag in tags {
                self.execute("INSERT OR IGNORE INTO hold_tag (hold, tag) VALUES (?1, ?2)", (number, tag.0))?;
            }
            self.hold(number)
        })
    }

    /// The hold of that number.
    pub fn hold(&self, number: u32) -> Result<Hold> {
        let mut found = self.listed(&format!("{COLUMNS} WHERE number = ?1"), [number], hold_of)?;
        found.pop().ok_or_else(|| {
            Error::failed(format!("there is no hold {number} in this workspace")).hint("`redress hold list` lists them")
        })
    }

    /// All holds, released ones too.
    pub fn holds(&self) -> Result<Vec<Hold>> {
        self.listed(&format!("{COLUMNS} ORDER BY number"), [], hold_of)
    }

    /// Ends a hold; whom it was about is forgotten.
    pub fn release_hold(&self, number: u32, by: &str, because: &str) -> Result<Hold> {
        self.store.together(|| {
            if self.hold(number)?.released.is_some() {
                return Err(Error::refused(format!("hold {number} is released already")));
            }
            let sql = "UPDATE hold SET released_by = ?2, released_at = ?3, released_because = ?4, selectors = NULL
                WHERE number = ?1";
            self.execute(sql, (number, by, self.now().to_string(), because))?;
            self.execute("DELETE FROM hold_tag WHERE hold = ?1", [number])?;
            self.hold(number)
        })
    }

    /// Whom a hold is about.
    pub fn hold_tags(&self, number: u32) -> Result<Vec<Tag>> {
        self.belonging("SELECT tag FROM hold_tag WHERE hold = ?1", number, |row| row.get(0).map(Tag))
    }

    /// Remembers whom a request was found to be about.
    pub fn tag_request(&self, number: u32, tags: &[Tag]) -> Result<()> {
        self.store.together(|| {
            self.execute("DELETE FROM request_tag WHERE request = ?1", [number])?;
            let sql = "INSERT OR IGNORE INTO request_tag (request, tag) VALUES (?1, ?2)";
            tags.iter().try_for_each(|tag| self.execute(sql, (number, tag.0)))
        })
    }

    /// Whom a request was found to be about.
    pub fn request_tags(&self, number: u32) -> Result<Vec<Tag>> {
        self.belonging("SELECT tag FROM request_tag WHERE request = ?1", number, |row| row.get(0).map(Tag))
    }

    /// The requests that were found to be about somebody with one of these.
    pub fn requests_tagged(&self, tags: impl IntoIterator<Item = Tag>) -> Result<BTreeSet<u32>> {
        let mut requests = BTreeSet::new();
        for tag in tags {
            let sql = "SELECT request FROM request_tag WHERE tag = ?1";
            requests.extend(self.listed(sql, [tag.0], |row| row.get::<_, u32>(0))?);
        }
        Ok(requests)
    }

    /// Whether an archive was made for that right of the request.
    pub fn has_archive(&self, request: u32, right: Right) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM archive WHERE request = ?1 AND coalesce(\"right\", 'access') = ?2)";
        self.store.db.query_row(sql, (request, right.word()), |row| row.get(0)).map_err(doing("read"))
    }
}

fn hold_of(row: &Row<'_>) -> rusqlite::Result<Hold> {
    let place = || Some((row.get(2).ok()?, row.get(3).ok()?));
    let released_at = parsed_or_null(row, 10, time)?;
    let released_by: Option<String> = row.get(9)?;
    let because: Option<String> = row.get(11)?;
    let released = released_by.zip(released_at).map(|(by, at)| (by, at, because.unwrap_or_default()));
    Ok(Hold {
        number: row.get(0)?,
        scope: parsed(row, 1, |word| match word {
            "person" => Some(Scope::Person),
            "collection" => place().map(|(source, collection)| Scope::Collection(source, collection)),
            "everything" => Some(Scope::Everything),
            _ => None,
        })?,
        matter: row.get(4)?,
        because: row.get(5)?,
        selectors: parsed_or_null(row, 6, |text| serde_json::from_str(text).ok())?.unwrap_or_default(),
        by: row.get(7)?,
        at: parsed(row, 8, time)?,
        released,
    })
}
