//! Reading a database: one snapshot, from the first question on.

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::Type as Wire;
use postgres::{Client, Row};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::catalogue::{Catalogue, Table};
use super::decode::{Cell, value};
use super::fault::{fault, told};
use super::search::Asked;
use super::served::Indexes;
use super::session::connect;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::record::{Record, Value};
use crate::source::{Coverage, Found, Need, Question, Rights, Schema, Shape, Source};

/// A database opened for reading.
pub(super) struct Reader {
    client: RefCell<Client>,
    name: String,
    catalogue: Catalogue,
    /// By table; read when the first question is asked.
    indexes: Option<HashMap<u32, Indexes>>,
}

/// Opens the database and begins its snapshot.
pub fn open(address: &Address, name: &str) -> Result<Box<dyn Source>> {
    let mut client = connect(address, name)?;
    let begin = client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SAVEPOINT asked");
    told(name, "begin to read", begin)?;
    let catalogue = told(name, "read the catalogues", Catalogue::read(&mut client))?;
    Ok(Box::new(Reader { client: RefCell::new(client), name: name.to_owned(), catalogue, indexes: None }))
}

impl Source for Reader {
    fn schema(&mut self) -> Result<Schema> {
        Ok(self.catalogue.schema.clone())
    }

    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        let (shape, table) = readable(&self.catalogue, &self.name, question.collection)?;
        for field in question.probes.iter().flat_map(|p| p.fields) {
            if shape.column(field.as_str()).is_none() {
                return Err(Error::failed(format!("{}.{} has no column {field}", self.name, shape.name))
                    .hint("`redress check` names what to mend"));
            }
        }
        let doing = format!("search {}", shape.name);
        let (client, indexes) = (self.client.get_mut(), &mut self.indexes);
        guarded(client, &self.name, &doing, &mut |client| {
            let fail = |e: postgres::Error| fault(&self.name, &doing, &e);
            if indexes.is_none() {
                *indexes = Some(Indexes::all(client).map_err(fail)?);
            }
            let none = Indexes::default();
            let known = indexes.as_ref().and_then(|all| all.get(&table.oid)).unwrap_or(&none);
            let asked = Asked::of(client, table, known, question).map_err(fail)?;
            let Some((sql, twice)) = asked.statement(table) else { return Ok(Coverage::default()) };
            let mut seen: HashSet<String> = HashSet::new();
            each_row(client, &self.name, &doing, &sql, &asked.lists, &mut |row| {
                if twice && !seen.insert(row.get(0)) {
                    return Ok(());
                }
                sink(Found { record: record(row, usize::from(twice), table, &self.name, shape)?, line: None })
            })?;
            Ok(Coverage { read_all: read_all(shape, &asked.whole), problems: Vec::new() })
        })
    }

    fn all(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let doing = format!("read {collection}");
        let sql = format!("SELECT {} FROM {} AS t", table.column_list("t"), table.from);
        guarded(self.client.get_mut(), &self.name, &doing, &mut |client| {
            each_row(client, &self.name, &doing, &sql, &[], &mut |row| {
                sink(Found { record: record(row, 0, table, &self.name, shape)?, line: None })
            })
        })?;
        Ok(Coverage { read_all: Some("every record was asked for".to_owned()), problems: Vec::new() })
    }

    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let doing = format!("sample {collection}");
        let plain = format!("SELECT {} FROM {} AS t LIMIT {limit}", table.column_list("t"), table.from);
        let mut statements = vec![plain];
        let rows = shape.rows.unwrap_or(0) as f64;
        if !table.view && rows > limit as f64 * 20.0 {
            // Whole pages, spread over the table; the same ones as long as the table is the same.
            let percent = (limit as f64 * 400.0 / rows).min(100.0);
            let spread = format!(
                "SELECT {} FROM {} AS t TABLESAMPLE SYSTEM ({percent}) REPEATABLE (7) LIMIT {limit}",
                table.column_list("t"),
                table.from
            );
            statements.insert(0, spread);
        }
        let mut out = Vec::new();
        for sql in statements {
            guarded(self.client.get_mut(), &self.name, &doing, &mut |client| {
                each_row(client, &self.name, &doing, &sql, &[], &mut |row| {
                    out.push(record(row, 0, table, &self.name, shape)?);
                    Ok(())
                })
            })?;
            if out.len() * 2 > limit {
                break;
            }
        }
        out.truncate(limit);
        Ok(out)
    }

    fn held(&self, collection: &str, column: &str, given: Value) -> Value {
        let Some((shape, table)) = self.catalogue.find(collection) else { return given };
        let (Some(ty), Some(described)) = (table.ty(column), shape.column(column)) else { return given };
        // A cast would cut what is too long for a text column, where setting it is refused.
        let (false, Some(Some(text))) = (ty.is_text(), super::encode::text(&given, ty)) else { return given };
        let expression = ty.read(&format!("($1::pg_catalog.text::{})", described.declared));
        let doing = format!("read a value for {collection}.{column}");
        let asked = guarded(&mut self.client.borrow_mut(), &self.name, &doing, &mut |client| {
            let row = client.query_typed(&format!("SELECT {expression}"), &[(&text, Wire::TEXT)]);
            let rows = told(&self.name, &doing, row)?;
            Ok(rows.first().and_then(|row| value(row.get::<_, Cell<'_>>(0), ty)))
        });
        // What the server cannot read is refused when it is set.
        asked.ok().flatten().unwrap_or(given)
    }

    fn broken_check(&mut self, collection: &str, records: &[Record]) -> Result<Option<String>> {
        let (shape, table) = readable(&self.catalogue, &self.name, collection)?;
        let (doing, mut domain) = (format!("try values for {collection}"), None);
        let asked = guarded(self.client.get_mut(), &self.name, &doing, &mut |client| {
            let broken = super::checks::broken(client, shape, table, records);
            if let Err(Some(db)) = broken.as_ref().map_err(|e| e.as_db_error())
                && *db.code() == postgres::error::SqlState::CHECK_VIOLATION
            {
                domain = db.constraint().map(|name| format!("the CHECK {name}"));
            }
            told(&self.name, &doing, broken)
        });
        // What cannot be asked (a value that the type does not take) is refused when it is set.
        Ok(domain.or(asked.unwrap_or_default()))
    }

    fn rights(&mut self, needs: &[Need<'_>]) -> Result<Rights> {
        Ok(super::grants::rights(&self.catalogue, needs))
    }
}

/// Does something that may fail without the whole snapshot failing with it: what fails goes back to the savepoint that
/// stands at its beginning. Nothing is changed here, so that one savepoint does for all.
pub(super) fn guarded<T>(
    client: &mut Client,
    name: &str,
    doing: &str,
    what: &mut dyn FnMut(&mut Client) -> Result<T>,
) -> Result<T> {
    let outcome = what(client);
    if outcome.is_err() {
        // Where that fails too, the connection is gone, and the next question will say so.
        let _ = told(name, doing, client.batch_execute("ROLLBACK TO asked"));
    }
    outcome
}

/// A collection that may be read.
pub(super) fn readable<'c>(catalogue: &'c Catalogue, name: &str, collection: &str) -> Result<(&'c Shape, &'c Table)> {
    let (shape, table) = catalogue.find(collection).ok_or_else(|| {
        Error::failed(format!("source {name}: there is no table {collection}"))
            .hint("`redress check` shows where the map and the database differ")
    })?;
    let missing = super::grants::to_read(catalogue, table);
    match missing.is_empty() {
        true => Ok((shape, table)),
        false => {
            Err(Error::failed(format!("source {name}: the role {} may not read {collection}", catalogue.session.role))
                .hint(missing.join(" ")))
        }
    }
}

/// Runs a statement and gives each row as it comes.
pub(super) fn each_row(
    client: &mut Client,
    name: &str,
    doing: &str,
    sql: &str,
    lists: &[Vec<String>],
    each: &mut dyn FnMut(&Row) -> Result<()>,
) -> Result<()> {
    let fail = |e: postgres::Error| fault(name, doing, &e);
    let lists = lists.iter().map(|list| (list, Wire::TEXT_ARRAY));
    let mut rows = client.query_typed_raw(sql, lists).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        each(&row)?;
    }
    Ok(())
}

/// The record in a row, from that column on.
pub(super) fn record(row: &Row, from: usize, table: &Table, name: &str, shape: &Shape) -> Result<Record> {
    let one = |(i, ty): (usize, &super::types::Type)| {
        value(row.get::<_, Cell<'_>>(from + i), ty).ok_or_else(|| {
            let column = &table.names[i];
            Error::failed(format!("{name}.{}.{column}: a value of type {} could not be read", shape.name, ty.label))
                .hint("report it: Redress takes no value that it cannot represent exactly")
        })
    };
    let values = table.types.iter().enumerate().map(one).collect::<Result<_>>()?;
    Ok(Record::new(table.names.clone(), values))
}

fn read_all(shape: &Shape, whole: &[String]) -> Option<String> {
    let first = whole.first()?;
    let text = shape.column(first).is_some_and(|c| c.ty == crate::source::ValueType::Text);
    Some(match text {
        true => {
            format!("no index serves every spelling of {}; one on lower({first}), or citext, would", whole.join(", "))
        }
        false => format!("no index serves {}", whole.join(", ")),
    })
}
