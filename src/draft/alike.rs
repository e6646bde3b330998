//! References that only values tell: identifiers that no other column would hold by accident (`com_0001`, a UUID) and
//! that occur on both sides, in one source or in two.
//!
//! Small numbers, words and dates occur everywhere: of them values alone make no link.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::identities::finds_people;
use super::recognise::{IdentityKind, Kind};
use super::refer::{Reference, SIDES, VALUES, VALUES_AND_NAME};
use super::table::{Field, Table, spelled};
use super::vocabulary::names_people;
use super::words::{alike, is_mark, same, words};
use crate::source::ValueType;

/// So many different values of a field are looked at.
const LOOKED_AT: usize = 200;
/// A value in more fields than this tells nothing.
const COMMON: usize = 6;

/// The references that values suggest beside those known.
pub(super) fn suggested(tables: &[Table], known: &[Reference]) -> Vec<Reference> {
    let mut holders: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (t, table) in tables.iter().enumerate() {
        // Fields that lead somewhere by their names are many, and tell nothing of others.
        let led =
            |f: &Field| known.iter().any(|r| r.from == t && r.from_columns.len() == 1 && r.from_columns[0] == f.name());
        for (f, field) in table.fields.iter().enumerate().filter(|(_, f)| (may_hold(f) || is_number(f)) && !led(f)) {
            for value in distinctive(table, field) {
                holders.entry(value).or_default().push((t, f));
            }
        }
    }
    let mut pairs: BTreeSet<((usize, usize), (usize, usize))> = BTreeSet::new();
    for places in holders.values().filter(|places| places.len() <= COMMON) {
        for a in places {
            pairs.extend(places.iter().filter(|b| a.0 != b.0 && !is_backwards(tables, *a, **b)).map(|b| (*a, *b)));
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

/// Whether this would lead from a record's own key to a field elsewhere that refers to it.
fn is_backwards(tables: &[Table], from: (usize, usize), to: (usize, usize)) -> bool {
    let names_one = |(t, f): (usize, usize)| {
        let (table, name) = (&tables[t], tables[t].fields[f].name().to_owned());
        table.numbers.contains(&name) || table.is_unique(&[name])
    };
    names_one(from) && !names_one(to)
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
            | PersonName
            | FirstName
            | LastName
            | City
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

/// Columns that could be a key though nobody declared them: no two records share a value, and the values do not occur by
/// accident. Of people only what they log in with or are numbered by: by the rest they are found anyway.
pub(super) fn numbers(tables: &[Table], t: usize) -> Vec<String> {
    let table = &tables[t];
    let people = names_people(&table.words);
    // What is the key of another collection refers to it, though each record here may refer to one of its own.
    let refers = |f: &Field| {
        tables.iter().enumerate().any(|(o, other)| {
            let key = |k: &String| k.eq_ignore_ascii_case(f.name());
            o != t
                && (other.key.len() == 1 && other.key.iter().any(key)
                    || f.stem.marked && same(&f.stem.words, &other.words))
        })
    };
    let telling = |f: &&Field| {
        let fits = match people {
            true => f.found.identity == Some(IdentityKind::Username) || f.found.kind == Kind::AccountNumber,
            false => f.found.kind == Kind::Phone || may_hold(f) && !distinctive(table, f).is_empty(),
        };
        fits && table.shape.closed
            && f.differs()
            && f.filled >= 10
            && !f.path.is_many()
            && f.found.identity != Some(IdentityKind::Email)
            && !refers(f)
            // Of two sides of a record neither is its number.
            && !(f.stem.words.len() > 1 && f.stem.words.last().is_some_and(|w| SIDES.contains(&w.as_str())))
    };
    table.fields.iter().filter(telling).map(|f| f.name().to_owned()).collect()
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
        && (digits && letters && count >= 2 || count >= 9 || count >= 8 && text.starts_with('0') || is_drawn(text))
}

/// Capitals drawn by chance: eight or more, with too few vowels in a row to be a word.
fn is_drawn(text: &str) -> bool {
    let vowels = text.bytes().filter(|b| b"AEIOUY".contains(b)).count();
    text.len() >= 8 && text.bytes().all(|b| b.is_ascii_uppercase()) && vowels * 3 < text.len()
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
