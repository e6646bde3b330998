//! `redress hold`: stop erasures for a matter, see what stops them, and let them go on.

use serde_json::{Value as Json, json};

use super::args::{HoldAddArgs, HoldReleaseArgs, WhoArgs};
use super::holding::{tags, tags_of_selectors};
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, selectors};
use crate::error::{Error, Result};
use crate::find::{Opened, find};
use crate::register::{Hold, Lock, NewHold, Scope};
use crate::resolve::selector::split_parts;

/// Adds holds: one for the person, one for each collection, or one for everything.
pub fn add(workspace: &Workspace, args: &HoldAddArgs) -> Result<HoldReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let because = needed(&args.because, "--because")?;
    let scopes = usize::from(!args.selectors.is_empty()) + args.collection.len() + usize::from(args.everything);
    if scopes == 0 {
        return Err(Error::usage("it is not said what is held")
            .hint("a person: redress hold add email=ana@example.com --because \"…\"")
            .hint("a collection: --collection source.collection; every record: --everything"));
    }
    let matter = args.matter.as_deref().map(str::trim).filter(|m| !m.is_empty());
    let by = workspace.actor.as_str();
    let add = |scope, selectors: &[String], tags: &[crate::ledger::Tag]| {
        workspace.register.add_hold(&NewHold { scope, matter, because, selectors, by }, tags)
    };
    let mut added = Vec::new();
    let mut nobody = false;
    if !args.selectors.is_empty() {
        let (tags, texts, found) = person(workspace, args)?;
        nobody = !found;
        added.push(add(Scope::Person, &texts, &tags)?);
    }
    for place in &args.collection {
        let (source, collection) = collection(workspace, place)?;
        added.push(add(Scope::Collection(source, collection), &[], &[])?);
    }
    if args.everything {
        added.push(add(Scope::Everything, &[], &[])?);
    }
    for hold in &added {
        workspace.register.append(workspace.outcome("hold").code("added").count("hold", u64::from(hold.number)))?;
    }
    Ok(HoldReport { holds: added, what: What::Added { nobody } })
}

/// Whom a hold is about: hashes, the selectors as text, and whether anybody was found.
fn person(workspace: &Workspace, args: &HoldAddArgs) -> Result<(Vec<crate::ledger::Tag>, Vec<String>, bool)> {
    let who = WhoArgs { selectors: args.selectors.clone(), pick: args.pick.clone(), accept: args.accept.clone() };
    let meant = selectors::meant(workspace, &who)?;
    let findings = find(&workspace.map, Opened::all(&workspace.map), &[meant.start()], false)?;
    let key = workspace.register.ledger_key()?;
    let mut known = tags(&key, &findings.subjects[0]);
    let mut found = false;
    for node in 0..findings.graph.nodes.len() {
        let counts = findings.counts(node, 0)?;
        found |= counts.own + counts.shared > 0;
    }
    known.extend(tags_of_selectors(&key, &workspace.map, &meant.selectors));
    if known.is_empty() {
        return Err(Error::refused("nobody was found, and no identifier is named by which they could be known later")
            .hint("name an identifier: redress hold add email=…"));
    }
    Ok((known, meant.texts(), found))
}

fn collection(workspace: &Workspace, place: &str) -> Result<(String, String)> {
    let parts = split_parts(place);
    let source = workspace.map.source(&parts[0]);
    let name = parts[1..].join(".");
    match source.and_then(|s| Some((s, s.collection(&name)?))) {
        Some((source, collection)) => Ok((source.name.clone(), collection.name.clone())),
        None => Err(Error::usage(format!("the map has no collection {place}"))
            .hint("it is named source.collection, as `redress map` draws them")),
    }
}

fn needed<'a>(text: &'a str, flag: &str) -> Result<&'a str> {
    match text.trim() {
        "" => Err(Error::usage(format!("{flag} is empty")).hint("say it in words")),
        text => Ok(text),
    }
}

/// The holds there are.
pub fn list(workspace: &Workspace, all: bool) -> Result<HoldReport> {
    let mut holds = workspace.register.holds()?;
    holds.retain(|h| all || h.released.is_none());
    Ok(HoldReport { holds, what: What::Listed })
}

/// Releases a hold, or all of a matter.
pub fn release(workspace: &Workspace, args: &HoldReleaseArgs) -> Result<HoldReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let because = needed(&args.because, "--because")?;
    let register = &workspace.register;
    let active = || Ok::<_, Error>(register.holds()?.into_iter().filter(|h| h.released.is_none()));
    let numbers: Vec<u32> = match (&args.number, &args.matter) {
        (Some(number), None) => vec![*number],
        (None, Some(matter)) => {
            active()?.filter(|h| h.matter.as_deref() == Some(matter.trim())).map(|h| h.number).collect()
        }
        _ => return Err(Error::usage("name the hold's number, or --matter").hint("`redress hold list` lists them")),
    };
    if numbers.is_empty() {
        return Err(Error::refused("no hold of that matter is in force").hint("`redress hold list` lists them"));
    }
    let mut holds = Vec::new();
    for number in numbers {
        holds.push(register.release_hold(number, &workspace.actor, because)?);
        register.append(workspace.outcome("hold").code("released").count("hold", u64::from(number)))?;
    }
    let released: Vec<String> = holds.iter().map(Hold::name).collect();
    let kept = register.waiting()?;
    let waits = kept.iter().filter(|k| k.what.by.as_ref().is_some_and(|by| released.contains(by)));
    let waiting = waits.map(|k| k.what.count).sum();
    Ok(HoldReport { holds, what: What::Released { waiting } })
}

enum What {
    Added {
        /// The person was not found: the hold is for when they are.
        nobody: bool,
    },
    Listed,
    Released {
        /// How many records an erasure had kept because of it.
        waiting: u64,
    },
}

/// Holds, and what was done with them.
pub struct HoldReport {
    holds: Vec<Hold>,
    what: What,
}

/// What a hold covers, in words.
pub fn covered(hold: &Hold) -> String {
    match &hold.scope {
        Scope::Everything => "every record".to_owned(),
        Scope::Collection(source, collection) => format!("{source}.{collection}"),
        Scope::Person if hold.selectors.is_empty() => "a person".to_owned(),
        Scope::Person => hold.selectors.join(" "),
    }
}

/// One hold in a line.
pub fn line(hold: &Hold) -> String {
    let matter = hold.matter.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
    let since = &hold.at.to_string()[..10];
    let released = match &hold.released {
        Some((by, at, because)) => format!("; released {} by {by}: {because}", &at.to_string()[..10]),
        None => String::new(),
    };
    format!("hold {}{matter}: {}, since {since} by {}: {}{released}", hold.number, covered(hold), hold.by, hold.because)
}

/// One hold for programs.
pub fn json_of(hold: &Hold) -> Json {
    let (covers, place) = match &hold.scope {
        Scope::Everything => ("everything", None),
        Scope::Collection(source, collection) => ("collection", Some(format!("{source}.{collection}"))),
        Scope::Person => ("person", None),
    };
    let released =
        hold.released.as_ref().map(|(by, at, because)| json!({"by": by, "at": at.to_string(), "because": because}));
    json!({
        "number": hold.number, "covers": covers, "collection": place, "selectors": hold.selectors,
        "matter": hold.matter, "because": hold.because, "by": hold.by, "at": hold.at.to_string(), "released": released,
    })
}

impl Report for HoldReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        if self.holds.is_empty() {
            return ui.line("Nothing is held. Next: redress hold add email=… --because \"…\"");
        }
        for hold in &self.holds {
            ui.line(&format!("  {}", line(hold)))?;
        }
        match self.what {
            What::Added { nobody: true } => {
                ui.line("Nobody was found; the hold is for when something of them is.")?;
                ui.line("Erasures keep what is held. Next: redress hold list, redress hold release NUMBER")
            }
            What::Added { .. } | What::Listed => {
                ui.line("Erasures keep what is held. Next: redress hold list, redress hold release NUMBER")
            }
            What::Released { waiting: 0 } => ui.line("Released; nothing waits for it."),
            What::Released { waiting } => {
                ui.line(&format!("Released; {} waited for it. Next: redress finish", counted(waiting, "record")))
            }
        }
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let waiting = match self.what {
            What::Released { waiting } => Some(waiting),
            _ => None,
        };
        let holds: Vec<Json> = self.holds.iter().map(json_of).collect();
        ui.json(&format!("{}\n", json!({"holds": holds, "waiting": waiting})))
    }

    fn exit(&self) -> Exit {
        Exit::Done
    }
}
