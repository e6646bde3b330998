//! CSV for a spreadsheet: the same records as the JSON Lines, a header, nested values as JSON text.
//!
//! RFC 4180, UTF-8. Nothing (null) is an empty cell, the empty text is `""`. A cell that a spreadsheet could run as a
//! formula gets a leading `'`; `datapackage.json` says so, and [`original`] takes it away again.

use super::jsonl;
use super::withhold::Shown;
use crate::record::Value;

/// What ends a line.
pub const LINE_END: &[u8] = b"\r\n";

/// How it is written, as Frictionless says it.
pub fn dialect() -> serde_json::Value {
    serde_json::json!({
        "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true,
    })
}

/// Adds the cell of what is shown of a value; `scratch` is lent for nested values.
pub fn cell(out: &mut Vec<u8>, what: &Shown<'_>, scratch: &mut Vec<u8>) {
    match what {
        Shown::Given(Value::Null) => {}
        Shown::Given(Value::Bool(b)) => out.extend_from_slice(if *b { b"true" } else { b"false" }),
        Shown::Given(Value::Int(i)) => jsonl::int(out, *i),
        Shown::Given(value @ Value::Float(x)) if x.is_finite() => jsonl::value(out, value),
        Shown::Given(Value::Float(x)) => text(out, &x.to_string()),
        Shown::Given(Value::Text(t) | Value::Decimal(t) | Value::Native { text: t, .. }) => text(out, t),
        Shown::Redacted(in_its_place) => text(out, in_its_place),
        Shown::Withheld(reason) => out.extend_from_slice(reason.cell().as_bytes()),
        Shown::File(path) => out.extend_from_slice(path.as_bytes()),
        nested => {
            scratch.clear();
            jsonl::shown(scratch, nested);
            quoted(out, scratch, false);
        }
    }
}

/// Adds a text cell, neutralised and quoted where that is needed.
pub fn text(out: &mut Vec<u8>, what: &str) {
    let runs = runs(what);
    if what.is_empty() || runs || what.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        return quoted(out, what.as_bytes(), runs);
    }
    out.extend_from_slice(what.as_bytes());
}

fn quoted(out: &mut Vec<u8>, bytes: &[u8], neutralise: bool) {
    out.push(b'"');
    if neutralise {
        out.push(b'\'');
    }
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Whether a spreadsheet could run the text as a formula; apostrophes before it are looked through, so that what is
/// written can be turned back.
fn runs(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let Some(first) = bare.chars().next() else { return false };
    match first {
        '=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' => true,
        '-' => !jsonl::is_number(bare),
        _ => false,
    }
}

/// The text from which a cell was written.
pub fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_stay() {
        let cases = [
            ("=1+1", "\"'=1+1\""),
            ("+6512345", "\"'+6512345\""),
            ("-5", "-5"),
            ("-5.25", "-5.25"),
            ("-5\t", "\"'-5\t\""),
            ("-2+3+cmd|' /C calc'!A0", "\"'-2+3+cmd|' /C calc'!A0\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("＝1", "\"'＝1\""),
            ("'=1", "\"''=1\""),
            ("'x", "'x"),
            ("a=1", "a=1"),
            ("", "\"\""),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
        ];
        for (value, written) in cases {
            let mut out = Vec::new();
            text(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), written, "{value:?}");
        }
    }
}
