//! What is wrong or undecided in the map by itself: no source is needed to see it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::finding::{Findings, count, some};
use crate::map::category::{names_somebody, singles_out};
use crate::map::read::{WORKSPACE_FILE, line_of};
use crate::map::{
    About, Collection, DataMap, Decision, Erase, FieldErase, Link, Place, SOURCES_FOLDER, SourceMap, Then,
};

/// Adds what the map alone gives away.
pub(super) fn rules(map: &DataMap, findings: &mut Findings) {
    workspace(map, findings);
    let reached = reached(map);
    for source in &map.sources {
        decisions(source, findings);
        for collection in source.collections.iter().filter(|c| c.about != About::Nobody) {
            let place = format!("{}.{}", source.name, collection.name);
            if !reached.contains(&(source.name.as_str(), collection.name.as_str())) {
                findings.warning(
                    "unreachable",
                    &collection.place,
                    &place,
                    "no identity, and no link that leads from a person to it: no search ever looks here".into(),
                    "add identities or a link, or say about = \"nobody\"",
                );
            }
            anonymised(map, source, collection, findings);
            links_to_nobody(map, source, collection, findings);
        }
    }
}

/// What `redress.toml` declares and nobody uses, or lacks.
fn workspace(map: &DataMap, findings: &mut Findings) {
    let file = workspace_file(map);
    let at = |line: usize| Place { file: file.clone(), line };
    if map.sources.is_empty() {
        let message = "there is no source in the map: every search finds nobody".into();
        findings.error("no-source", &at(0), WORKSPACE_FILE, message, "draft one with `redress init SOURCE…`");
    }
    if map.controller.name.is_empty() {
        let hint = "write the name of the organisation that answers for the data: archives carry it";
        findings.warning("unnamed-controller", &at(0), "controller.name", "it is empty".into(), hint);
    }
    let collections = || map.sources.iter().flat_map(|s| &s.collections);
    for name in map.identities.keys() {
        if !collections().any(|c| c.identities.iter().any(|(n, _)| n == name)) {
            let line = line_of(&file, "identity", name).unwrap_or(0);
            let message = "no collection says which of its fields holds this identity".into();
            let hint = format!("add it to a collection: identities = {{ {name} = \"…\" }}; or remove it");
            findings.warning("unused-identity", &at(line), &format!("identity.{name}"), message, hint);
        }
    }
    for name in map.retention.keys() {
        if !collections().any(|c| c.retain.as_ref().is_some_and(|r| r.rule == *name)) {
            let line = line_of(&file, "retention", name).unwrap_or(0);
            let message = "no collection is kept by this rule".into();
            let hint = format!("add it to a collection: retain = {{ rule = \"{name}\", from = \"…\" }}; or remove it");
            findings.warning("unused-retention", &at(line), &format!("retention.{name}"), message, hint);
        }
    }
}

/// `redress.toml`, which stands beside the folder of the sources.
pub(super) fn workspace_file(map: &DataMap) -> PathBuf {
    let folder = map.sources.iter().find_map(|s| s.place.file.parent().filter(|f| f.ends_with(SOURCES_FOLDER)));
    folder.and_then(|f| f.parent()).map_or_else(|| PathBuf::from(WORKSPACE_FILE), |f| f.join(WORKSPACE_FILE))
}

/// What nobody has decided, and what was taken without a look.
fn decisions(source: &SourceMap, findings: &mut Findings) {
    let mut open: Vec<(&Place, String)> = Vec::new();
    let mut unreviewed: Vec<(&Place, String)> = Vec::new();
    for collection in source.collections.iter().filter(|c| c.about != About::Nobody) {
        let erase = (&collection.place, format!("{}: erase", collection.name));
        match collection.decision {
            Decision::Unreviewed => unreviewed.push(erase),
            Decision::Decided if collection.erase.is_some() => {}
            _ => open.push(erase),
        }
        for link in &collection.links {
            let from: Vec<&str> = link.from.iter().map(|f| f.as_str()).collect();
            let entry = (&link.place, format!("{}.{}: link", collection.name, from.join("+")));
            match link.decision {
                Decision::Open => open.push(entry),
                Decision::Unreviewed => unreviewed.push(entry),
                Decision::Decided => {}
            }
        }
    }
    let names = |list: &[(&Place, String)]| some(&list.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
    if let Some((at, _)) = open.first() {
        let message = format!("{} open: {}", count(open.len(), "decision"), names(&open));
        let hint = "decide each, then remove its decision key; until then the records are kept";
        findings.warning("open-decisions", at, &source.name, message, hint);
    }
    if let Some((at, _)) = unreviewed.first() {
        let message = format!("{} taken unreviewed: {}", count(unreviewed.len(), "proposal"), names(&unreviewed));
        let hint = "look at each, then remove its decision key; every plan counts those that are left";
        findings.warning("unreviewed-decisions", at, &source.name, message, hint);
    }
}

/// The collections a search can reach: those with identities, and what leads to them.
fn reached(map: &DataMap) -> BTreeSet<(&str, &str)> {
    let all = || map.sources.iter().flat_map(|s| s.collections.iter().map(move |c| (s, c)));
    let starts = all().filter(|(_, c)| c.person || !c.identities.is_empty());
    let mut reached: BTreeSet<(&str, &str)> = starts.map(|(s, c)| (s.name.as_str(), c.name.as_str())).collect();
    loop {
        let leads = |link: &Link| reached.contains(&(link.to_source.as_str(), link.to_collection.as_str()));
        let more = all().filter(|(_, c)| c.links.iter().any(leads)).map(|(s, c)| (s.name.as_str(), c.name.as_str()));
        let more: Vec<_> = more.filter(|place| !reached.contains(place)).collect();
        if more.is_empty() {
            return reached;
        }
        reached.extend(more);
    }
}

/// Personal fields that an anonymised record would keep.
fn anonymised(map: &DataMap, source: &SourceMap, collection: &Collection, findings: &mut Findings) {
    let later = collection.retain.as_ref().and_then(|r| map.retention.get(&r.rule)).map(|rule| rule.then);
    let anonymised = collection.erase == Some(Erase::Anonymise) || later == Some(Then::Anonymise);
    if !anonymised || collection.decision == Decision::Open {
        return;
    }
    not_earned(source, collection, findings);
    let is_key = |name: &str| collection.key.iter().any(|k| k == name);
    for (name, field) in &collection.fields {
        if field.category.is_some() && field.erase.is_none() {
            let place = format!("{}.{}.{name}", source.name, collection.name);
            let message = "it has a category, and no rule for what anonymising does with it".to_owned();
            let hint = "add erase = \"null\", \"tombstone\", { fixed = \"…\" } or \"keep\"";
            findings.error("no-erase-rule", &field.place, &place, message, hint);
        }
    }
    for (identity, path) in &collection.identities {
        let field = collection.field(path.as_str());
        let told = field.is_some_and(|f| f.erase.is_none() && f.category.is_some());
        let stays = field.is_none_or(|f| matches!(f.erase, None | Some(FieldErase::Keep)));
        if stays && !told && !is_key(path.as_str()) {
            let place = format!("{}.{}.{path}", source.name, collection.name);
            let message = format!("it holds the identity {identity} and stays when the record is anonymised");
            let hint = "give it a rule in fields: erase = \"null\", \"tombstone\" or { fixed = \"…\" }";
            let at = field.map_or(&collection.place, |f| &f.place);
            findings.error("identity-stays", at, &place, message, hint);
        }
    }
}

/// Whether a field holds an identity: that it stays is told as such.
fn is_identity(source: &SourceMap, collection: &Collection, name: &str) -> bool {
    let path = source.field_path(name);
    collection.identities.iter().any(|(_, p)| *p == path)
}

/// Rules after which no record can be called anonymised: seen here, so that nobody learns of it from a plan.
fn not_earned(source: &SourceMap, collection: &Collection, findings: &mut Findings) {
    let mut alike: Vec<String> = Vec::new();
    for (name, field) in collection.fields.iter().filter(|(_, f)| f.about == About::Subject) {
        let place = format!("{}.{}.{name}", source.name, collection.name);
        let category = field.category.as_deref().unwrap_or_default();
        let kept = field.erase == Some(FieldErase::Keep);
        if let Some(rule) = field.erase.as_ref().filter(|rule| rule.is_pseudonym()) {
            let message =
                format!("\"{}\" leaves a pseudonym: its records end pseudonymised, never anonymised", rule.word());
            let hint = "use \"null\", \"tombstone\" or \"random\" where they are to be anonymised, or acknowledge it";
            findings.warning("only-pseudonymised", &field.place, &place, message, hint);
        } else if kept && names_somebody(category) && !is_identity(source, collection, name) {
            let message = format!("{category} is kept and tells who it is: its records end masked, never anonymised");
            let hint = "give it another rule, or acknowledge it";
            findings.warning("only-masked", &field.place, &place, message, hint);
        } else if kept && singles_out(category) {
            alike.push(name.clone());
        }
    }
    if alike.len() > 1 {
        let place = format!("{}.{}", source.name, collection.name);
        let message = format!("{} are kept: together they may single people out", alike.join(", "));
        let hint = "make them coarser (\"year\", { band = 10 }, { first = 2 }); each plan counts how many look alike";
        findings.warning("may-single-out", &collection.place, &place, message, hint);
    }
}

fn links_to_nobody(map: &DataMap, source: &SourceMap, collection: &Collection, findings: &mut Findings) {
    for link in &collection.links {
        let target = map.collection(&link.to_source, &link.to_collection);
        if target.is_some_and(|t| t.about == About::Nobody) {
            let place = super::link_place(source, collection, link);
            let message = format!("it leads to {}, which is about nobody", link.to_collection);
            findings.warning("link-to-nobody", &link.place, &place, message, "remove the link: no search takes it");
        }
    }
}
