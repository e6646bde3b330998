//! Records by their keys, within the writing transaction: what is found is locked until it ends.

use std::collections::{BTreeMap, HashMap};

use super::condition::{CONDITIONS, VALUES, of_keys, pieces};
use super::read::{each_record, find};
use super::write::MyWriter;
use crate::error::{Error, Result};
use crate::record::{Digest, Key, Record, Value};

impl MyWriter {
    /// Looks up keys of named columns, and locks what they address.
    pub(super) fn by_columns(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        let mut forms: BTreeMap<Vec<&str>, Vec<&Key>> = BTreeMap::new();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, key) in keys.iter().enumerate() {
            if let Key::Columns(parts) = key {
                forms.entry(parts.iter().map(|(n, _)| n.as_str()).collect()).or_default().push(key);
                places.entry(key.to_exact_json().to_string()).or_default().push(i);
            }
        }
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let doing = format!("look up {collection}");
        for (columns, keys) in forms {
            if columns.iter().any(|c| table.ty(c).is_none()) {
                return Err(Error::failed(format!("{}.{collection}: the key's columns are not there", self.name))
                    .hint("`redress check` shows where the map and the database differ"));
            }
            let names: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
            let most = if columns.len() == 1 { VALUES } else { CONDITIONS };
            for piece in pieces(keys, most, |key| size(key)) {
                let Some(condition) = of_keys(table, "", &piece) else { continue };
                let sql = format!("SELECT {} FROM {} WHERE {condition} FOR UPDATE", table.column_list(), table.sql);
                each_record(&mut self.session.conn, &self.name, &doing, &sql, table, shape, &mut |record| {
                    let key = record.key(&names).map(|k| k.to_exact_json().to_string());
                    for i in key.and_then(|k| places.get(&k)).into_iter().flatten() {
                        sink(*i, record.clone())?;
                    }
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    /// Looks up records by their content: reads the whole table, and locks it.
    pub(super) fn by_content(
        &mut self,
        collection: &str,
        contents: &HashMap<Digest, Vec<usize>>,
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let sql = format!("SELECT {} FROM {} FOR UPDATE", table.column_list(), table.sql);
        let doing = format!("look up {collection}");
        each_record(&mut self.session.conn, &self.name, &doing, &sql, table, shape, &mut |record| {
            for i in contents.get(&shape.content(&record)).into_iter().flatten() {
                sink(*i, record.clone())?;
            }
            Ok(())
        })
    }
}

/// The places of keys that are contents, by digest.
pub(super) fn contents(keys: &[&Key]) -> HashMap<Digest, Vec<usize>> {
    let mut contents: HashMap<Digest, Vec<usize>> = HashMap::new();
    for (i, key) in keys.iter().enumerate() {
        if let Key::Content(digest) = key {
            contents.entry(*digest).or_default().push(i);
        }
    }
    contents
}

/// Roughly how many bytes of SQL a key takes.
pub(super) fn size(key: &Key) -> usize {
    let one = |value: &Value| match value {
        Value::Text(text) => text.len() * 3 + 80,
        Value::Bytes(bytes) => bytes.len() * 2 + 20,
        _ => 80,
    };
    match key {
        Key::Columns(parts) => parts.iter().map(|(_, v)| one(v) + 40).sum(),
        Key::Content(_) => 0,
    }
}
