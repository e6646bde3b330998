//! Which fields find people: whose values a request may name.

use super::recognise::{IdentityKind, Kind};
use super::standing::Standing;
use super::table::{Field, Table};
use super::vocabulary::names_organisation;
use crate::map::{Identity, NormalForm, Strength};

/// Whether somebody can be found in a collection by an address of her own.
pub(super) fn finds_people(table: &Table) -> bool {
    !is_of_firms(table) && table.fields.iter().any(is_mail)
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
        if serves(kind, table, standing, field) {
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
