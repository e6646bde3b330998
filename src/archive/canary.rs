//! The last look before an archive exists: does what goes out hold an identifier of somebody else?
//!
//! While records are written, what could be such an identifier is gathered from the values given: e-mail addresses and
//! telephone numbers in any text, whole values that look like an account's (letters and digits), and plain numbers in
//! fields that the map calls an identity.
//! Then the sources are asked, all at once, whether they belong to another person. The subject's own, offices of the
//! controller and what an officer released are not asked. Memory is bounded: when much has gathered, it is asked at once.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use super::review::Place;
use super::strangers::{Known, what_is};
use crate::error::{Error, Result};
use crate::map::NormalForm;

/// How many identifiers wait before they are asked.
const WAITING: usize = 50_000;

/// What an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Anything else that stands for one person.
    Id,
    /// A name of two words or three.
    Name,
    /// The number of an account or a card; whose it is nobody is asked.
    Account,
    /// A plain number where the map says of what kind it is: `account=52`.
    Number,
}

/// Who else the sources know.
pub trait Others {
    /// Those of the identifiers, in normal form, that belong to another person and not to the subject.
    fn of(&self, asked: &[(What, &str)]) -> Result<HashSet<String>>;

    /// Which of them are one other person each; with the numbers of their records, as links name them
    /// (`shop.accounts.id 9`).
    fn persons(&self, _asked: &[(What, &str)]) -> Result<Vec<Vec<String>>> {
        Ok(Vec::new())
    }
}

/// What was gathered, and what came of it.
#[derive(Default)]
pub struct Canary<'o> {
    /// Whom to ask; nobody: nothing is gathered.
    pub others: Option<&'o dyn Others>,
    waiting: RefCell<HashMap<(What, String), u32>>,
    /// Places, by number.
    places: RefCell<Vec<String>>,
    /// What belongs to others, by the place it was met first.
    found: RefCell<BTreeMap<String, BTreeMap<String, u32>>>,
    failed: RefCell<Option<Error>>,
    gathers: Cell<bool>,
}

impl Canary<'_> {
    /// Begins anew.
    pub fn begin(&self) {
        self.waiting.borrow_mut().clear();
        self.found.borrow_mut().clear();
        *self.failed.borrow_mut() = None;
        self.gathers.set(self.others.is_some());
    }

    /// Gathers nothing until it begins anew.
    pub fn rest(&self) {
        self.gathers.set(false);
    }

    /// Looks at a text that goes out.
    pub fn note(&self, known: &Known, place: Place<'_>, path: &str, text: &str) {
        if self.gathers.get() {
            candidates(known, place, path, text, &mut |what, normal| self.add(what, normal, place, path));
        }
    }

    /// Whether one of these identifiers stands in a text.
    pub fn meets(&self, known: &Known, place: Place<'_>, path: &str, text: &str, theirs: &HashSet<String>) -> bool {
        let mut meets = false;
        candidates(known, place, path, text, &mut |_, normal| meets |= theirs.contains(&normal));
        meets
    }

    /// The identifier that a text wholly is, where it is one without an address's or a number's own marks.
    pub fn whole(&self, known: &Known, place: Place<'_>, path: &str, text: &str) -> Option<String> {
        let mut whole = None;
        if memchr::memchr2(b'@', b'+', text.as_bytes()).is_none() {
            candidates(known, place, path, text, &mut |_, normal| whole = Some(normal));
        }
        whole
    }

    fn add(&self, what: What, normal: String, place: Place<'_>, path: &str) {
        let number = || {
            let name = format!("{}.{}.{path}", place.source.name, place.collection.name);
            let mut places = self.places.borrow_mut();
            let at = places.iter().rposition(|p| *p == name).unwrap_or_else(|| {
                places.push(name);
                places.len() - 1
            });
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        self.waiting.borrow_mut().entry((what, normal)).or_insert_with(number);
        if self.waiting.borrow().len() >= WAITING {
            self.ask();
        }
    }

    /// Asks what waits.
    fn ask(&self) {
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        let Some(others) = self.others.filter(|_| !waiting.is_empty()) else { return };
        let mut asked: Vec<(What, &str)> = waiting.keys().map(|(what, text)| (*what, text.as_str())).collect();
        asked.sort_unstable();
        match others.of(&asked) {
            Ok(theirs) => {
                let places = self.places.borrow();
                for ((what, text), at) in &waiting {
                    if theirs.contains(text) || *what == What::Id && theirs.contains(&text.to_lowercase()) {
                        let place = places.get(*at as usize).cloned().unwrap_or_default();
                        *self.found.borrow_mut().entry(place).or_default().entry(text.clone()).or_default() += 1;
                    }
                }
            }
            Err(error) => *self.failed.borrow_mut() = Some(error),
        }
    }

    /// What belongs to others, in normal form.
    pub fn end(&self) -> Result<HashSet<String>> {
        self.ask();
        self.gathers.set(false);
        match self.failed.borrow_mut().take() {
            Some(error) => Err(error),
            None => Ok(self.found.borrow().values().flat_map(|texts| texts.keys().cloned()).collect()),
        }
    }

    /// Refuses where something belongs to others; names places and counts, never what was found.
    pub fn check(&self) -> Result<()> {
        let found = self.end()?;
        if found.is_empty() {
            return Ok(());
        }
        let places: Vec<String> =
            self.found.borrow().iter().map(|(place, texts)| format!("{place} ({})", texts.len())).collect();
        let people = if found.len() == 1 { "1 identifier" } else { &format!("{} identifiers", found.len()) };
        Err(Error::refused(format!(
            "the archive would hold {people} of other people, in {}; nothing was written",
            places.join(", ")
        ))
        .hint(
            "look at them with --list FILE or --review, and decide on each: give (she knows them), redact or withhold",
        )
        .hint("where the whole field is about others, say so in the map: about = \"other\", or a link to the person"))
    }
}

/// What in a text could be somebody's identifier, in normal form; not what is the subject's or an office's.
fn candidates(known: &Known, place: Place<'_>, path: &str, text: &str, each: &mut dyn FnMut(What, String)) {
    if memchr::memchr2(b'@', b'+', text.as_bytes()).is_some() {
        for stranger in known.strangers(text) {
            let what = what_is(&stranger.normal);
            if what != What::Account {
                each(what, stranger.normal);
            }
        }
    } else if let Some(phone) = local_phone(place, path, text) {
        if !known.holds(&phone) {
            each(What::Phone, phone);
        }
    } else if is_like_an_id(text) && !is_own_key(place, path) && !known.holds(&text.to_lowercase()) {
        each(What::Id, text.to_owned());
    } else if let Some(identity) = number_of(place, path, text)
        && !known.holds(text)
    {
        each(What::Number, format!("{identity}={text}"));
    }
}

/// Of what kind of identifier a plain number is, by the field it stands in. Elsewhere a number says nothing: it may be a
/// price, a count, a day.
pub fn number_of<'p>(place: Place<'p>, path: &str, text: &str) -> Option<&'p str> {
    let is_number = !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number || is_own_key(place, path) {
        return None;
    }
    let mut identities = place.collection.identities.iter();
    identities.find(|(_, field)| field.as_str() == path).map(|(name, _)| name.as_str())
}

/// A telephone number without its country, in a field that the map says holds one.
fn local_phone(place: Place<'_>, path: &str, text: &str) -> Option<String> {
    let is_number = |b: u8| b.is_ascii_digit() || matches!(b, b' ' | b'(' | b')' | b'-' | b'.' | b'/');
    if !(6..=24).contains(&text.len()) || !text.bytes().all(is_number) {
        return None;
    }
    let category = place.collection.field(path)?.category.as_deref()?;
    let country = place.source.default_country.as_deref();
    let is_phone = category.starts_with("user.contact.phone_number") || category.starts_with("user.contact.fax");
    is_phone.then(|| NormalForm::Phone.apply(text, country).into_owned()).filter(|normal| normal.starts_with('+'))
}

/// Whether a whole value could be the number of an account: one word of letters and digits, long enough to be nobody
/// else's by chance.
fn is_like_an_id(text: &str) -> bool {
    (8..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
}

/// Whether a field is the record's own key or a link: what those may hold is decided by the links.
fn is_own_key(place: Place<'_>, path: &str) -> bool {
    let from = |link: &crate::map::Link| link.from.iter().any(|from| from.as_str() == path);
    place.collection.key.iter().any(|column| column == path) || place.collection.links.iter().any(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_like_an_id() {
        let cases = [
            ("6f1c2a4e-1111-4222-8333-444455556666", true),
            ("user_8x7f2", true),
            ("2024-03-05", false),
            ("20240305", false),
            ("delivered", false),
            ("two words 12", false),
            ("a1", false),
        ];
        cases.iter().for_each(|(text, is)| assert_eq!(is_like_an_id(text), *is, "{text}"));
    }
}
