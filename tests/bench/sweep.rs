//! The raw sweep alone, over one file, and what it looks for, to be given to another searcher.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;

use redress::map::{Address, NormalForm};
use redress::source::open_raw;
use redress::source::raw::{RowBlock, RowSink};
use redress::sweep::{Scanner, Sought, base64, spell, sweep_file};

use super::{Outcome, lines};

/// One pass over a file; prints how often one of the addresses stands there.
pub fn sweep(file: &str, values: &str) -> Outcome {
    let sought: Vec<Sought> = lines(values)?.into_iter().map(address).collect();
    let (scanner, mut hits) = (Scanner::new(&sought), 0_u64);
    let bytes = sweep_file(&mut File::open(file)?, &scanner, &mut |_| hits += 1)?;
    println!("{hits} in {bytes} bytes");
    Ok(())
}

/// One pass over the rows of a SQLite database and one over its file, as after an erasure.
pub fn database(file: &str, values: &str) -> Outcome {
    let sought: Vec<Sought> = lines(values)?.into_iter().map(address).collect();
    let mut rows = Rows { scanner: Scanner::new(&sought), hits: 0, bytes: 0 };
    let address = Address { kind: "sqlite".into(), path: file.into(), ..Address::default() };
    let mut raw = open_raw(&address, "shop").map_err(|e| e.message)?;
    raw.rows(&mut rows).map_err(|e| e.message)?;
    let mut pages = 0_u64;
    let bytes = sweep_file(&mut File::open(file)?, &rows.scanner, &mut |_| pages += 1)?;
    println!("{} in {} bytes of rows, {pages} in {bytes} bytes of the file", rows.hits, rows.bytes);
    Ok(())
}

struct Rows {
    scanner: Scanner,
    hits: usize,
    bytes: usize,
}

impl RowSink for Rows {
    fn table(&mut self, _: &str, _: &[String]) -> redress::error::Result<()> {
        Ok(())
    }

    fn rows(&mut self, rows: &RowBlock) -> redress::error::Result<()> {
        self.bytes += rows.bytes().len();
        self.hits += self.scanner.scan_all(rows.bytes(), 0..rows.bytes().len()).len();
        Ok(())
    }
}

/// Prints what the sweep looks for, a line each.
pub fn patterns(values: &str) -> Outcome {
    let mut all = BTreeSet::new();
    for text in lines(values)? {
        spell(&text, &mut |_, bytes, _| _ = all.insert(bytes));
        base64(&text, &mut |_, bytes| _ = all.insert(bytes));
    }
    let mut out = std::io::stdout().lock();
    for line in all.iter().filter(|bytes| !bytes.iter().any(|b| matches!(b, 0 | b'\n' | b'\r'))) {
        out.write_all(line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn address(text: String) -> Sought {
    let spellings = [text.clone()].into();
    Sought { kind: "email".into(), form: NormalForm::Email, normal: text, spellings, shared: false, hashes: Vec::new() }
}
