//! What is looked for after an erasure: the identifiers by which the person can be told apart wherever they stand.
//!
//! They come from the plan alone: the subjects as resolved, and what else was written in their own records in place of
//! an identifier. What many people share (names, places, short numbers) proves nothing where it stands loose: that is
//! searched through the map, in the fields of its identity.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::map::{Collection, DataMap, NormalForm, Strength};
use crate::plan::{Plan, Written};

/// One identifier of a subject.
#[derive(Clone, PartialEq)]
pub struct Sought {
    /// What kind it is: an identity of the map, or a category.
    pub kind: String,
    /// How it is compared.
    pub form: NormalForm,
    /// Its normal form. Personal data.
    pub normal: String,
    /// Spellings in which it stood in the sources, the normal form among them. Personal data.
    pub spellings: BTreeSet<String>,
    /// Whether somebody else may hold it too.
    pub shared: bool,
    /// Hashes of it that the map says are kept.
    pub hashes: Vec<crate::map::HashKind>,
}

impl fmt::Debug for Sought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sought({}, {} spellings)", self.kind, self.spellings.len())
    }
}

/// Categories whose values tell a person apart as an identity does, and how they are compared.
const TELLING: [(&str, NormalForm); 10] = [
    ("user.contact.email", NormalForm::Email),
    ("user.contact.phone_number", NormalForm::Phone),
    ("user.contact.fax_number", NormalForm::Phone),
    ("user.financial.bank_account", NormalForm::Text),
    ("user.financial.credit_card", NormalForm::Text),
    ("user.government_id", NormalForm::Text),
    ("user.account.username", NormalForm::Text),
    ("user.unique_id", NormalForm::Text),
    ("user.device.cookie_id", NormalForm::Text),
    ("user.device.device_id", NormalForm::Text),
];

/// How values of that category are compared, where they tell a person apart.
fn telling(category: &str) -> Option<NormalForm> {
    let within = |key: &str| category.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    TELLING.iter().find(|(key, _)| within(key)).map(|(_, form)| *form)
}

/// The fields of a collection that hold what tells its owner apart: field, kind, form. Identities in every collection;
/// by category only where each record is a person's, for elsewhere an address may be anybody's.
pub fn telling_fields<'m>(map: &'m DataMap, collection: &'m Collection) -> Vec<(&'m str, &'m str, NormalForm)> {
    let of = |(name, path): &'m (String, crate::record::FieldPath)| {
        Some((path.as_str(), name.as_str(), map.identities.get(name)?.normal))
    };
    let mut fields: Vec<_> = collection.identities.iter().filter_map(of).collect();
    if collection.person {
        for (name, field) in &collection.fields {
            let known = fields.iter().any(|(path, ..)| path == name);
            let own = field.about == crate::map::About::Subject;
            if let Some(category) = field.category.as_deref().filter(|_| !known && own)
                && let Some(form) = telling(category)
            {
                fields.push((name, category, form));
            }
        }
    }
    fields
}

/// What the plan's subjects are looked for by.
pub fn of(map: &DataMap, plan: &Plan) -> Vec<Sought> {
    let mut all: BTreeMap<(String, String), Sought> = BTreeMap::new();
    let mut add = |kind: &str, text: &str, country: Option<&str>| {
        let identity = map.identities.get(kind);
        let Some(form) = identity.map(|i| i.normal).or_else(|| telling(kind)) else { return };
        let normal = form.apply(text, country).into_owned();
        if !is_distinctive(form, &normal) {
            return;
        }
        let new = || Sought {
            kind: kind.to_owned(),
            form,
            normal: normal.clone(),
            spellings: BTreeSet::from([normal.clone()]),
            shared: identity.is_none_or(|i| i.strength == Strength::Shared),
            hashes: identity.map(|i| i.hashes.clone()).unwrap_or_default(),
        };
        let sought = all.entry((kind.to_owned(), normal.clone())).or_insert_with(new);
        sought.spellings.insert(text.trim().to_owned());
    };
    for (kind, normals) in plan.header.subjects.iter().flat_map(|s| &s.identifiers) {
        normals.iter().for_each(|normal| add(kind, normal, None));
    }
    for Written { kind, text, country } in &plan.header.written {
        add(kind, text, country.as_deref());
    }
    // The same number under two kinds is one thing to look for.
    let mut seen = BTreeSet::new();
    let mut sought: Vec<Sought> = all.into_values().collect();
    sought.sort_by_key(|s| (s.shared, s.kind.contains('.')));
    sought.retain(|s| seen.insert((s.form == NormalForm::Phone, s.normal.clone())));
    sought
}

/// Whether a value is hardly anybody else's, so that it means the person wherever it stands.
fn is_distinctive(form: NormalForm, normal: &str) -> bool {
    let count = |what: fn(&char) -> bool| normal.chars().filter(what).count();
    let (length, digits) = (normal.chars().count(), count(char::is_ascii_digit));
    let is_address = normal.split_once('@').is_some_and(|(name, place)| !name.is_empty() && place.len() > 2);
    match form {
        NormalForm::Phone => digits >= super::phones::SHORTEST,
        _ if is_address => length >= super::matcher::SHORTEST,
        NormalForm::Email => false,
        _ if !(8..=200).contains(&length) => false,
        _ if digits == length => length >= 9,
        // Words are names of many things.
        _ if digits == 0 => length >= 12 && !normal.contains(char::is_whitespace),
        _ => digits >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_people_share_is_not_looked_for() {
        use NormalForm::*;
        let distinctive = [
            (Email, "ana@x.example"),
            (Phone, "+6561234567"),
            (Phone, "6123456"),
            (Text, "ana@x.example"),
            (Exact, "4711-0815-ab"),
            (Text, "123456789"),
            (Exact, "2b1e5c1e-8f6f-4f1e-9c68-f0f0b4c0a001"),
            (Text, "quillfeather"),
        ];
        let common = [
            (Email, "ana"),
            (Email, "@"),
            (Phone, "112"),
            (Text, "luís"),
            (Text, "luís gonçalves"),
            (Exact, "42"),
            (Exact, "20240501"),
            (Text, "são paulo"),
            (Exact, ""),
        ];
        distinctive.iter().for_each(|(form, text)| assert!(is_distinctive(*form, text), "{text}"));
        common.iter().for_each(|(form, text)| assert!(!is_distinctive(*form, text), "{text}"));
    }
}
