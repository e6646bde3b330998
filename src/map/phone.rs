//! Telephone numbers: the normal form of a spelling, and how the spellings of a normal form can begin.
//!
//! The rules of every country's numbers are Google's, by `rlibphonenumber`. No other module speaks to it.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};
use rustc_hash::FxHashSet;

/// The number in E.164, with the default country's code where it names none; what is no phone number: its digits,
/// with a leading `+` if any. `country` is a two-letter code (ISO 3166).
pub(super) fn normal(text: &str, country: Option<&str>) -> String {
    if text.is_empty() {
        return String::new();
    }
    // A control character inside is in no number: only the digits count then.
    if !text.chars().any(char::is_control)
        && let Ok(number) = PHONE_NUMBER_UTIL.parse(text, country.and_then(region))
        && PHONE_NUMBER_UTIL.is_valid_number(&number)
    {
        return PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match text.starts_with('+') {
        true => format!("+{digits}"),
        false => digits,
    }
}

/// Whether this is a number that its country gives out, with the country's code.
pub fn is_international(text: &str) -> bool {
    PHONE_NUMBER_UTIL.parse(text, None).is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

/// Whether that is the code of a country (or territory) with numbers of its own.
pub(super) fn is_region(code: &str) -> bool {
    region(code).is_some_and(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region).is_some())
}

fn region(code: &str) -> Option<Region> {
    Region::try_from(code).ok()
}

/// How every other text of a plus sign and digits begins whose normal form, in whatever country, is `normal`; `None`
/// where that cannot be told.
///
/// Such a text differs from its normal form only by what its country puts before national numbers (`+44 (0)7700…`);
/// or it begins with a code that is no country's, and what is meant is a prefix for calls abroad.
pub fn other_starts(normal: &str) -> Option<Vec<String>> {
    let digits = normal.strip_prefix('+').filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let mut starts: Vec<String> = NO_COUNTRY.iter().map(|code| format!("+{code}")).collect();
    // No country's code begins another's.
    let code = (1..=3).filter_map(|n| digits.get(..n)).find(|code| is_country(code));
    if let Some(code) = code {
        let (prefixes, _) = PREFIXES.iter().find(|(_, codes)| codes.split(' ').any(|c| c == code))?;
        starts.extend(prefixes.split_whitespace().map(|prefix| format!("+{code}{prefix}")));
    }
    Some(starts)
}

fn is_country(code: &str) -> bool {
    code.parse().is_ok_and(|code| PHONE_NUMBER_UTIL.get_region_for_country_code(code).is_some())
}

/// The country's code and the national digits of a normal form; where the country is not known the code is empty.
pub fn parts(normal: &str) -> (String, String) {
    let Some(digits) = normal.strip_prefix('+') else { return (String::new(), normal.to_owned()) };
    // No country's code begins another's.
    let code = (1..=3).find(|n| digits.get(..*n).is_some_and(is_country)).unwrap_or(0);
    (digits[..code].to_owned(), digits[code..].to_owned())
}

/// Codes of no country that begin some country's prefix for calls abroad (as 990 does in Finland).
const NO_COUNTRY: [&str; 4] = ["990", "991", "997", "999"];

/// What may stand before a national number, as far as is needed to tell, and the codes of the countries where it may.
/// From the national prefixes in Google's metadata. Argentina is left out: there it is one of hundreds, or nothing.
const PREFIXES: &[(&str, &str)] = &[
    (
        "",
        "30 34 39 45 47 48 52 56 65 216 220 221 222 223 224 225 226 227 228 229 230 235 236 237 238 239 240 242 244 245 \
         246 247 248 253 257 258 266 267 268 269 290 297 299 350 351 354 356 357 371 372 376 420 500 501 502 503 504 \
         505 507 509 592 597 599 670 673 674 675 676 677 678 679 680 681 682 683 685 687 688 689 690 691 800 808 852 \
         853 870 878 881 882 883 888 960 965 968 973 974 975 979 992 998",
    ),
    (
        "0",
        "20 27 31 32 33 40 41 43 46 49 51 53 57 58 60 62 63 64 66 81 82 84 90 91 92 93 94 95 98 211 212 213 218 231 232 \
         233 234 243 249 250 251 252 254 255 256 260 262 263 264 265 291 353 355 358 359 373 374 377 380 381 382 383 \
         385 386 387 389 421 508 590 591 593 594 595 596 598 686 850 855 856 880 886 961 962 963 964 966 967 970 971 \
         972 976 977 994 995 996",
    ),
    ("0 1 2 5 8", "672"),
    ("0 1001", "423"),
    ("0 11 12 179", "86"),
    ("0 180020", "44"),
    ("0 1831 1832", "61"),
    ("0 2 4 5 6 7 8 9", "261"),
    ("0 8", "370 375"),
    ("0 90", "55"),
    ("011 060 061 062 065 066 074 076 077", "241"),
    ("06", "36"),
    ("1", "1 692"),
    ("1001 1010 1020 1088", "298"),
    ("1500 1506 1511 1512 1535 1540 1544 1555 1562 1566 1577 1588 1599", "352"),
    ("1900 1901 1902 1904 1906 1908 1910 1919 1920 1966 1977 1999", "506"),
    ("8", "7 993"),
    ("8 9", "378"),
];

/// The last digits of the phone numbers wanted. Parsing a phone number is dear; but whatever prefix is taken off or
/// put on, its last digits stay, as far as the shortest valid national number goes.
pub struct Tails(FxHashSet<u32>);

const TAIL: u32 = 4;

impl Tails {
    /// Those of these normal forms.
    pub fn of<'w>(wanted: impl Iterator<Item = &'w str>) -> Self {
        let mut tails = FxHashSet::default();
        for normal in wanted {
            let (mut tail, mut unit) = (0, 1);
            let digits = normal.bytes().rev().filter(u8::is_ascii_digit);
            for digit in digits.take(TAIL as usize) {
                tail += u32::from(digit - b'0') * unit;
                unit *= 10;
                // The unit on top tells 07 from 7.
                tails.insert(tail + unit);
            }
        }
        Tails(tails)
    }

    /// `false` only where no wanted number can be the normal form of `text`. What is not plainly digits and the
    /// usual separators (extensions, letters, other scripts' digits) may always match.
    pub fn may_match(&self, text: &str) -> bool {
        let (mut tail, mut unit, mut seen) = (0, 1, false);
        for byte in text.bytes().rev() {
            match byte {
                b'0'..=b'9' if unit < 10u32.pow(TAIL) => {
                    tail += u32::from(byte - b'0') * unit;
                    unit *= 10;
                    seen = true;
                }
                b'0'..=b'9' | b' ' | b'(' | b')' | b'-' | b'.' => {}
                b'+' if unit > 1 => {}
                _ => return true,
            }
        }
        !seen || self.0.contains(&(tail + unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_written_for_callers_at_home_and_abroad_is_one() {
        for (text, country, expected) in [
            ("+49 (0)30 1234567", "SG", "+49301234567"),
            ("0049 30 1234567", "DE", "+49301234567"),
            ("+39 06 12345678", "DE", "+390612345678"),
            ("+36 (06) 1 213 5555", "SG", "+3612135555"),
            ("8 912 345-67-89", "RU", "+79123456789"),
            ("+65 6123 4567 ext. 9", "DE", "+6561234567"),
            ("6123\u{7}4567", "SG", "61234567"),
        ] {
            assert_eq!(normal(text, Some(country)), expected, "{text}");
        }
    }

    #[test]
    fn a_country_is_known_by_two_letters() {
        assert!(is_region("SG") && is_region("DE") && !is_region("XX") && !is_region("ZZ") && !is_region("sgp"));
    }

    /// A number as somebody might write it with a plus sign: code, what is put before national numbers, the rest.
    fn plus_and_digits() -> impl Strategy<Value = String> {
        let codes: Vec<&str> = PREFIXES.iter().flat_map(|(_, codes)| codes.split(' ')).chain(["54"]).collect();
        let prefixes: Vec<&str> = PREFIXES.iter().flat_map(|(prefixes, _)| prefixes.split(' ')).collect();
        prop_oneof![
            (prop::sample::select(codes), prop::sample::select(prefixes), "[0-9]{3,11}")
                .prop_map(|(code, prefix, rest)| format!("+{code}{prefix}{rest}")),
            "\\+[1-9][0-9]{3,14}",
        ]
    }

    fn country() -> impl Strategy<Value = Option<String>> {
        let all: Vec<String> =
            PHONE_NUMBER_UTIL.get_supported_regions().map(|r| r.as_region_str().to_string()).collect();
        prop::option::of(prop::sample::select(all))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_other_spelling_begins_as_told(text in plus_and_digits(), country in country()) {
            let normal = normal(&text, country.as_deref());
            if let (true, Some(starts)) = (normal != text, other_starts(&normal)) {
                prop_assert!(starts.iter().any(|s| text.starts_with(s)), "{} {:?} {}", text, country, normal);
            }
        }

        #[test]
        fn spellings_of_one_phone_number_share_their_last_digits(
            digits in "[(]?[0-9][0-9 ().-]{3,16}", plus in any::<bool>(),
            country in country(),
        ) {
            let text = format!("{}{digits}", if plus { "+" } else { "" });
            let normal = normal(&text, country.as_deref());
            let tails = Tails::of([normal.as_str()].into_iter());
            prop_assert!(tails.may_match(&text));
        }

        #[test]
        fn no_text_is_too_odd(text in any::<String>(), country in country()) {
            normal(&text, country.as_deref());
        }

        #[test]
        fn almost_numbers_are_read_too(text in "[+0-9 ()/.xX;=a-f٠-٩*#\u{2010}-]{0,40}", country in country()) {
            normal(&text, country.as_deref());
        }
    }
}
