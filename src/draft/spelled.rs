//! References whose two sides spell the same identifier differently: `CUST-0042` here, `42` there. Both are numbers with
//! something around them, the same in every value; what is left must occur on the other side, and the name, or the text
//! around the number, must say whose number it is.

use std::collections::HashSet;

use super::refer::{Reference, abroad_is_sure, best_name, may_refer, targets, without};
use super::table::{Field, Table, spelled};
use super::vocabulary::names_people;
use super::words::{abbreviates, alike, words};
use crate::map::{Form, Spelled};

/// So many different values of a field are looked at, and so many there must be.
const LOOKED_AT: usize = 200;
const FEWEST: usize = 3;
/// Longer texts around a number are no spelling of it.
const LONGEST: usize = 16;

/// The references that spelling hides, of fields that nothing else leads anywhere.
pub(super) fn suggested(tables: &[Table], known: &[Reference]) -> Vec<Reference> {
    let forms: Vec<Vec<Option<Form>>> =
        tables.iter().map(|table| table.fields.iter().map(|field| form(table, field)).collect()).collect();
    let mut out = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        for (field, here) in table.fields.iter().zip(&forms[from]) {
            let led = |r: &Reference| r.from == from && r.from_columns.iter().any(|c| c == field.name());
            let Some(here) = here.as_ref().filter(|_| may_refer(table, field) && !known.iter().any(led)) else {
                continue;
            };
            for (to, aim) in tables.iter().enumerate().filter(|(to, t)| *to != from && names_people(&t.words)) {
                let there = |f: &Field| aim.fields.iter().position(|o| o.name() == f.name());
                for target in targets(aim).iter().filter_map(|name| aim.field(name)) {
                    let form = there(target).and_then(|n| forms[to][n].as_ref());
                    let Some(form) = form.filter(|form| *form != here && target.differs()) else { continue };
                    if !says_whose(field, here, table, aim) {
                        continue;
                    }
                    let columns = (vec![field.name().to_owned()], vec![target.name().to_owned()]);
                    let mut one = Reference::new(from, columns.0, to, columns.1);
                    one.extra = without(&field.stem.words, &aim.words);
                    one.spelled = Spelled { here: written(here), there: written(form) };
                    out.push(one);
                }
            }
        }
    }
    out
}

fn written(form: &Form) -> Vec<Form> {
    if form.is_plain() { Vec::new() } else { vec![form.clone()] }
}

/// Whether the field's name, or the text around its numbers, says that they are those of these people.
fn says_whose(field: &Field, here: &Form, table: &Table, aim: &Table) -> bool {
    let head = aim.words.last().map(String::as_str).unwrap_or_default();
    let around = words(&here.to_string());
    let text = around.iter().any(|w| alike(w, head) || abbreviates(w, head));
    text || best_name(field, table, aim, false).is_some() || field.stem.words.iter().any(|w| alike(w, head))
}

/// The form that all values of a field have, where they are numbers with the same text around each.
fn form(table: &Table, field: &Field) -> Option<Form> {
    let texts: HashSet<String> =
        table.tuples(std::slice::from_ref(&field.path), LOOKED_AT).iter().map(|t| spelled(t[0])).collect();
    let first = texts.iter().next().filter(|_| texts.len() >= FEWEST)?;
    let (before, _, after) = parts(first)?;
    let mut numbers = Vec::new();
    for text in &texts {
        let (b, number, a) = parts(text)?;
        if (b, a) != (before, after) {
            return None;
        }
        numbers.push(number);
    }
    let filled = |n: &&&str| n.len() > 1 && n.starts_with('0');
    let width = match numbers.iter().find(filled).map(|n| n.len()) {
        None => None,
        Some(width) => {
            let fits = |n: &&str| n.len() == width || n.len() > width && !n.starts_with('0');
            numbers.iter().all(fits).then_some(Some(width))?
        }
    };
    Some(Form::of(before, after, width))
}

/// A text before, a number, a text after; none where there are more numbers, or none.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let digit = |c: char| c.is_ascii_digit();
    let start = text.find(digit)?;
    let end = text[start..].find(|c| !digit(c)).map_or(text.len(), |n| start + n);
    let (before, number, after) = (&text[..start], &text[start..end], &text[end..]);
    let plain = |t: &str| t.chars().all(|c| c.is_alphabetic() || "-_/#:. ".contains(c)) && !t.contains(digit);
    // A sign, a point: such are amounts.
    let amount = |t: &str| matches!(t, "-" | "." | "+");
    let fits = before.len() <= LONGEST && after.len() <= LONGEST && number.len() <= 18;
    (fits && plain(before) && plain(after) && !amount(before) && !amount(after)).then_some((before, number, after))
}

/// Judges them by their values: those that occur there, each proposed once for a field, and sure only where something
/// else in the records says the same.
pub(super) fn judged(tables: &[Table], suggested: Vec<Reference>) -> Vec<Reference> {
    let mut kept: Vec<Reference> = suggested.into_iter().filter_map(|r| judge(tables, r)).collect();
    kept.sort_by_key(|r| std::cmp::Reverse((r.sure, r.found)));
    let mut out: Vec<Reference> = Vec::new();
    for one in kept {
        if !out.iter().any(|r| (r.from, &r.from_columns) == (one.from, &one.from_columns)) {
            out.push(one);
        }
    }
    out
}

fn judge(tables: &[Table], mut one: Reference) -> Option<Reference> {
    let share = one.share();
    if one.asked < FEWEST {
        return None;
    }
    one.sure = abroad_is_sure(tables, &one, share)?;
    let (here, there) = (&tables[one.from], &tables[one.to]);
    let aim = if here.source == there.source {
        there.name().to_owned()
    } else {
        format!("{} in another source", there.name())
    };
    let sample = if one.thorough { "there" } else { "in a sample of it" };
    one.because = format!(
        "{} of {} values occur {sample}, spelled otherwise: {} here, {} in {aim}",
        one.found,
        one.asked,
        one.spelled.here.first().cloned().unwrap_or_default(),
        one.spelled.there.first().cloned().unwrap_or_default(),
    );
    Some(one)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_number_and_what_stands_around_it() {
        let cases = [
            ("42", Some(("", "42", ""))),
            ("CUST-0042", Some(("CUST-", "0042", ""))),
            ("cust_42", Some(("cust_", "42", ""))),
            ("42/k", Some(("", "42", "/k"))),
            ("-42", None),
            ("12.50", None),
            ("2024-01-02", None),
            ("ana@x.example", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text}");
        }
    }
}
