//! The names of the columns, each of them once, and what is wrong with the header.

use std::collections::BTreeSet;

use crate::record::Names;
use crate::source::files::notes::Notes;

/// The names of all columns: a second `mail` is `mail_2`, a third column without a name `column_3`.
pub fn names(cells: Vec<String>, line: u64, notes: &mut Notes<'_>) -> Names {
    let given: BTreeSet<String> = cells.iter().filter(|c| !c.trim().is_empty()).cloned().collect();
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(cells.len());
    for (i, cell) in cells.into_iter().enumerate() {
        let name = if cell.trim().is_empty() {
            let name = free(&format!("column_{}", i + 1), &taken, &given, true);
            notes.add("empty-header", || line, format!("column {} has no name; it is called {name}", i + 1));
            name
        } else if taken.contains(&cell) {
            let name = free(&cell, &taken, &given, false);
            notes.add(
                "duplicate-header",
                || line,
                format!("{cell} stands twice in the header; column {} is called {name}", i + 1),
            );
            name
        } else {
            if cell.contains('@') {
                let message = format!("column {} is named like an e-mail address: is the header missing?", i + 1);
                notes.add("suspicious-header", || line, message);
            }
            cell
        };
        taken.insert(name.clone());
        names.push(name);
    }
    names.into()
}

/// The names of a record of `width` fields: those of the columns, and `$extra_1`, … for more.
pub fn with_extras(names: &Names, width: usize) -> Names {
    let given: BTreeSet<String> = names.iter().cloned().collect();
    let mut all = names.to_vec();
    for n in 1..=width.saturating_sub(names.len()) {
        all.push(free(&format!("$extra_{n}"), &given, &given, true));
    }
    all.into()
}

/// `name` itself, if it may be used, or with the first number that nobody has.
fn free(name: &str, taken: &BTreeSet<String>, given: &BTreeSet<String>, itself: bool) -> String {
    let used = |name: &str| taken.contains(name) || given.contains(name);
    if itself && !used(name) {
        return name.to_owned();
    }
    (2u64..).map(|n| format!("{name}_{n}")).find(|name| !used(name)).unwrap_or_default()
}
