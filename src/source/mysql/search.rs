//! A question as few statements: for each probe that an index serves its own, for all the others together one.
//!
//! The statements of one question are answered by one snapshot. A record is handed over by the first of them whose
//! probe it fits by its normal form, so that none comes twice, identical ones included.

use rustc_hash::FxHashMap;

use super::catalogue::Table;
use super::condition::{CONDITIONS, Fit, VALUES, fit, one_of, pieces};
use super::fold::Folding;
use super::quoted;
use super::text_literal;
use super::types::{Kind, Type};
use crate::map::NormalForm;
use crate::record::{FieldPath, Record, Value};
use crate::source::{Probe, Shape};

/// Above so many values a table that is read whole is filtered here, not by the server.
const FILTERED_THERE: usize = 16;

/// How one probe is asked.
pub(super) enum Ask {
    /// Nothing can match.
    Nothing,
    /// An index serves: one statement a piece.
    Served { index: String, pieces: Vec<Piece>, spelled: Option<Spelled> },
    /// The table is read whole; the condition keeps out what cannot match, where there is one.
    Whole { filter: Option<String> },
}

/// One statement of a probe.
pub(super) struct Piece {
    condition: String,
    /// The numbers of the values it asks for; none: those of all, in the margins.
    values: Option<Vec<u32>>,
}

/// The field whose spellings an index lays side by side.
pub(super) struct Spelled {
    field: FieldPath,
    folding: Folding,
}

/// Works out how a probe is asked; `folding` says how a column's collation orders its spellings.
pub(super) fn ask(table: &Table, shape: &Shape, probe: &Probe<'_>, folding: Option<&Folding>) -> Ask {
    let types: Vec<&Type> = probe.fields.iter().filter_map(|f| table.ty(f.as_str())).collect();
    if probe.wanted.is_empty() {
        return Ask::Nothing;
    }
    let exact = match probe.form {
        NormalForm::Exact => true,
        NormalForm::Email | NormalForm::Text => types.iter().all(|ty| ty.is_own_form()),
        NormalForm::Phone => types.iter().all(|ty| matches!(ty.kind, Kind::Bytes | Kind::Geometry)),
    };
    match exact {
        true => by_values(table, probe, &types),
        false => by_ranges(table, shape, probe, &types, folding)
            .unwrap_or_else(|| Ask::Whole { filter: spelled(probe, &types) }),
    }
}

/// The values themselves.
fn by_values(table: &Table, probe: &Probe<'_>, types: &[&Type]) -> Ask {
    let columns: Vec<String> = probe.fields.iter().map(|f| quoted(f.as_str())).collect();
    let mut tuples: Vec<(u32, Vec<String>)> = Vec::new();
    for (parts, id) in probe.wanted.numbered() {
        let fits: Vec<Fit> = parts.iter().zip(types).map(|(part, ty)| fit(part, ty)).collect();
        if fits.iter().any(|f| matches!(f, Fit::Never)) {
            continue;
        }
        let written = fits.into_iter().map(|f| match f {
            Fit::As(sql) => Some(sql),
            _ => None,
        });
        match written.collect::<Option<Vec<_>>>() {
            Some(tuple) => tuples.push((id, tuple)),
            None => return Ask::Whole { filter: None },
        }
    }
    if tuples.is_empty() {
        return Ask::Nothing;
    }
    let most = if columns.len() == 1 { VALUES } else { CONDITIONS };
    let size = |(_, tuple): &(u32, Vec<String>)| tuple.iter().map(|t| t.len() + 40).sum();
    let mut all: Vec<Piece> = pieces(tuples, most, size)
        .into_iter()
        .map(|piece| {
            let (values, tuples): (Vec<u32>, Vec<Vec<String>>) = piece.into_iter().unzip();
            Piece { condition: one_of(&columns, &tuples), values: Some(values) }
        })
        .collect();
    let names: Vec<&str> = probe.fields.iter().map(|f| f.as_str()).collect();
    match table.index_for(&names) {
        Some(index) => Ask::Served { index: index.name.clone(), pieces: all, spelled: None },
        None if all.len() == 1 => Ask::Whole { filter: all.pop().map(|p| p.condition) },
        None => Ask::Whole { filter: None },
    }
}

/// All spellings of texts, by an index whose collation lays them side by side; none where there is no such index.
fn by_ranges(
    table: &Table,
    shape: &Shape,
    probe: &Probe<'_>,
    types: &[&Type],
    folding: Option<&Folding>,
) -> Option<Ask> {
    if !matches!(probe.form, NormalForm::Email | NormalForm::Text) {
        return None;
    }
    // Of several fields one narrows the search; that the others fit is seen here.
    let place = types.iter().position(|ty| matches!(ty.kind, Kind::Text(_)))?;
    let folding = folding?;
    let field = probe.fields.get(place)?.as_str();
    let index = table.indexes.iter().find(|i| i.columns.first().is_some_and(|c| c == field))?;
    let length = shape.column(field)?.max_length;
    let fits = |part: &str| part.is_ascii();
    if !folding.serves(length) || !probe.wanted.part(place).all(fits) {
        return None;
    }
    let column = quoted(field);
    let ranges: Vec<(u32, String)> = probe
        .wanted
        .numbered()
        .filter_map(|(parts, id)| Some((id, folding.range(&column, parts[place], length)?)))
        .collect();
    let mut pieces: Vec<Piece> = pieces(ranges, CONDITIONS, |(_, sql)| sql.len())
        .into_iter()
        .map(|piece| {
            let (values, ranges): (Vec<u32>, Vec<String>) = piece.into_iter().unzip();
            Piece { condition: ranges.join(" OR "), values: Some(values) }
        })
        .collect();
    pieces.push(Piece { condition: Folding::margin(&column), values: None });
    let spelled = Spelled { field: probe.fields[place].clone(), folding: folding.clone() };
    Some(Ask::Served { index: index.name.clone(), pieces, spelled: Some(spelled) })
}

/// The text field whose spellings a probe is narrowed by.
pub(super) fn spelled_field<'p>(table: &Table, probe: &'p Probe<'_>) -> Option<&'p str> {
    let is_text = |name: &&str| matches!(table.ty(name).map(|t| &t.kind), Some(Kind::Text(_)));
    probe.fields.iter().map(|f| f.as_str()).find(is_text)
}

/// What may be a spelling, worked out by the server for every row: too much rather than too little.
fn spelled(probe: &Probe<'_>, types: &[&Type]) -> Option<String> {
    let ([field], [Type { kind: Kind::Text(_), .. }]) = (probe.fields, types) else { return None };
    let text = format!("CONVERT({} USING utf8mb4)", quoted(field.as_str()));
    if probe.wanted.len() > FILTERED_THERE || !probe.wanted.part(0).all(str::is_ascii) {
        return None;
    }
    if probe.form == NormalForm::Phone {
        return Some(phone(&text, probe));
    }
    let folded = format!("LOWER({text}) COLLATE utf8mb4_bin");
    let one = |wanted: &str| format!("LOCATE({} COLLATE utf8mb4_bin, {folded}) > 0", text_literal(wanted));
    Some(format!("({})", probe.wanted.part(0).map(one).collect::<Vec<_>>().join(" OR ")))
}

/// Whatever prefix is taken off or put on, the last digits of a phone number stay; what is not plainly digits and the
/// usual separators may always be one.
fn phone(text: &str, probe: &Probe<'_>) -> String {
    let mut tails = std::collections::BTreeSet::new();
    for number in probe.wanted.part(0) {
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        tails.extend((1..=digits.len().min(4)).map(|n| digits[digits.len() - n..].iter().collect::<String>()));
    }
    let tails: Vec<String> = tails.iter().map(|t| text_literal(t)).chain(["''".to_owned()]).collect();
    format!(
        "({text} NOT REGEXP '^ *[+]?[-0-9 ().]*$' OR RIGHT(REGEXP_REPLACE({text}, '[^0-9]', ''), 4) IN ({}))",
        tails.join(", ")
    )
}

/// Runs a statement, and is told which of the records it gives are to be handed over.
type Run<'r, E> = dyn FnMut(&str, &dyn Fn(&Record) -> bool) -> Result<(), E> + 'r;

/// The statements of a question, in their order.
pub(super) struct Plan<'q, 'a> {
    probes: &'q [Probe<'a>],
    asks: Vec<Ask>,
}

impl<'q, 'a> Plan<'q, 'a> {
    pub fn new(probes: &'q [Probe<'a>], asks: Vec<Ask>) -> Self {
        Plan { probes, asks }
    }

    /// Fields for which no index serves the question.
    pub fn whole(&self) -> Vec<&'q str> {
        let whole = self.probes.iter().zip(&self.asks).filter(|(_, ask)| matches!(ask, Ask::Whole { .. }));
        whole.flat_map(|(probe, _)| probe.fields.iter().map(|f| f.as_str())).collect()
    }

    /// Gives each statement, as what follows the columns, with what says whether it is the one to hand a record over.
    pub fn each<E>(&self, table: &Table, run: &mut Run<'_, E>) -> Result<(), E> {
        for (p, ask) in self.asks.iter().enumerate() {
            let Ask::Served { index, pieces, spelled } = ask else { continue };
            let place: FxHashMap<u32, usize> = pieces
                .iter()
                .enumerate()
                .flat_map(|(i, piece)| piece.values.iter().flatten().map(move |v| (*v, i)))
                .collect();
            for (i, piece) in pieces.iter().enumerate() {
                let sql = format!("FROM {} FORCE INDEX ({}) WHERE {}", table.sql, quoted(index), piece.condition);
                run(&sql, &|record| {
                    let margin = spelled.as_ref().is_some_and(|s| s.is_in_margin(record));
                    let here = |id| if margin { piece.values.is_none() } else { place.get(&id) == Some(&i) };
                    let mut hit = false;
                    self.probes[p].hits(record, &mut |id| hit |= here(id));
                    hit && !self.fits_before(record, p)
                })?;
            }
        }
        self.read_whole(table, run)
    }

    fn read_whole<E>(&self, table: &Table, run: &mut Run<'_, E>) -> Result<(), E> {
        let filters: Vec<&Option<String>> = self
            .asks
            .iter()
            .filter_map(|ask| match ask {
                Ask::Whole { filter } => Some(filter),
                _ => None,
            })
            .collect();
        if filters.is_empty() {
            return Ok(());
        }
        let all: Option<Vec<&str>> = filters.into_iter().map(|f| f.as_deref()).collect();
        let sql = match all {
            Some(all) => format!("FROM {} WHERE {}", table.sql, all.join(" OR ")),
            None => format!("FROM {}", table.sql),
        };
        run(&sql, &|record| {
            let whole = |(probe, ask): (&Probe<'_>, &Ask)| matches!(ask, Ask::Whole { .. }) && fits(probe, record);
            self.probes.iter().zip(&self.asks).any(whole) && !self.fits_before(record, self.asks.len())
        })
    }

    /// Whether a probe served by an index, before that place, has handed the record over.
    fn fits_before(&self, record: &Record, place: usize) -> bool {
        let served = |(probe, ask): (&Probe<'_>, &Ask)| matches!(ask, Ask::Served { .. }) && fits(probe, record);
        self.probes.iter().zip(&self.asks).take(place).any(served)
    }
}

impl Spelled {
    fn is_in_margin(&self, record: &Record) -> bool {
        record.at(&self.field).iter().any(|v| matches!(v, Value::Text(text) if self.folding.is_in_margin(text)))
    }
}

fn fits(probe: &Probe<'_>, record: &Record) -> bool {
    let mut hit = false;
    probe.hits(record, &mut |_| hit = true);
    hit
}
