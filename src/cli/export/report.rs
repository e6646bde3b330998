//! What `redress export` says of an archive that it wrote.

use serde_json::{Value as Json, json};
use std::path::PathBuf;

use crate::archive::{Left, Written};
use crate::cli::ui::{Ui, counted};
use crate::cli::{Exit, Report};
use crate::error::Result;
use crate::problem::Problem;
use crate::register::Right;

/// What came of the review.
pub(super) struct Reviewed {
    /// How many decisions were taken now.
    pub(super) decided: usize,
    /// How many decisions of the file belong to no value of the archive.
    pub(super) strange: usize,
    /// The list that was written.
    pub(super) list: Option<PathBuf>,
}

/// What was written.
pub struct ExportReport {
    pub(super) path: PathBuf,
    pub(super) request: u32,
    pub(super) right: Right,
    pub(super) written: Written,
    pub(super) problems: Vec<Problem>,
    pub(super) key: String,
    pub(super) reviewed: Reviewed,
    /// Personal, and shown once.
    pub(super) passphrase: Option<String>,
    /// Keys it is closed for.
    pub(super) sealed_to: Vec<String>,
    /// The language the person is answered in.
    pub(super) language: &'static str,
    /// The language it should have been in, of which there is no catalogue.
    pub(super) unwritten: Option<String>,
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
        match &self.unwritten {
            Some(first) => ui.line(&format!(
                "Written in {}: there are no texts in {first}, the first language of [controller].",
                self.language
            ))?,
            None if self.language != "en" => ui.line(&format!("Written in {}.", self.language))?,
            None => {}
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
            "sealed_to": self.sealed_to, "language": self.language,
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
