//! Account and card numbers in free text, by their own check digits: IBANs, and cards written in groups of four.
//!
//! A run of sixteen digits alone is no card here: numbers of orders and parcels pass the same check too often. Whose a
//! number is cannot be told from it.

use std::ops::Range;

/// No number is shorter: a cheap look before the dear one.
const SHORTEST: usize = 15;
/// The longest IBAN, written in groups.
const LONGEST: usize = 34 + 8;

/// Where such numbers stand, each with its plain form.
pub fn accounts(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at + SHORTEST <= bytes.len() {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        match begins.then(|| iban(text, at).or_else(|| card(text, at))).flatten() {
            Some((end, plain)) => {
                found.push((at..end, plain));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether there could be one: most texts hold no four digits beside each other.
pub fn may_hold(text: &str) -> bool {
    text.len() >= SHORTEST && text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// An IBAN that begins here: its country's length and its check digits decide where it ends.
fn iban(text: &str, at: usize) -> Option<(usize, String)> {
    let bytes = &text.as_bytes()[at..];
    let head = bytes.get(..4)?;
    if !(head[..2].iter().all(u8::is_ascii_uppercase) && head[2..].iter().all(u8::is_ascii_digit)) {
        return None;
    }
    let mut plain = String::new();
    let mut ends = Vec::new();
    for (n, byte) in bytes.iter().take(LONGEST).enumerate() {
        match byte {
            b'A'..=b'Z' | b'0'..=b'9' => {
                plain.push(char::from(*byte));
                if plain.len() >= SHORTEST && bytes.get(n + 1).is_none_or(|next| !next.is_ascii_alphanumeric()) {
                    ends.push((n + 1, plain.len()));
                }
            }
            b' ' if bytes.get(n + 1).is_some_and(u8::is_ascii_alphanumeric) => {}
            _ => break,
        }
    }
    let fits =
        |(end, length): &(usize, usize)| plain[..*length].parse::<iban::Iban>().ok().map(|_| (at + end, *length));
    ends.iter().find_map(fits).map(|(end, length)| (end, plain[..length].to_owned()))
}

/// A card's number that begins here: four groups of four digits.
fn card(text: &str, at: usize) -> Option<(usize, String)> {
    let bytes = text.as_bytes().get(at..at + 19)?;
    let apart = bytes[4];
    let is_grouped = bytes.iter().enumerate().all(|(n, byte)| match n % 5 {
        4 => *byte == apart,
        _ => byte.is_ascii_digit(),
    });
    let plain: String = bytes.iter().filter(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
    // A fifth group makes it something else.
    let ends = match text.as_bytes().get(at + 19..).unwrap_or_default() {
        [next, digit, ..] if *next == apart => !digit.is_ascii_digit(),
        [next, ..] => !next.is_ascii_alphanumeric(),
        [] => true,
    };
    let is_issued = matches!(bytes[0], b'2' | b'4' | b'5' | b'6');
    (matches!(apart, b' ' | b'-') && is_grouped && ends && is_issued && luhn::valid(&plain)).then_some((at + 19, plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_found_by_their_check_digits() {
        let cases: [(&str, &[&str]); 11] = [
            ("please pay DE89370400440532013000 today", &["DE89370400440532013000"]),
            ("IBAN: GB82 WEST 1234 5698 7654 32, thanks", &["GB82 WEST 1234 5698 7654 32"]),
            ("GB82 WEST 1234 5698 7654 32 AND MORE", &["GB82 WEST 1234 5698 7654 32"]),
            ("DE89370400440532013001", &[]),
            ("card 4111 1111 1111 1111.", &["4111 1111 1111 1111"]),
            ("card 4111-1111-1111-1111", &["4111-1111-1111-1111"]),
            ("4111111111111111", &[]),
            ("4111 1111 1111 1112", &[]),
            ("4111 1111 1111 1111 2 of mine", &[]),
            ("4111 1111 1111 1111 of mine", &["4111 1111 1111 1111"]),
            ("order 4520260001234, parcel 00340434161094042557", &[]),
        ];
        for (text, numbers) in cases {
            let found: Vec<&str> = accounts(text).into_iter().map(|(at, _)| &text[at]).collect();
            assert_eq!(found, numbers, "{text}");
            assert!(numbers.is_empty() || may_hold(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_panics_and_ranges_fit(text in "([A-Z]{2}[0-9]{2}|[0-9 -]{4}|.){0,12}") {
            for (at, plain) in accounts(&text) {
                prop_assert!(text.get(at).is_some() && !plain.is_empty());
            }
        }
    }
}
