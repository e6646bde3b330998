//! Typed access to TOML: a value that knows its key and its place, and says what is wrong with it.
//!
//! Every accessor returns nothing where the value is wrong and has then added a fault, so that reading goes on and
//! collects all of them.

use toml::de::{DeTable, DeValue};

use super::doc::Doc;
use super::suggest::did_you_mean;
use crate::map::Place;
use crate::map::write::toml_key;

/// A value of a file.
#[derive(Clone)]
pub(super) struct Node<'a> {
    doc: &'a Doc,
    /// The last part of its key.
    pub(super) name: &'a str,
    key: String,
    key_at: usize,
    value: &'a DeValue<'a>,
    value_at: usize,
}

/// A table of a file.
#[derive(Clone)]
pub(super) struct Table<'a> {
    doc: &'a Doc,
    key: String,
    at: usize,
    table: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// The file itself.
    pub(super) fn root(doc: &'a Doc, table: &'a DeTable<'a>) -> Self {
        Table { doc, key: String::new(), at: 0, table }
    }

    /// The value of that key.
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        let (key, value) = self.table.get_key_value(name)?;
        Some(self.node(key, value))
    }

    /// The value of that key; a fault where it is missing.
    pub(super) fn need(&self, name: &str, hint: &str) -> Option<Node<'a>> {
        let node = self.get(name);
        if node.is_none() {
            self.fault(format!("{name} is missing"), Some(hint.to_owned()));
        }
        node
    }

    /// All values, in the order of the file.
    pub(super) fn entries(&self) -> Vec<Node<'a>> {
        let mut nodes: Vec<Node<'a>> = self.table.iter().map(|(key, value)| self.node(key, value)).collect();
        nodes.sort_by_key(|node| node.key_at);
        nodes
    }

    /// The table of that key, empty where there is none; its keys are free.
    pub(super) fn named(&self, name: &str) -> Vec<Node<'a>> {
        self.get(name).and_then(|node| node.open_table()).map_or_else(Vec::new, |table| table.entries())
    }

    /// A fault for every key that is not one of `known`.
    pub(super) fn only(&self, known: &[&str]) {
        for node in self.entries().iter().filter(|node| !known.contains(&node.name)) {
            let dotted = node.value.as_table().is_some() && !self.key.is_empty();
            let hint = match (super::suggest::nearest(node.name, known.iter().copied()), dotted) {
                (None, true) => format!("a name with dots is quoted: \"{}.{}\"", last_part(&self.key), node.name),
                _ => did_you_mean(node.name, known, "the keys here"),
            };
            self.doc.fault(node.key_at, &node.key, "unknown key", Some(hint));
        }
    }

    /// A fault of the table as a whole.
    pub(super) fn fault(&self, message: impl Into<String>, hint: Option<String>) {
        self.doc.fault(self.at, &self.key, message, hint);
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        self.doc.place(self.at)
    }

    fn node(&self, key: &'a toml::Spanned<toml::de::DeString<'a>>, value: &'a toml::Spanned<DeValue<'a>>) -> Node<'a> {
        let name: &str = key.get_ref();
        let path = match self.key.is_empty() {
            true => toml_key(name),
            false => format!("{}.{}", self.key, toml_key(name)),
        };
        let (key_at, value_at) = (key.span().start, value.span().start);
        Node { doc: self.doc, name, key: path, key_at, value: value.get_ref(), value_at }
    }
}

impl<'a> Node<'a> {
    /// Text that is not empty.
    pub(super) fn text(&self) -> Option<&'a str> {
        let text = self.any_text()?;
        if text.trim().is_empty() {
            self.fault("is empty", Some("give it a text, or remove the key".into()));
            return None;
        }
        Some(text)
    }

    /// Text, empty or not.
    pub(super) fn any_text(&self) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text),
            _ => self.wrong_type("text in quotes"),
        }
    }

    /// A truth value.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong_type("true or false"),
        }
    }

    /// A whole number, as its digits.
    pub(super) fn number(&self) -> Option<&'a str> {
        match self.value {
            DeValue::Integer(number) => Some(number.as_str()),
            _ => self.wrong_type("a whole number"),
        }
    }

    /// One word of a closed list.
    pub(super) fn word<T: Clone>(&self, list: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, meaning)) = list.iter().find(|(word, _)| *word == text) {
            return Some(meaning.clone());
        }
        let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
        self.fault(format!("{text:?} is not a word for {}", self.name), Some(did_you_mean(text, &words, "one of")));
        None
    }

    /// One text, or a list of texts that is not empty; no text twice. Each comes with its own place.
    pub(super) fn texts(&self) -> Option<Vec<(&'a str, Node<'a>)>> {
        let nodes = match self.value {
            DeValue::Array(_) => self.items()?,
            _ => vec![self.clone()],
        };
        if nodes.is_empty() {
            self.fault("is an empty list", Some("name at least one field, or remove the key".into()));
        }
        let (mut texts, mut whole): (Vec<(&str, Node<'a>)>, bool) = (Vec::new(), true);
        for node in nodes {
            let Some(text) = node.text() else {
                whole = false;
                continue;
            };
            match texts.iter().any(|(t, _)| *t == text) {
                true => node.fault(format!("{text:?} stands here twice"), Some("remove one".into())),
                false => texts.push((text, node)),
            }
        }
        (whole && !texts.is_empty()).then_some(texts)
    }

    /// One text, or a list of texts in which one may stand again.
    pub(super) fn each_text(&self) -> Option<Vec<(&'a str, Node<'a>)>> {
        let nodes = match self.value {
            DeValue::Array(_) => self.items()?,
            _ => vec![self.clone()],
        };
        nodes.into_iter().map(|node| Some((node.text()?, node))).collect()
    }

    /// Whether it is a list without items.
    pub(super) fn is_empty_list(&self) -> bool {
        matches!(self.value, DeValue::Array(items) if items.is_empty())
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Option<Vec<Node<'a>>> {
        let DeValue::Array(items) = self.value else { return self.wrong_type("a list") };
        let node = |(i, item): (usize, &'a toml::Spanned<DeValue<'a>>)| {
            let at = item.span().start;
            let key = format!("{}[{}]", self.key, i + 1);
            Node { doc: self.doc, name: self.name, key, key_at: at, value: item.get_ref(), value_at: at }
        };
        Some(items.iter().enumerate().map(node).collect())
    }

    /// A table with these keys and no others.
    pub(super) fn table(&self, known: &[&str]) -> Option<Table<'a>> {
        let table = self.open_table()?;
        table.only(known);
        Some(table)
    }

    /// A table whose keys are names.
    pub(super) fn open_table(&self) -> Option<Table<'a>> {
        match self.value {
            DeValue::Table(table) => Some(Table { doc: self.doc, key: self.key.clone(), at: self.key_at, table }),
            _ => self.wrong_type("a table"),
        }
    }

    /// Whether it is text.
    pub(super) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// Whether it is a table.
    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        self.doc.place(self.key_at)
    }

    /// A fault of this value.
    pub(super) fn fault(&self, message: impl Into<String>, hint: Option<String>) {
        self.doc.fault(self.value_at, &self.key, message, hint);
    }

    /// A fault of its key.
    pub(super) fn key_fault(&self, message: impl Into<String>, hint: Option<String>) {
        self.doc.fault(self.key_at, &self.key, message, hint);
    }

    fn wrong_type<T>(&self, wanted: &str) -> Option<T> {
        let found = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(format!("expected {wanted}, found {found}"), None);
        None
    }
}

/// The last part of a key, without its quotes.
fn last_part(key: &str) -> &str {
    match key.strip_suffix('"') {
        Some(quoted) => quoted.rsplit('"').next().unwrap_or(quoted),
        None => key.rsplit('.').next().unwrap_or(key),
    }
}
