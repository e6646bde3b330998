//! What a column's name means where it stands: a name that means one thing, or several, of which place and values choose.

use super::collection::CollectionKind::*;
use super::content::{Content, is_status};
use super::kind::Kind;
use super::name::Name;
use super::rules::Says;
use super::{contact, device, forms, money, person, secret, text};

/// What the name says in its place, and how sure that is.
pub(super) fn by_name(name: &Name, content: &Content) -> Option<(Kind, u8)> {
    let found = name.found.as_ref()?;
    let nobody = matches!(name.place, Catalogue | Organisation);
    Some(match found.says {
        Says::Is(kind) => certain(kind, name, content),
        Says::Perhaps(kind) => perhaps(kind, name, content),
        Says::Name => of_name(name, content),
        Says::Title => title(name, content),
        Says::Text => free_text(name, content),
        Says::Number => number(name, content),
        Says::Code if name.place == Instrument && name.rest().is_empty() => match content.is_empty() {
            true => (Kind::SecurityCode, 60),
            false if content.share(secret::is_security_code) >= 80 => (Kind::SecurityCode, 85),
            false => (Kind::Code, 80),
        },
        Says::Code => (Kind::Code, 80),
        Says::State => state(name, content),
        Says::Picture if name.place == Person => (Kind::Picture, 88),
        Says::Picture => (Kind::ThingText, 70),
        Says::Contact if name.words.iter().any(|w| w == "value") => value(name, content)?,
        Says::Contact => {
            reached(content).unwrap_or(if nobody { (Kind::ThingText, 60) } else { (Kind::PersonName, 50) })
        }
        Says::Doer => doer(content),
    })
}

/// A name that can mean one thing: what its place still changes.
fn certain(kind: Kind, name: &Name, content: &Content) -> (Kind, u8) {
    let nobody = matches!(name.place, Catalogue | Organisation);
    match kind {
        // The address of a shop or a city is nobody's.
        kind if nobody && kind.is_address() => (Kind::ThingText, 75),
        Kind::Email | Kind::Phone | Kind::Fax | Kind::PersonName | Kind::Social if nobody => (kind, 60),
        Kind::FreeText if name.place == Publication => (Kind::PublicText, 88),
        Kind::FreeText if name.place == Catalogue => (Kind::ThingText, 70),
        Kind::FreeText if is_code_text(content) => (Kind::Code, 60),
        Kind::FirstName | Kind::LastName if name.place == Catalogue => (kind, 65),
        Kind::Health | Kind::Politics | Kind::Ethnicity | Kind::Religion | Kind::Genetic if name.place == Catalogue => {
            (Kind::ThingText, 70)
        }
        Kind::Picture if nobody => (Kind::ThingText, 70),
        kind if name.place == Catalogue && kind.is_personal() && !kind.is_secret() => (kind, 55),
        kind => (kind, 92),
    }
}

/// Whether what is called a text holds single words from a list.
fn is_code_text(content: &Content) -> bool {
    content.is_list_of_codes() && content.share(|t| text::words(t) >= 3) < 10
}

/// A name that can mean several things: the place and the values decide.
fn perhaps(kind: Kind, name: &Name, content: &Content) -> (Kind, u8) {
    let nobody = matches!(name.place, Catalogue | Organisation);
    let person = matches!(name.place, Person | Address | Instrument);
    let fit = forms::fits(kind, content).map(|(share, _)| share);
    match kind {
        kind if kind.is_address() => match (nobody, person || name.is_qualified()) {
            (true, _) if !name.is_qualified() => (Kind::ThingText, 75),
            (_, true) => (kind, 90),
            _ if kind == Kind::PostalCode => (kind, 78),
            _ => (kind, 72),
        },
        Kind::Secret => pin(name, content),
        Kind::BankAccount => bank(name),
        Kind::FreeText => topic(name, content),
        Kind::Financial if matches!(name.place, Person | Instrument) => (kind, 80),
        Kind::Financial => (Kind::Money, 70),
        Kind::Coordinates if nobody => (Kind::Quantity, 70),
        Kind::Coordinates if !content.is_empty() && fit.unwrap_or(0) < 60 => (Kind::Quantity, 50),
        Kind::Coordinates => (kind, if name.place == Unknown { 65 } else { 85 }),
        Kind::PageVisited | Kind::Place if matches!(name.place, Person | Event | Device | Message) => (kind, 75),
        Kind::PageVisited | Kind::Place => (Kind::ThingText, 60),
        Kind::Company if name.place == Organisation => (kind, 60),
        Kind::Company if nobody => (Kind::ThingText, 70),
        Kind::Company => (kind, 80),
        Kind::Age | Kind::Language | Kind::JobTitle | Kind::Workplace | Kind::Education | Kind::WebPage
            if name.place == Person =>
        {
            (kind, 85)
        }
        Kind::Age => (kind, 60),
        Kind::WebPage | Kind::Education => (Kind::ThingText, 60),
        Kind::Language | Kind::JobTitle | Kind::Workplace => (Kind::Code, 60),
        Kind::FirstName | Kind::LastName | Kind::DateOfBirth if name.place == Person => (kind, 88),
        Kind::FirstName | Kind::LastName => (Kind::Unknown, 0),
        kind => (kind, 60),
    }
}

fn pin(name: &Name, content: &Content) -> (Kind, u8) {
    let digits = |n: std::ops::RangeInclusive<usize>| {
        content.share(|t| n.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()))
    };
    match name.place {
        Person | Instrument | Device if content.is_empty() || digits(4..=6) < 90 || digits(4..=4) >= 90 => {
            (Kind::Secret, 78)
        }
        Address | Person if digits(6..=6) >= 90 => (Kind::PostalCode, 65),
        Catalogue | Organisation => (Kind::Code, 60),
        _ => (Kind::Secret, 55),
    }
}

fn bank(name: &Name) -> (Kind, u8) {
    let numbered = name.words.iter().any(|w| matches!(w.as_str(), "account" | "acct"));
    match (name.place, numbered) {
        (Instrument, _) => (Kind::BankAccount, 88),
        (Person, true) => (Kind::AccountNumber, 60),
        (Person, false) => (Kind::BankAccount, 72),
        (Catalogue | Organisation, false) => (Kind::ThingText, 65),
        (_, true) => (Kind::Identifier, 60),
        (_, false) => (Kind::BankAccount, 55),
    }
}

/// The subject of a message, the reason for something.
fn topic(name: &Name, content: &Content) -> (Kind, u8) {
    match name.place {
        Message => (Kind::FreeText, 85),
        Publication => (Kind::PublicText, 80),
        Catalogue | Organisation => (Kind::ThingText, 70),
        _ if content.share(text::is_prose) >= 30 => (Kind::FreeText, 78),
        _ if is_code_text(content) => (Kind::Code, 70),
        _ if content.is_empty() => (Kind::FreeText, 55),
        _ => (Kind::ThingText, 55),
    }
}

/// `name`, `customer_name`, `product_name`.
fn of_name(name: &Name, content: &Content) -> (Kind, u8) {
    let people = content.share(person::is_person_name);
    if name.is_of_person() {
        return (Kind::PersonName, 90);
    }
    match (name.rest().is_empty(), name.place) {
        (false, _) if people >= 60 => (Kind::PersonName, 60),
        (false, _) => (Kind::ThingText, 80),
        (true, Catalogue | Device) => (Kind::ThingText, if people >= 60 { 60 } else { 85 }),
        (true, Organisation) if people >= 60 => (Kind::PersonName, 60),
        (true, Organisation) => (Kind::Company, 60),
        (true, _) if people >= 50 => (Kind::PersonName, 80),
        (true, Address | Proof) if content.is_empty() || people >= 20 => (Kind::PersonName, 72),
        (true, _) if people >= 20 || content.is_empty() => (Kind::PersonName, 50),
        (true, _) => (Kind::ThingText, 60),
    }
}

fn title(name: &Name, content: &Content) -> (Kind, u8) {
    let salutation = content.share(person::is_salutation) >= 60;
    match name.place {
        _ if salutation => (Kind::Salutation, 88),
        Person if name.rest().is_empty() => (Kind::JobTitle, 85),
        Message => (Kind::FreeText, 80),
        Publication => (Kind::PublicText, 80),
        Catalogue | Organisation => (Kind::ThingText, 85),
        _ if content.share(text::is_prose) >= 40 => (Kind::FreeText, 72),
        _ => (Kind::ThingText, 60),
    }
}

/// `description`, `content`, `text`.
fn free_text(name: &Name, content: &Content) -> (Kind, u8) {
    let prose = content.share(text::is_prose);
    match name.place {
        Catalogue | Organisation => (Kind::ThingText, 85),
        Publication => (Kind::PublicText, 88),
        Message => (Kind::FreeText, 92),
        _ if is_code_text(content) => (Kind::ThingText, 65),
        Person => (Kind::FreeText, 80),
        _ if prose >= 30 => (Kind::FreeText, 80),
        _ if content.is_empty() => (Kind::FreeText, 55),
        _ => (Kind::ThingText, 55),
    }
}

/// `number`, `nr`: of what, the place says.
fn number(name: &Name, content: &Content) -> (Kind, u8) {
    if !name.rest().is_empty() {
        return if super::collection::names_person(&name.rest()) {
            (Kind::AccountNumber, 82)
        } else {
            (Kind::Identifier, 75)
        };
    }
    let cards = content.share(|t| money::is_card(t) || money::is_masked_card(t));
    match name.place {
        Instrument if name.stands_in(&["bank", "konto", "conto", "cuenta", "iban", "bankverbindung"]) => {
            (Kind::BankAccount, 85)
        }
        Instrument if content.is_empty() || cards >= 50 => (Kind::CardNumber, 88),
        Proof if name.stands_in(&["passport", "reisepass", "passeport"]) => (Kind::Passport, 88),
        Proof => (Kind::OfficialNumber, 82),
        ContactPoint if content.is_empty() || content.share(contact::could_be_phone) >= 80 => (Kind::Phone, 85),
        Address => (Kind::Street, 75),
        Person => (Kind::AccountNumber, 60),
        _ => (Kind::Identifier, 72),
    }
}

/// `state`: of an address, or what a thing is in.
fn state(name: &Name, content: &Content) -> (Kind, u8) {
    let status = content.share(is_status) >= 30;
    match name.place {
        _ if name.is_qualified() && !status => (Kind::State, 90),
        _ if status || content.whole() >= 90 => (Kind::Code, 80),
        Address | Person => (Kind::State, 86),
        Catalogue | Organisation => (Kind::ThingText, 75),
        _ if content.share(|t| t.len() <= 3 && t.bytes().all(|b| b.is_ascii_uppercase())) >= 80 => (Kind::State, 70),
        _ => (Kind::Code, 60),
    }
}

/// How somebody is reached, by what the values are.
fn reached(content: &Content) -> Option<(Kind, u8)> {
    let ways: [(Kind, forms::Is); 3] = [
        (Kind::Email, contact::is_email),
        (Kind::Phone, contact::could_be_phone),
        (Kind::PersonName, person::is_person_name),
    ];
    ways.into_iter().find(|(_, is)| content.share(is) >= 50).map(|(kind, _)| (kind, 78))
}

/// `value`, `meta_value`: something that another column of the record names.
fn value(name: &Name, content: &Content) -> Option<(Kind, u8)> {
    match name.place {
        ContactPoint | Person => Some(reached(content).unwrap_or((Kind::Mixed, 75))),
        KeyValue => Some((Kind::Mixed, 75)),
        _ => None,
    }
}

/// By whom something was done: a number, or a name.
fn doer(content: &Content) -> (Kind, u8) {
    match content {
        c if c.is_empty() => (Kind::Identifier, 55),
        c if c.whole() >= 80 || c.share(device::is_uuid) >= 80 => (Kind::Identifier, 85),
        c if c.share(contact::is_email) >= 50 => (Kind::Email, 85),
        c if c.share(person::is_person_name) >= 40 => (Kind::PersonName, 82),
        c if c.is_list_of_codes() || c.share(|t| t.chars().any(char::is_alphabetic)) < 80 => (Kind::Identifier, 50),
        // One word each, or a name nobody counts as common: people all the same.
        _ => (Kind::PersonName, 62),
    }
}
