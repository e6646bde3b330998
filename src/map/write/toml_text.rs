//! Keys and texts as TOML, each on one line.

/// A key: bare where it may be, else in quotes.
pub(crate) fn toml_key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { name.to_owned() } else { escaped(name) }
}

/// A text: in single quotes where that saves escapes.
pub(crate) fn toml_text(text: &str) -> String {
    let saves = text.contains(['"', '\\']);
    let literal = !text.chars().any(|c| c == '\'' || c.is_control());
    if saves && literal { format!("'{text}'") } else { escaped(text) }
}

/// Texts: one alone, or a list on one line.
pub(super) fn toml_texts(texts: &[String]) -> String {
    match texts {
        [one] => toml_text(one),
        texts => toml_list(texts),
    }
}

/// A list of texts on one line.
pub(super) fn toml_list(texts: &[String]) -> String {
    let items: Vec<String> = texts.iter().map(|text| toml_text(text)).collect();
    format!("[{}]", items.join(", "))
}

/// A comment on one line.
pub(super) fn comment(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    format!("# {}", words.join(" "))
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
