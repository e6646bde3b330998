//! Asking what is still open, at a terminal. Values are shown masked until they are asked for.

use dialoguer::Select;

use super::review::show_values;
use crate::cli::ui::Ui;
use crate::draft::{Code, Draft};
use crate::error::{Error, Kind, Result};
use crate::map::{Collection, Decision, Erase, Link, Role, SourceMap};

/// Goes through what is open; what is answered is decided, what is left stays open.
pub(super) fn decide(draft: &mut Draft, ui: &mut Ui) -> Result<()> {
    for source in &mut draft.sources {
        let head = SourceMap { collections: Vec::new(), ..source.clone() };
        for collection in &mut source.collections {
            let mut left = Vec::new();
            for mut link in std::mem::take(&mut collection.links) {
                let fields = link.from.iter().map(|f| f.as_str().to_owned()).collect();
                let shown = Shown { source: &head, collection: &collection.name.clone(), fields };
                if link.decision != Decision::Open || ask_link(&shown, &mut link, ui)? {
                    left.push(link);
                }
            }
            collection.links = left;
            if collection.decision == Decision::Open {
                let named = collection.identities.iter().map(|(_, f)| f.as_str().to_owned());
                let fields = named.chain(collection.fields.keys().cloned()).take(4).collect();
                let shown = Shown { source: &head, collection: &collection.name.clone(), fields };
                ask_rule(&shown, collection, ui)?;
            }
        }
    }
    let still = still_open(draft);
    draft
        .questions
        .retain(|q| !matches!(q.code, Code::OpenLink | Code::OpenRule) || still.iter().any(|s| q.place.starts_with(s)));
    Ok(())
}

/// What is shown beside a question.
struct Shown<'a> {
    source: &'a SourceMap,
    collection: &'a str,
    fields: Vec<String>,
}

impl Shown<'_> {
    fn place(&self) -> String {
        format!("{}.{}", self.source.name, self.collection)
    }

    /// Asks with the values above, masked; the last item shows them as they are, and asks again.
    fn select(&self, question: &str, items: &[String], preset: usize, ui: &mut Ui) -> Result<usize> {
        let mut items = items.to_vec();
        items.push("show the values".to_owned());
        let mut as_they_are = false;
        loop {
            show_values(ui, self.source, self.collection, &self.fields, as_they_are);
            let chosen = select(question, &items, preset)?;
            if chosen + 1 < items.len() {
                return Ok(chosen);
            }
            as_they_are = true;
        }
    }
}

/// The collections in which something is open.
fn still_open(draft: &Draft) -> Vec<String> {
    let open = |c: &&Collection| c.decision == Decision::Open || c.links.iter().any(|l| l.decision == Decision::Open);
    let sources = draft.sources.iter();
    sources.flat_map(|s| s.collections.iter().filter(open).map(move |c| format!("{}.{}", s.name, c.name))).collect()
}

/// Asks about a link; `false` where it is none.
fn ask_link(shown: &Shown<'_>, link: &mut Link, ui: &mut Ui) -> Result<bool> {
    let place = shown.place();
    let from: Vec<&str> = link.from.iter().map(|f| f.as_str()).collect();
    let evidence = link.because.clone().unwrap_or_default();
    let question =
        format!("{place}.{} leads to {} ({evidence}). The person there is", from.join("+"), link.to_collection);
    let roles: Vec<Role> = Role::ALL.into_iter().rev().collect();
    let mut items: Vec<String> = roles.iter().map(|r| format!("its {}", r.word())).collect();
    items.push("nothing to it: no link".to_owned());
    items.push("leave it open".to_owned());
    let preset = roles.iter().position(|r| *r == link.role).unwrap_or(0);
    let chosen = shown.select(&question, &items, preset, ui)?;
    if let Some(role) = roles.get(chosen) {
        link.role = *role;
        link.shared = *role == Role::Shared;
        link.decision = Decision::Decided;
    }
    Ok(chosen != roles.len())
}

fn ask_rule(shown: &Shown<'_>, collection: &mut Collection, ui: &mut Ui) -> Result<()> {
    let question = format!("{}: what does erasure do with a record?", shown.place());
    let items = ["delete it", "anonymise it", "leave it open: keep it"].map(str::to_owned);
    let preset = if collection.erase == Some(Erase::Delete) { 0 } else { 1 };
    match shown.select(&question, &items, preset, ui)? {
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
