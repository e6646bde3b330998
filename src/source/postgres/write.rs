//! Writing a database: one transaction at repeatable read, the rows it is about locked when they are looked up.

use postgres::types::{ToSql, Type as Wire};
use postgres::{Client, Row};
use std::collections::{BTreeMap, HashMap, HashSet};

use super::catalogue::{Catalogue, Table};
use super::edits::{self, Statement};
use super::fault::{fault, told};
use super::keys::{Addressed, Form, Listed, Lists, form};
use super::read::{readable, record};
use super::session::connect;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{Digest, Key, Record};
use crate::source::{Edit, EditChange, Remains, Writer, Written};

/// A database within its one writing transaction.
pub(super) struct PgWriter {
    pub client: Client,
    pub name: String,
    pub catalogue: Catalogue,
    /// Tables that were changed.
    pub changed: Vec<u32>,
    /// What records addressed by content hold in some columns, by collection.
    near: HashMap<String, HashMap<Digest, Key>>,
}

/// Where a row stands: its table (a partition, perhaps) and its place there.
pub(super) type RowPlace = (String, String);

/// Where records stand, by collection and content.
type Standing = BTreeMap<String, HashMap<Digest, Vec<RowPlace>>>;

/// Opens the database for writing and begins the transaction.
pub fn open_writer(address: &Address, name: &str) -> Result<Box<dyn Writer>> {
    let mut client = connect(address, name)?;
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; SET CONSTRAINTS ALL DEFERRED";
    told(name, "begin to change the database", client.batch_execute(begin))?;
    let catalogue = told(name, "read the catalogues", Catalogue::read(&mut client))?;
    Ok(Box::new(PgWriter { client, name: name.to_owned(), catalogue, changed: Vec::new(), near: HashMap::new() }))
}

impl Writer for PgWriter {
    fn narrow(&mut self, collection: &str, near: Vec<(Digest, Key)>) {
        self.near.entry(collection.to_owned()).or_default().extend(near);
    }

    fn lookup(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        self.look_up_columns(collection, keys, sink)?;
        let contents = contents(keys);
        if contents.is_empty() {
            return Ok(());
        }
        let mut places = Vec::new();
        self.scan(collection, &contents, &mut |i, place, record| {
            places.push(place);
            sink(i, record)
        })?;
        self.lock(collection, &places)
    }

    fn write(&mut self, edits: &[Edit<'_>]) -> Result<Written> {
        let mut asked: BTreeMap<u32, edits::Asked> = BTreeMap::new();
        let standing = self.standing(edits)?;
        for batch in edits::batches(&self.catalogue, edits) {
            let mut statements = Vec::new();
            for group in batch {
                statements.push(self.statement(&group, &standing)?);
            }
            self.run(&statements)?;
            for statement in statements {
                let asked = asked.entry(statement.table).or_default();
                *match (statement.deletes, statement.inserts) {
                    (true, _) => &mut asked.deleted,
                    (_, true) => &mut asked.inserted,
                    _ => &mut asked.updated,
                } += statement.count;
                self.changed.push(statement.table);
            }
        }
        // What waits for the commit is done now, so that its effects are seen before it.
        self.execute("check the constraints", "SET CONSTRAINTS ALL IMMEDIATE")?;
        let beside = told(
            &self.name,
            "count what changed",
            edits::beside(&mut self.client, &self.name, &self.catalogue, &asked),
        )?;
        Ok(Written { beside })
    }

    fn commit(mut self: Box<Self>) -> Result<Remains> {
        fail::fail_point!("postgres.before-commit");
        self.execute("commit the changes", "COMMIT")?;
        fail::fail_point!("postgres.after-commit");
        // The changes are made: what cannot be found out now is no failure of them.
        let problems = edits::copies(&mut self.client, &self.name, &self.changed).unwrap_or_default();
        let message = "the write-ahead log and the files of changed tables hold old records until the server has \
            recycled the one (archived copies as long as they are kept) and VACUUM has passed over the others";
        Ok(Remains { problems, not_covered: vec![Problem::new("server-log", &self.name, message)] })
    }
}

/// The places of keys that are contents, by digest.
fn contents(keys: &[&Key]) -> HashMap<Digest, Vec<usize>> {
    let mut contents: HashMap<Digest, Vec<usize>> = HashMap::new();
    for (i, key) in keys.iter().enumerate() {
        if let Key::Content(digest) = key {
            contents.entry(*digest).or_default().push(i);
        }
    }
    contents
}

/// A condition on `t`, with its lists.
type Picked = (String, Lists);

/// The condition on `t` that picks rows by keys of one form, with its lists; none where the table lacks a column.
fn picked(table: &Table, form: &Form<'_>, keys: &[&Key]) -> Option<Picked> {
    if let Some(listed) = Listed::of(table, form, keys) {
        return Some((listed.condition(1), listed.lists));
    }
    let (Addressed { lists, condition }, _) = Addressed::by_columns(table, form, keys)?;
    Some((format!("EXISTS (SELECT 1 FROM {} WHERE {condition})", lists.sql(1)), lists))
}

/// Rows by what records of these contents hold, and which contents those are; none where that is not known of all.
fn narrowed(
    table: &Table,
    near: &HashMap<Digest, Key>,
    contents: &HashMap<Digest, Vec<usize>>,
) -> Option<Vec<(Picked, HashSet<Digest>)>> {
    let mut forms: BTreeMap<Form<'_>, (Vec<&Key>, HashSet<Digest>)> = BTreeMap::new();
    for digest in contents.keys() {
        let key = near.get(digest)?;
        let (keys, digests) = forms.entry(form(key)?).or_default();
        keys.push(key);
        digests.insert(*digest);
    }
    let part = |(form, (keys, digests)): (Form<'_>, (Vec<&Key>, HashSet<Digest>))| {
        let (_, there) = Addressed::by_columns(table, &form, &keys)?;
        (there.len() == keys.len()).then(|| picked(table, &form, &keys)).flatten().map(|picked| (picked, digests))
    };
    forms.into_iter().map(part).collect()
}

impl PgWriter {
    fn execute(&mut self, doing: &str, sql: &str) -> Result<()> {
        told(&self.name, doing, self.client.batch_execute(sql))
    }

    fn look_up_columns(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        let mut forms: BTreeMap<Form<'_>, Vec<usize>> = BTreeMap::new();
        for (i, key) in keys.iter().enumerate() {
            form(key).into_iter().for_each(|f| forms.entry(f).or_default().push(i));
        }
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let doing = format!("look up {collection}");
        for (form, places) in forms {
            let these: Vec<&Key> = places.iter().map(|i| keys[*i]).collect();
            let Some((condition, lists)) = picked(table, &form, &these) else {
                return Err(Error::failed(format!("{}.{collection}: the key's columns are not there", self.name))
                    .hint("`redress check` shows where the map and the database differ"));
            };
            let mut wanted: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
            places.iter().for_each(|i| wanted.entry(keys[*i]).or_default().push(*i));
            let (read, lock) = (table.column_list("t"), table.locking());
            let sql = format!("SELECT {read} FROM {} AS t WHERE {condition}{lock}", table.from);
            let columns: Vec<String> = form.0.iter().map(|c| (*c).to_owned()).collect();
            rows(&mut self.client, &self.name, &doing, &sql, &lists, &mut |row| {
                let record = record(row, 0, table, &self.name, shape)?;
                let key = record.key(&columns);
                for i in key.and_then(|k| wanted.get(&k)).into_iter().flatten() {
                    sink(*i, record.clone())?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Finds records by content: among those that hold what was said of them, where that was said of all; else the whole
    /// table is read.
    fn scan(
        &mut self,
        collection: &str,
        contents: &HashMap<Digest, Vec<usize>>,
        each: &mut dyn FnMut(usize, RowPlace, Record) -> Result<()>,
    ) -> Result<()> {
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let select = format!(
            "SELECT t.tableoid::pg_catalog.text, t.ctid::pg_catalog.text, {} FROM {} AS t",
            table.column_list("t"),
            table.from
        );
        let doing = format!("look up {collection}");
        let mut take = |row: &Row, here: &dyn Fn(&Digest) -> bool| {
            let record = record(row, 2, table, &self.name, shape)?;
            let digest = shape.content(&record);
            for i in contents.get(&digest).filter(|_| here(&digest)).into_iter().flatten() {
                each(*i, (row.get(0), row.get(1)), record.clone())?;
            }
            Ok(())
        };
        let Some(parts) = self.near.get(collection).and_then(|near| narrowed(table, near, contents)) else {
            return rows(&mut self.client, &self.name, &doing, &select, &Lists::default(), &mut |row| {
                take(row, &|_| true)
            });
        };
        for ((condition, lists), digests) in parts {
            let sql = format!("{select} WHERE {condition}");
            rows(&mut self.client, &self.name, &doing, &sql, &lists, &mut |row| {
                take(row, &|digest| digests.contains(digest))
            })?;
        }
        Ok(())
    }

    fn lock(&mut self, collection: &str, places: &[RowPlace]) -> Result<()> {
        let (_, table) = readable(&self.catalogue, &self.name, collection)?;
        if places.is_empty() || table.locking().is_empty() {
            return Ok(());
        }
        let addressed = Addressed::by_place(places);
        let sql = format!(
            "SELECT 1 FROM {} AS t WHERE EXISTS (SELECT 1 FROM {} WHERE {}){}",
            table.from,
            addressed.lists.sql(1),
            addressed.condition,
            table.locking()
        );
        rows(&mut self.client, &self.name, &format!("lock {collection}"), &sql, &addressed.lists, &mut |_| Ok(()))
    }

    /// Where the records stand that edits address by content, before the first edit.
    fn standing(&mut self, edits: &[Edit<'_>]) -> Result<Standing> {
        let mut keys: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
        let is_there = |e: &&Edit<'_>| !matches!(e.change, EditChange::Insert(_));
        for edit in edits.iter().filter(is_there).filter(|e| matches!(e.key, Key::Content(_))) {
            keys.entry(edit.collection).or_default().push(edit.key);
        }
        let mut standing = Standing::new();
        for (collection, mut keys) in keys {
            keys.sort();
            keys.dedup();
            let here = standing.entry(collection.to_owned()).or_default();
            self.scan(collection, &contents(&keys), &mut |i, place, _| {
                if let Key::Content(digest) = keys[i] {
                    here.entry(*digest).or_default().push(place);
                }
                Ok(())
            })?;
        }
        Ok(standing)
    }

    /// One group of edits as a statement.
    fn statement(&mut self, group: &[&Edit<'_>], standing: &Standing) -> Result<Statement> {
        let collection = group[0].collection;
        if let EditChange::Insert(_) = group[0].change {
            let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
            return edits::insertion(&self.name, shape, table, group);
        }
        let keys: Vec<&Key> = group.iter().map(|e| e.key).collect();
        let contents = contents(&keys);
        if let (true, Some(form)) = (matches!(group[0].change, EditChange::Delete), form(keys[0])) {
            let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
            if let Some(listed) = Listed::of(table, &form, &keys) {
                return Ok(edits::deletion(shape, table, group, listed));
            }
        }
        // Edits by content are spelled out, one for each row they address.
        let (addressed, places) = match contents.is_empty() {
            true => {
                let (_, table) = readable(&self.catalogue, &self.name, collection)?;
                let form = form(keys[0]).unwrap_or_default();
                let addressed = Addressed::by_columns(table, &form, &keys);
                addressed
                    .ok_or_else(|| Error::failed(format!("{}.{collection}: a key has no such column", self.name)))?
            }
            false => {
                let (mut rows, mut places) = (Vec::new(), Vec::new());
                for (i, edit) in group.iter().enumerate() {
                    let Key::Content(digest) = edit.key else { continue };
                    for place in standing.get(collection).and_then(|all| all.get(digest)).into_iter().flatten() {
                        rows.push(place.clone());
                        places.push(i);
                    }
                }
                for (i, edit) in group.iter().enumerate() {
                    let found = places.iter().filter(|p| **p == i).count() as u64;
                    if found != edit.count {
                        return Err(Error::refused(format!(
                            "{}.{collection}: a key addresses {found} records, the plan says {}",
                            self.name, edit.count
                        )));
                    }
                }
                (Addressed::by_place(&rows), places)
            }
        };
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        edits::statement(&self.name, shape, table, group, addressed, &places)
    }

    /// Carries out statements: several together as one, because the rows they delete refer to each other.
    fn run(&mut self, statements: &[Statement]) -> Result<()> {
        let names: Vec<&str> = statements.iter().map(|s| s.collection.as_str()).collect();
        let doing = format!("change {}", names.join(", "));
        let mut counts: Vec<u64> = Vec::new();
        if let [one] = statements {
            // Alone it stands as it is: rules of the database do not work within a larger statement.
            let (sql, lists) = one.sql(1);
            let lists: Vec<(&(dyn ToSql + Sync), Wire)> =
                lists.iter().map(|list| (list as &(dyn ToSql + Sync), Wire::TEXT_ARRAY)).collect();
            counts.push(told(&self.name, &doing, self.client.execute_typed(&sql, &lists))?);
        } else {
            let (sql, lists) = edits::together(statements);
            rows(&mut self.client, &self.name, &doing, &sql, &lists, &mut |row| {
                counts = (0..statements.len()).map(|i| row.get::<_, i64>(i).unsigned_abs()).collect();
                Ok(())
            })?;
        }
        for (statement, count) in statements.iter().zip(counts) {
            if count != statement.count {
                return Err(Error::failed(format!(
                    "{}.{}: changes of {} records touched {count}",
                    self.name, statement.collection, statement.count
                ))
                .hint("a trigger or a rule of the database may have prevented it; nothing was changed"));
            }
        }
        Ok(())
    }
}

impl Table {
    /// What locks the rows read, where the role may: without it, repeatable read refuses what others changed.
    fn locking(&self) -> &'static str {
        if self.updatable.contains(&true) && !self.view { " FOR UPDATE OF t" } else { "" }
    }
}

fn rows(
    client: &mut Client,
    name: &str,
    doing: &str,
    sql: &str,
    lists: &Lists,
    each: &mut dyn FnMut(&Row) -> Result<()>,
) -> Result<()> {
    use postgres::fallible_iterator::FallibleIterator as _;
    let fail = |e: postgres::Error| fault(name, doing, &e);
    let mut found = client.query_typed_raw(sql, lists.0.iter().map(|list| (list, Wire::TEXT_ARRAY))).map_err(fail)?;
    while let Some(row) = found.next().map_err(fail)? {
        each(&row)?;
    }
    Ok(())
}
