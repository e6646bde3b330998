//! Which field says when a record came to be (`dated` of the map): chosen by its name, borne out by the sample.
//!
//! After a restore it tells a record that was erased from one that came to be since. A field that says when something
//! was changed, ends or is due says nothing of that, and a wrong one is worse than none: what is not plain is left out.

use super::recognise::Kind;
use super::table::{Field, Table, is_nothing};
use super::vocabulary::{names_a_beginning, names_a_happening, names_no_beginning};
use super::words::words;
use crate::plan::date::moment;

/// The field; the first of those that say it most plainly.
pub(super) fn dated(table: &Table) -> Option<&str> {
    let fields = table.fields.iter().enumerate().filter(|(_, f)| !f.path.is_many() && holds_dates(table, f));
    let best = fields.map(|(i, f)| (says(f), usize::MAX - i, f)).filter(|(plain, ..)| *plain > 0);
    best.max_by_key(|(plain, i, _)| (*plain, *i)).map(|(.., f)| f.name())
}

/// How plainly a name says that the record came to be then.
fn says(field: &Field) -> u8 {
    let words = words(field.name());
    match () {
        () if names_no_beginning(&words) => 0,
        () if names_a_beginning(&words) => 2,
        () if names_a_happening(&words) => 1,
        () => 0,
    }
}

/// Whether it holds times, and what was sampled are dates, nearly all of them there.
fn holds_dates(table: &Table, field: &Field) -> bool {
    let declared = field.column.declared.to_ascii_lowercase();
    let is_time = field.found.kind == Kind::Time || declared.contains("date") || declared.contains("time");
    let mut values = table.sample.iter().flat_map(|record| record.at(&field.path)).filter(|v| !is_nothing(v));
    is_time && field.filled * 20 >= table.sample.len() * 19 && values.all(|value| moment(value).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Record, Value};
    use crate::source::{Column, Shape, ShapeKind};

    /// A table with these columns; one record of a day, a number and a text each.
    fn chosen(columns: &[(&str, Value)]) -> Option<String> {
        let column = |(name, _): &(&str, Value)| Column { name: (*name).to_owned(), ..Column::default() };
        let shape = Shape {
            name: "t".into(),
            kind: ShapeKind::Table,
            columns: columns.iter().map(column).collect(),
            closed: true,
            ..Shape::default()
        };
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let record = Record::new(names.into(), columns.iter().map(|(_, value)| value.clone()).collect());
        dated(&Table::of(0, shape, vec![record])).map(str::to_owned)
    }

    #[test]
    fn what_says_that_a_record_came_to_be_is_taken_and_nothing_else() {
        let day = || Value::from("2024-03-01 10:00:00");
        let cases: &[(&[&str], Option<&str>)] = &[
            (&["id", "updated_at", "created_at"], Some("created_at")),
            (&["order_date", "created_at"], Some("created_at")),
            (&["OrderDate", "ShippedDate", "RequiredDate"], Some("OrderDate")),
            (&["post_date", "post_modified"], Some("post_date")),
            (&["rental_date", "return_date", "last_update"], Some("rental_date")),
            (&["Bestelldatum", "Lieferdatum"], Some("Bestelldatum")),
            (&["erstellt_am", "geaendert_am"], Some("erstellt_am")),
            (&["fecha_pedido"], Some("fecha_pedido")),
            (&["更新时间", "创建时间"], Some("创建时间")),
            (&["modifieddate"], None),
            (&["last_login_at"], None),
            (&["birth_date"], None),
            (&["valid_from", "expires_at"], None),
            (&["date_of_last_order"], None),
        ];
        for (names, expected) in cases {
            let columns: Vec<(&str, Value)> = names.iter().map(|name| (*name, day())).collect();
            assert_eq!(chosen(&columns).as_deref(), *expected, "{names:?}");
        }
    }

    #[test]
    fn values_that_are_no_dates_are_not_taken() {
        assert_eq!(chosen(&[("created_at", Value::Int(1_700_000_000))]).as_deref(), Some("created_at"));
        assert_eq!(chosen(&[("created_at", Value::from("last spring"))]), None);
        assert_eq!(chosen(&[("created_at", Value::from("01/05/2024"))]), None, "two days may be meant");
        assert_eq!(chosen(&[("created_by", Value::from("2024-03-01"))]), None);
        assert_eq!(chosen(&[("order_number", Value::Int(2_450_000))]), None, "no Julian day");
        assert_eq!(chosen(&[("created_at", Value::Null)]), None);
    }
}
