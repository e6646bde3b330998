//! Why a value is withheld: one closed list, with the words for each view.

use serde::{Deserialize, Serialize};

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
}

impl Reason {
    /// Every reason, in the order shown.
    pub const ALL: [Reason; 4] = [Reason::Review, Reason::AboutAnotherPerson, Reason::UnknownColumn, Reason::Never];

    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Review => "review",
            Reason::AboutAnotherPerson => "about-another-person",
            Reason::Never => "never",
            Reason::UnknownColumn => "unknown-column",
        }
    }

    /// What stands in the place of the value in JSON.
    pub fn json(self) -> &'static str {
        match self {
            Reason::Review => r#"{"$withheld":"review"}"#,
            Reason::AboutAnotherPerson => r#"{"$withheld":"about-another-person"}"#,
            Reason::Never => r#"{"$withheld":"never"}"#,
            Reason::UnknownColumn => r#"{"$withheld":"unknown-column"}"#,
        }
    }

    /// What stands in the place of the value in a spreadsheet.
    pub fn cell(self) -> &'static str {
        match self {
            Reason::Review => "[withheld: review]",
            Reason::AboutAnotherPerson => "[withheld: about another person]",
            Reason::Never => "[withheld: never given]",
            Reason::UnknownColumn => "[withheld: unknown column]",
        }
    }

    /// In short, for people.
    pub fn title(self) -> &'static str {
        match self {
            Reason::Review => "Must be read by a person first",
            Reason::AboutAnotherPerson => "About another person",
            Reason::Never => "Held, but never handed out",
            Reason::UnknownColumn => "Not yet described",
        }
    }

    /// In full, for people.
    pub fn explanation(self) -> &'static str {
        match self {
            Reason::Review => {
                "Free text, messages and the like can speak of other people too. Nobody has read these yet. They are \
                 withheld until somebody has."
            }
            Reason::AboutAnotherPerson => {
                "These say something about somebody else, whose rights a copy must not harm (GDPR Article 15(4))."
            }
            Reason::Never => {
                "Passwords in stored form, security codes and the like. To hand them out would put you or others at \
                 risk. You are told that they are held; their content is never given."
            }
            Reason::UnknownColumn => {
                "The description of our systems does not yet cover these fields. They are named here and withheld \
                 until somebody has decided what they are."
            }
        }
    }

    /// Its place in an array of counts.
    pub(super) fn index(self) -> usize {
        match self {
            Reason::Review => 0,
            Reason::AboutAnotherPerson => 1,
            Reason::Never => 2,
            Reason::UnknownColumn => 3,
        }
    }
}
