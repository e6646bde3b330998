//! A question as one statement: a branch for each probe that an index serves, one for all the others together.

use postgres::Client;

use super::catalogue::Table;
use super::encode::{Fit, fit};
use super::phones;
use super::quoted;
use super::served::{Folded, Indexes, margins};
use super::types::{Kind, Type};
use crate::map::NormalForm;
use crate::source::{Probe, Question};

/// A statement and the lists of texts it takes.
#[derive(Default)]
pub(super) struct Asked {
    /// Branches that an index serves: what follows FROM, for the table as `t`.
    served: Vec<String>,
    /// Conditions on `t` that no index serves.
    conditions: Vec<String>,
    pub lists: Vec<Vec<String>>,
    /// Fields for which no index serves the question.
    pub whole: Vec<String>,
    /// Whether a branch may give a record twice.
    overlaps: bool,
}

/// Above so many values, ranges are joined instead of written out.
const WRITTEN_OUT: usize = 16;

impl Asked {
    /// Works out the statement for a question about a table.
    pub fn of(
        client: &mut Client,
        table: &Table,
        indexes: &Indexes,
        question: &Question<'_>,
    ) -> Result<Asked, postgres::Error> {
        let mut asked = Asked::default();
        for probe in question.probes.iter().filter(|p| !p.wanted.is_empty()) {
            let types: Vec<&Type> = probe.fields.iter().filter_map(|f| table.ty(f.as_str())).collect();
            let exact = match probe.form {
                NormalForm::Exact => true,
                NormalForm::Email | NormalForm::Text => types.iter().all(|ty| is_own_form(ty)),
                NormalForm::Phone => types.iter().all(|ty| ty.kind == Kind::Bytes),
            };
            if exact {
                asked.exact(table, indexes, probe, &types);
                continue;
            }
            let served =
                asked.by_numbers(client, table, indexes, probe)? || asked.by_ranges(client, table, indexes, probe)?;
            if !served {
                asked.spelled(probe, &types);
            }
        }
        Ok(asked)
    }

    /// The statement; none where nothing can match. The second value says whether records may come twice: then each
    /// begins with what tells it from the others.
    pub fn statement(&self, table: &Table) -> Option<(String, bool)> {
        let mut branches = self.served.clone();
        if !self.conditions.is_empty() {
            branches.push(format!("{} AS t WHERE {}", table.from, self.conditions.join(" OR ")));
        }
        let twice = self.overlaps || branches.len() > 1;
        let mark = if twice { "t.tableoid::pg_catalog.text || t.ctid::pg_catalog.text, " } else { "" };
        let select = |from: &String| format!("SELECT {mark}{} FROM {from}", table.column_list("t"));
        (!branches.is_empty()).then(|| (branches.iter().map(select).collect::<Vec<_>>().join(" UNION ALL "), twice))
    }

    /// Adds a list of texts; gives the SQL for it.
    fn list(&mut self, texts: Vec<String>) -> String {
        self.lists.push(texts);
        format!("${}", self.lists.len())
    }

    /// The values themselves.
    fn exact(&mut self, table: &Table, indexes: &Indexes, probe: &Probe<'_>, types: &[&Type]) {
        let mut known: Vec<Vec<String>> = vec![Vec::new(); types.len()];
        let mut odd: Vec<Vec<String>> = known.clone();
        for parts in probe.wanted.tuples() {
            let fits: Vec<Fit> = parts.iter().zip(types).map(|(part, ty)| fit(part, ty)).collect();
            if fits.iter().any(|f| matches!(f, Fit::Never)) {
                continue;
            }
            let is_known = fits.iter().all(|f| matches!(f, Fit::As(_)));
            for (i, fit) in fits.into_iter().enumerate() {
                match fit {
                    Fit::As(text) if is_known => known[i].push(text),
                    _ => odd[i].push(parts[i].to_owned()),
                }
            }
        }
        let fields: Vec<(String, &Type)> =
            probe.fields.iter().map(|f| format!("t.{}", quoted(f.as_str()))).zip(types.iter().copied()).collect();
        if !known[0].is_empty() {
            let condition = self.equal(&fields, known);
            match indexes.serve(probe.fields) {
                true => self.served.push(format!("{} AS t WHERE {condition}", table.from)),
                false => self.unserved(probe, condition),
            }
        }
        if !odd[0].is_empty() && probe.form != NormalForm::Exact {
            self.spelled(probe, types);
        } else if !odd[0].is_empty() {
            let parts = fields.iter().zip(odd).map(|((field, ty), list)| {
                format!("{} OPERATOR(pg_catalog.=) ANY ({})", ty.as_text(field), self.list(list))
            });
            let condition = parts.collect::<Vec<_>>().join(" AND ");
            self.unserved(probe, format!("({condition})"));
        }
    }

    fn equal(&mut self, fields: &[(String, &Type)], lists: Vec<Vec<String>>) -> String {
        let arrays: Vec<String> =
            fields.iter().zip(lists).map(|((_, ty), list)| format!("{}::{}[]", self.list(list), ty.sql)).collect();
        if let ([(field, ty)], [array]) = (fields, &arrays[..]) {
            return format!("{field} {} ANY ({array})", ty.equals);
        }
        let names: Vec<String> = (0..fields.len()).map(|i| format!("k{i}")).collect();
        let same = fields.iter().zip(&names).map(|((field, ty), k)| format!("{field} {} k.{k}", ty.equals));
        format!(
            "EXISTS (SELECT 1 FROM ROWS FROM ({}) AS k({}) WHERE {})",
            arrays.iter().map(|a| format!("pg_catalog.unnest({a})")).collect::<Vec<_>>().join(", "),
            names.join(", "),
            same.collect::<Vec<_>>().join(" AND ")
        )
    }

    fn unserved(&mut self, probe: &Probe<'_>, condition: String) {
        self.whole.extend(probe.fields.iter().map(|f| f.as_str().to_owned()));
        self.conditions.push(condition);
    }

    /// All spellings of telephone numbers, by an index over them. `false` where none serves.
    fn by_numbers(
        &mut self,
        client: &mut Client,
        table: &Table,
        indexes: &Indexes,
        probe: &Probe<'_>,
    ) -> Result<bool, postgres::Error> {
        let ([field], NormalForm::Phone) = (probe.fields, probe.form) else { return Ok(false) };
        let Some(numbers) = phones::numbers(client, table, indexes, field.as_str(), probe.wanted.part(0))? else {
            return Ok(false);
        };
        let (column, list) = (format!("t.{}", quoted(field.as_str())), self.list(numbers.exact));
        self.served.push(format!(
            "{} AS t WHERE ({column} OPERATOR(pg_catalog.=) ANY ({list}::pg_catalog.text[]) OR {})",
            table.from, numbers.others
        ));
        Ok(true)
    }

    /// All spellings of a text, by an index over it folded. `false` where none serves.
    fn by_ranges(
        &mut self,
        client: &mut Client,
        table: &Table,
        indexes: &Indexes,
        probe: &Probe<'_>,
    ) -> Result<bool, postgres::Error> {
        let ([field], NormalForm::Email | NormalForm::Text) = (probe.fields, probe.form) else { return Ok(false) };
        let wanted: Vec<String> = probe.wanted.part(0).map(str::to_owned).collect();
        if !wanted.iter().all(|w| w.is_ascii() && !w.contains('\0')) {
            return Ok(false);
        }
        let Some(folded) = indexes.folded(client, table, field.as_str())? else { return Ok(false) };
        if !folded.holds(client, &wanted)? {
            return Ok(false);
        }
        self.ranges(table, &folded, wanted);
        Ok(true)
    }

    fn ranges(&mut self, table: &Table, folded: &Folded, wanted: Vec<String>) {
        let [from, below, above] = &folded.operators;
        let expression = folded.expression.replace('\0', "t");
        let bound = |text: &str| folded.bound.replace('\0', text);
        let range = |low: &str, high: &str, from: &str| {
            format!("{expression} {from} {} AND {expression} {below} {}", bound(low), bound(high))
        };
        let low = |value: &str| format!("pg_catalog.\"left\"({value}, -1)");
        let leading = range("''", "'!'", above);
        let count = wanted.len();
        let list = self.list(wanted);
        match count <= WRITTEN_OUT {
            true => {
                let one = |i: usize| {
                    let value = format!("({list}::pg_catalog.text[])[{i}]");
                    range(&low(&value), &format!("{value} || '!'"), from)
                };
                let all: Vec<String> = (1..=count).map(one).chain([leading]).collect();
                self.served.push(format!("{} AS t WHERE ({})", table.from, all.join(") OR (")));
            }
            false => {
                let each = range(&low("w.v"), "w.v || '!'", from);
                self.served.push(format!(
                    "pg_catalog.unnest({list}::pg_catalog.text[]) AS w(v) JOIN {} AS t ON {each}",
                    table.from
                ));
                self.served.push(format!("{} AS t WHERE {leading}", table.from));
                self.overlaps = true;
            }
        }
    }

    /// What may be a spelling, worked out by the server for every row: too much rather than too little.
    fn spelled(&mut self, probe: &Probe<'_>, types: &[&Type]) {
        let mut parts = Vec::new();
        for (i, (field, ty)) in probe.fields.iter().zip(types).enumerate() {
            let text = format!("({} COLLATE \"C\")", ty.as_text(&format!("t.{}", quoted(field.as_str()))));
            let wanted = || probe.wanted.part(i);
            parts.push(match probe.form {
                NormalForm::Phone => self.phone(&text, wanted()),
                _ => self.folded_text(&text, wanted()),
            });
        }
        self.unserved(probe, format!("({})", parts.join(" AND ")));
    }

    fn folded_text<'w>(&mut self, text: &str, wanted: impl Iterator<Item = &'w str>) -> String {
        let (ascii, other): (Vec<&str>, Vec<&str>) = wanted.filter(|w| !w.contains('\0')).partition(|w| w.is_ascii());
        let folded = format!("pg_catalog.lower(pg_catalog.btrim({text}, {}))", margins());
        let list = self.list(ascii.into_iter().map(str::to_owned).collect());
        let mut condition = format!("{folded} OPERATOR(pg_catalog.=) ANY ({list})");
        if !other.is_empty() {
            // Letters beyond ASCII have other lower cases on the two sides; they never become ASCII, so that the rest
            // of the text must be the same.
            let rest = other.into_iter().map(|w| w.chars().filter(char::is_ascii).collect()).collect();
            let list = self.list(rest);
            condition = format!(
                "({condition} OR pg_catalog.regexp_replace({folded}, '[^\\x01-\\x7f]', '', 'g') OPERATOR(pg_catalog.=) ANY ({list}) \
                 AND pg_catalog.octet_length({text}) > pg_catalog.length(pg_catalog.regexp_replace({text}, '[^\\x01-\\x7f]', '', 'g')))"
            );
        }
        condition
    }

    /// Whatever prefix is taken off or put on, the last digits of a phone number stay; what is not plainly digits and
    /// the usual separators may always be one.
    fn phone<'w>(&mut self, text: &str, wanted: impl Iterator<Item = &'w str>) -> String {
        let mut tails = std::collections::BTreeSet::new();
        for number in wanted {
            let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
            tails.extend((1..=digits.len().min(4)).map(|n| digits[digits.len() - n..].iter().collect::<String>()));
        }
        let list = self.list(tails.into_iter().collect());
        // Without regular expressions, which would cost three times as much for each row of the table.
        let digits = format!("pg_catalog.translate({text}, '+-. ()', '')");
        format!(
            "(pg_catalog.right({digits}, 4) OPERATOR(pg_catalog.=) ANY ({list}) OR {digits} OPERATOR(pg_catalog.=) '' \
             OR pg_catalog.translate({digits}, '0123456789', '') OPERATOR(pg_catalog.<>) '' \
             OR pg_catalog.strpos(pg_catalog.substr(pg_catalog.ltrim({text}, ' '), 2), '+') OPERATOR(pg_catalog.>) 0)"
        )
    }
}

/// Whether what such a type is written as has no upper case and no margins, so that it is its own normal form.
fn is_own_form(ty: &Type) -> bool {
    matches!(
        ty.kind,
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid | Kind::Bool | Kind::Float4 | Kind::Float8 | Kind::Numeric
    ) || matches!(ty.kind, Kind::Bytes | Kind::Uuid | Kind::Date | Kind::Timestamp | Kind::TimestampTz)
}
