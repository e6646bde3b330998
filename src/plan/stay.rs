//! Records that stay: how much of them goes. Anonymised by the map's rules, minimised to what a retention rule needs,
//! locked away, or left to the other people whose they are too. Pure.

use std::collections::BTreeSet;

use super::anonymise;
use super::erase::Maker;
use super::files;
use super::known::speaks_of_her;
use super::rows::Planned;
use super::{Action, Reason};
use crate::error::{Error, Result};
use crate::map::{Collection, FieldErase, NormalForm, Retain};
use crate::record::{FieldPath, Value};

/// Which fields of a record are touched: of the whole record, or only what is not needed, or only what is hers.
type Touched<'t> = &'t dyn Fn(&FieldPath) -> bool;

impl Maker<'_, '_, '_, '_> {
    /// The record stays; its personal fields go by their own rules.
    pub(super) fn anonymise(&mut self, row: &mut Planned, collection: &Collection) -> Result<()> {
        if row.has_others() {
            return self.leave_to_others(row, collection);
        }
        self.by_rules(row, collection, &|_| true)?;
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
        row.reason = Reason::new("rule", "its personal fields go, the record stays");
        Ok(())
    }

    /// What the rule does not need goes; the rest stays, for the reason.
    pub(super) fn minimise(
        &mut self,
        row: &mut Planned,
        collection: &Collection,
        retain: &Retain,
        reason: Reason,
    ) -> Result<()> {
        row.reason = reason;
        let Some(needs) = &retain.needs else { return Ok(()) };
        let needed = |path: &FieldPath| {
            let covers = |need: &FieldPath| path.steps().starts_with(need.steps());
            // What addresses the record is how the rule knows it.
            collection.key.iter().any(|k| k == path.as_str()) || needs.iter().chain(&retain.from).any(covers)
        };
        self.by_rules(row, collection, &|path| !needed(path))?;
        let links: Vec<&FieldPath> = collection.links.iter().flat_map(|l| &l.from).collect();
        // What ties the record to her is needed to find it again when the period ends.
        let stay = self.without_rule(row, collection, &|path| !needed(path) && !links.contains(&path));
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Minimise };
        if !stay.is_empty() {
            row.reason.text.push_str(&format!("; nothing fits to put into {}, so it stays too", stay.join(", ")));
        }
        Ok(())
    }

    /// The record stays, locked away by the mechanism that the map names.
    pub(super) fn isolate(&mut self, row: &mut Planned, collection: &Collection, mut reason: Reason) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        let place = format!("{}.{}", node.source.name, node.collection.name);
        let Some(isolate) = &collection.isolate else {
            return Err(Error::refused(format!(
                "{place}: its records are to be isolated, and the map names no way to do it"
            ))
            .hint("name the field that locks a record away: isolate = { flag = \"…\", value = \"…\" }"));
        };
        let end = isolate.keep.and_then(|keep| self.when.today.checked_add(keep).ok());
        reason.until = reason.until.or(end);
        if reason.until.is_none() {
            return Err(Error::refused(format!(
                "{place}: its records are to be isolated, and nothing says until when"
            ))
            .hint(
                "say it in the map: isolate = { flag = \"…\", value = \"…\", for = \"P6M\" }; or with --until DATE",
            ));
        }
        let column = node.shape.as_ref().and_then(|s| s.column(isolate.flag.as_str()));
        let old = row.record.at(&isolate.flag).first().map_or(Value::Null, |v| (*v).clone());
        let closed = node.shape.as_ref().is_some_and(|s| s.closed);
        let value = super::typed::value(&isolate.value, column, closed, &old).map_err(|fits| {
            Error::refused(format!("{place}.{}: the mark of isolation must be {fits}", isolate.flag))
                .hint("give `isolate` in the map another value")
        })?;
        let value = self.findings.held(row.node, &isolate.flag, value);
        row.set(isolate.flag.clone(), value);
        row.action = Action::Isolate;
        row.reason = reason;
        Ok(())
    }

    /// The record is another person's too: they keep it, and what is hers in it goes.
    pub(super) fn leave_to_others(&mut self, row: &mut Planned, collection: &Collection) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        let (owners, known, findings) = (self.owners, self.known, self.findings);
        let hers: Vec<FieldPath> = owners.fields_of_hers(findings, row);
        let is_hers = {
            let record = &*row;
            let belongs = |path: &FieldPath, field: Option<&FieldPath>| match field {
                Some(whose) => hers.iter().any(|h| h == whose || is_at(whose, h)),
                None => speaks_of_her(known, record, path) || hers.contains(path),
            };
            let fields = collection.fields.iter().map(|(name, f)| (node.source.field_path(name), f));
            fields
                .filter(|(path, f)| {
                    f.erase == Some(FieldErase::Scrub) && f.whose.is_none() || belongs(path, f.whose.as_ref())
                })
                .map(|(path, _)| path)
                .collect::<BTreeSet<_>>()
        };
        self.by_rules(row, collection, &|path| is_hers.contains(path))?;
        let identities: BTreeSet<FieldPath> = collection.identities.iter().map(|(_, p)| p.clone()).collect();
        let personal = |path: &FieldPath| is_hers.contains(path) || identities.contains(path) && hers.contains(path);
        self.without_rule(row, collection, &personal);
        row.action = if row.after.is_empty() { Action::Keep } else { Action::Anonymise };
        let why = "it is another person's too: it stays for them, without what tells who she was";
        row.reason = Reason::new("others-too", why);
        Ok(())
    }

    /// Gives fields the values that their rules ask for.
    fn by_rules(&mut self, row: &mut Planned, collection: &Collection, touched: Touched<'_>) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        for (name, field) in &collection.fields {
            let path = node.source.field_path(name);
            let Some(how) = field.erase.as_ref().filter(|_| touched(&path)) else { continue };
            let mine = self.owners.elements(self.findings, row, &path);
            let hers = |spot: &FieldPath| mine.holds(spot);
            let new = anonymise::values(node, &path, &row.record, how, self.known, &hers, &mut self.making)?;
            for (at, value) in new {
                let value = self.findings.held(row.node, &at, value);
                row.set(at, value);
            }
        }
        Ok(())
    }

    /// The files that go: of a record that is deleted all it names, else those whose names are taken out of it.
    pub(super) fn name_files(&mut self, row: &mut Planned) -> Result<()> {
        let node = &self.findings.graph.nodes[row.node];
        for (name, field) in &node.collection.fields {
            let Some(FieldErase::File(folder)) = &field.erase else { continue };
            let path = node.source.field_path(name);
            for (spot, value) in row.record.spots(&path) {
                if row.action != Action::Delete && !row.after.iter().any(|(f, _)| *f == spot || is_at(f, &spot)) {
                    continue;
                }
                let place = format!("{}.{}.{name}", node.source.name, node.collection.name);
                let file = files::named(node.source, folder, value).map_err(|why| {
                    Error::refused(format!("{place}: erase = \"file\" does not fit: {why}"))
                        .hint("give the field another `erase` in the map, or put the names of the files right")
                })?;
                row.files.extend(file.map(|f| f.display().to_string()));
            }
        }
        Ok(())
    }

    /// Empties the personal fields for which the map has no rule, because their record was to go. Gives the names of
    /// those that must stay as they are.
    pub(super) fn empty_the_rest(&mut self, row: &mut Planned, collection: &Collection) -> Vec<String> {
        self.without_rule(row, collection, &|_| true)
    }

    fn without_rule(&mut self, row: &mut Planned, collection: &Collection, touched: Touched<'_>) -> Vec<String> {
        let node = &self.findings.graph.nodes[row.node];
        let has_rule = |name: &str| collection.field(name).is_some_and(|f| f.erase.is_some());
        let named = collection.fields.iter().filter(|(_, f)| f.category.is_some()).map(|(name, _)| name.as_str());
        let identities = collection.identities.iter().map(|(_, path)| path.as_str());
        let personal: BTreeSet<&str> = named.chain(identities).filter(|name| !has_rule(name)).collect();
        let mut stay = Vec::new();
        for name in personal {
            let path = node.source.field_path(name);
            // What the source computes follows what it is computed from.
            let computed = node.shape.as_ref().and_then(|s| s.column(name)).is_some_and(|c| c.generated);
            if computed || !touched(&path) || row.record.at(&path).iter().all(|v| v.is_null()) {
                continue;
            }
            // What addresses the record, or others refer to, stays; a number says nothing by itself.
            let addresses =
                collection.key.iter().any(|k| k == name) || node.onward.iter().any(|way| way.fields.contains(&path));
            let speaks = |(identity, p): &(String, FieldPath)| {
                let normal = self.map.identities.get(identity).map(|i| i.normal);
                *p == path && matches!(normal, Some(NormalForm::Email | NormalForm::Phone))
            };
            let speaks = collection.identities.iter().any(speaks);
            let mine = self.owners.elements(self.findings, row, &path);
            let hers = |spot: &FieldPath| mine.holds(spot);
            let mut fitting = || anonymise::fallback(node, &path, &row.record, self.known, &hers, &mut self.making);
            match if addresses { None } else { fitting() } {
                Some(values) => {
                    for (at, value) in values {
                        let value = self.findings.held(row.node, &at, value);
                        row.set(at, value);
                    }
                }
                None if addresses && !speaks => {}
                None => stay.push(name.to_owned()),
            }
        }
        stay
    }
}

/// Whether a place in one record lies at a path of the map.
pub(super) fn is_at(path: &FieldPath, place: &FieldPath) -> bool {
    path.steps().len() == place.steps().len() && is_within(path, place)
}

/// Whether a place in one record lies at a path, or below it.
pub(super) fn is_within(path: &FieldPath, place: &FieldPath) -> bool {
    use crate::record::Step;
    let same = |(a, b): (&Step, &Step)| a == b || *a == Step::Each && matches!(b, Step::At(_));
    path.steps().len() <= place.steps().len() && path.steps().iter().zip(place.steps()).all(same)
}
