//! What speaks against giving a value: a closed list, so that the person, an authority and a statistic read the same.
//!
//! An officer names one with each value that is withheld; the map can name one for a whole field. What is withheld is
//! decided in `archive`, in whose pages the words for people are.

/// What speaks against giving a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Exempt {
    /// The rights of others.
    #[default]
    Others,
    /// Legal advice, and other duties of secrecy.
    Privilege,
    /// A trade secret.
    TradeSecret,
    /// Crime could no longer be prevented, found or prosecuted.
    Crime,
    /// Claims could no longer be made or met.
    Claims,
    /// Systems or people would no longer be safe.
    Security,
    /// A law says so.
    Law,
}

impl Exempt {
    /// Each with its word.
    pub const WORDS: [(&'static str, Exempt); 7] = [
        ("others", Exempt::Others),
        ("legal-privilege", Exempt::Privilege),
        ("trade-secret", Exempt::TradeSecret),
        ("crime-prevention", Exempt::Crime),
        ("legal-claims", Exempt::Claims),
        ("security", Exempt::Security),
        ("exempt-by-law", Exempt::Law),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Exempt::WORDS[self as usize].0
    }

    /// The one of that word.
    pub fn parse(word: &str) -> Option<Exempt> {
        Exempt::WORDS.iter().find(|(known, _)| *known == word).map(|(_, exempt)| *exempt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_word() {
        for (word, exempt) in Exempt::WORDS {
            assert_eq!((exempt.word(), Exempt::parse(word)), (word, Some(exempt)));
        }
        assert_eq!(Exempt::parse("because"), None);
    }
}
