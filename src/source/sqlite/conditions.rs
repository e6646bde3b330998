//! What a probe is in SQL: served by an index where that misses nothing, by a function of ours otherwise.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Result};
use rustc_hash::FxHashSet;
use std::rc::Rc;

use super::schema::rowid;
use super::values::from_sql;
use super::{quoted, served};
use crate::map::NormalForm;
use crate::map::phone::{Tails, other_starts};
use crate::record::Value;
use crate::source::question::{link_value, normal_of};
use crate::source::{Probe, Shape, ValueType};

/// The conditions of one statement, to be joined by OR, over the table as `t`.
#[derive(Default)]
pub(super) struct Asked {
    pub conditions: Vec<String>,
    /// The values bound, in order.
    pub arrays: Vec<Rc<Vec<Sql>>>,
    /// Fields for which no index serves the normal form, and that.
    pub whole: Vec<(String, NormalForm)>,
}

impl Asked {
    /// Adds the conditions of a probe, the `n`th.
    pub fn add(&mut self, conn: &Connection, shape: &Shape, n: usize, probe: &Probe<'_>) -> Result<()> {
        if probe.form == NormalForm::Exact {
            self.exact(shape, probe);
            return Ok(());
        }
        if let ([field], Some(_)) = (probe.fields, shape.rows)
            && self.by_index(conn, shape, field.as_str(), probe)?
        {
            return Ok(());
        }
        self.by_function(conn, shape, n, probe)
    }

    /// Why no index serves, and what would.
    pub fn why_whole(&self, shape: &Shape) -> String {
        let Some((field, form)) = self.whole.first() else {
            return format!("no index serves the fields searched in {}", shape.name);
        };
        let fields: Vec<&str> = self.whole.iter().map(|(field, _)| field.as_str()).collect();
        let would = match form {
            NormalForm::Phone => format!(
                "one on {field} would, with CHECK ({field} GLOB '+[1-9]*' AND {field} NOT GLOB '+*[^0-9]*') on the table"
            ),
            _ => format!("one on lower(trim({field})), or COLLATE NOCASE, would"),
        };
        format!("no index serves every spelling of {}; {would}", fields.join(", "))
    }

    fn array(&mut self, values: impl Iterator<Item = Sql>) -> String {
        self.arrays.push(Rc::new(values.collect()));
        format!("rarray(?{})", self.arrays.len())
    }

    fn exact(&mut self, shape: &Shape, probe: &Probe<'_>) {
        let parts = probe.fields.iter().enumerate().map(|(i, field)| {
            let ty = shape.column(field.as_str()).map_or(ValueType::Any, |c| c.ty);
            let array = self.array(probe.wanted.part(i).flat_map(|text| candidates(text, ty)));
            format!("t.{} IN (SELECT value FROM {array})", quoted(field.as_str()))
        });
        let all = parts.collect::<Vec<_>>().join(" AND ");
        self.conditions.push(format!("({all})"));
    }

    /// Asks an index, where one serves the normal form; `false` where none does.
    fn by_index(&mut self, conn: &Connection, shape: &Shape, field: &str, probe: &Probe<'_>) -> Result<bool> {
        let wanted = || probe.wanted.part(0);
        let texts = |list: Vec<String>| list.into_iter().map(Sql::Text);
        match probe.form {
            NormalForm::Email | NormalForm::Text if wanted().all(str::is_ascii) => {
                let Some(folded) = served::folded(conn, shape, field, "x")? else { return Ok(false) };
                let values = wanted().map(str::to_owned).collect();
                self.ranges(shape, &folded, texts(values), "!");
                // Those with leading space.
                self.ranges(shape, &folded, texts(vec![String::new()]), "!");
            }
            NormalForm::Phone => {
                let Some((values, starts)) = phones(wanted()) else { return Ok(false) };
                let Some(column) = served::plus_and_digits(conn, shape, field, "x")? else { return Ok(false) };
                self.ranges(shape, &column, texts(values), "!");
                self.ranges(shape, &column, texts(starts), ":");
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Records for which the expression lies between one of these texts and the same followed by `end`.
    fn ranges(&mut self, shape: &Shape, expression: &str, texts: impl Iterator<Item = Sql>, end: &str) {
        let array = self.array(texts);
        let (rowid, table) = (rowid(shape), quoted(&shape.name));
        self.conditions.push(format!(
            "t.{rowid} IN (SELECT x.{rowid} FROM {array} AS r CROSS JOIN {table} AS x \
             WHERE {expression} >= r.value AND {expression} < r.value || '{end}')"
        ));
    }

    /// Reads every record, or at least every entry of an index that holds the field.
    fn by_function(&mut self, conn: &Connection, shape: &Shape, n: usize, probe: &Probe<'_>) -> Result<()> {
        let mut fits = Vec::new();
        let narrow = match (probe.fields, shape.rows) {
            ([field], Some(_)) => served::is_indexed(conn, shape, field.as_str())?,
            _ => false,
        };
        let alias = if narrow { "x" } else { "t" };
        for (i, field) in probe.fields.iter().enumerate() {
            self.whole.push((field.as_str().to_owned(), probe.form));
            let function = format!("redress_fits_{n}_{i}");
            register(conn, &function, probe, i)?;
            fits.push(format!("{function}({alias}.{})", quoted(field.as_str())));
        }
        let all = fits.join(" AND ");
        let (rowid, table) = (rowid(shape), quoted(&shape.name));
        self.conditions.push(match narrow {
            true => format!("t.{rowid} IN (SELECT x.{rowid} FROM {table} AS x WHERE {all})"),
            false => format!("({all})"),
        });
        Ok(())
    }
}

/// The texts from which numbers wanted are asked for, and how other spellings of them begin; `None` where a text of a
/// plus sign and digits might be missed.
fn phones<'w>(wanted: impl Iterator<Item = &'w str>) -> Option<(Vec<String>, Vec<String>)> {
    let (mut values, mut starts) = (Vec::new(), Vec::new());
    for normal in wanted {
        if !normal.is_empty() && normal.bytes().all(|b| b.is_ascii_digit()) {
            // No text with a plus sign has such a normal form.
            continue;
        }
        starts.extend(other_starts(normal)?);
        // A check of SQLite's stops at a zero byte; what stands before one is a beginning of the normal form.
        values.extend((2..=normal.len()).map(|n| normal[..n].to_owned()));
    }
    for list in [&mut values, &mut starts] {
        list.sort();
        list.dedup();
    }
    Some((values, starts))
}

/// What a wanted text may be stored as. A column with an affinity converts what it is compared with; one without
/// does not, so that both forms are asked for.
fn candidates(text: &str, ty: ValueType) -> Vec<Sql> {
    if let Value::Bytes(bytes) = link_value(text) {
        return vec![Sql::Blob(bytes)];
    }
    let number: Option<i64> = text.parse().ok();
    match (ty, number) {
        // What the column would make of the text anyway; there may be very many.
        (ValueType::Int, Some(number)) if number.to_string() == text => vec![Sql::Integer(number)],
        (ValueType::Any | ValueType::Bytes, number) => {
            let mut forms = vec![Sql::Text(text.to_owned())];
            forms.extend(number.map(Sql::Integer));
            forms.extend(text.parse().map(Sql::Real));
            forms
        }
        _ => vec![Sql::Text(text.to_owned())],
    }
}

/// Makes the function that says whether a cell's normal form is wanted as the probe's field `i`.
fn register(conn: &Connection, name: &str, probe: &Probe<'_>, i: usize) -> Result<()> {
    let (form, country) = (probe.form, probe.country.map(str::to_owned));
    let wanted: FxHashSet<Box<str>> = probe.wanted.part(i).map(Into::into).collect();
    let tails = (form == NormalForm::Phone).then(|| Tails::of(probe.wanted.part(i)));
    let fits = move |cell: ValueRef<'_>| {
        if let ValueRef::Text(bytes) = cell
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            let may = tails.as_ref().is_none_or(|tails| tails.may_match(text));
            return may && wanted.contains(&*form.apply(text, country.as_deref()));
        }
        let value = from_sql(cell);
        normal_of(&value, form, country.as_deref()).is_some_and(|normal| wanted.contains(&*normal))
    };
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function(name, 1, flags, move |context| Ok(fits(context.get_raw(0))))
}
