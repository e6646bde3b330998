//! When does an index serve telephone numbers? Where a constraint allows only a plus sign and digits, few spellings are left
//! beside the normal form itself (`map::phone::other_starts`), and an ordered index is asked for those.

use postgres::Client;
use postgres::types::Type as Wire;
use std::collections::BTreeSet;

use super::catalogue::Table;
use super::served::Indexes;
use super::types::Kind;
use super::{literal, quoted};
use crate::map::phone::other_starts;

/// How an index is asked for telephone numbers.
pub(super) struct Numbers {
    /// Numbers as they stand.
    pub exact: Vec<String>,
    /// The condition for those that begin otherwise, on `t`.
    pub others: String,
}

/// The question for the wanted numbers; none where no index serves, or that cannot be told.
pub(super) fn numbers<'w>(
    client: &mut Client,
    table: &Table,
    indexes: &Indexes,
    column: &str,
    wanted: impl Iterator<Item = &'w str>,
) -> Result<Option<Numbers>, postgres::Error> {
    let text = table.ty(column).is_some_and(|ty| ty.kind == Kind::Text);
    let Some(collation) = indexes.ordered(column).filter(|_| text) else { return Ok(None) };
    let (mut exact, mut starts) = (Vec::new(), BTreeSet::new());
    // A number without a plus sign is the normal form of nothing that the constraint allows.
    for number in wanted.filter(|w| w.starts_with('+')) {
        let Some(others) = other_starts(number) else { return Ok(None) };
        starts.extend(others);
        exact.push(number.to_owned());
    }
    if !promised(client, table, column)? || !in_order(client, collation)? {
        return Ok(None);
    }
    let column = format!("t.{}", quoted(column));
    let bound = |text: &str| format!("{} COLLATE {collation}", literal(text));
    let range = |start: &String| match after(start) {
        Some(end) => format!("({column} >= {} AND {column} < {})", bound(start), bound(&end)),
        None => format!("{column} >= {}", bound(start)),
    };
    let others: Vec<String> = starts.iter().map(range).collect();
    let others = if others.is_empty() { "false".to_owned() } else { others.join(" OR ") };
    Ok(Some(Numbers { exact, others }))
}

/// The least text of a plus sign and digits that is after all that begin so; none where there is none.
fn after(start: &str) -> Option<String> {
    let kept = start.trim_end_matches('9');
    let (rest, last) = kept.split_at_checked(kept.len().checked_sub(1)?)?;
    let digit = last.parse::<u8>().ok()?;
    Some(format!("{rest}{}", digit + 1))
}

/// Whether such texts stand in the order of their digits under that collation: the server is asked.
fn in_order(client: &mut Client, collation: &str) -> Result<bool, postgres::Error> {
    let sql = format!(
        "SELECT pg_catalog.bool_and((a < b COLLATE {collation}) = (a < b COLLATE \"C\")) \
         FROM pg_catalog.unnest(ARRAY['+1', '+12', '+9', '+10000000000', '+2', '+990', '+99', '+991', '+0', '+65612345', '+656123456']) a, \
         pg_catalog.unnest(ARRAY['+1', '+12', '+9', '+10000000000', '+2', '+990', '+99', '+991', '+0', '+65612345', '+656123456']) b"
    );
    Ok(client.query_typed(&sql, &[])?.first().is_some_and(|row| row.get::<_, Option<bool>>(0) == Some(true)))
}

/// Whether a constraint on the column, or on its domain, allows only a plus sign and digits.
fn promised(client: &mut Client, table: &Table, column: &str) -> Result<bool, postgres::Error> {
    let rows = client.query_typed(
        "SELECT pg_catalog.quote_ident(a.attname), pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid, true), '::text', '') \
         FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_constraint k \
            ON k.conrelid = a.attrelid OR k.contypid = a.atttypid AND k.contypid <> 0 \
         WHERE a.attrelid = $1 AND a.attname = $2::text AND k.contype = 'c' AND k.convalidated",
        &[(&table.oid, Wire::OID), (&column, Wire::TEXT)],
    )?;
    Ok(rows.iter().any(|row| {
        let (name, says): (String, String) = (row.get(0), row.get(1));
        [name.as_str(), "VALUE"].iter().any(|name| is_plus_and_digits(&says, name))
    }))
}

/// Whether a constraint, as the server shows it, is one regular expression for a plus sign and ASCII digits. (`\d` means
/// digits of other scripts too, under some collations.)
fn is_plus_and_digits(constraint: &str, name: &str) -> bool {
    let inside = constraint.strip_prefix("CHECK (").and_then(|c| c.strip_suffix(')'));
    let regex = inside.and_then(|c| c.strip_prefix(name)?.strip_prefix(" ~ '")?.strip_suffix('\''));
    let Some(rest) = regex.and_then(|r| r.strip_prefix('^')?.strip_suffix('$')) else { return false };
    let Some(mut rest) = rest.strip_prefix("\\+").or_else(|| rest.strip_prefix("[+]")) else { return false };
    while !rest.is_empty() {
        let Some(more) = ["[0-9]", "[1-9]"].iter().find_map(|class| rest.strip_prefix(class)) else { return false };
        rest = more.strip_prefix(['*', '+']).or_else(|| times(more)).unwrap_or(more);
    }
    true
}

/// What follows `{1}`, `{1,}`, `{1,14}`.
fn times(text: &str) -> Option<&str> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    inside.bytes().all(|b| b.is_ascii_digit() || b == b',').then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_constraints_promise_a_plus_sign_and_digits() {
        let cases = [
            (r"CHECK (phone ~ '^\+[1-9][0-9]*$')", true),
            (r"CHECK (phone ~ '^[+][1-9][0-9]{1,14}$')", true),
            (r"CHECK (phone ~ '^\+[0-9]+$')", true),
            (r"CHECK (phone ~ '^\+[1-9]\d{1,14}$')", false),
            (r"CHECK (phone ~ '^\+[0-9]+')", false),
            (r"CHECK (phone ~ '\+[0-9]+$')", false),
            (r"CHECK (phone ~* '^\+[0-9]+$')", false),
            (r"CHECK (phone ~ '^\+[0-9 ]+$')", false),
            (r"CHECK (phone ~ '^\+[0-9]+$' OR true)", false),
            (r"CHECK (other ~ '^\+[0-9]+$')", false),
            (r"CHECK (phone ~ '^\+[0-9]+$|x$')", false),
        ];
        for (says, promised) in cases {
            assert_eq!(is_plus_and_digits(says, "phone"), promised, "{says}");
        }
    }

    #[test]
    fn what_comes_after_all_that_begins_so() {
        for (start, end) in [("+44", Some("+45")), ("+990", Some("+991")), ("+619", Some("+62")), ("+99", None)] {
            assert_eq!(after(start).as_deref(), end, "{start}");
        }
    }
}
