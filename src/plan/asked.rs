//! What a plan was asked to do, in the words of the one who asked. A plan carries it, so that the same plan can be
//! made again from other data, and compared.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::Erasure;
use crate::error::{Error, Result};
use crate::map::DataMap;
use crate::resolve::{Start, Subject, selector};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Asked {
    /// That everything of the person goes, as far as it may.
    Erase(Erasure),
    /// That fields are set right.
    Correct(Corrections),
    /// That people who were erased, and are back in a restored source, go from it again.
    Replay(Replay),
    /// That what an erasure had to keep for a time goes, as far as it may now.
    Finish(Finish),
}

/// Erasures that are done again; the people are the plan's subjects, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// The restored sources; what is the people's own elsewhere stays.
    pub sources: Vec<String>,
    /// Of each person.
    pub people: Vec<Erased>,
}

/// A person's earlier erasure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// When it was.
    pub at: jiff::Timestamp,
    /// Whether the person came back: something of theirs came to be after it.
    pub back: bool,
}

/// Erasures that are finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// What was kept, by the numbers the register gave it; of each person, in the order of the plan's subjects.
    pub waiting: Vec<Vec<u32>>,
}

/// Corrections as asked for; see docs/plan.md.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// The fields, with their new values.
    pub set: Vec<Setting>,
    /// Which records, where several have the field.
    #[serde(rename = "where")]
    pub only: Vec<Condition>,
    /// All of them.
    pub all: bool,
    /// Which of the proposed copies are corrected along.
    pub with: With,
}

/// One field and its new value.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The field, as written.
    pub field: String,
    /// The new value, as given; none to empty the field.
    pub value: Option<String>,
}

/// One column of a key and its value.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Source and collection, where they were named.
    pub place: Option<(String, String)>,
    /// The column; `key` for the whole key, `content` for the digest of a record without one.
    pub column: String,
    /// The value, as given.
    pub value: String,
}

/// Which proposals are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum With {
    /// Every one.
    All,
    /// Those of these numbers.
    Numbers(BTreeSet<u32>),
}

impl Default for With {
    fn default() -> Self {
        With::Numbers(BTreeSet::new())
    }
}

impl With {
    /// Reads `all`, or numbers; several are joined.
    pub fn parse(texts: &[String]) -> Result<With> {
        let mut numbers = BTreeSet::new();
        for text in texts.iter().flat_map(|t| t.split(',')).map(str::trim) {
            match text.trim_start_matches('#').parse() {
                _ if text == "all" => return Ok(With::All),
                Ok(number) => {
                    numbers.insert(number);
                }
                Err(_) => {
                    return Err(Error::usage("--with takes the numbers of proposals, or all")
                        .hint("make the plan without --with first: it lists them"));
                }
            }
        }
        Ok(With::Numbers(numbers))
    }

    /// Whether the proposal of that number is taken.
    pub fn takes(&self, number: u32) -> bool {
        match self {
            With::All => true,
            With::Numbers(numbers) => numbers.contains(&number),
        }
    }
}

impl Asked {
    /// Its word in plans and reports.
    pub fn word(&self) -> &'static str {
        match self {
            Asked::Erase(_) => "erase",
            Asked::Correct(_) => "correct",
            Asked::Replay(_) => "replay",
            Asked::Finish(_) => "finish",
        }
    }

    /// Whether it asks for an erasure.
    pub fn is_erasure(&self) -> bool {
        matches!(self, Asked::Erase(_))
    }

    /// Whether records go.
    pub fn erases(&self) -> bool {
        !matches!(self, Asked::Correct(_))
    }

    /// Whether the search must also list what the database refers to by itself: it would act on it.
    pub fn needs_references(&self) -> bool {
        self.erases()
    }

    /// Where the search for a subject of the plan starts again.
    pub fn start(&self, subject: Subject) -> Start {
        match self {
            Asked::Erase(_) | Asked::Correct(_) => Start::Subject(subject),
            Asked::Replay(_) | Asked::Finish(_) => Start::Certain(subject),
        }
    }
}

impl Setting {
    /// Reads `source.collection.field=VALUE`.
    pub fn parse(text: &str, map: &DataMap) -> Result<Setting> {
        let Some((left, value)) = selector::split_once(text) else {
            return Err(Error::usage("--set takes source.collection.field=VALUE, and one here has no `=`")
                .hint("to empty a field: --set-null source.collection.field"));
        };
        Setting::of(left, Some(value.to_owned()), map)
    }

    /// The field written as `source.collection.field`, with its new value.
    pub fn of(left: &str, value: Option<String>, map: &DataMap) -> Result<Setting> {
        let parts = selector::split_parts(left.trim());
        if parts.len() < 3 {
            return Err(Error::usage(format!("a field is named source.collection.field, not {left}"))
                .hint("`redress find` shows the sources and collections that hold something about the person"));
        }
        let (source, collection, field) = selector::find_field(map, &parts)?;
        Ok(Setting { source: source.name.clone(), collection: collection.name.clone(), field, value })
    }

    /// `source.collection.field`, for messages.
    pub fn place(&self) -> String {
        format!("{}.{}.{}", self.source, self.collection, self.field)
    }
}

impl Condition {
    /// Reads `column=VALUE` or `source.collection.column=VALUE`.
    pub fn parse(text: &str, map: &DataMap) -> Result<Condition> {
        let Some((left, value)) = selector::split_once(text) else {
            return Err(Error::usage("--where takes a column of the key and its value, and one here has no `=`")
                .hint("for example --where id=42; a composite key takes one --where a column"));
        };
        let parts = selector::split_parts(left.trim());
        let source = parts.first().and_then(|name| map.source(name));
        for split in (2..parts.len()).rev() {
            let name = parts[1..split].join(".");
            if let Some(collection) = source.and_then(|s| s.collection(&name)) {
                let place = Some((parts[0].clone(), collection.name.clone()));
                return Ok(Condition { place, column: parts[split..].join("."), value: value.to_owned() });
            }
        }
        Ok(Condition { place: None, column: parts.join("."), value: value.to_owned() })
    }
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}=…", self.place())
    }
}

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}=…", self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_or_all() {
        let numbers = |list: &[u32]| Some(With::Numbers(list.iter().copied().collect()));
        let cases: [(&[&str], Option<With>); 6] = [
            (&[], numbers(&[])),
            (&["1"], numbers(&[1])),
            (&["1,3", "#2"], numbers(&[1, 2, 3])),
            (&["1", "all"], Some(With::All)),
            (&["x"], None),
            (&["-1"], None),
        ];
        for (texts, expected) in cases {
            let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
            assert_eq!(With::parse(&texts).ok(), expected, "{texts:?}");
        }
    }
}
