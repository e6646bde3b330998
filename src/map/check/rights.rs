//! What the map may have to do with each collection of a server, and which rights its role needs for it.

use crate::error::Result;
use crate::map::{About, Collection, DataMap, Erase, SourceMap, Then};
use crate::source::{Need, Rights, Source, server};

/// The rights each source behind a server must give, in the map's order; none for a source that cannot be opened,
/// which `check` tells.
pub fn rights<'m>(
    map: &'m DataMap,
    open: &dyn Fn(&SourceMap) -> Result<Box<dyn Source>>,
) -> Vec<(&'m SourceMap, Rights)> {
    let servers = map.sources.iter().filter(|s| server::is_server(&s.address.kind));
    servers
        .filter_map(|source| {
            let needs: Vec<Need<'_>> = source.collections.iter().map(|c| need(map, c)).collect();
            let rights = open(source).and_then(|mut handle| handle.rights(&needs)).ok()?;
            (!rights.to_read.is_empty()).then_some((source, rights))
        })
        .collect()
}

/// Records go by the map's rule, or when their retention has ended; fields change by their rules, by a correction,
/// and where a reference to a person is taken out.
fn need<'m>(map: &'m DataMap, one: &'m Collection) -> Need<'m> {
    let ends = one.retain.as_ref().and_then(|r| map.retention.get(&r.rule)).map(|rule| rule.then);
    let personal = one.about != About::Nobody;
    let delete = personal && (one.erase == Some(Erase::Delete) || ends == Some(Then::Delete));
    let fields =
        one.fields.iter().filter(|(_, f)| f.category.is_some() || f.erase.is_some()).map(|(name, _)| name.as_str());
    let identities = one.identities.iter().map(|(_, field)| field.as_str());
    let links = one.links.iter().flat_map(|link| &link.from).map(|field| field.as_str());
    let mut set: Vec<&str> =
        fields.chain(identities).chain(links).filter(|f| !one.key.iter().any(|k| k == f)).collect();
    set.sort_unstable();
    set.dedup();
    Need {
        collection: &one.name,
        delete,
        insert: delete && map.undo.is_some(),
        set: if personal { set } else { Vec::new() },
    }
}
