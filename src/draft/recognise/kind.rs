//! What a field holds, and what follows from that: category, label, whether it is handed out, how it is emptied.
//!
//! One row a kind, in one table. How a kind is recognised is none of this file's business.

use crate::map::{Disclose, FieldErase, NormalForm};

/// An identity that a field may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentityKind {
    /// An e-mail address of one person.
    Email,
    /// A mailbox that several people read: `office@…`.
    Mailbox,
    /// A telephone number.
    Phone,
    /// The name somebody logs in with.
    Username,
    /// A number given to a person (customer number, member number), not the record's technical key.
    Account,
    /// The id of a cookie.
    Cookie,
    /// The id of a device.
    Device,
    /// A number that a state gives to a person.
    NationalId,
}

impl IdentityKind {
    /// The name proposed for it in the map.
    pub fn name(self) -> &'static str {
        match self {
            IdentityKind::Email => "email",
            IdentityKind::Mailbox => "mailbox",
            IdentityKind::Phone => "phone",
            IdentityKind::Username => "username",
            IdentityKind::Account => "account_number",
            IdentityKind::Cookie => "cookie",
            IdentityKind::Device => "device",
            IdentityKind::NationalId => "national_id",
        }
    }

    /// How its values are compared.
    pub fn normal(self) -> NormalForm {
        match self {
            IdentityKind::Email | IdentityKind::Mailbox => NormalForm::Email,
            IdentityKind::Phone => NormalForm::Phone,
            IdentityKind::Username | IdentityKind::NationalId => NormalForm::Text,
            IdentityKind::Account | IdentityKind::Cookie | IdentityKind::Device => NormalForm::Exact,
        }
    }
}

/// How a field of a kind is emptied where its record stays.
#[derive(Clone, Copy)]
enum Emptied {
    /// Nothing to empty: it is not personal by itself.
    No,
    Null,
    Tombstone,
    /// A text that says it was removed.
    Removed,
    /// A text no password has as its hash.
    Locked,
}

macro_rules! kinds {
    ($( $(#[$doc:meta])* $kind:ident, $category:expr, $label:expr, $disclose:expr, $erase:expr, $identity:expr; )*) => {
        /// What a field holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $( $(#[$doc])* $kind, )* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            fn row(self) -> (Option<&'static str>, &'static str, Option<Disclose>, Emptied, Option<IdentityKind>) {
                match self { $( Kind::$kind => ($category, $label, $disclose, $erase, $identity), )* }
            }
        }
    };
}

use Disclose::{Never, Review};
use Emptied::{Locked, No, Null, Removed, Tombstone};

kinds! {
    /// An e-mail address.
    Email, Some("user.contact.email"), "E-mail address", None, Tombstone, Some(IdentityKind::Email);
    /// A telephone number.
    Phone, Some("user.contact.phone_number"), "Telephone", None, Null, Some(IdentityKind::Phone);
    /// A fax number.
    Fax, Some("user.contact.fax_number"), "Fax", None, Null, None;
    /// A whole postal address, or a part of one not told apart.
    Address, Some("user.contact.address"), "Address", None, Null, None;
    /// Street, house number, second line.
    Street, Some("user.contact.address.street"), "Street", None, Null, None;
    /// City.
    City, Some("user.contact.address.city"), "City", None, Null, None;
    /// State, province, county.
    State, Some("user.contact.address.state"), "State", None, Null, None;
    /// Postal code.
    PostalCode, Some("user.contact.address.postal_code"), "Postal code", None, Null, None;
    /// Country.
    Country, Some("user.contact.address.country"), "Country", None, Null, None;
    /// A person's web page.
    WebPage, Some("user.contact.url"), "Web page", None, Null, None;
    /// A handle or id in a social network.
    Social, Some("user.social"), "Social network account", None, Null, None;

    /// A person's whole name.
    PersonName, Some("user.name"), "Name", None, Removed, None;
    /// Given name, middle name.
    FirstName, Some("user.name.first"), "First name", None, Removed, None;
    /// Family name.
    LastName, Some("user.name.last"), "Last name", None, Removed, None;
    /// Salutation, academic title.
    Salutation, Some("user.name"), "Form of address", None, Null, None;
    /// The name somebody logs in with or is shown under.
    Username, Some("user.account.username"), "User name", None, Tombstone, Some(IdentityKind::Username);
    /// A number given to a person.
    AccountNumber, Some("user.unique_id"), "Customer number", None, Null, Some(IdentityKind::Account);
    /// Date or year of birth.
    DateOfBirth, Some("user.demographic.date_of_birth"), "Date of birth", None, Null, None;
    /// Date of death.
    DateOfDeath, Some("user.demographic"), "Date of death", None, Null, None;
    /// Age.
    Age, Some("user.demographic.age_range"), "Age", None, Null, None;
    /// Gender.
    Gender, Some("user.demographic.gender"), "Gender", None, Null, None;
    /// Place of birth.
    BirthPlace, Some("user.demographic"), "Place of birth", None, Null, None;
    /// Nationality.
    Nationality, Some("user.demographic"), "Nationality", None, Null, None;
    /// Language.
    Language, Some("user.demographic.language"), "Language", None, Null, None;
    /// Marital status.
    MaritalStatus, Some("user.demographic.marital_status"), "Marital status", None, Null, None;
    /// Position.
    JobTitle, Some("user.job_title"), "Position", None, Null, None;
    /// Employer, department.
    Workplace, Some("user.workplace"), "Workplace", None, Null, None;
    /// The company a person belongs to or acts for.
    Company, Some("user.contact.organization"), "Company", None, Null, None;
    /// Education.
    Education, Some("user.demographic.profile"), "Education", None, Null, None;
    /// Somebody's children, by name or number.
    Children, Some("user.childrens"), "Children", None, Null, None;
    /// A picture of a person.
    Picture, Some("user.content.self_image"), "Picture", None, Null, None;

    /// A password or its hash.
    Password, Some("user.authorization.password"), "Password (hashed)", Some(Never), Locked, None;
    /// A token, salt, key, or the answer to a security question.
    Secret, Some("user.authorization.credentials"), "Access secret", Some(Never), Null, None;
    /// The security code of a payment card.
    SecurityCode, Some("user.financial.credit_card"), "Card security code", Some(Never), Null, None;

    /// A payment card's number, whole or in part.
    CardNumber, Some("user.financial.credit_card"), "Card number", None, Null, None;
    /// A payment card's expiry.
    CardExpiry, Some("user.financial.credit_card"), "Card expiry", None, Null, None;
    /// IBAN, account number, routing number.
    BankAccount, Some("user.financial.bank_account"), "Bank account", None, Null, None;
    /// Salary, credit score, balance.
    Financial, Some("user.financial"), "Financial circumstances", None, Null, None;

    /// A state's number for a person.
    NationalId, Some("user.government_id.national_identification_number"), "National identification number",
        None, Null, Some(IdentityKind::NationalId);
    /// Passport number.
    Passport, Some("user.government_id.passport_number"), "Passport number", None, Null, None;
    /// Driving licence number.
    DrivingLicence, Some("user.government_id.drivers_license_number"), "Driving licence number", None, Null, None;
    /// Residence permit, visa.
    Immigration, Some("user.government_id.immigration"), "Residence permit", None, Null, None;
    /// Number plate, vehicle identification number.
    Vehicle, Some("user.government_id.vehicle_registration"), "Vehicle registration", None, Null, None;
    /// A tax office's number, or another official one.
    OfficialNumber, Some("user.government_id"), "Official number", None, Null, None;

    /// An IP address.
    IpAddress, Some("user.device.ip_address"), "IP address", None, Null, None;
    /// A browser's description of itself.
    UserAgent, Some("user.device"), "Browser", None, Null, None;
    /// The id of a cookie, of a visitor.
    CookieId, Some("user.device.cookie_id"), "Cookie", None, Null, Some(IdentityKind::Cookie);
    /// The id of a device, its hardware address, an advertising id.
    DeviceId, Some("user.device.device_id"), "Device", None, Null, Some(IdentityKind::Device);
    /// The id of a session.
    SessionId, Some("user.unique_id.pseudonymous"), "Session", None, Null, None;
    /// Coordinates.
    Coordinates, Some("user.location.precise"), "Place (coordinates)", None, Null, None;
    /// A place, roughly.
    Place, Some("user.location.imprecise"), "Place", None, Null, None;
    /// A page visited, and where from.
    PageVisited, Some("user.behavior.browsing_history"), "Page visited", None, Null, None;
    /// What was searched for.
    SearchTerms, Some("user.behavior.search_history"), "Search terms", None, Null, None;

    /// Health.
    Health, Some("user.health_and_medical"), "Health", None, Null, None;
    /// A number by which health records are kept or insured.
    HealthNumber, Some("user.health_and_medical.record_id"), "Health record or insurance number", None, Null, None;
    /// Genetic data.
    Genetic, Some("user.health_and_medical.genetic"), "Genetic data", None, Null, None;
    /// Biometric data.
    Biometric, Some("user.biometric"), "Biometric data", None, Null, None;
    /// Race, ethnic origin.
    Ethnicity, Some("user.demographic.race_ethnicity"), "Ethnic origin", None, Null, None;
    /// Religion, belief.
    Religion, Some("user.demographic.religious_belief"), "Religion or belief", None, Null, None;
    /// Political opinion, trade union.
    Politics, Some("user.demographic.political_opinion"), "Political opinion or trade union", None, Null, None;
    /// Sexual orientation.
    Orientation, Some("user.demographic.sexual_orientation"), "Sexual orientation", None, Null, None;
    /// Criminal records.
    Criminal, Some("user.criminal_history"), "Criminal record", None, Null, None;

    /// Private free text: messages, notes, comments. May name anybody.
    FreeText, Some("user.content.private"), "Text", Some(Review), Null, None;
    /// Text somebody published: reviews, posts.
    PublicText, Some("user.content.public"), "Published text", None, Null, None;
    /// Consents, opt-outs, settings for marketing.
    Preference, Some("user.privacy_preferences"), "Preference", None, Null, None;

    /// Something about a person under a key that another column names.
    Mixed, Some("user"), "Value", None, Null, None;

    /// A technical identifier of a record, here or elsewhere.
    Identifier, None, "Identifier", None, No, None;
    /// A point in time, a date.
    Time, None, "Date", None, No, None;
    /// An amount of money.
    Money, None, "Amount", None, No, None;
    /// A count, a measure.
    Quantity, None, "Number", None, No, None;
    /// Yes or no.
    Flag, None, "Yes or no", None, No, None;
    /// A code from a list: type, status, version.
    Code, None, "Code", None, No, None;
    /// A name or text of a thing: product, file, category.
    ThingText, None, "Description", None, No, None;
    /// Nothing was recognised.
    Unknown, None, "", None, No, None;
}

/// The length of the longest tombstone, an address.
const TOMBSTONE: u64 = 38;

impl Kind {
    /// The Fideslang category; none where the kind is not personal by itself.
    pub fn category(self) -> Option<&'static str> {
        self.row().0
    }

    /// What people read instead of a column's name.
    pub fn label(self) -> Option<&'static str> {
        Some(self.row().1).filter(|label| !label.is_empty())
    }

    /// Whether it is withheld, where it is.
    pub fn disclose(self) -> Option<Disclose> {
        self.row().2
    }

    /// The identity a field of this kind may serve.
    pub fn identity(self) -> Option<IdentityKind> {
        self.row().4
    }

    /// Whether it is personal data by itself.
    pub fn is_personal(self) -> bool {
        self.category().is_some()
    }

    /// Whether it must be decided first: it should not be stored, and is never handed out.
    pub fn is_secret(self) -> bool {
        self.disclose() == Some(Never)
    }

    /// Whether it is a part of a postal address.
    pub fn is_address(self) -> bool {
        use Kind::*;
        matches!(self, Address | Street | City | State | PostalCode | Country)
    }

    /// Whether it is a person's name, whole or in part.
    pub fn is_name(self) -> bool {
        matches!(self, Kind::PersonName | Kind::FirstName | Kind::LastName)
    }

    /// How the field is emptied where its record stays; `text` says whether the column takes any text, up to
    /// `max_length` characters. Whether it may be null is for the caller to see.
    pub(super) fn erase(self, text: bool, max_length: Option<u64>) -> Option<FieldErase> {
        let fits = |length: u64| text && max_length.is_none_or(|most| most >= length);
        match self.row().3 {
            No => None,
            Tombstone if fits(TOMBSTONE) => Some(FieldErase::Tombstone),
            Removed if fits(7) => Some(FieldErase::Fixed("removed".to_owned())),
            Locked if fits(1) => Some(FieldErase::Fixed("!".to_owned())),
            Null | Tombstone | Removed | Locked => Some(FieldErase::Null),
        }
    }
}
