//! The map against what a source says of itself: collections, columns, types, constraints. No record is read.

use super::finding::{Findings, Level, some};
use super::mentioned::{column_at, exists, field_path, key_path};
use crate::map::read::suggest::{did_you_mean, nearest};
use crate::map::{About, Collection, DataMap, FieldErase, NormalForm, Place, SourceMap};
use crate::record::FieldPath;
use crate::source::{Column, ForeignKey, Schema, Shape, ShapeKind, ValueType};

/// Collections that only one of the two knows.
pub(super) fn collections(source: &SourceMap, schema: &Schema, findings: &mut Findings) {
    let names: Vec<&str> = schema.collections.iter().map(|s| s.name.as_str()).collect();
    for collection in &source.collections {
        let place = format!("{}.{}", source.name, collection.name);
        match schema.shape(&collection.name) {
            None => {
                let hint = did_you_mean(&collection.name, &names, "the source has");
                let message = "the source has no collection of that name".to_owned();
                findings.error("missing-collection", &collection.place, &place, message, hint);
            }
            Some(shape) if shape.kind == ShapeKind::View => {
                let message = "it is a view: another look at data held elsewhere".to_owned();
                let hint = "map the tables it is made of, and remove it";
                findings.warning("mapped-view", &collection.place, &place, message, hint);
            }
            Some(_) => {}
        }
    }
    unknown(source, schema, findings);
}

fn unknown(source: &SourceMap, schema: &Schema, findings: &mut Findings) {
    let mut aside = Vec::new();
    for shape in schema.collections.iter().filter(|s| source.collection(&s.name).is_none()) {
        let place = format!("{}.{}", source.name, shape.name);
        if shape.kind == ShapeKind::View || shape.rows == Some(0) {
            let what = if shape.kind == ShapeKind::View { "view" } else { "empty" };
            aside.push(format!("{} ({what})", shape.name));
            continue;
        }
        let personal = shape
            .columns
            .iter()
            .filter(|c| super::personal::looks(&c.name, &field_path(shape, &c.name), &[]).is_some());
        let personal: Vec<String> = personal.map(|c| c.name.clone()).collect();
        let message = match personal.is_empty() {
            true => "the map does not know it: no search looks here".to_owned(),
            false => {
                format!("the map does not know it: no search looks here. These look personal: {}", some(&personal))
            }
        };
        let hint = "describe it in the map, or say that it is about = \"nobody\"";
        findings.warning("unknown-collection", &source.place, &place, message, hint);
    }
    if !aside.is_empty() {
        let message = format!("not in the map, and nothing there to search: {}", some(&aside));
        let hint = "nothing to do for a view; an empty table may fill up one day";
        findings.add(Level::Note, "unmapped-aside", &source.place, &source.name, message, hint);
    }
}

/// One collection against its shape.
pub(super) fn collection(map: &DataMap, source: &SourceMap, one: &Collection, shape: &Shape, findings: &mut Findings) {
    let mut check = Check { map, source, one, shape, findings };
    check.columns();
    check.identities();
    check.rules();
    check.key();
    check.references();
    check.engine();
    for problem in &shape.problems {
        let hint = "correct it in the source, or ask who owns the source";
        check.findings.warning(&problem.code, &one.place, &problem.place, problem.message.clone(), hint);
    }
}

struct Check<'a> {
    map: &'a DataMap,
    source: &'a SourceMap,
    one: &'a Collection,
    shape: &'a Shape,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn place(&self, field: &str) -> String {
        format!("{}.{}.{field}", self.source.name, self.one.name)
    }

    /// Where what is changed cannot be taken back, the map must say that this is accepted.
    fn engine(&mut self) {
        let Some(engine) = &self.shape.not_transactional else { return };
        let place = format!("{}.{}", self.source.name, self.one.name);
        let message = format!("its storage engine {engine} cannot take a change back");
        if self.one.accepts_non_transactional {
            let hint = "the map accepts it: an apply that is cut off leaves it half changed until it is run again";
            self.findings.add(Level::Note, "non-transactional", &self.one.place, &place, message, hint);
        } else if self.one.about != About::Nobody {
            let message = message + ": a plan that changes its records is refused";
            let hint = "change its engine to InnoDB, or accept it: non_transactional = \"accept\"";
            self.findings.warning("non-transactional", &self.one.place, &place, message, hint);
        }
    }

    /// Every column the map names must be there.
    fn columns(&mut self) {
        let one = self.one;
        let mut named: Vec<(FieldPath, &Place)> = Vec::new();
        named.extend(one.fields.iter().map(|(name, field)| (self.source.field_path(name), &field.place)));
        named.extend(one.key.iter().map(|name| (key_path(self.shape, name), &one.place)));
        named.extend(one.identities.iter().map(|(_, path)| (path.clone(), &one.place)));
        named.extend(one.links.iter().flat_map(|l| l.from.iter().map(|path| (path.clone(), &l.place))));
        let conditions = one.links.iter().flat_map(|l| l.only.iter().map(|(path, _)| (path.clone(), &l.place)));
        named.extend(conditions);
        named.extend(one.retain.iter().filter_map(|r| Some((r.from.clone()?, &one.place))));
        named.extend(one.other.iter().map(|name| (self.source.field_path(name), &one.place)));
        let mut told: Vec<FieldPath> = Vec::new();
        for (path, at) in named {
            if !exists(self.shape, &path) && !told.contains(&path) {
                missing(&self.place(path.as_str()), at, &path, self.shape, self.findings);
                told.push(path);
            }
        }
    }

    /// An identity needs a column that can hold it.
    fn identities(&mut self) {
        for (name, path) in &self.one.identities {
            let Some(column) = column_at(self.shape, path) else { continue };
            let form = self.map.identities.get(name).map_or(NormalForm::Exact, |identity| identity.normal);
            if cannot_hold(form, column.ty) {
                let message = format!("the identity {name} cannot be compared with what it holds: {}", said(column));
                let hint = "name another column, or correct the identity's normal form";
                self.findings.error("wrong-type", &self.one.place, &self.place(path.as_str()), message, hint);
            }
        }
    }

    /// What erasure does must be possible in the column.
    fn rules(&mut self) {
        for (name, field) in &self.one.fields {
            let path = self.source.field_path(name);
            let (Some(rule), Some(column)) = (&field.erase, column_at(self.shape, &path)) else { continue };
            if let Some((level, code, message, hint)) = impossible(rule, column, self.shape) {
                self.findings.add(level, code, &field.place, &self.place(name), message, hint);
            }
        }
    }

    /// A collection that has a key in the source should be addressed by it.
    fn key(&mut self) {
        if let (true, Some(key), About::Subject) = (self.one.key.is_empty(), self.shape.keys.first(), self.one.about) {
            let columns: Vec<String> = key.iter().map(|k| format!("{k:?}")).collect();
            let message = "the map names no key, and the source has one".to_owned();
            let hint = format!("add key = [{}]", columns.join(", "));
            let place = format!("{}.{}", self.source.name, self.one.name);
            self.findings.warning("no-key", &self.one.place, &place, message, hint);
        }
    }

    /// A declared reference to people should be in the map: without it a search misses what it leads to.
    fn references(&mut self) {
        for reference in self.shape.references.iter().filter(|r| lost_reference(self.source, self.one, r)) {
            let message = format!("the source declares a reference to {}, the map has no link for it", reference.to);
            let hint = match self.one.about {
                About::Nobody => {
                    "these records are said to be about nobody: remove that and add a link with its role, or acknowledge it"
                }
                _ => "add a link with its role (\"reference\" where the record is somebody else's)",
            };
            let place = self.place(&reference.columns.join("+"));
            self.findings.warning("unmapped-reference", &self.one.place, &place, message, hint);
        }
    }
}

/// Whether a reference that the source declares leads to people, or to what is theirs from records that nothing else
/// ties to anybody, and the map has no link for it.
pub fn lost_reference(source: &SourceMap, one: &Collection, reference: &ForeignKey) -> bool {
    let same = |paths: &[FieldPath], names: &[String]| paths.iter().map(FieldPath::as_str).eq(names);
    let known = one
        .links
        .iter()
        .any(|l| l.to_source == source.name && l.to_collection == reference.to && same(&l.from, &reference.columns));
    let owned = |c: &Collection| c.links.iter().any(|l| l.role.is_own());
    let found = |c: &Collection| c.person || !c.identities.is_empty();
    let target = source.collection(&reference.to);
    target.is_some_and(|there| !known && (found(there) || owned(there) && !found(one) && !owned(one)))
}

/// Adds that a path of the map leads to no column.
pub(super) fn missing(place: &str, at: &Place, path: &FieldPath, shape: &Shape, findings: &mut Findings) {
    let names: Vec<&str> = shape.columns.iter().map(|c| c.name.as_str()).collect();
    if shape.closed {
        let hint = did_you_mean(path.as_str(), &names, "its columns");
        findings.error("missing-column", at, place, format!("{} has no column {path}", shape.name), hint);
        return;
    }
    let hint = match nearest(path.as_str(), names) {
        Some(name) => format!("did you mean {name}?"),
        None => "check the path; rare fields may be missing from a sample".to_owned(),
    };
    findings.warning("missing-column", at, place, format!("no sampled record of {} has {path}", shape.name), hint);
}

type Impossible = (Level, &'static str, String, String);

/// Why a rule cannot be carried out in a column.
fn impossible(rule: &FieldErase, column: &Column, shape: &Shape) -> Option<Impossible> {
    let error = |code, message: String, hint: &str| Some((Level::Error, code, message, hint.to_owned()));
    if *rule == FieldErase::Keep {
        return None;
    }
    if column.generated {
        let message = "the source computes it: it cannot be set".to_owned();
        return error("generated-column", message, "remove erase here, and give a rule to what it is computed from");
    }
    match rule {
        FieldErase::Null if !column.nullable => {
            let hint = "use \"tombstone\" or { fixed = \"…\" }, or allow null in the source";
            error("null-not-allowed", "erase = \"null\", and the source does not allow null here".to_owned(), hint)
        }
        FieldErase::Tombstone if !holds_text(column.ty) => {
            let message = format!("a tombstone is text, and the column holds {}", said(column));
            let hint = "use \"null\", \"keep\" or { fixed = \"0\" }";
            match column.ty {
                // Some databases say so of any type they do not know.
                ValueType::Decimal => Some((Level::Warning, "wrong-type", message, hint.to_owned())),
                _ => error("wrong-type", message, hint),
            }
        }
        FieldErase::Fixed(text) => fixed(text, column, shape),
        _ => None,
    }
}

fn fixed(text: &str, column: &Column, shape: &Shape) -> Option<Impossible> {
    let error = |code, message: String, hint: &str| Some((Level::Error, code, message, hint.to_owned()));
    if !parses(text, column.ty) {
        let message = format!("the fixed text is no value of a column that holds {}", said(column));
        return error("wrong-type", message, "write a value of that type, or use \"null\"");
    }
    if column.max_length.is_some_and(|max| text.chars().count() as u64 > max) {
        return error("too-long", "the fixed text is longer than the column allows".to_owned(), "shorten it");
    }
    let sets = || shape.keys.iter().chain(&shape.unique).filter(|set| set.contains(&column.name));
    if sets().any(|set| set.len() == 1) {
        let message = "a fixed text, and the source wants every value to differ".to_owned();
        return error("fixed-not-unique", message, "use \"tombstone\", or \"null\" where it is allowed");
    }
    if let Some(set) = sets().next() {
        let message = format!("a fixed text, and the source wants {} to differ together", set.join(" and "));
        let hint = "make sure that the other columns tell the records apart, or use \"tombstone\"".to_owned();
        return Some((Level::Warning, "fixed-not-unique", message, hint));
    }
    None
}

fn holds_text(ty: ValueType) -> bool {
    matches!(ty, ValueType::Text | ValueType::Any)
}

fn parses(text: &str, ty: ValueType) -> bool {
    match ty {
        ValueType::Text | ValueType::Any => true,
        ValueType::Int => text.parse::<i128>().is_ok(),
        // A database calls decimal what it does not know, and takes text there; types of its own only it can read.
        ValueType::Decimal | ValueType::Native => true,
        ValueType::Float => text.parse::<f64>().is_ok(),
        ValueType::Bool => matches!(text, "true" | "false" | "0" | "1"),
        ValueType::Bytes | ValueType::Nested => false,
    }
}

/// What a column holds, in words.
pub(super) fn said(column: &Column) -> String {
    let words = match column.ty {
        ValueType::Text => "text",
        ValueType::Int => "whole numbers",
        ValueType::Decimal => "decimal numbers",
        ValueType::Float => "floating-point numbers",
        ValueType::Bool => "truth values",
        ValueType::Bytes => "bytes",
        ValueType::Nested => "lists or objects",
        ValueType::Native => "values of a type of its own",
        ValueType::Any => "anything",
    };
    match column.declared.is_empty() {
        true => words.to_owned(),
        false => format!("{words} ({})", column.declared),
    }
}

/// Whether the column can hold no identity of that form.
pub(super) fn cannot_hold(form: NormalForm, ty: ValueType) -> bool {
    match form {
        _ if matches!(ty, ValueType::Nested | ValueType::Bytes) => true,
        NormalForm::Email => matches!(ty, ValueType::Int | ValueType::Float | ValueType::Bool),
        NormalForm::Phone => ty == ValueType::Bool,
        NormalForm::Text | NormalForm::Exact => false,
    }
}
