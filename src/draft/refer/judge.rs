//! What speaks for a suggested reference when its values are known, and whether that is enough without a person.

use super::super::table::Table;
use super::Reference;
use super::named::*;

/// Judges what was suggested by its values, and keeps the best for each field.
pub(in crate::draft) fn judged(tables: &[Table], suggested: Vec<Reference>) -> Vec<Reference> {
    let mut kept: Vec<Reference> = suggested.into_iter().filter_map(|r| judge(tables, r)).collect();
    // `customer_uuid` beside a `customer_id` that leads there is another system's number.
    let led: Vec<(usize, usize)> = kept.iter().filter(|r| r.sure && r.found > 0).map(|r| (r.from, r.to)).collect();
    kept.retain(|r| r.sure || r.found > 0 || !led.contains(&(r.from, r.to)));
    kept.sort_by(|a, b| {
        let rank = |r: &Reference| (r.sure, r.named, tables[r.to].space == tables[r.from].space, r.found);
        rank(b).cmp(&rank(a))
    });
    let mut out: Vec<Reference> = Vec::new();
    for mut one in kept {
        let rival = out.iter_mut().find(|r| {
            r.from == one.from && r.from_columns == one.from_columns && (r.only.is_none() || one.only.is_none())
        });
        let Some(best) = rival else {
            out.push(one);
            continue;
        };
        // Two people's collections with the same numbers: the values cannot tell which is meant.
        if best.named == one.named && best.named == A_PERSON && best.sure && one.sure {
            best.sure = false;
            one.sure = false;
            out.push(one);
        }
    }
    out
}

/// Whether a reference into another source may be taken without a person; none where it cannot be one. The numbers of
/// two systems are the same numbers only if something else in the records says so, or if they could not agree by
/// accident.
pub(in crate::draft) fn abroad_is_sure(tables: &[Table], one: &Reference, share: f64) -> Option<bool> {
    if share < 0.5 {
        return None;
    }
    let there = &tables[one.to];
    let pairs = super::super::kin::agreement(tables, one);
    match pairs {
        Some((same, all)) if all > 2 && same * 2 < all => return None,
        Some((same, all)) if all > 2 && same * 10 >= all * 8 => return Some(share >= 0.8),
        _ => {}
    }
    let sparse = one.to_columns.iter().filter_map(|c| there.field(c)).all(|f| is_sparse(there, f));
    Some(sparse && share >= 0.9 && one.asked >= 3)
}

/// Whether keys are such that another system's would hardly be among them: no numbers counted from one.
fn is_sparse(table: &Table, field: &super::super::table::Field) -> bool {
    let numbers: Vec<i128> = table
        .sample
        .iter()
        .flat_map(|r| r.at(&field.path))
        .filter_map(|v| super::super::table::spelled(v).parse().ok())
        .collect();
    let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else { return field.distinct > 2 };
    // A sample of a large collection shows neighbours apart that are none.
    numbers.len() * 2 < field.distinct || table.is_whole() && (most - least) / 20 > numbers.len() as i128
}

fn judge(tables: &[Table], mut one: Reference) -> Option<Reference> {
    let share = one.share();
    let (few, all) = (one.asked <= 2, share >= 0.95);
    let far = tables[one.from].source != tables[one.to].source && one.named > VALUES_AND_NAME;
    if one.named == NAMED_AS_KEY && share >= 0.5 && counts_within(tables, &one) {
        one.sure = false;
        one.because = "it counts from one within the record's key, as many do".to_owned();
        return Some(one);
    }
    one.sure = match (one.asked, one.named) {
        (0, _) if far => return None,
        _ if far => abroad_is_sure(tables, &one, share)?,
        // No record is of that type.
        (0, NAMED_BY_TYPE) => return None,
        // Nothing stands there in any record: a name alone, of several columns at that, is no evidence.
        (0, _) if one.from_columns.len() > 1 => return None,
        (0, named) if named >= ENDS_IN_KEY => tables[one.from].sample.is_empty(),
        (0, _) => return None,
        (_, named) if named >= ENDS_IN_KEY && (share >= 0.5 || !one.thorough && one.found > 0) => true,
        (_, named) if named >= ENDS_IN_KEY && (one.found > 0 || few) => false,
        (_, PART_OF) if all => true,
        (_, SHORT_FOR) if all && one.asked >= 2 => true,
        // One or two small numbers in a column without a mark are a yes or no.
        (_, A_PERSON) if few && !is_marked(tables, &one) => return None,
        // `related_id`, `target_id`: of anything; small numbers occur everywhere.
        (_, A_PERSON) if may_be_anything(&one.extra) => false,
        (_, A_PERSON) if all => true,
        // Such values do not agree by accident, but one or two may be anything's.
        (_, VALUES_AND_NAME) if one.found >= 2 && share >= 0.5 => true,
        (_, VALUES) if all && one.asked >= 5 => true,
        (_, VALUES_AND_NAME | VALUES) if one.found > 0 => false,
        (_, VALUES_AND_NAME | VALUES) => return None,
        (_, named) if named > 0 && share >= 0.5 => false,
        (_, 0) if all && one.asked >= 3 => true,
        _ => return None,
    };
    let (name, aim) = (said(one.named), tables[one.to].name());
    let aim = if far { format!("{aim} in another source") } else { aim.to_owned() };
    let values = match (one.asked, one.thorough) {
        (0, _) => "no values yet".to_owned(),
        (n, true) => format!("{} of {n} values occur there", one.found),
        (n, false) => format!("{} of {n} values occur in a sample of it", one.found),
    };
    one.because = if one.named == 0 { format!("{values} ({aim})") } else { format!("{name} {aim}; {values}") };
    Some(one)
}

/// Whether a field is a part of its collection's key and holds the first few numbers: it counts the lines of something,
/// though another collection's key is called so too.
fn counts_within(tables: &[Table], one: &Reference) -> bool {
    let table = &tables[one.from];
    let [name] = one.from_columns.as_slice() else { return false };
    let Some(field) = table.field(name).filter(|_| table.key.len() > 1 && table.key.contains(name)) else {
        return false;
    };
    let numbers: Vec<i128> = table
        .tuples(std::slice::from_ref(&field.path), 60)
        .iter()
        .filter_map(|t| super::super::table::spelled(t[0]).parse().ok())
        .collect();
    let most = numbers.iter().max().copied().unwrap_or(0);
    let called = field.stem.words.iter().any(|w| tables[one.to].words.iter().any(|t| super::super::words::alike(w, t)));
    !called && (1..=50).contains(&numbers.len()) && numbers.len() as i128 >= most && field.distinct * 3 < field.filled
}

/// Whether the words say only that a record is on something.
fn may_be_anything(words: &[String]) -> bool {
    const ANYTHING: &[&str] =
        &["subject", "about", "regarding", "target", "concerned", "related", "viewed", "liked", "matched", "affected"];
    !words.is_empty() && words.iter().all(|w| ANYTHING.contains(&w.as_str()) || w.len() < 2)
}

fn is_marked(tables: &[Table], one: &Reference) -> bool {
    one.from_columns.iter().all(|c| tables[one.from].field(c).is_some_and(|f| f.stem.marked))
}

fn said(named: u8) -> &'static str {
    match named {
        NAMED_BY_TYPE => "its type names",
        NAMED_AFTER => "named after",
        NAMED_AS_KEY => "named as the key of",
        ENDS_IN => "ends in the name of",
        ENDS_IN_KEY => "ends in the name of the key of",
        PART_OF => "names a part of",
        SHORT_FOR => "short for",
        A_PERSON => "names a person, as in",
        VALUES_AND_NAME => "named as a field of",
        VALUES => "named otherwise than",
        _ => "",
    }
}
