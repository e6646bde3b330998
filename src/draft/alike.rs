//! References that only values tell: identifiers that no other column would hold by accident (`com_0001`, a UUID) and
//! that occur on both sides, in one source or in two.
//!
//! Small numbers, words and dates occur everywhere: of them values alone make no link.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::identities::finds_people;
use super::recognise::{IdentityKind, Kind};
use super::refer::{Reference, VALUES, VALUES_AND_NAME};
use super::table::{Field, Table, spelled};
use super::words::{alike, is_mark, words};
use crate::source::ValueType;

/// So many different values of a field are looked at.
const LOOKED_AT: usize = 200;
/// A value in more fields than this tells nothing.
const COMMON: usize = 6;

/// The references that values suggest beside those known.
pub(super) fn suggested(tables: &[Table], known: &[Reference]) -> Vec<Reference> {
    let mut holders: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (t, table) in tables.iter().enumerate() {
        for (f, field) in table.fields.iter().enumerate().filter(|(_, f)| may_hold(f) || is_number(f)) {
            for value in distinctive(table, field) {
                holders.entry(value).or_default().push((t, f));
            }
        }
    }
    let mut pairs: BTreeSet<((usize, usize), (usize, usize))> = BTreeSet::new();
    for places in holders.values().filter(|places| places.len() <= COMMON) {
        for a in places {
            pairs.extend(places.iter().filter(|b| a.0 != b.0).map(|b| (*a, *b)));
        }
    }
    let mut out: BTreeMap<(usize, usize), Vec<Reference>> = BTreeMap::new();
    for ((from, f), (to, g)) in pairs {
        let (field, aim) = (&tables[from].fields[f], &tables[to].fields[g]);
        // A field whose name says where it leads needs no values for that; and where it stands, nothing is at home.
        let said =
            |t: usize, one: &Field| known.iter().any(|r| r.from == t && r.from_columns.iter().any(|c| c == one.name()));
        if said(from, field) || said(to, aim) || !identifies(aim) {
            continue;
        }
        // A telephone number leads from records in which nobody has an address to people who have one.
        let (numbers, finds) = (is_number(field) || is_number(aim), |t: usize| finds_people(&tables[t]));
        if numbers && (is_number(field) != is_number(aim) || finds(from) || !finds(to)) {
            continue;
        }
        let mut one = Reference::new(from, vec![field.name().to_owned()], to, vec![aim.name().to_owned()]);
        one.extra = super::refer::without(&field.stem.words, &tables[to].words);
        one.named = if names_the_same(field, aim) { VALUES_AND_NAME } else { VALUES };
        out.entry((from, f)).or_default().push(one);
    }
    // Of many places a field may lead to, those with the better name.
    let few = |mut list: Vec<Reference>| {
        list.sort_by_key(|r| std::cmp::Reverse(r.named));
        list.truncate(3);
        list
    };
    out.into_values().flat_map(few).collect()
}

/// Whether a field may hold such identifiers: not what finds people by itself, not what is secret or a fact of the world.
fn may_hold(field: &Field) -> bool {
    use Kind::*;
    let other = matches!(
        field.found.kind,
        Email
            | Phone
            | IpAddress
            | UserAgent
            | WebPage
            | Password
            | Secret
            | SecurityCode
            | CardNumber
            | BankAccount
            | DateOfBirth
            | Time
            | Street
            | PostalCode
            | Picture
            | Coordinates
    );
    !other && matches!(field.column.ty, ValueType::Text | ValueType::Any | ValueType::Native | ValueType::Bytes)
}

/// Whether it is a telephone number of the record's own person.
fn is_number(field: &Field) -> bool {
    field.found.identity == Some(IdentityKind::Phone) && field.is_sure() && !field.found.about_other
}

/// Whether each value there is one record's, or one element's of a list.
fn identifies(field: &Field) -> bool {
    field.distinct > 0 && field.distinct * 10 >= field.filled * 8
}

/// The values of a field that hardly stand elsewhere by accident; none where most are of another kind.
fn distinctive(table: &Table, field: &Field) -> Vec<String> {
    let all: Vec<String> =
        table.tuples(std::slice::from_ref(&field.path), LOOKED_AT).iter().map(|t| spelled(t[0])).collect();
    let tells = |text: &&String| is_distinctive(text) || is_number(field) && is_long(text);
    let some: Vec<String> = all.iter().filter(tells).cloned().collect();
    if some.len() * 10 >= all.len() * 6 { some } else { Vec::new() }
}

/// Digits enough that two people hardly have the same, however they are set apart.
fn is_long(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 8
}

/// Letters and digits together, without blanks; or long enough that no two draw the same.
fn is_distinctive(text: &str) -> bool {
    let (digits, letters) = (text.chars().any(|c| c.is_ascii_digit()), text.chars().any(char::is_alphabetic));
    let plain = text.chars().all(|c| c.is_alphanumeric() || "-_.:/#".contains(c));
    let count = text.chars().filter(|c| c.is_ascii_digit()).count();
    plain
        && !super::recognise::is_date(text)
        && text.chars().count() >= 6
        && (digits && letters && count >= 2 || count >= 9)
}

/// Whether both names say the same thing: `comment` and `comment_id`, `internal_customer_id` and `internal_id`.
fn names_the_same(a: &Field, b: &Field) -> bool {
    let own = |f: &Field| -> Vec<String> {
        let last = f.name().rsplit('.').next().unwrap_or_default().replace("[]", "");
        let all = words(&last).into_iter().chain(f.stem.words.iter().cloned());
        all.filter(|w| !is_mark(w)).collect()
    };
    let (a, b) = (own(a), own(b));
    a.iter().any(|x| b.iter().any(|y| alike(x, y)))
}
