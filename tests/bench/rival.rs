//! What a program written for one file alone would do, with the crates everybody takes.

use std::collections::HashSet;
use std::io::BufRead as _;

use super::{Outcome, lines};

fn wanted(values: &str) -> std::io::Result<HashSet<Vec<u8>>> {
    Ok(lines(values)?.into_iter().map(|v| v.to_ascii_lowercase().into_bytes()).collect())
}

/// One pass of the csv crate, the fastest way it offers, over one column.
pub fn csv(file: &str, field: &str, values: &str) -> Outcome {
    let wanted = wanted(values)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 18).from_path(file)?;
    let column = reader.byte_headers()?.iter().position(|n| n == field.as_bytes()).ok_or("there is no such column")?;
    let (mut record, mut lower, mut found) = (csv::ByteRecord::new(), Vec::new(), 0u64);
    while reader.read_byte_record(&mut record)? {
        lower.clear();
        lower.extend_from_slice(record.get(column).unwrap_or_default().trim_ascii());
        lower.make_ascii_lowercase();
        found += u64::from(wanted.contains(&lower));
    }
    println!("{found}");
    Ok(())
}

/// One pass over lines of JSON for one field at the top.
pub fn json(file: &str, field: &str, values: &str) -> Outcome {
    let wanted = wanted(values)?;
    let mut reader = std::io::BufReader::with_capacity(1 << 18, std::fs::File::open(file)?);
    let (mut line, mut found) = (Vec::new(), 0u64);
    while reader.read_until(b'\n', &mut line)? > 0 {
        let value: serde_json::Value = serde_json::from_slice(&line)?;
        let hit = value[field].as_str().is_some_and(|text| wanted.contains(text.to_ascii_lowercase().as_bytes()));
        found += u64::from(hit);
        line.clear();
    }
    println!("{found}");
    Ok(())
}
