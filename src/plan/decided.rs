//! What the officer decides on records of an erasure, against or beside the map's rules: for one record, for a
//! collection, or for the whole request. Each decision has its reason.
//!
//! A decision is part of what was asked: the plan carries it. Reading files of decisions is the command's affair.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::map::{DataMap, Ground};

/// An erasure as asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Erasure {
    /// The ground, by its code; none: the map's.
    pub ground: Option<String>,
    /// What the officer has decided; the nearest decision counts, of equally near ones the last.
    pub decisions: Vec<Decided>,
    /// Why it is done without the time in which the map lets it be taken back, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_undo: Option<String>,
}

/// One decision.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The source and the collection; none for the whole request.
    pub place: Option<(String, String)>,
    /// The record, as reports name it (`id=7`); none for the whole collection.
    pub key: Option<String>,
    /// What becomes of the records.
    pub verdict: Verdict,
    /// Why; for the person too.
    pub because: String,
    /// Until when they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The records go.
    Delete,
    /// Their personal fields go.
    Anonymise,
    /// They stay, locked away from use.
    Isolate,
    /// They stay.
    Keep,
}

impl Verdict {
    /// Every one.
    pub const ALL: [Verdict; 4] = [Verdict::Delete, Verdict::Anonymise, Verdict::Isolate, Verdict::Keep];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Delete => "delete",
            Verdict::Anonymise => "anonymise",
            Verdict::Isolate => "isolate",
            Verdict::Keep => "keep",
        }
    }

    /// The verdict of that word.
    pub fn of_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.word() == word.trim().to_lowercase())
    }
}

impl Erasure {
    /// An erasure on that ground, without decisions.
    pub fn on(ground: &str) -> Erasure {
        Erasure { ground: Some(ground.to_owned()), ..Erasure::default() }
    }

    /// The ground, of the request or else of the map; refused where there is none.
    pub fn ground(&self, map: &DataMap) -> Result<&'static Ground> {
        let named = self.ground.as_deref().or(map.erasure.ground.as_deref());
        named.and_then(Ground::of).ok_or_else(|| {
            Error::refused("no ground for the erasure is named: nothing says why it is owed")
                .hint("name it: --ground A17-1-a, where the data are no longer needed; A17-1-b, where consent is withdrawn")
                .hint("or write it once into redress.toml: [erasure] with ground = \"A17-1-a\"")
        })
    }

    /// The decision on a record, and its place in the list.
    pub(super) fn on_record(&self, source: &str, collection: &str, key: &str) -> Option<(usize, &Decided)> {
        let near = |d: &Decided| match (&d.place, &d.key) {
            (None, _) => Some(1),
            (Some((s, c)), None) if s == source && c == collection => Some(2),
            (Some((s, c)), Some(k)) if s == source && c == collection && k == key => Some(3),
            _ => None,
        };
        let fits = self.decisions.iter().enumerate().filter_map(|(i, d)| Some((near(d)?, i, d)));
        fits.max_by_key(|(near, i, _)| (*near, *i)).map(|(_, i, d)| (i, d))
    }
}

impl Decided {
    /// Reads `PLACE=VERDICT`; the place is `source.collection`, one with a record's key after a space
    /// (`shop.orders id=7`), or `all`.
    pub fn parse(text: &str, because: &str, until: Option<Date>, map: &DataMap) -> Result<Decided> {
        let usage = |what: &str| {
            Error::usage(format!("--decide: {what}"))
                .hint("write PLACE=VERDICT, as in shop.orders=keep, \"shop.orders id=7=delete\" or all=isolate")
        };
        let (place, verdict) = text.rsplit_once('=').ok_or_else(|| usage("there is no `=`"))?;
        let verdict =
            Verdict::of_word(verdict).ok_or_else(|| usage("a verdict is one of delete, anonymise, isolate, keep"))?;
        Decided::on(place.trim(), verdict, because, until, map)
    }

    /// A decision on what `place` names.
    pub fn on(place: &str, verdict: Verdict, because: &str, until: Option<Date>, map: &DataMap) -> Result<Decided> {
        let because = because.trim().to_owned();
        if because.is_empty() {
            return Err(Error::usage("a decision has no reason").hint("say why, for the person too: --because \"…\""));
        }
        if place == "all" {
            return Ok(Decided { place: None, key: None, verdict, because, until });
        }
        for source in &map.sources {
            for collection in &source.collections {
                let name = format!("{}.{}", source.name, collection.name);
                let Some(rest) = place.strip_prefix(name.as_str()) else { continue };
                let key = match rest.strip_prefix(' ') {
                    Some(key) => Some(key.trim().to_owned()),
                    None if rest.is_empty() => None,
                    None => continue,
                };
                let place = Some((source.name.clone(), collection.name.clone()));
                return Ok(Decided { place, key, verdict, because, until });
            }
        }
        // What was given is not repeated: a key is personal.
        Err(Error::usage("a decision names a place that the data map does not have")
            .hint("write source.collection as the plan prints it; for one record add a space and its key: id=7"))
    }

    /// What it is about, for messages; never a key.
    pub fn about(&self) -> String {
        match (&self.place, &self.key) {
            (None, _) => "the whole request".to_owned(),
            (Some((s, c)), None) => format!("{s}.{c}"),
            (Some((s, c)), Some(_)) => format!("one record of {s}.{c}"),
        }
    }
}

impl std::fmt::Debug for Decided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.about(), self.verdict.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Collection, SourceMap};

    fn map() -> DataMap {
        let collection = |name: &str| Collection { name: name.into(), ..Collection::default() };
        let collections = ["orders", "orders.old"].map(collection).into();
        let source = SourceMap { name: "shop".into(), collections, ..SourceMap::default() };
        DataMap { sources: vec![source], ..DataMap::default() }
    }

    #[test]
    fn a_place_is_a_record_a_collection_or_all() {
        let cases = [
            ("shop.orders=keep", Some((Some("orders"), None, Verdict::Keep))),
            ("shop.orders.old=Delete", Some((Some("orders.old"), None, Verdict::Delete))),
            ("shop.orders id=7=isolate", Some((Some("orders"), Some("id=7"), Verdict::Isolate))),
            ("shop.orders a=x=y, b=2=keep", Some((Some("orders"), Some("a=x=y, b=2"), Verdict::Keep))),
            ("all=anonymise", Some((None, None, Verdict::Anonymise))),
            ("shop.order=keep", None),
            ("shop.orders=kept", None),
            ("shop.orders", None),
        ];
        for (text, expected) in cases {
            let read = Decided::parse(text, "why", None, &map()).ok();
            let read = read.as_ref().map(|d| (d.place.as_ref().map(|p| p.1.as_str()), d.key.as_deref(), d.verdict));
            assert_eq!(read, expected, "{text}");
        }
        assert!(Decided::parse("all=keep", " ", None, &map()).is_err());
    }

    #[test]
    fn the_nearest_decision_counts() {
        let one = |text: &str| Decided::parse(text, "why", None, &map()).unwrap();
        let decisions = ["shop.orders id=7=keep", "shop.orders=delete", "all=isolate", "shop.orders=anonymise"];
        let erasure = Erasure { ground: None, decisions: decisions.map(one).into(), without_undo: None };
        let verdict = |c: &str, key: &str| erasure.on_record("shop", c, key).map(|(_, d)| d.verdict);
        assert_eq!(verdict("orders", "id=7"), Some(Verdict::Keep));
        assert_eq!(verdict("orders", "id=8"), Some(Verdict::Anonymise), "of two on one place the last");
        assert_eq!(verdict("lines", "id=8"), Some(Verdict::Isolate));
    }

    #[test]
    fn without_a_ground_nothing_is_owed() {
        let mut map = map();
        assert_eq!(Erasure::default().ground(&map).unwrap_err().kind, crate::error::Kind::Refused);
        map.erasure.ground = Some("A17-1-a".into());
        assert_eq!(Erasure::default().ground(&map).unwrap().code, "A17-1-a");
        assert_eq!(Erasure::on("A17-1-b").ground(&map).unwrap().code, "A17-1-b", "the request's comes first");
    }
}
