//! References that name their collection in the value itself: `Patient/7ee6…`, `gid://shopify/Customer/12`, `user:7`. One
//! field may hold several kinds; each has a link of its own, which reads only values of its form.

use std::collections::{BTreeMap, BTreeSet};

use super::polymorphic::named;
use super::refer::{NAMED_BY_TYPE, Reference, without};
use super::table::{Field, Table, spelled};
use crate::map::{Form, Spelled};

/// So many different values of a field are looked at, and so many kinds there may be.
const LOOKED_AT: usize = 300;
const KINDS: usize = 12;

/// The references that values name, of fields that nothing else leads anywhere.
pub(super) fn suggested(tables: &[Table], known: &[Reference]) -> Vec<Reference> {
    let mut out = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        for field in &table.fields {
            let led = |r: &Reference| r.from == from && r.from_columns.iter().any(|c| c == field.name());
            if table.is_key(&[field.name().to_owned()]) || known.iter().any(led) {
                continue;
            }
            for (before, to) in kinds(tables, table, field) {
                let [key] = tables[to].key.as_slice() else { continue };
                let mut one = Reference::new(from, vec![field.name().to_owned()], to, vec![key.clone()]);
                one.named = NAMED_BY_TYPE;
                one.extra = without(&field.stem.words, &tables[to].words);
                // Where the other side writes its own number so too, the values are the same.
                let whole = tables[to].field(key).is_some_and(|f| starts(&tables[to], f, &before));
                if !whole {
                    one.spelled = Spelled { here: vec![Form::of(&before, "", None)], there: Vec::new() };
                }
                out.push(one);
            }
        }
    }
    out
}

/// What stands before the numbers in a field, and the collections that these texts name; nothing where most values say
/// nothing so.
fn kinds(tables: &[Table], table: &Table, field: &Field) -> Vec<(String, usize)> {
    let values: Vec<String> =
        table.tuples(std::slice::from_ref(&field.path), LOOKED_AT).iter().map(|t| spelled(t[0])).collect();
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for before in values.iter().filter_map(|value| before(value)) {
        *all.entry(before).or_default() += 1;
    }
    let typed: usize = all.values().sum();
    if all.len() > KINDS || typed * 10 < values.len() * 6 {
        return Vec::new();
    }
    let name = |before: &str| {
        before.split(|c: char| !c.is_alphanumeric() && c != '_').rfind(|w| !w.is_empty()).map(str::to_owned)
    };
    all.keys().filter_map(|before| Some(((*before).to_owned(), named(tables, table, &name(before)?)?))).collect()
}

/// The text before the number of a record, up to the sign that sets it apart.
fn before(value: &str) -> Option<&str> {
    let at = value.rfind(['/', ':', '#'])?;
    let (before, number) = value.split_at(at + 1);
    let word = before.chars().any(char::is_alphabetic) && !before.contains(' ');
    let web = before.starts_with("http:") || before.starts_with("https:");
    let plain = !number.is_empty() && number.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (word && !web && plain && number.chars().any(|c| c.is_ascii_digit())).then_some(before)
}

fn starts(table: &Table, field: &Field, before: &str) -> bool {
    let values = table.tuples(std::slice::from_ref(&field.path), 20);
    !values.is_empty() && values.iter().all(|t| spelled(t[0]).starts_with(before))
}

/// Those whose values occur there, each kind of a field once.
pub(super) fn judged(tables: &[Table], suggested: Vec<Reference>) -> Vec<Reference> {
    let mut seen = BTreeSet::new();
    let fits = |r: &Reference| r.found > 0 && r.found * 2 >= r.asked;
    let mut out: Vec<Reference> = suggested.into_iter().filter(fits).collect();
    out.retain(|r| seen.insert((r.from, r.from_columns.clone(), r.to)));
    for one in &mut out {
        let name = tables[one.to].name();
        one.sure = true;
        one.because = format!("its values name {name}; {} of {} values occur there", one.found, one.asked);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn what_stands_before_a_number() {
        let cases = [
            ("Patient/44c6fdc8-1a", Some("Patient/")),
            ("gid://shopify/Customer/12", Some("gid://shopify/Customer/")),
            ("user:7", Some("user:")),
            ("https://x.example/users/7", None),
            ("12/2024", None),
            ("see: 7", None),
            ("7ee6", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(before(value), expected, "{value}");
        }
    }
}
