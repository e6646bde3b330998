//! Asking what is still open, at a terminal.

use dialoguer::Select;

use crate::draft::{Code, Draft};
use crate::error::{Error, Kind, Result};
use crate::map::{Collection, Decision, Erase, Link, Role};

/// Goes through what is open; what is answered is decided, what is left stays open.
pub(super) fn decide(draft: &mut Draft) -> Result<()> {
    for source in &mut draft.sources {
        let name = source.name.clone();
        for collection in &mut source.collections {
            let place = format!("{name}.{}", collection.name);
            let mut left = Vec::new();
            for mut link in std::mem::take(&mut collection.links) {
                if link.decision != Decision::Open || ask_link(&place, &mut link)? {
                    left.push(link);
                }
            }
            collection.links = left;
            if collection.decision == Decision::Open {
                ask_rule(&place, collection)?;
            }
        }
    }
    let still = still_open(draft);
    draft
        .questions
        .retain(|q| !matches!(q.code, Code::OpenLink | Code::OpenRule) || still.iter().any(|s| q.place.starts_with(s)));
    Ok(())
}

/// The collections in which something is open.
fn still_open(draft: &Draft) -> Vec<String> {
    let open = |c: &&Collection| c.decision == Decision::Open || c.links.iter().any(|l| l.decision == Decision::Open);
    let sources = draft.sources.iter();
    sources.flat_map(|s| s.collections.iter().filter(open).map(move |c| format!("{}.{}", s.name, c.name))).collect()
}

/// Asks about a link; `false` where it is none.
fn ask_link(place: &str, link: &mut Link) -> Result<bool> {
    let from: Vec<&str> = link.from.iter().map(|f| f.as_str()).collect();
    let evidence = link.because.clone().unwrap_or_default();
    let question =
        format!("{place}.{} leads to {} ({evidence}). The person there is", from.join("+"), link.to_collection);
    let roles: Vec<Role> = Role::ALL.into_iter().rev().collect();
    let mut items: Vec<String> = roles.iter().map(|r| format!("its {}", r.word())).collect();
    items.push("nothing to it: no link".to_owned());
    items.push("leave it open".to_owned());
    let preset = roles.iter().position(|r| *r == link.role).unwrap_or(0);
    let chosen = select(&question, &items, preset)?;
    if let Some(role) = roles.get(chosen) {
        link.role = *role;
        link.shared = *role == Role::Shared;
        link.decision = Decision::Decided;
    }
    Ok(chosen != roles.len())
}

fn ask_rule(place: &str, collection: &mut Collection) -> Result<()> {
    let question = format!("{place}: what does erasure do with a record?");
    let items = ["delete it", "anonymise it", "leave it open: keep it"].map(str::to_owned);
    let preset = if collection.erase == Some(Erase::Delete) { 0 } else { 1 };
    match select(&question, &items, preset)? {
        0 => collection.erase = Some(Erase::Delete),
        1 => collection.erase = Some(Erase::Anonymise),
        _ => return Ok(()),
    }
    collection.decision = Decision::Decided;
    Ok(())
}

fn select(question: &str, items: &[String], preset: usize) -> Result<usize> {
    Select::new()
        .with_prompt(question)
        .items(items)
        .default(preset)
        .interact()
        .map_err(|_| Error::new(Kind::Interrupted, "interrupted; nothing was written"))
}
