//! `redress export`: the copy of the data, as a signed archive.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::args::{ExportArgs, ExportRight};
use super::others::Sources;
use super::selectors::Meant;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, identity, review, selectors};
use crate::archive::{
    Cover, Item, Keys, Kind, Known, Left, Part, Print, Review, Row, Rows, Seal, Searched, Signer, Sink, What, Written,
    categories, held_by_others, names_in, write, write_sealed,
};
use crate::error::Result;
use crate::find::{Findings, Opened, find};
use crate::map::unmentioned;
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{ArchiveContent, Decision, Lock, NewOwnFile, Request, Right, SigningKey};

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
    })
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

/// What came of the review.
struct Reviewed {
    /// How many decisions were taken now.
    decided: usize,
    /// How many decisions of the file belong to no value of the archive.
    strange: usize,
    /// The list that was written.
    list: Option<PathBuf>,
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
        decisions.iter().for_each(|d| _ = cover.review.decide_on(d.item.clone(), &d.verdict, d.text.clone(), d.told));
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
    let mut names = BTreeSet::new();
    crate::archive::items(cover, own, &mut |item| names.extend(names_in(&item.value)))?;
    let asked: Vec<(What, &str)> = names.iter().map(|name| (What::Name, name.as_str())).collect();
    let others = cover.review.canary.others.map(|others| others.of(&asked)).transpose()?.unwrap_or_default();
    cover.review.known.add_others(others);
    unite(cover, own)
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
    let unread = |p: &&Problem| p.code.starts_with("un") || p.code.starts_with("missing");
    let not_searched: Vec<(String, String)> =
        findings.problems.iter().filter(unread).map(|p| (p.place.clone(), p.message.clone())).collect();
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

/// What was written.
pub struct ExportReport {
    path: PathBuf,
    request: u32,
    right: Right,
    written: Written,
    problems: Vec<Problem>,
    key: String,
    reviewed: Reviewed,
    /// Personal, and shown once.
    passphrase: Option<String>,
    /// Keys it is closed for.
    sealed_to: Vec<String>,
}

impl ExportReport {
    /// The number of the request it answers.
    pub fn request(&self) -> u32 {
        self.request
    }

    fn withheld(&self) -> u64 {
        self.written.withheld.values().sum()
    }

    /// How many values wait for a decision in review.
    fn waiting(&self) -> u64 {
        self.written.pending() - self.written.undecided().count() as u64
    }

    /// What was found and is no part of what a person may take along.
    fn left(&self, ui: &mut Ui) -> Result<()> {
        let left = &self.written.left;
        let (fields, records): (Vec<&Left>, Vec<&Left>) = left.iter().partition(|l| l.field.is_some());
        if !left.is_empty() {
            let n = counted(records.iter().map(|l| l.records).sum(), "record");
            let fields = counted(fields.len() as u64, "field");
            ui.line(&format!("Not in it, as Article 20 has it: {n}, {fields}; the page in the archive says why."))?;
        }
        for one in self.written.undecided() {
            ui.line(&format!("  {} [{}] {}", place(one), one.why.word(), to_decide(one)))?;
        }
        Ok(())
    }
}

impl Report for ExportReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let (records, path) = (self.written.records, self.path.display());
        ui.line(&format!("{} written to {path}, for request #{}.", counted(records, "record"), self.request))?;
        if self.withheld() > 0 {
            let values = counted(self.withheld(), "value");
            ui.line(&format!("{values} withheld; the page in the archive says why:"))?;
        }
        for (reason, n) in &self.written.withheld {
            ui.line(&format!("  {n:>6}  {}", reason.word()))?;
        }
        self.left(ui)?;
        if self.written.cleaned > 0 {
            ui.line(&format!(
                "{} without what was noted beside what they show.",
                counted(self.written.cleaned, "picture")
            ))?;
        }
        let Reviewed { decided, strange, list } = &self.reviewed;
        if *decided > 0 {
            ui.line(&format!("{decided} decisions were taken and recorded."))?;
        }
        if *strange > 0 {
            ui.line(&format!("{strange} decisions fit no value that waits for one: the value, its record or its place has changed, or it was decided before."))?;
        }
        if let Some(list) = list {
            ui.line(&format!(
                "What waits for a decision stands in {}: it holds the values themselves.",
                list.display()
            ))?;
        }
        for p in &self.problems {
            ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message))?;
        }
        ui.line(&format!("Signed by the key {}", self.key))?;
        if let Some(passphrase) = &self.passphrase {
            ui.line(&format!("Closed with the passphrase  {passphrase}  which is kept nowhere: note it now."))?;
            ui.line("Send it another way than the archive. 7-Zip (Windows, Linux) and Keka (macOS) open it.")?;
        }
        if !self.sealed_to.is_empty() {
            ui.line(&format!(
                "Closed for {}: who holds the key opens it with age or rage:",
                self.sealed_to.join(", ")
            ))?;
            ui.line(&format!("  age -d -i KEYFILE -o archive.zip {path}"))?;
        }
        let waiting = self.waiting();
        if waiting > 0 {
            ui.line(&format!(
                "{} of them wait for a decision: redress export {} --review, or --list FILE and --decisions FILE",
                waiting, self.request
            ))?;
        }
        ui.line(&format!(
            "Next: look at START-HERE.html inside; redress check-archive {path}; when it is handed over, redress release {path} --to WHOM --channel HOW{}",
            if self.passphrase.is_none() && self.sealed_to.is_empty() { " --plain (or export it with --seal)" } else { "" }
        ))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let withheld: serde_json::Map<String, Json> =
            self.written.withheld.iter().map(|(r, n)| (r.word().to_owned(), (*n).into())).collect();
        let one = |l: &Left| json!({"place": place(l), "why": l.why.word(), "records": l.records});
        let left: Vec<Json> = self.written.left.iter().map(one).collect();
        let undecided: Vec<Json> = self.written.undecided().map(one).collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "request": self.request, "archive": self.path,
            "sha256": self.written.sha256, "records": self.written.records, "withheld": withheld,
            "right": self.right.word(), "left": left, "undecided": undecided,
            "pending": self.written.pending(), "decided": self.reviewed.decided, "unmatched": self.reviewed.strange,
            "problems": self.problems, "key": self.key, "passphrase": self.passphrase,
            "sealed_to": self.sealed_to,
            "cleaned": self.written.cleaned,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        // What is never handed out, or was decided on, is as it should be.
        let is_left = self.written.withheld.keys().any(|reason| reason.is_reviewed());
        let is_left = is_left || self.written.undecided().next().is_some();
        if is_left || !self.problems.is_empty() { Exit::Incomplete } else { Exit::Done }
    }
}

/// `shop.orders`, or `shop.orders.total`.
fn place(left: &Left) -> String {
    let field = left.field.as_ref().map(|f| format!(".{f}")).unwrap_or_default();
    format!("{}.{}{field}", left.source, left.collection)
}

/// What somebody has to decide in the map.
fn to_decide(left: &Left) -> &'static str {
    match left.field {
        None => "the map names no purpose, so whether it rests on consent or a contract is not known: name `purposes`",
        Some(_) => "the map does not say where it came from: give it an `origin`",
    }
}
