//! Edits as few statements, and what the database did beside them.

use postgres::Client;
use std::collections::{BTreeMap, HashMap};

use super::catalogue::{Catalogue, Table};
use super::decode::RAW_TEXT;
use super::encode;
use super::keys::{Addressed, Listed, Lists, form};
use super::quoted;
use crate::error::{Error, Result};
use crate::problem::Problem;
use crate::record::{Record, Value};
use crate::source::{Edit, EditChange, Shape};

/// One statement that changes many records.
pub(super) struct Statement {
    pub collection: String,
    pub table: u32,
    pub deletes: bool,
    pub inserts: bool,
    /// How many records it must touch.
    pub count: u64,
    /// Up to what picks the rows.
    head: String,
    which: Which,
}

/// What picks a statement's rows.
enum Which {
    /// A join with lists of keys, and of values.
    Joined { using: &'static str, lists: Lists, condition: String },
    /// A list of keys alone.
    Listed(Listed),
}

/// How many records of a table were asked to change.
#[derive(Default)]
pub(super) struct Asked {
    pub deleted: u64,
    pub updated: u64,
    pub inserted: u64,
}

/// Edits that one statement can carry out.
type Group<'e, 'a> = Vec<&'e Edit<'a>>;

/// The edits in batches, each carried out at once: in their order, but that deletions of records that refer to each
/// other in a circle are one batch, and so are changes of keys and of references to them, because a reference that
/// cannot wait for the commit is checked at the end of a statement.
pub(super) fn batches<'e, 'a>(catalogue: &Catalogue, edits: &'e [Edit<'a>]) -> Vec<Vec<Group<'e, 'a>>> {
    let mut batches: Vec<Vec<Group<'e, 'a>>> = Vec::new();
    let circle = has_circle(catalogue, edits, deletes) || has_circle(catalogue, edits, inserts);
    let mut at = 0;
    while at < edits.len() {
        let first = &edits[at];
        let same = |e: &&Edit<'_>| {
            e.collection == first.collection && deletes(e) == deletes(first) && inserts(e) == inserts(first)
        };
        let length = edits[at..].iter().take_while(same).count();
        let run = &edits[at..at + length];
        at += length;
        let groups = groups(run);
        match batches.last_mut() {
            Some(last) if circle && deletes(first) && last.iter().all(|g| deletes(g[0])) => last.extend(groups),
            Some(last) if circle && inserts(first) && last.iter().all(|g| inserts(g[0])) => last.extend(groups),
            _ if circle && (deletes(first) || inserts(first)) => batches.push(groups),
            _ => batches.extend(groups.into_iter().map(|g| vec![g])),
        }
    }
    tie(catalogue, &mut batches);
    batches
}

/// Makes one batch of those that change keys and those that change references to them, where the references cannot
/// wait for the commit: neither can go first, but both are checked at the end of a statement.
fn tie(catalogue: &Catalogue, batches: &mut Vec<Vec<Group<'_, '_>>>) {
    for shape in &catalogue.schema.collections {
        for key in &shape.references {
            if !catalogue.immediate.contains(&(shape.name.clone(), key.to.clone())) {
                continue;
            }
            let setting = |collection: &str, columns: &[String]| -> Vec<usize> {
                let it = |g: &Group<'_, '_>| g[0].collection == collection && sets(g[0], columns);
                (0..batches.len()).filter(|i| batches[*i].iter().any(it)).collect()
            };
            let (of_key, of_reference) = (setting(&key.to, &key.to_columns), setting(&shape.name, &key.columns));
            if of_key.is_empty() || of_reference.is_empty() {
                continue;
            }
            let mut all: Vec<usize> = of_key.into_iter().chain(of_reference).collect();
            all.sort_unstable();
            all.dedup();
            for i in all.drain(1..).rev().collect::<Vec<_>>() {
                let moved = batches.remove(i);
                batches[all[0]].extend(moved);
            }
        }
    }
}

fn sets(edit: &Edit<'_>, columns: &[String]) -> bool {
    match &edit.change {
        EditChange::Set(fields) => fields.iter().any(|(f, _)| columns.iter().any(|c| c == f.as_str())),
        EditChange::Delete | EditChange::Insert(_) => false,
    }
}

fn inserts(edit: &Edit<'_>) -> bool {
    matches!(edit.change, EditChange::Insert(_))
}

fn deletes(edit: &Edit<'_>) -> bool {
    matches!(edit.change, EditChange::Delete)
}

/// Edits of one collection in groups alike: by content or by which columns, and which fields they set.
fn groups<'e, 'a>(run: &'e [Edit<'a>]) -> Vec<Group<'e, 'a>> {
    let mut places: HashMap<_, usize> = HashMap::new();
    let mut groups: Vec<Group<'e, 'a>> = Vec::new();
    for edit in run {
        let fields: Vec<(&str, bool)> = match &edit.change {
            EditChange::Delete => Vec::new(),
            EditChange::Set(fields) => fields.iter().map(|(f, v)| (f.as_str(), is_raw(v))).collect(),
            EditChange::Insert(record) => {
                record.names.iter().zip(&record.values).map(|(n, v)| (n.as_str(), is_raw(v))).collect()
            }
        };
        let place = *places.entry((form(edit.key), fields)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(edit),
            None => groups.push(vec![edit]),
        }
    }
    groups
}

fn is_raw(value: &Value) -> bool {
    matches!(value, Value::Native { ty, .. } if ty == RAW_TEXT)
}

/// Whether collections with such edits (deletions, insertions) refer to each other in a circle by references that cannot wait.
fn has_circle(catalogue: &Catalogue, edits: &[Edit<'_>], such: fn(&Edit<'_>) -> bool) -> bool {
    let mut names: Vec<&str> = edits.iter().filter(|e| such(e)).map(|e| e.collection).collect();
    names.sort_unstable();
    names.dedup();
    // What nothing left refers to is taken away until nothing can be: what stays is in a circle.
    let refers = |from: &str, to: &str| from != to && catalogue.immediate.contains(&(from.to_owned(), to.to_owned()));
    loop {
        let before = names.len();
        let held = names.clone();
        names.retain(|to| held.iter().any(|from| refers(from, to)));
        if names.len() == before {
            return before > 0;
        }
    }
}

/// The statement for a group; `places` says for each row addressed which edit it is for.
pub(super) fn statement(
    name: &str,
    shape: &Shape,
    table: &Table,
    group: &[&Edit<'_>],
    addressed: Addressed,
    places: &[usize],
) -> Result<Statement> {
    let Addressed { mut lists, condition } = addressed;
    let mut head = format!("DELETE FROM {} AS t", table.from);
    let mut using = "USING";
    if let EditChange::Set(fields) = &group[0].change {
        let mut sets = Vec::new();
        for (f, (field, value)) in fields.iter().enumerate() {
            let refuse = || Error::failed(format!("{name}.{}.{field} cannot be set to that value", shape.name));
            let ty = table.ty(field.as_str()).ok_or_else(refuse)?;
            if shape.column(field.as_str()).is_none_or(|c| c.generated) {
                return Err(refuse().hint("the source computes it: give the field another `erase`"));
            }
            let texts = places.iter().map(|i| match &group[*i].change {
                EditChange::Set(fields) => encode::text(&fields[f].1, ty).ok_or_else(refuse),
                EditChange::Delete | EditChange::Insert(_) => Err(refuse()),
            });
            let list = texts.collect::<Result<Vec<_>>>()?;
            let expression = format!("k.c{}", lists.0.len());
            lists.0.push(list);
            sets.push(format!("{} = {}", quoted(field.as_str()), encode::cast(&expression, ty, value)));
        }
        head = format!("UPDATE {} AS t SET {}", table.from, sets.join(", "));
        using = "FROM";
    }
    Ok(Statement {
        collection: shape.name.clone(),
        table: table.oid,
        deletes: deletes(group[0]),
        inserts: false,
        count: group.iter().map(|e| e.count).sum(),
        head,
        which: Which::Joined { using, lists, condition },
    })
}

/// The statement that puts a group of records into their table. Only what the server computes from other columns it
/// computes again; numbers that it gave itself come back as they were.
pub(super) fn insertion(name: &str, shape: &Shape, table: &Table, group: &[&Edit<'_>]) -> Result<Statement> {
    let records = || {
        group.iter().flat_map(|edit| match &edit.change {
            EditChange::Insert(record) => vec![*record; usize::try_from(edit.count).unwrap_or(0)],
            _ => Vec::new(),
        })
    };
    let (mut names, mut values, mut lists) = (Vec::new(), Vec::new(), Lists::default());
    for column in shape.columns.iter().filter(|c| !c.follows) {
        let refuse = || {
            Error::failed(format!("{name}.{}.{} cannot be given back its value", shape.name, column.name))
                .hint("the table has other columns than when the plan was applied")
        };
        let ty = table.ty(&column.name).ok_or_else(refuse)?;
        let text = |r: &Record| r.get(&column.name).and_then(|v| encode::text(v, ty)).ok_or_else(refuse);
        let list = records().map(text).collect::<Result<Vec<_>>>()?;
        let first = records().next().and_then(|r| r.get(&column.name)).ok_or_else(refuse)?;
        values.push(encode::cast(&format!("k.c{}", lists.0.len()), ty, first));
        names.push(quoted(&column.name));
        lists.0.push(list);
    }
    let (into, values) = (names.join(", "), values.join(", "));
    Ok(Statement {
        collection: shape.name.clone(),
        table: table.oid,
        deletes: false,
        inserts: true,
        count: records().count() as u64,
        head: format!("INSERT INTO {} ({into}) OVERRIDING SYSTEM VALUE SELECT {values}", table.sql),
        which: Which::Joined { using: "FROM", lists, condition: "TRUE".to_owned() },
    })
}

/// The statement that deletes rows by a list of keys.
pub(super) fn deletion(shape: &Shape, table: &Table, group: &[&Edit<'_>], listed: Listed) -> Statement {
    Statement {
        collection: shape.name.clone(),
        table: table.oid,
        deletes: true,
        inserts: false,
        count: group.iter().map(|e| e.count).sum(),
        head: format!("DELETE FROM {} AS t", table.from),
        which: Which::Listed(listed),
    }
}

impl Statement {
    /// Its SQL with parameters numbered from `first`, and their lists.
    pub fn sql(&self, first: usize) -> (String, &[Vec<Option<String>>]) {
        match &self.which {
            Which::Joined { using, lists, condition } => {
                (format!("{} {using} {} WHERE {condition}", self.head, lists.sql(first)), &lists.0)
            }
            Which::Listed(listed) => (format!("{} WHERE {}", self.head, listed.condition(first)), &listed.lists.0),
        }
    }
}

/// Statements as one, which gives for each how many records it touched.
pub(super) fn together(statements: &[Statement]) -> (String, Lists) {
    let (mut parts, mut counts, mut all) = (Vec::new(), Vec::new(), Lists::default());
    for (i, statement) in statements.iter().enumerate() {
        let (sql, lists) = statement.sql(all.0.len() + 1);
        parts.push(format!("d{i} AS ({sql} RETURNING 1)"));
        counts.push(format!("(SELECT pg_catalog.count(*) FROM d{i})"));
        all.0.extend(lists.iter().cloned());
    }
    (format!("WITH {} SELECT {}", parts.join(", "), counts.join(", ")), all)
}

/// What changed in this transaction that no edit asked for, by the server's own counts.
pub(super) fn beside(
    client: &mut Client,
    name: &str,
    catalogue: &Catalogue,
    asked: &BTreeMap<u32, Asked>,
) -> std::result::Result<Vec<Problem>, postgres::Error> {
    let counting: bool =
        client.query_one("SELECT pg_catalog.current_setting('track_counts')::pg_catalog.bool", &[])?.get(0);
    if !counting {
        let message =
            "the server does not count changes (track_counts is off): what triggers changed beside is not known";
        return Ok(vec![Problem::new("changed-beside", name, message)]);
    }
    let rows = client.query(
        "SELECT coalesce(pg_catalog.pg_partition_root(s.relid)::pg_catalog.oid, s.relid) AS root, \
            pg_catalog.sum(s.n_tup_ins)::pg_catalog.int8, pg_catalog.sum(s.n_tup_upd)::pg_catalog.int8, \
            pg_catalog.sum(s.n_tup_del)::pg_catalog.int8, \
            pg_catalog.max(n.nspname || '.' || c.relname) \
         FROM pg_catalog.pg_stat_xact_user_tables s \
         JOIN pg_catalog.pg_class c ON c.oid = coalesce(pg_catalog.pg_partition_root(s.relid)::pg_catalog.oid, s.relid) \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 GROUP BY 1 ORDER BY 5",
        &[],
    )?;
    let mut problems = Vec::new();
    for row in rows {
        let (root, inserted, updated, deleted): (u32, i64, i64, i64) = (row.get(0), row.get(1), row.get(2), row.get(3));
        let of = |what: fn(&Asked) -> u64| asked.get(&root).map_or(0, |a| what(a) as i64);
        let (to_update, to_delete, to_insert) = (of(|a| a.updated), of(|a| a.deleted), of(|a| a.inserted));
        let inserted = inserted - to_insert;
        // A row that moves to another partition counts as deleted there and inserted here.
        let moved = (to_update - updated).clamp(0, inserted.max(0));
        let more = [
            ("added", inserted - moved),
            ("changed", updated + moved - to_update),
            ("deleted", deleted - moved - to_delete),
        ];
        let said: Vec<String> = more.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word} {n}")).collect();
        if !said.is_empty() {
            let message = format!(
                "the database by itself {} more records than the plan says (a trigger, a rule, or an action on a reference)",
                said.join(", ")
            );
            problems.push(Problem::new(
                "changed-beside",
                format!("{name}.{}", catalogue.called(root).unwrap_or(row.get(4))),
                message,
            ));
        }
    }
    Ok(problems)
}

/// Materialised views that hold copies of what was in the changed tables.
pub(super) fn copies(
    client: &mut Client,
    name: &str,
    changed: &[u32],
) -> std::result::Result<Vec<Problem>, postgres::Error> {
    let rows = client.query(
        "WITH RECURSIVE seen AS ( \
            SELECT o AS oid FROM pg_catalog.unnest($1::oid[]) o \
            UNION SELECT r.ev_class FROM seen JOIN pg_catalog.pg_depend d ON d.refobjid = seen.oid \
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass \
                AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass \
            JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid) \
         SELECT n.nspname || '.' || c.relname FROM seen JOIN pg_catalog.pg_class c ON c.oid = seen.oid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND c.relispopulated ORDER BY 1",
        &[&changed],
    )?;
    let problem = |row: &postgres::Row| {
        let view: String = row.get(0);
        let message = format!("this materialised view may hold the old records: REFRESH MATERIALIZED VIEW {view}");
        Problem::new("left-on-disk", format!("{name}.{view}"), message)
    };
    Ok(rows.iter().map(problem).collect())
}
