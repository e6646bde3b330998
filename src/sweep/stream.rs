//! A file as blocks: read from start to end in memory of a fixed size, each hit with its line and offset.

use memchr::memchr_iter;
use std::io::{ErrorKind, Read, Result};

use super::scan::{Hit, Scanner};

/// How much is read at once.
const BLOCK: usize = 1 << 20;

/// A hit in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileHit {
    /// Which identifier.
    pub sought: usize,
    /// In which coding.
    pub coding: super::Coding,
    /// Its first byte.
    pub offset: u64,
    /// Its line, from 1.
    pub line: u64,
    /// Whether it stands for itself.
    pub alone: bool,
}

/// Reads all there is, and gives `each` every hit in order; says how many bytes there were.
pub fn sweep(from: &mut dyn Read, scanner: &Scanner, each: &mut dyn FnMut(FileHit)) -> Result<u64> {
    by(BLOCK, from, scanner, each)
}

fn by(block: usize, from: &mut dyn Read, scanner: &Scanner, each: &mut dyn FnMut(FileHit)) -> Result<u64> {
    let context = scanner.context();
    let mut buffer = vec![0; block + 2 * context];
    // Of the buffer: how much is full, and from where on hits are new. Of the file: where the buffer begins.
    let (mut filled, mut fresh, mut base, mut line) = (0, 0, 0_u64, 1_u64);
    loop {
        let at_end = fill(from, &mut buffer, &mut filled)?;
        let ready = if at_end { filled } else { filled - context };
        let bytes = &buffer[..filled];
        let (mut counted, mut here) = (0, line);
        for Hit { at, sought, coding, alone } in scanner.scan_all(bytes, fresh..ready) {
            here += memchr_iter(b'\n', &bytes[counted..at.start]).count() as u64;
            counted = at.start;
            each(FileHit { sought, coding, offset: base + at.start as u64, line: here, alone });
        }
        if at_end {
            return Ok(base + filled as u64);
        }
        let keep = ready.saturating_sub(context);
        line += memchr_iter(b'\n', &bytes[..keep]).count() as u64;
        base += keep as u64;
        buffer.copy_within(keep..filled, 0);
        (filled, fresh) = (filled - keep, ready - keep);
    }
}

/// Fills the buffer; whether the end was met.
fn fill(from: &mut dyn Read, buffer: &mut [u8], filled: &mut usize) -> Result<bool> {
    while *filled < buffer.len() {
        match from.read(&mut buffer[*filled..]) {
            Ok(0) => return Ok(true),
            Ok(n) => *filled += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::NormalForm;
    use crate::sweep::sought::Sought;

    #[test]
    fn nothing_is_lost_where_blocks_meet() {
        let sought = Sought {
            kind: "email".into(),
            form: NormalForm::Email,
            normal: "ana@x.example".into(),
            spellings: Default::default(),
            shared: false,
            hashes: Vec::new(),
        };
        let scanner = Scanner::new(&[sought]);
        const BLOCK: usize = 1 << 11;
        let around = 2 * scanner.context() as i64;
        for place in -around - 20..around + 20 {
            for (text, count) in [("ana@x.example", 1), ("joana@x.example", 0), ("ana@x.exam=\r\nple", 1)] {
                let at = (BLOCK as i64 + place) as usize;
                let mut file = vec![b' '; 2 * BLOCK + 100];
                file[5] = b'\n';
                file[at..at + text.len()].copy_from_slice(text.as_bytes());
                let mut hits = Vec::new();
                let length = by(BLOCK, &mut file.as_slice(), &scanner, &mut |hit| {
                    if hit.alone {
                        hits.push((hit.offset, hit.line));
                    }
                });
                assert_eq!(length.unwrap(), file.len() as u64);
                assert_eq!(hits, vec![(at as u64, 2); count], "{place} {text}");
            }
        }
    }

    /// Counts what is read, and gives it in odd pieces.
    struct Counted<'b>(&'b [u8], u64);

    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> Result<usize> {
            let most = into.len().min(4_099);
            let n = self.0.read(&mut into[..most])?;
            self.1 += n as u64;
            Ok(n)
        }
    }

    #[test]
    fn a_thousand_people_are_looked_for_in_one_pass() {
        let sought: Vec<Sought> = (0..1_000)
            .map(|n| Sought {
                kind: "email".into(),
                form: NormalForm::Email,
                normal: format!("p{n}@people.example"),
                spellings: Default::default(),
                shared: false,
                hashes: Vec::new(),
            })
            .collect();
        let scanner = Scanner::new(&sought);
        let lines = (0..3_000).map(|n| match n % 2 {
            0 => format!("{n},p{n}@people.example,x\n"),
            _ => format!("{n},P{n}%40People.example,x\n"),
        });
        let file: String = lines.collect();
        let (mut from, mut found) = (Counted(file.as_bytes(), 0), Vec::new());
        by(1 << 14, &mut from, &scanner, &mut |hit| found.push((hit.sought, hit.line))).unwrap();
        assert_eq!(from.1, file.len() as u64, "every byte is read once");
        let expected: Vec<(usize, u64)> = (0..1_000).map(|n| (n, n as u64 + 1)).collect();
        assert_eq!(found, expected);
    }
}
