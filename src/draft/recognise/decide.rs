//! Weighs name, place and values against each other.

use super::collection::CollectionKind::{Catalogue, Organisation};
use super::content::Content;
use super::kind::Kind;
use super::name::Name;
use super::{ColumnLook, contact, device, forms, meaning, person, text};
use crate::source::ValueType;

/// What was decided, how sure that is, and why.
pub(super) struct Verdict {
    pub kind: Kind,
    pub confidence: u8,
    pub evidence: String,
}

fn verdict(kind: Kind, confidence: u8, evidence: impl Into<String>) -> Verdict {
    Verdict { kind, confidence, evidence: evidence.into() }
}

/// Decides what a column holds.
pub(super) fn decide(look: &ColumnLook<'_>, name: &Name, content: &Content) -> Verdict {
    let by_name = meaning::by_name(name, content).map(|(kind, sure)| tempered(look, name, content, kind, sure));
    let by_form = forms::strong(content).filter(|form| is_believed(form, by_name.as_ref()));
    match (by_name, by_form) {
        (Some(named), Some(form)) if named.kind == form.kind => {
            verdict(form.kind, 99, format!("{}; {}", named.evidence, counted(form.count, content, form.like)))
        }
        // What somebody logs in with may be an e-mail address: it stays a user name, and finds as an address.
        (Some(named), Some(form)) if named.kind == Kind::Username && form.kind == Kind::Email => {
            verdict(Kind::Email, 97, format!("{}; {}", named.evidence, counted(form.count, content, form.like)))
        }
        (_, Some(form)) => verdict(form.kind, form.confidence, counted(form.count, content, form.like)),
        (Some(named), None) => named,
        (None, None) => unnamed(look, name, content),
    }
}

fn counted(count: usize, content: &Content, like: &str) -> String {
    format!("{count} of {} sampled values look like {like}", content.filled())
}

/// Whether the form of the values outweighs what the name says.
fn is_believed(form: &forms::Form, named: Option<&Verdict>) -> bool {
    let Some(named) = named else { return true };
    match form.kind {
        // Groups of digits are a telephone number only where the name leaves it open.
        Kind::Phone => {
            named.kind == Kind::Phone
                || named.confidence < 70 && !named.kind.is_personal()
                || named.kind == Kind::AccountNumber && named.confidence < 70
        }
        Kind::NationalId => {
            !matches!(named.kind, Kind::Phone | Kind::Fax) && (named.kind.is_personal() || named.confidence <= 80)
        }
        Kind::IpAddress | Kind::Coordinates | Kind::DeviceId => named.kind != Kind::Code,
        Kind::CardNumber => named.kind != Kind::DeviceId,
        Kind::UserAgent => !named.kind.is_secret(),
        _ => true,
    }
}

/// What the name says, held against the type and the values.
fn tempered(look: &ColumnLook<'_>, name: &Name, content: &Content, kind: Kind, sure: u8) -> Verdict {
    let says = "its name says so";
    if let Some(typed @ (Kind::IpAddress | Kind::DeviceId | Kind::Coordinates)) = by_type(look.declared) {
        return verdict(typed, 90, "its type says so");
    }
    let numeric = matches!(look.ty, ValueType::Int | ValueType::Decimal | ValueType::Float) || content.whole() >= 90;
    if is_written(kind) && (look.ty == ValueType::Bool || content.is_boolean()) {
        return verdict(Kind::Flag, 80, "its values are yes or no");
    }
    if is_prose_kind(kind) && numeric && !content.is_binary() {
        let number = if kind == Kind::FreeText || kind == Kind::PublicText { Kind::Quantity } else { Kind::Identifier };
        return verdict(number, 75, "it holds numbers");
    }
    let coded = |t: &str| !t.contains(' ') && t.bytes().filter(u8::is_ascii_digit).count() >= 3;
    if kind.is_name() && content.filled() >= 3 && content.share(coded) >= 80 {
        return verdict(Kind::Identifier, 75, "it holds numbers of records, not names");
    }
    if kind == Kind::NationalId
        && let Some(form) = forms::national_id(content, false)
    {
        return verdict(kind, 98, format!("{says}; {}", counted(form.count, content, form.like)));
    }
    let Some((share, like)) = forms::fits(kind, content).filter(|_| !content.is_empty() && !content.is_binary()) else {
        let sure = if content.is_empty() { sure.min(88) } else { sure };
        return verdict(kind, sure, says);
    };
    match share {
        80.. => verdict(kind, sure.saturating_add(5).min(97), format!("{says}; its values look like {like}")),
        30..80 => verdict(kind, sure.min(75), format!("{says}; {share} % of its values look like {like}")),
        _ if kind.is_secret() => verdict(kind, 55, format!("{says}; its values do not look like {like}")),
        _ => unlike(name, content, like),
    }
}

/// Kinds that are never yes or no.
fn is_written(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Email
            | Phone
            | Fax
            | Street
            | City
            | PostalCode
            | CardNumber
            | Password
            | Secret
            | FreeText
            | PublicText
            | Picture
            | Username
            | PersonName
            | WebPage
            | Social
            | Kind::Address
            | Passport
            | DrivingLicence
            | Biometric
            | Education
            | JobTitle
            | Company
            | Financial
    )
}

/// Kinds whose values are words.
fn is_prose_kind(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Email
            | PersonName
            | FirstName
            | LastName
            | FreeText
            | PublicText
            | City
            | Country
            | State
            | Kind::Address
            | Company
            | Workplace
            | JobTitle
            | WebPage
            | UserAgent
            | Picture
    )
}

/// The values are not what the name says.
fn unlike(name: &Name, content: &Content, like: &str) -> Verdict {
    let evidence = format!("its name suggests {like}, and its values are none");
    if content.share(text::is_prose) >= 40 {
        let kind = if matches!(name.place, Catalogue | Organisation) { Kind::ThingText } else { Kind::FreeText };
        return verdict(kind, 70, evidence);
    }
    verdict(Kind::Unknown, 40, evidence)
}

/// What a column is whose name says nothing: by its type and its values.
fn unnamed(look: &ColumnLook<'_>, name: &Name, content: &Content) -> Verdict {
    if let Some(kind) = by_type(look.declared) {
        return verdict(kind, 75, "its type says so");
    }
    if content.is_empty() {
        return verdict(Kind::Unknown, 0, "its name says nothing, and it is empty");
    }
    let thing = matches!(name.place, Catalogue | Organisation);
    let (kind, confidence, evidence) = match content {
        c if c.is_boolean() => (Kind::Flag, 70, "its values are yes or no"),
        // One column for all ways to reach somebody: each record says in another column which it is.
        c if reaches(c) => (Kind::Email, 75, "its values are e-mail addresses and telephone numbers"),
        c if c.share(device::is_uuid) >= 80 => (Kind::Identifier, 70, "its values are UUIDs"),
        c if c.dates() >= 80 => (Kind::Time, 70, "its values are dates"),
        c if c.share(device::is_url) >= 80 => (Kind::ThingText, 60, "its values are web addresses"),
        c if c.numbers() >= 90 => (Kind::Quantity, 50, "its values are numbers"),
        c if c.share(text::is_prose) >= 50 && thing => (Kind::ThingText, 70, "its values are sentences"),
        c if c.share(text::is_prose) >= 50 => (Kind::FreeText, 72, "its values are sentences"),
        c if c.share(person::is_person_name) >= 80 && !thing => {
            (Kind::PersonName, 55, "its values look like names of people")
        }
        c if c.is_list_of_codes() => (Kind::Code, 60, "few values come again and again"),
        _ => (Kind::Unknown, 0, "neither name nor values say what it is"),
    };
    verdict(kind, confidence, evidence)
}

/// Whether the values are e-mail addresses, and else telephone numbers or web addresses.
fn reaches(content: &Content) -> bool {
    let way = |t: &str| contact::is_email(t) || contact::is_phone(t) || device::is_url(t);
    content.share(contact::is_email) >= 20 && content.count(contact::is_email) >= 3 && content.share(way) >= 80
}

/// What a declared type says by itself.
fn by_type(declared: &str) -> Option<Kind> {
    let declared = declared.to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|n| declared.starts_with(n));
    Some(match () {
        () if is(&["inet", "cidr"]) => Kind::IpAddress,
        () if is(&["macaddr"]) => Kind::DeviceId,
        () if is(&["uuid", "uniqueidentifier", "rowversion"]) => Kind::Identifier,
        () if is(&["money", "smallmoney"]) => Kind::Money,
        () if is(&["date", "time", "year"]) => Kind::Time,
        () if is(&["bool", "bit"]) => Kind::Flag,
        () if is(&["geometry", "geography", "point"]) => Kind::Coordinates,
        () => return None,
    })
}
