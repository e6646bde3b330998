//! References over several columns that nobody declared: the other side's whole key stands here, under its own names.

use super::refer::Reference;
use super::table::Table;
use super::words::{Stem, alike, same};

/// What columns of `from` together may refer to.
pub(super) fn suggested(tables: &[Table], from: usize, declared: &[Reference]) -> Vec<Reference> {
    let table = &tables[from];
    let mut out = Vec::new();
    for (to, aim) in tables.iter().enumerate() {
        if to == from || aim.source != table.source || aim.space != table.space || aim.key.len() < 2 {
            continue;
        }
        let known =
            |r: &Reference| r.from == from && (r.to == to || r.from_columns == aim.key) && r.from_columns.len() > 1;
        if declared.iter().any(known) || !names_something(tables, declared, to) {
            continue;
        }
        for (columns, extra) in standing_in(table, aim) {
            if same_key(table, &columns) && !is_longer(&table.words, &aim.words) {
                continue;
            }
            let mut one = Reference::new(from, columns, to, aim.key.clone());
            one.named = 95;
            one.extra = extra;
            out.push(one);
        }
    }
    out
}

/// Whether the key of a collection is more than a pair of references to others (a table between two tables).
fn names_something(tables: &[Table], declared: &[Reference], to: usize) -> bool {
    let aim = &tables[to];
    let refers = |c: &String| {
        let single = |r: &Reference| r.from == to && r.from_columns.len() == 1 && r.from_columns[0] == *c;
        let named = |stem: &Stem| {
            tables
                .iter()
                .enumerate()
                .any(|(i, t)| i != to && t.source == aim.source && t.key.len() == 1 && same(&stem.words, &t.words))
        };
        declared.iter().any(single) || aim.field(c).is_some_and(|f| named(&f.stem))
    };
    aim.key.iter().any(|c| !refers(c))
}

/// The sets of columns here that stand for the other's key: all under its names, or one of them with a word before it
/// (`ship_to_customer_no`).
fn standing_in(table: &Table, aim: &Table) -> Vec<(Vec<String>, Vec<String>)> {
    let exact =
        |c: &String| table.fields.iter().find(|f| f.name().eq_ignore_ascii_case(c)).map(|f| f.name().to_owned());
    let all: Vec<Option<String>> = aim.key.iter().map(exact).collect();
    let missing: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_none()).collect();
    let mut out = Vec::new();
    if missing.is_empty() {
        out.push((all.iter().flatten().cloned().collect(), Vec::new()));
    }
    for i in 0..all.len() {
        if missing.iter().any(|m| *m != i) {
            continue;
        }
        let Some(stem) = aim.field(&aim.key[i]).map(|f| &f.stem.words).filter(|w| !w.is_empty()) else { continue };
        for field in table.fields.iter().filter(|f| f.stem.words.len() > stem.len()) {
            let (before, last) = field.stem.words.split_at(field.stem.words.len() - stem.len());
            if same(last, stem) && field.stem.marked {
                let mut columns = all.clone();
                columns[i] = Some(field.name().to_owned());
                out.push((columns.into_iter().flatten().collect(), before.to_vec()));
            }
        }
    }
    out
}

fn same_key(table: &Table, columns: &[String]) -> bool {
    table.key.len() == columns.len() && table.key.iter().all(|k| columns.contains(k))
}

/// Whether a name is another with something added: `order_totals` after `orders`.
fn is_longer(long: &[String], short: &[String]) -> bool {
    long.len() > short.len() && short.iter().all(|s| long.iter().any(|l| alike(l, s)))
}
