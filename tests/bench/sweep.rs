//! The raw sweep alone, over one file, and what it looks for, to be given to another searcher.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;

use redress::map::NormalForm;
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
