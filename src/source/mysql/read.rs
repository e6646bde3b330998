//! Reading a database: one snapshot, from the first question on.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Row};
use std::collections::{HashMap, HashSet};

use super::catalogue::{Catalogue, Table, full_name};
use super::decode;
use super::fault::told;
use super::fold::Folding;
use super::quoted;
use super::relations::text;
use super::search::{Ask, Plan, ask, spelled_field};
use super::session::{Session, connect};
use super::types::Kind;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::record::{Record, Value};
use crate::source::{Coverage, Found, Need, Question, Rights, Schema, Shape, Source, ValueType};

/// A database opened for reading.
struct Reader {
    session: Session,
    name: String,
    catalogue: Catalogue,
    /// By collation, once asked.
    foldings: HashMap<String, Option<Folding>>,
    /// Collections that are known to be readable.
    readable: HashSet<String>,
}

/// Opens the database and begins its snapshot.
pub fn open(address: &Address, name: &str) -> Result<Box<dyn Source>> {
    let mut session = connect(address, name)?;
    for sql in
        ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"]
    {
        told(name, "begin to read", session.conn.query_drop(sql))?;
    }
    let catalogue = told(name, "read what tables there are", Catalogue::read(&mut session, name))?;
    let (foldings, readable) = (HashMap::new(), HashSet::new());
    Ok(Box::new(Reader { session, name: name.to_owned(), catalogue, foldings, readable }))
}

impl Source for Reader {
    fn schema(&mut self) -> Result<Schema> {
        Ok(self.catalogue.schema.clone())
    }

    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        self.check_readable(question.collection)?;
        let (shape, table) = find(&self.catalogue, &self.name, question.collection)?;
        for field in question.probes.iter().flat_map(|p| p.fields) {
            if shape.column(field.as_str()).is_none() {
                return Err(Error::failed(format!("{}.{} has no column {field}", self.name, shape.name))
                    .hint("`redress check` names what to mend"));
            }
        }
        let doing = format!("search {}", shape.name);
        let mut asks: Vec<Ask> = Vec::new();
        for probe in &question.probes {
            let field = spelled_field(table, probe);
            let folding = match field.and_then(|f| table.ty(f)).map(|ty| &ty.kind) {
                Some(Kind::Text(charset)) => {
                    if !self.foldings.contains_key(&charset.collation) {
                        let asked = told(&self.name, &doing, Folding::of(&mut self.session.conn, charset))?;
                        self.foldings.insert(charset.collation.clone(), asked);
                    }
                    self.foldings.get(&charset.collation).and_then(Option::as_ref)
                }
                _ => None,
            };
            asks.push(ask(table, shape, probe, folding));
        }
        let plan: Plan<'_, '_> = Plan::new(&question.probes, asks);
        let conn = &mut self.session.conn;
        plan.each(table, &mut |from, is_its| {
            let sql = format!("SELECT {} {from}", table.column_list());
            each_record(conn, &self.name, &doing, &sql, table, shape, &mut |record| match is_its(&record) {
                true => sink(Found { record, line: None }),
                false => Ok(()),
            })
        })?;
        Ok(Coverage { read_all: read_all(shape, &plan.whole()), problems: Vec::new() })
    }

    fn all(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        self.check_readable(collection)?;
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let doing = format!("read {collection}");
        let sql = format!("SELECT {} FROM {}", table.column_list(), table.sql);
        each_record(&mut self.session.conn, &self.name, &doing, &sql, table, shape, &mut |record| {
            sink(Found { record, line: None })
        })?;
        Ok(Coverage { read_all: Some("every record was asked for".to_owned()), problems: Vec::new() })
    }

    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        self.check_readable(collection)?;
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let doing = format!("sample {collection}");
        let select = format!("SELECT {} FROM {}", table.column_list(), table.sql);
        let large = !table.view && shape.rows.unwrap_or(0) > (limit as u64).saturating_mul(4);
        let ends = if large { ends(&mut self.session.conn, &self.name, &doing, table)? } else { None };
        let statements = match (ends, large, table.indexes.iter().find(|i| i.name == "PRIMARY")) {
            (Some((key, low, high)), ..) => ranges(&select, &key, low, high, limit),
            (None, true, Some(primary)) => {
                // From both ends of the key.
                let order = |way: &str| {
                    let by: Vec<String> = primary.columns.iter().map(|c| format!("{}{way}", quoted(c))).collect();
                    format!("{select} ORDER BY {} LIMIT {}", by.join(", "), limit.div_ceil(2))
                };
                vec![order(""), order(" DESC")]
            }
            _ => vec![format!("{select} LIMIT {limit}")],
        };
        let mut out = Vec::new();
        for sql in statements {
            each_record(&mut self.session.conn, &self.name, &doing, &sql, table, shape, &mut |record| {
                out.push(record);
                Ok(())
            })?;
        }
        out.truncate(limit);
        Ok(out)
    }

    fn held(&self, collection: &str, column: &str, value: Value) -> Value {
        let Some((shape, table)) = self.catalogue.find(collection) else { return value };
        match (table.ty(column), shape.column(column)) {
            (Some(ty), Some(described)) => super::held::held(&described.declared, ty, value),
            _ => value,
        }
    }

    fn broken_check(&mut self, collection: &str, records: &[Record]) -> Result<Option<String>> {
        self.check_readable(collection)?;
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        Ok(super::checks::broken(&mut self.session, shape, table, records))
    }

    fn rights(&mut self, needs: &[Need<'_>]) -> Result<Rights> {
        Ok(super::grants::rights(&self.catalogue, needs))
    }
}

impl Reader {
    /// Whether every column may be read: the catalogue does not name those that may not.
    fn check_readable(&mut self, collection: &str) -> Result<()> {
        if self.readable.contains(collection) {
            return Ok(());
        }
        check_readable(&mut self.session.conn, &self.catalogue, &self.name, collection)?;
        self.readable.insert(collection.to_owned());
        Ok(())
    }
}

/// Whether every column of a collection may be read; the error names the right that is missing.
pub(super) fn check_readable(conn: &mut Conn, catalogue: &Catalogue, name: &str, collection: &str) -> Result<()> {
    let (_, table) = find(catalogue, name, collection)?;
    let tried = conn.query_drop(format!("SELECT * FROM {} LIMIT 0", table.sql));
    match tried {
        Err(mysql::Error::MySqlError(said)) if matches!(said.code, 1142 | 1143) => {
            let text = format!("source {name}: the user {} may not read all of {collection}", catalogue.role);
            let grant = format!("GRANT SELECT ON {} TO {};", full_name(catalogue, collection), catalogue.role);
            Err(Error::failed(text).hint(grant))
        }
        tried => told(name, &format!("read {collection}"), tried),
    }
}

/// The one whole number that is the primary key, with its least and greatest value.
fn ends(conn: &mut Conn, name: &str, doing: &str, table: &Table) -> Result<Option<(String, i128, i128)>> {
    let Some([column]) = table.indexes.iter().find(|i| i.name == "PRIMARY").map(|i| &i.columns[..]) else {
        return Ok(None);
    };
    if !table.ty(column).is_some_and(|ty| matches!(ty.kind, Kind::Int(..))) {
        return Ok(None);
    }
    let key = quoted(column);
    let sql = format!("SELECT MIN({key}), MAX({key}) FROM {}", table.sql);
    let row: Option<Row> = told(name, doing, conn.query_first(sql))?;
    let number = |at| row.as_ref().and_then(|row| text(row, at)?.parse::<i128>().ok());
    Ok(number(0).zip(number(1)).map(|(low, high)| (key, low, high)))
}

/// Statements for four parts of a table, by a key of whole numbers.
fn ranges(select: &str, key: &str, low: i128, high: i128, limit: usize) -> Vec<String> {
    let (width, part) = ((high - low) / 4, limit.div_ceil(4));
    let from = |i: i128| low + width * i;
    (0..4)
        .map(|i| {
            let end = if i == 3 { String::new() } else { format!(" AND {key} < {}", from(i + 1)) };
            format!("{select} WHERE {key} >= {}{end} ORDER BY {key} LIMIT {part}", from(i))
        })
        .collect()
}

/// A collection, as SQL needs it.
pub(super) fn find<'c>(catalogue: &'c Catalogue, name: &str, collection: &str) -> Result<(&'c Shape, &'c Table)> {
    catalogue.find(collection).ok_or_else(|| {
        Error::failed(format!("source {name}: there is no table {collection} that {} may see", catalogue.role))
            .hint("`redress check` shows where the map and the database differ, and which rights are missing")
    })
}

/// Runs a statement and gives each record as it comes.
pub(super) fn each_record(
    conn: &mut Conn,
    name: &str,
    doing: &str,
    sql: &str,
    table: &Table,
    shape: &Shape,
    each: &mut dyn FnMut(Record) -> Result<()>,
) -> Result<()> {
    let mut rows = told(name, doing, conn.exec_iter(sql, ()))?;
    for row in rows.by_ref() {
        each(record(told(name, doing, row)?, table, name, shape)?)?;
    }
    Ok(())
}

/// The record in a row.
fn record(row: Row, table: &Table, name: &str, shape: &Shape) -> Result<Record> {
    let mut values = Vec::with_capacity(table.types.len());
    for (i, (cell, ty)) in row.unwrap().into_iter().zip(&table.types).enumerate() {
        values.push(decode::value(cell, ty).ok_or_else(|| {
            let column = &table.names[i];
            Error::failed(format!("{name}.{}.{column}: a value of type {} could not be read", shape.name, ty.label))
                .hint("report it: Redress takes no value that it cannot represent exactly")
        })?);
    }
    Ok(Record::new(table.names.clone(), values))
}

fn read_all(shape: &Shape, whole: &[&str]) -> Option<String> {
    let first = whole.first()?;
    let text = shape.column(first).is_some_and(|c| c.ty == ValueType::Text);
    Some(match text {
        true => format!(
            "no index serves every spelling of {}; one on {first} under a collation such as utf8mb4_general_ci would",
            whole.join(", ")
        ),
        false => format!("no index serves {}", whole.join(", ")),
    })
}
