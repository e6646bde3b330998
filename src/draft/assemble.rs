//! Puts the proposal together as the map's own values: collections with links, identities, fields and rules.

use std::collections::BTreeMap;

use super::decisions::{Code, Question};
use super::recognise::{IdentityKind, Kind};
use super::standing::{Seen, Standing, Tie};
use super::table::{Table, path};
use super::{dated, fields, identities};
use crate::map::{About, Collection, Decision, Erase, Identity, Link, NormalForm, Role, Words};
use crate::record::FieldPath;

/// What the collections of all sources become.
pub(super) struct Assembled {
    /// For each table its collection.
    pub collections: Vec<Collection>,
    /// The identities they use.
    pub identities: BTreeMap<String, Identity>,
    /// What is to be decided.
    pub questions: Vec<Question>,
}

/// Makes the collections. `names` are the sources' names in the map.
pub(super) fn assemble(
    seen: &Seen<'_>,
    all: &[Standing],
    names: &[String],
    known: &BTreeMap<String, Identity>,
) -> Assembled {
    let mut out = Assembled { collections: Vec::new(), identities: BTreeMap::new(), questions: Vec::new() };
    let named = NamedIdentities::of(seen, all, names, known);
    for (t, table) in seen.tables.iter().enumerate() {
        let place = format!("{}.{}", names[table.source], table.name());
        let one = collection(seen, all, t, names, &named, &mut out.identities);
        questions(seen, all, t, &one, &place, &mut out.questions);
        out.collections.push(one);
    }
    out.questions.sort();
    out
}

fn collection(
    seen: &Seen<'_>,
    all: &[Standing],
    t: usize,
    names: &[String],
    named: &NamedIdentities,
    declared: &mut BTreeMap<String, Identity>,
) -> Collection {
    let (table, standing) = (&seen.tables[t], &all[t]);
    let mut one = Collection { name: table.name().to_owned(), key: table.key.clone(), ..Collection::default() };
    let ties = !standing.ties.is_empty();
    if !standing.person && !standing.owned && !ties && !is_personal(table) {
        one.about = About::Nobody;
        return one;
    }
    one.person = standing.person;
    one.links = standing.ties.iter().map(|tie| link(seen, tie, t, names)).collect();
    for (kind, field) in identities::of(table, standing) {
        let name = named.name(t, kind);
        declared.insert(name.clone(), identities::declaration(&name, kind.normal(), Some(kind)));
        one.identities.push((name, path(&table.shape, &field)));
    }
    let comparable = |key: &String| table.field(key).is_some_and(|f| f.column.ty != crate::source::ValueType::Bytes);
    if let (true, [key]) = (standing.person, table.key.as_slice())
        && comparable(key)
    {
        let name = named.account(t);
        declared.insert(name.clone(), identities::declaration(&name, NormalForm::Exact, None));
        one.identities.push((name, path(&table.shape, key)));
    }
    let linked: Vec<String> = one.links.iter().flat_map(|l| &l.from).map(|p| p.as_str().to_owned()).collect();
    let conditions: Vec<String> =
        standing.ties.iter().filter_map(|k| k.only.as_ref().map(|(c, _)| c.clone())).collect();
    (one.fields, one.other) = fields::fields(seen, all, t, &linked);
    let identity_fields: Vec<String> = one.identities.iter().map(|(_, p)| p.as_str().to_owned()).collect();
    one.other.retain(|name| !identity_fields.contains(name) && !conditions.contains(name));
    (one.erase, one.because, one.decision) = rule(standing);
    one.dated = dated::dated(table).map(|name| path(&table.shape, name));
    one
}

/// What erasure does with the records, and who has decided that.
fn rule(standing: &Standing) -> (Option<Erase>, Option<Words>, Decision) {
    let own = |t: &&Tie| t.role.is_own();
    if !standing.owned {
        let refers = !standing.ties.is_empty();
        let because = "They are not the person's own: only what refers to her is taken out";
        return match refers {
            true => (Some(Erase::Keep), Some(because.into()), Decision::Unreviewed),
            false => (None, None, Decision::Decided),
        };
    }
    if standing.several {
        return (Some(Erase::Anonymise), None, Decision::Open);
    }
    let sure = standing.person || standing.root || standing.ties.iter().filter(own).any(|t| t.sure);
    (Some(Erase::Delete), None, if sure { Decision::Unreviewed } else { Decision::Open })
}

fn link(seen: &Seen<'_>, tie: &Tie, t: usize, names: &[String]) -> Link {
    let (here, there) = (&seen.tables[t], &seen.tables[tie.to]);
    let paths =
        |table: &Table, columns: &[String]| columns.iter().map(|c| path(&table.shape, c)).collect::<Vec<FieldPath>>();
    Link {
        from: paths(here, &tie.from),
        to_source: names[there.source].clone(),
        to_collection: there.name().to_owned(),
        to: paths(there, &tie.to_columns),
        spelled: tie.spelled.clone(),
        role: tie.role,
        shared: tie.role == Role::Shared,
        only: tie.only.iter().map(|(column, texts)| (path(&here.shape, column), texts.clone())).collect(),
        decision: if tie.sure { Decision::Unreviewed } else { Decision::Open },
        because: Some(tie.because.clone()),
        place: Default::default(),
    }
}

/// Whether a collection nobody reaches may hold something about people.
pub(super) fn is_personal(table: &Table) -> bool {
    table.fields.iter().any(|f| f.is_sure() && tells(f.found.kind))
}

/// Kinds that tell of a person wherever they stand; a city or a country may be one of a list.
fn tells(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Email
            | Phone
            | Street
            | Address
            | PersonName
            | FirstName
            | LastName
            | Username
            | DateOfBirth
            | NationalId
            | Passport
            | CardNumber
            | SecurityCode
            | BankAccount
            | Password
            | IpAddress
            | CookieId
            | DeviceId
            | SessionId
            | Health
            | HealthNumber
            | DrivingLicence
            | UserAgent
    )
}

fn questions(seen: &Seen<'_>, all: &[Standing], t: usize, one: &Collection, place: &str, out: &mut Vec<Question>) {
    let (table, standing) = (&seen.tables[t], &all[t]);
    for (kind, column) in fields::secrets(table) {
        let (code, message) = match kind {
            Kind::SecurityCode => (
                Code::SecurityCode,
                "a card's security code must not be stored after the payment was authorised: ask why it is there, and delete it",
            ),
            Kind::Password => {
                (Code::Secret, "a password or its hash: it is never handed out, and the person is told that it is held")
            }
            _ => (Code::Secret, "an access secret: it is never handed out, and the person is told that it is held"),
        };
        if one.about != About::Nobody {
            out.push(Question::new(code, format!("{place}.{column}"), message));
        }
    }
    for link in one.links.iter().filter(|l| l.decision == Decision::Open) {
        let from: Vec<&str> = link.from.iter().map(FieldPath::as_str).collect();
        let to: Vec<&str> = link.to.iter().map(FieldPath::as_str).collect();
        let message = format!(
            "does it lead to {}.{}, as {}? {}",
            link.to_collection,
            to.join("+"),
            link.role.word(),
            link.because.as_deref().unwrap_or_default()
        );
        out.push(Question::new(Code::OpenLink, format!("{place}.{}", from.join("+")), message));
    }
    if one.decision == Decision::Open && standing.several {
        let message =
            "its records are of several people: what does erasing one of them do? Until somebody decides they stay";
        out.push(Question::new(Code::OpenRule, place.to_owned(), message));
    }
    if let (Some(engine), Some(Erase::Delete | Erase::Anonymise)) = (&table.shape.not_transactional, one.erase) {
        let message = format!(
            "its storage engine {engine} cannot take a change back, and erasure is refused until somebody decides: \
             change it to InnoDB, or say non_transactional = \"accept\""
        );
        out.push(Question::new(Code::OpenRule, place.to_owned(), message));
    }
    let unreached = !standing.owned && standing.ties.is_empty() && one.identities.is_empty();
    if unreached && one.about != About::Nobody && is_personal(table) {
        let held: Vec<&str> =
            table.fields.iter().filter(|f| f.is_sure() && tells(f.found.kind)).map(|f| f.name()).collect();
        let message = format!(
            "it looks personal ({}), and no search reaches it: whose is it? Add a link or an identity, or say about = \"nobody\"",
            held.join(", ")
        );
        out.push(Question::new(Code::Unreached, place.to_owned(), message));
    }
}

/// The names of identities: one for all sources where the values mean the same everywhere, else one a collection.
struct NamedIdentities {
    accounts: BTreeMap<usize, String>,
    local: BTreeMap<(usize, IdentityKind), String>,
}

impl NamedIdentities {
    fn of(seen: &Seen<'_>, all: &[Standing], names: &[String], known: &BTreeMap<String, Identity>) -> NamedIdentities {
        let mut out = NamedIdentities { accounts: BTreeMap::new(), local: BTreeMap::new() };
        let mut taken: Vec<String> = [
            IdentityKind::Email,
            IdentityKind::Mailbox,
            IdentityKind::Phone,
            IdentityKind::Username,
            IdentityKind::Account,
            IdentityKind::Cookie,
            IdentityKind::Device,
            IdentityKind::NationalId,
        ]
        .iter()
        .map(|k| k.name().to_owned())
        .collect();
        taken.extend(known.keys().cloned());
        let person = |t: &usize| all[*t].person;
        for t in (0..all.len()).filter(person) {
            let table = &seen.tables[t];
            let short = table.words.join("_");
            let long = format!("{}_{short}", [names[table.source].as_str(), &table.space].join("_").trim_matches('_'));
            let name = free(&[short, long], &mut taken);
            out.accounts.insert(t, name);
        }
        for kind in [IdentityKind::Username, IdentityKind::Account] {
            let holds = |t: &usize| identities::of(&seen.tables[*t], &all[*t]).iter().any(|(k, _)| *k == kind);
            let holders: Vec<usize> = (0..all.len()).filter(holds).collect();
            for t in holders.iter().skip(usize::from(holders.len() == 1)) {
                let stem = out.accounts.get(t).cloned().unwrap_or_else(|| seen.tables[*t].words.join("_"));
                out.local.insert((*t, kind), free(&[format!("{stem}_{}", kind.name())], &mut taken));
            }
        }
        out
    }

    fn name(&self, t: usize, kind: IdentityKind) -> String {
        self.local.get(&(t, kind)).cloned().unwrap_or_else(|| kind.name().to_owned())
    }

    fn account(&self, t: usize) -> String {
        self.accounts.get(&t).cloned().unwrap_or_else(|| "account".to_owned())
    }
}

/// The first of these names that is free, or the last with a number.
fn free(names: &[String], taken: &mut Vec<String>) -> String {
    let last = names.last().cloned().unwrap_or_default();
    let numbered = (2..).map(|n| format!("{last}_{n}"));
    let mut all = names.iter().cloned().chain(numbered);
    let name = all.find(|n| !n.is_empty() && !taken.contains(n)).unwrap_or(last);
    taken.push(name.clone());
    name
}
