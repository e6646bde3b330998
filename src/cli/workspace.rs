//! The workspace a command works in: its map, its register, who is at the keyboard, what time it is.

use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::RequestArgs;
use super::selectors::Meant;
use crate::error::{Error, Result};
use crate::language::{Language, Tag};
use crate::map::DataMap;
use crate::register::{Clock as _, Entry, NewRequest, Random as _, Register, Request, Right, System, due};

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

    /// The day of an instant, in the controller's time zone.
    pub fn day(&self, instant: jiff::Timestamp) -> jiff::civil::Date {
        self.zone.to_datetime(instant).date()
    }

    /// Today, in the controller's time zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.day(self.now())
    }

    /// A passphrase that nobody can guess.
    pub fn passphrase(&self) -> String {
        let mut random = [0; 24];
        SYSTEM.fill(&mut random);
        crate::archive::passphrase(&random)
    }

    /// The request a command belongs to, with the identity verified; opened where none is named. Says too whether it
    /// was opened just now.
    pub fn verified_request(&self, meant: &Meant, how: &RequestArgs, right: Right) -> Result<(Request, bool)> {
        let named = self.named_request(meant, how)?;
        let verified = how.verified.as_deref();
        if verified.is_none() && !named.as_ref().is_some_and(Request::is_verified) {
            return Err(not_verified());
        }
        let texts = meant.texts();
        let (pick, accept) = (meant.pick.key.as_deref(), meant.pick.accept.as_deref());
        let new = NewRequest { selectors: &texts, pick, accept, rights: &[right], zone: &self.zone };
        let opened = named.is_none();
        self.register.together(|register| {
            let mut request = match named {
                None => register.open_request(&new)?,
                Some(request) => {
                    same_person_or_verified(&request, &texts, verified)?;
                    register.describe_request(request.number, &new)?;
                    register.add_right(request.number, right, &self.zone)?
                }
            };
            if let Some(how) = verified {
                request = register.record_verification(request.number, how)?;
            }
            if let Some(language) = how.language {
                request = register.record_language(request.number, language)?;
            }
            Ok((request, opened))
        })
    }

    /// The language a person is answered in: the request's, else the first of the controller's that there is, else
    /// English.
    pub fn language(&self, request: Option<&Request>) -> &'static Language {
        let recorded = request.and_then(|request| Tag::of(request.language.as_deref()?));
        Language::of(recorded.or(Tag::first_of(&self.map.controller.languages)).unwrap_or_default())
    }

    /// The request that is named, if one is.
    pub fn named_request(&self, meant: &Meant, how: &RequestArgs) -> Result<Option<Request>> {
        let given = how.request.as_deref().map(|given| self.register.find_request(given)).transpose()?;
        match (given, &meant.request) {
            (Some(given), Some(meant)) if given.number != meant.number => {
                Err(Error::usage(format!("request #{} is named, and --request #{}", meant.number, given.number))
                    .hint("name one of them"))
            }
            (given, meant) => Ok(given.or_else(|| meant.clone())),
        }
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

fn not_verified() -> Error {
    Error::refused("nobody has recorded how the identity of the person who asks was checked")
        .hint("add --verified \"how\", for example --verified \"answered from the address in the account\"")
}

/// What was checked of one person says nothing of another.
fn same_person_or_verified(request: &Request, selectors: &[String], verified: Option<&str>) -> Result<()> {
    let said = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    if verified.is_some() || !request.is_verified() || said(&request.selectors) == said(selectors) {
        return Ok(());
    }
    Err(Error::refused(format!(
        "request #{} was opened for other selectors, and the identity checked for those",
        request.number
    ))
    .hint("say how it was checked that these are the same person's: --verified \"how\"")
    .hint(format!("or name the request alone, in place of selectors: {}", request.number)))
}
