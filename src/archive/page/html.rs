//! Text inside HTML: nothing in it can end an attribute, open a tag or steer what is read.

use std::fmt::Write as _;

use crate::archive::visible::visible;

/// Adds text as the content of an element or of a quoted attribute.
pub fn text(out: &mut String, what: &str) {
    // Most values are plain: they are copied whole.
    if what.bytes().all(|b| matches!(b, b' '..=b'~') && !is_special(b)) {
        return out.push_str(what);
    }
    let shown = visible(what);
    let mut rest = &*shown;
    while let Some(at) = rest.bytes().position(is_special) {
        out.push_str(&rest[..at]);
        // Writing to memory cannot fail.
        _ = write!(out, "&#{};", rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn is_special(b: u8) -> bool {
    matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'' | b'`')
}

#[cfg(test)]
mod tests {
    use super::text;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_opens_a_tag_or_leaves_a_quote(what in any::<String>()) {
            let mut out = String::new();
            text(&mut out, &what);
            prop_assert!(!out.contains(['<', '>', '"', '\'', '`']));
            prop_assert!(!out.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')));
        }
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let mut out = String::new();
        text(&mut out, "<b title=\"x\">Müller & Søn</b>\u{202e}");
        assert_eq!(out, "&#60;b title=&#34;x&#34;&#62;Müller &#38; Søn&#60;/b&#62;⟨U+202E⟩");
    }
}
