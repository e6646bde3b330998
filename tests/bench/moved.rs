//! Moves the large firm's shop into a PostgreSQL database: the same tables, rows, references and indexes.

use postgres::{Client, NoTls};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::io::Write as _;

use super::Outcome;

#[path = "../servers/firm/tables.rs"]
#[expect(dead_code, reason = "the tests insert rows, here they are copied")]
mod tables;

/// What a table becomes.
#[derive(Clone, Copy, PartialEq)]
pub enum Engine {
    Postgres,
    #[expect(dead_code, reason = "only tests move tables there")]
    MariaDb,
}

const INDEXES: &str = include_str!("../../fixtures/marketplace/indexes.sql");

/// Copies the shop of the SQLite file into the empty database that `config` leads to.
pub fn moved(shop: &str, config: &str) -> Outcome {
    let lite = Connection::open_with_flags(shop, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut server = Client::connect(config, NoTls)?;
    server.batch_execute("CREATE EXTENSION IF NOT EXISTS citext")?;
    let all = tables::tables(&lite);
    for table in &all {
        server.batch_execute(&table.create(Engine::Postgres))?;
        let rows = copy(&lite, &mut server, &table.name)?;
        println!("{}: {rows}", table.name);
    }
    server.batch_execute(INDEXES)?;
    // As the firm's own has it, in this server's words: it makes the index serve.
    server.batch_execute("ALTER TABLE accounts ADD CHECK (phone ~ '^\\+[1-9][0-9]*$')")?;
    for sql in all.iter().flat_map(|t| t.refer(Engine::Postgres, &|_| true)) {
        server.batch_execute(&sql)?;
    }
    server.batch_execute("VACUUM ANALYZE")?;
    Ok(())
}

fn copy(lite: &Connection, server: &mut Client, table: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let mut statement = lite.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = statement.column_count();
    let mut out = server.copy_in(&format!("COPY \"{table}\" FROM STDIN"))?;
    let (mut rows, mut block) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        for i in 0..columns {
            if i > 0 {
                block.push(b'\t');
            }
            cell(row.get_ref(i)?, &mut block);
        }
        block.push(b'\n');
        if block.len() > 1 << 16 {
            out.write_all(&block)?;
            block.clear();
        }
    }
    out.write_all(&block)?;
    Ok(out.finish()?)
}

fn cell(value: ValueRef<'_>, block: &mut Vec<u8>) {
    match value {
        ValueRef::Null => block.extend(b"\\N"),
        ValueRef::Integer(n) => block.extend(n.to_string().bytes()),
        ValueRef::Real(x) => block.extend(x.to_string().bytes()),
        ValueRef::Blob(bytes) => {
            block.extend(b"\\\\x");
            bytes.iter().for_each(|b| block.extend(format!("{b:02x}").bytes()));
        }
        ValueRef::Text(text) => {
            for &byte in text {
                match byte {
                    b'\\' => block.extend(b"\\\\"),
                    b'\t' => block.extend(b"\\t"),
                    b'\n' => block.extend(b"\\n"),
                    b'\r' => block.extend(b"\\r"),
                    byte => block.push(byte),
                }
            }
        }
    }
}
