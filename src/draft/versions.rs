//! Collections that hold what records of another were before: histories, audits, archives of rows. Each is of the record
//! it is a version of, whoever made the change.

use super::refer::Reference;
use super::table::Table;
use super::words::{alike, same};

/// Words that say that records are earlier ones.
const EARLIER: &[&str] = &[
    "history",
    "historical",
    "histories",
    "hist",
    "version",
    "audit",
    "revision",
    "archive",
    "archived",
    "snapshot",
    "backup",
    "bak",
    "old",
    "previous",
    "stor",
    "storico",
    "storia",
    "historie",
    "historico",
    "historial",
    "historique",
    "verlauf",
    "archiv",
    "arsiv",
    "arkiv",
    "archief",
    "arkisto",
    "hst",
    "aud",
    "rev",
    "changelog",
    "zmiany",
    "geschiedenis",
    "tarihce",
    "rireki",
    "lishi",
    "历史",
    "履歴",
];

/// Whether the records of one collection are versions of the other's, as the names say and the columns bear out.
pub(super) fn is_of(table: &Table, other: &Table) -> bool {
    if table.source != other.source || table.words.len() < other.words.len() {
        return false;
    }
    let earlier = |w: &String| EARLIER.contains(&w.as_str());
    let year = |w: &String| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<String> = table.words.iter().filter(|w| !earlier(w) && !year(w)).cloned().collect();
    let says = table.words.iter().any(earlier);
    // `historicalmember`: in one word.
    let glued = |w: &String| {
        EARLIER
            .iter()
            .any(|e| e.len() > 3 && w.strip_prefix(e).is_some_and(|r| other.words.last().is_some_and(|o| alike(r, o))))
    };
    let named = says && same(&rest, &other.words) || table.words.last().is_some_and(glued);
    let shared = other.fields.iter().filter(|f| table.field(f.name()).is_some()).count();
    named && shared >= 2
}

/// Whether a reference leads from a version to the record it is of.
pub(super) fn leads_home(tables: &[Table], r: &Reference) -> bool {
    let (table, aim) = (&tables[r.from], &tables[r.to]);
    is_of(table, aim)
        && (aim.is_key(&r.to_columns) || aim.is_unique(&r.to_columns))
        && r.from_columns.iter().zip(&r.to_columns).all(|(a, b)| a.eq_ignore_ascii_case(b) || r.extra.is_empty())
}
