//! Numbers with the signs of a language: groups of three, and the sign before the fraction. No digit is lost or changed.

use fluent_bundle::FluentValue;

use super::Tag;

/// How a language writes numbers.
pub struct Numbers {
    group: &'static str,
    decimal: char,
    /// From how many digits on they are grouped.
    from: usize,
    /// What ends a sentence.
    pub full_stop: &'static str,
}

impl Numbers {
    /// With those signs.
    pub const fn new(group: &'static str, decimal: char, from: usize, full_stop: &'static str) -> Numbers {
        Numbers { group, decimal, from, full_stop }
    }

    /// The digits of a plain number (`-1234.50`) with the signs; `None` for every other text.
    pub fn digits(&self, text: &str) -> Option<String> {
        let bare = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = bare.split_once('.').map_or((bare, None), |(whole, rest)| (whole, Some(rest)));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !fraction.is_none_or(is_digits) {
            return None;
        }
        let mut out = String::with_capacity(text.len() + whole.len());
        out.push_str(if bare.len() < text.len() { "-" } else { "" });
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && whole.len() >= self.from && (whole.len() - i).is_multiple_of(3) {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        fraction.into_iter().for_each(|part| {
            out.push(self.decimal);
            out.push_str(part);
        });
        Some(out)
    }
}

/// A count inside a message.
pub(super) fn counted(value: &FluentValue<'_>, tag: Tag) -> Option<String> {
    match value {
        FluentValue::Number(number) => tag.numbers().digits(&number.value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_the_signs_of_their_language() {
        let cases = [
            ("0", ["0", "0", "0", "0", "0"]),
            ("999", ["999", "999", "999", "999", "999"]),
            ("1234", ["1,234", "1.234", "1 234", "1234", "1,234"]),
            ("1234567", ["1,234,567", "1.234.567", "1 234 567", "1 234 567", "1,234,567"]),
            ("-18.50", ["-18.50", "-18,50", "-18,50", "-18,50", "-18.50"]),
            ("0012345.670", ["0,012,345.670", "0.012.345,670", "0 012 345,670", "0 012 345,670", "0,012,345.670"]),
        ];
        for (text, expected) in cases {
            let written = Tag::ALL.map(|tag| tag.numbers().digits(text).unwrap().replace('\u{202f}', " "));
            assert_eq!(written.each_ref().map(String::as_str), expected, "{text}");
        }
        for text in ["", "-", "1e5", "1.", ".5", "1,5", "+1", "1.2.3", "12 3", "١٢", "NaN"] {
            assert_eq!(Tag::German.numbers().digits(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_digit_is_lost(text in "-?[0-9]{1,30}(\\.[0-9]{1,12})?") {
            for tag in Tag::ALL {
                let written = tag.numbers().digits(&text).unwrap();
                let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect::<String>();
                prop_assert_eq!(digits(&written), digits(&text));
            }
        }
    }
}
