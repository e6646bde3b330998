//! `redress export`: the copy of the data, as a signed archive.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::args::ExportArgs;
use super::ui::Ui;
use super::workspace::Workspace;
use super::{Exit, Report, selectors};
use crate::archive::{Cover, Part, Row, Rows, Searched, Signer, Sink, Written, write};
use crate::error::Result;
use crate::find::{Findings, Opened, find};
use crate::map::unmentioned;
use crate::problem::Problem;
use crate::record::Digest;
use crate::register::{Lock, Request, Right, SigningKey};

/// Searches, and writes what was found into an archive.
pub fn run(workspace: &Workspace, args: &ExportArgs) -> Result<ExportReport> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let meant = selectors::meant(workspace, &args.who)?;
    let register = &workspace.register;
    let (request, head) = register.together(|register| {
        let (request, _) = workspace.verified_request(&meant, &args.request, Right::Access)?;
        let digests = meant.texts().into_iter().map(|s| request.digest(s));
        let entry = digests.fold(workspace.intent("export").request(&request), |e, d| e.digest("selector", d));
        let head = register.append(entry)?;
        Ok((request, head))
    })?;
    let asked_by = meant.selectors.iter().map(|s| (s.name(), s.value().to_owned())).collect();
    let as_of = workspace.now();
    let findings = find(&workspace.map, Opened::all(&workspace.map), &[meant.start()], false)?;
    let cover = cover(workspace, &findings, &request, asked_by, as_of, head.to_string());
    let path = args.output.clone().unwrap_or_else(|| format!("request-{}.zip", request.number).into());
    let key = Key(register.signing_key()?);
    let written = write(&cover, &Own::of(&findings)?, &key, &path)?;
    let hash = Digest::parse(&written.sha256).unwrap_or_else(|| Digest::of(b""));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let entry = workspace.outcome("export").request(&request).digest("archive", hash);
    register.together(|register| {
        register.add_archive(&request, hash, &name, head)?;
        register.append(entry.count("records", written.records))
    })?;
    Ok(ExportReport { path, request: request.number, written, problems: findings.problems, key: key.0.public() })
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
        self.findings.each(node, 0, &mut |row| {
            if !row.tie.is_own() {
                return Ok(());
            }
            let links: Vec<usize> = (0..64).filter(|i| row.tie.links & (1 << i) != 0).collect();
            let path = self.findings.path(node, &row.tie);
            let (record, key) = (&row.record, &row.key);
            sink(&Row { record, key, count: row.count, role: row.tie.role, path, links: &links })
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
    written: Written,
    problems: Vec<Problem>,
    key: String,
}

impl ExportReport {
    fn withheld(&self) -> u64 {
        self.written.withheld.values().sum()
    }
}

impl Report for ExportReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let (records, path) = (self.written.records, self.path.display());
        ui.line(&format!("{records} records written to {path}, for request #{}.", self.request))?;
        if self.withheld() > 0 {
            ui.line(&format!("{} values are withheld; the page in the archive says why:", self.withheld()))?;
        }
        for (reason, n) in &self.written.withheld {
            ui.line(&format!("  {n:>6}  {}", reason.word()))?;
        }
        for p in &self.problems {
            ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message))?;
        }
        ui.line(&format!("Signed by the key {}", self.key))?;
        ui.line(&format!("Next: look at START-HERE.html inside; redress check-archive {path}"))
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let withheld: serde_json::Map<String, Json> =
            self.written.withheld.iter().map(|(r, n)| (r.word().to_owned(), (*n).into())).collect();
        let report = json!({
            "complete": self.exit() == Exit::Done, "request": self.request, "archive": self.path,
            "sha256": self.written.sha256, "records": self.written.records, "withheld": withheld,
            "problems": self.problems, "key": self.key,
        });
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.withheld() == 0 && self.problems.is_empty() { Exit::Done } else { Exit::Incomplete }
    }
}
