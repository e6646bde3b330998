//! One row rewritten: only the cells that change, all else byte for byte.

use super::cells;
use super::scan::{Field, Row, Scan, Style};
use super::table::Table;
use crate::error::{Error, Result};
use crate::record::{FieldPath, Record, Value};
use crate::source::files::format::Format as _;

/// The record that a row's bytes are.
pub fn parse(table: &Table, bytes: &[u8]) -> Result<Record> {
    let mut fields = Vec::new();
    split(table, bytes, &mut fields)?;
    Ok(table.record(&Row::alone(bytes, &fields)))
}

/// The row with these fields set.
pub fn set(table: &Table, bytes: &[u8], line: u64, changes: &[(FieldPath, Value)]) -> Result<Vec<u8>> {
    let mut fields = Vec::new();
    split(table, bytes, &mut fields)?;
    let mut raws: Vec<Vec<u8>> = Vec::with_capacity(fields.len());
    raws.extend(fields.iter().map(|f| bytes[f.start as usize..f.end as usize].to_vec()));
    for (path, value) in changes {
        let Some(at) = table.column(path) else {
            return Err(Error::failed(format!("{} has no column {path}", table.file().shown.display()))
                .hint("`redress check` holds the map against the file"));
        };
        let quoted = fields.get(at).is_some_and(|f| f.style != Style::Plain);
        let raw = || cells::raw(value, &table.layout, quoted).map_err(|e| named(e, table, line, path));
        match at {
            at if at < raws.len() => raws[at] = raw()?,
            // What is not there is null already.
            _ if value.is_null() => {}
            at if at == raws.len() => raws.push(raw()?),
            _ => {
                let place = table.file().place(line);
                return Err(Error::refused(format!("{place}: the row is too short to hold {path}"))
                    .hint("give the row as many fields as the header has, by hand"));
            }
        }
    }
    let end = fields.last().map_or(0, |f| f.end as usize);
    let mut out = raws.join(&[table.layout.delimiter][..]);
    if out.is_empty() {
        // An empty line is no row.
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(&bytes[end..]);
    Ok(out)
}

fn split(table: &Table, bytes: &[u8], fields: &mut Vec<Field>) -> Result<()> {
    let mut scan = Scan { bytes, delimiter: table.layout.delimiter, last: true, quotes: true };
    let mut end = scan.row(0, fields);
    if end.is_err() {
        scan.quotes = false;
        end = scan.row(0, fields);
    }
    match end {
        Ok(end) if end == bytes.len() => Ok(()),
        _ => Err(Error::bug(format!("a row of {} came apart", table.file().shown.display()))),
    }
}

fn named(error: Error, table: &Table, line: u64, path: &FieldPath) -> Error {
    Error { message: format!("{}, {path}: {}", table.file().place(line), error.message), ..error }
}
