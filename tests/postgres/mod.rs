//! PostgreSQL as a source, against a real server.

mod access;
mod apply;
mod constraints;
mod drafting;
mod faults;
mod questions;
mod schema;
mod sweep;
mod types;
pub mod workspace;

use redress::error::Result;
use redress::map::Address;
use redress::record::Record;
use redress::source::{Question, Source, open};

use crate::servers::postgres::Database;

/// The address of a test's database.
pub fn address(db: &Database) -> Address {
    Address { kind: "postgres".into(), written: db.url.clone(), ..Address::default() }
}

pub fn reader(db: &Database) -> Box<dyn Source> {
    open(&address(db), "shop").unwrap()
}

/// The records a question finds, in no order, and why the table was read whole.
pub fn ask(source: &mut dyn Source, question: &Question<'_>) -> Result<(Vec<Record>, Option<String>)> {
    let mut records = Vec::new();
    let coverage = source.search(question, &mut |found| {
        records.push(found.record);
        Ok(())
    })?;
    assert_eq!(coverage.problems, []);
    Ok((records, coverage.read_all))
}
