//! The values of the data map. Reading them from files, with file and line of every fault, is in `read`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Identity;
use super::Spelled;
use super::erase::{Erase, Erasure, FieldErase, Isolation, Retain, RetentionRule, Undo};
use super::exempt::Exempt;
use super::law::{self, Acknowledged, AutomatedDecision, Controller, Origin, Purpose, Recipient, Words};
use crate::record::{FieldPath, Record, Value};

/// Where in the map's files something stands, for messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user would name it.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// The whole data map of a workspace.
#[derive(Clone, Debug, Default)]
pub struct DataMap {
    /// Who answers for the data.
    pub controller: Controller,
    /// Others that answer for sources of their own, by name.
    pub affiliates: BTreeMap<String, Controller>,
    /// Why data are processed, by name.
    pub purposes: BTreeMap<String, Purpose>,
    /// Who receives data, by name.
    pub recipients: BTreeMap<String, Recipient>,
    /// Decisions taken by a machine alone, by name.
    pub automated: BTreeMap<String, AutomatedDecision>,
    /// Findings of `check` that somebody has looked at and accepts.
    pub acknowledged: Vec<Acknowledged>,
    /// Kinds of identifier, by name.
    pub identities: BTreeMap<String, Identity>,
    /// What holds for every erasure.
    pub erasure: Erasure,
    /// How long an erasure can be taken back; none: not at all.
    pub undo: Option<Undo>,
    /// Retention rules, by name.
    pub retention: BTreeMap<String, RetentionRule>,
    /// What must be approved by a second person, and what is too much for one plan.
    pub policy: Policy,
    /// How long what was erased is remembered, as hashes: as long as the longest-lived backup.
    pub ledger: Period,
    /// The sources, in order of name.
    pub sources: Vec<SourceMap>,
}

/// Four eyes: which plans and archives a second person must approve, and how large a plan may be. By default nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Rights whose plans need approval: `erasure`, `rectification`.
    pub approve: Vec<String>,
    /// Plans that change more records than this need it.
    pub approve_above: Option<u64>,
    /// Plans that change records with fields of these categories, or below them, need it.
    pub approve_categories: Vec<String>,
    /// A plan that changes more records than this is not applied.
    pub max_records: Option<u64>,
    /// Whether the counts must be typed before a plan is applied.
    pub typed: bool,
    /// Which archives need it before they are handed over.
    pub release: ReleasePolicy,
    /// Keys that may approve (minisign public keys), by the name of who holds them.
    pub approvers: BTreeMap<String, String>,
}

/// Which archives a second person must approve before they are handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleasePolicy {
    /// Rights whose archives need approval: `access`, `portability`.
    pub approve: Vec<String>,
    /// Archives that hold more records than this need it.
    pub approve_above: Option<u64>,
    /// Archives with records of collections that have fields of these categories, or below them, need it.
    pub approve_categories: Vec<String>,
    /// Archives that go out open need it.
    pub approve_plain: bool,
}

/// A length of time in calendar units.
#[derive(Clone, Debug)]
pub struct Period {
    /// The time.
    pub span: jiff::Span,
    /// As written (ISO 8601).
    pub text: String,
}

/// A year: most backups do not live longer.
impl Default for Period {
    fn default() -> Self {
        Period { span: jiff::Span::new().years(1), text: "P1Y".to_owned() }
    }
}

/// Where a source is: kind and address.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// The kind of source: `sqlite`, `csv`, `postgres`, …
    pub kind: String,
    /// The file or folder, made absolute against the workspace; for a server, the workspace itself.
    pub path: PathBuf,
    /// As written in the map: a path, or a server's URL with the names of its secrets.
    pub written: String,
    /// CSV: the character between fields.
    pub delimiter: Option<u8>,
    /// CSV: the encoding's name (WHATWG label); UTF-8 where none is given.
    pub encoding: Option<String>,
}

/// One source and its collections.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// Its name: the stem of `sources/NAME.toml`.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// Which affiliate answers for it; none: the controller.
    pub controller: Option<String>,
    /// Two-letter country of phone numbers that name none.
    pub default_country: Option<String>,
    /// Its collections, in the map's order.
    pub collections: Vec<Collection>,
    /// Where it is described.
    pub place: Place,
}

/// Whether a person has decided what the map says here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decision {
    /// Written or confirmed by a person.
    #[default]
    Decided,
    /// Proposed by `init` and taken by `--yes`; counted in the first line of every plan.
    Unreviewed,
    /// Nobody has decided; what stands here is a proposal without effect.
    Open,
}

/// Whether a collection holds personal data at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// The subject, or people: the default.
    #[default]
    Subject,
    /// Somebody else.
    Other,
    /// A company as such: outside the law on personal data (Rec. 14), handed out with the record it stands in.
    Organisation,
    /// Nobody: known, and needs nothing.
    Nobody,
}

/// Whether a field's value is handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disclose {
    /// Given.
    #[default]
    Yes,
    /// Free text and the like: withheld until an officer has looked.
    Review,
    /// Never given; the person is told that it is held.
    Never,
    /// Never given, never mentioned: nobody but the officer learns of it.
    Silent,
}

/// What ties a record to a person, in order of closeness. The closed list of design section 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Listed for review: names the subject in passing.
    Mention,
    /// Listed for review: another's record that points at the subject.
    Reference,
    /// Listed for review: the subject acts for it (a company).
    Representative,
    /// Own, together with others: exported, deleted only with the last.
    Shared,
    /// On the subject, by others: own for access, the author redacted.
    About,
    /// Own: received by the subject.
    Recipient,
    /// Own: written by the subject.
    Author,
    /// Own.
    Owner,
}

/// A link from fields of its collection to fields nearer the person.
#[derive(Clone, Debug)]
pub struct Link {
    /// Fields of the collection the link stands in.
    pub from: Vec<FieldPath>,
    /// The source linked to.
    pub to_source: String,
    /// The collection linked to.
    pub to_collection: String,
    /// Its fields, one for each of `from`.
    pub to: Vec<FieldPath>,
    /// How each side spells what both mean.
    pub spelled: Spelled,
    /// What the person there is to the record here.
    pub role: Role,
    /// Whether several persons may hold the record together.
    pub shared: bool,
    /// It holds only for records in which each of these fields has one of these texts; where there are none, for all.
    pub only: Condition,
    /// Who decided.
    pub decision: Decision,
    /// The evidence, as `init` found it.
    pub because: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// What the map says of one field.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Fideslang category; none where the field is not personal.
    pub category: Option<String>,
    /// What it is called for people.
    pub label: Option<String>,
    /// The same in the reader's language, by language (BCP 47).
    pub labels: BTreeMap<String, String>,
    /// What codes in it mean.
    pub codes: BTreeMap<String, Words>,
    /// Where it came from.
    pub origin: Option<Origin>,
    /// Whether it is handed out; `None`: as the collection says.
    pub disclose: Option<Disclose>,
    /// What speaks against giving it, where it is withheld.
    pub exempt: Option<Exempt>,
    /// About whom.
    pub about: About,
    /// In a record of several people: the field of the link, or the identity, to whose person it belongs.
    pub whose: Option<FieldPath>,
    /// What erasure does with it where the record stays.
    pub erase: Option<FieldErase>,
    /// Where it stands.
    pub place: Place,
}

/// One collection: a table, a file of records.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Its name, exactly as the source has it.
    pub name: String,
    /// What it is called for people.
    pub label: Option<String>,
    /// The same in the reader's language, by language (BCP 47).
    pub labels: BTreeMap<String, String>,
    /// Whether it has one record per person.
    pub person: bool,
    /// Whether it holds personal data at all (`Subject` or `Nobody`).
    pub about: About,
    /// The columns that address a record; empty: its content.
    pub key: Vec<String>,
    /// Which fields hold which identity of the record's owner.
    pub identities: Vec<(String, FieldPath)>,
    /// Links to collections nearer the person.
    pub links: Vec<Link>,
    /// Why its data are processed: purposes of the map.
    pub purposes: Vec<String>,
    /// Who receives them: recipients of the map.
    pub recipients: Vec<String>,
    /// Which automated decisions use or hold them.
    pub automated: Vec<String>,
    /// Where they came from, where not from the person (Art. 15(1)(g)).
    pub received_from: Option<Words>,
    /// For how long they are kept, in words for the person, where no rule says it (Art. 15(1)(d)).
    pub kept: Option<Words>,
    /// What erasure does; `None`: nobody has decided.
    pub erase: Option<Erase>,
    /// Why records stay, with `erase = "keep"`.
    pub because: Option<Words>,
    /// Who decided `erase`.
    pub decision: Decision,
    /// Whether changes that cannot be taken back are accepted, where its storage engine knows no others.
    pub accepts_non_transactional: bool,
    /// The retention rule, if any.
    pub retain: Option<Retain>,
    /// The field that says when a record came to be.
    pub dated: Option<FieldPath>,
    /// How its records are locked away from use, where that is possible.
    pub isolate: Option<Isolation>,
    /// What fields disclose where they do not say.
    pub disclose: Disclose,
    /// Fields, by path as written.
    pub fields: BTreeMap<String, Field>,
    /// Columns known to be about nobody.
    pub other: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

impl Role {
    /// Every role, closest last.
    pub const ALL: [Role; 8] = [
        Role::Mention,
        Role::Reference,
        Role::Representative,
        Role::Shared,
        Role::About,
        Role::Recipient,
        Role::Author,
        Role::Owner,
    ];

    /// Whether records reached in this role are the subject's own: exported, followed further.
    pub fn is_own(self) -> bool {
        self >= Role::Shared
    }

    /// Its word in the map and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Role::Mention => "mention",
            Role::Reference => "reference",
            Role::Representative => "representative",
            Role::Shared => "shared",
            Role::About => "about",
            Role::Recipient => "recipient",
            Role::Author => "author",
            Role::Owner => "owner",
        }
    }

    /// The role of that word.
    pub fn of_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Fields, each with the texts it may hold.
pub type Condition = Vec<(FieldPath, Vec<String>)>;

/// Whether a record fulfils a condition: a comment's `record_id` names an order only where its `record_type` says so.
pub fn applies(condition: &Condition, record: &Record) -> bool {
    condition.iter().all(|(field, texts)| {
        let named = |value: &Value| value.plain().is_some_and(|text| texts.iter().any(|t| *t == text));
        record.at(field).into_iter().any(named)
    })
}

impl DataMap {
    /// The source of that name.
    pub fn source(&self, name: &str) -> Option<&SourceMap> {
        self.sources.iter().find(|s| s.name == name)
    }

    /// Who answers for a source.
    pub fn controller_of(&self, source: &SourceMap) -> &Controller {
        source.controller.as_ref().and_then(|name| self.affiliates.get(name)).unwrap_or(&self.controller)
    }

    /// The collection of that name in that source.
    pub fn collection(&self, source: &str, name: &str) -> Option<&Collection> {
        self.source(source)?.collection(name)
    }
}

impl Link {
    /// Whether several persons may hold the record together.
    pub fn is_shared(&self) -> bool {
        self.shared || self.role == Role::Shared
    }
}

impl SourceMap {
    /// The collection of that name.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|c| c.name == name)
    }

    /// A field path as this kind of source reads it: nested in documents, one name in tables.
    pub fn field_path(&self, text: &str) -> FieldPath {
        match self.address.kind.as_str() {
            "json" => FieldPath::nested(text),
            _ => FieldPath::column(text),
        }
    }
}

impl Field {
    /// What it is called for a reader of that language; none where the map does not say it.
    pub fn label_in(&self, tag: &str) -> Option<&str> {
        law::in_language(&self.labels, tag).or(self.label.as_deref())
    }
}

impl Collection {
    /// What the map says of the field at `path`, if it says anything.
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.fields.get(path)
    }

    /// Whether the field is handed out.
    pub fn disclose(&self, path: &str) -> Disclose {
        self.field(path).and_then(|f| f.disclose).unwrap_or(self.disclose)
    }

    /// Where a field came from: as it says, or `received` where the whole collection came from somebody.
    pub fn origin(&self, path: &str) -> Option<Origin> {
        let whole = self.received_from.is_some().then_some(Origin::Received);
        self.field(path).and_then(|f| f.origin).or(whole)
    }

    /// The label for people: the map's, or the name itself.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// The label for a reader of that language.
    pub fn label_in(&self, tag: &str) -> &str {
        law::in_language(&self.labels, tag).unwrap_or_else(|| self.label())
    }
}
