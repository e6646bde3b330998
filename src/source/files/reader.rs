//! The reading trait over files of one format: one collection a file, all opened at once, kept open.

use super::format::Format;
use super::listing::list;
use super::open::OpenFile;
use super::pick::Pick;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::problem::Problem;
use crate::record::{Record, Value};
use crate::source::{Coverage, Found, Question, Schema, Shape, Source};

/// A collection, or why its file cannot be read.
pub struct Member<F> {
    /// The collection's name.
    pub name: String,
    /// The file.
    pub table: Result<F>,
}

/// Opens the files of an address. Alone, a file that cannot be read is an error; in a folder, it is the error of its
/// own collection.
pub fn members<F: Format>(address: &Address) -> Result<Vec<Member<F>>> {
    let alone = !address.path.is_dir();
    let mut members = Vec::new();
    for listed in list(&address.path, F::EXTENSIONS)? {
        let table = match listed.unsupported {
            None => OpenFile::open(&listed.path).and_then(|file| F::open(file, address)),
            Some(why) => Err(Error::failed(format!("{} {why}", listed.path.display()))
                .hint("unpack it, or move it out of the folder")),
        };
        match table {
            Err(error) if alone => return Err(error),
            table => members.push(Member { name: listed.collection, table }),
        }
    }
    Ok(members)
}

/// The member of that name, readable.
pub fn find<'m, F>(members: &'m [Member<F>], collection: &str) -> Result<&'m F> {
    match members.iter().find(|m| m.name == collection) {
        Some(member) => member.table.as_ref().map_err(Clone::clone),
        None => Err(Error::failed(format!("there is no file for the collection {collection}"))
            .hint("was it moved or renamed? `redress check` holds the map against the files")),
    }
}

/// Files of one format, for reading.
pub struct FileSource<F> {
    members: Vec<Member<F>>,
}

impl<F: Format + 'static> FileSource<F> {
    /// Opens them.
    pub fn open(address: &Address) -> Result<Box<dyn Source>> {
        Ok(Box::new(FileSource::<F> { members: members(address)? }))
    }
}

impl<F: Format> Source for FileSource<F> {
    fn schema(&mut self) -> Result<Schema> {
        let shape = |member: &Member<F>| match &member.table {
            Ok(table) => table.shape(&member.name),
            Err(error) => Ok(unreadable(&member.name, error)),
        };
        Ok(Schema { collections: self.members.iter().map(shape).collect::<Result<_>>()? })
    }

    fn search(&mut self, question: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        self.pass(question.collection, &Pick::of(question), sink)
    }

    fn all(&mut self, collection: &str, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        self.pass(collection, &Pick { probes: Vec::new(), all: true }, sink)
    }

    fn sample(&mut self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        find(&self.members, collection)?.sample(limit)
    }

    fn held(&self, collection: &str, _column: &str, value: Value) -> Value {
        match find(&self.members, collection) {
            Ok(table) => table.as_read(&value),
            Err(_) => value,
        }
    }
}

impl<F: Format> FileSource<F> {
    fn pass(&self, collection: &str, pick: &Pick<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
        let table = find(&self.members, collection)?;
        let mut problems = table.pass(pick, &mut |place, record| sink(Found { record, line: Some(place.line) }))?;
        let file = table.file();
        if file.has_changed() {
            let message = "the file changed while it was read; records may be missing: search again when it is at rest";
            problems.push(Problem::new("changed-while-read", file.shown.display().to_string(), message));
        }
        Ok(Coverage { read_all: Some("a file has no index".to_owned()), problems })
    }
}

fn unreadable(name: &str, error: &Error) -> Shape {
    let mut message = error.message.clone();
    for hint in &error.hints {
        message.push_str("; ");
        message.push_str(hint);
    }
    let problems = vec![Problem::new("unreadable-file", name, message)];
    Shape { name: name.to_owned(), problems, ..Shape::default() }
}
