//! Why an erasure is owed: the grounds of GDPR Art. 17(1) and of other laws, by code, in words for the person.
//!
//! A ground is named before any exception: the plan, the record of erasure and the letter say it. Whether an exception
//! holds is said by the map's rules and by the officer's decisions, not here.

/// A ground for erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Its code, as the map and `--ground` name it.
    pub code: &'static str,
    /// The law.
    pub law: &'static str,
    /// In words for the person.
    pub text: &'static str,
}

/// Every ground there is.
pub const GROUNDS: [Ground; 17] = [
    ground("A17-1-a", "GDPR Art. 17(1)(a)", "your data are no longer needed for what they were collected for"),
    ground("A17-1-b", "GDPR Art. 17(1)(b)", "you have withdrawn your consent, and nothing else allows us to go on"),
    ground("A17-1-c", "GDPR Art. 17(1)(c)", "you have objected, and no stronger reasons speak for going on"),
    ground("A17-1-d", "GDPR Art. 17(1)(d)", "your data were processed unlawfully"),
    ground("A17-1-e", "GDPR Art. 17(1)(e)", "a law asks us to erase them"),
    ground("A17-1-f", "GDPR Art. 17(1)(f)", "they were collected from a child by an online service"),
    ground("UK-A17-1-a", "UK GDPR Art. 17(1)(a)", "your data are no longer needed for what they were collected for"),
    ground(
        "UK-A17-1-b",
        "UK GDPR Art. 17(1)(b)",
        "you have withdrawn your consent, and nothing else allows us to go on",
    ),
    ground("UK-A17-1-c", "UK GDPR Art. 17(1)(c)", "you have objected, and no stronger reasons speak for going on"),
    ground("UK-A17-1-d", "UK GDPR Art. 17(1)(d)", "your data were processed unlawfully"),
    ground("UK-A17-1-e", "UK GDPR Art. 17(1)(e)", "a law asks us to erase them"),
    ground("UK-A17-1-f", "UK GDPR Art. 17(1)(f)", "they were collected from a child by an online service"),
    ground("CCPA-105", "California Civil Code § 1798.105", "you have asked us to delete what we collected from you"),
    ground("PDPA-25", "Singapore PDPA s. 25", "keeping your data no longer serves what they were collected for"),
    ground("PIPL-47", "China PIPL Art. 47", "the purpose is achieved or ended, or you have withdrawn your consent"),
    ground("LGPD-18", "Brazil LGPD Art. 18", "you have asked us to delete data that were processed with your consent"),
    ground("FADP-32", "Swiss FADP Art. 32", "your data are no longer needed, or their processing was unlawful"),
];

const fn ground(code: &'static str, law: &'static str, text: &'static str) -> Ground {
    Ground { code, law, text }
}

impl Ground {
    /// The ground that a person names: by its code (`A17-1-a`), or as the law is cited (`Art. 17(1)(a)`).
    pub fn of(text: &str) -> Option<&'static Ground> {
        let plain = |text: &str| -> String {
            let text = text.to_ascii_lowercase();
            let text = text.trim().trim_start_matches("gdpr").replace("art", "");
            text.chars().filter(|c| c.is_ascii_alphanumeric()).collect()
        };
        let said = plain(text);
        let same = |g: &&Ground| plain(g.code).trim_start_matches('a') == said.trim_start_matches('a');
        GROUNDS.iter().find(|g| g.code.eq_ignore_ascii_case(text.trim())).or_else(|| GROUNDS.iter().find(same))
    }

    /// The codes, for hints.
    pub fn codes() -> String {
        GROUNDS.map(|g| g.code).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_named_in_several_ways() {
        let cases = [
            ("A17-1-a", Some("A17-1-a")),
            ("a17-1-b", Some("A17-1-b")),
            ("17(1)(c)", Some("A17-1-c")),
            ("Art. 17(1)(d)", Some("A17-1-d")),
            ("GDPR Art. 17(1)(a)", Some("A17-1-a")),
            ("UK-A17-1-a", Some("UK-A17-1-a")),
            ("ccpa-105", Some("CCPA-105")),
            ("17", None),
            ("", None),
            ("A17-1-g", None),
        ];
        for (said, code) in cases {
            assert_eq!(Ground::of(said).map(|g| g.code), code, "{said}");
        }
    }
}
