//! Records by their keys, within the writing transaction: what is found is locked until it ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::catalogue::Table;
use super::condition::{CONDITIONS, VALUES, of_key, of_keys, pieces};
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

    /// Looks up records by their content, and locks what is read: what holds what was said of them, where that was said of
    /// all; else the whole table.
    pub(super) fn by_content(
        &mut self,
        collection: &str,
        contents: &HashMap<Digest, Vec<usize>>,
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        let (shape, table) = find(&self.catalogue, &self.name, collection)?;
        let select = format!("SELECT {} FROM {}", table.column_list(), table.sql);
        let doing = format!("look up {collection}");
        let near = self.near.get(collection);
        let mut parts: Vec<(String, Option<BTreeSet<&Key>>)> = Vec::new();
        match near.and_then(|near| narrowed(table, near, contents)) {
            None => parts.push((format!("{select} FOR UPDATE"), None)),
            Some(keys) => {
                for piece in pieces(keys.into_iter().collect(), CONDITIONS, |key| size(key)) {
                    let Some(condition) = of_keys(table, "", &piece) else { continue };
                    parts.push((format!("{select} WHERE {condition} FOR UPDATE"), Some(piece.into_iter().collect())));
                }
            }
        }
        for (sql, keys) in &parts {
            each_record(&mut self.session.conn, &self.name, &doing, sql, table, shape, &mut |record| {
                let digest = shape.content(&record);
                let here = |keys: &BTreeSet<&Key>| near.and_then(|n| n.get(&digest)).is_some_and(|k| keys.contains(k));
                if keys.as_ref().is_none_or(here) {
                    for i in contents.get(&digest).into_iter().flatten() {
                        sink(*i, record.clone())?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// What records of these contents hold in some columns; none where that is not known of all, or SQL cannot compare it.
fn narrowed<'k>(
    table: &Table,
    near: &'k HashMap<Digest, Key>,
    contents: &HashMap<Digest, Vec<usize>>,
) -> Option<BTreeSet<&'k Key>> {
    let comparable = |key: &&Key| matches!(key, Key::Columns(parts) if of_key(table, "", parts).is_some());
    contents.keys().map(|digest| near.get(digest).filter(comparable)).collect()
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
