//! What is added to a map's file that people have edited: new collections, links, identities, fields, columns about
//! nobody. Every byte that need not change stays: comments, order, line ends, how tables are written.
//!
//! The text is parsed to find where things stand, and only there something is put in.

use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

use super::collection::{collection, link_entries, link_line, link_question, links, other, own_path};
use super::field::field_line;
use super::toml_text::{toml_key, toml_list, toml_text};
use crate::map::{Collection, Field, Link, SourceMap};
use crate::record::FieldPath;

/// One thing that is added.
pub enum Addition<'a> {
    /// A collection, with all that is said of it.
    Collection(&'a Collection),
    /// A link of the collection of that name.
    Link(&'a str, &'a Link),
    /// A field that holds an identity.
    Identity(&'a str, &'a str, &'a FieldPath),
    /// What is said of a field.
    Field(&'a str, &'a str, &'a Field),
    /// A column about nobody.
    Other(&'a str, &'a str),
}

/// The text of a source's file with the addition in it; none where what it belongs to is written in a way that is not
/// understood. Line ends are those of the text.
pub fn inserted(text: &str, source: &SourceMap, what: &Addition<'_>) -> Option<String> {
    let plain = text.replace("\r\n", "\n");
    let out = with(&plain, source, what)?;
    Document::parse(out.as_str()).ok()?;
    // Mixed ends cannot be told apart again: then nothing is said to be done.
    match (plain.len() == text.len(), plain.replace('\n', "\r\n") == text) {
        (true, _) => Some(out),
        (_, true) => Some(out.replace('\n', "\r\n")),
        _ => None,
    }
}

fn with(text: &str, source: &SourceMap, what: &Addition<'_>) -> Option<String> {
    let (name, key) = match what {
        Addition::Collection(one) => {
            let mut out = text.to_owned();
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            collection(&mut out, one, source);
            return Some(out);
        }
        Addition::Link(name, _) => (name, "links"),
        Addition::Identity(name, ..) => (name, "identities"),
        Addition::Field(name, ..) => (name, "fields"),
        Addition::Other(name, _) => (name, "other"),
    };
    let document = Document::parse(text).ok()?;
    let (_, item) = document.get("collection")?.as_table_like()?.get_key_value(name)?;
    let table = item.as_table()?;
    let place = Place { text, name, table };
    match what {
        Addition::Collection(_) => None,
        Addition::Link(_, link) => place.link(table.get(key), link, source),
        Addition::Identity(_, identity, path) => place.identity(table.get(key), identity, &own_path(path, source)),
        Addition::Field(_, field, said) => place.field(table.get(key), field, &field_line(said, source)),
        Addition::Other(_, column) => match table.get(key) {
            None => place.line(&mut |out| other(out, &[(*column).to_owned()])),
            Some(list) => appended(text, list.as_array()?, &[], &toml_text(column)),
        },
    }
}

/// A collection's table in the text.
struct Place<'a> {
    text: &'a str,
    name: &'a str,
    table: &'a Table,
}

impl Place<'_> {
    /// A line of its own at the end of the table.
    fn line(&self, write: &mut dyn FnMut(&mut String)) -> Option<String> {
        let mut line = String::new();
        write(&mut line);
        Some(put_line(self.text, end_of(self.text, self.table)?, &line))
    }

    fn link(&self, held: Option<&Item>, link: &Link, source: &SourceMap) -> Option<String> {
        match held {
            None => {
                let one = Collection { links: vec![link.clone()], ..Collection::default() };
                self.line(&mut |out| links(out, &one, source))
            }
            Some(Item::ArrayOfTables(tables)) => {
                let mut block = format!("\n[[collection.{}.links]]\n", toml_key(self.name));
                let question = link_question(link);
                let entries = link_entries(link, source);
                question.iter().chain(&entries).for_each(|line| block.push_str(&format!("{line}\n")));
                Some(put_line(self.text, end_of(self.text, tables.iter().last()?)?, &block))
            }
            Some(list) => appended(self.text, list.as_array()?, &link_question(link), &link_line(link, source)),
        }
    }

    fn identity(&self, held: Option<&Item>, name: &str, field: &str) -> Option<String> {
        let entry = format!("{} = {}", toml_key(name), toml_text(field));
        let Some(item) = held else {
            return self.line(&mut |out| out.push_str(&format!("identities = {{ {entry} }}\n")));
        };
        match item.as_table_like()?.get(name) {
            Some(Item::Value(Value::Array(list))) => appended(self.text, list, &[], &toml_text(field)),
            Some(one) => {
                let both = toml_list(&[one.as_str()?.to_owned(), field.to_owned()]);
                Some(spliced(self.text, one.span()?, &both))
            }
            None => self.entry("identities", item, &entry),
        }
    }

    fn field(&self, held: Option<&Item>, name: &str, said: &str) -> Option<String> {
        let entry = format!("{} = {said}", toml_key(name));
        match held {
            None => self.line(&mut |out| out.push_str(&format!("fields.{entry}\n"))),
            Some(item) => self.entry("fields", item, &entry),
        }
    }

    /// An entry more in a table of the collection, as that table is written.
    fn entry(&self, key: &str, item: &Item, entry: &str) -> Option<String> {
        match item {
            Item::Value(Value::InlineTable(inline)) => {
                let last = inline.iter().filter_map(|(_, value)| value.span()).map(|span| span.end).max();
                let (at, before) = match last {
                    Some(end) => (end, ", "),
                    None => (inline.span()?.start + 1, " "),
                };
                Some(spliced(self.text, at..at, &format!("{before}{entry}")))
            }
            Item::Table(table) if table.is_dotted() => {
                Some(put_line(self.text, end_of(self.text, table)?, &format!("{key}.{entry}\n")))
            }
            Item::Table(table) if !table.is_implicit() => {
                Some(put_line(self.text, end_of(self.text, table)?, &format!("{entry}\n")))
            }
            // Only tables below it have a header: its own may follow them.
            Item::Table(_) => {
                let block = format!("\n[collection.{}.{key}]\n{entry}\n", toml_key(self.name));
                Some(put_line(self.text, self.text.len(), &block))
            }
            _ => None,
        }
    }
}

/// Where the lines of a table end: after its last entry, else after its header; tables with headers of their own are
/// apart.
fn end_of(text: &str, table: &Table) -> Option<usize> {
    let last = last_entry(table).or_else(|| table.span().map(|span| span.start))?;
    Some(text[last..].find('\n').map_or(text.len(), |at| last + at + 1))
}

fn last_entry(table: &Table) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(value) => value.span().map(|span| span.end),
        Item::Table(inner) if inner.is_dotted() => last_entry(inner),
        _ => None,
    });
    ends.max()
}

/// An element more in a list: in a line of its own where the last one has its line, else beside it.
fn appended(text: &str, list: &Array, above: &[String], element: &str) -> Option<String> {
    let Some(last) = list.iter().last() else {
        let at = list.span()?.start + 1;
        let lines: String = above.iter().map(|line| format!("\n  {line}")).collect();
        let end = if above.is_empty() { "" } else { "\n" };
        return Some(spliced(
            text,
            at..at,
            &format!("{lines}{}{element}{end}", if end.is_empty() { "" } else { "\n  " }),
        ));
    };
    let span = last.span()?;
    let line_end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let rest = text[span.end..line_end].trim_start();
    let after_comma = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    if after_comma.is_empty() || after_comma.starts_with('#') {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let indent = if indent.is_empty() { "  " } else { indent };
        let mut block: String = above.iter().map(|line| format!("{indent}{line}\n")).collect();
        block.push_str(&format!("{indent}{element},\n"));
        let out = put_line(text, (line_end + 1).min(text.len()), &block);
        return Some(match rest.starts_with(',') {
            true => out,
            false => spliced(&out, span.end..span.end, ","),
        });
    }
    let new = match above {
        [] => format!(", {element}"),
        lines => format!(",\n  {}\n  {element}\n", lines.join("\n  ")),
    };
    Some(spliced(text, span.end..span.end, &new))
}

/// Puts lines in at the beginning of a line.
fn put_line(text: &str, at: usize, lines: &str) -> String {
    let before = if at > 0 && !text[..at].ends_with('\n') { "\n" } else { "" };
    spliced(text, at..at, &format!("{before}{lines}"))
}

fn spliced(text: &str, range: Range<usize>, new: &str) -> String {
    let mut out = text.to_owned();
    out.replace_range(range, new);
    out
}

#[cfg(test)]
mod tests;
