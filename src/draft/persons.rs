//! Which collections have one record a person: by the words of their name, by what their fields hold, and by whether
//! others refer to them.

use super::recognise::{IdentityKind, Kind};
use super::refer::Reference;
use super::table::Table;
use super::vocabulary::{names_catalogue, names_organisation, names_people, names_talk};

/// From here on a collection is taken for one of people.
const ENOUGH: u32 = 8;

/// For each collection, whether it is one of people.
pub(super) fn persons(tables: &[Table], references: &[Reference]) -> Vec<bool> {
    (0..tables.len()).map(|t| is_person(tables, references, t)).collect()
}

fn is_person(tables: &[Table], references: &[Reference], t: usize) -> bool {
    let table = &tables[t];
    if table.key.is_empty() || names_talk(&table.words) {
        return false;
    }
    let named = names_people(&table.words);
    let has = |wanted: &dyn Fn(Kind) -> bool| {
        table.fields.iter().any(|f| !f.found.about_other && f.found.confidence >= 50 && wanted(f.found.kind))
    };
    let mut score: u32 = 0;
    score += if named { 5 } else { 0 };
    score += if has(&Kind::is_name) { 3 } else { 0 };
    score += if has(&|k| matches!(k, Kind::Password)) { 3 } else { 0 };
    score += if has(&|k| matches!(k, Kind::Username)) { 2 } else { 0 };
    score += if has(&|k| matches!(k, Kind::DateOfBirth | Kind::Gender | Kind::NationalId)) { 2 } else { 0 };
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
    if (names_organisation(&table.words) || names_catalogue(&table.words)) && !named {
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
