//! The sources of a map, opened for one search: one snapshot each, and what is wrong with those that did not open.

use crate::error::{Error, Result};
use crate::map::{DataMap, SourceMap};
use crate::record::Value;
use crate::source::{self, Schema, Source};

/// Opened sources, in the map's order.
pub struct Opened {
    sources: Vec<std::result::Result<OpenSource, Error>>,
}

struct OpenSource {
    source: Option<Box<dyn Source>>,
    schema: Schema,
}

impl Opened {
    /// Opens every source of the map. One that cannot be read does not stop the others: the search says so.
    pub fn all(map: &DataMap) -> Opened {
        Opened::with(map, &|source| source::open(&source.address, &source.name))
    }

    /// The same with another way of opening; for tests.
    pub fn with(map: &DataMap, open: &dyn Fn(&SourceMap) -> Result<Box<dyn Source>>) -> Opened {
        let open_one = |s: &SourceMap| {
            let mut source = open(s)?;
            let schema = source.schema()?;
            Ok(OpenSource { source: Some(source), schema })
        };
        Opened { sources: map.sources.iter().map(open_one).collect() }
    }

    /// What each source holds; none where it could not be read.
    pub fn schemas(&self) -> Vec<Option<Schema>> {
        self.sources.iter().map(|s| s.as_ref().ok().map(|o| o.schema.clone())).collect()
    }

    /// The schema of the source at that place.
    pub fn schema(&self, i: usize) -> Option<&Schema> {
        self.sources.get(i)?.as_ref().ok().map(|o| &o.schema)
    }

    /// Why the source at that place could not be read.
    pub fn failure(&self, i: usize) -> Option<&Error> {
        self.sources.get(i)?.as_ref().err()
    }

    /// A value as the source at that place would hold it.
    pub fn held(&self, i: usize, collection: &str, column: &str, value: Value) -> Value {
        let open = self.sources.get(i).and_then(|s| s.as_ref().ok()).and_then(|s| s.source.as_ref());
        match open {
            Some(source) => source.held(collection, column, value),
            None => value,
        }
    }

    /// Takes the source at that place out, for one question.
    pub(super) fn take(&mut self, i: usize) -> Option<Box<dyn Source>> {
        self.sources.get_mut(i)?.as_mut().ok()?.source.take()
    }

    /// Puts it back.
    pub(super) fn put(&mut self, i: usize, source: Box<dyn Source>) {
        if let Some(Ok(open)) = self.sources.get_mut(i) {
            open.source = Some(source);
        }
    }
}
