//! A field path: a column, or the way into a nested document (`device.id`, `thread[].comment`).
//!
//! Which separators mean something depends on the source: in a table a dot is part of the name.

use std::fmt;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into the member of that name.
    Name(String),
    /// Into every element of a list.
    Each,
    /// Into one element of a list, counted from 0. Never written in a map: it addresses a place in one record.
    At(usize),
}

/// A path from a record to one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath {
    text: String,
    steps: Vec<Step>,
}

impl FieldPath {
    /// A column: the whole text is one name.
    pub fn column(name: &str) -> Self {
        FieldPath { text: name.to_owned(), steps: vec![Step::Name(name.to_owned())] }
    }

    /// A path into a document: dots separate names, `[]` goes into every element, `"…"` quotes a name that holds
    /// a dot or brackets.
    pub fn nested(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut name = String::new();
        let (mut quoted, mut open) = (false, false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    quoted = !quoted;
                    open = true;
                }
                '.' if !quoted => {
                    if open {
                        steps.push(Step::Name(std::mem::take(&mut name)));
                    }
                    open = false;
                }
                '[' if !quoted && chars.peek() == Some(&']') => {
                    chars.next();
                    if open {
                        steps.push(Step::Name(std::mem::take(&mut name)));
                    }
                    open = false;
                    steps.push(Step::Each);
                }
                c => {
                    name.push(c);
                    open = true;
                }
            }
        }
        if open {
            steps.push(Step::Name(name));
        }
        FieldPath { text: text.to_owned(), steps }
    }

    /// The path made of these steps.
    pub fn of(steps: Vec<Step>) -> Self {
        if let [Step::Name(name)] = steps.as_slice() {
            return FieldPath { text: name.clone(), steps };
        }
        let mut text = String::new();
        for step in &steps {
            match step {
                Step::Each => text.push_str("[]"),
                Step::At(n) => text.push_str(&format!("[{n}]")),
                Step::Name(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    let quote = name.is_empty() || name.contains(['.', '[', '"']);
                    text.push_str(&if quote { format!("\"{name}\"") } else { name.clone() });
                }
            }
        }
        FieldPath { text, steps }
    }

    /// The steps from the record inwards; the first is always a name.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The top-level field it starts from.
    pub fn root(&self) -> &str {
        match self.steps.first() {
            Some(Step::Name(name)) => name,
            _ => "",
        }
    }

    /// Whether it goes through a list, so that a record may hold several values for it.
    pub fn is_many(&self) -> bool {
        self.steps.contains(&Step::Each)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
