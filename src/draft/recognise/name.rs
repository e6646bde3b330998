//! A column's name in its place: the words of its last part, what they say, and what they stand in.

use super::collection::{self, CollectionKind};
use super::kind::Kind;
use super::phrases::Found;
use super::rules::{self, Says};
use super::{others, words};

/// Words that say which one, not what.
const WHICH: &str = "billing bill shipping ship delivery home work office private personal business primary secondary \
    main alternate alternative alt old new previous former current original default temporary permanent \
    invoice mailing postal registered legal my the user contact rechnung rechnungs liefer facturation \
    livraison envio facturacion entrega fattura spedizione";

/// What a column's name tells.
pub(super) struct Name {
    /// The words of its last part.
    pub words: Vec<String>,
    /// What they say.
    pub found: Option<Found<Says>>,
    /// What the records, or the part of a document around it, are.
    pub place: CollectionKind,
    /// The words of the collection and of the parts of the path before the last.
    around: Vec<String>,
    /// Whether its own words say that it is about somebody else, and whether those around it do.
    other: (bool, bool),
}

impl Name {
    /// Reads the name of a column, in a table or in a document.
    pub fn of(collection: &str, column: &str) -> Self {
        let parts: Vec<&str> = column.split('.').map(|p| p.trim_end_matches("[]")).filter(|p| !p.is_empty()).collect();
        let (leaf, parents) = parts.split_last().map_or((column, &[][..]), |(leaf, parents)| (*leaf, parents));
        let table = words::split(collection);
        let own = without_prefix(words::split(leaf), &table);
        let parents: Vec<Vec<String>> = parents.iter().map(|p| words::split(p)).collect();
        let near = parents.iter().rev().map(|p| collection::of_words(p)).find(|kind| *kind != CollectionKind::Unknown);
        let place = near.unwrap_or_else(|| collection::of_words(&table));
        let around: Vec<String> = table.iter().chain(parents.iter().flatten()).cloned().collect();
        let found = with_parent(&own, parents.last()).or_else(|| rules::best(&own));
        let around_other = parents.iter().any(|p| others::is_about_other(p)) || others::is_about_other(&table);
        let other = (others::is_about_other(&own), around_other);
        Name { words: own, found, place, around, other }
    }

    /// Whether a field of that kind and name is about somebody else than the record's owner.
    pub fn is_about_other(&self, kind: Kind) -> bool {
        use Kind::*;
        let tells_who = kind.is_name()
            || kind.is_address()
            || matches!(
                kind,
                Email | Phone | Fax | DateOfBirth | NationalId | Username | Picture | Social | Gender | Age | JobTitle
            );
        self.other.0 && tells_who || self.other.1 && kind.is_personal()
    }

    /// The words beside those that decided, without those that only say which one.
    pub fn rest(&self) -> Vec<String> {
        let inside = |at: usize| self.found.as_ref().is_some_and(|f| (f.from..f.to).contains(&at));
        let which = |w: &str| WHICH.split_whitespace().any(|known| known == w);
        self.words.iter().enumerate().filter(|(at, w)| !inside(*at) && !which(w)).map(|(_, w)| w.clone()).collect()
    }

    /// Whether a word before the deciding ones says whose address it is: `billing_city`, `ship_country`.
    pub fn is_qualified(&self) -> bool {
        let from = self.found.as_ref().map_or(0, |f| f.from);
        self.words[..from].iter().any(|w| WHICH.split_whitespace().any(|known| known == w.as_str()))
    }

    /// Whether one of the words stands around the column.
    pub fn stands_in(&self, known: &[&str]) -> bool {
        self.around.iter().any(|w| known.contains(&w.as_str()))
    }

    /// Whether the column is the name of what its collection is about: `name`, `customer_name`, `product_name`.
    pub fn is_of_person(&self) -> bool {
        let rest = self.rest();
        match rest.is_empty() {
            true => self.place == CollectionKind::Person,
            false => collection::names_person(&rest),
        }
    }
}

/// Without what repeats the table's name in each column: `c_name` in `customer`, `od_price` in `order_detail`.
fn without_prefix(own: Vec<String>, table: &[String]) -> Vec<String> {
    let Some((first, rest)) =
        own.split_first().filter(|(first, rest)| !rest.is_empty() && words::known(first).is_none())
    else {
        return own;
    };
    let initials: String = table.iter().filter_map(|w| w.chars().next()).collect();
    match table.iter().any(|w| w.starts_with(first.as_str())) || initials == *first {
        true => rest.to_vec(),
        false => own,
    }
}

/// In a document the part before may belong to the name: `device.id`, `card.number`.
fn with_parent(own: &[String], parent: Option<&Vec<String>>) -> Option<Found<Says>> {
    let parent = parent.filter(|_| own.len() == 1)?;
    let words: Vec<String> = parent.iter().chain(own).cloned().collect();
    let found = rules::best(&words).filter(|f| f.to == words.len() && f.to - f.from > 1)?;
    Some(Found { says: found.says, from: 0, to: own.len() })
}
