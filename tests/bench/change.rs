//! Changing many people's records at once: what `apply` does between its searches, and how long it takes.

use redress::find::{Opened, find as search};
use redress::plan::{Action, Asked, Change, Context, Erasure, build};
use redress::record::Key;
use redress::resolve::{Pick, Selector, Start};
use redress::source::{Edit, EditChange, open_writer};
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::Path;
use std::time::Instant;

use super::{Outcome, lines};

/// Erases one person a value, all in one plan over one source; prints the seconds of changing: looking each record up
/// and locking it, writing, reading back, making it durable.
pub fn change(workspace: &Path, identity: &str, values: &str) -> Outcome {
    let map = redress::map::read(workspace).map_err(redress::error::Error::from)?;
    let start = |value: String| Start::Selectors {
        selectors: vec![Selector::Identity { identity: identity.to_owned(), value }],
        pick: Pick::default(),
    };
    let starts: Vec<Start> = lines(values)?.into_iter().map(start).collect();
    let findings = search(&map, Opened::all(&map), &starts, true)?;
    // Other numbers in each run: what one has written must not meet what another writes.
    let mut n = RandomState::new().build_hasher().finish();
    let mut random = || {
        n = n.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        n
    };
    let context = Context::new(&map, jiff::Timestamp::UNIX_EPOCH, jiff::civil::date(2026, 1, 1), &mut random);
    let plan = build(&findings, Asked::Erase(Erasure::on("A17-1-a")), context)?;
    drop(findings);
    let source = map.sources.first().ok_or("the map has no source")?;
    let changes: Vec<&Change> = plan.changes.iter().filter(|c| c.action.writes()).collect();

    let begin = Instant::now();
    let mut writer = open_writer(&source.address, &source.name)?;
    let mut by_collection: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    changes.iter().for_each(|c| by_collection.entry(&c.collection).or_default().push(c));
    for (collection, changes) in &by_collection {
        let near = |c: &&Change| match (&c.key, &c.near) {
            (Key::Content(digest), Some(near)) => Some((*digest, near.clone())),
            _ => None,
        };
        writer.narrow(collection, changes.iter().filter_map(near).collect());
    }
    let mut there = 0;
    for (collection, changes) in &by_collection {
        let keys: Vec<&Key> = changes.iter().map(|c| &c.key).collect();
        writer.lookup(collection, &keys, &mut |i, record| {
            there += u64::from(record.digest() == changes[i].before);
            Ok(())
        })?;
    }
    let looked_up = begin.elapsed().as_secs_f64();
    let edits: Vec<Edit<'_>> = changes.iter().map(|c| edit(c)).collect();
    writer.write(&edits)?;
    let written = begin.elapsed().as_secs_f64();
    let mut left = 0;
    for (collection, changes) in &by_collection {
        let keys: Vec<&Key> = changes.iter().map(|c| c.key_after.as_ref().unwrap_or(&c.key)).collect();
        writer.lookup(collection, &keys, &mut |_, _| {
            left += 1;
            Ok(())
        })?;
    }
    writer.commit()?;
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "{seconds:.3} s for {} records ({there} as before, {left} still there): {looked_up:.3} s looking up, {:.3} writing, {:.3} \
         reading back and making it durable",
        changes.len(),
        written - looked_up,
        seconds - written
    );
    Ok(())
}

fn edit(change: &Change) -> Edit<'_> {
    let what = match change.action {
        Action::Delete => EditChange::Delete,
        _ => EditChange::Set(&change.after),
    };
    Edit { collection: &change.collection, key: &change.key, count: change.count, change: what }
}
