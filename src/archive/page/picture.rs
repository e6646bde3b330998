//! Pictures of the volumes and of the years, as SVG inside the page: drawn from counts, never from values.
//!
//! Each has its numbers as text beside it, so that nobody needs the picture. No script, nothing that is loaded.

use std::collections::BTreeMap;

use super::html;
use crate::archive::collection::Told;
use crate::language::{Language, say};

/// How many years a picture shows; older ones stand in the table alone.
const YEARS: usize = 40;
const HEIGHT: u64 = 120;
const STEP: usize = 34;

/// A year: how many records, and of what.
pub struct Year {
    year: u16,
    records: u64,
    of: Vec<(String, u64)>,
}

/// The years in which the records are, with how many of each collection.
pub fn years(told: &[Told], label: impl Fn(&Told) -> String) -> Vec<Year> {
    let mut years: BTreeMap<u16, Year> = BTreeMap::new();
    for one in told {
        for (year, n) in &one.times.years {
            let row = years.entry(*year).or_insert_with(|| Year { year: *year, records: 0, of: Vec::new() });
            row.records += n;
            row.of.push((label(one), *n));
        }
    }
    years.into_values().collect()
}

/// The picture and the table of the years; empty where there are none.
pub fn timeline(language: &Language, years: &[Year]) -> String {
    if years.is_empty() {
        return String::new();
    }
    let shown = &years[years.len().saturating_sub(YEARS)..];
    let most = shown.iter().map(|y| y.records).max().unwrap_or(1).max(1);
    let (first, last) = (shown[0].year, shown[shown.len() - 1].year);
    // Years without records have their place, unless they are very many.
    let span = usize::from(last - first) + 1;
    let at = |i: usize, year: u16| if span <= YEARS { usize::from(year - first) } else { i };
    let columns = if span <= YEARS { span } else { shown.len() };
    let width = columns * STEP + 8;
    let mut out = format!(
        "<svg class=\"years\" viewBox=\"0 0 {width} {}\" width=\"{width}\" role=\"img\" aria-label=\"{}\">\n",
        HEIGHT + 42,
        say!(language, "years-picture", first = first.to_string(), last = last.to_string()),
    );
    for (i, year) in shown.iter().enumerate() {
        let x = at(i, year.year) * STEP + 4;
        let tall = (year.records * HEIGHT).div_ceil(most).max(2);
        let y = 18 + HEIGHT - tall;
        out.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{tall}\"/><text x=\"{}\" y=\"{}\">{}</text>\
             <text x=\"{}\" y=\"{}\">{}</text>\n",
            STEP - 8,
            x + (STEP - 8) / 2,
            y - 4,
            short(language, year.records),
            x + (STEP - 8) / 2,
            HEIGHT + 34,
            year.year,
        ));
    }
    out.push_str(&format!(
        "</svg>\n<table class=\"counts\">\n<caption>{}</caption>\n<thead><tr>",
        language.say("years")
    ));
    for head in ["years-year", "years-records", "years-what"] {
        out.push_str(&format!("<th scope=\"col\">{}</th>", language.say(head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for year in years.iter().rev() {
        let records = language.number(year.records);
        out.push_str(&format!("<tr><th scope=\"row\">{}</th><td>{records}</td><td>", year.year));
        let of: Vec<String> = year.of.iter().map(|(label, n)| language.pair(label, &language.number(*n))).collect();
        html::text(&mut out, &language.series(&of));
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// A count that fits over a column: `12`, `3.4k`, `1.2M`.
fn short(language: &Language, n: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = n / (unit / 10);
        if tenths >= 100 || tenths.is_multiple_of(10) {
            (tenths / 10).to_string()
        } else {
            let text = format!("{}.{}", tenths / 10, tenths % 10);
            language.digits(&text).unwrap_or(text)
        }
    };
    match n {
        0..1000 => n.to_string(),
        1000..1_000_000 => format!("{}k", tenths(1000)),
        _ => format!("{}M", tenths(1_000_000)),
    }
}

/// A bar for a collection among others: its share of the largest, as an image that says nothing new.
pub fn bar(records: u64, most: u64) -> String {
    const WIDTH: u64 = 120;
    let wide = (records * WIDTH).div_ceil(most.max(1)).clamp(1, WIDTH);
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 {WIDTH} 10\" width=\"{WIDTH}\" height=\"10\" aria-hidden=\"true\">\
         <rect width=\"{wide}\" height=\"10\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Tag;

    #[test]
    fn counts_are_short_over_a_column() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1k"), (3450, "3.4k"), (25_999, "25k"), (1_250_000, "1.2M")] {
            assert_eq!(short(Language::of(Tag::English), n), text);
        }
    }

    #[test]
    fn every_year_has_a_column_and_a_row_and_names_are_harmless() {
        let year = |year, records| Year { year, records, of: vec![("<b>Orders".into(), records)] };
        let page = timeline(Language::of(Tag::English), &[year(2019, 1), year(2021, 400)]);
        assert_eq!(page.matches("<rect").count(), 2);
        assert!(page.contains("<th scope=\"row\">2019</th><td>1</td><td>&#60;b&#62;Orders: 1</td>"), "{page}");
        assert!(page.contains("x=\"4\"") && page.contains("x=\"72\""), "2020 has its place");
        assert_eq!(timeline(Language::of(Tag::English), &[]), "");
        // A clock that ran wild spreads the columns no further than they are many.
        let wild = timeline(Language::of(Tag::English), &[year(1, 1), year(9999, 2)]);
        assert!(wild.contains("width=\"76\""), "{wild}");
    }

    #[test]
    fn a_bar_is_never_too_long() {
        assert!(bar(5, 10).contains("rect width=\"60\"") && bar(1, 100_000).contains("rect width=\"1\""));
    }
}
