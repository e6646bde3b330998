//! Looks for telephone numbers written in digits, however they are grouped: `+65 6123-4567`, `(0)6123.4567`,
//! `00656123 4567`.
//!
//! At the end of each run of digits the digits before it are read backwards over separators and compared with the
//! numbers wanted. What stands before them must be the beginning of a spelling of that number, not of a longer one.

use rustc_hash::FxHashMap;

/// A number wanted: its national digits and its country's code (none where the country is not known).
#[derive(Clone)]
struct Number {
    code: Vec<u8>,
    national: Vec<u8>,
    id: u32,
}

/// The numbers wanted.
#[derive(Default)]
pub struct Phones {
    /// By the last digits.
    tails: FxHashMap<[u8; TAIL], Vec<Number>>,
    /// Which two digits a number can end with: a cheap look before the dear one.
    pairs: u128,
}

const TAIL: usize = 6;
/// No number is shorter.
pub const SHORTEST: usize = 7;
/// How many separators stand between two groups at most.
const APART: usize = 3;

impl Phones {
    /// Adds a number: its code (may be empty) and its national digits. Short ones are left out.
    pub fn add(&mut self, code: &str, national: &str, id: u32) {
        let (code, national) = (code.as_bytes().to_vec(), national.as_bytes().to_vec());
        let Some(tail) = national.last_chunk::<TAIL>().copied().filter(|_| national.len() >= SHORTEST) else { return };
        self.pairs |= 1 << pair(tail[TAIL - 2], tail[TAIL - 1]);
        self.tails.entry(tail).or_default().push(Number { code, national, id });
    }

    /// Gives `each` where every wanted number begins and ends, with its id.
    pub fn find(&self, text: &[u8], each: &mut dyn FnMut(usize, usize, u32)) {
        if self.pairs == 0 {
            return;
        }
        let mut at = 0;
        while at < text.len() {
            let block = &text[at..text.len().min(at + 64)];
            let mut digits = 0_u64;
            for (n, b) in block.iter().enumerate() {
                digits |= u64::from(b.is_ascii_digit()) << n;
            }
            let beyond = text.get(at + block.len()).is_some_and(u8::is_ascii_digit);
            let next = digits >> 1 | u64::from(beyond) << (block.len() - 1);
            let mut ends = digits & !next;
            while ends != 0 {
                self.look(text, at + ends.trailing_zeros() as usize, each);
                ends &= ends - 1;
            }
            at += block.len();
        }
    }

    /// Looks at the digits that end at `last`.
    fn look(&self, text: &[u8], last: usize, each: &mut dyn FnMut(usize, usize, u32)) {
        let Some(before) = last.checked_sub(1).map(|at| text[at]).filter(u8::is_ascii_digit) else { return };
        if self.pairs & 1 << pair(before, text[last]) == 0 {
            return;
        }
        let mut tail = [0; TAIL];
        let mut back = Backwards { text, next: Some(last) };
        for slot in tail.iter_mut().rev() {
            match back.digit() {
                Some((_, digit)) => *slot = digit,
                None => return,
            }
        }
        for number in self.tails.get(&tail).into_iter().flatten() {
            let mut back = Backwards { text, next: Some(last) };
            let mut start = None;
            for wanted in number.national.iter().rev() {
                start = back.digit().filter(|(_, digit)| digit == wanted).map(|(at, _)| at);
                if start.is_none() {
                    break;
                }
            }
            if let Some(start) = start.filter(|start| begins_here(text, *start, &number.code)) {
                each(start, last + 1, number.id);
            }
        }
    }
}

/// Whether a number of that country can begin at `start`: what stands there directly before is no digit, or only what
/// is dialled before it.
fn begins_here(text: &[u8], start: usize, code: &[u8]) -> bool {
    let from = start.saturating_sub(8);
    let near = &text[from..start];
    let run = near.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let digits = &near[near.len() - run..];
    if digits.is_empty() || digits == b"0" || digits == b"8" && code == b"7" {
        return true;
    }
    let after = digits.strip_prefix(b"00").or_else(|| digits.strip_prefix(b"011")).unwrap_or(digits);
    !code.is_empty() && after.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest == b"0")
}

fn pair(a: u8, b: u8) -> usize {
    usize::from(a - b'0') * 10 + usize::from(b - b'0')
}

/// Digits read backwards, over the separators between groups.
struct Backwards<'t> {
    text: &'t [u8],
    next: Option<usize>,
}

impl Backwards<'_> {
    fn digit(&mut self) -> Option<(usize, u8)> {
        let mut skipped = 0;
        loop {
            let at = self.next?;
            let byte = self.text[at];
            self.next = at.checked_sub(1);
            match byte {
                b'0'..=b'9' => return Some((at, byte)),
                // The last two are a no-break space in UTF-8.
                b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'\t' | 0xC2 | 0xA0 if skipped < APART => skipped += 1,
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut phones = Phones::default();
        phones.add("65", "61234567", 1);
        phones.add("33", "123456789", 2);
        phones.add("7", "9123456789", 3);
        phones.add("", "12345", 4);
        let mut out = Vec::new();
        phones.find(text.as_bytes(), &mut |start, end, _| out.push(&text[start..end]));
        out
    }

    #[test]
    fn however_it_is_written() {
        for text in [
            "61234567",
            "6123 4567",
            "+65 6123-4567,",
            "+6561234567",
            "0065 6123 4567",
            "tel:(65)6123.4567",
            "+33 (0)1 23 45 67 89",
            "01.23.45.67.89",
            "8 912 345-67-89",
            "89123456789",
            "\"phone\":6123\u{a0}4567}",
            "2024-01-01 61234567",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn not_inside_another_number() {
        for text in
            ["161234567", "612345678", "6561234568", "6123x4567", "12345", "6123    4567", "61 23", "+4461234567"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn at_every_place_of_a_long_text() {
        for before in 0..200 {
            for after in [0, 1, 63, 64, 65] {
                let text = format!("{}61234567{}", "x".repeat(before), "y".repeat(after));
                assert_eq!(found(&text), ["61234567"], "{before} {after}");
            }
        }
    }
}
