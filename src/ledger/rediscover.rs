//! Finds records again by the hashes of their keys: what an erasure had kept for a time.

use std::collections::BTreeSet;

use super::tag::{Hide, Tag, key_tag};
use crate::error::Result;
use crate::find::{Opened, everything, key_of};
use crate::map::DataMap;
use crate::problem::Problem;
use crate::record::Key;

/// Takes source, collection, key and its hash of each record.
pub type Each<'a> = dyn FnMut(&str, &str, &Key, &Tag) + 'a;

/// Reads these collections once and gives `sink` each record's key with its hash; gives back what could not be read.
pub fn rediscover(
    map: &DataMap,
    hide: &dyn Hide,
    places: &BTreeSet<(&str, &str)>,
    sink: &mut Each<'_>,
) -> Result<Vec<Problem>> {
    let wanted =
        |node: &crate::find::Node<'_>| places.contains(&(node.source.name.as_str(), node.collection.name.as_str()));
    everything(map, Opened::all(map), &wanted, &mut |node, found| {
        let (source, collection) = (node.source.name.as_str(), node.collection.name.as_str());
        let key = key_of(node, &found.record);
        sink(source, collection, &key, &key_tag(hide, source, collection, &key));
        Ok(())
    })
}
