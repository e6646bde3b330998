//! What values say by themselves, where their form can hardly be an accident.

use super::check_digits::NUMBERS;
use super::content::Content;
use super::kind::Kind;
use super::{contact, device, money, secret};

/// Whether a text has a form.
pub(super) type Is = fn(&str) -> bool;

/// What the form of most values says.
pub(super) struct Form {
    /// What they are.
    pub kind: Kind,
    /// How sure that is without any other hint.
    pub confidence: u8,
    /// What they look like, for people.
    pub like: &'static str,
    /// How many values look like it.
    pub count: usize,
}

/// A form: its kind, what to call it, what must hold of how many in a hundred, of how many different values.
struct Test {
    kind: Kind,
    like: &'static str,
    is: Is,
    share: usize,
    distinct: usize,
    confidence: u8,
}

const fn test(kind: Kind, like: &'static str, is: Is, share: usize, distinct: usize, confidence: u8) -> Test {
    Test { kind, like, is, share, distinct, confidence }
}

const TESTS: [Test; 12] = [
    test(Kind::Email, "e-mail addresses", contact::is_email, 80, 1, 95),
    test(Kind::Password, "password hashes", secret::is_password_hash, 80, 1, 95),
    test(Kind::Secret, "access tokens or keys", secret::is_token, 80, 1, 92),
    test(Kind::UserAgent, "descriptions of browsers", device::is_user_agent, 60, 1, 92),
    test(Kind::BankAccount, "international bank account numbers", money::is_iban, 80, 1, 95),
    test(Kind::DeviceId, "hardware addresses", device::is_mac, 90, 2, 90),
    test(Kind::IpAddress, "network addresses", device::is_ip, 80, 1, 88),
    test(Kind::CardNumber, "payment card numbers with valid check digits", money::is_card, 90, 4, 92),
    test(Kind::CardNumber, "masked payment card numbers", money::is_masked_card, 80, 3, 90),
    test(Kind::Coordinates, "pairs of coordinates", is_pair, 90, 3, 80),
    test(Kind::Phone, "telephone numbers", is_international, 85, 3, 80),
    test(Kind::Phone, "telephone numbers", contact::is_phone, 95, 5, 65),
];

/// What the values say by themselves; none where their form is common.
pub(super) fn strong(content: &Content) -> Option<Form> {
    let found = TESTS.iter().find(|t| {
        content.distinct() >= t.distinct
            && content.share(t.is) >= t.share
            && (t.kind != Kind::IpAddress || telling(content))
    });
    let found =
        found.map(|t| Form { kind: t.kind, confidence: t.confidence, like: t.like, count: content.count(t.is) });
    found.or_else(|| points(content)).or_else(|| national_id(content, true))
}

/// Ways to reach somebody, of both kinds in one column: people are found by the addresses among them.
fn points(content: &Content) -> Option<Form> {
    let number =
        |text: &str| contact::could_be_phone(text) && (text.starts_with(['+', '0']) || contact::is_phone(text));
    let is = |text: &str| contact::is_email(text) || number(text);
    let mixed = content.distinct() >= 5
        && content.share(is) >= 90
        && content.share(contact::is_email) >= 10
        && content.share(number) >= 10;
    let like = "e-mail addresses and telephone numbers";
    mixed.then(|| Form { kind: Kind::Email, confidence: 90, like, count: content.count(is) })
}

/// The national identification numbers that the values are; `telling` asks for a form that says so without a name.
pub(super) fn national_id(content: &Content, telling: bool) -> Option<Form> {
    let fits = |is: Is| content.share(is) >= 85 && (content.distinct() >= 3 || !telling && !content.is_empty());
    let found = NUMBERS.iter().find(|n| (n.telling || !telling) && fits(n.is));
    found.map(|n| Form { kind: Kind::NationalId, confidence: 88, like: n.name, count: content.count(n.is) })
}

fn is_international(text: &str) -> bool {
    text.starts_with('+') && contact::is_phone(text)
}

fn is_pair(text: &str) -> bool {
    device::is_coordinate(text) && (text.contains(',') || text.starts_with("POINT"))
}

fn telling(content: &Content) -> bool {
    content.share(device::is_telling_ip) >= 30
}

/// Whether the values can be what the name says: how many in a hundred fit, and what they are called; none where any
/// value fits.
pub(super) fn fits(kind: Kind, content: &Content) -> Option<(usize, &'static str)> {
    use super::content::is_birth;
    use super::person;
    Some(match kind {
        Kind::Email => (content.share(contact::is_email), "e-mail addresses"),
        Kind::Phone | Kind::Fax => (content.share(contact::could_be_phone), "telephone numbers"),
        Kind::DateOfBirth => (content.share(is_birth), "dates"),
        Kind::IpAddress => (
            content.share(|t| device::is_ip(t) || device::is_cut_ip(t) || t.parse::<u32>().is_ok()),
            "network addresses",
        ),
        Kind::CardNumber => (content.share(is_card_like), "card numbers"),
        Kind::CardExpiry => {
            (content.share(|t| money::is_expiry(t) || super::content::is_date(t) || t.len() <= 4), "months and years")
        }
        Kind::SecurityCode => (content.share(|t| secret::is_security_code(t) || t.len() > 12), "short numbers"),
        Kind::Coordinates => (content.share(|t| device::is_coordinate(t) || t.parse::<i16>().is_ok()), "coordinates"),
        Kind::Age => {
            (content.share(|t| t.parse::<u8>().is_ok_and(|age| age <= 120) || t.contains('-') && t.len() <= 7), "ages")
        }
        Kind::Gender => (content.share(|t| person::is_gender(t) || t.len() <= 2), "genders"),
        _ => return None,
    })
}

fn is_card_like(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    money::is_masked_card(text) || (4..=19).contains(&digits) && digits * 2 >= text.len() || text.len() >= 24
}
