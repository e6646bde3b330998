//! Text from the sources, made harmless: visible where it would hide, escaped where it would be read as markup, cut
//! where it would not fit.

/// The text with everything visible that would act on what shows it: controls, reordering, zero width.
pub(super) fn shown(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match acts(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    out
}

/// The text as HTML, in elements and in quoted attributes.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// How wide a text is, in hundredths of the size of its letters.
fn width(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 30,
        'm' | 'w' | 'M' | 'W' | '@' => 90,
        c if c.is_ascii_uppercase() => 70,
        c if c.is_ascii() => 56,
        c if ('\u{1100}'..='\u{ffef}').contains(&c) || c > '\u{1ffff}' => 105,
        _ => 62,
    }
}

/// The text, cut with an ellipsis where it is wider than `most` at that size.
pub(super) fn fitted(text: &str, size: usize, most: usize) -> String {
    let text = shown(text);
    let room = most * 100 / size;
    if text.chars().map(width).sum::<usize>() <= room {
        return text;
    }
    let mut used = 100;
    let fits = |c: &char| {
        used += width(*c);
        used <= room
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_text_is_harmless() {
        assert_eq!(html("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(shown("a\u{202e}b\u{1b}[31m\n"), "a\\u{202e}b\\u{1b}[31m\\u{a}");
        assert_eq!(fitted("abc", 12, 200), "abc");
        assert!(fitted(&"w".repeat(99), 12, 100).ends_with('…'));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_escapes(text in "\\PC*|[\\x00-\\x7f]*") {
            let out = html(&text);
            prop_assert!(!out.contains(['<', '>', '"', '\'']) && !out.chars().any(char::is_control));
        }
    }
}
