//! Which fields find people: whose values a request may name.

use super::recognise::{IdentityKind, Kind};
use super::standing::Standing;
use super::table::{Field, Table};
use super::vocabulary::{Part, names_organisation, part};
use super::words::words;
use crate::map::{Identity, NormalForm, Strength};

/// Whether somebody can be found in a collection by an address of her own.
pub(super) fn finds_people(table: &Table) -> bool {
    !is_of_firms(table) && table.fields.iter().any(|f| is_mail(f) && !is_anothers(table, f))
}

/// The fields with an address of the record's own person.
pub(super) fn mails(table: &Table) -> impl Iterator<Item = &Field> {
    table.fields.iter().filter(|f| is_mail(f))
}

/// Whether a collection holds firms: it is called so, and does not name people all the same.
fn is_of_firms(table: &Table) -> bool {
    let sure = || table.fields.iter().filter(|f| f.is_sure() && !f.found.about_other);
    let people = sure().any(|f| f.found.kind.is_name()) && !sure().any(|f| f.found.kind == Kind::Company);
    names_organisation(&table.words) && !people
}

/// Whether an address in a record is of somebody else than whose record it is: who made or answered it, one side of a
/// message, one of a list beside an address of its own.
fn is_anothers(table: &Table, field: &Field) -> bool {
    if is_of_who_did_it(table, field) {
        return true;
    }
    if field.found.identity != Some(IdentityKind::Email) {
        return false;
    }
    let others = || mails(table).filter(|o| o.name() != field.name());
    let listed = field.path.is_many() && others().any(|o| !o.path.is_many());
    listed || is_a_side(field) && others().any(is_a_side)
}

/// Whether an address, a number or a user name is of who did something to the record: the column says so, or it is an
/// office's that stands in most records.
pub(super) fn is_of_who_did_it(table: &Table, field: &Field) -> bool {
    if field.found.identity.is_none() {
        return false;
    }
    let own = words(field.name().rsplit('.').next().unwrap_or_default());
    let around = words(field.name());
    if own.last().is_some_and(|w| BY.contains(&w.as_str())) || around.iter().any(|w| HELPERS.contains(&w.as_str())) {
        return true;
    }
    let others = || mails(table).filter(|o| o.name() != field.name());
    let crowd = |f: &Field| f.filled as f64 / f.distinct.max(1) as f64;
    let office = crowd(field) >= OFTEN && others().any(|o| crowd(o) * 4.0 < crowd(field));
    field.found.identity == Some(IdentityKind::Email)
        && (office || matches!(part(&own), Some(Part::Handler | Part::Creator)))
}

/// Whether a name says that it is one side of a message.
fn is_a_side(field: &Field) -> bool {
    const SIDES: &[&str] =
        &["from", "to", "sender", "recipient", "receiver", "reply", "cc", "bcc", "absender", "empfaenger"];
    words(field.name()).iter().any(|w| SIDES.contains(&w.as_str()))
}

/// Words at the end of a column that names who did something.
const BY: &[&str] = &["by", "por", "von", "par", "door", "av"];

/// Words for who looks after a record.
const HELPERS: &[&str] =
    &["agent", "assignee", "handler", "operator", "clerk", "manager", "supervisor", "staff", "moderator"];

/// An address in so many records, on the average, is an office's or somebody's who works there.
const OFTEN: f64 = 8.0;

fn is_mail(field: &Field) -> bool {
    field.found.identity == Some(IdentityKind::Email) && !field.found.about_other && field.is_sure()
}

/// The identities of a collection: name in the map, field.
pub(super) fn of(table: &Table, standing: &Standing) -> Vec<(IdentityKind, String)> {
    // Several people hold these records together: a value there is not one person's.
    if standing.satellite && standing.ties.iter().any(|t| t.role != crate::map::Role::Owner) {
        return Vec::new();
    }
    if is_of_firms(table) && !standing.person {
        return Vec::new();
    }
    let mut out = Vec::new();
    for field in table.fields.iter().filter(|f| f.is_sure() && !f.found.about_other) {
        let Some(kind) = field.found.identity else { continue };
        if serves(kind, table, standing, field) && !is_anothers(table, field) {
            out.push((kind, field.name().to_owned()));
        }
    }
    out
}

fn serves(kind: IdentityKind, table: &Table, standing: &Standing, field: &Field) -> bool {
    use IdentityKind::*;
    match kind {
        Email | Mailbox => true,
        Cookie | Device => standing.owned || finds_people(table) || !table.shape.closed,
        Phone => standing.person || standing.root,
        Username | NationalId => standing.person && field.distinct == field.filled,
        Account => standing.person && field.distinct == field.filled && !table.is_key(&[field.name().to_owned()]),
    }
}

/// An identity as the map declares it.
pub(super) fn declaration(name: &str, normal: NormalForm, kind: Option<IdentityKind>) -> Identity {
    let strength = if kind == Some(IdentityKind::Mailbox) { Strength::Shared } else { Strength::Unique };
    Identity { name: name.to_owned(), normal, strength, hashes: Vec::new() }
}
