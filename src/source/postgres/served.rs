//! When does an index serve a question? Only where no spelling can be missed.
//!
//! The normal form of an ASCII value differs from its spellings by the case of ASCII letters and by characters up to
//! the space at both ends. An index over text folded in that way holds every such spelling in two ranges: from the
//! value to the value followed by `!` (the first character above the space), and, for those with leading space, from
//! the empty text to `!`. Some collations ignore control characters, so that the first range begins at the value
//! without its last character. Whether that is so under the index's collation the server itself is asked, with each of
//! those characters. What else is in the ranges the asker sorts out.

use postgres::Client;
use postgres::types::Type as Wire;
use std::collections::HashMap;

use super::catalogue::Table;
use super::relations::OURS;
use super::{literal, quoted};
use crate::record::FieldPath;

type Result<T> = std::result::Result<T, postgres::Error>;

/// The indexes of one table that cover all its rows.
#[derive(Default)]
pub(super) struct Indexes(Vec<Index>);

struct Index {
    /// Its first column; none where that is an expression.
    column: Option<String>,
    /// The first column or expression in SQL.
    text: String,
    /// Its collation in SQL; none where it has none.
    collation: Option<String>,
    case_blind: bool,
    operators: String,
    ordered: bool,
}

/// How an index over a folded column is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Folded {
    /// The expression, with `\0` for the alias of the table.
    pub expression: String,
    /// The operators `>=`, `<` and `>`.
    pub operators: [String; 3],
    /// Makes a bound of a text expression: `\0` stands for it.
    pub bound: String,
    /// The collation its order follows; none: byte by byte.
    pub collation: Option<String>,
    folding: Folding,
}

/// What makes upper and lower case one.
#[derive(Clone, Debug, PartialEq)]
enum Folding {
    /// The server's `lower`, under this collation.
    Lower(String),
    /// The index's own collation.
    Collation,
    /// There is no upper case in the column.
    Checked,
}

impl Indexes {
    /// Those of all tables.
    pub fn all(client: &mut Client) -> Result<HashMap<u32, Indexes>> {
        let sql = format!(
            "SELECT i.indrelid, a.attname::text, \
                coalesce(pg_catalog.quote_ident(a.attname), pg_catalog.pg_get_indexdef(i.indexrelid, 1, true)), \
                pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname), \
                NOT coalesce(l.collisdeterministic, true), o.opcname::text, m.amname = 'btree' \
             FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid \
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid \
             JOIN pg_catalog.pg_am m ON m.oid = x.relam JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[0] \
             LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
             LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[0] \
             LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace \
             WHERE {OURS} AND i.indisvalid AND i.indpred IS NULL AND m.amname IN ('btree', 'hash')"
        );
        let mut all: HashMap<u32, Indexes> = HashMap::new();
        for r in &client.query_typed(&sql, &[])? {
            all.entry(r.get(0)).or_default().0.push(Index {
                column: r.get(1),
                text: r.get(2),
                collation: r.get(3),
                case_blind: r.get(4),
                operators: r.get(5),
                ordered: r.get(6),
            });
        }
        Ok(all)
    }

    /// Whether an index begins with one of these fields, so that a comparison of all of them need not read all rows.
    pub fn serve(&self, fields: &[FieldPath]) -> bool {
        self.0.iter().any(|i| fields.iter().any(|f| i.column.as_deref() == Some(f.as_str())))
    }

    /// The collation of an index over the column whose order is a text's; none where there is no such index.
    pub fn ordered(&self, column: &str) -> Option<&str> {
        let one = |i: &&Index| i.ordered && i.column.as_deref() == Some(column) && i.operators.ends_with("text_ops");
        self.0.iter().find(one)?.collation.as_deref()
    }

    /// How an index is asked for the spellings of a text in `column`; none where none can be.
    pub fn folded(&self, client: &mut Client, table: &Table, column: &str) -> Result<Option<Folded>> {
        let Some(ty) = table.ty(column).filter(|ty| ty.is_text()) else { return Ok(None) };
        let own = format!("\0.{}", quoted(column));
        let citext = ty.kind == super::types::Kind::Citext;
        let facts = client.query_typed(
            "SELECT coalesce(pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname), ''), \
                pg_catalog.quote_ident(a.attname), \
                EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.contype = 'c' AND k.convalidated \
                    AND (k.conrelid = a.attrelid AND pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid, true), '::text', '') \
                        IN (SELECT pg_catalog.format(f, pg_catalog.quote_ident(a.attname)) FROM pg_catalog.unnest($3::text[]) f) \
                    OR k.contypid = a.atttypid AND pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid, true), '::text', '') \
                        IN (SELECT pg_catalog.format(f, 'VALUE') FROM pg_catalog.unnest($3::text[]) f))) \
             FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation \
             LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace \
             WHERE a.attrelid = $1 AND a.attname = $2::text",
            &[(&table.oid, Wire::OID), (&column, Wire::TEXT), (&CHECKS.map(str::to_owned).to_vec(), Wire::TEXT_ARRAY)],
        )?;
        let Some(facts) = facts.first() else { return Ok(None) };
        let (folding, name, lower): (String, String, bool) = (facts.get(0), facts.get(1), facts.get(2));
        let lower_by = || Folding::Lower(if folding.is_empty() { DEFAULT.to_owned() } else { folding.clone() });
        let found = self.0.iter().filter(|i| i.ordered).find_map(|index| {
            let plain = index.column.as_deref() == Some(column);
            let text = index.text.replace("::text", "");
            let folds = EXPRESSIONS.iter().find(|e| index.column.is_none() && text == e.0.replace('\0', &name));
            let (expression, folding) = match (plain, folds) {
                (true, _) if citext => (own.clone(), Folding::Lower(DEFAULT.to_owned())),
                (true, _) if index.case_blind => (own.clone(), Folding::Collation),
                (true, _) if lower => (own.clone(), Folding::Checked),
                // A text type other than text is cast in the index as it is here.
                (false, Some((_, sql))) if !citext => (sql.replace('\0', &format!("{own}{}", cast(ty))), lower_by()),
                _ => return None,
            };
            index.asked(expression, citext, ty, folding)
        });
        Ok(found)
    }
}

/// The collation of the database.
const DEFAULT: &str = "pg_catalog.\"default\"";

/// Constraints that leave no upper case in a column, as the server shows them.
const CHECKS: [&str; 6] = [
    "CHECK (%1$s = lower(%1$s))",
    "CHECK (lower(%1$s) = %1$s)",
    "CHECK (%1$s = lower(TRIM(BOTH FROM %1$s)))",
    "CHECK (%1$s = TRIM(BOTH FROM lower(%1$s)))",
    "CHECK (%1$s = lower(btrim(%1$s)))",
    "CHECK (%1$s = btrim(lower(%1$s)))",
];

/// Expressions that fold, as the server shows them and as SQL writes them; `\0` is the column.
const EXPRESSIONS: [(&str, &str); 5] = [
    ("lower(\0)", "pg_catalog.lower(\0)"),
    ("lower(TRIM(BOTH FROM \0))", "pg_catalog.lower(pg_catalog.btrim(\0))"),
    ("TRIM(BOTH FROM lower(\0))", "pg_catalog.btrim(pg_catalog.lower(\0))"),
    ("lower(btrim(\0))", "pg_catalog.lower(pg_catalog.btrim(\0))"),
    ("btrim(lower(\0))", "pg_catalog.btrim(pg_catalog.lower(\0))"),
];

fn cast(ty: &super::types::Type) -> &'static str {
    match ty.sql.as_str() {
        "\"pg_catalog\".\"text\"" => "",
        _ => "::pg_catalog.text",
    }
}

impl Index {
    fn asked(&self, expression: String, citext: bool, ty: &super::types::Type, folding: Folding) -> Option<Folded> {
        let named = |names: [&str; 3], schema: &str| names.map(|n| format!("OPERATOR({schema}.{n})"));
        let schema = ty.equals.strip_prefix("OPERATOR(").and_then(|o| o.strip_suffix(".=)")).unwrap_or("pg_catalog");
        let bytewise = self.operators.ends_with("_pattern_ops");
        let collation = self.collation.clone().filter(|_| !bytewise);
        Some(match (citext, bytewise) {
            (true, false) => Folded {
                operators: named([">=", "<", ">"], schema),
                bound: format!("(\0)::{}", ty.sql),
                expression,
                collation,
                folding,
            },
            (true, true) => return None,
            (false, true) => Folded {
                operators: named(["~>=~", "~<~", "~>~"], "pg_catalog"),
                bound: "(\0)".to_owned(),
                expression,
                collation,
                folding,
            },
            (false, false) => Folded {
                operators: named([">=", "<", ">"], "pg_catalog"),
                bound: format!("(\0) COLLATE {}", collation.as_deref()?),
                expression,
                collation,
                folding,
            },
        })
    }
}

impl Folded {
    /// Asks the server whether every spelling lies in the ranges, for these wanted texts.
    pub fn holds(&self, client: &mut Client, wanted: &[String]) -> Result<bool> {
        let (upper, lower) = ("'ABCDEFGHIJKLMNOPQRSTUVWXYZ'", "'abcdefghijklmnopqrstuvwxyz'");
        let folds = match (&self.folding, &self.collation) {
            (Folding::Lower(by), _) => {
                // Compared by digest, whatever the collation thinks is equal.
                format!(
                    "pg_catalog.md5(pg_catalog.lower({upper}::pg_catalog.text COLLATE {by})) = pg_catalog.md5({lower})"
                )
            }
            (Folding::Collation, Some(by)) => format!("{upper}::pg_catalog.text = {lower} COLLATE {by}"),
            (Folding::Collation, None) => "false".to_owned(),
            (Folding::Checked, _) => "true".to_owned(),
        };
        let collation = self.collation.as_deref().unwrap_or("pg_catalog.\"C\"");
        let sql = format!(
            "SELECT {folds} AND pg_catalog.bool_and( \
                w.v || b.c >= w.v COLLATE {collation} AND w.v || b.c < (w.v || '!') COLLATE {collation} \
                AND w.v || b.c || b.c >= w.v COLLATE {collation} AND w.v || b.c || b.c < (w.v || '!') COLLATE {collation} \
                AND {} AND {} AND {}) \
             FROM (SELECT v FROM pg_catalog.unnest($1::text[]) v LIMIT 20) w, \
                (SELECT pg_catalog.chr(n) AS c FROM pg_catalog.generate_series(1, 32) n) b",
            leading("b.c || w.v", collation),
            leading("b.c || b.c || w.v", collation),
            leading("b.c || w.v || b.c", collation)
        );
        let said = client.query_typed(&sql, &[(&wanted, Wire::TEXT_ARRAY)])?;
        Ok(said.first().is_none_or(|row| row.get::<_, Option<bool>>(0).unwrap_or(true)))
    }
}

fn leading(text: &str, collation: &str) -> String {
    format!(
        "({text} > '' COLLATE {collation} AND {text} < '!' COLLATE {collation} \
         OR {text} >= pg_catalog.\"left\"(w.v, -1) COLLATE {collation} AND {text} < (w.v || '!') COLLATE {collation})"
    )
}

/// Characters that the normal forms take off both ends, as SQL writes them.
pub(super) fn margins() -> String {
    literal(&(1u8..=32).map(char::from).collect::<String>())
}
