//! In how many ways a text stands in other people's bytes: as it is, and inside URLs, mails, JSON, SQL, pages, UTF-16.
//!
//! Letter case is the matcher's affair for ASCII; where a coding hides case, and for letters outside ASCII, every
//! spelling that is known and both plain cases are written out here.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// How something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Coding {
    /// As it is.
    Plain,
    /// In digits, grouped somehow: a telephone number.
    Digits,
    /// In an older character set.
    Charset,
    /// As in a URL: `%40`.
    Percent,
    /// As in a mail: `=C3=A9`.
    QuotedPrintable,
    /// As in JSON: `\u00e9`, `\/`.
    JsonEscapes,
    /// With quotation marks doubled or escaped, as in CSV and SQL.
    Quotes,
    /// As in HTML: `&#233;`.
    Entities,
    /// Two bytes a character.
    Utf16,
    /// Base64, the text beginning at the first, second or third byte of a group.
    Base64(u8),
    /// As the bytes it stands for: a UUID.
    Bytes,
    /// As a hash of it.
    Hash,
}

impl Coding {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Coding::Plain => "plain",
            Coding::Digits => "digits",
            Coding::Charset => "charset",
            Coding::Percent => "percent",
            Coding::QuotedPrintable => "quoted-printable",
            Coding::JsonEscapes => "json",
            Coding::Quotes => "quotes",
            Coding::Entities => "html",
            Coding::Utf16 => "utf-16",
            Coding::Base64(_) => "base64",
            Coding::Bytes => "bytes",
            Coding::Hash => "hash",
        }
    }
}

/// Gives `add` the bytes of a text in every coding, and whether ASCII letters in them count in any case.
pub fn spell(text: &str, add: &mut dyn FnMut(Coding, Vec<u8>, bool)) {
    for text in cases(text) {
        let mut add = |coding, text: String| add(coding, text.into_bytes(), true);
        add(Coding::Plain, text.clone());
        percent(&text).into_iter().for_each(|t| add(Coding::Percent, t));
        quoted_printable(&text).into_iter().for_each(|t| add(Coding::QuotedPrintable, t));
        json(&text).into_iter().for_each(|t| add(Coding::JsonEscapes, t));
        quotes(&text).into_iter().for_each(|t| add(Coding::Quotes, t));
        entities(&text).into_iter().for_each(|t| add(Coding::Entities, t));
    }
    for text in cases(text) {
        utf16(&text).for_each(|bytes| add(Coding::Utf16, bytes, true));
        if !text.is_ascii()
            && let (bytes, _, false) = encoding_rs::WINDOWS_1252.encode(&text)
        {
            add(Coding::Charset, bytes.into_owned(), true);
        }
    }
    if let Some(id) = uuid(text) {
        add(Coding::Bytes, id.to_vec(), false);
        // As Windows stores it: the first three groups from their last byte on.
        let mut turned = id;
        [0..4, 4..6, 6..8].into_iter().for_each(|group| turned[group].reverse());
        add(Coding::Bytes, turned.to_vec(), false);
        add(Coding::Plain, hex::encode(id).into_bytes(), true);
    }
}

/// The same in base64, for each place in a group of three bytes where the text can begin.
pub fn base64(text: &str, add: &mut dyn FnMut(Coding, Vec<u8>)) {
    for phase in 0..3_u8 {
        let before = usize::from(phase);
        let padded = [&[0; 2][..before], text.as_bytes()].concat();
        // Only characters made of the text's bits alone.
        let whole = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let coded = engine.encode(&padded);
            add(Coding::Base64(phase), coded.as_bytes().get(whole.clone()).unwrap_or_default().to_vec());
        }
    }
}

/// The text in the cases and compositions in which it is written, where they differ in more than ASCII letters.
fn cases(text: &str) -> BTreeSet<String> {
    if text.is_ascii() {
        return BTreeSet::from([text.to_owned()]);
    }
    let mut all = BTreeSet::from([text.to_owned(), text.to_lowercase(), text.to_uppercase()]);
    let mut first = text.chars();
    all.extend(first.next().map(|c| c.to_uppercase().chain(first).collect()));
    let composed: Vec<String> = all.iter().flat_map(|t| [t.nfc().collect(), t.nfd().collect()]).collect();
    all.extend(composed);
    all
}

fn percent(text: &str) -> Vec<String> {
    let code = |plain: &str| -> String {
        let one = |b: u8| match b.is_ascii_alphanumeric() || plain.as_bytes().contains(&b) {
            true => char::from(b).to_string(),
            false => format!("%{b:02x}"),
        };
        text.bytes().map(one).collect()
    };
    let usual = code("-_.~");
    let form = code("-_.* ").replace(' ', "+");
    let twice = usual.replace('%', "%25");
    // `@` and `+` may stand in a path as they are.
    different(text, [usual, form, twice, code(""), code("-_.~@"), code("-_.~@+"), code("-_.~@+!$&'()*,;=:")])
}

fn quoted_printable(text: &str) -> Vec<String> {
    let code = |also: &[u8]| -> String {
        let one = |b: u8| match (b' '..=b'~').contains(&b) && b != b'=' && !also.contains(&b) {
            true => char::from(b).to_string(),
            false => format!("={b:02x}"),
        };
        text.bytes().map(one).collect()
    };
    // In a header a space is `_`, and more is coded.
    different(text, [code(b""), code(b"@"), code(b"@._?").replace(' ', "_")])
}

fn json(text: &str) -> Vec<String> {
    let code = |also: &str, escape: &str| -> String {
        let one = |c: char| match (c.is_ascii() && !also.contains(c), c) {
            (true, '"' | '\\') => format!("\\{c}"),
            (true, c) => c.to_string(),
            (false, c) => c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("{escape}{u:04x}")).collect(),
        };
        text.chars().map(one).collect()
    };
    let plain = code("", "\\u");
    let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
    let slashes = plain.replace('/', "\\/");
    different(
        text,
        [
            // JSON inside JSON, once and twice.
            code("", "\\\\u"),
            code("", "\\\\\\\\u"),
            code("<>&'+`", "\\u"),
            code("<>&'+`@", "\\u"),
            quoted.replace('/', "\\/"),
            slashes,
            plain,
            quoted,
        ],
    )
}

fn quotes(text: &str) -> Vec<String> {
    different(
        text,
        [
            text.replace('"', "\"\""),
            text.replace('\'', "''"),
            text.replace('\'', "\\'"),
            text.replace('"', "\"\"").replace('\'', "''"),
        ],
    )
}

fn entities(text: &str) -> Vec<String> {
    let code = |also: fn(char) -> bool, hex: bool| -> String {
        let one = |c: char| match (c.is_ascii() && !also(c), hex) {
            (true, _) => c.to_string(),
            (false, true) => format!("&#x{:x};", u32::from(c)),
            (false, false) => format!("&#{};", u32::from(c)),
        };
        text.chars().map(one).collect()
    };
    let marks: fn(char) -> bool = |c| matches!(c, '<' | '>' | '&' | '"' | '\'' | '`');
    let address: fn(char) -> bool = |c| matches!(c, '<' | '>' | '&' | '"' | '\'' | '@');
    let all: fn(char) -> bool = |_| true;
    let named = |text: &str| {
        let names = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&apos;")];
        names.iter().fold(text.to_owned(), |t, (c, name)| t.replace(*c, name))
    };
    let latin: String = text.chars().map(|c| latin_name(c).map_or(c.to_string(), |n| format!("&{n};"))).collect();
    let both = [true, false].map(|hex| [code(marks, hex), code(address, hex), code(all, hex)]).concat();
    let at = text.replace('@', "&commat;");
    different(text, [named(text), latin, at].into_iter().chain(both))
}

/// HTML's names for letters of Latin-1.
fn latin_name(c: char) -> Option<&'static str> {
    const NAMES: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc \
        Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave \
        aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve \
        oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    let place = u32::from(c).checked_sub(0xC0)?;
    NAMES.split_whitespace().nth(place as usize)
}

fn utf16(text: &str) -> impl Iterator<Item = Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let code = move |bytes: fn(u16) -> [u8; 2]| units.iter().flat_map(|u| bytes(*u)).collect::<Vec<u8>>();
    [code(u16::to_le_bytes), code(u16::to_be_bytes)].into_iter()
}

/// Those that are not the text itself, each once.
fn different(text: &str, all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: BTreeSet<String> = all.into_iter().collect();
    all.remove(text);
    all.into_iter().collect()
}

/// The bytes of a UUID.
fn uuid(text: &str) -> Option<[u8; 16]> {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    (groups == [8, 4, 4, 4, 12]).then(|| hex::decode(text.replace('-', "")).ok()?.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, coding: Coding) -> Vec<String> {
        let mut out = Vec::new();
        spell(text, &mut |c, bytes, _| {
            if c == coding {
                out.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        });
        out
    }

    #[test]
    fn codings_as_they_are_met() {
        for (text, coding, expected) in [
            ("ana+x@a.example", Coding::Percent, "ana%2bx%40a.example"),
            ("ana+x@a.example", Coding::Percent, "ana%252bx%2540a.example"),
            ("josé@a.example", Coding::Percent, "jos%c3%a9%40a.example"),
            ("josé@a.example", Coding::QuotedPrintable, "jos=c3=a9@a.example"),
            ("josé@a.example", Coding::JsonEscapes, "jos\\u00e9@a.example"),
            ("josé@a.example", Coding::JsonEscapes, "JOS\\u00c9@A.EXAMPLE"),
            ("josé@a.example", Coding::Entities, "jos&eacute;@a.example"),
            ("josé@a.example", Coding::Entities, "jos&#233;@a.example"),
            ("ana@a.example", Coding::Entities, "ana&#64;a.example"),
            ("o'b@a.example", Coding::Quotes, "o''b@a.example"),
            ("o'b@a.example", Coding::Entities, "o&#x27;b@a.example"),
            ("a/b@a.example", Coding::JsonEscapes, "a\\/b@a.example"),
            ("o'b@a.example", Coding::JsonEscapes, "o\\u0027b@a.example"),
            ("2b1e5c1e-8f6f-4f1e-9c68-f0f0b4c0a001", Coding::Plain, "2b1e5c1e8f6f4f1e9c68f0f0b4c0a001"),
        ] {
            assert!(all(text, coding).iter().any(|t| t == expected), "{expected} {:?}", all(text, coding));
        }
        assert_eq!(all("ana@a.example", Coding::Quotes), [""; 0]);
    }

    #[test]
    fn base64_of_the_text_wherever_it_begins() {
        let mut patterns = Vec::new();
        base64("ana@x.example", &mut |_, bytes| patterns.push(String::from_utf8(bytes).unwrap()));
        for before in ["", "a", "ab", "abc", "mail: "] {
            for after in ["", ";", "; more", "\u{ff}\u{fe}"] {
                let coded = STANDARD_NO_PAD.encode(format!("{before}ana@x.example{after}"));
                assert!(patterns.iter().any(|p| coded.contains(p.as_str())), "{before}|{after}");
            }
        }
        assert!(patterns.iter().all(|p| p.len() >= 16));
    }
}
