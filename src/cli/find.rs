//! `redress find`: what do we hold on this person, where, and why.

use serde_json::{Value as Json, json};

use super::args::WhoArgs;
use super::ui::{Ui, counted};
use super::workspace::Workspace;
use super::{Exit, Report, selectors};
use crate::error::Result;
use crate::find::{Counts, Findings, Opened, Row, find};
use crate::map::Role;
use crate::register::{Entry, Lock};

/// Searches, and reports what was found.
pub fn run<'m>(workspace: &'m Workspace, args: &WhoArgs) -> Result<FindReport<'m>> {
    let _reading = Lock::shared(&workspace.folder, Lock::WAIT)?;
    let map = &workspace.map;
    let meant = selectors::meant(workspace, args)?;
    let about = |entry: Entry| match &meant.request {
        Some(request) => entry.request(request),
        None => entry,
    };
    workspace.register.append(about(workspace.intent("find")))?;
    let request = meant.request.as_ref().map(|r| r.number);
    let report = FindReport { findings: find(map, Opened::all(map), &[meant.start()], false)?, request };
    let found = report.total(List::Own)? + report.total(List::Shared)?;
    workspace.register.append(about(workspace.outcome("find").count("records", found)))?;
    Ok(report)
}

/// What was found.
pub struct FindReport<'m> {
    findings: Findings<'m>,
    /// The request that was named.
    request: Option<u32>,
}

/// The four lists of the report.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Own,
    Shared,
    References,
    Undecided,
}

impl List {
    const ALL: [List; 4] = [List::Own, List::Shared, List::References, List::Undecided];

    fn name(self) -> &'static str {
        match self {
            List::Own => "collections",
            List::Shared => "shared",
            List::References => "references",
            List::Undecided => "undecided",
        }
    }

    fn title(self) -> &'static str {
        match self {
            List::Own => "Held about this person",
            List::Shared => "Held together with others",
            List::References => "Other people's records that point at this person (for review, not theirs)",
            List::Undecided => "Reached over a link nobody has decided on",
        }
    }

    fn of(row: &Row) -> List {
        match (row.tie.open, row.tie.role) {
            (true, _) => List::Undecided,
            (_, Role::Shared) => List::Shared,
            (_, role) if role.is_own() => List::Own,
            _ => List::References,
        }
    }

    fn count(self, counts: &Counts) -> u64 {
        match self {
            List::Own => counts.own,
            List::Shared => counts.shared,
            List::References => counts.references,
            List::Undecided => counts.undecided,
        }
    }
}

impl FindReport<'_> {
    fn is_complete(&self) -> Result<bool> {
        Ok(self.findings.problems.is_empty() && self.total(List::Undecided)? == 0)
    }

    fn total(&self, list: List) -> Result<u64> {
        (0..self.findings.graph.nodes.len()).map(|n| Ok(list.count(&self.findings.counts(n, 0)?))).sum()
    }

    fn list_json(&self, list: List, ui: &mut Ui) -> Result<()> {
        ui.json(&format!(",\n\"{}\": [", list.name()))?;
        let mut first = true;
        for (n, node) in self.findings.graph.nodes.iter().enumerate() {
            let rows = list.count(&self.findings.counts(n, 0)?);
            if rows == 0 {
                continue;
            }
            let (source, collection) = (json!(node.source.name), json!(node.collection.name));
            let comma = if first { "" } else { "," };
            ui.json(&format!(
                "{comma}\n {{\"source\": {source}, \"collection\": {collection}, \"rows\": {rows}, \"records\": ["
            ))?;
            first = false;
            let mut comma = "";
            self.findings.each(n, 0, &mut |row| {
                if List::of(&row) != list {
                    return Ok(());
                }
                ui.json(&format!("{comma}\n  {}", self.record_json(n, &row)))?;
                comma = ",";
                Ok(())
            })?;
            ui.json("]}")?;
        }
        ui.json("]")
    }

    fn record_json(&self, node: usize, row: &Row) -> Json {
        let mut key = row.key.to_json();
        if let (Some(line), Some(key)) = (row.line, key.as_object_mut())
            && key.contains_key("$content")
        {
            key.insert("$line".into(), line.into());
        }
        let mut record = json!({"key": key, "path": self.findings.path(node, &row.tie), "role": row.tie.role.word()});
        if row.count > 1 {
            record["count"] = row.count.into();
        }
        record
    }

    fn list_text(&self, list: List, ui: &mut Ui) -> Result<()> {
        if self.total(list)? == 0 {
            return Ok(());
        }
        ui.line(&format!("\n{}", list.title()))?;
        for (n, node) in self.findings.graph.nodes.iter().enumerate() {
            let rows = list.count(&self.findings.counts(n, 0)?);
            if rows == 0 {
                continue;
            }
            let label = node.collection.label();
            let name = format!("{}.{}", node.source.name, node.collection.name);
            ui.line(&format!("  {rows:>7}  {label} ({name})"))?;
            let mut shown = 0;
            self.findings.each(n, 0, &mut |row| {
                if List::of(&row) == list && shown < 3 {
                    shown += 1;
                    ui.line(&format!("           {}: {}", row.key.show(), self.findings.path(n, &row.tie)))?;
                }
                Ok(())
            })?;
            if rows > shown {
                ui.line(&format!("           … and {} more; --json lists them all", rows - shown))?;
            }
        }
        Ok(())
    }

    fn nothing(&self, ui: &mut Ui) -> Result<()> {
        ui.line("Nothing was found.")?;
        for (name, normal) in self.findings.tried(0) {
            ui.line(&format!("  searched for {name} in the form {normal}"))?;
        }
        let asked: Vec<_> = self
            .findings
            .searched
            .iter()
            .filter(|s| s.asked)
            .map(|s| format!("{}.{}", s.source, s.collection))
            .collect();
        let text = if asked.is_empty() { "no collection".to_owned() } else { asked.join(", ") };
        ui.line(&format!("  searched: {text}"))
    }
}

impl Report for FindReport<'_> {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let found =
            [List::Own, List::Shared, List::Undecided].into_iter().map(|l| self.total(l)).sum::<Result<u64>>()?;
        match found {
            0 => self.nothing(ui)?,
            n => ui.line(&format!("{} about this person.", counted(n, "record")))?,
        }
        for list in List::ALL {
            self.list_text(list, ui)?;
        }
        for c in self.findings.candidates(0) {
            let by = c.by.join(", ");
            ui.line(&format!("\nNot united: {}.{} {} holds the same {by}", c.source, c.collection, c.key))?;
        }
        for s in &self.findings.searched {
            if let Some(why) = &s.read_all {
                ui.note(&format!("note: {}.{} was read whole: {why}", s.source, s.collection));
            }
        }
        if !self.findings.problems.is_empty() {
            ui.line("\nThis is incomplete:")?;
            for p in &self.findings.problems {
                ui.line(&format!("  {} [{}] {}", p.place, p.code, p.message))?;
            }
        }
        Ok(())
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let subject = &self.findings.subjects[0];
        let person = |p: &crate::resolve::PersonRecord| json!({"source": p.source, "collection": p.collection, "key": p.key.to_json()});
        let persons: Vec<Json> = subject.persons.iter().map(person).collect();
        let subject =
            json!({"identifiers": subject.identifiers, "persons": persons, "not_united": self.findings.candidates(0)});
        let (complete, request) = (self.is_complete()?, json!(self.request));
        ui.json(&format!("{{\"complete\": {complete},\n\"request\": {request},\n\"subject\": {subject}"))?;
        for list in List::ALL {
            self.list_json(list, ui)?;
        }
        let problems = json!(self.findings.problems);
        ui.json(&format!(",\n\"searched\": {},\n\"problems\": {problems}}}\n", json!(self.findings.searched)))
    }

    fn exit(&self) -> Exit {
        match self.is_complete() {
            Ok(true) => Exit::Done,
            _ => Exit::Incomplete,
        }
    }
}
