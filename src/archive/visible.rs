//! Hostile characters made visible: what could steer a terminal, reverse text or hide in it.
//!
//! For what people read (the page, messages). Data files keep the true values.

use std::borrow::Cow;

/// The text with every control, direction and invisible character as `⟨U+202E⟩`; line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Most texts are plain ASCII: nothing in them hides.
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t')) || !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_hidden(c) {
            true => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text on one line, for headers and comments: white space of any kind is a space, the rest as [`visible`].
pub fn line(text: &str) -> String {
    if !text.chars().any(|c| is_hidden(c) || matches!(c, '\n' | '\t')) {
        return text.trim().to_owned();
    }
    let flat: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    visible(flat.trim()).into_owned()
}

/// Whether a character steers, reverses or hides; line feeds and tabs do not.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' => false,
        c if c.is_control() => true,
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width, directions, line and paragraph
        // separators, invisible operators, isolates, byte order mark, annotations, tags.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_shown() {
        let cases = [
            ("Ana Müller 😀", "Ana Müller 😀"),
            ("a\u{1b}[31mb", "a⟨U+001B⟩[31mb"),
            ("\u{202e}gnp.exe", "⟨U+202E⟩gnp.exe"),
            ("a\nb\tc", "a\nb\tc"),
            ("a\r\u{9b}1m", "a⟨U+000D⟩⟨U+009B⟩1m"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(line(" a\nb\u{7}"), "a b⟨U+0007⟩");
    }
}
