//! Edits as few statements: those that are alike go together.

use super::catalogue::Table;
use super::condition::of_key;
use super::literal::literal;
use super::quoted;
use crate::error::{Error, Result};
use crate::record::{Key, Value};
use crate::source::{Edit, EditChange, Shape};

/// Edits of one collection that follow each other and are alike: addressed in one way, setting the same fields.
pub(super) struct Group<'e, 'a> {
    pub collection: &'e str,
    /// Whether the records' contents address them.
    pub by_content: bool,
    pub edits: Vec<&'e Edit<'a>>,
    /// Whether the records come.
    pub inserts: bool,
    fields: Option<Vec<&'e str>>,
}

/// A statement, and how many records it must address.
pub(super) struct Statement {
    pub sql: String,
    pub count: u64,
}

impl Group<'_, '_> {
    /// Whether the records go.
    pub fn is_delete(&self) -> bool {
        self.fields.is_none()
    }

    /// Whether a column gets a value.
    pub fn sets(&self, column: &str) -> bool {
        self.fields.iter().flatten().any(|f| *f == column)
    }

    /// Whether the columns that address the records get values.
    pub fn moves(&self) -> bool {
        match self.edits.first().map(|e| e.key) {
            Some(Key::Columns(parts)) => parts.iter().any(|(name, _)| self.sets(name)),
            _ => false,
        }
    }
}

/// What makes two edits alike.
fn form<'e>(edit: &'e Edit<'_>) -> (&'e str, bool, Option<Vec<&'e str>>, Option<Vec<&'e str>>) {
    let fields = match &edit.change {
        EditChange::Delete => None,
        EditChange::Set(fields) => Some(fields.iter().map(|(f, _)| f.as_str()).collect()),
        EditChange::Insert(_) => Some(Vec::new()),
    };
    let columns = match edit.key {
        Key::Columns(parts) => Some(parts.iter().map(|(name, _)| name.as_str()).collect()),
        Key::Content(_) => None,
    };
    (edit.collection, matches!(edit.change, EditChange::Insert(_)), columns, fields)
}

/// The edits in groups, in their order.
pub(super) fn groups<'e, 'a>(edits: &'e [Edit<'a>]) -> Vec<Group<'e, 'a>> {
    let alike = edits.chunk_by(|a, b| form(a) == form(b));
    let group = |run: &'e [Edit<'a>]| {
        let (collection, inserts, columns, fields) = form(&run[0]);
        Group { collection, by_content: columns.is_none(), edits: run.iter().collect(), inserts, fields }
    };
    alike.map(group).collect()
}

/// The statement for alike edits, whose records the condition picks.
pub(super) fn updates(
    name: &str,
    shape: &Shape,
    table: &Table,
    edits: &[&Edit<'_>],
    condition: String,
) -> Result<Statement> {
    let count = edits.iter().map(|e| e.count).sum();
    let Some(Edit { change: EditChange::Set(fields), .. }) = edits.first() else {
        return Ok(Statement { sql: format!("DELETE FROM {} WHERE {condition}", table.sql), count });
    };
    let mut sets = Vec::new();
    for (f, (field, _)) in fields.iter().enumerate() {
        let column = quoted(field.as_str());
        let refuse = || Error::failed(format!("{name}.{}.{field} cannot be set to that value", shape.name));
        if shape.column(field.as_str()).is_none_or(|c| c.generated) {
            return Err(refuse().hint("the source computes it: give the field another `erase`"));
        }
        let ty = table.ty(field.as_str()).ok_or_else(refuse)?;
        let value = |edit: &&Edit<'_>| match &edit.change {
            EditChange::Set(fields) => fields.get(f).and_then(|(_, v)| literal(v, ty)).ok_or_else(refuse),
            EditChange::Delete | EditChange::Insert(_) => Err(refuse()),
        };
        let values: Vec<String> = edits.iter().map(value).collect::<Result<_>>()?;
        sets.push(format!("{column} = {}", one_or_each(table, edits, &values).ok_or_else(refuse)?));
    }
    // What the server would set to the time of the change stays, so that nothing changes but what the plan says.
    let untouched = table.touched.iter().filter(|c| !fields.iter().any(|(f, _)| f.as_str() == c.as_str()));
    sets.extend(untouched.map(|c| format!("{0} = {0}", quoted(c))));
    Ok(Statement { sql: format!("UPDATE {} SET {} WHERE {condition}", table.sql, sets.join(", ")), count })
}

/// The statement that puts records into their table, with all columns but those that the server computes.
pub(super) fn insertion(name: &str, shape: &Shape, table: &Table, edits: &[&Edit<'_>]) -> Result<Statement> {
    let columns: Vec<&str> = shape.columns.iter().filter(|c| !c.generated).map(|c| c.name.as_str()).collect();
    let mut rows = Vec::new();
    for edit in edits {
        let EditChange::Insert(record) = &edit.change else { continue };
        let value = |column: &&str| {
            let written = record.get(column).zip(table.ty(column)).and_then(|(value, ty)| literal(value, ty));
            written.ok_or_else(|| {
                Error::failed(format!("{name}.{}.{column} cannot be given back its value", shape.name))
                    .hint("the table has other columns than when the plan was applied")
            })
        };
        let values: Vec<String> = columns.iter().map(value).collect::<Result<_>>()?;
        rows.extend((0..edit.count).map(|_| format!("({})", values.join(", "))));
    }
    let names: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES {}", table.sql, names.join(", "), rows.join(", "));
    Ok(Statement { sql, count: rows.len() as u64 })
}

/// The one value that all edits set, or a choice by their keys.
fn one_or_each(table: &Table, edits: &[&Edit<'_>], values: &[String]) -> Option<String> {
    let first = values.first()?;
    if values.iter().all(|v| v == first) {
        return Some(first.clone());
    }
    let mut choice = "CASE".to_owned();
    for (edit, value) in edits.iter().zip(values) {
        let Key::Columns(parts) = edit.key else { return None };
        let parts: &[(String, Value)] = parts;
        choice.push_str(&format!(" WHEN {} THEN {value}", of_key(table, "", parts)?));
    }
    choice.push_str(" END");
    Some(choice)
}
