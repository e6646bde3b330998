//! Declared references while records change. The server checks each at once and acts on it by itself, unseen; so what
//! refers to a record that goes is looked for first. Records that refer to each other in a circle change while the
//! server's checks are off; that nothing leads nowhere is checked here, before the commit.

use mysql::Conn;
use mysql::prelude::Queryable as _;

use super::catalogue::{Catalogue, Table};
use super::decode;
use super::fault::told;
use super::literal::literal;
use super::quoted;
use crate::error::{Error, Result};
use crate::source::{Action, ForeignKey, Shape};

/// A declared reference from one table to another.
pub(super) struct Reference<'c> {
    pub from: &'c Shape,
    pub from_table: &'c Table,
    pub to_table: &'c Table,
    pub key: &'c ForeignKey,
}

/// Something to check before the commit: records of the referring table that this condition picks (as `c`).
pub(super) struct ToCheck {
    from: String,
    key: ForeignKey,
    condition: String,
}

/// All declared references to a table.
pub(super) fn to<'c>(catalogue: &'c Catalogue, collection: &str) -> Vec<Reference<'c>> {
    let Some((_, to_table)) = catalogue.find(collection) else { return Vec::new() };
    let all = catalogue.schema.collections.iter().zip(&catalogue.tables);
    let of = |(from, from_table): (&'c Shape, &'c Table)| {
        let those = from.references.iter().filter(|r| r.to == collection);
        those.map(move |key| Reference { from, from_table, to_table, key }).collect::<Vec<_>>()
    };
    all.flat_map(of).collect()
}

impl Reference<'_> {
    fn joined(&self) -> String {
        joined(self.key)
    }

    /// The values by which records refer to those the condition picks (as `p`), as SQL writes them. What is found is
    /// locked until the commit.
    pub fn referring(&self, conn: &mut Conn, name: &str, picks: &str) -> Result<Vec<Vec<String>>> {
        let doing = format!("look for records of {} that refer to those that change", self.from.name);
        let columns: Vec<String> = self.key.columns.iter().map(|c| format!("c.{}", quoted(c))).collect();
        let sql = format!(
            "SELECT DISTINCT {} FROM {} AS p STRAIGHT_JOIN {} AS c ON {} WHERE {picks} LOCK IN SHARE MODE",
            columns.join(", "),
            self.to_table.sql,
            self.from_table.sql,
            self.joined()
        );
        let mut found = Vec::new();
        let rows = told(name, &doing, conn.exec_iter(sql, ()))?;
        for row in rows {
            let row = told(name, &doing, row)?;
            let cells = row.unwrap().into_iter().zip(&self.key.columns);
            let one = |(cell, column): (mysql::Value, &String)| {
                let ty = self.from_table.ty(column)?;
                literal(&decode::value(cell, ty)?, ty)
            };
            found.push(cells.map(one).collect::<Option<Vec<_>>>().ok_or_else(|| {
                Error::failed(format!("source {name}: a reference of {} could not be read", self.from.name))
            })?);
        }
        Ok(found)
    }

    /// How many records refer to those the condition picks (as `p`).
    pub fn count(&self, conn: &mut Conn, name: &str, picks: &str) -> Result<u64> {
        let sql = format!(
            "SELECT COUNT(*) FROM {} AS p STRAIGHT_JOIN {} AS c ON {} WHERE {picks}",
            self.to_table.sql,
            self.from_table.sql,
            self.joined()
        );
        let count: Option<u64> = told(name, "count references", conn.query_first(sql))?;
        Ok(count.unwrap_or(0))
    }

    /// What is to be checked where records may go on holding these values.
    pub fn to_check(&self, values: &[Vec<String>]) -> ToCheck {
        let columns: Vec<String> = self.key.columns.iter().map(|c| format!("c.{}", quoted(c))).collect();
        let condition = super::condition::one_of(&columns, values);
        ToCheck { from: self.from.name.clone(), key: self.key.clone(), condition }
    }

    /// The error where records refer to what goes, and the plan does not name them.
    pub fn refused(&self, name: &str) -> Error {
        let what = match self.key.on_delete {
            Action::Cascade => "the database would delete them too",
            Action::SetNull => "the database would empty their reference",
            Action::SetDefault | Action::Refuse => "the database forbids it",
        };
        let (from, to) = (&self.from.name, &self.key.to);
        Error::refused(format!(
            "{name}.{from}: records refer to records of {to} that change, the plan does not name them, and {what}"
        ))
        .hint(
            "nothing was changed; make the plan anew: a record may have come meanwhile, or the table is not in the map",
        )
    }
}

fn joined(key: &ForeignKey) -> String {
    let pairs = key.columns.iter().zip(&key.to_columns);
    pairs.map(|(c, p)| format!("c.{} = p.{}", quoted(c), quoted(p))).collect::<Vec<_>>().join(" AND ")
}

impl ToCheck {
    /// Records of a table that this condition picks (as `c`), for the check of one of its references.
    pub fn of_records(from: &str, key: &ForeignKey, condition: String) -> ToCheck {
        ToCheck { from: from.to_owned(), key: key.clone(), condition }
    }

    /// Fails where a record leads nowhere by this reference.
    pub fn check(&self, conn: &mut Conn, name: &str) -> Result<()> {
        let set: Vec<String> = self.key.columns.iter().map(|c| format!("c.{} IS NOT NULL", quoted(c))).collect();
        let missing = self.key.to_columns.first().map(|p| format!("p.{} IS NULL", quoted(p))).unwrap_or_default();
        let sql = format!(
            "SELECT 1 FROM {} AS c LEFT JOIN {} AS p ON {} WHERE ({}) AND {} AND {missing} LIMIT 1 LOCK IN SHARE MODE",
            quoted(&self.from),
            quoted(&self.key.to),
            joined(&self.key),
            self.condition,
            set.join(" AND ")
        );
        let found: Option<u64> = told(name, "check the references", conn.query_first(sql))?;
        match found {
            None => Ok(()),
            Some(_) => Err(Error::refused(format!(
                "{name}.{}: a record would refer to a record of {} that is gone, and the plan does not name it",
                self.from, self.key.to
            ))
            .hint("nothing was changed; make the plan anew")),
        }
    }
}
