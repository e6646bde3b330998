//! How a CSV file is written: byte order mark, encoding, delimiter. What the map does not say is seen from the head.

use encoding_rs::{Encoding, UTF_8};

use super::scan::{Field, Scan};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::source::files::open::OpenFile;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Between fields.
    pub delimiter: u8,
    /// Of text.
    pub encoding: &'static Encoding,
    /// Where the header begins: after the byte order mark.
    pub start: usize,
}

/// How much of a file is looked at.
pub const HEAD: usize = 64 * 1024;

/// What may separate fields where nobody said; on a tie the first.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

const BOM: &[u8] = b"\xEF\xBB\xBF";

impl Layout {
    /// The layout of a file that begins with `head`.
    pub fn of(file: &OpenFile, head: &[u8], address: &Address) -> Result<Self> {
        if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || head.iter().take(64).any(|b| *b == 0) {
            return Err(Error::failed(format!(
                "{} is not written in an encoding based on ASCII (UTF-16, perhaps)",
                file.shown.display()
            ))
            .hint("save it as UTF-8"));
        }
        let start = if head.starts_with(BOM) { BOM.len() } else { 0 };
        let encoding = match &address.encoding {
            Some(label) if start == 0 => encoding(label)?,
            _ => UTF_8,
        };
        let delimiter = match address.delimiter {
            Some(byte) => given(byte, encoding)?,
            None => detect(&head[start..], (head.len() as u64) == file.len()),
        };
        Ok(Layout { delimiter, encoding, start })
    }
}

/// The encoding of that label, if a row can be found in it byte by byte.
fn encoding(label: &str) -> Result<&'static Encoding> {
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
        return Err(
            Error::usage(format!("unknown encoding: {label}")).hint("for example utf-8, windows-1252, iso-8859-15")
        );
    };
    match encoding == UTF_8 || encoding.is_single_byte() {
        true => Ok(encoding),
        false => Err(Error::refused(format!("CSV files in {label} are not read")).hint("save the file as UTF-8")),
    }
}

fn given(byte: u8, encoding: &Encoding) -> Result<u8> {
    if matches!(byte, b'"' | b'\n' | b'\r') || (encoding == UTF_8 && !byte.is_ascii()) {
        return Err(Error::usage("a quote, a line end or half a character cannot separate fields")
            .hint("name another delimiter in the map, or none: it is found by itself"));
    }
    Ok(byte)
}

/// The delimiter with which the header has more than one field and most of the next lines have as many as it; then
/// the one that makes most fields.
fn detect(head: &[u8], whole: bool) -> u8 {
    let score = |delimiter: u8| {
        let scan = Scan { bytes: head, delimiter, last: whole, quotes: true };
        let mut fields: Vec<Field> = Vec::new();
        let (mut at, mut width, mut alike) = (0, 0, 0);
        for _ in 0..LINES {
            while matches!(head.get(at), Some(b'\n' | b'\r')) {
                at += 1;
            }
            if at >= head.len() {
                break;
            }
            let Ok(end) = scan.row(at, &mut fields) else { break };
            match width {
                0 => width = fields.len(),
                width => alike += usize::from(fields.len() == width),
            }
            at = end;
        }
        match width {
            0 | 1 => (0, 0),
            width => (alike + 1, width),
        }
    };
    let best = DELIMITERS.iter().map(|d| score(*d)).max().unwrap_or_default();
    DELIMITERS.into_iter().find(|d| score(*d) == best).unwrap_or(b',')
}

const LINES: usize = 50;
