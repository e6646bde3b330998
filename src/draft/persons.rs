//! Which collections have one record a person: by the words of their name, by what their fields hold, and by whether
//! others refer to them.

use super::groups::is_group;
use super::recognise::{IdentityKind, Kind};
use super::refer::Reference;
use super::table::Table;
use super::versions;
use super::vocabulary::{
    is_client, names_a_thing_too, names_catalogue, names_organisation, names_people, names_relatives, names_talk,
};

/// From here on a collection is taken for one of people.
const ENOUGH: u32 = 8;

/// For each collection, whether it is one of people.
pub(super) fn persons(tables: &[Table], references: &[Reference]) -> Vec<bool> {
    let mut persons: Vec<bool> = (0..tables.len()).map(|t| is_person(tables, references, t)).collect();
    // Records of a kind of people are people, whatever they are called. From parents to children, step by step.
    supertypes(tables, references, &mut persons);
    for _ in 0..tables.len() {
        let parent = |t: &Table, name: &String| {
            tables.iter().position(|o| o.source == t.source && o.name() == name).is_some_and(|p| persons[p])
        };
        let kind = |(i, t): &(usize, &Table)| {
            !persons[*i] && !t.key.is_empty() && t.shape.inherits.iter().any(|name| parent(t, name))
        };
        let found: Vec<usize> = tables.iter().enumerate().filter(kind).map(|(i, _)| i).collect();
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|i| persons[i] = true);
    }
    persons
}

/// The general record of which people's are a kind, one each and with its key: a party, a person with a number alone.
fn supertypes(tables: &[Table], references: &[Reference], persons: &mut [bool]) {
    let named = |t: &Table| {
        let tells = |k: Kind| matches!(k, Kind::FirstName | Kind::LastName | Kind::DateOfBirth | Kind::NationalId);
        t.fields.iter().filter(|f| f.is_sure() && !f.found.about_other && tells(f.found.kind)).count() >= 2
    };
    let kinds = references.iter().filter(|r| {
        let (table, aim) = (&tables[r.from], &tables[r.to]);
        r.from != r.to
            && r.sure
            && r.only.is_none()
            && table.is_key(&r.from_columns)
            && aim.is_key(&r.to_columns)
            && named(table)
    });
    for r in kinds {
        let others = references.iter().filter(|o| o.to == r.to && o.from != r.from).count();
        if others >= 2
            && !is_group(tables, references, r.to)
            && !tables.iter().any(|o| versions::is_of(&tables[r.to], o))
        {
            (persons[r.from], persons[r.to]) = (true, true);
        }
    }
}

fn is_person(tables: &[Table], references: &[Reference], t: usize) -> bool {
    let table = &tables[t];
    if table.key.is_empty() || names_talk(&table.words) || is_group(tables, references, t) {
        return false;
    }
    if tables.iter().any(|other| versions::is_of(table, other)) {
        return false;
    }
    let organisation = names_organisation(&table.words) && !numbers_clients(table);
    let named = names_people(&table.words) || names_organisation(&table.words) && !organisation;
    let has = |wanted: &dyn Fn(Kind) -> bool| {
        table.fields.iter().any(|f| !f.found.about_other && f.found.confidence >= 50 && wanted(f.found.kind))
    };
    let mut score: u32 = 0;
    score += if named { 5 } else { 0 };
    score += if has(&Kind::is_name) { 3 } else { 0 };
    score += if has(&|k| matches!(k, Kind::Password)) { 3 } else { 0 };
    score += if has(&|k| matches!(k, Kind::Username)) { 2 } else { 0 };
    score += if has(&|k| matches!(k, Kind::DateOfBirth | Kind::Gender | Kind::NationalId)) { 2 } else { 0 };
    // Who has a name and was born is somebody, whatever the collection is called.
    let born = has(&|k| matches!(k, Kind::DateOfBirth | Kind::NationalId | Kind::Passport));
    score += if has(&Kind::is_name) && born { 2 } else { 0 };
    score += if has(&|k| matches!(k, Kind::Phone | Kind::Salutation | Kind::JobTitle)) { 1 } else { 0 };
    match mails(table) {
        Mails::None => {}
        Mails::OneEach => score += 3,
        Mails::Repeated => score += 1,
    }
    let referrers = references.iter().filter(|r| r.to == t && r.from != t && r.sure).count();
    score += match (referrers, table.words.len()) {
        (0, _) => 0,
        // What is known of people may stand in other collections altogether.
        (2.., 1) if named => 3,
        _ => 1,
    };
    let known_by =
        has(&|k| k.is_name() || matches!(k, Kind::Username | Kind::Password | Kind::DateOfBirth | Kind::Email));
    if !known_by && names_a_thing_too(&table.words) && holds_others(tables, t) {
        return false;
    }
    // The account of a firm, beside which its contacts stand.
    let one_self = has(&|k| {
        matches!(
            k,
            Kind::FirstName | Kind::LastName | Kind::Username | Kind::Password | Kind::DateOfBirth | Kind::Email
        )
    });
    let contact = |r: &Reference| {
        r.to == t
            && r.from != t
            && r.sure
            && names_people(&tables[r.from].words)
            && !matches!(mails(&tables[r.from]), Mails::None)
    };
    if !one_self && names_a_thing_too(&table.words) && references.iter().any(contact) {
        return false;
    }
    // Who is named because of somebody else is no person of the firm's: the record is that one's.
    if names_relatives(&table.words) && references.iter().any(|r| r.from == t && r.to != t && r.sure) {
        return false;
    }
    if (organisation || names_catalogue(&table.words)) && !named {
        score = score.saturating_sub(4);
    }
    let referred_to = referrers > 0;
    // Nobody refers to it and an address stands there several times: a list of events, not of people.
    let list = !referred_to && matches!(mails(table), Mails::Repeated);
    // A person's second record in such a collection would be a stranger's: only where the name or a key says so.
    let to_people = |r: &Reference| r.from == t && r.to != t && r.sure && names_people(&tables[r.to].words);
    let part =
        |r: &Reference| table.key.len() > 1 && r.from_columns.len() == 1 && table.key.contains(&r.from_columns[0]);
    let bound = references.iter().any(|r| to_people(r) && part(r));
    score >= ENOUGH && !list && !bound && (named || referred_to)
}

/// Whether a collection of firms numbers them as clients: some of them are people.
fn numbers_clients(table: &Table) -> bool {
    let number = |f: &super::table::Field| {
        let mut words = super::words::words(f.name());
        words.retain(|w| !super::words::is_mark(w));
        words.len() == 1 && is_client(&words[0]) && f.differs() && !table.is_key(&[f.name().to_owned()])
    };
    table.fields.iter().any(number)
}

/// Whether the source has another collection that is one of clients by its name and by names in it.
fn holds_others(tables: &[Table], t: usize) -> bool {
    let name = |f: &super::table::Field| f.found.kind.is_name() && !f.found.about_other && f.found.confidence >= 50;
    let other = |(o, table): (usize, &Table)| {
        o != t && table.source == tables[t].source && names_people(&table.words) && table.fields.iter().any(name)
    };
    tables.iter().enumerate().any(other)
}

enum Mails {
    None,
    OneEach,
    Repeated,
}

fn mails(table: &Table) -> Mails {
    let held = |f: &&super::table::Field| {
        f.found.identity == Some(IdentityKind::Email) && !f.found.about_other && f.found.confidence >= 50
    };
    let Some(field) = table.fields.iter().find(held) else { return Mails::None };
    let unique = table.is_unique(&[field.name().to_owned()]) || field.distinct == field.filled;
    if unique { Mails::OneEach } else { Mails::Repeated }
}
