//! `redress export`: the copy of the data, as a signed archive.

mod report;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::args::{ExportArgs, ExportRight};
use super::others::Sources;
use super::selectors::Meant;
use super::workspace::Workspace;
use super::{identity, review, selectors};
use crate::archive::{
    Cover, Item, Keys, Kind, Known, Part, Print, Review, Row, Rows, Seal, Searched, Signer, Sink, What, categories,
    held_by_others, names_in, problem, write, write_sealed,
};
use crate::error::Result;
use crate::find::{Findings, Opened, find};
use crate::language::Tag;
use crate::map::unmentioned;
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{ArchiveContent, Decision, Lock, NewOwnFile, Request, Right, SigningKey};
pub use report::ExportReport;
use report::Reviewed;

/// Searches, and writes what was found into an archive.
pub fn run(workspace: &Workspace, args: &ExportArgs) -> Result<ExportReport> {
    // Before anything is searched: a key that is none.
    let keys = (!args.seal_to.is_empty()).then(|| Keys::parse(&args.seal_to)).transpose()?;
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let meant = selectors::meant(workspace, &args.who)?;
    let register = &workspace.register;
    let right = right_of(workspace, &meant, args)?;
    let (request, head) = register.together(|register| {
        let (request, _) = workspace.verified_request(&meant, &args.request, right)?;
        let digests = meant.texts().into_iter().map(|s| request.digest(s));
        let entry = digests
            .fold(workspace.intent("export").request(&request).code(right.word()), |e, d| e.digest("selector", d));
        let head = register.append(entry)?;
        Ok((request, head))
    })?;
    let asked_by = meant.selectors.iter().map(|s| (s.name(), s.value().to_owned())).collect();
    let as_of = workspace.now();
    let findings = find(&workspace.map, Opened::all(&workspace.map), &[meant.start()], false)?;
    let persons = findings.subjects.iter().flat_map(|s| s.persons.iter().cloned()).collect();
    let others = Sources::without(&workspace.map, persons);
    let key = workspace.register.ledger_key()?;
    workspace.register.tag_request(request.number, &super::holding::tags(&key, &findings.subjects[0]))?;
    let mut cover = cover(workspace, &findings, &request, asked_by, as_of, head.to_string());
    let own = Own::of(&findings)?;
    cover.review.canary.others = Some(&others);
    cover.kind = if right == Right::Portability { Kind::Portable } else { Kind::Copy };
    cover.clean = args.strip_metadata;
    cover.print = if args.large_print { Print::Large } else { Print::Usual };
    let reviewed = review_of(&mut cover, workspace, &findings, &request, &own, args)?;
    let path = args
        .output
        .clone()
        .unwrap_or_else(|| format!("request-{}.{}", request.number, if keys.is_some() { "age" } else { "zip" }).into());
    let key = Key(register.signing_key()?);
    let passphrase = args.seal.then(|| workspace.passphrase());
    let seal = passphrase.as_deref().map(Seal::Passphrase).or(keys.as_ref().map(Seal::Keys));
    let written = match &seal {
        Some(seal) => write_sealed(&cover, &own, &key, &path, seal)?,
        None => write(&cover, &own, &key, &path)?,
    };
    let categories = categories(&workspace.map, &written.collections);
    let hash = Digest::parse(&written.sha256).unwrap_or_else(|| Digest::of(b""));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let pending = written.pending();
    let content = ArchiveContent { records: written.records, withheld: written.withheld.values().sum(), pending };
    register.together(|register| {
        let made = register.add_archive((&request, right), hash, &name, head)?;
        register.add_own_file(&NewOwnFile {
            request: request.number,
            plan: None,
            kind: "archive",
            path: &path,
            hash,
        })?;
        register.describe_archive(made.number, content)?;
        register.sign_archive(made.number, &identity::user(), &categories)?;
        let entry = workspace.outcome("export").request(&request).code(right.word()).digest("archive", hash);
        let entry = entry.count("cleaned", written.cleaned);
        let entry = args.seal_to.iter().fold(entry, |entry, key| entry.digest("key", request.digest(key)));
        register.append(entry.count("records", written.records).count("pending", pending)).map(drop)
    })?;
    let mut problems = findings.problems;
    problems.extend(written.noted.iter().map(|(source, collection, n)| {
        let files = if *n == 1 { "1 file keeps" } else { &format!("{n} files keep") };
        let what =
            format!("{files} what is noted in it: only whole pictures (JPEG, PNG, WebP) can be cleaned; look at them");
        Problem::new("metadata-kept", format!("{source}.{collection}"), what)
    }));
    Ok(ExportReport {
        path,
        request: request.number,
        right,
        written,
        problems,
        key: key.0.public(),
        reviewed,
        passphrase,
        sealed_to: args.seal_to.clone(),
        language: cover.language.tag(),
        unwritten: unwritten(workspace, &request),
    })
}

/// The controller's first language, where the archive had to be in another because there is no catalogue of it.
fn unwritten(workspace: &Workspace, request: &Request) -> Option<String> {
    let first = workspace.map.controller.languages.first()?;
    (request.language.is_none() && Tag::of(first).is_none()).then(|| first.clone())
}

/// The right that is answered: the one named, or the one the request asks for, or access.
fn right_of(workspace: &Workspace, meant: &Meant, args: &ExportArgs) -> Result<Right> {
    let asks = |request: &Request, right| request.right(right).is_some();
    let asked = workspace.named_request(meant, &args.request)?;
    Ok(match (args.right, asked) {
        (Some(ExportRight::Access), _) => Right::Access,
        (Some(ExportRight::Portability), _) => Right::Portability,
        (None, Some(r)) if asks(&r, Right::Portability) && !asks(&r, Right::Access) => Right::Portability,
        (None, _) => Right::Access,
    })
}

/// Takes decisions from the register, the file and the terminal, records the new ones, and writes the list.
fn review_of(
    cover: &mut Cover<'_>,
    workspace: &Workspace,
    findings: &Findings<'_>,
    request: &Request,
    own: &Own<'_, '_>,
    args: &ExportArgs,
) -> Result<Reviewed> {
    let register = &workspace.register;
    cover.review.known = known(cover, findings);
    let decided = register.decisions(request)?;
    if args.review || args.decisions.is_some() || args.list.is_some() || !decided.is_empty() {
        recognise(cover, own)?;
    }
    let mut reviewed = Reviewed { decided: 0, strange: 0, list: args.list.clone() };
    let mut new = Vec::new();
    if args.review || args.decisions.is_some() {
        let given = args.decisions.as_deref().map(review::read).transpose()?.unwrap_or_default();
        let all = items(cover, own)?;
        review::check(&given, &all)?;
        (new, reviewed.strange) = review::fitting(given, &all);
    }
    let take = |cover: &mut Cover<'_>, decisions: &[Decision]| {
        decisions
            .iter()
            .for_each(|d| _ = cover.review.decide_on(d.item.clone(), &d.verdict, d.text.clone(), (d.told, d.exempt)));
    };
    take(cover, &decided);
    take(cover, &new);
    if args.review {
        let asked = review::ask(&items(cover, own)?)?;
        take(cover, &asked);
        new.extend(asked);
    }
    if !new.is_empty() {
        reviewed.decided = new.len();
        let entry = workspace.outcome("review").request(request).count("decisions", new.len() as u64);
        let entry = new.iter().filter_map(|d| d.exempt).fold(entry, |entry, exempt| entry.count(exempt.word(), 1));
        register.together(|register| {
            register.add_decisions(request, &new, &identity::user())?;
            register.append(entry).map(drop)
        })?;
    }
    if let Some(list) = &args.list {
        let hash = review::write(list, &items(cover, own)?)?;
        register.add_own_file(&NewOwnFile { request: request.number, plan: None, kind: "list", path: list, hash })?;
    }
    Ok(reviewed)
}

/// Asks the sources who else is named in what waits, and whose identifiers would go out.
fn recognise(cover: &mut Cover<'_>, own: &Own<'_, '_>) -> Result<()> {
    cover.review.theirs = held_by_others(cover, own)?;
    let (mut names, mut others) = (BTreeSet::new(), Ok(HashSet::new()));
    crate::archive::items(cover, own, &mut |item| {
        names.extend(names_in(&item.value));
        if names.len() >= NAMES {
            ask(cover, &mut names, &mut others);
        }
    })?;
    ask(cover, &mut names, &mut others);
    cover.review.known.add_others(others?);
    unite(cover, own)
}

/// How many names wait before they are asked.
const NAMES: usize = 50_000;

/// Asks which of the names are other persons', and lets go of the rest; after a failure nothing is asked any more.
fn ask(cover: &Cover<'_>, names: &mut BTreeSet<String>, others: &mut Result<HashSet<String>>) {
    let waiting = std::mem::take(names);
    let asked: Vec<(What, &str)> = waiting.iter().map(|name| (What::Name, name.as_str())).collect();
    let (Some(sources), Ok(known)) = (cover.review.canary.others, &mut *others) else { return };
    match sources.of(&asked) {
        Ok(theirs) => known.extend(theirs),
        Err(error) => *others = Err(error),
    }
}

/// Asks the sources which of those named in what waits are one person: one number stands for them.
fn unite(cover: &mut Cover<'_>, own: &Own<'_, '_>) -> Result<()> {
    let mut met = BTreeSet::new();
    let known = &cover.review.known;
    crate::archive::items(cover, own, &mut |item| met.extend(known.named_in(&item.value)))?;
    let asked: Vec<(What, &str)> = met.iter().map(|(what, text)| (*what, text.as_str())).collect();
    let others = cover.review.canary.others.filter(|_| !asked.is_empty());
    for names in others.map(|others| others.persons(&asked)).transpose()?.unwrap_or_default() {
        let one = names.first().cloned().unwrap_or_default();
        cover.review.same.extend(names.into_iter().map(|name| (name, one.clone())));
    }
    Ok(())
}

/// Every value that waits for a decision, or could have one.
fn items(cover: &Cover<'_>, own: &Own<'_, '_>) -> Result<Vec<Item>> {
    let mut all = Vec::new();
    crate::archive::items(cover, own, &mut |item| all.push(item))?;
    Ok(all)
}

/// Who is no stranger in a text: the subject, as far as the search and the request know her, and the controller.
fn known(cover: &Cover<'_>, findings: &Findings<'_>) -> Known {
    let mut known = Known::default();
    let found = findings.subjects.iter().flat_map(|s| s.identifiers.values().flatten());
    found.chain(cover.asked_by.iter().map(|(_, value)| value)).for_each(|identifier| known.add(identifier));
    let controllers = std::iter::once(&cover.map.controller).chain(cover.map.affiliates.values());
    for controller in controllers {
        [&controller.contact, &controller.officer].into_iter().flatten().for_each(|c| known.add_controller(c));
    }
    known
}

fn cover<'a>(
    workspace: &'a Workspace,
    findings: &Findings<'_>,
    request: &Request,
    asked_by: Vec<(String, String)>,
    as_of: jiff::Timestamp,
    log_head: String,
) -> Cover<'a> {
    let mut searched: BTreeMap<&str, Searched> = BTreeMap::new();
    for s in &findings.searched {
        let one = searched.entry(&s.source).or_default();
        (one.source, one.kind, one.complete) = (s.source.clone(), s.kind.clone(), true);
        one.collections.push(s.collection.clone());
    }
    let language = workspace.language(Some(request));
    let unread = |p: &&Problem| p.code.starts_with("un") || p.code.starts_with("missing");
    let not_searched: Vec<(String, String)> =
        findings.problems.iter().filter(unread).map(|p| (p.place.clone(), problem(language, &p.code))).collect();
    for one in searched.values_mut() {
        let about = |p: &Problem| p.place.split('.').next() == Some(&one.source);
        one.complete = !findings.problems.iter().any(about);
    }
    let mut unknown = HashMap::new();
    for node in &findings.graph.nodes {
        if let Some(shape) = &node.shape {
            let columns = unmentioned(node.collection, shape);
            unknown.insert((node.source.name.clone(), node.collection.name.clone()), columns);
        }
    }
    Cover {
        map: &workspace.map,
        reference: format!("{} (#{})", request.id, request.number),
        as_of,
        received: request.opened_at,
        due: request.due().unwrap_or_else(|| workspace.zone.to_datetime(as_of).date()),
        asked_by,
        verified: request.verified.last().map(|v| v.how.clone()).unwrap_or_default(),
        searched: searched.into_values().collect(),
        not_searched,
        problems: findings.problems.clone(),
        log_head,
        unmentioned: unknown,
        review: Review::default(),
        print: Print::Usual,
        language,
        kind: Kind::Copy,
        clean: false,
    }
}

/// The subject's own records, as the archive asks for them.
struct Own<'f, 'm> {
    findings: &'f Findings<'m>,
    parts: Vec<Part>,
    nodes: Vec<usize>,
}

impl<'f, 'm> Own<'f, 'm> {
    fn of(findings: &'f Findings<'m>) -> Result<Self> {
        let mut own = Own { findings, parts: Vec::new(), nodes: Vec::new() };
        for (n, node) in findings.graph.nodes.iter().enumerate() {
            let counts = findings.counts(n, 0)?;
            let rows = counts.own + counts.shared;
            if rows > 0 {
                let (source, collection) = (node.source.name.clone(), node.collection.name.clone());
                own.parts.push(Part { source, collection, rows });
                own.nodes.push(n);
            }
        }
        Ok(own)
    }
}

impl Rows for Own<'_, '_> {
    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn each(&self, part: usize, sink: Sink<'_>) -> Result<()> {
        let node = self.nodes[part];
        let mut links: Vec<usize> = Vec::new();
        self.findings.kept().own(node, 0, &mut |row, way| {
            links.clear();
            links.extend((0..64).filter(|i| row.tie.links & (1 << i) != 0));
            let (record, key) = (&row.record, &row.key);
            sink(&Row { record, key, count: row.count, role: row.tie.role, way, links: &links })
        })
    }

    fn fields(&self, part: usize) -> Option<Vec<String>> {
        let shape = self.findings.graph.nodes[self.nodes[part]].shape.as_ref()?;
        shape.closed.then(|| shape.columns.iter().map(|c| c.name.clone()).collect())
    }
}

/// The workspace's signing key.
struct Key(SigningKey);

impl Signer for Key {
    fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String> {
        self.0.sign(bytes, trusted_comment)
    }

    fn public_key(&self) -> String {
        self.0.public()
    }
}
