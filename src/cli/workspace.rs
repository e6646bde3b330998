//! The workspace a command works in: its map, its register, who is at the keyboard, what time it is.

use jiff::tz::TimeZone;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::register::{Clock as _, Entry, NewRequest, Register, Request, Right, System, due};

/// An open workspace.
pub struct Workspace {
    /// Its folder.
    pub folder: PathBuf,
    /// Its data map.
    pub map: DataMap,
    /// Its register.
    pub register: Register<'static>,
    /// The controller's time zone.
    pub zone: TimeZone,
    /// The user of the operating system.
    pub actor: String,
}

static SYSTEM: System = System;

impl Workspace {
    /// Opens the workspace in that folder; the register is made where there is none yet.
    pub fn open(folder: &std::path::Path) -> Result<Workspace> {
        let map = crate::map::read(folder)?;
        let register = Register::create(folder, &SYSTEM, &SYSTEM)?;
        let zone = due::time_zone(map.controller.time_zone.as_deref())?;
        let named = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let actor = named.filter(|n| !n.is_empty()).unwrap_or_else(|| "unknown".into());
        Ok(Workspace { folder: folder.to_owned(), map, register, zone, actor })
    }

    /// Now.
    pub fn now(&self) -> jiff::Timestamp {
        SYSTEM.now()
    }

    /// The request a command belongs to, with the identity verified; opened where none is named.
    pub fn verified_request(
        &self,
        given: Option<&str>,
        verified: Option<&str>,
        selectors: &[String],
        right: Right,
    ) -> Result<Request> {
        let not_verified = || {
            Error::refused("nobody has recorded how the identity of the person who asks was checked")
                .hint("add --verified \"how\", for example --verified \"answered from the address in the account\"")
        };
        if given.is_none() && verified.is_none() {
            return Err(not_verified());
        }
        let new = NewRequest { selectors, rights: &[right], zone: &self.zone };
        let mut request = self.register.find_or_open(given, &new)?;
        if let Some(how) = verified {
            request = self.register.record_verification(request.number, how)?;
        }
        if request.right(right).is_none() {
            request = self.register.add_right(request.number, right, &self.zone)?;
        }
        if request.is_verified() { Ok(request) } else { Err(not_verified()) }
    }

    /// The first half of a log entry: what is about to be done.
    pub fn intent(&self, action: &str) -> Entry {
        Entry::intent(&self.actor, action)
    }

    /// The second half: what came of it.
    pub fn outcome(&self, action: &str) -> Entry {
        Entry::outcome(&self.actor, action)
    }
}
