//! Whether what was found is the identifier, and not a part of a longer one: `ana@x.example` is not in
//! `joana@x.example`, nor in `ana@x.example.org`.
//!
//! What stands beside it may be coded itself (`%3Cana@…`, `\nana@…`); it is decoded first. Where it cannot be told, it
//! counts as found.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::ops::Range;

use super::spelling::Coding;

/// Whether the bytes at `at` stand for themselves. `text` is what they stand for; `is_address` that of an e-mail.
pub fn stands_alone(bytes: &[u8], at: Range<usize>, coding: Coding, text: &str, is_address: bool) -> bool {
    let (before, after) = (&bytes[..at.start], &bytes[at.end..]);
    match coding {
        // Numbers were looked at when they were found; bytes have no neighbours.
        Coding::Digits | Coding::Bytes => true,
        Coding::Base64(phase) => base64_stands_alone(bytes, at, phase, text, is_address),
        Coding::Utf16 => {
            let big = bytes[at.start] == 0;
            let unit = |pair: &[u8]| match (big, pair) {
                (true, [0, byte]) | (false, [byte, 0]) => *byte,
                _ => 0,
            };
            let units = |part: &[u8]| part.chunks_exact(2).map(unit).collect::<Vec<u8>>();
            let before = units(&before[before.len() - before.len().min(16) / 2 * 2..]);
            !joins_before(&before, is_address) && !joins_after(&units(&after[..after.len().min(8)]), is_address)
        }
        _ => !joins_before(before, is_address) && !joins_after(after, is_address),
    }
}

/// Whether the end of `before` belongs to what follows.
fn joins_before(before: &[u8], is_address: bool) -> bool {
    let Some(byte) = last(before) else { return false };
    byte.is_ascii_alphanumeric() || is_address && matches!(byte, b'.' | b'_' | b'+' | b'-')
}

/// Whether the beginning of `after` belongs to what is before.
fn joins_after(after: &[u8], is_address: bool) -> bool {
    match (after, is_address) {
        ([byte, ..], _) if byte.is_ascii_alphanumeric() => true,
        ([b'.' | b'-', next, ..], true) => next.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// The last character, decoded where it is a code: of a URL, a mail, JSON. None at the beginning.
fn last(before: &[u8]) -> Option<u8> {
    let hex = |digits: &[u8]| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let byte = *before.last()?;
    if let [.., b'%' | b'=', a, b] = before
        && let Some(code) = hex(&[*a, *b])
    {
        // `%2520`: coded twice.
        return u8::try_from(code).ok();
    }
    if let [.., b'%', b'2', b'5', a, b] = before
        && let Some(code) = hex(&[*a, *b])
    {
        return u8::try_from(code).ok();
    }
    if let [.., b'\\', b'u', a, b, c, d] = before
        && let Some(code) = hex(&[*a, *b, *c, *d])
    {
        return Some(u8::try_from(code).unwrap_or(b' '));
    }
    let slashes = before[..before.len() - 1].iter().rev().take_while(|b| **b == b'\\').count();
    if slashes % 2 == 1 && matches!(byte, b'n' | b'r' | b't' | b'b' | b'f') {
        return Some(b' ');
    }
    Some(byte)
}

/// Decodes what stands around a hit in base64: letters of the other case are other bytes, and the neighbours show only
/// there.
fn base64_stands_alone(bytes: &[u8], at: Range<usize>, phase: u8, text: &str, is_address: bool) -> bool {
    let first = (usize::from(phase) * 8).div_ceil(6);
    let Some(group) = at.start.checked_sub(first) else { return true };
    let is_coded = |part: &[u8]| part.iter().all(|b| sixbit(*b));
    let mut from = group;
    for _ in 0..4 {
        match from.checked_sub(4) {
            Some(back) if is_coded(&bytes[back..from]) => from = back,
            _ => break,
        }
    }
    let rest = bytes.get(group..).unwrap_or_default();
    let wanted = at.end - group + 8;
    let run = rest.iter().take(wanted).take_while(|b| sixbit(**b)).count();
    let mut coded: Vec<u8> = bytes[from..group + run].iter().map(|b| standard(*b)).collect();
    if coded.len() % 4 == 1 {
        coded.pop();
    }
    // What bits are left over at the end says nothing.
    let decoded = lenient(&coded);
    let start = (group - from) / 4 * 3 + usize::from(phase);
    let end = start + text.len();
    match decoded.get(start..end.min(decoded.len())) {
        Some(here) if here.len() + 2 >= text.len() && text.as_bytes().starts_with(here) => {
            let after = decoded.get(end..).unwrap_or_default();
            !joins_before(&decoded[..start], is_address) && !joins_after(after, is_address)
        }
        // The group is not what it seems: rather one too many.
        _ => true,
    }
}

fn lenient(coded: &[u8]) -> Vec<u8> {
    let whole = coded.len() / 4 * 4;
    let mut out = STANDARD_NO_PAD.decode(&coded[..whole]).unwrap_or_default();
    let mut rest = coded[whole..].to_vec();
    let bytes = rest.len() * 6 / 8;
    if bytes > 0 {
        rest.resize(4, b'A');
        let last = STANDARD_NO_PAD.decode(&rest).unwrap_or_default();
        out.extend(last.into_iter().take(bytes));
    }
    out
}

fn sixbit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: &str = "ana@x.example";

    fn alone(text: &str, needle: &str, coding: Coding, is_address: bool) -> bool {
        let at = text.find(needle).unwrap();
        stands_alone(text.as_bytes(), at..at + needle.len(), coding, ANA, is_address)
    }

    #[test]
    fn a_longer_address_is_another() {
        for text in
            ["joana@x.example", "j.ana@x.example", "jo-ana@x.example", "ana@x.example.org", "ana@x.example-b.org"]
        {
            assert!(!alone(text, ANA, Coding::Plain, true), "{text}");
        }
        for text in [
            "ana@x.example",
            "<ana@x.example>",
            "write to ana@x.example.",
            "ana@x.example, or",
            "%3Cana@x.example%3E",
            "=3Cana@x.example",
            "\\u003cana@x.example",
            "from:\\nana@x.example\\n",
            "mailto%253Aana@x.example",
            "“ana@x.example”",
            "ana@x.example- and",
        ] {
            assert!(alone(text, ANA, Coding::Plain, true), "{text}");
        }
        assert!(!alone("\\\\nana@x.example", ANA, Coding::Plain, true), "a backslash, and an n");
        assert!(!alone("AB-1234567", "AB-123456", Coding::Plain, false));
        assert!(alone("x=AB-123456&", "AB-123456", Coding::Plain, false));
    }

    #[test]
    fn base64_is_decoded_around() {
        for (text, is) in [
            ("ana@x.example", true),
            ("to: ana@x.example; hello", true),
            ("joana@x.example", false),
            ("ana@x.example.org", false),
            ("mail <ana@x.example>", true),
        ] {
            let coded = STANDARD_NO_PAD.encode(text);
            let mut hits = 0;
            crate::sweep::spelling::base64(ANA, &mut |coding, bytes| {
                if let Some(at) = coded.find(std::str::from_utf8(&bytes).unwrap()) {
                    hits += 1;
                    let around = format!("\"{coded}\"");
                    let at = at + 1..at + 1 + bytes.len();
                    assert_eq!(stands_alone(around.as_bytes(), at, coding, ANA, true), is, "{text}");
                }
            });
            assert!(hits > 0, "{text}");
        }
    }

    #[test]
    fn of_two_bytes_a_character_too() {
        let le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for (text, is) in [("x ana@x.example,", true), ("joana@x.example", false), ("ana@x.example.org", false)] {
            let (bytes, needle) = (le(text), le(ANA));
            let at = bytes.windows(needle.len()).position(|w| w == needle).unwrap();
            assert_eq!(stands_alone(&bytes, at..at + needle.len(), Coding::Utf16, ANA, true), is, "{text}");
        }
    }
}
