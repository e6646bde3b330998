//! Why a value is withheld: one closed list, with the words for each format; what people read is in the catalogues.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use crate::language::Language;
use crate::map::Exempt;

/// Why a value is not in the archive although it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Free text and the like: a person has to look first.
    Review,
    /// It is about somebody else.
    AboutAnotherPerson,
    /// Never handed out.
    Never,
    /// The data map does not know the field.
    UnknownColumn,
    /// Somebody has looked, and decided that it stays out.
    Decided,
    /// It is legal advice, or under another duty of secrecy.
    Privilege,
    /// It is a trade secret.
    TradeSecret,
    /// Crime could no longer be prevented or found.
    Crime,
    /// Claims could no longer be made or met.
    Claims,
    /// Systems or people would no longer be safe.
    Security,
    /// A law exempts it.
    Law,
    /// It is given, but for others in it, who were replaced.
    Redacted,
}

impl From<Exempt> for Reason {
    fn from(exempt: Exempt) -> Reason {
        match exempt {
            Exempt::Others => Reason::Decided,
            Exempt::Privilege => Reason::Privilege,
            Exempt::TradeSecret => Reason::TradeSecret,
            Exempt::Crime => Reason::Crime,
            Exempt::Claims => Reason::Claims,
            Exempt::Security => Reason::Security,
            Exempt::Law => Reason::Law,
        }
    }
}

impl Reason {
    /// Every reason, in the order shown.
    pub const ALL: [Reason; 12] = [
        Reason::Review,
        Reason::AboutAnotherPerson,
        Reason::UnknownColumn,
        Reason::Decided,
        Reason::Privilege,
        Reason::TradeSecret,
        Reason::Crime,
        Reason::Claims,
        Reason::Security,
        Reason::Law,
        Reason::Redacted,
        Reason::Never,
    ];

    /// Whether somebody must still look at it.
    pub fn is_open(self) -> bool {
        matches!(self, Reason::Review | Reason::UnknownColumn)
    }

    /// Whether an officer may decide otherwise on a single value.
    pub fn is_reviewed(self) -> bool {
        self.is_open() || self == Reason::AboutAnotherPerson
    }

    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Review => "review",
            Reason::AboutAnotherPerson => "about-another-person",
            Reason::Never => "never",
            Reason::UnknownColumn => "unknown-column",
            Reason::Decided => "after-review",
            Reason::Privilege => "legal-privilege",
            Reason::TradeSecret => "trade-secret",
            Reason::Crime => "crime-prevention",
            Reason::Claims => "legal-claims",
            Reason::Security => "security",
            Reason::Law => "exempt-by-law",
            Reason::Redacted => "redacted",
        }
    }

    /// What stands in the place of the value in JSON.
    pub fn json(self) -> &'static str {
        match self {
            Reason::Review => r#"{"$withheld":"review"}"#,
            Reason::AboutAnotherPerson => r#"{"$withheld":"about-another-person"}"#,
            Reason::Never => r#"{"$withheld":"never"}"#,
            Reason::UnknownColumn => r#"{"$withheld":"unknown-column"}"#,
            Reason::Decided => r#"{"$withheld":"after-review"}"#,
            Reason::Privilege => r#"{"$withheld":"legal-privilege"}"#,
            Reason::TradeSecret => r#"{"$withheld":"trade-secret"}"#,
            Reason::Crime => r#"{"$withheld":"crime-prevention"}"#,
            Reason::Claims => r#"{"$withheld":"legal-claims"}"#,
            Reason::Security => r#"{"$withheld":"security"}"#,
            Reason::Law => r#"{"$withheld":"exempt-by-law"}"#,
            Reason::Redacted => r#"{"$withheld":"redacted"}"#,
        }
    }

    /// What stands in the place of the value in a spreadsheet.
    pub fn cell(self) -> &'static str {
        match self {
            Reason::Review => "[withheld: review]",
            Reason::AboutAnotherPerson => "[withheld: about another person]",
            Reason::Never => "[withheld: never given]",
            Reason::UnknownColumn => "[withheld: unknown column]",
            Reason::Decided => "[withheld: after review]",
            Reason::Privilege => "[withheld: legal privilege]",
            Reason::TradeSecret => "[withheld: trade secret]",
            Reason::Crime => "[withheld: crime prevention]",
            Reason::Claims => "[withheld: legal claims]",
            Reason::Security => "[withheld: security]",
            Reason::Law => "[withheld: exempt by law]",
            Reason::Redacted => "[redacted]",
        }
    }

    /// Why it is not given, as a term of the W3C Data Privacy Vocabulary's justifications (local name); none while nobody has
    /// decided.
    pub fn justification(self) -> Option<&'static str> {
        match self {
            Reason::AboutAnotherPerson | Reason::Decided | Reason::Redacted => Some("ThirdPartyRightsImpaired"),
            Reason::Never | Reason::Security => Some("SecurityImpaired"),
            Reason::Privilege => Some("ConfidentialityObligationCompromised"),
            // The vocabulary has no term of its own; recital 63 counts them among the rights of others.
            Reason::TradeSecret => Some("ThirdPartyRightsImpaired"),
            Reason::Crime => Some("CrimePreventionImpaired"),
            Reason::Claims => Some("LegalClaimImpaired"),
            Reason::Law => Some("LegallyExempted"),
            Reason::Review | Reason::UnknownColumn => None,
        }
    }

    /// In short, for people.
    pub fn title(self, language: &Language) -> Cow<'_, str> {
        language.say(&format!("reason-{}", self.word()))
    }

    /// In full, for people.
    pub fn explanation(self, language: &Language) -> String {
        language.say(&format!("reason-{}.text", self.word())).into_owned()
    }

    /// Its place in an array of counts.
    pub(super) fn index(self) -> usize {
        match self {
            Reason::Review => 0,
            Reason::AboutAnotherPerson => 1,
            Reason::UnknownColumn => 2,
            Reason::Decided => 3,
            Reason::Redacted => 4,
            Reason::Never => 5,
            Reason::Privilege => 6,
            Reason::TradeSecret => 7,
            Reason::Crime => 8,
            Reason::Claims => 9,
            Reason::Security => 10,
            Reason::Law => 11,
        }
    }
}
