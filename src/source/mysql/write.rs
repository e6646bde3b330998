//! Writing a database: one transaction, the records it is about locked when they are looked up.

use mysql::Row;
use mysql::prelude::Queryable as _;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::beside::{self, Counts, Done};
use super::catalogue::Catalogue;
use super::condition::{CONDITIONS, VALUES, of_content, of_keys, pieces};
use super::edits::{Group, Statement, groups, insertion, updates};
use super::fault::told;
use super::lookup::{contents, size};
use super::read::{check_readable, find};
use super::references::{Reference, ToCheck, to};
use super::relations::text;
use super::session::{Session, connect};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{Digest, Key, Record, Value};
use crate::source::{Action, Edit, EditChange, Remains, Writer, Written};

/// A database within its one writing transaction.
pub(super) struct MyWriter {
    pub session: Session,
    pub name: String,
    pub catalogue: Arc<Catalogue>,
    /// Tables that were changed.
    changed: Vec<String>,
    /// What records addressed by content hold in some columns, by collection.
    pub near: HashMap<String, HashMap<Digest, Key>>,
}

/// Opens the database for writing and begins the transaction.
pub fn open_writer(address: &Address, name: &str) -> Result<Box<dyn Writer>> {
    let mut session = connect(address, name)?;
    for sql in ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION READ WRITE"] {
        told(name, "begin to change the database", session.conn.query_drop(sql))?;
    }
    let catalogue = told(name, "read what tables there are", Catalogue::read(&mut session, name))?;
    let (catalogue, near) = (Arc::new(catalogue), HashMap::new());
    Ok(Box::new(MyWriter { session, name: name.to_owned(), catalogue, changed: Vec::new(), near }))
}

impl Writer for MyWriter {
    fn narrow(&mut self, collection: &str, near: Vec<(Digest, Key)>) {
        self.near.entry(collection.to_owned()).or_default().extend(near);
    }

    fn lookup(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        check_readable(&mut self.session.conn, &self.catalogue, &self.name, collection)?;
        self.by_columns(collection, keys, sink)?;
        let contents = contents(keys);
        if contents.is_empty() {
            return Ok(());
        }
        self.by_content(collection, &contents, sink)
    }

    fn write(&mut self, edits: &[Edit<'_>]) -> Result<Written> {
        let mut groups = groups(edits);
        // What cannot be taken back comes last, when all else has gone well.
        groups.sort_by_key(|g| {
            find(&self.catalogue, &self.name, g.collection).is_ok_and(|(s, _)| s.not_transactional.is_some())
        });
        let contents = self.contents_of(&groups)?;
        let mut told_beside: BTreeMap<String, Counts> = BTreeMap::new();
        let (mut problems, mut checks) = (Vec::new(), Vec::new());
        for at in 0..groups.len() {
            let (group, later) = (&groups[at], &groups[at..]);
            let counts = match group.by_content {
                _ if group.inserts => self.insert(group, &mut checks)?,
                true => self.group_by_content(group, &contents)?,
                false => self.group(group, later, &mut checks, &mut problems)?,
            };
            told_beside.entry(group.collection.to_owned()).or_default().add(&counts);
            self.changed.push(group.collection.to_owned());
        }
        for check in &checks {
            check.check(&mut self.session.conn, &self.name)?;
        }
        for (collection, counts) in told_beside.iter().filter(|(_, c)| !c.is_nothing()) {
            problems.push(self.moved(collection, counts));
        }
        Ok(Written { beside: problems })
    }

    fn commit(mut self: Box<Self>) -> Result<Remains> {
        fail::fail_point!("mysql.before-commit");
        told(&self.name, "commit the changes", self.session.conn.query_drop("COMMIT"))?;
        fail::fail_point!("mysql.after-commit");
        Ok(self.traces())
    }
}

/// Records by table and content: how many, and one of them.
type Contents = HashMap<(String, Digest), (u64, Record)>;

impl MyWriter {
    /// Carries out one group of edits, which are alike.
    fn group(
        &mut self,
        group: &Group<'_, '_>,
        later: &[Group<'_, '_>],
        checks: &mut Vec<ToCheck>,
        problems: &mut Vec<Problem>,
    ) -> Result<Counts> {
        let catalogue = self.catalogue.clone();
        let (shape, table) = find(&catalogue, &self.name, group.collection)?;
        let (mut counts, name) = (Counts::default(), self.name.clone());
        let most = if group.moves() {
            1
        } else if group.is_delete() {
            VALUES
        } else {
            CONDITIONS
        };
        for piece in pieces(group.edits.clone(), most, |e| size(e.key)) {
            let keys: Vec<&Key> = piece.iter().map(|e| e.key).collect();
            let written = |prefix: &str| {
                of_keys(table, prefix, &keys)
                    .ok_or_else(|| Error::failed(format!("{}.{}: a key that the table cannot hold", name, shape.name)))
            };
            let picks = written("p.")?;
            let (unchecked, following) = self.unchecked(group, later, &picks, &piece, checks, problems)?;
            let statement = updates(&self.name, shape, table, &piece, written("")?)?;
            let mut beside = self.run(group.collection, &statement, unchecked)?;
            if following > 0 && beside::counts_references(&mut self.session.conn, &self.name)? {
                // These are told with the reference they follow.
                beside.changed = beside.changed.saturating_sub(following);
            }
            counts.add(&beside);
        }
        Ok(counts)
    }

    /// Puts records into their table. They may refer to each other in a circle: that nothing leads nowhere is checked
    /// before the commit.
    fn insert(&mut self, group: &Group<'_, '_>, checks: &mut Vec<ToCheck>) -> Result<Counts> {
        let catalogue = self.catalogue.clone();
        let (shape, table) = find(&catalogue, &self.name, group.collection)?;
        let refers = !shape.references.is_empty() && !group.by_content;
        let mut counts = Counts::default();
        for piece in pieces(group.edits.clone(), CONDITIONS, |e| size(e.key) + bytes_of(e)) {
            let statement = insertion(&self.name, shape, table, &piece)?;
            counts.add(&self.run(group.collection, &statement, refers)?);
            let keys: Vec<&Key> = piece.iter().map(|e| e.key).collect();
            for reference in shape.references.iter().filter(|_| refers) {
                let condition = of_keys(table, "c.", &keys);
                checks.extend(condition.map(|condition| ToCheck::of_records(&shape.name, reference, condition)));
            }
        }
        Ok(counts)
    }

    /// The records that contents address, as they are before the first edit: how many, and one of them.
    fn contents_of(&mut self, groups: &[Group<'_, '_>]) -> Result<Contents> {
        let mut keys: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
        for group in groups.iter().filter(|g| g.by_content && !g.inserts) {
            keys.entry(group.collection).or_default().extend(group.edits.iter().map(|e| e.key));
        }
        let mut found = Contents::new();
        for (collection, keys) in keys {
            let catalogue = self.catalogue.clone();
            let (shape, _) = find(&catalogue, &self.name, collection)?;
            self.by_content(collection, &contents(&keys), &mut |_, record| {
                let digest = shape.content(&record);
                found.entry((collection.to_owned(), digest)).or_insert((0, record)).0 += 1;
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Edits of records that only their content addresses: so many of those that are the same in every column.
    fn group_by_content(&mut self, group: &Group<'_, '_>, found: &Contents) -> Result<Counts> {
        let catalogue = self.catalogue.clone();
        let (shape, table) = find(&catalogue, &self.name, group.collection)?;
        let place = format!("{}.{}", self.name, shape.name);
        let mut counts = Counts::default();
        for edit in &group.edits {
            let Key::Content(digest) = edit.key else { continue };
            let there = found.get(&(group.collection.to_owned(), *digest));
            let number = there.map_or(0, |(number, _)| *number);
            let Some((_, record)) = there.filter(|_| number == edit.count) else {
                return Err(Error::refused(format!(
                    "{place}: a key addresses {number} records, the plan says {}",
                    edit.count
                )));
            };
            let condition = of_content(table, &record.values).ok_or_else(|| {
                Error::failed(format!("{place}: a record has no key, and a value SQL cannot compare"))
            })?;
            let mut statement = updates(&self.name, shape, table, &[*edit], condition)?;
            statement.sql.push_str(&format!(" LIMIT {}", edit.count));
            counts.add(&self.run(group.collection, &statement, false)?);
        }
        Ok(counts)
    }

    /// What refers to records that go, or whose key changes: nothing may that the plan does not name. Says whether the
    /// server must not check while they change, because other records of the plan still refer to them, and how many
    /// records it lets follow a key by itself.
    fn unchecked(
        &mut self,
        group: &Group<'_, '_>,
        later: &[Group<'_, '_>],
        picks: &str,
        piece: &[&Edit<'_>],
        checks: &mut Vec<ToCheck>,
        problems: &mut Vec<Problem>,
    ) -> Result<(bool, u64)> {
        let (mut unchecked, mut following) = (false, 0);
        for reference in to(&self.catalogue, group.collection) {
            if !group.is_delete() && !reference.key.to_columns.iter().any(|c| group.sets(c)) {
                continue;
            }
            let values = reference.referring(&mut self.session.conn, &self.name, picks)?;
            if values.is_empty() {
                continue;
            }
            if later.iter().any(|g| is_pending(g, &reference)) {
                unchecked = true;
                checks.extend(values.chunks(CONDITIONS).map(|some| reference.to_check(some)));
            } else if !group.is_delete() && reference.key.on_update != Action::Refuse {
                let n = reference.count(&mut self.session.conn, &self.name, picks)?;
                following += n;
                let message = format!(
                    "the database changed {n} more records by itself: their reference follows the key of {}",
                    group.collection
                );
                problems.push(Problem::new(
                    "changed-beside",
                    format!("{}.{}", self.name, reference.from.name),
                    message,
                ));
            } else {
                return Err(reference.refused(&self.name));
            }
        }
        Ok((self.refers_to_what_moves(group, later, piece, checks)? || unchecked, following))
    }

    /// Whether records get a reference to a key that others get only later; then it is checked before the commit.
    fn refers_to_what_moves(
        &self,
        group: &Group<'_, '_>,
        later: &[Group<'_, '_>],
        piece: &[&Edit<'_>],
        checks: &mut Vec<ToCheck>,
    ) -> Result<bool> {
        let (shape, table) = find(&self.catalogue, &self.name, group.collection)?;
        let mut unchecked = false;
        for key in shape.references.iter().filter(|r| r.columns.iter().any(|c| group.sets(c))) {
            let moves = |g: &Group<'_, '_>| g.collection == key.to && key.to_columns.iter().any(|c| g.sets(c));
            if !later.iter().any(moves) {
                continue;
            }
            let after: Vec<Key> = piece.iter().map(|e| key_after(e)).collect();
            let after: Vec<&Key> = after.iter().collect();
            if let Some(condition) = of_keys(table, "c.", &after) {
                checks.push(ToCheck::of_records(&shape.name, key, condition));
            }
            unchecked = true;
        }
        Ok(unchecked)
    }

    /// Runs a statement and checks how many records it addressed.
    fn run(&mut self, collection: &str, statement: &Statement, unchecked: bool) -> Result<Counts> {
        let (_, table) = find(&self.catalogue, &self.name, collection)?;
        // Partitions count once more what their table counts.
        let factor = if table.partitioned && self.session.mariadb { 2 } else { 1 };
        let versioned = table.versioned;
        let doing = format!("change {collection}");
        let conn = &mut self.session.conn;
        if unchecked {
            told(&self.name, &doing, conn.query_drop("SET foreign_key_checks = 0"))?;
        }
        let Done { addressed, mut beside } = beside::run(conn, &self.name, &doing, &statement.sql, factor)?;
        if unchecked {
            told(&self.name, &doing, conn.query_drop("SET foreign_key_checks = 1"))?;
        }
        let place = format!("{}.{collection}", self.name);
        if addressed != statement.count {
            return Err(Error::failed(format!("{place}: changes of {} records touched {addressed}", statement.count))
                .hint("a trigger of the database may have prevented it; nothing was changed"));
        }
        if versioned {
            // Deleting there is a change and an old version.
            beside = Counts::default();
        }
        if unchecked && !beside.is_nothing() {
            let text = format!("{place}: its records refer to each other in a circle, and a trigger changes others");
            return Err(Error::refused(text).hint("nothing was changed; what the trigger does cannot be checked there"));
        }
        Ok(beside)
    }

    /// The problem of records that changed beside.
    fn moved(&self, collection: &str, counts: &Counts) -> Problem {
        let triggers = self.catalogue.find(collection).map(|(s, _)| s.triggers.join(", ")).unwrap_or_default();
        let by = if triggers.is_empty() { "a trigger".to_owned() } else { format!("trigger {triggers}") };
        let message = format!("the database by itself {} records beside the plan ({by})", counts.said());
        Problem::new("changed-beside", format!("{}.{collection}", self.name), message)
    }

    /// What of the old state may be left on disk after the commit.
    fn traces(&mut self) -> Remains {
        let mut remains = Remains::default();
        let left = &mut remains.problems;
        let row: Option<Row> =
            self.session.conn.query_first("SELECT @@GLOBAL.log_bin, @@GLOBAL.general_log").ok().flatten();
        let on = |at| row.as_ref().and_then(|r| text(r, at)).as_deref() == Some("1");
        if on(0) {
            let message = "the server's binary log holds the old records until it is purged: \
                PURGE BINARY LOGS BEFORE …, once replicas and backups no longer need it";
            remains.not_covered.push(Problem::new("server-log", &self.name, message));
        }
        if on(1) {
            let message = "the server's general log holds the statements of this run, with values in them";
            left.push(Problem::new("left-on-disk", &self.name, message));
        }
        self.changed.sort();
        self.changed.dedup();
        for collection in &self.changed {
            if self.catalogue.find(collection).is_some_and(|(_, table)| table.versioned) {
                let message = format!("the table keeps old versions of its records: DELETE HISTORY FROM {collection}");
                left.push(Problem::new("left-on-disk", format!("{}.{collection}", self.name), message));
            }
        }
        remains
    }
}

/// Roughly how many bytes of SQL the record takes that an edit puts in.
fn bytes_of(edit: &Edit<'_>) -> usize {
    let EditChange::Insert(record) = &edit.change else { return 0 };
    let size = |value: &Value| match value {
        Value::Text(text) | Value::Native { text, .. } | Value::Decimal(text) => text.len(),
        Value::Bytes(bytes) => 2 * bytes.len(),
        Value::List(_) | Value::Object(_) => value.to_json().to_string().len(),
        _ => 16,
    };
    record.values.iter().map(size).sum()
}

/// Whether a later edit takes away a reference, or its record.
fn is_pending(group: &Group<'_, '_>, reference: &Reference<'_>) -> bool {
    let touches = || reference.key.columns.iter().any(|c| group.sets(c));
    group.collection == reference.from.name && (group.is_delete() || touches())
}

/// A record's key once the edit is done.
fn key_after(edit: &Edit<'_>) -> Key {
    let (Key::Columns(parts), EditChange::Set(fields)) = (edit.key, &edit.change) else { return edit.key.clone() };
    let now = |(name, value): &(String, Value)| {
        let set = fields.iter().find(|(f, _)| f.as_str() == name);
        (name.clone(), set.map_or_else(|| value.clone(), |(_, v)| v.clone()))
    };
    Key::Columns(parts.iter().map(now).collect())
}
