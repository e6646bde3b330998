//! An answer written into a map's file. Every byte that it does not concern stays: comments, order, line ends.
//!
//! The text is parsed to find where things stand, and only those places are changed, one after the other. What `init`
//! wrote there as a question (`# DECIDE`) goes with the answer.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::{Answer, Matter, Waiting};
use crate::error::{Error, Result};
use crate::map::{Addition, Erase, SourceMap, inserted};

/// One change to the table that a decision stands in.
enum Step {
    /// The question above it goes.
    Forget,
    /// The entry gets this value; where it is not there, it becomes the first one.
    Set(&'static str, String),
    /// The entry goes.
    Remove(&'static str),
    /// The whole link goes.
    RemoveLink,
}

/// The file's text with the answer in it.
pub fn answered(text: &str, waiting: &Waiting, answer: &Answer) -> Result<String> {
    let steps = match (waiting.matter, answer) {
        (_, Answer::Right) => vec![Step::Forget, Step::Remove("decision")],
        (Matter::Link(_), Answer::NoLink) => vec![Step::Forget, Step::RemoveLink],
        (Matter::Link(_), Answer::Role(role)) => vec![
            Step::Forget,
            Step::Set("role", format!("\"{}\"", role.word())),
            Step::Remove("shared"),
            Step::Remove("decision"),
        ],
        (Matter::Rule, Answer::Rule(erase, because)) => rule(*erase, because.as_deref()),
        _ => return Err(Error::bug("an answer to another question")),
    };
    let mut out = text.to_owned();
    for step in &steps {
        out = taken(&out, waiting, step).ok_or_else(|| lost(waiting))?;
    }
    if *answer == Answer::NoLink {
        out = set_aside(out, waiting);
    }
    match Document::parse(out.as_str()) {
        Ok(_) => Ok(out),
        Err(_) => Err(lost(waiting)),
    }
}

/// Columns that led nowhere and stand nowhere else are known, and about nobody: else the link is proposed again.
fn set_aside(text: String, waiting: &Waiting) -> String {
    let source = SourceMap::default();
    waiting.fields.iter().fold(text, |text, field| {
        if stands(&text, &waiting.collection, field).unwrap_or(true) {
            return text;
        }
        inserted(&text, &source, &Addition::Other(&waiting.collection, field)).unwrap_or(text)
    })
}

/// Whether the collection says anything of that field.
fn stands(text: &str, collection: &str, field: &str) -> Option<bool> {
    let file: toml::Table = text.parse().ok()?;
    let one = file.get("collection")?.get(collection)?.as_table()?;
    let as_key = |table: Option<&toml::Value>| table.and_then(|t| t.as_table()).is_some_and(|t| t.contains_key(field));
    let others = one.iter().filter(|(key, _)| *key != "because" && *key != "label").map(|(_, value)| value);
    Some(as_key(one.get("fields")) || others.into_iter().any(|value| says(value, field)))
}

fn says(value: &toml::Value, text: &str) -> bool {
    match value {
        toml::Value::String(one) => one == text,
        toml::Value::Array(list) => list.iter().any(|v| says(v, text)),
        toml::Value::Table(table) => table.iter().any(|(key, v)| key == text || says(v, text)),
        _ => false,
    }
}

fn rule(erase: Erase, because: Option<&str>) -> Vec<Step> {
    let word = match erase {
        Erase::Delete => "\"delete\"",
        Erase::Anonymise => "\"anonymise\"",
        Erase::Isolate => "\"isolate\"",
        Erase::Keep => "\"keep\"",
    };
    let reason = because.filter(|_| matches!(erase, Erase::Keep | Erase::Isolate));
    let reason = reason.map_or(Step::Remove("because"), |text| Step::Set("because", Value::from(text).to_string()));
    vec![Step::Forget, reason, Step::Set("erase", word.to_owned()), Step::Remove("decision")]
}

fn lost(waiting: &Waiting) -> Error {
    let place = format!("{}:{}", waiting.place.file.display(), waiting.place.line);
    Error::failed(format!("{place}: the decision is not where it was, or is written in a way that is not understood"))
        .hint("decide it in the file: remove `decision` once the rest is right")
}

/// The text after one step; none where its place is not found.
fn taken(text: &str, waiting: &Waiting, step: &Step) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let (_, item) = document.get("collection")?.as_table_like()?.get_key_value(&waiting.collection)?;
    let collection = item.as_table_like()?;
    let (table, span) = match waiting.matter {
        Matter::Rule => (collection, item.span()?),
        Matter::Link(number) => link(collection, number)?,
    };
    let (range, instead) = match step {
        Step::Forget => return Some(without_question(text, waiting, span.start, entry(table, "erase"))),
        Step::RemoveLink => (whole_item(text, span), String::new()),
        Step::Remove(key) => match entry(table, key) {
            Some(range) => (whole_entry(text, range), String::new()),
            None => return Some(text.to_owned()),
        },
        Step::Set(key, value) => match table.get(key) {
            Some(item) => (item.span()?, value.clone()),
            None => first_entry(text, span.start, key, value),
        },
    };
    let mut out = text.to_owned();
    out.replace_range(range, &instead);
    Some(out)
}

/// The link of that number, and where it stands.
fn link(collection: &dyn TableLike, number: usize) -> Option<(&dyn TableLike, Range<usize>)> {
    match collection.get("links")? {
        Item::Value(Value::Array(links)) => match links.get(number)? {
            Value::InlineTable(link) => Some((link, link.span()?)),
            _ => None,
        },
        Item::ArrayOfTables(links) => links.get(number).and_then(|link| Some((link as &dyn TableLike, link.span()?))),
        _ => None,
    }
}

/// Where an entry stands, from its key to the end of its value.
fn entry(table: &dyn TableLike, key: &str) -> Option<Range<usize>> {
    let (key, value) = table.get_key_value(key)?;
    Some(key.span()?.start..value.span()?.end)
}

/// An entry with its comma, in braces; with its line, in a table of its own.
fn whole_entry(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let after = text[range.end..].trim_start_matches([' ', '\t']);
    match (before.ends_with(','), after.strip_prefix(',')) {
        (true, _) => before.len() - 1..range.end,
        (false, Some(rest)) => range.start..text.len() - rest.trim_start_matches([' ', '\t']).len(),
        (false, None) if before.is_empty() || before.ends_with('\n') => line_of(text, range),
        (false, None) => range,
    }
}

fn line_of(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    start_of_line(text, range.start)..end
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// An element of a list with its comma and, where it has a line of its own, that line; a table of its own with all that
/// is in it.
fn whole_item(text: &str, span: Range<usize>) -> Range<usize> {
    if text[span.start..].starts_with("[[") {
        let next = text[span.end..].find("\n[").map_or(text.len(), |at| span.end + at + 1);
        return span.start..next;
    }
    let after = text[span.end..].trim_start();
    let end = if after.starts_with(',') { text.len() - after.len() + 1 } else { span.end };
    let start = start_of_line(text, span.start);
    let rest = &text[end..];
    let ends_line = rest.find('\n').filter(|at| rest[..*at].trim().is_empty());
    match (text[start..span.start].trim().is_empty(), ends_line) {
        (true, Some(at)) => start..end + at + 1,
        _ => span.start..end + rest.len() - rest.trim_start_matches(' ').len(),
    }
}

/// Where an entry that is not there yet goes, and how it is written: after the brace, or on the line after the header.
fn first_entry(text: &str, start: usize, key: &str, value: &str) -> (Range<usize>, String) {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let rest = &text[start..];
    if let Some(inside) = rest.strip_prefix('{') {
        let at = text.len() - inside.trim_start_matches([' ', '\t']).len();
        return (at..at, format!("{key} = {value}, "));
    }
    match rest.find('\n') {
        Some(at) => (start + at + 1..start + at + 1, format!("{key} = {value}{line_end}")),
        None => (text.len()..text.len(), format!("{line_end}{key} = {value}{line_end}")),
    }
}

/// The text without the question that `init` wrote: above a link, or in a collection above its rule or in its stead.
fn without_question(text: &str, waiting: &Waiting, start: usize, erase: Option<Range<usize>>) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = text[..start].matches('\n').count();
    let block = match (waiting.matter, erase) {
        (Matter::Link(_), _) => comments_above(&lines, at),
        (Matter::Rule, Some(erase)) => comments_above(&lines, text[..erase.start].matches('\n').count()),
        (Matter::Rule, None) => {
            let end = lines
                .iter()
                .skip(at + 1)
                .position(|l| l.trim_start().starts_with('['))
                .map_or(lines.len(), |n| at + 1 + n);
            at + 1..end
        }
    };
    let said = |line: &str| line.trim().trim_start_matches('#').trim().to_owned();
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    let mut asked = false;
    let kept = lines.iter().enumerate().filter(|(number, line)| {
        if !block.contains(number) || !is_comment(line) {
            return true;
        }
        let follows = asked && (said(line).starts_with("Until then they are kept") || said(line) == waiting.evidence);
        asked = is_question(&said(line), waiting.matter) || follows;
        !asked
    });
    kept.map(|(_, line)| *line).collect()
}

/// Whether a comment is the question `init` asks about that matter.
fn is_question(said: &str, matter: Matter) -> bool {
    let about_a_link = said.starts_with("DECIDE: what is the person");
    said.starts_with("DECIDE") && about_a_link == matches!(matter, Matter::Link(_))
}

/// The comment lines that stand directly above a line.
fn comments_above(lines: &[&str], at: usize) -> Range<usize> {
    let above = lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with('#')).count();
    at - above..at
}

#[cfg(test)]
mod tests;
