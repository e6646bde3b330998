//! Identities: kinds of identifier, their normal form and their strength.
//!
//! Two spellings are the same identifier exactly when their normal forms are equal; nothing else decides a match.

use std::borrow::Cow;

use super::phone;

/// How two spellings of an identifier are recognised as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NormalForm {
    /// Without surrounding white space, any case.
    Email,
    /// E.164, with the source's default country; what is no phone number: its digits, with a leading `+` if any.
    Phone,
    /// Without surrounding white space, any case.
    Text,
    /// The plain text as it is.
    Exact,
}

/// What one value of an identity proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// One person holds it.
    Unique,
    /// Several may hold it (a company mailbox): it never identifies alone and never extends the subject.
    Shared,
}

/// A kind of identifier in one namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name in selectors: `email`.
    pub name: String,
    /// How its values are compared.
    pub normal: NormalForm,
    /// What one value proves.
    pub strength: Strength,
    /// Hashes of values that are kept somewhere; the sweep after an erasure looks for them too.
    pub hashes: Vec<HashKind>,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashKind {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl HashKind {
    /// Every one.
    pub const ALL: [HashKind; 3] = [HashKind::Md5, HashKind::Sha1, HashKind::Sha256];

    /// The word for it in the map.
    pub fn word(self) -> &'static str {
        match self {
            HashKind::Md5 => "md5",
            HashKind::Sha1 => "sha1",
            HashKind::Sha256 => "sha256",
        }
    }
}

impl NormalForm {
    /// The word for it in the map.
    pub fn word(self) -> &'static str {
        match self {
            NormalForm::Email => "email",
            NormalForm::Phone => "phone",
            NormalForm::Text => "text",
            NormalForm::Exact => "exact",
        }
    }

    /// The form of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [NormalForm::Email, NormalForm::Phone, NormalForm::Text, NormalForm::Exact]
            .into_iter()
            .find(|form| form.word() == word)
    }

    /// The normal form of `text`; empty where there is nothing to compare (an empty value identifies nobody).
    /// `country` is the two-letter code (ISO 3166) phones without one belong to.
    pub fn apply<'a>(self, text: &'a str, country: Option<&str>) -> Cow<'a, str> {
        match self {
            NormalForm::Email | NormalForm::Text => fold(trim(text)),
            NormalForm::Phone => Cow::Owned(phone::normal(trim(text), country)),
            NormalForm::Exact => Cow::Borrowed(text),
        }
    }
}

/// Without the white space and control characters of ASCII at both ends.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c <= ' ')
}

/// Lower case, character by character. A character outside ASCII never becomes one inside it (the Kelvin sign is not
/// a k), so that an index over ASCII-folded text finds every spelling of an ASCII value.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        let lower = c.to_lowercase();
        match lower.clone().any(|l| l.is_ascii()) {
            true => out.push(c),
            false => out.extend(lower),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_identifier() {
        let cases = [
            (NormalForm::Email, " LuisG@Embraer.com.BR\n", "luisg@embraer.com.br"),
            (NormalForm::Email, "STANISŁAW.WÓJCIK@wp.pl", "stanisław.wójcik@wp.pl"),
            (NormalForm::Email, "\u{212A}ate@example.com", "\u{212A}ate@example.com"),
            (NormalForm::Phone, "+65 6123 4567", "+6561234567"),
            (NormalForm::Phone, "6123 4567", "+6561234567"),
            (NormalForm::Phone, "+55 (12) 3923-5555", "+551239235555"),
            (NormalForm::Phone, "ext. 12", "12"),
            (NormalForm::Phone, " ", ""),
            (NormalForm::Exact, " 42", " 42"),
            (NormalForm::Text, " Ana ", "ana"),
        ];
        for (form, text, normal) in cases {
            assert_eq!(form.apply(text, Some("SG")), normal, "{}", form.word());
        }
    }
}
