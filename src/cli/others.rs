//! Who else the sources know, asked for an archive that is being made: nobody but the subject may be recognised in it.
//!
//! The sources are opened when the first question comes; most archives ask none.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::archive::{Others, What};
use crate::error::Result;
use crate::find::{Asked, Held, Opened, held_by_others};
use crate::map::DataMap;
use crate::resolve::PersonRecord;

/// The sources of a map, without one person.
pub struct Sources<'m> {
    map: &'m DataMap,
    subject: Vec<PersonRecord>,
    opened: RefCell<Option<Opened>>,
}

impl<'m> Sources<'m> {
    /// All persons of the map's sources but the subject.
    pub fn without(map: &'m DataMap, subject: Vec<PersonRecord>) -> Sources<'m> {
        Sources { map, subject, opened: RefCell::new(None) }
    }
}

impl Sources<'_> {
    fn look(&self, asked: &[(What, &str)]) -> Result<Held> {
        let mut all = Asked::new();
        for (what, text) in asked {
            match what {
                What::Email => _ = all.emails.add(text),
                What::Phone => _ = all.phones.add(text),
                What::Id => all.add_id(text),
                What::Name => all.add_name(text),
                What::Account => {}
                What::Number => {
                    if let Some((identity, number)) = text.split_once('=') {
                        all.add_number(identity, number);
                    }
                }
            }
        }
        if all.is_empty() {
            return Ok(Held::default());
        }
        let mut opened = self.opened.borrow_mut();
        held_by_others(self.map, opened.get_or_insert_with(|| Opened::all(self.map)), &self.subject, &all)
    }
}

impl Others for Sources<'_> {
    fn of(&self, asked: &[(What, &str)]) -> Result<HashSet<String>> {
        Ok(self.look(asked)?.theirs)
    }

    fn persons(&self, asked: &[(What, &str)]) -> Result<Vec<Vec<String>>> {
        Ok(self.look(asked)?.persons)
    }
}
